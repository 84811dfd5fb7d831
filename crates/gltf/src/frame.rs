//! The one place where y-up meets z-up.
//!
//! glTF's world is right-handed with +y up and +z towards the viewer; ours is right-handed with +z up. One quarter turn about x
//! leads from one to the other: `(x, y, z)` of glTF is `(x, −z, y)` of ours. It acts on the world alone: the frames of meshes,
//! cameras and lights stay as they are, so no vertex is touched. Cameras and lights look along −z with +y up in both.

use std::f64::consts::FRAC_PI_2;

use glam::{DQuat, Quat};

/// From glTF's world to ours.
pub(crate) fn z_up() -> DQuat {
    DQuat::from_rotation_x(FRAC_PI_2)
}

/// From our world to glTF's: the rotation of the exported root node.
pub(crate) fn y_up() -> Quat {
    z_up().inverse().as_quat()
}

#[cfg(test)]
mod tests {
    use glam::{DVec3, Vec3};

    use super::*;

    #[test]
    fn up_is_up_and_front_is_front() {
        assert!((z_up() * DVec3::Y).distance(DVec3::Z) < 1e-15);
        // glTF's assets face +z; in Blender that is −y.
        assert!((z_up() * DVec3::Z).distance(DVec3::NEG_Y) < 1e-15);
        assert!((z_up() * DVec3::X).distance(DVec3::X) < 1e-15);
        assert!((y_up() * Vec3::Z).distance(Vec3::Y) < 1e-6);
    }
}
