use thiserror::Error;

/// Why a world cannot be simulated, or what went wrong while it was.
#[derive(Clone, Debug, Error, PartialEq)]
#[non_exhaustive]
pub enum Error {
    /// Two bodies share a name, so that nobody can say which is meant.
    #[error("two bodies are named `{0}`")]
    DuplicateName(String),
    /// A number is NaN or infinite.
    #[error("body `{body}`: {what} is not finite")]
    NotFinite {
        /// The body.
        body: String,
        /// Which of its numbers.
        what: &'static str,
    },
    /// A form has no extent, or a body that falls has no mass.
    #[error("body `{body}`: {what}")]
    BadForm {
        /// The body.
        body: String,
        /// What is wrong with it.
        what: &'static str,
    },
    /// A script without keyframes, or with times that do not rise.
    #[error("body `{0}`: a script needs at least one keyframe and rising times")]
    BadScript(String),
    /// A joint names a body that is not there.
    #[error("a joint names the body `{0}`, which is not there")]
    UnknownBody(String),
    /// A setting outside its range.
    #[error("{name} = {value}: {expected}")]
    BadSetting {
        /// The setting.
        name: &'static str,
        /// What was given.
        value: f64,
        /// What is accepted.
        expected: &'static str,
    },
    /// Two bodies are inside each other at the start; the solver would throw them apart.
    #[error("bodies `{a}` and `{b}` overlap by {depth_m} m at the start")]
    Overlap {
        /// One body.
        a: String,
        /// The other.
        b: String,
        /// Deepest penetration, metres.
        depth_m: f32,
    },
    /// The total energy grew by more than scripts and rounding explain.
    #[error("body `{body}` gained energy out of nothing at {time_s} s: {before_j} J became {after_j} J")]
    Exploded {
        /// The body that gained most.
        body: String,
        /// Seconds.
        time_s: f64,
        /// Total energy before the step, joules.
        before_j: f64,
        /// And after it.
        after_j: f64,
    },
}
