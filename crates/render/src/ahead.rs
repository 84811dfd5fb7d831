//! Building on the host what the device needs next, while it works.

use std::sync::Arc;
use std::thread::JoinHandle;

use crate::exposure::Moment;
use crate::world::{FrameWorld, World};

/// With fewer primitives building takes less time than a thread is worth.
const WORTH_A_THREAD: usize = 1_000;

/// A moment of a clip, with the seed of its paths.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Step {
    pub(crate) frame: usize,
    /// In frames from the first.
    pub(crate) time: f64,
    pub(crate) seed: u32,
}

impl Step {
    pub(crate) fn new(frame: usize, moment: &Moment, seed: u32) -> Self {
        Self { frame, time: moment.time, seed }
    }

    fn build(&self, world: &World) -> FrameWorld {
        world.moment(self.frame, self.time, self.seed, &[])
    }
}

/// What is being built ahead, if anything.
#[derive(Default)]
pub(crate) struct Ahead(Option<(Step, Built)>);

enum Built {
    Now(Box<FrameWorld>),
    Soon(JoinHandle<FrameWorld>),
}

impl Built {
    fn get(self) -> Option<FrameWorld> {
        match self {
            Self::Now(world) => Some(*world),
            Self::Soon(thread) => thread.join().ok(),
        }
    }
}

impl Ahead {
    /// With what a step needs, built on this thread.
    pub(crate) fn built(world: &World, step: Step) -> Self {
        Self(Some((step, Built::Now(Box::new(step.build(world))))))
    }

    /// What a step needs: built ahead, or now. Then begins with the next.
    pub(crate) fn take(&mut self, world: &Arc<World>, step: Step, next: Option<Step>) -> FrameWorld {
        let ready = self.0.take().filter(|(ahead, _)| *ahead == step).and_then(|(_, built)| built.get());
        let built = ready.unwrap_or_else(|| step.build(world));
        self.0 = next.filter(|_| world.primitives() >= WORTH_A_THREAD).and_then(|next| {
            let world = Arc::clone(world);
            // Where no thread is to be had, it is built when it is needed.
            let thread = std::thread::Builder::new().name("scene ahead".into()).spawn(move || next.build(&world)).ok()?;
            Some((next, Built::Soon(thread)))
        });
        built
    }
}
