//! Boards before a curtain, under spots.

use glam::{Quat, Vec3};

use super::boards::Floor;
use super::form::curtain;
use super::light::{Form, Lamp, Rig, room};
use super::room::Room;
use super::{Finish, Ground, Setting, Site, finish};
use crate::{Rng, SceneBuilder};

pub(super) fn draw(rng: &mut Rng, ground: Ground) -> (Finish, Finish, Finish, Rig) {
    let side = if rng.chance(0.5) { 1.0 } else { -1.0 };
    let warmth = rng.range(-0.2, 0.5);
    let spot = |name, azimuth, strength, warmth, rng: &mut Rng| Lamp {
        name,
        azimuth,
        elevation: rng.range(38.0, 56.0),
        strength,
        warmth,
        form: Form::Spot(rng.range(1.1, 1.4), rng.range(0.06, 0.12)),
    };
    let lamps = vec![
        spot("spot", side * rng.range(46.0, 76.0), 2.6, warmth, rng),
        spot("second_spot", -side * rng.range(35.0, 60.0), 0.8, warmth - 0.7, rng),
    ];
    let rig = Rig { lamps, sky: room(ground, Vec3::splat(0.19), 0.22, 0.16), room: 1.08 };
    (finish::wood(rng, ground), finish::velvet(rng, ground), finish::velvet(rng, ground), rig)
}

pub(super) fn build(setting: &Setting, set: &mut SceneBuilder, site: &Site, rng: &mut Rng) {
    let room = &mut Room { set, site, rig: &setting.rig };
    let fold = 0.09 + 0.05 * site.radius;
    let back = site.half.y + site.margin() + 0.35 + 0.7 * site.radius;
    let half_width = site.half_width(back);
    let front = -site.half.y - 0.5 - 2.0 * site.radius;
    let floor = Floor { x: (-half_width, half_width), y: (front, back + 0.1) };
    floor.lay(room, &setting.top.material, 0.08 + 0.04 * site.radius, rng.chance(0.5), true, rng);
    let height = 1.5 + 4.0 * site.radius;
    let hem = 0.004;
    let cloth = curtain(2.0 * half_width, height, fold, rng);
    room.mesh("wall", cloth, site.at(0.0, back, hem), &setting.wall.material);
    // Wings: they stand behind the set too.
    let wing = 0.5 * (half_width - site.half.x) - 0.1;
    let inner = site.half.x + site.radius * rng.range(0.25, 0.7) as f32;
    for (name, side) in [("left_wing", -1.0), ("right_wing", 1.0)] {
        let cloth = curtain(2.0 * wing, height, fold, rng);
        let mut pose = site.at(side * (inner + wing), back - 0.12 - 0.25 * site.radius, hem);
        pose.rotation *= Quat::from_rotation_z(-0.06 * side);
        room.mesh(name, cloth, pose, &setting.trim.material);
    }
}
