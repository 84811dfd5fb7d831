//! Where everything is: parents resolved to world poses.

use std::collections::HashMap;

use crate::{Aabb, Object, Pose, Scene};

impl Scene {
    /// Index of the object of that name.
    #[must_use]
    pub fn object_index(&self, name: &str) -> Option<usize> {
        self.objects.iter().position(|o| o.name == name)
    }

    /// An id that no object and no overlay has; `None` if all are taken up to the largest.
    #[must_use]
    pub fn free_id(&self) -> Option<u16> {
        let ids = self.objects.iter().map(|o| o.id).chain(self.overlays.iter().map(|o| o.id));
        ids.max().unwrap_or(0).checked_add(1)
    }

    /// World pose of one object at a frame of the clip. For many of them, [`Scene::world_poses`] is faster.
    ///
    /// In a scene that [`Scene::validate`] refuses, a missing parent counts as the world, and a cycle is cut where it closes.
    ///
    /// # Panics
    /// If there is no object `object_index`.
    #[must_use]
    pub fn world_pose(&self, object_index: usize, frame: usize) -> Pose {
        let mut pose = self.objects[object_index].pose_at(frame);
        let mut child = object_index;
        // No chain without a cycle is longer than the list of objects.
        for _ in 1..self.objects.len() {
            let Some(parent) = self.objects[child].parent.as_deref().and_then(|name| self.object_index(name)) else { break };
            pose = self.objects[parent].pose_at(frame).mul(&pose);
            child = parent;
        }
        pose
    }

    /// World poses of all objects at a frame of the clip, in the order of `objects`.
    #[must_use]
    pub fn world_poses(&self, frame: usize) -> Vec<Pose> {
        self.resolve(|object| object.pose_at(frame))
    }

    /// The same at a time between frames, in frames from the first ([`crate::Track::pose_between`]).
    #[must_use]
    pub fn world_poses_between(&self, time: f64) -> Vec<Pose> {
        self.resolve(|object| object.pose_between(time))
    }

    fn resolve(&self, local: impl Fn(&Object) -> Pose) -> Vec<Pose> {
        let parents = self.parents();
        let mut done: Vec<Option<Pose>> = vec![None; self.objects.len()];
        let mut chain = Vec::new();
        for start in 0..self.objects.len() {
            // Walk up to the first ancestor that is resolved, then back down.
            let mut at = Some(start);
            while let Some(i) = at.filter(|&i| done[i].is_none() && chain.len() < self.objects.len()) {
                chain.push(i);
                at = parents[i];
            }
            let mut pose = at.and_then(|i| done[i]);
            while let Some(i) = chain.pop() {
                let local = local(&self.objects[i]);
                let world = pose.map_or(local, |p| p.mul(&local));
                done[i] = Some(world);
                pose = Some(world);
            }
        }
        done.into_iter().map(Option::unwrap_or_default).collect()
    }

    /// Bounds of one object in the world at a frame of the clip. Not always the tightest; empty for a mesh that is missing.
    ///
    /// # Panics
    /// If there is no object `object_index`.
    #[must_use]
    pub fn object_aabb(&self, object_index: usize, frame: usize) -> Aabb {
        let object = &self.objects[object_index];
        object.shape_at(frame).aabb(&self.meshes).transformed(&self.world_pose(object_index, frame))
    }

    /// Number of frames; 1 for a still picture.
    #[must_use]
    pub fn frames(&self) -> usize {
        self.animation.map_or(1, |a| a.frames as usize)
    }

