//! Flats: rooms with doorways, windows and furniture.

use glam::Vec2;
use raytruth_task::interior::{Opening, Rect, THICK, Wall};
use raytruth_task::props::{Prop, PropKind};
use raytruth_task::{Draw, Rejection, Rng};

use super::flat::Flat;
use super::{Ask, STAND, landmark_paints, straighter};
use crate::layout::{Family, Form, Furniture, Landmark, Layout, turned};
use crate::site::{Decision, Site, Stop, Turn};
use crate::way::crosses;

/// Of all walls, metres.
const HEIGHT: f32 = 2.6;
/// Of doorways, and of what is below windows.
const DOOR: f32 = 2.1;
const SILL: f32 = 0.95;
/// How far before and after a doorway one goes straight, metres.
const THROUGH: f32 = 0.75;
/// Between a wall and what stands at it.
const GAP: f32 = 0.04;
/// What stands about keeps this far from where one walks, metres.
const ASIDE: f32 = 0.5;
/// What stays free before a doorway and a goal, metres.
const BEFORE: f32 = 1.1;
/// Flats that are tried, and starts of a way.
const FLATS: usize = 12;
const STARTS: usize = 24;
/// Places that are tried for a thing.
const TRIES: usize = 16;
/// Pieces of furniture that stand at walls, with their variants.
const PIECES: [(PropKind, u32); 9] = [
    (PropKind::Shelf, 0),
    (PropKind::Table, 0),
    (PropKind::Chair, 0),
    (PropKind::Plant, 0),
    (PropKind::Plant, 1),
    (PropKind::Stool, 0),
    (PropKind::Bench, 0),
    (PropKind::Toolbox, 1),
    (PropKind::Plinth, 0),
];

pub(super) fn rooms(draw: &mut Draw<'_>, ask: &Ask) -> Result<Site, Rejection> {
    let count = draw.int("rooms") as usize;
    let width = draw.real("door_m") as f32;
    let loops = draw.int("room_loops") as usize;
    let size = Vec2::new(draw.real("flat_x_m") as f32, draw.real("flat_y_m") as f32);
    let rng = &mut draw.rng;
    let flat = (0..FLATS).find_map(|_| Flat::draw(rng, size, count, width, loops));
    let flat = flat.ok_or_else(|| Rejection::new("no_flat", "the rooms do not fit"))?;
    // By the room in which they begin.
    let doors: Vec<Vec<Vec<usize>>> =
        (0..count).map(|from| (0..count).filter(|&to| to != from).flat_map(|to| flat.ways(from, to)).collect()).collect();
    let way = (0..STARTS).find_map(|_| {
        let start = Start::draw(rng, &flat);
        let ways: Vec<Way> = doors[start.room].iter().filter_map(|doors| way(rng, &flat, &start, doors, ask)).collect();
        // Where both turns may be the answer, the place and the start do not tell which is.
        let wanted: Vec<&Way> = ways.iter().filter(|way| way.first_turn().is_some_and(|(_, turn)| turn == ask.turn)).collect();
        let is_fork = |way: &&Way| {
            let room = way.first_turn().map(|(room, _)| room);
            ways.iter().filter_map(Way::first_turn).any(|other| Some(other.0) == room && other.1 != ask.turn)
        };
        let forks: Vec<&Way> = wanted.into_iter().filter(is_fork).collect();
        (!forks.is_empty()).then(|| (*rng.pick(&forks)).clone())
    });
    let way = way.ok_or_else(|| Rejection::new("no_way", "no two ways have the turns and the length that are asked for"))?;
    furnished(rng, &flat, way, width)
}

/// Where a walk begins, and the way one looks there.
struct Start {
    room: usize,
    at: Vec2,
    heading: Vec2,
}

