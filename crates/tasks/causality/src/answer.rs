//! What the simulations say, in world coordinates: the outcome, and how far fair variation spreads it.

use glam::Vec3;

use crate::cast::Mover;
use crate::family::{Layout, Outcome};
use crate::simulate::{DURATION, LATCH_OPENS, Run};

/// Points along the ball's way from the latch to the contact at which the ensemble is compared.
const WAY_POINTS: usize = 8;

/// The answer of a problem.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Answer {
    /// The outcome in full: `stacked_2`, `last_3`, `further_left`.
    pub class: String,
    /// Seconds of the first contact of ball and target.
    pub contact: f64,
    /// One a block.
    pub targets: Vec<TargetAnswer>,
    /// Final centres of the ball over the ensemble.
    pub ball_ends: Vec<Vec3>,
    /// The ball's centre at equal progress from latch to contact, one way per member of the ensemble.
    pub ways: Vec<[Vec3; WAY_POINTS]>,
}

/// What becomes of one block.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TargetAnswer {
    /// Whether the outcome leaves it displaced.
    pub moved: bool,
    /// Seconds at which it begins to move, if it does.
    pub moves_at: Option<f64>,
    /// Final centres over the ensemble.
    pub ends: Vec<Vec3>,
    /// Final centre in the counterfactual, and whether it is displaced there.
    pub twin: Option<(Vec3, bool)>,
}

/// How one simulation ends, and by which way its ball came.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Ending {
    /// Final centre of the ball.
    ball: Vec3,
    /// Final centres of the blocks.
    blocks: Vec<Vec3>,
    /// The ball's centre at equal progress from latch to contact.
    way: [Vec3; WAY_POINTS],
}

impl Ending {
    /// `None` if the ball meets nothing.
    pub(crate) fn new(layout: &Layout, run: &Run) -> Option<Self> {
        let blocks = (0..layout.set.blocks.len()).map(|i| run.end(Mover::Block(i))).collect();
        Some(Self { ball: run.end(Mover::Ball), blocks, way: way(run)? })
    }
}

impl Answer {
    /// `ensemble` holds what the jittered simulations give that agree with `run`. `None` if the ball meets nothing.
    pub(crate) fn new(layout: &Layout, run: &Run, outcome: &Outcome, ensemble: Vec<Ending>) -> Option<Self> {
        let contact = run.contact?;
        let all: Vec<Ending> = std::iter::once(Ending::new(layout, run)?).chain(ensemble).collect();
        let targets = outcome.moved.iter().enumerate().map(|(i, &moved)| {
            let moves_at = moved.then(|| begins(run, Mover::Block(i))).flatten();
            TargetAnswer { moved, moves_at, ends: all.iter().map(|e| e.blocks[i]).collect(), twin: None }
        });
        Some(Self {
            class: outcome.name.clone(),
            contact,
            targets: targets.collect(),
            ball_ends: all.iter().map(|e| e.ball).collect(),
            ways: all.iter().map(|e| e.way).collect(),
        })
    }

    /// The same with what becomes of every target when another outcome comes about.
    pub(crate) fn unlike(mut self, run: &Run, outcome: &Outcome) -> Self {
        for (i, (target, &moved)) in self.targets.iter_mut().zip(&outcome.moved).enumerate() {
            target.twin = Some((run.end(Mover::Block(i)), moved));
        }
        self
    }
}

/// Seconds at which something first leaves its place by a millimetre.
fn begins(run: &Run, who: Mover) -> Option<f64> {
    let start = run.pose(who, 0.0).translation;
    let steps = (DURATION * 240.0) as u32;
    (1..=steps).map(|i| f64::from(i) / 240.0).find(|&t| run.pose(who, t).translation.distance(start) > 1e-3)
}

/// The ball's centre at equal shares of its way's length.
fn way(run: &Run) -> Option<[Vec3; WAY_POINTS]> {
    let (from, to) = (LATCH_OPENS, run.contact?);
    let at = |i: u32| run.pose(Mover::Ball, from + (to - from) * f64::from(i) / 128.0).translation;
    let samples: Vec<Vec3> = (0..=128).map(at).collect();
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
