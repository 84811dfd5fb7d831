//! The place as boxes: what a ray meets, and what a walk runs into.

use super::extent::Extent;
use super::pose::View;
use super::{LandmarkTruth, NavigationTruth, SolidKind, SolidTruth};

/// A box.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    pub(super) min: [f32; 3],
    pub(super) max: [f32; 3],
}

impl Bounds {
    pub(super) fn corners(&self) -> [[f32; 3]; 8] {
        std::array::from_fn(|i| std::array::from_fn(|k| if i >> k & 1 == 1 { self.max[k] } else { self.min[k] }))
    }

    /// Whether it is another's, but for a skin.
    fn is_same(&self, other: &Self) -> bool {
        (0..3).all(|k| (self.min[k] - other.min[k]).abs() < SKIN && (self.max[k] - other.max[k]).abs() < SKIN)
    }
}

/// What a ray meets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Met {
    /// How far away, in lengths of the ray.
    pub(super) reach: f32,
    pub(super) body: Body,
}

/// What there is to be met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Body {
    Floor,
    Ceiling,
    Sky,
    /// What hides, by its number.
    Solid(usize),
}

/// What lies on the floor and reaches less high is stepped over; what hangs higher is walked under. Metres.
const LOW: f32 = 0.1;
/// What is seen through a solid's surface by less is seen, metres: edges lie on surfaces.
const SKIN: f32 = 0.008;
/// How far one sees below the sky, metres.
const FAR: f32 = 60.0;

pub(super) struct Place {
    /// Everything that hides what is behind it, first what fills its bounds.
    hiding: Vec<Bounds>,
    /// How many of those fill their bounds.
    filled: usize,
    /// `[x0, y0, x1, y1]` of what one runs into.
    obstacles: Vec<[f32; 4]>,
    ceiling: Option<f32>,
}

impl Place {
    /// Nothing but something that fills its bounds.
    #[cfg(test)]
    pub(super) fn of_bounds(bounds: Bounds) -> Self {
        let Bounds { min: [x0, y0, _], max: [x1, y1, _] } = bounds;
        Self { obstacles: vec![[x0, y0, x1, y1]], hiding: vec![bounds], filled: 1, ceiling: None }
    }

    pub(super) fn new(task: &NavigationTruth) -> Self {
        let solids = task.solids.iter().map(|s| Bounds { min: s.min, max: s.max });
        let is_wall = |s: &&SolidTruth| s.kind == SolidKind::Wall;
        let walls = task.solids.iter().filter(is_wall).map(|s| Bounds { min: s.min, max: s.max });
        let mut hiding: Vec<Bounds> =
            walls.chain(task.landmarks.iter().filter(|l| l.is_flat()).map(LandmarkTruth::bounds)).collect();
        let filled = hiding.len();
        // A landmark that one runs into is a solid, too, and a flat one fills its bounds.
        let is_landmark = |b: &Bounds| task.landmarks.iter().any(|l| l.bounds().is_same(b));
        let things = task.solids.iter().filter(|s| !is_wall(s)).map(|s| Bounds { min: s.min, max: s.max });
        let things = things.filter(|b| !is_landmark(b));
        hiding.extend(things.chain(task.landmarks.iter().filter(|l| !l.is_flat()).map(LandmarkTruth::bounds)));
        let in_the_way = |b: &Bounds| b.max[2] > LOW && b.min[2] < task.eye_m;
        let plan = |b: Bounds| [b.min[0], b.min[1], b.max[0], b.max[1]];
        Self { obstacles: solids.filter(in_the_way).map(plan).collect(), hiding, filled, ceiling: task.ceiling_m }
    }

    /// `[x0, y0, x1, y1]` about everything.
    pub(super) fn extent(&self) -> [f32; 4] {
        self.obstacles.iter().fold([f32::INFINITY, f32::INFINITY, f32::NEG_INFINITY, f32::NEG_INFINITY], |e, o| {
            [e[0].min(o[0]), e[1].min(o[1]), e[2].max(o[2]), e[3].max(o[3])]
        })
    }

    /// What a ray meets first; `None` if that does not fill its bounds, so that nobody knows where.
    pub(super) fn meets(&self, eye: [f32; 3], ray: [f32; 3]) -> Option<Met> {
        let mut met = Met { reach: FAR, body: Body::Sky };
        if ray[2] < -1e-4 && -eye[2] / ray[2] < FAR {
            met = Met { reach: -eye[2] / ray[2], body: Body::Floor };
        }
        if let (Some(ceiling), true) = (self.ceiling, ray[2] > 1e-4)
            && (ceiling - eye[2]) / ray[2] < FAR
        {
            met = Met { reach: (ceiling - eye[2]) / ray[2], body: Body::Ceiling };
        }
        let over = ray.map(|r| 1.0 / r);
        for (i, b) in self.hiding.iter().enumerate() {
            if let Some((enters, _)) = span(b, eye, over, 0.0).filter(|(enters, _)| *enters > 0.0 && *enters < met.reach) {
                met = Met { reach: enters, body: Body::Solid(i) };
            }
        }
        (!matches!(met.body, Body::Solid(i) if i >= self.filled)).then_some(met)
    }

