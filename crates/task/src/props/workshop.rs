//! What lies about in a workshop.

use glam::{Vec3, vec2, vec3};

use super::form::{Form, Outline, along, ball, beam, board, corners, lathe, polar, rod, tube, turned};
use super::{PropPart, Stuff, part};

pub(super) fn toolbox(variant: u32) -> Vec<PropPart> {
    match variant {
        0 => lidded(),
        1 => chest(),
        _ => case(),
    }
}

pub(super) fn clamp(variant: u32) -> Vec<PropPart> {
    match variant {
        0 => c_clamp(),
        1 => bar_clamp(),
        _ => vice(),
    }
}

fn lidded() -> Vec<PropPart> {
    let core = vec2(0.235, 0.085);
    let body = Outline::corners(&[[0.0, 0.0, 0.0], [0.015, 0.0, 0.004], [0.015, 0.13, 0.003], [0.0, 0.13, 0.0]]);
    let lip = Outline::corners(&[[0.0, 0.132, 0.0], [0.019, 0.132, 0.002], [0.019, 0.15, 0.003], [0.0, 0.15, 0.0]]);
    // The lid has a narrow ridge.
    let roof = Outline::corners(&[[0.0, 0.148, 0.0], [0.017, 0.148, 0.0], [0.017, 0.205, 0.008], [0.0, 0.205, 0.0]]);
    let roof = lathe(core, 4, &roof).shaped(|p| vec3(p.x * (1.0 - 1.6 * (p.z - 0.148)), p.y * (1.0 - 9.0 * (p.z - 0.148)), p.z));
    let lid = lathe(core, 4, &lip).and(roof);
    let bow = [(-0.1, 0.195), (-0.098, 0.245), (-0.08, 0.262), (0.08, 0.262), (0.098, 0.245), (0.1, 0.195)];
    let bow = tube(0.006, &bow.map(|(x, z)| vec3(x, 0.0, z)), 8);
    let grip = rod(vec3(-0.068, 0.0, 0.2625), vec3(0.068, 0.0, 0.2625), [0.011; 2]);
    let latches: Form = [-0.15, 0.15]
        .map(|x: f32| {
            board(vec3(x - 0.016, -0.111, 0.1), vec3(x + 0.016, -0.098, 0.155), 0.003).and(rod(
                vec3(x - 0.018, -0.11, 0.112),
                vec3(x + 0.018, -0.11, 0.112),
                [0.004; 2],
            ))
        })
        .into_iter()
        .collect();
    vec![
        part("body", Stuff::Metal, lathe(core, 4, &body)),
        part("lid", Stuff::Metal, lid),
        part("latches", Stuff::Metal, latches.and(bow)),
        part("grip", Stuff::Plastic, grip),
    ]
}

fn chest() -> Vec<PropPart> {
    let (x, y, low, high) = (0.3, 0.19, 0.1, 0.72);
    let body = board(vec3(-x, -y, low), vec3(x, y, high), 0.008);
    let heights = [0.0, 0.17, 0.31, 0.42, 0.52];
    let (mut fronts, mut bars) = (Form::default(), Form::default());
    for pair in heights.windows(2) {
        let (z0, z1) = (low + 0.02 + pair[0], low + 0.015 + pair[1] - 0.006);
        fronts.add(board(vec3(-x + 0.015, -y - 0.01, z0), vec3(x - 0.015, -y + 0.002, z1), 0.003));
        let grip = [(-0.13, 0.0), (-0.128, -0.022), (-0.11, -0.028), (0.11, -0.028), (0.128, -0.022), (0.13, 0.0)];
        bars.add(tube(0.0055, &grip.map(|(x, out)| vec3(x, out - y - 0.008, z1 - 0.03)), 8));
    }
    let lid = board(vec3(-x - 0.008, -0.006, 0.0), vec3(x + 0.008, 2.0 * y, 0.035), 0.006)
        .turned(Vec3::X, 62.0)
        .at(vec3(0.0, 0.0, 0.0));
    // It is hinged at the back and lies open.
    let lid = lid.mirrored(Vec3::Y).at(vec3(0.0, y + 0.006, high - 0.004));
    let wheels = corners(x - 0.06, y - 0.05).map(|c| {
        let wheel = Outline::corners(&[[0.0, -0.014, 0.0], [0.038, -0.014, 0.005], [0.038, 0.014, 0.005], [0.0, 0.014, 0.0]]);
        turned(4, &wheel).turned(Vec3::Y, 90.0).at(c + Vec3::Z * 0.038)
    });
    let forks =
        corners(x - 0.06, y - 0.05).map(|c| board(c + vec3(-0.022, -0.02, 0.04), c + vec3(0.022, 0.02, low + 0.005), 0.003));
    let push = [(0.0, -0.11), (0.05, -0.1), (0.055, 0.0), (0.05, 0.1), (0.0, 0.11)];
    let push = tube(0.009, &push.map(|(out, y)| vec3(x + out - 0.002, y, high - 0.1)), 8);
    vec![
        part("body", Stuff::Metal, body.and(lid)),
        part("drawers", Stuff::Metal, fronts),
        part("handles", Stuff::Metal, bars.and(push).and(forks.into_iter().collect())),
        part("wheels", Stuff::Plastic, wheels.into_iter().collect()),
    ]
}

