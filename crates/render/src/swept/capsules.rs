//! Capsules around tubes that deform or grow: a box around a beam across a bench would hold the bench. And around what comes, goes or grows in
//! its place: there are more capsules than boxes, so that things far apart need not share one.

use std::f32::consts::PI;
use std::ops::Range;

use glam::Vec3;
use raytruth_scene::{Aabb, Curve, Pose, Scene, Shape};

/// Pieces that a tube is looked at in, before they are merged.
const PIECES: usize = 32;
/// Points looked at between two points of a tube.
const SAMPLES: usize = 8;

/// All points within `radius` of a segment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Capsule {
    pub(crate) from: Vec3,
    pub(crate) to: Vec3,
    pub(crate) radius: f32,
}

/// A ball that a capsule must hold.
type Ball = (Vec3, f32);

/// Poses of all objects while each frame is exposed, its own first.
pub(super) type Exposed = Vec<Vec<Vec<Pose>>>;

/// A tube piece by piece of its length, each of its shapes in its own frame.
pub(super) struct Pieces(Vec<Vec<Option<Capsule>>>);

impl Pieces {
    /// `None` of what is no tube in some frame.
    pub(super) fn new(shapes: &[Shape]) -> Option<Self> {
        if !shapes.iter().all(|shape| matches!(shape, Shape::Tube { .. } | Shape::Nothing)) {
            return None;
        }
        let spans = |shape: &Shape| match shape {
            Shape::Tube { points, closed, .. } => points.len() - usize::from(!closed),
            _ => 0,
        };
        let most = shapes.iter().map(spans).max().unwrap_or(0).max(1);
        Some(Self(shapes.iter().map(|shape| pieces_of(shape, most.min(PIECES), most)).collect()))
    }

    /// Capsules around everything that the tube, which is an object's shape, sweeps during some frames.
    pub(super) fn swept(&self, object: usize, exposed: &Exposed, frames: &Range<usize>) -> Vec<Capsule> {
        let own = &self.0;
        let mut balls: Vec<Vec<Ball>> = vec![Vec::new(); own[0].len()];
        for (frame, moments) in frames.clone().zip(&exposed[frames.clone()]) {
            // While it is exposed it is on its way from and to its neighbours, within the hull of all three.
            let near = if moments.len() == 1 { frame..=frame } else { frame.saturating_sub(1)..=frame + 1 };
            let mut last = None;
            for pose in moments.iter().map(|poses| poses[object]) {
                if last.replace(pose) == Some(pose) {
                    continue;
                }
                for shape in near.clone().map(|f| &own[f.min(own.len() - 1)]) {
                    for (balls, capsule) in balls.iter_mut().zip(shape) {
                        let ends = capsule.iter().flat_map(|c| [c.from, c.to].map(|end| (pose.point(end), c.radius)));
                        balls.extend(ends);
                    }
                }
            }
        }
        balls.iter().filter(|b| !b.is_empty()).map(|b| around(b).grown()).collect()
    }
}

/// Capsules around the pieces of a tube in its own frame; `most`: spans that are cut into them.
fn pieces_of(shape: &Shape, pieces: usize, most: usize) -> Vec<Option<Capsule>> {
    let mut balls: Vec<Vec<Ball>> = vec![Vec::new(); pieces];
    if let Shape::Tube { radius, points, closed, .. } = shape {
        let curve = Curve::new(points, *closed);
        for span in 0..curve.spans() {
            balls[span * pieces / most].extend(along(&curve, span).map(|(p, margin)| (p, radius + margin)));
        }
    }
    balls.iter().map(|b| (!b.is_empty()).then(|| around(b))).collect()
}

/// A capsule around the shapes that an object has in some frames, if it does not move; none if it does, or if a capsule would hold much more
/// than a box.
pub(super) fn in_place(scene: &Scene, object: usize, exposed: &Exposed, frames: &Range<usize>) -> Vec<Capsule> {
    let pose = exposed[frames.start][0][object];
    if exposed[frames.clone()].iter().flatten().any(|poses| poses[object] != pose) {
        return Vec::new();
    }
    // While a frame is exposed it is on its way from and to its neighbours.
    let shapes = (frames.start.saturating_sub(1)..=frames.end).map(|frame| scene.objects[object].shape_at(frame));
    let balls: Vec<Ball> = shapes
        .flat_map(|shape| match shape {
            Shape::Sphere { radius } => vec![(pose.translation, *radius)],
            shape => {
                let bounds = shape.aabb(&scene.meshes);
                if bounds.is_empty() { Vec::new() } else { bounds.corners().map(|c| (pose.point(c), 0.0)).to_vec() }
            }
        })
        .collect();
    if balls.is_empty() {
        return Vec::new();
    }
    let size = Aabb::of(balls.iter().flat_map(|(p, r)| [*p - *r, *p + *r])).size();
    let capsule = around(&balls).grown();
    let of_box = 2.0 * (size.x * size.y + size.y * size.z + size.z * size.x);
    if capsule.area() < 1.5 * of_box { vec![capsule] } else { Vec::new() }
}

/// Points along a span, each with how far the curve bulges from the chord to the next.
fn along(curve: &Curve, span: usize) -> impl Iterator<Item = (Vec3, f32)> {
    let at = move |i: f32| curve.point(span as f32 + i / SAMPLES as f32);
    (0..=SAMPLES).map(move |i| {
        let i = i as f32;
        let [here, between, next] = [i, i + 0.5, i + 1.0].map(at);
        (here, 1.5 * between.distance(0.5 * (here + next)))
    })
}

