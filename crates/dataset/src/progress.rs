//! What a run tells whoever watches it.

use std::path::Path;

/// Something that happened in a run.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Event<'a> {
    /// Before anything is drawn.
    Planned {
        /// Samples of the range.
        total: u64,
        /// Of which are there already.
        whole: u64,
        /// Where the samples go.
        folder: &'a Path,
    },
    /// A folder is there but is not the sample that is asked for.
    Remade {
        /// Which.
        task_id: &'a str,
        /// Why.
        why: &'a str,
    },
    /// A look may come out other than it was meant.
    Warned {
        /// Of which sample.
        task_id: &'a str,
        /// Of what.
        what: &'a str,
    },
    /// Once, before the first clip, on a software adapter.
    Estimated {
        /// Seconds that the pictures of a sample's video will take, about; twins and controls are not in it.
        seconds: f64,
        /// Samples to make.
        samples: u64,
    },
    /// A clip begins to render.
    ClipStarted {
        /// Of which sample.
        task_id: &'a str,
        /// `video`, `first frame`, or a twin's or control's name.
        what: &'a str,
        /// Number of the look.
        look: u32,
        /// Its length.
        frames: u32,
    },
    /// Part of a clip is rendered.
    ClipProgress {
        /// Frames, with fractions.
        frames: f64,
    },
    /// The closed loop refused a look.
    LookRejected {
        /// Of which sample.
        task_id: &'a str,
        /// Number of the look.
        look: u32,
        /// Why.
        why: &'a str,
    },
    /// A sample is in its place.
    SampleDone {
        /// Which.
        task_id: &'a str,
        /// What its ground truth scores; absent without a video.
        points: Option<u32>,
        /// Seconds from its drawing to its place.
        seconds: f64,
    },
    /// A sample was given up.
    SampleFailed {
        /// Which.
        task_id: &'a str,
        /// Why.
        why: &'a str,
    },
}

/// Watches a run. Called from several threads.
pub trait Observer: Sync {
    /// Something happened.
    fn event(&self, event: Event<'_>);
}

/// Nobody watches.
impl Observer for () {
    fn event(&self, _: Event<'_>) {}
}
