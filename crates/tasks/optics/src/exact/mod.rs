//! Where light goes on a bench, exactly: rays through mirrors and glass that are bounded by planes, spheres and cylinders, in `f64`.
//!
//! It knows nothing of the renderer, nor does that of it: what the two agree on, neither has from the other. Lengths are metres, angles
//! radians, directions unit vectors, indices of refraction those of the one colour that a problem is told in.

mod body;
pub mod forms;
mod law;
mod surface;
mod trace;

pub use body::{Body, Optic};
pub use law::{critical_angle, reflect, reflectance, refract};
pub use surface::Surface;
pub use trace::{End, Event, Leg, Path, Vertex, World};

use glam::DVec3;

/// A ray of light.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ray {
    /// Where it begins.
    pub origin: DVec3,
    /// Where it goes, of length 1.
    pub direction: DVec3,
}

impl Ray {
    /// From a point, in any direction but none.
    #[must_use]
    pub fn new(origin: DVec3, direction: DVec3) -> Self {
        Self { origin, direction: direction.normalize() }
    }

    /// From a point to another.
    #[must_use]
    pub fn towards(origin: DVec3, target: DVec3) -> Self {
        Self::new(origin, target - origin)
    }

    /// Where it is after so many metres.
    #[must_use]
    pub fn at(&self, t: f64) -> DVec3 {
        self.origin + t * self.direction
    }
}
