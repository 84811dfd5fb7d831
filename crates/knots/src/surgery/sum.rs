//! Two links tied into one.

use std::f64::consts::PI;

use glam::DVec3;

use super::changed::{Changed, Stretch};
use crate::Result;
use crate::curve::{Link, Polygon};

/// Directions that are tried, from a sixth of a turn to the right of x to a sixth to the left.
const DIRECTIONS: i32 = 25;
/// How much of the free end is cut off.
const CUT: f64 = 0.7;
/// A free end is no longer than this share of the link.
const LONGEST: f64 = 0.3;

/// The connected sum: `b` is moved beside `a`, in a direction of the plane of x and y near to that of x, both lose the end that they have towards each
/// other, and are joined by two straight strands as their directions ask. The direction is the one in which both ends are free at the greatest
/// length; `b` may be turned over about it, so that the strands run beside each other. The component of `a` that is cut becomes the first, with its
/// vertices first, then come the others of `a`, then those of `b`.
///
/// # Errors
/// As [`Link::new`].
pub fn connected_sum(a: &Link, b: &Link) -> Result<Changed> {
    let direction = |k: i32| {
        let (sin, cos) = libm::sincos(PI / 3.0 * f64::from(2 * k + 1 - DIRECTIONS) / f64::from(DIRECTIONS));
        DVec3::new(cos, sin, 0.0)
    };
    let ends = (0..DIRECTIONS).map(|k| (direction(k), End::new(a, direction(k)), End::new(b, -direction(k))));
    let free = |(_, a, b): &(DVec3, End, End)| a.free.min(b.free);
    let best = ends.reduce(|x, y| if free(&y) > free(&x) { y } else { x });
    let Some((along, left, right)) = best else { unreachable!("there are directions") };
    // Where the strands would cross, half a turn about the direction leads them beside each other.
    let is_turned = left.across().dot(right.across()) > 0.0;
    let turn = |p: DVec3| if is_turned { 2.0 * p.dot(along) * along - p } else { p };
    let shift = left.middle() - turn(right.middle()) + along * (0.5 * (left.across().length() + right.across().length()));
    let moved = |p: DVec3| turn(p) + shift;
    let right_line = right.line.iter().map(|p| moved(*p));
    // The ends of either are new, and what is between them.
    let (first, last) = (left.line.len() - 1, left.line.len() + right.line.len() - 1);
    let joined = left.line.iter().copied().chain(right_line).collect::<Vec<_>>();
    let stretch = |vertices| Stretch { component: 0, vertices };
    let stretches = vec![stretch(0..1), stretch(first..first + 2), stretch(last..last + 1)];
    let others = |link: &Link, cut: usize, place: &dyn Fn(DVec3) -> DVec3| {
        let others = link.components().iter().enumerate().filter(move |(c, _)| *c != cut);
        others.map(|(_, p)| p.vertices().iter().map(|v| place(*v)).collect()).collect::<Vec<Vec<DVec3>>>()
    };
    let all = [vec![joined], others(a, left.component, &|p| p), others(b, right.component, &moved)].concat();
    Ok(Changed { link: Link::from_vertices(all)?, stretches })
}

/// The farthest end of a link in a direction, cut off.
struct End {
    component: usize,
    /// How far the end sticks out beyond all else.
    free: f64,
    /// The component without its end, from the one cut to the other.
    line: Vec<DVec3>,
}

impl End {
    fn new(link: &Link, direction: DVec3) -> Self {
        let far = |p: DVec3| p.dot(direction);
        let places = link.components().iter().enumerate().flat_map(|(c, p)| (0..p.len()).map(move |k| (c, k)));
        let reach = |(c, k): (usize, usize)| far(link.components()[c].vertices()[k]);
        let (component, tip) = places.reduce(|x, y| if reach(y) > reach(x) { y } else { x }).unwrap_or((0, 0));
        let polygon = &link.components()[component];
        let (n, tip) = (polygon.len() as isize, tip as isize);
        let at = |k: isize| far(polygon.vertex(tip + k));
        // To either side of the tip vertices fall back for a while.
        let falls = |step: isize| (1..n - 1).take_while(|k| at(step * k) < at(step * (k - 1))).count() as isize;
        let (before, behind) = (falls(-1).min(n - 2), falls(1));
        let behind = behind.min(n - 1 - before);
        // All else is no farther than this.
        let own = |c: usize, k: isize| c == component && ((k - tip).rem_euclid(n) <= behind || (tip - k).rem_euclid(n) <= before);
        let others =
            link.components().iter().enumerate().flat_map(|(c, p)| p.vertices().iter().enumerate().map(move |(k, v)| (c, k, *v)));
        let others = others.filter(|(c, k, _)| !own(*c, *k as isize)).map(|(_, _, v)| far(v));
        let rest = others.fold(at(-before).max(at(behind)), f64::max);
        let [low, high] = link.bounds();
        let free = (at(0) - rest).min(LONGEST * (high - low).length());
        let plane = at(0) - CUT * free;
        Self { component, free, line: cut(polygon, tip, plane, far) }
    }

    fn ends(&self) -> [DVec3; 2] {
        [self.line[0], self.line[self.line.len() - 1]]
    }

    fn middle(&self) -> DVec3 {
        let [a, b] = self.ends();
        0.5 * (a + b)
    }

    /// From one end to the other.
    fn across(&self) -> DVec3 {
        let [a, b] = self.ends();
        b - a
    }
}

/// What is left of a polygon when the stretch about a vertex that lies beyond a plane is cut off: from where it comes back, around.
fn cut(polygon: &Polygon, tip: isize, plane: f64, far: impl Fn(DVec3) -> f64) -> Vec<DVec3> {
    let n = polygon.len() as isize;
    let beyond = |step: isize| (1..n / 2).take_while(|k| far(polygon.vertex(tip + step * k)) > plane).count() as isize;
    let (first, last) = (tip + beyond(1) + 1, tip + n - beyond(-1) - 1);
    let meets = |inside: isize, outside: isize| {
        let (p, q) = (polygon.vertex(inside), polygon.vertex(outside));
        let share = (far(p) - plane) / (far(p) - far(q));
        // A vertex in the plane stays one vertex.
        p.lerp(q, share.clamp(1e-6, 1.0 - 1e-6))
    };
    let kept = (first..=last).map(|k| polygon.vertex(k));
    std::iter::once(meets(first - 1, first)).chain(kept).chain([meets(last + 1, last)]).collect()
}