fn case() -> Vec<PropPart> {
    // Two shells, standing on edge.
    let shell =
        Outline::corners(&[[0.0, 0.0, 0.0], [0.035, 0.0, 0.0], [0.035, 0.03, 0.003], [0.025, 0.055, 0.02], [0.0, 0.055, 0.0]]);
    let half = lathe(vec2(0.18, 0.115), 5, &shell).turned(Vec3::X, 90.0).at(vec3(0.0, -0.001, 0.165));
    let shells = half.doubled(Vec3::Y);
    let seam = Outline::corners(&[[0.0, -0.006, 0.0], [0.039, -0.006, 0.002], [0.039, 0.006, 0.002], [0.0, 0.006, 0.0]]);
    let seam = lathe(vec2(0.18, 0.115), 5, &seam).turned(Vec3::X, 90.0).at(Vec3::Z * 0.165);
    let grip = [(-0.075, 0.312), (-0.072, 0.345), (-0.055, 0.362), (0.055, 0.362), (0.072, 0.345), (0.075, 0.312)];
    let grip = tube(0.01, &grip.map(|(x, z)| vec3(x, 0.0, z)), 10);
    let clasps = [-0.13, 0.13].map(|x: f32| board(vec3(x - 0.02, -0.018, 0.262), vec3(x + 0.02, 0.018, 0.322), 0.004));
    vec![
        part("shells", Stuff::Plastic, shells),
        part("seam", Stuff::Plastic, seam.and(grip)),
        part("clasps", Stuff::Metal, clasps.into_iter().collect()),
    ]
}

/// A threaded rod from one point to another, its turns drawn as rings.
fn screw(from: Vec3, to: Vec3, radius: f32, rings: usize) -> Form {
    let length = from.distance(to);
    let mut outline = vec![[0.0, 0.0, 0.0], [0.82 * radius, 0.0, 0.0]];
    for i in 0..rings {
        let z = |part: f32| length * (i as f32 + part) / rings as f32;
        outline.extend([[radius, z(0.4), 0.0], [radius, z(0.6), 0.0], [0.82 * radius, z(1.0), 0.0]]);
    }
    outline.push([0.0, length, 0.0]);
    turned(2, &Outline::corners(&outline)).at(along(from, to))
}

/// The bar by which a screw is turned, with a knob at each end.
fn turner(from: Vec3, to: Vec3, radius: f32) -> Form {
    [rod(from, to, [radius; 2]), ball(from, 1.9 * radius, 8), ball(to, 1.9 * radius, 8)].into_iter().collect()
}

fn c_clamp() -> Vec<PropPart> {
    let bow = [(-0.042, 0.012), (0.03, 0.012), (0.06, 0.03), (0.067, 0.085), (0.06, 0.14), (0.03, 0.158), (-0.03, 0.158)];
    // Deeper than it is thick.
    let bow = tube(0.0115, &bow.map(|(x, z)| vec3(x, 0.0, z)), 12).shaped(|p| p.with_y(0.75 * p.y));
    let axis = |z: f32| vec3(-0.034, 0.0, z);
    let boss = rod(axis(0.138), axis(0.178), [0.0155; 2]);
    let anvil = rod(axis(0.012), axis(0.032), [0.013, 0.0135]);
    let pad = rod(axis(0.062), axis(0.075), [0.014, 0.008]);
    let bar = axis(0.222);
    vec![
        part("frame", Stuff::Metal, [bow, boss, anvil].into_iter().collect()),
        part(
            "screw",
            Stuff::Metal,
            [screw(axis(0.073), axis(0.226), 0.0072, 18), pad, turner(bar - 0.042 * Vec3::X, bar + 0.034 * Vec3::X, 0.0032)]
                .into_iter()
                .collect(),
        ),
    ]
}

