use glam::{Mat3, Quat, Vec2, Vec3};
use serde::{Deserialize, Serialize};

use crate::{Pose, Track};

/// A pinhole or thin-lens camera. Looks along its local −z with +y up; pixel (0, 0) is the top-left corner.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Camera {
    /// Where it stands (when `track` is absent).
    pub pose: Pose,
    /// Vertical field of view, radians. The horizontal one follows from the picture's aspect.
    pub fov_y: f32,
    /// Radius of the lens, metres. 0 is a pinhole.
    #[serde(default)]
    pub aperture: f32,
    /// Distance of the plane in focus, metres. Only matters where `aperture` > 0.
    #[serde(default = "one")]
    pub focus_distance: f32,
    /// Pose per frame of a moving camera.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub track: Option<Track>,
}

fn one() -> f32 {
    1.0
}

impl Camera {
    /// A still pinhole at `eye` that looks at `target`, with world +z up.
    #[must_use]
    pub fn look_at(eye: Vec3, target: Vec3, fov_y: f32) -> Self {
        let back = (eye - target).normalize();
        let right = Vec3::Z.cross(back).normalize();
        let rotation = Quat::from_mat3(&Mat3::from_cols(right, back.cross(right), back));
        Self { pose: Pose::new(eye, rotation), fov_y, aperture: 0.0, focus_distance: eye.distance(target), track: None }
    }

    /// The pose at a frame of the clip.
    #[must_use]
    pub fn pose_at(&self, frame: usize) -> Pose {
        self.track.as_ref().map_or(self.pose, |t| t.pose_at(frame))
    }

    /// World point to pixel coordinates (x right, y down, pixel centres at +0.5) in a picture of `size`, with the distance
    /// along the optical axis in metres. `None` behind the camera.
    #[must_use]
    pub fn project(&self, frame: usize, point: Vec3, size: (u32, u32)) -> Option<(Vec2, f32)> {
        let local = self.pose_at(frame).inverse().point(point);
        let depth = -local.z;
        if depth <= 1e-6 {
            return None;
        }
        let (w, h) = (size.0 as f32, size.1 as f32);
        let focal = 0.5 * h / libm_tan(0.5 * self.fov_y);
        Some((Vec2::new(0.5 * w + focal * local.x / depth, 0.5 * h - focal * local.y / depth), depth))
    }
}

/// `tan` through glam's `libm`, so that it is the same on every machine.
fn libm_tan(x: f32) -> f32 {
    let v = Vec2::from_angle(x);
    v.y / v.x
}
