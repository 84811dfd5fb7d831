use glam::Vec3;

use crate::Pose;

/// An axis-aligned box. Empty where `min` > `max`, as [`Aabb::EMPTY`] is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Aabb {
    /// Smallest corner, metres.
    pub min: Vec3,
    /// Largest corner, metres.
    pub max: Vec3,
}

impl Aabb {
    /// Holds nothing; the neutral element of [`Aabb::union`].
    pub const EMPTY: Self = Self { min: Vec3::INFINITY, max: Vec3::NEG_INFINITY };

    /// The smallest box around some points.
    #[must_use]
    pub fn of(points: impl IntoIterator<Item = Vec3>) -> Self {
        points.into_iter().fold(Self::EMPTY, |b, p| Self { min: b.min.min(p), max: b.max.max(p) })
    }

    /// Whether a ray meets it before `reach`, in lengths of `direction`.
    #[must_use]
    pub fn is_met_by(&self, origin: Vec3, direction: Vec3, reach: f32) -> bool {
        let (a, b) = ((self.min - origin) / direction, (self.max - origin) / direction);
        // `min` and `max` take the other where one is not a number: a ray within a face's plane.
        let near = a.min(b).max_element().max(0.0);
        near <= a.max(b).min_element().min(reach)
    }

    /// The box `[-half, half]`.
    #[must_use]
    pub fn centered(half: Vec3) -> Self {
        Self { min: -half, max: half }
    }

    /// Whether it holds nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.min.cmpgt(self.max).any()
    }

    /// The smallest box around both.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self { min: self.min.min(other.min), max: self.max.max(other.max) }
    }

    /// Grown by `margin` metres on every side.
    #[must_use]
    pub fn grown(&self, margin: f32) -> Self {
        Self { min: self.min - margin, max: self.max + margin }
    }

    /// Whether a point lies inside or on it.
    #[must_use]
    pub fn contains(&self, p: Vec3) -> bool {
        p.cmpge(self.min).all() && p.cmple(self.max).all()
    }

    /// Whether they share a point.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.min.cmple(other.max).all() && other.min.cmple(self.max).all()
    }

    /// Its middle.
    #[must_use]
    pub fn center(&self) -> Vec3 {
        0.5 * (self.min + self.max)
    }

    /// Its edges, metres.
    #[must_use]
    pub fn size(&self) -> Vec3 {
        self.max - self.min
    }

    /// Its eight corners.
    #[must_use]
    pub fn corners(&self) -> [Vec3; 8] {
        std::array::from_fn(|i| {
            let take = |bit: usize, lo: f32, hi: f32| if i >> bit & 1 == 0 { lo } else { hi };
            Vec3::new(take(0, self.min.x, self.max.x), take(1, self.min.y, self.max.y), take(2, self.min.z, self.max.z))
        })
    }

    /// A box around this one after `pose`. Not the tightest one around what is inside.
    #[must_use]
    pub fn transformed(&self, pose: &Pose) -> Self {
        if self.is_empty() { Self::EMPTY } else { Self::of(self.corners().map(|c| pose.point(c))) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ray_meets_what_is_before_it_and_within_reach() {
        let unit = Aabb::centered(Vec3::ONE);
        let meets = |origin, direction, reach| unit.is_met_by(origin, direction, reach);
        assert!(meets(Vec3::X * 3.0, Vec3::NEG_X, 2.5) && !meets(Vec3::X * 3.0, Vec3::NEG_X, 1.5));
        assert!(!meets(Vec3::X * 3.0, Vec3::X, f32::INFINITY) && meets(Vec3::ZERO, Vec3::X, 0.1));
        assert!(meets(Vec3::new(1.0, 3.0, 0.0), Vec3::NEG_Y, 9.0), "along a face");
        assert!(!meets(Vec3::new(1.1, 3.0, 0.0), Vec3::NEG_Y, 9.0));
    }
}
