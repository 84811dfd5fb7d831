//! What is seen through mirrors and glass, against a ray tracer in `f64`.

use glam::{DQuat, DVec2, DVec3, Quat, Vec2, Vec3};
use raytruth_scene::{Absorption, Camera, Material, Object, Pose, Scene, Shape};

use super::{matte, object, proof, renderer, scene};
use crate::{Pass, Passes};

const WIDTH: usize = 64;
const SURFACES: usize = 32;

fn passes(scene: &Scene) -> Passes {
    let renderer = renderer();
    let mut clip = renderer.clip(scene, &proof(1)).expect("the scene is valid");
    super::passes(&mut clip, 0, &[Pass::Id, Pass::SpecularId])
}

/// Nearest hit beyond a hair: distance and outward normal.
fn hit(object: &Object, origin: DVec3, direction: DVec3) -> Option<(f64, DVec3)> {
    let (place, turn) = (object.pose.translation.as_dvec3(), object.pose.rotation.as_dquat().normalize());
    let (o, d) = (turn.inverse() * (origin - place), turn.inverse() * direction);
    let hair = 1e-6;
    let found = match &object.shape {
        Shape::Sphere { radius } => {
            let r = f64::from(*radius);
            let (b, c) = (o.dot(d), o.length_squared() - r * r);
            let root = (b * b - c).max(0.0).sqrt();
            let t = [-b - root, -b + root].into_iter().find(|t| *t > hair).filter(|_| b * b > c)?;
            (t, (o + t * d) / r)
        }
        Shape::Plane { size } => {
            let t = -o.z / d.z;
            let p = (o + t * d).truncate().abs();
            let half = 0.5 * size.as_dvec2();
            (t > hair && p.x <= half.x && p.y <= half.y).then_some((t, DVec3::Z))?
        }
        Shape::Box { half_extents, .. } => {
            let half = half_extents.as_dvec3();
            let (mut enter, mut leave) = ((f64::MIN, DVec3::ZERO), (f64::MAX, DVec3::ZERO));
            for axis in 0..3 {
                let out = DVec3::AXES[axis] * d[axis].signum();
                let (near, far) =
                    ((-half[axis] * d[axis].signum() - o[axis]) / d[axis], (half[axis] * d[axis].signum() - o[axis]) / d[axis]);
                if near > enter.0 {
                    enter = (near, -out);
                }
                if far < leave.0 {
                    leave = (far, out);
                }
            }
            let hit = if enter.0 > hair { enter } else { leave };
            (enter.0 < leave.0 && hit.0 > hair).then_some(hit)?
        }
        _ => panic!("not in these scenes"),
    };
    Some((found.0, turn * found.1))
}

/// Unpolarised reflectance and the cosine beyond, by Snell and Fresnel; `eta` is the index there over the one here.
fn fresnel(cos_i: f64, eta: f64) -> (f64, f64) {
    let sin2 = (1.0 - cos_i * cos_i) / (eta * eta);
    if sin2 >= 1.0 {
        return (1.0, 0.0);
    }
    let cos_t = (1.0 - sin2).sqrt();
    let s = (cos_i - eta * cos_t) / (cos_i + eta * cos_t);
    let p = (eta * cos_i - cos_t) / (eta * cos_i + cos_t);
    (0.5 * (s * s + p * p), cos_t)
}

