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
    turned(&line)
}

/// A round mirror about the x-axis whose front faces −x, `thick` in its middle. `curve`: its radius, greater than 0 where it bulges.
pub(crate) fn round_mirror(curve: f32, thick: f32, rim: f32) -> Mesh {
    let radius = curve.abs();
    let front = |k: u32| {
        let sin = rim / radius * k as f32 / OUTWARDS as f32;
        let cos = (1.0 - sin * sin).sqrt();
        (Vec2::new(radius * sin, radius * (1.0 - cos) * curve.signum()), Vec2::new(sin * curve.signum(), -cos))
    };
    let mut line: Vec<(Vec2, Vec2)> = (0..=OUTWARDS).map(front).collect();
    let edge = front(OUTWARDS).0;
    let back = thick + edge.y.max(0.0);
    line.extend([(edge, Vec2::X), (edge.with_y(back), Vec2::X), (edge.with_y(back), Vec2::Y), (Vec2::new(0.0, back), Vec2::Y)]);
    turned(&line)
}

/// A rod about the x-axis.
pub(crate) fn rod(radius: f32, half: f32) -> Mesh {
    let at = |away: f32, x: f32, normal: Vec2| (Vec2::new(away, x), normal);
    turned(&[
        at(0.0, -half, Vec2::NEG_Y),
        at(radius, -half, Vec2::NEG_Y),
        at(radius, -half, Vec2::X),
        at(radius, half, Vec2::X),
        at(radius, half, Vec2::Y),
        at(0.0, half, Vec2::Y),
    ])
}

/// A plate across y, of half a size, with a round hole about its middle.
pub(crate) fn pierced(half: Vec3, hole: f32) -> Mesh {
    const TURNS: u32 = 96;
    // Around the hole, with the plate's own corners among the directions.
    let corner = libm::atan2f(half.z, half.x);
    let mut angles: Vec<f32> = (0..TURNS).map(|i| std::f32::consts::TAU * i as f32 / TURNS as f32).collect();
    angles.extend([corner, std::f32::consts::PI - corner, std::f32::consts::PI + corner, std::f32::consts::TAU - corner]);
    angles.sort_by(f32::total_cmp);
    angles.dedup_by(|a, b| (*a - *b).abs() < 1e-4);
    let way = |angle: f32| {
        let (sin, cos) = libm::sincosf(angle);
        Vec2::new(cos, sin)
    };
    let inner = |i: usize| hole * way(angles[i % angles.len()]);
    let outer = |i: usize| {
        let way = way(angles[i % angles.len()]);
        way * (half.x / way.x.abs().max(1e-6)).min(half.z / way.y.abs().max(1e-6))
    };
    let mut mesh = Mesh::default();
    let mut face = |points: [Vec3; 4], normals: [Vec3; 4]| {
        let first = mesh.positions.len() as u32;
        mesh.positions.extend(points);
        mesh.normals.extend(normals);
        mesh.triangles.extend([[first, first + 1, first + 2], [first, first + 2, first + 3]]);
    };
    let at = |p: Vec2, y: f32| vec3(p.x, y, p.y);
    for i in 0..angles.len() {
        let [a, b, c, d] = [inner(i), inner(i + 1), outer(i + 1), outer(i)];
        let y = half.y;
        face([at(a, -y), at(d, -y), at(c, -y), at(b, -y)], [Vec3::NEG_Y; 4]);
        face([at(a, y), at(b, y), at(c, y), at(d, y)], [Vec3::Y; 4]);
        let inwards = [a, a, b, b].map(|p| at(-p.normalize(), 0.0));
        face([at(a, y), at(a, -y), at(b, -y), at(b, y)], inwards);
        let edge = (c - d).normalize();
        let outwards = vec3(edge.y, 0.0, -edge.x);
        face([at(d, -y), at(d, y), at(c, y), at(c, -y)], [outwards; 4]);
    }
    mesh
}

/// What a line about the x-axis makes: distance from the axis and x, with the normal of both, from −x over the outside to +x.
fn turned(line: &[(Vec2, Vec2)]) -> Mesh {
    let mut mesh = Mesh::default();
    for (p, n) in line {
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
        // A round mirror has a cap on its front, or a hollow.
        let mirror = |curve: f32, thick: f32, more: f32| (round_mirror(curve, thick, rim), disc(thick) + more);
        let mirrors = [mirror(r, 0.004, disc(sag) - (disc(sag) - volume)), mirror(-r, 0.004, disc(sag) - volume)];
        let plate = pierced(vec3(0.07, 0.002, 0.06), 0.03);
        let others = [
            (block, 0.06 * 0.04 * 0.04),
            (rod(rim, 0.04), disc(0.08)),
            (plate, 0.004 * (0.14 * 0.12 - std::f32::consts::PI * 0.03 * 0.03)),
        ];
        for (mesh, wanted) in others.into_iter().chain(lenses).chain(mirrors) {
            let held = mesh.signed_volume() as f32;
            assert!((held / wanted - 1.0).abs() < 0.01, "{held} {wanted}");
            for (t, [a, b, c]) in mesh.triangles.iter().zip(mesh.corners()) {
                let flat = (b - a).cross(c - a).normalize();
                assert!(t.iter().all(|&k| mesh.normals[k as usize].dot(flat) > 0.98), "{flat}");
            }
        }
    }
}
