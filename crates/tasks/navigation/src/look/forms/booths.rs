//! Kiosk and parasol: eight sides each, one of them to the front.

use core::f32::consts::{FRAC_PI_4, FRAC_PI_8};

use glam::{Vec2, Vec3, vec3};
use raytruth_task::props::Stuff;
use raytruth_task::props::form::{self, Outline, ball, beam, board, polar, rod, sheet, turned};

use super::{Piece, Shade};

/// From the middle of an octagon to a face, as a part of the way to a corner.
const APOTHEM: f32 = 0.923_88;

/// An upright body of eight flat faces, by an outline through its corners.
fn octagon(outline: &[[f32; 2]]) -> form::Form {
    let corners: Vec<[f32; 3]> = outline.iter().map(|&[r, z]| [r, z, 0.0]).collect();
    turned(2, &Outline::corners(&corners)).turned(Vec3::Z, 22.5).faceted()
}

/// A copy at each of some faces, counted counter-clockwise from the front.
fn faces(which: impl IntoIterator<Item = u8>, form: &form::Form) -> form::Form {
    which.into_iter().map(|k| form.clone().turned(Vec3::Z, 45.0 * f32::from(k))).collect()
}

/// Distance of the kiosk's corners from its middle, metres, and heights of its counter and of its eaves.
const BODY: f32 = 0.53;
const COUNTER: f32 = 0.98;
const EAVES: f32 = 2.0;
/// Faces behind the counter; the others are open.
const SHUT: core::ops::Range<u8> = 2..7;

pub(super) fn kiosk() -> Vec<Piece> {
    let face = APOTHEM * BODY;
    let half = 0.38 * BODY;
    let foot = octagon(&[[0.0, 0.0], [0.58, 0.0], [0.58, 0.08], [0.0, 0.08]]);
    let lower = octagon(&[[0.0, 0.07], [BODY, 0.07], [BODY, COUNTER], [0.0, COUNTER]]);
    let field = board(vec3(-0.72 * half, -face - 0.014, 0.2), vec3(0.72 * half, -face + 0.01, COUNTER - 0.13), 0.012);
    let back = board(vec3(-half, -face, COUNTER), vec3(half, -face + 0.03, EAVES), 0.004);
    let pane = board(vec3(-0.72 * half, -face - 0.014, COUNTER + 0.14), vec3(0.72 * half, -face + 0.01, EAVES - 0.14), 0.012);
    let posts = (0..8).map(|k| {
        let at = polar(22.5 + 45.0 * f32::from(k as u8), BODY - 0.02, 0.0);
        rod(at + Vec3::Z * COUNTER, at + Vec3::Z * EAVES, [0.032; 2])
    });
    let band = octagon(&[[0.0, EAVES - 0.12], [BODY + 0.015, EAVES - 0.12], [BODY + 0.015, EAVES + 0.05], [0.0, EAVES + 0.05]]);
    let body = [lower, faces(0..8, &field), faces(SHUT, &back), faces(SHUT, &pane), band].into_iter().chain(posts).collect();
    let counter = octagon(&[[0.0, COUNTER - 0.01], [0.64, COUNTER - 0.01], [0.64, COUNTER + 0.035], [0.0, COUNTER + 0.035]]);
    let roof = octagon(&[
        [0.0, EAVES + 0.02],
        [0.635, EAVES + 0.02],
        [0.645, EAVES + 0.06],
        [0.42, EAVES + 0.16],
        [0.22, EAVES + 0.29],
        [0.09, EAVES + 0.37],
        [0.0, EAVES + 0.38],
    ]);
    let finial = ball(Vec3::Z * (EAVES + 0.428), 0.07, 14);
    // Cloth over the openings, which hides little of them.
    let awning = sheet([6, 2], 0.006, |u, v| {
        let (r, z) = (face + 0.012 + 0.105 * v, EAVES - 0.05 - 0.13 * v);
        vec3((2.0 * u - 1.0) * r * 0.41, -r, z)
    });
    let open = || (0..8).filter(|k| !SHUT.contains(k));
    vec![
        Piece::new("body", Shade::Own, Stuff::Plastic, body),
        Piece::new("roof", Shade::Deep, Stuff::Plastic, roof.and(finial)),
        Piece::new("counter", Shade::Pale, Stuff::Plastic, counter),
        Piece::new("awning", Shade::Pale, Stuff::Fabric, faces(open(), &awning)),
        Piece::new("foot", Shade::Dark, Stuff::Plastic, foot),
    ]
}

