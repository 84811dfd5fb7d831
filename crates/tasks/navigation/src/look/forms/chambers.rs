//! Joinery: a shut door, a bookcase.

use glam::{Vec3, vec3};
use raytruth_scene::Shape;
use raytruth_task::props::Stuff;
use raytruth_task::props::form::{self, Outline, board, rod, turned};

use super::{Piece, Shade};
use crate::layout::Form;

/// The door's own opening: half of its width, and its height, metres.
const LEAF: [f32; 2] = [0.425, 2.035];

/// Its back lies on y = 0, which is the face of a wall.
pub(super) fn door() -> Vec<Piece> {
    let [half, high] = LEAF;
    let size = Form::Door.size();
    let edge = 0.5 * size.x - 0.001;
    let jamb = |s: f32| {
        let (a, b) = (s * (half - 0.004), s * edge);
        board(vec3(a.min(b), -0.042, 0.0), vec3(a.max(b), 0.0, size.z - 0.001), 0.006)
    };
    let head = board(vec3(-edge, -0.044, high - 0.004), vec3(edge, 0.0, size.z - 0.001), 0.006);
    let leaf = board(vec3(-half, -0.03, 0.006), vec3(half, 0.0, high), 0.003);
    // Mouldings around two fields above and two below.
    let rim = |[x0, x1]: [f32; 2], [z0, z1]: [f32; 2]| -> form::Form {
        let (wide, near, far) = (0.028, -0.041, -0.025);
        let bar = |x: [f32; 2], z: [f32; 2]| board(vec3(x[0], near, z[0]), vec3(x[1], far, z[1]), 0.006);
        [
            bar([x0, x1], [z0, z0 + wide]),
            bar([x0, x1], [z1 - wide, z1]),
            bar([x0, x0 + wide], [z0, z1]),
            bar([x1 - wide, x1], [z0, z1]),
        ]
        .into_iter()
        .collect()
    };
    let fields = [[0.16, 0.84], [1.22, 1.9]].into_iter().flat_map(|z| [[-0.335, -0.045], [0.045, 0.335]].map(|x| rim(x, z)));
    let mouldings: form::Form = fields.collect();
    let knob = Outline::smooth(
        &[[0.0, 0.0], [0.012, 0.001], [0.011, 0.012], [0.024, 0.018], [0.026, 0.025], [0.016, 0.0295], [0.0, 0.03]],
        2,
    );
    let plate = board(vec3(0.345, -0.036, 0.93), vec3(0.399, -0.029, 1.13), 0.002);
    let handle = turned(6, &knob).turned(Vec3::X, 90.0).at(vec3(0.372, -0.0295, 1.05)).and(plate);
    vec![
        Piece::new("leaf", Shade::Own, Stuff::Leaf, leaf),
        Piece::new("mouldings", Shade::Deep, Stuff::Leaf, mouldings),
        Piece::new("frame", Shade::Deep, Stuff::Plastic, [jamb(-1.0), jamb(1.0), head].into_iter().collect()),
        Piece::new("handle", Shade::Pale, Stuff::Metal, handle),
    ]
}

/// Half of the width and depth of the bookcase, and its height.
const CASE: Vec3 = vec3(0.474, 0.179, 1.899);
/// Undersides of its shelves.
const SHELVES: [f32; 5] = [0.09, 0.45, 0.81, 1.17, 1.53];

pub(super) fn bookcase() -> Vec<Piece> {
    let (x, y) = (CASE.x - 0.025, CASE.y - 0.02);
    let sides = [-1.0, 1.0].map(|s: f32| board(vec3(s * x - 0.016, -y, 0.0), vec3(s * x + 0.016, y, CASE.z - 0.03), 0.004));
    let boards = SHELVES.map(|z| board(vec3(-x, -y + 0.006, z), vec3(x, y, z + 0.028), 0.004));
    let foot = board(vec3(-x, -y + 0.02, 0.0), vec3(x, -y + 0.04, 0.092), 0.003);
    let cornice = board(vec3(-CASE.x, -CASE.y, CASE.z - 0.045), vec3(CASE.x, CASE.y, CASE.z), 0.012);
    let back = board(vec3(-x, y - 0.016, 0.05), vec3(x, y - 0.004, CASE.z - 0.03), 0.002);
    let case = sides.into_iter().chain(boards).chain([foot, cornice, back]).collect();
    let mut rows: [form::Form; 4] = Default::default();
    for (k, z) in SHELVES.into_iter().enumerate() {
        let mut at = -x + 0.03;
        let mut i = 3 * k;
        // Thickness, height and place vary by fixed steps, so that no two rows are alike.
        while at < x - 0.1 {
            let (thick, high) = (0.026 + 0.007 * ((5 * i) % 4) as f32, 0.21 + 0.016 * ((7 * i) % 6) as f32);
            let deep = -y + 0.03 + 0.006 * ((3 * i) % 5) as f32;
            // One stands free now and then.
            if (i + k) % 9 != 8 {
                let (lo, hi) = (vec3(at, deep, z + 0.027), vec3(at + thick, y - 0.03, z + 0.027 + high));
                let book = form::Form::of(&Shape::Box { half_extents: 0.5 * (hi - lo), bevel: 0.0 }, 4).at(0.5 * (lo + hi));
                rows[[0, 1, 0, 2, 1, 0, 3, 1][(i + 2 * k) % 8]].add(book);
            }
            at += thick + 0.0015;
            i += 1;
        }
    }
    let knobs = [-1.0, 1.0].map(|s: f32| rod(vec3(s * 0.3, -y + 0.021, 0.05), vec3(s * 0.3, -y + 0.006, 0.05), [0.012; 2]));
    let [own, deep, pale, dark] = rows;
    vec![
        Piece::new("case", Shade::Own, Stuff::Plastic, case),
        Piece::new("books_own", Shade::Own, Stuff::Paper, own),
        Piece::new("books_deep", Shade::Deep, Stuff::Paper, deep),
        Piece::new("books_pale", Shade::Pale, Stuff::Paper, pale),
        Piece::new("books_dark", Shade::Dark, Stuff::Paper, dark.and(knobs.into_iter().collect())),
    ]
}
