//! Where the eye is in a frame, and how sure that is.

use super::pose::Pose;

/// The eye is lost where edges that should be in sight respond by less, where so many are.
const LOST: f32 = 0.2;
pub(super) const ENOUGH: f32 = 12.0;
/// How far a walk may have gone astray where edges are where they should be, metres and radians together.
pub(super) const TIGHT: f32 = 0.05;
/// And how far it may have so that the place is the same all the same.
const ASTRAY: f32 = 0.25;

/// Where the eye is in a frame.
#[derive(Clone, Copy, Debug)]
pub struct Fix {
    /// Where it stands and looks.
    pub pose: Pose,
    /// Mean response of the edges that should be in sight, about 0.5 where they are.
    pub edges: f32,
    /// How many points of edges should be.
    pub enough: f32,
    /// Share of the points of the frame before that are found again.
    pub alike: f32,
    /// Whether a landmark that should fill a good part of the picture does not show its colour.
    pub lacks: bool,
    /// Share of the picture that lies below the horizon and has the colour of a landmark, but beside all landmarks of that colour.
    pub beside: f32,
    /// How far the walk may have gone astray since the edges were where they should be, metres and radians together.
    pub loose: f32,
    /// Whether the frame was looked at; else all is as in the last one that was.
    pub looked: bool,
}

impl Fix {
    /// Where all is where it should be.
    pub(super) fn sure(pose: Pose) -> Self {
        let (edges, enough) = (0.5, 4.0 * ENOUGH);
        Self { pose, edges, enough, alike: 1.0, lacks: false, beside: 0.0, loose: TIGHT, looked: true }
    }

    /// Whether the picture does not show the place as it is seen from there. Where a walk runs on from where that was sure, it does, however
    /// few edges stand out.
    #[must_use]
    pub fn is_lost(&self) -> bool {
        self.enough >= ENOUGH && self.edges < LOST && self.loose > ASTRAY
    }
}

/// What is found in a candidate's pictures.
#[derive(Clone, Debug, Default)]
pub struct Tracked {
    /// Frame by frame.
    pub fixes: Vec<Fix>,
    /// Share of the landmarks that the truth's walk comes to see which come to be seen in the same order; none if there are none.
    pub sighted: Option<f32>,
    /// Frame by frame of those that show enough of what was seen before, the share of that which is of another colour.
    pub repainted: Vec<f32>,
}
