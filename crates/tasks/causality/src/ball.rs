//! What balls are made of: a row each.

use raytruth_eval::Surface;
use raytruth_physics::{Form, Substance};
use raytruth_scene::Material;
use raytruth_task::Rng;

use crate::look::balls;

/// A ball material. It fixes density, restitution and friction, and with the radius the momentum.
#[derive(Debug)]
pub(crate) struct BallMaterial {
    /// Name in parameters and dials.
    pub name: &'static str,
    /// As the prompt calls the ball, with its article. That one is solid or hollow cannot be seen, so it is told.
    pub phrase: &'static str,
    /// What the simulation takes it for.
    pub substance: Substance,
    /// Thickness of a hollow ball's wall as a part of its radius.
    pub wall: Option<f32>,
    /// How heavy it is among balls of its size.
    pub weight: Weight,
    /// Hue that the targets keep away from, degrees, if it has one.
    pub hue: Option<f64>,
    /// Whether it needs a light ground to stand out from; the others need a darker one.
    pub is_dark: bool,
    /// How it shows.
    pub shows: Surface,
    /// Its surface.
    pub material: fn(&mut Rng) -> Material,
}

/// How heavy a ball is among balls of its size, the lightest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Weight {
    Feather,
    Light,
    Middling,
    Solid,
    Heavy,
}

/// Balls are known by their row.
pub(crate) type Ball = &'static BallMaterial;

/// The wall of a hollow ball, as table tennis balls and toys have it.
const WALL: Option<f32> = Some(1.0 / 40.0);

use Surface::{Clear, Mirror, Opaque};
use Weight::{Feather, Heavy, Light, Middling, Solid};

/// Every ball.
#[rustfmt::skip]
pub(crate) static BALLS: [BallMaterial; 9] = [
    row("iron", "a heavy solid iron ball", Substance::Iron, None, Heavy, None, true, Opaque, balls::iron),
    row("steel", "a heavy solid polished steel ball", Substance::Steel, None, Heavy, None, true, Mirror, balls::steel),
    row("brass", "a heavy solid brass ball", Substance::Brass, None, Heavy, Some(80.0), true, Opaque, balls::brass),
    row("glass", "a solid glass ball", Substance::Glass, None, Solid, Some(172.0), true, Clear, balls::glass),
    row("rubber", "a solid rubber ball", Substance::Rubber, None, Middling, None, true, Opaque, balls::rubber),
    row("wood", "a solid wooden ball", Substance::Oak, None, Middling, Some(48.0), true, Opaque, balls::wood),
    row("cork", "a light solid cork ball", Substance::Cork, None, Light, Some(48.0), true, Opaque, balls::cork),
    row("hollow_plastic", "a lightweight hollow plastic ball", Substance::Plastic, WALL, Feather, Some(37.0), false, Opaque, balls::plastic),
    row("foam", "a very light foam ball", Substance::Foam, None, Feather, None, false, Opaque, balls::foam),
];

#[expect(clippy::too_many_arguments, reason = "a row of a table")]
const fn row(
    name: &'static str,
    phrase: &'static str,
    substance: Substance,
    wall: Option<f32>,
    weight: Weight,
    hue: Option<f64>,
    is_dark: bool,
    shows: Surface,
    material: fn(&mut Rng) -> Material,
) -> BallMaterial {
    BallMaterial { name, phrase, substance, wall, weight, hue, is_dark, shows, material }
}

/// The names of all balls.
pub(crate) fn names() -> [&'static str; BALLS.len()] {
    BALLS.each_ref().map(|b| b.name)
}

impl BallMaterial {
    /// The form for the simulation.
    pub(crate) fn form(&self, radius: f32) -> Form {
        match self.wall {
            Some(part) => Form::HollowSphere { radius, thickness: radius * part },
            None => Form::Sphere { radius },
        }
    }

    /// Kilograms.
    pub(crate) fn mass(&self, radius: f32) -> f64 {
        f64::from(self.form(radius).volume().unwrap_or_default()) * f64::from(self.substance.density())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_in_order_of_mass() {
        for (a, b) in BALLS.iter().flat_map(|a| BALLS.iter().map(move |b| (a, b))).filter(|(a, b)| a.weight < b.weight) {
            assert!(a.mass(0.02) < b.mass(0.02), "{} and {}", a.name, b.name);
        }
    }
}
