//! What the tests share: a floor, a ball, a contact law set by hand.
#![allow(dead_code, reason = "every test file uses its own part of this")]

use glam::{Quat, Vec3};
use raytruth_physics::{Bake, BakeSettings, Body, Form, PairContact, STANDARD_GRAVITY, Substance, World, bake};

/// m/s², positive.
pub(crate) const G: f32 = STANDARD_GRAVITY;

/// A contact law without rolling resistance.
pub(crate) fn law(friction: f32, restitution: f32) -> PairContact {
    PairContact { friction, restitution, rolling: 0.0 }
}

/// A world whose floor is the half-space below z = 0 of concrete, on which steel behaves as `contact` says.
pub(crate) fn on_floor(contact: PairContact) -> World {
    let mut world = World::default();
    world.add(Body::fixed("floor", Substance::Concrete, Form::HalfSpace));
    world.pairs.set(Substance::Concrete, Substance::Steel, contact);
    world.pairs.set(Substance::Steel, Substance::Steel, contact);
    world
}

/// The same with the floor tilted about y, so that +x leads downhill. Returns the world, and the turn from level to tilted.
pub(crate) fn on_slope(contact: PairContact, angle: f32) -> (World, Quat) {
    let mut world = on_floor(contact);
    let tilt = Quat::from_rotation_y(angle);
    world.bodies[0] = Body::fixed("floor", Substance::Concrete, Form::HalfSpace).turned(tilt);
    (world, tilt)
}

/// A steel ball of 2 cm radius.
pub(crate) fn ball(name: &str) -> Body {
    Body::dynamic(name, Substance::Steel, Form::Sphere { radius: 0.02 })
}

/// A steel cube of 5 cm.
pub(crate) fn cube(name: &str) -> Body {
    Body::dynamic(name, Substance::Steel, Form::cuboid(Vec3::splat(0.05)))
}

/// Simulates for some seconds with the default settings.
pub(crate) fn run(world: &World, duration_s: f64) -> Bake {
    bake(world, &BakeSettings { duration_s, ..BakeSettings::default() }).expect("the world is good")
}

/// Fails unless `measured` is within `relative` of `expected`.
#[track_caller]
pub(crate) fn close(what: &str, measured: f32, expected: f32, relative: f32) {
    let error = (measured - expected).abs() / expected.abs();
    assert!(error <= relative, "{what}: measured {measured}, expected {expected}, off by {:.3} %", error * 100.0);
}
