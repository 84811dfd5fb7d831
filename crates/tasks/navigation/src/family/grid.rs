//! Cells in rows and columns, open to each other here and there, and ways through them.

use glam::{IVec2, Vec2};
use raytruth_task::Rng;
use raytruth_task::interior::{Rect, Wall};

/// The four directions, counter-clockwise from +x.
pub(super) const SIDES: [IVec2; 4] = [IVec2::X, IVec2::Y, IVec2::NEG_X, IVec2::NEG_Y];

/// How often a tree grows from another cell than its newest, times its cells along a side.
const BRANCHES: f64 = 1.0;

/// `n` by `n` square cells. None is open to more than three sides, and no four of them that meet in a corner are all open to each other.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    pub n: i32,
    /// From the middle of a cell to the next, metres.
    pub pitch: f32,
    /// For each cell whether it is open to each of its sides.
    open: Vec<[bool; 4]>,
}

impl Grid {
    /// A spanning tree with up to `loops` more openings. It grows mostly from its newest cell, so that there are corridors, and now and then
    /// from another, so that they branch.
    pub(super) fn draw(rng: &mut Rng, n: i32, pitch: f32, loops: usize) -> Self {
        let mut grid = Self { n, pitch, open: vec![[false; 4]; (n * n) as usize] };
        let mut visited = vec![false; (n * n) as usize];
        let mut way = vec![IVec2::new(rng.int(0, i64::from(n) - 1) as i32, rng.int(0, i64::from(n) - 1) as i32)];
        visited[grid.index(way[0])] = true;
        while !way.is_empty() {
            let at = if rng.chance(BRANCHES / f64::from(n)) { rng.below(way.len() as u64) as usize } else { way.len() - 1 };
            let cell = way[at];
            let mut sides = [0, 1, 2, 3];
            rng.shuffle(&mut sides);
            let may = grid.degree(cell) < 3;
            let next = sides.into_iter().find(|&side| {
                let to = cell + SIDES[side];
                may && grid.has(to) && !visited[grid.index(to)]
            });
            let Some(side) = next else {
                way.remove(at);
                continue;
            };
            grid.set(cell, side);
            visited[grid.index(cell + SIDES[side])] = true;
            way.push(cell + SIDES[side]);
        }
        let mut shut: Vec<(IVec2, usize)> = grid.cells().flat_map(|cell| [0, 1].map(|side| (cell, side))).collect();
        rng.shuffle(&mut shut);
        let mut left = loops;
        for (cell, side) in shut {
            let to = cell + SIDES[side];
            if left == 0 {
                break;
            }
            if !grid.has(to) || grid.is_open(cell, side) || grid.degree(cell) > 2 || grid.degree(to) > 2 {
                continue;
            }
            grid.set(cell, side);
            if grid.has_square() {
                grid.unset(cell, side);
            } else {
                left -= 1;
            }
        }
        grid
    }

    pub(super) fn cells(&self) -> impl Iterator<Item = IVec2> + use<> {
        let n = self.n;
        (0..n).flat_map(move |y| (0..n).map(move |x| IVec2::new(x, y)))
    }

    pub(super) fn has(&self, cell: IVec2) -> bool {
        cell.cmpge(IVec2::ZERO).all() && cell.cmplt(IVec2::splat(self.n)).all()
    }

    fn index(&self, cell: IVec2) -> usize {
        (cell.y * self.n + cell.x) as usize
    }

    pub(super) fn is_open(&self, cell: IVec2, side: usize) -> bool {
        self.open[self.index(cell)][side]
    }

    /// To how many sides a cell is open.
    pub(super) fn degree(&self, cell: IVec2) -> usize {
        self.open[self.index(cell)].iter().filter(|open| **open).count()
    }

    fn put(&mut self, cell: IVec2, side: usize, open: bool) {
        let (here, there) = (self.index(cell), self.index(cell + SIDES[side]));
        self.open[here][side] = open;
        self.open[there][(side + 2) % 4] = open;
    }

    fn set(&mut self, cell: IVec2, side: usize) {
        self.put(cell, side, true);
    }

    fn unset(&mut self, cell: IVec2, side: usize) {
        self.put(cell, side, false);
    }

    /// Whether four cells around a corner are all open to each other.
    fn has_square(&self) -> bool {
        self.cells()
            .filter(|c| c.x + 1 < self.n && c.y + 1 < self.n)
            .any(|c| self.is_open(c, 0) && self.is_open(c, 1) && self.is_open(c + IVec2::X, 1) && self.is_open(c + IVec2::Y, 0))
    }

    /// The middle of a cell, metres; the middle of all cells is the origin.
    pub(super) fn middle(&self, cell: IVec2) -> Vec2 {
        self.pitch * (cell.as_vec2() - 0.5 * (self.n - 1) as f32)
    }

    /// All of it, up to the middles of its outermost walls.
    pub(super) fn area(&self) -> Rect {
        let half = Vec2::splat(0.5 * self.n as f32 * self.pitch);
        Rect::new(-half, half)
    }

    /// The border of a cell to a side: with the way out to its left, it goes from the first place to the second.
    pub(super) fn border(&self, cell: IVec2, side: usize) -> [Vec2; 2] {
        let out = SIDES[side].as_vec2();
        let middle = self.middle(cell) + 0.5 * self.pitch * out;
        // Crossed outwards, `from` lies to the right.
        [middle - 0.5 * self.pitch * out.perp(), middle + 0.5 * self.pitch * out.perp()]
    }

