//! How the beam is seen: through clear things where they are, by the f64 tracer from the camera through every pixel that may show it.

use glam::{DVec2, DVec3};
use raytruth_eval::optics::LegTruth;
use raytruth_eval::truth::map_size;
use raytruth_scene::Scene;
use raytruth_task::Clip;

use super::sight::caps;
use super::{Bench, TURNS};
use crate::exact::{End, Event, Leg, Path, Ray, World};
use crate::eye::Eye;
use crate::piece::{BEAM, HALF_HEIGHT, THICK};

/// Bins along the beam, metres.
const BIN: f64 = 0.0015;
/// A place whose pixels lie farther apart than this, widths of the beam, is seen twice.
const TWICE: f64 = 2.5;
/// What goes on without an end is followed so far, metres.
const FAR: f64 = 2.0;

/// The beam's straight pieces as they are seen, and its width, pixels of the clip.
pub(super) fn seen(bench: &Bench, path: &Path, scene: &Scene, clip: &Clip) -> (Vec<LegTruth>, f32) {
    let size = map_size((clip.width, clip.height));
    let eye = Eye::new(scene, size);
    let scale = f64::from(clip.width) / eye.size.x;
    let wide = 2.0 * THICK * eye.pixels(DVec3::Z * BEAM);
    let world = World { bodies: bench.world().bodies.into_iter().chain(caps(bench)).collect() };
    let legs: Vec<Leg> = path.legs().collect();
    let begins: Vec<f64> = legs
        .iter()
        .scan(0.0, |at, leg| {
            let begin = *at;
            *at += (leg.to - leg.from).length();
            Some(begin)
        })
        .collect();
    let bins: Vec<usize> = legs.iter().map(|leg| ((leg.to - leg.from).length() / BIN).ceil() as usize).collect();
    let mut hits: Vec<Vec<Vec<DVec2>>> = bins.iter().map(|&n| vec![Vec::new(); n]).collect();
    for pixel in pixels(&eye, bench, &legs, wide) {
        if let Some((leg, along)) = meets(&world, &legs, eye.ray(pixel)) {
            let bin = ((along / BIN) as usize).min(bins[leg] - 1);
            hits[leg][bin].push(pixel);
        }
    }
    let mut after = 0;
    let mut all = Vec::new();
    for (k, leg) in legs.iter().enumerate() {
        // Within a piece a leg belongs to what comes before that piece.
        if leg.n == 1.0 && k > 0 {
            after = path.vertices[k - 1].body + 1;
        }
        let mut runs: Vec<Vec<[f32; 3]>> = vec![Vec::new()];
        for (bin, pixels) in hits[k].iter().enumerate() {
            let place = single(pixels, TWICE * wide.max(1.5));
            let Some(place) = place else {
                runs.push(Vec::new());
                continue;
            };
            let along = begins[k] + BIN * (bin as f64 + 0.5);
            let last = runs.len() - 1;
            runs[last].push([(place.x * scale) as f32, (place.y * scale) as f32, along as f32]);
        }
        let rounded = |[x, y, s]: [f32; 3]| [(x * 100.0).round() / 100.0, (y * 100.0).round() / 100.0, (s * 1e5).round() / 1e5];
        let runs = runs.into_iter().filter(|run| run.len() > 1).map(|run| run.into_iter().map(rounded).collect()).collect();
        all.push(LegTruth { after, open: leg.n == 1.0, runs });
    }
    (all, (wide * scale) as f32)
}

/// The middle of some pixels, if they lie together.
fn single(pixels: &[DVec2], reach: f64) -> Option<DVec2> {
    if pixels.is_empty() {
        return None;
    }
    let middle = pixels.iter().sum::<DVec2>() / pixels.len() as f64;
    pixels.iter().all(|p| p.distance(middle) <= reach).then_some(middle)
}

/// Middles of the pixels that may show the beam: about its legs, and all of what is clear.
fn pixels(eye: &Eye, bench: &Bench, legs: &[Leg], wide: f64) -> Vec<DVec2> {
    let [width, height] = [eye.size.x as usize, eye.size.y as usize];
    let mut asked = vec![false; width * height];
    let mut ask = |lo: DVec2, hi: DVec2| {
        let span = |lo: f64, hi: f64, most: usize| (lo.max(0.0) as usize).min(most)..((hi + 1.0).max(0.0) as usize).min(most);
        for y in span(lo.y, hi.y, height) {
            for x in span(lo.x, hi.x, width) {
                asked[y * width + x] = true;
            }
        }
    };
    for leg in legs {
        let steps = ((leg.to - leg.from).length() / 0.002).ceil() as u32;
        for i in 0..=steps {
            let at = eye.project(leg.from.lerp(leg.to, f64::from(i) / f64::from(steps)));
            ask(at - wide, at + wide);
        }
    }
    for piece in bench.pieces.iter().filter(|piece| piece.kind.is_clear()) {
        let corner = |i: u32| {
            let side = |bit: u32, half: f64| if i >> bit & 1 == 0 { -half } else { half };
            eye.project(piece.at + DVec3::new(side(0, piece.reach()), side(1, piece.reach()), side(2, HALF_HEIGHT)))
        };
        let corners = (0..8).map(corner);
        let (lo, hi) = corners.fold((DVec2::INFINITY, DVec2::NEG_INFINITY), |(lo, hi), p| (lo.min(p), hi.max(p)));
        ask(lo, hi);
    }
    let middle = |at: usize| DVec2::new((at % width) as f64 + 0.5, (at / width) as f64 + 0.5);
    (0..asked.len()).filter(|&at| asked[at]).map(middle).collect()
}

/// The leg of the beam that a ray of the camera meets first, and how far along it: through what is clear, but not by a mirror.
fn meets(world: &World, legs: &[Leg], ray: Ray) -> Option<(usize, f64)> {
    let sight = world.trace(ray, TURNS);
    let mut points = sight.points();
    if let End::Away { direction } = sight.end {
        points.push(points[points.len() - 1] + FAR * direction);
    }
    for (k, pair) in points.windows(2).enumerate() {
        if k > 0 && sight.vertices[k - 1].event != Event::Refracted {
            return None;
        }
        let met = legs.iter().enumerate().filter_map(|(i, leg)| {
            let (off, t, along) = approach(pair, leg);
            (off < THICK).then_some((t, i, along))
        });
        if let Some((_, leg, along)) = met.min_by(|a, b| a.0.total_cmp(&b.0)) {
            return Some((leg, along));
        }
    }
    None
}

/// How near a stretch of sight comes to a leg: metres, the part of the stretch at which it does, and how far along the leg, metres
/// (Ericson, *Real-Time Collision Detection*, 5.1.9).
fn approach(stretch: &[DVec3], leg: &Leg) -> (f64, f64, f64) {
    let (d1, d2, r) = (stretch[1] - stretch[0], leg.to - leg.from, stretch[0] - leg.from);
    let (a, e, f) = (d1.length_squared(), d2.length_squared(), d2.dot(r));
    let (b, c) = (d1.dot(d2), d1.dot(r));
    let whole = a * e - b * b;
    let s = if whole > 1e-18 { ((b * f - c * e) / whole).clamp(0.0, 1.0) } else { 0.0 };
    let t = ((b * s + f) / e).clamp(0.0, 1.0);
    let s = ((b * t - c) / a).clamp(0.0, 1.0);
    ((stretch[0] + s * d1).distance(leg.from + t * d2), s, t * e.sqrt())
}
