//! The proof that the sunken thing lies below one pair of pegs, and seems to lie below another.

use glam::DVec3;
use raytruth_task::{Rejection, Rng, round6};
use serde_json::{Value, json};

use super::{BELOW, Basin, ENDS, HALF, VIEWS, WAITS};
use crate::exact::{Body, Optic, Vertex, World, forms};
use crate::eye::Eye;
use crate::reveal::record;

/// Members of the ensemble, and what a person reads wrongly at most: part of the index of refraction, radians, metres.
const MEMBERS: usize = 64;
const READS: (f64, f64, f64) = (0.02, 1.0 / 180.0 * std::f64::consts::PI, 0.002);
/// Least distance of two answers, pixels.
const APART: f64 = 48.0;
/// The right pegs are so much nearer than others to where the thing lies, and farther from where it seems to, pitches.
const CLEARLY: f64 = 0.2;
/// What is seen of the thing clears the front wall by so much, metres.
const CLEAR: f64 = 0.008;
/// Thickness of the walls that the record tells, metres.
const WALL: f64 = 0.003;

impl Basin {
    /// The liquid.
    pub(super) fn liquid(&self) -> Body {
        let half = DVec3::new(HALF[0], HALF[1], 0.5 * self.depth);
        forms::block("water", half, Optic::Clear { n: self.n }).placed(0.0, DVec3::Z * (-BELOW - half.z))
    }

    /// The four walls, which hide what lies beyond them.
    fn walls() -> impl Iterator<Item = Body> {
        let (low, high) = (-0.2, 0.0);
        let upright = DVec3::Z * 0.5 * (low + high);
        let half = [DVec3::new(WALL, HALF[1], 0.5 * (high - low)), DVec3::new(HALF[0], WALL, 0.5 * (high - low))];
        let sides = [(DVec3::X, HALF[0], half[0]), (DVec3::Y, HALF[1], half[1])];
        let both = sides.into_iter().flat_map(|(axis, to, half)| [-1.0, 1.0].map(|side| (axis * side * (to + WALL), half)));
        both.enumerate()
            .map(move |(i, (at, half))| forms::block(&format!("wall_{i}"), half, Optic::Matte).placed(0.0, at + upright))
    }

    /// Where a sight of a place of the bottom goes into the liquid.
    fn enters(&self, eye: &Eye, at: DVec3) -> Option<Vertex> {
        let world = World { bodies: vec![self.liquid()] };
        let pixel = eye.image(&world, 1, at, eye.project(at))?;
        world.trace(eye.ray(pixel), 2).vertices.first().copied()
    }

    /// Where the thing would lie if light went straight on.
    fn seems(&self, eye: &Eye) -> Option<DVec3> {
        let at = self.thing(self.place);
        let from = self.enters(eye, at)?.point;
        let way = (from - eye.at).normalize();
        Some(from + way * ((at.z - from.z) / way.z))
    }

    fn pitch(&self) -> f64 {
        self.pegs[1] - self.pegs[0]
    }

    /// The pegs nearest to a place along y, and how much nearer they are than others, pitches.
    fn nearest(&self, y: f64) -> (usize, f64) {
        let off = |i: usize| (self.pegs[i] - y).abs();
        let mut order: Vec<usize> = (0..self.pegs.len()).collect();
        order.sort_by(|&a, &b| off(a).total_cmp(&off(b)));
        (order[0], (off(order[1]) - off(order[0])) / self.pitch())
    }

