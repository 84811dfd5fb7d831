//! The answers' classes: by family, and on which side the answer lies.

/// A family, and the side of the right one among its rivals, as seen by the camera.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Class {
    pub family: &'static str,
    pub left: bool,
}

impl Class {
    /// Every class, in the order of the task's list. Balanced over a run.
    pub(crate) const ALL: [Self; 2] = [Self { family: "beam", left: true }, Self { family: "beam", left: false }];

    /// The names of [`Self::ALL`].
    pub(crate) const NAMES: [&'static str; 2] = ["beam_left", "beam_right"];
}
