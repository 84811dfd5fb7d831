//! What ends the way through mirrors and glass, and what does not.

use glam::{Quat, Vec2, Vec3};
use raytruth_scene::{Camera, Material, Pose, Scene, Shape};

use super::{matte, object, proof, renderer, scene};
use crate::{Pass, Passes};

fn passes(scene: &Scene) -> Passes {
    let renderer = renderer();
    let mut clip = renderer.clip(scene, &proof(1)).expect("the scene is valid");
    super::passes(&mut clip, 0, &[Pass::Id, Pass::SpecularId])
}

fn mirror(reflectance: f32) -> Material {
    Material { base_color: Vec3::splat(reflectance), metallic: 1.0, roughness: 0.0, ..Material::default() }
}

/// A ball of something above a floor.
fn room(what: Material) -> Scene {
    scene(
        Camera::look_at(Vec3::new(0.2, -3.0, 0.9), Vec3::new(0.0, 0.0, 0.4), 0.6),
        Vec3::ONE,
        &[("matte", matte(0.5)), ("what", what)],
        vec![
            object(1, Shape::Plane { size: Vec2::splat(6.0) }, "matte", Pose::IDENTITY),
            object(2, Shape::Sphere { radius: 0.3 }, "matte", Pose::from_translation(Vec3::new(-0.5, -0.7, 0.3))),
            object(3, Shape::Sphere { radius: 0.5 }, "what", Pose::from_translation(Vec3::new(0.1, 0.1, 0.5))),
        ],
    )
}

/// A veil over all of the view of which less than half is there hides nothing; one of which more is there, everything.
#[test]
fn veils_are_seen_by_their_greater_part() {
    for what in [mirror(0.9), Material { transmission: 1.0, roughness: 0.0, ..Material::default() }] {
        let without = passes(&room(what.clone()));
        assert!(without.specular_id != without.object_id, "something is seen in the ball");
        for (opacity, hides) in [(0.45, false), (0.55, true)] {
            let mut s = room(what.clone());
            s.materials.insert("veil".into(), Material { opacity, ..matte(0.5) });
            let upright = Pose::new(Vec3::NEG_Y * 2.5 + Vec3::Z * 0.8, Quat::from_rotation_x(1.5));
            s.objects.push(object(9, Shape::Plane { size: Vec2::splat(3.0) }, "veil", upright));
            let with = passes(&s);
            if hides {
                assert!(with.specular_id.iter().all(|id| *id == 9) && with.specular_throughput.iter().all(|t| *t == [1.0; 3]));
            } else {
                assert_eq!(with.specular_id, without.specular_id);
                // Rounding is another, and grazing glass sees it.
                let pairs = with.specular_throughput.iter().zip(&without.specular_throughput);
                let most = pairs.map(|(a, b)| Vec3::from(*a).distance(Vec3::from(*b))).fold(0.0, f32::max);
                assert!(most < 5e-3, "{most}");
            }
        }
    }
}

/// Between two mirrors that face each other the way ends at the thirty-second, which is the second of the two.
#[test]
fn a_hall_of_mirrors_has_an_end() {
    let side = |id, y: f32| {
        let pose = Pose::new(Vec3::Y * y, Quat::from_rotation_x(std::f32::consts::FRAC_PI_2));
        object(id, Shape::Plane { size: Vec2::splat(4.0) }, "m", pose)
    };
    let s =
        scene(Camera::look_at(Vec3::ZERO, Vec3::Y, 0.001), Vec3::ONE, &[("m", mirror(0.9))], vec![side(1, 1.0), side(2, -1.0)]);
    let seen = passes(&s);
    assert!(seen.specular_id.iter().all(|id| *id == 2), "{:?}", &seen.specular_id[..4]);
    // With or without the last.
    let (most, least) = (0.9f32.powi(31), 0.9f32.powi(32));
    assert!(seen.specular_throughput.iter().flatten().all(|t| (0.999 * least..=1.001 * most).contains(t)));
}

/// Glass that splits colours is looked through as in the middle of the spectrum: as if it did not.
#[test]
fn glass_that_splits_colours_is_looked_through_as_in_their_middle() {
    let glass = |dispersion| Material { dispersion, transmission: 1.0, roughness: 0.0, ior: 1.6, ..Material::default() };
    let [plain, split] = [0.0, 1.0].map(|dispersion| passes(&room(glass(dispersion))));
    assert!(plain.specular_id == split.specular_id && plain.specular_throughput == split.specular_throughput);
    assert!(plain.specular_id != plain.object_id);
}
