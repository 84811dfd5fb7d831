//! Textures: which image, where on the surface, and how it goes on beyond its edge.

use std::f32::consts::TAU;

use glam::Vec2;
use gltf::json::texture::{Info, WrappingMode};
use gltf::json::validation::Checked;
use gltf::json::{Root, material};
use serde::Deserialize;
use serde_json::{Map, Value};

/// Coordinates to an image: the set of the mesh, and `KHR_texture_transform`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Layout {
    pub(super) set: u32,
    transform: Transform,
}

#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Transform {
    offset: Vec2,
    rotation: f32,
    scale: Vec2,
    tex_coord: Option<u32>,
}

impl Default for Transform {
    fn default() -> Self {
        Self { offset: Vec2::ZERO, rotation: 0.0, scale: Vec2::ONE, tex_coord: None }
    }
}

impl Layout {
    fn new(set: u32, extensions: Option<&Map<String, Value>>) -> Result<Self, String> {
        let Some(value) = extensions.and_then(|e| e.get("KHR_texture_transform")) else {
            return Ok(Self { set, ..Self::default() });
        };
        let told = Transform::deserialize(value).map_err(|e| format!("KHR_texture_transform: {e}"))?;
        let Transform { offset, rotation, scale, tex_coord } = told;
        if !(offset.is_finite() && scale.is_finite() && rotation.is_finite()) {
            return Err("KHR_texture_transform: a number is none".into());
        }
        let transform = Transform { offset, rotation: rotation % TAU, scale, tex_coord: None };
        Ok(Self { set: tex_coord.unwrap_or(set), transform })
    }

    /// Whether it leaves coordinates as they are.
    pub(super) fn is_plain(&self) -> bool {
        self.transform == Transform::default()
    }

    /// Scales, then turns counter-clockwise as one sees the image, whose second coordinate points down, then shifts. The sample code
    /// of the specification turns the other way; its words, its sample models and all viewers turn this way.
    pub(super) fn apply(&self, at: Vec2) -> Vec2 {
        let Transform { offset, rotation, scale, .. } = self.transform;
        offset + Vec2::from_angle(-rotation).rotate(scale * at)
    }

    /// Tells layouts apart.
    pub(super) fn bits(&self) -> [u32; 6] {
        let Transform { offset, rotation, scale, .. } = self.transform;
        [self.set, offset.x.to_bits(), offset.y.to_bits(), rotation.to_bits(), scale.x.to_bits(), scale.y.to_bits()]
    }
}

/// A material's use of a texture.
#[derive(Clone, Debug)]
pub(super) struct Use {
    /// Out of range where the texture has no image that is understood.
    pub(super) image: usize,
    pub(super) layout: Result<Layout, String>,
    /// Whether it ends or turns back at the image's edge instead of repeating.
    pub(super) bounded: bool,
}

impl Use {
    pub(super) fn of(root: &Root, info: &Info) -> Self {
        Self::new(root, info.index.value(), info.tex_coord, info.extensions.as_ref().map(|e| &e.others))
    }

    pub(super) fn normal(root: &Root, normal: &material::NormalTexture) -> Self {
        Self::new(root, normal.index.value(), normal.tex_coord, normal.extensions.as_ref().map(|e| &e.others))
    }

    pub(super) fn new(root: &Root, texture: usize, set: u32, extensions: Option<&Map<String, Value>>) -> Self {
        let json = root.textures.get(texture);
        let sampler = json.and_then(|t| t.sampler).and_then(|s| root.samplers.get(s.value()));
        let bounded = |wrap: &Checked<WrappingMode>| !matches!(wrap, Checked::Valid(WrappingMode::Repeat));
        Self {
            image: json.map_or(usize::MAX, |t| t.source.value()),
            layout: Layout::new(set, extensions),
            bounded: sampler.is_some_and(|s| bounded(&s.wrap_s) || bounded(&s.wrap_t)),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn coordinates_are_scaled_then_turned_then_shifted() {
        let told = json!({ "KHR_texture_transform": {
            "offset": [0.1, 0.2], "rotation": std::f32::consts::FRAC_PI_2, "scale": [2, 3], "texCoord": 1
        } });
        let layout = Layout::new(0, told.as_object()).expect("good");
        assert_eq!(layout.set, 1);
        // By hand: (1, 0) is scaled to (2, 0); a quarter turn counter-clockwise on the screen goes from right to up, (0, −2).
        assert!(layout.apply(Vec2::X).distance(Vec2::new(0.1, -1.8)) < 1e-6, "{}", layout.apply(Vec2::X));
        // (0, 1), down, is scaled to (0, 3) and turned to the right.
        assert!(layout.apply(Vec2::Y).distance(Vec2::new(3.1, 0.2)) < 1e-6, "{}", layout.apply(Vec2::Y));
        for bad in [json!({ "KHR_texture_transform": { "scale": 2 } }), json!({ "KHR_texture_transform": 7 })] {
            assert!(Layout::new(0, bad.as_object()).is_err(), "{bad}");
        }
        assert!(Layout::new(0, json!({ "KHR_texture_transform": {} }).as_object()).expect("good").is_plain());
    }
}
