//! From where a set is seen.

use glam::Vec3;
use serde_json::{Map, Value, json};

use crate::Rng;

/// Angles from which a problem is seen best.
#[derive(Clone, Copy, Debug)]
pub struct Angles {
    /// Degrees from the side view (−y), positive towards +x.
    pub azimuth: (f64, f64),
    /// Degrees above the horizon.
    pub elevation: (f64, f64),
}

/// A camera's direction and field of view.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shot {
    /// Unit vector from the set towards the camera.
    pub towards_camera: Vec3,
    /// Vertical field of view, radians.
    pub fov_y: f32,
    azimuth_deg: f64,
    elevation_deg: f64,
}

impl Shot {
    /// One within some angles, through a lens of a usual length.
    #[must_use]
    pub fn draw(rng: &mut Rng, angles: Angles) -> Self {
        let azimuth_deg = rng.range(angles.azimuth.0, angles.azimuth.1);
        let elevation_deg = rng.range(angles.elevation.0, angles.elevation.1);
        let fov_y = rng.range(0.42, 0.56) as f32;
        Self { towards_camera: direction(azimuth_deg, elevation_deg), fov_y, azimuth_deg, elevation_deg }
    }

    /// What was drawn, in round numbers, for metadata.
    #[must_use]
    pub fn describe(&self) -> Map<String, Value> {
        let round = |x: f64| (x * 1000.0).round() / 1000.0;
        let told = [
            ("camera_azimuth_deg", self.azimuth_deg),
            ("camera_elevation_deg", self.elevation_deg),
            ("fov_y_deg", f64::from(self.fov_y).to_degrees()),
        ];
        told.into_iter().map(|(name, value)| (name.to_owned(), json!(round(value)))).collect()
    }
}

/// Unit vector for angles in degrees: azimuth 0 is −y (towards the viewer), positive to +x.
#[must_use]
pub fn direction(azimuth_deg: f64, elevation_deg: f64) -> Vec3 {
    let (azimuth, elevation) = (azimuth_deg.to_radians(), elevation_deg.to_radians());
    let flat = libm::cos(elevation);
    Vec3::new((libm::sin(azimuth) * flat) as f32, (-libm::cos(azimuth) * flat) as f32, libm::sin(elevation) as f32)
}
