//! The dress of a problem: what strands and plinths are made of, light, surroundings and camera angle. The colours of strands are the problem's.

use glam::Vec3;
use raytruth_scene::Material;
use raytruth_task::Rng;
use raytruth_task::dress::{Angles, Ground, Setting, SettingKind, Shot, paint, surface};
use serde_json::{Map, Value, json};

use crate::stage::{AZIMUTH, ELEVATION, FOV};

/// How one sample looks.
pub(crate) struct Look {
    /// White: colours along a strand are multiplied with it.
    pub strand: Material,
    /// Largest component of the strands' colours.
    pub peak: f32,
    pub plinth: Material,
    pub frame: Material,
    pub mark: Material,
    pub setting: Setting,
    pub shot: Shot,
    pub drawn: Map<String, Value>,
}

/// How much of their hue colours lack.
const PALER: f32 = 0.3;
/// What strands may be made of.
const STUFFS: [&str; 4] = ["cord", "glazed_clay", "anodised_metal", "rubber"];

/// Largest component of the colours of strands that are made of something.
pub(crate) fn peak(stuff: &str) -> f32 {
    if stuff == "anodised_metal" { 0.9 } else { 0.78 }
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
        let stuff = *rng.pick(&STUFFS);
        let white = Vec3::ONE;
        let strand = match stuff {
            "cord" => Material { base_color: white, roughness: 1.0, ior: 1.2, ..Material::default() },
            "glazed_clay" => {
                Material { base_color: white, roughness: 0.45, coat: 0.5, coat_roughness: 0.12, ..Material::default() }
            }
            "anodised_metal" => Material { base_color: white, metallic: 0.7, roughness: 0.42, ..Material::default() },
            _ => Material { base_color: white, roughness: 0.62, ior: 1.45, ..Material::default() },
        };
        let grey = rng.range(0.1, 0.22) as f32;
        let mut plinth = surface::concrete(Vec3::splat(grey), rng);
        plinth.roughness = 0.8;
        let frame = Material { base_color: Vec3::splat(0.75), roughness: 0.4, ..Material::default() };
        let mark = Material { base_color: Vec3::splat(0.85), roughness: 0.5, ..Material::default() };
        let mut drawn = setting.describe();
        drawn.extend(shot.describe());
        drawn.insert("fov_y_deg".into(), json!((f64::from(shot.fov_y).to_degrees() * 1000.0).round() / 1000.0));
        drawn.insert("strands_of".into(), json!(stuff));
        let peak = peak(stuff);
        Self { strand, peak, plinth, frame, mark, setting, shot, drawn }
    }
}