impl Start {
    /// At one end of a room, looking to the other.
    fn draw(rng: &mut Rng, flat: &Flat) -> Self {
        let room = rng.below(flat.rooms.len() as u64) as usize;
        let heading = *rng.pick(&[Vec2::X, Vec2::Y, Vec2::NEG_X, Vec2::NEG_Y]);
        let inner = Rect::new(flat.rooms[room].min + 0.6, flat.rooms[room].max - 0.6);
        let t = Vec2::new(rng.range(0.2, 0.8) as f32, rng.range(0.2, 0.8) as f32);
        let p = inner.min + t * inner.size();
        let back = if heading.element_sum() > 0.0 { inner.min } else { inner.max };
        let away = rng.range(0.0, 0.35) as f32 * inner.size().dot(heading.abs());
        Self { room, at: p + heading * ((back - p).dot(heading) + away), heading }
    }
}

/// A way through a flat, before anything stands in it.
#[derive(Clone)]
struct Way {
    /// In which it begins.
    room: usize,
    heading: Vec2,
    through: Vec<Vec2>,
    /// Rooms in which there is a choice: where one is, and what one does.
    decisions: Vec<(usize, Vec2, Turn)>,
    gates: Vec<usize>,
    /// In which direction each is crossed.
    out: Vec<Vec2>,
    /// The goal's place on its wall, and the way out of that.
    goal: (Vec2, Vec2),
}

impl Way {
    /// The first turn, and the room in which it is made.
    fn first_turn(&self) -> Option<(usize, Turn)> {
        self.decisions.iter().map(|&(room, _, turn)| (room, turn)).find(|(_, turn)| *turn != Turn::Straight)
    }
}

/// A way through doorways from a start to a goal in the last room, if it can be as asked for.
fn way(rng: &mut Rng, flat: &Flat, start: &Start, doors: &[usize], ask: &Ask) -> Option<Way> {
    let (from, heading) = (start.room, start.heading);
    let mut rooms = vec![from];
    let mut out = Vec::new();
    for &door in doors {
        let (to, direction) = flat.doors[door].from(rooms[rooms.len() - 1])?;
        rooms.push(to);
        out.push(direction);
    }
    let at = |k: usize| flat.doors[doors[k]].at;
    if heading == -out[0] {
        return None;
    }
    let first_is_choice = flat.doors_of(from).count() > 1;
    let first = Turn::between(heading, out[0]);
    let ahead = (at(0) - start.at).dot(heading);
    let mut through = vec![start.at];
    let mut decisions = Vec::new();
    // One goes straight on to where the doorway lies to a side, or to before it.
    let corner = if first == Turn::Straight { at(0) - out[0] * THROUGH } else { start.at + ahead * heading };
    let aside = (at(0) - corner).dot(out[0]);
    if ahead < 0.9 || aside < if first == Turn::Straight { 0.0 } else { 0.9 } {
        return None;
    }
    if first != Turn::Straight {
        through.push(corner);
    }
    if first_is_choice {
        decisions.push((from, corner, first));
    } else if first != Turn::Straight {
        return None;
    }
    for k in 0..doors.len() {
        through.extend([at(k) - out[k] * THROUGH, at(k) + out[k] * THROUGH]);
        let room = rooms[k + 1];
        let Some(&next) = out.get(k + 1) else { break };
        let turn = Turn::between(out[k], next);
        // Where the axes of both doorways meet; straight on, between them.
        let corner = if turn == Turn::Straight { at(k) + out[k] * THROUGH } else { meet(at(k), out[k], at(k + 1)) };
        if turn != Turn::Straight {
            if corner.distance(at(k)) < 0.9 || corner.distance(at(k + 1)) < 0.9 {
                return None;
            }
            // Past the corner's straight ends.
            through.pop();
            through.push(corner);
        }
        if flat.doors_of(room).count() > 2 {
            decisions.push((room, corner, turn));
        } else if turn != Turn::Straight && !decisions.iter().any(|d| d.2 != Turn::Straight) {
            // A bend before the first choice would tell it.
            return None;
        }
    }
    let last = rooms[rooms.len() - 1];
    let (entry, into) = (at(doors.len() - 1), out[doors.len() - 1]);
    let goal = goal(rng, flat, last, entry, into)?;
    let stand = goal.0 + goal.1 * (STAND + Form::Door.size().y);
    if goal.1 != -into {
        through.pop();
        through.push(meet(entry, into, stand));
    }
    through.push(stand);
    through.dedup_by(|a, b| a.distance(*b) < 0.05);
    // One goes on as one went: no way leads back.
    let back = through.windows(3).any(|w| (w[1] - w[0]).dot(w[2] - w[1]) < -1e-3);
    let length: f32 = through.windows(2).map(|w| w[0].distance(w[1])).sum();
    let turns =
        through.windows(3).filter(|w| (w[1] - w[0]).normalize_or_zero().perp_dot((w[2] - w[1]).normalize_or_zero()).abs() > 0.7);
    let turns_by_choice = decisions.iter().any(|d| d.2 != Turn::Straight);
    let as_asked = turns_by_choice
        && ask.length.contains(&length)
        && ask.turns.contains(&turns.count())
        && ask.decisions.contains(&decisions.len());
    (as_asked && !back).then_some(Way { room: from, heading, through, decisions, gates: doors.to_vec(), out, goal })
}

