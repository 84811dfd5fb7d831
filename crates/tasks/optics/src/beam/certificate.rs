//! The proof that a beam meets one detector, clearly, and none of the wrong ways leads there.

use glam::DVec3;
use raytruth_task::{Rejection, Rng, round6};
use serde_json::{Value, json};

use super::rivals::to_leg;
use super::stage::detector;
use super::{Bench, DETECTOR, TURNS, Wrong};
use crate::exact::{End, Path, Ray, World};
use crate::piece::Piece;

/// Members of the ensemble, and what a person reads wrongly at most: part of the index of refraction, radians, metres.
const MEMBERS: usize = 64;
const READS: (f64, f64, f64) = (0.02, 1.0 / 180.0 * std::f64::consts::PI, 0.002);
/// A beam that comes no nearer to any detector meets none, metres.
const ASTRAY: f64 = 0.035;
/// What goes on without an end is followed so far, metres.
const FAR: f64 = 0.5;
/// Least distance at which a wrong way passes the right detector's middle, metres. Where it ends, at another detector or beside all of them, is
/// farther off.
const PASSES: f64 = 0.022;

/// The corners of a path, with the last leg as long as anything is far.
fn corners(path: &Path) -> Vec<DVec3> {
    let mut points = path.points();
    if let End::Away { direction } = path.end {
        points.push(points[points.len() - 1] + FAR * direction);
    }
    points
}

/// How near legs come to a place, from one of them on.
fn nearest(points: &[DVec3], from: usize, at: DVec3) -> f64 {
    points[from..].windows(2).map(|leg| to_leg(at, leg)).fold(f64::INFINITY, f64::min)
}

/// # Errors
/// [`Rejection`] `wrong_way_right` if a wrong way leads to the right detector, `members_disagree` if small errors of a reading lead elsewhere.
pub(super) fn certify(bench: &Bench, rng: &mut Rng) -> Result<Value, Rejection> {
    let right = bench.detectors[bench.answer];
    let mut ways = Vec::new();
    for wrong in Wrong::all(&bench.pieces) {
        let points = corners(&wrong.path(bench));
        // Up to where it parts from the beam it is the beam.
        let beam = bench.path().points();
        let shared = points.iter().zip(&beam).take_while(|(a, b)| (**a - **b).length() < 1e-9).count();
        let near = nearest(&points, shared.saturating_sub(1), right);
        if near < PASSES {
            return Err(Rejection::new("wrong_way_right", format!("{} comes to {near:.3} m from it", wrong.name())));
        }
        let meets = (0..bench.detectors.len()).find(|&i| nearest(&points, 0, bench.detectors[i]) < DETECTOR[0]);
        ways.push(json!({ "what": wrong.name(), "meets": meets.map(detector), "from_answer_m": round6(near) }));
    }
    for member in 0..MEMBERS {
        let read = misread(bench, rng);
        let met = answer(&read);
        if met != Some(bench.answer) {
            return Err(Rejection::new("members_disagree", format!("member {member} leads to {met:?}")));
        }
    }
    let (world, path) = (bench.world(), bench.path());
    let rounded = |p: &DVec3| p.to_array().map(round6);
    let rims = path.vertices.iter().map(|v| world.bodies[v.body].to_rim(v.surface, v.point));
    Ok(json!({
        "answer": detector(bench.answer),
        "share": round6(path.share),
        "from_rims_m": round6(rims.fold(f64::INFINITY, f64::min)),
        "steepest_deg": round6(path.vertices.iter().map(|v| v.incidence).fold(0.0, f64::max).to_degrees()),
        "members": MEMBERS,
        "wrong_ways": ways,
        "world": {
            // Unrounded: what is recomputed from them should agree to the last digits.
            "bodies": serde_json::to_value(&world.bodies).map_err(|e| Rejection::new("certificate", e.to_string()))?,
            "source_m": bench.source.origin.to_array(),
            "direction": bench.source.direction.to_array(),
            "beam_m": path.points().iter().map(rounded).collect::<Vec<_>>(),
        },
    }))
}

/// The same bench as a person may read it.
fn misread(bench: &Bench, rng: &mut Rng) -> Bench {
    let (index, angle, place) = READS;
    let mut moved = |p: DVec3| p + DVec3::new(rng.range(-place, place), rng.range(-place, place), 0.0);
    let mut read = bench.clone();
    read.source.origin = moved(bench.source.origin);
    read.pieces.iter_mut().for_each(|piece| piece.at = moved(piece.at));
    let glass = 1.0 + rng.range(-index, index);
    for piece in &mut read.pieces {
        piece.yaw += rng.range(-angle, angle);
        piece.n *= glass;
    }
    let (sin, cos) = (libm::sin(angle), libm::cos(angle));
    let tilt = rng.range(-1.0, 1.0) * sin;
    let d = bench.source.direction;
    read.source = Ray::new(read.source.origin, DVec3::new(d.x * cos - d.y * tilt, d.y * cos + d.x * tilt, 0.0));
    read
}

/// The detector to which the beam comes nearest, if it meets its pieces in order.
fn answer(bench: &Bench) -> Option<usize> {
    let path = bench.optics().trace(bench.source, TURNS);
    let wanted = bench.pieces.iter().enumerate().flat_map(|(i, piece)| std::iter::repeat_n(i, piece.kind.turns()));
    if !path.vertices.iter().map(|v| v.body).eq(wanted) {
        return None;
    }
    let points = corners(&path);
    let off = |i: usize| nearest(&points, points.len() - 2, bench.detectors[i]);
    let best = (0..bench.detectors.len()).min_by(|&a, &b| off(a).total_cmp(&off(b)))?;
    (off(best) < ASTRAY).then_some(best)
}

impl Wrong {
    /// Every way to go wrong with some pieces.
    pub(super) fn all(pieces: &[Piece]) -> Vec<Self> {
        let mut all: Vec<Self> = (0..pieces.len()).map(Self::Ignored).collect();
        if pieces.iter().any(|piece| piece.kind.is_clear()) {
            all.push(Self::Unbent);
        }
        if pieces.iter().any(|piece| piece.kind.is_round()) {
            all.push(Self::Flat);
        }
        all
    }

    pub(super) fn name(self) -> String {
        match self {
            Self::Ignored(i) => format!("optic_{i}_ignored"),
            Self::Unbent => "n_is_1".to_owned(),
            Self::Flat => "mirrors_are_flat".to_owned(),
        }
    }

    /// The way that the beam would take among the pieces.
    pub(super) fn path(self, bench: &Bench) -> Path {
        self.world(bench).trace(bench.source, TURNS)
    }

    /// The pieces, as one takes them to be.
    pub(super) fn world(self, bench: &Bench) -> World {
        match self {
            Self::Ignored(i) => {
                let mut world = bench.optics();
                world.bodies.remove(i);
                world
            }
            Self::Unbent => bench.with(|piece| Piece { n: 1.0, ..piece.clone() }).optics(),
            Self::Flat => bench.with(Piece::flattened).optics(),
        }
    }
}
