//! A material's textures: to images over the surface, or to their mean where nothing here can vary over it.

use glam::{Vec3, Vec4};
use gltf::json::material::AlphaMode;
use gltf::json::validation::Checked;
use gltf::json::{self, Root};
use raytruth_scene::Maps;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::dress::Dress;
use super::image::{Images, Mean};
use super::names::Warnings;
use super::texture::Use;
use crate::picture::Kind;

/// One material's textures.
pub(super) struct Dressing<'d, 'i> {
    pub(super) root: &'d Root,
    pub(super) images: &'d mut Images<'i>,
    pub(super) warnings: &'d mut Warnings,
    /// The material, for warnings.
    pub(super) at: &'d str,
    /// How those that are shown lie.
    pub(super) dress: Dress,
}

/// Factors for textures that are not shown.
pub(super) struct Means {
    pub(super) base_color: Vec3,
    pub(super) metallic: f32,
    pub(super) roughness: f32,
    pub(super) emission: Vec3,
    pub(super) alpha: f32,
}

const ONE: Mean = Mean { raw: Vec4::ONE, linear: Vec3::ONE };

impl Dressing<'_, '_> {
    pub(super) fn warn(&mut self, text: &str) {
        self.warnings.add(format!("{}: {text}", self.at));
    }

    /// The images of a material. A surface has one set of coordinates, so all lie as the first does; others count by their mean.
    pub(super) fn maps(&mut self, m: &json::Material) -> (Maps, Means) {
        let (root, pbr) = (self.root, &m.pbr_metallic_roughness);
        let mut maps = Maps::default();
        let mut means = Means { base_color: Vec3::ONE, metallic: 1.0, roughness: 1.0, emission: Vec3::ONE, alpha: 1.0 };
        if let Some(info) = &pbr.base_color_texture {
            let texture = Use::of(root, info);
            match self.show(&texture, Kind::Color, "base colour") {
                Ok(name) => {
                    maps.opacity = (m.alpha_mode != Checked::Valid(AlphaMode::Opaque)).then(|| name.clone());
                    maps.base_color = Some(name);
                }
                Err(mean) => (means.base_color, means.alpha) = (mean.linear, mean.raw.w),
            }
        }
        if let Some(info) = &pbr.metallic_roughness_texture {
            match self.show(&Use::of(root, info), Kind::Numbers, "metallic and roughness") {
                Ok(name) => maps.metallic_roughness = Some(name),
                Err(mean) => (means.roughness, means.metallic) = (mean.raw.y, mean.raw.z),
            }
        }
        // Where it cannot be shown, the mean normal is that of the surface.
        if let Some(normal) = &m.normal_texture
            && let Ok(name) = self.show(&Use::normal(root, normal), Kind::Numbers, "normal")
        {
            (maps.normal, maps.normal_scale) = (Some(name), normal.scale);
        }
        if let Some(info) = &m.emissive_texture {
            match self.show(&Use::of(root, info), Kind::Color, "emission") {
                Ok(name) => maps.emission = Some(name),
                Err(mean) => means.emission = mean.linear,
            }
        }
        (maps, means)
    }

    /// Name of the image that a texture shows; what stands for it where it cannot be shown.
    fn show(&mut self, texture: &Use, kind: Kind, what: &str) -> Result<String, Mean> {
        let fits = match &texture.layout {
            Ok(layout) if self.dress.images && *layout != self.dress.layout => {
                Err("its image lies differently over the surface than the material's first".to_owned())
            }
            other => other.clone(),
        };
        let layout = match fits {
            Ok(layout) => layout,
            Err(message) => {
                self.warn(&format!("{what}: {message}; its mean stands for it"));
                return Err(self.quiet_mean(texture, what));
            }
        };
        match self.images.show(self.warnings, texture.image, kind) {
            Ok(name) => {
                self.dress = Dress { images: true, layout, bounded: self.dress.bounded || texture.bounded };
                Ok(name)
            }
            Err(message) => {
                self.warn(&format!("{what}: its image is left out: {message}"));
                Err(ONE)
            }
        }
    }

