//! Nodes with meshes to objects.

use std::collections::{BTreeMap, HashMap, HashSet};

use glam::{DMat3, Vec3};
use gltf::json::Root;
use gltf::json::mesh::{Primitive, Semantic};
use raytruth_scene::{Material, Mesh, Object, Role, Shape};

use super::accessor::Budget;
use super::dress::Dress;
use super::image::Images;
use super::mesh::{Meshes, attribute, lines};
use super::motion::Sampler;
use super::names::{Names, Warnings};
use super::nodes::{Placement, Tree};
use super::source::Source;
use super::{instances, material};
use crate::GltfError;
use crate::extras::{self, MeshExtras, NodeExtras, ObjectExtras};

/// What of a scene comes out of meshes.
pub(super) struct Built {
    pub(super) objects: Vec<Object>,
    pub(super) materials: BTreeMap<String, Material>,
    pub(super) meshes: BTreeMap<String, Mesh>,
}

/// Turns nodes into objects, in the order of the file.
pub(super) struct Builder<'a, 'i> {
    pub(super) source: &'a Source<'a>,
    pub(super) budget: &'a Budget,
    pub(super) warnings: &'a mut Warnings,
    pub(super) tree: &'a Tree,
    pub(super) sampler: &'a Sampler<'a>,
    /// Of every node.
    pub(super) extras: &'a [NodeExtras],
    pub(super) images: &'a mut Images<'i>,
}

impl Builder<'_, '_> {
    pub(super) fn build(mut self) -> Result<Built, GltfError> {
        let root = &self.source.root;
        let by_index = material::read(self.source, self.images, self.warnings);
        let mut materials: BTreeMap<String, Material> =
            by_index.iter().flatten().map(|m| (m.name.clone(), m.material.clone())).collect();
        let plain = (0..).map(|n: u64| if n == 0 { "default".into() } else { format!("default.{n}") });
        let plain: String = plain.into_iter().find(|name| !materials.contains_key(name)).unwrap_or_default();
        let (mut meshes, mut names, mut objects) = (Meshes::default(), Names::default(), Vec::new());
        let kept = self.unused(&mut meshes)?;
        // Those of ours keep their names and ids, whatever else is in the file.
        let ours: HashMap<usize, (String, &ObjectExtras)> = (0..root.nodes.len())
            .filter_map(|i| Some((i, ours(root, self.tree, self.extras, i)?)))
            .map(|(i, exact)| (i, (names.unique(root.nodes[i].name.as_deref(), "object"), exact)))
            .collect();
        let taken: HashSet<u16> = ours.values().map(|(_, exact)| exact.id).collect();
        let mut free = (1..=u16::MAX).filter(|id| !taken.contains(id));
        for (i, node) in root.nodes.iter().enumerate().filter(|&(i, _)| self.tree.shown[i]) {
            let Some(index) = node.mesh.map(|m| m.value()).filter(|_| !pictures(&self.extras[i])) else { continue };
            let mesh = &root.meshes[index];
            let known = ours.get(&i);
            let at = format!("nodes[{i}]");
            let placements = instances::read(self.source, self.budget, &at, node)?.unwrap_or(vec![Placement::IDENTITY]);
            for placement in &placements {
                let id = known.map(|(_, exact)| exact.id).or_else(|| free.next()).unwrap_or_else(|| {
                    self.warnings.add("there are more than 65535 objects; the rest share the last id");
                    u16::MAX
                });
                for (p, primitive) in mesh.primitives.iter().enumerate() {
                    let at = format!("meshes[{index}].primitives[{p}]");
                    let stretch = self.tree.world(i).then(placement).k;
                    let exact = known.map(|(_, exact)| *exact);
                    let part = (at.as_str(), primitive);
                    let made_of = primitive.material.and_then(|m| by_index[m.value()].as_ref());
                    let dress = made_of.map_or_else(Dress::default, |m| m.dress);
                    let Some(shape) = self.shape(&mut meshes, &kept, part, mesh.name.as_deref(), exact, (&stretch, dress))?
                    else {
                        continue;
                    };
                    let material = made_of.map_or(&plain, |m| &m.name).clone();
                    if material == plain {
                        materials.entry(plain.clone()).or_insert_with(material::default);
                    }
                    let parent = self.tree.parents[i].and_then(|p| Some((p, &ours.get(&p)?.0)));
                    let parent = parent
                        .filter(|(p, _)| known.is_some() && self.tree.world(*p).is_rigid() && self.tree.world(i).is_rigid());
                    let motion = known.map(|(_, exact)| &exact.motion);
                    let (pose, track) = self.sampler.motion(self.warnings, root, i, placement, parent.is_some(), motion)?;
                    let name = match known {
                        Some((name, _)) => name.clone(),
                        None => names.unique(node.name.as_deref().or(mesh.name.as_deref()), "object"),
                    };
                    // An edited form is the same in all frames in which it is there.
                    let shapes = known.map_or_else(Vec::new, |(_, exact)| restored(exact, &shape));
                    let unedited = known.filter(|(_, exact)| !shapes.is_empty() && *exact.pictured() == shape);
                    let shape = unedited.map_or(shape, |(_, exact)| exact.shape.clone());
                    let role = known.map_or(Role::default(), |(_, exact)| exact.role);
                    objects.push(Object {
                        name,
                        id,
                        role,
                        shape,
                        shapes,
                        material,
                        parent: parent.map(|(_, name)| name.clone()),
                        pose,
                        track,
                    });
                }
            }
        }
        Ok(Built { objects, materials, meshes: meshes.done })
    }

