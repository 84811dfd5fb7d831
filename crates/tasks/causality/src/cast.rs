//! What moves: the ball, the latch that holds it, and the blocks that it meets.

use raytruth_task::{Cast, Clip, Film};

use crate::simulate::{Run, Set};

/// Name of the ball.
pub(crate) const BALL: &str = "ball";
/// Name of the latch.
pub(crate) const LATCH: &str = "latch";
/// What blocks are to the evaluator.
pub(crate) const TARGET: &str = "target";

/// Something that moves in a simulation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mover {
    Ball,
    Latch,
    /// The block at this place of the set's blocks.
    Block(usize),
}

impl Set {
    /// All that moves.
    pub(crate) fn movers(&self) -> impl Iterator<Item = Mover> + use<> {
        [Mover::Ball, Mover::Latch].into_iter().chain((0..self.blocks.len()).map(Mover::Block))
    }

    /// Its name in scene, truth and certificate.
    pub(crate) fn name(&self, who: Mover) -> &str {
        match who {
            Mover::Ball => BALL,
            Mover::Latch => LATCH,
            Mover::Block(i) => &self.blocks[i].name,
        }
    }

    /// The cast, as the truth lists it.
    pub(crate) fn cast(&self) -> Cast {
        let cast = Cast::default().with(BALL, BALL).with_extra(LATCH, LATCH);
        self.blocks.iter().fold(cast, |cast, block| cast.with(&block.name, TARGET))
    }

    /// A simulation, resampled at a clip's rate. A clip that outlasts it ends in stillness.
    pub(crate) fn film(&self, run: &Run, clip: &Clip) -> Film {
        self.movers().fold(Film::new(clip), |film, who| {
            film.moving(self.name(who), (0..clip.frames).map(|frame| run.pose(who, clip.time_of(frame))).collect())
        })
    }
}
