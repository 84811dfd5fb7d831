//! The world as plain data: shapes, materials, lights, environment, camera, and what of them changes over time.
//!
//! No GPU, no physics. A [`Scene`] is what a task hands to the renderer, and what `raytruth render` reads from JSON.
//!
//! # Conventions
//!
//! * Lengths in metres, angles in radians, time in frames of the clip.
//! * Right-handed, **z up**, as in Blender. Ground is usually the plane z = 0.
//! * Quaternions are `[x, y, z, w]` with `w` last; vectors are `[x, y, z]`.
//! * Colours are linear Rec. 709 (linear sRGB) reflectances or radiances as `[r, g, b]`; [`srgb`] turns a display colour into one.
//! * Cameras, rectangular and round lights look along their local −z, with +y up.
//!
//! # The JSON form
//!
//! Every field with its unit, range and default is in the crate's README. [`Scene::load`] and [`Scene::from_json`] give back only
//! scenes that pass [`Scene::validate`].

#![forbid(unsafe_code)]

mod aabb;
mod camera;
mod changes;
mod curve;
mod environment;
mod forms;
mod image;
mod json;
mod light;
mod material;
mod mesh;
mod metal;
mod object;
mod overlay;
mod portal;
mod pose;
mod power;
mod resolve;
mod scene;
mod shape;
mod sky;
mod tessellate;
mod validate;

pub use aabb::Aabb;
pub use camera::Camera;
pub use changes::{Change, Changes};
pub use curve::Curve;
pub use environment::{Environment, Sun};
pub use forms::{Form, Forms};
pub use image::{Image, Pixels};
pub use json::SceneError;
pub use light::{Light, LightShape};
pub use material::{Absorption, Maps, Material, Pattern, Texture, srgb};
pub use mesh::Mesh;
pub use metal::Metal;
pub use object::{Object, Role, Track};
pub use overlay::{Mark, MarkForm, Overlay, Painted};
pub use portal::Portal;
pub use pose::Pose;
pub use power::Power;
pub use scene::{Animation, FORMAT_VERSION, Scene};
pub use shape::Shape;
pub use sky::{Panorama, Sky};
pub use validate::{Invalid, Violation};

/// Compiles the README's example.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
