//! A small tree in a tub.

use glam::{Quat, Vec2, Vec3, vec3};
use raytruth_scene::{Mesh, Pose};
use raytruth_task::Rng;
use raytruth_task::props::Stuff;
use raytruth_task::props::form::{self, ball, beam, board, tube};

use super::{Piece, Shade};

/// Middle and half extents of the crown, metres.
const CROWN: [Vec3; 2] = [Vec3::new(0.0, 0.0, 1.85), Vec3::new(0.5, 0.5, 0.74)];
const CLUSTERS: usize = 14;
/// Leaves of a cluster.
const LEAVES: usize = 38;

pub(super) fn tree() -> Vec<Piece> {
    // Always the same tree.
    let rng = &mut Rng::from_seed(7);
    let clusters = clusters(rng);
    let mut leaves = Mesh::default();
    let mut shade = form::Form::default();
    for &(middle, radius) in &clusters {
        shade.add(ball(middle, 0.68 * radius, 6));
        for i in 0..LEAVES {
            leaf(&mut leaves, middle, radius, i, rng);
        }
    }
    let fork = vec3(0.02, -0.01, 1.25);
    let trunk = tube(0.045, &[vec3(0.0, 0.0, 0.3), vec3(0.015, 0.01, 0.8), fork], 8);
    let boughs = clusters
        .iter()
        .filter(|(middle, _)| middle.z < 2.0)
        .map(|&(middle, _)| beam(fork - Vec3::Z * 0.05, middle, Vec2::splat(0.035), 0.008));
    let wood = boughs.fold(trunk, form::Form::and);
    let sides: form::Form = (0..4).map(|k| plank().turned(Vec3::Z, 90.0 * k as f32)).collect();
    let posts: form::Form = (0..4)
        .map(|k| board(vec3(0.235, -0.275, 0.0), vec3(0.275, -0.235, 0.45), 0.006).turned(Vec3::Z, 90.0 * k as f32))
        .collect();
    let earth = board(vec3(-0.24, -0.24, 0.3), vec3(0.24, 0.24, 0.36), 0.01);
    vec![
        Piece { name: "leaves", shade: Shade::Own, stuff: Stuff::Leaf, mesh: leaves },
        Piece::new("inner_leaves", Shade::Deep, Stuff::Leaf, shade),
        Piece::new("trunk", Shade::Dark, Stuff::Ceramic, wood),
        Piece::new("tub", Shade::Pale, Stuff::Ceramic, sides.and(posts)),
        Piece::new("earth", Shade::Dark, Stuff::Earth, earth),
    ]
}

/// One side of the tub, of three boards.
fn plank() -> form::Form {
    [0.04, 0.17, 0.3].map(|z| board(vec3(-0.245, -0.262, z), vec3(0.245, -0.236, z + 0.122), 0.005)).into_iter().collect()
}

/// Middles and radii of clusters on a golden spiral around the crown, each a little off its place.
fn clusters(rng: &mut Rng) -> Vec<(Vec3, f32)> {
    let [middle, half] = CROWN;
    (0..CLUSTERS)
        .map(|i| {
            let z = 1.0 - 2.0 * (i as f32 + 0.5) / CLUSTERS as f32;
            let flat = (1.0 - z * z).sqrt() * Vec2::from_angle(2.399_963 * i as f32);
            let radius = rng.range(0.19, 0.25) as f32;
            let reach = half - radius - 0.03;
            (middle + flat.extend(z) * reach * rng.range(0.9, 1.0) as f32, radius)
        })
        .collect()
}

/// A folded leaf on a cluster, that hangs outwards, and catches the light as it happens.
fn leaf(mesh: &mut Mesh, middle: Vec3, radius: f32, i: usize, rng: &mut Rng) {
    let mut signed = || rng.range(-1.0, 1.0) as f32;
    let z = 1.0 - 2.0 * (i as f32 + 0.5) / LEAVES as f32;
    let out = ((1.0 - z * z).sqrt() * Vec2::from_angle(2.399_963 * i as f32)).extend(z);
    let tilt = Vec3::new(signed(), signed(), signed()) * 0.7;
    let normal = (out + tilt).normalize_or(out);
    let turn = Quat::from_axis_angle(normal, 3.1 * signed());
    let pose = Pose::new(middle + out * radius * (0.86 + 0.1 * signed()), turn * Quat::from_rotation_arc(Vec3::Z, normal));
    let (length, half) = (0.075 + 0.012 * signed(), 0.034);
    let tone = 0.9 + 0.1 * signed();
    let first = mesh.positions.len() as u32;
    // Folded along its middle, from the stalk to the tip.
    let points = [vec3(-length, 0.0, -0.004), vec3(0.0, -half, -0.012), vec3(length, 0.0, -0.012), vec3(0.0, half, -0.012)];
    mesh.positions.extend(points.map(|p| keep(pose.point(p))));
    mesh.normals.extend([normal; 4]);
    mesh.colors.extend([Vec3::splat(tone); 4]);
    mesh.triangles.extend([[first, first + 1, first + 2], [first, first + 2, first + 3]]);
}

/// Within the crown's bounds.
fn keep(p: Vec3) -> Vec3 {
    let [middle, half] = CROWN;
    p.clamp(middle - half, middle + half)
}
