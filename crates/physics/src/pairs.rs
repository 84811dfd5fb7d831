use serde::{Deserialize, Serialize};

use crate::Substance;
use crate::table::TABLE;

/// How two substances meet.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PairContact {
    /// Coulomb's μ, static and kinetic alike.
    pub friction: f32,
    /// Newton's e: speed of separation over speed of approach.
    pub restitution: f32,
    /// Rolling resistance c: a rolling body is held back by a torque of at most c·N·r.
    pub rolling: f32,
}

/// How every pair of substances meets: the built-in table, what overrides it, and knobs that jitter all of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PairTable {
    /// Factor on every μ.
    pub friction_scale: f32,
    /// Added to every e, which then stays within 0..=1 (an e of 0 stays 0: clay never bounces).
    pub restitution_offset: f32,
    /// Factor on every c.
    pub rolling_scale: f32,
    /// Pairs that differ from the built-in table, in either order; the last one that fits counts.
    pub overrides: Vec<(Substance, Substance, PairContact)>,
}

impl Default for PairTable {
    fn default() -> Self {
        Self { friction_scale: 1.0, restitution_offset: 0.0, rolling_scale: 1.0, overrides: Vec::new() }
    }
}

impl PairTable {
    /// Sets a pair, whatever the built-in table says.
    pub fn set(&mut self, a: Substance, b: Substance, contact: PairContact) {
        self.overrides.push((a, b, contact));
    }

    /// How two substances meet, knobs applied.
    #[must_use]
    pub fn get(&self, a: Substance, b: Substance) -> PairContact {
        let given = self.overrides.iter().rev().find(|(x, y, _)| (*x, *y) == (a, b) || (*x, *y) == (b, a));
        let base = given.map_or_else(|| tabulated(a, b), |(_, _, c)| *c);
        let restitution =
            if base.restitution == 0.0 { 0.0 } else { (base.restitution + self.restitution_offset).clamp(0.0, 1.0) };
        PairContact { friction: base.friction * self.friction_scale, restitution, rolling: base.rolling * self.rolling_scale }
    }
}

/// What the built-in table says.
fn tabulated(a: Substance, b: Substance) -> PairContact {
    let row = TABLE.iter().find(|r| (r.0, r.1) == (a, b) || (r.1, r.0) == (a, b));
    let (_, _, friction, restitution, rolling, _) = row.copied().expect("every pair is in the table, as a test proves");
    PairContact { friction, restitution, rolling }
}
