//! Changes at a crossing that is seen in a view.

use std::f64::consts::{FRAC_PI_2, PI, TAU};

use super::changed::{Changed, led_along};
use super::site::{Pass, Site};
use crate::Result;
use crate::curve::Link;
use crate::diagram::{View, project};

/// The mirror image in the plane of the picture: what is near becomes far.
///
/// # Errors
/// As [`Link::map`].
pub fn mirror(link: &Link, view: View) -> Result<Link> {
    let towards = view.direction();
    link.map(|p| p - 2.0 * p.dot(towards) * towards)
}

/// The strand above is led below the other, as far below as it was above, at this crossing of the view's diagram. Nothing else in the
/// picture changes.
///
/// # Errors
/// [`crate::Error::View`], [`crate::Error::NoSuch`].
pub fn crossing_change(link: &Link, view: View, crossing: usize) -> Result<Changed> {
    let site = Site::new(link, view, crossing, "changing a crossing", |_| true)?;
    let down = 2.0 * (site.over.height - site.under.height);
    let lowered = |p: glam::DVec3| {
        let (picture, height) = (view.picture(p), view.height(p));
        let cos = libm::cos(FRAC_PI_2 * (picture.distance(site.middle) / site.radius).min(1.0));
        view.place(picture, height - down * cos * cos)
    };
    let points = site.over.points(0.15 * site.radius).into_iter().map(lowered).collect();
    led_along(link, &[site.over.detour(points)])
}

/// A full twist of the two strands that cross here, as seen when both run forward: right-handed adds two positive crossings, so that a negative
/// crossing becomes a positive one, and a positive crossing becomes three.
///
/// The twist lies in a disc about the crossing that no other strand enters: the more room there is about the crossing, the wider it is.
///
/// # Errors
/// [`crate::Error::View`], [`crate::Error::NoSuch`]; [`crate::Error::DoesNotApply`] where the strands run straight against each other.
pub fn full_twist(link: &Link, view: View, crossing: usize, right_handed: bool) -> Result<Changed> {
    let sides = |pass: &Pass, site: &Site| pass.directions.map(|d| d.dot(site.axis().perp()));
    // Each strand goes on to the side to which it came, the other to the other.
    let part = |site: &Site| {
        let ([a, b], [c, d]) = (sides(&site.over, site), sides(&site.under, site));
        site.runs_forward() && a * b > 0.0 && c * d > 0.0 && a * c < 0.0
    };
    let site = Site::new(link, view, crossing, "twisting two strands", part)?;
    let (axis, middle) = (site.axis(), site.middle);
    let side = axis.perp();
    // Both strands of the twist are as long and as far from the axis.
    let inner = 0.6 * site.radius;
    let directions = || [&site.over, &site.under].into_iter().flat_map(|pass| pass.directions);
    let half = inner * directions().map(|d| d.dot(axis)).fold(1.0, f64::min);
    let away = inner * directions().map(|d| d.dot(side).abs()).fold(1.0, f64::min);
    let level = 0.5 * (site.over.height + site.under.height);
    let is_positive = project(link, view)?.diagram.signs()[crossing].value() > 0;
    let turn = if is_positive { PI } else { -PI } + if right_handed { TAU } else { -TAU };
    let helix = |pass: &Pass| {
        // Odd, so that no vertex lies where the strands cross in the picture.
        let steps = 37;
        let from = away * pass.directions[0].dot(side).signum();
        let at = |k: usize| {
            let share = k as f64 / steps as f64;
            let angle = share * turn;
            // It begins at the side where the strand comes from; a positive twist leads it from the axis' left, by above, to its right.
            let (across, up) = (-from * libm::cos(angle), -from * libm::sin(angle));
            view.place(middle + axis * (half * (2.0 * share - 1.0)) + side * across, level + up)
        };
        std::iter::once(pass.begin()).chain((0..=steps).map(at)).chain([pass.end()]).collect::<Vec<_>>()
    };
    led_along(link, &[&site.over, &site.under].map(|pass| pass.detour(helix(pass))))
}
