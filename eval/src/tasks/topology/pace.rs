//! How evenly the copy changes: step by step, as long as it takes, and not at once.

use crate::Drift;
use crate::analysis::Analysis;

use super::cuts::Cuts;
use super::looks::{Looks, Way};
use super::panels::Panels;
use super::truth::TopologyTruth;

/// Changes are counted over so many seconds: what moves slowly changes little from frame to frame.
const WHILE: f64 = 0.25;
/// Least change that is any, in parts of the strands, and pixels; noise is less.
const LEAST: (f32, f32) = (0.012, 14.0);

/// Order is seen over so many frames at least.
const FAR: usize = 4;
/// So large a share of the looks at least shows how far noise moves hues.
const NOISE: f32 = 0.2;
/// What comes back must have changed by so many times the least change; looked for in so many looks at most.
const MUCH: f32 = 4.0;
const LOOKS: usize = 40;

/// Drifts that differ by less are the same: pixels, and parts or radians.
const ALIKE: (f32, f32) = (0.5, 0.002);

/// How the copy changes.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Pace {
    /// Whether it changes at all.
    pub(super) changes: bool,
    /// Most of all that changes in any span of a quarter of a second, as a part; none if nothing changes plainly in any.
    pub(super) at_once: Option<f32>,
    /// Farthest that hues go from a look to the next, beyond what noise moves them.
    pub(super) leap: Way,
    /// What changes from frame to frame, in parts of what changes in some more; none if nothing does. In a sequence it is less.
    pub(super) disorder: Option<f32>,
    /// Most of all that has changed since a look and is as in it again later, without a cut, as a part.
    pub(super) back: f32,
}

impl Pace {
    pub(super) fn new(seen: &Analysis<'_>, panels: &Panels, looks: &Looks<'_>, cuts: &Cuts, task: &TopologyTruth) -> Self {
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
        let ways = ways(looks.all.len(), |a, b| looks.all.get(a)?.way_to(looks.all.get(b)?));
        // Strong codecs blur hues, which then are elsewhere in every look.
        let most_of = |pick: fn(&Way) -> f32| {
            let mut all: Vec<f32> = ways.iter().map(pick).collect();
            all.sort_by(f32::total_cmp);
            all.last().map_or(0.0, |most| most - all[(NOISE * all.len() as f32) as usize])
        };
        let far = steps.max(FAR).min(count.max(2) - 1);
        let over = |apart: usize| {
            let of = |frame: usize| changed(frame - apart, frame);
            (far..count).map(of).filter(|many| *many > 0.3 * least).sum::<f32>()
        };
        let distant = over(far);
        let disorder = (distant > least && far > 1).then(|| over(1) / distant);
        let leap = Way { mean: most_of(|way| way.mean), farthest: most_of(|way| way.farthest) };
        let some: Vec<usize> = (0..looks.all.len()).step_by(looks.all.len().div_ceil(LOOKS)).collect();
        // What is cut may draw back and grow again.
        let tells = |look: usize| !(task.cuts() && cuts.shows(looks, look));
        let frame = |look: usize| looks.all[look].frame;
        // Undone in two ways, what stands still may change and be as before.
        let drift = |look: usize| seen.footage.drift[frame(look)];
        let mut back = 0.0_f32;
        for (i, from) in some.iter().enumerate() {
            let mut most = 0.0_f32;
            let later = some[i..].iter().take_while(|look| tells(**look)).skip(1);
            for to in later.filter(|look| lie_alike(drift(*from), drift(**look))) {
                let many = changed(frame(*from), frame(*to));
                most = most.max(many);
                back = if most > MUCH * least { back.max(1.0 - many / most) } else { back };
            }
        }
        Self { changes, at_once, leap, disorder, back }
    }
}

/// Whether the pictures of two frames lie the same way on that of the first.
fn lie_alike(a: Drift, b: Drift) -> bool {
    let shifts = (0..2).all(|c| (a.shift[c] - b.shift[c]).abs() < ALIKE.0);
    shifts && (a.zoom - b.zoom).abs() < ALIKE.1 && (a.turn - b.turn).abs() < ALIKE.1
}

/// How far hues go from each of so many looks to the next that can be compared, a look, of the ways from look to look. A look that lies far from
/// those before and after it, which lie near to each other, is misread.
fn ways(looks: usize, way: impl Fn(usize, usize) -> Option<Way>) -> Vec<Way> {
    let next = |at: usize| {
        let to = (at + 1..looks).find_map(|to| Some((way(at, to)?, (to - at) as f32)));
        to.map(|(way, apart)| Way { mean: way.mean / apart, farthest: way.farthest / apart })
    };
    (0..looks)
        .filter_map(|at| {
            let around = [way(at, at + 2), at.checked_sub(1).and_then(|before| way(before, at + 1))];
            let least = |a: Way, b: Way| Way { mean: a.mean.min(b.mean), farthest: a.farthest.min(b.farthest) };
            Some(around.into_iter().flatten().fold(next(at)?, least))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_far_from_two_that_agree_is_no_leap() {
        let most = |places: &[f32]| {
            let way = |a: usize, b: usize| {
                let off = Some((places.get(a)? - places.get(b)?).abs()).filter(|off| !off.is_nan())?;
                Some(Way { mean: off, farthest: off })
            };
            ways(places.len(), way).iter().map(|way| way.mean).fold(0.0, f32::max)
        };
        assert_eq!([most(&[0.0, 0.0, 5.0, 0.0, 0.0]), most(&[5.0, 0.0, 0.0]), most(&[0.0])], [0.0, 5.0, 0.0]);
        assert_eq!(most(&[0.0, 0.0, 5.0, 5.0]), 5.0, "what stays is a leap");
        assert_eq!(most(&[0.0, 0.0, f32::NAN, 5.0, 5.0]), 2.5, "a look that shows nothing hides no leap");
    }
}
