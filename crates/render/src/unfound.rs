//! Light that a path tracer hardly finds: that of small lamps through solid or rough glass.

mod cast;
mod lamps;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::f32::consts::{PI, TAU};
use std::fmt;
use std::ops::Range;

use glam::{Quat, Vec2, Vec3};
use raytruth_scene::{Form, Material, Scene};

use crate::material_gpu::{lets_light_through, may_transmit};
use cast::Surfaces;
use lamps::{Around, Lamp, lamps};

/// Places that are looked at, along a row of the picture.
const ACROSS: u32 = 24;
/// Rays to the sky from each.
const SKY_RAYS: u32 = 4;
/// Of what is seen under a smaller solid angle than this, in steradians, the ways through glass are rarely found: a ball of 16 cm at 1 m.
const SMALL: f32 = 0.02;
/// Surfaces that a look goes through.
const MOST_LAYERS: usize = 32;

/// What keeps a frame dark or noisy, however it is lit: most of its direct light comes from small lamps through solid or rough glass.
#[derive(Clone, Debug, PartialEq)]
pub struct UnfoundLight {
    /// The part of all direct light on what is seen, by luminance, 0.5 to 1.
    pub share: f32,
    /// Names of lamps, and of objects that shine, the strongest first; `the sun`, `the sky's bright parts`.
    pub lamps: Vec<String>,
    /// Names of objects that the light passes.
    pub glass: Vec<String>,
}

impl fmt::Display for UnfoundLight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = (100.0 * self.share).round();
        write!(
            f,
            "{percent} % of the direct light comes from what is small ({}) through solid or rough glass ({}): such light is rarely found, \
             so expect a dark picture. A smooth material with `thin` lets it through; larger lamps are found",
            few(&self.lamps),
            few(&self.glass)
        )
    }
}

/// The first of some names.
fn few(names: &[String]) -> String {
    const SHOWN: usize = 3;
    let more = names.len().saturating_sub(SHOWN);
    let shown = names[..names.len().min(SHOWN)].join(", ");
    if more > 0 { format!("{shown} and {more} more") } else { shown }
}

/// Whether most of the direct light on what a picture of a size shows is such that paths hardly find it, in the first, the middle or the
/// last of some frames. An estimate from a few hundred places; it looks straight through glass. `None` also for scenes that do not pass
/// [`Scene::validate`].
#[must_use]
pub fn unfound_light(scene: &Scene, frames: Range<u32>, size: (u32, u32)) -> Option<UnfoundLight> {
    let bends = |m: &Material| may_transmit(m) && !lets_light_through(m);
    if frames.is_empty() || !scene.materials.values().any(bends) || scene.validate().is_err() {
        return None;
    }
    let mut wanted = vec![frames.start, frames.start.midpoint(frames.end), frames.end - 1];
    wanted.dedup();
    wanted.into_iter().find_map(|frame| in_frame(scene, frame as usize, size))
}

fn in_frame(scene: &Scene, frame: usize, (width, height): (u32, u32)) -> Option<UnfoundLight> {
    let forms: Vec<Form> = scene.forms()?.iter().map(|f| f.at(frame)).collect();
    let poses = scene.world_poses(frame);
    let around = Around::new(scene);
    let mut look = Look { scene, surfaces: Surfaces::new(&forms, &poses), sums: Sums::default() };
    let lamps = lamps(scene, frame, &look.surfaces, &around);
    let sky = |towards| scene.environment_power.at(frame) * around.radiance(towards);
    let size = (ACROSS, (ACROSS * height / width.max(1)).clamp(1, 4 * ACROSS));
    for i in 0..size.0 * size.1 {
        let pixel = Vec2::new((i % size.0) as f32 + 0.5, (i / size.0) as f32 + 0.5);
        let (eye, direction) = scene.camera.ray(frame, pixel, size);
        if let Some((place, normal)) = look.seen(eye, direction) {
            look.light(place, normal, i, &lamps, &sky);
        }
    }
    look.sums.most()
}

/// Light by where it comes from.
#[derive(Default)]
struct Sums {
    found: f32,
    lost: BTreeMap<String, f32>,
    glass: BTreeSet<String>,
}

