//! Scenes to glTF.

mod animation;
mod binary;
mod dome;
mod emitter;
mod image;
mod image_based;
mod lights;
mod losses;
mod material;
mod mesh;
mod options;
mod patterns;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use glam::Vec3;
use raytruth_scene::{Camera, Object, Pose, Scene, Shape};
use serde_json::{Map, Value, json};

use crate::extras::{self, CameraExtras, NodeExtras, ObjectExtras, SceneExtras};
use crate::sky::IMAGE_BASED;
use crate::{GltfError, frame};
use animation::Keys;
use binary::Binary;
use image::Pictures;
pub use losses::losses;
use mesh::Meshes;
pub use options::{ExportOptions, Target};

/// Writes a scene as one self-contained `.glb` file. It is written under a temporary name beside `path` and then renamed, so that no
/// half of a file is left behind.
///
/// # Errors
/// [`GltfError::Invalid`] for a scene that breaks the rules, [`GltfError::Limit`] for one of 4 GiB, else [`GltfError::Io`].
pub fn save(scene: &Scene, path: impl AsRef<Path>, options: &ExportOptions) -> Result<(), GltfError> {
    let path = path.as_ref();
    let bytes = to_glb_bytes(scene, options)?;
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let partial = path.with_file_name(name);
    std::fs::write(&partial, bytes).and_then(|()| std::fs::rename(&partial, path)).map_err(|source| {
        // Best effort: the error that matters is the first.
        let _ = std::fs::remove_file(&partial);
        GltfError::Io { action: "write", path: path.to_owned(), source }
    })
}

/// The bytes of a scene as a `.glb`.
///
/// # Errors
/// As [`save`], without [`GltfError::Io`].
pub fn to_glb_bytes(scene: &Scene, options: &ExportOptions) -> Result<Vec<u8>, GltfError> {
    scene.validate().map_err(|source| GltfError::Invalid { source })?;
    let mut writer = Writer::new(scene, options)?;
    writer.objects()?;
    writer.lights()?;
    writer.camera();
    writer.meshes.unused(&mut writer.binary, scene);
    let (json, bytes) = writer.finish();
    binary::glb(&json, &bytes)
}

struct Writer<'a> {
    scene: &'a Scene,
    options: &'a ExportOptions,
    binary: Binary,
    pictures: Pictures<'a>,
    meshes: Meshes,
    keys: Keys,
    nodes: Vec<Value>,
    /// Children of the root node.
    top: Vec<usize>,
    materials: Vec<Value>,
    /// Index of each material of the scene.
    by_name: BTreeMap<&'a str, usize>,
    /// And of those that have images, as shown by what has no texture coordinates.
    plain: BTreeMap<&'a str, usize>,
    made_of: BTreeMap<&'a str, (f32, bool)>,
    punctual: Vec<Value>,
    /// `EXT_lights_image_based` of the file.
    surrounded: Option<Value>,
    /// Material of lamps' backs.
    black: Option<usize>,
    /// Material of each that was baked, by what shows it.
    baked: BTreeMap<(&'a str, String), Option<usize>>,
    /// Names for `extensionsUsed`.
    used: BTreeSet<&'static str>,
}

impl<'a> Writer<'a> {
    fn new(scene: &'a Scene, options: &'a ExportOptions) -> Result<Self, GltfError> {
        let mut used = BTreeSet::new();
        let mut made_of = mesh::made_of(scene);
        for (thickness, _) in made_of.values_mut().filter(|(t, _)| !t.is_finite()) {
            *thickness = 1.0;
        }
        let (mut binary, mut materials) = (Binary::default(), Vec::new());
        let mut pictures = Pictures::new(scene);
        for (name, m) in &scene.materials {
            let form = made_of.get(name.as_str()).copied().unwrap_or((1.0, false));
            let mut json = material::material(name, m, form, &mut used);
            material::dress(&mut json, &m.maps, &mut pictures, &mut binary)?;
            materials.push(json);
        }
        Ok(Self {
            scene,
            options,
            binary,
            pictures,
            meshes: Meshes::default(),
            keys: Keys::new(scene.animation),
            nodes: Vec::new(),
            top: Vec::new(),
            materials,
            by_name: scene.materials.keys().enumerate().map(|(i, name)| (name.as_str(), i)).collect(),
            plain: BTreeMap::new(),
            made_of,
            punctual: Vec::new(),
            surrounded: None,
            black: None,
            baked: BTreeMap::new(),
            used,
        })
    }

    /// Whether a material's images lie over a shape.
    fn is_laid(&self, material: &str, shape: &Shape) -> bool {
        let laid = matches!(shape, Shape::Mesh { mesh } if !self.scene.meshes[mesh].texcoords.is_empty());
        laid && !self.scene.materials[material].maps.is_empty()
    }

    /// Index of a material as a shape shows it.
    fn made_of(&mut self, name: &'a str, shape: &Shape) -> usize {
        let material = &self.scene.materials[name];
        if material.maps.is_empty() || self.is_laid(name, shape) {
            return self.by_name[name];
        }
        let form = self.made_of.get(name).copied().unwrap_or((1.0, false));
        *self.plain.entry(name).or_insert_with(|| {
            self.materials.push(material::plain(name, material, form, &mut self.used));
            self.materials.len() - 1
        })
    }

