//! What strands look like: tubes whose colours run along them, plain, banded, or laid of three plies.

use std::f64::consts::TAU;

use glam::{DVec3, Vec3};
use raytruth_scene::Shape;

use crate::hues::Hues;
use crate::look::{self, Stuff};
use crate::plan::RADIUS;
use crate::shot::{Arc, Shot};
use crate::stage::{self, UNIT};

/// Cross-sections of a strand from vertex to vertex.
const RINGS: u32 = 2;
/// Most pieces of a strand.
const PIECES: usize = 2;
/// Plies of a rope. Three that touch each other fill a circle of the radius 1 if theirs is this, so far from its middle.
const PLIES: usize = 3;
const PLY: f64 = 0.464;
const OFF: f64 = 0.536;
/// Vertices in which plies go around once, and from one band to the next.
const LAY: usize = 7;
const BANDS: usize = 8;
/// Share of the way from band to band that a band takes, and how much paler it is.
const BAND: f64 = 0.2;
const PALER: f32 = 0.22;

/// Shapes of a strand: pieces, and their plies.
pub(crate) fn most(stuff: Stuff) -> usize {
    PIECES * plies(stuff)
}

fn plies(stuff: Stuff) -> usize {
    if stuff == Stuff::Rope { PLIES } else { 1 }
}

/// The shapes of every strand in a moment.
pub(crate) fn shapes(panel: usize, shot: &Shot, hues: &Hues, stuff: Stuff) -> Vec<Vec<Shape>> {
    let mut all = vec![vec![Shape::Nothing; most(stuff)]; shot.strands.len()];
    for arc in shot.arcs() {
        let slots = &mut all[arc.strand];
        if let Some(free) = slots.chunks_mut(plies(stuff)).find(|slots| slots[0].is_nothing()) {
            // As many as the strand has vertices for: what is cut is as it was.
            let vertices = shot.strands[arc.strand].points.len();
            free.iter_mut().enumerate().for_each(|(ply, shape)| *shape = tube(panel, &arc, hues, (stuff, ply, vertices)));
        }
    }
    all
}

fn tube(panel: usize, arc: &Arc, hues: &Hues, (stuff, ply, vertices): (Stuff, usize, usize)) -> Shape {
    let color = |part: &f64| {
        let color = look::color(hues.at(arc.strand, *part), stuff.peak());
        let band = (part * (vertices / BANDS) as f64).fract() < BAND;
        if stuff == Stuff::Rubber && band { color.lerp(Vec3::splat(stuff.peak()), PALER) } else { color }
    };
    let (points, share): (Vec<DVec3>, f64) = match stuff {
        Stuff::Rope => {
            let place = |k: usize| {
                let angle = TAU * (arc.parts[k] * (vertices / LAY) as f64 + ply as f64 / PLIES as f64);
                let along = tangent(arc, k);
                // No strand stands upright.
                let side = along.cross(DVec3::Z).normalize_or(DVec3::X);
                arc.points[k] + OFF * RADIUS * (libm::cos(angle) * side + libm::sin(angle) * side.cross(along))
            };
            ((0..arc.points.len()).map(place).collect(), PLY)
        }
        _ => (arc.points.clone(), 1.0),
    };
    Shape::Tube {
        radius: (share * RADIUS * UNIT) as f32,
        points: points.into_iter().map(|p| stage::point(panel, p)).collect(),
        closed: arc.closed,
        colors: arc.parts.iter().map(color).collect(),
        rings: Some(RINGS),
    }
}

/// The direction of an arc at a vertex, of length 1.
fn tangent(arc: &Arc, k: usize) -> DVec3 {
    let n = arc.points.len();
    let (before, after) = if arc.closed { ((k + n - 1) % n, (k + 1) % n) } else { (k.saturating_sub(1), (k + 1).min(n - 1)) };
    (arc.points[after] - arc.points[before]).normalize_or(DVec3::X)
}
