//! A bench of planks before a wall: a pegboard with tools, or a shelf.

use glam::{Vec2, Vec3};
use raytruth_scene::Shape;

use super::boards::Floor;
use super::decor::{Decor, Row};
use super::light::{Form, Lamp, Rig, room};
use super::room::Room;
use super::tools::tools;
use super::{Finish, Ground, Setting, Site, finish, form};
use crate::props::PropKind;
use crate::{Rng, SceneBuilder};

/// Between two holes of the pegboard, metres.
const PITCH: f32 = 0.04;

pub(super) fn draw(rng: &mut Rng, ground: Ground) -> (Finish, Finish, Finish, Rig) {
    let side = if rng.chance(0.5) { 1.0 } else { -1.0 };
    let edge = rng.range(0.14, 0.3);
    let lamp = Lamp {
        name: "bench_lamp",
        azimuth: side * rng.range(46.0, 80.0),
        elevation: rng.range(36.0, 52.0),
        strength: 2.6,
        warmth: rng.range(0.0, 0.5),
        form: Form::Soft(edge, edge),
    };
    let fill = Lamp {
        name: "fill",
        azimuth: -side * rng.range(20.0, 50.0),
        elevation: 38.0,
        strength: 0.35,
        warmth: -0.6,
        form: Form::Soft(0.7, 0.7),
    };
    let sky = room(ground, Vec3::new(0.24, 0.25, 0.265), 0.30, 0.2);
    let rig = Rig { lamps: vec![lamp, fill], sky, room: 1.1 };
    (finish::wood(rng, ground), finish::plaster(rng, ground), finish::lacquered(rng, ground), rig)
}

pub(super) fn build(setting: &Setting, set: &mut SceneBuilder, site: &Site, rng: &mut Rng) {
    let room = &mut Room { set, site, rig: &setting.rig };
    let back = site.half.y + site.margin() + Row::DEEP + 0.02;
    let half_width = site.half_width(back);
    let front = -site.half.y - 0.4 - 2.0 * site.radius;
    let top = Floor { x: (-half_width, half_width), y: (front, back) };
    top.lay(room, &setting.top.material, rng.range(0.09, 0.17) as f32, false, false, rng);
    let height = 1.5 + 4.0 * site.radius;
    let size = Vec2::new(2.0 * half_width, height + 1.0);
    room.put("wall", Shape::Plane { size }, site.upright(0.0, back + 0.02, 0.5 * height - 0.5), &setting.wall.material);
    let sight = site.sight(back);
    if rng.chance(0.65) {
        pegboard(setting, room, back, sight, rng);
    } else if sight > 0.36 {
        let z = (sight - 0.2).clamp(0.3, 0.6);
        let half = Vec3::new(site.half.x + 0.5, 0.09, 0.011);
        room.block("shelf", half, 0.001, site.at(0.0, back - 0.08, z), &setting.trim.material);
        let row = Row { name: "shelf", y: back, z: z + 0.011, ground: setting.ground };
        let (from, to) = (-half.x + 0.03, half.x - 0.03);
        row.fill(room, from, to, &[Decor::Books, Decor::Box, Decor::Jar, Decor::Bottle, Decor::Gap], rng);
    }
    let row = Row { name: "bench", y: back, z: 0.0, ground: setting.ground };
    let kinds = [Decor::Crock, Decor::Box, Decor::Jar, Decor::Books, Decor::Bottle, Decor::Gap];
    row.flanks(room, &kinds, &[PropKind::Lamp, PropKind::Book, PropKind::Plant, PropKind::Bottle], rng);
}

/// A board with holes from just above the bench on, tools on it where they are seen.
fn pegboard(setting: &Setting, room: &mut Room<'_>, back: f32, sight: f32, rng: &mut Rng) {
    let site = room.site;
    let columns = ((2.0 * site.half.x + 0.8) / PITCH).min(60.0) as u32;
    let rows = 16;
    let (width, height) = ((columns + 1) as f32 * PITCH, (rows + 1) as f32 * PITCH);
    let foot = 0.04;
    let z = foot + 0.5 * height;
    let board = &setting.trim.material;
    room.block("pegboard", Vec3::new(0.5 * width, 0.006, 0.5 * height), 0.0, site.at(0.0, back + 0.012, z), board);
    let mut dark = board.clone();
    dark.base_color *= 0.12;
    room.mesh("pegboard.holes", form::holes(columns, rows, PITCH), site.upright(0.0, back + 0.0055, z), &dark);
    let middle = (sight - 0.1).clamp(foot + 0.12, foot + height - 0.14);
    tools(room, 0.5 * width - 0.1, back - 0.008, middle, setting.ground, rng);
}