    /// What stands for the image of a texture that nothing here can show; 1 where it cannot be read.
    pub(super) fn mean(&mut self, texture: &Use, what: &str) -> Mean {
        self.warn(&format!("{what}: it cannot vary over the surface; the mean of its image stands for it"));
        self.quiet_mean(texture, what)
    }

    /// The same where it has been told.
    pub(super) fn quiet_mean(&mut self, texture: &Use, what: &str) -> Mean {
        self.images.mean(texture.image).unwrap_or_else(|message| {
            self.warn(&format!("{what}: its image is left out: {message}"));
            ONE
        })
    }

    fn mean_of(&mut self, texture: Option<TextureInfo>, what: &str) -> Vec4 {
        let root = self.root;
        texture.map_or(Vec4::ONE, |t| self.mean(&Use::new(root, t.index, 0, None), what).raw)
    }

    /// An extension that the library does not know.
    fn parse<T: for<'a> Deserialize<'a>>(&mut self, name: &str, extensions: &Map<String, Value>) -> Option<T> {
        T::deserialize(extensions.get(name)?).map_err(|e| self.warn(&format!("{name} is left out: {e}"))).ok()
    }
}

#[derive(Clone, Copy, Deserialize)]
struct TextureInfo {
    index: usize,
}

/// `KHR_materials_clearcoat`.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Clearcoat {
    clearcoat_factor: f32,
    clearcoat_texture: Option<TextureInfo>,
    clearcoat_roughness_factor: f32,
    clearcoat_roughness_texture: Option<TextureInfo>,
    clearcoat_normal_texture: Option<TextureInfo>,
}

/// Weight and roughness of the coat.
pub(super) fn coat(d: &mut Dressing<'_, '_>, extensions: &Map<String, Value>) -> (f32, f32) {
    let Some(coat) = d.parse::<Clearcoat>("KHR_materials_clearcoat", extensions) else { return (0.0, 0.0) };
    let weight = coat.clearcoat_factor * d.mean_of(coat.clearcoat_texture, "clearcoat").x;
    let roughness = coat.clearcoat_roughness_factor * d.mean_of(coat.clearcoat_roughness_texture, "clearcoat roughness").y;
    if coat.clearcoat_normal_texture.is_some() {
        d.warn("the normal texture of its clearcoat is left out");
    }
    (weight, roughness)
}

/// `KHR_materials_specular`.
#[derive(Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Specular {
    specular_factor: f32,
    specular_texture: Option<TextureInfo>,
    specular_color_factor: Vec3,
    specular_color_texture: Option<TextureInfo>,
}

impl Default for Specular {
    fn default() -> Self {
        Self { specular_factor: 1.0, specular_texture: None, specular_color_factor: Vec3::ONE, specular_color_texture: None }
    }
}

/// Weight of the dielectric's reflection.
pub(super) fn specular(d: &mut Dressing<'_, '_>, extensions: &Map<String, Value>) -> f32 {
    let Some(specular) = d.parse::<Specular>("KHR_materials_specular", extensions) else { return 1.0 };
    if specular.specular_color_factor != Vec3::ONE || specular.specular_color_texture.is_some() {
        d.warn("the colour of its reflection is left out; what is not metal reflects white");
    }
    specular.specular_factor * d.mean_of(specular.specular_texture, "specular").w
}

/// `KHR_materials_dispersion`.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Dispersion {
    dispersion: f32,
}

/// 20 / Abbe number.
pub(super) fn dispersion(d: &mut Dressing<'_, '_>, extensions: &Map<String, Value>) -> f32 {
    d.parse::<Dispersion>("KHR_materials_dispersion", extensions).unwrap_or_default().dispersion
}
