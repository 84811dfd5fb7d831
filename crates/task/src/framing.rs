//! A camera that holds all the evidence.

use glam::{Mat3, Quat, Vec3};
use raytruth_scene::{Camera, Pose};

/// From where and how widely to look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// From the scene towards the camera, any length, not straight up or down.
    pub towards_camera: Vec3,
    /// Vertical field of view, radians.
    pub fov_y: f32,
    /// Width over height of the picture.
    pub aspect: f32,
    /// What stays free at every edge, as a part of the picture's width and height.
    pub margin: f32,
}

/// The camera nearest to `points` that looks along `view` and sees all of them inside the margins, centred where there is room.
/// `None` without points or where the view has no direction.
///
/// Each edge of the picture bounds the eye by a plane parallel to that side of the view pyramid; the two edges of an axis meet
/// in the least distance for that axis, and the larger of the two distances serves both.
#[must_use]
pub fn frame_points(view: &View, points: &[Vec3]) -> Option<Camera> {
    let back = view.towards_camera.try_normalize()?;
    let right = Vec3::Z.cross(back).try_normalize()?;
    let up = back.cross(right);
    let half = (0.5 * f64::from(view.fov_y)).clamp(1e-3, 1.5);
    let inner = 1.0 - 2.0 * view.margin;
    let tan_y = libm::tan(half) as f32;
    let (tx, ty) = (tan_y * view.aspect * inner, tan_y * inner);

    // The largest and smallest of `across + t * depth` and `across - t * depth` over the points, in camera axes.
    let extent = |axis: Vec3, t: f32| {
        points.iter().fold((f32::NEG_INFINITY, f32::NEG_INFINITY), |(a, b), p| {
            let (across, depth) = (axis.dot(*p), back.dot(*p));
            (a.max(across + t * depth), b.max(-across + t * depth))
        })
    };
    let (a, b) = extent(right, tx);
    let (c, d) = extent(up, ty);
    let nearest = points.iter().map(|p| back.dot(*p)).fold(f32::NEG_INFINITY, f32::max);
    let farthest = points.iter().map(|p| back.dot(*p)).fold(f32::INFINITY, f32::min);
    // Points in a row along the line of sight would put the eye on the first of them.
    let clear = nearest + 0.1 * (nearest - farthest);
    let z = ((a + b) / (2.0 * tx)).max((c + d) / (2.0 * ty)).max(clear);
    if !z.is_finite() {
        return None;
    }
    let eye = right * (0.5 * (a - b)) + up * (0.5 * (c - d)) + back * z;
    let rotation = Quat::from_mat3(&Mat3::from_cols(right, up, back));
    Some(Camera {
        pose: Pose::new(eye, rotation),
        fov_y: view.fov_y,
        aperture: 0.0,
        focus_distance: z - 0.5 * (nearest + farthest),
        shutter: 0.0,
        track: None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn all_points_lie_inside_the_margin_and_one_touches_it(
            azimuth in -3.1f32..3.1, elevation in -1.2f32..1.2, fov in 0.2f32..1.2, wide in 0.6f32..2.2, margin in 0.0f32..0.2,
            cloud in prop::collection::vec((-0.5f32..0.5, -0.5f32..0.5, -0.2f32..0.6), 8..20),
        ) {
            let towards = Vec3::new(azimuth.cos() * elevation.cos(), azimuth.sin() * elevation.cos(), elevation.sin());
            let points: Vec<Vec3> = cloud.into_iter().map(|(x, y, z)| Vec3::new(x, y, z)).collect();
            let view = View { towards_camera: towards, fov_y: fov, aspect: wide, margin };
            let camera = frame_points(&view, &points).expect("there are points");
            let (w, h) = (4000.0 * wide, 4000.0);
            let mut least = f32::INFINITY;
            let back = camera.pose.vector(Vec3::Z);
            let depths = points.iter().map(|p| back.dot(camera.pose.translation - *p));
            let (near, far) = depths.fold((f32::INFINITY, 0.0f32), |(n, f), d| (n.min(d), f.max(d)));
            for p in &points {
                let (q, depth) = camera.project(0, *p, (w as u32, h as u32)).expect("before the camera");
                prop_assert!(depth > 0.0);
                let slack = (q.x / w).min(1.0 - q.x / w).min(q.y / h).min(1.0 - q.y / h) - margin;
                prop_assert!(slack > -2e-3, "{q} of {w}x{h}");
                least = least.min(slack);
            }
            let crowded = near < 0.101 * (far - near);
            prop_assert!(least < 2e-3 || crowded, "the camera stands farther away than it needs to: {least}");
        }
    }

    #[test]
    fn nothing_to_see_is_no_camera() {
        let view = View { towards_camera: Vec3::Y, fov_y: 0.5, aspect: 1.6, margin: 0.04 };
        assert!(frame_points(&view, &[]).is_none());
        assert!(frame_points(&View { towards_camera: Vec3::Z, ..view }, &[Vec3::ZERO]).is_none());
        assert!(frame_points(&View { towards_camera: Vec3::ZERO, ..view }, &[Vec3::ZERO]).is_none());
    }
}
