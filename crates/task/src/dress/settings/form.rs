//! Forms that boxes and cylinders cannot give.

use glam::{Vec2, Vec3};
use raytruth_scene::Mesh;

use crate::Rng;

/// Steps around vessels.
const AROUND: u32 = 24;

/// A vessel about z: `profile` holds (radius, z) from the bottom's middle over the outside.
pub(crate) fn vessel(profile: &[Vec2]) -> Mesh {
    lathe(profile, AROUND)
}

/// A rod about z with blunt ends, metres.
pub(crate) fn rod(radius: f32, half_height: f32) -> Mesh {
    let at = |r: f32, z: f32| Vec2::new(r * radius, z);
    let (end, shoulder) = (half_height, half_height - 0.5 * radius);
    lathe(&[at(0.0, -end), at(0.6, -end), at(1.0, -shoulder), at(1.0, shoulder), at(0.6, end), at(0.0, end)], 10)
}

/// A ring about z, `radius` metres to the middle of its round section of radius `thick`.
pub(crate) fn ring(radius: f32, thick: f32) -> Mesh {
    let section =
        (0..=8).map(|i| Vec2::new(radius, 0.0) + thick * Vec2::from_angle(core::f32::consts::TAU * (i % 8) as f32 / 8.0));
    lathe(&section.collect::<Vec<_>>(), 16)
}

/// What is turned on a lathe about z in some steps around.
fn lathe(profile: &[Vec2], steps: u32) -> Mesh {
    let mut mesh = Mesh::default();
    let slope = |a: Vec2, b: Vec2| Vec2::new((b - a).y, -(b - a).x).normalize_or(Vec2::X);
    let around = |i: u32| Vec2::from_angle(core::f32::consts::TAU * (i % steps) as f32 / steps as f32);
    // Each band has its own rims: edges of jars are sharp, and bellies have bands enough to look round.
    for ends in profile.windows(2) {
        let normal = slope(ends[0], ends[1]);
        let first = mesh.positions.len() as u32;
        for i in 0..=steps {
            let way = around(i);
            for end in ends {
                mesh.positions.push((way * end.x).extend(end.y));
                mesh.normals.push((way * normal.x).extend(normal.y));
            }
        }
        for i in 0..steps {
            let [a, b, c, d] = [0, 1, 2, 3].map(|k| first + 2 * i + k);
            if ends[0].x > 0.0 {
                mesh.triangles.push([a, c, d]);
            }
            if ends[1].x > 0.0 {
                mesh.triangles.push([a, d, b]);
            }
        }
    }
    mesh
}

/// A smooth profile through some points: three bands between each two.
pub(crate) fn rounded(points: &[Vec2]) -> Vec<Vec2> {
    let at = |i: isize| points[i.clamp(0, points.len() as isize - 1) as usize];
    let mut profile = Vec::new();
    for i in 0..points.len() as isize - 1 {
        let (p, a, b, n) = (at(i - 1), at(i), at(i + 1), at(i + 2));
        for t in [0.0, 1.0 / 3.0, 2.0 / 3.0_f32] {
            // Catmull and Rom's cubic.
            let (from, to) = (0.5 * (b - p), 0.5 * (n - a));
            let (t2, t3) = (t * t, t * t * t);
            let point = a * (2.0 * t3 - 3.0 * t2 + 1.0) + from * (t3 - 2.0 * t2 + t) + b * (3.0 * t2 - 2.0 * t3) + to * (t3 - t2);
            profile.push(point.max(Vec2::new(0.0, 0.0)));
        }
    }
    profile.push(at(points.len() as isize - 1));
    profile
}

/// A curtain in the local xz-plane that faces −y: `width` by `height` metres from z = 0 up, in folds about `fold` metres wide.
pub(crate) fn curtain(width: f32, height: f32, fold: f32, rng: &mut Rng) -> Mesh {
    const STEPS: usize = 10;
    let mut mesh = Mesh::default();
    let folds = (width / fold).round().max(1.0) as usize;
    let ends: Vec<f32> = (0..=folds).map(|i| (i as f32 + rng.range(-0.22, 0.22) as f32) * width / folds as f32).collect();
    let depths: Vec<f32> = (0..folds).map(|_| fold * rng.range(0.22, 0.42) as f32).collect();
    for i in 0..folds * STEPS + 1 {
        let (k, t) = ((i / STEPS).min(folds - 1), i as f32 / STEPS as f32);
        let t = t - k as f32;
        let turn = core::f32::consts::TAU * t;
        let x = ends[k] + (ends[k + 1] - ends[k]) * t - 0.5 * width;
        let y = depths[k] * 0.5 * (libm::cosf(turn) - 1.0);
        let rise = -depths[k] * 0.5 * libm::sinf(turn) * core::f32::consts::TAU / (ends[k + 1] - ends[k]);
        let normal = Vec3::new(rise, -1.0, 0.0).normalize();
        for z in [0.0, height] {
            mesh.positions.push(Vec3::new(x, y, z));
            mesh.normals.push(normal);
        }
    }
    for i in 0..mesh.positions.len() as u32 / 2 - 1 {
        let [a, b, c, d] = [2 * i, 2 * i + 1, 2 * i + 3, 2 * i + 2];
        mesh.triangles.extend([[a, d, c], [a, c, b]]);
    }
    mesh
}

/// The holes of a pegboard, discs in the local xy-plane that face +z: columns and rows about the middle, `pitch` metres apart.
pub(crate) fn holes(columns: u32, rows: u32, pitch: f32) -> Mesh {
    const CORNERS: u32 = 6;
    let mut mesh = Mesh::default();
    let radius = 0.12 * pitch;
    for i in 0..columns * rows {
        let cell = Vec2::new((i % columns) as f32 - 0.5 * (columns - 1) as f32, (i / columns) as f32 - 0.5 * (rows - 1) as f32);
        let first = mesh.positions.len() as u32;
        for k in 0..CORNERS {
            let way = Vec2::from_angle(core::f32::consts::TAU * k as f32 / CORNERS as f32);
            mesh.positions.push((cell * pitch + way * radius).extend(0.0));
        }
        mesh.triangles.extend((1..CORNERS - 1).map(|k| [first, first + k, first + k + 1]));
    }
    mesh
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surfaces_face_the_way_their_normals_say() {
        let profile = [Vec2::ZERO, Vec2::new(0.05, 0.0), Vec2::new(0.06, 0.1), Vec2::new(0.02, 0.2), Vec2::new(0.0, 0.2)];
        let cloth = curtain(2.0, 1.0, 0.12, &mut Rng::from_seed(1));
        for mesh in [vessel(&profile), vessel(&rounded(&profile)), rod(0.01, 0.1), ring(0.02, 0.005), cloth] {
            for t in &mesh.triangles {
                let [a, b, c] = t.map(|i| mesh.positions[i as usize]);
                let normals = t.map(|i| mesh.normals[i as usize]);
                let facing = (b - a).cross(c - a);
                assert!(normals.iter().all(|n| n.is_normalized() && n.dot(facing) >= 0.0), "{a} {b} {c} against {normals:?}");
            }
        }
        let closed = [vessel(&profile), rod(0.01, 0.1), ring(0.02, 0.005)];
        assert!(closed.iter().all(|mesh| mesh.signed_volume() > 0.0 && mesh.open_edges() == 0));
    }
}
