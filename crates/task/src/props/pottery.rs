//! Vases and bowls.

use glam::{Vec2, vec3};

use super::form::{Outline, along, tube, turned};
use super::{PropPart, Stuff, part};

pub(super) fn vase(variant: u32) -> Vec<PropPart> {
    match variant {
        0 => amphora(),
        1 => long_neck(),
        _ => fluted(),
    }
}

pub(super) fn bowl(variant: u32) -> Vec<PropPart> {
    match variant {
        0 => deep(),
        1 => on_a_stem(),
        _ => mortar(),
    }
}

fn amphora() -> Vec<PropPart> {
    let side = [
        [0.0, 0.002],
        [0.04, 0.003],
        [0.055, 0.014],
        [0.09, 0.09],
        [0.105, 0.16],
        [0.088, 0.225],
        [0.05, 0.265],
        [0.042, 0.295],
        [0.056, 0.325],
    ];
    let handles = [-1.0, 1.0].map(|s: f32| {
        let path = [(0.05, 0.298), (0.085, 0.306), (0.12, 0.285), (0.125, 0.245), (0.102, 0.195)];
        tube(0.009, &path.map(|(x, z)| vec3(s * x, 0.0, z)), 10)
    });
    let body = turned(8, &Outline::smooth(&side, 2).shell(0.006));
    vec![part("body", Stuff::Ceramic, body), part("handles", Stuff::Ceramic, handles.into_iter().collect())]
}

fn long_neck() -> Vec<PropPart> {
    let side = [
        [0.0, 0.002],
        [0.03, 0.003],
        [0.042, 0.012],
        [0.072, 0.075],
        [0.068, 0.13],
        [0.034, 0.195],
        [0.02, 0.26],
        [0.0185, 0.34],
        [0.034, 0.405],
    ];
    vec![part("body", Stuff::Ceramic, turned(9, &Outline::smooth(&side, 2).shell(0.004)))]
}

fn fluted() -> Vec<PropPart> {
    let side = [[0.0, 0.002], [0.04, 0.004], [0.06, 0.022], [0.05, 0.08], [0.046, 0.14], [0.068, 0.22], [0.125, 0.275]];
    // Twelve flutes, four facets each, which wind up along the wall and fade towards the foot.
    let body = turned(12, &Outline::smooth(&side, 2).shell(0.004)).shaped(|p| {
        let (d, rise) = (p.truncate(), p.z / 0.27);
        let wave = Vec2::from_angle(12.0 * d.to_angle() + 4.0 * rise).x;
        let deep = 0.07 * (d.length() / 0.05).min(1.0) * rise.clamp(0.0, 1.0);
        (d * (1.0 + deep * wave)).extend(p.z)
    });
    vec![part("body", Stuff::Ceramic, body)]
}

fn deep() -> Vec<PropPart> {
    let side = [[0.0, 0.012], [0.045, 0.014], [0.09, 0.036], [0.114, 0.066], [0.123, 0.092]];
    let foot = Outline::around(&[[0.042, 0.0, 0.002], [0.052, 0.0, 0.002], [0.05, 0.018, 0.0], [0.042, 0.016, 0.0]]);
    let body = turned(10, &Outline::smooth(&side, 3).shell(0.005));
    vec![part("body", Stuff::Ceramic, body), part("foot", Stuff::Ceramic, turned(10, &foot))]
}

fn on_a_stem() -> Vec<PropPart> {
    let dish = [[0.0, 0.118], [0.05, 0.121], [0.1, 0.137], [0.135, 0.168], [0.15, 0.19]];
    let stem = Outline::corners(&[[0.0, 0.0, 0.0], [0.07, 0.0, 0.003], [0.07, 0.006, 0.003], [0.03, 0.02, 0.02]])
        .then(Outline::smooth(&[[0.03, 0.02], [0.016, 0.035], [0.012, 0.055], [0.02, 0.075], [0.014, 0.095], [0.035, 0.121]], 2))
        .then(Outline::corners(&[[0.035, 0.121, 0.0], [0.02, 0.122, 0.0], [0.0, 0.122, 0.0]]));
    let body = turned(9, &Outline::smooth(&dish, 3).shell(0.005));
    vec![part("dish", Stuff::Ceramic, body), part("stem", Stuff::Ceramic, turned(7, &stem))]
}

fn mortar() -> Vec<PropPart> {
    let side = [[0.0, 0.014], [0.03, 0.015], [0.055, 0.034], [0.066, 0.07], [0.071, 0.105]];
    let foot =
        Outline::corners(&[[0.0, 0.0, 0.0], [0.05, 0.0, 0.004], [0.048, 0.012, 0.005], [0.034, 0.024, 0.01], [0.0, 0.024, 0.0]]);
    let body = turned(9, &Outline::smooth(&side, 3).shell(0.01)).and(turned(9, &foot));
    let pestle = Outline::smooth(
        &[[0.0, 0.0], [0.013, 0.004], [0.016, 0.018], [0.01, 0.045], [0.0085, 0.1], [0.0115, 0.14], [0.0, 0.152]],
        3,
    );
    let (low, rim) = (vec3(-0.012, 0.027, 0.042), vec3(0.052, 0.036, 0.124));
    let pestle = turned(4, &pestle).at(along(low, rim));
    vec![part("body", Stuff::Ceramic, body), part("pestle", Stuff::Wood, pestle)]
}
