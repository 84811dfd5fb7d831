//! glTF to scenes.

mod accessor;
mod animation;
mod dress;
mod image;
mod instances;
mod maps;
mod material;
mod mesh;
mod motion;
mod names;
mod nodes;
mod objects;
mod source;
mod texture;
mod uri;
mod view;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use gltf::json::validation::Checked;
use raytruth_scene::{Camera, Environment, Image, Power, Scene};

use crate::GltfError;
use crate::extras::{self, NodeExtras, SceneExtras};
use crate::photometry::LUMENS_PER_WATT;
use crate::sky::IMAGE_BASED;
use accessor::Budget;
use animation::Curves;
use image::Images;
use motion::Sampler;
use names::Warnings;
use nodes::{Placement, Tree};
use objects::{Builder, Built};
use source::{KNOWN, MAX_BYTES, Source};
use view::Lights;
pub use view::default_environment;

/// How to read what a file leaves open.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportOptions {
    /// Frames per second that animations are sampled at; a file of ours has its own. At least 1.
    pub fps: u32,
    /// Radius of the spheres that stand for point and spot lights, metres. Small enough to cast the hard shadows that the file asks
    /// for, large enough to be seen in mirrors; their intensity does not depend on it.
    pub light_radius: f32,
    /// Factor on the intensity of all lights of the file. 1 takes a candela as a unit of radiance over a square metre, as web viewers
    /// do. `None`: 1, but 1/683 for what Blender wrote, which turns each of its watts into 683 lumens: so a file looks as there.
    pub light_scale: Option<f32>,
}

impl Default for ImportOptions {
    /// 30 frames per second, 1 cm, by who wrote the file.
    fn default() -> Self {
        Self { fps: 30, light_radius: 0.01, light_scale: None }
    }
}

/// What a file gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// A valid scene.
    pub scene: Scene,
    /// One line each on what could not be represented.
    pub warnings: Vec<String>,
    /// Width over height of the picture that the camera was meant for, where the file says so.
    pub aspect: Option<f32>,
}

/// Reads a `.glb` or `.gltf` file, and the files beside it that it refers to. Which of the two it is the content says.
///
/// # Errors
/// [`GltfError`] where the file cannot be read or is broken.
pub fn load(path: impl AsRef<Path>, options: &ImportOptions) -> Result<Imported, GltfError> {
    let path = path.as_ref();
    let io = |source| GltfError::Io { action: "read", path: path.to_owned(), source };
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|f| f.take(MAX_BYTES + 1).read_to_end(&mut bytes)).map_err(io)? as u64;
    if read > MAX_BYTES {
        return Err(GltfError::Limit { what: format!("bytes of {}", path.display()), found: read, limit: MAX_BYTES });
    }
    import(&bytes, Some(path.parent().unwrap_or(Path::new(""))), options)
}

/// Reads the bytes of a `.glb` or of a `.gltf` that refers to no other files.
///
/// # Errors
/// [`GltfError`] where they are broken.
pub fn from_slice(bytes: &[u8], options: &ImportOptions) -> Result<Imported, GltfError> {
    import(bytes, None, options)
}

fn import(bytes: &[u8], base: Option<&Path>, options: &ImportOptions) -> Result<Imported, GltfError> {
    let source = &Source::new(bytes, base)?;
    let root = &source.root;
    let warnings = &mut Warnings::default();
    let budget = &Budget::elements();
    animation::warn_unmoved(root, warnings);
    let mut curves = Curves::new(source, budget, warnings)?;
    let extras: Vec<NodeExtras> = (0..root.nodes.len()).map(|i| node_extras(source, i, warnings)).collect();
    let hides = |node: &NodeExtras| node.object.as_ref().is_some_and(|o| o.motion.hides);
    (0..extras.len()).filter(|&i| hides(&extras[i])).for_each(|i| curves.forget_scale(i));
    let curves = &curves;
    let tree = &Tree::new(root, curves)?;
    if root.scenes.len() > 1 {
        warnings.add(format!("the file has {} scenes; the default one is read", root.scenes.len()));
    }
    let shown = root.scenes.get(root.scene.map_or(0, |s| s.value()));
    let mut ours = shown.and_then(|s| {
        extras::read::<SceneExtras>(&s.extras).unwrap_or_else(|e| {
            warnings.add(format!("the scene's extras cannot be read: {e}"));
            None
        })
    });
    // Ours is in the extras, exactly.
    let known: Vec<&str> = KNOWN.into_iter().chain(ours.is_some().then_some(IMAGE_BASED)).collect();
    material::warn_unknown(root, &known, warnings);
    let told = ours.as_ref().and_then(|o| o.animation);
    let sampler = &Sampler::new(tree, curves, told, options.fps, warnings);
    let exact = &ours.as_mut().map_or_else(BTreeMap::new, |o| kept(std::mem::take(&mut o.images), warnings));
    let mut images = Images::new(source, exact);
    let Built { objects, materials, meshes } =
        Builder { source, budget, warnings: &mut *warnings, tree, sampler, extras: &extras, images: &mut images }.build()?;
    let images = images.finish();

    let foreign = ours.is_none();
    let portals = ours.as_mut().map_or_else(Vec::new, |o| std::mem::take(&mut o.portals));
    let over = ours.as_mut().map_or_else(Default::default, |o| (std::mem::take(&mut o.overlays), o.floor));
    let environment_power = ours.as_mut().map_or(Power::FULL, |o| std::mem::take(&mut o.environment_power));
    let mut environment = ours.map_or_else(default_environment, |o| o.environment);
    if let Environment::Image { image, .. } = &environment
        && !images.contains_key(image)
    {
        warnings.add(format!("the environment's image {image:?} is not in the file; a neutral sky stands for it"));
        environment = default_environment();
    }
    let found_lights = lights(source, tree, &extras, options, &mut environment, warnings);
    let (camera, aspect) = camera(source, tree, sampler, &extras, warnings)?;

    let placeholder = view::camera(Default::default(), 1.0);
    let found = camera.is_some();
    let moves = objects.iter().any(|o| o.track.is_some()) || camera.as_ref().is_some_and(|c| c.track.is_some());
    let animation = sampler.clip.filter(|_| moves || told.is_some());
    let mut scene = Scene {
        animation,
        environment,
        environment_power,
        materials,
        images,
        meshes,
        objects,
        ..Scene::new(camera.unwrap_or(placeholder))
    };
    if !found {
        scene.camera = view::framing(&scene);
    }
    scene.lights = found_lights.around(&scene);
    (scene.overlays, scene.floor) = over;
    scene.portals = portals;
    if foreign && is_unlit(&scene) {
        scene.lights = view::studio(&scene);
    }
    scene.validate().map_err(|source| GltfError::Invalid { source })?;
    Ok(Imported { scene, warnings: std::mem::take(warnings).finish(), aspect })
}

