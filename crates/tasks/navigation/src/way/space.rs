//! The free space of a place, and the shortest ways through it.
//!
//! What stands on the floor is grown by the clearance, corners square; between the corners of that one goes straight. Ways that go around
//! different things are told apart by how often, even or odd, they cross a ray from each thing to infinity (Bhattacharya, Likhachev and
//! Kumar, "Topological constraints in search-based robot path planning", 2012, with signs left out), so the best way of every kind is found
//! by one search over corners and kinds (Dijkstra).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use glam::Vec2;
use raytruth_task::interior::Rect;

use crate::layout::{Furniture, Landmark, Layout};
use crate::solids::pieces;

/// More things to go around than this make no place that anyone can oversee.
const MOST_ISLANDS: usize = 8;
/// What runs into each other by this much is one thing, and what is nearer than this to an edge lies on it, metres.
const TOUCH: f32 = 1e-3;

/// Where one can go.
pub(crate) struct Space {
    /// What stands on the floor, grown by the clearance.
    blocked: Vec<Rect>,
    /// A point of each thing that can be gone around.
    islands: Vec<Vec2>,
    /// Corners of what is blocked that one can stand on, of which every shortest way consists.
    corners: Vec<Vec2>,
    /// Pairs of corners with nothing between them.
    links: Vec<Vec<usize>>,
}

/// A way and its length.
#[derive(Clone, Debug)]
pub(crate) struct Way {
    pub points: Vec<Vec2>,
    pub length: f32,
}

impl Space {
    /// `None` if there is too much to go around.
    pub(crate) fn new(layout: &Layout, clearance: f32) -> Option<Self> {
        let blocked: Vec<Rect> = footprints(layout).iter().map(|r| Rect::new(r.min - clearance, r.max + clearance)).collect();
        let islands = islands(&blocked, &layout.area)?;
        let mut space = Self { blocked, islands, corners: Vec::new(), links: Vec::new() };
        let corners = space.blocked.iter().flat_map(|r| [r.min, Vec2::new(r.max.x, r.min.y), r.max, Vec2::new(r.min.x, r.max.y)]);
        space.corners = corners.filter(|&p| holds(&layout.area, p) && space.is_free(p)).collect();
        let n = space.corners.len();
        space.links = vec![Vec::new(); n];
        for i in 0..n {
            for j in 0..i {
                if space.sees(space.corners[i], space.corners[j]) {
                    space.links[i].push(j);
                    space.links[j].push(i);
                }
            }
        }
        Some(space)
    }

    /// Whether one can stand there.
    pub(crate) fn is_free(&self, p: Vec2) -> bool {
        !self.blocked.iter().any(|r| p.cmpgt(r.min + TOUCH).all() && p.cmplt(r.max - TOUCH).all())
    }

    /// Whether one can go straight from one place to another.
    pub(crate) fn sees(&self, a: Vec2, b: Vec2) -> bool {
        !self.blocked.iter().any(|r| crosses(&Rect::new(r.min + TOUCH, r.max - TOUCH), a, b))
    }

    /// The shortest way of every kind from one place through others to the last, the best one first; none if there is no way. Between two of
    /// the places a way may be of any kind; the ways that are listed differ in one of these legs at most from the best.
    pub(crate) fn ways(&self, through: &[Vec2]) -> Vec<Way> {
        let legs: Vec<Vec<Way>> = through.windows(2).map(|leg| self.leg(leg[0], leg[1])).collect();
        if legs.iter().any(Vec::is_empty) {
            return Vec::new();
        }
        let with = |other: Option<(usize, &Way)>| {
            let mut whole = Way { points: vec![through[0]], length: 0.0 };
            for (i, leg) in legs.iter().enumerate() {
                let leg = other.filter(|(at, _)| *at == i).map_or(&leg[0], |(_, way)| way);
                whole.points.extend(&leg.points[1..]);
                whole.length += leg.length;
            }
            whole
        };
        let others = legs.iter().enumerate().flat_map(|(i, leg)| leg[1..].iter().map(move |way| (i, way)));
        let mut ways: Vec<Way> = others.map(|other| with(Some(other))).collect();
        ways.sort_by(|a, b| a.length.total_cmp(&b.length));
        ways.insert(0, with(None));
        ways
    }

