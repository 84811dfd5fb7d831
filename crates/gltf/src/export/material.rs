//! Materials.

use std::collections::BTreeSet;

use glam::Vec3;
use raytruth_scene::{Absorption, Maps, Material};
use serde_json::{Map, Value, json};

use super::binary::Binary;
use super::image::Pictures;
use crate::GltfError;
use crate::appearance::Appearance;
use crate::extras::{self, MaterialExtras};
use crate::picture::Kind;

/// A material of the scene. `thickness` in metres is that of what is made of it, `open` whether that shows its back.
pub(super) fn material(
    name: &str,
    material: &Material,
    (thickness, open): (f32, bool),
    used: &mut BTreeSet<&'static str>,
) -> Value {
    surface(name, &Appearance::of(material, thickness), open, MaterialExtras::Material(Box::new(material.clone())), used)
}

/// The same for what has no texture coordinates: readers expect them where there is a texture.
pub(super) fn plain(name: &str, material: &Material, (thickness, open): (f32, bool), used: &mut BTreeSet<&'static str>) -> Value {
    surface(name, &Appearance::of(material, thickness).plain(), open, MaterialExtras::Plain(name.into()), used)
}

/// The same with its pattern in images, which replace the factors that they say.
pub(super) fn baked(
    name: &str,
    of: &str,
    material: &Material,
    (thickness, open): (f32, bool),
    rough: bool,
    used: &mut BTreeSet<&'static str>,
) -> Value {
    let exact = MaterialExtras::Baked { name: of.into(), material: Box::new(material.clone()) };
    surface(name, &Appearance::of(material, thickness).baked(rough), open, exact, used)
}

/// Adds the textures of a material's images.
pub(super) fn dress(value: &mut Value, maps: &Maps, pictures: &mut Pictures<'_>, binary: &mut Binary) -> Result<(), GltfError> {
    let mut texture = |image: &Option<String>, kind| image.as_ref().map(|i| pictures.texture(binary, i, kind)).transpose();
    let pbr = &mut value["pbrMetallicRoughness"];
    if let Some(index) = texture(&maps.base_color, Kind::Color)? {
        pbr["baseColorTexture"] = json!({ "index": index });
    }
    if let Some(index) = texture(&maps.metallic_roughness, Kind::Numbers)? {
        pbr["metallicRoughnessTexture"] = json!({ "index": index });
    }
    if let Some(index) = texture(&maps.normal, Kind::Numbers)? {
        value["normalTexture"] = json!({ "index": index, "scale": maps.normal_scale });
    }
    if let Some(index) = texture(&maps.emission, Kind::Color)? {
        value["emissiveTexture"] = json!({ "index": index });
    }
    Ok(())
}

fn surface(name: &str, appearance: &Appearance, open: bool, ours: MaterialExtras, used: &mut BTreeSet<&'static str>) -> Value {
    let mut value = json(name, appearance, used);
    // What has an inside is closed, and viewers show its back by themselves.
    if open && !appearance.volume {
        value["doubleSided"] = true.into();
    }
    value["extras"] = extras::write(&ours);
    value
}

/// What an area light looks like to a camera: black but for what it emits.
pub(super) fn light(name: &str, radiance: Vec3, used: &mut BTreeSet<&'static str>) -> Value {
    let lamp = Material { base_color: Vec3::ZERO, roughness: 1.0, specular: 0.0, emission: radiance, ..Material::default() };
    let mut value = json(name, &Appearance::of(&lamp, 1.0), used);
    value["extras"] = extras::write(&MaterialExtras::Light);
    value
}

/// The same absorption, told over a distance in which little is lost. Blender takes 1 − c for −ln c, which agree there.
fn slight(inside: Absorption) -> Absorption {
    const LOSS: f32 = 2e-3;
    let lost = -inside.color.map(f32::ln);
    let most = lost.max_element();
    // Distances end at a thousandth of a millimetre.
    let share = LOSS.max(2e-6 * most / inside.distance);
    if most <= LOSS || share > 2.0 * LOSS {
        return inside;
    }
    Absorption { color: Vec3::ONE - share * lost / most, distance: inside.distance * share / most }
}

fn json(name: &str, a: &Appearance, used: &mut BTreeSet<&'static str>) -> Value {
    let mut extensions = Map::new();
    let mut extend = |name: &'static str, value: Value| {
        used.insert(name);
        extensions.insert(name.into(), value);
    };
    if a.ior != 1.5 {
        extend("KHR_materials_ior", json!({ "ior": a.ior }));
    }
    if a.specular != 1.0 {
        extend("KHR_materials_specular", json!({ "specularFactor": a.specular }));
    }
    // The specification wants a volume to go with it.
    if a.dispersion > 0.0 {
        extend("KHR_materials_dispersion", json!({ "dispersion": a.dispersion }));
    }
    if a.transmission > 0.0 {
        extend("KHR_materials_transmission", json!({ "transmissionFactor": a.transmission }));
    }
    if a.volume {
        let mut volume = json!({ "thicknessFactor": a.thickness });
        if let Some(inside) = a.attenuation {
            let Absorption { color, distance } = slight(inside);
            volume["attenuationColor"] = json!(color.to_array());
            volume["attenuationDistance"] = json!(distance);
        }
        extend("KHR_materials_volume", volume);
    }
    if a.coat > 0.0 {
        let coat = json!({ "clearcoatFactor": a.coat, "clearcoatRoughnessFactor": a.coat_roughness });
        extend("KHR_materials_clearcoat", coat);
    }
    // Factors end at 1; what is brighter is a factor times a strength.
    let strength = a.emission.max_element().max(1.0);
    if strength > 1.0 {
        extend("KHR_materials_emissive_strength", json!({ "emissiveStrength": strength }));
    }
    let [r, g, b] = a.base_color.to_array();
    let mut value = json!({
        "name": name,
        "pbrMetallicRoughness": { "baseColorFactor": [r, g, b, a.opacity], "metallicFactor": a.metallic, "roughnessFactor": a.roughness },
    });
    if let Some(cutout) = a.cutout {
        value["alphaMode"] = "MASK".into();
        value["alphaCutoff"] = cutout.into();
    } else if a.blends() {
        value["alphaMode"] = "BLEND".into();
    }
    if a.emission != Vec3::ZERO {
        value["emissiveFactor"] = json!((a.emission / strength).min(Vec3::ONE).to_array());
    }
    if !extensions.is_empty() {
        value["extensions"] = Value::Object(extensions);
    }
    value
}
