//! The links of the story, each worth something by itself.

use crate::Failure;
use crate::analysis::Follow;
use crate::analysis::course::{SEEN, Stand, mean_of_worst, median};
use crate::analysis::disc::{distance, interpolate};
use crate::grading::{Link, Step, followed, ramp};
use crate::mask::core_of;

use super::evidence::{Evidence, Find};
use super::truth::Placed;

/// Frames of the truth that a movement may come early or late.
const SLACK: f32 = 1.5;
/// Share of a hidden thing's area that may show of its colour, and pixels more: compression leaves specks.
const SPECK: (f32, f32) = (0.12, 8.0);
/// Shares of the frames before the reveal in which a hidden thing may show.
const SHOWS: (f32, f32) = (0.1, 0.2);
/// How much faster than at its fastest a thing may go, pixels more, and parts of its way that it may leap.
const HASTE: f32 = 1.6;
const ROUGH: f32 = 2.0;
const LEAPS: (f32, f32) = (0.12, 0.3);
/// Parts of its way that a thing may go back.
const BACK: (f32, f32) = (0.025, 0.055);
/// How far what stands may seem to move, pixels.
const STILL: f32 = 0.5;
/// Parts of a cover that may show in the end beyond what should; and under way, in the worst fifth of the frames.
const LEFT: (f32, f32) = (0.12, 0.35);
const TWICE: (f32, f32) = (0.2, 0.33);
/// Parts of a thing that may show beside its place.
const STRAY: (f32, f32) = (0.2, 0.5);
/// How far a thing may be from its place, parts of the least distance of two places.
const OFF: (f32, f32) = (0.25, 0.5);
/// How much the worst thing weighs against the mean of all: one that is not in its place leaves less than an answer needs.
const WORST: f32 = 0.75;
/// How far the area of a thing may be from its own, as a logarithm; and the share of the frames in which it may be away.
const AREA: (f32, f32) = (0.4, 0.9);
const AWAY: (f32, f32) = (0.1, 0.4);

