//! Below ceilings: corridors and flats.

use glam::{Vec2, Vec3};
use raytruth_scene::{Material, Pattern};
use raytruth_task::Rng;
use raytruth_task::dress::paint::{muted, tint};
use raytruth_task::dress::surface::textured;
use raytruth_task::interior::{Courses, Dado, Floor, Style, oiled, plaster, satin};

use super::Surfaces;

/// What chroma woods are given, of their own hue.
const WOODY: f32 = 0.3;

pub(super) const CORRIDORS: [fn(&mut Rng) -> Surfaces; 7] = [gallery, wainscot, terrazzo, concrete, blockwork, limestone, school];
pub(super) const FLATS: [fn(&mut Rng) -> Surfaces; 6] = [gallery, wainscot, parquet, loft, salon, farmhouse];

/// Matt paint of a pale tint.
fn paint(rng: &mut Rng, light: (f64, f64), hues: (f64, f64)) -> Material {
    let color = tint(rng.range(hues.0, hues.1), rng.range(0.05, 0.16) as f32, rng.range(light.0, light.1) as f32);
    plaster(color, rng)
}

fn white() -> Material {
    Material { base_color: Vec3::splat(0.82), roughness: 1.0, ior: 1.3, ..Material::default() }
}

/// Boards of a wood without much colour.
fn boards(rng: &mut Rng, hexes: &[u32], width: f32) -> Floor {
    let mut wood = oiled(*rng.pick(hexes), rng);
    wood.base_color = muted(wood.base_color, WOODY);
    if let Some(texture) = &mut wood.texture {
        texture.color = muted(texture.color, WOODY);
    }
    Floor::Boards { wood, width }
}

fn slabs(color: Vec3, rng: &mut Rng, courses: Courses) -> Floor {
    let texture = textured(Pattern::Concrete, color * 0.8, 0.12, 0.6, rng);
    Floor::Paved(Material { base_color: color, roughness: 0.4, texture, ..Material::default() }, courses)
}

/// Near black paint along floors.
fn line(rng: &mut Rng) -> Material {
    satin(tint(rng.range(0.0, 360.0), 0.08, rng.range(0.012, 0.022) as f32))
}

fn surfaces(name: &'static str, style: Style, rng: &mut Rng) -> Surfaces {
    let wood = oiled(*rng.pick(&[0x8A_6A4A, 0x6E_523A, 0xA8_8A66, 0x4A_3C30]), rng);
    let cloth = tint(rng.range(0.0, 360.0), 0.16, rng.range(0.1, 0.4) as f32);
    let hue = rng.range(0.0, 360.0);
    let rug = [tint(hue, 0.16, rng.range(0.12, 0.4) as f32), tint(hue, 0.1, rng.range(0.04, 0.1) as f32)];
    Surfaces { name, style, wood, cloth, rug, coping: white(), beams: None }
}

fn gallery(rng: &mut Rng) -> Surfaces {
    let style = Style {
        wall: paint(rng, (0.64, 0.72), (60.0, 100.0)),
        ceiling: white(),
        floor: boards(rng, &[0xB0_9070, 0xC0_A486, 0xA4_8C72], 0.13),
        frame: satin(Vec3::splat(0.03)),
        skirting: line(rng),
        dado: None,
        courses: None,
    };
    surfaces("gallery", style, rng)
}

fn wainscot(rng: &mut Rng) -> Surfaces {
    let hue = rng.range(0.0, 360.0);
    let boarding = tint(hue, 0.16, rng.range(0.2, 0.34) as f32);
    let style = Style {
        wall: plaster(tint(hue, 0.07, rng.range(0.55, 0.66) as f32), rng),
        ceiling: white(),
        floor: boards(rng, &[0x8A_6C50, 0x76_5C46, 0x9A_7E62], 0.15),
        frame: satin(0.9 * boarding),
        skirting: line(rng),
        dado: Some(Dado {
            material: satin(boarding),
            height: rng.range(0.9, 1.12) as f32,
            stiles: Some(rng.range(0.42, 0.6) as f32),
        }),
        courses: None,
    };
    surfaces("wainscot", style, rng)
}

fn terrazzo(rng: &mut Rng) -> Surfaces {
    let ground = tint(rng.range(30.0, 110.0), 0.05, rng.range(0.42, 0.55) as f32);
    let chips = textured(Pattern::Speckle, ground * 0.42, 0.02, 0.75, rng);
    let stone = Material { base_color: ground, roughness: 0.28, texture: chips, ..Material::default() };
    let gloss = tint(rng.range(0.0, 360.0), 0.15, rng.range(0.22, 0.34) as f32);
    let style = Style {
        wall: paint(rng, (0.58, 0.68), (0.0, 360.0)),
        ceiling: white(),
        floor: Floor::Paved(stone, Courses { joint: 0.012, tones: [0.94, 1.0], ..Courses::new(Vec2::splat(1.0)) }),
        frame: satin(0.8 * gloss),
        skirting: line(rng),
        dado: Some(Dado { material: satin(gloss), height: rng.range(1.1, 1.3) as f32, stiles: None }),
        courses: None,
    };
    surfaces("terrazzo", style, rng)
}

