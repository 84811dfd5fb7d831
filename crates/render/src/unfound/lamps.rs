//! What shines on a place, and how large it looks from there.

use std::f32::consts::PI;

use glam::Vec3;
use raytruth_scene::{Environment, Light, LightShape, Panorama, Scene, Sky, Sun};

use super::cast::Surfaces;
use super::scattered;
use crate::geometry::Primitive;
use crate::lights::{cone, luminance};

/// Pixels of a sky that are brighter than its mean by this factor are a lamp of their own.
const BRIGHT: f32 = 64.0;

pub(super) struct Lamp {
    pub(super) name: String,
    /// By luminance.
    radiance: f32,
    form: Form,
}

enum Form {
    Light(Light),
    /// Triangles and balls of an object that shines, the sum of their areas up to and with each, square metres.
    Object(Vec<(f32, Primitive)>),
    /// Far away: where it is, and its steradians.
    Far(Vec3, f32),
}

/// A point of a lamp, as a place sees it.
pub(super) struct Seen {
    pub(super) direction: Vec3,
    /// Up to the lamp, not into it.
    pub(super) distance: f32,
    /// Radiance by luminance times solid angle: irradiance on what faces it.
    pub(super) irradiance: f32,
    /// Of the whole lamp, steradians.
    pub(super) solid_angle: f32,
}

/// All that shines in a frame, but for the sky's even part.
pub(super) fn lamps(scene: &Scene, frame: usize, surfaces: &Surfaces, around: &Around<'_>) -> Vec<Lamp> {
    let lights = scene.lights.iter().map(|light| {
        let radiance = light.power.at(frame) * luminance(light.radiance);
        Lamp { name: light.name.clone(), radiance, form: Form::Light(light.clone()) }
    });
    let objects = scene.objects.iter().enumerate().filter_map(|(i, object)| {
        let material = scene.materials.get(&object.material)?;
        let radiance = material.emission_power.at(frame) * luminance(material.emission);
        let own = surfaces.primitives.iter().filter(|p| p.object() as usize == i);
        let mut sum = 0.0;
        let parts: Vec<(f32, Primitive)> = if radiance > 0.0 {
            own.map(|p| {
                sum += area(p);
                (sum, *p)
            })
            .collect()
        } else {
            Vec::new()
        };
        (sum > 0.0).then(|| Lamp { name: object.name.clone(), radiance, form: Form::Object(parts) })
    });
    let power = scene.environment_power.at(frame);
    let sun = match &scene.environment {
        Environment::Gradient { sun: Some(Sun { direction, irradiance, angular_radius }), .. } => {
            let solid_angle = 2.0 * PI * (1.0 - angular_radius.cos()).max(0.5 * f32::EPSILON);
            let form = Form::Far(direction.normalize(), solid_angle);
            Some(Lamp { name: "the sun".into(), radiance: power * luminance(*irradiance) / solid_angle, form })
        }
        _ => None,
    };
    lights
        .chain(objects)
        .chain(sun)
        .chain(around.bright.map(|(towards, solid_angle, irradiance)| {
            let form = Form::Far(towards, solid_angle);
            Lamp { name: "the sky's bright parts".into(), radiance: power * irradiance / solid_angle, form }
        }))
        .filter(|lamp| lamp.radiance > 0.0)
        .collect()
}

fn area(primitive: &Primitive) -> f32 {
    match *primitive {
        Primitive::Triangle { corners: [a, b, c], .. } => 0.5 * (b - a).cross(c - a).length(),
        Primitive::Sphere { radius, .. } => 4.0 * PI * radius * radius,
    }
}

impl Lamp {
    /// A point of it, another for each `n`. `None` from where it does not shine.
    pub(super) fn seen_from(&self, place: Vec3, n: u32) -> Option<Seen> {
        let [u, v] = scattered(n);
        let (point, projected, whole) = match &self.form {
            Form::Far(direction, solid_angle) => {
                let irradiance = self.radiance * solid_angle;
                return Some(Seen { direction: *direction, distance: f32::INFINITY, irradiance, solid_angle: *solid_angle });
            }
            Form::Light(light) => on_light(light, place, [u, v]),
            Form::Object(parts) => on_object(parts, place, [u, v]),
        };
        let to = point - place;
        let d2 = to.length_squared().max(f32::MIN_POSITIVE);
        // Never more than half of all directions.
        let solid_angle = (projected / d2).min(2.0 * PI);
        let irradiance = self.radiance * solid_angle;
        let seen = Seen { direction: to / d2.sqrt(), distance: 0.999 * d2.sqrt(), irradiance, solid_angle: whole / d2 };
        (irradiance > 0.0).then_some(seen)
    }
}

