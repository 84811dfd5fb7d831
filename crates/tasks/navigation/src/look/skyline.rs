//! Houses around what lies below the sky: above the walls one sees their upper floors and roofs.

use core::f32::consts::FRAC_PI_2;

use glam::{Quat, Vec2, Vec3, vec3};
use raytruth_scene::{Environment, Material, Mesh, Pose, Role, Shape};
use raytruth_task::dress::paint::tint;
use raytruth_task::interior::plaster;
use raytruth_task::{Rng, SceneBuilder};

use super::style::Calm;
use crate::layout::Layout;

/// From the outermost walls to the houses, metres.
const AWAY: (f64, f64) = (10.0, 13.0);
/// Heights of eaves and of storeys.
const EAVES: (f64, f64) = (7.0, 10.5);
const STOREY: f32 = 2.9;

/// A row of houses on each side.
pub(super) fn houses(set: &mut SceneBuilder, layout: &Layout, calm: &Calm, rng: &mut Rng) {
    let (half, middle) = (0.5 * layout.area.size(), layout.area.center());
    let sun = match &set.scene.environment {
        Environment::Gradient { sun: Some(sun), .. } => sun.direction,
        _ => Vec3::Z,
    };
    let mut n = 0;
    for side in 0..4 {
        let turn = Quat::from_rotation_z(FRAC_PI_2 * side as f32);
        let (reach, along) = if side % 2 == 0 { (half.y, half.x) } else { (half.x, half.y) };
        let mut x = -along - 8.0;
        while x < along + 6.0 {
            let wide = rng.range(5.0, 8.5) as f32;
            let away = rng.range(AWAY.0, AWAY.1) as f32;
            // None of them takes the sun away.
            let towards = (turn.inverse() * sun).y / sun.truncate().length().max(1e-3);
            let most = if towards > 0.1 { away * sun.z / sun.truncate().length() / towards - 2.6 } else { f32::MAX };
            let eaves = (rng.range(EAVES.0, EAVES.1) as f32).min(most);
            if eaves > 4.5 {
                let at = turn * vec3(x + 0.5 * wide, reach + away, 0.0) + middle.extend(0.0);
                house(set, &format!("house_{n}"), Pose::new(at, turn), Vec2::new(wide, eaves), calm, rng);
                n += 1;
            }
            x += wide + rng.range(0.0, 1.6) as f32 * f32::from(rng.chance(0.3));
        }
    }
}

/// One whose front looks to −y, `size` wide and high up to its eaves.
fn house(set: &mut SceneBuilder, name: &str, pose: Pose, size: Vec2, calm: &Calm, rng: &mut Rng) {
    let wall = plaster(tint(rng.range(30.0, 110.0), rng.range(0.04, 0.16) as f32, rng.range(0.34, 0.6) as f32), rng);
    let roof = Material {
        base_color: tint(rng.range(20.0, 70.0), rng.range(0.05, 0.16) as f32, rng.range(0.1, 0.2) as f32),
        roughness: 0.9,
        ..Material::default()
    };
    let trim = Material { base_color: tint(70.0, 0.06, rng.range(0.5, 0.62) as f32), roughness: 0.8, ..Material::default() };
    let glass = Material { base_color: Vec3::splat(0.05), roughness: 0.15, ..Material::default() };
    let deep = 6.0;
    let body = Shape::Box { half_extents: vec3(0.5 * size.x, 0.5 * deep, 0.5 * size.y), bevel: 0.0 };
    let mut part = |own: &str, shape: Shape, at: Pose, material: &Material| {
        let material = &calm.material(material);
        let object = match own {
            "" => set.add(name, Role::Backdrop, shape, material),
            own => set.part(name, &format!("{name}_{own}"), shape, material),
        };
        object.pose = pose.mul(&at);
    };
    part("", body, Pose::from_translation(vec3(0.0, 0.5 * deep, 0.5 * size.y)), &wall);
    let cornice = Shape::Box { half_extents: vec3(0.5 * size.x + 0.12, 0.16, 0.16), bevel: 0.0 };
    part("cornice", cornice, Pose::from_translation(vec3(0.0, -0.02, size.y)), &trim);
    let (columns, rows) = ((size.x / rng.range(1.5, 2.0) as f32) as u32, (size.y / STOREY) as u32);
    let (wide, high) = (rng.range(0.75, 1.0) as f32, rng.range(1.3, 1.7) as f32);
    let mut panes = [Mesh::default(), Mesh::default()];
    for (row, column) in (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column))) {
        let x = size.x * ((column as f32 + 0.5) / columns as f32 - 0.5);
        let z = size.y - 0.55 - STOREY * row as f32 - 0.5 * high;
        upright(&mut panes[0], Vec2::new(x, z), 0.5 * Vec2::new(wide + 0.26, high + 0.26), -0.01);
        let pane = 0.5 * Vec2::new(0.5 * wide - 0.03, high);
        for s in [-1.0, 1.0] {
            upright(&mut panes[1], Vec2::new(x + s * 0.25 * wide, z), pane, -0.02);
        }
    }
    let [frames, panes] = panes;
    let height = rng.range(1.5, 2.6) as f32;
    for (own, mesh, material) in [("frames", frames, &trim), ("panes", panes, &glass), ("roof", gable(size, deep, height), &roof)]
    {
        let key = format!("{name}_{own}");
        set.scene.meshes.insert(key.clone(), mesh);
        let object = set.part(name, &key, Shape::Mesh { mesh: key.clone() }, &calm.material(material));
        object.pose = pose;
    }
}

/// Adds a rectangle that looks to −y.
fn upright(mesh: &mut Mesh, at: Vec2, half: Vec2, y: f32) {
    let corner = |x: f32, z: f32| vec3(at.x + x * half.x, y, at.y + z * half.y);
    quad(mesh, [corner(-1.0, -1.0), corner(1.0, -1.0), corner(1.0, 1.0), corner(-1.0, 1.0)]);
}

fn quad(mesh: &mut Mesh, corners: [Vec3; 4]) {
    let first = mesh.positions.len() as u32;
    mesh.positions.extend(corners);
    mesh.triangles.extend([[first, first + 1, first + 2], [first, first + 2, first + 3]]);
}

/// A roof whose ridge runs along the front.
fn gable(size: Vec2, deep: f32, height: f32) -> Mesh {
    let mut mesh = Mesh::default();
    let (x, over) = (0.5 * size.x + 0.05, 0.35);
    let at = |s: f32, y: f32, z: f32| vec3(s * x, y, size.y + z);
    let [a, b, c, d] = [at(-1.0, -over, 0.0), at(1.0, -over, 0.0), at(1.0, 0.5 * deep, height), at(-1.0, 0.5 * deep, height)];
    let [e, f] = [at(1.0, deep + over, 0.0), at(-1.0, deep + over, 0.0)];
    quad(&mut mesh, [a, b, c, d]);
    quad(&mut mesh, [d, c, e, f]);
    let first = mesh.positions.len() as u32;
    mesh.positions.extend([b, e, c, f, a, d]);
    mesh.triangles.extend([[first, first + 1, first + 2], [first + 3, first + 4, first + 5]]);
    mesh
}
