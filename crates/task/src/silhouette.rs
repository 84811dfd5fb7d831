//! Where an object shows in the picture: the convex outline of its projection.

use glam::{Vec2, Vec3};
use raytruth_scene::{Camera, Scene, Shape};

/// Points on the outline of a ball.
const BALL_POINTS: usize = 48;

/// The projection of object `index` at `frame` into a picture of `size`, as if nothing stood before it: its convex outline,
/// clockwise on screen, in pixels. Empty where any of it lies behind the camera, and of what is nothing then.
#[must_use]
pub fn outline(scene: &Scene, index: usize, frame: usize, size: (u32, u32)) -> Vec<Vec2> {
    let pose = scene.world_pose(index, frame);
    let points = match scene.objects[index].shape_at(frame) {
        Shape::Sphere { radius } => horizon(&scene.camera, frame, pose.translation, *radius),
        shape => shape.hull_points(&scene.meshes).into_iter().map(|p| pose.point(p)).collect(),
    };
    let projected: Option<Vec<Vec2>> = points.iter().map(|&p| scene.camera.project(frame, p, size).map(|(q, _)| q)).collect();
    projected.map(convex_hull).unwrap_or_default()
}

/// The circle on a ball where lines of sight graze it.
fn horizon(camera: &Camera, frame: usize, center: Vec3, radius: f32) -> Vec<Vec3> {
    let eye = camera.pose_at(frame).translation;
    let to_eye = eye - center;
    let d2 = to_eye.length_squared();
    if d2 <= radius * radius {
        return vec![eye]; // Inside the ball: behind the camera, no outline.
    }
    let axis = to_eye / d2.sqrt();
    let (u, v) = axis.any_orthonormal_pair();
    let middle = center + to_eye * (radius * radius / d2);
    let r = radius * (1.0 - radius * radius / d2).sqrt();
    (0..BALL_POINTS)
        .map(|i| {
            let turn = Vec2::from_angle(core::f32::consts::TAU * i as f32 / BALL_POINTS as f32);
            middle + (u * turn.x + v * turn.y) * r
        })
        .collect()
}

/// Andrew's monotone chain (1979). Clockwise on screen, that is with y down; collinear points are dropped.
fn convex_hull(mut points: Vec<Vec2>) -> Vec<Vec2> {
    points.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
    points.dedup();
    if points.len() < 3 {
        return points;
    }
    let half = |points: &mut dyn Iterator<Item = Vec2>| {
        let mut chain: Vec<Vec2> = Vec::new();
        for p in points {
            while let [.., a, b] = chain[..] {
                if (b - a).perp_dot(p - b) > 0.0 {
                    break;
                }
                chain.pop();
            }
            chain.push(p);
        }
        chain.pop();
        chain
    };
    let mut hull = half(&mut points.iter().copied());
    hull.extend(half(&mut points.iter().rev().copied()));
    hull
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use raytruth_scene::{Object, Pose, Role};

    use super::*;

    /// Area enclosed by a polygon, square pixels.
    fn polygon_area(polygon: &[Vec2]) -> f32 {
        let next = polygon.iter().cycle().skip(1);
        0.5 * polygon.iter().zip(next).map(|(a, b)| a.perp_dot(*b)).sum::<f32>().abs()
    }

    fn scene(shape: Shape, pose: Pose) -> Scene {
        let camera = Camera::look_at(Vec3::new(0.0, -2.0, 0.0), Vec3::ZERO, 0.6);
        let object = Object {
            name: "it".into(),
            id: 1,
            role: Role::Target,
            shape,
            shapes: Vec::new(),
            material: String::new(),
            parent: None,
            pose,
            track: None,
        };
        Scene { objects: vec![object], ..Scene::new(camera) }
    }

    #[test]
    fn a_centred_ball_is_a_disc_of_the_tangent_cone() {
        let radius = 0.25f32;
        let s = scene(Shape::Sphere { radius }, Pose::IDENTITY);
        let got = outline(&s, 0, 0, (800, 500));
        // sin of the cone's half-angle is r/d, and the disc's radius is focal * tan of it.
        let focal = 250.0 / (0.3f32).tan();
        let expected = focal * (radius / 2.0).asin().tan();
        for p in &got {
            assert!((p.distance(Vec2::new(400.0, 250.0)) - expected).abs() < 0.02, "{p}");
        }
        let area = core::f32::consts::PI * expected * expected;
        assert!((polygon_area(&got) / area - 1.0).abs() < 0.005, "a 48-gon is 0.3 % smaller than its circle");
    }

    #[test]
    fn a_box_is_its_front_face_seen_straight_on() {
        let s = scene(Shape::Box { half_extents: Vec3::splat(0.1), bevel: 0.0 }, Pose::IDENTITY);
        let got = outline(&s, 0, 0, (800, 500));
        let half = 250.0 / (0.3f32).tan() * 0.1 / 1.9;
        assert_eq!(got.len(), 4);
        assert!((polygon_area(&got) - 4.0 * half * half).abs() < 0.1, "{got:?}");
    }

    #[test]
    fn behind_the_camera_there_is_no_outline() {
        for shape in [Shape::Sphere { radius: 0.1 }, Shape::Box { half_extents: Vec3::splat(0.1), bevel: 0.0 }] {
            for y in [-2.0, -3.0] {
                let s = scene(shape.clone(), Pose::from_translation(Vec3::new(0.0, y, 0.0)));
                assert!(outline(&s, 0, 0, (80, 50)).is_empty(), "{shape:?} at {y}");
            }
        }
    }

    proptest! {
        #[test]
        fn the_hull_holds_every_point_and_turns_one_way(raw in prop::collection::vec((-9i32..9, -9i32..9), 1..40)) {
            let points: Vec<Vec2> = raw.iter().map(|&(x, y)| Vec2::new(x as f32, y as f32)).collect();
            let hull = convex_hull(points.clone());
            prop_assert!(hull.iter().all(|p| points.contains(p)));
            if hull.len() >= 3 {
                for (i, &a) in hull.iter().enumerate() {
                    let b = hull[(i + 1) % hull.len()];
                    prop_assert!(points.iter().all(|&p| (b - a).perp_dot(p - a) >= 0.0), "clockwise with y down");
                }
            }
        }
    }
}
