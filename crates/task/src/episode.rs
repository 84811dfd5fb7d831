use std::collections::BTreeMap;

use raytruth_eval::Truth;
use raytruth_scene::Scene;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::Difficulty;

/// Size and length of the pictures asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clip {
    /// Pixels, even.
    pub width: u32,
    /// Pixels, even.
    pub height: u32,
    /// Frames per second.
    pub fps: u32,
    /// Number of frames, those of the lead-in among them.
    pub frames: u32,
    /// Number of frames at the start in which the problem has not begun and all stands still, for models that want a longer first part.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub lead: u32,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the form that serde calls")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// What a problem says of itself, the same for every picture size and machine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// The task's identifier.
    pub domain: String,
    /// The scenario family.
    pub family: String,
    /// The answer's class.
    pub class: String,
    /// How hard.
    pub difficulty: Difficulty,
    /// What the solver is told. No answer in it; ends with what stays unchanged.
    pub prompt: String,
    /// What was drawn, for metadata's `parameters`.
    pub parameters: Map<String, Value>,
    /// Every quantity the answer depends on, and where a solver can see or read it.
    pub evidence: Vec<Evidence>,
    /// The proof that the instance is well posed.
    pub certificate: Value,
    /// How hard the problem is, in numbers that the task documents.
    #[serde(default)]
    pub hardness: BTreeMap<String, f64>,
}

/// One quantity that the answer depends on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// Name of the quantity, a key of `parameters` where it is one.
    pub quantity: String,
    /// Where it can be had.
    pub source: EvidenceSource,
    /// How, in a few words.
    pub note: String,
}

/// Where a solver gets a quantity from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceSource {
    /// Visible in the first frame.
    FirstFrame,
    /// Told in the prompt.
    Prompt,
}

/// Everything that is needed to render, encode, score and describe one sample. Plain data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Episode {
    /// What the problem says of itself.
    pub card: Card,
    /// What was drawn for the look, for metadata (under `parameters.look`).
    pub look: Map<String, Value>,
    /// Size and length.
    pub clip: Clip,
    /// The world, with all that changes, frame by frame of `clip`.
    pub scene: Scene,
    /// What the evaluator reads. It also says where the clip splits in two ([`Truth::split`]).
    pub truth: Truth,
    /// What must hold of the pictures themselves, made before the clip: if one does not, the look is refused, whatever
    /// [`crate::Task::lint`] says. Twins are not checked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<PictureCheck>,
    /// What is done, step by step, in the order of time: a sentence for each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub captions: Vec<Caption>,
}

/// What happens in a span of frames, for those who train on steps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caption {
    /// First and last frame of the clip.
    pub frames: [u32; 2],
    /// In a sentence: `turns left at the blue arch`.
    pub text: String,
}

/// Something that only pictures can tell, light and mirrors included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum PictureCheck {
    /// That an object is hidden: rendered with and without it, and with nothing else different, some frames differ by little. Overlays lie
    /// over both pictures.
    Without {
        /// Its name in the scene. Other objects of its id go with it.
        object: String,
        /// Frames of the clip, from 0; at least one.
        frames: Vec<u32>,
        /// Largest difference in any channel of any pixel, of 255.
        at_most: u8,
    },
    /// That an object is seen in a mirror or through glass.
    SpecularSeen {
        /// Its name in the scene.
        object: String,
        /// Which frame.
        frame: u32,
        /// Least number of pixels of its image, pixels of the clip: what is asked should follow the picture's size.
        min_px: u32,
        /// Least part of the pixels that would be its image if it stood there alone with what is mirror or glass, in percent.
        min_share_percent: u8,
    },
}

/// Why a draw was not taken. Counted by reason.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{reason}: {detail}")]
pub struct Rejection {
    /// A short constant: `class_missed`, `ensemble_disagrees`, `out_of_frame`, ...
    pub reason: &'static str,
    /// The particulars.
    pub detail: String,
}
