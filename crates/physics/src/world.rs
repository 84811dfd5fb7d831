use glam::Vec3;
use serde::{Deserialize, Serialize};

use crate::{BallJoint, Body, PairTable};

/// Standard gravity, m/s² (ISO 80000-3).
pub const STANDARD_GRAVITY: f32 = 9.806_65;

/// Everything a simulation needs to know. Plain data: clone it, change what should differ, bake again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct World {
    /// Acceleration of free fall, m/s².
    pub gravity: Vec3,
    /// The bodies; their order is their index everywhere, and part of the simulation's identity.
    pub bodies: Vec<Body>,
    /// Pins between bodies and the world.
    #[serde(default)]
    pub joints: Vec<BallJoint>,
    /// How substances rub, bounce and roll on each other.
    #[serde(default)]
    pub pairs: PairTable,
}

impl Default for World {
    /// Empty, with standard gravity along −z.
    fn default() -> Self {
        Self {
            gravity: Vec3::new(0.0, 0.0, -STANDARD_GRAVITY),
            bodies: Vec::new(),
            joints: Vec::new(),
            pairs: PairTable::default(),
        }
    }
}

impl World {
    /// Appends a body and returns its index.
    pub fn add(&mut self, body: Body) -> usize {
        self.bodies.push(body);
        self.bodies.len() - 1
    }

    /// The index of a body by name.
    #[must_use]
    pub fn index_of(&self, name: &str) -> Option<usize> {
        self.bodies.iter().position(|b| b.name == name)
    }
}
