//! A photographer's seamless paper.

use glam::Vec3;

use super::light::{Form, Lamp, Rig};
use super::room::Room;
use super::{Finish, Ground, Setting, Site, finish};
use crate::dress::studio::Paper;
use crate::{Rng, SceneBuilder};

pub(super) fn draw(rng: &mut Rng, ground: Ground) -> (Finish, Finish, Finish, Rig) {
    let paper = finish::plaster(rng, ground);
    let side = if rng.chance(0.5) { 1.0 } else { -1.0 };
    // From the left or the right, never from behind the lens: shadows fall in sight.
    let large = rng.chance(0.35);
    let edge = if large { rng.range(0.7, 1.1) } else { rng.range(0.2, 0.45) };
    let key = Lamp {
        name: if large { "soft_box" } else { "key" },
        azimuth: side * rng.range(38.0, 100.0),
        elevation: rng.range(34.0, 54.0),
        strength: 2.1,
        warmth: rng.range(-0.6, 1.0),
        form: Form::Soft(edge, edge),
    };
    // Draws an edge on metal and glass.
    let strip = Lamp {
        name: "strip",
        azimuth: side * -128.0,
        elevation: 32.0,
        strength: 0.31,
        warmth: 0.0,
        form: Form::Soft(0.12, 0.53),
    };
    let dim = rng.range(0.4, 0.9) as f32;
    let sky = [Vec3::new(0.46, 0.48, 0.52), Vec3::splat(0.60), Vec3::new(0.30, 0.29, 0.28)].map(|c| c * dim);
    (paper.clone(), paper.clone(), paper, Rig { lamps: vec![key, strip], sky, room: 1.0 })
}

pub(super) fn build(setting: &Setting, set: &mut SceneBuilder, site: &Site) {
    let back = site.half.y + 0.6 + site.radius;
    let bend = 0.5 + 0.8 * site.radius;
    let paper = Paper {
        half_width: site.half_width(back + bend),
        front: -site.half.y - 3.0 - 3.0 * site.radius,
        back,
        bend,
        top: 2.0 + 4.0 * site.radius,
    };
    let pose = site.at(0.0, 0.0, 0.0);
    Room { set, site, rig: &setting.rig }.mesh("ground", paper.mesh(), pose, &setting.top.material);
}
