//! Primitives to meshes.

use std::collections::{BTreeMap, HashMap};

use glam::{DMat3, DVec3, Vec3};
use gltf::json::mesh::{Mode, Primitive, Semantic};
use gltf::json::validation::Checked;
use raytruth_scene::Mesh;

use super::accessor::{self, Budget};
use super::dress::{self, Dress};
use super::names::{Names, Warnings};
use super::source::Source;
use crate::GltfError;

/// Meshes read so far. Primitives that share their accessors and are stretched alike share a mesh.
#[derive(Default)]
pub(super) struct Meshes {
    pub(super) done: BTreeMap<String, Mesh>,
    names: Names,
    by_key: HashMap<Key, Option<String>>,
}

/// Accessors of a primitive's data.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Accessors {
    positions: usize,
    normals: Option<usize>,
    texcoords: Option<usize>,
    colors: Option<usize>,
    indices: Option<usize>,
}

/// Data; layout of texture coordinates; mode; stretch.
type Key = (Accessors, [u32; 6], u32, [i64; 10]);

/// The accessor of an attribute.
pub(super) fn attribute(primitive: &Primitive, semantic: Semantic) -> Option<usize> {
    primitive.attributes.get(&Checked::Valid(semantic)).map(|a| a.value())
}

/// Whether it is of points or lines.
pub(super) fn lines(primitive: &Primitive) -> bool {
    matches!(primitive.mode, Checked::Valid(Mode::Points | Mode::Lines | Mode::LineLoop | Mode::LineStrip))
}

impl Meshes {
    /// Name of the mesh of a primitive after a stretch. `None` where it has no triangles to show, which is warned about.
    ///
    /// # Errors
    /// [`GltfError`] where its data are broken.
    pub(super) fn mesh(
        &mut self,
        source: &Source<'_>,
        budget: &Budget,
        warnings: &mut Warnings,
        (at, primitive): (&str, &Primitive),
        name: &str,
        (stretch, dress): (&DMat3, Dress),
    ) -> Result<Option<String>, GltfError> {
        let Checked::Valid(mode) = primitive.mode else { return Err(GltfError::at(at, "has an unknown mode")) };
        let Some(positions) = attribute(primitive, Semantic::Positions) else {
            warnings.add(format!("{at} has no positions and is left out"));
            return Ok(None);
        };
        let accessors = Accessors {
            positions,
            normals: attribute(primitive, Semantic::Normals),
            texcoords: attribute(primitive, Semantic::TexCoords(dress.layout.set)),
            colors: attribute(primitive, Semantic::Colors(0)),
            indices: primitive.indices.map(|i| i.value()),
        };
        let Some(stretch_key) = stretch_key(stretch) else {
            warnings.add(format!("{at} is scaled to nothing in at least one direction and is left out"));
            return Ok(None);
        };
        let bits = if accessors.texcoords.is_some() { dress.layout.bits() } else { [0; 6] };
        let key = (accessors, bits, mode.as_gl_enum(), stretch_key);
        if let Some(known) = self.by_key.get(&key) {
            return Ok(known.clone());
        }
        let made = if lines(primitive) {
            warnings.add(format!("{at}: points and lines have no surface and are left out"));
            None
        } else {
            let mut mesh = read(source, budget, warnings, at, accessors, mode)?;
            mesh.texcoords = dress::texcoords(source, budget, warnings, at, accessors.texcoords, dress, mesh.positions.len());
            mesh.colors = dress::colors(source, budget, warnings, at, accessors.colors, mesh.positions.len());
            if !stretch.abs_diff_eq(DMat3::IDENTITY, 1e-6) {
                bake(&mut mesh, stretch);
            }
            let name = self.names.unique(Some(name), "mesh");
            self.done.insert(name.clone(), mesh);
            Some(name)
        };
        self.by_key.insert(key, made.clone());
        Ok(made)
    }
}

/// The same for stretches that differ by what composing transforms loses: entries to a millionth of the largest, and the logarithm of
/// that. `None` for one that flattens.
fn stretch_key(stretch: &DMat3) -> Option<[i64; 10]> {
    let entries = stretch.to_cols_array();
    let size = entries.iter().fold(0.0f64, |m, x| m.max(x.abs()));
    let solid = size > 0.0 && (stretch.determinant() / size.powi(3)).abs() > 1e-12;
    let parts = |x: f64| (x * 1e6).round() as i64;
    solid.then(|| std::array::from_fn(|i| if i < 9 { parts(entries[i] / size) } else { parts(size.ln()) }))
}

