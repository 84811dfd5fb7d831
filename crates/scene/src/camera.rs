use glam::{Vec2, Vec3};
use serde::{Deserialize, Serialize};

use crate::{Pose, Track};

/// A pinhole or thin-lens camera. Looks along its local −z with +y up; pixel (0, 0) is the top-left corner.
///
/// It may be inside of clear solids, whose surfaces must not cross its lens.
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
    /// How long a frame is exposed, as part of the time between two frames, 0..=1: half of it before the frame's time and half after.
    /// What moves meanwhile is blurred. 0 freezes it; film cameras have 0.5.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub shutter: f32,
    /// Pose per frame of a moving camera.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub track: Option<Track>,
}

fn one() -> f32 {
    1.0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
fn is_zero(x: &f32) -> bool {
    *x == 0.0
}

impl Camera {
    /// A still pinhole at `eye` that looks at `target`, with world +z up ([`Pose::looking_at`]).
    #[must_use]
    pub fn look_at(eye: Vec3, target: Vec3, fov_y: f32) -> Self {
        let focus_distance = eye.distance(target).max(1e-3);
        Self { pose: Pose::looking_at(eye, target), fov_y, aperture: 0.0, focus_distance, shutter: 0.0, track: None }
    }

    /// The pose at a frame of the clip.
    #[must_use]
    pub fn pose_at(&self, frame: usize) -> Pose {
        self.track.as_ref().map_or(self.pose, |t| t.pose_at(frame))
    }

    /// The same at a time between frames, in frames from the first ([`Track::pose_between`]).
    #[must_use]
    pub fn pose_between(&self, time: f64) -> Pose {
        self.track.as_ref().map_or(self.pose, |t| t.pose_between(time))
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
        let focal = self.focal_px(size);
        Some((Vec2::new(0.5 * w + focal * local.x / depth, 0.5 * h - focal * local.y / depth), depth))
    }

    /// The way back: the centre of the lens and the unit direction in which a pixel coordinate (centres at +0.5) is seen.
    #[must_use]
    pub fn ray(&self, frame: usize, pixel: Vec2, size: (u32, u32)) -> (Vec3, Vec3) {
        let pose = self.pose_at(frame);
        let focal = self.focal_px(size);
        let local = Vec3::new(pixel.x - 0.5 * size.0 as f32, 0.5 * size.1 as f32 - pixel.y, -focal);
        (pose.translation, pose.vector(local).normalize())
    }

    /// Focal length in pixels of a picture of `size`: what intrinsics are built from. Pixels are square.
    #[must_use]
    pub fn focal_px(&self, size: (u32, u32)) -> f32 {
        0.5 * size.1 as f32 / libm_tan(0.5 * self.fov_y)
    }
}

/// `tan` through glam's `libm`, so that it is the same on every machine.
fn libm_tan(x: f32) -> f32 {
    let v = Vec2::from_angle(x);
    v.y / v.x
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: (u32, u32) = (800, 500);

    #[test]
    fn looks_at_the_middle_with_z_up() {
        let camera = Camera::look_at(Vec3::new(3.0, -4.0, 2.0), Vec3::new(0.5, 0.0, 0.25), 0.8);
        let (target, depth) = camera.project(0, Vec3::new(0.5, 0.0, 0.25), SIZE).expect("in front");
        assert!(target.distance(Vec2::new(400.0, 250.0)) < 1e-2 && (depth - camera.focus_distance).abs() < 1e-4);
        let (above, _) = camera.project(0, Vec3::new(0.5, 0.0, 0.5), SIZE).expect("in front");
        assert!(above.y < target.y - 5.0 && (above.x - target.x).abs() < 1e-2, "up in the world is up in the picture: {above}");
        assert!(camera.project(0, Vec3::new(6.0, -8.0, 4.0), SIZE).is_none(), "behind");
    }

    #[test]
    fn fov_is_the_vertical_one() {
        let camera = Camera::look_at(Vec3::Y * -10.0, Vec3::ZERO, 0.6);
        // 10 m away the picture's upper edge is 10 tan(0.3) up, by hand: 3.093 362.
        let (top, _) = camera.project(0, Vec3::Z * 3.093_362_5, SIZE).expect("in front");
        assert!(top.distance(Vec2::new(400.0, 0.0)) < 1e-2, "{top}");
        let (right, _) = camera.project(0, Vec3::X * 3.093_362_5 * 1.6, SIZE).expect("in front");
        assert!(right.distance(Vec2::new(800.0, 250.0)) < 1e-2, "right is +x when looking along +y: {right}");
    }

    #[test]
    fn ray_undoes_project() {
        let camera = Camera::look_at(Vec3::new(0.3, -2.0, 0.9), Vec3::new(0.1, 0.2, 0.1), 1.1);
        for point in [Vec3::ZERO, Vec3::new(0.5, 0.4, 0.3), Vec3::new(-1.0, 3.0, -0.5)] {
            let (pixel, _) = camera.project(0, point, SIZE).expect("in front");
            let (origin, direction) = camera.ray(0, pixel, SIZE);
            let along = (point - origin).dot(direction);
            assert!((origin + along * direction).distance(point) < 1e-4, "{point}");
        }
    }

    #[test]
    fn straight_down_and_no_direction_at_all_are_still_rotations() {
        for (eye, target) in [(Vec3::Z, Vec3::ZERO), (Vec3::ZERO, Vec3::Z), (Vec3::X, Vec3::X)] {
            assert!(Camera::look_at(eye, target, 1.0).pose.rotation.is_normalized());
        }
        let (right, _) = Camera::look_at(Vec3::Z, Vec3::ZERO, 1.0).project(0, Vec3::X * 0.1, SIZE).expect("in front");
        let (up, _) = Camera::look_at(Vec3::Z, Vec3::ZERO, 1.0).project(0, Vec3::Y * 0.1, SIZE).expect("in front");
        assert!(right.x > 401.0 && up.y < 249.0, "a map: {right} {up}");
    }

    #[test]
    fn a_track_moves_it() {
        let mut camera = Camera::look_at(Vec3::Y * -1.0, Vec3::ZERO, 1.0);
        let aside = Pose::new(Vec3::new(1.0, -1.0, 0.0), camera.pose.rotation);
        camera.track = Some(Track { poses: vec![camera.pose, aside] });
        assert_eq!(camera.ray(5, Vec2::ZERO, SIZE).0, aside.translation);
        assert!(camera.project(1, Vec3::ZERO, SIZE).expect("in front").0.x < 0.0);
    }
}