impl Sums {
    fn most(self) -> Option<UnfoundLight> {
        let lost: f32 = self.lost.values().sum();
        let share = lost / (lost + self.found);
        let mut lamps: Vec<(String, f32)> = self.lost.into_iter().collect();
        lamps.sort_by(|a, b| b.1.total_cmp(&a.1));
        let lamps = lamps.into_iter().map(|(name, _)| name).collect();
        (share >= 0.5).then(|| UnfoundLight { share, lamps, glass: self.glass.into_iter().collect() })
    }
}

/// What light meets on its way.
enum Way {
    Open,
    /// Objects of glass that bend or scatter it.
    Glass(Vec<usize>),
    Blocked,
}

struct Look<'a> {
    scene: &'a Scene,
    surfaces: Surfaces,
    sums: Sums,
}

impl Look<'_> {
    fn material(&self, object: usize) -> Option<&Material> {
        self.scene.materials.get(&self.scene.objects[object].material)
    }

    /// The place that is seen in a direction, behind all that is clear, and the normal on this side.
    fn seen(&self, eye: Vec3, direction: Vec3) -> Option<(Vec3, Vec3)> {
        let is_clear = |object| self.material(object).is_none_or(|m| (m.transmission > 0.5 && m.metallic < 1.0) || m.has_gaps());
        let hits = self.surfaces.crossed(eye, direction, f32::INFINITY);
        let hit = hits.iter().take(MOST_LAYERS).find(|hit| !is_clear(hit.object))?;
        let normal = if hit.normal.dot(direction) > 0.0 { -hit.normal } else { hit.normal };
        let place = eye + hit.t * direction;
        Some((place + 1e-4 * (1.0 + place.abs().max_element()) * normal, normal))
    }

    fn way(&self, from: Vec3, direction: Vec3, reach: f32) -> Way {
        let mut glass = Vec::new();
        for hit in self.surfaces.crossed(from, direction, reach) {
            match self.material(hit.object) {
                Some(m) if lets_light_through(m) => {}
                Some(m) if may_transmit(m) => glass.push(hit.object),
                _ => return Way::Blocked,
            }
        }
        if glass.is_empty() { Way::Open } else { Way::Glass(glass) }
    }

    /// Adds the light that comes to a place.
    fn light(&mut self, place: Vec3, normal: Vec3, index: u32, lamps: &[Lamp], sky: &dyn Fn(Vec3) -> f32) {
        for lamp in lamps {
            let Some(seen) = lamp.seen_from(place, index) else { continue };
            let irradiance = seen.irradiance * normal.dot(seen.direction).max(0.0);
            if irradiance <= 0.0 {
                continue;
            }
            match self.way(place, seen.direction, seen.distance) {
                Way::Glass(objects) if seen.solid_angle < SMALL => {
                    *self.sums.lost.entry(lamp.name.clone()).or_default() += irradiance;
                    self.sums.glass.extend(objects.iter().map(|&i| self.scene.objects[i].name.clone()));
                }
                Way::Blocked => {}
                _ => self.sums.found += irradiance,
            }
        }
        let up = Quat::from_rotation_arc(Vec3::Z, normal);
        for k in 0..SKY_RAYS {
            // By the cosine: so each ray stands for the same part.
            let [u, v] = scattered(index * SKY_RAYS + k);
            let direction = up * Vec3::new((TAU * u).cos() * v.sqrt(), (TAU * u).sin() * v.sqrt(), (1.0 - v).sqrt());
            let radiance = sky(direction);
            if radiance > 0.0 && !matches!(self.way(place, direction, f32::INFINITY), Way::Blocked) {
                self.sums.found += PI / SKY_RAYS as f32 * radiance;
            }
        }
    }
}

/// The `n`th point of a sequence that fills the unit square evenly: Roberts, "The Unreasonable Effectiveness of Quasirandom Sequences",
/// 2018 (R2).
fn scattered(n: u32) -> [f32; 2] {
    let step = |a: f64| (f64::from(n) * a + 0.5).fract() as f32;
    [step(0.754_877_666_246_692_7), step(0.569_840_290_998_053_3)]
}