/// Whether nothing gives light but a sky that the file does not know. What glows no brighter than white paper lights nothing.
fn is_unlit(scene: &Scene) -> bool {
    let sunless = !matches!(scene.environment, Environment::Gradient { sun: Some(_), .. });
    sunless && scene.lights.is_empty() && scene.materials.values().all(|m| m.emission.max_element() <= 1.0)
}

/// The images of our extras that hold their pixels.
fn kept(mut images: BTreeMap<String, Image>, warnings: &mut Warnings) -> BTreeMap<String, Image> {
    images.retain(|name, image| {
        if !image.is_loaded() {
            warnings.add(format!("the scene's extras name a file for the image {name:?}, which is not read"));
        }
        image.is_loaded()
    });
    images
}

fn node_extras(source: &Source<'_>, index: usize, warnings: &mut Warnings) -> NodeExtras {
    extras::read(&source.root.nodes[index].extras)
        .unwrap_or_else(|e| {
            warnings.add(format!("nodes[{index}]: its extras cannot be read: {e}"));
            None
        })
        .unwrap_or_default()
}

/// All lights of the file; its first sun goes into the environment.
fn lights(
    source: &Source<'_>,
    tree: &Tree,
    extras: &[NodeExtras],
    options: &ImportOptions,
    environment: &mut Environment,
    warnings: &mut Warnings,
) -> Lights {
    let root = &source.root;
    let known = root.extensions.as_ref().and_then(|e| e.khr_lights_punctual.as_ref()).map_or(&[][..], |l| &l.lights);
    let by_blender = root
        .asset
        .generator
        .as_ref()
        .is_some_and(|g| g.contains("glTF Blender I/O") || (g.contains("raytruth") && g.contains("for Blender")));
    let scale = options.light_scale.unwrap_or(if by_blender { 1.0 / LUMENS_PER_WATT } else { 1.0 });
    let mut lights = Lights::new(options.light_radius, scale);
    for (i, node) in root.nodes.iter().enumerate().filter(|&(i, _)| tree.shown[i]) {
        let pose = tree.world(i).pose();
        let index = node.extensions.as_ref().and_then(|e| e.khr_lights_punctual.as_ref()).map(|l| l.light.value());
        if let Some(exact) = &extras[i].light {
            lights.restore(node.name.as_deref(), pose, exact.clone());
        } else if extras[i].sun {
            Lights::turn_sun(environment, pose);
        } else if let Some(light) = index.and_then(|l| known.get(l)) {
            if tree.moves(i) {
                warnings.add(format!("nodes[{i}]: lights do not move; this one stays where it is at the start"));
            }
            let name = node.name.as_deref().or(light.name.as_deref());
            lights.add(warnings, &format!("nodes[{i}]"), name, pose, light);
        }
    }
    lights.shine(environment);
    lights
}

/// The first perspective camera, with the aspect that it is meant for.
fn camera(
    source: &Source<'_>,
    tree: &Tree,
    sampler: &Sampler<'_>,
    extras: &[NodeExtras],
    warnings: &mut Warnings,
) -> Result<(Option<Camera>, Option<f32>), GltfError> {
    let root = &source.root;
    let (mut found, mut aspect) = (None, None);
    for (i, node) in root.nodes.iter().enumerate().filter(|&(i, _)| tree.shown[i]) {
        let Some(json) = node.camera.map(|c| &root.cameras[c.value()]) else { continue };
        let at = format!("nodes[{i}]");
        let Some(lens) = json.perspective.as_ref().filter(|_| matches!(json.type_, Checked::Valid(_))) else {
            warnings.add(format!("{at}: orthographic cameras are left out"));
            continue;
        };
        if found.is_some() {
            warnings.add(format!("{at}: a scene has one camera; this one is left out"));
            continue;
        }
        let exact = extras[i].camera.as_ref();
        let (pose, track) = sampler.motion(warnings, root, i, &Placement::IDENTITY, false, exact.map(|c| &c.motion))?;
        let mut camera = view::camera(pose, view::fov(warnings, &at, lens.yfov));
        camera.track = track;
        if let Some(exact) = exact {
            (camera.aperture, camera.focus_distance, camera.shutter) = (exact.aperture, exact.focus_distance, exact.shutter);
        }
        aspect = lens.aspect_ratio.filter(|a| a.is_finite() && *a > 0.0);
        found = Some(camera);
    }
    Ok((found, aspect))
}
