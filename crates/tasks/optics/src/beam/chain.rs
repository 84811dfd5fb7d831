//! A way of light that turns where it should: one piece after the other is set into the beam.

use std::f64::consts::{FRAC_PI_2, FRAC_PI_4, PI};
use std::ops::RangeInclusive;

use glam::DVec3;
use raytruth_task::{Rejection, Rng};

use crate::bench::SQUARE;
use crate::exact::forms::sag;
use crate::exact::{End, Event, Path, Ray, World, critical_angle};
use crate::piece::{BEAM, CORNER, Kind, Piece, RIM, THICK};

/// From the source to the first piece, and from piece to piece, metres.
const FIRST: RangeInclusive<f64> = 0.075..=0.14;
const LEG: RangeInclusive<f64> = 0.07..=0.125;
/// How far mirrors turn a beam, radians.
const DEFLECTS: RangeInclusive<f64> = 0.77..=2.3;
/// How far from its middle a beam meets a flat mirror, a round one, a prism and the long side of one that turns light within, and goes through a
/// lens, metres.
const ON_MIRROR: RangeInclusive<f64> = -0.009..=0.009;
const ON_CONCAVE: RangeInclusive<f64> = 0.008..=0.014;
const ON_CONVEX: RangeInclusive<f64> = 0.012..=0.018;
const ON_PRISM: RangeInclusive<f64> = -0.008..=0.004;
const ON_RIGHT_ANGLE: RangeInclusive<f64> = -0.006..=0.006;
const ON_LENS: RangeInclusive<f64> = 0.011..=0.017;
/// Radii of round mirrors and of the faces of lenses, metres: they turn the beam clearly otherwise than flat ones. What is convex makes small errors
/// of a reading larger, so it is flatter, and met farther from its middle.
const CONCAVE_RADIUS: RangeInclusive<f64> = 0.06..=0.09;
const CONVEX_RADIUS: RangeInclusive<f64> = 0.09..=0.12;
const CURVED: RangeInclusive<f64> = 0.036..=0.046;
/// Thickness of blocks, of concave lenses in their middle, and of convex ones at their rim, metres.
const SLABS: RangeInclusive<f64> = 0.06..=0.072;
const CONCAVE_THICK: f64 = 0.004;
const EDGE: f64 = 0.0025;
/// How steeply a beam meets a block, and how far from straight through a lens, radians.
const STEEP: RangeInclusive<f64> = 0.87..=1.13;
const THROUGH: RangeInclusive<f64> = -0.14..=0.14;
/// How much steeper than where it turns light least a beam meets a prism; and how steeply, more than half a right angle, it meets the long side
/// of one that turns light within, radians.
const FROM_LEAST: RangeInclusive<f64> = -0.2..=0.2;
const ON_LONG: RangeInclusive<f64> = -0.16..=0.1;
/// Steepest incidence, and how far from the critical angle all incidences are, radians.
const STEEPEST: f64 = 70.0 / 180.0 * PI;
const FROM_CRITICAL: f64 = 3.0 / 180.0 * PI;
/// How far hits are from rims, radii of the beam.
const FROM_RIMS: f64 = 2.2;
/// Least share of the light that a piece leaves to the beam.
const SHARE: f64 = 0.75;
/// How often a piece is set anew.
const TRIES: usize = 24;

/// Where the beam sets off, the pieces that it meets, and the ray that leaves the last one.
pub(super) struct Chain {
    pub source: Ray,
    pub pieces: Vec<Piece>,
    pub out: Ray,
}

fn within(rng: &mut Rng, range: &RangeInclusive<f64>) -> f64 {
    rng.range(*range.start(), *range.end())
}

/// One of both signs.
fn signed(rng: &mut Rng, range: RangeInclusive<f64>) -> f64 {
    let value = within(rng, &range);
    if rng.chance(0.5) { value } else { -value }
}

/// Radians to the left of +x.
fn angle_of(direction: DVec3) -> f64 {
    libm::atan2(direction.y, direction.x)
}

/// A chain of some kinds, from the left.
///
/// # Errors
/// [`Rejection`] `no_room` if they do not find room within the square.
pub(super) fn draw(rng: &mut Rng, kinds: &[Kind], n: f64) -> Result<Chain, Rejection> {
    let origin = DVec3::new(-SQUARE + 0.014, rng.range(-0.085, 0.085), BEAM);
    let aim = DVec3::new(rng.range(-0.03, 0.09), rng.range(-0.06, 0.06), BEAM);
    let source = Ray::towards(origin, aim);
    let mut chain = Chain { source, pieces: Vec::new(), out: source };
    for (i, &kind) in kinds.iter().enumerate() {
        let far = if i == 0 { FIRST } else { LEG };
        let next = (0..TRIES).find_map(|_| {
            let piece = set(rng, kind, n, &chain.out, &far);
            let has_room = piece.at.truncate().abs().max_element() + piece.reach() < SQUARE
                && chain.pieces.iter().all(|other| (other.at - piece.at).length() > 0.9 * (other.reach() + piece.reach()));
            let out = has_room.then(|| turned(&piece, chain.out)).flatten()?;
            Some((piece, out))
        });
        let Some((piece, out)) = next else {
            return Err(Rejection::new("no_room", format!("for piece {} of {}", i + 1, kinds.len())));
        };
        chain.pieces.push(piece);
        chain.out = out;
    }
    Ok(chain)
}

