//! What a gallery shows things on and in.

use glam::{Vec2, Vec3, vec2, vec3};

use super::form::{Form, Outline, beam, board, lathe, rod, tube, turned};
use super::{PropPart, Stuff, part};

pub(super) fn plinth(variant: u32) -> Vec<PropPart> {
    match variant {
        0 => pillar(),
        1 => baluster(),
        _ => steps(),
    }
}

pub(super) fn frame(variant: u32) -> Vec<PropPart> {
    match variant {
        0 => photograph(),
        1 => oval(),
        _ => easel(),
    }
}

fn pillar() -> Vec<PropPart> {
    let outline = Outline::corners(&[
        [0.0, 0.0, 0.0],
        [0.06, 0.0, 0.004],
        [0.06, 0.09, 0.004],
        [0.05, 0.094, 0.002],
        [0.045, 0.12, 0.03],
        [0.02, 0.135, 0.004],
        [0.02, 0.86, 0.004],
        [0.03, 0.875, 0.01],
        [0.03, 0.9, 0.012],
        [0.055, 0.925, 0.02],
        [0.06, 0.935, 0.003],
        [0.06, 1.0, 0.006],
        [0.0, 1.0, 0.0],
    ]);
    vec![part("body", Stuff::Ceramic, lathe(Vec2::splat(0.13), 3, &outline))]
}

fn baluster() -> Vec<PropPart> {
    let foot = Outline::corners(&[[0.0, 0.0, 0.0], [0.03, 0.0, 0.004], [0.03, 0.06, 0.004], [0.0, 0.06, 0.0]]);
    let plate =
        Outline::corners(&[[0.0, 0.765, 0.0], [0.015, 0.765, 0.004], [0.03, 0.79, 0.02], [0.03, 0.82, 0.005], [0.0, 0.82, 0.0]]);
    let ends = [(foot, 0.19), (plate, 0.17)].map(|(outline, half)| lathe(Vec2::splat(half - 0.03), 3, &outline));
    let side = [
        [0.0, 0.055],
        [0.165, 0.057],
        [0.17, 0.085],
        [0.09, 0.115],
        [0.07, 0.15],
        [0.1, 0.22],
        [0.135, 0.31],
        [0.125, 0.39],
        [0.075, 0.51],
        [0.055, 0.62],
        [0.062, 0.675],
        [0.12, 0.72],
        [0.125, 0.76],
        [0.0, 0.768],
    ];
    vec![
        part("ends", Stuff::Ceramic, ends.into_iter().collect()),
        part("shaft", Stuff::Ceramic, turned(9, &Outline::smooth(&side, 2))),
    ]
}

fn steps() -> Vec<PropPart> {
    let step = |half: f32, z: f32, high: f32| {
        let nose = [[0.0, z], [0.045, z], [0.045, z + high - 0.035], [0.06, z + high - 0.03], [0.06, z + high], [0.0, z + high]];
        let rounded = [0.0, 0.003, 0.003, 0.004, 0.006, 0.0];
        let outline: Vec<[f32; 3]> = nose.iter().zip(rounded).map(|(p, r)| [p[0], p[1], r]).collect();
        lathe(Vec2::splat(half - 0.06), 4, &Outline::corners(&outline))
    };
    vec![
        part("low", Stuff::Ceramic, step(0.45, 0.0, 0.15)),
        part("middle", Stuff::Ceramic, step(0.31, 0.149, 0.15)),
        part("high", Stuff::Ceramic, step(0.19, 0.298, 0.16)),
    ]
}

/// A frame that lies face up: half of its opening, its width and depth. Its back lies on z = 0.
fn moulding(half: Vec2, width: f32, depth: f32) -> Form {
    let (w, d) = (width, depth);
    let section = [
        [0.001, 0.2 * d, 0.0],
        [0.001, 0.0, 0.0],
        [w, 0.0, 0.002],
        [w, 0.7 * d, 0.003],
        [0.8 * w, d, 0.004],
        [0.62 * w, 0.95 * d, 0.002],
        [0.4 * w, 0.6 * d, 0.006],
        [0.12 * w, 0.62 * d, 0.002],
        [0.001, 0.45 * d, 0.0],
    ];
    let quarter = if half.x == half.y { 12 } else { 2 };
    let core = if half.x == half.y { Vec2::ZERO } else { half };
    let shift = if half.x == half.y { half.x } else { 0.0 };
    lathe(core, quarter, &Outline::around(&section.map(|[r, z, e]| [r + shift, z, e])))
}