/// Where the line from `a` along a direction passes `b`.
fn meet(a: Vec2, along: Vec2, b: Vec2) -> Vec2 {
    a + along * (b - a).dot(along)
}

/// A place for a shut door in a room that is entered: straight ahead or to a side, clear of all doorways.
fn goal(rng: &mut Rng, flat: &Flat, room: usize, entry: Vec2, into: Vec2) -> Option<(Vec2, Vec2)> {
    let rect = flat.rooms[room];
    let face = Rect::new(rect.min + 0.5 * THICK, rect.max - 0.5 * THICK);
    let half = 0.5 * Form::Door.size().x + 0.25;
    let sides: &[Vec2] = match rng.below(5) {
        0 => &[into.perp(), -into.perp(), into],
        1 => &[-into.perp(), into.perp(), into],
        _ => &[into, into.perp(), -into.perp()],
    };
    for &side in sides {
        let wall = if side.element_sum() > 0.0 { face.max } else { face.min };
        let at = if side == into {
            // On the doorway's own axis.
            entry + into * (wall - entry).dot(into)
        } else {
            // Deep in the room, so that one turns to it.
            let depth = face.size().dot(into.abs());
            let along = f64::from(depth - half - 0.2);
            if along < 1.3 {
                continue;
            }
            let p = entry + into * (0.5 * THICK + rng.range(1.3, along) as f32);
            p + side * (wall - p).dot(side)
        };
        let along = side.perp().abs();
        let (lo, hi, t) = (face.min.dot(along), face.max.dot(along), at.dot(along));
        let clear = flat.doors_of(room).all(|(i, _, out)| out != side || (flat.doors[i].at.dot(along) - t).abs() > half + 0.75);
        let stand = at - side * (STAND + Form::Door.size().y);
        let before = side == into || (stand - entry).dot(side) > 0.0;
        let room_for_it = (stand - entry).dot(into) > if side == into { THROUGH + 0.2 } else { 0.9 };
        if t - half > lo && t + half < hi && clear && before && room_for_it {
            return Some((at, -side));
        }
    }
    None
}

