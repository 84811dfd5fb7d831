//! What an evaluator knows about the right answer: the `truth` member of metadata.json.
//!
//! Written by the task before anything is rendered, from simulation and geometry alone. Pixel coordinates have their origin at
//! the top-left corner of the picture, x to the right, y down, pixel centres at +0.5.

use serde::{Deserialize, Serialize};

/// Version of the truth's form.
pub const TRUTH_VERSION: u32 = 1;

/// The right answer of one sample.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Truth {
    /// [`TRUTH_VERSION`].
    pub version: u32,
    /// Which evaluator scores it, e.g. `knowledge_causality`.
    pub domain: String,
    /// The clip it was made for.
    pub clip: ClipTruth,
    /// Everything that matters to the answer, and where it is seen.
    pub objects: Vec<ObjectTruth>,
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

/// One object that the evaluator follows.
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
    /// Where it is seen; each entry holds from its frame to the next entry's.
    pub track: Vec<Silhouette>,
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

/// An object's place in the picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Silhouette {
    /// First frame it holds for.
    pub frame: u32,
    /// Projection of the centre of mass, pixels.
    pub center: [f32; 2],
    /// Distance of the centre of mass from the camera, metres. What is nearer is taken to stand in front: the evaluator paints the
    /// outlines from far to near to know which pixels should show which object.
    pub depth: f32,
    /// Convex outline of the whole object as if nothing stood before it, pixels, clockwise on screen.
    pub outline: Vec<[f32; 2]>,
    /// Pixels of it that are seen (occlusion by other objects taken off).
    pub visible_px: f32,
}

impl ObjectTruth {
    /// Where it is at a frame.
    #[must_use]
    pub fn at(&self, frame: u32) -> Option<&Silhouette> {
        let next = self.track.partition_point(|s| s.frame <= frame);
        self.track.get(next.checked_sub(1)?)
    }
}

impl Truth {
    /// The object of a name.
    #[must_use]
    pub fn object(&self, name: &str) -> Option<&ObjectTruth> {
        self.objects.iter().find(|o| o.name == name)
    }

    /// Whether every field keeps the rules that scoring relies on.
    ///
    /// # Errors
    /// The field, its value and the rule broken, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        if self.version != TRUTH_VERSION {
            return Err(format!("truth.version is {}; this evaluator reads {TRUTH_VERSION}", self.version));
        }
        let clip = self.clip;
        let ranges = [
            ("width", clip.width, 16..=8192),
            ("height", clip.height, 16..=8192),
            ("fps", clip.fps, 1..=1000),
            ("frames", clip.frames, 2..=100_000),
        ];
        for (name, value, range) in ranges {
            if !range.contains(&value) {
                return Err(format!("truth.clip.{name} is {value}; it must lie in {}..={}", range.start(), range.end()));
            }
        }
        if self.objects.is_empty() || self.objects.len() > 250 {
            return Err(format!("truth.objects has {} entries; it must have 1 to 250", self.objects.len()));
        }
        for (i, object) in self.objects.iter().enumerate() {
            if self.objects[..i].iter().any(|o| o.name == object.name) {
                return Err(format!("truth.objects[{i}].name `{}` stands twice", object.name));
            }
            object.check(clip.frames).map_err(|e| format!("truth.objects[{i}] (`{}`): {e}", object.name))?;
        }
        Ok(())
    }
}

impl ObjectTruth {
    fn check(&self, frames: u32) -> Result<(), String> {
        if self.track.first().is_none_or(|s| s.frame != 0) {
            return Err("its track must begin at frame 0".to_owned());
        }
        if !self.track.is_sorted_by(|a, b| a.frame < b.frame) {
            return Err("its track's frames must grow".to_owned());
        }
        if let Some(late) = self.track.last().filter(|s| s.frame >= frames) {
            return Err(format!("its track has frame {}, but the clip only {frames}", late.frame));
        }
        // Pixels far outside any picture are as wrong as NaN.
        let fair = |v: f32| v.is_finite() && v.abs() < 1e6;
        for silhouette in &self.track {
            let points = silhouette.outline.iter().chain([&silhouette.center]);
            if !points.flatten().all(|&v| fair(v)) || !fair(silhouette.depth) {
                return Err(format!("frame {}: a coordinate is not a finite number of pixels", silhouette.frame));
            }
            if !fair(silhouette.visible_px) || silhouette.visible_px < 0.0 {
                return Err(format!("frame {}: visible_px is {}", silhouette.frame, silhouette.visible_px));
            }
            if silhouette.outline.len() > 512 {
                return Err(format!("frame {}: an outline of {} points", silhouette.frame, silhouette.outline.len()));
            }
        }
        Ok(())
    }
}
