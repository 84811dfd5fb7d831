//! The five dimensions that video-reasoning benchmarks report, kept for comparison. They never add points: a frozen first frame
//! is perfectly smooth and perfectly sharp.

use crate::picture::Resampler;
use crate::{Footage, Frame};

/// Each in `0..=1`.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Dimensions {
    /// Structural similarity of frame 0 to `first_frame.png`; 0.95 and above counts as 1.
    pub first_frame_consistency: f64,
    /// 0.7 structural similarity + 0.3 clamp((PSNR − 20 dB) / 20 dB) of the last frame to `final_frame.png`; absent without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub final_frame_accuracy: Option<f64>,
    /// 0.6 (1 − σ/0.1) + 0.4 (1 − max/0.3) of the mean absolute differences between neighbouring frames.
    pub temporal_smoothness: f64,
    /// Edge energy of the candidate against that of `first_frame.png`.
    pub visual_quality: f64,
    /// `points / 1000`.
    pub task_specific: f64,
}

impl Dimensions {
    pub(crate) fn measure(footage: &Footage, final_frame: Option<&Frame>, points: u32) -> Self {
        let reference = luma(&footage.first_frame);
        let (width, height) = (footage.first_frame.width, footage.first_frame.height);
        let first = footage.frames.first().map(luma).unwrap_or_default();
        let last = footage.frames.last().map(luma).unwrap_or_default();
        let final_frame_accuracy = final_frame.map(|frame| {
            let whole = [0.0, 0.0, frame.width as f32, frame.height as f32];
            let wanted = luma(&Resampler::new((frame.width, frame.height), whole, (width, height)).apply(frame));
            let similarity = ssim(&last, &wanted, width as usize);
            0.7 * similarity + 0.3 * ((psnr(&last, &wanted) - 20.0) / 20.0).clamp(0.0, 1.0)
        });
        let edges = edge_energy(&reference, width as usize).max(1.0);
        Self {
            first_frame_consistency: (ssim(&first, &reference, width as usize) / 0.95).clamp(0.0, 1.0),
            final_frame_accuracy,
            temporal_smoothness: smoothness(&footage.frames),
            visual_quality: (edge_energy(&last, width as usize) / edges).clamp(0.0, 1.0),
            task_specific: f64::from(points) / 1000.0,
        }
    }
}

/// Rec. 709 luma in 8 bits.
fn luma(frame: &Frame) -> Vec<u8> {
    frame
        .rgb
        .chunks_exact(3)
        .map(|p| ((54 * u32::from(p[0]) + 183 * u32::from(p[1]) + 19 * u32::from(p[2]) + 128) >> 8) as u8)
        .collect()
}

/// Mean structural similarity (Wang et al. 2004) over 8x8 blocks.
fn ssim(a: &[u8], b: &[u8], width: usize) -> f64 {
    let height = a.len().min(b.len()) / width.max(1);
    let (mut total, mut blocks) = (0.0, 0_u32);
    for y in (0..height.saturating_sub(7)).step_by(8) {
        for x in (0..width.saturating_sub(7)).step_by(8) {
            let (mut sa, mut sb, mut saa, mut sbb, mut sab) = (0_u32, 0_u32, 0_u32, 0_u32, 0_u32);
            for row in y..y + 8 {
                for at in row * width + x..row * width + x + 8 {
                    let (p, q) = (u32::from(a[at]), u32::from(b[at]));
                    sa += p;
                    sb += q;
                    saa += p * p;
                    sbb += q * q;
                    sab += p * q;
                }
            }
            let n = 64.0;
            let (ma, mb) = (f64::from(sa) / n, f64::from(sb) / n);
            let (va, vb) = (f64::from(saa) / n - ma * ma, f64::from(sbb) / n - mb * mb);
            let cov = f64::from(sab) / n - ma * mb;
            total += (2.0 * ma * mb + 6.5025) * (2.0 * cov + 58.5225) / ((ma * ma + mb * mb + 6.5025) * (va + vb + 58.5225));
            blocks += 1;
        }
    }
    if blocks == 0 { 0.0 } else { (total / f64::from(blocks)).clamp(0.0, 1.0) }
}

fn psnr(a: &[u8], b: &[u8]) -> f64 {
    let sum: u64 = a.iter().zip(b).map(|(p, q)| u64::from(p.abs_diff(*q)).pow(2)).sum();
    if sum == 0 || a.is_empty() {
        return 100.0;
    }
    10.0 * libm::log10(255.0 * 255.0 * a.len() as f64 / sum as f64)
}

fn smoothness(frames: &[Frame]) -> f64 {
    let steps: Vec<f64> = frames
        .windows(2)
        .map(|pair| {
            // Every seventh byte is plenty for a mean.
            let picked = pair[0].rgb.iter().zip(&pair[1].rgb).step_by(7);
            let (sum, count) = picked.fold((0_u64, 0_u64), |(s, n), (a, b)| (s + u64::from(a.abs_diff(*b)), n + 1));
            sum as f64 / count.max(1) as f64 / 255.0
        })
        .collect();
    if steps.is_empty() {
        return 0.0;
    }
    let mean = steps.iter().sum::<f64>() / steps.len() as f64;
    let deviation = (steps.iter().map(|s| (s - mean) * (s - mean)).sum::<f64>() / steps.len() as f64).sqrt();
    let largest = steps.iter().copied().fold(0.0, f64::max);
    (0.6 * (1.0 - deviation / 0.1).clamp(0.0, 1.0) + 0.4 * (1.0 - largest / 0.3).clamp(0.0, 1.0)).clamp(0.0, 1.0)
}

/// Mean absolute difference to the right-hand neighbour: how much edge there is.
fn edge_energy(luma: &[u8], width: usize) -> f64 {
    let sum: u64 = luma.chunks_exact(width.max(1)).flat_map(|row| row.windows(2)).map(|w| u64::from(w[0].abs_diff(w[1]))).sum();
    sum as f64 / luma.len().max(1) as f64
}