/// A point of an area light, and its areas as seen from a place: with what it gives in that direction, and all of it.
fn on_light(light: &Light, place: Vec3, [u, v]: [f32; 2]) -> (Vec3, f32, f32) {
    let forward = light.pose.vector(Vec3::NEG_Z);
    let flat = |point: Vec3, area: f32| {
        let point = light.pose.point(point);
        let projected = area * forward.dot((place - point).normalize_or_zero()).max(0.0);
        (point, projected, projected)
    };
    let ball = |radius: f32| (light.pose.translation, PI * radius * radius);
    match light.shape {
        LightShape::Rect { size } => flat(Vec3::new((u - 0.5) * size.x, (v - 0.5) * size.y, 0.0), size.x * size.y),
        LightShape::Disk { radius } => {
            let (r, phi) = (radius * u.sqrt(), 2.0 * PI * v);
            flat(r * Vec3::new(phi.cos(), phi.sin(), 0.0), PI * radius * radius)
        }
        LightShape::Spot { radius, inner_angle, outer_angle } => {
            let [scale, offset] = cone(inner_angle, outer_angle);
            let (point, area) = ball(radius);
            let share = scale.mul_add(forward.dot((place - point).normalize_or_zero()), offset).clamp(0.0, 1.0).powi(2);
            (point, share * area, area)
        }
        LightShape::Sphere { radius } => {
            let (point, area) = ball(radius);
            (point, area, area)
        }
        _ => (Vec3::ZERO, 0.0, 0.0),
    }
}

/// As `on_light`.
fn on_object(parts: &[(f32, Primitive)], place: Vec3, [u, v]: [f32; 2]) -> (Vec3, f32, f32) {
    let all = parts.last().map_or(0.0, |part| part.0);
    let index = parts.partition_point(|part| part.0 < u * all).min(parts.len() - 1);
    let before = if index > 0 { parts[index - 1].0 } else { 0.0 };
    let u = ((u * all - before) / (parts[index].0 - before)).clamp(0.0, 1.0);
    // Of what is closed and round a quarter of the surface is seen.
    let whole = 0.25 * all;
    match parts[index].1 {
        Primitive::Sphere { center, radius, .. } => {
            // The side that is seen.
            let towards = (place - center).normalize_or_zero();
            (center + radius * towards, whole, whole)
        }
        Primitive::Triangle { corners: [a, b, c], .. } => {
            let root = u.sqrt();
            let point = a * (1.0 - root) + b * (root * (1.0 - v)) + c * (root * v);
            let normal = (b - a).cross(c - a).normalize_or_zero();
            (point, all * normal.dot((place - point).normalize_or_zero()).abs(), whole)
        }
    }
}

/// What surrounds the scene.
pub(super) struct Around<'a> {
    sky: Sky<'a>,
    /// Above this a pixel counts to the bright parts.
    bright_from: f32,
    /// Direction, steradians, and irradiance by luminance on what faces them.
    bright: Option<(Vec3, f32, f32)>,
}

impl<'a> Around<'a> {
    pub(super) fn new(scene: &'a Scene) -> Self {
        let sky = Sky::new(scene);
        let (mut bright_from, mut bright) = (f32::INFINITY, None);
        if let Some(picture) = sky.picture() {
            let mean = pixels(picture).map(|(_, l, solid_angle)| l * solid_angle).sum::<f32>() / (4.0 * PI);
            bright_from = BRIGHT * mean;
            let mut sum = (Vec3::ZERO, 0.0, 0.0);
            for (direction, l, solid_angle) in pixels(picture).filter(|p| p.1 > bright_from) {
                sum = (sum.0 + l * solid_angle * direction, sum.1 + solid_angle, sum.2 + l * solid_angle);
            }
            bright = sum.0.try_normalize().map(|direction| (direction, sum.1, sum.2));
        }
        Self { sky, bright_from, bright }
    }

    /// Radiance by luminance, without the sun and the bright parts.
    pub(super) fn radiance(&self, towards: Vec3) -> f32 {
        let l = luminance(self.sky.radiance(towards));
        if l > self.bright_from { 0.0 } else { l }
    }
}

/// Direction, luminance and steradians of each pixel.
fn pixels(picture: &Panorama) -> impl Iterator<Item = (Vec3, f32, f32)> + '_ {
    let [width, height] = picture.size.map(|n| n as f32);
    picture.values.iter().enumerate().map(move |(i, value)| {
        let (x, y) = (i % picture.size[0], i / picture.size[0]);
        let at = glam::Vec2::new((x as f32 + 0.5) / width, (y as f32 + 0.5) / height);
        (picture.towards(at), luminance(*value), picture.solid_angle(y))
    })
}
