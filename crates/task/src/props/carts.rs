//! Carts: hollow, on wheels that turn about x, so that they roll along y.

use glam::{Vec2, Vec3, vec2, vec3};

use super::form::{Form, Outline, beam, board, lathe, rod, tub, tube, turned};
use super::{PropPart, Stuff, part};

pub(super) fn cart(variant: u32) -> Vec<PropPart> {
    match variant {
        0 => wagon(),
        1 => barrow(),
        _ => mine_tub(),
    }
}

/// A wheel's tyre and its disc with a hub, about the x-axis.
fn wheel(radius: f32, width: f32, at: Vec3) -> [Form; 2] {
    let (w, inner) = (0.5 * width, 0.72 * radius);
    let tyre = Outline::around(&[[inner, -w, 0.0], [radius, -w, 0.6 * w], [radius, w, 0.6 * w], [inner, w, 0.0]]);
    let (rim, hub) = (inner + 0.003, 0.3 * radius);
    let (out, flat) = (1.15 * w, 0.5 * w);
    let disc = [[0.0, -out], [hub, -out], [rim, -flat], [rim, flat], [hub, out], [0.0, out]];
    let disc = Outline::corners(&disc.map(|[r, x]| [r, x, 0.0]));
    [turned(5, &tyre), turned(5, &disc)].map(|form| form.turned(Vec3::Y, 90.0).at(at))
}

/// Wheels at some places, sorted into tyres and discs.
fn wheels(radius: f32, width: f32, places: impl IntoIterator<Item = Vec3>) -> [Form; 2] {
    places
        .into_iter()
        .map(|at| wheel(radius, width, at))
        .fold([Form::default(), Form::default()], |[a, b], [c, d]| [a.and(c), b.and(d)])
}

/// A tub whose upper edge is wider than its floor by a factor, with floor and height.
fn flared(half: Vec2, height: f32, wall: f32, radius: f32, flare: Vec2) -> Form {
    tub(half, height, wall, radius).shaped(move |p| {
        let wide = Vec2::ONE + (flare - 1.0) * p.z / height;
        (p.truncate() * wide).extend(p.z)
    })
}

fn wagon() -> Vec<PropPart> {
    let body = tub(vec2(0.24, 0.42), 0.2, 0.012, 0.03).at(Vec3::Z * 0.17);
    let rim = Outline::around(&[[0.015, 0.358, 0.003], [0.036, 0.358, 0.004], [0.036, 0.378, 0.004], [0.015, 0.378, 0.003]]);
    let rim = lathe(vec2(0.21, 0.39), 3, &rim);
    let axles = [-0.27, 0.27];
    let places = axles.into_iter().flat_map(|y| [-0.235, 0.235].map(|x| vec3(x, y, 0.11)));
    let [tyres, discs] = wheels(0.11, 0.05, places);
    let gear = axles.map(|y: f32| {
        board(vec3(-0.235, y - 0.01, 0.1), vec3(0.235, y + 0.01, 0.12), 0.003).and(board(
            vec3(-0.05, y - 0.06, 0.1),
            vec3(0.05, y + 0.06, 0.175),
            0.006,
        ))
    });
    let (low, high) = (vec3(0.0, -0.34, 0.13), vec3(0.0, -0.78, 0.6));
    let pole = rod(low, high, [0.011; 2]).and(tube(
        0.011,
        &[-1.0, -0.6, 0.0, 0.6, 1.0].map(|x: f32| high + vec3(0.085 * x, 0.03 * x * x, -0.035 * x * x)),
        10,
    ));
    vec![
        part("body", Stuff::Metal, body.and(rim)),
        part("tyres", Stuff::Plastic, tyres),
        part("discs", Stuff::Metal, discs),
        part("gear", Stuff::Metal, gear.into_iter().collect()),
        part("pole", Stuff::Metal, pole),
    ]
}

fn barrow() -> Vec<PropPart> {
    let tray = flared(vec2(0.2, 0.27), 0.25, 0.01, 0.06, vec2(1.5, 1.42))
        // The front leans further over the wheel.
        .shaped(|p| vec3(p.x, p.y - 0.35 * p.z * (0.5 - p.y), p.z))
        .at(Vec3::Z * 0.33);
    let side = || {
        let handle = [
            vec3(0.045, -0.62, 0.19),
            vec3(0.12, -0.3, 0.29),
            vec3(0.2, 0.1, 0.325),
            vec3(0.27, 0.45, 0.46),
            vec3(0.29, 0.78, 0.56),
        ];
        let leg = [
            vec3(0.2, 0.12, 0.32),
            vec3(0.225, 0.2, 0.16),
            vec3(0.23, 0.22, 0.032),
            vec3(0.225, 0.27, 0.0135),
            vec3(0.218, 0.32, 0.032),
            vec3(0.24, 0.36, 0.4),
        ];
        tube(0.016, &handle, 10).and(tube(0.013, &leg, 8)).doubled(Vec3::X)
    };
    let grip = |s: f32| rod(vec3(s * 0.283, 0.66, 0.525), vec3(s * 0.291, 0.8, 0.567), [0.021; 2]);
    let [tyre, disc] = wheel(0.19, 0.075, vec3(0.0, -0.62, 0.19));
    let axle = rod(vec3(-0.06, -0.62, 0.19), vec3(0.06, -0.62, 0.19), [0.012; 2]);
    let brace = rod(vec3(-0.2, 0.27, 0.18), vec3(0.2, 0.27, 0.18), [0.009; 2]);
    vec![
        part("tray", Stuff::Metal, tray),
        part("frame", Stuff::Metal, [side(), axle, brace].into_iter().collect()),
        part("grips", Stuff::Plastic, grip(-1.0).and(grip(1.0))),
        part("tyre", Stuff::Plastic, tyre),
        part("disc", Stuff::Metal, disc),
    ]
}

fn mine_tub() -> Vec<PropPart> {
    let body = flared(vec2(0.16, 0.22), 0.34, 0.014, 0.03, vec2(1.5, 1.45)).at(Vec3::Z * 0.17);
    // A hoop around the body and one at its upper edge, which end within its wall.
    let hoop = |z: f32, high: f32| {
        let wide = vec2(0.16, 0.22) * (Vec2::ONE + vec2(0.5, 0.45) * (z - 0.17) / 0.34);
        let outline = Outline::around(&[[0.031, z, 0.0], [0.047, z, 0.004], [0.047, z + high, 0.004], [0.037, z + high, 0.0]]);
        lathe(wide - 0.04, 3, &outline)
    };
    let chassis = [-0.1, 0.1].map(|x: f32| beam(vec3(x, -0.33, 0.145), vec3(x, 0.33, 0.145), vec2(0.05, 0.05), 0.006));
    let buffers = [-0.34, 0.34].map(|y: f32| board(vec3(-0.14, y - 0.02, 0.11), vec3(0.14, y + 0.02, 0.18), 0.008));
    let places = [-0.18, 0.18].into_iter().flat_map(|y| [-0.19, 0.19].map(|x| vec3(x, y, 0.1)));
    let [tyres, discs] = wheels(0.1, 0.035, places);
    let axles = [-0.18, 0.18].map(|y: f32| rod(vec3(-0.19, y, 0.1), vec3(0.19, y, 0.1), [0.014; 2]));
    vec![
        part("body", Stuff::Metal, body),
        part("hoops", Stuff::Metal, hoop(0.26, 0.025).and(hoop(0.485, 0.028))),
        part("chassis", Stuff::Wood, chassis.into_iter().chain(buffers).collect()),
        part("wheels", Stuff::Metal, [tyres, discs].into_iter().chain(axles).collect()),
    ]
}
