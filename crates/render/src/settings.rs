use serde::{Deserialize, Serialize};

use crate::RenderError;

/// How a scene is rendered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RenderSettings {
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Camera paths per pixel.
    pub samples_per_pixel: u32,
    /// How long paths are, and how bright.
    pub profile: Profile,
    /// From radiance to display colours.
    pub view: View,
    /// Whether noise is filtered out of the finished frame; with a moving camera also by the frames before it.
    pub denoise: bool,
    /// Seed of the sampling. With a still camera every frame uses the same, so that nothing flickers where nothing moves.
    pub seed: u32,
    /// The most scattering events on a path; the profile's own where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_bounces: Option<u32>,
    /// Whether rough metals give back the light that their facets scatter more than once. Without it they darken with
    /// roughness, as in renderers that do not have it: for comparisons.
    pub multiscatter: bool,
}

impl Default for RenderSettings {
    fn default() -> Self {
        Self {
            width: 800,
            height: 500,
            samples_per_pixel: 50,
            profile: Profile::Look,
            view: View::Neutral,
            denoise: true,
            seed: 0,
            max_bounces: None,
            multiscatter: true,
        }
    }
}

/// Limits on paths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Profile {
    /// For pictures: 12 bounces, of which 4 diffuse, 4 glossy and 12 through glass; indirect light clamped at 10; a
    /// Blackman-Harris pixel filter. The defaults of Blender's Cycles.
    #[default]
    Look,
    /// For measurements: no clamp, a box filter, and paths that end by Russian roulette alone.
    Proof,
}

/// From linear radiance to display colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum View {
    /// Khronos PBR Neutral: colours stay what the materials declare; highlights are compressed.
    #[default]
    Neutral,
    /// AgX, Blender's default look: softer contrast, bright colours fade to white.
    Agx,
    /// The sRGB curve alone; brighter than white is cut off.
    Srgb,
}

/// The widest and highest picture, pixels.
pub(crate) const MAX_EXTENT: u32 = 16384;
/// The most paths per pixel: Sobol indices are kept in 16 bits.
pub(crate) const MAX_SAMPLES: u32 = 65536;
/// The highest limit on scattering events that can be asked for.
const MAX_BOUNCES: u32 = 1024;

impl RenderSettings {
    /// Refuses what no adapter could render, naming field, value and rule.
    ///
    /// # Errors
    /// [`RenderError::Setting`].
    pub fn validate(&self) -> Result<(), RenderError> {
        let check = |field, value: u32, least: u32, most: u32| {
            if (least..=most).contains(&value) {
                Ok(())
            } else {
                Err(RenderError::Setting { field, value: value.to_string(), rule: format!("it must lie in {least}..={most}") })
            }
        };
        check("width", self.width, 1, MAX_EXTENT)?;
        check("height", self.height, 1, MAX_EXTENT)?;
        check("samples_per_pixel", self.samples_per_pixel, 1, MAX_SAMPLES)?;
        if let Some(bounces) = self.max_bounces {
            check("max_bounces", bounces, 0, MAX_BOUNCES)?;
        }
        Ok(())
    }

    /// How many pixels a frame has.
    #[must_use]
    pub const fn pixels(&self) -> usize {
        self.width as usize * self.height as usize
    }
}
