//! Objects whose pattern is baked into images.

use raytruth_scene::{Mesh, Object, Shape};
use serde_json::json;

use super::image::Edge;
use super::{Writer, material};
use crate::GltfError;
use crate::appearance::Appearance;
use crate::bake::{self, Baked};

impl<'a> Writer<'a> {
    /// Index of the mesh of a shape over which its material's pattern is baked. `None` where there is no pattern, and where images of
    /// the material already lie over the mesh: a reader shows one of them.
    ///
    /// # Errors
    /// As [`super::to_glb_bytes`].
    pub(super) fn baked(&mut self, object: &'a Object, shape: &'a Shape) -> Result<Option<usize>, GltfError> {
        let (scene, name) = (self.scene, object.material.as_str());
        let material = &scene.materials[name];
        if material.texture.is_none() || self.is_laid(name, shape) {
            return Ok(None);
        }
        // Shapes are plain data, so their text tells them apart.
        let key = (name, serde_json::to_string(shape).unwrap_or_default());
        if let Some(known) = self.baked.get(&key) {
            return Ok(*known);
        }
        let made;
        let mesh: &Mesh = match shape {
            Shape::Mesh { mesh } => &scene.meshes[mesh],
            _ => {
                made = shape.tessellate(self.options.segments).unwrap_or_default();
                &made
            }
        };
        let form = self.made_of.get(name).copied().unwrap_or((1.0, false));
        let tint = |color| Appearance::tinted(material, color);
        let index = match bake::bake(mesh, material, tint, self.options.texels) {
            Some(baked) => Some(self.dressed(object, form, &baked)?),
            None => None,
        };
        self.baked.insert(key, index);
        Ok(index)
    }

    /// Index of a baked mesh, with a material of its own.
    fn dressed(&mut self, object: &'a Object, form: (f32, bool), baked: &Baked) -> Result<usize, GltfError> {
        let exact = &self.scene.materials[&object.material];
        let edge = if baked.sharp { Edge::Sharp } else { Edge::Repeats };
        let name = format!("{} on {}", object.material, object.name);
        let mut json = material::baked(&name, &object.material, exact, form, baked.roughness.is_some(), &mut self.used);
        let color = self.pictures.baked(&mut self.binary, &format!("{name}, colour"), &baked.color, edge)?;
        json["pbrMetallicRoughness"]["baseColorTexture"] = json!({ "index": color });
        if let Some(roughness) = &baked.roughness {
            let index = self.pictures.baked(&mut self.binary, &format!("{name}, roughness"), roughness, edge)?;
            json["pbrMetallicRoughness"]["metallicRoughnessTexture"] = json!({ "index": index });
        }
        self.materials.push(json);
        Ok(self.meshes.parts(&mut self.binary, &object.name, &[(&baked.mesh, self.materials.len() - 1)]))
    }
}
