//! Walls below the sky: what lies on their tops, and what stands before the high ones.

use glam::{Mat3, Quat, Vec2, Vec3, vec3};
use raytruth_scene::{Material, Pose, Role, Shape};
use raytruth_task::SceneBuilder;
use raytruth_task::interior::Wall;

use super::sight::clearance;
use crate::layout::{Family, Layout};
use crate::solids::{Solid, What};

/// Half of the width of what lies on walls, and its thickness, metres.
const WIDE: f32 = 0.1;
const THICK: f32 = 0.06;
/// From one pilaster to the next, half of its width, and how far it stands out of the middle of the wall.
const PITCH: f32 = 2.6;
const PILASTER: f32 = 0.2;
const PROUD: f32 = 0.105;

/// Copings along all walls.
pub(super) fn tops(set: &mut SceneBuilder, layout: &Layout, material: &Material) {
    for (i, wall) in layout.walls.iter().enumerate() {
        let half = vec3(0.5 * wall.from.distance(wall.to) + WIDE, WIDE, 0.5 * THICK);
        // Where two meet, none lies in the face of another.
        let z = wall.height + half.z - 0.001 * (i % 7) as f32;
        let shape = Shape::Box { half_extents: half, bevel: 0.012 };
        set.add(&format!("coping_{i}"), Role::Backdrop, shape, material).pose = lengthwise(wall, 0.5, z);
    }
}

/// Where pilasters stand before the walls around a square: each on its wall, at a part of its length.
fn places(layout: &Layout) -> Vec<(&Wall, f32)> {
    if layout.family != Family::Plaza {
        return Vec::new();
    }
    let is_free = |at: Vec2| {
        let others = layout.walls.iter().filter(|other| other.height < layout.height);
        let is_taken = layout.landmarks.iter().any(|landmark| {
            let rect = landmark.footprint();
            (at - at.clamp(rect.min, rect.max)).length() < 0.32
        });
        !is_taken && clearance(others, at) >= 0.3
    };
    let mut all = Vec::new();
    for wall in layout.walls.iter().filter(|wall| wall.height == layout.height) {
        let count = (wall.from.distance(wall.to) / PITCH).round().max(1.0) as u32;
        let parts = (0..=count).map(|i| i as f32 / count as f32);
        all.extend(parts.filter(|t| is_free(wall.from.lerp(wall.to, *t))).map(|t| (wall, t)));
    }
    all
}

/// What pilasters fill, which hides edges of walls and has its own.
pub(crate) fn pilaster_solids(layout: &Layout) -> Vec<Solid> {
    let solid = |(wall, t): (&Wall, f32)| {
        let along = (wall.to - wall.from).normalize_or(Vec2::X).abs();
        let (at, half) = (wall.from.lerp(wall.to, t), PILASTER * along + PROUD * along.perp().abs());
        Solid { min: (at - half).extend(0.0), max: (at + half).extend(wall.height), what: What::Wall }
    };
    places(layout).into_iter().map(solid).collect()
}

/// Pilasters before the walls around a square.
pub(super) fn pilasters(set: &mut SceneBuilder, layout: &Layout, material: &Material, foot: &Material) {
    for (n, (wall, t)) in places(layout).into_iter().enumerate() {
        let name = format!("pilaster_{n}");
        let shaft = Shape::Box { half_extents: vec3(PILASTER, PROUD, 0.5 * wall.height), bevel: 0.012 };
        set.add(&name, Role::Backdrop, shaft, material).pose = lengthwise(wall, t, 0.5 * wall.height);
        for (own, high, z, over, stuff) in
            [("foot", 0.05, 0.05, 0.014, foot), ("head", 0.07, wall.height - 0.12, 0.035, material)]
        {
            let shape = Shape::Box { half_extents: vec3(PILASTER + over, PROUD + over, high), bevel: 0.008 };
            set.part(&name, &format!("{name}_{own}"), shape, stuff).pose = lengthwise(wall, t, z);
        }
    }
}

/// At a part of a wall's length, x along it.
fn lengthwise(wall: &Wall, t: f32, z: f32) -> Pose {
    let along = (wall.to - wall.from).normalize_or(Vec2::X).extend(0.0);
    let axes = Mat3::from_cols(along, Vec3::Z.cross(along), Vec3::Z);
    Pose::new(wall.from.lerp(wall.to, t).extend(z), Quat::from_mat3(&axes))
}
