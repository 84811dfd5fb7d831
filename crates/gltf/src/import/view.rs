//! Camera, lights and environment.

use std::f32::consts::{FRAC_PI_2, PI};

use glam::{Vec2, Vec3};
use gltf::json::extensions::scene::khr_lights_punctual::{Light as Punctual, Type};
use gltf::json::validation::Checked;
use raytruth_scene::{Aabb, Camera, Environment, Light, LightShape, Object, Pose, Power, Scene, Shape, Sun};

use super::names::{Names, Warnings};
use crate::extras::LightExtras;
use crate::photometry;

/// Half of the opening of the real sun's disc, radians.
const SUN_RADIUS: f32 = 0.00465;
/// How far from the origin a scene may reach, metres.
const FAR: f32 = 1e6;
/// Vertical field of view where the file has no camera, radians: that of a normal lens.
const FOV: f32 = 0.7;

/// What surrounds a scene whose file says nothing of it, as none but ours does: a soft neutral sky, brightest at the horizon, so that
/// everything has a shape and nothing a tint.
#[must_use]
pub fn default_environment() -> Environment {
    let grey = Vec3::splat;
    Environment::Gradient { zenith: grey(0.5), horizon: grey(0.8), ground: grey(0.25), sun: None }
}

/// Points that all objects lie between at the first frame: the vertices of meshes, of other shapes the corners of their bounds.
fn points(scene: &Scene) -> Vec<Vec3> {
    let of = |(object, pose): (&Object, Pose)| {
        let own = match object.first_shape() {
            Shape::Mesh { mesh } => scene.meshes.get(mesh).map_or_else(Vec::new, |m| m.positions.clone()),
            shape => shape.aabb(&scene.meshes).corners().to_vec(),
        };
        own.into_iter().map(move |p| pose.point(p))
    };
    scene.objects.iter().zip(scene.world_poses(0)).flat_map(of).collect()
}

/// Middle and radius of a ball about points.
fn ball(points: &[Vec3]) -> (Vec3, f32) {
    let all = Aabb::of(points.iter().copied());
    if all.is_empty() { (Vec3::ZERO, 1.0) } else { (all.center(), (0.5 * all.size().length()).max(1e-3)) }
}

/// A camera that has all of the scene's objects in view at its first frame, from the front (−y), a little from the right and above.
/// In a square picture, and so in every wider one, they reach up to the margin.
pub(super) fn framing(scene: &Scene) -> Camera {
    const MARGIN: f32 = 0.9;
    let points = points(scene);
    let (center, radius) = ball(&points);
    let towards = Vec3::new(0.5, -1.0, 0.45).normalize();
    let far = Camera::look_at(center + radius * towards, center, FOV);
    let [right, up] = [Vec3::X, Vec3::Y].map(|axis| far.pose.vector(axis));
    let slope = (0.5 * FOV).tan() * MARGIN;
    let distance = |p: &Vec3| {
        let v = p - center;
        v.dot(towards) + v.dot(right).abs().max(v.dot(up).abs()) / slope
    };
    Camera::look_at(center + points.iter().map(distance).fold(1.1 * radius, f32::max) * towards, center, FOV)
}

/// Two soft boxes for a scene whose file has no light: one from the upper left in front, one from the upper right behind, so that
/// what is dark or smooth has highlights and an outline. Each gives the middle an irradiance of about 2.
pub(super) fn studio(scene: &Scene) -> Vec<Light> {
    let (center, radius) = ball(&points(scene));
    let softbox = |name: &str, towards: Vec3, sides: f32| {
        let (distance, side) = (4.0 * radius, sides * radius);
        Light {
            name: name.into(),
            shape: LightShape::Rect { size: Vec2::splat(side) },
            pose: Camera::look_at(center + distance * towards.normalize(), center, FOV).pose,
            radiance: Vec3::splat(2.0 * (distance / side).powi(2)),
            power: Power::FULL,
            visible_to_camera: false,
        }
    };
    vec![softbox("key", Vec3::new(-0.7, -0.8, 1.0), 2.0), softbox("rim", Vec3::new(0.8, 0.9, 0.9), 1.5)]
}

/// A perspective camera at a pose.
pub(super) fn camera(pose: Pose, yfov: f32) -> Camera {
    Camera { pose, fov_y: yfov, aperture: 0.0, focus_distance: 1.0, shutter: 0.0, track: None }
}

/// Lights found so far.
pub(super) struct Lights {
    /// Of what stands for point and spot lights, metres.
    radius: f32,
    /// Of all intensities.
    scale: f32,
    lights: Vec<Light>,
    names: Names,
    /// Names and what they give.
    suns: Vec<(String, Sun)>,
}

