//! The proof that the disc lies below one pair of pegs, and seems to lie below another.

use glam::DVec3;
use raytruth_task::{Rejection, Rng, round6};
use serde_json::{Value, json};

use super::{BELOW, Basin, DISC, ENDS, HALF, WAITS, eye, eyes};
use crate::exact::{Body, Optic, Surface, Vertex, World, forms};
use crate::eye::Eye;
use crate::reveal::record;

/// Members of the ensemble, and what a person reads wrongly at most: part of the index of refraction, radians, metres.
const MEMBERS: usize = 64;
const READS: (f64, f64, f64) = (0.02, 1.0 / 180.0 * std::f64::consts::PI, 0.002);
/// Least distance of two answers, pixels.
const APART: f64 = 48.0;
/// The right pegs are so much nearer than others to where the disc lies, and farther from where it seems to, pitches.
const CLEARLY: f64 = 0.2;
/// What is seen of the disc clears the front wall by so much, metres.
const CLEAR: f64 = 0.008;

impl Basin {
    /// The liquid.
    pub(super) fn liquid(&self) -> Body {
        let half = DVec3::new(HALF[0], HALF[1], 0.5 * self.depth);
        forms::block("water", half, Optic::Clear { n: self.n }).placed(0.0, DVec3::Z * (-BELOW - half.z))
    }

    /// The disc.
    fn body(&self) -> Body {
        let at = self.disc(self.place);
        let plane = |side: f64| Surface::Plane { point: at + side * DISC[1] * DVec3::Z, normal: side * DVec3::Z };
        let around = Surface::Cylinder { point: at, axis: DVec3::Z, radius: DISC[0], hollow: false };
        Body { name: "coin".to_owned(), surfaces: vec![around, plane(-1.0), plane(1.0)], optic: Optic::Matte }
    }

    /// Where a sight of a place of the bottom goes into the liquid.
    fn enters(&self, eye: &Eye, at: DVec3) -> Option<Vertex> {
        let world = World { bodies: vec![self.liquid()] };
        let pixel = eye.image(&world, 1, at, eye.project(at))?;
        world.trace(eye.ray(pixel), 2).vertices.first().copied()
    }

    /// Where the disc would lie if light went straight on.
    fn seems(&self, eye: &Eye) -> Option<DVec3> {
        let at = self.disc(self.place);
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

    /// Whether the disc is seen from wherever a look may see it, in the liquid and without, and seems to lie below other pegs.
    pub(super) fn is_clear(&self) -> Result<(), Rejection> {
        let refuse = |reason, detail: &str| Err(Rejection::new(reason, detail.to_owned()));
        let at = self.disc(self.place);
        let front = -HALF[1] + DISC[0] + CLEAR;
        if self.pegs[self.place] - DISC[0] < -HALF[1] + CLEAR || at.y + DISC[0] > HALF[1] - 0.004 {
            return refuse("no_room", "for the disc");
        }
        if self.pegs[0] < ENDS.0 || self.pegs[self.pegs.len() - 1] > ENDS.1 {
            return refuse("no_room", "for the pegs");
        }
        for eye in eyes() {
            let Some(enters) = self.enters(&eye, at) else { return refuse("no_image", "of the disc") };
            if enters.point.z < -BELOW - 1e-6 || enters.incidence.to_degrees() > 70.0 {
                return refuse("image_hidden", "not through the surface");
            }
            // Without the liquid it is seen over the front wall, and at first the bar does not hide it.
            let straight = at - eye.at;
            let over = eye.at + straight * (eye.at.z / -straight.z);
            if over.y < front || (enters.point.y - WAITS).abs() < 0.02 + DISC[0] {
                return refuse("disc_hidden", "by the front wall, or the bar");
            }
            let Some(seems) = self.seems(&eye) else { return refuse("no_image", "of the disc") };
            if seems.y + DISC[0] > HALF[1] {
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

/// Where the disc seems to lie, and the record.
///
/// # Errors
/// [`Rejection`] `members_disagree` if small errors of a reading lead to other pegs.
pub(super) fn certify(basin: &Basin, rng: &mut Rng) -> Result<(DVec3, Value), Rejection> {
    let none = || Rejection::new("no_image", "of the disc");
    let eye = eye(0.0, 31.0);
    let at = basin.disc(basin.place);
    let enters = basin.enters(&eye, at).ok_or_else(none)?;
    let seems = basin.seems(&eye).ok_or_else(none)?;
    let (part, angle, place) = READS;
    for member in 0..MEMBERS {
        let n = basin.n * (1.0 + rng.range(-part, part));
        let tilt = rng.range(-angle, angle);
        // One reads where the image is, how steeply one looks at it, and how deep the liquid is.
        let steep = enters.incidence + tilt;
        let depth = basin.depth - DISC[1] + rng.range(-place, place);
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
    let mut world = record(&World { bodies: vec![basin.body(), basin.liquid()] }, &eye, &[("coin", pixel)])?;
    world.insert("pegs_y_m".to_owned(), basin.pegs.iter().map(|y| round6(*y)).collect::<Vec<_>>().into());
    world.insert("disc_m".to_owned(), told(at).to_vec().into());
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
