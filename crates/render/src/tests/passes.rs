//! The passes against geometry.

use glam::{Quat, Vec2, Vec3};
use raytruth_scene::{Camera, Material, Pose, Shape};

use super::{object, proof, render, scene};

#[test]
fn passes_are_exact() {
    let camera = Camera::look_at(Vec3::new(0.3, -2.0, 0.9), Vec3::new(0.0, 0.0, 0.2), 0.7);
    let blue = Material { base_color: Vec3::new(0.1, 0.2, 0.7), ..Material::default() };
    let ball = (Vec3::new(-0.2, 0.1, 0.3), 0.3);
    let s = scene(
        camera.clone(),
        Vec3::ONE,
        &[("blue", blue), ("grey", Material::default())],
        vec![
            object(7, Shape::Plane { size: Vec2::splat(3.0) }, "grey", Pose::new(Vec3::ZERO, Quat::from_rotation_z(0.4))),
            object(65535, Shape::Sphere { radius: ball.1 }, "blue", Pose::new(ball.0, Quat::from_rotation_x(1.0))),
        ],
    );
    let frame = render(&s, &proof(1), 0);
    let (width, height) = (frame.width as usize, frame.height as usize);
    let mut seen = [0; 3];
    for y in 0..height {
        for x in 0..width {
            let i = y * width + x;
            let (id, depth) = (frame.passes.object_id[i], frame.passes.depth[i]);
            // The ray through the pixel's middle, in f64.
            let film = 2.0 * glam::DVec2::new((x as f64 + 0.5) / width as f64, (y as f64 + 0.5) / height as f64) - 1.0;
            let half = (0.5 * f64::from(camera.fov_y)).tan();
            let local = glam::DVec3::new(film.x * half * width as f64 / height as f64, -film.y * half, -1.0);
            let (origin, rotation) = (camera.pose.translation.as_dvec3(), camera.pose.rotation.as_dquat());
            let direction = rotation * local;
            // With z = -1 in the camera's frame, the ray's parameter is the depth.
            let floor_t = -origin.z / direction.z;
            let floor_at = (origin + floor_t * direction).truncate().rotate(glam::DVec2::from_angle(-0.4));
            let on_floor = floor_t > 0.0 && floor_at.abs().max_element() < 1.5;
            let f = origin - ball.0.as_dvec3();
            let (a, b, c) = (direction.length_squared(), f.dot(direction), f.length_squared() - f64::from(ball.1).powi(2));
            let disc = b * b - a * c;
            let ball_t = (-b - disc.max(0.0).sqrt()) / a;
            if disc.abs() < 1e-4 || (floor_at.abs().max_element() - 1.5).abs() < 1e-4 {
                continue;
            }
            let (expected, t, normal) = if disc > 0.0 {
                (65535, ball_t, ((f + ball_t * direction) / f64::from(ball.1)).as_vec3())
            } else if on_floor {
                (7, floor_t, Vec3::Z)
            } else {
                (0, f64::INFINITY, Vec3::ZERO)
            };
            assert_eq!(id, expected, "at {x}, {y}");
            assert!(f64::from(depth) == t || (f64::from(depth) - t).abs() < 1e-5 * t, "depth {depth}, not {t}, at {x}, {y}");
            assert!(Vec3::from_array(frame.passes.normal[i]).distance(normal) < 1e-3, "normal at {x}, {y}");
            let albedo = [[0.0; 3], [0.8; 3], [0.1, 0.2, 0.7]][[0, 7, 65535].iter().position(|k| *k == id).expect("known")];
            assert_eq!(frame.passes.albedo[i], albedo, "albedo at {x}, {y}");
            seen[[0, 7, 65535].iter().position(|k| *k == id).expect("known")] += 1;
        }
    }
    assert!(seen.iter().all(|n| *n > 100), "the picture shows all three: {seen:?}");
}

/// Corners' normals are interpolated: a ball of triangles has a ball's normals, and from behind they are turned over.
#[test]
fn normals_of_meshes_are_smooth_and_face_the_viewer() {
    let show = |shape| {
        let camera = Camera::look_at(Vec3::new(0.0, -2.0, 0.3), Vec3::ZERO, 0.4);
        render(
            &scene(camera, Vec3::ONE, &[("m", Material::default())], vec![object(1, shape, "m", Pose::IDENTITY)]),
            &proof(1),
            0,
        )
    };
    let [ball, mesh] = [Shape::Sphere { radius: 0.3 }, Shape::Capsule { radius: 0.3, half_height: 0.0 }].map(show);
    let mut seen = 0;
    for i in 0..ball.passes.depth.len() {
        if (ball.passes.depth[i] - mesh.passes.depth[i]).abs() < 0.01 {
            let [a, b] = [&ball, &mesh].map(|f| Vec3::from(f.passes.normal[i]));
            assert!(a.distance(b) < 0.035, "pixel {i}: {b}, not {a}");
            seen += 1;
        }
    }
    assert!(seen > 400, "{seen} pixels");
    let camera = Camera::look_at(Vec3::new(0.0, -0.8, -2.0), Vec3::ZERO, 0.1);
    let plane = object(1, Shape::Plane { size: Vec2::splat(3.0) }, "m", Pose::IDENTITY);
    let below = render(&scene(camera, Vec3::ONE, &[("m", Material::default())], vec![plane]), &proof(1), 0);
    assert!(below.passes.normal.iter().all(|n| Vec3::from(*n).distance(Vec3::NEG_Z) < 1e-3), "the floor from below");
}
