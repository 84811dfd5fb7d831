//! Chairs.

use glam::{Vec3, vec2, vec3};

use super::form::{Form, Outline, corners, cushion, lathe, rod, sheet, tube};
use super::{PropPart, Stuff, part};

pub(super) fn chair(variant: u32) -> Vec<PropPart> {
    match variant {
        0 => ladder_back(),
        1 => armchair(),
        _ => cantilever(),
    }
}

fn ladder_back() -> Vec<PropPart> {
    let seat = lathe(
        vec2(0.18, 0.17),
        5,
        &Outline::corners(&[[0.0, 0.435, 0.0], [0.045, 0.435, 0.01], [0.045, 0.465, 0.012], [0.0, 0.462, 0.0]]),
    )
    // Wider in front.
    .shaped(|p| vec3(p.x * (1.0 - 0.25 * p.y), p.y, p.z));
    let side = |s: f32| -> Form {
        let front = rod(vec3(s * 0.205, -0.185, 0.0), vec3(s * 0.19, -0.165, 0.445), [0.014, 0.02]);
        let post = [
            vec3(0.185, 0.23, 0.0165),
            vec3(0.178, 0.195, 0.25),
            vec3(0.175, 0.19, 0.46),
            vec3(0.172, 0.225, 0.7),
            vec3(0.17, 0.275, 0.92),
        ];
        let back = tube(0.0165, &post.map(|p| p * vec3(s, 1.0, 1.0)), 12);
        let rail = rod(vec3(s * 0.198, -0.18, 0.2), vec3(s * 0.18, 0.2, 0.2), [0.009; 2]);
        [front, back, rail].into_iter().collect()
    };
    let cross = [(-0.18, 0.27), (0.195, 0.22)].map(|(y, z)| rod(vec3(-0.195, y, z), vec3(0.195, y, z), [0.009; 2]));
    let slats = [(0.58, 0.203), (0.71, 0.227), (0.845, 0.255)].map(|(z, y): (f32, f32)| {
        sheet([6, 1], 0.012, move |u, v| {
            let x = 2.0 * u - 1.0;
            vec3(0.17 * x, y + 0.035 * (1.0 - x * x), z + (v - 0.5) * (0.075 - 0.02 * x * x) + 0.006 * (1.0 - x * x))
        })
    });
    let frame = [side(-1.0), side(1.0)].into_iter().chain(cross).chain(slats).collect();
    vec![part("seat", Stuff::Wood, seat), part("frame", Stuff::Wood, frame)]
}

fn armchair() -> Vec<PropPart> {
    let arm = |s: f32| cushion(vec3(s * 0.37 - 0.075, -0.37, 0.16), vec3(s * 0.37 + 0.075, 0.36, 0.6), 0.06);
    let back = cushion(vec3(-0.36, -0.1, -0.3), vec3(0.36, 0.1, 0.36), 0.07).turned(Vec3::X, -12.0).at(vec3(0.0, 0.31, 0.55));
    let base = cushion(vec3(-0.36, -0.35, 0.15), vec3(0.36, 0.36, 0.33), 0.03);
    let seat = cushion(vec3(-0.29, -0.38, 0.31), vec3(0.29, 0.24, 0.47), 0.055)
        // Stuffed: higher in the middle.
        .shaped(|p| p + Vec3::Z * 0.25 * (0.09 - p.x * p.x).max(0.0));
    let feet = corners(0.33, 0.31).map(|c| rod(c * vec3(1.06, 1.06, 0.0), c + Vec3::Z * 0.16, [0.014, 0.024]));
    vec![
        part("body", Stuff::Fabric, [arm(-1.0), arm(1.0), back, base].into_iter().collect()),
        part("seat", Stuff::Fabric, seat),
        part("feet", Stuff::Wood, feet.into_iter().collect()),
    ]
}

fn cantilever() -> Vec<PropPart> {
    // From the back down, forward under the seat, down in front and back along the floor.
    let run = [
        (0.27, 0.84),
        (0.235, 0.62),
        (0.205, 0.5),
        (0.17, 0.452),
        (0.09, 0.44),
        (-0.13, 0.45),
        (-0.2, 0.44),
        (-0.228, 0.39),
        (-0.228, 0.2),
        (-0.228, 0.07),
        (-0.21, 0.024),
        (-0.16, 0.0125),
        (0.1, 0.0125),
    ];
    let side: Vec<Vec3> = run.iter().map(|&(y, z)| vec3(0.215, y, z)).collect();
    let mut path = side.clone();
    path.extend([vec3(0.2, 0.19, 0.0125), vec3(0.15, 0.225, 0.0125), vec3(0.0, 0.23, 0.0125)]);
    path.extend(path.clone().iter().rev().skip(1).map(|p| *p * vec3(-1.0, 1.0, 1.0)));
    let frame = tube(0.0125, &path, 10);
    let seat = sheet([6, 8], 0.022, |u, v| {
        let (x, y) = (2.0 * u - 1.0, v - 0.5);
        vec3(0.225 * x, 0.4 * y - 0.035, 0.468 - 0.025 * (1.0 - x * x) * (1.0 - 4.0 * y * y) + 0.02 * y * y)
    });
    let back = sheet([6, 5], 0.022, |u, v| {
        let x = 2.0 * u - 1.0;
        vec3(-0.225 * x, 0.225 + 0.075 * (v - 0.3) + 0.035 * (1.0 - x * x), 0.6 + 0.235 * v)
    });
    vec![part("frame", Stuff::Metal, frame), part("seat", Stuff::Leather, seat), part("back", Stuff::Leather, back)]
}
