//! Random tangling: a link is made to look harder than it is, step by certified step.

use std::f64::consts::PI;

use glam::{DQuat, DVec2, DVec3};

use super::certificate::certify_change;
use super::spread::spread;
use super::{Motion, Strand, certify_step};
use crate::curve::Link;
use crate::diagram::{Diagram, View, project};
use crate::random::Random;
use crate::{Error, Result};

/// What to make.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tangling {
    /// From where crossings are counted.
    pub view: View,
    /// How many crossings the diagram gains.
    pub crossings: usize,
    /// What must not overlap at any time.
    pub strand: Strand,
    /// The same seed makes the same tangling, on every machine.
    pub seed: u64,
    /// Pulls that are tried at most.
    pub tries: usize,
}

/// Pulls in vain after which it begins anew: some tangles leave no room.
const PATIENCE: usize = 700;

/// How far vertices are drawn across the curve, to the middle of their neighbours, in each of these steps: fingers become round.
const SMOOTHING: f64 = 0.25;

/// Steps in which vertices are spread after a pull.
const SPREADS: usize = 24;

/// Steps of a half turn.
const TURNS: usize = 8;

/// Pulls strands over and under each other at random until the view shows the wanted number of crossings more. Each pull lifts a stretch of the curve
/// towards the eye or away from it, draws it across, may turn it over, and spreads the vertices. Each of these moves is certified, so the whole is an
/// isotopy of tubes. Played backwards ([`Motion::backwards`]) it is a disentangling that is sure to succeed. The first frame is the link itself.
///
/// # Errors
/// [`Error::NotFound`] if the tries do not suffice: more vertices (90 for 8 crossings and 8 more), a thinner tube or more room help. [`Error::View`]
/// and [`Error::Motion`] if the link itself is not safe.
pub fn tangle(link: &Link, how: Tangling) -> Result<Motion> {
    certify_step(link, link, how.strand)?;
    let mut random = Random(how.seed);
    let mut frames = vec![link.clone()];
    let first = project(link, how.view)?.diagram;
    let wanted = first.crossing_count().saturating_add(how.crossings);
    let (mut shown, mut in_vain) = (first.clone(), 0);
    for _ in 0..how.tries {
        if shown.crossing_count() == wanted {
            break;
        }
        let pull = Pull { link: &frames[frames.len() - 1], shown: &shown, how, wanted };
        if let Some((steps, seen)) = pull.tried(&mut random) {
            frames.extend(steps);
            (shown, in_vain) = (seen, 0);
        } else {
            in_vain += 1;
        }
        if in_vain == PATIENCE {
            frames.truncate(1);
            (shown, in_vain) = (first.clone(), 0);
        }
    }
    let found = shown.crossing_count() == wanted;
    if found { Motion::new(frames) } else { Err(Error::NotFound { what: "a tangling", tries: how.tries }) }
}

/// What a pull starts from.
struct Pull<'a> {
    link: &'a Link,
    /// What is seen of it.
    shown: &'a Diagram,
    how: Tangling,
    /// Crossings in the end.
    wanted: usize,
}

