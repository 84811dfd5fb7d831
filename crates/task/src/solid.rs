//! Whether anything passes through anything: solids that move are held against all others, frame by frame.

use std::collections::BTreeMap;

use parry3d::math::Pose;
use parry3d::query::contact;
use parry3d::shape::{Ball, Capsule, ConvexPolyhedron, Cuboid, Cylinder, SharedShape, TriMesh};
use raytruth_scene::{Aabb, Object, Scene, Shape};

/// Two things in one place.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Overlap {
    pub frame: usize,
    /// Names of the objects.
    pub objects: [String; 2],
    /// How far into each other they are, metres.
    pub depth: f32,
}

/// A form as it is, and its hull, if that is another: of two meshes the hulls are held against each other.
struct Solid {
    own: SharedShape,
    hull: Option<SharedShape>,
}

/// The deepest overlap of each pair of which at least one moves, if it is deeper than it may be and than it was at first: what is built
/// into something else stays there. Parts of one thing are not held against each other, nor what has no volume.
pub(crate) fn overlaps(scene: &Scene, allowed: f32) -> Vec<Overlap> {
    let frames = scene.frames();
    let roots: Vec<usize> = (0..scene.objects.len()).map(|i| root(scene, i)).collect();
    let moves: Vec<bool> = roots.iter().map(|&r| scene.objects[r].track.is_some()).collect();
    // What changes its form flows around others: it is no solid.
    let flows = |object: &Object| object.shapes.iter().any(|shape| !shape.is_nothing() && shape != object.shape_at(0));
    let solids: Vec<Option<Solid>> =
        scene.objects.iter().map(|object| if flows(object) { None } else { solid(scene, object.shape_at(0)) }).collect();
    let mut deepest = BTreeMap::<(usize, usize), Overlap>::new();
    let mut at_first = BTreeMap::<(usize, usize), f32>::new();
    for frame in 0..frames {
        let poses = scene.world_poses(frame);
        let bounds: Vec<Aabb> = (0..poses.len()).map(|i| scene.object_aabb(i, frame)).collect();
        for a in 0..poses.len() {
            for b in a + 1..poses.len() {
                let (Some(one), Some(other)) = (&solids[a], &solids[b]) else { continue };
                if roots[a] == roots[b] || !(moves[a] || moves[b]) || !bounds[a].overlaps(&bounds[b]) {
                    continue;
                }
                let depth = depth(one, &pose(&poses[a]), other, &pose(&poses[b]));
                if frame == 0 {
                    at_first.insert((a, b), depth);
                }
                let least = allowed + at_first.get(&(a, b)).copied().unwrap_or(0.0);
                if depth > deepest.get(&(a, b)).map_or(least, |found| found.depth) {
                    let objects = [a, b].map(|i| scene.objects[i].name.clone());
                    deepest.insert((a, b), Overlap { frame, objects, depth });
                }
            }
        }
    }
    deepest.into_values().collect()
}

/// What an object is a part of, in the end.
fn root(scene: &Scene, object: usize) -> usize {
    let parent = scene.objects[object].parent.as_deref().and_then(|name| scene.object_index(name));
    parent.map_or(object, |parent| root(scene, parent))
}

fn solid(scene: &Scene, shape: &Shape) -> Option<Solid> {
    let own = match shape {
        Shape::Sphere { radius } => SharedShape::new(Ball::new(*radius)),
        Shape::Box { half_extents, .. } => SharedShape::new(Cuboid::new(*half_extents)),
        Shape::Cylinder { radius, half_height, .. } => {
            // Along y, theirs; along z, ours.
            let turned = Pose::rotation(core::f32::consts::FRAC_PI_2 * glam::Vec3::X);
            SharedShape::compound(vec![(turned, SharedShape::new(Cylinder::new(*half_height, *radius)))])
        }
        Shape::Capsule { radius, half_height } => SharedShape::new(Capsule::new_z(*half_height, *radius)),
        Shape::Mesh { mesh } => {
            let mesh = scene.meshes.get(mesh)?;
            let own = TriMesh::new(mesh.positions.clone(), mesh.triangles.clone()).ok()?;
            let hull = ConvexPolyhedron::from_convex_hull(&mesh.positions).map(SharedShape::new);
            return Some(Solid { own: SharedShape::new(own), hull });
        }
        // Planes have no volume; tubes belong to worlds that hold their own apart.
        _ => return None,
    };
    Some(Solid { own, hull: None })
}

fn pose(pose: &raytruth_scene::Pose) -> Pose {
    Pose::from_parts(pose.translation, pose.rotation)
}

fn depth(a: &Solid, at_a: &Pose, b: &Solid, at_b: &Pose) -> f32 {
    let (one, other) = match (&a.hull, &b.hull) {
        (Some(one), Some(other)) => (one, other),
        _ => (&a.own, &b.own),
    };
    contact(at_a, &**one, at_b, &**other, 0.0).ok().flatten().map_or(0.0, |found| -found.dist)
}

#[cfg(test)]
mod tests {
    use glam::{Quat, Vec3};
    use raytruth_scene::{Animation, Camera, Object, Pose};

    use super::*;

    /// Something that passes over a box, at a height.
    fn passing(shape: Shape, height: f32) -> Scene {
        let mut scene = Scene::new(Camera::look_at(Vec3::Y, Vec3::ZERO, 1.0));
        let fixed = Shape::Box { half_extents: Vec3::ONE, bevel: 0.0 };
        let poses = (0..9).map(|x| Pose::new(Vec3::new(x as f32 - 4.0, 0.0, height), Quat::IDENTITY));
        scene.objects = vec![Object::new("fixed", 1, fixed, "m"), Object::new("moving", 2, shape, "m").moving(poses)];
        scene.animation = Some(Animation { fps: 10, frames: 9 });
        scene
    }

    #[test]
    fn what_passes_through_is_found_and_what_passes_by_is_not() {
        let forms = [
            Shape::Sphere { radius: 0.5 },
            Shape::Box { half_extents: Vec3::splat(0.5), bevel: 0.0 },
            Shape::Cylinder { radius: 2.0, half_height: 0.5, bevel: 0.0 },
            Shape::Capsule { radius: 0.2, half_height: 0.3 },
        ];
        for form in forms {
            let through = overlaps(&passing(form.clone(), 1.3), 0.01);
            assert!(matches!(through.as_slice(), [one] if (one.depth - 0.2).abs() < 1e-3), "{form:?}: {through:?}");
            assert_eq!(overlaps(&passing(form, 1.5), 0.01), []);
        }
    }
}
