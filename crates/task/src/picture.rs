//! Where things are in the picture, and how much of them is seen, before anything is rendered.

use glam::{Vec2, Vec3};
use raytruth_eval::{LabelMaps, Truth};
use raytruth_scene::Scene;

use crate::{Clip, Rejection};

/// Where a point is in the picture of a frame, pixels from the top left corner.
///
/// # Errors
/// [`Rejection`] `behind_camera`.
pub fn project(scene: &Scene, frame: u32, point: Vec3, clip: &Clip) -> Result<Vec2, Rejection> {
    let place = scene.camera.project(frame as usize, point, (clip.width, clip.height));
    place.map(|(p, _)| p).ok_or_else(|| Rejection::new("behind_camera", format!("{point}")))
}

/// Standard deviation of points in the picture of a frame, pixels: the root of the mean squared distance from their mean.
///
/// # Errors
/// As [`project`].
pub fn spread_px(scene: &Scene, frame: u32, points: &[Vec3], clip: &Clip) -> Result<f32, Rejection> {
    let places =
        points.iter().map(|&p| Ok(project(scene, frame, p, clip)?.extend(0.0))).collect::<Result<Vec<_>, Rejection>>()?;
    Ok(crate::ensemble::spread(&places))
}

/// How much of the objects of a truth is seen.
pub struct Sight<'a> {
    truth: &'a Truth,
    maps: LabelMaps,
}

impl<'a> Sight<'a> {
    /// # Errors
    /// [`Rejection`] `truth_refused` if the maps cannot be read.
    pub fn new(truth: &'a Truth) -> Result<Self, Rejection> {
        Ok(Self { truth, maps: truth.label_maps().map_err(|e| Rejection::new("truth_refused", e))? })
    }

    /// The part of an object that is seen, of all that would be if nothing covered it, 0 to 1: a pair of frame and part for every entry of the
    /// maps. Empty if there is no such object.
    #[must_use]
    pub fn of(&self, name: &str) -> Vec<(u32, f32)> {
        let Some(index) = self.truth.objects.iter().position(|o| o.name == name) else { return Vec::new() };
        let whole = &self.truth.objects[index].whole_px;
        let part = |entry: usize| self.maps.counts(entry)[index + 1] as f32 / whole[entry].max(1) as f32;
        (0..self.maps.len()).map(|entry| (self.maps.frames[entry], part(entry))).collect()
    }

    /// The part that is seen in the first frame, 0 if there is no such object.
    #[must_use]
    pub fn at_start(&self, name: &str) -> f32 {
        self.of(name).first().map_or(0.0, |(_, part)| *part)
    }
}