/// The place with all that stands in it.
fn furnished(rng: &mut Rng, flat: &Flat, way: Way, width: f32) -> Result<Site, Rejection> {
    let area = flat.rooms.iter().fold(flat.rooms[0], |a, r| Rect::new(a.min.min(r.min), a.max.max(r.max)));
    let goal_paint = landmark_paints(rng, 1, Form::Door, None)[0];
    let mut taken = Taken::new(flat, &way);
    // Each room that leaves a choice has something by which it is known.
    let choices: Vec<usize> = (0..flat.rooms.len()).filter(|&room| flat.doors_of(room).count() > 1).collect();
    let forms: Vec<Form> = Form::PIECES.into_iter().chain(Form::SCULPTURES).collect();
    let mut kinds: Vec<_> = forms
        .iter()
        .flat_map(|&form| landmark_paints(rng, usize::MAX, form, Some(goal_paint)).into_iter().map(move |paint| (form, paint)))
        .collect();
    rng.shuffle(&mut kinds);
    let mut landmarks: Vec<Landmark> = Vec::new();
    for &room in &choices {
        let fresh = |(form, paint): &(Form, _)| landmarks.iter().all(|l| l.form != *form && l.paint != *paint);
        let mut fits = kinds.iter().copied().filter(fresh).chain(kinds.iter().copied());
        let found = fits.by_ref().take(12).find_map(|(form, paint)| {
            let size = form.size().truncate();
            let from_start = |p: Vec2| room != way.room || is_ahead(way.through[0], way.heading, p);
            let in_sight = |p: Vec2| from_start(p) && flat.doors_of(room).all(|(i, _, out)| is_ahead(flat.doors[i].at, -out, p));
            let place = taken.at_wall(rng, flat.rooms[room], size, &in_sight);
            let place = place.or_else(|| taken.at_wall(rng, flat.rooms[room], size, &from_start));
            place.map(|(at, out)| Landmark { form, paint, at, out })
        });
        let landmark = found.ok_or_else(|| Rejection::new("landmarks", "nothing finds its place in a room"))?;
        kinds.retain(|kind| *kind != (landmark.form, landmark.paint));
        landmarks.push(landmark);
    }
    let decisions: Vec<Decision> = way
        .decisions
        .iter()
        .filter_map(|&(room, at, turn)| {
            choices.iter().position(|&choice| choice == room).map(|landmark| Decision { at, turn, landmark })
        })
        .collect();
    let mut furniture = Vec::new();
    for room in &flat.rooms {
        let pieces = (room.size().x * room.size().y / 4.5).round() as usize;
        for _ in 0..pieces {
            let (kind, variant) = *rng.pick(&PIECES);
            let size = Prop::new(kind, variant).aabb().size();
            if let Some((at, out)) = taken.at_wall(rng, *room, size.truncate(), &|_| true) {
                furniture.push(Furniture { kind, variant, at, out, size });
            }
        }
    }
    landmarks.push(Landmark { form: Form::Door, paint: goal_paint, at: way.goal.0, out: way.goal.1 });
    // Nothing tall stands before a window, nor is the goal beside one.
    let tall = landmarks.iter().filter(|l| l.form.size().z > SILL).map(|l| l.footprint());
    let tall = tall.chain(furniture.iter().filter(|f| f.size.z > SILL).map(Furniture::footprint));
    let behind: Vec<Rect> = tall.map(|r| Rect::new(r.min - 0.15, r.max + 0.15)).collect();
    let stops = way.gates.iter().zip(&way.out).map(|(&door, out)| {
        let (at, right) = (flat.doors[door].at, -out.perp() * 0.5 * width);
        Stop::Gate([at + right, at - right])
    });
    let layout = Layout {
        family: Family::Rooms,
        area,
        walls: walls(rng, flat, &area, &behind, width),
        height: HEIGHT,
        roofed: true,
        landmarks,
        furniture,
        middles: flat.rooms.iter().map(Rect::center).collect(),
    };
    let corner = way.decisions.iter().find(|d| d.2 != Turn::Straight).map_or(way.through[0], |d| d.1);
    let turn = way.through.iter().position(|p| p.distance(corner) < 0.05).unwrap_or(1);
    Ok(Site {
        heading: way.heading,
        through: straighter(&layout, &way.through, turn.max(1))?,
        stops: stops.collect(),
        decisions,
        face: way.goal.0 + way.goal.1 * Form::Door.size().y,
        choices: choices.iter().map(|&room| entries(flat, room)).collect(),
        layout,
    })
}

/// The doorways through which one sees a room before one, and the ways in.
fn entries(flat: &Flat, room: usize) -> Vec<(Vec2, Vec2)> {
    flat.doors_of(room).map(|(i, _, out)| (flat.doors[i].at - 0.2 * out, -out)).collect()
}

/// Whether who stands in a doorway and looks straight into the room has a place well in view.
fn is_ahead(doorway: Vec2, into: Vec2, p: Vec2) -> bool {
    let way = p - doorway;
    let ahead = way.dot(into);
    ahead > 0.9 && into.perp_dot(way).abs() < 0.75 * ahead
}

