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
    /// Hue that the targets keep away from, degrees, if it has one.
    pub hue: Option<f64>,
    /// Whether it needs a light ground to stand out from; the others need a darker one.
    pub is_dark: bool,
    /// How it shows.
    pub shows: Surface,
    /// Its surface.
    pub material: fn(&mut Rng) -> Material,
}

/// Balls are known by their row.
pub(crate) type Ball = &'static BallMaterial;

/// The wall of a hollow ball, as table tennis balls and toys have it.
const WALL: Option<f32> = Some(1.0 / 40.0);

use Surface::{Clear, Mirror, Opaque};

/// Every ball.
#[rustfmt::skip]
pub(crate) static BALLS: [BallMaterial; 9] = [
    row("iron", "a heavy solid iron ball", Substance::Iron, None, None, true, Opaque, balls::iron),
    row("steel", "a heavy solid polished steel ball", Substance::Steel, None, None, true, Mirror, balls::steel),
    row("brass", "a heavy solid brass ball", Substance::Brass, None, Some(80.0), true, Opaque, balls::brass),
    row("glass", "a solid glass ball", Substance::Glass, None, Some(172.0), true, Clear, balls::glass),
    row("rubber", "a solid rubber ball", Substance::Rubber, None, None, true, Opaque, balls::rubber),
    row("wood", "a solid wooden ball", Substance::Oak, None, Some(48.0), true, Opaque, balls::wood),
    row("cork", "a light solid cork ball", Substance::Cork, None, Some(48.0), true, Opaque, balls::cork),
    row("hollow_plastic", "a lightweight hollow plastic ball", Substance::Plastic, WALL, Some(37.0), false, Opaque, balls::plastic),
    row("foam", "a very light foam ball", Substance::Foam, None, None, false, Opaque, balls::foam),
];

#[expect(clippy::too_many_arguments, reason = "a row of a table")]
const fn row(
    name: &'static str,
    phrase: &'static str,
    substance: Substance,
    wall: Option<f32>,
    hue: Option<f64>,
    is_dark: bool,
    shows: Surface,
    material: fn(&mut Rng) -> Material,
) -> BallMaterial {
    BallMaterial { name, phrase, substance, wall, hue, is_dark, shows, material }
}

/// The names of all balls.
pub(crate) fn names() -> [&'static str; BALLS.len()] {
    BALLS.each_ref().map(|b| b.name)
}

/// The form of a ball with a wall of a part of its radius, or without one.
pub(crate) fn form(wall: Option<f32>, radius: f32) -> Form {
    match wall {
        Some(part) => Form::HollowSphere { radius, thickness: radius * part },
        None => Form::Sphere { radius },
    }
}

impl BallMaterial {
    /// The form for the simulation.
    pub(crate) fn form(&self, radius: f32) -> Form {
        form(self.wall, radius)
    }

    /// Kilograms.
    pub(crate) fn mass(&self, radius: f32) -> f64 {
        f64::from(self.form(radius).volume().unwrap_or_default()) * f64::from(self.substance.density())
    }
}
