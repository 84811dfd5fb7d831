//! Upholstered seats.

use glam::{Vec2, Vec3, vec3};
use raytruth_task::props::form::{self, beam, corners, cushion};
use raytruth_task::props::{PropKind, Stuff};

use super::plinth::prop;
use super::{Piece, Shade};

pub(super) fn armchair() -> Vec<Piece> {
    let dress = |part: &str| match part {
        "feet" => (Shade::Dark, Stuff::Plastic),
        _ => (Shade::Own, Stuff::Fabric),
    };
    prop(PropKind::Chair, 1, dress)
}

pub(super) fn sofa() -> Vec<Piece> {
    let arm = |s: f32| cushion(vec3(s * 0.76 - 0.08, -0.38, 0.14), vec3(s * 0.76 + 0.08, 0.37, 0.62), 0.06);
    let base = cushion(vec3(-0.72, -0.36, 0.13), vec3(0.72, 0.37, 0.32), 0.03);
    let halves = [-1.0, 1.0];
    let stuffed = |s: f32, p: Vec3| {
        let x = p.x - s * 0.345;
        p + Vec3::Z * 0.22 * (0.1 - x * x).max(0.0)
    };
    let seats: form::Form = halves
        .map(|s: f32| {
            cushion(vec3(s * 0.345 - 0.34, -0.39, 0.3), vec3(s * 0.345 + 0.34, 0.22, 0.47), 0.055).shaped(|p| stuffed(s, p))
        })
        .into_iter()
        .collect();
    let backs: form::Form = halves
        .map(|s: f32| {
            let pad = cushion(vec3(s * 0.345 - 0.34, -0.1, -0.22), vec3(s * 0.345 + 0.34, 0.1, 0.26), 0.075);
            pad.turned(Vec3::X, -13.0).at(vec3(0.0, 0.2, 0.65))
        })
        .into_iter()
        .collect();
    let rest = cushion(vec3(-0.74, -0.07, -0.36), vec3(0.74, 0.07, 0.3), 0.05).turned(Vec3::X, -8.0).at(vec3(0.0, 0.31, 0.56));
    let feet: form::Form =
        corners(0.72, 0.31).map(|c| beam(c * 1.03, c + Vec3::Z * 0.15, Vec2::splat(0.04), 0.004)).into_iter().collect();
    let body = [arm(-1.0), arm(1.0), base, rest].into_iter().collect();
    vec![
        Piece::new("body", Shade::Own, Stuff::Fabric, body),
        Piece::new("cushions", Shade::Own, Stuff::Fabric, seats.and(backs)),
        Piece::new("feet", Shade::Dark, Stuff::Plastic, feet),
    ]
}
