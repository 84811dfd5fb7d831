//! Meshes of optics whose faces are those of the exact forms, with their normals.

use glam::{Vec2, Vec3, vec3};
use raytruth_scene::Mesh;

/// Facets around a lens, and from its axis to its rim.
const AROUND: u32 = 144;
const OUTWARDS: u32 = 28;
/// To the other side along the axis.
const BACK: Vec2 = Vec2::new(1.0, -1.0);

/// An upright prism over a polygon, counter-clockwise seen from above, with bevelled rims above and below; flat faces.
pub(crate) fn extruded(corners: &[Vec2], half_height: f32, bevel: f32) -> Mesh {
    let n = corners.len();
    // Moved inwards by the bevel along both sides.
    let inner: Vec<Vec2> = (0..n)
        .map(|i| {
            let [before, here, after] = [corners[(i + n - 1) % n], corners[i], corners[(i + 1) % n]];
            let (a, b) = ((here - before).normalize().perp(), (after - here).normalize().perp());
            here + bevel * (a + b) / (1.0 + a.dot(b))
        })
        .collect();
    let ring = |points: &[Vec2], z: f32| points.iter().map(|p| p.extend(z)).collect::<Vec<Vec3>>();
    let h = half_height;
    let rings = [ring(&inner, -h), ring(corners, bevel - h), ring(corners, h - bevel), ring(&inner, h)];
    let mut mesh = Mesh::default();
    let mut face = |points: &[Vec3]| {
        let first = mesh.positions.len() as u32;
        let normal = (points[1] - points[0]).cross(points[2] - points[0]).normalize();
        mesh.positions.extend(points);
        mesh.normals.extend(points.iter().map(|_| normal));
        mesh.triangles.extend((2..points.len() as u32).map(|k| [first, first + k - 1, first + k]));
    };
    for pair in rings.windows(2) {
        for i in 0..n {
            let j = (i + 1) % n;
            face(&[pair[0][i], pair[0][j], pair[1][j], pair[1][i]]);
        }
    }
    face(&rings[3]);
    face(&rings[0].iter().rev().copied().collect::<Vec<_>>());
    mesh
}

/// A lens about the x-axis whose two faces have one radius: greater than 0 where they bulge, less where they are hollow.
pub(crate) fn lens(curve: f32, thick: f32, rim: f32) -> Mesh {
    let radius = curve.abs();
    // From the middle of the face at −x over the rim to that of the other: distance from the axis, x, and the normal of both.
    let face = |k: u32| {
        let sin = rim / radius * k as f32 / OUTWARDS as f32;
        let cos = (1.0 - sin * sin).sqrt();
        let back = radius * (1.0 - cos) * curve.signum();
        (Vec2::new(radius * sin, 0.5 * thick - back), Vec2::new(sin * curve.signum(), cos))
    };
    let mut line: Vec<(Vec2, Vec2)> = (0..=OUTWARDS).map(face).map(|(p, n)| (p * BACK, n * BACK)).collect();
    let (edge, _) = face(OUTWARDS);
    line.extend([(edge * BACK, Vec2::X), (edge, Vec2::X)]);
    line.extend((0..=OUTWARDS).rev().map(face));
    let mut mesh = Mesh::default();
    for (p, n) in &line {
        for i in 0..AROUND {
            let (sin, cos) = libm::sincosf(std::f32::consts::TAU * i as f32 / AROUND as f32);
            mesh.positions.push(vec3(p.y, p.x * cos, p.x * sin));
            mesh.normals.push(vec3(n.y, n.x * cos, n.x * sin));
        }
    }
    for row in 0..line.len() as u32 - 1 {
        for i in 0..AROUND {
            let [a, b] = [row * AROUND + i, row * AROUND + (i + 1) % AROUND];
            let [c, d] = [a + AROUND, b + AROUND];
            // At the axis, and where a face passes into the rim, a quad has lost a side.
            for t in [[a, b, d], [a, d, c]] {
                let [p, q, r] = t.map(|k| mesh.positions[k as usize]);
                if (q - p).cross(r - p).length() > 1e-12 {
                    mesh.triangles.push(t);
                }
            }
        }
    }
    mesh
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn meshes_are_closed_face_outwards_and_hold_what_their_forms_hold() {
        let square = [Vec2::new(-0.03, -0.02), Vec2::new(0.03, -0.02), Vec2::new(0.03, 0.02), Vec2::new(-0.03, 0.02)];
        let block = extruded(&square, 0.02, 0.0005);
        let (rim, r) = (0.025_f32, 0.04_f32);
        let cap = |r: f32| {
            let sag = r - (r * r - rim * rim).sqrt();
            (std::f32::consts::PI * sag * sag * (r - sag / 3.0), sag)
        };
        let disc = |thick: f32| std::f32::consts::PI * rim * rim * thick;
        let (volume, sag) = cap(r);
        let lenses = [
            (lens(r, 2.0 * sag + 0.003, rim), disc(0.003) + 2.0 * volume),
            (lens(-r, 0.004, rim), disc(0.004 + 2.0 * sag) - 2.0 * volume),
        ];
        for (mesh, wanted) in [(block, 0.06 * 0.04 * 0.04)].into_iter().chain(lenses) {
            let held = mesh.signed_volume() as f32;
            assert!((held / wanted - 1.0).abs() < 0.01, "{held} {wanted}");
            for (t, [a, b, c]) in mesh.triangles.iter().zip(mesh.corners()) {
                let flat = (b - a).cross(c - a).normalize();
                assert!(t.iter().all(|&k| mesh.normals[k as usize].dot(flat) > 0.98), "{flat}");
            }
        }
    }
}
