//! Observability: does the evaluator see what the renderer drew? What it cannot see in the ground truth it cannot judge in a
//! candidate, and nobody else can either.

use crate::{EvalError, Truth};

/// Least intersection over union that counts as seen.
pub const OBSERVABLE_IOU: f32 = 0.85;
/// Objects of fewer pixels (of the clip) are not judged.
pub const OBSERVABLE_PIXELS: u32 = 400;

/// The evaluator's own mask of one object in one frame, at the size of the footage.
#[derive(Clone, Debug)]
pub struct Mask {
    /// Name of the object.
    pub object: String,
    /// Which frame.
    pub frame: u32,
    /// Row by row.
    pub pixels: Vec<bool>,
}

/// How well the evaluator sees one object in one frame.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Observation {
    /// Name of the object.
    pub object: String,
    /// Which frame.
    pub frame: u32,
    /// Pixels of it in the object-id pass.
    pub pixels: u32,
    /// Intersection over union of mask and pass; one pixel along the boundary of the pass is not held against either.
    pub iou: f32,
    /// Whether `iou` reaches [`OBSERVABLE_IOU`].
    pub ok: bool,
}

/// Compares the evaluator's masks with the object-id pass: key objects of at least [`OBSERVABLE_PIXELS`] in the frames given.
///
/// `passes` pairs a frame number with its object-id pass, row by row at the size of the clip.
///
/// # Errors
/// [`EvalError::Refused`] if a pass is of another size.
pub fn observe(truth: &Truth, masks: &[Mask], passes: &[(u32, &[u16])]) -> Result<Vec<Observation>, EvalError> {
    let (clip, size) = ((truth.clip.width, truth.clip.height), (truth.maps.width, truth.maps.height));
    if let Some((frame, _)) = passes.iter().find(|(_, pass)| pass.len() != clip.0 as usize * clip.1 as usize) {
        return Err(EvalError::Refused(format!("the object-id pass of frame {frame} does not fit the clip")));
    }
    let mut observations = Vec::new();
    for mask in masks {
        let (Some(object), Some((_, pass))) = (truth.object(&mask.object), passes.iter().find(|(f, _)| *f == mask.frame)) else {
            continue;
        };
        let pixels = pass.iter().filter(|&&id| id == object.id).count() as u32;
        if !object.key || pixels < OBSERVABLE_PIXELS {
            continue;
        }
        let drawn = shrink(pass, clip, size, object.id);
        let iou = tolerant_iou(&mask.pixels, &drawn, size.0 as usize);
        let ok = iou >= OBSERVABLE_IOU;
        observations.push(Observation { object: mask.object.clone(), frame: mask.frame, pixels, iou, ok });
    }
    Ok(observations)
}

/// The pass at the size of analysis, by the pixel under each centre.
fn shrink(pass: &[u16], clip: (u32, u32), size: (u32, u32), id: u16) -> Vec<bool> {
    let pick = |i: u32, out: u32, full: u32| ((2 * u64::from(i) + 1) * u64::from(full) / (2 * u64::from(out))) as usize;
    (0..size.1)
        .flat_map(|y| {
            let row = pick(y, size.1, clip.1) * clip.0 as usize;
            (0..size.0).map(move |x| pass[row + pick(x, size.0, clip.0)] == id)
        })
        .collect()
}

/// Intersection over union where pixels next to the boundary of `drawn` count for neither side.
fn tolerant_iou(mask: &[bool], drawn: &[bool], width: usize) -> f32 {
    let height = drawn.len() / width;
    let (mut both, mut wrong) = (0_u32, 0_u32);
    for (at, (&m, &d)) in mask.iter().zip(drawn).enumerate() {
        both += u32::from(m && d);
        if m == d {
            continue;
        }
        let (x, y) = (at % width, at / width);
        let edge = (y.saturating_sub(1)..=(y + 1).min(height - 1))
            .any(|ny| (x.saturating_sub(1)..=(x + 1).min(width - 1)).any(|nx| drawn[ny * width + nx] != d));
        wrong += u32::from(!edge);
    }
    if both + wrong == 0 { 0.0 } else { both as f32 / (both + wrong) as f32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(x0: usize, x1: usize) -> Vec<bool> {
        (0..400).map(|at| (x0..x1).contains(&(at % 20)) && (5..15).contains(&(at / 20))).collect()
    }

    #[test]
    fn one_pixel_of_boundary_is_forgiven_and_no_more() {
        assert_eq!(tolerant_iou(&square(5, 15), &square(5, 15), 20), 1.0);
        assert_eq!(tolerant_iou(&square(4, 16), &square(5, 15), 20), 1.0);
        assert!(tolerant_iou(&square(9, 15), &square(5, 15), 20) < 0.75);
        assert_eq!(tolerant_iou(&square(0, 0), &square(5, 15), 20), 0.0);
    }
}
