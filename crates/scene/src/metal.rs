use glam::Vec3;
use serde::{Deserialize, Serialize};

use crate::Material;

/// The common metals, with their measured colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
#[allow(missing_docs, reason = "the names say it")]
pub enum Metal {
    Aluminium,
    Brass,
    Chromium,
    Copper,
    Gold,
    Iron,
    Nickel,
    Palladium,
    Platinum,
    Silver,
    Titanium,
    Zinc,
}

impl Metal {
    /// All of them, by name.
    pub const ALL: [Self; 12] = [
        Self::Aluminium,
        Self::Brass,
        Self::Chromium,
        Self::Copper,
        Self::Gold,
        Self::Iron,
        Self::Nickel,
        Self::Palladium,
        Self::Platinum,
        Self::Silver,
        Self::Titanium,
        Self::Zinc,
    ];

    /// Reflectance at normal incidence, linear Rec. 709: measured spectra weighted with the CIE observer. Akenine-Möller et al.,
    /// "Real-Time Rendering", 4th ed., table 9.2. Gold's red lies a little outside of Rec. 709 (1.022) and is cut off at 1.
    #[must_use]
    pub const fn f0(self) -> Vec3 {
        match self {
            Self::Aluminium => Vec3::new(0.913, 0.922, 0.924),
            Self::Brass => Vec3::new(0.910, 0.778, 0.423),
            Self::Chromium => Vec3::new(0.549, 0.556, 0.554),
            Self::Copper => Vec3::new(0.955, 0.638, 0.538),
            Self::Gold => Vec3::new(1.0, 0.782, 0.344),
            Self::Iron => Vec3::new(0.562, 0.565, 0.578),
            Self::Nickel => Vec3::new(0.660, 0.609, 0.526),
            Self::Palladium => Vec3::new(0.733, 0.697, 0.652),
            Self::Platinum => Vec3::new(0.673, 0.637, 0.585),
            Self::Silver => Vec3::new(0.972, 0.960, 0.915),
            Self::Titanium => Vec3::new(0.542, 0.497, 0.449),
            Self::Zinc => Vec3::new(0.664, 0.824, 0.850),
        }
    }

    /// A bare surface of it. `roughness` as in [`Material::roughness`].
    #[must_use]
    pub fn material(self, roughness: f32) -> Material {
        Material { base_color: self.f0(), metallic: 1.0, roughness, ..Material::default() }
    }
}
