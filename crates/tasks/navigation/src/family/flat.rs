//! Flats in plan: an area cut into rooms, and the doorways between them.

use glam::Vec2;
use raytruth_task::Rng;
use raytruth_task::interior::Rect;

/// Least side of a room, from wall to wall, metres.
const LEAST: f32 = 2.7;
/// What is left of a wall beside a doorway, metres.
const BESIDE: f32 = 0.62;

/// A flat.
#[derive(Clone, Debug)]
pub(super) struct Flat {
    /// Up to the middles of their walls.
    pub rooms: Vec<Rect>,
    /// Walls in it, each from its lesser to its greater end.
    pub walls: Vec<[Vec2; 2]>,
    pub doors: Vec<Doorway>,
}

/// A doorway between two rooms.
#[derive(Clone, Copy, Debug)]
pub(super) struct Doorway {
    pub rooms: [usize; 2],
    pub at: Vec2,
    /// From the first room into the second.
    pub into: Vec2,
    /// In the flat's walls.
    pub wall: usize,
}

impl Doorway {
    /// The room beyond, and the way there.
    pub(super) fn from(&self, room: usize) -> Option<(usize, Vec2)> {
        match self.rooms {
            [a, b] if a == room => Some((b, self.into)),
            [a, b] if b == room => Some((a, -self.into)),
            _ => None,
        }
    }
}

impl Flat {
    /// `count` rooms in an area around the origin, connected, with up to `loops` more doorways than that needs; no room has two in one wall.
    /// `None` if it comes out otherwise.
    pub(super) fn draw(rng: &mut Rng, size: Vec2, count: usize, width: f32, loops: usize) -> Option<Self> {
        let mut rooms = vec![Rect::new(-0.5 * size, 0.5 * size)];
        let mut walls = Vec::new();
        while rooms.len() < count {
            let area = |r: &Rect| r.size().x * r.size().y;
            let largest = (0..rooms.len()).max_by(|&i, &j| area(&rooms[i]).total_cmp(&area(&rooms[j])))?;
            let room = rooms.swap_remove(largest);
            let along_x = room.size().x * rng.range(0.8, 1.25) as f32 > room.size().y;
            let side = if along_x { room.size().x } else { room.size().y };
            if side < 2.0 * LEAST {
                return None;
            }
            let at = (side * rng.range(0.36, 0.64) as f32).clamp(LEAST, side - LEAST);
            let cut = if along_x { Vec2::new(at, 0.0) } else { Vec2::new(0.0, at) };
            let across = if along_x { Vec2::new(0.0, room.size().y) } else { Vec2::new(room.size().x, 0.0) };
            walls.push([room.min + cut, room.min + cut + across]);
            rooms.push(Rect::new(room.min, room.min + cut + across));
            rooms.push(Rect::new(room.min + cut, room.max));
        }
        let mut flat = Self { rooms, walls, doors: Vec::new() };
        let mut may = flat.possible_doors(rng, width);
        rng.shuffle(&mut may);
        let mut part: Vec<usize> = (0..count).collect();
        let mut extra = Vec::new();
        for door in may {
            let [a, b] = door.rooms;
            if part[a] == part[b] {
                extra.push(door);
            } else if flat.has_room_for(&door) {
                let (old, new) = (part[b], part[a]);
                part.iter_mut().filter(|p| **p == old).for_each(|p| *p = new);
                flat.doors.push(door);
            }
        }
        for door in extra {
            if flat.doors.len() + 1 < count + loops && flat.has_room_for(&door) {
                flat.doors.push(door);
            }
        }
        let whole = part.iter().all(|p| *p == part[0]) && flat.doors.len() + 1 == count + loops;
        whole.then_some(flat)
    }

    /// A doorway for each two rooms that are next to each other.
    fn possible_doors(&self, rng: &mut Rng, width: f32) -> Vec<Doorway> {
        let mut doors = Vec::new();
        for (wall, [from, to]) in self.walls.iter().enumerate() {
            let upright = from.x == to.x;
            let on = |r: &Rect, side: f32| {
                let edge = if side < 0.0 { r.max } else { r.min };
                let (mine, its) = if upright { (edge.x, from.x) } else { (edge.y, from.y) };
                (mine - its).abs() < 1e-4
            };
            let span = |r: &Rect| if upright { [r.min.y, r.max.y] } else { [r.min.x, r.max.x] };
            let whole = if upright { [from.y, to.y] } else { [from.x, to.x] };
            for a in (0..self.rooms.len()).filter(|&a| on(&self.rooms[a], -1.0)) {
                for b in (0..self.rooms.len()).filter(|&b| on(&self.rooms[b], 1.0)) {
                    let (p, q) = (span(&self.rooms[a]), span(&self.rooms[b]));
                    let lo = p[0].max(q[0]).max(whole[0]) + BESIDE + 0.5 * width;
                    let hi = p[1].min(q[1]).min(whole[1]) - BESIDE - 0.5 * width;
                    if lo >= hi {
                        continue;
                    }
                    let t = rng.range(f64::from(lo), f64::from(hi)) as f32;
                    let (at, into) = if upright { (Vec2::new(from.x, t), Vec2::X) } else { (Vec2::new(t, from.y), Vec2::Y) };
                    doors.push(Doorway { rooms: [a, b], at, into, wall });
                }
            }
        }
        doors
    }

    /// Whether neither room has another doorway in the same wall.
    fn has_room_for(&self, door: &Doorway) -> bool {
        door.rooms.iter().all(|&room| {
            let out = door.from(room).map(|(_, out)| out);
            self.doors_of(room).all(|(_, _, other)| Some(other) != out)
        })
    }

    /// The doorways of a room: which, into which room, and the way out.
    pub(super) fn doors_of(&self, room: usize) -> impl Iterator<Item = (usize, usize, Vec2)> + '_ {
        self.doors.iter().enumerate().filter_map(move |(i, door)| door.from(room).map(|(to, out)| (i, to, out)))
    }

    /// All ways from a room to another that enter none twice: doorways in order.
    pub(super) fn ways(&self, from: usize, to: usize) -> Vec<Vec<usize>> {
        let mut found = Vec::new();
        let mut open = vec![(from, vec![from], Vec::new())];
        while let Some((room, seen, doors)) = open.pop() {
            if room == to {
                found.push(doors);
                continue;
            }
            for (door, next, _) in self.doors_of(room) {
                if !seen.contains(&next) {
                    let with = |list: &[usize], one: usize| list.iter().copied().chain([one]).collect::<Vec<_>>();
                    open.push((next, with(&seen, next), with(&doors, door)));
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rooms_fill_the_flat_and_are_connected() {
        let rng = &mut Rng::from_seed(5);
        let size = Vec2::new(9.5, 8.0);
        let flats: Vec<Flat> = (0..200).filter_map(|_| Flat::draw(rng, size, 5, 0.95, 1)).collect();
        assert!(flats.len() > 20, "{} of 200", flats.len());
        for flat in flats {
            let area: f32 = flat.rooms.iter().map(|r| r.size().x * r.size().y).sum();
            assert!((area - size.x * size.y).abs() < 1e-3 && flat.rooms.len() == 5 && flat.doors.len() == 5);
            assert!((1..5).all(|room| !flat.ways(0, room).is_empty()));
            assert!(flat.rooms.iter().all(|r| r.size().min_element() > LEAST - 1e-4));
        }
    }
}
