//! Materials.

use glam::Vec3;
use gltf::json;
use gltf::json::Root;
use gltf::json::validation::Checked;
use raytruth_scene::{Absorption, Material};
use serde::Deserialize;

use super::names::{Names, Warnings};
use super::source::Source;
use super::texture::Textures;
use crate::appearance::Appearance;
use crate::extras::{self, MaterialExtras};

/// The brightest radiance that a scene may have.
const BRIGHT: f32 = 1e9;

/// `KHR_materials_clearcoat`, which the library does not know.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Clearcoat {
    clearcoat_factor: f32,
    clearcoat_texture: Option<TextureIndex>,
    clearcoat_roughness_factor: f32,
    clearcoat_roughness_texture: Option<TextureIndex>,
    clearcoat_normal_texture: Option<TextureIndex>,
}

#[derive(Clone, Copy, Deserialize)]
struct TextureIndex {
    index: usize,
}

/// All materials of a file, each with a unique name; `None` for those that only picture a light of ours.
pub(super) fn read(source: &Source<'_>, warnings: &mut Warnings) -> Vec<Option<(String, Material)>> {
    let mut names = Names::default();
    let mut textures = Textures::new(source);
    let one = |(i, m): (usize, &json::Material)| {
        let at = format!("materials[{i}]{}", m.name.as_ref().map_or_else(String::new, |n| format!(" {n:?}")));
        let ours = extras::read::<MaterialExtras>(&m.extras).unwrap_or_else(|e| {
            warnings.add(format!("{at}: its extras can not be read: {e}"));
            None
        });
        let ours = match ours {
            Some(MaterialExtras::Light) => return None,
            Some(MaterialExtras::Material(material)) => Some(*material),
            None => None,
        };
        let seen = appearance(source, &mut textures, warnings, &at, m);
        let material = match ours {
            Some(exact) if Appearance::of(&exact, 1.0).same(&seen) => exact,
            Some(_) => {
                warnings.add(format!("{at} was edited since raytruth wrote it; its exact original in the extras is not used"));
                seen.material()
            }
            None => seen.material(),
        };
        Some((names.unique(m.name.as_deref(), &format!("material {i}")), material))
    };
    source.root.materials.iter().enumerate().map(one).collect()
}

/// What a primitive without a material is made of: the specification's defaults.
pub(super) fn default() -> Material {
    Material { base_color: Vec3::ONE, metallic: 1.0, roughness: 1.0, coat_roughness: 0.0, ..Material::default() }
}

