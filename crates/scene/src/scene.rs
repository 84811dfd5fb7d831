use std::collections::BTreeMap;

use glam::Vec3;
use serde::{Deserialize, Serialize};

use crate::{Camera, Environment, Image, Light, Material, Mesh, Object, Overlay, Portal, Power};

/// Version of the JSON form. A reader takes older ones too, whose fields mean the same, and refuses newer ones.
pub const FORMAT_VERSION: u32 = 2;

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
    /// Part of the environment's radiance that arrives, frame by frame.
    #[serde(default, skip_serializing_if = "Power::is_full")]
    pub environment_power: Power,
    /// Area lights.
    #[serde(default)]
    pub lights: Vec<Light>,
    /// Openings through which what surrounds the scene is seen from inside.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub portals: Vec<Portal>,
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
    /// What is laid over the finished picture, the later over the earlier.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overlays: Vec<Overlay>,
    /// Display value of black, in 0..=8 of 255: the finished picture is raised to it evenly, so that white stays white. Video codecs
    /// lose what is darker than 3.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub floor: u8,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
const fn is_zero(x: &u8) -> bool {
    *x == 0
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
            environment_power: Power::FULL,
            lights: Vec::new(),
            portals: Vec::new(),
            materials: BTreeMap::new(),
            images: BTreeMap::new(),
            meshes: BTreeMap::new(),
            objects: Vec::new(),
            overlays: Vec::new(),
            floor: 0,
        }
    }
}
