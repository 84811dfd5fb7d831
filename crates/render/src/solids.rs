//! Solids with few faces: of what is closed one never sees a face from behind.

use std::collections::HashMap;

use glam::Vec3;

use crate::geometry::Primitive;

/// The plane of some triangles of a solid.
#[derive(Debug)]
pub(crate) struct Face {
    /// Outwards.
    pub(crate) normal: Vec3,
    /// Who sees the face is at a point `p` with `normal.dot(p) + offset > 0`.
    pub(crate) offset: f32,
}

#[derive(Debug)]
pub(crate) struct Solid {
    pub(crate) faces: Vec<Face>,
    /// Of each triangle.
    pub(crate) face_of: Vec<usize>,
}

/// The faces of an object, if its triangles enclose a volume and lie in at most `most` planes.
pub(crate) fn faces(object: &[Primitive], most: usize) -> Option<Solid> {
    let mut solid = Solid { faces: Vec::new(), face_of: Vec::new() };
    for primitive in object {
        let &Primitive::Triangle { corners: [a, b, c], .. } = primitive else { return None };
        let normal = (b - a).cross(c - a).normalize_or_zero();
        let offset = -normal.dot(a);
        // Rounding of the corners turns small triangles more than large ones; a plane is the one of its first.
        let near = 1e-5 * [a, b, c].iter().map(|p| p.abs().max_element()).fold(0.0, f32::max);
        let same =
            |f: &Face| f.normal.dot(normal) > 1.0 - 1e-5 && [a, b, c].iter().all(|p| (f.normal.dot(*p) + f.offset).abs() < near);
        let face = solid.faces.iter().position(same).unwrap_or_else(|| {
            solid.faces.push(Face { normal, offset });
            solid.faces.len() - 1
        });
        if solid.faces.len() > most {
            return None;
        }
        solid.face_of.push(face);
    }
    is_closed(object).then_some(solid)
}

/// Whether each edge is passed once in each direction, and what is enclosed lies behind the triangles.
fn is_closed(object: &[Primitive]) -> bool {
    let mut edges: HashMap<[[u32; 3]; 2], i32> = HashMap::new();
    let mut volume = 0.0;
    for primitive in object {
        let &Primitive::Triangle { corners: [a, b, c], .. } = primitive else { return false };
        volume += f64::from(a.dot(b.cross(c)));
        // Adding zero makes one zero of both.
        let key = |p: Vec3| (p + Vec3::ZERO).to_array().map(f32::to_bits);
        for [from, to] in [[a, b], [b, c], [c, a]].map(|edge| edge.map(key)) {
            *edges.entry([from, to]).or_default() += 1;
            *edges.entry([to, from]).or_default() -= 1;
        }
    }
    volume > 0.0 && edges.values().all(|balance| *balance == 0)
}

#[cfg(test)]
mod tests {
    use glam::{Quat, Vec2};
    use raytruth_scene::{Pose, Shape};

    use super::*;
    use crate::geometry::{Shown, append_primitives};

    fn triangles(shape: &Shape) -> Vec<Primitive> {
        let pose = Pose::new(Vec3::new(0.3, -2.0, 5.0), Quat::from_rotation_x(0.7) * Quat::from_rotation_y(0.4));
        let form = raytruth_scene::Form::Mesh(shape.tessellate(8).expect("is tessellated").into());
        let mut out = Vec::new();
        append_primitives(&mut out, &Shown { object: 0, form: &form, pose: &pose, scale: 1.0 }, 0);
        out
    }

    #[test]
    fn a_box_has_six_faces_that_look_outwards() {
        let cube = triangles(&Shape::Box { half_extents: Vec3::new(0.3, 0.1, 0.01), bevel: 0.0 });
        let solid = faces(&cube, 6).expect("closed");
        assert_eq!(solid.faces.len(), 6);
        let middle = Vec3::new(0.3, -2.0, 5.0);
        for (triangle, face) in cube.iter().zip(&solid.face_of) {
            let face = &solid.faces[*face];
            assert!(face.normal.dot(middle) + face.offset < -0.009);
            let &Primitive::Triangle { corners: [a, b, c], .. } = triangle else { panic!("a triangle") };
            let outside = (a + b + c) / 3.0 + 0.01 * face.normal;
            assert!(face.normal.dot(outside) + face.offset > 0.009);
        }
        assert!(faces(&cube, 5).is_none(), "too many for what is left");
    }

    #[test]
    fn what_is_open_or_inside_out_is_no_solid() {
        let cube = triangles(&Shape::Box { half_extents: Vec3::splat(0.1), bevel: 0.0 });
        assert!(faces(&cube[1..], 16).is_none(), "a triangle is missing");
        let turned = cube.iter().map(|p| match *p {
            Primitive::Triangle { corners: [a, b, c], normals, object, id } => {
                Primitive::Triangle { corners: [a + Vec3::X, c + Vec3::X, b + Vec3::X], normals, object, id }
            }
            Primitive::Sphere { .. } => *p,
        });
        assert!(faces(&turned.collect::<Vec<_>>(), 16).is_none(), "inside out");
        assert!(faces(&triangles(&Shape::Plane { size: Vec2::ONE }), 16).is_none(), "a sheet");
        assert!(faces(&triangles(&Shape::Capsule { radius: 0.1, half_height: 0.0 }), 16).is_none(), "many faces");
    }
}
