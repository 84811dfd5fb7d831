use glam::Vec3;
use raytruth_eval::hue;
use raytruth_scene::{Camera, Form, Forms, LightShape, Material, Role, Scene, Shape};

use super::*;
use crate::dress::direction;
use crate::{Clip, View, frame_points};

const CLIP: Clip = Clip { width: 480, height: 300, fps: 16, frames: 1, lead: 0 };
const FLOOR: f32 = -0.013;

/// Bounds of a set of some width.
fn bounds(width: f32) -> Aabb {
    let middle = Vec3::new(0.2, -0.1, FLOOR + 0.16 * width);
    let half = Vec3::new(0.5, 0.31, 0.16) * width;
    Aabb { min: middle - half, max: middle + half }
}

fn built(setting: &Setting, width: f32, towards_camera: Vec3) -> (Scene, Place) {
    let place = Place { bounds: bounds(width), towards_camera, floor: FLOOR };
    let mut set = SceneBuilder::new(&CLIP);
    let view = View { towards_camera, fov_y: 0.5, aspect: CLIP.aspect(), margin: 0.05 };
    set.scene.camera = frame_points(&view, &place.bounds.corners()).expect("a camera");
    setting.build(&mut set, &place);
    (set.scene, place)
}

/// Every kind and ground, some seeds, three sizes, three directions.
fn each(mut check: impl FnMut(&Setting, &Scene, &Place)) {
    let ways = [direction(-12.0, 9.0), direction(31.0, 24.0), direction(140.0, 48.0)];
    for kind in SettingKind::ALL {
        for seed in 0..4 {
            let ground = if seed % 2 == 0 { Ground::Light } else { Ground::Dark };
            let setting = Setting::draw(&mut Rng::from_seed(seed), &[kind], ground);
            for (width, way) in [0.5, 0.9, 2.0].into_iter().flat_map(|w| ways.map(|way| (w, way))) {
                let (scene, place) = built(&setting, width, way);
                check(&setting, &scene, &place);
            }
        }
    }
}

/// World triangles of each object.
fn triangles(scene: &Scene) -> Vec<(&str, Vec<[Vec3; 3]>)> {
    let forms = |i: usize| Forms::new(scene, &scene.objects[i]).expect("its mesh is there").at(0);
    let of = |i: usize| match forms(i) {
        Form::Mesh(mesh) => mesh.corners().map(|c| c.map(|p| scene.world_pose(i, 0).point(p))).collect(),
        _ => Vec::new(),
    };
    (0..scene.objects.len()).map(|i| (scene.objects[i].name.as_str(), of(i))).collect()
}

/// Where a ray meets a triangle, as a part of `along` (Möller and Trumbore 1997).
fn meets([a, b, c]: [Vec3; 3], from: Vec3, along: Vec3) -> Option<f32> {
    let (ab, ac) = (b - a, c - a);
    let p = along.cross(ac);
    let det = ab.dot(p);
    let t = from - a;
    let u = t.dot(p) / det;
    let q = t.cross(ab);
    let v = along.dot(q) / det;
    (det.abs() > 1e-12 && u >= 0.0 && v >= 0.0 && u + v <= 1.0).then(|| ac.dot(q) / det)
}

/// Whether a triangle reaches into a box (separating axes, Akenine-Möller 2001).
fn overlap(triangle: [Vec3; 3], aabb: &Aabb) -> bool {
    let [a, b, c] = triangle.map(|p| p - aabb.center());
    let half = 0.5 * aabb.size();
    let crosses = [Vec3::X, Vec3::Y, Vec3::Z].map(|axis| [b - a, c - b, a - c].map(|edge| axis.cross(edge)));
    let axes = [Vec3::X, Vec3::Y, Vec3::Z, (b - a).cross(c - a)].into_iter().chain(crosses.into_iter().flatten());
    axes.filter(|axis| axis.length_squared() > 1e-12).all(|axis| {
        let [a, b, c] = [a, b, c].map(|p| p.dot(axis));
        let reach = half.dot(axis.abs());
        a.min(b).min(c) <= reach && a.max(b).max(c) >= -reach
    })
}

#[test]
fn scenes_are_whole_and_not_too_large() {
    each(|setting, scene, place| {
        scene.validate().expect("a whole scene");
        assert!(scene.objects.iter().all(|o| o.role == Role::Backdrop));
        let count = triangles(scene).iter().map(|(_, t)| t.len()).sum::<usize>();
        assert!(count < 30_000, "{:?} about {:?}: {count} triangles", setting.kind, place.bounds.size());
    });
}

#[test]
fn nothing_is_in_the_set_or_before_it() {
    each(|setting, scene, place| {
        let objects = triangles(scene);
        let inside = Aabb { min: place.bounds.min + 0.002, max: place.bounds.max };
        let eye = scene.camera.pose.translation;
        let mut targets = inside.corners().to_vec();
        targets.push(inside.center());
        for (name, triangles) in &objects {
            for &triangle in triangles {
                assert!(!overlap(triangle, &inside), "{name} of {:?} is in the set", setting.kind);
                for target in &targets {
                    let at = meets(triangle, eye, *target - eye);
                    assert!(at.is_none_or(|t| !(0.0..=1.0).contains(&t)), "{name} of {:?} hides the set", setting.kind);
                }
            }
        }
    });
}