/// A capsule along the way between two points that lie far apart.
fn around(balls: &[Ball]) -> Capsule {
    let farthest = |from: Vec3| {
        let most = |a: &&Ball, b: &&Ball| a.0.distance_squared(from).total_cmp(&b.0.distance_squared(from));
        balls.iter().max_by(most).map_or(from, |b| b.0)
    };
    let middle = balls.iter().map(|b| b.0).sum::<Vec3>() / balls.len().max(1) as f32;
    let end = farthest(middle);
    let (from, to) = (end, farthest(end));
    let radius = balls.iter().map(|(p, r)| from_segment(*p, from, to) + r).fold(0.0, f32::max);
    Capsule { from, to, radius }
}

fn from_segment(p: Vec3, from: Vec3, to: Vec3) -> f32 {
    let way = to - from;
    let t = ((p - from).dot(way) / way.length_squared().max(f32::MIN_POSITIVE)).clamp(0.0, 1.0);
    p.distance(from + t * way)
}

impl Capsule {
    /// With a margin of a thousandth of its size.
    fn grown(&self) -> Self {
        Self { radius: self.radius + 1e-3 * (self.radius + self.from.distance(self.to)) + 1e-5, ..*self }
    }

    /// Surface, to which the number of rays that meet it is proportional.
    fn area(&self) -> f32 {
        2.0 * PI * self.radius * (self.from.distance(self.to) + 2.0 * self.radius)
    }

    fn union(&self, other: &Self) -> Self {
        // A capsule is the hull of the balls at its ends.
        around(&[(self.from, self.radius), (self.to, self.radius), (other.from, other.radius), (other.to, other.radius)])
    }
}

/// Merges the pair whose union adds the least surface until at most `most` are left.
pub(super) fn merge(capsules: &mut Vec<Capsule>, most: usize) {
    if capsules.len() <= most {
        return;
    }
    let added = |all: &[Capsule], i: usize, j: usize| all[i].union(&all[j]).area() - all[i].area() - all[j].area();
    // Of each, that of those behind it which costs least, and what it costs: few of these change by a union.
    let best_of = |all: &[Capsule], i: usize| {
        let behind = (i + 1..all.len()).map(|j| (added(all, i, j), j));
        behind.fold((f32::INFINITY, all.len()), |best, new| if new.0 < best.0 { new } else { best })
    };
    let mut best: Vec<(f32, usize)> = (0..capsules.len()).map(|i| best_of(capsules, i)).collect();
    while capsules.len() > most {
        let Some(i) = (0..best.len()).min_by(|&a, &b| best[a].0.total_cmp(&best[b].0)) else { return };
        let (j, last) = (best[i].1, capsules.len() - 1);
        let Some(other) = capsules.get(j).copied() else { return };
        // The last takes the place that becomes free.
        capsules.swap_remove(j);
        best.swap_remove(j);
        capsules[i] = capsules[i].union(&other);
        for (k, best) in best.iter_mut().enumerate() {
            if k == i || k == j || [i, j, last].contains(&best.1) {
                *best = best_of(capsules, k);
            } else if k < i {
                // What the last one costs in its new place was compared before.
                let cost = added(capsules, k, i);
                if cost < best.0 {
                    *best = (cost, i);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_union_holds_both_and_few_are_left() {
        let spot = |i: usize, k: usize| (Vec3::new((i * 7 % 11) as f32, (i * 5 % 13) as f32, (i * k % 9) as f32)) * 0.1;
        let all: Vec<Capsule> =
            (0..40).map(|i| Capsule { from: spot(i, 3), to: spot(i + 1, 5), radius: 0.01 + 0.001 * i as f32 }).collect();
        let mut few = all.clone();
        merge(&mut few, 5);
        // What looks at every pair anew gets the same.
        let mut slow = all.clone();
        while slow.len() > 5 {
            let pairs = (0..slow.len()).flat_map(|i| (i + 1..slow.len()).map(move |j| (i, j)));
            let added = |(i, j): (usize, usize)| slow[i].union(&slow[j]).area() - slow[i].area() - slow[j].area();
            let (i, j) = pairs.min_by(|&a, &b| added(a).total_cmp(&added(b))).expect("two at least");
            let other = slow.swap_remove(j);
            slow[i] = slow[i].union(&other);
        }
        assert_eq!(few, slow);
        assert_eq!(few.len(), 5);
        for c in &all {
            for k in 0..=10 {
                let p = c.from.lerp(c.to, k as f32 / 10.0);
                let holds = |f: &Capsule| from_segment(p, f.from, f.to) + c.radius <= f.radius + 1e-5;
                assert!(few.iter().any(holds), "{c:?} reaches out of all of {few:?}");
            }
        }
    }

    #[test]
    fn a_straight_beam_has_a_capsule_of_its_own_width() {
        let balls: Vec<Ball> = (0..=20).map(|i| (Vec3::new(0.025 * i as f32, 0.0, 0.1), 0.002)).collect();
        let capsule = around(&balls).grown();
        assert!(capsule.radius < 0.0026 && (capsule.from.distance(capsule.to) - 0.5).abs() < 1e-6, "{capsule:?}");
    }
}
