//! The proof that the image of every bead is seen, and shows its corner as the kind of glass does.

use glam::{DVec2, DVec3};
use raytruth_task::{Rejection, Rng, round6};
use serde_json::{Value, json};

use super::{BEAD, CARD, HOLE, MIDDLE, PLATE, VIEWS, Window, corner};
use crate::exact::{Body, Optic, Ray, Surface, World, forms};
use crate::eye::Eye;
use crate::reveal::record;

/// Members of the ensemble, and what a person reads wrongly at most: part of the index of refraction, metres.
const MEMBERS: usize = 64;
const READS: (f64, f64) = (0.02, 0.002);
/// Least distance of two images of corners that lie beside each other, pixels.
const APART: f64 = 17.0;
/// Least area of a bead's image, pixels, and the part of it that is seen.
const AREA: f64 = 270.0;
const SEEN: f64 = 0.8;

impl Window {
    /// The plate with its hole.
    fn plate() -> Body {
        let half = PLATE.as_dvec3();
        let mut body = forms::block("plate", half, Optic::Matte);
        body.surfaces.push(Surface::Cylinder { point: DVec3::ZERO, axis: DVec3::Y, radius: HOLE, hollow: true });
        body.placed(0.0, MIDDLE)
    }

    /// All that light meets: glass, plate, card, and the beads.
    pub(super) fn world(&self) -> World {
        let card = forms::block("card", DVec3::new(CARD[0], CARD[1], CARD[0]), Optic::Matte);
        let mut bodies = vec![self.glass.body(MIDDLE), Self::plate(), card.placed(0.0, self.card() + CARD[1] * DVec3::Y)];
        bodies.extend(
            self.corners
                .iter()
                .enumerate()
                .map(|(i, &at)| forms::ball(&format!("bead_{i}"), BEAD, Optic::Matte).placed(0.0, self.bead(at))),
        );
        World { bodies }
    }

    /// Where a point behind the glass is seen.
    fn image(&self, eye: &Eye, of: DVec3) -> Option<DVec2> {
        let world = World { bodies: vec![self.glass.body(MIDDLE)] };
        eye.image(&world, 2, of, eye.project(MIDDLE))
    }

    /// Whether each of the images of two things is on the other side of the other, across and up; none if they are not clear.
    fn flips(&self, eye: &Eye) -> Option<[bool; 2]> {
        let images: Option<Vec<DVec2>> = (0..4).map(|i| self.image(eye, self.bead(i))).collect();
        let images = images?;
        let side = |pairs: [(usize, usize); 2], part: fn(DVec2) -> f64| {
            let ways = pairs.map(|(a, b)| part(images[b] - images[a]));
            (ways.iter().all(|way| *way > APART) || ways.iter().all(|way| *way < -APART)).then_some(ways[0])
        };
        // Pictures count downwards.
        let (across, down) = (side([(0, 1), (2, 3)], |p| p.x)?, side([(0, 2), (1, 3)], |p| p.y)?);
        Some([across < 0.0, down < 0.0])
    }
}

