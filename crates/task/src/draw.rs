use crate::{Dials, Difficulty, Rng};

/// What one draw of a problem may depend on.
pub struct Draw<'a> {
    /// The problem stream of this attempt.
    pub rng: Rng,
    /// The answer's class that this sample must have, as an index into `TaskInfo::classes`.
    pub class: usize,
    /// How hard.
    pub difficulty: Difficulty,
    /// The resolved hyper-parameters.
    pub dials: &'a Dials,
}
