//! Boxes around what objects sweep.

use std::ops::Range;

use raytruth_scene::{Aabb, Change, Form, Forms, Pose, Scene};

use crate::exposure::Exposure;

/// Boxes of one path of which all pairs are looked at.
const LONG_PATH: usize = 600;

/// Where all objects are during the clip.
pub(crate) struct Paths {
    /// Of each object in the order of time: one where it never changes, else one for each pose and shape of the frames, with what it sweeps
    /// while that frame is exposed.
    pub(crate) boxes: Vec<Vec<Aabb>>,
    /// Of each object, frame by frame.
    steps: Vec<Vec<Step>>,
}

/// An object in a frame.
#[derive(Clone)]
struct Step {
    /// Which boxes of its path hold it.
    boxes: Range<usize>,
    /// Whether its pose or shape is not that of the frame before.
    changes: bool,
    /// Whether it changes while the frame is exposed.
    sweeps: bool,
}

impl Paths {
    /// `first` holds the forms of the first frame, which most objects keep; `poses` the world poses of all objects, frame by frame.
    pub(crate) fn new(
        scene: &Scene,
        (forms, first): (&[Forms], &[Form]),
        changes: &[Change],
        poses: &[Vec<Pose>],
        exposure: &Exposure,
    ) -> Self {
        let mut all = Self { boxes: vec![Vec::new(); forms.len()], steps: vec![Vec::new(); forms.len()] };
        let mut last: Vec<Option<(Pose, usize)>> = vec![None; forms.len()];
        for (number, frame) in poses.iter().enumerate() {
            let swept = (!exposure.is_still(number)).then(|| blurred(scene, first, changes, number, exposure));
            for (object, forms) in forms.iter().enumerate() {
                let now = (frame[object], forms.version(number));
                let changed = last[object].replace(now) != Some(now);
                let bounds = if !changed {
                    Aabb::EMPTY
                } else if changes[object] == Change::Reshapes {
                    shape_bounds(scene, object, number).transformed(&frame[object])
                } else {
                    first[object].aabb(&frame[object])
                };
                let swept = swept.as_ref().map_or(Aabb::EMPTY, |swept| swept[object]);
                all.add(object, changed, bounds, swept);
            }
        }
        all
    }

    /// What an object's next frame adds to its path; empty boxes hold nothing.
    fn add(&mut self, object: usize, changes: bool, bounds: Aabb, swept: Aabb) {
        let path = &mut self.boxes[object];
        let before = self.steps[object].last().map_or(0..0, |step| step.boxes.clone());
        let start = if changes { path.len() } else { before.start };
        path.extend([bounds, swept].into_iter().filter(|b| !b.is_empty()));
        self.steps[object].push(Step { boxes: start..path.len(), changes, sweeps: !swept.is_empty() });
    }

    /// Whether an object is not the same in all of some frames.
    pub(super) fn changes(&self, object: usize, frames: &Range<usize>) -> bool {
        let steps = &self.steps[object][frames.clone()];
        steps.iter().any(|step| step.sweeps) || steps[1..].iter().any(|step| step.changes)
    }

    /// Where an object is in some frames.
    pub(super) fn within(&self, object: usize, frames: &Range<usize>) -> &[Aabb] {
        let steps = &self.steps[object][frames.clone()];
        &self.boxes[object][steps[0].boxes.start..steps[steps.len() - 1].boxes.end]
    }
}

/// In the object's own frame. Of a tube its curve's, not its triangles', which are many and differ from frame to frame.
fn shape_bounds(scene: &Scene, object: usize, frame: usize) -> Aabb {
    scene.objects[object].shape_at(frame).aabb(&scene.meshes)
}

/// What each object sweeps while a frame is exposed; empty where it stands still.
fn blurred(scene: &Scene, first: &[Form], changes: &[Change], number: usize, exposure: &Exposure) -> Vec<Aabb> {
    let mut swept = vec![Aabb::EMPTY; first.len()];
    let moments: Vec<Vec<Pose>> = exposure.moments(number).iter().map(|m| exposure.poses(m.time)).collect();
    let here = exposure.poses(number as f64);
    for (object, swept) in swept.iter_mut().enumerate() {
        let reshapes = changes[object] == Change::Reshapes;
        if reshapes || moments.iter().any(|poses| poses[object] != here[object]) {
            // Its box turned, not each of its corners: there may be many moments.
            let bounds = if reshapes {
                // Vertices go straight from each frame's shape to the next.
                let near = number.saturating_sub(1)..=number + 1;
                near.fold(Aabb::EMPTY, |sum, frame| sum.union(&shape_bounds(scene, object, frame)))
            } else {
                first[object].aabb(&Pose::IDENTITY)
            };
            *swept = moments.iter().fold(*swept, |sum, poses| sum.union(&bounds.transformed(&poses[object])));
        }
    }
    swept
}

/// At most `most` boxes around the paths of some objects, each with a margin of a thousandth of its size.
pub(super) fn boxes<'a>(paths: impl Iterator<Item = &'a [Aabb]>, most: usize) -> Vec<Aabb> {
    let mut boxes = Vec::new();
    for path in paths {
        let mut own: Vec<Aabb> = path.iter().map(|b| b.grown(1e-3 * b.size().max_element() + 1e-5)).collect();
        while own.len() > LONG_PATH {
            // Neighbours in time, for there are too many to look at all pairs.
            own = own.chunks(2).map(|pair| pair[1..].iter().fold(pair[0], |sum, b| sum.union(b))).collect();
        }
        boxes.extend(own);
        // One object's path is merged on its own first: all pairs of all objects would be too many to look at.
        merge(&mut boxes, most * 4);
    }
    merge(&mut boxes, most);
    boxes
}

/// Merges the pair whose union adds the least surface until at most `most` are left.
fn merge(boxes: &mut Vec<Aabb>, most: usize) {
    while boxes.len() > most {
        let mut best = (f32::INFINITY, 0, 1);
        for i in 0..boxes.len() {
            for j in i + 1..boxes.len() {
                let added = area(&boxes[i].union(&boxes[j])) - area(&boxes[i]) - area(&boxes[j]);
                if added < best.0 {
                    best = (added, i, j);
                }
            }
        }
        let (_, i, j) = best;
        let other = boxes.swap_remove(j);
        boxes[i] = boxes[i].union(&other);
    }
}

fn area(b: &Aabb) -> f32 {
    let s = b.size();
    s.x * s.y + s.y * s.z + s.z * s.x
}
