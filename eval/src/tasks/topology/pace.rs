//! How evenly the copy changes: step by step, as long as it takes, and not at once.

use crate::analysis::Analysis;

use super::looks::Looks;
use super::panels::Panels;

/// Changes are counted over so many seconds: what moves slowly changes little from frame to frame.
const WHILE: f64 = 0.25;
/// Least change that is any, in parts of the strands, and pixels; noise is less.
const LEAST: (f32, f32) = (0.012, 14.0);

/// Hues that go no farther from look to look stand, and they go if they go so far in all, sides of the panel.
const STANDS: f32 = 0.008;
const GOES: f32 = 0.04;
/// Order is seen over so many frames at least.
const FAR: usize = 4;

/// How the copy changes.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Pace {
    /// Whether it changes at all.
    pub(super) changes: bool,
    /// Most of all that changes in any span of a quarter of a second, as a part; none if nothing changes plainly in any.
    pub(super) at_once: Option<f32>,
    /// Farthest that hues go from a look to the next, sides of the panel, in the mean over the strands.
    pub(super) leap: f32,
    /// The most of all ways that hues go in two looks, as a part; none if they hardly go any.
    pub(super) leaps_at_once: Option<f32>,
    /// What changes from frame to frame, in parts of what changes in some more; none if nothing does. In a sequence it is less.
    pub(super) disorder: Option<f32>,
}

impl Pace {
    pub(super) fn new(seen: &Analysis<'_>, panels: &Panels, looks: &Looks<'_>) -> Self {
        let count = seen.frames();
        let changed = |a: usize, b: usize| panels.changed(seen, a, b);
        let least = (LEAST.0 * panels.area(panels.all[3])).max(LEAST.1);
        let since_first: Vec<f32> = (0..count).map(|frame| changed(0, frame)).collect();
        // A single frame is a flicker.
        let changes = since_first.windows(2).any(|w| w[0].min(w[1]) > least) || since_first[count - 1] > least;
        let steps = ((WHILE / seen.footage.seconds_per_frame().max(1e-3)).round() as usize).clamp(1, count.max(2) - 1);
        let spans: Vec<f32> = (steps..count)
            .map(|frame| changed(frame - steps, frame))
            .map(|many| if many > 0.3 * least { many } else { 0.0 })
            .collect();
        let all = spans.iter().sum::<f32>() / steps as f32;
        let most = spans.iter().copied().fold(0.0, f32::max);
        let at_once = (all > 0.5 * least).then(|| (most / all).min(1.0));
        let leaps: Vec<f32> = looks.all.windows(2).map(|w| w[0].way_to(&w[1]).unwrap_or(0.0)).collect();
        let ways: Vec<f32> = leaps.iter().map(|leap| (leap - STANDS).max(0.0)).collect();
        let whole = ways.iter().sum::<f32>();
        let most = ways.windows(2).map(|w| w[0] + w[1]).fold(0.0, f32::max);
        let leaps_at_once = (whole > GOES).then(|| most / whole);
        let far = steps.max(FAR).min(count.max(2) - 1);
        let over = |apart: usize| {
            let of = |frame: usize| changed(frame - apart, frame);
            (far..count).map(of).filter(|many| *many > 0.3 * least).sum::<f32>()
        };
        let distant = over(far);
        let disorder = (distant > least && far > 1).then(|| over(1) / distant);
        if std::env::var("SHOW").is_ok() {
            eprintln!("   pace {at_once:?} leap {:.3} {leaps_at_once:?} ({whole:.3}) disorder {disorder:?}", leaps.iter().copied().fold(0.0, f32::max));
        }
        Self { changes, at_once, leap: leaps.into_iter().fold(0.0, f32::max), leaps_at_once, disorder }
    }
}
