//! Materials and things that several of these tests use.

use std::f32::consts::FRAC_PI_2;

use glam::{Quat, Vec2, Vec3};
use raytruth_scene::{Absorption, Light, LightShape, Material, Object, Pose, Power, Role, Shape};

use super::object;

/// Without a highlight, whatever is around.
pub(super) fn lambert(albedo: f32) -> Material {
    Material { base_color: Vec3::splat(albedo), roughness: 1.0, specular: 0.0, ..Material::default() }
}

pub(super) fn glass(ior: f32) -> Material {
    Material { base_color: Vec3::ONE, roughness: 0.0, transmission: 1.0, ior, ..Material::default() }
}

pub(super) fn filled(ior: f32, left_after_a_metre: Vec3) -> Material {
    Material { absorption: Some(Absorption { color: left_after_a_metre, distance: 1.0 }), ..glass(ior) }
}

pub(super) fn pane(ior: f32) -> Material {
    Material { thin: true, ..glass(ior) }
}

pub(super) fn ball(id: u16, radius: f32, material: &str) -> Object {
    object(id, Shape::Sphere { radius }, material, Pose::IDENTITY)
}

/// Around everything; it is not what the lights are chosen for.
pub(super) fn around(material: &str) -> Object {
    Object { role: Role::Backdrop, ..ball(90, 8.0, material) }
}

/// A square across the view along y.
pub(super) fn across(id: u16, material: &str, size: f32, y: f32) -> Object {
    let pose = Pose::new(Vec3::Y * y, Quat::from_rotation_x(FRAC_PI_2));
    object(id, Shape::Plane { size: Vec2::splat(size) }, material, pose)
}

pub(super) fn lamp(shape: LightShape, pose: Pose, radiance: f32) -> Light {
    let radiance = Vec3::splat(radiance);
    Light { name: "lamp".into(), shape, pose, radiance, power: Power::FULL, visible_to_camera: false }
}
