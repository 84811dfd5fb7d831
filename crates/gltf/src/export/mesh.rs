//! Shapes to meshes: what is alike is written once.

use std::collections::{BTreeMap, HashMap};

use glam::Vec3;
use raytruth_scene::{LightShape, Mesh, Scene, Shape};
use serde_json::{Value, json};

use super::binary::Binary;
use crate::extras::{self, MeshExtras};

/// Meshes written so far.
#[derive(Default)]
pub(super) struct Meshes {
    pub(super) json: Vec<Value>,
    /// Accessors by shape. Objects that share a form share the data, even where their materials differ.
    data: HashMap<String, Value>,
    /// glTF meshes, which hold the material, by shape and material.
    by_key: HashMap<(String, Option<usize>), usize>,
}

impl Meshes {
    /// Index of the mesh of a shape in a material.
    pub(super) fn shape(&mut self, binary: &mut Binary, scene: &Scene, shape: &Shape, segments: u32, material: usize) -> usize {
        // Shapes are plain data, so their text tells them apart.
        let key = serde_json::to_string(shape).unwrap_or_default();
        let name = match shape {
            Shape::Mesh { mesh } => mesh.clone(),
            _ => key.split('"').nth(3).unwrap_or("shape").to_owned(),
        };
        let empty = Mesh::default();
        let made;
        let mesh = match shape {
            Shape::Mesh { mesh } => scene.meshes.get(mesh).unwrap_or(&empty),
            _ if self.data.contains_key(&key) => &empty,
            _ => {
                made = shape.tessellate(segments).unwrap_or_default();
                &made
            }
        };
        self.mesh(binary, key, &name, mesh, Some(material))
    }

    /// Bounds of a mesh that was written.
    pub(super) fn bounds(&self, binary: &Binary, mesh: usize) -> [Vec3; 2] {
        let index = self.json[mesh]["primitives"][0]["attributes"]["POSITION"].as_u64().unwrap_or_default();
        let accessor = binary.accessors.get(index as usize).unwrap_or(&Value::Null);
        let corner = |name: &str| serde_json::from_value(accessor[name].clone()).map_or(Vec3::ZERO, Vec3::from_array);
        [corner("min"), corner("max")]
    }

    /// Index of the mesh of an area light, in its own frame.
    pub(super) fn light(&mut self, binary: &mut Binary, shape: &LightShape, segments: u32, material: usize) -> Option<usize> {
        let mesh = match shape {
            LightShape::Sphere { radius } | LightShape::Spot { radius, .. } => {
                Shape::Sphere { radius: *radius }.tessellate(segments)?
            }
            LightShape::Rect { size } => turned(Shape::Plane { size: *size }.tessellate(segments)?),
            LightShape::Disk { radius } => turned(disk(*radius, segments.clamp(8, 1024))),
            _ => return None,
        };
        let key = format!("light {}", serde_json::to_string(shape).unwrap_or_default());
        Some(self.mesh(binary, key, "light", &mesh, Some(material)))
    }

    /// Index of a mesh of several parts, each of a material, that nothing else shares.
    pub(super) fn parts(&mut self, binary: &mut Binary, name: &str, parts: &[(impl std::borrow::Borrow<Mesh>, usize)]) -> usize {
        let primitive = |(mesh, material): &(_, usize)| {
            let mut primitive = accessors(binary, std::borrow::Borrow::<Mesh>::borrow(mesh));
            primitive["material"] = (*material).into();
            primitive
        };
        let primitives: Vec<Value> = parts.iter().map(primitive).collect();
        self.json.push(json!({ "name": name, "primitives": primitives }));
        self.json.len() - 1
    }

    /// Writes the meshes of a scene that no object uses, so that they come back.
    pub(super) fn unused(&mut self, binary: &mut Binary, scene: &Scene) {
        for (name, mesh) in &scene.meshes {
            let key = serde_json::to_string(&Shape::Mesh { mesh: name.clone() }).unwrap_or_default();
            if !self.data.contains_key(&key) {
                let index = self.mesh(binary, key, name, mesh, None);
                self.json[index]["extras"] = extras::write(&MeshExtras { mesh: name.clone() });
            }
        }
    }

    fn mesh(&mut self, binary: &mut Binary, key: String, name: &str, mesh: &Mesh, material: Option<usize>) -> usize {
        let next = self.json.len();
        let index = *self.by_key.entry((key.clone(), material)).or_insert(next);
        if index == next {
            let mut primitive = self.data.entry(key).or_insert_with(|| accessors(binary, mesh)).clone();
            if let Some(material) = material {
                primitive["material"] = material.into();
            }
            self.json.push(json!({ "name": name, "primitives": [primitive] }));
        }
        index
    }
}

fn accessors(binary: &mut Binary, mesh: &Mesh) -> Value {
    let mut attributes = json!({ "POSITION": binary.positions(&mesh.positions) });
    if !mesh.normals.is_empty() {
        attributes["NORMAL"] = binary.normals(&mesh.normals).into();
    }
    if !mesh.texcoords.is_empty() {
        attributes["TEXCOORD_0"] = binary.texcoords(&mesh.texcoords).into();
    }
    if !mesh.colors.is_empty() {
        attributes["COLOR_0"] = binary.colors(&mesh.colors).into();
    }
    json!({ "attributes": attributes, "indices": binary.triangles(&mesh.triangles) })
}

/// Half a turn about x: what faced +z faces −z.
fn turned(mut mesh: Mesh) -> Mesh {
    for v in mesh.positions.iter_mut().chain(&mut mesh.normals) {
        *v = Vec3::new(v.x, -v.y, -v.z);
    }
    mesh
}

/// A disc that faces +z.
fn disk(radius: f32, segments: u32) -> Mesh {
    let rim = |i: u32| radius * Vec3::from((glam::Vec2::from_angle(std::f32::consts::TAU * i as f32 / segments as f32), 0.0));
    let positions: Vec<Vec3> = (0..segments).map(rim).collect();
    let triangles = (1..segments - 1).map(|i| [0, i, i + 1]).collect();
    Mesh { normals: vec![Vec3::Z; positions.len()], positions, triangles, ..Mesh::default() }
}

/// How thick the thinnest thing of each material is, metres, and whether any shows its back.
pub(super) fn made_of(scene: &Scene) -> BTreeMap<&str, (f32, bool)> {
    let mut found: BTreeMap<&str, (f32, bool)> = BTreeMap::new();
    let mut open_meshes: HashMap<&str, bool> = HashMap::new();
    for object in &scene.objects {
        let shape = object.first_shape();
        let bounds = shape.aabb(&scene.meshes);
        let thickness = if bounds.is_empty() { 0.0 } else { bounds.size().min_element() };
        let open = match shape {
            Shape::Plane { .. } => true,
            Shape::Mesh { mesh } => {
                *open_meshes.entry(mesh).or_insert_with(|| scene.meshes.get(mesh).is_some_and(|m| m.open_edges() > 0))
            }
            _ => false,
        };
        let entry = found.entry(&object.material).or_insert((f32::INFINITY, false));
        if thickness > 0.0 {
            entry.0 = entry.0.min(thickness);
        }
        entry.1 |= open;
    }
    found
}
