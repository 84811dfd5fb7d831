//! Books.

use glam::{Vec2, Vec3, vec2, vec3};

use super::form::{Form, board, sheet, slab};
use super::{PropPart, Stuff, part};

/// Half of the width and of the height of a cover, metres.
const COVER: Vec2 = vec2(0.085, 0.12);
const BOARD: f32 = 0.003;

pub(super) fn book(variant: u32) -> Vec<PropPart> {
    match variant {
        0 => closed(),
        1 => open(),
        _ => standing(),
    }
}

/// A cover around a spine at -x, and the pages within, lying: thickness of the whole.
fn volume(thick: f32) -> [Form; 2] {
    let (x, y) = (COVER.x, COVER.y);
    let half = 0.5 * (thick - BOARD);
    // From the lower fore-edge around the spine to the upper one.
    let bulge = 0.45 * half;
    let cover = sheet([20, 3], BOARD, move |u, v| {
        let y = y * (1.0 - 2.0 * v);
        let flat = |t: f32| -x + 2.0 * x * t;
        let p = if u < 0.35 {
            vec2(flat(1.0 - u / 0.35), -half)
        } else if u > 0.65 {
            vec2(flat((u - 0.65) / 0.35), half)
        } else {
            let d = Vec2::from_angle(std::f32::consts::PI * ((u - 0.35) / 0.3 - 0.5));
            vec2(-x - bulge * d.x, half * d.y)
        };
        vec3(p.x, y, p.y + half + 0.5 * BOARD)
    });
    // The fore-edge is hollowed.
    let fore = move |v: f32| x - 0.004 - 0.006 * 4.0 * v * (1.0 - v);
    let block = |y: f32| move |u: f32, v: f32| vec3(-x + (fore(v) + x) * u, y, BOARD + (thick - 2.0 * BOARD) * v);
    let pages = slab([2, 6], block(-y + 0.004), block(y - 0.004));
    [cover, pages]
}

fn closed() -> Vec<PropPart> {
    let [cover, pages] = volume(0.036);
    let ribbon = sheet([12, 1], 0.0008, |u, v| {
        let t = u.clamp(0.0, 1.0);
        vec3(-0.02 + 0.006 * t + 0.004 * (1.0 - 2.0 * v), -COVER.y + 0.01 - 0.05 * t, 0.02 - 0.0192 * t * t * (3.0 - 2.0 * t))
    });
    vec![part("cover", Stuff::Fabric, cover), part("pages", Stuff::Paper, pages), part("ribbon", Stuff::Fabric, ribbon)]
}

fn open() -> Vec<PropPart> {
    let (x, y) = (2.0 * COVER.x, COVER.y);
    // Height of the leaves over the middle of the spine, by the distance from it as part of their width.
    let page = move |t: f32| {
        let t = t.clamp(-0.01, 1.01);
        0.006 + 0.115 * t * (1.0 - t) * (1.0 - t) + 0.006 * (1.0 - t) + 0.05 * t * (1.0 - t) * 0.25
    };
    let half = |s: f32| {
        let at = move |t: f32, v: f32, z: f32| vec3(s * (x - 0.006) * t, (y - 0.004) * (2.0 * v - 1.0), z);
        let upper = move |u: f32, v: f32| {
            let t = if s > 0.0 { u } else { 1.0 - u };
            at(t, v, page(t))
        };
        let lower = move |u: f32, v: f32| at(if s > 0.0 { u } else { 1.0 - u }, v, 0.0028);
        slab([14, 2], upper, lower)
    };
    let cover = board(vec3(0.006, -y, 0.0), vec3(x, y, BOARD), 0.001).doubled(Vec3::X).and(board(
        vec3(-0.012, -y, 0.0),
        vec3(0.012, y, 0.0022),
        0.0008,
    ));
    // A leaf on its way over.
    let turning = sheet([8, 2], 0.0006, |u, v| {
        let t = u;
        vec3(0.004 + 0.105 * t - 0.03 * t * t, (y - 0.005) * (2.0 * v - 1.0), 0.012 + 0.165 * t - 0.05 * t * t)
    });
    vec![
        part("cover", Stuff::Fabric, cover),
        part("pages", Stuff::Paper, half(1.0).and(half(-1.0))),
        part("leaf", Stuff::Paper, turning),
    ]
}

fn standing() -> Vec<PropPart> {
    let (width, high) = (2.0 * COVER.x, 2.0 * COVER.y);
    let spread = 24.0;
    // Each side is built along +x from the spine, standing, then swung open to the back.
    let wing = |form: Form, s: f32, angle: f32| form.turned(Vec3::Z, if s > 0.0 { angle } else { 180.0 - angle });
    let mut cover = sheet([12, 1], BOARD, |u, v| {
        let d = Vec2::from_angle(std::f32::consts::PI * (1.0 + u));
        vec3(0.016 * d.x, 0.007 + 0.014 * d.y, high * v)
    });
    let mut pages = Form::default();
    for s in [-1.0, 1.0] {
        cover.add(wing(board(vec3(0.012, -0.5 * BOARD, 0.0), vec3(width, 0.5 * BOARD, high), 0.0012), s, spread));
        // Leaves fan out between the covers.
        for i in 0..5 {
            let angle = spread + 3.5 + 12.5 * i as f32;
            let thick = if i == 0 { 0.009 } else { 0.0012 };
            let leaf = sheet([5, 1], thick, move |u, v| {
                let bow = 0.02 * u * (1.0 - u);
                vec3(0.008 + (width - 0.014) * u, bow + 0.5 * thick, 0.004 + (high - 0.008) * v)
            });
            let leaf = if s > 0.0 { leaf } else { leaf.mirrored(Vec3::Y) };
            pages.add(wing(leaf, s, angle));
        }
    }
    vec![part("cover", Stuff::Fabric, cover), part("pages", Stuff::Paper, pages)]
}