impl Evidence<'_> {
    /// What moves stands where it should until the reveal, nothing of what is hidden is seen, and then something moves.
    pub(super) fn begins(&self) -> Step {
        // Of a clip that begins with the reveal its first frame.
        let before = (self.seen.event() - 1.0).max(self.seen.raw(0)).max(0.0);
        let moves = self.movers().first().is_some_and(|first| self.seen.moves(first));
        let mut link = followed(&self.seen, &self.movers(), 0.0, before, "what is to move is");
        let shows = self.hidden().map(|thing| self.shows_before(thing)).fold(0.0, f32::max);
        if !moves {
            link = Link { fraction: 0.0, reason: "what should move first does not move".to_owned(), ..link };
            return Step::new(link, Failure::NeverReleased);
        }
        let unseen = ramp(shows, SHOWS.0, SHOWS.1);
        if unseen < link.fraction {
            let reason = format!("what is hidden shows in {:.0} % of the frames before the reveal", shows * 100.0);
            let link = Link { fraction: unseen, measured: Some(shows), tolerance: SHOWS.0, unit: "share of frames", reason };
            return Step::new(link, Failure::Appeared);
        }
        Step::new(link, Failure::WrongWay)
    }

    /// Share of the frames before the reveal that show a hidden thing where no image of it may be.
    fn shows_before(&self, thing: &Follow) -> f32 {
        let frames: Vec<usize> = self.seen.between(0.0, self.seen.event() - SLACK).collect();
        let shows = |f: &&usize| thing.looks[**f].area > SPECK.0 * self.seen.whole(thing, **f) + SPECK.1;
        frames.iter().filter(shows).count() as f32 / frames.len().max(1) as f32
    }

    /// What moves sets off in its order, and goes on without leaps.
    pub(super) fn goes_on(&self) -> Step {
        let movers = self.movers();
        let leap = movers.iter().map(|follow| self.leap(follow)).fold(0.0, f32::max);
        let link = |fraction: f32, reason: String| Link {
            fraction,
            measured: Some(leap),
            tolerance: LEAPS.0,
            unit: "of its way at once",
            reason,
        };
        let name = |i: usize| &self.seen.thing(movers[i]).name;
        let starts: Vec<(Option<f32>, Option<f32>)> = movers.iter().map(|follow| self.starts(follow)).collect();
        for (i, &(due, at)) in starts.iter().enumerate() {
            let Some(due) = due else { continue };
            let Some(at) = at else {
                return Step::new(link(0.0, format!("`{}` never moves", name(i))), Failure::NeverReleased);
            };
            let is_late = |&(other, seen): &(Option<f32>, Option<f32>)| {
                other.is_some_and(|other| other + 2.0 * SLACK < due) && seen.is_none_or(|seen| seen > at)
            };
            if let Some(other) = starts.iter().position(is_late) {
                let reason = format!("`{}` sets off before `{}`, after which it should", name(i), name(other));
                return Step::new(link(0.0, reason), Failure::WrongWay);
            }
        }
        // Screens of one colour pass before each other.
        let alone = if self.covers().is_empty() { &movers[..] } else { &[] };
        let back = alone.iter().map(|follow| self.goes_back(follow)).fold(0.0, f32::max);
        if ramp(back, BACK.0, BACK.1) < ramp(leap, LEAPS.0, LEAPS.1) {
            let reason = format!("what moves goes back by {:.0} % of its way", back * 100.0);
            return Step::new(link(ramp(back, BACK.0, BACK.1), reason), Failure::WrongWay);
        }
        let reason = format!("what moves leaps by at most {:.0} % of its way", leap * 100.0);
        Step::new(link(ramp(leap, LEAPS.0, LEAPS.1), reason), Failure::Teleported)
    }

    /// How far a thing goes back, parts of its way: none ever should.
    fn goes_back(&self, follow: &Follow) -> f32 {
        let at = &self.seen.thing(follow).centroids;
        let Some(first) = at.first() else { return 0.0 };
        let far = |p: &&[f32; 2]| distance(**p, *first);
        let Some(last) = at.iter().max_by(|a, b| far(a).total_cmp(&far(b))) else { return 0.0 };
        let whole = distance(*last, *first).max(self.seen.least_way());
        let way = [(last[0] - first[0]) / whole, (last[1] - first[1]) / whole];
        let seen = |frame: usize| {
            let look = follow.looks[frame];
            look.centroid.filter(|_| look.area >= SEEN * look.wanted_area.max(1.0))
        };
        let places = (0..self.seen.frames()).filter_map(seen);
        let along = places.map(|p| ((p[0] - first[0]) * way[0] + (p[1] - first[1]) * way[1]) / whole);
        let (_, back) = along.fold((f32::NEG_INFINITY, 0.0_f32), |(most, back), at| (most.max(at), back.max(most.max(at) - at)));
        back
    }

    /// When a thing leaves its first place, frames of the truth: when it should, and when it does.
    fn starts(&self, follow: &Follow) -> (Option<f32>, Option<f32>) {
        let least = self.seen.least_way();
        let due = &self.seen.thing(follow).centroids;
        let due = due.iter().position(|&at| distance(at, due[0]) > least).map(|frame| frame as f32);
        let first = follow.looks.first().and_then(|look| look.centroid);
        let is_away = |frame: usize| {
            let at = follow.looks.get(frame).and_then(|look| look.centroid);
            first.zip(at).is_some_and(|(first, at)| distance(first, at) > least)
        };
        let at = (0..self.seen.frames()).find(|&frame| is_away(frame) && is_away(frame + 1));
        (due, at.map(|frame| self.seen.raw(frame)))
    }

    /// How much farther a thing comes from a frame to the next than it ever should, parts of its whole way.
    fn leap(&self, follow: &Follow) -> f32 {
        let thing = self.seen.thing(follow);
        // What is partly beyond the picture's edge, or hidden, moves otherwise.
        let is_whole = |moment: &usize| {
            let radius = thing.radii[*moment];
            thing.visible[*moment] >= 0.9 * std::f32::consts::PI * radius * radius
        };
        let whole: Vec<[f32; 2]> = (0..self.seen.maps.frames).filter(is_whole).map(|moment| thing.centroids[moment]).collect();
        let Some(&first) = whole.first() else { return 0.0 };
        let way = whole.iter().map(|&at| distance(at, first)).fold(self.seen.least_way(), f32::max);
        let fastest = thing.centroids.windows(2).map(|pair| distance(pair[0], pair[1])).fold(0.0, f32::max);
        let step = |frame: usize| {
            let at = |frame: usize| {
                let look = follow.looks[frame];
                look.centroid.filter(|_| look.area >= SEEN * self.seen.whole(follow, frame))
            };
            let allowed = HASTE * fastest * self.seen.clock.between(frame, frame + 1) + ROUGH;
            at(frame).zip(at(frame + 1)).map_or(0.0, |(a, b)| (distance(a, b) - allowed).max(0.0) / way)
        };
        (0..self.seen.frames() - 1).map(step).fold(0.0, f32::max)
    }

    /// What moves goes where it should, to the end: covers away, a marker to its place. Each is judged while it moves, too, for a clip may be long.
    pub(super) fn way(&self) -> Link {
        let what = "what moves is";
        let mut link = followed(&self.seen, &self.movers(), self.seen.event(), self.seen.last(), what);
        for follow in self.movers() {
            let Some((first, last)) = self.moves_within(follow) else { continue };
            let own = followed(&self.seen, &[follow], first, last, what);
            // A clip of few frames may have none while it moves.
            if own.measured.is_some() && own.fraction < link.fraction {
                link = Link { reason: format!("{} while `{}` moves", own.reason, self.seen.thing(follow).name), ..own };
            }
        }
        // What shows two moments at once shows more of what moves.
        let clear = self.seen.between(self.seen.event(), self.seen.last()).filter(|&frame| !self.is_double(frame));
        let under_way = mean_of_worst(clear.map(|frame| self.beyond(frame)).collect(), 5).unwrap_or(0.0);
        let in_the_end = median(self.end.iter().map(|&frame| self.beyond(frame)).collect());
        for (share, (full, none), when) in [(under_way, TWICE, "under way"), (in_the_end, LEFT, "in the end")] {
            let fraction = ramp(share, full, none);
            if fraction < link.fraction {
                let reason = format!("{:.0} % of a cover shows {when} beyond what should", share * 100.0);
                link = Link { fraction, measured: Some(share), tolerance: full, unit: "of it", reason };
            }
        }
        link
    }

    /// First and last frame of the truth in which a thing moves; none if it stands.
    fn moves_within(&self, follow: &Follow) -> Option<(f32, f32)> {
        let at = &self.seen.thing(follow).centers;
        let is_off = |frame: &usize, from: usize| distance(at[*frame], at[from]) > STILL;
        let first = (0..at.len()).find(|frame| is_off(frame, 0))?;
        let last = (0..at.len()).rev().find(|frame| is_off(frame, at.len() - 1))?;
        Some((first as f32, (last + 1) as f32))
    }

    /// Whether a frame shows two moments at once where a cover is.
    fn is_double(&self, frame: usize) -> bool {
        self.covers().iter().any(|cover| {
            let thing = self.seen.thing(cover);
            let at = self.seen.moment(frame) as usize;
            self.seen.watch.is_double(frame, self.seen.maps.width, thing.centers[at], 1.5 * thing.radii[at])
        })
    }

    /// How much of the covers shows in a frame beyond what should, in parts of the smallest one; negative if less.
    fn beyond(&self, frame: usize) -> f32 {
        let covers = self.covers();
        let due = |cover: &Follow| interpolate(&self.seen.thing(cover).visible, self.seen.moment(frame));
        let more: f32 = covers.iter().map(|cover| cover.looks[frame].area - due(cover)).sum();
        let whole = covers.iter().map(|cover| self.seen.whole(cover, frame)).reduce(f32::min);
        whole.map_or(0.0, |whole| more / whole.max(1.0))
    }

    /// Nothing of a thing shows but in its place.
    pub(super) fn alone(&self) -> Step {
        let stray = |find: &Find| median(find.stray.clone());
        let worst = self.finds.iter().zip(&self.truth.things).max_by(|a, b| stray(a.0).total_cmp(&stray(b.0)));
        let link = |fraction: f32, measured: Option<f32>, reason: String| Link {
            fraction,
            measured,
            tolerance: STRAY.0,
            unit: "of it",
            reason,
        };
        let Some((find, thing)) = worst.filter(|_| !self.end.is_empty()) else {
            let reason = "the clip ends before anything must be seen".to_owned();
            return Step::new(link(0.0, None, reason), Failure::CutShort);
        };
        let share = stray(find);
        let is_home = median(find.own.clone()) >= SEEN;
        let reason = format!("{:.0} % of `{}` shows beside its place", share * 100.0, thing.name);
        let failure = if is_home { Failure::Doubled } else { Failure::WrongPlace };
        Step::new(link(ramp(share, STRAY.0, STRAY.1), Some(share), reason), failure)
    }

    /// Each thing is in its place.
    pub(super) fn answer(&self) -> Step {
        let steps: Vec<Step> =
            self.truth.things.iter().zip(&self.finds).enumerate().map(|(i, (thing, find))| self.placed(i, thing, find)).collect();
        let mean = steps.iter().map(|step| step.link.fraction).sum::<f32>() / steps.len() as f32;
        let worst = steps.into_iter().min_by(|a, b| a.link.fraction.total_cmp(&b.link.fraction));
        let mut worst = worst.unwrap_or_else(|| Step::new(self.no_link(), Failure::Vanished));
        worst.link.fraction = (1.0 - WORST) * mean + WORST * worst.link.fraction;
        worst
    }

    fn no_link(&self) -> Link {
        Link { fraction: 0.0, measured: None, tolerance: OFF.0, unit: "pixels", reason: "there is nothing to place".to_owned() }
    }

    /// A thing is in its place.
    fn placed(&self, number: usize, thing: &Placed, find: &Find) -> Step {
        let (pitch, name) = (find.pitch(), &thing.name);
        let step = |fraction: f32, measured: Option<f32>, failure: Failure, reason: String| {
            Step::new(Link { fraction, measured, tolerance: OFF.0 * pitch, unit: "pixels", reason }, failure)
        };
        if self.end.is_empty() {
            return step(0.0, None, Failure::CutShort, format!("the clip ends before `{name}` must be seen"));
        }
        match find.stand {
            Stand::Unseen if self.seen.ends_hued(&self.place_of(number)) => {
                step(0.0, None, Failure::Recolored, format!("something of another colour is in the place of `{name}`"))
            }
            Stand::Unseen => step(0.0, None, Failure::Vanished, format!("`{name}` is not seen at the end")),
            Stand::Twice(times) => {
                step(0.0, None, Failure::Doubled, format!("{times:.1} times as much of `{name}` is seen as there is"))
            }
            Stand::At(at, nearest) => {
                let off = distance(at, find.slots[thing.place]);
                if nearest == thing.place {
                    let fraction = ramp(off, OFF.0 * pitch, OFF.1 * pitch);
                    return step(fraction, Some(off), Failure::WrongPlace, format!("`{name}` is {off:.1} pixels from its place"));
                }
                let reason = format!("`{name}` is in place {} instead of {}", nearest + 1, thing.place + 1);
                step(0.0, Some(off), Failure::WrongPlace, reason)
            }
        }
    }

    /// Pixels well inside of a thing in its place.
    fn place_of(&self, number: usize) -> Vec<usize> {
        let maps = &self.seen.maps;
        let label = self.seen.thing(&self.seen.follows[self.truth.covers.len() + number]).label;
        core_of(maps.map(maps.frames - 1), maps.width, label)
    }

    /// Things have their own size, and stay in their places to the end.
    pub(super) fn kept(&self) -> Step {
        let mut worst = Step::new(
            Link { fraction: 1.0, measured: None, tolerance: AREA.0, unit: "of its area", reason: String::new() },
            Failure::Vanished,
        );
        for (thing, find) in self.truth.things.iter().zip(&self.finds) {
            let ratio = median(find.looks.iter().map(|look| look.area / find.area).collect());
            let off = if ratio > 0.0 { libm::logf(ratio).abs() } else { f32::INFINITY };
            let home = find.slots[thing.place];
            let is_away =
                |look: &&crate::analysis::follow::Look| look.centroid.is_none_or(|at| distance(at, home) > OFF.1 * find.pitch());
            let away = find.looks.iter().filter(is_away).count() as f32 / find.looks.len().max(1) as f32;
            let (of_area, stays) = (ramp(off, AREA.0, AREA.1), ramp(away, AWAY.0, AWAY.1));
            let fraction = of_area.min(stays);
            if fraction > worst.link.fraction || (fraction == 1.0 && worst.link.measured.is_some()) {
                continue;
            }
            let (reason, failure) = if stays < of_area {
                (
                    format!("`{}` is away from its place in {:.0} % of the last frames", thing.name, away * 100.0),
                    Failure::WrongPlace,
                )
            } else {
                let failure = if ratio > 1.0 { Failure::Doubled } else { Failure::Vanished };
                (format!("{ratio:.2} times as much of `{}` is seen as should be", thing.name), failure)
            };
            worst = Step::new(Link { fraction, measured: Some(ratio), reason, ..worst.link }, failure);
        }
        worst
    }
}