impl Lights {
    pub(super) fn new(radius: f32, scale: f32) -> Self {
        Self { radius, scale, lights: Vec::new(), names: Names::default(), suns: Vec::new() }
    }

    /// One of ours, as it was.
    pub(super) fn restore(&mut self, name: Option<&str>, pose: Pose, exact: LightExtras) {
        let LightExtras { shape, radiance, power, visible_to_camera } = exact;
        let name = self.names.unique(name, "light");
        self.lights.push(Light { name, shape, pose, radiance, power, visible_to_camera });
    }

    /// A punctual light at a pose.
    pub(super) fn add(&mut self, warnings: &mut Warnings, at: &str, name: Option<&str>, pose: Pose, light: &Punctual) {
        let power = (Vec3::from(light.color) * light.intensity * self.scale).max(Vec3::ZERO);
        match light.type_ {
            Checked::Valid(Type::Directional) => {
                let direction = pose.vector(Vec3::Z).normalize();
                let sun = Sun { direction, irradiance: power, angular_radius: SUN_RADIUS };
                self.suns.push((self.names.unique(name, "sun"), sun));
            }
            Checked::Valid(kind) => {
                if light.range.is_some() {
                    warnings.add(format!("{at}: the range of a light is left out; it falls off with the square of the distance"));
                }
                let (radius, radiance) = photometry::sphere_of(power, self.radius);
                let name = self.names.unique(name, "light");
                let shape = match &light.spot {
                    Some(spot) if kind == Type::Spot => {
                        let outer_angle = cone_angle(warnings, at, spot.outer_cone_angle, 1e-3, FRAC_PI_2);
                        let inner_angle = cone_angle(warnings, at, spot.inner_cone_angle, 0.0, outer_angle);
                        LightShape::Spot { radius, inner_angle, outer_angle }
                    }
                    _ => LightShape::Sphere { radius },
                };
                self.lights.push(Light { name, shape, pose, radiance, power: Power::FULL, visible_to_camera: false });
            }
            Checked::Invalid => {}
        }
    }

    /// The sun of ours at a pose: turned since it was written, it shines from there.
    pub(super) fn turn_sun(environment: &mut Environment, pose: Pose) {
        if let Environment::Gradient { sun: Some(sun), .. } = environment {
            let direction = pose.vector(Vec3::Z).normalize();
            if direction.distance(sun.direction.normalize_or_zero()) > 1e-3 {
                sun.direction = direction;
            }
        }
    }

    /// Puts the first directional light into an environment that has no sun yet.
    pub(super) fn shine(&mut self, environment: &mut Environment) {
        if self.suns.is_empty() {
            return;
        }
        if let Environment::Uniform { radiance } = *environment {
            *environment = Environment::Gradient { zenith: radiance, horizon: radiance, ground: radiance, sun: None };
        }
        if let Environment::Gradient { sun: sun @ None, .. } = environment {
            *sun = Some(self.suns.remove(0).1);
        }
    }

    /// All lights around what they light. A scene has one sun: further ones are discs so far away that their light is parallel within
    /// a thousandth.
    pub(super) fn around(self, scene: &Scene) -> Vec<Light> {
        let (center, radius) = ball(&points(scene));
        let distance = (1000.0 * radius).min(0.5 * FAR);
        let distant = self.suns.into_iter().map(|(name, sun)| {
            let (radius, radiance) = photometry::disk_of(sun.irradiance, distance, SUN_RADIUS);
            Light {
                name,
                shape: LightShape::Disk { radius },
                pose: Pose::looking_at(center + distance * sun.direction, center),
                radiance,
                power: Power::FULL,
                visible_to_camera: false,
            }
        });
        let mut lights = self.lights;
        lights.extend(distant);
        lights
    }
}

/// An angle of a spot that a scene may have.
fn cone_angle(warnings: &mut Warnings, at: &str, angle: f32, least: f32, most: f32) -> f32 {
    if !(least..=most).contains(&angle) {
        warnings.add(format!("{at}: an angle {angle} of a spot light is not in {least} to {most} and was moved there"));
    }
    if angle.is_nan() { most } else { angle.clamp(least, most) }
}

/// A field of view that a scene may have.
pub(super) fn fov(warnings: &mut Warnings, at: &str, yfov: f32) -> f32 {
    if yfov > 0.0 && yfov < PI {
        return yfov;
    }
    warnings.add(format!("{at}: a field of view of {yfov} is not between 0 and π; {FOV} is used"));
    FOV
}