fn appearance(source: &Source<'_>, textures: &mut Textures, warnings: &mut Warnings, at: &str, m: &json::Material) -> Appearance {
    let pbr = &m.pbr_metallic_roughness;
    let mut base_color = Vec3::from_slice(&pbr.base_color_factor.0[..3]);
    let (mut metallic, mut roughness) = (pbr.metallic_factor.0, pbr.roughness_factor.0);
    let mut emission = Vec3::from(m.emissive_factor.0);
    if let Some(t) = &pbr.base_color_texture {
        base_color *= textures.color(source, warnings, t.index.value(), &format!("{at}, base colour"));
    }
    if let Some(t) = &pbr.metallic_roughness_texture {
        let mean = textures.numbers(source, warnings, t.index.value(), &format!("{at}, metallic and roughness"));
        (roughness, metallic) = (roughness * mean.y, metallic * mean.z);
    }
    if let Some(t) = &m.emissive_texture {
        emission *= textures.color(source, warnings, t.index.value(), &format!("{at}, emission"));
    }
    if m.normal_texture.is_some() {
        warnings.add(format!("{at}: its normal texture is left out"));
    }
    if m.occlusion_texture.is_some() {
        warnings.add(format!("{at}: its occlusion texture is left out; light transport darkens corners by itself"));
    }
    if matches!(m.alpha_mode, Checked::Valid(json::material::AlphaMode::Blend | json::material::AlphaMode::Mask)) {
        warnings.add(format!("{at}: alpha is left out; it is opaque. Use transmission for what one sees through"));
    }
    let extensions = m.extensions.clone().unwrap_or_default();
    let transmission = extensions.transmission.map_or(0.0, |t| {
        let mean = t
            .transmission_texture
            .as_ref()
            .map(|i| textures.numbers(source, warnings, i.index.value(), &format!("{at}, transmission")).x);
        t.transmission_factor.0 * mean.unwrap_or(1.0)
    });
    if let Some(strength) = &extensions.emissive_strength {
        emission *= strength.emissive_strength.0;
    }
    // 0 asks for a mirror at every angle, for the sake of an older model.
    let ior = extensions.ior.map_or(1.5, |i| i.ior.0);
    let volume = extensions.volume.filter(|v| v.thickness_factor.0 > 0.0);
    let thickness = volume.as_ref().map_or(0.0, |v| v.thickness_factor.0);
    if volume.as_ref().is_some_and(|v| v.thickness_texture.is_some()) {
        warnings.add(format!("{at}: its thickness texture is left out; light is followed through the inside"));
    }
    let attenuation = volume.as_ref().and_then(|v| {
        let distance = v.attenuation_distance.0;
        let color = Vec3::from(v.attenuation_color.0).clamp(Vec3::splat(1e-6), Vec3::ONE);
        (distance.is_finite() && distance > 0.0).then(|| Absorption { color, distance: distance.clamp(1e-6, 1e6) })
    });
    let coat = coat(source, textures, warnings, at, extensions.others.get("KHR_materials_clearcoat"));
    let mut clamped = |what: &str, value: f32, least: f32, most: f32| {
        if !(least..=most).contains(&value) {
            warnings.add(format!("{at}: {what} {value} is not in {least} to {most} and was moved there"));
        }
        if value.is_nan() { least } else { value.clamp(least, most) }
    };
    let base_color = Vec3::from(base_color.to_array().map(|c| clamped("base colour", c, 0.0, 1.0)));
    let emission = Vec3::from(emission.to_array().map(|c| clamped("emission", c, 0.0, BRIGHT)));
    Appearance {
        base_color,
        metallic: clamped("metallic", metallic, 0.0, 1.0),
        roughness: clamped("roughness", roughness, 0.0, 1.0),
        ior: clamped("ior", ior, 1.0, 10.0),
        transmission: clamped("transmission", transmission, 0.0, 1.0),
        volume: volume.is_some() && transmission > 0.0,
        thickness: clamped("thickness", thickness, 0.0, 1e6),
        attenuation: attenuation.filter(|_| transmission > 0.0),
        coat: clamped("clearcoat", coat.0, 0.0, 1.0),
        coat_roughness: clamped("clearcoat roughness", coat.1, 0.0, 1.0),
        emission,
    }
}

/// Weight and roughness of the coat.
fn coat(
    source: &Source<'_>,
    textures: &mut Textures,
    warnings: &mut Warnings,
    at: &str,
    value: Option<&serde_json::Value>,
) -> (f32, f32) {
    let Some(value) = value else { return (0.0, 0.0) };
    let coat = Clearcoat::deserialize(value).unwrap_or_else(|e| {
        warnings.add(format!("{at}: its clearcoat can not be read: {e}"));
        Clearcoat::default()
    });
    let mut mean = |texture: Option<TextureIndex>| {
        texture.map_or(Vec3::ONE, |t| textures.numbers(source, warnings, t.index, &format!("{at}, clearcoat")))
    };
    let weight = coat.clearcoat_factor * mean(coat.clearcoat_texture).x;
    let roughness = coat.clearcoat_roughness_factor * mean(coat.clearcoat_roughness_texture).y;
    if coat.clearcoat_normal_texture.is_some() {
        warnings.add(format!("{at}: the normal texture of its clearcoat is left out"));
    }
    (weight, roughness)
}

/// Warns about extensions that nothing else tells of.
pub(super) fn warn_unknown(root: &Root, known: &[&str], warnings: &mut Warnings) {
    for name in root.extensions_used.iter().filter(|name| !known.contains(&name.as_str())) {
        warnings.add(format!(
            "the extension {:?} is not supported; what it adds is left out",
            name.chars().take(80).collect::<String>()
        ));
    }
}
