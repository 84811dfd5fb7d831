use serde::{Deserialize, Serialize};

/// Part of what is declared, frame by frame, each in 0..=1; the last one holds from then on. Empty for all of it in every frame.
///
/// It is the same while a frame is exposed: what goes on or out does so between frames.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Power(pub Vec<f32>);

impl Power {
    /// All of it, in every frame.
    pub const FULL: Self = Self(Vec::new());

    /// On in those of `frames` for which `is_on` holds, out in the others.
    #[must_use]
    pub fn on(frames: usize, is_on: impl Fn(usize) -> bool) -> Self {
        Self((0..frames).map(|frame| if is_on(frame) { 1.0 } else { 0.0 }).collect())
    }

    /// The part at a frame.
    #[must_use]
    pub fn at(&self, frame: usize) -> f32 {
        self.0.get(frame).or(self.0.last()).copied().unwrap_or(1.0)
    }

    /// Whether it is all of it in every frame, as it is if nothing is said.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether it is less than all of it in some frame.
    #[must_use]
    pub fn is_dimmed(&self) -> bool {
        self.0.iter().any(|p| *p != 1.0)
    }
}