/// Of the solids around a point, in the order in which they were entered, the one that is there.
fn there<'s>(scene: &'s Scene, around: &[&'s Object]) -> Option<&'s Material> {
    // The last one of those with the highest priority.
    around.iter().map(|o| &scene.materials[&o.material]).max_by_key(|m| m.priority)
}

fn follow(scene: &Scene, mut origin: DVec3, mut direction: DVec3) -> (u16, DVec3) {
    let mut throughput = DVec3::ONE;
    let mut around: Vec<&Object> = Vec::new();
    let mut id = 0;
    for _ in 0..SURFACES {
        let hits = scene.objects.iter().filter_map(|o| Some((o, hit(o, origin, direction)?)));
        let Some((object, (t, out))) = hits.min_by(|a, b| a.1.0.total_cmp(&b.1.0)) else { return (0, throughput) };
        let here = there(scene, &around);
        if let Some(a) = here.and_then(|m| m.absorption) {
            throughput *= a.color.as_dvec3().map(|c| c.powf(t / f64::from(a.distance)));
        }
        origin += t * direction;
        let m = &scene.materials[&object.material];
        let entering = out.dot(direction) < 0.0;
        let mut beyond = around.clone();
        if m.transmission > 0.0 && !m.thin {
            if entering {
                beyond.push(object);
            } else {
                beyond.retain(|o| o.name != object.name);
            }
            // The same solid on both sides.
            if here.map(std::ptr::from_ref) == there(scene, &beyond).map(std::ptr::from_ref) {
                around = beyond;
                continue;
            }
        }
        id = object.id;
        let [metallic, transmission, specular] = [m.metallic, m.transmission, m.specular].map(f64::from);
        let glass = (1.0 - metallic) * transmission;
        if m.roughness >= 0.1 || metallic.max(glass) <= 0.5 {
            break;
        }
        let n = if entering { out } else { -out };
        let cos_i = -n.dot(direction);
        let mirrored = direction + 2.0 * cos_i * n;
        let index = |m: Option<&Material>| m.map_or(1.0, |m| f64::from(m.ior));
        if metallic > 0.5 {
            // So much of metal's reflectance and of the dielectric's, by Schlick's approximation.
            let r0 = ((index(Some(m)) - index(here)) / (index(Some(m)) + index(here))).powi(2);
            let schlick = |f0: DVec3, f90: f64| f0 + (f90 - f0) * (1.0 - cos_i).powi(5);
            let (metal, rest) = (schlick(m.base_color.as_dvec3(), 1.0), schlick(DVec3::splat(specular * r0), specular));
            throughput *= metallic * metal + (1.0 - metallic) * rest;
            direction = mirrored;
            continue;
        }
        let eta = if m.thin { index(Some(m)) } else { index(there(scene, &beyond)) / index(here) };
        let (mut r, cos_t) = fresnel(cos_i, eta);
        if m.thin {
            r = 2.0 * r / (1.0 + r);
        }
        if r > 0.5 {
            throughput *= r;
            direction = mirrored;
        } else if m.thin {
            throughput *= (1.0 - r) * glass * m.absorption.map_or(DVec3::ONE, |a| a.color.as_dvec3());
        } else {
            throughput *= (1.0 - r) * glass;
            direction = direction / eta + (cos_i / eta - cos_t) * n;
            around = beyond;
        }
    }
    (id, throughput)
}

/// Compares every pixel whose path does not hang on a hundredth of a pixel. Returns how many see through something what they
/// would not see directly.
fn check(s: &Scene) -> usize {
    let passes = passes(s);
    let camera = &s.camera;
    let half = (0.5 * f64::from(camera.fov_y)).tan();
    let (eye, turn): (DVec3, DQuat) = (camera.pose.translation.as_dvec3(), camera.pose.rotation.as_dquat().normalize());
    let look = |x: f64, y: f64| {
        let film = 2.0 * DVec2::new(x / 64.0, y / 40.0) - 1.0;
        follow(s, eye, (turn * DVec3::new(film.x * half * 1.6, -film.y * half, -1.0)).normalize())
    };
    let (mut through, mut skipped) = (0, 0);
    for i in 0..passes.specular_id.len() {
        let (x, y) = ((i % WIDTH) as f64 + 0.5, (i / WIDTH) as f64 + 0.5);
        let (id, throughput) = look(x, y);
        let near = [(0.01, 0.0), (-0.01, 0.0), (0.0, 0.01), (0.0, -0.01)].map(|(dx, dy)| look(x + dx, y + dy));
        if near.iter().any(|n| n.0 != id || n.1.distance(throughput) > 0.02) {
            skipped += 1;
            continue;
        }
        assert_eq!(passes.specular_id[i], id, "pixel {x}, {y}");
        let got = Vec3::from_array(passes.specular_throughput[i]).as_dvec3();
        assert!(got.distance(throughput) < 3e-3, "pixel {x}, {y}: throughput {got}, not {throughput}");
        through += usize::from(id != passes.object_id[i]);
    }
    assert!(skipped < 100, "{skipped} of 2560 pixels are at an edge");
    through
}

/// A floor, a wall, a ball and a box, all matte, and something between them and the camera.
fn behind(name: &str, what: Material, shape: Shape, pose: Pose) -> Scene {
    let camera = Camera::look_at(Vec3::new(0.2, -3.0, 0.9), Vec3::new(0.0, 0.0, 0.4), 0.6);
    scene(
        camera,
        Vec3::ONE,
        &[("matte", matte(0.5)), (name, what)],
        vec![
            object(1, Shape::Plane { size: Vec2::splat(6.0) }, "matte", Pose::IDENTITY),
            object(2, Shape::Sphere { radius: 0.3 }, "matte", Pose::from_translation(Vec3::new(-0.5, 0.7, 0.3))),
            object(
                3,
                Shape::Box { half_extents: Vec3::new(0.3, 0.2, 0.4), bevel: 0.0 },
                "matte",
                Pose::new(Vec3::new(0.6, 0.8, 0.4), Quat::from_rotation_z(0.4)),
            ),
            object(4, Shape::Sphere { radius: 0.35 }, "matte", Pose::from_translation(Vec3::new(0.8, -1.4, 0.35))),
            object(5, shape, name, pose),
        ],
    )
}

fn metal(color: Vec3) -> Material {
    Material { base_color: color, metallic: 1.0, roughness: 0.02, ..Material::default() }
}

fn glass() -> Material {
    Material { transmission: 1.0, roughness: 0.0, ior: 1.5, ..Material::default() }
}

#[test]
fn a_mirror_ball_shows_the_room() {
    let gold = metal(Vec3::new(1.0, 0.8, 0.3));
    let s = behind("gold", gold, Shape::Sphere { radius: 0.5 }, Pose::from_translation(Vec3::new(0.0, 0.0, 0.5)));
    assert!(check(&s) > 200);
}

#[test]
fn a_flat_mirror_shows_what_is_before_it() {
    let silver = metal(Vec3::splat(0.95));
    let pose = Pose::new(Vec3::new(0.0, 0.3, 0.5), Quat::from_rotation_z(0.3) * Quat::from_rotation_x(1.5));
    let s = behind("silver", silver, Shape::Plane { size: Vec2::new(1.6, 1.0) }, pose);
    assert!(check(&s) > 200);
}

#[test]
fn a_slab_of_glass_shifts_what_is_behind_it() {
    let green = Absorption { color: Vec3::new(0.4, 0.9, 0.5), distance: 0.2 };
    let slab = Material { absorption: Some(green), ..glass() };
    let pose = Pose::new(Vec3::new(0.0, -0.3, 0.5), Quat::from_rotation_z(0.7));
    let s = behind("slab", slab, Shape::Box { half_extents: Vec3::new(0.6, 0.12, 0.45), bevel: 0.0 }, pose);
    assert!(check(&s) > 200);
}

#[test]
fn a_ball_of_glass_turns_the_picture_over() {
    let s = behind("glass", glass(), Shape::Sphere { radius: 0.5 }, Pose::from_translation(Vec3::new(0.0, -0.2, 0.5)));
    assert!(check(&s) > 200);
}

/// Water that reaches into the wall of its glass, and a rough stone of glass that is hidden in that wall.
#[test]
fn water_in_a_glass_is_seen_through_both() {
    let at = |x: f32| Pose::from_translation(Vec3::new(x, -0.2, 0.5));
    let mut s = behind("glass", Material { priority: 2, ..glass() }, Shape::Sphere { radius: 0.45 }, at(-0.1));
    let blue = Absorption { color: Vec3::new(0.5, 0.7, 0.9), distance: 0.5 };
    let water = Material { ior: 1.33, priority: 1, absorption: Some(blue), ..glass() };
    s.materials.insert("water".into(), water);
    s.materials.insert("stone".into(), Material { ior: 1.8, roughness: 0.4, ..glass() });
    s.objects.push(object(6, Shape::Sphere { radius: 0.4 }, "water", at(0.25)));
    s.objects.push(object(7, Shape::Sphere { radius: 0.1 }, "stone", at(-0.25)));
    assert!(check(&s) > 200);
    assert!(!passes(&s).specular_id.contains(&7), "what is hidden is not seen");
}

#[test]
fn a_pane_tints_and_bends_nothing() {
    let tint = Absorption { color: Vec3::new(0.9, 0.5, 0.2), distance: 1.0 };
    let pane = Material { thin: true, absorption: Some(tint), ..glass() };
    let pose = Pose::new(Vec3::new(0.0, -0.5, 0.5), Quat::from_rotation_x(1.4));
    let s = behind("pane", pane, Shape::Plane { size: Vec2::splat(0.8) }, pose);
    assert!(check(&s) > 200);
}

/// Of what is partly metal or glass, so much of the light goes on.
#[test]
fn mixtures_send_on_their_part() {
    let at = Pose::from_translation(Vec3::new(0.0, -0.2, 0.5));
    for mixture in [
        Material { transmission: 0.8, ..glass() },
        Material { transmission: 0.9, metallic: 0.2, thin: true, ..glass() },
        Material { metallic: 0.7, specular: 0.5, ..metal(Vec3::new(1.0, 0.8, 0.3)) },
    ] {
        assert!(check(&behind("mixture", mixture, Shape::Sphere { radius: 0.5 }, at)) > 150);
    }
}

/// Rough metal, rough glass and what is half of each stop the ray.
#[test]
fn what_shows_no_picture_is_seen_itself() {
    let at = Pose::from_translation(Vec3::new(0.0, 0.0, 0.5));
    for (material, goes_on) in [
        (Material { roughness: 0.09, ..metal(Vec3::splat(0.9)) }, true),
        (Material { roughness: 0.11, ..metal(Vec3::splat(0.9)) }, false),
        (Material { roughness: 0.3, ..glass() }, false),
        (Material { transmission: 0.4, ..glass() }, false),
        (Material { metallic: 0.4, roughness: 0.0, ..Material::default() }, false),
        // A varnish does not make wood a mirror.
        (Material { coat: 1.0, coat_roughness: 0.0, ..matte(0.5) }, false),
    ] {
        let s = behind("m", material.clone(), Shape::Sphere { radius: 0.5 }, at);
        let passes = passes(&s);
        let stopped = passes.specular_id == passes.object_id;
        assert_eq!(stopped, !goes_on, "{material:?}");
        assert_eq!(stopped, passes.specular_throughput.iter().all(|t| *t == [1.0; 3]), "{material:?}");
    }
}
