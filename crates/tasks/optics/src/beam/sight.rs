//! What of a bench a camera sees that looks down on it from the front, whatever the look makes of it.

use glam::{DVec2, DVec3};
use raytruth_task::Rejection;

use super::problem::ANGLES;
use super::{Bench, DETECTOR};
use crate::exact::{Body, Optic, Path, Ray, World, forms};
use crate::eye::Sights;

/// How steeply it looks down, radians: the middle of what looks draw.
const ELEVATION: f64 = 51.0 / 180.0 * std::f64::consts::PI;
/// Part of a leg that may be hidden, and what of both ends does not count, metres.
const HIDDEN: f64 = 0.3;
const ENDS: f64 = 0.004;
/// From sample to sample, metres.
const STEP: f64 = 0.002;
/// Radii of balls that hold the caps of detectors, by their forms ([`super::stage::FORMS`]), and the height of their middles.
pub(super) const CAPS: [f64; 4] = [1.22 * DETECTOR[0], 1.65 * DETECTOR[0], 1.34 * DETECTOR[0], 1.58 * DETECTOR[0]];
const MIDDLE: f64 = DETECTOR[1] + DETECTOR[0];
/// Caps that are told from left to right stand so far apart in the picture from wherever looks see them, pixels.
const IN_ORDER: f64 = 6.0;

/// Where a point is in the picture, metres of a plane across the view through the middle of the bench: right, and up.
pub(super) fn seen(p: DVec3) -> DVec2 {
    DVec2::new(p.x, p.y * libm::sin(ELEVATION) + p.z * libm::cos(ELEVATION))
}

fn cap_name(i: usize) -> String {
    format!("cap_{i}")
}

/// Balls that hold the caps of all detectors.
pub(super) fn caps(bench: &Bench) -> impl Iterator<Item = Body> {
    let cap =
        |(i, at): (usize, &DVec3)| forms::ball(&cap_name(i), CAPS[i % CAPS.len()], Optic::Matte).placed(0.0, at.with_z(MIDDLE));
    bench.detectors.iter().enumerate().map(cap)
}

/// Caps stand from left to right in the order of their numbers, from wherever looks see them.
///
/// # Errors
/// [`Rejection`] `order` if two do not.
pub(super) fn in_order(bench: &Bench) -> Result<(), Rejection> {
    for eye in (Sights { angles: ANGLES, focus: DVec3::ZERO.with_z(0.5 * MIDDLE) }).eyes() {
        let places: Vec<f64> = bench.detectors.iter().map(|at| eye.project(at.with_z(MIDDLE)).x).collect();
        if places.windows(2).any(|pair| pair[1] - pair[0] < IN_ORDER) {
            return Err(Rejection::new("order", "two caps stand one behind the other"));
        }
    }
    Ok(())
}

/// # Errors
/// [`Rejection`] `leg_hidden` or `cap_hidden` if too much of the beam, or of a detector's cap, is behind something that is not clear, or a cap is
/// behind anything.
pub(super) fn check(bench: &Bench, path: &Path) -> Result<(), Rejection> {
    let to_camera = DVec3::new(0.0, -libm::cos(ELEVATION), libm::sin(ELEVATION));
    let all = World { bodies: bench.world().bodies.into_iter().chain(caps(bench)).collect() };
    let is_opaque = |body: &&Body| !matches!(body.optic, Optic::Clear { .. });
    let opaque = World { bodies: all.bodies.iter().filter(is_opaque).cloned().collect() };
    for leg in path.legs().filter(|leg| leg.n == 1.0) {
        let (way, length) = (leg.to - leg.from, (leg.to - leg.from).length());
        let count = ((length - 2.0 * ENDS) / STEP).max(1.0) as u32;
        let at = |i: u32| leg.from + way * ((ENDS + STEP * f64::from(i)) / length);
        let hidden = (0..count).filter(|i| opaque.meets(&Ray::new(at(*i), to_camera)).is_some()).count();
        if hidden as f64 > HIDDEN * f64::from(count) {
            return Err(Rejection::new("leg_hidden", format!("{hidden} of {count} places")));
        }
    }
    for (i, at) in bench.detectors.iter().enumerate() {
        // From its outline, and its middle.
        let away = |k: u32| {
            let (sin, cos) = (libm::sin(f64::from(k)), libm::cos(f64::from(k)));
            1.02 * CAPS[i % CAPS.len()] * (cos * DVec3::X + sin * DVec3::X.cross(to_camera))
        };
        let places = std::iter::once(1.02 * CAPS[i % CAPS.len()] * to_camera).chain((0..6).map(away));
        let own = cap_name(i);
        let is_hidden =
            |p: DVec3| all.meets(&Ray::new(at.with_z(MIDDLE) + p, to_camera)).is_some_and(|b| all.bodies[b].name != own);
        if places.into_iter().any(is_hidden) {
            return Err(Rejection::new("cap_hidden", own));
        }
    }
    Ok(())
}