fn concrete(rng: &mut Rng) -> Surfaces {
    let grey = tint(rng.range(30.0, 250.0), 0.05, rng.range(0.36, 0.46) as f32);
    let cast = textured(Pattern::Concrete, grey * 0.72, 0.22, 0.8, rng);
    let floor = tint(60.0, 0.04, rng.range(0.22, 0.32) as f32);
    let polish = textured(Pattern::Concrete, floor * 0.7, 0.4, 0.9, rng);
    let style = Style {
        wall: Material { base_color: grey, roughness: 0.75, ior: 1.4, texture: cast, ..Material::default() },
        ceiling: plaster(Vec3::splat(0.55), rng),
        floor: Floor::Paved(
            Material { base_color: floor, roughness: 0.22, texture: polish, ..Material::default() },
            Courses { joint: 0.006, tones: [0.95, 1.0], between: 0.6, ..Courses::new(Vec2::splat(1.5)) },
        ),
        frame: satin(Vec3::splat(0.05)),
        skirting: satin(Vec3::splat(0.014)),
        dado: None,
        courses: Some(Courses { joint: 0.012, tones: [0.92, 1.0], between: 0.55, ..Courses::new(Vec2::new(1.2, 0.65)) }),
    };
    surfaces("concrete", style, rng)
}

fn blockwork(rng: &mut Rng) -> Surfaces {
    let style = Style {
        wall: paint(rng, (0.6, 0.7), (40.0, 250.0)),
        ceiling: plaster(Vec3::splat(0.7), rng),
        floor: boards(rng, &[0x6A_5644, 0x5E_4E40, 0x74_6250], 0.18),
        frame: satin(Vec3::splat(0.06)),
        skirting: line(rng),
        dado: None,
        courses: Some(Courses { joint: 0.01, tones: [0.93, 1.0], between: 0.72, ..Courses::new(Vec2::new(0.4, 0.2)).bonded() }),
    };
    surfaces("blockwork", style, rng)
}

fn limestone(rng: &mut Rng) -> Surfaces {
    let stone = tint(rng.range(55.0, 85.0), rng.range(0.1, 0.17) as f32, rng.range(0.5, 0.6) as f32);
    let grain = textured(Pattern::Concrete, stone * 0.8, 0.07, 0.6, rng);
    let paving = tint(70.0, 0.06, rng.range(0.42, 0.52) as f32);
    let style = Style {
        wall: Material { base_color: stone, roughness: 0.85, ior: 1.4, texture: grain, ..Material::default() },
        ceiling: plaster(tint(75.0, 0.08, 0.7), rng),
        floor: slabs(paving, rng, Courses { other: 0.36, tones: [0.88, 1.0], joint: 0.006, ..Courses::new(Vec2::splat(0.45)) }),
        frame: satin(tint(70.0, 0.1, 0.3)),
        skirting: line(rng),
        dado: None,
        courses: Some(Courses { tones: [0.85, 1.0], joint: 0.009, between: 0.6, ..Courses::new(Vec2::new(0.72, 0.36)).bonded() }),
    };
    surfaces("limestone", style, rng)
}

fn school(rng: &mut Rng) -> Surfaces {
    let tile = tint(rng.range(100.0, 260.0), 0.1, rng.range(0.36, 0.5) as f32);
    let style = Style {
        wall: paint(rng, (0.62, 0.7), (60.0, 260.0)),
        ceiling: white(),
        floor: slabs(Vec3::splat(0.46), rng, Courses { other: 0.62, joint: 0.004, ..Courses::new(Vec2::splat(0.3)) }),
        frame: satin(tint(60.0, 0.1, 0.12)),
        skirting: line(rng),
        dado: Some(Dado {
            material: Material {
                base_color: tile,
                roughness: 0.16,
                texture: textured(Pattern::Tiles, Vec3::splat(0.2), 0.15, 1.0, rng),
                ..Material::default()
            },
            height: 1.35,
            stiles: None,
        }),
        courses: None,
    };
    surfaces("school", style, rng)
}

fn parquet(rng: &mut Rng) -> Surfaces {
    let style = Style {
        wall: paint(rng, (0.5, 0.62), (150.0, 300.0)),
        ceiling: white(),
        floor: boards(rng, &[0x7A_604A, 0x6A_5240], 0.09),
        frame: satin(Vec3::splat(0.74)),
        skirting: line(rng),
        dado: None,
        courses: None,
    };
    surfaces("parquet", style, rng)
}

fn loft(rng: &mut Rng) -> Surfaces {
    let mut made = concrete(rng);
    made.style.floor = boards(rng, &[0xA8_8A6A, 0x90_7458], 0.17);
    made.style.courses = None;
    let beams = rng.chance(0.6).then(|| satin(Vec3::splat(0.045)));
    Surfaces { name: "loft", beams, ..made }
}

fn salon(rng: &mut Rng) -> Surfaces {
    let hue = rng.range(0.0, 360.0);
    let style = Style {
        wall: plaster(tint(hue, 0.17, rng.range(0.3, 0.42) as f32), rng),
        ceiling: white(),
        floor: boards(rng, &[0xA8_8C6E, 0x8C_7058], 0.12),
        frame: satin(Vec3::splat(0.7)),
        skirting: line(rng),
        dado: None,
        courses: None,
    };
    surfaces("salon", style, rng)
}

fn farmhouse(rng: &mut Rng) -> Surfaces {
    let clay = tint(rng.range(50.0, 75.0), 0.17, rng.range(0.26, 0.36) as f32);
    let style = Style {
        wall: paint(rng, (0.66, 0.74), (65.0, 95.0)),
        ceiling: white(),
        floor: slabs(
            1.35 * clay,
            rng,
            Courses { joint: 0.012, between: 1.0, tones: [0.55, 0.74], ..Courses::new(Vec2::splat(0.34)).bonded() },
        ),
        frame: satin(tint(60.0, 0.16, 0.1)),
        skirting: line(rng),
        dado: None,
        courses: None,
    };
    let timber = oiled(0x5A_4634, rng);
    Surfaces { beams: Some(timber), ..surfaces("farmhouse", style, rng) }
}
