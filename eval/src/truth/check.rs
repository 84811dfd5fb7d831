//! The rules that scoring relies on.

use super::{CameraTruth, ObjectTruth, Overlay, TRUTH_VERSION, Truth, map_size};

/// No place lies farther from the picture's corner, in longer sides of the picture.
pub const FARTHEST: f32 = 8.0;
/// Most objects that a truth follows: their labels lie below [`NO_MATTER`](super::NO_MATTER).
pub const MAX_OBJECTS: usize = 250;
/// Metres from the origin beyond which a camera is as wrong as no number.
const FARTHEST_M: f32 = 1e6;

impl Truth {
    /// Whether every field keeps the rules that scoring relies on. The maps' code is checked as it is unpacked ([`Truth::label_maps`]).
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
        self.check_maps()?;
        self.check_events()?;
        if self.objects.is_empty() || self.objects.len() > MAX_OBJECTS {
            return Err(format!("truth.objects has {} entries; it must have 1 to {MAX_OBJECTS}", self.objects.len()));
        }
        for (i, object) in self.objects.iter().enumerate() {
            if self.objects[..i].iter().any(|o| o.name == object.name) {
                return Err(format!("truth.objects[{i}].name `{}` stands twice", object.name));
            }
            object.check(self).map_err(|e| format!("truth.objects[{i}] (`{}`): {e}", object.name))?;
        }
        if let Some(camera) = &self.camera {
            camera.check(clip.frames).map_err(|e| format!("truth.camera: {e}"))?;
        }
        for (i, overlay) in self.overlays.iter().enumerate() {
            overlay.check(self).map_err(|e| format!("truth.overlays[{i}] (`{}`): {e}", overlay.name))?;
        }
        let span = |&[from, to]: &[u32; 2]| from <= to && to < clip.frames;
        if !self.unregistered.iter().all(span) {
            return Err(format!("truth.unregistered is {:?} in a clip of {} frames", self.unregistered, clip.frames));
        }
        Ok(())
    }

    pub(super) fn check_maps(&self) -> Result<(), String> {
        let (maps, frames) = (&self.maps, self.clip.frames);
        let size = map_size((self.clip.width, self.clip.height));
        if (maps.width, maps.height) != size {
            let found = format!("truth.maps are {}x{}", maps.width, maps.height);
            return Err(format!("{found}; maps of a clip of {}x{} are {}x{}", self.clip.width, self.clip.height, size.0, size.1));
        }
        if maps.frames.first() != Some(&0) {
            return Err("truth.maps.frames must begin with 0".to_owned());
        }
        if !maps.frames.is_sorted_by(|a, b| a < b) {
            return Err("truth.maps.frames must grow".to_owned());
        }
        if let Some(late) = maps.frames.last().filter(|&&f| f >= frames) {
            return Err(format!("truth.maps.frames has frame {late}, but the clip only {frames} frames"));
        }
        if maps.from_previous.len() != maps.frames.len() || maps.from_previous[0] {
            return Err(format!(
                "truth.maps.from_previous must have one value for each of {} entries, the first false",
                maps.frames.len()
            ));
        }
        Ok(())
    }

    fn check_events(&self) -> Result<(), String> {
        let frames = self.clip.frames;
        if let Some((name, frame)) = self.events.iter().find(|(_, f)| **f >= frames) {
            return Err(format!("truth.events.{name} is frame {frame}, but the clip has {frames} frames"));
        }
        if !self.events.contains_key(&self.decisive_event) {
            return Err(format!("truth.decisive_event is `{}`, which truth.events lacks", self.decisive_event));
        }
        if self.events_end >= frames {
            return Err(format!("truth.events_end is {}, but the clip has {frames} frames", self.events_end));
        }
        Ok(())
    }
}

impl ObjectTruth {
    fn check(&self, truth: &Truth) -> Result<(), String> {
        let entries = truth.maps.frames.len();
        let columns = [("shown", self.shown.len()), ("center", self.center.len()), ("whole_px", self.whole_px.len())];
        let optional = [("held_by", self.held_by.len()), ("enclosed", self.enclosed.len())];
        for (name, length) in columns.into_iter().chain(optional.into_iter().filter(|(_, length)| *length > 0)) {
            if length != entries {
                return Err(format!("`{name}` has {length} values for {entries} entries of the maps"));
            }
        }
        let far = FARTHEST * truth.clip.width.max(truth.clip.height) as f32;
        if let Some(center) = self.center.iter().flatten().find(|c| !c.iter().all(|v| v.abs() <= far)) {
            return Err(format!("a centre of {center:?} is no place in a picture"));
        }
        if let Some(name) = self.held_by.iter().flatten().find(|name| truth.object(name).is_none()) {
            return Err(format!("it is held by `{name}`, which truth.objects lacks"));
        }
        Ok(())
    }
}

impl CameraTruth {
    fn check(&self, frames: u32) -> Result<(), String> {
        if self.position.len() != frames as usize || self.rotation.len() != frames as usize {
            let counts = (self.position.len(), self.rotation.len());
            return Err(format!("{} positions and {} rotations for {frames} frames", counts.0, counts.1));
        }
        if !(0.01..3.1).contains(&self.fov_y) {
            return Err(format!("fov_y is {} radians", self.fov_y));
        }
        let turned = |r: &[f32; 4]| (r.iter().map(|v| v * v).sum::<f32>() - 1.0).abs() < 0.01;
        if !self.position.iter().flatten().all(|v| v.abs() < FARTHEST_M) || !self.rotation.iter().all(turned) {
            return Err("a pose is not one".to_owned());
        }
        Ok(())
    }
}

impl Overlay {
    fn check(&self, truth: &Truth) -> Result<(), String> {
        let [left, top, right, bottom] = self.rect;
        let inside = left >= 0.0 && top >= 0.0 && right <= truth.clip.width as f32 && bottom <= truth.clip.height as f32;
        if !(inside && left < right && top < bottom) {
            return Err(format!("{:?} is no rectangle of the picture", self.rect));
        }
        if let Some(span) = self.shown.iter().find(|[first, last]| first > last || *last >= truth.clip.frames) {
            return Err(format!("`shown` has {span:?}, which is no span of the clip's {} frames", truth.clip.frames));
        }
        if truth.overlays.iter().filter(|o| o.name == self.name).count() > 1 {
            return Err("its name stands twice".to_owned());
        }
        Ok(())
    }
}