    /// Index of each object's parent.
    pub(crate) fn parents(&self) -> Vec<Option<usize>> {
        let mut index = HashMap::with_capacity(self.objects.len());
        for (i, object) in self.objects.iter().enumerate() {
            index.entry(object.name.as_str()).or_insert(i);
        }
        self.objects.iter().map(|o| o.parent.as_deref().and_then(|p| index.get(p).copied())).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::f32::consts::FRAC_PI_2;

    use glam::{Quat, Vec3};

    use super::*;
    use crate::{Camera, Object, Role, Shape, Track};

    fn ball(name: &str, parent: Option<&str>, pose: Pose) -> Object {
        Object {
            name: name.into(),
            id: 1,
            role: Role::Actor,
            shape: Shape::Sphere { radius: 1.0 },
            shapes: Vec::new(),
            material: "m".into(),
            parent: parent.map(Into::into),
            pose,
            track: None,
        }
    }

    fn scene(objects: Vec<Object>) -> Scene {
        Scene { objects, ..Scene::new(Camera::look_at(Vec3::new(0.0, -5.0, 1.0), Vec3::ZERO, 0.7)) }
    }

    #[test]
    fn a_chain_of_parents_composes_whatever_the_order_of_objects() {
        let quarter = Pose::new(Vec3::X, Quat::from_rotation_z(FRAC_PI_2));
        let mut moving = ball("base", None, Pose::IDENTITY);
        moving.track = Some(Track { poses: vec![Pose::IDENTITY, Pose::from_translation(Vec3::Z * 10.0)] });
        let s =
            scene(vec![ball("tip", Some("arm"), Pose::from_translation(Vec3::X)), moving, ball("arm", Some("base"), quarter)]);
        let tip = s.world_poses(0)[0].translation;
        assert!(tip.distance(Vec3::new(1.0, 1.0, 0.0)) < 1e-6, "{tip}");
        // The track's last pose holds from then on.
        for frame in [1, 2, 1000] {
            let poses = s.world_poses(frame);
            assert!(poses[0].translation.distance(Vec3::new(1.0, 1.0, 10.0)) < 1e-6);
            for (i, pose) in poses.iter().enumerate() {
                assert!(pose.translation.distance(s.world_pose(i, frame).translation) < 1e-6);
                assert!(pose.rotation.dot(s.world_pose(i, frame).rotation).abs() > 0.99999);
            }
        }
        let bounds = s.object_aabb(0, 1);
        assert!(bounds.center().distance(Vec3::new(1.0, 1.0, 10.0)) < 1e-5 && bounds.size().x >= 2.0);
    }

    #[test]
    fn between_frames_poses_are_in_between() {
        let turned = |x: f32, angle: f32| Pose::new(Vec3::X * x, Quat::from_rotation_z(angle));
        let base = ball("base", None, Pose::IDENTITY).moving([turned(0.0, 0.0), turned(2.0, 1.0), turned(2.0, 1.0)]);
        let mut s = scene(vec![base, ball("arm", Some("base"), Pose::from_translation(Vec3::X))]);
        s.camera.track = s.objects[0].track.clone();
        for (time, x, angle) in
            [(-3.0, 0.0, 0.0f32), (0.0, 0.0, 0.0), (0.25, 0.5, 0.25), (1.0, 2.0, 1.0), (1.5, 2.0, 1.0), (9.5, 2.0, 1.0)]
        {
            let poses = s.world_poses_between(time);
            assert!(poses[0].translation.distance(Vec3::X * x) < 1e-6, "{time}: {poses:?}");
            let tip = Vec3::new(x + angle.cos(), angle.sin(), 0.0);
            assert!(poses[1].translation.distance(tip) < 1e-6, "its child turns with it at {time}: {poses:?}");
            assert_eq!(s.camera.pose_between(time), poses[0]);
        }
        // What stands still does so to the bit.
        assert_eq!(s.world_poses_between(1.37), s.world_poses(1));
        assert_eq!(s.world_poses_between(0.0), s.world_poses(0));
    }

    #[test]
    fn cycles_and_missing_parents_end() {
        let at = Pose::from_translation(Vec3::X);
        for objects in [
            vec![ball("a", Some("a"), at)],
            vec![ball("a", Some("b"), at), ball("b", Some("a"), at)],
            vec![ball("a", Some("b"), at), ball("b", Some("c"), at), ball("c", Some("b"), at)],
            vec![ball("a", Some("nobody"), at)],
            vec![ball("a", Some("a"), at), ball("a", Some("a"), at)],
        ] {
            let s = scene(objects);
            assert!(s.world_poses(0).iter().all(|p| p.translation.is_finite()));
            assert!((0..s.objects.len()).all(|i| s.world_pose(i, 0).translation.is_finite()));
        }
    }
}