fn photograph() -> Vec<PropPart> {
    let half = vec2(0.075, 0.1);
    let lean = |form: Form| form.at(vec3(0.0, half.y + 0.028, 0.0)).turned(Vec3::X, 78.0);
    let picture = board((-half - 0.002).extend(0.004), (half + 0.002).extend(0.0075), 0.0003);
    let mount = Outline::around(
        &[[-0.022, 0.0074, 0.0], [0.001, 0.0074, 0.0], [0.001, 0.0086, 0.0], [-0.022, 0.0086, 0.0]]
            .map(|[r, z, e]| [r + 0.022, z, e]),
    );
    let strut = beam(vec3(0.0, 0.03, 0.17), vec3(0.0, 0.105, 0.0), vec2(0.045, 0.004), 0.001);
    vec![
        part("frame", Stuff::Wood, lean(moulding(half, 0.028, 0.02)).and(strut)),
        part("mount", Stuff::Paper, lean(lathe(half - 0.022, 2, &mount))),
        part("picture", Stuff::Paper, lean(picture)),
    ]
}

fn oval() -> Vec<PropPart> {
    let narrow = |form: Form| form.shaped(|p| p.with_x(0.76 * p.x));
    let lean = |form: Form| narrow(form).at(vec3(0.0, 0.19, 0.0)).turned(Vec3::X, 74.0).at(vec3(0.0, -0.02, 0.05));
    let glass =
        Outline::corners(&[[0.0, 0.003, 0.0], [0.143, 0.003, 0.0], [0.143, 0.007, 0.0], [0.1, 0.013, 0.2], [0.0, 0.016, 0.0]]);
    // A wire stand with two hooks in front.
    let leg = |s: f32| {
        let path = [
            (0.0, 0.1, 0.3),
            (0.05, 0.055, 0.17),
            (0.085, -0.005, 0.055),
            (0.087, -0.04, 0.046),
            (0.087, -0.062, 0.058),
            (0.087, -0.066, 0.08),
        ];
        let foot = [(0.085, -0.005, 0.055), (0.1, -0.02, 0.03), (0.105, -0.04, 0.004)];
        let wire =
            |path: &[(f32, f32, f32)]| tube(0.004, &path.iter().map(|&(x, y, z)| vec3(s * x, y, z)).collect::<Vec<_>>(), 8);
        wire(&path).and(wire(&foot))
    };
    let back = rod(vec3(0.0, 0.1, 0.3), vec3(0.0, 0.2, 0.004), [0.004; 2]);
    vec![
        part("frame", Stuff::Metal, lean(moulding(Vec2::splat(0.14), 0.045, 0.028))),
        part("picture", Stuff::Paper, lean(turned(9, &glass))),
        part("stand", Stuff::Metal, [leg(-1.0), leg(1.0), back].into_iter().collect()),
    ]
}

fn easel() -> Vec<PropPart> {
    let bar = vec2(0.04, 0.022);
    let top = vec3(0.0, 0.07, 1.62);
    let legs = [-1.0, 1.0].map(|s: f32| beam(vec3(s * 0.36, -0.2, 0.0), top + vec3(s * 0.03, 0.0, 0.0), bar, 0.003));
    let back = beam(vec3(0.0, 0.48, 0.0), top, bar, 0.003);
    let mast = beam(vec3(0.0, -0.11, 0.45), vec3(0.0, 0.075, 1.78), vec2(0.03, 0.018), 0.003);
    let shelf = board(vec3(-0.36, -0.19, 0.62), vec3(0.36, -0.09, 0.642), 0.004).and(board(
        vec3(-0.36, -0.197, 0.62),
        vec3(0.36, -0.185, 0.66),
        0.003,
    ));
    let tie = board(vec3(-0.33, -0.165, 0.3), vec3(0.33, -0.145, 0.335), 0.003);
    let lean = |form: Form| form.turned(Vec3::X, 82.0).at(vec3(0.0, -0.1, 1.005));
    let canvas = board(vec3(-0.33, -0.36, -0.014), vec3(0.33, 0.36, 0.014), 0.003);
    let clip = board(vec3(-0.035, -0.07, 1.35), vec3(0.035, 0.02, 1.385), 0.003);
    vec![
        part("easel", Stuff::Wood, legs.into_iter().chain([back, mast, shelf, tie, clip]).collect()),
        part("canvas", Stuff::Paper, lean(canvas)),
    ]
}
