//! metadata.json: what a sample says of itself. METADATA.md describes every member.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use raytruth_eval::Truth;
use raytruth_eval::lint::Lint;
use raytruth_scene::Camera;
use raytruth_task::{Clip, Difficulty, Episode, Evidence, Split};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::json::to_readable;
use crate::sample::Sample;
use crate::settings::{Provenance, Recipe, Settings};
use crate::{Error, Result, param_hash};

/// Version of metadata.json's form.
pub const SCHEMA_VERSION: u32 = 2;
/// The program that made a sample.
pub const GENERATOR: &str = "raytruth";
/// Its version. A sample of another version is not "already there".
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
/// Name of the file.
pub const METADATA: &str = "metadata.json";

/// metadata.json.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Metadata {
    /// `{domain}_{index:08}`.
    pub task_id: String,
    /// [`GENERATOR`].
    pub generator: String,
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// RFC 3339, UTC.
    pub timestamp: String,
    /// What was drawn, the look under `look`, and the video's size and length.
    pub parameters: Map<String, Value>,
    /// See [`param_hash`].
    pub param_hash: String,
    /// How it was made.
    pub generation: Generation,
    /// What is asked.
    pub problem: ProblemCard,
    /// The root of the sample's random streams: 16 hex digits, since Arrow and JavaScript read no such integer.
    pub sample_seed: String,
    /// The part of a dataset that it belongs to, if it was made as one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub split: Option<Split>,
    /// Draws it took, counted from 1.
    pub attempts: Attempts,
    /// First frame of `last_video.mp4`.
    pub video_split: u32,
    /// Number of frames at the start in which the problem has not begun and all stands still.
    #[serde(default)]
    pub lead_in: u32,
    /// Last frame of the problem's own length; a longer clip stands still from there on.
    pub events_end: u32,
    /// How hard the problem is, in numbers that the task documents.
    #[serde(default)]
    pub hardness: BTreeMap<String, f64>,
    /// Intrinsics and poses.
    pub camera: Value,
    /// What rendered it.
    pub renderer: Value,
    /// What encoded it; null where there is no video.
    pub encoder: Value,
    /// SHA-256 of every other file, by its path below the sample.
    pub files: BTreeMap<String, String>,
    /// Whether what decides is large enough and lies where crops leave it: figures and findings.
    pub lint: Lint,
    /// The proof that the problem is well posed; `world`, if the task gives it, is what other software needs to check it.
    pub certificate: Value,
    /// What the evaluator reads.
    pub truth: Truth,
}

/// `generation`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Generation {
    /// The run seed.
    pub seed: u64,
    /// The sample's index.
    pub index: u64,
    /// [`VERSION`].
    pub version: String,
    /// Where the program comes from.
    pub git: Provenance,
    /// What it was asked for.
    pub settings: Recipe,
}

/// `problem`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ProblemCard {
    /// The task.
    pub domain: String,
    /// The scenario family.
    pub family: String,
    /// The answer's class.
    pub class: String,
    /// How hard.
    pub difficulty: Difficulty,
    /// As in prompt.txt.
    pub prompt: String,
    /// What the answer depends on, and where it can be had.
    pub evidence: Vec<Evidence>,
    /// `param_hash` of the problem's own parameters: the same for every look and picture size.
    pub problem_hash: String,
}

/// `attempts`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempts {
    /// Which draw of the problem was taken.
    pub problem: u32,
    /// Which look was taken.
    pub look: u32,
}

impl Metadata {
    /// Of a finished sample, but for `files`.
    pub(crate) fn new(settings: &Settings, sample: &Sample, renderer: Value, encoder: Value) -> Self {
        let (drawn, episode, look) = (&sample.drawn, &sample.episode, sample.look);
        let parameters = parameters(episode);
        Self {
            task_id: drawn.task_id.clone(),
            generator: GENERATOR.into(),
            schema_version: SCHEMA_VERSION,
            timestamp: humantime::format_rfc3339_seconds(settings.timestamp).to_string(),
            param_hash: param_hash(&parameters),
            parameters,
            generation: Generation {
                seed: settings.seed,
                index: drawn.index,
                version: VERSION.into(),
                git: settings.provenance.clone(),
                settings: settings.recipe(episode.card.difficulty),
            },
            problem: ProblemCard::new(episode),
            sample_seed: drawn.seed.to_string(),
            split: settings.split,
            attempts: Attempts { problem: drawn.attempt, look },
            video_split: episode.truth.split(),
            lead_in: episode.clip.lead,
            events_end: episode.truth.events_end,
            hardness: episode.card.hardness.clone(),
            camera: camera(&episode.scene.camera, &episode.clip),
            renderer,
            encoder,
            files: BTreeMap::new(),
            lint: sample.lint.clone(),
            certificate: episode.card.certificate.clone(),
            truth: episode.truth.clone(),
        }
    }

