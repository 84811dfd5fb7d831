//! Images to PNG.

use std::collections::BTreeMap;
use std::io::Cursor;

use image::{ImageFormat, RgbaImage};
use raytruth_scene::{Image, Pixels, Scene};
use serde_json::{Value, json};

use super::binary::Binary;
use crate::GltfError;
use crate::picture::{self, Kind};

/// How an image goes on between its texels and beyond its edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    Repeats,
    /// Texels are not blended.
    Sharp,
    /// What is beyond the edge is as at the edge.
    Ends,
}

/// The images of a scene and what is written of them.
pub(super) struct Pictures<'a> {
    scene: &'a Scene,
    /// Index of the texture, and of its image, by name and use. Display colours are the same bytes for whatever use.
    by_use: BTreeMap<(&'a str, Option<Kind>), usize>,
    pub(super) textures: Vec<Value>,
    pub(super) images: Vec<Value>,
    pub(super) samplers: Vec<Value>,
}

impl<'a> Pictures<'a> {
    pub(super) fn new(scene: &'a Scene) -> Self {
        Self { scene, by_use: BTreeMap::new(), textures: Vec::new(), images: Vec::new(), samplers: Vec::new() }
    }

    /// Index of the texture that shows an image.
    ///
    /// # Errors
    /// [`GltfError::Format`] where it cannot be written.
    pub(super) fn texture(&mut self, binary: &mut Binary, name: &str, kind: Kind) -> Result<usize, GltfError> {
        let lost = || GltfError::Format { message: format!("there is no image {name:?}") };
        let (name, image) = self.scene.images.get_key_value(name).ok_or_else(lost)?;
        let key = (name.as_str(), (!is_display(image)).then_some(kind));
        if let Some(&index) = self.by_use.get(&key) {
            return Ok(index);
        }
        let source = self.image(binary, name, &png(image, kind)?);
        self.textures.push(json!({ "source": source }));
        self.by_use.insert(key, self.textures.len() - 1);
        Ok(self.textures.len() - 1)
    }

    /// Index of the texture of an image that the scene does not have, of display values or numbers in eight bits.
    ///
    /// # Errors
    /// [`GltfError::Format`] where it cannot be written.
    pub(super) fn baked(&mut self, binary: &mut Binary, name: &str, image: &Image, edge: Edge) -> Result<usize, GltfError> {
        let source = self.image(binary, name, &png(image, Kind::Numbers)?);
        let sampler = match edge {
            Edge::Repeats => None,
            // NEAREST, NEAREST_MIPMAP_LINEAR: Blender blends none of the texels, viewers only far away.
            Edge::Sharp => Some(json!({ "magFilter": 9728, "minFilter": 9986 })),
            // CLAMP_TO_EDGE.
            Edge::Ends => Some(json!({ "wrapS": 33071, "wrapT": 33071 })),
        };
        let mut texture = json!({ "source": source });
        if let Some(sampler) = sampler {
            let known = self.samplers.iter().position(|s| *s == sampler);
            texture["sampler"] = known.unwrap_or(self.samplers.len()).into();
            if known.is_none() {
                self.samplers.push(sampler);
            }
        }
        self.textures.push(texture);
        Ok(self.textures.len() - 1)
    }

    /// Index of an image of eight bits that no texture shows.
    ///
    /// # Errors
    /// As [`Self::baked`].
    pub(super) fn bare(&mut self, binary: &mut Binary, name: &str, image: &Image) -> Result<usize, GltfError> {
        Ok(self.image(binary, name, &png(image, Kind::Numbers)?))
    }

    /// Index of an image.
    fn image(&mut self, binary: &mut Binary, name: &str, png: &[u8]) -> usize {
        let view = binary.file(png);
        self.images.push(json!({ "name": name, "mimeType": "image/png", "bufferView": view }));
        self.images.len() - 1
    }

    /// What no PNG of the file holds to the bit.
    pub(super) fn kept(&self) -> BTreeMap<String, Image> {
        let written = |name: &str| self.by_use.contains_key(&(name, None));
        let kept = self.scene.images.iter().filter(|(name, _)| !written(name));
        kept.map(|(name, image)| (name.clone(), image.clone().embedded())).collect()
    }
}

fn is_display(image: &Image) -> bool {
    matches!(image.pixels(), Pixels::Srgb8(_))
}

fn png(image: &Image, kind: Kind) -> Result<Vec<u8>, GltfError> {
    let bad = |why: String| GltfError::Format { message: format!("an image cannot be written as PNG: {why}") };
    let [width, height] = image.size();
    let bytes = picture::bytes(image, kind).into_flattened();
    let pixels = RgbaImage::from_raw(width, height, bytes).ok_or_else(|| bad("its size is wrong".into()))?;
    let mut out = Cursor::new(Vec::new());
    pixels.write_to(&mut out, ImageFormat::Png).map_err(|e| bad(e.to_string()))?;
    Ok(out.into_inner())
}
