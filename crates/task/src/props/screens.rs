//! Screens: opaque from edge to edge and down to the floor, so that they hide things.

use glam::{Vec2, Vec3, vec2, vec3};

use super::form::{Form, Outline, beam, board, lathe, rod, slab, tube};
use super::{PropPart, Stuff, part};

pub(super) fn screen(variant: u32) -> Vec<PropPart> {
    match variant {
        0 => folding(),
        1 => panel(),
        _ => arched(),
    }
}

fn folding() -> Vec<PropPart> {
    let (mut frames, mut cloth) = (Form::default(), Form::default());
    // Leaves stand in a zigzag; posts run into one another at the hinges, so that no gap is left.
    let (width, turn) = (0.5_f32, 28.0_f32);
    let step = width * Vec2::from_angle(turn.to_radians());
    let mut hinge = Vec3::new(-2.0 * step.x, -0.5 * step.y, 0.0);
    for (i, height) in [1.5, 1.7, 1.7, 1.5].into_iter().enumerate() {
        let side = if i % 2 == 0 { 1.0 } else { -1.0 };
        let place = |form: Form| form.turned(Vec3::Z, side * turn).at(hinge);
        let posts = [0.0, width].map(|x: f32| board(vec3(x - 0.018, -0.016, 0.0), vec3(x + 0.018, 0.016, height), 0.005));
        // The upper rail rises to the middle.
        let rail = slab(
            [8, 1],
            move |u, v| vec3(width * u, -0.012, height - 0.075 + (0.055 + 0.2 * u * (1.0 - u)) * v),
            move |u, v| vec3(width * u, 0.012, height - 0.075 + (0.055 + 0.2 * u * (1.0 - u)) * v),
        );
        let low = board(vec3(0.0, -0.013, 0.0), vec3(width, 0.013, 0.07), 0.004);
        let middle = board(vec3(0.0, -0.013, 0.62), vec3(width, 0.013, 0.66), 0.004);
        frames.add(place(posts.into_iter().chain([rail, low, middle]).collect()));
        cloth.add(place(board(vec3(0.01, -0.005, 0.05), vec3(width - 0.01, 0.005, height - 0.05), 0.001)));
        hinge += vec3(step.x, side * step.y, 0.0);
    }
    vec![part("frames", Stuff::Wood, frames), part("cloth", Stuff::Fabric, cloth)]
}

fn panel() -> Vec<PropPart> {
    // A padded board with rounded corners, lying, to be set up.
    let flat = Outline::corners(&[[0.0, -0.02, 0.0], [0.07, -0.02, 0.012], [0.07, 0.02, 0.012], [0.0, 0.02, 0.0]]);
    let upper = lathe(vec2(0.86, 0.4), 6, &flat).turned(Vec3::X, 90.0).at(Vec3::Z * 0.56);
    let base = board(vec3(-0.93, -0.021, 0.0), vec3(0.93, 0.021, 0.17), 0.004);
    let feet = [-0.7, 0.7].map(|x: f32| {
        let foot = Outline::corners(&[[0.0, 0.0, 0.0], [0.03, 0.0, 0.003], [0.026, 0.03, 0.01], [0.0, 0.032, 0.0]]);
        lathe(vec2(0.0, 0.2), 4, &foot).at(vec3(x, 0.0, 0.0)).and(rod(vec3(x, -0.032, 0.0), vec3(x, -0.032, 0.34), [0.012; 2]))
    });
    let metal = feet.into_iter().collect::<Form>().and(base);
    vec![part("panel", Stuff::Fabric, upper), part("feet", Stuff::Metal, metal)]
}

fn arched() -> Vec<PropPart> {
    let (half, spring) = (0.42_f32, 0.85_f32);
    // Across, narrower facets where the arch is steep.
    let across = move |u: f32| {
        let w = 2.0 * u - 1.0;
        half * (1.3 * w - 0.3 * w * w * w)
    };
    let face = move |u: f32, v: f32, y: f32| {
        let x = across(u);
        let top = spring + (half * half - x * x).max(0.0).sqrt();
        vec3(x, y, 0.02 + (top - 0.02) * v)
    };
    let panel = slab([24, 2], move |u, v| face(u, v, -0.014), move |u, v| face(u, v, 0.014));
    let mut edge = vec![vec3(half, 0.0, 0.02), vec3(half, 0.0, 0.45), vec3(half, 0.0, 0.75)];
    edge.extend((0..=12).map(|i| {
        let d = half * Vec2::from_angle(std::f32::consts::PI * i as f32 / 12.0);
        vec3(d.x, 0.0, spring + d.y)
    }));
    edge.extend([vec3(-half, 0.0, 0.75), vec3(-half, 0.0, 0.45), vec3(-half, 0.0, 0.02)]);
    let rim = tube(0.021, &edge, 10);
    let base = lathe(
        vec2(0.4, 0.09),
        4,
        &Outline::corners(&[[0.0, 0.0, 0.0], [0.06, 0.0, 0.006], [0.06, 0.03, 0.008], [0.0, 0.04, 0.0]]),
    );
    let struts = [-0.25, 0.25].map(|x: f32| beam(vec3(x, 0.13, 0.03), vec3(x, 0.015, 0.42), vec2(0.03, 0.02), 0.003));
    let frame = struts.into_iter().collect::<Form>().and(base);
    vec![part("panel", Stuff::Wood, panel), part("rim", Stuff::Wood, rim), part("base", Stuff::Wood, frame)]
}
