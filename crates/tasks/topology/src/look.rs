//! The dress of a problem: what strands and plinths are made of, light, surroundings and camera angle. The colours of strands are the problem's.

use glam::Vec3;
use raytruth_scene::{Material, Pattern, Texture};
use raytruth_task::Rng;
use raytruth_task::dress::{Angles, Ground, Setting, SettingKind, Shot, paint, surface};
use serde_json::{Map, Value, json};

use crate::stage::{AZIMUTH, ELEVATION, FOV};

/// How one sample looks.
pub(crate) struct Look {
    pub strand: Material,
    pub stuff: Stuff,
    pub plinth: Material,
    pub frame: Material,
    pub mark: Material,
    pub setting: Setting,
    pub shot: Shot,
    pub drawn: Map<String, Value>,
}

/// How much of their hue colours lack.
const PALER: f32 = 0.3;
/// What strands are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stuff {
    /// Laid of three plies.
    Rope,
    GlazedClay,
    BrushedMetal,
    /// With pale bands.
    Rubber,
}

impl Stuff {
    const ALL: [Self; 4] = [Self::Rope, Self::GlazedClay, Self::BrushedMetal, Self::Rubber];
    const NAMES: [&'static str; 4] = ["rope", "glazed_clay", "brushed_metal", "rubber"];

    /// As looks record it.
    pub(crate) fn named(name: &str) -> Self {
        let known = Self::ALL.into_iter().zip(Self::NAMES).find(|(_, own)| *own == name);
        known.map_or(Self::Rubber, |(stuff, _)| stuff)
    }

    /// Largest component of the strands' colours.
    pub(crate) fn peak(self) -> f32 {
        if self == Self::BrushedMetal { 0.9 } else { 0.78 }
    }

    /// White: colours along a strand are multiplied with it.
    fn material(self) -> Material {
        let base_color = Vec3::ONE;
        match self {
            Self::Rope => Material { base_color, roughness: 1.0, ior: 1.2, ..Material::default() },
            Self::GlazedClay => Material { base_color, roughness: 0.45, coat: 0.7, coat_roughness: 0.08, ..Material::default() },
            Self::BrushedMetal => {
                let brushed = Texture { pattern: Pattern::Brushed, color: base_color, scale: 0.002, strength: 0.5, seed: 0 };
                Material { base_color, metallic: 0.85, roughness: 0.38, texture: Some(brushed), ..Material::default() }
            }
            Self::Rubber => Material { base_color, roughness: 0.62, ior: 1.45, ..Material::default() },
        }
    }
}

/// The colour of a hue, degrees: not as saturated as paint can be, so that what it throws on the plinth has no hue.
pub(crate) fn color(hue: f64, peak: f32) -> Vec3 {
    let full = paint::paint(hue, peak);
    full.lerp(Vec3::splat(full.element_sum() / 3.0), PALER)
}

impl Look {
    pub(crate) fn draw(rng: &mut Rng) -> Self {
        let ground = if rng.chance(0.5) { Ground::Light } else { Ground::Dark };
        let setting = Setting::draw(rng, &SettingKind::ALL, ground);
        let mut shot = Shot::draw(rng, Angles { azimuth: (-AZIMUTH, AZIMUTH), elevation: (ELEVATION[0], ELEVATION[1]) });
        shot.fov_y = rng.range(FOV[0], FOV[1]) as f32;
        let stuff = *rng.pick(&Stuff::ALL);
        let grey = rng.range(0.1, 0.22) as f32;
        let mut plinth = surface::concrete(Vec3::splat(grey), rng);
        plinth.roughness = 0.8;
        let frame = Material { base_color: Vec3::splat(0.75), roughness: 0.4, ..Material::default() };
        let mark = Material { base_color: Vec3::splat(0.85), roughness: 0.5, ..Material::default() };
        let mut drawn = setting.describe();
        drawn.extend(shot.describe());
        drawn.insert("fov_y_deg".into(), json!((f64::from(shot.fov_y).to_degrees() * 1000.0).round() / 1000.0));
        drawn.insert("strands_of".into(), json!(Stuff::NAMES[stuff as usize]));
        Self { strand: stuff.material(), stuff, plinth, frame, mark, setting, shot, drawn }
    }
}
