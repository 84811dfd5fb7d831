use std::collections::BTreeMap;

use glam::Vec3;
use serde::{Deserialize, Serialize};

use crate::{Camera, Environment, Image, Light, Material, Mesh, Object};

/// Version of the JSON form. A reader refuses others.
pub const FORMAT_VERSION: u32 = 1;

/// The world: what there is, how it looks, and where everything is at each frame.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scene {
    /// [`FORMAT_VERSION`].
    pub format_version: u32,
    /// How long it lasts; a still picture where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub animation: Option<Animation>,
    /// Who looks.
    pub camera: Camera,
    /// What surrounds it.
    pub environment: Environment,
    /// Area lights.
    #[serde(default)]
    pub lights: Vec<Light>,
    /// Materials by name.
    #[serde(default)]
    pub materials: BTreeMap<String, Material>,
    /// Pictures by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub images: BTreeMap<String, Image>,
    /// Triangle meshes by name.
    #[serde(default)]
    pub meshes: BTreeMap<String, Mesh>,
    /// What stands in it.
    #[serde(default)]
    pub objects: Vec<Object>,
}

/// Length and rate of a clip.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Animation {
    /// At least 1.
    pub frames: u32,
    /// Frames per second, at least 1.
    pub fps: u32,
}

impl Scene {
    /// An empty scene under an even grey sky.
    #[must_use]
    pub fn new(camera: Camera) -> Self {
        Self {
            format_version: FORMAT_VERSION,
            animation: None,
            camera,
            environment: Environment::Uniform { radiance: Vec3::splat(0.5) },
            lights: Vec::new(),
            materials: BTreeMap::new(),
            images: BTreeMap::new(),
            meshes: BTreeMap::new(),
            objects: Vec::new(),
        }
    }
}
