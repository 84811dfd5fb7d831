//! Lamps. The bulb is a part of its own.

use glam::{Vec3, vec3};

use super::form::{Form, Outline, along, ball, polar, rod, tube, turned};
use super::{PropPart, Stuff, part};

pub(super) fn lamp(variant: u32) -> Vec<PropPart> {
    match variant {
        0 => table_lamp(),
        1 => desk_lamp(),
        _ => arc_lamp(),
    }
}

/// A thin shade, open above and below: radius and height of its lower and of its upper edge.
fn shade([r0, z0]: [f32; 2], [r1, z1]: [f32; 2], quarter: usize) -> Form {
    const WALL: f32 = 0.0025;
    let edge = 0.0008;
    turned(quarter, &Outline::around(&[[r0 - WALL, z0, edge], [r0, z0, edge], [r1, z1, edge], [r1 - WALL, z1, edge]]))
}

fn table_lamp() -> Vec<PropPart> {
    let body = Outline::smooth(
        &[
            [0.0, 0.012],
            [0.055, 0.014],
            [0.082, 0.06],
            [0.09, 0.12],
            [0.07, 0.19],
            [0.032, 0.24],
            [0.02, 0.275],
            [0.024, 0.295],
            [0.0, 0.3],
        ],
        3,
    );
    let foot = Outline::corners(&[[0.0, 0.0, 0.0], [0.072, 0.0, 0.004], [0.072, 0.018, 0.005], [0.0, 0.02, 0.0]]);
    let stem = rod(Vec3::Z * 0.29, Vec3::Z * 0.36, [0.008; 2]);
    // Three spokes hold the shade.
    let spokes = [30.0, 150.0, 270.0].map(|a| rod(Vec3::Z * 0.345, polar(a, 0.135, 0.345), [0.0022; 2]));
    let metal = [turned(7, &foot), stem].into_iter().chain(spokes).collect();
    vec![
        part("body", Stuff::Ceramic, turned(7, &body)),
        part("fittings", Stuff::Metal, metal),
        part("shade", Stuff::Fabric, shade([0.165, 0.285], [0.105, 0.49], 9)),
        part("bulb", Stuff::Glow, ball(Vec3::Z * 0.385, 0.03, 12)),
    ]
}

fn desk_lamp() -> Vec<PropPart> {
    let foot = Outline::corners(&[
        [0.0, 0.0, 0.0],
        [0.095, 0.0, 0.003],
        [0.095, 0.02, 0.008],
        [0.02, 0.026, 0.004],
        [0.016, 0.05, 0.004],
        [0.0, 0.05, 0.0],
    ]);
    // Built towards +x.
    let (low, elbow, wrist) = (vec3(0.0, 0.0, 0.045), vec3(-0.13, 0.0, 0.3), vec3(0.14, 0.0, 0.455));
    let pair = |a: Vec3, b: Vec3| -> Form {
        [-0.011, 0.011].map(|y: f32| rod(a + Vec3::Y * y, b + Vec3::Y * y, [0.005; 2])).into_iter().collect()
    };
    let pin = |p: Vec3| rod(p - Vec3::Y * 0.02, p + Vec3::Y * 0.02, [0.012; 2]);
    let arms = [turned(8, &foot), pair(low, elbow), pair(elbow, wrist), pin(low), pin(elbow), pin(wrist)];
    let bell = Outline::smooth(&[[0.0, 0.0], [0.022, 0.004], [0.03, 0.03], [0.036, 0.055], [0.062, 0.085], [0.078, 0.125]], 2)
        .shell(0.003);
    // From the wrist forwards and down.
    let aim = along(wrist + vec3(-0.02, 0.0, 0.015), wrist + vec3(0.06, 0.0, -0.075));
    let socket = rod(Vec3::Z * 0.003, Vec3::Z * 0.064, [0.012; 2]);
    let head = turned(7, &bell).and(socket).at(aim);
    let bulb = ball(Vec3::Z * 0.082, 0.026, 12).at(aim);
    let front = |form: Form| form.turned(Vec3::Z, -90.0);
    vec![
        part("arms", Stuff::Metal, front(arms.into_iter().collect())),
        part("head", Stuff::Metal, front(head)),
        part("bulb", Stuff::Glow, front(bulb)),
    ]
}

fn arc_lamp() -> Vec<PropPart> {
    let foot = Outline::corners(&[[0.0, 0.0, 0.0], [0.19, 0.0, 0.005], [0.19, 0.06, 0.01], [0.0, 0.06, 0.0]]);
    let arc = [
        (-0.5, 0.04),
        (-0.5, 0.6),
        (-0.485, 1.0),
        (-0.42, 1.35),
        (-0.28, 1.6),
        (-0.08, 1.735),
        (0.14, 1.76),
        (0.34, 1.69),
        (0.45, 1.6),
    ]
    .map(|(x, z)| vec3(x, 0.0, z));
    // A bowl, to be turned over.
    let dome = Outline::smooth(&[[0.0, 0.0], [0.05, 0.005], [0.12, 0.045], [0.165, 0.115], [0.18, 0.2]], 3).shell(0.003);
    let below = vec3(0.45, 0.0, 1.37);
    vec![
        part("foot", Stuff::Ceramic, turned(7, &foot).at(vec3(-0.5, 0.0, 0.0))),
        part(
            "arc",
            Stuff::Metal,
            tube(0.012, &arc, 16).and(rod(below + Vec3::Z * 0.125, below + Vec3::Z * 0.235, [0.018, 0.014])),
        ),
        part("shade", Stuff::Metal, turned(7, &dome).turned(Vec3::X, 180.0).at(below + Vec3::Z * 0.2)),
        part("bulb", Stuff::Glow, ball(below + Vec3::Z * 0.09, 0.05, 16)),
    ]
}
