//! Where everything is in each frame of a clip: the simulation, resampled at the clip's rate.

use raytruth_scene::Pose;
use raytruth_task::Clip;

use crate::simulate::Run;

/// Index of the ball in a [`Film`].
pub(crate) const BALL: usize = 0;
/// Index of the gate in a [`Film`].
pub(crate) const GATE: usize = 1;
/// Index of the first target in a [`Film`].
pub(crate) const TARGETS: usize = 2;

/// Poses by object ([`BALL`], [`GATE`], [`TARGETS`]..) and frame.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Film(pub Vec<Vec<Pose>>);

impl Film {
    /// A clip that outlasts the simulation ends in stillness.
    pub(crate) fn new(run: &Run, clip: &Clip) -> Self {
        let frames = |who| (0..clip.frames).map(|f| run.pose(who, clip.time_of(f))).collect();
        Self((0..run.movers()).map(frames).collect())
    }

    pub(crate) fn frames(&self) -> usize {
        self.0[BALL].len()
    }
}
