//! Where a setting stands: behind and about the set, as the camera sees it.

use glam::{Quat, Vec2, Vec3};
use raytruth_scene::{Aabb, Pose};

use super::Place;

/// Most that a setting stands askew to the camera, radians: more would show where its wall ends.
const ASKEW: f32 = 0.35;
/// What the camera sees above its middle, radians: half of a usual field of view.
const UPWARDS: f64 = 0.22;

/// A place in coordinates of its own: the origin on the floor below the middle of the set, +y away from the camera, +z up.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    origin: Vec3,
    rotation: Quat,
    /// Half of the set's width and depth, metres.
    pub(crate) half: Vec2,
    /// Of the set above the floor, metres.
    pub(crate) height: f32,
    /// Half of the set's diagonal, metres.
    pub(crate) radius: f32,
    /// Middle of the set, in the world.
    pub(crate) middle: Vec3,
    /// Of the camera above the horizon, radians.
    elevation: f64,
}

impl Site {
    pub(crate) fn new(place: &Place) -> Self {
        let towards = place.towards_camera.normalize_or(Vec3::NEG_Y);
        let flat = towards.truncate().length();
        // From −y towards the camera, counter-clockwise; a setting keeps to the axes of the world where it can, as sets do.
        let seen_from = if flat > 1e-3 { libm::atan2f(towards.x, -towards.y) } else { 0.0 };
        let quarter = core::f32::consts::FRAC_PI_2;
        let askew = seen_from - (seen_from / quarter).round() * quarter;
        let rotation = Quat::from_rotation_z(seen_from - askew.clamp(-ASKEW, ASKEW));
        let middle = place.bounds.center();
        let back = rotation.inverse();
        let own = Aabb::of(place.bounds.corners().map(|c| back * (c - middle)));
        Self {
            origin: middle.truncate().extend(place.floor),
            rotation,
            half: own.max.truncate(),
            height: (place.bounds.max.z - place.floor).max(0.0),
            radius: 0.5 * place.bounds.size().length(),
            middle,
            elevation: f64::from(libm::atan2f(towards.z, flat)),
        }
    }

    /// A direction of the site in the world.
    pub(crate) fn turned(&self, direction: Vec3) -> Vec3 {
        self.rotation * direction
    }

    /// A place of the site in the world.
    pub(crate) fn at(&self, x: f32, y: f32, z: f32) -> Pose {
        Pose::new(self.origin + self.rotation * Vec3::new(x, y, z), self.rotation)
    }

    /// The same, turned about z by some radians.
    pub(crate) fn at_angle(&self, x: f32, y: f32, z: f32, angle: f32) -> Pose {
        let Pose { translation, rotation } = self.at(x, y, z);
        Pose::new(translation, rotation * Quat::from_rotation_z(angle))
    }

    /// The same, upright: its local xy-plane faces the camera, local y is up.
    pub(crate) fn upright(&self, x: f32, y: f32, z: f32) -> Pose {
        let Pose { translation, rotation } = self.at(x, y, z);
        Pose::new(translation, rotation * Quat::from_rotation_x(core::f32::consts::FRAC_PI_2))
    }

    /// What stays free about the set, metres.
    pub(crate) fn margin(&self) -> f32 {
        0.05 + 0.12 * self.radius
    }

    /// Half of the width that covers the picture as far back as `depth` metres from the middle.
    pub(crate) fn half_width(&self, depth: f32) -> f32 {
        4.0 * self.radius + 1.3 * depth + 0.5
    }

    /// About the height above the floor at which the picture's upper edge meets a wall `y` behind the middle, metres.
    pub(crate) fn sight(&self, y: f32) -> f32 {
        let falls = libm::tan((self.elevation - UPWARDS).clamp(-0.6, 1.3)) as f32;
        self.height + 0.1 * self.radius - (y - self.half.y) * falls
    }
}
