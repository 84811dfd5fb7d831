//! How evenly the copy changes: step by step, as long as it takes, and not at once.

use crate::analysis::Analysis;

use super::looks::Looks;
use super::panels::Panels;

/// Changes are counted over so many seconds: what moves slowly changes little from frame to frame.
const WHILE: f64 = 0.25;
/// Least change that is any, in parts of the strands, and pixels; noise is less.
const LEAST: (f32, f32) = (0.012, 14.0);

/// How the copy changes.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Pace {
    /// Whether it changes at all.
    pub(super) changes: bool,
    /// Most of all that changes in any span of a quarter of a second, as a part; none if nothing changes plainly in any.
    pub(super) at_once: Option<f32>,
    /// Farthest that hues go from a look to the next, sides of the panel, in the mean over the strands.
    pub(super) leap: f32,
}

impl Pace {
    pub(super) fn new(seen: &Analysis<'_>, panels: &Panels, looks: &Looks<'_>) -> Self {
        let soft = &seen.watch.soft;
        let count = soft.len();
        let least = (LEAST.0 * panels.area(panels.all[3])).max(LEAST.1);
        let since_first: Vec<f32> = soft.iter().map(|frame| panels.changed(&soft[0], frame)).collect();
        // A single frame is a flicker.
        let changes = since_first.windows(2).any(|w| w[0].min(w[1]) > least) || since_first[count - 1] > least;
        let steps = ((WHILE / seen.footage.seconds_per_frame().max(1e-3)).round() as usize).clamp(1, count.max(2) - 1);
        let spans: Vec<f32> = (steps..count)
            .map(|frame| panels.changed(&soft[frame - steps], &soft[frame]))
            .map(|changed| if changed > 0.3 * least { changed } else { 0.0 })
            .collect();
        let all = spans.iter().sum::<f32>() / steps as f32;
        let most = spans.iter().copied().fold(0.0, f32::max);
        let at_once = (all > 0.5 * least).then(|| (most / all).min(1.0));
        let leaps = looks.all.windows(2).filter_map(|w| w[0].way_to(&w[1]));
        Self { changes, at_once, leap: leaps.fold(0.0, f32::max) }
    }
}