/// The record of a window that is clear from wherever it may be seen.
///
/// # Errors
/// [`Rejection`] `image_hidden`, `image_small` or `card_seen` if it is not, `other_image` if the image is not as the kind of glass has it,
/// `members_disagree` if small errors of a reading make it so.
pub(super) fn certify(window: &Window, rng: &mut Rng) -> Result<Value, Rejection> {
    let refuse = |reason, detail: &str| Err(Rejection::new(reason, detail.to_owned()));
    let world = window.world();
    let wanted = window.glass.kind.flips();
    for eye in VIEWS.eyes() {
        if window.flips(&eye) != Some(wanted) {
            return refuse("other_image", "not as the kind of glass has it");
        }
        for (i, &at) in window.corners.iter().enumerate() {
            let place = window.bead(at);
            let Some(image) = window.image(&eye, place) else { return refuse("image_hidden", "a bead's") };
            // From both sides: towards the glass's rim images shrink or grow, and beads on the left must be worth as much as those on the right.
            let [Some(wide), Some(high)] = [DVec3::X, DVec3::Z].map(|axis| {
                let [a, b] = [-0.5, 0.5].map(|side| window.image(&eye, place + side * BEAD * axis));
                Some((b? - a?).length())
            }) else {
                return refuse("image_hidden", "part of a bead's");
            };
            let size = DVec2::new(wide, high);
            if std::f64::consts::PI * size.x * size.y < AREA {
                return Err(Rejection::new("image_small", format!("{:.0}", std::f64::consts::PI * size.x * size.y)));
            }
            let grid = (0..25).map(|k| DVec2::new(f64::from(k % 5) / 2.0 - 1.0, f64::from(k / 5) / 2.0 - 1.0));
            let inside: Vec<DVec2> = grid.filter(|p| p.length() < 0.95).collect();
            let shows = |p: &&DVec2| world.trace(eye.ray(image + **p * size), 3).ends_at() == Some(3 + i);
            if (inside.iter().filter(shows).count() as f64) < SEEN * inside.len() as f64 {
                return refuse("image_hidden", "part of a bead's");
            }
        }
        // Past the glass, or around the plate, nothing of the card is seen.
        let edge = CARD[0] + 0.002;
        let around = (0..24).map(|k| {
            let angle = f64::from(k) * std::f64::consts::TAU / 24.0;
            let (sin, cos) = (libm::sin(angle), libm::cos(angle));
            let out = edge / sin.abs().max(cos.abs());
            window.card() + DVec3::new(out * cos, 0.0, out * sin)
        });
        let covered = |p: DVec3| world.meets(&Ray::towards(eye.at, p)).is_some_and(|body| body < 2);
        if !around.into_iter().chain((0..4).map(|i| window.bead(i))).all(covered) {
            return refuse("card_seen", "beside the plate");
        }
    }
    let eye = VIEWS.middle();
    let (part, place) = READS;
    for member in 0..MEMBERS {
        let mut read = window.clone();
        read.glass = window.glass.of_index(window.glass.n * (1.0 + rng.range(-part, part)));
        read.distance += rng.range(-place, place);
        if read.flips(&eye) != Some(wanted) {
            return Err(Rejection::new("members_disagree", format!("member {member}")));
        }
    }
    let images: Option<Vec<DVec2>> = window.corners.iter().map(|&i| window.image(&eye, window.bead(i))).collect();
    let images = images.ok_or_else(|| Rejection::new("image_hidden", "a bead's"))?;
    let names = ["bead_0", "bead_1", "bead_2"];
    let sights: Vec<(&str, DVec2)> = names.into_iter().zip(images.iter().copied()).collect();
    let mut world = record(&world, &VIEWS, &sights)?;
    world.insert("corners_m".to_owned(), (0..4).map(|i| corner(i).map(round6).to_vec()).collect::<Vec<_>>().into());
    Ok(json!({
        "answer": window.corners,
        "flips": wanted,
        "members": MEMBERS,
        "images_px": images.iter().map(|p| p.to_array().map(round6)).collect::<Vec<_>>(),
        "world": world,
    }))
}

#[cfg(test)]
mod tests {
    use super::super::flipped;
    use super::super::glass::{Glass, Kind};
    use super::*;

    /// Else what is told of the glass would tell on which side the free corner is.
    #[test]
    fn a_window_and_its_image_are_taken_alike() {
        let mut rng = Rng::from_seed(4);
        let mut counts = [0; 2];
        for kind in Kind::ALL.into_iter().cycle().take(72) {
            let (glass, far) = Glass::draw(&mut rng, kind, 1.6);
            let mut corners = [0, 1, 2, 3];
            rng.shuffle(&mut corners);
            let distance = rng.range(far.0, far.1);
            let one = Window { glass, distance, corners: [corners[0], corners[1], corners[2]], rightwards: true };
            let image = Window { corners: one.corners.map(|i| flipped(i, [true, false])), ..one.clone() };
            let [a, b] = [one, image].map(|window| certify(&window, &mut Rng::from_seed(1)).is_ok());
            assert_eq!(a, b, "{kind:?} at {distance}");
            counts[usize::from(a)] += 1;
        }
        assert!(counts.iter().all(|count| *count > 4), "some are refused, some are not: {counts:?}");
    }
}
