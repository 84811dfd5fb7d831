//! Monuments of stone.

use core::f32::consts::PI;

use glam::{Vec2, Vec3, vec2, vec3};
use raytruth_task::props::Stuff;
use raytruth_task::props::form::{self, Outline, ball, board, lathe, slab, turned};

use super::{Piece, Shade};
use crate::layout::Form;

fn stone(name: &'static str, shade: Shade, form: form::Form) -> Piece {
    Piece::new(name, shade, Stuff::Ceramic, form)
}

/// A square slab on a level, with a small bevel.
fn step(half: f32, from: f32, to: f32) -> form::Form {
    board(vec3(-half, -half, from), vec3(half, half, to), 0.014)
}

pub(super) fn fountain() -> Vec<Piece> {
    let basin = Outline::corners(&[
        [0.0, 0.0, 0.0],
        [0.648, 0.0, 0.004],
        [0.648, 0.08, 0.012],
        [0.6, 0.1, 0.004],
        [0.6, 0.33, 0.004],
        [0.645, 0.36, 0.004],
        [0.645, 0.42, 0.012],
        [0.53, 0.42, 0.004],
        [0.52, 0.12, 0.0],
        [0.0, 0.12, 0.0],
    ]);
    let pillar = Outline::smooth(
        &[
            [0.0, 0.1],
            [0.2, 0.11],
            [0.19, 0.17],
            [0.095, 0.28],
            [0.09, 0.42],
            [0.13, 0.6],
            [0.075, 0.82],
            [0.1, 0.93],
            [0.0, 0.98],
        ],
        2,
    );
    let bowl = Outline::smooth(&[[0.0, 0.9], [0.12, 0.91], [0.3, 0.985], [0.415, 1.1]], 2).shell(0.025);
    let finial = Outline::smooth(
        &[[0.0, 0.9], [0.06, 0.93], [0.045, 1.08], [0.06, 1.18], [0.1, 1.36], [0.065, 1.435], [0.02, 1.48], [0.0, 1.498]],
        2,
    );
    let water = |radius: f32, z: f32| {
        turned(5, &Outline::corners(&[[0.0, z - 0.02, 0.0], [radius, z - 0.02, 0.0], [radius, z, 0.0], [0.0, z, 0.0]]))
    };
    let body = [turned(7, &basin), turned(4, &pillar), turned(6, &bowl), turned(3, &finial)].into_iter().collect();
    let pools = water(0.526, 0.33).and(water(0.37, 1.065));
    vec![stone("body", Shade::Own, body), Piece::new("water", Shade::Dark, Stuff::Plastic, pools)]
}

/// Half of the arch's opening and of its depth, metres.
const GATE: f32 = 0.43;
const DEPTH: f32 = 0.15;
/// Height at which it begins to bend.
const SPRING: f32 = 1.46;

pub(super) fn arch() -> Vec<Piece> {
    let size = Form::Arch.size();
    let (wide, top) = (0.5 * size.x - 0.055, size.z - 0.13);
    let pier = |s: f32| {
        let (a, b) = (s * GATE, s * wide);
        board(vec3(a.min(b), -DEPTH, 0.16), vec3(a.max(b), DEPTH, SPRING + 0.01), 0.006)
    };
    // From the right springing over the crown to the left, corners among its vertices.
    let corner = vec2(wide, top - SPRING);
    let split = libm::atan2f(corner.y, corner.x) / PI;
    let rim = move |u: f32| {
        let d = Vec2::from_angle(PI * bent(u, split));
        let outer = d * (corner.x / d.x.abs().max(1e-6)).min(corner.y / d.y.max(1e-6));
        (d * GATE, outer)
    };
    let face = move |y: f32| {
        move |u: f32, v: f32| {
            let (inner, outer) = rim(u);
            let p = inner.lerp(outer, v);
            vec3(p.x, y, SPRING + p.y)
        }
    };
    let spandrel = slab([24, 2], move |u, v| face(-DEPTH)(1.0 - u, 1.0 - v), move |u, v| face(DEPTH)(1.0 - u, 1.0 - v));
    let ring = |y: f32| {
        move |u: f32, v: f32| {
            let p = Vec2::from_angle(PI * u) * (GATE - 0.012 + 0.1 * v);
            vec3(p.x, y, SPRING + p.y)
        }
    };
    let proud = DEPTH + 0.018;
    let archivolt = slab([24, 1], move |u, v| ring(-proud)(1.0 - u, 1.0 - v), move |u, v| ring(proud)(1.0 - u, 1.0 - v));
    let band = |x: [f32; 2], z: [f32; 2], y: f32| board(vec3(x[0], -y, z[0]), vec3(x[1], y, z[1]), 0.01);
    let cornice = band([-0.5 * size.x + 0.001, 0.5 * size.x - 0.001], [top - 0.005, size.z - 0.001], 0.5 * size.y - 0.001);
    let sides = [-1.0, 1.0];
    let both = |near: f32, far: f32, z: [f32; 2], y: f32| -> form::Form {
        sides.map(|s: f32| band([(s * near).min(s * far), (s * near).max(s * far)], z, y)).into_iter().collect()
    };
    let feet = both(GATE - 0.03, wide + 0.04, [0.0, 0.17], 0.5 * size.y - 0.002);
    let imposts = both(GATE - 0.025, wide + 0.035, [SPRING - 0.07, SPRING], proud + 0.012);
    let keystone = band([-0.065, 0.065], [SPRING + GATE - 0.03, top], proud + 0.012);
    let body = [pier(-1.0), pier(1.0), spandrel, archivolt, cornice, imposts].into_iter().collect();
    vec![stone("body", Shade::Own, body), stone("keystone", Shade::Deep, keystone), stone("feet", Shade::Pale, feet)]
}

