use glam::{Mat3, Mat4, Quat, Vec3};
use serde::{Deserialize, Serialize};

/// A rigid placement: first rotate, then translate. Maps local to parent (or world) coordinates.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Pose {
    /// Metres, `[x, y, z]`.
    pub translation: Vec3,
    /// Unit quaternion, `[x, y, z, w]`.
    pub rotation: Quat,
}

impl Pose {
    /// No rotation, no translation.
    pub const IDENTITY: Self = Self { translation: Vec3::ZERO, rotation: Quat::IDENTITY };

    /// A placement from its two parts.
    #[must_use]
    pub const fn new(translation: Vec3, rotation: Quat) -> Self {
        Self { translation, rotation }
    }

    /// A placement without rotation.
    #[must_use]
    pub const fn from_translation(translation: Vec3) -> Self {
        Self { translation, rotation: Quat::IDENTITY }
    }

    /// Stands at `eye` and looks with its local −z at `target`, with +y as near to world +z as can be (to world +y where it looks
    /// straight up or down): how cameras and lights are aimed.
    #[must_use]
    pub fn looking_at(eye: Vec3, target: Vec3) -> Self {
        let back = (eye - target).normalize_or(Vec3::Z);
        // Straight down, +z says nothing about what is up; +y is up then, as on a map.
        let right = Vec3::Z.cross(back).try_normalize().unwrap_or(Vec3::X);
        Self::new(eye, Quat::from_mat3(&Mat3::from_cols(right, back.cross(right), back)))
    }

    /// `self` after `child`: the pose in the parent's frame of something placed by `child` in ours.
    #[must_use]
    pub fn mul(&self, child: &Self) -> Self {
        Self { translation: self.point(child.translation), rotation: self.rotation * child.rotation }
    }

    /// The pose that undoes this one.
    #[must_use]
    pub fn inverse(&self) -> Self {
        let rotation = self.rotation.inverse();
        Self { translation: -(rotation * self.translation), rotation }
    }

    /// The pose at part `t` (0..=1) of the way to another: straight ahead, and turning evenly by the shorter way. Exactly `self`
    /// where `t` is 0 or both are the same.
    #[must_use]
    pub fn interpolate(&self, to: &Self, t: f32) -> Self {
        // Rounding would have what stands still tremble.
        if t == 0.0 || self == to {
            return *self;
        }
        Self { translation: self.translation.lerp(to.translation, t), rotation: self.rotation.slerp(to.rotation, t) }
    }

    /// A local point in parent coordinates.
    #[must_use]
    pub fn point(&self, p: Vec3) -> Vec3 {
        self.rotation * p + self.translation
    }

    /// A local direction in parent coordinates.
    #[must_use]
    pub fn vector(&self, v: Vec3) -> Vec3 {
        self.rotation * v
    }

    /// The same as a matrix.
    #[must_use]
    pub fn matrix(&self) -> Mat4 {
        Mat4::from_rotation_translation(self.rotation, self.translation)
    }
}

impl Default for Pose {
    fn default() -> Self {
        Self::IDENTITY
    }
}

impl From<Vec3> for Pose {
    fn from(translation: Vec3) -> Self {
        Self::from_translation(translation)
    }
}
