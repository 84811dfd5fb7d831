//! Where the place shows an edge, whatever its walls are covered with: lines in which two of its surfaces meet, in points.

use std::collections::BTreeMap;

use super::place::Bounds;
use super::truth::SolidKind;
use super::{LandmarkTruth, NavigationTruth};

/// A point of an edge.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sample {
    pub(super) at: [f32; 3],
    /// The axis that the edge runs along.
    pub(super) axis: usize,
}

/// Metres from point to point.
const STEP: f32 = 0.14;
/// Whether a place is solid is asked so far beside an edge, metres.
const BESIDE: f32 = 0.006;
/// Boxes that are nearer to each other touch, metres.
const TOUCH: f32 = 0.002;
const FAR: f32 = 200.0;

/// All of them. Boxes that run into one another make one body: its edges lie where planes of a box, or of two that touch, meet, and the four
/// quarters around are not filled like those of a flat face.
pub(super) fn edges(task: &NavigationTruth) -> Vec<Sample> {
    let walls = task.solids.iter().filter(|s| s.kind == SolidKind::Wall);
    let mut solids: Vec<Bounds> = walls.map(|s| Bounds { min: s.min, max: s.max }).collect();
    let count = solids.len();
    let slab = |low: f32, high: f32| Bounds { min: [-FAR, -FAR, low], max: [FAR, FAR, high] };
    solids.push(slab(-1.0, 0.0));
    solids.extend(task.ceiling_m.map(|c| slab(c, c + 1.0)));
    let mut lines: BTreeMap<(usize, i32, i32), Vec<[f32; 2]>> = BTreeMap::new();
    for i in 0..count {
        for j in i..solids.len() {
            add_lines(&solids[i], &solids[j], &mut lines);
        }
    }
    let mut samples = Vec::new();
    for ((axis, b, c), mut spans) in lines {
        spans.sort_by(|p, q| p[0].total_cmp(&q[0]));
        let mut done = f32::NEG_INFINITY;
        for [from, to] in spans {
            let from = from.max(done);
            let pieces = ((to - from) / STEP).round().max(1.0);
            if to - from < 0.02 {
                continue;
            }
            done = to;
            for k in 0..pieces as usize {
                let mut at = [0.0; 3];
                at[axis] = from + (to - from) * (k as f32 + 0.5) / pieces;
                at[(axis + 1) % 3] = b as f32 * 1e-3;
                at[(axis + 2) % 3] = c as f32 * 1e-3;
                let Some(filled) = corner(&solids, at, axis) else { continue };
                samples.push(Sample { at, axis });
                let is_foot = axis < 2 && at[2].abs() < 1e-3 && filled == 3;
                if is_foot && task.skirting_m > 0.02 {
                    samples.push(Sample { at: [at[0], at[1], task.skirting_m], axis });
                }
            }
        }
    }
    task.landmarks.iter().filter(|l| l.is_flat()).for_each(|l| outline(l, &mut samples));
    samples
}

/// The lines in which planes of two boxes that touch, or of one, meet.
fn add_lines(p: &Bounds, q: &Bounds, lines: &mut BTreeMap<(usize, i32, i32), Vec<[f32; 2]>>) {
    let low: [f32; 3] = std::array::from_fn(|k| p.min[k].max(q.min[k]));
    let high: [f32; 3] = std::array::from_fn(|k| p.max[k].min(q.max[k]));
    if (0..3).any(|k| low[k] > high[k] + TOUCH) {
        return;
    }
    let planes = |k: usize| {
        let mut all = [p.min[k], p.max[k], q.min[k], q.max[k]].map(|v| (v * 1e3).round() as i32).to_vec();
        all.retain(|&v| (low[k] - TOUCH..=high[k] + TOUCH).contains(&(v as f32 * 1e-3)));
        all.sort_unstable();
        all.dedup();
        all
    };
    let planes: [Vec<i32>; 3] = std::array::from_fn(planes);
    for axis in 0..3 {
        for &b in &planes[(axis + 1) % 3] {
            for &c in &planes[(axis + 2) % 3] {
                lines.entry((axis, b, c)).or_default().push([low[axis], high[axis]]);
            }
        }
    }
}