/// Evenly from 0 to 1, but such that a third and two thirds of the way lie at `split` and 1 − `split`.
fn bent(u: f32, split: f32) -> f32 {
    if u < 1.0 / 3.0 {
        3.0 * u * split
    } else if u > 2.0 / 3.0 {
        1.0 - 3.0 * (1.0 - u) * split
    } else {
        split + (3.0 * u - 1.0) * (1.0 - 2.0 * split)
    }
}

pub(super) fn obelisk() -> Vec<Piece> {
    let foot = step(0.349, 0.0, 0.13);
    let plinth = step(0.27, 0.12, 0.26).and(step(0.23, 0.25, 0.55)).and(step(0.26, 0.54, 0.6));
    // A square that narrows: half of its edge from the foot of the shaft to that of its point.
    let (low, high) = (0.185, 0.125);
    let taper = move |p: Vec3| {
        let t = (p.z - 0.59) / 1.91;
        let half = if t < 1.0 { low + (high - low) * t } else { (high * (2.798 - p.z) / 0.298).max(0.004) };
        vec3(p.x * half, p.y * half, p.z)
    };
    let side = Outline::corners(&[[0.0, 0.59, 0.0], [0.1, 0.59, 0.0], [0.1, 2.5, 0.0], [0.1, 2.797, 0.0], [0.0, 2.797, 0.0]]);
    let shaft = lathe(Vec2::splat(0.9), 3, &side.cut(0.7)).shaped(taper);
    vec![stone("shaft", Shade::Own, shaft.and(plinth)), stone("foot", Shade::Pale, foot)]
}

pub(super) fn column() -> Vec<Piece> {
    let foot = step(0.299, 0.0, 0.1);
    let base = Outline::corners(&[
        [0.0, 0.09, 0.0],
        [0.27, 0.09, 0.004],
        [0.27, 0.17, 0.03],
        [0.215, 0.19, 0.004],
        [0.215, 0.215, 0.004],
        [0.24, 0.22, 0.02],
        [0.24, 0.27, 0.024],
        [0.19, 0.29, 0.01],
        [0.0, 0.29, 0.0],
    ]);
    let side = Outline::smooth(&[[0.0, 0.28], [0.185, 0.281], [0.186, 0.7], [0.178, 1.2], [0.162, 1.7], [0.0, 1.702]], 2);
    // Flutes, three facets each.
    let fluted = turned(12, &side).shaped(|p| {
        let wave = Vec2::from_angle(16.0 * p.truncate().to_angle()).x;
        (p.truncate() * (1.0 + 0.035 * wave)).extend(p.z)
    });
    let capital = Outline::corners(&[
        [0.0, 1.69, 0.0],
        [0.17, 1.69, 0.004],
        [0.19, 1.72, 0.004],
        [0.172, 1.74, 0.004],
        [0.18, 1.79, 0.0],
        [0.24, 1.85, 0.015],
        [0.25, 1.875, 0.0],
        [0.0, 1.875, 0.0],
    ]);
    let abacus = step(0.26, 1.87, 1.95);
    let globe = ball(Vec3::Z * 2.235, 0.263, 18);
    let neck = turned(
        6,
        &Outline::corners(&[[0.0, 1.94, 0.0], [0.14, 1.94, 0.01], [0.1, 1.99, 0.02], [0.11, 2.03, 0.0], [0.0, 2.03, 0.0]]),
    );
    let body = [turned(5, &base), fluted, turned(5, &capital), abacus, neck, globe].into_iter().collect();
    vec![stone("body", Shade::Own, body), stone("foot", Shade::Pale, foot)]
}