#[test]
fn the_set_stands_on_the_floor_and_the_picture_is_full() {
    each(|setting, scene, place| {
        let objects = triangles(scene);
        let first = |from: Vec3, along: Vec3| {
            let hits = objects.iter().flat_map(|(name, all)| all.iter().map(move |&t| (*name, meets(t, from, along))));
            let hits = hits.filter_map(|(name, t)| t.filter(|t| *t > 0.0).map(|t| (name, t)));
            hits.min_by(|a, b| a.1.total_cmp(&b.1))
        };
        // A little more than the set, at odd parts: between boards are gaps.
        let (low, size) = (place.bounds.min - 0.03, place.bounds.size() + 0.06);
        for (u, v) in [0.0, 0.317, 0.683, 1.0].into_iter().flat_map(|u| [0.0, 0.291, 0.711, 1.0].map(|v| (u, v))) {
            let from = Vec3::new(low.x + u * size.x, low.y + v * size.y, FLOOR + 1.0);
            let (name, t) = first(from, Vec3::NEG_Z).expect("a floor");
            assert!(name.starts_with("setting_ground") && (0.999..1.03).contains(&t), "{name} of {:?}, {t} below", setting.kind);
        }
        // Every part of the picture shows the setting, none the bare sky.
        for (u, v) in [0.0f32, 0.5, 1.0].into_iter().flat_map(|u| [0.0f32, 0.5, 1.0].map(|v| (u, v))) {
            let half = libm::tanf(0.5 * scene.camera.fov_y);
            let along = Vec3::new((2.0 * u - 1.0) * half * CLIP.aspect(), (1.0 - 2.0 * v) * half, -1.0);
            let hit = first(scene.camera.pose.translation, scene.camera.pose.vector(along));
            assert!(hit.is_some(), "{:?} about {:?} shows the sky at {u} {v}", setting.kind, place.bounds.size());
        }
    });
}

/// All colours of a material.
fn colors(material: &Material) -> impl Iterator<Item = Vec3> + '_ {
    [material.base_color].into_iter().chain(material.texture.map(|t| t.color))
}

#[test]
fn what_surrounds_the_set_is_pale_in_its_light() {
    for kind in SettingKind::ALL {
        for seed in 0..60 {
            let ground = if seed % 2 == 0 { Ground::Light } else { Ground::Dark };
            let setting = Setting::draw(&mut Rng::from_seed(seed), &[kind], ground);
            let (scene, _) = built(&setting, 0.9, direction(10.0, 20.0));
            for (name, color) in scene.materials.iter().flat_map(|(n, m)| colors(m).map(move |c| (n, c))) {
                let shown = (color * setting.rig.color()).to_array();
                assert!(hue::is_pale(shown), "{name} of {kind:?} in its light has chroma {}", hue::radius(shown));
            }
            let told = if ground == Ground::Light { 0.33..0.8 } else { 0.1..0.3 };
            let light = shown_color(&setting.top.material).element_sum() / 3.0;
            assert!(told.contains(&light), "the ground of {kind:?} reflects {light}, {ground:?}");
        }
    }
}

#[test]
fn a_seed_is_a_setting() {
    let scene = |seed: u64, kinds: &[SettingKind]| {
        let setting = Setting::draw(&mut Rng::from_seed(seed), kinds, Ground::Light);
        let told = setting.describe();
        (built(&setting, 0.9, direction(10.0, 20.0)).0, told)
    };
    for kind in SettingKind::ALL {
        let (a, told) = scene(1, &[kind]);
        assert_eq!(a, scene(1, &[kind]).0);
        let (b, other) = scene(2, &[kind]);
        assert!(a != b && told != other, "{kind:?}");
        assert_eq!(told["setting"], kind.name());
    }
    let drawn = (0..80).map(|seed| Setting::draw(&mut Rng::from_seed(seed), &SettingKind::ALL, Ground::Dark).kind());
    let drawn = drawn.collect::<Vec<_>>();
    assert!(SettingKind::ALL.iter().all(|kind| drawn.contains(kind)));
}

#[test]
fn widened_lamps_are_wide_and_no_brighter() {
    let lamps = |setting: &Setting| built(setting, 0.9, direction(10.0, 20.0)).0.lights;
    for kind in SettingKind::ALL {
        let setting = Setting::draw(&mut Rng::from_seed(1), &[kind], Ground::Light);
        let (narrow, wide) = (lamps(&setting), lamps(&setting.clone().widened(1.5)));
        assert_eq!(narrow.len(), wide.len(), "{kind:?}");
        for (a, b) in narrow.iter().zip(&wide) {
            assert!(
                matches!(b.shape, LightShape::Rect { .. }) && b.radiance.max_element() <= a.radiance.max_element(),
                "{kind:?}: {b:?}"
            );
        }
        assert_eq!(narrow, lamps(&setting.widened(0.0)), "{kind:?}");
    }
}

#[test]
fn a_set_seen_from_above_or_from_anywhere_has_its_setting() {
    for towards_camera in [Vec3::Z, Vec3::ZERO, Vec3::new(0.0, 3.0, 1.0), Vec3::new(1.0, -1.0, 0.0)] {
        let place = Place { bounds: bounds(0.5), towards_camera, floor: FLOOR };
        let setting = Setting::draw(&mut Rng::from_seed(3), &SettingKind::ALL, Ground::Light);
        let mut set = SceneBuilder::new(&CLIP);
        set.scene.camera = Camera::look_at(Vec3::splat(2.0), Vec3::ZERO, 0.5);
        setting.build(&mut set, &place);
        set.scene.validate().expect("a whole scene");
        assert!(set.scene.objects.iter().all(|o| o.shape != Shape::Nothing));
    }
}
