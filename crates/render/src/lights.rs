//! Lights as the shader reads them.

use std::f32::consts::PI;

use glam::{Vec3, Vec4};
use raytruth_scene::{Light, LightShape, Portal, Pose, Power, Scene, Sky};

const RECT: u32 = 0;
const DISK: u32 = 1;
const SPHERE: u32 = 2;
const PORTAL: u32 = 3;
const VISIBLE: u32 = 256;

/// The part of the choice that does not follow the lights' strength, so that none is ever left out.
const UNIFORM_SHARE: f32 = 0.1;
/// How much of its strength the sky has in the choice where it is seen through portals alone.
const SHUT_OUT: f32 = 0.1;
/// The part of the choice that emitters have whose geometry changes: half of what it would be by their strength, for all paths that choose
/// them are traced anew in every frame, but within these bounds.
const CHANGING_SHARE: std::ops::RangeInclusive<f32> = 1.0 / 32.0..=0.5;

/// Area lights, and how often each kind of light is chosen.
pub(crate) struct Lights {
    /// Four vectors each, see `shaders/shared/lights.wgsl`.
    pub(crate) vectors: Vec<[f32; 4]>,
    pub(crate) emitter_probability: f32,
    /// Where the emitters' part of 0..1 ends.
    pub(crate) emitters_end: f32,
    pub(crate) sky_probability: f32,
    pub(crate) changing_probability: f32,
    /// Where the part ends of emitters whose geometry changes.
    pub(crate) changing_end: f32,
}

impl Lights {
    /// Lights are chosen by the irradiance by luminance that they would cause at `middle`, at every point and in every frame alike.
    /// `emitters` and `sky` (the sun or a picture) give theirs; 0 where there are none. `changing`: strength of emitters whose geometry
    /// changes, if there are any. `groups`: of each light. `portals`: those to choose from as well, after the lights.
    pub(crate) fn new(
        scene: &Scene,
        portals: &[Portal],
        middle: Vec3,
        (emitters, sky): (f32, f32),
        changing: Option<f32>,
        groups: &[u32],
    ) -> Self {
        let openings = openings(scene, portals);
        let all = || scene.lights.iter().chain(&openings);
        let mut strengths: Vec<f32> = all().map(|l| irradiance(l, middle)).collect();
        let sky = if portals.is_empty() { sky } else { SHUT_OUT * sky };
        strengths.extend([emitters, sky]);
        let others: f32 = strengths.iter().sum();
        let changing_probability = match changing {
            None => 0.0,
            Some(_) if others <= 0.0 => 1.0,
            Some(own) => (0.5 * own / (own + others)).clamp(*CHANGING_SHARE.start(), *CHANGING_SHARE.end()),
        };
        let changing = changing.is_some();
        let mut probabilities = probabilities(&strengths);
        probabilities.iter_mut().for_each(|p| *p *= 1.0 - changing_probability);
        let sky_probability = probabilities.pop().unwrap_or_default();
        let emitter_probability = probabilities.pop().unwrap_or_default();

        let mut vectors = Vec::with_capacity(4 * strengths.len());
        let mut sum = 0.0;
        for (i, (light, &p)) in all().zip(&probabilities).enumerate() {
            sum += p;
            let last = sky == 0.0 && emitters == 0.0 && !changing && i + 1 == probabilities.len();
            let axis = |own: Vec3| light.pose.vector(own);
            let (kind, u, v) = match light.shape {
                LightShape::Rect { size } => (
                    if i < scene.lights.len() { RECT } else { PORTAL },
                    axis(Vec3::X) * (0.5 * size.x),
                    (axis(Vec3::Y) * (0.5 * size.y)).extend(size.x * size.y),
                ),
                LightShape::Disk { radius } => {
                    (DISK, axis(Vec3::X) * radius, (axis(Vec3::Y) * radius).extend(PI * radius * radius))
                }
                LightShape::Sphere { radius } => (SPHERE, axis(Vec3::X) * radius, Vec4::W),
                LightShape::Spot { radius, inner_angle, outer_angle } => {
                    let [scale, offset] = cone(inner_angle, outer_angle);
                    (SPHERE, axis(Vec3::X) * radius, (axis(Vec3::Z) * scale).extend(offset))
                }
                _ => continue,
            };
            let kind = kind | if light.visible_to_camera { VISIBLE } else { 0 } | groups.get(i).map_or(0, |group| group << 16);
            vectors.push(light.pose.translation.extend(f32::from_bits(kind)).to_array());
            vectors.push(u.extend(p).to_array());
            vectors.push(v.to_array());
            vectors.push(light.radiance.extend(if last { 1.0 } else { sum }).to_array());
        }
        // The last kind's part ends at 1 to the bit: rounding must leave no gap.
        let emitters_end = if sky == 0.0 && emitters > 0.0 && !changing { 1.0 } else { sum + emitter_probability };
        let changing_end = if sky == 0.0 && changing { 1.0 } else { emitters_end + changing_probability };
        Self { vectors, emitter_probability, emitters_end, sky_probability, changing_probability, changing_end }
    }
}

