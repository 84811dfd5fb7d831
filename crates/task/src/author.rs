//! Short forms for task authors.

use glam::Vec3;
use raytruth_eval::{ClipTruth, Truth};
use raytruth_scene::{Animation, Camera, Change, Role, Scene};
use serde_json::{Map, Value};

use crate::{Card, Clip, Draw, Episode, Evidence, EvidenceSource, Rejection, TaskInfo, View, frame_points};

impl Rejection {
    /// `reason` is a short constant that is counted, `detail` the particulars.
    #[must_use]
    pub fn new(reason: &'static str, detail: impl Into<String>) -> Self {
        Self { reason, detail: detail.into() }
    }
}

impl Card {
    /// The card of a problem of this class and family, with the parameters and the evidence that the draw has recorded, so far without
    /// certificate.
    ///
    /// # Panics
    /// Where the task has no such class.
    #[must_use]
    pub fn new(info: &TaskInfo, family: &str, draw: &Draw<'_>, prompt: impl Into<String>) -> Self {
        Self {
            domain: info.domain.into(),
            family: family.into(),
            class: info.classes[draw.class].into(),
            difficulty: draw.difficulty,
            prompt: prompt.into(),
            parameters: draw.parameters.clone(),
            evidence: draw.evidence.clone(),
            certificate: Value::Null,
            hardness: draw.hardness.clone(),
        }
    }

    /// The same card with one more parameter, and where a solver gets it from.
    #[must_use]
    pub fn with(mut self, value: impl Into<Value>, evidence: Evidence) -> Self {
        self.parameters.insert(evidence.quantity.clone(), value.into());
        self.evidence.push(evidence);
        self
    }

    /// The same card with its certificate.
    #[must_use]
    pub fn certified(self, certificate: Value) -> Self {
        Self { certificate, ..self }
    }
}

impl Episode {
    /// An episode of a card for a clip, without checks and captions.
    #[must_use]
    pub fn new(card: &Card, look: Map<String, Value>, clip: &Clip, scene: Scene, truth: Truth) -> Self {
        Self { card: card.clone(), look, clip: *clip, scene, truth, checks: Vec::new(), captions: Vec::new() }
    }
}

impl Evidence {
    /// A quantity that the solver sees in the first frame.
    #[must_use]
    pub fn seen(quantity: impl Into<String>, note: impl Into<String>) -> Self {
        Self { quantity: quantity.into(), source: EvidenceSource::FirstFrame, note: note.into() }
    }

    /// A quantity that the solver reads in the prompt.
    #[must_use]
    pub fn told(quantity: impl Into<String>, note: impl Into<String>) -> Self {
        Self { quantity: quantity.into(), source: EvidenceSource::Prompt, note: note.into() }
    }
}

impl Clip {
    /// Seconds from the problem's start at which a frame is shown: 0 in the lead-in.
    #[must_use]
    pub fn time_of(&self, frame: u32) -> f64 {
        f64::from(frame.saturating_sub(self.lead)) / f64::from(self.fps)
    }

    /// Its length, as the scene is told it.
    #[must_use]
    pub fn animation(&self) -> Animation {
        Animation { frames: self.frames, fps: self.fps }
    }

    /// Width over height.
    #[must_use]
    pub fn aspect(&self) -> f32 {
        self.width as f32 / self.height as f32
    }
}

impl From<Clip> for ClipTruth {
    fn from(clip: Clip) -> Self {
        Self { width: clip.width, height: clip.height, fps: clip.fps, frames: clip.frames }
    }
}

/// The nearest camera along `view` that sees everything but the backdrop, in every frame of the clip ([`frame_points`] over the
/// corners of the objects' bounds). Not for scenes whose answer shows in how far things spread: the framing would tell it. `None` where there is nothing but backdrop, or the view has no direction.
#[must_use]
pub fn frame_scene(view: &View, scene: &Scene, clip: &Clip) -> Option<Camera> {
    frame_points(view, &corners(scene, clip.frames))
}

/// Corners of the bounds of everything but the backdrop, over the frames of a clip.
pub(crate) fn corners(scene: &Scene, frames: u32) -> Vec<Vec3> {
    let mut points = Vec::new();
    let changes = scene.changes().objects;
    for (i, _) in scene.objects.iter().enumerate().filter(|(_, o)| o.role != Role::Backdrop) {
        // What never changes is looked at once.
        let frames = if changes[i] == Change::Never { 1 } else { frames };
        let bounds = (0..frames).map(|frame| scene.object_aabb(i, frame as usize));
        points.extend(bounds.filter(|b| !b.is_empty()).flat_map(|b| b.corners()));
    }
    points
}

#[cfg(test)]
mod tests {
    use raytruth_scene::{Object, Pose, Shape};

    use super::*;

    #[test]
    fn the_whole_way_is_in_the_picture_and_the_backdrop_does_not_count() {
        let clip = Clip { width: 80, height: 50, fps: 10, frames: 11, lead: 0 };
        let mut scene = Scene::new(Camera::look_at(Vec3::NEG_Y, Vec3::ZERO, 0.5));
        let way = (0..11).map(|f| Pose::from_translation(Vec3::X * f as f32 * 0.1));
        scene.objects.push(Object::new("wall", 1, Shape::Sphere { radius: 100.0 }, "m"));
        scene.objects.push(Object::new("ball", 2, Shape::Sphere { radius: 0.05 }, "m").role(Role::Actor).moving(way));
        let view = View { towards_camera: Vec3::new(0.1, -1.0, 0.3), fov_y: 0.5, aspect: clip.aspect(), margin: 0.04 };
        scene.camera = frame_scene(&view, &scene, &clip).expect("a ball to see");
        for frame in 0..11 {
            let center = scene.world_pose(1, frame).translation;
            let (pixel, _) = scene.camera.project(0, center, (80, 50)).expect("in front");
            assert!((3.0..77.0).contains(&pixel.x) && (2.0..48.0).contains(&pixel.y), "{pixel} at frame {frame}");
        }
        assert!(scene.camera.pose.translation.length() < 5.0, "the backdrop has pushed the camera away");
        // What comes late and grows is seen too, and pushes nothing away before.
        let late = Object::new("late", 3, Shape::Nothing, "m").role(Role::Actor).at(Vec3::new(-0.5, 0.0, 0.0));
        let grown = |f: u8| if f < 5 { Shape::Nothing } else { Shape::Sphere { radius: 0.02 * f32::from(f) } };
        scene.objects.push(late.changing((0..11).map(grown)));
        scene.camera = frame_scene(&view, &scene, &clip).expect("two balls to see");
        let (pixel, _) = scene.camera.project(0, Vec3::new(-0.7, 0.0, 0.0), (80, 50)).expect("in front");
        assert!((1.0..40.0).contains(&pixel.x) && scene.camera.pose.translation.length() < 5.0, "{pixel}");
        scene.objects.pop();
        scene.objects.pop();
        assert!(frame_scene(&view, &scene, &clip).is_none());
    }
}
