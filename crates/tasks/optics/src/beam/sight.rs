//! What of a bench a camera sees that looks down on it from the front, whatever the look makes of it.

use glam::{DVec2, DVec3};
use raytruth_task::Rejection;

use super::{Bench, DETECTOR};
use crate::exact::{Body, Optic, Path, Ray, World, forms};

/// How steeply it looks down, radians: the middle of what looks draw.
const ELEVATION: f64 = 51.0 / 180.0 * std::f64::consts::PI;
/// Part of a leg that may be hidden, and what of both ends does not count, metres.
const HIDDEN: f64 = 0.3;
const ENDS: f64 = 0.004;
/// From sample to sample, metres.
const STEP: f64 = 0.002;
/// Radius of a ball that holds the cap of a detector, and the height of its middle.
pub(super) const CAP: [f64; 2] = [0.0155, DETECTOR[1] + DETECTOR[0]];

/// Where a point is in the picture, metres of a plane across the view through the middle of the bench: right, and up.
pub(super) fn seen(p: DVec3) -> DVec2 {
    DVec2::new(p.x, p.y * libm::sin(ELEVATION) + p.z * libm::cos(ELEVATION))
}

/// # Errors
/// [`Rejection`] `leg_hidden` or `cap_hidden` if too much of the beam, or of a detector's cap, is behind something that is not clear, or a cap is
/// behind anything.
pub(super) fn check(bench: &Bench, path: &Path) -> Result<(), Rejection> {
    let to_camera = DVec3::new(0.0, -libm::cos(ELEVATION), libm::sin(ELEVATION));
    let cap = |i: usize, at: &DVec3| forms::ball(&format!("cap_{i}"), CAP[0], Optic::Matte).placed(0.0, at.with_z(CAP[1]));
    let caps = bench.detectors.iter().enumerate().map(|(i, at)| cap(i, at));
    let all = World { bodies: bench.world().bodies.into_iter().chain(caps).collect() };
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
            1.02 * CAP[0] * (cos * DVec3::X + sin * DVec3::X.cross(to_camera))
        };
        let places = std::iter::once(1.02 * CAP[0] * to_camera).chain((0..6).map(away));
        let own = format!("cap_{i}");
        let is_hidden =
            |p: DVec3| all.meets(&Ray::new(at.with_z(CAP[1]) + p, to_camera)).is_some_and(|b| all.bodies[b].name != own);
        if places.into_iter().any(is_hidden) {
            return Err(Rejection::new("cap_hidden", own));
        }
    }
    Ok(())
}
