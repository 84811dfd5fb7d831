//! The dress of a bench: board, metal, glass, light, surroundings and camera angle. Colours that the prompt names are the problem's.

use glam::Vec3;
use raytruth_scene::{Material, Pattern};
use raytruth_task::Rng;
use raytruth_task::dress::{Angles, Ground, Paint, Setting, SettingKind, Shot, stuff, surface};
use raytruth_task::props::Stuff;
use serde_json::{Map, Value};

use crate::bench::RULED_MM;

/// How one sample looks.
pub(crate) struct Look {
    pub board: Material,
    pub metal: Material,
    pub housing: Material,
    pub silver: Material,
    pub frosted: Material,
    pub glass: Material,
    /// Of the problem's colours, in their order: linear Rec. 709, and what is painted so.
    pub colors: Vec<Vec3>,
    pub paints: Vec<Material>,
    pub setting: Setting,
    pub shot: Shot,
    pub drawn: Map<String, Value>,
}

impl Look {
    pub(crate) fn draw(rng: &mut Rng, angles: Angles, paints: &[Paint]) -> Self {
        let ground = if rng.chance(0.5) { Ground::Light } else { Ground::Dark };
        let setting = Setting::draw(rng, &SettingKind::ALL, ground);
        let shot = Shot::draw(rng, angles);
        let grey = rng.range(0.05, 0.12) as f32;
        let mut board = surface::brushed_metal(Vec3::splat(grey), rng);
        board.metallic = 0.0;
        board.roughness = 0.55;
        board.texture = surface::textured(Pattern::Tiles, Vec3::splat(3.2 * grey), 1e-3 * RULED_MM as f32, 0.3, rng);
        let metal = surface::brushed_metal(Vec3::splat(rng.range(0.45, 0.6) as f32), rng);
        let housing = Material { base_color: Vec3::splat(rng.range(0.5, 0.65) as f32), roughness: 0.5, ..Material::default() };
        let silver = Material { base_color: Vec3::splat(0.95), metallic: 1.0, roughness: 0.0, ..Material::default() };
        let frosted = Material { base_color: Vec3::splat(0.42), roughness: 0.8, ..Material::default() };
        let glass = Material { base_color: Vec3::ONE, roughness: 0.0, transmission: 1.0, ..Material::default() };
        let colors: Vec<Vec3> = paints.iter().map(|paint| paint.color(rng)).collect();
        let paints = colors.iter().map(|color| stuff::colored(Stuff::Plastic, *color, rng)).collect();
        let mut drawn = setting.describe();
        drawn.extend(shot.describe());
        Self { board, metal, housing, silver, frosted, glass, colors, paints, setting, shot, drawn }
    }
}
