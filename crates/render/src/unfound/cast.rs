//! Rays through a scene, on the host.

use glam::Vec3;
use raytruth_scene::{Aabb, Form, Pose};

use crate::bvh::{Bvh, Kind, build};
use crate::geometry::{Primitive, Shown, append_primitives};

/// All surfaces of a frame.
pub(super) struct Surfaces {
    pub(super) primitives: Vec<Primitive>,
    bvh: Bvh,
}

/// Where a ray passes a surface.
#[derive(Clone, Copy, Debug)]
pub(super) struct Crossing {
    /// Ray lengths from its origin.
    pub(super) t: f32,
    /// Outwards, or as the triangle faces.
    pub(super) normal: Vec3,
    pub(super) object: usize,
}

impl Surfaces {
    pub(super) fn new(forms: &[Form], poses: &[Pose]) -> Self {
        let mut primitives = Vec::new();
        for (object, (form, pose)) in forms.iter().zip(poses).enumerate() {
            append_primitives(&mut primitives, &Shown { object, form, pose, scale: 1.0 }, 0);
        }
        let bounds: Vec<Aabb> = primitives.iter().map(Primitive::bounds).collect();
        let bvh = build(&bounds, &|_| false);
        Self { primitives, bvh }
    }

    /// All that a ray passes before `reach`, the nearest first.
    pub(super) fn crossed(&self, origin: Vec3, direction: Vec3, reach: f32) -> Vec<Crossing> {
        let mut found = Vec::new();
        let mut stack = Vec::from_iter((!self.bvh.nodes.is_empty()).then_some(0));
        while let Some(index) = stack.pop() {
            let node = &self.bvh.nodes[index as usize];
            if !node.bounds.is_met_by(origin, direction, reach) {
                continue;
            }
            match node.kind {
                Kind::Inner { left, right, .. } => stack.extend([left, right]),
                Kind::Leaf { first, count } => {
                    let inside = &self.bvh.order[first as usize..(first + count) as usize];
                    let primitives = inside.iter().map(|i| &self.primitives[*i as usize]);
                    found.extend(primitives.flat_map(|p| crossings(p, origin, direction)).filter(|c| c.t < reach));
                }
            }
        }
        found.sort_by(|a, b| a.t.total_cmp(&b.t));
        found
    }
}

fn crossings(primitive: &Primitive, origin: Vec3, direction: Vec3) -> impl Iterator<Item = Crossing> {
    let object = primitive.object() as usize;
    let roots = match *primitive {
        Primitive::Triangle { corners, .. } => [through_triangle(corners, origin, direction), None],
        Primitive::Sphere { center, radius, .. } => through_ball(center, radius, origin, direction),
    };
    roots.into_iter().flatten().filter(|(t, _)| *t > 0.0).map(move |(t, normal)| Crossing { t, normal, object })
}

/// Möller, Trumbore, "Fast, Minimum Storage Ray/Triangle Intersection", 1997.
fn through_triangle([a, b, c]: [Vec3; 3], origin: Vec3, direction: Vec3) -> Option<(f32, Vec3)> {
    let (e1, e2, to) = (b - a, c - a, origin - a);
    let (p, q) = (direction.cross(e2), to.cross(e1));
    let scale = 1.0 / e1.dot(p);
    let (u, v) = (to.dot(p) * scale, direction.dot(q) * scale);
    (u >= 0.0 && v >= 0.0 && u + v <= 1.0).then(|| (e2.dot(q) * scale, e1.cross(e2).normalize_or_zero()))
}

fn through_ball(center: Vec3, radius: f32, origin: Vec3, direction: Vec3) -> [Option<(f32, Vec3)>; 2] {
    let to = center - origin;
    let middle = to.dot(direction);
    let half2 = radius * radius - (to - middle * direction).length_squared();
    if half2 < 0.0 {
        return [None; 2];
    }
    [-1.0, 1.0].map(|side| {
        let t = middle + side * half2.sqrt();
        Some((t, (t * direction - to) / radius))
    })
}

#[cfg(test)]
mod tests {
    use glam::{Quat, Vec2};
    use raytruth_scene::Shape;

    use super::*;

    #[test]
    fn rays_pass_a_ball_twice_and_a_box_twice_in_order() {
        let cube = Shape::Box { half_extents: Vec3::splat(0.5), bevel: 0.0 }.tessellate(8).expect("a box");
        let sheet = Shape::Plane { size: Vec2::splat(2.0) }.tessellate(8).expect("a plane");
        let forms = [Form::Mesh(cube.into()), Form::Sphere { radius: 0.25 }, Form::Mesh(sheet.into())];
        let turned = Quat::from_rotation_z(0.3);
        let poses = [Pose::new(Vec3::Z, turned), Pose::from(Vec3::Z), Pose::from(Vec3::new(0.0, 0.0, 3.0))];
        let surfaces = Surfaces::new(&forms, &poses);
        let (origin, up) = (Vec3::new(0.05, 0.02, -1.0), Vec3::Z);
        let found = surfaces.crossed(origin, up, 10.0);
        let objects: Vec<usize> = found.iter().map(|c| c.object).collect();
        assert_eq!(objects, [0, 1, 1, 0, 2]);
        assert!((found[0].t - 1.5).abs() < 1e-5 && (found[3].t - 2.5).abs() < 1e-5 && (found[4].t - 4.0).abs() < 1e-5);
        assert!(found[0].normal.z < -0.99 && found[3].normal.z > 0.99);
        assert!(found[1].normal.z < -0.9 && found[2].normal.z > 0.9);
        assert_eq!(surfaces.crossed(origin, up, 3.5).len(), 4, "not beyond its reach");
        assert!(surfaces.crossed(origin, -up, 10.0).is_empty(), "not behind it");
    }
}
