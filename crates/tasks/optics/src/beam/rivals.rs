//! Where the detectors stand: the one that the beam meets, those that it would meet if something were ignored, and others beside it.

use glam::DVec3;
use raytruth_task::{Rejection, Rng};

use super::chain::Chain;
use super::sight::seen;
use super::{Bench, DETECTOR, Wrong};
use crate::bench::SQUARE;
use crate::exact::End;
use crate::piece::THICK;

/// From the last piece to the detector, metres.
const LAST: (f64, f64) = (0.065, 0.125);
/// How much farther than they must they stand apart at most if one is set beside another, metres.
const BESIDE: f64 = 0.02;
/// What the beam stays clear of, besides what it meets, metres.
const CLEAR: f64 = 0.006;
/// Legs of the beam that do not follow each other stay so far apart, metres.
const LEGS_APART: f64 = 0.014;
/// No leg within a piece is longer, metres.
const WITHIN: f64 = 0.06;
/// How often a place is sought for a detector.
const TRIES: usize = 60;

/// A bench with so many detectors, so far apart from middle to middle in the picture, metres.
///
/// # Errors
/// [`Rejection`] `no_room` if there is no room for them, `beam_crossed` if the beam meets something else, or itself.
pub(super) fn draw(rng: &mut Rng, chain: Chain, (count, apart): (usize, f64)) -> Result<Bench, Rejection> {
    let Chain { source, pieces, out } = chain;
    let place = (0..TRIES).map(|_| out.at(rng.range(LAST.0, LAST.1))).find(|at| is_inside(*at));
    let Some(right) = place else { return Err(Rejection::new("no_room", "for the detector")) };
    let mut bench = Bench { source, pieces, detectors: vec![right], answer: 0 };
    if !is_free(&bench, right, apart, &[]) {
        return Err(Rejection::new("no_room", "for the detector"));
    }
    is_alone(&bench)?;
    let legs = bench.path().points();
    let wrong = Wrong::all(&bench.pieces);
    let mut tempting: Vec<DVec3> = wrong.iter().filter_map(|wrong| ends(rng, &bench, *wrong)).collect();
    rng.shuffle(&mut tempting);
    while bench.detectors.len() < count {
        let mut next = || {
            if let Some(at) = tempting.pop() {
                return at;
            }
            // Beside one that stands already.
            let beside = *rng.pick(&bench.detectors);
            let angle = rng.range(0.0, std::f64::consts::TAU);
            beside + rng.range(apart, apart + BESIDE) * DVec3::new(libm::cos(angle), libm::sin(angle), 0.0)
        };
        let tries = (0..TRIES).map(|_| next()).find(|at| is_inside(*at) && is_free(&bench, *at, apart, &legs));
        let Some(at) = tries else { return Err(Rejection::new("no_room", format!("for {count} detectors"))) };
        bench.detectors.push(at);
    }
    Ok(bench)
}

fn is_inside(at: DVec3) -> bool {
    at.truncate().abs().max_element() < SQUARE - DETECTOR[0] - 0.002
}

/// Where the beam would end if something were wrong, somewhere in the square.
fn ends(rng: &mut Rng, bench: &Bench, wrong: Wrong) -> Option<DVec3> {
    let path = wrong.path(bench);
    let End::Away { direction } = path.end else { return None };
    let from = *path.points().last()?;
    Some(from + rng.range(0.08, 0.2) * direction)
}

/// Whether a detector may stand at a place: clear of pieces, other detectors and the beam.
fn is_free(bench: &Bench, at: DVec3, apart: f64, legs: &[DVec3]) -> bool {
    let from_pieces = bench.pieces.iter().all(|piece| (piece.at - at).length() > 0.9 * piece.reach() + DETECTOR[0] + CLEAR);
    let others = bench.detectors.iter().filter(|other| **other != at);
    let from_source = (bench.source.origin - at).length() > 0.05;
    from_pieces
        && from_source
        && others.clone().all(|other| (seen(*other) - seen(at)).length() > apart)
        && legs.windows(2).all(|leg| to_leg(at, leg) > DETECTOR[0] + THICK + CLEAR)
}

/// The beam meets its pieces in order and nothing else, and does not come near to itself.
fn is_alone(bench: &Bench) -> Result<(), Rejection> {
    let crossed = |what: &str| Err(Rejection::new("beam_crossed", what));
    let path = bench.path();
    let wanted = bench.pieces.iter().enumerate().flat_map(|(i, piece)| std::iter::repeat_n(i, piece.kind.turns()));
    if !path.vertices.iter().map(|v| v.body).eq(wanted) || path.ends_at() != Some(bench.pieces.len() + bench.answer) {
        return crossed("it meets something else");
    }
    let world = bench.optics();
    let points = path.points();
    for (k, leg) in points.windows(2).enumerate() {
        // What it meets at both ends is its own.
        let own = [k.checked_sub(1).map(|k| path.vertices[k].body), path.vertices.get(k).map(|v| v.body)];
        let others = world.bodies.iter().enumerate().filter(|(i, _)| !own.contains(&Some(*i)));
        let near = |body: &crate::exact::Body, p: DVec3| {
            body.surfaces.iter().map(|surface| surface.signed(p)).fold(f64::NEG_INFINITY, f64::max) < THICK + CLEAR
        };
        for (_, body) in others {
            if (0..=40).any(|i| near(body, leg[0].lerp(leg[1], f64::from(i) / 40.0))) {
                return crossed("it comes near to something else");
            }
        }
    }
    let legs: Vec<&[DVec3]> = points.windows(2).collect();
    for (i, leg) in legs.iter().enumerate() {
        // Those before and behind a short one within a piece begin and end at that piece.
        for other in legs.iter().skip(i + 2).filter(|other| (leg[1] - other[0]).length() > WITHIN) {
            let apart = (0..=30).map(|k| to_leg(leg[0].lerp(leg[1], f64::from(k) / 30.0), other)).fold(f64::INFINITY, f64::min);
            if apart < LEGS_APART {
                return crossed("it comes near to itself");
            }
        }
    }
    Ok(())
}

/// Metres from a point to a leg.
pub(super) fn to_leg(p: DVec3, leg: &[DVec3]) -> f64 {
    let way = leg[1] - leg[0];
    let along = ((p - leg[0]).dot(way) / way.length_squared()).clamp(0.0, 1.0);
    (p - leg[0] - along * way).length()
}
