//! Lights as the shader reads them.

use glam::Vec3;
use raytruth_scene::{Aabb, Environment, Light, LightShape, Scene};

use crate::frame_params::FrameParams;

const RECT: u32 = 0;
const DISK: u32 = 1;
const SPHERE: u32 = 2;
const VISIBLE: u32 = 256;

/// The part of the choice that does not follow the lights' strength, so that none is ever left out.
const UNIFORM_SHARE: f32 = 0.1;

/// Four vectors a light (see `shaders/shared/lights.wgsl`), and the probability of choosing the sun.
///
/// Lights are chosen by the irradiance they would cause in the middle of `focus`, at every point and in every frame alike.
pub(crate) fn vectors(scene: &Scene, focus: &Aabb) -> (Vec<[f32; 4]>, f32) {
    let middle = if focus.is_empty() { Vec3::ZERO } else { focus.center() };
    let mut strengths: Vec<f32> = scene.lights.iter().map(|l| irradiance(l, middle)).collect();
    let sun = sun(&scene.environment).map_or(0.0, |s| luminance(s.irradiance));
    strengths.push(sun);
    let probabilities = probabilities(&strengths);

    let mut out = Vec::with_capacity(4 * scene.lights.len());
    let mut sum = 0.0;
    for (light, &p) in scene.lights.iter().zip(&probabilities) {
        sum += p;
        // Rounding must not leave a gap below 1 that no light fills.
        let last = sun == 0.0 && out.len() == 4 * (scene.lights.len() - 1);
        let (kind, half_u, half_v, area) = match light.shape {
            LightShape::Rect { size } => (RECT, 0.5 * size.x, 0.5 * size.y, size.x * size.y),
            LightShape::Disk { radius } => (DISK, radius, radius, std::f32::consts::PI * radius * radius),
            LightShape::Sphere { radius } => (SPHERE, radius, radius, 4.0 * std::f32::consts::PI * radius * radius),
            _ => continue,
        };
        let kind = kind | if light.visible_to_camera { VISIBLE } else { 0 };
        let u = light.pose.vector(Vec3::X) * half_u;
        let v = light.pose.vector(Vec3::Y) * half_v;
        out.push(light.pose.translation.extend(f32::from_bits(kind)).to_array());
        out.push(u.extend(p).to_array());
        out.push(v.extend(area).to_array());
        out.push(light.radiance.extend(if last { 2.0 } else { sum }).to_array());
    }
    (out, probabilities[scene.lights.len()])
}

/// Proportional to the strengths, with a small even share among those that shine at all.
fn probabilities(strengths: &[f32]) -> Vec<f32> {
    let total: f32 = strengths.iter().sum();
    let shining = strengths.iter().filter(|&&s| s > 0.0).count() as f32;
    let share = |s: f32| if s > 0.0 { (1.0 - UNIFORM_SHARE) * s / total + UNIFORM_SHARE / shining } else { 0.0 };
    strengths.iter().map(|&s| share(s)).collect()
}

/// On a surface at `p` that faces the light. A light that looks away still counts a little: it may shine on something else.
fn irradiance(light: &Light, p: Vec3) -> f32 {
    let to = p - light.pose.translation;
    let d2 = to.length_squared();
    let forward = light.pose.vector(Vec3::NEG_Z);
    let cos = forward.dot(to.normalize_or_zero()).max(0.1);
    let projected = match light.shape {
        LightShape::Rect { size } => size.x * size.y * cos,
        LightShape::Disk { radius } => std::f32::consts::PI * radius * radius * cos,
        LightShape::Sphere { radius } => std::f32::consts::PI * radius * radius,
        _ => 0.0,
    };
    luminance(light.radiance) * projected / d2.max(projected).max(f32::MIN_POSITIVE)
}

fn sun(environment: &Environment) -> Option<&raytruth_scene::Sun> {
    match environment {
        Environment::Gradient { sun, .. } => sun.as_ref().filter(|s| s.irradiance.max_element() > 0.0 && s.angular_radius > 0.0),
        _ => None,
    }
}

/// Fills in what surrounds the scene.
pub(crate) fn environment(environment: &Environment, params: &mut FrameParams) {
    let (zenith, horizon, ground) = match environment {
        Environment::Uniform { radiance } => (*radiance, *radiance, *radiance),
        Environment::Gradient { zenith, horizon, ground, .. } => (*zenith, *horizon, *ground),
        _ => (Vec3::ZERO, Vec3::ZERO, Vec3::ZERO),
    };
    params.env_zenith = zenith.extend(0.0).to_array();
    params.env_horizon = horizon.extend(0.0).to_array();
    params.env_ground = ground.extend(0.0).to_array();
    if let Some(sun) = sun(environment) {
        // The disc's projected solid angle, pi sin², carries the irradiance.
        // Through the rounded cosine, which the shader has to use, so that both agree on the disc's size.
        let cos = sun.angular_radius.cos().min(1.0 - f32::EPSILON);
        let projected = std::f32::consts::PI * (1.0 - cos) * (1.0 + cos);
        params.sun_direction = sun.direction.normalize().extend(cos).to_array();
        params.sun_radiance = (sun.irradiance / projected).extend(0.0).to_array();
    }
}

fn luminance(c: Vec3) -> f32 {
    c.dot(Vec3::new(0.2126, 0.7152, 0.0722))
}
