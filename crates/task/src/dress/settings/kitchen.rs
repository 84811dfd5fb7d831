//! A worktop before tiles, by a window.

use glam::{Vec2, Vec3};
use raytruth_scene::Shape;

use super::boards::Floor;
use super::decor::{Decor, Row};
use super::light::{Form, Lamp, Rig};
use super::room::Room;
use super::{Finish, Ground, Setting, Site, finish};
use crate::props::PropKind;
use crate::{Rng, SceneBuilder};

pub(super) fn draw(rng: &mut Rng, ground: Ground) -> (Finish, Finish, Finish, Rig) {
    let side = if rng.chance(0.5) { 1.0 } else { -1.0 };
    let window = Lamp {
        name: "window",
        azimuth: side * rng.range(48.0, 70.0),
        elevation: rng.range(32.0, 44.0),
        strength: 2.6,
        warmth: rng.range(-0.8, 0.5),
        form: Form::Window(rng.range(0.5, 0.8), rng.range(0.5, 0.9)),
    };
    let bright = rng.range(0.5, 0.8) as f32;
    let sky = [Vec3::new(0.44, 0.46, 0.49), Vec3::new(0.60, 0.60, 0.61), Vec3::new(0.34, 0.33, 0.32)].map(|c| c * bright);
    let rig = Rig { lamps: vec![window], sky, room: 0.88 };
    let top = if rng.chance(0.65) { finish::stone(rng, ground) } else { finish::wood(rng, ground) };
    (top, finish::tiles(rng, ground), finish::wood(rng, ground), rig)
}

pub(super) fn build(setting: &Setting, set: &mut SceneBuilder, site: &Site, rng: &mut Rng) {
    let room = &mut Room { set, site, rig: &setting.rig };
    let back = site.half.y + site.margin() + Row::DEEP + 0.02;
    let half_width = site.half_width(back);
    let front = -site.half.y - 0.4 - 2.0 * site.radius;
    let top = &setting.top.material;
    if setting.top.name.contains("oak") || setting.top.name.contains("ash") {
        // Butcher's block: narrow staves.
        Floor { x: (-half_width, half_width), y: (front, back) }.lay(room, top, 0.055, false, true, rng);
    } else {
        let half = Vec3::new(half_width, 0.5 * (back - front), 0.02);
        room.block("ground", half, 0.0, site.at(0.0, 0.5 * (front + back), -0.02), top);
    }
    let height = 1.5 + 4.0 * site.radius;
    let tall = if rng.chance(0.5) { height } else { rng.range(0.3, 0.5) as f32 };
    // Whole tiles from the worktop up.
    let tile = setting.wall.material.texture.map_or(0.1, |t| t.scale);
    let [wide, tall] = [half_width, 0.5 * tall].map(|half| (half / tile).ceil() * tile);
    room.put("wall", Shape::Plane { size: 2.0 * Vec2::new(wide, tall) }, site.upright(0.0, back, tall), &setting.wall.material);
    let above = finish::plaster(rng, setting.ground).material;
    room.put(
        "wall.above",
        Shape::Plane { size: Vec2::new(2.0 * half_width, height + 1.0) },
        site.upright(0.0, back + 0.006, 0.5 * height - 0.5),
        &above,
    );
    let sight = site.sight(back);
    if sight > 0.4 {
        let z = (sight - 0.2).clamp(0.36, 0.6);
        let half = Vec3::new(site.half.x + 0.6, 0.085, 0.012);
        room.block("shelf", half, 0.002, site.at(0.0, back - 0.086, z), &setting.trim.material);
        let row = Row { name: "shelf", y: back, z: z + 0.012, ground: setting.ground };
        row.fill(room, -half.x + 0.03, half.x - 0.03, &[Decor::Plates, Decor::Jar, Decor::Vase, Decor::Bottle, Decor::Gap], rng);
    }
    let row = Row { name: "counter", y: back, z: 0.0, ground: setting.ground };
    row.flanks(
        room,
        &[Decor::Crock, Decor::Jar, Decor::Bottle, Decor::Plates, Decor::Slab, Decor::Vase, Decor::Gap],
        &[PropKind::Plant, PropKind::Vase, PropKind::Bowl, PropKind::Book],
        rng,
    );
}