/// How many quarters about a point of an edge are filled; `None` where there is no edge.
fn corner(solids: &[Bounds], at: [f32; 3], axis: usize) -> Option<u32> {
    let (b, c) = ((axis + 1) % 3, (axis + 2) % 3);
    let filled = |db: f32, dc: f32| {
        let mut p = at;
        p[b] += db * BESIDE;
        p[c] += dc * BESIDE;
        solids.iter().any(|s| (0..3).all(|k| s.min[k] <= p[k] && p[k] <= s.max[k]))
    };
    let around = [filled(-1.0, -1.0), filled(1.0, -1.0), filled(1.0, 1.0), filled(-1.0, 1.0)];
    let count = around.iter().filter(|f| **f).count() as u32;
    let is_edge = count % 2 == 1 || (count == 2 && around[0] == around[2]);
    is_edge.then_some(count)
}

/// The edges of both faces of something flat. It hides those of the other side itself.
fn outline(landmark: &LandmarkTruth, samples: &mut Vec<Sample>) {
    let along = usize::from(landmark.size[1] > landmark.size[0]);
    let Bounds { min, max } = landmark.bounds();
    let mut line = |axis: usize, through: [f32; 3]| {
        let pieces = (landmark.size[axis] / STEP).round().max(1.0);
        for k in 0..pieces as usize {
            let mut at = through;
            at[axis] = min[axis] + landmark.size[axis] * (k as f32 + 0.5) / pieces;
            samples.push(Sample { at, axis });
        }
    };
    for face in [min, max] {
        let mut through = face;
        through[2] = max[2];
        line(along, through);
        for side in [min, max] {
            through[along] = side[along];
            line(2, through);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::place::Place;
    use super::*;

    fn solid(min: [f32; 3], max: [f32; 3]) -> Bounds {
        Bounds { min, max }
    }

    /// From near by, too: what lies deeper in it than a skin is hidden by itself.
    #[test]
    fn a_door_s_outline_is_seen_from_near_and_far() {
        let door = LandmarkTruth { name: "door".to_owned(), center: [0.0, 3.0, 1.05], size: [1.0, 0.06, 2.1] };
        let (mut samples, bounds) = (Vec::new(), door.bounds());
        outline(&door, &mut samples);
        let place = Place::of_bounds(bounds);
        for away in [0.6, 1.25, 3.0, 6.0] {
            let eye = [0.1, bounds.min[1] - away, 1.5];
            let near = samples.iter().filter(|s| (s.at[1] - bounds.min[1]).abs() < 1e-4);
            assert!(near.clone().count() > 30 && near.clone().all(|s| place.is_seen(eye, s.at)), "{away} m away");
        }
    }

    #[test]
    fn flat_joints_are_no_edges_and_corners_are() {
        // Two walls in line, one across that runs into them, and the floor.
        let solids = [
            solid([0.0, 0.0, 0.0], [1.0, 0.1, 2.0]),
            solid([1.0, 0.0, 0.0], [2.0, 0.1, 2.0]),
            solid([1.4, 0.05, 0.0], [1.5, 2.0, 2.0]),
            solid([-9.0, -9.0, -1.0], [9.0, 9.0, 0.0]),
        ];
        assert_eq!(corner(&solids, [1.0, 0.1, 1.0], 2), None, "a joint");
        assert_eq!(corner(&solids, [1.4, 0.1, 1.0], 2), Some(3), "an inner corner that no box has an edge in");
        assert_eq!(corner(&solids, [0.0, 0.0, 1.0], 2), Some(1), "an outer corner");
        assert_eq!(corner(&solids, [0.5, 0.0, 0.0], 0), Some(3), "a foot");
        assert_eq!(corner(&solids, [1.4, 0.05, 1.0], 2), None, "inside");
        let mut lines = BTreeMap::new();
        add_lines(&solids[1], &solids[2], &mut lines);
        assert!(lines.contains_key(&(2, 1400, 100)), "{:?}", lines.keys());
    }
}
