//! Materials.

use std::collections::HashMap;

use glam::Vec3;
use gltf::json;
use gltf::json::Root;
use gltf::json::material::AlphaMode;
use gltf::json::validation::Checked;
use raytruth_scene::{Absorption, Maps, Material};

use super::dress::Dress;
use super::image::Images;
use super::maps::{self, Dressing};
use super::names::{Names, Warnings};
use super::source::Source;
use super::texture::Use;
use crate::appearance::Appearance;
use crate::extras::{self, MaterialExtras};

/// The brightest radiance that a scene may have.
const BRIGHT: f32 = 1e9;

/// A material of the file.
pub(super) struct Read {
    /// In the scene.
    pub(super) name: String,
    pub(super) material: Material,
    /// How its images lie over a mesh.
    pub(super) dress: Dress,
}

/// All materials of a file, each with a unique name; `None` for those that only picture a light of ours.
pub(super) fn read(source: &Source<'_>, images: &mut Images<'_>, warnings: &mut Warnings) -> Vec<Option<Read>> {
    let mut names = Names::default();
    let mut read: Vec<Option<Read>> = Vec::new();
    // Those of ours that nobody has edited, by their name in the file.
    let mut whole: HashMap<String, usize> = HashMap::new();
    let mut plain: Vec<(usize, String, Appearance)> = Vec::new();
    for (i, m) in source.root.materials.iter().enumerate() {
        let at = format!("materials[{i}]{}", m.name.as_ref().map_or_else(String::new, |n| format!(" {n:?}")));
        let ours = extras::read::<MaterialExtras>(&m.extras).unwrap_or_else(|e| {
            warnings.add(format!("{at}: its extras cannot be read: {e}"));
            None
        });
        if matches!(ours, Some(MaterialExtras::Light)) {
            read.push(None);
            continue;
        }
        let mut dressing = Dressing { root: &source.root, images, warnings, at: &at, dress: Dress::default() };
        let ours = match ours {
            Some(MaterialExtras::Baked { name, material }) if is_baked(&mut dressing, m, &material) => {
                // What is baked over several shapes is one material of the scene.
                let known = whole.get(&name).and_then(|&w| read[w].as_ref()).filter(|o| o.material == *material);
                let known = known.map_or_else(|| names.unique(Some(&name), &format!("material {i}")), |o| o.name.clone());
                whole.entry(name).or_insert(i);
                read.push(Some(Read { name: known, material: *material, dress: Dress::default() }));
                continue;
            }
            other => other,
        };
        let seen = appearance(&mut dressing, m);
        let dress = dressing.dress;
        let material = match ours {
            Some(MaterialExtras::Material(exact)) if Appearance::of(&exact, 1.0).same(&seen) => {
                whole.insert(m.name.clone().unwrap_or_default(), i);
                *exact
            }
            Some(MaterialExtras::Plain(of)) => {
                plain.push((i, of, seen));
                read.push(None);
                continue;
            }
            other => {
                if other.is_some() {
                    edited(warnings, &at);
                }
                if seen.map_tint != Vec3::ONE {
                    warnings.add(format!("{at}: what passes through is tinted by the mean of its base colour's image"));
                }
                seen.material()
            }
        };
        let name = names.unique(m.name.as_deref(), &format!("material {i}"));
        read.push(Some(Read { name, material, dress }));
    }
    for (i, of, seen) in plain {
        let original = whole.get(of.as_str()).and_then(|&w| read[w].as_ref());
        let same = original.filter(|o| Appearance::of(&o.material, 1.0).plain().same(&seen));
        let (name, material) = match same {
            Some(o) => (o.name.clone(), o.material.clone()),
            None => {
                if original.is_some() {
                    edited(warnings, &format!("materials[{i}]"));
                } else {
                    warnings.add(format!(
                        "materials[{i}] stands for {of:?} without its images, which is gone or edited; it is another now"
                    ));
                }
                (names.unique(Some(&of), "material"), seen.material())
            }
        };
        read[i] = Some(Read { name, material, dress: Dress::default() });
    }
    read
}

/// Whether a material's factors still are those that were written beside a baked pattern. Its images are not looked at.
fn is_baked(d: &mut Dressing<'_, '_>, m: &json::Material, exact: &Material) -> bool {
    let mut bare = m.clone();
    let colored = bare.pbr_metallic_roughness.base_color_texture.take().is_some();
    let rough = bare.pbr_metallic_roughness.metallic_roughness_texture.take().is_some();
    colored && Appearance::of(exact, 1.0).baked(rough).same(&appearance(d, &bare))
}

fn edited(warnings: &mut Warnings, at: &str) {
    warnings.add(format!("{at} was edited since raytruth wrote it; its exact original in the extras is not used"));
}

