//! Puts the pieces of a setting where they belong.

use glam::Vec3;
use raytruth_scene::{Material, Mesh, Pose, Role, Shape};

use super::Ground;
use super::light::Rig;
use super::site::Site;
use crate::dress::stuff;
use crate::props::{Prop, PropPart};
use crate::{Rng, SceneBuilder};

/// What the names of a setting's objects begin with: tasks have walls and shelves of their own.
const PREFIX: &str = "setting";

/// A setting that is being built.
pub(crate) struct Room<'a> {
    pub(crate) set: &'a mut SceneBuilder,
    pub(crate) site: &'a Site,
    pub(crate) rig: &'a Rig,
}

impl Room<'_> {
    /// A thing, or, by a name such as `shelf.board`, one more part of the thing `shelf`.
    pub(crate) fn put(&mut self, name: &str, shape: Shape, pose: Pose, material: &Material) {
        let material = &self.rig.calmed(material);
        let own = format!("{PREFIX}_{}", name.replace('.', "_"));
        match name.split_once('.') {
            Some((of, _)) => self.set.part(&format!("{PREFIX}_{of}"), &own, shape, material).pose = pose,
            None => self.set.add(&own, Role::Backdrop, shape, material).pose = pose,
        }
    }

    /// A box with slightly rounded edges.
    pub(crate) fn block(&mut self, name: &str, half_extents: Vec3, bevel: f32, pose: Pose, material: &Material) {
        self.put(name, Shape::Box { half_extents, bevel }, pose, material);
    }

    /// A prop, pale throughout.
    pub(crate) fn prop(&mut self, name: &str, prop: &Prop, pose: Pose, ground: Ground, rng: &mut Rng) {
        let rig = self.rig;
        let dress = &mut |part: &PropPart| rig.calmed(&stuff::pale(part.stuff, ground, rng));
        self.set.prop(&format!("{PREFIX}_{name}"), Role::Backdrop, prop, pose, dress);
    }

    /// The shape of a mesh that several objects may have.
    pub(crate) fn shared_mesh(&mut self, name: &str, make: impl FnOnce() -> Mesh) -> Shape {
        self.set.mesh(&format!("{PREFIX}_{name}"), make())
    }

    /// A mesh that has the name of its object.
    pub(crate) fn mesh(&mut self, name: &str, mesh: Mesh, pose: Pose, material: &Material) {
        let shape = self.set.mesh(&format!("{PREFIX}_{}", name.replace('.', "_")), mesh);
        self.put(name, shape, pose, material);
    }
}
