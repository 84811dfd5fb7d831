//! Crates of slats, open at the top.

use glam::{Vec3, vec2, vec3};

use super::form::{Form, beam, board, corners, rod, slab};
use super::{PropPart, Stuff, part};

pub(super) fn slatted(variant: u32) -> Vec<PropPart> {
    match variant {
        0 => fruit(),
        1 => braced(),
        _ => carrier(),
    }
}

/// Boards between two faces of a box, along x at y and along y at x: half extents, the lower edge, height and thickness.
fn around(x: f32, y: f32, z: f32, height: f32, thick: f32) -> Form {
    let long = board(vec3(-x, -y - thick, z), vec3(x, -y, z + height), 0.0025).doubled(Vec3::Y);
    let short = board(vec3(-x, -y, z), vec3(-x + thick, y, z + height), 0.0025).doubled(Vec3::X);
    long.and(short)
}

/// `n` boards along x that leave `gap` metres between them.
fn floor(x: f32, y: f32, z: f32, n: usize, gap: f32) -> Form {
    let pitch = 2.0 * y / n as f32;
    (0..n)
        .map(|i| {
            let front = -y + pitch * i as f32;
            board(vec3(-x, front + 0.5 * gap, z), vec3(x, front + pitch - 0.5 * gap, z + 0.011), 0.0025)
        })
        .collect()
}

fn fruit() -> Vec<PropPart> {
    let (x, y) = (0.24, 0.165);
    let slats = [0.022, 0.1, 0.178].map(|z| around(x, y, z, 0.06, 0.009));
    let floor = floor(x - 0.004, y - 0.002, 0.012, 5, 0.012);
    let posts = corners(x - 0.022, y - 0.015).map(|c| board(c - vec3(0.012, 0.014, 0.0), c + vec3(0.012, 0.014, 0.275), 0.003));
    let slats = slats.into_iter().fold(floor, Form::and);
    vec![part("slats", Stuff::Wood, slats), part("posts", Stuff::Wood, posts.into_iter().collect())]
}

fn braced() -> Vec<PropPart> {
    let (half, height) = (0.3, 0.66);
    let side = |turn: f32| -> (Form, Form) {
        let planks = (0..5).map(|i| {
            let x = -half + 0.12 * i as f32;
            board(vec3(x + 0.002, -half, 0.03), vec3(x + 0.118, -half + 0.014, height - 0.005), 0.0025)
        });
        let front = |lo: Vec3, hi: Vec3| board(lo, hi, 0.004);
        let (out, inn) = (-half - 0.024, -half + 0.001);
        let battens = [
            front(vec3(-half - 0.024, out, 0.0), vec3(half + 0.001, inn, 0.085)),
            front(vec3(-half - 0.024, out, height - 0.085), vec3(half + 0.001, inn, height)),
            front(vec3(-half - 0.0235, out + 0.0005, 0.08), vec3(-half + 0.06, inn, height - 0.08)),
            front(vec3(half - 0.084, out + 0.0005, 0.08), vec3(half, inn, height - 0.08)),
            beam(
                vec3(-half + 0.07, -half - 0.01, 0.095),
                vec3(half - 0.09, -half - 0.01, height - 0.095),
                vec2(0.075, 0.02),
                0.004,
            ),
        ];
        let place = |form: Form| form.turned(Vec3::Z, turn);
        (place(planks.collect()), place(battens.into_iter().collect()))
    };
    let floor = floor(half, half, 0.02, 5, 0.004);
    let (planks, battens) =
        [0.0, 90.0, 180.0, 270.0].map(side).into_iter().fold((floor, Form::default()), |(a, b), (c, d)| (a.and(c), b.and(d)));
    vec![part("planks", Stuff::Wood, planks), part("battens", Stuff::Wood, battens)]
}

fn carrier() -> Vec<PropPart> {
    let (x, y) = (0.25, 0.15);
    // Ends rise to a peak, with a bar from one to the other.
    let edge = |u: f32| 0.19 + 0.2 * (1.0 - (2.0 * u - 1.0) * (2.0 * u - 1.0)).max(0.0);
    let end = slab(
        [10, 1],
        move |u, v| vec3(x + 0.008, y * (2.0 * u - 1.0), 0.012 + (edge(u) - 0.012) * v),
        move |u, v| vec3(x - 0.008, y * (2.0 * u - 1.0), 0.012 + (edge(u) - 0.012) * v),
    );
    let long = [0.02, 0.105]
        .map(|z| board(vec3(-x - 0.012, -y - 0.011, z), vec3(x + 0.012, -y + 0.001, z + 0.07), 0.003).doubled(Vec3::Y));
    let runners = [-0.2, 0.2].map(|x: f32| board(vec3(x - 0.02, -y, 0.0), vec3(x + 0.02, y, 0.013), 0.003));
    let floor = floor(x, y, 0.012, 3, 0.006);
    // At the back, so that the way down is free.
    let bars = [-0.06, 0.06].map(|y: f32| rod(vec3(-x - 0.02, y, 0.34), vec3(x + 0.02, y, 0.34), [0.012; 2]));
    let body = long.into_iter().chain(runners).chain([floor]).collect::<Form>().and(end.doubled(Vec3::X));
    vec![part("body", Stuff::Wood, body), part("bars", Stuff::Wood, bars.into_iter().collect())]
}