/// A piece so that a beam meets it somewhere near its middle.
fn set(rng: &mut Rng, kind: Kind, n: f64, beam: &Ray, far: &RangeInclusive<f64>) -> Piece {
    let hit = beam.at(within(rng, far));
    let along = angle_of(beam.direction);
    let (mut thick, mut curve) = (0.0, 0.0);
    // Where in its own frame the beam meets it or goes through it, and how it is turned.
    let (met, yaw) = match kind {
        Kind::Mirror => {
            let deflects = signed(rng, DEFLECTS);
            (DVec3::Y * within(rng, &ON_MIRROR), along + 0.5 * deflects - deflects.signum() * FRAC_PI_2)
        }
        Kind::Convex | Kind::Concave => {
            let bulges = kind == Kind::Convex;
            curve = if bulges { within(rng, &CONVEX_RADIUS) } else { -within(rng, &CONCAVE_RADIUS) };
            let off = signed(rng, if bulges { ON_CONVEX } else { ON_CONCAVE });
            // Of its normal there, which leans, as flat ones.
            let lean = libm::asin(off / curve);
            let away = curve - curve.signum() * (curve * curve - off * off).sqrt();
            let deflects = signed(rng, DEFLECTS);
            (DVec3::new(away, off, 0.0), along + 0.5 * deflects - deflects.signum() * FRAC_PI_2 + lean)
        }
        Kind::Slab => {
            thick = within(rng, &SLABS);
            let steep = signed(rng, STEEP);
            // The middle of its way within lies in the middle.
            let inner = libm::asin(libm::sin(steep) / n);
            (DVec3::new(-0.5 * thick, 0.5 * thick * libm::tan(inner), 0.0), along + steep)
        }
        Kind::Prism => {
            // About as steep as it turns light least.
            let steep = libm::asin((0.5 * n).min(1.0)) - PI / 6.0 + within(rng, &FROM_LEAST);
            (DVec3::Y * within(rng, &ON_PRISM), beside(rng, along, steep))
        }
        Kind::Lens => {
            curve = signed(rng, CURVED);
            thick = if curve > 0.0 { 2.0 * sag(curve, RIM) + EDGE } else { CONCAVE_THICK };
            (DVec3::Y * signed(rng, ON_LENS), along + within(rng, &THROUGH))
        }
        Kind::RightAngle => {
            // On its long side.
            let foot = -0.5 * CORNER * std::f64::consts::FRAC_1_SQRT_2;
            let up = within(rng, &ON_LONG) - FRAC_PI_4;
            (DVec3::new(within(rng, &ON_RIGHT_ANGLE), foot, 0.0), beside(rng, along, up))
        }
    };
    let turn = |p: DVec3| {
        let (sin, cos) = (libm::sin(yaw), libm::cos(yaw));
        DVec3::new(cos * p.x - sin * p.y, sin * p.x + cos * p.y, p.z)
    };
    Piece { kind, at: hit - turn(met), yaw, n, thick, curve }
}

/// The yaw at which light goes up by an angle in a prism's own frame, or in its image.
fn beside(rng: &mut Rng, along: f64, up: f64) -> f64 {
    if rng.chance(0.5) { along - up } else { along + up + PI }
}

/// The beam behind a piece, if that turns it as it should, and clearly.
fn turned(piece: &Piece, beam: Ray) -> Option<Ray> {
    let world = World { bodies: vec![piece.body("it")] };
    let path = world.trace(beam, 8);
    let End::Away { direction } = path.end else { return None };
    (is_clear(piece.kind, &world, &path) && path.share > SHARE)
        .then(|| Ray::new(path.vertices[path.vertices.len() - 1].point, direction))
}

/// Whether a beam turns in a piece as often as it should and no turn is near to being another.
fn is_clear(kind: Kind, world: &World, path: &Path) -> bool {
    let wanted: &[Event] = match kind {
        Kind::Mirror | Kind::Convex | Kind::Concave => &[Event::Mirrored],
        Kind::Slab | Kind::Prism | Kind::Lens => &[Event::Refracted; 2],
        Kind::RightAngle => &[Event::Refracted, Event::Reflected, Event::Refracted],
    };
    let is_as_wanted = path.vertices.iter().map(|v| v.event).eq(wanted.iter().copied());
    is_as_wanted
        && path.vertices.iter().all(|v| {
            let from_critical = critical_angle(v.n[0], v.n[1]).map_or(f64::INFINITY, |critical| match v.event {
                Event::Refracted => critical - v.incidence,
                _ => v.incidence - critical,
            });
            let to_rim = world.bodies[v.body].to_rim(v.surface, v.point);
            v.incidence < STEEPEST && from_critical > FROM_CRITICAL && to_rim > FROM_RIMS * THICK
        })
}
