use std::f32::consts::PI;

use glam::{Quat, Vec2, Vec3};

use crate::*;

fn still() -> Scene {
    let mut scene = Scene::new(Camera::look_at(Vec3::new(0.0, -3.0, 1.0), Vec3::ZERO, 0.7));
    scene.animation = Some(Animation { frames: 2, fps: 30 });
    scene.materials.insert("clay".into(), Material::default());
    scene.meshes.insert(
        "tri".into(),
        Mesh { positions: vec![Vec3::ZERO, Vec3::X, Vec3::Y], triangles: vec![[0, 1, 2]], ..Mesh::default() },
    );
    scene.lights.push(Light {
        name: "key".into(),
        shape: LightShape::Rect { size: Vec2::ONE },
        pose: Pose::from_translation(Vec3::Z * 3.0),
        radiance: Vec3::splat(10.0),
        power: Power::FULL,
        visible_to_camera: false,
    });
    for (i, name) in ["ball", "box"].into_iter().enumerate() {
        scene.objects.push(Object {
            name: name.into(),
            id: 1 + i as u16,
            role: Role::Actor,
            shape: Shape::Sphere { radius: 0.5 },
            shapes: Vec::new(),
            material: "clay".into(),
            parent: None,
            pose: Pose::IDENTITY,
            track: None,
        });
    }
    scene
}

/// Breaks a good scene and expects exactly one violation, at that path, whose line holds every word of `says`.
#[track_caller]
fn refused(path: &str, says: &[&str], harm: impl FnOnce(&mut Scene)) {
    let mut scene = still();
    scene.validate().expect("good before");
    harm(&mut scene);
    let invalid = scene.validate().expect_err("bad after");
    let paths: Vec<_> = invalid.violations.iter().map(|v| v.path.as_str()).collect();
    assert_eq!(paths, [path], "{invalid}");
    let line = invalid.to_string();
    assert!(!line.contains('\n') && says.iter().all(|s| line.contains(s)), "{line:?} should say {says:?}");
}

#[test]
fn numbers_name_field_value_and_rule() {
    refused("format_version", &["7", "must be 1 to 2"], |s| s.format_version = 7);
    refused("objects[1].shape.radius", &["-1", "0.000001"], |s| s.objects[1].shape = Shape::Sphere { radius: -1.0 });
    refused("objects[0].shape.radius", &["NaN"], |s| s.objects[0].shape = Shape::Sphere { radius: f32::NAN });
    refused("objects[0].shape.radius", &["inf"], |s| {
        s.objects[0].shape = Shape::Capsule { radius: f32::INFINITY, half_height: 0.0 }
    });
    refused("objects[0].pose.translation", &["NaN"], |s| s.objects[0].pose.translation.y = f32::NAN);
    refused("objects[0].pose.translation", &["each"], |s| s.objects[0].pose.translation.y = 2e6);
    refused("objects[0].pose.rotation", &["unit quaternion"], |s| {
        s.objects[0].pose.rotation = Quat::from_xyzw(0.0, 0.0, 0.0, 1.01);
    });
    refused("objects[0].pose.rotation", &["NaN"], |s| s.objects[0].pose.rotation.x = f32::NAN);
    refused("objects[0].id", &["0 is the background"], |s| s.objects[0].id = 0);
    refused("camera.fov_y", &["π"], |s| s.camera.fov_y = PI);
    refused("camera.fov_y", &["NaN"], |s| s.camera.fov_y = f32::NAN);
    refused("camera.fov_y", &["is 0"], |s| s.camera.fov_y = 0.0);
    refused("camera.aperture", &["-0.1"], |s| s.camera.aperture = -0.1);
    refused("camera.shutter", &["-0.5"], |s| s.camera.shutter = -0.5);
    refused("camera.shutter", &["1.5"], |s| s.camera.shutter = 1.5);
    refused("camera.focus_distance", &["is 0"], |s| s.camera.focus_distance = 0.0);
    refused("camera.pose.translation", &["inf"], |s| s.camera.pose.translation.z = f32::NEG_INFINITY);
    refused("lights[0].shape.size", &["each"], |s| s.lights[0].shape = LightShape::Rect { size: Vec2::new(1.0, 0.0) });
    refused("lights[0].shape.radius", &["is 0"], |s| s.lights[0].shape = LightShape::Disk { radius: 0.0 });
    let spot = |inner_angle, outer_angle| LightShape::Spot { radius: 0.1, inner_angle, outer_angle };
    refused("lights[0].shape.inner_angle", &["is 0.6"], |s| s.lights[0].shape = spot(0.6, 0.5));
    refused("lights[0].shape.outer_angle", &["is 4"], |s| s.lights[0].shape = spot(0.6, 4.0));
    refused("lights[0].radiance", &["-1"], |s| s.lights[0].radiance.x = -1.0);
    let portal = |x| Portal { pose: Pose::IDENTITY, size: Vec2::new(x, 1.0) };
    refused("portals[0].size", &["each"], |s| s.portals.push(portal(0.0)));
    refused("portals[1].pose.rotation", &["unit"], |s| {
        s.portals = vec![portal(1.0); 2];
        s.portals[1].pose.rotation.w = 2.0;
    });
    refused("animation.frames", &["is 0", "at least 1"], |s| s.animation = Some(Animation { frames: 0, fps: 30 }));
    refused("animation.fps", &["is 0", "at least 1"], |s| s.animation = Some(Animation { frames: 1, fps: 0 }));
}

