//! Stools.

use glam::{Vec3, vec3};

use super::form::{Form, Outline, circle, polar, ring, rod, sheet, turned};
use super::{PropPart, Stuff, part};

pub(super) fn stool(variant: u32) -> Vec<PropPart> {
    match variant {
        0 => three_legs(),
        1 => bar(),
        _ => folding(),
    }
}

fn three_legs() -> Vec<PropPart> {
    let seat = Outline::corners(&[
        [0.0, 0.415, 0.0],
        [0.14, 0.415, 0.02],
        [0.175, 0.44, 0.014],
        [0.165, 0.463, 0.02],
        [0.0, 0.452, 0.0],
    ]);
    let foot = |i: i32| polar(90.0 + 120.0 * i as f32, 0.225, 0.0);
    let on_leg = |i: i32, z: f32| foot(i).lerp(polar(90.0 + 120.0 * i as f32, 0.1, 0.42), z / 0.42);
    let legs = (0..3).map(|i| rod(foot(i), on_leg(i, 0.42), [0.014, 0.021]));
    let ties = (0..3).map(|i| {
        let z = 0.15 + 0.03 * i as f32;
        rod(on_leg(i, z), on_leg(i + 1, z + 0.012), [0.009; 2])
    });
    vec![part("seat", Stuff::Wood, turned(8, &seat)), part("legs", Stuff::Wood, legs.chain(ties).collect())]
}

fn bar() -> Vec<PropPart> {
    let foot = Outline::corners(&[
        [0.0, 0.0, 0.0],
        [0.205, 0.0, 0.003],
        [0.205, 0.01, 0.004],
        [0.07, 0.03, 0.05],
        [0.03, 0.09, 0.03],
        [0.03, 0.42, 0.004],
        [0.021, 0.425, 0.0],
        [0.021, 0.69, 0.0],
        [0.1, 0.7, 0.004],
        [0.1, 0.708, 0.0],
        [0.0, 0.708, 0.0],
    ]);
    let rest = ring(0.0095, &circle(12, 0.15, 0.3), 8);
    let spokes = [0.0, 120.0, 240.0].map(|a| rod(polar(a, 0.02, 0.3), polar(a, 0.15, 0.3), [0.0065; 2]));
    let metal = [turned(7, &foot), rest].into_iter().chain(spokes).collect();
    let seat =
        Outline::corners(&[[0.0, 0.705, 0.0], [0.17, 0.705, 0.02], [0.19, 0.755, 0.03], [0.15, 0.787, 0.04], [0.0, 0.775, 0.0]]);
    vec![part("frame", Stuff::Metal, metal), part("seat", Stuff::Leather, turned(8, &seat))]
}

fn folding() -> Vec<PropPart> {
    let legs = [-1.0, 1.0].map(|y: f32| -> Form {
        let leg = |s: f32, y: f32| rod(vec3(-s * 0.23, y, 0.012), vec3(s * 0.21, y, 0.44), [0.014, 0.013]);
        leg(1.0, y * 0.165).and(leg(-1.0, y * 0.135))
    });
    let bars = [(0.21, 0.44, 0.19), (-0.21, 0.44, 0.19), (0.23, 0.014, 0.18), (-0.23, 0.014, 0.18), (0.0, 0.226, 0.18)]
        .map(|(x, z, y)| rod(vec3(x, -y, z), vec3(x, y, z), [0.013; 2]));
    let seat = sheet([12, 4], 0.006, |u, v| {
        let x = 2.0 * u - 1.0;
        vec3(0.222 * x, 0.3 * (v - 0.5), 0.456 - 0.05 * (1.0 - x * x))
    });
    let frame = legs.into_iter().chain(bars).collect::<Form>().at(Vec3::ZERO);
    vec![part("frame", Stuff::Wood, frame), part("seat", Stuff::Fabric, seat)]
}
