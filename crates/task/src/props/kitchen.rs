//! What stands on a cooker.

use glam::{Vec3, vec3};

use super::form::{Form, Outline, along, ball, circle, ring, rod, tube, turned};
use super::{PropPart, Stuff, part};

pub(super) fn pot(variant: u32) -> Vec<PropPart> {
    match variant {
        0 => saucepan(),
        1 => stock_pot(),
        _ => kettle(),
    }
}

/// Points in the xz-plane.
fn upright<const N: usize>(path: [(f32, f32); N]) -> [Vec3; N] {
    path.map(|(x, z)| vec3(x, 0.0, z))
}

fn saucepan() -> Vec<PropPart> {
    let side = Outline::corners(&[[0.0, 0.0, 0.0], [0.092, 0.0, 0.014], [0.095, 0.096, 0.0]]);
    let lip = ring(0.0026, &circle(24, 0.0945, 0.0965), 8);
    let arm = tube(0.0065, &upright([(0.094, 0.072), (0.12, 0.08), (0.16, 0.089)]), 10);
    let handle = Outline::smooth(&[[0.0, 0.0], [0.009, 0.001], [0.0115, 0.03], [0.0105, 0.09], [0.0125, 0.128], [0.0, 0.137]], 2);
    let handle = turned(4, &handle).at(along(vec3(0.148, 0.0, 0.086), vec3(0.3, 0.0, 0.12)));
    vec![part("body", Stuff::Metal, turned(10, &side.shell(0.003)).and(lip).and(arm)), part("handle", Stuff::Wood, handle)]
}

fn stock_pot() -> Vec<PropPart> {
    let side = Outline::corners(&[[0.0, 0.0, 0.0], [0.125, 0.0, 0.014], [0.125, 0.19, 0.0]]);
    let lid = Outline::corners(&[
        [0.0, 0.188, 0.0],
        [0.129, 0.189, 0.002],
        [0.129, 0.197, 0.002],
        [0.115, 0.2, 0.01],
        [0.06, 0.222, 0.06],
        [0.0, 0.224, 0.0],
    ]);
    let knob = Outline::smooth(&[[0.0, 0.222], [0.009, 0.223], [0.008, 0.235], [0.019, 0.243], [0.016, 0.255], [0.0, 0.258]], 2);
    let loops = [-1.0, 1.0].map(|s: f32| {
        let path = [(0.123, -0.036), (0.15, -0.034), (0.161, -0.012), (0.161, 0.012), (0.15, 0.034), (0.123, 0.036)];
        tube(0.006, &path.map(|(x, y)| vec3(s * x, y, 0.15)), 10)
    });
    vec![
        part("body", Stuff::Metal, turned(9, &side.shell(0.004)).and(loops.into_iter().collect())),
        part("lid", Stuff::Metal, turned(9, &lid)),
        part("knob", Stuff::Plastic, turned(5, &knob)),
    ]
}

fn kettle() -> Vec<PropPart> {
    let body = Outline::corners(&[
        [0.0, 0.0, 0.0],
        [0.1, 0.0, 0.012],
        [0.104, 0.03, 0.02],
        [0.085, 0.115, 0.05],
        [0.047, 0.136, 0.004],
        [0.045, 0.142, 0.003],
        [0.0, 0.15, 0.0],
    ]);
    // Narrower towards its mouth, and a little bent.
    let spout =
        [[0.0, 0.0], [0.023, 0.0], [0.0105, 0.115], [0.008, 0.115], [0.0075, 0.09], [0.0, 0.09]].map(|[r, z]| [r, z, 0.001]);
    let spout = turned(4, &Outline::corners(&spout).cut(0.02))
        .shaped(|p| p + Vec3::X * 2.6 * p.z * (0.115 - p.z))
        .at(along(vec3(0.075, 0.0, 0.05), vec3(0.15, 0.0, 0.13)));
    let bow = tube(
        0.0045,
        &upright([(-0.082, 0.1), (-0.092, 0.16), (-0.062, 0.222), (0.0, 0.243), (0.062, 0.222), (0.092, 0.16), (0.082, 0.1)]),
        12,
    );
    let grip = tube(0.0105, &upright([(-0.052, 0.229), (0.0, 0.2435), (0.052, 0.229)]), 20);
    let stem = rod(Vec3::Z * 0.147, Vec3::Z * 0.158, [0.006; 2]);
    vec![
        part("body", Stuff::Metal, [turned(9, &body), spout, bow, stem].into_iter().collect::<Form>()),
        part("grip", Stuff::Wood, grip),
        part("knob", Stuff::Wood, ball(Vec3::Z * 0.167, 0.013, 12)),
    ]
}
