//! The family *beam*: a beam sets off from a source, is turned by what stands in its way, and meets one of several detectors.

mod certificate;
mod chain;
mod line;
mod problem;
mod rivals;
mod sight;
mod stage;
pub(crate) mod time;
mod truth;
mod twin;

pub(crate) use problem::draw as problem;

use glam::DVec3;
use raytruth_task::{Rejection, Rng};
use serde_json::Value;

use crate::exact::{Body, Optic, Path, Ray, World};
use crate::piece::{Kind, Piece};

/// Its name.
pub(crate) const FAMILY: &str = "beam";
/// Half the width of a detector, and its height, metres.
pub(crate) const DETECTOR: [f64; 2] = [0.0125, 0.044];
/// How far to one side of the middle of all detectors the right one stands at least, metres.
const SIDE: f64 = 0.008;
/// Most turns of a beam.
const TURNS: usize = 24;

/// What stands on the bench.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Bench {
    /// Where the beam sets off, and which way.
    pub source: Ray,
    /// What it meets, in order.
    pub pieces: Vec<Piece>,
    /// Middles of the detectors, at the height of the beam.
    pub detectors: Vec<DVec3>,
    /// The one that it meets.
    pub answer: usize,
}

impl Bench {
    /// The pieces alone, by their places.
    pub(crate) fn optics(&self) -> World {
        World { bodies: self.pieces.iter().enumerate().map(|(i, piece)| piece.body(&stage::optic(i))).collect() }
    }

    /// All that light meets: the pieces, then the detectors.
    pub(crate) fn world(&self) -> World {
        let mut world = self.optics();
        world.bodies.extend(self.detectors.iter().enumerate().map(|(i, at)| detector(i, *at)));
        world
    }

    /// The way of the beam.
    pub(crate) fn path(&self) -> Path {
        self.world().trace(self.source, TURNS)
    }

    /// The same bench with other pieces.
    fn with(&self, other: impl Fn(&Piece) -> Piece) -> Self {
        Self { pieces: self.pieces.iter().map(other).collect(), ..self.clone() }
    }

    /// The same bench, left and right exchanged.
    fn mirrored(mut self) -> Self {
        let flip = |p: DVec3| DVec3::new(-p.x, p.y, p.z);
        self.source = Ray { origin: flip(self.source.origin), direction: flip(self.source.direction) };
        self.detectors.iter_mut().for_each(|at| *at = flip(*at));
        for piece in &mut self.pieces {
            piece.at = flip(piece.at);
            // In its own frame every kind is its image, but for mirrors, which have a front.
            piece.yaw = if piece.kind.is_mirror() { std::f64::consts::PI - piece.yaw } else { -piece.yaw };
        }
        self
    }
}

/// What one may take the beam to do, wrongly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wrong {
    /// Go straight on where a piece stands.
    Ignored(usize),
    /// Go straight on through everything clear.
    Unbent,
    /// Be mirrored by round mirrors as by flat ones.
    Flat,
}

/// On which side, seen by the camera, the source stands, and the right detector among all of them. One tells nothing of the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sides {
    pub source_left: bool,
    pub answer_left: bool,
}

/// A bench with some kinds of pieces and so many detectors so far apart; and its certificate.
///
/// # Errors
/// [`Rejection`] if there is no room, the beam meets something else, or the answer is not clear, or on the other side.
pub(crate) fn draw(
    rng: &mut Rng,
    (kinds, n): (&[Kind], f64),
    (count, apart): (usize, f64),
    sides: Sides,
) -> Result<(Bench, Value), Rejection> {
    let chain = chain::draw(rng, kinds, n)?;
    let bench = rivals::draw(rng, chain, (count, apart))?;
    let mut bench = if sides.source_left { bench } else { bench.mirrored() };
    let middle = bench.detectors.iter().map(|at| at.x).sum::<f64>() / count as f64;
    let off = bench.detectors[bench.answer].x - middle;
    if off.abs() < SIDE || (off < 0.0) != sides.answer_left {
        return Err(Rejection::new("other_side", format!("{off:.3} m from the middle of the detectors")));
    }
    // From left to right: its number tells nothing.
    let right = bench.detectors[bench.answer];
    bench.detectors.sort_by(|a, b| a.x.total_cmp(&b.x));
    bench.answer = bench.detectors.iter().position(|at| *at == right).unwrap_or(0);
    sight::in_order(&bench)?;
    sight::check(&bench, &bench.path())?;
    let record = certificate::certify(&bench, rng)?;
    Ok((bench, record))
}

/// A detector's exact form: an upright cylinder.
fn detector(i: usize, at: DVec3) -> Body {
    let plane = |z: f64, normal: DVec3| crate::exact::Surface::Plane { point: DVec3::new(at.x, at.y, z), normal };
    let side = crate::exact::Surface::Cylinder { point: at, axis: DVec3::Z, radius: DETECTOR[0], hollow: false };
    Body {
        name: stage::detector(i),
        surfaces: vec![side, plane(0.0, DVec3::NEG_Z), plane(DETECTOR[1], DVec3::Z)],
        optic: Optic::Matte,
    }
}
