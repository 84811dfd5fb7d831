//! What walls hide, in plan.

use glam::Vec2;
use raytruth_task::interior::{OpeningKind, Wall};

use crate::layout::Layout;

/// Whether no wall stands between two points; one sees through doors.
pub(crate) fn sees(layout: &Layout, a: Vec2, b: Vec2) -> bool {
    let is_open = |wall: &Wall, at: f32| {
        wall.openings.iter().any(|o| o.kind == OpeningKind::Door && (o.rect.min.x..o.rect.max.x).contains(&at))
    };
    !layout.walls.iter().any(|wall| crossed(wall, a, b).is_some_and(|at| !is_open(wall, at)))
}

/// Whether two points lie in one room: no wall lies between them, nor a door.
pub(crate) fn in_one_room(layout: &Layout, a: Vec2, b: Vec2) -> bool {
    !layout.walls.iter().any(|wall| crossed(wall, a, b).is_some())
}

/// How far along a wall's middle line a step crosses it, metres; `None` if it does not.
fn crossed(wall: &Wall, a: Vec2, b: Vec2) -> Option<f32> {
    let (way, along) = (b - a, wall.to - wall.from);
    let turn = way.perp_dot(along);
    if turn.abs() < 1e-9 {
        return None;
    }
    let t = (wall.from - a).perp_dot(along) / turn;
    let s = (wall.from - a).perp_dot(way) / turn;
    ((0.0..=1.0).contains(&t) && (0.0..=1.0).contains(&s)).then_some(s * along.length())
}

/// Distance of a point from the nearest wall's middle line, metres.
pub(crate) fn clearance<'a>(walls: impl IntoIterator<Item = &'a Wall>, p: Vec2) -> f32 {
    let far = |wall: &Wall| {
        let along = wall.to - wall.from;
        let s = ((p - wall.from).dot(along) / along.length_squared().max(1e-9)).clamp(0.0, 1.0);
        p.distance(wall.from + s * along)
    };
    walls.into_iter().map(far).fold(f32::MAX, f32::min)
}
