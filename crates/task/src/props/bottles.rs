//! Bottles.

use glam::{Vec3, vec2, vec3};

use super::form::{Outline, lathe, rod, turned};
use super::{PropPart, Stuff, part};

pub(super) fn bottle(variant: u32) -> Vec<PropPart> {
    match variant {
        0 => wine(),
        1 => decanter(),
        _ => canister(),
    }
}

fn wine() -> Vec<PropPart> {
    let side = Outline::corners(&[
        [0.0, 0.0, 0.0],
        [0.0375, 0.0, 0.008],
        [0.0375, 0.2, 0.03],
        [0.0145, 0.232, 0.02],
        [0.0135, 0.302, 0.0],
    ]);
    let foil = Outline::around(&[
        [0.0137, 0.25, 0.0],
        [0.0146, 0.25, 0.0],
        [0.0143, 0.29, 0.0],
        [0.0165, 0.293, 0.001],
        [0.0165, 0.305, 0.001],
        [0.0125, 0.305, 0.0],
    ]);
    let label = Outline::around(&[[0.0376, 0.06, 0.0], [0.038, 0.06, 0.0], [0.038, 0.145, 0.0], [0.0376, 0.145, 0.0]]);
    vec![
        part("glass", Stuff::Glass, turned(8, &side.shell(0.003))),
        part("foil", Stuff::Metal, turned(8, &foil)),
        part("cork", Stuff::Wood, rod(Vec3::Z * 0.27, Vec3::Z * 0.314, [0.0102, 0.0106])),
        part("label", Stuff::Paper, turned(8, &label)),
    ]
}

fn decanter() -> Vec<PropPart> {
    let side = [
        [0.0, 0.002],
        [0.05, 0.003],
        [0.082, 0.02],
        [0.094, 0.06],
        [0.07, 0.105],
        [0.028, 0.135],
        [0.019, 0.17],
        [0.019, 0.21],
        [0.032, 0.238],
    ];
    // Ground to sit in the neck, with a knob.
    let stopper = Outline::corners(&[
        [0.0, 0.2, 0.0],
        [0.0138, 0.2, 0.002],
        [0.0153, 0.236, 0.002],
        [0.009, 0.243, 0.004],
        [0.009, 0.245, 0.0],
    ])
    .then(Outline::smooth(&[[0.009, 0.245], [0.021, 0.254], [0.0245, 0.268], [0.0175, 0.285], [0.0, 0.292]], 3));
    vec![
        part("glass", Stuff::Glass, turned(7, &Outline::smooth(&side, 2).shell(0.0035))),
        part("stopper", Stuff::Glass, turned(6, &stopper)),
    ]
}

fn canister() -> Vec<PropPart> {
    let core = vec2(0.038, 0.022);
    let body =
        Outline::corners(&[[0.0, 0.0, 0.0], [0.018, 0.0, 0.006], [0.018, 0.15, 0.012], [0.004, 0.176, 0.004], [0.0, 0.176, 0.0]]);
    let neck = Outline::corners(&[[0.0, 0.17, 0.0], [0.014, 0.17, 0.0], [0.014, 0.182, 0.0], [0.0, 0.184, 0.0]]);
    let cap = Outline::corners(&[[0.0, 0.181, 0.0], [0.0175, 0.181, 0.001], [0.0165, 0.205, 0.003], [0.0, 0.206, 0.0]]);
    let label = Outline::around(&[[0.0176, 0.035, 0.0], [0.0184, 0.035, 0.0], [0.0184, 0.115, 0.0], [0.0176, 0.115, 0.0]]);
    let off = vec3(-0.016, 0.0, 0.0);
    vec![
        part("body", Stuff::Plastic, lathe(core, 5, &body).and(turned(7, &neck).at(off))),
        part("cap", Stuff::Plastic, turned(7, &cap).at(off)),
        part("label", Stuff::Paper, lathe(core, 5, &label)),
    ]
}