    /// As it stands in the file.
    pub(crate) fn to_bytes(&self) -> Result<Vec<u8>> {
        to_readable(self).map_err(|e| Error::Internal(format!("metadata of {}: {e}", self.task_id)))
    }

    /// Reads a sample's metadata.json.
    ///
    /// # Errors
    /// Where it is missing, too large, or not what [`SCHEMA_VERSION`] describes.
    pub fn read(sample: &Path) -> Result<Self> {
        let path = sample.join(METADATA);
        let wrong = |what: String| Error::Sample { path: path.clone(), what };
        let size = fs::metadata(&path).map_err(|e| Error::io("read", &path, e))?.len();
        if size > MAX_BYTES {
            return Err(wrong(format!("{size} bytes; metadata has at most {MAX_BYTES}")));
        }
        let bytes = fs::read(&path).map_err(|e| Error::io("read", &path, e))?;
        let head: Head = serde_json::from_slice(&bytes).map_err(|e| wrong(format!("not raytruth's metadata: {e}")))?;
        if head.generator != GENERATOR {
            return Err(wrong(format!("made by `{}`, not by {GENERATOR}", head.generator)));
        }
        if head.schema_version != SCHEMA_VERSION {
            return Err(wrong(format!("schema version {}; this program reads {SCHEMA_VERSION}", head.schema_version)));
        }
        serde_json::from_slice(&bytes).map_err(|e| wrong(format!("not raytruth's metadata: {e}")))
    }
}

const MAX_BYTES: u64 = 1 << 28;

#[derive(Deserialize)]
struct Head {
    generator: String,
    schema_version: u32,
}

impl ProblemCard {
    pub(crate) fn new(episode: &Episode) -> Self {
        let card = episode.card.clone();
        Self {
            problem_hash: param_hash(&card.parameters),
            domain: card.domain,
            family: card.family,
            class: card.class,
            difficulty: card.difficulty,
            prompt: card.prompt,
            evidence: card.evidence,
        }
    }
}

/// The problem's parameters, the look, and the video's size and length.
pub(crate) fn parameters(episode: &Episode) -> Map<String, Value> {
    let mut parameters = episode.card.parameters.clone();
    let Clip { width, height, fps, frames, lead } = episode.clip;
    parameters.insert("look".into(), Value::Object(episode.look.clone()));
    parameters.insert("video_fps".into(), fps.into());
    parameters.insert("width".into(), width.into());
    parameters.insert("height".into(), height.into());
    parameters.insert("num_frames".into(), frames.into());
    if lead > 0 {
        parameters.insert("lead_in".into(), lead.into());
    }
    parameters
}

fn camera(camera: &Camera, clip: &Clip) -> Value {
    let (width, height) = (f64::from(clip.width), f64::from(clip.height));
    let mut value = json!({
        "model": "pinhole",
        "convention": "right-handed, z up, metres; the camera looks along its local -z with +y up; rotation is [x, y, z, w]; \
                       pixel (0, 0) is top left, pixel centres at +0.5",
        "fov_y": camera.fov_y,
        "focal_px": camera.focal_px((clip.width, clip.height)),
        "principal_point_px": [0.5 * width, 0.5 * height],
        "aperture": camera.aperture,
        "focus_distance": camera.focus_distance,
    });
    let poses = (0..clip.frames as usize).map(|frame| camera.pose_at(frame));
    if camera.track.is_some() {
        value["poses"] = json!(poses.collect::<Vec<_>>());
    } else {
        value["pose"] = json!(camera.pose);
    }
    if camera.aperture > 0.0 {
        value["model"] = json!("thin_lens");
    }
    value
}

/// Whether reading failed because there is nothing.
pub(crate) fn is_missing(error: &Error) -> bool {
    matches!(error, Error::Io { source, .. } if source.kind() == io::ErrorKind::NotFound)
}
