//! The links of the story, each worth something by itself.

use crate::Failure;
use crate::analysis::Analysis;
use crate::analysis::course::median;
use crate::gates;
use crate::grading::{Link, Step, ramp};

use super::cuts::Cuts;
use super::lawful::Lawful;
use super::looks::{END, Look, Looks};
use super::pace::Pace;
use super::panels::{Panels, of_nine_tenths};
use super::{LinkTruth, TopologyTruth};

/// Share of the copy's strands that may look otherwise in the first frame, and what is worth nothing.
const OTHER: (f32, f32) = (0.25, 0.5);
/// Share of all change that may come in a quarter of a second, and what is worth nothing.
const AT_ONCE: (f32, f32) = (0.7, 0.92);
/// And so much must not come by fading.
const FADES: f32 = 0.5;
/// How far hues may go from a look to the next, sides of the panel, and what is worth nothing: in the mean, and in that of the farthest tenth.
const LEAP: (f32, f32) = (0.08, 0.16);
const FARTHEST: (f32, f32) = (0.12, 0.24);
/// What may change from a frame to the next, in parts of what changes in some more, and what is worth nothing.
const DISORDER: (f32, f32) = (0.65, 0.85);
/// What had changed and is as before again, and what is worth nothing.
const BACK: (f32, f32) = (0.35, 0.7);
/// Share of a strand's first area below which it is gone, and shares of the looks in which it may be.
const GONE: f32 = 0.35;
const LOST: (f32, f32) = (0.08, 0.25);
/// Share of what has hue that may come to lie beside the strands' ways, and what is worth nothing.
const STRAY: (f32, f32) = (0.05, 0.12);
/// Share of the last frames that must agree, and what is worth nothing.
const AGREE: (f32, f32) = (2.0 / 3.0, 0.45);
/// Share of the crossings that should go that must be gone, and what is worth nothing.
const RELAXED: (f32, f32) = (0.8, 0.4);
/// Share of the looks after the last cut that may not show the link, and what is worth nothing; the last ones are among them in any case.
const BROKEN: (f32, f32) = (0.34, 0.7);

/// Everything the links look at.
pub(super) struct Evidence<'a> {
    pub(super) seen: Analysis<'a>,
    pub(super) task: TopologyTruth,
    pub(super) panels: Panels,
    pub(super) looks: Looks<'a>,
    pub(super) pace: Pace,
    lawful: Lawful,
}

fn link(fraction: f32, measured: f32, tolerance: f32, unit: &'static str, reason: String) -> Link {
    Link { fraction, measured: Some(measured), tolerance, unit, reason }
}

impl<'a> Evidence<'a> {
    pub(super) fn new(task: TopologyTruth, seen: Analysis<'a>, panels: Panels, looks: Looks<'a>) -> Self {
        let cuts = Cuts::new(&looks);
        let pace = Pace::new(&seen, &panels, &looks, &cuts, &task);
        let lawful = if pace.changes { Lawful::new(&looks, &cuts, &task) } else { Lawful::default() };
        Self { seen, task, panels, looks, pace, lawful }
    }

    fn first_link(&self) -> &LinkTruth {
        &self.task.stages[0].link
    }

    fn last_link(&self) -> &LinkTruth {
        &self.task.stages[self.task.stages.len() - 1].link
    }

    /// The copy is the third at first.
    pub(super) fn begins(&self) -> Step {
        let area = self.panels.area(self.panels.all[3]).max(20.0);
        let off = self.panels.off_at_first(&self.seen) / area;
        let mut fraction = ramp(off, OTHER.0, OTHER.1);
        let mut reason = format!("{:.0} % of the copy looks otherwise in the first frame", 100.0 * off);
        // What differs in a crossing alone is seen by reading it: in two of the first three looks, for one may be misread. The first is read at two sizes,
        // of which either may be right.
        let other = |look: &Look| look.link.as_ref().map(|read| !read.is(self.first_link()));
        let sizes = [self.looks.all.first(), self.looks.first.as_ref()].map(|look| look.and_then(other));
        let first = sizes.contains(&Some(true)) && !sizes.contains(&Some(false));
        let later = self.looks.all.iter().take(3).skip(1).filter(|look| other(look) == Some(true)).count();
        if usize::from(first) + later >= 2 {
            fraction = 0.0;
            reason = "the copy is another link at first".to_owned();
        }
        Step::new(link(fraction, off, OTHER.0, "of its strands", reason), Failure::OtherStart)
    }

    /// It changes step by step.
    pub(super) fn steps(&self) -> Step {
        let at_once = self.pace.at_once.filter(|share| *share < FADES || gates::nothing_fades(&self.seen).keeps > 0);
        let Some(at_once) = at_once else {
            let reason = "one picture dissolves into another".to_owned();
            return Step::new(link(0.0, 1.0, AT_ONCE.0, "of all change", reason), Failure::Dissolved);
        };
        let evenly = link(
            ramp(at_once, AT_ONCE.0, AT_ONCE.1),
            at_once,
            AT_ONCE.0,
            "of all change",
            format!("{:.0} % of all change comes in a quarter of a second", 100.0 * at_once),
        );
        let leaps = [(self.pace.leap.mean, LEAP, "go"), (self.pace.leap.farthest, FARTHEST, "go where they go farthest")].map(
            |(leap, (full, none), go)| {
                let reason = format!("from a look to the next strands {go} by {:.0} % of the panel", 100.0 * leap);
                link(ramp(leap, full, none), leap, full, "of the panel", reason)
            },
        );
        let disorder = self.pace.disorder.unwrap_or(0.0);
        let in_order = link(
            ramp(disorder, DISORDER.0, DISORDER.1),
            disorder,
            DISORDER.0,
            "of what changes in some",
            format!("from a frame to the next {:.0} % of what changes in some frames more does", 100.0 * disorder),
        );
        let back = self.pace.back;
        let onwards = link(
            ramp(back, BACK.0, BACK.1),
            back,
            BACK.0,
            "of what had changed",
            format!("{:.0} % of what had changed is as before again", 100.0 * back),
        );
        let [of_all, of_parts] = leaps;
        let worst = [of_all, of_parts, in_order].into_iter().fold(evenly, |a, b| if b.fraction < a.fraction { b } else { a });
        if onwards.fraction < worst.fraction { Step::new(onwards, Failure::Reset) } else { Step::new(worst, Failure::Teleported) }
    }

