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