impl Pull<'_> {
    /// The links that a random pull leads through, and what is seen of the last. `None` if it is no use.
    fn tried(&self, random: &mut Random) -> Option<(Vec<Link>, Diagram)> {
        let Self { link, how, .. } = *self;
        let component = random.below(link.components().len());
        let polygon = &link.components()[component];
        let n = polygon.len();
        let centre = random.below(n);
        // Narrow fingers find a way more often than wide ones.
        let reach = 3 + random.below((n / 10).max(1));
        let edge = polygon.length() / n as f64;
        let angle = 2.0 * PI * random.unit();
        let far = edge * reach as f64 * (0.4 + 0.8 * random.unit());
        let across = how.view.place(DVec2::new(libm::cos(angle), libm::sin(angle)) * far, 0.0);
        let thick = if let Strand::Tube { radius } = how.strand { 2.5 * radius } else { 0.5 * edge };
        let side = if random.below(2) == 0 { 1.0 } else { -1.0 };
        // As far as is needed to clear a strand, up to what clears them all.
        let heights = link.vertices().map(|p| how.view.height(p));
        let (low, high) = heights.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), h| (low.min(h), high.max(h)));
        let up = how.view.direction() * (side * (thick + (high - low) * random.unit()));
        // Of each vertex of the link, how far it goes along: smoothly from 1 in the middle of the stretch to 0 at its ends.
        let mut share = vec![0.0; link.edge_count()];
        let first: usize = link.components()[..component].iter().map(|c| c.len()).sum();
        for (k, share) in share[first..first + n].iter_mut().enumerate() {
            let away = k.abs_diff(centre).min(n - k.abs_diff(centre));
            let cos = if away < reach { libm::cos(0.5 * PI * away as f64 / reach as f64) } else { 0.0 };
            *share = cos * cos;
        }
        let moved = |by: DVec3| {
            let mut shares = share.iter();
            link.map(|p| p + by * shares.next().copied().unwrap_or(0.0)).ok()
        };
        let mut steps = vec![moved(up)?, moved(up + across)?];
        // A finger adds two crossings for each strand that it meets; one whose tip is turned over adds one more, a kink. The last one needs it.
        let is_last = self.shown.crossing_count() + 1 == self.wanted;
        if is_last || random.below(4) == 0 {
            let turned = turned(link, &steps[1], &share, across).ok()?;
            steps.extend(turned);
        }
        self.seen(&steps[steps.len() - 1])?;
        // Who is lifted stays where it is in the picture: what is seen tells whether it passed something.
        if project(&steps[0], how.view).ok()?.diagram != *self.shown {
            return None;
        }
        self.proven(link, steps)
    }

    /// What is seen of a link, if it has more crossings than there were and no more than are wanted.
    fn seen(&self, link: &Link) -> Option<Diagram> {
        let seen = project(link, self.how.view).ok()?.diagram;
        (self.shown.crossing_count() + 1..=self.wanted).contains(&seen.crossing_count()).then_some(seen)
    }

    /// The steps, if they are safe, with vertices spread after them.
    fn proven(&self, link: &Link, mut steps: Vec<Link>) -> Option<(Vec<Link>, Diagram)> {
        let strand = self.how.strand;
        // What cannot even stand is found soonest; most pulls fail so.
        for step in [&steps[steps.len() - 1], &steps[0]] {
            certify_change(link, step, step, strand).ok()?;
        }
        for (from, to) in std::iter::once(link).chain(&steps).zip(&steps) {
            certify_change(link, from, to, strand).ok()?;
        }
        for _ in 0..SPREADS {
            let last = &steps[steps.len() - 1];
            match spread(last, 0.5, SMOOTHING) {
                Ok(next) if self.seen(&next).is_some() && certify_step(last, &next, strand).is_ok() => steps.push(next),
                _ => break,
            }
        }
        let seen = self.seen(&steps[steps.len() - 1])?;
        Some((steps, seen))
    }
}

/// Turns a finger's tip over, by a half turn about its own axis, in steps.
fn turned(foot: &Link, drawn: &Link, share: &[f64], across: DVec3) -> Result<Vec<Link>> {
    let total: f64 = share.iter().sum();
    let middle = foot.vertices().zip(share).map(|(p, s)| p * *s).sum::<DVec3>() / total;
    let axis = across.normalize_or_zero();
    let step = |k: usize| {
        let mut shares = share.iter();
        drawn.map(|p| {
            // The outer half turns as one.
            let share = (2.0 * shares.next().copied().unwrap_or(0.0)).min(1.0);
            middle + DQuat::from_axis_angle(axis, PI * share * k as f64 / TURNS as f64) * (p - middle)
        })
    };
    (1..=TURNS).map(step).collect()
}
