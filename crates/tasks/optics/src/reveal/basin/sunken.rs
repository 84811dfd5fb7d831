//! What stands or lies on the bottom of a basin: its exact form, and what it looks like.

use glam::DVec3;

use crate::exact::{Body, Optic, Surface};
use crate::reveal::Solid;

/// How much farther along y, at most, a thing reaches in the picture for each metre that it is higher: the flattest look down.
const SLOPE: f64 = 1.8;
/// What is no higher than this is flat, half of it, metres.
const FLAT: f64 = 0.003;

/// Kinds of things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sunken {
    /// A flat disc.
    Coin,
    /// A thin rod that lies from left to right, as the bar does.
    Straw,
    /// An upright post.
    Marker,
}

impl Sunken {
    pub(super) const ALL: [Self; 3] = [Self::Coin, Self::Straw, Self::Marker];

    /// As dials name it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Coin => "coin",
            Self::Straw => "straw",
            Self::Marker => "marker",
        }
    }

    /// As prompts name it, with its colour before it; what it does on the bottom; and what the bar stops above.
    pub(super) const fn told(self) -> [&'static str; 3] {
        match self {
            Self::Coin => ["disc", "lies", "the middle of the disc"],
            Self::Straw => ["straw", "lies, from left to right,", "the straw"],
            Self::Marker => ["upright marker", "stands", "the middle of the marker"],
        }
    }

    /// Half of it across, along and up, metres.
    pub(super) const fn half(self) -> DVec3 {
        match self {
            Self::Coin => DVec3::new(0.0195, 0.0195, FLAT),
            Self::Straw => DVec3::new(0.041, 0.0065, 0.0065),
            Self::Marker => DVec3::new(0.013, 0.013, 0.017),
        }
    }

    /// How far along y it reaches from its middle, what is high of it laid down as it is seen, metres.
    pub(super) fn reach(self) -> f64 {
        let half = self.half();
        half.y + SLOPE * (half.z - FLAT)
    }

    /// Its exact form, about a middle.
    pub(super) fn body(self, at: DVec3) -> Body {
        let half = self.half();
        let (axis, long, radius) = match self {
            Self::Straw => (DVec3::X, half.x, half.y),
            Self::Coin | Self::Marker => (DVec3::Z, half.z, half.x),
        };
        let plane = |side: f64| Surface::Plane { point: at + side * long * axis, normal: side * axis };
        let around = Surface::Cylinder { point: at, axis, radius, hollow: false };
        Body { name: "sunken".to_owned(), surfaces: vec![around, plane(-1.0), plane(1.0)], optic: Optic::Matte }
    }

    pub(super) fn solid(self) -> Solid {
        let half = self.half().as_vec3();
        match self {
            Self::Straw => Solid::Rod { radius: half.y, half: half.x },
            Self::Coin | Self::Marker => Solid::Drum { radius: half.x, half_height: half.z },
        }
    }
}