    /// One node an object, in order and with the scene's parents.
    fn objects(&mut self) -> Result<(), GltfError> {
        let scene = self.scene;
        let index: BTreeMap<&str, usize> = scene.objects.iter().enumerate().map(|(i, o)| (o.name.as_str(), i)).collect();
        for (i, object) in scene.objects.iter().enumerate() {
            let Object { name, id, role, shape, shapes, material, pose, track, .. } = object;
            let pictured = object.first_shape();
            let (pose, mut motion) = animation::start(*pose, track.as_ref());
            let is_there: Vec<bool> = shapes.iter().map(|shape| !shape.is_nothing()).collect();
            motion.hides = is_there.contains(&false) && !losses::carries(scene, object);
            let (mut mesh, mut baked) = (None, false);
            if !pictured.is_nothing() {
                mesh = self.baked(object, pictured)?;
                baked = mesh.is_some();
                if !baked {
                    let made_of = self.made_of(material, pictured);
                    mesh = Some(self.meshes.shape(&mut self.binary, scene, pictured, self.options.segments, made_of));
                }
            }
            let bounds = mesh.map_or([Vec3::ZERO; 2], |mesh| self.meshes.bounds(&self.binary, mesh));
            if motion.hides {
                self.keys.shown(&mut self.binary, i, &is_there);
            }
            let exact =
                ObjectExtras { id: *id, role: *role, shape: shape.clone(), shapes: shapes.clone(), bounds, baked, motion };
            let mut node = node(name, pose, &NodeExtras { object: Some(exact), ..NodeExtras::default() });
            if let Some(mesh) = mesh {
                node["mesh"] = mesh.into();
            }
            self.nodes.push(node);
            if let Some(track) = track {
                self.keys.track(&mut self.binary, i, track);
            }
        }
        let mut children: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (i, object) in scene.objects.iter().enumerate() {
            match object.parent.as_deref().and_then(|name| index.get(name)) {
                Some(&parent) => children.entry(parent).or_default().push(i),
                None => self.top.push(i),
            }
        }
        for (parent, list) in children {
            self.nodes[parent]["children"] = list.into();
        }
        Ok(())
    }

    fn camera(&mut self) {
        let camera = &self.scene.camera;
        let (pose, motion) = animation::start(camera.pose, camera.track.as_ref());
        let Camera { aperture, focus_distance, shutter, .. } = *camera;
        let exact = CameraExtras { aperture, focus_distance, shutter, motion };
        let mut node = node("camera", pose, &NodeExtras { camera: Some(exact), ..NodeExtras::default() });
        node["camera"] = 0.into();
        if let Some(track) = &camera.track {
            self.keys.track(&mut self.binary, self.nodes.len(), track);
        }
        self.place(node);
    }

    /// Adds a node below the root.
    fn place(&mut self, node: Value) {
        self.top.push(self.nodes.len());
        self.nodes.push(node);
    }

    /// The JSON and the bytes of its buffer.
    fn finish(mut self) -> (Map<String, Value>, Vec<u8>) {
        let root = self.nodes.len();
        // The only node that knows of glTF's axes.
        self.nodes.push(json!({ "name": "z up", "rotation": frame::y_up().to_array(), "children": self.top }));
        let (camera, aspect) = (&self.scene.camera, self.options.aspect);
        let near = (0.01 * camera.focus_distance).clamp(1e-4, 0.01);
        let mut lens = json!({ "yfov": camera.fov_y, "znear": near });
        if aspect.is_finite() && aspect > 0.0 {
            lens["aspectRatio"] = json!(aspect);
        }
        let told = SceneExtras {
            environment: self.scene.environment.clone(),
            animation: self.scene.animation,
            images: self.pictures.kept(),
            environment_power: self.scene.environment_power.clone(),
            overlays: self.scene.overlays.clone(),
            floor: self.scene.floor,
            portals: self.scene.portals.clone(),
        };
        let mut json = Map::new();
        // Who reads it must know what a candela of it is.
        let generator = match self.options.target {
            Target::Blender => concat!("raytruth ", env!("CARGO_PKG_VERSION"), " for Blender"),
            Target::Web => concat!("raytruth ", env!("CARGO_PKG_VERSION")),
        };
        json.insert("asset".into(), json!({ "version": "2.0", "generator": generator }));
        json.insert("scene".into(), 0.into());
        let mut scene = json!({ "nodes": [root], "extras": extras::write(&told) });
        let mut extensions = Map::new();
        if !self.punctual.is_empty() {
            extensions.insert("KHR_lights_punctual".into(), json!({ "lights": self.punctual }));
        }
        if let Some(light) = self.surrounded {
            scene["extensions"] = json!({ IMAGE_BASED: { "light": 0 } });
            extensions.insert(IMAGE_BASED.into(), light);
        }
        json.insert("scenes".into(), json!([scene]));
        json.insert("cameras".into(), json!([{ "type": "perspective", "perspective": lens }]));
        if !extensions.is_empty() {
            json.insert("extensions".into(), extensions.into());
        }
        let buffer = json!({ "byteLength": self.binary.bytes.len() });
        let buffers = if self.binary.bytes.is_empty() { Vec::new() } else { vec![buffer] };
        let lists = [
            ("nodes", self.nodes),
            ("meshes", self.meshes.json),
            ("materials", self.materials),
            ("textures", self.pictures.textures),
            ("samplers", self.pictures.samplers),
            ("images", self.pictures.images),
            ("animations", self.keys.finish().into_iter().collect()),
            ("accessors", self.binary.accessors),
            ("bufferViews", self.binary.views),
            ("buffers", buffers),
            ("extensionsUsed", self.used.into_iter().map(Value::from).collect()),
        ];
        // Empty lists are not allowed.
        json.extend(lists.into_iter().filter(|(_, list)| !list.is_empty()).map(|(name, list)| (name.into(), list.into())));
        (json, self.binary.bytes)
    }
}

/// A node at a pose.
fn node(name: &str, pose: Pose, exact: &NodeExtras) -> Value {
    let rotation = pose.rotation.normalize();
    json!({
        "name": name,
        "translation": pose.translation.to_array(),
        "rotation": rotation.to_array(),
        "extras": extras::write(exact),
    })
}
