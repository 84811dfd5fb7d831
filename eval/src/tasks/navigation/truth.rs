//! The navigation evaluator's part of the truth: the place that is walked through, and the way.
//!
//! Lengths are metres. Places are `[x, y]` on the floor or `[x, y, z]`, z up, the floor at z = 0; `truth.camera` has the walk in the same frame.

use serde::{Deserialize, Serialize};

use crate::Truth;

use super::place::Bounds;

/// The decisive event in `truth.events`: the walk takes the last of its decisions.
pub const LAST_DECISION: &str = "last_decision";
/// The event from which on the walk stands before its goal.
pub const ARRIVES: &str = "arrives";

/// Most solids of a place, most stops of a way, and most corners of it.
const MOST: usize = 1000;
/// Nothing of a place is farther from the origin than this.
const FARTHEST_M: f32 = 100.0;

/// `truth.task` of a navigation sample.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NavigationTruth {
    /// The family of places, e.g. `maze`.
    pub family: String,
    /// How the way is told: `plan` or `route`.
    pub told: String,
    /// Height of the eye.
    pub eye_m: f32,
    /// Distance that the walk keeps from everything: whoever comes nearer than half of it to a wall goes through it.
    pub clearance_m: f32,
    /// What stands in the place, as boxes that may run into one another.
    pub solids: Vec<SolidTruth>,
    /// Height of the ceiling; absent below the sky.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ceiling_m: Option<f32>,
    /// Height of the skirting along the foot of every wall.
    pub skirting_m: f32,
    /// What one finds one's way by. Colours and names are those of `truth.objects`.
    pub landmarks: Vec<LandmarkTruth>,
    /// What the way passes, in order.
    pub stops: Vec<StopTruth>,
    /// Where it ends.
    pub goal: GoalTruth,
    /// Corners of the shortest way that keeps the clearance, from the first place of the walk to the last.
    pub way: Vec<[f32; 2]>,
    /// Length of the next best way around something else, in lengths of the shortest.
    pub second_best: f32,
}

/// A box that stands in the place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SolidTruth {
    /// What it is.
    pub kind: SolidKind,
    /// Lesser corner.
    pub min: [f32; 3],
    /// Greater corner.
    pub max: [f32; 3],
}

/// What a solid is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SolidKind {
    /// A piece of a wall: its edges are seen as they are. Above doors and below windows there are pieces, too.
    Wall,
    /// The bounds of a thing: it hides what is behind it, and nobody walks through it.
    Thing,
}

/// Something that one finds one's way by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LandmarkTruth {
    /// Its name in `truth.objects`.
    pub name: String,
    /// Middle of its bounds.
    pub center: [f32; 3],
    /// Edges of its bounds.
    pub size: [f32; 3],
}

/// Something that the way passes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum StopTruth {
    /// A doorway, or the border between two cells: it is crossed with `from` to the right and `to` to the left.
    Gate {
        /// One end.
        from: [f32; 2],
        /// The other.
        to: [f32; 2],
    },
    /// A landmark that is visited: one comes as near as `radius` to its middle.
    Visit {
        /// Its name in `landmarks`.
        landmark: String,
        /// Its middle on the floor.
        center: [f32; 2],
        /// How near one comes.
        radius: f32,
    },
}

/// Where the walk ends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GoalTruth {
    /// Its name in `landmarks`.
    pub landmark: String,
    /// The place to stand in.
    pub stand: [f32; 2],
    /// The point of the goal that is faced from there.
    pub face: [f32; 2],
}

/// Thinner landmarks lie flat on a wall: they fill their bounds. Metres.
const FLAT: f32 = 0.15;

impl LandmarkTruth {
    /// Its bounds.
    pub(super) fn bounds(&self) -> Bounds {
        let corner = |side: f32| [0, 1, 2].map(|k| self.center[k] + side * self.size[k]);
        Bounds { min: corner(-0.5), max: corner(0.5) }
    }

