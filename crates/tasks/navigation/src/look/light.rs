//! Lamps and skies, and how bright they are: the same exposure whatever the place and its surfaces.

use core::f32::consts::PI;

use glam::{Vec2, Vec3, vec3};
use raytruth_scene::{Environment, Sun};
use raytruth_task::Rng;
use raytruth_task::dress::direction;
use raytruth_task::interior::{Dado, Floor, OpeningKind, Style};

use super::sight::{in_one_room, sees};
use crate::layout::{Family, Layout};

/// Mean irradiance of what is below a ceiling where walls have a typical albedo.
const INDOORS: f32 = 2.2;
const TYPICAL: f32 = 0.6;
/// Irradiance of level ground below the sky, sun included.
const OUTDOORS: f32 = 4.8;
/// The same below clouds, which are in the picture.
const CLOUDS: f32 = 3.4;
/// How far a lamp lights a place well, metres.
const REACH: f32 = 2.2;
/// Half of the length of a room from which it has two lamps, metres.
const LONG: f32 = 1.9;
/// Of how many lamps a place is lit.
const LIT: usize = 2;

/// What lamps are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LampKind {
    /// Opal globes on rods.
    Globe,
    /// Square panels on the ceiling.
    Panel,
    /// Long panels on the ceiling.
    Strip,
}

/// All that shines.
#[derive(Clone, Debug)]
pub(crate) struct Lighting {
    pub name: &'static str,
    /// Of lamps, or of sun and sky together: linear Rec. 709, its mean 1.
    pub color: Vec3,
    pub kind: LampKind,
    /// Below which lamps hang.
    pub lamps: Vec<Vec2>,
    pub environment: Environment,
}

impl Lighting {
    pub(crate) fn draw(layout: &Layout, rng: &mut Rng) -> Self {
        let warmth = rng.range(-0.3, 1.0) as f32;
        let color = vec3(1.0 + 0.03 * warmth, 1.0, 1.0 - 0.06 * warmth);
        let color = color * 3.0 / color.element_sum();
        if !layout.roofed {
            let overcast = rng.chance(0.2);
            let (environment, color) = if overcast { clouds(rng) } else { sky(rng) };
            let name = if overcast { "clouds" } else { "sun" };
            return Self { name, color, kind: LampKind::Globe, lamps: Vec::new(), environment };
        }
        let (name, kind) = *rng.pick(&[("globes", LampKind::Globe), ("panels", LampKind::Panel), ("strips", LampKind::Strip)]);
        let windows = layout.walls.iter().flat_map(|wall| &wall.openings).any(|o| o.kind == OpeningKind::Window);
        let environment = if windows { daylight(rng) } else { Environment::Uniform { radiance: Vec3::ZERO } };
        let lamps = if layout.family == Family::Rooms { lamps_of_rooms(layout) } else { lamps_of_cells(layout) };
        Self { name, color, kind, lamps, environment }
    }
}

/// Middles below which lamps hang: each middle has one, or sees two nearby, so that no bend is dark and no wall is burnt.
fn lamps_of_cells(layout: &Layout) -> Vec<Vec2> {
    let middles = &layout.middles;
    let lights =
        |lamp: usize, at: usize| middles[lamp].distance(middles[at]) <= REACH && sees(layout, middles[lamp], middles[at]);
    let mut dark = vec![LIT; middles.len()];
    let mut lamps = Vec::new();
    loop {
        let gain = |lamp: &usize| dark.iter().enumerate().filter(|&(at, wanted)| *wanted > 0 && lights(*lamp, at)).count();
        let free = (0..middles.len()).filter(|lamp| !lamps.contains(lamp));
        // The first of the best: the order is the layout's.
        let Some(best) = free.rev().max_by_key(gain).filter(|lamp| gain(lamp) > 0) else { break };
        for (at, wanted) in dark.iter_mut().enumerate() {
            *wanted = if at == best { 0 } else { wanted.saturating_sub(usize::from(lights(best, at))) };
        }
        lamps.push(best);
    }
    lamps.into_iter().map(|lamp| middles[lamp]).collect()
}

/// One in the middle of a room; two along a long one.
fn lamps_of_rooms(layout: &Layout) -> Vec<Vec2> {
    let lamps = |&middle: &Vec2| {
        let free = |way: Vec2| {
            let steps = (1..40).map(|i| 0.15 * i as f32);
            steps.take_while(|&far| in_one_room(layout, middle, middle + far * way)).last().unwrap_or(0.0)
        };
        let [x, y] = [Vec2::X, Vec2::Y].map(|way| free(way).min(free(-way)) * way);
        let long = if x.length() > y.length() { x } else { y };
        if long.length() > LONG { vec![middle - 0.5 * long, middle + 0.5 * long] } else { vec![middle] }
    };
    layout.middles.iter().flat_map(lamps).collect()
}