#[test]
fn materials_keep_their_ranges() {
    let broken = |path: &str, harm: fn(&mut Material)| {
        refused(&format!("materials[\"clay\"].{path}"), &[], |s| harm(s.materials.get_mut("clay").expect("clay")));
    };
    broken("base_color", |m| m.base_color.z = 1.1);
    broken("base_color", |m| m.base_color.x = f32::NAN);
    broken("metallic", |m| m.metallic = 2.0);
    broken("roughness", |m| m.roughness = -0.1);
    broken("ior", |m| m.ior = 0.9);
    broken("ior", |m| m.ior = f32::INFINITY);
    broken("transmission", |m| m.transmission = f32::NAN);
    broken("coat", |m| m.coat = 1.5);
    broken("coat_roughness", |m| m.coat_roughness = 1.5);
    broken("opacity", |m| m.opacity = 1.5);
    broken("cutout", |m| m.cutout = Some(-0.5));
    broken("emission", |m| m.emission = Vec3::splat(f32::INFINITY));
    broken("absorption.color", |m| m.absorption = Some(Absorption { color: Vec3::new(1.0, 0.0, 1.0), distance: 1.0 }));
    broken("absorption.distance", |m| m.absorption = Some(Absorption { color: Vec3::ONE, distance: 0.0 }));
    let texture = Texture { pattern: Pattern::Checker, color: Vec3::ONE, scale: 0.1, strength: 1.0, seed: 0 };
    for harm in [|t: &mut Texture| t.scale = 0.0, |t: &mut Texture| t.strength = 1.1, |t: &mut Texture| t.color.x = -1.0] {
        let mut bad = texture;
        harm(&mut bad);
        let field = if bad.scale == 0.0 {
            "scale"
        } else if bad.strength > 1.0 {
            "strength"
        } else {
            "color"
        };
        refused(&format!("materials[\"clay\"].texture.{field}"), &[], |s| {
            s.materials.get_mut("clay").expect("clay").texture = Some(bad);
        });
    }
}

#[test]
fn shapes_keep_their_rules() {
    let broken = |path: &str, shape: Shape| refused(&format!("objects[0].shape.{path}"), &[], |s| s.objects[0].shape = shape);
    broken("half_extents", Shape::Box { half_extents: Vec3::new(1.0, 0.0, 1.0), bevel: 0.0 });
    broken("bevel", Shape::Box { half_extents: Vec3::splat(0.1), bevel: 0.11 });
    broken("bevel", Shape::Box { half_extents: Vec3::splat(0.1), bevel: f32::NAN });
    broken("size", Shape::Plane { size: Vec2::new(-1.0, 1.0) });
    broken("half_height", Shape::Cylinder { radius: 1.0, half_height: 0.0, bevel: 0.0 });
    broken("bevel", Shape::Cylinder { radius: 0.1, half_height: 1.0, bevel: 0.2 });
    broken("half_height", Shape::Capsule { radius: 1.0, half_height: -0.1 });
    let tube = |points: &[Vec3], closed| Shape::tube(0.1, points.to_vec(), closed);
    broken("points", tube(&[Vec3::ZERO], false));
    broken("points", tube(&[Vec3::ZERO, Vec3::X], true));
    broken("points[1]", tube(&[Vec3::ZERO, Vec3::X, Vec3::X, Vec3::Y], false));
    broken("points[2]", tube(&[Vec3::ZERO, Vec3::X, Vec3::ZERO], true));
    broken("points[1]", tube(&[Vec3::ZERO, Vec3::NAN, Vec3::Y], false));
}