    /// Whether the thing is seen from wherever a look may see it, in the liquid and without, and seems to lie below other pegs.
    pub(super) fn is_clear(&self) -> Result<(), Rejection> {
        let refuse = |reason, detail: &str| Err(Rejection::new(reason, detail.to_owned()));
        let at = self.thing(self.place);
        let reach = self.sunken.reach();
        let front = -HALF[1] + reach + CLEAR;
        if self.pegs[self.place] - reach < -HALF[1] + CLEAR || at.y + reach > HALF[1] - 0.004 {
            return refuse("no_room", "for the thing");
        }
        if self.pegs[0] < ENDS.0 || self.pegs[self.pegs.len() - 1] > ENDS.1 {
            return refuse("no_room", "for the pegs");
        }
        for eye in VIEWS.eyes() {
            let Some(enters) = self.enters(&eye, at) else { return refuse("no_image", "of the thing") };
            if enters.point.z < -BELOW - 1e-6 || enters.incidence.to_degrees() > 70.0 {
                return refuse("image_hidden", "not through the surface");
            }
            // Without the liquid it is seen over the front wall, and at first the bar does not hide it.
            let straight = at - eye.at;
            let over = eye.at + straight * (eye.at.z / -straight.z);
            if over.y < front || (enters.point.y - WAITS).abs() < 0.02 + reach {
                return refuse("thing_hidden", "by the front wall, or the bar");
            }
            let Some(seems) = self.seems(&eye) else { return refuse("no_image", "of the thing") };
            if seems.y + reach > HALF[1] {
                return refuse("image_hidden", "it seems to lie in the wall");
            }
            let (found, clearly) = self.nearest(seems.y);
            if found != self.place + 1 || clearly < CLEARLY {
                return refuse("wrong_way_right", "it seems to lie below the right pegs, or between two");
            }
            let between = (eye.project(seems) - eye.project(at)).length();
            let own = eye.project(DVec3::Y * self.pegs[self.place]);
            let others = self.pegs.iter().enumerate().filter(|(i, _)| *i != self.place);
            let pegs = others.map(|(_, y)| (eye.project(DVec3::Y * *y) - own).length());
            if between.min(pegs.fold(f64::INFINITY, f64::min)) < APART {
                return refuse("too_near", "two answers in the picture");
            }
        }
        Ok(())
    }
}

/// Where the thing seems to lie, and the record.
///
/// # Errors
/// [`Rejection`] `members_disagree` if small errors of a reading lead to other pegs.
pub(super) fn certify(basin: &Basin, rng: &mut Rng) -> Result<(DVec3, Value), Rejection> {
    let none = || Rejection::new("no_image", "of the thing");
    let eye = VIEWS.middle();
    let at = basin.thing(basin.place);
    let enters = basin.enters(&eye, at).ok_or_else(none)?;
    let seems = basin.seems(&eye).ok_or_else(none)?;
    let (part, angle, place) = READS;
    for member in 0..MEMBERS {
        let n = basin.n * (1.0 + rng.range(-part, part));
        let tilt = rng.range(-angle, angle);
        // One reads where the image is, how steeply one looks at it, and how deep the liquid is.
        let steep = enters.incidence + tilt;
        let depth = basin.depth - basin.sunken.half().z + rng.range(-place, place);
        let along = (enters.point - eye.at).with_z(0.0).normalize();
        let inner = libm::asin(libm::sin(steep) / n);
        let y = enters.point.y + along.y * depth * libm::tan(inner) + rng.range(-place, place);
        let (found, _) = basin.nearest(y);
        if found != basin.place {
            return Err(Rejection::new("members_disagree", format!("member {member} finds it at {found}")));
        }
    }
    let told = |p: DVec3| p.to_array().map(round6);
    let pixel = eye.project(enters.point);
    let bodies = [basin.sunken.body(at), basin.liquid()].into_iter().chain(Basin::walls()).collect();
    let mut world = record(&World { bodies }, &VIEWS, &[("sunken", pixel)])?;
    world.insert("pegs_y_m".to_owned(), basin.pegs.iter().map(|y| round6(*y)).collect::<Vec<_>>().into());
    world.insert("thing_m".to_owned(), told(at).to_vec().into());
    world.insert("seems_m".to_owned(), told(seems).to_vec().into());
    let record = json!({
        "answer": basin.place,
        "mistaken": basin.nearest(seems.y).0,
        "members": MEMBERS,
        "shift_m": round6(seems.y - at.y),
        "world": world,
    });
    Ok((seems, record))
}
