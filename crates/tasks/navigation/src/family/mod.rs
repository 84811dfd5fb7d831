//! The families of places, each with a way through it.

mod cells;
mod flat;
mod grid;
mod rooms;

use std::ops::RangeInclusive;

use glam::Vec2;
use raytruth_task::dress::Paint;
use raytruth_task::{Draw, Rejection, Rng};

use crate::layout::{Family, Form, Layout};
use crate::site::{Site, Turn};
use crate::way::Space;

/// How far before the goal one stands, metres.
pub(crate) const STAND: f32 = 1.25;

/// How far one likes to keep from everything, metres.
const KEPT: f32 = 0.44;
/// How far before the first turn one begins to cut corners, metres.
const BEFORE: f32 = 0.8;

/// What is asked of a way.
pub(crate) struct Ask {
    /// Length, metres.
    pub length: RangeInclusive<f32>,
    /// Turns by a right angle.
    pub turns: RangeInclusive<usize>,
    /// Choices, straight on among them.
    pub decisions: RangeInclusive<usize>,
    /// The first turn that is a choice.
    pub turn: Turn,
    /// Whether a maze has a ceiling.
    pub roofed: bool,
}

/// A place of a family with a way through it.
///
/// # Errors
/// [`Rejection`] if it has none as asked for.
pub(crate) fn site(family: Family, draw: &mut Draw<'_>, ask: &Ask) -> Result<Site, Rejection> {
    match family {
        Family::Maze => cells::maze(draw, ask),
        Family::Rooms => rooms::rooms(draw, ask),
        Family::Plaza => cells::plaza(draw, ask),
    }
}

/// Up to `n` different paints in which a form may come.
fn landmark_paints(rng: &mut Rng, n: usize, form: Form, avoid: Option<Paint>) -> Vec<Paint> {
    let mut paints = Paint::draw(rng, Paint::COUNT);
    // Crowns of other colours are no trees.
    paints.retain(|paint| Some(*paint) != avoid && (form != Form::Tree || ["red", "yellow", "green"].contains(&paint.name)));
    paints.truncate(n);
    paints
}

/// A walk of the kind of a line, that cuts corners as far as one likes to. As far as the line's corner `turn`, its first, it keeps to the line: who
/// leaned to a side would tell where one turns.
///
/// # Errors
/// [`Rejection`] if there is none.
fn straighter(layout: &Layout, through: &[Vec2], turn: usize) -> Result<Vec<Vec2>, Rejection> {
    let space = Space::new(layout, KEPT).ok_or_else(|| Rejection::new("too_many_ways", "too much to go around"))?;
    let (from, corner) = (through[turn - 1], through[turn]);
    let before = corner - (corner - from).clamp_length_max(BEFORE);
    let rest: Vec<Vec2> = std::iter::once(before).chain(through[turn..].iter().copied()).collect();
    let kind = space.kind_of(&rest);
    let ways = space.ways(&[before, through[through.len() - 1]]);
    let same = ways.into_iter().find(|way| space.kind_of(&way.points) == kind && way.points.len() > 1);
    let way = same.ok_or_else(|| Rejection::new("no_way", "nothing leads straight to the goal"))?;
    let mut walk: Vec<Vec2> = through[..turn].iter().copied().chain(way.points).collect();
    walk.dedup_by(|a, b| a.distance(*b) < 0.05);
    Ok(walk)
}
