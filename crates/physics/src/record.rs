//! A world as other software needs it to simulate it again: masses instead of densities, coefficients for each pair that can meet.

use glam::Vec3;
use serde::Serialize;

use crate::{Motion, PairContact, Part, Substance, World};

/// A world as other software needs it. Metres, kilograms, seconds; z up.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WorldRecord {
    /// Acceleration of free fall, m/s².
    pub gravity: Vec3,
    /// Every body.
    pub bodies: Vec<BodyRecord>,
    /// How each two substances meet of which a body that moves has one.
    pub contacts: Vec<ContactRecord>,
}

/// One body.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BodyRecord {
    /// Unique among the bodies.
    pub name: String,
    /// What it is made of: names its contacts.
    pub substance: Substance,
    /// Kilograms; absent if it has no volume of its own and never falls.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mass_kg: Option<f32>,
    /// Forms in the body's frame.
    pub parts: Vec<Part>,
    /// Whether others collide with it.
    pub solid: bool,
    /// Where it stands, its pose and velocities at time 0, or its drive as keyframes.
    pub motion: Motion,
}

/// How two substances meet.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ContactRecord {
    /// The two substances.
    pub substances: [Substance; 2],
    /// Friction, restitution and rolling resistance.
    #[serde(flatten)]
    pub contact: PairContact,
}

impl World {
    /// The world as other software needs it.
    #[must_use]
    pub fn record(&self) -> WorldRecord {
        let bodies = self.bodies.iter().map(|body| BodyRecord {
            name: body.name.clone(),
            substance: body.substance,
            mass_kg: body.mass(),
            parts: body.parts.clone(),
            solid: body.solid,
            motion: body.motion.clone(),
        });
        let mut contacts: Vec<ContactRecord> = Vec::new();
        let moves = |motion: &Motion| !matches!(motion, Motion::Fixed { .. });
        for (i, a) in self.bodies.iter().enumerate() {
            for b in self.bodies[i + 1..].iter().filter(|b| moves(&a.motion) || moves(&b.motion)) {
                let pair = [a.substance, b.substance];
                let known = |c: &ContactRecord| c.substances == pair || c.substances == [pair[1], pair[0]];
                if a.solid && b.solid && !contacts.iter().any(known) {
                    contacts.push(ContactRecord { substances: pair, contact: self.pairs.get(pair[0], pair[1]) });
                }
            }
        }
        WorldRecord { gravity: self.gravity, bodies: bodies.collect(), contacts }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Substance::{Felt, Iron, Oak};
    use crate::{Body, Form};

    #[test]
    fn a_record_has_masses_and_every_pair_that_can_meet() {
        let mut world = World::default();
        world.pairs.friction_scale = 2.0;
        world.add(Body::fixed("floor", Felt, Form::HalfSpace));
        world.add(Body::fixed("wall", Oak, Form::cuboid(Vec3::ONE)));
        world.add(Body::dynamic("ball", Iron, Form::Sphere { radius: 0.03 }));
        world.add(Body::dynamic("block", Iron, Form::cuboid(Vec3::splat(0.05))));
        let record = world.record();
        assert_eq!(record.bodies[0].mass_kg, None);
        let mass = record.bodies[2].mass_kg.expect("a ball has a volume");
        assert!((mass - Iron.density() * 4.0 / 3.0 * std::f32::consts::PI * 0.03f32.powi(3)).abs() < 0.01 * mass, "{mass} kg");
        let pairs: Vec<[Substance; 2]> = record.contacts.iter().map(|c| c.substances).collect();
        assert_eq!(pairs, [[Felt, Iron], [Oak, Iron], [Iron, Iron]], "floor and wall never meet");
        assert_eq!(record.contacts[0].contact, world.pairs.get(Iron, Felt), "with every knob applied");
    }
}
