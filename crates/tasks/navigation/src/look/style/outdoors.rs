//! Below the sky: courts between walls, and squares.

use glam::{Vec2, Vec3};
use raytruth_scene::{Material, Pattern};
use raytruth_task::Rng;
use raytruth_task::dress::paint::tint;
use raytruth_task::dress::surface::textured;
use raytruth_task::interior::{Courses, Floor, Style, oiled, plaster, satin};

use super::Surfaces;

pub(super) const COURTS: [fn(&mut Rng) -> Surfaces; 5] = [whitewash, sandstone, cast, granite, clinker];
pub(super) const PLAZAS: [fn(&mut Rng) -> Surfaces; 5] = [whitewash, sandstone, cast, granite, clinker];

fn stone(color: Vec3, scale: f32, rng: &mut Rng) -> Material {
    let texture = textured(Pattern::Concrete, color * 0.72, scale, 0.7, rng);
    Material { base_color: color, roughness: 0.85, ior: 1.4, texture, ..Material::default() }
}

fn surfaces(name: &'static str, style: Style, coping: Material, rng: &mut Rng) -> Surfaces {
    let wood = oiled(*rng.pick(&[0x7A_6450, 0x5A_4A3C]), rng);
    let cloth = tint(rng.range(0.0, 360.0), 0.12, rng.range(0.2, 0.4) as f32);
    Surfaces { name, style, wood, cloth, rug: [cloth; 2], coping, beams: None }
}

fn style(wall: Material, courses: Option<Courses>, floor: Floor) -> Style {
    let frame = satin(Vec3::splat(0.2));
    let skirting = Material { base_color: Vec3::splat(0.03), roughness: 0.7, ..Material::default() };
    Style { wall, ceiling: Material::default(), floor, frame, skirting, dado: None, courses }
}

fn whitewash(rng: &mut Rng) -> Surfaces {
    let wall = plaster(tint(rng.range(60.0, 95.0), 0.08, rng.range(0.56, 0.64) as f32), rng);
    let paving = stone(tint(70.0, 0.12, rng.range(0.24, 0.32) as f32), 0.1, rng);
    let courses = Courses { joint: 0.014, tones: [0.78, 1.0], between: 0.55, ..Courses::new(Vec2::new(0.6, 0.4)).bonded() };
    let coping = stone(tint(70.0, 0.1, 0.36), 0.08, rng);
    surfaces("whitewash", style(wall, None, Floor::Paved(paving, courses)), coping, rng)
}

fn sandstone(rng: &mut Rng) -> Surfaces {
    let color = tint(rng.range(60.0, 80.0), 0.17, rng.range(0.38, 0.46) as f32);
    let wall = stone(color, 0.06, rng);
    let blocks = Courses { joint: 0.01, tones: [0.78, 1.0], between: 0.55, ..Courses::new(Vec2::new(0.64, 0.32)).bonded() };
    let paving = stone(0.72 * color, 0.09, rng);
    let courses = Courses { joint: 0.012, tones: [0.8, 1.0], ..Courses::new(Vec2::splat(0.5)) };
    surfaces("sandstone", style(wall, Some(blocks), Floor::Paved(paving, courses)), stone(1.1 * color, 0.06, rng), rng)
}

fn cast(rng: &mut Rng) -> Surfaces {
    let grey = tint(rng.range(40.0, 240.0), 0.04, rng.range(0.36, 0.46) as f32);
    let wall = stone(grey, 0.2, rng);
    let forms = Courses { joint: 0.012, tones: [0.92, 1.0], between: 0.6, ..Courses::new(Vec2::new(1.25, 0.75)) };
    let paving = stone(tint(60.0, 0.05, rng.range(0.28, 0.36) as f32), 0.15, rng);
    let courses = Courses { joint: 0.016, tones: [0.85, 1.0], between: 0.5, other: 0.8, ..Courses::new(Vec2::splat(0.8)) };
    surfaces("cast", style(wall, Some(forms), Floor::Paved(paving, courses)), stone(0.8 * grey, 0.1, rng), rng)
}

fn granite(rng: &mut Rng) -> Surfaces {
    let grey = tint(rng.range(180.0, 260.0), 0.07, rng.range(0.33, 0.42) as f32);
    let speck = textured(Pattern::Speckle, grey * 0.5, 0.012, 0.6, rng);
    let wall = Material { base_color: grey, roughness: 0.7, texture: speck, ..Material::default() };
    let blocks = Courses { joint: 0.012, tones: [0.72, 1.0], between: 0.45, ..Courses::new(Vec2::new(0.5, 0.25)).bonded() };
    let paving = stone(tint(75.0, 0.07, rng.range(0.38, 0.46) as f32), 0.08, rng);
    let courses = Courses { joint: 0.014, tones: [0.78, 1.0], between: 0.45, ..Courses::new(Vec2::new(0.34, 0.34)).bonded() };
    surfaces("granite", style(wall, Some(blocks), Floor::Paved(paving, courses)), stone(1.3 * grey, 0.08, rng), rng)
}

fn clinker(rng: &mut Rng) -> Surfaces {
    let color = tint(rng.range(35.0, 55.0), 0.17, rng.range(0.24, 0.3) as f32);
    let wall = stone(1.5 * color, 0.05, rng);
    let bricks = Courses { joint: 0.014, tones: [0.44, 0.68], between: 1.0, ..Courses::new(Vec2::new(0.4, 0.135)).bonded() };
    let paving = stone(tint(70.0, 0.05, rng.range(0.3, 0.38) as f32), 0.1, rng);
    let courses = Courses { joint: 0.012, tones: [0.82, 1.0], ..Courses::new(Vec2::new(0.9, 0.45)).bonded() };
    let coping = stone(tint(70.0, 0.06, 0.42), 0.08, rng);
    surfaces("clinker", style(wall, Some(bricks), Floor::Paved(paving, courses)), coping, rng)
}