    /// The exact shape of ours where it still holds, else the triangles; `None` where there are none to show.
    fn shape(
        &mut self,
        meshes: &mut Meshes,
        kept: &BTreeMap<String, String>,
        (at, primitive): (&str, &Primitive),
        name: Option<&str>,
        exact: Option<&ObjectExtras>,
        (stretch, dress): (&DMat3, Dress),
    ) -> Result<Option<Shape>, GltfError> {
        let name = match exact.map(ObjectExtras::pictured) {
            Some(Shape::Mesh { mesh }) => {
                let whole = exact.filter(|e| e.baked).and(kept.get(mesh));
                if let (Some(whole), Some(exact)) = (whole, exact)
                    && self.still(exact, at, primitive, stretch)
                {
                    return Ok(Some(Shape::Mesh { mesh: whole.clone() }));
                }
                Some(mesh.as_str())
            }
            Some(shape) if exact.is_some_and(|e| self.still(e, at, primitive, stretch)) => return Ok(Some(shape.clone())),
            _ => name,
        };
        let part = (at, primitive);
        let mesh = meshes.mesh(self.source, self.budget, self.warnings, part, name.unwrap_or("mesh"), (stretch, dress))?;
        Ok(mesh.map(|mesh| Shape::Mesh { mesh }))
    }

    /// Whether the triangles still are those that were written for the shape, and not scaled since.
    fn still(&mut self, exact: &ObjectExtras, at: &str, primitive: &Primitive, stretch: &DMat3) -> bool {
        let accessor = attribute(primitive, Semantic::Positions).map(|i| &self.source.root.accessors[i]);
        let corner =
            |value: Option<&serde_json::Value>| Some(Vec3::from(serde_json::from_value::<[f32; 3]>(value?.clone()).ok()?));
        let bounds = accessor.and_then(|a| Some([corner(a.min.as_ref())?, corner(a.max.as_ref())?]));
        let [min, max] = exact.bounds;
        let off = bounds.map_or(f32::INFINITY, |b| (b[0] - min).abs().max((b[1] - max).abs()).max_element());
        let holds = off <= 1e-3 * (max - min).max_element() && stretch.abs_diff_eq(DMat3::IDENTITY, 1e-5);
        if !holds {
            self.warnings.add(format!("{at} was edited since raytruth wrote it; its triangles replace the exact shape"));
        }
        holds
    }

    /// Meshes of ours that no node shows, by their name when they were written: the name that each has now.
    fn unused(&mut self, meshes: &mut Meshes) -> Result<BTreeMap<String, String>, GltfError> {
        let mut kept = BTreeMap::new();
        for (m, mesh) in self.source.root.meshes.iter().enumerate() {
            let at = format!("meshes[{m}]");
            let ours = extras::read::<MeshExtras>(&mesh.extras).unwrap_or_else(|e| {
                self.warnings.add(format!("{at}: its extras cannot be read: {e}"));
                None
            });
            if let (Some(ours), Some(primitive)) = (ours, mesh.primitives.first()) {
                let part = (at.as_str(), primitive);
                let plain = (&DMat3::IDENTITY, Dress::default());
                if let Some(name) = meshes.mesh(self.source, self.budget, self.warnings, part, &ours.mesh, plain)? {
                    kept.insert(ours.mesh, name);
                }
            }
        }
        Ok(kept)
    }
}

/// Whether a node's mesh only pictures what its extras hold.
const fn pictures(extras: &NodeExtras) -> bool {
    extras.light.is_some() || extras.sun || extras.sky
}

/// The shapes of an object of ours that changes, given the one that its triangles show now.
fn restored(exact: &ObjectExtras, now: &Shape) -> Vec<Shape> {
    let pictured = exact.pictured();
    let shape = |shape: &Shape| match shape {
        Shape::Nothing => Shape::Nothing,
        same if pictured == now => same.clone(),
        _ => now.clone(),
    };
    exact.shapes.iter().map(shape).collect()
}

/// The extras of a node that shows one object of ours.
fn ours<'e>(root: &Root, tree: &Tree, extras: &'e [NodeExtras], node: usize) -> Option<&'e ObjectExtras> {
    let json = &root.nodes[node];
    let [primitive] = &root.meshes[json.mesh?.value()].primitives[..] else { return None };
    // Whoever names it as a parent must find it.
    let solid = !lines(primitive) && attribute(primitive, Semantic::Positions).is_some();
    let instanced = json.extensions.as_ref().is_some_and(|e| e.others.contains_key("EXT_mesh_gpu_instancing"));
    extras[node].object.as_ref().filter(|_| solid && !instanced && tree.shown[node])
}
