//! What kernels are composed with.

use glam::Vec3;
use raytruth_scene::{Animation, Camera, Image, Maps, Material, Mesh, Pose, Scene, Shape};

use super::things::{glass, lambert, pane};
use super::{object, proof, renderer, scene};

/// What the kernels are composed with, by what a scene shows.
#[test]
fn kernels_are_composed_with_what_a_scene_shows() {
    let has = |name: &str, s: &Scene| {
        let renderer = renderer();
        let clip = renderer.clip(s, &proof(1)).expect("valid");
        let all = clip.world.defines.contains(&name);
        let shown = clip.world.surface_defines().contains(&name);
        (all, shown)
    };
    let with = |shape: Shape, material: Material| {
        let camera = Camera::look_at(Vec3::NEG_Y * 9.0, Vec3::ZERO, 0.5);
        scene(camera, Vec3::ONE, &[("m", material)], vec![object(1, shape, "m", Pose::IDENTITY)])
    };
    let smooth = |s: &Scene| has("SMOOTH_NORMALS", s);
    let boxed = |bevel| Shape::Box { half_extents: Vec3::ONE, bevel };
    assert_eq!(smooth(&with(boxed(0.0), lambert(0.5))), (false, false));
    assert_eq!(smooth(&with(Shape::Sphere { radius: 1.0 }, lambert(0.5))), (false, false));
    assert_eq!(smooth(&with(boxed(0.1), lambert(0.5))), (true, true));
    let mapped = Material { maps: Maps { normal: Some("i".into()), ..Maps::default() }, ..lambert(0.5) };
    let mut s = with(boxed(0.0), mapped);
    s.images.insert("i".into(), Image::srgb8(1, 1, vec![[128, 128, 255, 255]]).expect("it fits"));
    assert_eq!(smooth(&s), (true, true));
    // Normals that differ from their triangle's by 3 degrees, and not at all.
    for (lean, expected) in [(0.052, true), (0.0, false)] {
        let mut s = with(Shape::Mesh { mesh: "t".into() }, lambert(0.5));
        let normal = Vec3::new(lean, 0.0, 1.0).normalize();
        let mesh = Mesh {
            positions: vec![Vec3::ZERO, Vec3::X, Vec3::Y],
            normals: vec![normal; 3],
            triangles: vec![[0, 1, 2]],
            ..Mesh::default()
        };
        s.meshes.insert("t".into(), mesh);
        assert_eq!(smooth(&s), (expected, expected), "{lean}");
    }
    // What is flat at first may be round later.
    let mut s = with(boxed(0.0), lambert(0.5));
    s.objects[0] = s.objects[0].clone().changing([boxed(0.0), Shape::Capsule { radius: 0.5, half_height: 0.5 }]);
    s.animation = Some(Animation { frames: 2, fps: 10 });
    assert_eq!(smooth(&s), (true, true));
    // The camera is in a solid at some time, near one, or in a bubble that is none.
    let mut s = with(Shape::Sphere { radius: 1.0 }, glass(1.5));
    assert_eq!((has("EYE_IN_MEDIA", &s).0, has("NESTED", &s).0), (false, false));
    s.camera.pose.translation = Vec3::NEG_Y * 0.9;
    assert_eq!((has("EYE_IN_MEDIA", &s).0, has("NESTED", &s).0), (true, true));
    s.materials.insert("m".into(), pane(1.5));
    assert_eq!((has("EYE_IN_MEDIA", &s).0, has("PANES", &s).0), (false, true));
}
