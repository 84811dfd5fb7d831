//! Plants in pots.

use glam::{Vec2, Vec3, vec2, vec3};

use super::form::{Form, Outline, polar, sheet, tube, turned};
use super::{PropPart, Stuff, part};

pub(super) fn plant(variant: u32) -> Vec<PropPart> {
    match variant {
        0 => broad_leaves(),
        1 => swords(),
        _ => cactus(),
    }
}

/// A leaf from the origin towards +x that leaves at one angle above the horizontal and ends at another, degrees.
fn leaf(length: f32, width: f32, elevations: [f32; 2], fold: f32, cells: [usize; 2]) -> Form {
    let [a, b] = elevations.map(|e| {
        let d = Vec2::from_angle(e.to_radians());
        0.5 * length * vec3(d.x, 0.0, d.y)
    });
    sheet(cells, 0.0016, move |u, v| {
        let (x, t) = (1.0 - 2.0 * u, v.clamp(0.0, 1.0));
        let half = width * (0.04 + 2.4 * t * (1.0 - t) * (1.25 - t));
        let spine = 2.0 * v * (1.0 - v) * a + v * v * (a + b);
        let tangent = (2.0 * (1.0 - v) * a + 2.0 * v * b).normalize();
        spine + half * x * Vec3::Y + half * fold * x.abs() * tangent.cross(Vec3::Y)
    })
}

fn pot(outline: &[[f32; 3]], wall: f32, quarter: usize) -> Form {
    turned(quarter, &Outline::corners(outline).shell(wall))
}

fn earth(radius: f32, z: f32) -> Form {
    let outline = Outline::corners(&[[0.0, z - 0.012, 0.0], [radius, z - 0.012, 0.0], [radius, z, 0.0], [0.0, z + 0.012, 0.0]]);
    turned(7, &outline)
}

fn broad_leaves() -> Vec<PropPart> {
    let rim = Outline::around(&[[0.139, 0.192, 0.0], [0.154, 0.192, 0.004], [0.157, 0.232, 0.004], [0.143, 0.232, 0.0]]);
    let pot = pot(&[[0.0, 0.0, 0.0], [0.1, 0.0, 0.015], [0.147, 0.228, 0.0]], 0.009, 6).and(turned(6, &rim));
    let (mut stems, mut leaves) = (Form::default(), Form::default());
    let levels: [(usize, f32, f32, f32); 3] = [(5, 0.33, 0.2, 0.31), (4, 0.52, 0.14, 0.28), (3, 0.68, 0.07, 0.24)];
    for (k, (n, z, reach, length)) in levels.into_iter().enumerate() {
        for i in 0..n {
            // Turns and heights vary by fixed steps, so that no two leaves hang alike.
            let vary = ((7 * i + 3 * k) % 5) as f32 / 4.0 - 0.5;
            let angle = 360.0 * i as f32 / n as f32 + 37.0 * k as f32 + 14.0 * vary;
            let tip = polar(angle, reach, z + 0.06 * vary);
            let middle = polar(angle, 0.35 * reach, 0.2 + 0.62 * (z - 0.2));
            stems.add(tube(0.0042, &[polar(angle, 0.02, 0.2), middle, tip], 8));
            let blade = leaf(length, 0.115, [32.0 + 20.0 * k as f32 + 16.0 * vary, -48.0 + 24.0 * k as f32], 0.28, [2, 6]);
            leaves.add(blade.turned(Vec3::Z, angle).at(tip));
        }
    }
    vec![
        part("pot", Stuff::Ceramic, pot),
        part("earth", Stuff::Earth, earth(0.137, 0.2)),
        part("stems", Stuff::Leaf, stems),
        part("leaves", Stuff::Leaf, leaves),
    ]
}

fn swords() -> Vec<PropPart> {
    let pot = pot(&[[0.0, 0.0, 0.0], [0.115, 0.0, 0.012], [0.115, 0.22, 0.0]], 0.007, 8);
    let leaves = (0..11)
        .map(|i| {
            let vary = ((5 * i) % 11) as f32 / 10.0;
            let (angle, radius) = (137.5 * i as f32, 0.016 + 0.0055 * i as f32);
            let height = 0.66 - 0.42 * (i as f32 / 10.0) * (0.5 + 0.5 * vary);
            let lean = 89.0 - 1.1 * i as f32;
            leaf(height, 0.062, [lean, lean - 5.0 + 9.0 * vary], 0.25, [4, 7])
                .turned(Vec3::Z, angle)
                .at(polar(angle, radius, 0.17))
        })
        .collect();
    vec![part("pot", Stuff::Ceramic, pot), part("earth", Stuff::Earth, earth(0.1105, 0.19)), part("leaves", Stuff::Leaf, leaves)]
}

fn cactus() -> Vec<PropPart> {
    let bowl = pot(&[[0.0, 0.0, 0.0], [0.075, 0.0, 0.02], [0.13, 0.07, 0.05], [0.125, 0.13, 0.0]], 0.008, 7);
    let column = |radius: f32, length: f32| -> Form {
        let r = radius;
        let side = Outline::smooth(
            &[[0.0, 0.0], [0.75 * r, 0.25 * r], [r, 1.1 * r], [r, length - 1.3 * r], [0.72 * r, length - 0.3 * r], [0.0, length]],
            2,
        );
        // Ribs, four facets each.
        turned(8, &side).shaped(|p| {
            let wave = Vec2::from_angle(8.0 * p.truncate().to_angle()).x;
            (p.truncate() * (1.0 + 0.09 * wave)).extend(p.z)
        })
    };
    // Along x from the trunk, then up.
    let arm = |radius: f32, length: f32, bend: f32| -> Form {
        column(radius, length).shaped(move |p| {
            let quarter = std::f32::consts::FRAC_PI_2;
            let s = p.z.clamp(0.0, quarter * bend);
            let d = Vec2::from_angle(s / bend);
            let center = vec2(bend * d.y, bend * (1.0 - d.x)) + (p.z - s) * d;
            let across = -p.x * vec2(-d.y, d.x);
            vec3(center.x + across.x, p.y, center.y + across.y)
        })
    };
    let body = column(0.062, 0.6).at(Vec3::Z * 0.08);
    let left = arm(0.037, 0.31, 0.1).at(vec3(0.03, 0.0, 0.27));
    let right = arm(0.033, 0.25, 0.085).turned(Vec3::Z, 180.0).at(vec3(-0.03, 0.0, 0.37));
    vec![
        part("pot", Stuff::Ceramic, bowl),
        part("earth", Stuff::Earth, earth(0.12, 0.112)),
        part("body", Stuff::Leaf, [body, left, right].into_iter().collect()),
    ]
}
