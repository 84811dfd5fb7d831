//! What an evaluator knows about the right answer: the `truth` member of metadata.json.
//!
//! Written by the task before anything is rendered, from simulation and geometry alone. Pixel coordinates have their origin at
//! the top-left corner of the picture, x to the right, y down, pixel centres at +0.5.

mod check;
mod code;
mod label_maps;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use check::{FARTHEST, MAX_OBJECTS};
pub use code::{CodedMaps, MAX_LABELS};
pub use label_maps::{BACKGROUND, LabelMaps, MAX_MAP_PIXELS, NO_MATTER, map_size};

/// Version of the truth's form.
pub const TRUTH_VERSION: u32 = 2;

/// The right answer of one sample.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Truth {
    /// [`TRUTH_VERSION`].
    pub version: u32,
    /// Which evaluator scores it, e.g. `knowledge_causality`.
    pub domain: String,
    /// The clip it was made for.
    pub clip: ClipTruth,
    /// Everything that matters to the answer. Label `i + 1` of the maps is object `i`.
    pub objects: Vec<ObjectTruth>,
    /// Which object each pixel should show. If the camera stands still, an entry holds until the next one; if it moves, entries are
    /// samples and hold for their own frame.
    pub maps: CodedMaps,
    /// What happens, by name, and the frame in which it is first seen.
    pub events: BTreeMap<String, u32>,
    /// Name of the event that decides: before its frame nothing of the outcome can be seen.
    pub decisive_event: String,
    /// Last frame of the problem's own length: a longer clip stands still from here on.
    pub events_end: u32,
    /// The camera, if it moves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub camera: Option<CameraTruth>,
    /// What is laid over the picture.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overlays: Vec<Overlay>,
    /// Frames, first and last, in which the picture shows too little of the scene to be laid over frame 0.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unregistered: Vec<[u32; 2]>,
    /// The evaluator's own part.
    pub task: serde_json::Value,
}

/// Size and rate of the ground truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClipTruth {
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Frames per second.
    pub fps: u32,
    /// Number of frames.
    pub frames: u32,
}

/// One object that the evaluator follows. Its columns have one value for each entry of the maps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ObjectTruth {
    /// The object's name in the scene.
    pub name: String,
    /// Its number in the object-id pass.
    pub id: u16,
    /// What it is to the task: `ball`, `target`, `gate`, ...
    pub role: String,
    /// Whether the evaluator must be able to see it (checked against the object-id pass).
    pub key: bool,
    /// How it shows.
    pub surface: Surface,
    /// Declared display colour, sRGB.
    pub color: [u8; 3],
    /// Whether it is seen, and if not, why.
    pub shown: Vec<Shown>,
    /// Projection of the origin of the named object's frame (the centre of mass of a body of one part), pixels of the clip; null behind the
    /// camera, far beside the picture, and while it is absent.
    pub center: Vec<Option<[f32; 2]>>,
    /// Pixels of the maps that it would cover if nothing stood before it, up to one picture beyond each edge.
    pub whole_px: Vec<u32>,
    /// Name of the object that carries or contains it, or null. Empty if nothing ever does.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub held_by: Vec<Option<String>>,
    /// Whether it is shut in, so that no light from it gets out. Empty if it never is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub enclosed: Vec<bool>,
}

/// Whether an object is seen in an entry of the maps, and if not, why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Shown {
    /// At least a pixel of it is.
    Seen,
    /// Something stands before all of it.
    Occluded,
    /// It is beside the picture or behind the camera.
    Outside,
    /// It is not there yet, or no longer.
    Absent,
    /// It is there, but no light falls on it.
    Dark,
}

/// How an object shows in a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Surface {
    /// Its own colour.
    Opaque,
    /// Mostly what it mirrors: polished metal.
    Mirror,
    /// Mostly what stands behind it: glass.
    Clear,
}

/// A camera that moves. It looks along its local -z with +y up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CameraTruth {
    /// Vertical field of view, radians.
    pub fov_y: f32,
    /// Position, metres, for each frame of the clip.
    pub position: Vec<[f32; 3]>,
    /// Rotation to the world, `[x, y, z, w]`, for each frame of the clip.
    pub rotation: Vec<[f32; 4]>,
}

/// A picture that is laid over the frame: a plan, a label.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Overlay {
    /// Unique among the overlays.
    pub name: String,
    /// Its number in the object-id pass.
    pub id: u16,
    /// `[left, top, right, bottom]`, pixels of the clip.
    pub rect: [f32; 4],
    /// First and last frame of the spans in which its rectangle looks as in frame 0, other overlays included; empty if it does in all
    /// frames.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shown: Vec<[u32; 2]>,
}

impl ObjectTruth {
    /// Whether it is seen in an entry of the maps.
    #[must_use]
    pub fn is_seen(&self, entry: usize) -> bool {
        self.shown.get(entry) == Some(&Shown::Seen)
    }
}

impl Truth {
    /// The object of a name.
    #[must_use]
    pub fn object(&self, name: &str) -> Option<&ObjectTruth> {
        self.objects.iter().find(|o| o.name == name)
    }

    /// Frame of the decisive event: before it nothing of the outcome can be seen.
    #[must_use]
    pub fn decisive_frame(&self) -> u32 {
        self.events.get(&self.decisive_event).copied().unwrap_or(self.clip.frames / 2)
    }

    /// First frame of `last_video`: two before the decisive event, and not the first of the clip.
    #[must_use]
    pub fn split(&self) -> u32 {
        split_before(self.decisive_frame(), self.clip.frames)
    }
}

/// Where a clip splits in two: two frames before the decisive one, and not at its first frame.
#[must_use]
pub fn split_before(decisive: u32, frames: u32) -> u32 {
    decisive.saturating_sub(2).clamp(1, frames.saturating_sub(1).max(1))
}
