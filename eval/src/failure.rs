//! What is wrong with a candidate, in one word: the same words for every task.

use serde::Serialize;

/// What is wrong with a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Failure {
    /// It does not begin with the picture it was given.
    OtherStart,
    /// The picture is blurred beyond reading.
    Blurred,
    /// The camera leaves: another view, by a cut, a pan or a zoom.
    CameraLeft,
    /// The background changes.
    SceneChanged,
    /// Something is there that should not be.
    Appeared,
    /// Something that should be there is not.
    Vanished,
    /// Something is there more than once.
    Doubled,
    /// Something changes its colour.
    Recolored,
    /// Something is at one place in a frame and far off in the next.
    Teleported,
    /// Something is back where it was, after it had left.
    Reset,
    /// One picture dissolves into another.
    Dissolved,
    /// It stops while something is under way.
    Frozen,
    /// It ends before the outcome.
    CutShort,
    /// Nothing happens.
    NoMotion,
    /// What should start the events does not.
    NeverReleased,
    /// Something takes another way, or another pace.
    WrongWay,
    /// An effect comes without its cause, or before it.
    WrongCause,
    /// Something moves at another time or in another direction.
    WrongResponse,
    /// The outcome is another.
    WrongOutcome,
    /// Something ends at another place.
    WrongPlace,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_are_words_in_snake_case() {
        let word = |f: Failure| serde_json::to_value(f).expect("plain");
        assert_eq!((word(Failure::CutShort), word(Failure::Vanished)), ("cut_short".into(), "vanished".into()));
    }
}
