//! Curtains: cloth in folds before a board.

use std::f32::consts::TAU;

use glam::{Vec3, vec3};
use raytruth_scene::Mesh;

use crate::plot::Board;

/// From fold to fold, and how deep folds are at most, metres.
const FOLD: f32 = 0.026;
const DEEP: f32 = 0.007;
/// Facets of a fold.
const FACETS: f32 = 10.0;

/// Cloth that hangs before the front of a board, in the board's frame. Its folds are deeper the lower they are.
pub(crate) fn curtain(board: &Board) -> Mesh {
    let half = board.half;
    let columns = (2.0 * half.x / FOLD * FACETS) as u32 + 1;
    let rows = 6_u32;
    let mut mesh = Mesh::default();
    for row in 0..=rows {
        let v = row as f32 / rows as f32;
        let deep = DEEP * (0.35 + 0.65 * (1.0 - v));
        for column in 0..=columns {
            let x = half.x * (2.0 * column as f32 / columns as f32 - 1.0);
            let (sin, cos) = libm::sincosf(TAU * x / FOLD);
            // It touches the board at the sides, so that no light comes in behind it.
            let side = ((half.x - x.abs()) / FOLD).min(1.0);
            let y = -half.y - 0.0002 - 0.5 * deep * side * (1.0 + cos);
            let slope = 0.5 * deep * side * sin * TAU / FOLD;
            mesh.positions.push(vec3(x, y, half.z * (2.0 * v - 1.0)));
            mesh.normals.push(vec3(-slope, -1.0, 0.0).normalize_or(Vec3::NEG_Y));
        }
    }
    let stride = columns + 1;
    for (row, column) in (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column))) {
        let at = row * stride + column;
        mesh.triangles.push([at, at + 1, at + stride + 1]);
        mesh.triangles.push([at, at + stride + 1, at + stride]);
    }
    mesh
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curtain_hangs_before_its_board() {
        let board = Board { middle: Vec3::ZERO, half: vec3(0.15, 0.003, 0.08) };
        let mesh = curtain(&board);
        let bounds = mesh.aabb();
        assert!(bounds.max.y < -board.half.y && bounds.min.y > -board.half.y - 1.1 * DEEP, "{bounds:?}");
        assert!((bounds.max.x - 0.15).abs() < 1e-6 && (bounds.min.z + 0.08).abs() < 1e-6, "{bounds:?}");
        // All of it faces the front.
        for [a, b, c] in mesh.corners() {
            assert!((b - a).cross(c - a).y < 0.0);
        }
        assert!(mesh.normals.iter().all(|n| n.is_normalized()));
    }
}
