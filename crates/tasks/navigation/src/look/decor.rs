//! Pictures where walls are free, rugs below lamps.

use glam::{Vec2, Vec2Swizzles, Vec3};
use raytruth_task::Rng;
use raytruth_task::interior::{Interior, Rect, Wall};

use super::sight::clearance;
use super::style::Surfaces;
use crate::layout::{Family, Layout};

/// Half of a wall's thickness, metres.
const HALF_WALL: f32 = 0.06;
/// What pictures keep from landmarks, doors and openings.
const KEEP: f32 = 0.6;
/// Most pictures of a place, and the least from one to the next.
const PICTURES: usize = 9;
const APART: f32 = 1.7;
/// Most chroma of pictures.
const FAINT: f32 = 0.13;

/// Hangs pictures above a dado of some height.
pub(super) fn pictures(place: &mut Interior<'_>, layout: &Layout, dado: f32, rng: &mut Rng) {
    let mut spots: Vec<(Vec2, Vec2, f32)> = Vec::new();
    for wall in &layout.walls {
        let (along, length) = ((wall.to - wall.from).normalize_or(Vec2::X), wall.from.distance(wall.to));
        let steps = (length / 0.25) as u32;
        for i in 1..steps {
            let at = length * i as f32 / steps as f32;
            for out in [along.perp(), -along.perp()] {
                spots.push((wall.from + at * along + HALF_WALL * out, out, free(layout, wall, at, out)));
            }
        }
    }
    spots.retain(|spot| spot.2 > 0.22);
    rng.shuffle(&mut spots);
    let mut hung: Vec<Vec2> = Vec::new();
    for (at, out, half) in spots {
        if hung.len() == PICTURES {
            break;
        }
        if hung.iter().all(|other| other.distance(at) > APART) {
            let wide = (2.0 * half).min(rng.range(0.45, 0.95) as f32);
            let high = (wide * rng.range(0.75, 1.35) as f32).min(if dado > 1.0 { 0.62 } else { 0.9 });
            let name = format!("picture_{}", hung.len());
            // Above the rail.
            let middle = (dado + 0.14 + 0.5 * high).max(1.52);
            place.picture_within(&name, at.extend(middle), out, Vec2::new(wide, high), FAINT);
            hung.push(at);
        }
    }
}

/// Half of the width that is free on a wall's face about a place, metres.
fn free(layout: &Layout, wall: &Wall, at: f32, out: Vec2) -> f32 {
    let along = (wall.to - wall.from).normalize_or(Vec2::X);
    let face = wall.from + at * along + HALF_WALL * out;
    let Rect { min, max } = layout.area;
    let front = face + 0.3 * out;
    if front.cmplt(min).any() || front.cmpgt(max).any() {
        return 0.0;
    }
    // From openings of its own wall.
    let mut half = at.min(wall.from.distance(wall.to) - at) - 0.2;
    for o in &wall.openings {
        half = half.min((o.rect.min.x - at).max(at - o.rect.max.x) - KEEP);
    }
    // From walls that meet it on this side.
    for side in [-1.0, 1.0] {
        while half > 0.0 && clearance_beside(layout, front + side * half * along, wall) < 0.25 {
            half -= 0.05;
        }
    }
    let mut away = |rect: Rect, keep: f32| {
        let outside = (rect.min - face).max(face - rect.max).max(Vec2::ZERO);
        let (beside, before) = (outside.dot(along.abs()), outside.dot(out.abs()));
        if before < 0.7 {
            half = half.min(beside - keep);
        }
    };
    for landmark in &layout.landmarks {
        away(landmark.footprint(), KEEP);
    }
    for piece in layout.furniture.iter().filter(|piece| piece.size.z > 1.1) {
        away(piece.footprint(), 0.15);
    }
    half
}

/// Distance from the nearest of the other walls.
fn clearance_beside(layout: &Layout, p: Vec2, wall: &Wall) -> f32 {
    let others = layout.walls.iter().filter(|other| !std::ptr::eq(*other, wall));
    clearance(others, p)
}

/// From one beam to the next, and how wide and high they are, metres.
const BEAMS: [f32; 3] = [0.95, 0.11, 0.13];

/// Beams below the ceiling, across the place.
pub(super) fn beams(place: &mut Interior<'_>, layout: &Layout, surfaces: &Surfaces) {
    let Some(wood) = &surfaces.beams else { return };
    let [pitch, wide, high] = BEAMS;
    let (size, middle) = (layout.area.size(), layout.area.center());
    let count = (size.x / pitch) as u32;
    for i in 0..count {
        let x = layout.area.min.x + size.x * (i as f32 + 0.5) / count as f32;
        let at = Vec2::new(x, middle.y).extend(layout.height - high);
        place.block(&format!("beam_{i}"), at, Vec3::new(wide, size.y, high + 0.01), 0.0, wood);
    }
}

/// Lays rugs in the middles of rooms that are large enough.
pub(super) fn rugs(place: &mut Interior<'_>, layout: &Layout, surfaces: &Surfaces, rng: &mut Rng) {
    if layout.family != Family::Rooms {
        return;
    }
    for (i, &at) in layout.middles.iter().enumerate() {
        let free = clearance(&layout.walls, at) - 0.35;
        if free > 0.7 && rng.chance(0.6) {
            let mut half = Vec2::new(free.min(1.3), free.min(0.9));
            if rng.chance(0.5) {
                half = half.yx();
            }
            let [field, border] = surfaces.rug;
            place.rug(&format!("rug_{i}"), Rect::new(at - half, at + half), field, border);
        }
    }
}
