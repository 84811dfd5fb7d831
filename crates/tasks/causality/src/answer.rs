//! What the simulations say, in world coordinates: the outcome, and how far fair variation spreads it.

use glam::Vec3;
use raytruth_eval::causality::Family;

use crate::film::{BALL, TARGETS};
use crate::simulate::{DURATION, GATE_OPENS, Run};

/// Points along the ball's way from the gate to the contact at which the ensemble is compared.
const WAY_POINTS: usize = 8;

/// The answer of a problem.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Answer {
    pub family: Family,
    /// The outcome in full: `stacked_2`, `last_3`, `further_left`.
    pub class: String,
    /// Seconds of the first contact of ball and target.
    pub contact: f64,
    /// Whether the outcome leaves each target displaced.
    pub moved: Vec<bool>,
    /// Seconds at which each target begins to move, where it does.
    pub moves_at: Vec<Option<f64>>,
    /// Final centres over the ensemble: the ball's, then each target's.
    pub finals: Vec<Vec<Vec3>>,
    /// The ball's centre at equal progress from gate to contact, one way per member of the ensemble.
    pub ways: Vec<[Vec3; WAY_POINTS]>,
    /// Final centres in the twin and whether it displaces each target.
    pub twin: Option<TwinAnswer>,
}

/// The counterfactual's outcome.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TwinAnswer {
    /// One per target.
    pub finals: Vec<Vec3>,
    /// One per target.
    pub moved: Vec<bool>,
}

impl Answer {
    /// `ensemble` holds the jittered simulations that reach the target; `moved` is the family's verdict on the nominal one.
    pub(crate) fn new(family: Family, class: &str, run: &Run, moved: Vec<bool>, ensemble: &[Run]) -> Option<Self> {
        let contact = run.contact?;
        let bodies = run.movers();
        let all = || std::iter::once(run).chain(ensemble);
        let end = |r: &Run, who: usize| r.pose(who, DURATION).translation;
        let mut finals = vec![all().map(|r| end(r, BALL)).collect::<Vec<_>>()];
        finals.extend((TARGETS..bodies).map(|who| all().map(|r| end(r, who)).collect()));
        let moves_at = moved.iter().enumerate().map(|(i, &m)| m.then(|| begins(run, TARGETS + i)).flatten()).collect();
        let ways = all().filter_map(way).collect();
        Some(Self { family, class: class.to_owned(), contact, moved, moves_at, finals, ways, twin: None })
    }
}

impl TwinAnswer {
    pub(crate) fn new(run: &Run, moved: Vec<bool>) -> Self {
        Self { finals: (TARGETS..run.movers()).map(|who| run.pose(who, DURATION).translation).collect(), moved }
    }
}

/// Seconds at which a body first leaves its place by a millimetre.
fn begins(run: &Run, who: usize) -> Option<f64> {
    let start = run.pose(who, 0.0).translation;
    let steps = (DURATION * 240.0) as u32;
    (1..=steps).map(|i| f64::from(i) / 240.0).find(|&t| run.pose(who, t).translation.distance(start) > 1e-3)
}

/// The ball's centre at equal shares of its way's length.
fn way(run: &Run) -> Option<[Vec3; WAY_POINTS]> {
    let (from, to) = (GATE_OPENS, run.contact?);
    let samples: Vec<Vec3> = (0..=128).map(|i| run.pose(BALL, from + (to - from) * f64::from(i) / 128.0).translation).collect();
    let mut along = vec![0.0f32];
    for pair in samples.windows(2) {
        along.push(along[along.len() - 1] + pair[0].distance(pair[1]));
    }
    let total = *along.last()?;
    Some(std::array::from_fn(|k| {
        let wanted = total * (k + 1) as f32 / WAY_POINTS as f32;
        let i = along.partition_point(|&s| s < wanted).clamp(1, samples.len() - 1);
        let span = (along[i] - along[i - 1]).max(1e-9);
        samples[i - 1].lerp(samples[i], ((wanted - along[i - 1]) / span).clamp(0.0, 1.0))
    }))
}