fn bar_clamp() -> Vec<PropPart> {
    // The bar lies above, the jaws stand below it.
    let bar = board(vec3(-0.2, -0.004, 0.118), vec3(0.22, 0.004, 0.142), 0.0015);
    let jaw = |x: f32, lean: f32| beam(vec3(x + lean, 0.0, 0.0), vec3(x, 0.0, 0.158), vec2(0.026, 0.02), 0.005);
    let heads = [-0.185, 0.075].map(|x: f32| board(vec3(x - 0.022, -0.013, 0.104), vec3(x + 0.022, 0.013, 0.158), 0.005));
    let pad = rod(vec3(-0.165, 0.0, 0.03), vec3(-0.152, 0.0, 0.03), [0.012, 0.014]);
    let axis = |x: f32| vec3(x, 0.0, 0.03);
    let nut = rod(axis(0.055), axis(0.098), [0.0145; 2]);
    let disc = rod(axis(-0.01), axis(0.004), [0.017, 0.01]);
    let grip = Outline::smooth(&[[0.0, 0.0], [0.011, 0.002], [0.0155, 0.03], [0.0135, 0.075], [0.0155, 0.1], [0.0, 0.112]], 2);
    let fixed = [bar, jaw(-0.185, 0.012), jaw(0.075, 0.0), nut, pad].into_iter().chain(heads).collect();
    vec![
        part("frame", Stuff::Metal, fixed),
        part("screw", Stuff::Metal, screw(axis(0.0), axis(0.165), 0.0065, 16).and(disc)),
        part("grip", Stuff::Wood, turned(5, &grip).at(along(axis(0.15), axis(0.3)))),
    ]
}

fn vice() -> Vec<PropPart> {
    let base = Outline::corners(&[
        [0.0, 0.0, 0.0],
        [0.085, 0.0, 0.003],
        [0.085, 0.016, 0.005],
        [0.058, 0.024, 0.01],
        [0.05, 0.055, 0.004],
        [0.0, 0.055, 0.0],
    ]);
    let ears = [0.0, 120.0, 240.0].map(|a: f32| {
        let ear = Outline::corners(&[[0.0, 0.0, 0.0], [0.022, 0.0, 0.003], [0.022, 0.014, 0.003], [0.0, 0.014, 0.0]]);
        turned(4, &ear).at(polar(a + 30.0, 0.088, 0.0))
    });
    let block = |lo: Vec3, hi: Vec3| board(lo, hi, 0.007);
    let rear = [
        block(vec3(-0.04, -0.02, 0.045), vec3(0.04, 0.095, 0.115)),
        block(vec3(-0.065, -0.02, 0.085), vec3(0.065, 0.022, 0.165)),
        block(vec3(-0.03, 0.02, 0.11), vec3(0.03, 0.085, 0.138)),
    ];
    let front = [
        block(vec3(-0.03, -0.17, 0.06), vec3(0.03, 0.02, 0.105)),
        block(vec3(-0.065, -0.115, 0.085), vec3(0.065, -0.075, 0.165)),
        block(vec3(-0.042, -0.125, 0.05), vec3(0.042, -0.08, 0.12)),
    ];
    let plates = [-0.02, -0.075].map(|y: f32| board(vec3(-0.06, y - 0.006, 0.132), vec3(0.06, y + 0.006, 0.168), 0.0015));
    let axis = |y: f32| vec3(0.0, y, 0.082);
    let head = rod(axis(-0.165), axis(-0.2), [0.019, 0.017]);
    let bar = turner(axis(-0.186) + vec3(-0.03, 0.0, -0.068), axis(-0.186) + vec3(0.03, 0.0, 0.068), 0.005);
    vec![
        part("base", Stuff::Metal, ears.into_iter().chain(rear).collect::<Form>().and(turned(6, &base))),
        part("slide", Stuff::Metal, front.into_iter().collect()),
        part("jaws", Stuff::Metal, plates.into_iter().collect()),
        part("screw", Stuff::Metal, screw(axis(-0.17), axis(0.06), 0.012, 12).and(head).and(bar)),
    ]
}
