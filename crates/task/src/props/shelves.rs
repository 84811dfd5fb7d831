//! Shelves.

use glam::{Vec3, vec2, vec3};

use super::form::{Form, Outline, beam, board, corners, rod, turned};
use super::{PropPart, Stuff, part};

pub(super) fn shelf(variant: u32) -> Vec<PropPart> {
    match variant {
        0 => bookcase(),
        1 => ladder(),
        _ => rack(),
    }
}

fn bookcase() -> Vec<PropPart> {
    let sides = [-1.0, 1.0].map(|s: f32| board(vec3(s * 0.39 - 0.012, -0.15, 0.0), vec3(s * 0.39 + 0.012, 0.15, 1.76), 0.003));
    let boards = (0..5).map(|i| {
        let z = 0.08 + 0.412 * i as f32;
        board(vec3(-0.382, -0.14, z), vec3(0.382, 0.14, z + 0.022), 0.003)
    });
    let foot = board(vec3(-0.38, -0.12, 0.0), vec3(0.38, -0.1, 0.081), 0.003);
    let cornice = board(vec3(-0.43, -0.175, 1.755), vec3(0.43, 0.165, 1.79), 0.01);
    let back = board(vec3(-0.381, 0.13, 0.05), vec3(0.381, 0.142, 1.757), 0.002);
    let case = sides.into_iter().chain(boards).chain([foot, cornice]).collect();
    vec![part("case", Stuff::Wood, case), part("back", Stuff::Wood, back)]
}

fn ladder() -> Vec<PropPart> {
    let rails: Form = [-0.31, 0.31]
        .map(|x: f32| {
            beam(vec3(x, -0.24, 0.012), vec3(x, 0.19, 1.8), vec2(0.028, 0.045), 0.004).and(beam(
                vec3(x, 0.215, 0.0),
                vec3(x, 0.215, 1.8),
                vec2(0.028, 0.03),
                0.004,
            ))
        })
        .into_iter()
        .collect();
    let steps = [0.2, 0.6, 1.0, 1.4].map(|z: f32| {
        let front = -0.26 + 0.239 * z;
        let floor = board(vec3(-0.32, front, z), vec3(0.32, 0.2, z + 0.02), 0.004);
        let stop = board(vec3(-0.32, 0.188, z + 0.018), vec3(0.32, 0.2, z + 0.055), 0.003);
        floor.and(stop)
    });
    let feet = [-0.31, 0.31].map(|x: f32| board(vec3(x - 0.017, -0.268, 0.0), vec3(x + 0.017, -0.212, 0.024), 0.004));
    let rails = feet.into_iter().fold(rails, Form::and);
    let top = rod(vec3(-0.31, 0.2, 1.7), vec3(0.31, 0.2, 1.7), [0.012; 2]);
    vec![part("rails", Stuff::Wood, rails.and(top)), part("steps", Stuff::Wood, steps.into_iter().collect())]
}

fn rack() -> Vec<PropPart> {
    let posts = corners(0.54, 0.19).map(|c| {
        let foot = Outline::corners(&[[0.0, 0.0, 0.0], [0.022, 0.0, 0.003], [0.016, 0.02, 0.003], [0.0, 0.02, 0.0]]);
        rod(c + Vec3::Z * 0.015, c + Vec3::Z * 1.3, [0.0125; 2]).and(turned(3, &foot).at(c))
    });
    let levels = [0.18, 0.68, 1.18];
    let rails = levels.map(|z: f32| -> Form {
        [-0.19, 0.19].map(|y: f32| rod(vec3(-0.54, y, z - 0.008), vec3(0.54, y, z - 0.008), [0.008; 2])).into_iter().collect()
    });
    let cross = [-1.0, 1.0].map(|s: f32| rod(vec3(-0.54 * s, 0.19, 0.2), vec3(0.54 * s, 0.19, 1.15), [0.005; 2]));
    let boards = levels.map(|z: f32| board(vec3(-0.555, -0.205, z), vec3(0.555, 0.205, z + 0.03), 0.004));
    let metal = posts.into_iter().chain(rails).chain(cross).collect();
    vec![part("frame", Stuff::Metal, metal), part("boards", Stuff::Wood, boards.into_iter().collect())]
}
