//! Tubes that draw themselves: closed strands of growing hue on a pale ground, with dark flanks and shadows, for the tests of what reads them.

mod braid;
mod paint;
mod spoil;

pub use braid::{Braid, KNOTS};
pub use paint::{Painting, paint};
pub use spoil::{Spoil, spoil};

use crate::topology::diagram::{Meeting, Pass, link_of};
use crate::topology::reading::meet;
use crate::topology::{LinkTruth, StrandTruth};

/// A closed strand.
#[derive(Clone, Debug, PartialEq)]
pub struct Tube {
    /// Right, down and towards the eye, pixels.
    pub points: Vec<[f32; 3]>,
    /// Hue at the first point, and by how much it grows from there around the strand, degrees.
    pub hue: [f32; 2],
    /// Parts of it that are not drawn, from 0 to 1 along it; beyond 1 it goes on at the first point.
    pub open: Vec<[f32; 2]>,
}

/// Numbers from 0 to 1 that look random: a 32-bit permuted congruential generator (M. E. O'Neill 2014).
#[derive(Clone, Copy, Debug)]
pub struct Dice(u64);

impl Dice {
    /// Different for each seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let mut dice = Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        dice.next();
        dice
    }

    /// The next 32 bits.
    pub fn bits(&mut self) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let mixed = (((self.0 >> 18) ^ self.0) >> 27) as u32;
        mixed.rotate_right((self.0 >> 59) as u32)
    }

    /// The next number, 0 to 1.
    #[expect(clippy::should_implement_trait, reason = "it never ends, and is no iterator")]
    pub fn next(&mut self) -> f32 {
        (self.bits() >> 8) as f32 / (1 << 24) as f32
    }

    /// Between two numbers.
    pub fn within(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.next()
    }
}

/// Hues of so many strands, as far apart as the contract has it: one goes all around, several leave 20 degrees free.
#[must_use]
pub fn arcs(count: usize) -> Vec<StrandTruth> {
    let each = 360.0 / count.max(1) as f32;
    let grows = if count == 1 { 360.0 } else { each - 20.0 };
    (0..count).map(|i| StrandTruth { object: format!("strand_{i}"), hue: [i as f32 * each, grows] }).collect()
}

/// Where the tubes cross, exactly, and the least difference of hue there, degrees.
#[must_use]
pub fn crossings(tubes: &[Tube]) -> (Vec<Meeting>, f32) {
    let flat: Vec<Vec<[f32; 2]>> = tubes.iter().map(|t| t.points.iter().map(|p| [p[0], p[1]]).collect()).collect();
    let mut least = f32::INFINITY;
    let met = meet(&flat).into_iter().map(|crossing| {
        let [a, b] = crossing.passes;
        let height = |pass: Pass| {
            let points = &tubes[pass.strand].points;
            let at = pass.at * points.len() as f32;
            let (low, part) = (at as usize % points.len(), at.fract());
            points[low][2] + part * (points[(low + 1) % points.len()][2] - points[low][2])
        };
        let hue = |pass: Pass| tubes[pass.strand].hue[0] + pass.at * tubes[pass.strand].hue[1];
        let apart = (hue(a) - hue(b) + 540.0).rem_euclid(360.0) - 180.0;
        least = least.min(apart.abs());
        crossing.with_above(height(a) > height(b))
    });
    (met.collect(), least)
}

/// Which link the tubes make.
#[must_use]
pub fn link(tubes: &[Tube]) -> Option<LinkTruth> {
    link_of(tubes.len(), &crossings(tubes).0)
}
