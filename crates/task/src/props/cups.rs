//! Cups: hollow, with a wall and a coloured ring. They stand on their foot, or upside down over a ball.

use glam::vec3;

use super::form::{Form, Outline, tube, turned};
use super::{PropPart, Stuff, part};

pub(super) fn cup(variant: u32) -> Vec<PropPart> {
    match variant {
        0 => tumbler(),
        1 => mug(),
        _ => teacup(),
    }
}

/// A ring around a wall: radius outside of the wall and height, below and above.
fn band([r0, z0]: [f32; 2], [r1, z1]: [f32; 2]) -> Form {
    let (deep, proud) = (0.0015, 0.0012);
    let section = [[r0 - deep, z0, 0.0], [r0 + proud, z0, 0.0008], [r1 + proud, z1, 0.0008], [r1 - deep, z1, 0.0]];
    turned(10, &Outline::around(&section))
}

fn tumbler() -> Vec<PropPart> {
    let side = Outline::corners(&[[0.0, 0.0, 0.0], [0.032, 0.0, 0.009], [0.044, 0.112, 0.0]]);
    let radius = |z: f32| 0.032 + 0.012 * z / 0.112;
    vec![
        part("body", Stuff::Ceramic, turned(10, &side.shell(0.004))),
        part("ring", Stuff::Ceramic, band([radius(0.088), 0.088], [radius(0.102), 0.102])),
    ]
}

fn mug() -> Vec<PropPart> {
    let side = Outline::corners(&[[0.0, 0.0, 0.0], [0.041, 0.0, 0.007], [0.041, 0.096, 0.0]]);
    let handle =
        [(0.0425, 0.078), (0.056, 0.079), (0.069, 0.07), (0.073, 0.052), (0.067, 0.034), (0.055, 0.025), (0.0425, 0.024)];
    let handle = tube(0.0055, &handle.map(|(x, z)| vec3(x, 0.0, z)), 16);
    vec![
        part("body", Stuff::Ceramic, turned(10, &side.shell(0.0045)).and(handle)),
        part("ring", Stuff::Ceramic, band([0.041, 0.083], [0.041, 0.09])),
    ]
}

fn teacup() -> Vec<PropPart> {
    let side = Outline::smooth(&[[0.0, 0.009], [0.02, 0.0105], [0.037, 0.026], [0.0445, 0.046], [0.049, 0.064]], 2);
    let foot = Outline::around(&[[0.0195, 0.0, 0.001], [0.025, 0.0, 0.001], [0.023, 0.0135, 0.0], [0.0195, 0.012, 0.0]]);
    let handle = [(0.0475, 0.053), (0.058, 0.059), (0.067, 0.053), (0.065, 0.039), (0.053, 0.0285), (0.0385, 0.0285)];
    let handle = tube(0.0033, &handle.map(|(x, z)| vec3(x, 0.0, z)), 16);
    vec![
        part("body", Stuff::Ceramic, turned(10, &side.shell(0.003)).and(handle)),
        part("ring", Stuff::Ceramic, turned(10, &foot)),
    ]
}