#[test]
fn what_is_told_frame_by_frame_keeps_its_rules() {
    let ball = |radius| Shape::Sphere { radius };
    refused("objects[0].shapes", &["a list of 3", "2 frames"], |s| s.objects[0].shapes = vec![ball(1.0); 3]);
    refused("objects[0].shapes[1].radius", &["NaN"], |s| s.objects[0].shapes = vec![ball(1.0), ball(f32::NAN)]);
    refused("objects[0].shapes[0].mesh", &["no such", "\"tri\""], |s| {
        s.objects[0].shapes = vec![Shape::Mesh { mesh: "no such".into() }];
    });
    refused("objects[0].shape", &["nothing", "shapes"], |s| s.objects[0].shape = Shape::Nothing);
    let mut coming = still();
    coming.objects[0] = Object { shape: Shape::Nothing, ..coming.objects[0].clone() }.changing([Shape::Nothing, ball(0.1)]);
    coming.validate().expect("it comes");
    refused("objects[0].shapes", &["a list of 2", "`animation`"], |s| {
        s.animation = None;
        s.objects[0].shapes = vec![ball(1.0); 2];
    });
    for (path, power) in [
        ("lights[0].power", (|s| &mut s.lights[0].power) as fn(&mut Scene) -> &mut Power),
        ("environment_power", |s| &mut s.environment_power),
        ("materials[\"clay\"].emission_power", |s| &mut s.materials.get_mut("clay").expect("clay").emission_power),
        ("overlays[0].opacity", |s| {
            s.overlays.push(Overlay::new("sign", 9, Vec2::ZERO, Vec2::ONE));
            &mut s.overlays[0].opacity
        }),
    ] {
        refused(&format!("{path}[1]"), &["NaN", "0 to 1"], |s| *power(s) = Power(vec![1.0, f32::NAN]));
        refused(&format!("{path}[0]"), &["1.5"], |s| *power(s) = Power(vec![1.5]));
        refused(path, &["a list of 3"], |s| *power(s) = Power(vec![1.0; 3]));
    }
}

#[test]
fn tubes_keep_their_rules() {
    let tube = |change: fn(&mut Vec<Vec3>, &mut Option<u32>)| {
        let (mut colors, mut rings) = (vec![Vec3::ONE; 3], Some(8));
        change(&mut colors, &mut rings);
        Shape::Tube { radius: 0.1, points: vec![Vec3::ZERO, Vec3::X, Vec3::Y], closed: true, colors, rings }
    };
    refused("objects[0].shape.colors", &["a list of 2", "3 points"], |s| s.objects[0].shape = tube(|c, _| c.truncate(2)));
    refused("objects[0].shape.colors[2]", &["NaN"], |s| s.objects[0].shape = tube(|c, _| c[2].y = f32::NAN));
    refused("objects[0].shape.rings", &["1000000", "1 to 256"], |s| s.objects[0].shape = tube(|_, r| *r = Some(1_000_000)));
    refused("objects[0].shape.rings", &["is 0"], |s| s.objects[0].shape = tube(|_, r| *r = Some(0)));
    refused("objects[0].shape.points", &["20001 points", "at most 20000"], |s| {
        s.objects[0].shape = Shape::tube(0.1, (0..20_001).map(|i| Vec3::X * i as f32).collect(), false);
    });
}

#[test]
fn overlays_and_the_floor_keep_their_rules() {
    let lay = |s: &mut Scene, change: fn(&mut Overlay)| {
        let mut overlay =
            Overlay::new("sign", 9, Vec2::ZERO, Vec2::ONE).mark(MarkForm::Disc { center: Vec2::ZERO, radius: 0.1 }, Vec3::ONE);
        change(&mut overlay);
        s.overlays.push(overlay);
    };
    let mut laid = still();
    lay(&mut laid, |_| {});
    laid.validate().expect("an overlay of its own");
    refused("overlays[0].id", &["is 2", "object \"box\" has it"], |s| lay(s, |o| o.id = 2));
    refused("overlays[0].id", &["is 0"], |s| lay(s, |o| o.id = 0));
    refused("overlays[1].id", &["is 9", "overlay \"sign\" has it"], |s| {
        lay(s, |_| {});
        lay(s, |o| o.name = "other".into());
    });
    refused("overlays[0].name", &["empty"], |s| lay(s, |o| o.name.clear()));
    refused("overlays[0].size", &["each must be"], |s| lay(s, |o| o.size.x = 0.0));
    refused("overlays[0].center", &["NaN"], |s| lay(s, |o| o.center.x = f32::NAN));
    refused("overlays[0].image", &["plan", "there is none"], |s| lay(s, |o| o.image = Some("plan".into())));
    refused("overlays[0].marks[0].color", &["is [2, 0, 0]"], |s| lay(s, |o| o.marks[0].color = Vec3::X * 2.0));
    refused("overlays[0].marks[0].form.radius", &["inf"], |s| {
        lay(s, |o| o.marks[0].form = MarkForm::Disc { center: Vec2::ZERO, radius: f32::INFINITY });
    });
    refused("overlays[0].marks[0].form.points", &["2 point(s)"], |s| {
        lay(s, |o| o.marks[0].form = MarkForm::Polygon { points: vec![Vec2::ZERO; 2] });
    });
    refused("floor", &["is 9", "0 to 8"], |s| s.floor = 9);
}