/// Walls around the flat, with windows, and those in it, with doorways.
fn walls(rng: &mut Rng, flat: &Flat, area: &Rect, tall: &[Rect], width: f32) -> Vec<Wall> {
    let Rect { min, max } = *area;
    let corners = [Vec2::new(min.x, max.y), max, Vec2::new(max.x, min.y), min];
    let mut walls: Vec<Wall> = (0..4)
        .map(|k| {
            let (from, to) = (corners[k], corners[(k + 1) % 4]);
            let along = (to - from).normalize_or(Vec2::X);
            let mut openings = Vec::new();
            for room in &flat.rooms {
                let middle = room.center();
                let half = 0.5 * room.size().abs().dot(along.abs());
                let near = (middle - from).dot(along.perp()).abs() - 0.5 * room.size().dot(along.perp().abs());
                if near > 1e-3 || half < 1.2 {
                    continue;
                }
                let size = rng.range(1.1, 1.6) as f32;
                let at = (middle - from).dot(along) + rng.range(-0.3, 0.3) as f32 * (half - 1.0);
                let reach = 0.5 * size * along.abs() + 0.2;
                let place = Rect::new(from + along * at - reach, from + along * at + reach);
                if !tall.iter().any(|r| place.min.cmplt(r.max).all() && r.min.cmplt(place.max).all()) {
                    openings.push(Opening::window(at, size, SILL, 2.2));
                }
            }
            Wall { from, to, height: HEIGHT, openings }
        })
        .collect();
    walls.extend(flat.walls.iter().enumerate().map(|(i, &[from, to])| {
        let doors = flat.doors.iter().filter(|door| door.wall == i);
        let openings = doors.map(|door| Opening::door(door.at.distance(from), width, DOOR)).collect();
        Wall { from, to, height: HEIGHT, openings }
    }));
    walls
}

/// Where nothing more may stand.
struct Taken {
    /// What stands there, and what stays free.
    rects: Vec<Rect>,
    /// Where one walks.
    through: Vec<Vec2>,
}

impl Taken {
    fn new(flat: &Flat, way: &Way) -> Self {
        let before = |at: Vec2, out: Vec2| {
            let half = out.perp().abs() * 0.75;
            Rect::new(at - half - out * BEFORE, at + half + out * BEFORE)
        };
        let mut rects: Vec<Rect> = flat.doors.iter().map(|door| before(door.at, door.into)).collect();
        rects.push(before(way.goal.0, way.goal.1));
        Self { rects, through: way.through.clone() }
    }

    /// A place at a wall of a room, and the way out of the wall, for what is so large, if it may be there; it is taken then.
    fn at_wall(&mut self, rng: &mut Rng, room: Rect, size: Vec2, may: &dyn Fn(Vec2) -> bool) -> Option<(Vec2, Vec2)> {
        let face = Rect::new(room.min + 0.5 * THICK + GAP, room.max - 0.5 * THICK - GAP);
        for _ in 0..TRIES {
            let out = *rng.pick(&[Vec2::X, Vec2::Y, Vec2::NEG_X, Vec2::NEG_Y]);
            let half = 0.5 * turned(size, out);
            let inner = Rect::new(face.min + half, face.max - half);
            if face.size().cmplt(2.0 * half + 0.05).any() {
                continue;
            }
            let t = Vec2::new(rng.unit() as f32, rng.unit() as f32);
            let p = inner.min + t * (inner.max - inner.min);
            let wall = if out.element_sum() > 0.0 { inner.min } else { inner.max };
            let at = p + out * (wall - p).dot(out);
            let rect = Rect::new(at - half, at + half);
            let meets = |r: &Rect| (rect.min - 0.05).cmplt(r.max).all() && (r.min - 0.05).cmplt(rect.max).all();
            let wide = Rect::new(rect.min - ASIDE, rect.max + ASIDE);
            let walked = self.through.windows(2).any(|w| crosses(&wide, w[0], w[1]));
            if may(at) && !walked && !self.rects.iter().any(meets) {
                self.rects.push(rect);
                return Some((at, out));
            }
        }
        None
    }
}
