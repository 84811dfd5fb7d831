//! Lamps about a set, and what light surrounds them: each setting has its own, all with the same exposure.

use core::f64::consts::PI;

use glam::{Vec2, Vec3};
use raytruth_eval::hue;
use raytruth_scene::{Environment, Light, LightShape, Material, Pose};
use serde_json::{Map, Value, json};

use super::Ground;
use super::site::Site;
use crate::dress::direction;
use crate::dress::paint::muted;

/// Irradiance of a level card at the set where nothing else is about: a card of albedo 0.18 comes out at middle grey.
const LEVEL: f64 = 3.4;
/// Most chroma that anything of a setting shows in its light.
const CALM: f32 = 0.95 * hue::HAS_HUE;
/// From the middle of the set to the lamps, radii of the set.
const DISTANCE: f32 = 4.5;

/// One lamp, aimed at the middle of the set.
#[derive(Clone, Debug)]
pub(crate) struct Lamp {
    pub(crate) name: &'static str,
    /// Degrees from the camera's side of the setting, positive to the right.
    pub(crate) azimuth: f64,
    /// Degrees above the horizon.
    pub(crate) elevation: f64,
    /// Irradiance of what faces it, before exposure.
    pub(crate) strength: f64,
    /// −1 (cool) to 1 (warm).
    pub(crate) warmth: f64,
    pub(crate) form: Form,
}

/// Half of the bar between a window's panes, as a part of the window.
const BAR: f32 = 0.04;

/// What a lamp shines from.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Form {
    /// A rectangle: edges over distance.
    Soft(f64, f64),
    /// The same as a window of four panes.
    Window(f64, f64),
    /// A spot whose cone holds this many radii of the set: radius over distance.
    Spot(f64, f64),
}

/// All the light of a setting.
#[derive(Clone, Debug)]
pub(crate) struct Rig {
    pub(crate) lamps: Vec<Lamp>,
    /// Radiance from above, from all around, and from below, before exposure.
    pub(crate) sky: [Vec3; 3],
    /// Part of the level irradiance that the setting itself takes away (below 1) or adds (above 1).
    pub(crate) room: f64,
}

/// Irradiance that a rectangle (edges over distance) of radiance 1 gives to what faces it, as a disc of the same area does.
fn spread(size: Vec2) -> f32 {
    let area = size.x * size.y;
    area / (1.0 + area / core::f32::consts::PI)
}

/// Sky light of a room, which before a dark ground is more: its corners would be black.
pub(crate) fn room(ground: Ground, zenith: Vec3, horizon: f32, below: f32) -> [Vec3; 3] {
    let bright = if ground == Ground::Light { 1.0 } else { 1.8 };
    [zenith, Vec3::splat(horizon), Vec3::splat(below)].map(|radiance| radiance * bright)
}

/// White, warmer or cooler.
fn tint(warmth: f64) -> Vec3 {
    let warmth = warmth as f32;
    Vec3::new(1.0 + 0.06 * warmth, 1.0, 1.0 - 0.10 * warmth)
}

impl Rig {
    /// Irradiance of a level card where nothing else is about, before exposure: linear Rec. 709.
    fn level(&self) -> Vec3 {
        // A gradient's horizon fills most of the lower sky.
        let sky = (0.55 * self.sky[0] + 0.45 * self.sky[1]) * PI as f32;
        let lamps = self.lamps.iter().map(|l| tint(l.warmth) * (l.strength * libm::sin(l.elevation.to_radians())) as f32);
        sky + lamps.sum::<Vec3>()
    }

    /// Factor of everything.
    fn exposure(&self) -> f32 {
        (LEVEL / self.room) as f32 / (self.level().element_sum() / 3.0)
    }

    /// Makes lamps so wide at least, edges over distance; what they shine on stays as light.
    pub(crate) fn widen(&mut self, least: f64) {
        for lamp in &mut self.lamps {
            lamp.form = match lamp.form {
                Form::Soft(width, height) => Form::Soft(width.max(least), height.max(least)),
                Form::Window(width, height) => Form::Window(width.max(least), height.max(least)),
                Form::Spot(_, radius) if 2.0 * radius < least => Form::Soft(least, least),
                Form::Spot(radii, radius) => Form::Spot(radii, radius),
            };
        }
    }

    /// The material with as much of its chroma as lets it stay pale in this light.
    pub(crate) fn calmed(&self, material: &Material) -> Material {
        let light = self.color();
        let calm = |color: Vec3| muted(color * light, CALM) / light;
        let mut material = material.clone();
        material.base_color = calm(material.base_color);
        if let Some(texture) = &mut material.texture {
            texture.color = calm(texture.color);
        }
        material
    }

    /// The colour of the light that falls on level ground, its mean 1.
    pub(crate) fn color(&self) -> Vec3 {
        let level = self.level();
        level * 3.0 / level.element_sum()
    }

    /// What surrounds the scene.
    pub(crate) fn environment(&self) -> Environment {
        let [zenith, horizon, ground] = self.sky.map(|radiance| radiance * self.exposure());
        Environment::Gradient { zenith, horizon, ground, sun: None }
    }

    /// The lamps about a set.
    pub(crate) fn lights(&self, site: &Site) -> Vec<Light> {
        let distance = DISTANCE * site.radius;
        let lights = |lamp: &Lamp| {
            let eye = site.middle + site.turned(direction(lamp.azimuth, lamp.elevation)) * distance;
            let color = tint(lamp.warmth) * self.exposure() * lamp.strength as f32;
            match lamp.form {
                Form::Soft(width, height) => {
                    let size = Vec2::new(width as f32, height as f32);
                    vec![Light::rect(lamp.name, size * distance, eye, site.middle, color / spread(size))]
                }
                Form::Window(width, height) => {
                    let size = Vec2::new(width as f32, height as f32);
                    let pane = |i: u8| {
                        let side = Vec2::new(f32::from(i & 1) - 0.5, f32::from(i >> 1) - 0.5);
                        let mut pane = Light::rect(
                            format!("{}_{i}", lamp.name),
                            size * distance * (0.5 - BAR),
                            eye,
                            site.middle,
                            color / spread(size) / ((1.0 - 2.0 * BAR) * (1.0 - 2.0 * BAR)),
                        );
                        pane.pose.translation = pane.pose.point((side * size * distance).extend(0.0));
                        pane
                    };
                    (0..4).map(pane).collect()
                }
                Form::Spot(radii, radius) => {
                    let radius = radius as f32;
                    let angle = |radii: f64| libm::atan(radii / f64::from(DISTANCE)) as f32;
                    vec![Light {
                        shape: LightShape::Spot {
                            radius: radius * distance,
                            inner_angle: angle(radii),
                            outer_angle: angle(1.7 * radii),
                        },
                        pose: Pose::looking_at(eye, site.middle),
                        ..Light::rect(lamp.name, Vec2::ONE, eye, site.middle, color / (core::f32::consts::PI * radius * radius))
                    }]
                }
            }
        };
        self.lamps.iter().flat_map(lights).collect()
    }

    /// What was drawn of the first lamp, in round numbers.
    pub(crate) fn describe(&self, into: &mut Map<String, Value>) {
        let round = |x: f64| (x * 1000.0).round() / 1000.0;
        if let Some(key) = self.lamps.first() {
            into.insert("light".into(), json!(key.name));
            into.insert("light_azimuth_deg".into(), json!(round(key.azimuth)));
            into.insert("light_elevation_deg".into(), json!(round(key.elevation)));
            into.insert("light_warmth".into(), json!(round(key.warmth)));
        }
    }
}