    /// The walls between cells, as long as they go straight on, and around all of them, which go clockwise.
    pub(super) fn walls(&self, outer: f32, inner: f32) -> Vec<Wall> {
        let Rect { min, max } = self.area();
        let corners = [Vec2::new(min.x, max.y), max, Vec2::new(max.x, min.y), min];
        let around = (0..4).map(|k| Wall { from: corners[k], to: corners[(k + 1) % 4], height: outer, openings: Vec::new() });
        let mut walls: Vec<Wall> = around.collect();
        for side in [0, 1] {
            let along = SIDES[1 - side];
            for line in 0..self.n - 1 {
                let mut run: Option<[Vec2; 2]> = None;
                for i in 0..=self.n {
                    let cell = SIDES[side] * line + along * i;
                    let shut = self.has(cell) && !self.is_open(cell, side);
                    if shut {
                        let [a, b] = self.border(cell, side);
                        let [lo, hi] = [a.min(b), a.max(b)];
                        run = Some([run.map_or(lo, |r| r[0]), hi]);
                    } else if let Some([from, to]) = run.take() {
                        walls.push(Wall { from, to, height: inner, openings: Vec::new() });
                    }
                }
            }
        }
        walls
    }

    /// How many steps each cell is from one, and by how many ways of so many steps, up to two.
    pub(super) fn distances(&self, from: IVec2) -> Vec<(i32, u32)> {
        let mut found = vec![(i32::MAX, 0_u32); self.open.len()];
        found[self.index(from)] = (0, 1);
        let mut queue = std::collections::VecDeque::from([from]);
        while let Some(cell) = queue.pop_front() {
            let (steps, ways) = found[self.index(cell)];
            for side in (0..4).filter(|&side| self.is_open(cell, side)) {
                let to = self.index(cell + SIDES[side]);
                if found[to].0 == i32::MAX {
                    found[to] = (steps + 1, ways);
                    queue.push_back(cell + SIDES[side]);
                } else if found[to].0 == steps + 1 {
                    found[to].1 = (found[to].1 + ways).min(2);
                }
            }
        }
        found
    }

    /// How many steps the shortest way from a cell to another takes that leaves out one of the openings of a way; `None` if there is none.
    pub(super) fn around(&self, from: IVec2, to: IVec2, sides: &[usize]) -> Option<i32> {
        let mut cell = from;
        let mut least = i32::MAX;
        for &side in sides {
            let mut other = self.clone();
            other.unset(cell, side);
            least = least.min(other.distances(from)[self.index(to)].0);
            cell += SIDES[side];
        }
        (least < i32::MAX).then_some(least)
    }

    /// The sides through which the one shortest way goes to a cell from that of which these are the distances; `None` if there are two ways, or
    /// none.
    pub(super) fn way(&self, found: &[(i32, u32)], to: IVec2) -> Option<Vec<usize>> {
        let (steps, ways) = found[self.index(to)];
        if ways != 1 || steps == 0 {
            return None;
        }
        let (mut cell, mut sides) = (to, Vec::new());
        for step in (0..steps).rev() {
            let back = (0..4).find(|&side| self.is_open(cell, side) && found[self.index(cell + SIDES[side])].0 == step)?;
            sides.push((back + 2) % 4);
            cell += SIDES[back];
        }
        sides.reverse();
        Some(sides)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_is_reached_and_none_is_a_crossroads() {
        let rng = &mut Rng::from_seed(4);
        for n in 3..=7 {
            for loops in 0..4 {
                let grid = Grid::draw(rng, n, 1.9, loops);
                assert!(grid.distances(IVec2::ZERO).iter().all(|(steps, _)| *steps < i32::MAX));
                assert!(grid.cells().all(|cell| (1..=3).contains(&grid.degree(cell))) && !grid.has_square());
                let openings: usize = grid.cells().map(|cell| grid.degree(cell)).sum();
                assert!(openings / 2 >= (n * n - 1) as usize && openings / 2 <= (n * n - 1) as usize + loops);
                // Walls and openings are all borders there are.
                let length: f32 = grid.walls(2.0, 2.0)[4..].iter().map(|w| w.from.distance(w.to) / 1.9).sum();
                assert_eq!(length.round() as usize + openings / 2, (2 * n * (n - 1)) as usize);
            }
        }
    }

    #[test]
    fn a_way_goes_through_openings_to_its_end() {
        let (from, to) = (IVec2::new(0, 0), IVec2::new(4, 3));
        let with_one = |seed: u64| {
            let grid = Grid::draw(&mut Rng::from_seed(seed), 5, 2.0, 2);
            grid.way(&grid.distances(from), to).map(|sides| (grid, sides))
        };
        let (grid, sides) = (0..9).find_map(with_one).expect("some have one shortest way");
        assert!(grid.around(from, to, &sides).is_none_or(|other| other > sides.len() as i32));
        let mut cell = from;
        for side in sides {
            assert!(grid.is_open(cell, side));
            let [a, b] = grid.border(cell, side);
            assert!((b - a).perp_dot(SIDES[side].as_vec2()) < 0.0, "one goes out with its beginning to the right");
            cell += SIDES[side];
        }
        assert_eq!(cell, to);
    }
}
