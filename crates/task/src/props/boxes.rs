//! Boxes of cardboard, open at the top.

use glam::{Vec3, vec2, vec3};

use super::form::{Form, Outline, board, tub, tube, turned};
use super::{PropPart, Stuff, part};

pub(super) fn cardboard(variant: u32) -> Vec<PropPart> {
    match variant {
        0 => carton(),
        1 => hinged_lid(),
        _ => round(),
    }
}

fn carton() -> Vec<PropPart> {
    let (half, height, wall) = (vec2(0.2, 0.15), 0.28, 0.004);
    // Flaps hang on the rim: how far each reaches, half its width, and by how much it rises above the horizontal, degrees.
    let flap = |reach: f32, side: f32, out: f32, rise: f32, yaw: f32| {
        board(vec3(-0.001, -side, -0.5 * wall), vec3(reach, side, 0.5 * wall), 0.0012)
            .turned(Vec3::Y, -rise)
            .at(vec3(out - 0.5 * wall, 0.0, height - 0.001))
            .turned(Vec3::Z, yaw)
    };
    let (x, y) = (half.x, half.y);
    let flaps = [
        flap(0.14, y, x, 38.0, 0.0),
        flap(0.145, x, y, -38.0, -90.0),
        flap(0.14, y, x, 12.0, 180.0),
        flap(0.145, x, y, 58.0, 90.0),
    ];
    let body = flaps.into_iter().fold(tub(half, height, wall, 0.006), Form::and);
    let label = board(vec3(0.03, -y - 0.0006, 0.05), vec3(0.15, -y + 0.001, 0.13), 0.0002);
    vec![part("body", Stuff::Paper, body), part("label", Stuff::Paper, label)]
}

fn hinged_lid() -> Vec<PropPart> {
    let (half, height, wall) = (vec2(0.17, 0.105), 0.115, 0.0035);
    let grown = half + 0.004;
    // As it lies on the box, then thrown open about the upper edge at the back.
    let lid = tub(grown, 0.035, wall, 0.006).mirrored(Vec3::Z).at(vec3(0.0, -grown.y, 0.004)).turned(Vec3::X, -104.0);
    let body = tub(half, height, wall, 0.006);
    vec![part("body", Stuff::Paper, body), part("lid", Stuff::Paper, lid.at(vec3(0.0, half.y + 0.004, height)))]
}

fn round() -> Vec<PropPart> {
    let body = Outline::corners(&[[0.0, 0.004, 0.0], [0.15, 0.004, 0.006], [0.15, 0.17, 0.0]]).shell(0.004);
    // It stands in its lid.
    let lid = Outline::corners(&[[0.0, 0.0, 0.0], [0.1565, 0.0, 0.006], [0.1565, 0.05, 0.0]]).shell(0.004);
    let ribbon = Outline::around(&[[0.149, 0.092, 0.0], [0.1512, 0.092, 0.0004], [0.1512, 0.118, 0.0004], [0.149, 0.118, 0.0]]);
    let cord = |s: f32| {
        let path = [(0.147, -0.048, 0.138), (0.158, -0.052, 0.165), (0.17, -0.036, 0.198), (0.174, 0.0, 0.212)];
        let mut path: Vec<Vec3> = path.iter().map(|&(x, y, z)| vec3(s * x, y, z)).collect();
        path.extend(path.clone().iter().rev().skip(1).map(|p| *p * vec3(1.0, -1.0, 1.0)));
        tube(0.004, &path, 9)
    };
    vec![
        part("body", Stuff::Paper, turned(10, &body)),
        part("lid", Stuff::Paper, turned(10, &lid)),
        part("ribbon", Stuff::Fabric, turned(10, &ribbon)),
        part("cord", Stuff::Fabric, cord(-1.0).and(cord(1.0))),
    ]
}