/// What a primitive without a material is made of: the specification's defaults.
pub(super) fn default() -> Material {
    Material { base_color: Vec3::ONE, metallic: 1.0, roughness: 1.0, coat_roughness: 0.0, ..Material::default() }
}

fn appearance(d: &mut Dressing<'_, '_>, m: &json::Material) -> Appearance {
    let pbr = &m.pbr_metallic_roughness;
    let (shown, means) = d.maps(m);
    let base_color = Vec3::from_slice(&pbr.base_color_factor.0[..3]) * means.base_color;
    let (metallic, roughness) = (pbr.metallic_factor.0 * means.metallic, pbr.roughness_factor.0 * means.roughness);
    let mut emission = Vec3::from(m.emissive_factor.0) * means.emission;
    if m.occlusion_texture.is_some() {
        d.warn("its occlusion texture is left out; light transport darkens corners by itself");
    }
    let alpha = pbr.base_color_factor.0[3] * means.alpha;
    let (opacity, cutout) = match m.alpha_mode {
        Checked::Valid(AlphaMode::Blend) => (alpha, None),
        Checked::Valid(AlphaMode::Mask) => (alpha, Some(m.alpha_cutoff.map_or(0.5, |c| c.0))),
        _ => (1.0, None),
    };
    let extensions = m.extensions.clone().unwrap_or_default();
    let transmission = extensions.transmission.map_or(0.0, |t| {
        let mean = t.transmission_texture.map(|i| d.mean(&Use::of(d.root, &i), "transmission").raw.x);
        t.transmission_factor.0 * mean.unwrap_or(1.0)
    });
    let mut map_tint = Vec3::ONE;
    if let Some(texture) = pbr.base_color_texture.as_ref().filter(|_| transmission > 0.0 && shown.base_color.is_some()) {
        map_tint = d.quiet_mean(&Use::of(d.root, texture), "base colour").linear;
    }
    if let Some(strength) = &extensions.emissive_strength {
        emission *= strength.emissive_strength.0;
    }
    // 0 asks for a mirror at every angle, for the sake of an older model.
    let ior = extensions.ior.map_or(1.5, |i| i.ior.0);
    let volume = extensions.volume.filter(|v| v.thickness_factor.0 > 0.0);
    let thickness = volume.as_ref().map_or(0.0, |v| v.thickness_factor.0);
    if volume.as_ref().is_some_and(|v| v.thickness_texture.is_some()) {
        d.warn("its thickness texture is left out; light is followed through the inside");
    }
    let attenuation = volume.as_ref().and_then(|v| {
        let distance = v.attenuation_distance.0;
        let color = Vec3::from(v.attenuation_color.0).clamp(Vec3::splat(1e-6), Vec3::ONE);
        (distance.is_finite() && distance > 0.0).then(|| Absorption { color, distance: distance.clamp(1e-6, 1e6) })
    });
    let coat = maps::coat(d, &extensions.others);
    let specular = maps::specular(d, &extensions.others);
    let dispersion = maps::dispersion(d, &extensions.others);
    let mut clamped = |what: &str, value: f32, least: f32, most: f32| {
        if !(least..=most).contains(&value) {
            d.warn(&format!("{what} {value} is not in {least} to {most} and was moved there"));
        }
        if value.is_nan() { least } else { value.clamp(least, most) }
    };
    Appearance {
        base_color: Vec3::from(base_color.to_array().map(|c| clamped("base colour", c, 0.0, 1.0))),
        metallic: clamped("metallic", metallic, 0.0, 1.0),
        roughness: clamped("roughness", roughness, 0.0, 1.0),
        ior: clamped("ior", ior, 1.0, 10.0),
        specular: clamped("specular", specular, 0.0, 1.0),
        dispersion: clamped("dispersion", dispersion, 0.0, 10.0),
        transmission: clamped("transmission", transmission, 0.0, 1.0),
        volume: volume.is_some() && transmission > 0.0,
        thickness: clamped("thickness", thickness, 0.0, 1e6),
        attenuation: attenuation.filter(|_| transmission > 0.0),
        coat: clamped("clearcoat", coat.0, 0.0, 1.0),
        coat_roughness: clamped("clearcoat roughness", coat.1, 0.0, 1.0),
        emission: Vec3::from(emission.to_array().map(|c| clamped("emission", c, 0.0, BRIGHT))),
        opacity: clamped("alpha", opacity, 0.0, 1.0),
        cutout: cutout.map(|c| clamped("alpha cutoff", c, 0.0, 1.0)),
        maps: Maps { normal_scale: clamped("normal scale", shown.normal_scale, -100.0, 100.0), ..shown },
        map_tint,
    }
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
