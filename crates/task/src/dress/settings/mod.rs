//! Settings: surroundings in which any task can stand. They are built about what happens, behind and beside it, so that they hide nothing
//! of it; they are paler than any actor and lighter or darker than all of them.

mod boards;
mod decor;
pub(super) mod finish;
mod form;
mod gallery;
mod kitchen;
mod light;
mod room;
mod site;
mod stage;
mod sweep;
mod tools;
mod workbench;

use glam::Vec3;
use raytruth_scene::{Aabb, Material};
use serde_json::{Map, Value, json};

use crate::dress::{hex, shown_color};
use crate::{Rng, SceneBuilder, display};
use light::Rig;
use site::Site;

/// The kinds of settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum SettingKind {
    /// A photographer's seamless backdrop, of painted canvas.
    Sweep,
    /// A bench of planks before a wall with tools.
    Workbench,
    /// A worktop before tiles, by a window.
    KitchenCounter,
    /// Boards before a curtain, under spots.
    Stage,
    /// A plinth before plaster with pictures, under a skylight.
    Gallery,
}

impl SettingKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Sweep, Self::Workbench, Self::KitchenCounter, Self::Stage, Self::Gallery];

    /// Its name in metadata.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sweep => "sweep",
            Self::Workbench => "workbench",
            Self::KitchenCounter => "kitchen_counter",
            Self::Stage => "stage",
            Self::Gallery => "gallery",
        }
    }
}

/// How light the ground is, and the wall behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ground {
    /// For what is dark, or has a hue.
    Light,
    /// For what is light.
    Dark,
}

/// What a task needs of its surroundings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Of all that happens, over all frames, in the world, metres. Not empty. If the answer shows in how far things spread, then of all
    /// that may happen: the room about it would tell.
    pub bounds: Aabb,
    /// From the set towards the camera, any length.
    pub towards_camera: Vec3,
    /// Height of the surface on which the set stands, metres.
    pub floor: f32,
}

/// A surface with its name.
#[derive(Clone, Debug)]
pub(super) struct Finish {
    pub(super) name: &'static str,
    pub(super) material: Material,
}

/// Surroundings as they were drawn, not built yet.
#[derive(Clone, Debug)]
pub struct Setting {
    kind: SettingKind,
    ground: Ground,
    /// What the set stands on.
    top: Finish,
    /// What is behind it.
    wall: Finish,
    /// Edges, shelves, frames.
    trim: Finish,
    rig: Rig,
    /// Of everything small.
    details: u64,
}

impl Setting {
    /// One of some kinds, with its surfaces and light.
    ///
    /// # Panics
    /// If there is no kind.
    #[must_use]
    pub fn draw(rng: &mut Rng, kinds: &[SettingKind], ground: Ground) -> Self {
        let kind = *rng.pick(kinds);
        let (top, wall, trim, rig) = match kind {
            SettingKind::Sweep => sweep::draw(rng, ground),
            SettingKind::Workbench => workbench::draw(rng, ground),
            SettingKind::KitchenCounter => kitchen::draw(rng, ground),
            SettingKind::Stage => stage::draw(rng, ground),
            SettingKind::Gallery => gallery::draw(rng, ground),
        };
        let [top, wall, trim] = [top, wall, trim].map(|finish| Finish { material: rig.calmed(&finish.material), ..finish });
        Self { kind, ground, top, wall, trim, rig, details: rng.bits() }
    }

    /// The same by lamps that are so wide at least, edges over distance: for sets that light reaches by chance alone, as through water.
    #[must_use]
    pub fn widened(mut self, least: f64) -> Self {
        self.rig.widen(least);
        self
    }

    /// Which kind was drawn.
    #[must_use]
    pub const fn kind(&self) -> SettingKind {
        self.kind
    }

    /// What was drawn, for metadata.
    #[must_use]
    pub fn describe(&self) -> Map<String, Value> {
        let mut told = Map::new();
        told.insert("setting".into(), json!(self.kind.name()));
        for (part, finish) in [("ground", &self.top), ("wall", &self.wall)] {
            told.insert(part.into(), json!(finish.name));
            told.insert(format!("{part}_color"), hex(display(shown_color(&finish.material))));
        }
        self.rig.describe(&mut told);
        told
    }

    /// Adds its objects (all of them [`raytruth_scene::Role::Backdrop`]) and lamps to a scene and sets what surrounds it.
    pub fn build(&self, set: &mut SceneBuilder, place: &Place) {
        let site = Site::new(place);
        let rng = &mut Rng::from_seed(self.details);
        match self.kind {
            SettingKind::Sweep => sweep::build(self, set, &site),
            SettingKind::Workbench => workbench::build(self, set, &site, rng),
            SettingKind::KitchenCounter => kitchen::build(self, set, &site, rng),
            SettingKind::Stage => stage::build(self, set, &site, rng),
            SettingKind::Gallery => gallery::build(self, set, &site, rng),
        }
        set.scene.environment = self.rig.environment();
        set.scene.lights.extend(self.rig.lights(&site));
    }
}

#[cfg(test)]
mod tests;