/// Radiance of lamps of `emitting` square metres each (of one side; of a globe, all of it) that gives surfaces their irradiance: what
/// lamps give is what surfaces take.
pub(crate) fn radiance(layout: &Layout, style: &Style, lamps: usize, emitting: f32) -> f32 {
    let mean = |color: Vec3| color.element_sum() / 3.0;
    let size = layout.area.size();
    let level = size.x * size.y;
    let floor = match &style.floor {
        Floor::Boards { wood: material, .. } | Floor::Slab(material) => mean(material.base_color),
        Floor::Paved(material, courses) => {
            mean(material.base_color) * 0.25 * (courses.tones[0] + courses.tones[1]) * (1.0 + courses.other)
        }
    };
    let wall = mean(style.wall.base_color) * style.courses.as_ref().map_or(1.0, |c| 0.5 * (c.tones[0] + c.tones[1]));
    let around = 2.0 * (size.x + size.y);
    // Both sides, but of what is around all one.
    let long: f32 = layout.walls.iter().map(|wall| 2.0 * wall.from.distance(wall.to)).sum::<f32>() - around;
    let low = style.dado.as_ref().map_or(0.0, |dado| dado.height);
    let dado = style.dado.as_ref().map_or(0.0, |Dado { material, .. }| mean(material.base_color));
    let taken = level * (1.0 - floor)
        + level * (1.0 - mean(style.ceiling.base_color))
        + long * (low * (1.0 - dado) + (layout.height - low) * (1.0 - wall));
    // Dark walls are lit better: pictures of both are as bright.
    let walls = (long * (low * dado + (layout.height - low) * wall)) / (long * layout.height).max(1e-6);
    INDOORS * (TYPICAL / walls.max(0.1)).sqrt() * taken / (PI * emitting * lamps.max(1) as f32)
}

/// What is seen through windows.
fn daylight(rng: &mut Rng) -> Environment {
    let bright = rng.range(0.8, 1.3) as f32;
    Environment::Gradient {
        zenith: bright * vec3(2.2, 2.35, 2.6),
        horizon: bright * vec3(3.4, 3.45, 3.5),
        ground: bright * Vec3::splat(1.2),
        sun: Some(Sun {
            direction: direction(rng.range(0.0, 360.0), rng.range(28.0, 50.0)).normalize(),
            irradiance: bright * vec3(8.4, 8.0, 7.3),
            angular_radius: 0.012,
        }),
    }
}

/// An even white sky, and its colour.
fn clouds(rng: &mut Rng) -> (Environment, Vec3) {
    let warmth = rng.range(-0.05, 0.03) as f32;
    let color = vec3(1.0 + warmth, 1.0, 1.0 - warmth);
    let scale = CLOUDS / PI;
    let environment = Environment::Gradient {
        zenith: 1.15 * scale * color,
        horizon: 0.82 * scale * color,
        ground: 0.4 * scale * color,
        sun: None,
    };
    (environment, color * 3.0 / color.element_sum())
}

/// A hazy sky with the sun in it, and the colour of all its light on level ground.
fn sky(rng: &mut Rng) -> (Environment, Vec3) {
    let elevation = rng.range(32.0, 58.0);
    let towards = direction(rng.range(0.0, 360.0), elevation);
    let warmth = rng.range(0.2, 1.0) as f32;
    let haze = rng.range(0.0, 1.0) as f32;
    let zenith = vec3(0.5, 0.58, 0.7).lerp(vec3(0.62, 0.66, 0.71), haze);
    let horizon = vec3(0.86, 0.88, 0.9);
    let sun = vec3(1.0 + 0.05 * warmth, 1.0, 1.0 - 0.1 * warmth);
    let share = rng.range(0.46, 0.6) as f32;
    let from_sky = (0.55 * zenith + 0.45 * horizon) * PI;
    let scale = (1.0 - share) * OUTDOORS / (from_sky.element_sum() / 3.0);
    let level = share * OUTDOORS * sun;
    let irradiance = level / towards.z.max(0.3);
    let all = level + scale * from_sky;
    let environment = Environment::Gradient {
        zenith: scale * zenith,
        horizon: scale * horizon,
        ground: scale * Vec3::splat(0.5),
        sun: Some(Sun { direction: towards.normalize(), irradiance, angular_radius: 0.02 }),
    };
    (environment, all * 3.0 / all.element_sum())
}
