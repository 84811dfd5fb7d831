//! Benches.

use glam::{Vec3, vec2, vec3};

use super::form::{Form, Outline, beam, board, cushion, lathe, rod, slab, tube};
use super::{PropPart, Stuff, part};

pub(super) fn bench(variant: u32) -> Vec<PropPart> {
    match variant {
        0 => plank(),
        1 => park(),
        _ => padded(),
    }
}

fn plank() -> Vec<PropPart> {
    let top = lathe(
        vec2(0.62, 0.145),
        5,
        &Outline::corners(&[[0.0, 0.415, 0.0], [0.025, 0.415, 0.006], [0.025, 0.455, 0.01], [0.0, 0.455, 0.0]]),
    );
    let ends = [-1.0, 1.0].map(|s: f32| {
        // Narrower in the waist, spread at the floor.
        let end = slab(
            [1, 10],
            move |u, v| vec3(0.47 + 0.02 - 0.03 * v, (u - 0.5) * waist(v), 0.42 * v),
            move |u, v| vec3(0.47 - 0.02 - 0.03 * v, (u - 0.5) * waist(v), 0.42 * v),
        );
        if s > 0.0 { end } else { end.mirrored(Vec3::X) }
    });
    let tie = board(vec3(-0.56, -0.016, 0.2), vec3(0.56, 0.016, 0.27), 0.004);
    let wedges = [-0.515, 0.515].map(|x: f32| board(vec3(x - 0.011, -0.03, 0.175), vec3(x + 0.011, 0.03, 0.295), 0.003));
    let frame = ends.into_iter().chain([tie]).chain(wedges).collect();
    vec![part("top", Stuff::Wood, top), part("frame", Stuff::Wood, frame)]
}

fn waist(v: f32) -> f32 {
    let x = v - 0.5;
    0.18 + 0.42 * x * x
}

fn park() -> Vec<PropPart> {
    let slat = |y: f32, z: f32, tilt: f32| {
        board(vec3(-0.75, -0.03, -0.012), vec3(0.75, 0.03, 0.012), 0.004).turned(Vec3::X, tilt).at(vec3(0.0, y, z))
    };
    let seat = (0..5).map(|i| {
        let y = -0.2 + 0.082 * i as f32;
        slat(y, 0.445 - 0.06 * (y + 0.2), -4.0)
    });
    let back = (0..4).map(|i| {
        let z = 0.53 + 0.088 * i as f32;
        slat(0.222 + 0.24 * (z - 0.5), z, 104.0)
    });
    let sides: Form = [-0.6, 0.6]
        .map(|x: f32| {
            let front = [
                vec3(x, -0.26, 0.014),
                vec3(x, -0.23, 0.22),
                vec3(x, -0.215, 0.415),
                vec3(x, -0.05, 0.408),
                vec3(x, 0.19, 0.395),
            ];
            let rear =
                [vec3(x, 0.27, 0.014), vec3(x, 0.215, 0.2), vec3(x, 0.205, 0.42), vec3(x, 0.26, 0.6), vec3(x, 0.32, 0.845)];
            let arm = [vec3(x, -0.215, 0.4), vec3(x, -0.25, 0.55), vec3(x, -0.2, 0.635), vec3(x, 0.0, 0.64), vec3(x, 0.26, 0.61)];
            [&front, &rear, &arm].map(|path| tube(0.017, path, 9)).into_iter().collect()
        })
        .into_iter()
        .collect();
    vec![part("slats", Stuff::Wood, seat.chain(back).collect()), part("sides", Stuff::Metal, sides)]
}

fn padded() -> Vec<PropPart> {
    let pads = (0..4)
        .map(|i| {
            let x = -0.5625 + 0.375 * i as f32;
            cushion(vec3(x - 0.185, -0.24, 0.32), vec3(x + 0.185, 0.24, 0.45), 0.045)
        })
        .collect();
    let tray = board(vec3(-0.74, -0.225, 0.3), vec3(0.74, 0.225, 0.33), 0.006);
    let bar = vec2(0.03, 0.018);
    let sled = [-0.58, 0.58].map(|x: f32| -> Form {
        let (y, z) = (0.2, 0.31);
        [
            beam(vec3(x, -y, 0.0), vec3(x, -y, z), bar, 0.003),
            beam(vec3(x, y, 0.0), vec3(x, y, z), bar, 0.003),
            board(vec3(x - 0.015, -y - 0.009, 0.0), vec3(x + 0.015, y + 0.009, 0.018), 0.003),
        ]
        .into_iter()
        .collect()
    });
    let rail = rod(vec3(-0.58, 0.0, 0.009), vec3(0.58, 0.0, 0.009), [0.008; 2]);
    vec![
        part("pads", Stuff::Leather, pads),
        part("tray", Stuff::Wood, tray),
        part("frame", Stuff::Metal, sled.into_iter().chain([rail]).collect()),
    ]
}
