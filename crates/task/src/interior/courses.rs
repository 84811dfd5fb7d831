//! Slabs and blocks in rows: paved floors, walls of masonry.

use glam::{Vec2, Vec3};
use raytruth_scene::Mesh;

use super::Rect;
use crate::Rng;

/// How slabs are laid.
#[derive(Clone, Debug, PartialEq)]
pub struct Courses {
    /// Length and height of one, joint included, metres.
    pub size: Vec2,
    /// Width of the joints, metres.
    pub joint: f32,
    /// By which part of a length each row is shifted against the one before.
    pub shift: f32,
    /// Least and greatest factor of the colour of a slab.
    pub tones: [f32; 2],
    /// Factor of the colour of joints.
    pub between: f32,
    /// Factor of the colour of every other slab, as on a chessboard.
    pub other: f32,
}

impl Courses {
    /// Slabs in straight rows, `size` metres each, joint included.
    #[must_use]
    pub fn new(size: Vec2) -> Self {
        Self { size, joint: 0.008, shift: 0.0, tones: [0.86, 1.0], between: 0.5, other: 1.0 }
    }

    /// The same in a running bond: each row is shifted by half a length.
    #[must_use]
    pub fn bonded(self) -> Self {
        Self { shift: 0.5, ..self }
    }

    /// Factor of the colour of most of it.
    pub(super) fn mean(&self) -> f32 {
        0.5 * (self.tones[0] + self.tones[1])
    }

    /// What `piece` shows of rows that begin at `from`: rectangles that cover it, and factors of the colour.
    pub(super) fn cover(&self, from: Vec2, piece: Rect, seed: u64) -> Vec<(Rect, f32)> {
        let mut shown = Vec::new();
        let mut show = |lo: Vec2, hi: Vec2, factor: f32| {
            let (lo, hi) = (lo.max(piece.min), hi.min(piece.max));
            if lo.cmplt(hi).all() {
                shown.push((Rect { min: lo, max: hi }, factor));
            }
        };
        let Self { size, joint, .. } = *self;
        let first = ((piece.min - from) / size).floor();
        let last = ((piece.max - from) / size).ceil();
        for row in first.y as i32..last.y as i32 {
            let y = from.y + row as f32 * size.y;
            let shift = (self.shift * row as f32).rem_euclid(1.0);
            show(Vec2::new(piece.min.x, y), Vec2::new(piece.max.x, y + joint), self.between);
            for column in first.x as i32 - 1..last.x as i32 {
                let low = Vec2::new(from.x + (column as f32 + shift) * size.x, y + joint);
                let high = Vec2::new(low.x + size.x, y + size.y);
                show(low, Vec2::new(low.x + joint, high.y), self.between);
                // A slab that a hole cuts in two is of one colour.
                let own = (row as u32 as u64) << 32 | u64::from(column as u32);
                let tone = Rng::from_seed(seed ^ own).range(f64::from(self.tones[0]), f64::from(self.tones[1])) as f32;
                let other = if (row + column).rem_euclid(2) == 1 { self.other } else { 1.0 };
                show(Vec2::new(low.x + joint, low.y), high, tone * other);
            }
        }
        shown
    }

    /// A floor of them, on z = 0.
    pub(super) fn floor(&self, of: Rect, seed: u64) -> Mesh {
        let mut mesh = Mesh::default();
        for (Rect { min, max }, tone) in self.cover(of.min, of, seed) {
            let first = mesh.positions.len() as u32;
            mesh.positions.extend([min, Vec2::new(max.x, min.y), max, Vec2::new(min.x, max.y)].map(|p| p.extend(0.0)));
            mesh.normals.extend([Vec3::Z; 4]);
            mesh.colors.extend([Vec3::splat(tone); 4]);
            mesh.triangles.extend([[first, first + 1, first + 2], [first, first + 2, first + 3]]);
        }
        mesh
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_cover_all_of_a_piece_once() {
        let piece = Rect::new((-1.3, 0.4), (3.1, 2.2));
        for courses in [Courses::new(Vec2::new(0.6, 0.3)), Courses::new(Vec2::new(0.5, 0.5)).bonded()] {
            let shown = courses.cover(Vec2::ZERO, piece, 5);
            let area: f32 = shown.iter().map(|(r, _)| r.size().x * r.size().y).sum();
            assert!((area - 4.4 * 1.8).abs() < 1e-3, "{area}");
            let slabs: f32 = shown.iter().filter(|(_, f)| *f > courses.between).map(|(r, _)| r.size().x * r.size().y).sum();
            assert!(slabs > 0.9 * area);
            let mesh = courses.floor(piece, 5);
            assert!(mesh.aabb().min.truncate().abs_diff_eq(piece.min, 1e-5) && mesh.colors.len() == mesh.positions.len());
        }
    }
}
