//! Triangles: how many, which way they are turned, that they are closed.

use std::collections::BTreeSet;

use glam::Vec3;
use raytruth_scene::{Aabb, Camera, Material, Mesh, Object, Scene, Shape};
use raytruth_task::props::{Prop, PropKind};

use super::{all, name};

#[test]
fn triangles_are_neither_few_nor_many() {
    let wrong = all().into_iter().filter(|prop| !(300..=3000).contains(&prop.triangles()));
    let wrong: Vec<String> = wrong.map(|prop| format!("{}: {}", name(&prop), prop.triangles())).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn every_triangle_has_an_area_and_normals_on_its_side() {
    let mut wrong = BTreeSet::new();
    for prop in all() {
        for part in &prop.parts {
            for (t, [a, b, c]) in part.mesh.triangles.iter().zip(part.mesh.corners()) {
                let cross = (b - a).cross(c - a);
                let area = 0.5 * cross.length();
                // A bevel of one facet has the normals of the faces beside it: 0.577 at the corner of a box, less of a slanted one.
                let normals = t.map(|i| part.mesh.normals[i as usize]);
                let right = area > 1e-9 && normals.iter().all(|n| n.dot(cross) > 0.2 * cross.length());
                if !right {
                    wrong.insert(format!("{} {}", name(&prop), part.name));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn parts_are_closed_and_face_outwards() {
    let mut wrong = BTreeSet::new();
    for prop in all() {
        for part in &prop.parts {
            if part.mesh.open_edges() > 0 || pieces(&part.mesh).iter().any(|piece| piece.signed_volume() <= 0.0) {
                wrong.insert(format!("{} {}", name(&prop), part.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn nothing_floats() {
    for prop in all() {
        let bounds = |piece: &Mesh| Aabb::of(piece.corners().flatten()).grown(0.001);
        let mut loose: Vec<Aabb> = prop.parts.iter().flat_map(|part| pieces(&part.mesh)).map(|piece| bounds(&piece)).collect();
        // What lies within 2 mm of what is held already is held, by the boxes around both.
        let mut held = vec![loose.swap_remove(0)];
        while let Some(i) = loose.iter().position(|piece| held.iter().any(|other| other.overlaps(piece))) {
            held.push(loose.swap_remove(i));
        }
        assert!(loose.is_empty(), "{}: {loose:?}", name(&prop));
    }
}

/// The connected surfaces of a mesh, which share no position.
fn pieces(mesh: &Mesh) -> Vec<Mesh> {
    let mut ids: Vec<usize> = (0..mesh.positions.len()).collect();
    let mut order = ids.clone();
    let key = |i: usize| (mesh.positions[i] + Vec3::ZERO).to_array().map(f32::to_bits);
    order.sort_by_key(|&i| key(i));
    fn root(ids: &mut [usize], i: usize) -> usize {
        let mut top = i;
        while ids[top] != top {
            top = ids[top];
        }
        ids[i] = top;
        top
    }
    let same = order.windows(2).filter(|w| key(w[0]) == key(w[1])).map(|w| (w[0], w[1])).collect::<Vec<_>>();
    let edges = mesh.triangles.iter().flat_map(|t| [(t[0] as usize, t[1] as usize), (t[0] as usize, t[2] as usize)]);
    for (a, b) in same.into_iter().chain(edges) {
        let (a, b) = (root(&mut ids, a), root(&mut ids, b));
        ids[a] = b;
    }
    let owners: Vec<usize> = mesh.triangles.iter().map(|t| root(&mut ids, t[0] as usize)).collect();
    let roots: BTreeSet<usize> = owners.iter().copied().collect();
    let of = |wanted: usize| mesh.triangles.iter().zip(&owners).filter(move |(_, owner)| **owner == wanted).map(|(t, _)| *t);
    roots.into_iter().map(|r| Mesh { triangles: of(r).collect(), ..mesh.clone() }).collect()
}

#[test]
fn parts_are_named_once_and_scenes_take_them() {
    for prop in all() {
        let names: BTreeSet<&str> = prop.parts.iter().map(|part| part.name).collect();
        assert_eq!(names.len(), prop.parts.len(), "{}", name(&prop));
        let mut scene = Scene::new(Camera::look_at(Vec3::new(0.0, -5.0, 2.0), Vec3::ZERO, 0.7));
        scene.materials.insert("plain".into(), Material::default());
        for part in prop.parts {
            scene.meshes.insert(part.name.into(), part.mesh);
            scene.objects.push(Object::new(part.name, 1, Shape::Mesh { mesh: part.name.into() }, "plain"));
        }
        scene.validate().expect("a prop in a scene");
    }
}

#[test]
fn kinds_are_listed_once_and_variants_repeat() {
    let names: BTreeSet<&str> = PropKind::ALL.iter().map(|kind| kind.name()).collect();
    assert_eq!(names.len(), PropKind::ALL.len());
    assert!(names.iter().all(|name| name.chars().all(|c| c == '_' || c.is_ascii_lowercase())));
    assert_eq!(Prop::new(PropKind::Cup, 4), Prop::new(PropKind::Cup, 1));
}
