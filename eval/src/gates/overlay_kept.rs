//! What is laid over the picture stays as it is.

use crate::{Failure, Gate};

use super::gate;
use crate::analysis::Analysis;
use crate::grading::ramp;
use crate::picture::difference;

/// Sum over the channels from which a softened pixel of an overlay is another one. Strokes are thin: codecs blur them.
const OTHER: u32 = 120;

/// What is laid over the picture stays as it is; no gate if there is nothing.
pub(super) fn overlay_kept(seen: &Analysis<'_>) -> Option<Gate> {
    let worst = seen
        .overlays
        .iter()
        .map(|overlay| {
            let share = |frame: usize| {
                let now = &seen.watch.soft[frame];
                let pixel = |rgb: &[u8], at: usize| [rgb[3 * at], rgb[3 * at + 1], rgb[3 * at + 2]];
                let shown = &seen.footage.seen[frame];
                let (mut off, mut count) = (0_u32, 0_u32);
                for &at in overlay.pixels.iter().filter(|&&at| shown[at]) {
                    off += u32::from(difference(&pixel(&now.rgb, at), &pixel(&seen.first.rgb, at)) > OTHER);
                    count += 1;
                }
                off as f32 / count.max(1) as f32
            };
            let shown = |frame: &usize| overlay.is_shown((seen.moment(*frame) + 0.5) as u32);
            let mut shares: Vec<f32> = (0..seen.frames()).filter(shown).map(share).collect();
            shares.sort_by(f32::total_cmp);
            // A tenth of the frames may flicker.
            let share = shares.get((shares.len() * 9 / 10).min(shares.len().saturating_sub(1))).copied().unwrap_or(0.0);
            (share, overlay.name.as_str())
        })
        .max_by(|a, b| a.0.total_cmp(&b.0));
    let (share, name) = worst?;
    Some(gate(
        "overlay_kept",
        ramp(share, 0.05, 0.25),
        (share, 0.05, "share of pixels"),
        format!("{:.1} % of `{name}`, laid over the picture, changes", share * 100.0),
        Failure::SceneChanged,
    ))
}
