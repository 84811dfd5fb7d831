//! Tables.

use glam::{Vec2, Vec3, vec2, vec3};

use super::form::{Form, Outline, beam, board, corners, lathe, rod, turned};
use super::{PropPart, Stuff, part};

pub(super) fn table(variant: u32) -> Vec<PropPart> {
    match variant {
        0 => four_legs(),
        1 => one_foot(),
        _ => trestle(),
    }
}

/// A rounded plate with its upper face at a height.
fn plate(core: Vec2, radius: f32, top: f32, thickness: f32, edge: f32) -> Form {
    let low = top - thickness;
    let quarter = if core == Vec2::ZERO { 12 } else { 6 };
    lathe(core, quarter, &Outline::corners(&[[0.0, low, 0.0], [radius, low, edge], [radius, top, edge], [0.0, top, 0.0]]))
}

fn four_legs() -> Vec<PropPart> {
    let top = plate(vec2(0.64, 0.34), 0.06, 0.745, 0.03, 0.01);
    let legs = corners(1.0, 1.0).map(|c| {
        let (above, below) = (vec3(0.59, 0.29, 0.716), vec3(0.64, 0.34, 0.0));
        rod(c * below, (c * above).with_z(0.716), [0.017, 0.03])
    });
    let rails = [-1.0, 1.0].map(|s| {
        board(vec3(-0.58, s * 0.28 - 0.011, 0.635), vec3(0.58, s * 0.28 + 0.011, 0.716), 0.003).and(board(
            vec3(s * 0.57 - 0.011, -0.27, 0.635),
            vec3(s * 0.57 + 0.011, 0.27, 0.716),
            0.003,
        ))
    });
    let frame = legs.into_iter().chain(rails).collect();
    vec![part("top", Stuff::Wood, top), part("frame", Stuff::Wood, frame)]
}

fn one_foot() -> Vec<PropPart> {
    let top = plate(Vec2::ZERO, 0.46, 0.74, 0.028, 0.013);
    let column = Outline::corners(&[[0.0, 0.0, 0.0], [0.25, 0.0, 0.004], [0.25, 0.012, 0.006], [0.12, 0.03, 0.05]])
        .then(Outline::smooth(&[[0.12, 0.03], [0.06, 0.055], [0.036, 0.12], [0.032, 0.35], [0.034, 0.6], [0.06, 0.68]], 3))
        .then(Outline::corners(&[[0.06, 0.68, 0.0], [0.17, 0.7, 0.008], [0.17, 0.713, 0.002], [0.0, 0.713, 0.0]]));
    vec![part("top", Stuff::Wood, top), part("foot", Stuff::Metal, turned(8, &column))]
}

fn trestle() -> Vec<PropPart> {
    let planks = (-1..=1)
        .map(|i| {
            let y = 0.262 * i as f32;
            board(vec3(-0.9, y - 0.129, 0.705), vec3(0.9, y + 0.129, 0.742), 0.005)
        })
        .collect();
    let trestles: Form = [-0.62, 0.62]
        .map(|x: f32| {
            let foot = |s: f32| beam(vec3(x, s * 0.33, 0.0), vec3(x, s * 0.06, 0.68), vec2(0.055, 0.04), 0.004);
            let head = board(vec3(x - 0.035, -0.34, 0.655), vec3(x + 0.035, 0.34, 0.706), 0.005);
            let tie = board(vec3(x - 0.022, -0.27, 0.2), vec3(x + 0.022, 0.27, 0.245), 0.004);
            [foot(-1.0), foot(1.0), head, tie].into_iter().collect()
        })
        .into_iter()
        .collect();
    let braces = [-1.0, 1.0]
        .map(|s: f32| beam(vec3(s * 0.6, 0.0, 0.24), vec3(s * 0.22, 0.0, 0.7), vec2(0.035, 0.03), 0.004))
        .into_iter()
        .collect::<Form>()
        .and(board(vec3(-0.7, -0.02, 0.205), vec3(0.7, 0.02, 0.24), 0.004));
    vec![part("top", Stuff::Wood, planks), part("trestles", Stuff::Wood, trestles.and(braces).at(Vec3::ZERO))]
}
