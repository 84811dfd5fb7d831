//! A plinth before plaster with pictures, under a skylight.

use glam::{Vec2, Vec3};
use raytruth_scene::{Material, Shape};

use super::light::{Form, Lamp, Rig, room};
use super::room::Room;
use super::{Finish, Ground, Setting, Site, finish};
use crate::props::{Prop, PropKind, VARIANTS};
use crate::{Rng, SceneBuilder};

/// Sets larger than this stand on a platform instead of a plinth: metres of their radius.
const LARGE: f32 = 0.8;

pub(super) fn draw(rng: &mut Rng, ground: Ground) -> (Finish, Finish, Finish, Rig) {
    let side = if rng.chance(0.5) { 1.0 } else { -1.0 };
    let track = Lamp {
        name: "track_light",
        azimuth: side * rng.range(44.0, 78.0),
        elevation: rng.range(36.0, 52.0),
        strength: 1.8,
        warmth: rng.range(-0.2, 0.9),
        form: Form::Soft(0.22, 0.22),
    };
    let skylight = Lamp {
        name: "skylight",
        azimuth: side * -40.0,
        elevation: 80.0,
        strength: rng.range(0.8, 1.3),
        warmth: -0.5,
        form: Form::Soft(1.5, 1.5),
    };
    let sky = room(ground, Vec3::new(0.25, 0.26, 0.28), 0.31, 0.24);
    let rig = Rig { lamps: vec![track, skylight], sky, room: 1.03 };
    let plinth = if rng.chance(0.6) { finish::plaster(rng, ground) } else { finish::stone(rng, ground) };
    let floor = if rng.chance(0.5) { finish::wood(rng, ground) } else { finish::stone(rng, ground) };
    (plinth, finish::plaster(rng, ground), floor, rig)
}

pub(super) fn build(setting: &Setting, set: &mut SceneBuilder, site: &Site, rng: &mut Rng) {
    let room = &mut Room { set, site, rig: &setting.rig };
    let overhang = 0.06 + 0.22 * site.radius;
    let tall = if site.radius > LARGE { 0.16 } else { 0.95 };
    let half = Vec3::new(site.half.x + overhang, site.half.y + overhang, 0.5 * tall);
    room.block("ground", half, 0.003, site.at(0.0, 0.0, -0.5 * tall), &setting.top.material);
    let back = site.half.y + overhang + rng.range(0.5, 0.8) as f32 + 0.5 * site.radius;
    let half_width = site.half_width(back);
    let front = -site.half.y - 2.0 - 4.0 * site.radius;
    let floor = Vec3::new(half_width, 0.5 * (back - front), 0.02);
    room.block("floor", floor, 0.0, site.at(0.0, 0.5 * (front + back), -tall - 0.02), &setting.trim.material);
    let height = 2.0 + 4.0 * site.radius;
    let size = Vec2::new(2.0 * half_width, height + tall);
    room.put("wall", Shape::Plane { size }, site.upright(0.0, back, 0.5 * (height - tall)), &setting.wall.material);
    let mut skirting = setting.wall.material.clone();
    skirting.base_color *= 0.8;
    room.block("wall.skirting", Vec3::new(half_width, 0.008, 0.05), 0.001, site.at(0.0, back - 0.008, 0.05 - tall), &skirting);
    furniture(room, tall, back, setting.ground, rng);
    // Where they are seen, on both sides of the middle, which stays quiet.
    let lowest = (site.sight(back) - 0.32 - 0.1 * site.radius).max(0.25 - tall);
    for (i, side) in [-1.0, 1.0].into_iter().enumerate() {
        let mut x = site.half.x * rng.range(0.3, 0.7) as f32;
        for k in 0..2 {
            let half = Vec2::new(rng.range(0.16, 0.34) as f32, rng.range(0.22, 0.45) as f32) * (0.8 + 0.3 * site.radius);
            let z = lowest + half.y + rng.range(0.0, 0.08) as f32;
            picture(room, &format!("picture_{i}{k}"), (side * (x + half.x), back, z), half, setting.ground, rng);
            x += 2.0 * half.x + rng.range(0.12, 0.3) as f32;
        }
    }
}

/// A plant or a seat by the wall, on one side.
fn furniture(room: &mut Room<'_>, tall: f32, back: f32, ground: Ground, rng: &mut Rng) {
    let kind = *rng.pick(&[PropKind::Plant, PropKind::Bench, PropKind::Stool]);
    let prop = Prop::new(kind, rng.below(u64::from(VARIANTS)) as u32);
    let (size, site) = (prop.aabb().size(), room.site);
    let y = back - 0.05 - 0.5 * size.y;
    if y - 0.5 * size.y > site.half.y + site.margin() {
        let x = site.half.x + 0.5 * size.x + rng.range(0.0, 0.5) as f32;
        let side = if rng.chance(0.5) { 1.0 } else { -1.0 };
        room.prop("furniture", &prop, site.at(side * x, y, -tall), ground, rng);
    }
}

/// A framed picture of a few calm fields.
fn picture(room: &mut Room<'_>, name: &str, (x, y, z): (f32, f32, f32), half: Vec2, ground: Ground, rng: &mut Rng) {
    let site = room.site;
    let frame = if rng.chance(0.5) { finish::wood(rng, ground) } else { finish::lacquered(rng, ground) };
    room.block(name, Vec3::new(half.x, 0.014, half.y), 0.002, site.at(x, y - 0.015, z), &frame.material);
    let matt = |color| Material { base_color: color, roughness: 0.9, ior: 1.3, ..Material::default() };
    let inner = half - 0.025;
    let mut sheet = |part: String, half: Vec2, at: Vec2, lift: f32, color| {
        let size = 2.0 * half;
        room.put(&part, Shape::Plane { size }, site.upright(x + at.x, y - 0.0295 - lift, z + at.y), &matt(color));
    };
    sheet(format!("{name}.mount"), inner, Vec2::ZERO, 0.0, Vec3::splat(if ground == Ground::Light { 0.7 } else { 0.34 }));
    let canvas = inner * 0.78;
    sheet(format!("{name}.canvas"), canvas, Vec2::ZERO, 0.0006, finish::small(rng, ground));
    for k in 0..rng.int(1, 4) {
        let half = canvas * Vec2::new(rng.range(0.15, 0.6) as f32, rng.range(0.1, 0.6) as f32);
        let free = canvas - half;
        let at = free * Vec2::new(rng.range(-1.0, 1.0) as f32, rng.range(-1.0, 1.0) as f32);
        sheet(format!("{name}.field_{k}"), half, at, 0.001 + 0.0004 * k as f32, finish::small(rng, ground));
    }
}