    /// The axis across which the surface lies on which something is met.
    pub(super) fn axis(&self, body: Body, at: [f32; 3]) -> usize {
        let Body::Solid(i) = body else { return 2 };
        let off = |k: usize| (at[k] - self.hiding[i].min[k]).abs().min((at[k] - self.hiding[i].max[k]).abs());
        (0..3).min_by(|&a, &b| off(a).total_cmp(&off(b))).unwrap_or(2)
    }

    /// Where what does not fill its bounds is seen, but for what the eye is inside of, as below an arch.
    pub(super) fn vague(&self, view: &View) -> Vec<Extent> {
        let eye = view.eye();
        let inside = |b: &Bounds| (0..3).all(|k| b.min[k] < eye[k] && eye[k] < b.max[k]);
        self.hiding[self.filled..].iter().filter(|b| !inside(b)).filter_map(|bounds| Extent::new(view, bounds)).collect()
    }

    /// Whether a point is seen from an eye. What the eye is inside of hides nothing.
    pub(super) fn is_seen(&self, eye: [f32; 3], point: [f32; 3]) -> bool {
        let ray: [f32; 3] = std::array::from_fn(|k| point[k] - eye[k]);
        let over = ray.map(|r| 1.0 / r);
        let hides =
            |b: &Bounds| span(b, eye, over, SKIN).is_some_and(|(enters, leaves)| enters > 0.0 && enters < leaves.min(0.998));
        !self.hiding.iter().any(hides)
    }

    /// Whether a straight step runs into something.
    pub(super) fn is_crossed(&self, from: [f32; 2], to: [f32; 2]) -> bool {
        self.obstacles.iter().any(|o| meets(o, from, to))
    }
}

/// Where a ray enters and leaves a box that is smaller by a skin, in lengths of the ray.
#[inline]
fn span(b: &Bounds, eye: [f32; 3], over: [f32; 3], skin: f32) -> Option<(f32, f32)> {
    let (mut enters, mut leaves) = (f32::NEG_INFINITY, f32::INFINITY);
    for k in 0..3 {
        let (a, z) = ((b.min[k] + skin - eye[k]) * over[k], (b.max[k] - skin - eye[k]) * over[k]);
        let (low, high) = if a < z { (a, z) } else { (z, a) };
        // A ray along a face is no number, and decides nothing.
        enters = if low > enters { low } else { enters };
        leaves = if high < leaves { high } else { leaves };
    }
    (enters <= leaves).then_some((enters, leaves))
}

/// Whether a step runs into a rectangle.
fn meets(o: &[f32; 4], from: [f32; 2], to: [f32; 2]) -> bool {
    let (mut enters, mut leaves) = (0.0_f32, 1.0_f32);
    for k in 0..2 {
        let way = to[k] - from[k];
        if way.abs() < 1e-9 {
            if from[k] <= o[k] || from[k] >= o[k + 2] {
                return false;
            }
            continue;
        }
        let (a, z) = ((o[k] - from[k]) / way, (o[k + 2] - from[k]) / way);
        enters = enters.max(a.min(z));
        leaves = leaves.min(a.max(z));
    }
    enters < leaves
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wall() -> Place {
        Place::of_bounds(Bounds { min: [2.0, -1.0, 0.0], max: [2.1, 1.0, 2.0] })
    }

    #[test]
    fn walls_stop_rays_and_steps() {
        let place = wall();
        let eye = [0.0, 0.0, 1.5];
        let reach = |ray| place.meets(eye, ray).expect("a wall").reach;
        assert!((reach([1.0, 0.0, 0.0]) - 2.0).abs() < 1e-6);
        assert!((reach([1.0, 0.0, -1.0]) - 1.5).abs() < 1e-6, "the floor comes first");
        assert!(
            place.is_seen(eye, [2.0, 0.3, 0.0]) && !place.is_seen(eye, [2.1, 0.3, 0.0]) && place.is_seen(eye, [2.0, 1.0, 1.0])
        );
        assert!(place.is_crossed([1.0, 0.0], [3.0, 0.0]) && !place.is_crossed([1.0, 1.2], [3.0, 1.2]));
    }
}