fn read(
    source: &Source<'_>,
    budget: &Budget,
    warnings: &mut Warnings,
    at: &str,
    Accessors { positions, normals, indices, .. }: Accessors,
    mode: Mode,
) -> Result<Mesh, GltfError> {
    let positions: Vec<Vec3> = accessor::floats::<3>(source, budget, positions)?.into_iter().map(Vec3::from).collect();
    let count = positions.len();
    let normals = match normals {
        Some(index) => accessor::floats::<3>(source, budget, index)?.into_iter().map(Vec3::from).collect(),
        None => Vec::new(),
    };
    if !normals.is_empty() && normals.len() != count {
        return Err(GltfError::at(at, format!("has {} normals for {count} positions", normals.len())));
    }
    let normals = match unit(normals) {
        Some(normals) => normals,
        None => {
            warnings.add(format!("{at} has normals of no length; it is shaded flat"));
            Vec::new()
        }
    };
    let corners = match indices {
        Some(index) => accessor::indices(source, budget, index)?,
        None => {
            budget.spend(count as u64)?;
            (0..count as u32).collect()
        }
    };
    if let Some(bad) = corners.iter().find(|&&i| i as usize >= count) {
        return Err(GltfError::at(at, format!("index {bad} is out of range of its {count} positions")));
    }
    let triangles = triangles(&corners, mode);
    if triangles.is_empty() {
        return Err(GltfError::at(at, format!("has no triangle: {} vertices are listed", corners.len())));
    }
    if mode == Mode::Triangles && corners.len() % 3 != 0 {
        warnings.add(format!("{at}: {} vertices are no whole number of triangles; the rest is left out", corners.len()));
    }
    Ok(Mesh { positions, normals, triangles, ..Mesh::default() })
}

/// Of unit length; `None` where one has no direction. Quantised normals are a little off; unit ones stay to the bit.
fn unit(mut normals: Vec<Vec3>) -> Option<Vec<Vec3>> {
    for n in &mut normals {
        if (n.length() - 1.0).abs() > 1e-4 {
            *n = n.try_normalize()?;
        }
    }
    Some(normals)
}

/// Lists, strips and fans to triangles, each turned as section 3.7.2.1 of the specification says. Strips repeat vertices to jump:
/// those triangles are dropped.
fn triangles(corners: &[u32], mode: Mode) -> Vec<[u32; 3]> {
    let distinct = |t: &[u32; 3]| t[0] != t[1] && t[1] != t[2] && t[2] != t[0];
    match mode {
        Mode::TriangleStrip => {
            let turned = |(i, w): (usize, &[u32])| if i % 2 == 0 { [w[0], w[1], w[2]] } else { [w[0], w[2], w[1]] };
            corners.windows(3).enumerate().map(turned).filter(distinct).collect()
        }
        Mode::TriangleFan => {
            corners.get(1..).unwrap_or_default().windows(2).map(|w| [w[0], w[1], corners[0]]).filter(distinct).collect()
        }
        _ => corners.chunks_exact(3).map(|c| [c[0], c[1], c[2]]).collect(),
    }
}

/// Bakes a stretch. A mirror turns triangles inside out, so they are turned back; normals go by the inverse transpose.
fn bake(mesh: &mut Mesh, stretch: &DMat3) {
    let cofactor = stretch.inverse().transpose();
    for p in &mut mesh.positions {
        *p = (*stretch * p.as_dvec3()).as_vec3();
    }
    for n in &mut mesh.normals {
        *n = (cofactor * n.as_dvec3()).normalize_or(DVec3::Z).as_vec3().normalize();
    }
    if stretch.determinant() < 0.0 {
        mesh.triangles.iter_mut().for_each(|t| t.swap(1, 2));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strips_and_fans_keep_their_winding() {
        // A strip zigzags: 0 1 2, then 1 3 2 (as 1, 3, 2 turned from 1 2 3), then 2 3 4.
        assert_eq!(triangles(&[0, 1, 2, 3, 4], Mode::TriangleStrip), [[0, 1, 2], [1, 3, 2], [2, 3, 4]]);
        assert_eq!(triangles(&[0, 1, 2, 3], Mode::TriangleFan), [[1, 2, 0], [2, 3, 0]]);
        assert_eq!(triangles(&[0, 1, 2, 2, 3, 4, 5], Mode::TriangleStrip), [[0, 1, 2], [2, 4, 3], [3, 4, 5]]);
        assert!(triangles(&[], Mode::TriangleFan).is_empty() && triangles(&[1, 2], Mode::TriangleStrip).is_empty());
    }

    #[test]
    fn a_mirrored_box_still_faces_outwards() {
        let mut mesh = raytruth_scene::Shape::Box { half_extents: Vec3::ONE, bevel: 0.0 }.tessellate(8).expect("a box");
        let stretch = DMat3::from_diagonal(DVec3::new(-2.0, 1.0, 0.5));
        bake(&mut mesh, &stretch);
        // By hand: 8 m³ · 2 · 1 · 0.5.
        assert!((mesh.signed_volume() - 8.0).abs() < 1e-5, "{}", mesh.signed_volume());
        for (t, [a, b, c]) in mesh.triangles.iter().zip(mesh.corners()) {
            let facing = (b - a).cross(c - a).normalize();
            assert!(t.iter().all(|&i| mesh.normals[i as usize].dot(facing) > 0.999));
        }
    }

    #[test]
    fn normals_of_a_stretched_slope_stay_upright_to_it() {
        // The plane z = x, stretched by 2 along x, is z = x / 2, whose normal is (−1, 0, 2) / √5.
        let positions = vec![Vec3::ZERO, Vec3::new(1.0, 0.0, 1.0), Vec3::Y];
        let normals = vec![Vec3::new(-1.0, 0.0, 1.0).normalize(); 3];
        let mut mesh = Mesh { positions, normals, triangles: vec![[0, 1, 2]], ..Mesh::default() };
        bake(&mut mesh, &DMat3::from_diagonal(DVec3::new(2.0, 1.0, 1.0)));
        assert!(mesh.normals[0].distance(Vec3::new(-0.447_213_6, 0.0, 0.894_427_2)) < 1e-6, "{}", mesh.normals[0]);
    }
}