#[test]
fn meshes_keep_their_rules() {
    let broken = |path: &str, says: &str, harm: fn(&mut Mesh)| {
        refused(&format!("meshes[\"tri\"].{path}"), &[says], |s| harm(s.meshes.get_mut("tri").expect("tri")));
    };
    broken("triangles", "at least one", |m| m.triangles.clear());
    broken("triangles[0]", "0 to 2", |m| m.triangles[0][1] = 3);
    broken("triangles[1]", "2 more", |m| m.triangles.extend([[0, 1, 9]; 3]));
    broken("positions[2]", "NaN", |m| m.positions[2].x = f32::NAN);
    broken("normals", "a list of 1", |m| m.normals = vec![Vec3::Z]);
    broken("normals[0]", "2 more", |m| m.normals = vec![Vec3::ZERO; 3]);
}

#[test]
fn environments_keep_their_rules() {
    let sky = |sun| Environment::Gradient { zenith: Vec3::ONE, horizon: Vec3::ONE, ground: Vec3::ZERO, sun };
    refused("environment.radiance", &["-1"], |s| s.environment = Environment::Uniform { radiance: Vec3::splat(-1.0) });
    let sun = Sun { direction: Vec3::Z, irradiance: Vec3::ONE, angular_radius: 0.005 };
    refused("environment.sun.direction", &["length 1"], |s| {
        s.environment = sky(Some(Sun { direction: Vec3::splat(1.0), ..sun }));
    });
    refused("environment.sun.angular_radius", &[], |s| s.environment = sky(Some(Sun { angular_radius: 0.0, ..sun })));
    refused("environment.horizon", &["NaN"], |s| {
        s.environment = Environment::Gradient { zenith: Vec3::ONE, horizon: Vec3::NAN, ground: Vec3::ZERO, sun: None };
    });
}

#[test]
fn references_lead_somewhere() {
    refused("objects[0].material", &["\"Clay\"", "there is \"clay\""], |s| s.objects[0].material = "Clay".into());
    refused("objects[0].shape.mesh", &["must name one of the meshes", "\"tri\""], |s| {
        s.objects[0].shape = Shape::Mesh { mesh: "nope".into() }
    });
    refused("objects[1].parent", &["\"ghost\"", "must name one of the objects", "\"ball\""], |s| {
        s.objects[1].parent = Some("ghost".into());
    });
    refused("objects[1].name", &["\"ball\"", "unique"], |s| s.objects[1].name = "ball".into());
    refused("objects[1].name", &["empty"], |s| s.objects[1].name = String::new());
    refused("lights[1].name", &["unique"], |s| s.lights.push(s.lights[0].clone()));
    refused("objects[0].parent", &["lead back"], |s| s.objects[0].parent = Some("ball".into()));
    refused("objects[0].track.poses", &["at least one"], |s| s.objects[0].track = Some(Track { poses: vec![] }));
    refused("objects[0].track.poses[1].translation", &["NaN"], |s| {
        s.objects[0].track = Some(Track { poses: vec![Pose::IDENTITY, Pose::from_translation(Vec3::NAN)] });
    });
    refused("objects[0].track.poses", &["a list of 2", "`animation`"], |s| {
        s.animation = None;
        s.objects[0].track = Some(Track { poses: vec![Pose::IDENTITY; 2] });
    });
    refused("camera.track.poses", &["at least one"], |s| s.camera.track = Some(Track { poses: vec![] }));
}

#[test]
fn every_member_of_a_cycle_is_named_and_nobody_else() {
    let mut s = still();
    s.objects.push(Object { name: "tail".into(), parent: Some("ball".into()), ..s.objects[0].clone() });
    s.objects[0].parent = Some("box".into());
    s.objects[1].parent = Some("ball".into());
    let invalid = s.validate().expect_err("a cycle");
    assert_eq!(
        invalid.violations.iter().map(|v| v.path.as_str()).collect::<Vec<_>>(),
        ["objects[0].parent", "objects[1].parent"]
    );
}

#[test]
fn all_that_is_wrong_is_told_at_once_and_long_lists_are_cut() {
    let mut s = still();
    s.camera.fov_y = -1.0;
    s.objects[1].id = 0;
    s.objects[1].material = "x\u{1b}[31m\n".repeat(50);
    let text = s.validate().expect_err("three faults").to_string();
    assert_eq!(text.lines().count(), 3, "{text}");
    assert!(!text.contains('\u{1b}') && text.len() < 600, "a hostile name must not reach the terminal: {text}");
    let poses = vec![Pose::from_translation(Vec3::NAN); 1000];
    s.objects[0].track = Some(Track { poses });
    let text = s.validate().expect_err("many faults").to_string();
    assert!(text.lines().count() == 21 && text.ends_with("... and 983 more"), "{text}");
}