    /// Whether it lies flat on a wall, as a door.
    pub(crate) fn is_flat(&self) -> bool {
        self.size[0].min(self.size[1]) < FLAT
    }
}

impl NavigationTruth {
    /// `truth.task`, checked.
    ///
    /// # Errors
    /// A sentence that names the member and the rule broken.
    pub(super) fn read(truth: &Truth) -> Result<Self, String> {
        let task: Self = serde_json::from_value(truth.task.clone()).map_err(|e| format!("truth.task: {e}"))?;
        if truth.camera.is_none() {
            return Err("truth.camera is absent: nobody walks".to_owned());
        }
        for event in [LAST_DECISION, ARRIVES] {
            if !truth.events.contains_key(event) {
                return Err(format!("truth.events has no `{event}`"));
            }
        }
        if truth.decisive_event != LAST_DECISION || truth.events[ARRIVES] <= truth.decisive_frame() {
            return Err(format!(
                "truth.decisive_event is `{}`; the last decision comes before the arrival",
                truth.decisive_event
            ));
        }
        for (name, count, least) in [("solids", task.solids.len(), 1), ("stops", task.stops.len(), 1), ("way", task.way.len(), 2)]
        {
            if !(least..=MOST).contains(&count) {
                return Err(format!("truth.task.{name} has {count} entries; it must have {least} to {MOST}"));
            }
        }
        if !task.places().all(|x| x.abs() <= FARTHEST_M) {
            return Err(format!("truth.task: a place lies more than {FARTHEST_M} m from the origin"));
        }
        if let Some(solid) = task.solids.iter().find(|solid| (0..3).any(|k| solid.min[k] >= solid.max[k])) {
            return Err(format!("truth.task.solids: a box from {:?} to {:?} is none", solid.min, solid.max));
        }
        let sizes = [("eye_m", task.eye_m), ("clearance_m", task.clearance_m), ("ceiling_m", task.ceiling_m.unwrap_or(2.5))];
        if let Some((name, size)) = sizes.into_iter().find(|(_, size)| !(0.01..=20.0).contains(size)) {
            return Err(format!("truth.task.{name} is {size}"));
        }
        if !(0.0..1.0).contains(&task.skirting_m) || !(1.0..=1000.0).contains(&task.second_best) {
            return Err(format!("truth.task: skirting_m is {}, second_best {}", task.skirting_m, task.second_best));
        }
        let is_known = |name: &str| task.landmarks.iter().any(|landmark| landmark.name == name);
        let visited = task.stops.iter().filter_map(|stop| match stop {
            StopTruth::Visit { landmark, .. } => Some(landmark),
            StopTruth::Gate { .. } => None,
        });
        if let Some(name) = visited.chain([&task.goal.landmark]).find(|name| !is_known(name)) {
            return Err(format!("truth.task.landmarks lacks `{name}`"));
        }
        if let Some(landmark) = task.landmarks.iter().find(|landmark| truth.object(&landmark.name).is_none()) {
            return Err(format!("truth.objects lacks the landmark `{}`", landmark.name));
        }
        Ok(task)
    }

    /// Every coordinate.
    fn places(&self) -> impl Iterator<Item = f32> + '_ {
        let solids = self.solids.iter().flat_map(|solid| solid.min.into_iter().chain(solid.max));
        let landmarks = self.landmarks.iter().flat_map(|landmark| landmark.center.into_iter().chain(landmark.size));
        let stops = self.stops.iter().flat_map(|stop| match stop {
            StopTruth::Gate { from, to } => [from[0], from[1], to[0], to[1]],
            StopTruth::Visit { center, radius, .. } => [center[0], center[1], *radius, 0.0],
        });
        let goal = self.goal.stand.into_iter().chain(self.goal.face);
        solids.chain(landmarks).chain(stops).chain(goal).chain(self.way.iter().flatten().copied())
    }
}
