//! Observability: does the evaluator see what the renderer drew? What it cannot see in the ground truth it cannot judge in a
//! candidate, and nobody else can either.

use crate::normalise::analysis_size;
use crate::picture::Resampler;
use crate::{EvalError, Footage, Frame, Registry, Truth};

/// Least intersection over union that counts as seen.
pub const OBSERVABLE_IOU: f32 = 0.85;
/// Objects of fewer pixels (of the clip) are not judged.
pub const OBSERVABLE_PIXELS: u32 = 400;

/// The evaluator's own mask of one object in one frame, at the size of the footage.
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
/// `decoded` are all frames of the ground truth as the MP4 shows them; `ids` pairs a frame number with its object-id pass, row by
/// row at the size of the clip.
///
/// # Errors
/// [`EvalError`] where the domain is unknown, or a picture or a pass has the wrong size.
pub fn observe(
    registry: &Registry,
    truth: &Truth,
    first_frame: &Frame,
    decoded: &[Frame],
    ids: &[(u32, &[u16])],
) -> Result<Vec<Observation>, EvalError> {
    truth.check().map_err(EvalError::Refused)?;
    let evaluator = registry.get(&truth.domain)?;
    let clip = (truth.clip.width, truth.clip.height);
    for frame in decoded.iter().chain([first_frame]) {
        if (frame.width, frame.height) != clip || frame.rgb.len() != clip.0 as usize * clip.1 as usize * 3 {
            return Err(EvalError::Refused(format!(
                "a frame of {}x{} in a clip of {}x{}",
                frame.width, frame.height, clip.0, clip.1
            )));
        }
    }
    if let Some((frame, _)) =
        ids.iter().find(|(f, pass)| pass.len() != clip.0 as usize * clip.1 as usize || *f as usize >= decoded.len())
    {
        return Err(EvalError::Refused(format!("the object-id pass of frame {frame} does not fit the clip")));
    }
    let size = analysis_size(clip, evaluator.max_pixels());
    let resampler = Resampler::new(clip, [0.0, 0.0, clip.0 as f32, clip.1 as f32], size);
    let footage = Footage {
        first_frame: resampler.apply(first_frame),
        frames: decoded.iter().map(|f| resampler.apply(f)).collect(),
        seen: vec![true; size.0 as usize * size.1 as usize],
        seconds_per_frame: 1.0 / f64::from(truth.clip.fps),
    };
    let wanted: Vec<u32> = ids.iter().map(|(f, _)| *f).collect();
    let masks = evaluator.segment(truth, &footage, &wanted).map_err(EvalError::Refused)?;
    let mut observations = Vec::new();
    for mask in masks {
        let (Some(object), Some((_, pass))) = (truth.object(&mask.object), ids.iter().find(|(f, _)| *f == mask.frame)) else {
            continue;
        };
        let pixels = pass.iter().filter(|&&id| id == object.id).count() as u32;
        if !object.key || pixels < OBSERVABLE_PIXELS {
            continue;
        }
        let drawn = shrink(pass, clip, size, object.id);
        let iou = tolerant_iou(&mask.pixels, &drawn, size.0 as usize);
        observations.push(Observation { object: mask.object, frame: mask.frame, pixels, iou, ok: iou >= OBSERVABLE_IOU });
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
