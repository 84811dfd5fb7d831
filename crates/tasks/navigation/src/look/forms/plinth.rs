//! Sculptures on pillars.

use core::f32::consts::PI;

use glam::{Vec2, Vec3, vec2, vec3};
use raytruth_task::props::form::{self, Outline, ball, cushion, lathe, ring, tube, turned};
use raytruth_task::props::{Prop, PropKind, Stuff};

use super::{Piece, Shade};
use crate::layout::Form;

/// Height of the pillars, metres.
const TOP: f32 = 1.0;
/// Half of the widest and of the highest that stands on them.
const HALF: f32 = 0.219;

pub(super) fn sculpture(form: Form) -> Vec<Piece> {
    let middle = Vec3::Z * (TOP + 0.06 + HALF);
    let foot = |radius: f32| turned(7, &collar(radius));
    let (stuff, body) = match form {
        Form::Ball => (Stuff::Ceramic, ball(middle, HALF, 28).and(foot(0.1))),
        Form::Cube => (Stuff::Ceramic, cushion(middle - 0.205, middle + 0.205, 0.022).and(foot(0.12))),
        Form::Cone => (Stuff::Ceramic, cone()),
        Form::Ring => (Stuff::Ceramic, hoop().at(middle).and(foot(0.12))),
        _ => return vase(),
    };
    vec![Piece::new("body", Shade::Own, stuff, body), pillar()]
}

/// What a sculpture stands on, of its colour.
fn collar(radius: f32) -> Outline {
    let z = TOP - 0.002;
    Outline::corners(&[
        [0.0, z, 0.0],
        [radius, z, 0.004],
        [radius, z + 0.03, 0.006],
        [0.6 * radius, z + 0.05, 0.01],
        [0.55 * radius, z + 0.09, 0.0],
        [0.0, z + 0.09, 0.0],
    ])
}

fn pillar() -> Piece {
    let outline = Outline::corners(&[
        [0.0, 0.0, 0.0],
        [0.065, 0.0, 0.004],
        [0.065, 0.09, 0.006],
        [0.04, 0.1, 0.004],
        [0.02, 0.125, 0.02],
        [0.02, 0.9, 0.006],
        [0.035, 0.925, 0.012],
        [0.055, 0.94, 0.006],
        [0.055, TOP, 0.006],
        [0.0, TOP, 0.0],
    ]);
    Piece::new("pillar", Shade::Pale, Stuff::Ceramic, lathe(Vec2::splat(0.115), 3, &outline))
}

fn cone() -> form::Form {
    let z = TOP - 0.002;
    turned(
        12,
        &Outline::corners(&[
            [0.0, z, 0.0],
            [HALF, z, 0.012],
            [HALF, z + 0.03, 0.012],
            [0.006, z + 0.5, 0.004],
            [0.0, z + 0.5, 0.0],
        ]),
    )
}

/// A thick ring about the y-axis.
fn hoop() -> form::Form {
    let (tube, n) = (0.06, 28);
    let points: Vec<Vec3> = (0..n)
        .map(|i| {
            let d = (HALF - tube) * Vec2::from_angle(2.0 * PI * i as f32 / n as f32);
            vec3(d.x, 0.0, d.y)
        })
        .collect();
    ring(tube, &points, 14)
}

/// The amphora of the props is a third of a metre high.
fn vase() -> Vec<Piece> {
    let side: Vec<[f32; 2]> = [
        (0.0, 0.0),
        (0.09, 0.002),
        (0.1, 0.02),
        (0.075, 0.05),
        (0.15, 0.15),
        (0.19, 0.26),
        (0.165, 0.345),
        (0.085, 0.405),
        (0.075, 0.44),
        (0.105, 0.492),
    ]
    .map(|(r, z)| [r, z + TOP - 0.002])
    .to_vec();
    let body = turned(6, &Outline::smooth(&side, 2).shell(0.012));
    let handles: form::Form = [-1.0, 1.0]
        .map(|s: f32| {
            let path = [vec2(0.083, 0.455), vec2(0.14, 0.468), vec2(0.193, 0.425), vec2(0.2, 0.36), vec2(0.172, 0.3)];
            tube(0.017, &path.map(|p| vec3(s * p.x, 0.0, p.y + TOP)), 8)
        })
        .into_iter()
        .collect();
    vec![Piece::new("body", Shade::Own, Stuff::Ceramic, body.and(handles)), pillar()]
}

/// Props of the kit that are landmarks too.
pub(super) fn prop(kind: PropKind, variant: u32, dress: impl Fn(&str) -> (Shade, Stuff)) -> Vec<Piece> {
    let parts = Prop::new(kind, variant).parts.into_iter();
    parts
        .map(|part| {
            let (shade, stuff) = dress(part.name);
            Piece { name: part.name, shade, stuff, mesh: part.mesh }
        })
        .collect()
}
