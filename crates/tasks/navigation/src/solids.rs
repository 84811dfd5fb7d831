//! What stands in a place, as boxes: what other software, the evaluator and the views of `view` know of it.

use glam::{Vec2, Vec3, vec3};
use raytruth_eval::navigation::{SolidKind, SolidTruth};
use raytruth_task::interior::{Rect, THICK, Wall};

use crate::layout::Layout;

/// A box.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Solid {
    pub min: Vec3,
    pub max: Vec3,
    pub what: What,
}

/// What a box is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// A piece of a wall.
    Wall,
    /// A landmark, by its number.
    Landmark(usize),
    /// Something else.
    Thing,
}

impl Solid {
    /// As the evaluator has it.
    pub(crate) fn truth(&self) -> SolidTruth {
        let kind = if self.what == What::Wall { SolidKind::Wall } else { SolidKind::Thing };
        SolidTruth { kind, min: self.min.to_array(), max: self.max.to_array() }
    }
}

/// Everything that stands there.
pub(crate) fn solids(layout: &Layout) -> Vec<Solid> {
    let mut all: Vec<Solid> = layout.walls.iter().flat_map(pieces).collect();
    let standing = |rect: Rect, height: f32, what: What| Solid { min: rect.min.extend(0.0), max: rect.max.extend(height), what };
    all.extend(layout.landmarks.iter().enumerate().map(|(i, l)| standing(l.footprint(), l.form.size().z, What::Landmark(i))));
    all.extend(layout.furniture.iter().map(|f| standing(f.footprint(), f.size.z, What::Thing)));
    all
}

/// A wall between, above and below its openings.
pub(crate) fn pieces(wall: &Wall) -> Vec<Solid> {
    let along = (wall.to - wall.from).normalize_or(Vec2::X);
    let length = wall.from.distance(wall.to);
    let over = 0.5 * THICK;
    let across = along.perp().abs() * over;
    let piece = |x: [f32; 2], z: [f32; 2]| {
        let rect = Rect::new(wall.from + along * x[0], wall.from + along * x[1]);
        let (min, max) = (rect.min - across, rect.max + across);
        Solid { min: vec3(min.x, min.y, z[0]), max: vec3(max.x, max.y, z[1]), what: What::Wall }
    };
    let mut holes: Vec<Rect> = wall.openings.iter().map(|opening| opening.rect).collect();
    holes.sort_by(|a, b| a.min.x.total_cmp(&b.min.x));
    let mut found = Vec::new();
    let mut from = -over;
    for hole in holes {
        found.push(piece([from, hole.min.x], [0.0, wall.height]));
        if hole.min.y > 0.0 {
            found.push(piece([hole.min.x, hole.max.x], [0.0, hole.min.y]));
        }
        if hole.max.y < wall.height {
            found.push(piece([hole.min.x, hole.max.x], [hole.max.y, wall.height]));
        }
        from = hole.max.x;
    }
    found.push(piece([from, length + over], [0.0, wall.height]));
    found
}

#[cfg(test)]
mod tests {
    use raytruth_task::interior::Opening;

    use super::*;

    #[test]
    fn pieces_fill_a_wall_but_for_its_openings() {
        let openings = vec![Opening::window(3.0, 1.0, 0.9, 2.1), Opening::door(1.0, 0.9, 2.0)];
        let wall = Wall { from: Vec2::ZERO, to: Vec2::Y * 4.0, height: 2.5, openings };
        let volume: f32 = pieces(&wall).iter().map(|s| (s.max - s.min).element_product()).sum();
        assert!((volume - THICK * ((4.0 + THICK) * 2.5 - 0.9 * 2.0 - 1.0 * 1.2)).abs() < 1e-4, "{volume}");
    }
}
