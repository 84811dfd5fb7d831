//! Flat slabs with holes: walls with doors and windows, ceilings with skylights.

use glam::{Vec2, Vec3};
use raytruth_scene::Mesh;

/// A rectangle by two corners, the lesser first, metres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// Lesser corner.
    pub min: Vec2,
    /// Greater corner.
    pub max: Vec2,
}

impl Rect {
    /// By two opposite corners.
    #[must_use]
    pub fn new(a: impl Into<Vec2>, b: impl Into<Vec2>) -> Self {
        let (a, b) = (a.into(), b.into());
        Self { min: a.min(b), max: a.max(b) }
    }

    /// Full extents.
    #[must_use]
    pub fn size(&self) -> Vec2 {
        self.max - self.min
    }

    /// Its middle.
    #[must_use]
    pub fn center(&self) -> Vec2 {
        0.5 * (self.min + self.max)
    }

    fn holds(&self, p: Vec2) -> bool {
        p.cmpgt(self.min).all() && p.cmplt(self.max).all()
    }
}

/// A closed slab in the local xy-plane, `thickness` about z = 0, without what lies in the holes. One mesh, so that a pattern runs over all of it.
pub(super) fn panel(outline: Rect, thickness: f32, holes: &[Rect]) -> Mesh {
    let mut mesh = faced(outline, thickness, holes, &|piece| vec![(piece, 1.0)], 1.0);
    mesh.colors.clear();
    mesh
}

/// The same with both faces cut into pieces of some colours: `face` gives rectangles that cover one, and factors of the material's colour.
/// Edges have the factor `edge`.
pub(super) fn faced(outline: Rect, thickness: f32, holes: &[Rect], face: &dyn Fn(Rect) -> Vec<(Rect, f32)>, edge: f32) -> Mesh {
    let cuts = |of: fn(Vec2) -> f32| {
        let (lo, hi) = (of(outline.min), of(outline.max));
        let mut cuts: Vec<f32> = holes.iter().flat_map(|hole| [of(hole.min), of(hole.max)]).map(|x| x.clamp(lo, hi)).collect();
        cuts.extend([lo, hi]);
        cuts.sort_by(f32::total_cmp);
        cuts.dedup();
        cuts
    };
    let (xs, ys) = (cuts(|p| p.x), cuts(|p| p.y));
    let solid = |i: usize, j: usize| {
        let (Some(x), Some(y)) = (xs.get(i..i + 2), ys.get(j..j + 2)) else { return false };
        let middle = 0.5 * Vec2::new(x[0] + x[1], y[0] + y[1]);
        !holes.iter().any(|hole| hole.holds(middle))
    };
    let mut mesh = Mesh::default();
    let mut quad = |corners: [Vec3; 4], normal: Vec3, factor: f32| {
        let first = mesh.positions.len() as u32;
        mesh.positions.extend(corners);
        mesh.normals.extend([normal; 4]);
        mesh.colors.extend([Vec3::splat(factor); 4]);
        mesh.triangles.extend([[first, first + 1, first + 2], [first, first + 2, first + 3]]);
    };
    let half = 0.5 * thickness;
    for j in 0..ys.len() - 1 {
        for i in (0..xs.len() - 1).filter(|&i| solid(i, j)) {
            let at = |x: usize, y: usize, z: f32| Vec3::new(xs[i + x], ys[j + y], z);
            for (Rect { min, max }, factor) in face(Rect { min: Vec2::new(xs[i], ys[j]), max: Vec2::new(xs[i + 1], ys[j + 1]) }) {
                let round = [min, Vec2::new(max.x, min.y), max, Vec2::new(min.x, max.y)];
                quad(round.map(|p| p.extend(half)), Vec3::Z, factor);
                let [a, b, c, d] = round.map(|p| p.extend(-half));
                quad([d, c, b, a], Vec3::NEG_Z, factor);
            }
            if i == 0 || !solid(i - 1, j) {
                quad([at(0, 0, -half), at(0, 0, half), at(0, 1, half), at(0, 1, -half)], Vec3::NEG_X, edge);
            }
            if !solid(i + 1, j) {
                quad([at(1, 0, half), at(1, 0, -half), at(1, 1, -half), at(1, 1, half)], Vec3::X, edge);
            }
            if j == 0 || !solid(i, j - 1) {
                quad([at(0, 0, -half), at(1, 0, -half), at(1, 0, half), at(0, 0, half)], Vec3::NEG_Y, edge);
            }
            if !solid(i, j + 1) {
                quad([at(0, 1, half), at(1, 1, half), at(1, 1, -half), at(0, 1, -half)], Vec3::Y, edge);
            }
        }
    }
    mesh
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_closed_and_has_the_volume_that_the_holes_leave() {
        let wall = Rect::new((0.0, 0.0), (4.0, 2.5));
        let (door, window) = (Rect::new((0.5, 0.0), (1.4, 2.0)), Rect::new((2.0, 0.75), (3.5, 2.25)));
        for (holes, area) in [(&[][..], 10.0), (&[door], 8.2), (&[window], 7.75), (&[door, window], 5.95)] {
            let mesh = panel(wall, 0.125, holes);
            assert_eq!(mesh.open_edges(), 0, "{holes:?}");
            assert!((mesh.signed_volume() - 0.125 * area).abs() < 1e-5, "{holes:?}: {}", mesh.signed_volume());
            for (t, [a, b, c]) in mesh.triangles.iter().zip(mesh.corners()) {
                assert!((b - a).cross(c - a).dot(mesh.normals[t[0] as usize]) > 0.0, "{a} {b} {c}");
            }
        }
    }
}
