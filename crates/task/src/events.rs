//! Events from poses: when something begins to move in the picture, and when everything rests.

use glam::Vec2;
use raytruth_scene::Scene;

use crate::{Clip, outline};

impl Clip {
    /// First frame at or after a time in seconds from the problem's start, and not beyond the last.
    #[must_use]
    pub fn frame_at(&self, seconds: f64) -> u32 {
        let frame = libm::ceil(seconds * f64::from(self.fps) - 1e-6) as u32;
        frame.saturating_add(self.lead).min(self.frames - 1)
    }
}

/// Where an object is seen in a frame: its centre, and its convex outline.
struct Place {
    is_there: bool,
    center: Option<Vec2>,
    outline: Vec<Vec2>,
}

impl Place {
    fn new(scene: &Scene, clip: &Clip, index: usize, frame: u32) -> Self {
        let size = (clip.width, clip.height);
        let center = scene.camera.project(frame as usize, scene.world_pose(index, frame as usize).translation, size);
        let is_there = !scene.objects[index].shape_at(frame as usize).is_nothing();
        Self { is_there, center: center.map(|(place, _)| place), outline: outline(scene, index, frame as usize, size) }
    }

    /// Farthest that the centre or a corner of the outline goes to another place, pixels. To come or to go is to go infinitely far.
    fn movement(&self, to: &Self) -> f32 {
        match (self.is_there, to.is_there) {
            (true, true) => {}
            (false, false) => return 0.0,
            _ => return f32::INFINITY,
        }
        let center = self.center.zip(to.center).map_or(0.0, |(a, b)| a.distance(b));
        if self.outline.len() != to.outline.len() {
            // A corner comes or goes as the object turns: compare each corner with the nearest.
            let nearest = |p: &Vec2| to.outline.iter().map(|q| p.distance(*q)).fold(f32::INFINITY, f32::min);
            return self.outline.iter().map(nearest).filter(|d| d.is_finite()).fold(center, f32::max);
        }
        self.outline.iter().zip(&to.outline).map(|(p, q)| p.distance(*q)).fold(center, f32::max)
    }
}

/// First frame in which an object has moved by `least` pixels in the picture since the start, or has come or gone, if it ever does.
#[must_use]
pub fn first_move(scene: &Scene, clip: &Clip, index: usize, least: f32) -> Option<u32> {
    let first = Place::new(scene, clip, index, 0);
    (1..clip.frames).find(|&frame| first.movement(&Place::new(scene, clip, index, frame)) >= least)
}

/// First frame from which on none of some objects moves `least` pixels a frame in the picture, comes or goes.
#[must_use]
pub fn settles(scene: &Scene, clip: &Clip, indices: &[usize], least: f32) -> u32 {
    let last_move = |&index: &usize| {
        let places: Vec<Place> = (0..clip.frames).map(|frame| Place::new(scene, clip, index, frame)).collect();
        (1..clip.frames).rev().find(|&f| places[f as usize - 1].movement(&places[f as usize]) >= least).unwrap_or(0)
    };
    (indices.iter().map(last_move).max().unwrap_or(0) + 1).min(clip.frames - 1)
}
