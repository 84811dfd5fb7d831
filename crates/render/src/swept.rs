//! What moves during a clip, as a few boxes that hold everything it sweeps.

use raytruth_scene::{Aabb, Pose};

use crate::frame_params::MAX_SWEPT;
use crate::geometry::Form;

/// Boxes around all places of all objects that move, each with a margin of a thousandth of its size.
///
/// `poses` holds the world poses of all objects, frame by frame.
pub(crate) fn boxes(forms: &[Form], poses: &[Vec<Pose>]) -> Vec<Aabb> {
    let Some(first) = poses.first() else { return Vec::new() };
    let mut boxes = Vec::new();
    for (object, form) in forms.iter().enumerate() {
        if poses.iter().all(|frame| frame[object] == first[object]) {
            continue;
        }
        let mut last = None;
        for frame in poses {
            if last.replace(frame[object]) != Some(frame[object]) {
                let bounds = form.bounds(&frame[object]);
                boxes.push(bounds.grown(1e-3 * bounds.size().max_element() + 1e-5));
            }
        }
        // One object's path is merged on its own first: all pairs of all objects would be too many to look at.
        merge(&mut boxes, MAX_SWEPT * 4);
    }
    merge(&mut boxes, MAX_SWEPT);
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
