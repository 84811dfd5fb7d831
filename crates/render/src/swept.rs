//! What moves during a clip, as a few boxes that hold everything it sweeps.

use raytruth_scene::{Aabb, Pose};

use crate::exposure::Exposure;
use crate::frame_params::MAX_SWEPT;
use crate::geometry::Form;

/// Where each object is during the clip, box by box: one where it stands still, else one for each pose of the frames, with what it
/// sweeps while that frame is exposed.
///
/// `poses` holds the world poses of all objects, frame by frame.
pub(crate) fn paths(forms: &[Form], poses: &[Vec<Pose>], exposure: &Exposure) -> Vec<Vec<Aabb>> {
    let mut paths = vec![Vec::new(); forms.len()];
    let mut last: Vec<Option<Pose>> = vec![None; forms.len()];
    for (number, frame) in poses.iter().enumerate() {
        for (object, form) in forms.iter().enumerate() {
            if last[object].replace(frame[object]) != Some(frame[object]) {
                paths[object].push(form.bounds(&frame[object]));
            }
        }
        if !exposure.is_still(number) {
            for (path, bounds) in paths.iter_mut().zip(blurred(forms, frame, number, exposure)) {
                path.extend(Some(bounds).filter(|b| !b.is_empty()));
            }
        }
    }
    paths
}

/// What each object sweeps while a frame is exposed; empty where it stands still.
fn blurred(forms: &[Form], frame: &[Pose], number: usize, exposure: &Exposure) -> Vec<Aabb> {
    let mut swept = vec![Aabb::EMPTY; forms.len()];
    let moments: Vec<Vec<Pose>> = exposure.moments(number).iter().map(|m| exposure.poses(m.time)).collect();
    for (object, (form, swept)) in forms.iter().zip(&mut swept).enumerate() {
        let own = frame[object];
        if moments.iter().any(|poses| poses[object] != own) {
            // Its box turned, not each of its corners: there may be many moments.
            let bounds = form.bounds(&Pose::IDENTITY);
            *swept = moments.iter().fold(*swept, |sum, poses| sum.union(&bounds.transformed(&poses[object])));
        }
    }
    swept
}

/// Boxes around the paths of all objects that move, each with a margin of a thousandth of its size.
pub(crate) fn boxes(paths: &[Vec<Aabb>]) -> Vec<Aabb> {
    let mut boxes = Vec::new();
    for path in paths.iter().filter(|path| path.len() > 1) {
        boxes.extend(path.iter().map(|bounds| bounds.grown(1e-3 * bounds.size().max_element() + 1e-5)));
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