/// Distance of the canopy's corners from the pole, metres, and its heights at the rim and at the pole.
const REACH: f32 = 0.55;
const RIM: f32 = 1.66;
const PEAK: f32 = 2.3;

pub(super) fn parasol() -> Vec<Piece> {
    let valance = RIM - 0.15;
    let (out, thick) = (1.0, 0.012);
    // From the pole out below, around the valance, and back above; distances are parts of the reach.
    let outline = Outline::corners(&[
        [0.0, PEAK - thick, 0.0],
        [0.5 * out, 0.5 * (RIM + PEAK) + 0.02 - thick, 0.0],
        [out - thick, RIM - thick, 0.0],
        [out - thick, valance, 0.0],
        [out, valance, 0.0],
        [out, RIM, 0.0],
        [0.5 * out, 0.5 * (RIM + PEAK) + 0.02, 0.0],
        [0.0, PEAK, 0.0],
    ])
    .cut(0.21);
    let canopy = turned(8, &outline).shaped(|p| {
        let flat = p.truncate();
        let r = flat.length();
        // Within a gore, −1 at one rib and 1 at the next.
        let across = ((flat.to_angle() / FRAC_PI_4).rem_euclid(1.0) - 0.5) * 2.0;
        let straight = APOTHEM / Vec2::from_angle(FRAC_PI_8 * across).x;
        let hollow = 1.0 - across * across;
        let sag = 0.045 * hollow * r * (1.4 - r).max(0.0);
        let scallop = 0.07 * hollow * ((RIM - p.z) / 0.15).clamp(0.0, 1.0) * f32::from(r > 0.9);
        (flat * straight * REACH).extend(p.z - sag + 0.06 * ((RIM - p.z) / 0.15).clamp(0.0, 1.0) * f32::from(r > 0.9) - scallop)
    });
    let ribs: form::Form = (0..8)
        .map(|k| {
            let a = 45.0 * k as f32;
            beam(polar(a, 0.02, PEAK - 0.05), polar(a, REACH - 0.05, RIM - 0.012), Vec2::splat(0.014), 0.003)
        })
        .collect();
    let struts: form::Form = (0..8)
        .map(|k| {
            let a = 45.0 * k as f32;
            beam(polar(a, 0.02, 1.6), polar(a, 0.3, 1.95), Vec2::splat(0.012), 0.002)
        })
        .collect();
    let pole = rod(Vec3::Z * 0.05, Vec3::Z * (PEAK + 0.02), [0.027, 0.022]);
    let runner = turned(3, &Outline::corners(&[[0.0, 1.56, 0.0], [0.045, 1.56, 0.006], [0.045, 1.63, 0.006], [0.0, 1.63, 0.0]]));
    let knob = turned(
        3,
        &Outline::smooth(
            &[[0.0, PEAK - 0.01], [0.05, PEAK + 0.005], [0.03, PEAK + 0.04], [0.035, PEAK + 0.07], [0.0, PEAK + 0.099]],
            2,
        ),
    );
    let stand = turned(
        6,
        &Outline::corners(&[
            [0.0, 0.0, 0.0],
            [0.27, 0.0, 0.01],
            [0.27, 0.06, 0.02],
            [0.07, 0.1, 0.02],
            [0.055, 0.34, 0.006],
            [0.0, 0.34, 0.0],
        ]),
    );
    vec![
        Piece::new("canopy", Shade::Own, Stuff::Fabric, canopy),
        Piece::new("knob", Shade::Deep, Stuff::Plastic, knob),
        Piece::new("frame", Shade::Pale, Stuff::Plastic, [ribs, struts, pole, runner].into_iter().collect()),
        Piece::new("stand", Shade::Own, Stuff::Ceramic, stand),
    ]
}
