//! The plan: a diagram of the place, laid over a corner of the picture's central square.

use glam::{Vec2, Vec3};
use raytruth_scene::{MarkForm, Overlay};
use raytruth_task::interior::{OpeningKind, Rect, Wall};

use crate::layout::Family;
use crate::prompt::Corner;
use crate::site::Site;

/// Its name in the scene.
pub(crate) const NAME: &str = "plan";
/// Side, in shorter sides of the picture.
const SIDE: f32 = 0.298;
/// From the borders of the central square.
const INSET: f32 = 0.02;
/// Around the drawing.
const MARGIN: f32 = 0.007;
/// Width of walls: 3 pixels of 300.
const WALL: f32 = 0.0101;
/// Least width of openings: 12 pixels of 480.
const OPENING: f32 = 0.0252;

/// Paper, walls, furniture, the arrow and the star's rim.
const PAPER: Vec3 = Vec3::splat(0.87);
const INK: Vec3 = Vec3::splat(0.02);
const GREY: Vec3 = Vec3::splat(0.55);

pub(crate) fn plan(site: &Site, corner: Corner, id: u16) -> Overlay {
    let area = site.layout.area;
    let scale = (SIDE - 2.0 * MARGIN - WALL) / area.size().max_element();
    let size = area.size() * scale + 2.0 * MARGIN + WALL;
    let aside = 0.5 - INSET - 0.5 * size.x;
    let x = if corner == Corner::Left { -aside } else { aside };
    // y goes down.
    let center = Vec2::new(x, -(0.5 - INSET - 0.5 * size.y));
    let at = |p: Vec2| (p - area.center()) * scale * Vec2::new(1.0, -1.0);
    let rect = |r: Rect| {
        let (lo, hi) = (at(r.min), at(r.max));
        MarkForm::Polygon { points: vec![lo, Vec2::new(hi.x, lo.y), hi, Vec2::new(lo.x, hi.y)] }
    };
    let mut plan = Overlay::new(NAME, id, center, size);
    plan = plan.mark(MarkForm::Polygon { points: corners(0.5 * size) }, PAPER);
    for piece in &site.layout.furniture {
        plan = plan.mark(rect(piece.footprint()), GREY);
    }
    for wall in &site.layout.walls {
        for [from, to] in strokes(wall, WALL / scale, OPENING / scale) {
            let half = Vec2::splat(0.5 * WALL / scale) * (wall.to - wall.from).normalize_or(Vec2::X).perp().abs();
            let low = site.layout.family == Family::Plaza && wall.height < 1.0;
            plan =
                plan.mark(rect(Rect::new(from.min(to) - half, from.max(to) + half)), if low { Vec3::splat(0.16) } else { INK });
        }
    }
    let (goal, others) = match site.layout.landmarks.split_last() {
        Some((goal, others)) => (goal, others),
        None => return plan,
    };
    for landmark in others {
        // Doors are in their walls; what stands shows as a spot.
        let middle =
            landmark.footprint().center() + if landmark.form.hangs() { 0.012 / scale * landmark.out } else { Vec2::ZERO };
        plan = plan.mark(MarkForm::Disc { center: at(middle), radius: 0.0105 }, INK);
        plan = plan.mark(MarkForm::Disc { center: at(middle), radius: 0.0085 }, landmark.paint.typical());
    }
    let start = at(site.start());
    let ahead = site.heading * Vec2::new(1.0, -1.0);
    plan = plan.mark(MarkForm::Arrow { from: start - 0.017 * ahead, to: start + 0.02 * ahead, width: 0.0085, head: 0.02 }, INK);
    let place = at(site.face.lerp(site.stand(), 0.45));
    plan.mark(star(place, 0.0215), INK).mark(star(place, 0.0165), goal.paint.typical())
}

fn corners(half: Vec2) -> Vec<Vec2> {
    [[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]].map(|c| half * Vec2::from_array(c)).to_vec()
}

/// A star of five points.
fn star(center: Vec2, radius: f32) -> MarkForm {
    let points = (0..10).map(|i| {
        let angle = core::f32::consts::PI * (0.2 * i as f32 - 0.5);
        let reach = if i % 2 == 0 { radius } else { 0.45 * radius };
        center + reach * Vec2::from_angle(angle)
    });
    MarkForm::Polygon { points: points.collect() }
}

/// Where a wall is drawn: not across its doors, which are drawn wide enough to be seen. Its ends shut corners.
fn strokes(wall: &Wall, width: f32, opening: f32) -> Vec<[Vec2; 2]> {
    let along = (wall.to - wall.from).normalize_or(Vec2::X);
    let mut doors: Vec<Rect> = wall.openings.iter().filter(|o| o.kind == OpeningKind::Door).map(|o| o.rect).collect();
    doors.sort_by(|a, b| a.min.x.total_cmp(&b.min.x));
    let half = |d: &Rect| 0.5 * d.size().x.max(opening);
    let starts = std::iter::once(-0.5 * width).chain(doors.iter().map(|d| d.center().x + half(d)));
    let ends = doors.iter().map(|d| d.center().x - half(d)).chain([wall.from.distance(wall.to) + 0.5 * width]);
    starts.zip(ends).filter(|(a, b)| b > a).map(|(a, b)| [wall.from + along * a, wall.from + along * b]).collect()
}