    /// Strands do not go through each other, and nothing is shown on the way that is no part of the change.
    pub(super) fn lawful(&self) -> Step {
        let count = self.lawful.breaches.len();
        let reason = match self.lawful.breaches.first() {
            Some(breach) => format!("in frame {} {}", breach.frame, breach.what),
            None => "no strand passes through another".to_owned(),
        };
        let fraction = if count == 0 { 1.0 } else { 0.0 };
        Step::new(link(fraction, count as f32, 0.0, "breaches", reason), Failure::WrongWay)
    }

    /// All strands are there, and whole in the end.
    pub(super) fn whole(&self) -> Step {
        let mut worst = Step::new(link(1.0, 0.0, LOST.0, "of the looks", "all strands are there".to_owned()), Failure::Vanished);
        let mut take = |step: Step| {
            if step.link.fraction < worst.link.fraction {
                worst = step;
            }
        };
        for (k, strand) in self.task.strands.iter().enumerate() {
            let first = self.looks.all[0].share(k);
            let is_gone = |look: &&Look| look.share(k) < GONE * first;
            let share = self.looks.all.iter().filter(is_gone).count() as f32 / self.looks.all.len() as f32;
            let reason = format!("`{}` is not there in {:.0} % of the looks", strand.object, 100.0 * share);
            take(Step::new(link(ramp(share, LOST.0, LOST.1), share, LOST.0, "of the looks", reason), Failure::Vanished));
        }
        let beside: Vec<f32> = self.looks.all.iter().map(|look| look.reading.beside).collect();
        let stray = (of_nine_tenths(beside.clone()) - beside[0]).max(0.0);
        let reason = format!("{:.0} % of what has hue comes to lie beside the strands", 100.0 * stray);
        take(Step::new(link(ramp(stray, STRAY.0, STRAY.1), stray, STRAY.0, "of the strands", reason), Failure::Doubled));
        let end = &self.looks.last;
        let whole = end.iter().filter(|look| look.link.is_some()).count() as f32 / end.len().max(1) as f32;
        let reason = format!("all strands are whole in {:.0} % of the last frames", 100.0 * whole);
        let fraction = ramp(1.0 - whole, 1.0 - AGREE.0, 1.0 - AGREE.1);
        take(Step::new(link(fraction, whole, AGREE.0, "of the last frames", reason), Failure::WrongOutcome));
        worst
    }

    /// The link is the right one in the end, and as far relaxed as it should be.
    pub(super) fn answer(&self) -> Step {
        let (wanted, first, end) = (self.last_link(), self.first_link(), &self.looks.last);
        let right: Vec<&Look> = end.iter().filter(|look| look.link.as_ref().is_some_and(|read| read.is(wanted))).collect();
        let share = right.len() as f32 / end.len().max(1) as f32;
        let mut fraction = ramp(1.0 - share, 1.0 - AGREE.0, 1.0 - AGREE.1);
        let stays = end.iter().filter(|look| look.link.as_ref().is_some_and(|read| read.is(first))).count() * 2 > end.len();
        let mut reason = format!("{:.0} % of the last frames show the right link", 100.0 * share);
        if fraction < 1.0 && stays {
            reason += ", most the one that was there at first";
        }
        let step = |fraction: f32, reason: String| {
            Step::new(link(fraction, share, AGREE.0, "of the last frames", reason), Failure::WrongOutcome)
        };
        if wanted.is(first) && wanted.crossings < first.crossings {
            let shown = median(right.iter().map(|look| look.reading.plain_crossings() as f32).collect());
            let gone = (first.crossings as f32 - shown) / (first.crossings - wanted.crossings) as f32;
            let relaxed = ramp(1.0 - gone, 1.0 - RELAXED.0, 1.0 - RELAXED.1);
            if relaxed < fraction {
                fraction = relaxed;
                reason = format!("in the end it shows {shown:.0} crossings, of {} and {}", first.crossings, wanted.crossings);
            }
        }
        step(fraction, reason)
    }

    /// Once it is whole it stays so.
    pub(super) fn kept(&self) -> Step {
        let all = &self.looks.all;
        let is_right = |look: &&Look| look.link.as_ref().is_some_and(|read| read.is(self.last_link()));
        // Where nothing is cut, its end counts.
        let last = all.iter().rposition(|look| look.cut).max(self.lawful.last_change);
        let end = all.len().saturating_sub(END);
        let after = &all[last.map_or(end, |last| end.min(last + 1))..];
        let share = 1.0 - after.iter().filter(is_right).count() as f32 / after.len() as f32;
        let reason = format!("after the last cut {:.0} % of the looks show another link, or none", 100.0 * share);
        Step::new(link(ramp(share, BROKEN.0, BROKEN.1), share, BROKEN.0, "of the looks", reason), Failure::WrongOutcome)
    }
}
