//! What glTF has no words for, kept in `extras` under the key `raytruth`, so that our own files come back as they were.

use std::collections::BTreeMap;

use glam::Vec3;
use gltf::json::Extras;
use raytruth_scene::{Animation, Environment, Image, LightShape, Material, Overlay, Portal, Pose, Power, Role, Shape};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Value, json};

/// Of the `scene`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct SceneExtras {
    pub(crate) environment: Environment,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) animation: Option<Animation>,
    /// Images that no PNG of the file holds to the bit, and those that no material shows.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) images: BTreeMap<String, Image>,
    #[serde(default, skip_serializing_if = "Power::is_full")]
    pub(crate) environment_power: Power,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) overlays: Vec<Overlay>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) portals: Vec<Portal>,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(crate) floor: u8,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
const fn is_zero(x: &u8) -> bool {
    *x == 0
}

/// Of a node: one of its fields is set, or none.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct NodeExtras {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) object: Option<ObjectExtras>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) light: Option<LightExtras>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) camera: Option<CameraExtras>,
    /// The environment's sun.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) sun: bool,
    /// A part of what pictures the environment.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) sky: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ObjectExtras {
    pub(crate) id: u16,
    #[serde(default)]
    pub(crate) role: Role,
    #[serde(default, skip_serializing_if = "Shape::is_nothing")]
    pub(crate) shape: Shape,
    /// Of each frame, of what changes: the triangles picture the first that is something.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) shapes: Vec<Shape>,
    /// Bounds of the triangles that picture the shape: while they hold, nobody has edited them.
    pub(crate) bounds: [Vec3; 2],
    /// Whether the triangles are turned for baked images: a mesh of the scene is in the file once more, as it was.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) baked: bool,
    #[serde(flatten)]
    pub(crate) motion: Motion,
}

impl ObjectExtras {
    /// What the triangles picture.
    pub(crate) fn pictured(&self) -> &Shape {
        self.shapes.iter().find(|shape| !shape.is_nothing()).unwrap_or(&self.shape)
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct LightExtras {
    pub(crate) shape: LightShape,
    pub(crate) radiance: Vec3,
    #[serde(default, skip_serializing_if = "Power::is_full")]
    pub(crate) power: Power,
    #[serde(default)]
    pub(crate) visible_to_camera: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct CameraExtras {
    pub(crate) aperture: f32,
    pub(crate) focus_distance: f32,
    #[serde(default)]
    pub(crate) shutter: f32,
    #[serde(flatten)]
    pub(crate) motion: Motion,
}

/// How a track differs from what the animation says.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Motion {
    /// Number of poses of the track, where there is one: a constant track has no keys.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) track: Option<u32>,
    /// The pose that the track hides, where it is another than the track's first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) pose: Option<Pose>,
    /// Whether the node's animated scale says when it is there, and nothing of its size.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) hides: bool,
}

/// Of a mesh that no object uses: its name in the scene.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct MeshExtras {
    pub(crate) mesh: String,
}

/// Of a material.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum MaterialExtras {
    /// The exact original.
    Material(Box<Material>),
    /// Belongs to the picture of an area light, not to the scene.
    Light,
    /// The material of this name, without its images: what has no texture coordinates is made of this.
    Plain(String),
    /// A material of the scene, with its pattern in images over one shape.
    Baked { name: String, material: Box<Material> },
}

/// Ours out of an `extras`: `None` where there is nothing of ours, the reason where it cannot be understood.
pub(crate) fn read<T: DeserializeOwned>(extras: &Extras) -> Result<Option<T>, String> {
    let Some(text) = extras.as_ref().map(|raw| raw.get()).filter(|text| text.contains("\"raytruth\"")) else { return Ok(None) };
    let told = |e: serde_json::Error| e.to_string();
    // Extras may be anything, of anybody.
    let Ok(all) = serde_json::from_str::<BTreeMap<String, &RawValue>>(text) else { return Ok(None) };
    let Some(raw) = all.get("raytruth").filter(|raw| raw.get() != "null") else { return Ok(None) };
    let inner =
        if raw.get().starts_with('"') { serde_json::from_str::<String>(raw.get()).map_err(told)? } else { raw.get().into() };
    serde_json::from_str(&inner).map(Some).map_err(told)
}

/// An `extras` with ours in it, as JSON text: Blender's custom properties, which it makes of extras and writes back, have neither
/// lists of lists nor whole numbers of 32 bits without sign, but keep text as it is.
pub(crate) fn write<T: Serialize>(value: &T) -> Value {
    // Plain data with strings for keys: nothing here can fail.
    json!({ "raytruth": serde_json::to_string(value).unwrap_or_default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extras(text: &str) -> Extras {
        Some(RawValue::from_string(text.into()).expect("JSON"))
    }

    #[test]
    fn ours_is_found_as_text_and_as_an_object_among_others() {
        let motion = Motion { track: Some(3), ..Motion::default() };
        let written = write(&motion).to_string();
        for text in [written.as_str(), r#"{"other": [1], "raytruth": {"track": 3}}"#] {
            assert_eq!(read::<Motion>(&extras(text)).expect("ours").expect("there").track, Some(3), "{text}");
        }
        for text in ["{}", "7", r#"["raytruth"]"#, r#"{"raytruth": null}"#, r#"{"a": "\"raytruth\""}"#] {
            assert!(read::<Motion>(&extras(text)).expect("not ours").is_none(), "{text}");
        }
        assert!(read::<Motion>(&extras(r#"{"raytruth": {"track": "x"}}"#)).is_err());
    }
}
