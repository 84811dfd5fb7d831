use glam::Vec3;
use serde::{Deserialize, Serialize};

use crate::Power;

/// A principled surface: a mix of diffuse, metal and dielectric by `metallic` and `transmission`, below an optional coat.
///
/// Follows the parameters of Burley's principled BSDF (Disney 2012/2015) with GGX lobes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Material {
    /// Diffuse albedo, or the metal's reflectance at normal incidence (F0). Linear Rec. 709 in 0..=1.
    pub base_color: Vec3,
    /// 0 dielectric, 1 metal.
    pub metallic: f32,
    /// Perceptual roughness in 0..=1; GGX alpha = roughness². 0 is a perfect mirror or perfectly clear glass.
    pub roughness: f32,
    /// Index of refraction relative to air, for the dielectric lobes. At least 1.
    pub ior: f32,
    /// Weight of the dielectric's reflection at all angles, 0..=1 (`KHR_materials_specular`); 0 leaves a Lambertian base. Clear
    /// parts (`transmission`) keep theirs.
    pub specular: f32,
    /// How strongly the index depends on the wavelength: 20 / Abbe number (`KHR_materials_dispersion`), so 0.31 for BK7 and 0.78
    /// for flint glass; 0 for no dispersion. `ior` holds at 587.6 nm.
    pub dispersion: f32,
    /// How much of the dielectric is transparent instead of diffuse, 0..=1.
    pub transmission: f32,
    /// Colour of the medium inside, for `transmission` > 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub absorption: Option<Absorption>,
    /// Where two clear solids overlap, the one of the higher priority is there. Of equal ones, the one that was entered last.
    pub priority: u8,
    /// A sheet without an inside: refraction leaves in the direction it came (window panes, bubbles).
    pub thin: bool,
    /// Weight of a clear coat on top, 0..=1.
    pub coat: f32,
    /// Perceptual roughness of the coat.
    pub coat_roughness: f32,
    /// Emitted radiance, linear Rec. 709.
    pub emission: Vec3,
    /// Part of `emission` that it gives, frame by frame.
    #[serde(skip_serializing_if = "Power::is_full")]
    pub emission_power: Power,
    /// How much of the surface is there, 0..=1: the rest of the light goes straight on, whatever else the material says. 1 for all.
    #[serde(skip_serializing_if = "is_one")]
    pub opacity: f32,
    /// Where `opacity` times that of its image lies below this, in 0..=1, nothing is there, and elsewhere all of it: leaves, meshes,
    /// lattices.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cutout: Option<f32>,
    /// Images over the surface of meshes with texture coordinates.
    #[serde(skip_serializing_if = "Maps::is_empty")]
    pub maps: Maps,
    /// A pattern over the surface.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub texture: Option<Texture>,
}

impl Default for Material {
    fn default() -> Self {
        Self {
            base_color: Vec3::splat(0.8),
            metallic: 0.0,
            roughness: 0.5,
            ior: 1.5,
            specular: 1.0,
            dispersion: 0.0,
            transmission: 0.0,
            absorption: None,
            priority: 0,
            thin: false,
            coat: 0.0,
            coat_roughness: 0.1,
            emission: Vec3::ZERO,
            emission_power: Power::FULL,
            opacity: 1.0,
            cutout: None,
            maps: Maps::default(),
            texture: None,
        }
    }
}

// By reference, as serde calls it.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
fn is_one(value: &f32) -> bool {
    *value == 1.0
}

impl Material {
    /// Whether light may go straight through its surface somewhere.
    #[must_use]
    pub fn has_gaps(&self) -> bool {
        // Nothing lies below a threshold of 0.
        self.cutout != Some(0.0) && (self.opacity < 1.0 || self.maps.opacity.is_some())
    }
}

/// Images that vary a material over its surface, as glTF 2.0 does (section 3.9): each a key into [`crate::Scene::images`], whose
/// values multiply the material's own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Maps {
    /// Display colours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_color: Option<String>,
    /// Plain numbers: roughness in green, metallic in blue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metallic_roughness: Option<String>,
    /// Plain numbers: the normal in the frame of the texture coordinates, x right, y up, z outwards, from -1 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub normal: Option<String>,
    /// Factor of x and y of `normal`.
    pub normal_scale: f32,
    /// Display colours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emission: Option<String>,
    /// Its fourth channel, alpha; often the image of `base_color`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opacity: Option<String>,
}

impl Default for Maps {
    fn default() -> Self {
        Self { base_color: None, metallic_roughness: None, normal: None, normal_scale: 1.0, emission: None, opacity: None }
    }
}

impl Maps {
    /// Whether none is there.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.images().all(|(_, image)| image.is_none())
    }

    /// Each by its field.
    pub fn images(&self) -> impl Iterator<Item = (&'static str, Option<&String>)> {
        [
            ("base_color", self.base_color.as_ref()),
            ("metallic_roughness", self.metallic_roughness.as_ref()),
            ("normal", self.normal.as_ref()),
            ("emission", self.emission.as_ref()),
            ("opacity", self.opacity.as_ref()),
        ]
        .into_iter()
    }
}

/// Beer–Lambert absorption: white light is left with `color` after `distance`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Absorption {
    /// What is left, linear Rec. 709 in 0..=1 (0 excluded).
    pub color: Vec3,
    /// After how many metres.
    pub distance: f32,
}

/// A procedural pattern in the object's own coordinates. It blends `base_color` towards `color`, and may vary roughness and normal.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Texture {
    /// Which.
    pub pattern: Pattern,
    /// The second colour, linear Rec. 709 in 0..=1.
    pub color: Vec3,
    /// Size of one feature (check, tile, ring, grain), metres.
    pub scale: f32,
    /// How strongly it shows, 0..=1.
    pub strength: f32,
    /// Shifts the pattern, so that two objects of one material differ.
    #[serde(default)]
    pub seed: u32,
}

/// The procedural patterns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Pattern {
    /// Two-colour checkerboard in three dimensions.
    Checker,
    /// Growth rings about the local x-axis with fibres along it.
    Wood,
    /// Soft fractal noise: concrete, plaster, stone.
    Concrete,
    /// Fine scratches about the local x-axis that vary roughness: brushed or worn metal.
    Brushed,
    /// Square tiles with joints of `color` in the local xy-plane.
    Tiles,
    /// Irregular dark pits of `color`: foam, cork, cast iron.
    Speckle,
    /// Bands of `color` across the local z-axis, so that one sees a ball roll.
    Stripes,
}

/// A display colour (8-bit sRGB, as in `0xRRGGBB`) in linear Rec. 709.
#[must_use]
pub fn srgb(hex: u32) -> Vec3 {
    let decode = |byte: u32| {
        let c = (byte & 0xff) as f32 / 255.0;
        // IEC 61966-2-1. glam's powf goes through libm, so that colours are the same on every machine.
        if c <= 0.04045 { c / 12.92 } else { Vec3::splat((c + 0.055) / 1.055).powf(2.4).x }
    };
    Vec3::new(decode(hex >> 16), decode(hex >> 8), decode(hex))
}
