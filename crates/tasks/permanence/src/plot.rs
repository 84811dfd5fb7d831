//! What happens in a problem: who takes part, what each does at every time, where the target may end and where it does.

use std::ops::Range;

use glam::Vec3;
use raytruth_scene::{Mesh, Role};
use raytruth_task::Way;
use raytruth_task::dress::Paint;
use serde_json::Value;

/// How long an easy or medium problem takes, and a hard one, seconds.
pub(crate) const SECONDS: (f64, f64) = (5.0, 9.5);
/// Nothing moves before that, seconds.
pub(crate) const BEGINS: f64 = 0.25;
/// Between the last move and the reveal nothing moves for so long, seconds.
pub(crate) const WAITS: f64 = 0.25;
/// What hides the target goes away within so many seconds.
pub(crate) const REVEALS: f64 = 0.75;
/// After it nothing moves, seconds.
pub(crate) const ENDS: f64 = 0.4;

/// Name of what is hidden.
pub(crate) const TARGET: &str = "ball";

/// What something is made as.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Form {
    Ball {
        radius: f32,
    },
    /// Upside down, with a ring about its rim.
    Cup {
        variant: u32,
        ring: Option<Paint>,
    },
    /// Upright, by which something is held from above. Its origin is its lower end.
    Rod,
    /// Reaches in from behind and pushes with its end, which is its origin.
    Arm,
    /// Boards, each by its middle and half of its edges, metres.
    Boards(Vec<Board>),
    /// Pale boards within something: what lies before them keeps its colour.
    Lining(Vec<Board>),
    /// Boards of which the first may be hung with cloth in front.
    Screen(Vec<Board>),
    /// Boards on four castors.
    Cart(Vec<Board>),
    /// Anything, by a name of its own.
    Mesh(&'static str, Mesh),
}

/// A board in the frame of its thing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Board {
    /// Metres.
    pub middle: Vec3,
    /// Half of each edge, metres.
    pub half: Vec3,
}

impl Board {
    /// From corner to corner.
    pub(crate) fn between(lo: Vec3, hi: Vec3) -> Self {
        Self { middle: 0.5 * (lo + hi), half: 0.5 * (hi - lo) }
    }
}

/// What a thing is to the evaluator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// What is hidden.
    Target,
    /// What may hide it.
    Occluder,
    /// What is moved about as the target is.
    Distractor,
    /// What moves them, or what they move on.
    Mover,
}

impl Part {
    /// As the truth has it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Target => "target",
            Self::Occluder => "occluder",
            Self::Distractor => "distractor",
            Self::Mover => "mover",
        }
    }

    pub(crate) const fn role(self) -> Role {
        match self {
            Self::Target => Role::Actor,
            Self::Occluder => Role::Occluder,
            Self::Distractor => Role::Distractor,
            Self::Mover => Role::Apparatus,
        }
    }
}

/// Someone who takes part.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Thing {
    pub name: String,
    pub part: Part,
    pub form: Form,
    pub way: Way,
    /// Movers have none.
    pub paint: Option<Paint>,
}

/// Where the target may be in the end.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Slot {
    /// What a target does that ends there, from when it is hidden for the last time on.
    pub way: Way,
    /// What holds it then; nothing does if it is dark.
    pub holder: Option<String>,
}

/// A span of seconds in which the target is hidden, and by what.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Hidden {
    pub span: Range<f64>,
    /// What shuts it in; nothing does if it is dark.
    pub by: Option<String>,
    /// A moment in the span at which no light can tell where it is, seconds.
    pub sealed: f64,
}

/// Something that is told and shown while the target is hidden, or that hides or shows it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Event {
    pub name: String,
    /// Seconds.
    pub span: Range<f64>,
    /// Occluders that move.
    pub who: Vec<String>,
}

/// What happens in a problem.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Plot {
    pub things: Vec<Thing>,
    pub slots: Vec<Slot>,
    /// The slot in which the target ends.
    pub place: usize,
    /// The slot in which it was last seen.
    pub last_seen: usize,
    /// In the order of time; the last one ends with the reveal.
    pub hidden: Vec<Hidden>,
    pub events: Vec<Event>,
    /// From when on it must be seen, clear of what hid it, seconds.
    pub shown: f64,
    /// When all lamps are out, seconds.
    pub dark: Option<Range<f64>>,
    /// Bodies that nothing drives, as others need them to simulate them again: their world, and from when on it runs.
    pub free: Option<Value>,
    /// How long all of it takes, seconds.
    pub seconds: f64,
    /// From where it is seen best, degrees above the horizon.
    pub elevation: (f64, f64),
    pub prompt: String,
    /// Plots in which a move is left out or comes in another order, by name, with what differs in a sentence.
    pub wrong: Vec<(&'static str, &'static str, Self)>,
}

impl Plot {
    pub(crate) fn thing(&self, name: &str) -> Option<&Thing> {
        self.things.iter().find(|thing| thing.name == name)
    }

    /// When the target is hidden for the last time, seconds.
    pub(crate) fn hides(&self) -> f64 {
        self.hidden.last().map_or(0.0, |hidden| hidden.span.start)
    }

    /// When what hides it begins to go away for the last time, seconds.
    pub(crate) fn reveal(&self) -> f64 {
        self.hidden.last().map_or(0.0, |hidden| hidden.span.end)
    }
}

/// When the last reveal of a problem of some seconds begins.
pub(crate) fn reveal_of(seconds: f64) -> f64 {
    seconds - ENDS - REVEALS
}