    /// The best way of every kind between two places, the shortest first.
    fn leg(&self, from: Vec2, to: Vec2) -> Vec<Way> {
        let n = self.corners.len();
        let point = |i: usize| match i {
            i if i < n => self.corners[i],
            i if i == n => from,
            _ => to,
        };
        let seen_from = |p: Vec2| -> Vec<usize> { (0..n).filter(|&i| self.sees(p, self.corners[i])).collect() };
        let (first, last) = (seen_from(from), seen_from(to));
        let direct = self.sees(from, to);
        let kinds = 1_usize << self.islands.len();
        let state = |i: usize, kind: usize| i * kinds + kind;
        let mut best = vec![f32::INFINITY; (n + 2) * kinds];
        let mut before = vec![usize::MAX; best.len()];
        let mut queue = BinaryHeap::new();
        best[state(n, 0)] = 0.0;
        queue.push(Reverse((Length(0.0), state(n, 0))));
        while let Some(Reverse((Length(length), at))) = queue.pop() {
            if length > best[at] {
                continue;
            }
            let (i, kind) = (at / kinds, at % kinds);
            if i == n + 1 {
                continue;
            }
            let mut go = |j: usize| {
                let (a, b) = (point(i), point(j));
                let next = state(j, kind ^ self.crossed(a, b));
                let longer = length + a.distance(b);
                if longer < best[next] {
                    best[next] = longer;
                    before[next] = at;
                    queue.push(Reverse((Length(longer), next)));
                }
            };
            if i == n {
                first.iter().for_each(|&j| go(j));
                if direct {
                    go(n + 1);
                }
                continue;
            }
            self.links[i].iter().for_each(|&j| go(j));
            if last.contains(&i) {
                go(n + 1);
            }
        }
        let ends = (0..kinds).map(|kind| state(n + 1, kind)).filter(|&at| best[at].is_finite());
        let mut ways: Vec<Way> = ends
            .map(|end| {
                let steps = std::iter::successors(Some(end), |&at| Some(before[at]).filter(|&b| b != usize::MAX));
                let mut points: Vec<Vec2> = steps.map(|at| point(at / kinds)).collect();
                points.reverse();
                points.dedup_by(|a, b| a.distance(*b) < TOUCH);
                Way { points, length: best[end] }
            })
            .collect();
        ways.sort_by(|a, b| a.length.total_cmp(&b.length));
        ways
    }

    /// Of which kind a line is: one bit for each thing to go around.
    pub(crate) fn kind_of(&self, line: &[Vec2]) -> usize {
        line.windows(2).fold(0, |kind, w| kind ^ self.crossed(w[0], w[1]))
    }

    /// One bit for each thing: whether a straight step crosses the ray that goes from it to +x.
    fn crossed(&self, a: Vec2, b: Vec2) -> usize {
        let crosses = |p: &Vec2| ((a.y > p.y) != (b.y > p.y)) && a.x + (b.x - a.x) * ((p.y - a.y) / (b.y - a.y)) > p.x;
        self.islands.iter().enumerate().map(|(k, p)| usize::from(crosses(p)) << k).sum()
    }
}

/// Orders lengths.
#[derive(PartialEq)]
struct Length(f32);

impl Eq for Length {}

impl PartialOrd for Length {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Length {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

fn holds(area: &Rect, p: Vec2) -> bool {
    p.cmpgt(area.min).all() && p.cmplt(area.max).all()
}

/// What stands on the floor: walls between their doors, landmarks and furniture.
pub(crate) fn footprints(layout: &Layout) -> Vec<Rect> {
    let on_floor = layout.walls.iter().flat_map(pieces).filter(|piece| piece.min.z == 0.0);
    let walls = on_floor.map(|piece| Rect::new(piece.min.truncate(), piece.max.truncate()));
    let things = layout.landmarks.iter().filter(|l| !l.form.hangs()).map(Landmark::footprint);
    walls.chain(things).chain(layout.furniture.iter().map(Furniture::footprint)).collect()
}

/// A point of everything that stands free of what is around the place; `None` if that are too many.
fn islands(blocked: &[Rect], area: &Rect) -> Option<Vec<Vec2>> {
    let mut part: Vec<usize> = (0..blocked.len()).collect();
    fn root(part: &[usize], mut i: usize) -> usize {
        while part[i] != i {
            i = part[i];
        }
        i
    }
    let meet = |a: &Rect, b: &Rect| (a.min - TOUCH).cmplt(b.max).all() && (b.min - TOUCH).cmplt(a.max).all();
    for i in 0..blocked.len() {
        for j in 0..i {
            if meet(&blocked[i], &blocked[j]) {
                let (a, b) = (root(&part, i), root(&part, j));
                part[a.max(b)] = a.min(b);
            }
        }
    }
    let leaves = |r: &Rect| r.min.cmplt(area.min).any() || r.max.cmpgt(area.max).any();
    let outer: Vec<usize> = (0..blocked.len()).filter(|&i| leaves(&blocked[i])).map(|i| root(&part, i)).collect();
    let free = (0..blocked.len()).filter(|&i| root(&part, i) == i && !outer.contains(&i));
    let islands: Vec<Vec2> = free.map(|i| blocked[i].center()).collect();
    (islands.len() <= MOST_ISLANDS).then_some(islands)
}

/// Whether a straight step goes through the inside of a rectangle (slabs; Kay and Kajiya 1986).
pub(crate) fn crosses(r: &Rect, a: Vec2, b: Vec2) -> bool {
    let (mut enters, mut leaves) = (0.0_f32, 1.0_f32);
    for k in 0..2 {
        let (p, d, lo, hi) = (a[k], b[k] - a[k], r.min[k], r.max[k]);
        if d.abs() < 1e-9 {
            if p <= lo || p >= hi {
                return false;
            }
            continue;
        }
        let (t0, t1) = ((lo - p) / d, (hi - p) / d);
        enters = enters.max(t0.min(t1));
        leaves = leaves.min(t0.max(t1));
    }
    enters < leaves
}
