//! Floors.

use glam::{Vec2, Vec3};
use raytruth_scene::Mesh;

use super::Rect;
use crate::Rng;

/// Between two boards, metres.
const GAP: f32 = 0.002;
/// How deep the gaps are.
const DEEP: f32 = 0.004;
/// Length of a board from joint to joint, metres.
const LENGTH: [f64; 2] = [1.1, 2.2];

/// Boards along x, about `width` metres wide, their upper sides on z = 0, each a little lighter or darker than the next by its vertices' colours.
pub(super) fn boards(of: Rect, width: f32, rng: &mut Rng) -> Mesh {
    let mut mesh = Mesh::default();
    let mut level = |from: Vec2, to: Vec2, z: f32, color: Vec3| {
        let first = mesh.positions.len() as u32;
        mesh.positions.extend([from, Vec2::new(to.x, from.y), to, Vec2::new(from.x, to.y)].map(|p| p.extend(z)));
        mesh.normals.extend([Vec3::Z; 4]);
        mesh.colors.extend([color; 4]);
        mesh.triangles.extend([[first, first + 1, first + 2], [first, first + 2, first + 3]]);
    };
    level(of.min, of.max, -DEEP, Vec3::splat(0.25));
    let rows = (of.size().y / width).round().max(1.0);
    let width = of.size().y / rows;
    for row in 0..rows as u32 {
        let y = of.min.y + row as f32 * width;
        let mut x = of.min.x;
        let mut next = x + rng.range(0.3, LENGTH[1]) as f32;
        while x < of.max.x {
            // No stump at the wall.
            let end = if next > of.max.x - 0.3 { of.max.x } else { next };
            let warm = rng.range(-0.05, 0.05) as f32;
            let tone = rng.range(0.72, 1.0) as f32 * Vec3::new(1.0, 1.0 - 0.4 * warm.abs(), 1.0 - warm.abs());
            level(Vec2::new(x, y), Vec2::new(end - GAP, y + width - GAP), 0.0, tone);
            x = end;
            next = x + rng.range(LENGTH[0], LENGTH[1]) as f32;
        }
    }
    mesh
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boards_cover_the_floor_but_for_their_gaps() {
        let of = Rect::new((-1.0, 2.0), (4.0, 5.5));
        let mesh = boards(of, 0.14, &mut Rng::from_seed(3));
        let area = |z: f32| -> f32 { mesh.corners().filter(|c| c[0].z == z).map(|[a, b, c]| 0.5 * (b - a).cross(c - a).z).sum() };
        let whole = of.size().x * of.size().y;
        assert!((area(-DEEP) - whole).abs() < 1e-3);
        assert!(area(0.0) < whole && area(0.0) > 0.97 * whole, "{} of {whole}", area(0.0));
        let bounds = mesh.aabb();
        assert!(bounds.min.truncate().cmpge(of.min).all() && bounds.max.truncate().cmple(of.max).all());
        assert!(mesh.colors.iter().all(|c| c.cmple(Vec3::ONE).all() && c.cmpgt(Vec3::ZERO).all()));
    }
}