/// Portals as lights of the mean radiance that is seen through them.
fn openings(scene: &Scene, portals: &[Portal]) -> Vec<Light> {
    let sky = Sky::new(scene);
    let mean = |pose: &Pose| {
        let aside = [Vec3::ZERO, Vec3::X, Vec3::NEG_X, Vec3::Y, Vec3::NEG_Y];
        aside.iter().map(|aside| sky.radiance(pose.vector((Vec3::Z + *aside).normalize()))).sum::<Vec3>() / aside.len() as f32
    };
    let light = |portal: &Portal| Light {
        name: String::new(),
        shape: LightShape::Rect { size: portal.size },
        pose: portal.pose,
        radiance: mean(&portal.pose),
        power: Power::FULL,
        visible_to_camera: false,
    };
    portals.iter().map(light).collect()
}

/// Proportional to the strengths, with a small even share among those that shine at all.
fn probabilities(strengths: &[f32]) -> Vec<f32> {
    let total: f32 = strengths.iter().sum();
    let shining = strengths.iter().filter(|&&s| s > 0.0).count() as f32;
    let share = |s: f32| if s > 0.0 { (1.0 - UNIFORM_SHARE) * s / total + UNIFORM_SHARE / shining } else { 0.0 };
    strengths.iter().map(|&s| share(s)).collect()
}

/// A spot's light at θ from its axis is the square of (scale · cos θ + offset), kept in 0..=1.
pub(crate) fn cone(inner_angle: f32, outer_angle: f32) -> [f32; 2] {
    let (inner, outer) = (inner_angle.cos(), outer_angle.cos());
    // A sharp edge, but no division by zero.
    let scale = 1.0 / (inner - outer).max(1e-4);
    [scale, -outer * scale]
}

/// On a surface at `p` that faces the light. A light that looks away still counts a little: it may shine on something else.
fn irradiance(light: &Light, p: Vec3) -> f32 {
    let to = p - light.pose.translation;
    let d2 = to.length_squared();
    let forward = light.pose.vector(Vec3::NEG_Z);
    let cos = forward.dot(to.normalize_or_zero()).max(0.1);
    let projected = match light.shape {
        LightShape::Rect { size } => size.x * size.y * cos,
        LightShape::Disk { radius } => PI * radius * radius * cos,
        LightShape::Sphere { radius } => PI * radius * radius,
        LightShape::Spot { radius, inner_angle, outer_angle } => {
            let [scale, offset] = cone(inner_angle, outer_angle);
            let share = (scale * forward.dot(to.normalize_or_zero()) + offset).clamp(0.0, 1.0).powi(2);
            PI * radius * radius * share.max(0.1)
        }
        _ => 0.0,
    };
    luminance(light.radiance) * projected / d2.max(projected).max(f32::MIN_POSITIVE)
}

pub(crate) fn luminance(c: Vec3) -> f32 {
    c.dot(Vec3::new(0.2126, 0.7152, 0.0722))
}
