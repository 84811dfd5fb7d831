//! Boxes, balls, capsules and cylinders.

use std::f32::consts::FRAC_PI_2;

use glam::{Vec2, Vec3};

use super::{Weld, bevel_facets};
use crate::Mesh;

/// `quarter + 1` points from +x to +y on the unit circle. The ends are exact.
fn quarter_circle(quarter: usize) -> Vec<Vec2> {
    (0..=quarter)
        .map(|i| match i {
            0 => Vec2::X,
            i if i == quarter => Vec2::Y,
            // Mirrored about the diagonal, so that the four quarters agree to the bit.
            i if 2 * i > quarter => {
                let v = Vec2::from_angle(FRAC_PI_2 * (quarter - i) as f32 / quarter as f32);
                Vec2::new(v.y, v.x)
            }
            i => Vec2::from_angle(FRAC_PI_2 * i as f32 / quarter as f32),
        })
        .collect()
}

/// `4 * quarter` points around the unit circle.
pub(super) fn circle(quarter: usize) -> Vec<Vec2> {
    let first = quarter_circle(quarter);
    (0..4).flat_map(|turn| first[..quarter].iter().map(move |&v| rotated(v, turn))).collect()
}

/// By `turn` right angles, exactly.
fn rotated(v: Vec2, turn: usize) -> Vec2 {
    (0..turn).fold(v, |v, _| Vec2::new(-v.y, v.x))
}

/// All points within `radius` of the box `[-inner, inner]`: a ball whose eight octants are pulled apart. Rings of latitude, each
/// with its four quarters of longitude, hold the ball's edges twice, and the strips between the copies are the flat faces.
pub(super) fn rounded_box(inner: Vec3, radius: f32, quarter: usize) -> Mesh {
    let arc = quarter_circle(quarter);
    // Normals' (cos, sin) of latitude from the south pole to the north pole, with the half they belong to.
    let south = arc.iter().rev().map(|v| (Vec2::new(v.x, -v.y), -1.0));
    let rings: Vec<(Vec2, f32)> = south.chain(arc.iter().map(|&v| (v, 1.0))).collect();
    let sectors: Vec<(Vec2, Vec2)> =
        (0..4).flat_map(|turn| arc.iter().map(move |&v| (rotated(v, turn), rotated(Vec2::ONE, turn)))).collect();

    let mut weld = Weld::default();
    let rows: Vec<Vec<u32>> = rings
        .iter()
        .map(|&(latitude, half)| {
            sectors
                .iter()
                .map(|&(longitude, corner)| {
                    let normal = (longitude * latitude.x).extend(latitude.y);
                    weld.vertex(inner * corner.extend(half) + radius * normal, normal)
                })
                .collect()
        })
        .collect();
    let n = sectors.len();
    for pair in rows.windows(2) {
        for i in 0..n {
            let j = (i + 1) % n;
            weld.quad(pair[0][i], pair[0][j], pair[1][j], pair[1][i]);
        }
    }
    // The flat top and bottom: the four copies of each pole.
    let corners = |row: &[u32]| [0, 1, 2, 3].map(|turn| row[turn * (quarter + 1)]);
    let [a, b, c, d] = corners(&rows[0]);
    weld.quad(d, c, b, a);
    let [a, b, c, d] = corners(&rows[rows.len() - 1]);
    weld.quad(a, b, c, d);
    weld.finish()
}

pub(super) fn sharp_box(half: Vec3) -> Mesh {
    let mut weld = Weld::default();
    for axis in 0..3 {
        let (u, v) = (Vec3::AXES[(axis + 1) % 3], Vec3::AXES[(axis + 2) % 3]);
        for side in [-1.0, 1.0] {
            let normal = Vec3::AXES[axis] * side;
            // Swapping u and v on the far side keeps the order counter-clockwise from outside.
            let (u, v) = if side > 0.0 { (u, v) } else { (v, u) };
            let [a, b, c, d] = [-u - v, u - v, u + v, v - u].map(|d| weld.vertex(half * (normal + d), normal));
            weld.quad(a, b, c, d);
        }
    }
    weld.finish()
}

pub(super) fn plane(size: Vec2) -> Mesh {
    let mut weld = Weld::default();
    let [a, b, c, d] = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)]
        .map(|(x, y)| weld.vertex((0.5 * size * Vec2::new(x, y)).extend(0.0), Vec3::Z));
    weld.quad(a, b, c, d);
    weld.finish()
}

/// A surface of revolution: the bottom's middle, the rim or its bevel, the same above.
pub(super) fn cylinder(radius: f32, half_height: f32, bevel: f32, quarter: usize) -> Mesh {
    let bevel = bevel.clamp(0.0, radius.min(half_height));
    // (distance from the axis, height) with their normals, from the bottom to the top.
    let upper: Vec<(Vec2, Vec2)> = if bevel > 0.0 {
        let core = Vec2::new(radius - bevel, half_height - bevel);
        quarter_circle(bevel_facets(quarter, bevel / radius.min(half_height)))
            .into_iter()
            .map(|n| (core + bevel * n, n))
            .collect()
    } else {
        let rim = Vec2::new(radius, half_height);
        vec![(rim, Vec2::X), (rim, Vec2::Y)]
    };
    let flip = Vec2::new(1.0, -1.0);
    let profile: Vec<(Vec2, Vec2)> =
        upper.iter().rev().map(|&(p, n)| (p * flip, n * flip)).chain(upper.iter().copied()).collect();

    let circle = circle(quarter);
    let mut weld = Weld::default();
    let rows: Vec<Vec<u32>> = profile
        .iter()
        .map(|&(p, n)| circle.iter().map(|&c| weld.vertex((c * p.x).extend(p.y), (c * n.x).extend(n.y))).collect())
        .collect();
    let middles = [-1.0, 1.0].map(|side| weld.vertex(Vec3::Z * half_height * side, Vec3::Z * side));
    let (bottom, top) = (&rows[0], &rows[rows.len() - 1]);
    for i in 0..circle.len() {
        let j = (i + 1) % circle.len();
        for pair in rows.windows(2) {
            weld.quad(pair[0][i], pair[0][j], pair[1][j], pair[1][i]);
        }
        weld.triangle(middles[0], bottom[j], bottom[i]);
        weld.triangle(middles[1], top[i], top[j]);
    }
    weld.finish()
}
