//! Props: things that stand about in rooms, on tables and in tasks.
//!
//! Each kind has [`VARIANTS`] that differ in form, not only in size, and is known from its outline. Lengths are metres, z is up, the
//! front looks to -y. A prop stands on z = 0. What is hollow ([`PropKind::HOLLOW`]) is open at the top and has its hollow about the
//! z-axis, so that a handle juts out of the middle; of everything else the bounds are centred on it.

mod benches;
mod books;
mod bottles;
mod boxes;
mod carts;
mod chairs;
mod crates;
mod cups;
pub mod form;
mod gallery;
mod kind;
mod kitchen;
mod lamps;
mod plants;
mod pottery;
mod screens;
mod shelves;
mod stage;
mod stools;
mod tables;
mod workshop;

use glam::{Quat, Vec3};
use raytruth_scene::{Aabb, Mesh, Pose};

use form::Form;
pub use kind::PropKind;

/// Variants of each kind.
pub const VARIANTS: u32 = 3;

/// What a part is made of; the dress gives it a material.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Stuff {
    /// Boards, rods and turned wood.
    Wood,
    /// Tubes, sheet and cast metal.
    Metal,
    /// Fired and perhaps glazed, stone too.
    Ceramic,
    /// Cloth and rope.
    Fabric,
    /// Clear: walls have their true thickness.
    Glass,
    /// Leaves, stems and other green.
    Leaf,
    /// What plants stand in.
    Earth,
    /// Paper and cardboard.
    Paper,
    /// Painted or dyed through.
    Plastic,
    /// Padded.
    Leather,
    /// Gives light where the lamp is on.
    Glow,
}

/// A region of one stuff and one colour.
#[derive(Clone, Debug, PartialEq)]
pub struct PropPart {
    /// Unique within the prop.
    pub name: &'static str,
    /// What it is made of.
    pub stuff: Stuff,
    /// Closed surfaces that face outwards, which may run into one another, in the prop's coordinates.
    pub mesh: Mesh,
}

/// A thing that stands about.
#[derive(Clone, Debug, PartialEq)]
pub struct Prop {
    /// What it is.
    pub kind: PropKind,
    /// Which of its kind, below [`VARIANTS`].
    pub variant: u32,
    /// What it consists of, at least one.
    pub parts: Vec<PropPart>,
}

impl Prop {
    /// Variant `variant` % [`VARIANTS`] of a kind.
    #[must_use]
    pub fn new(kind: PropKind, variant: u32) -> Self {
        let variant = variant % VARIANTS;
        let mut prop = Self { kind, variant, parts: kind.parts(variant) };
        let bounds = prop.aabb();
        let middle = if kind.is_hollow() { Vec3::ZERO } else { bounds.center() };
        let shift = middle.with_z(bounds.min.z);
        for p in prop.parts.iter_mut().flat_map(|part| &mut part.mesh.positions) {
            *p -= shift;
        }
        prop
    }

    /// Bounds of all parts.
    #[must_use]
    pub fn aabb(&self) -> Aabb {
        self.parts.iter().fold(Aabb::EMPTY, |all, part| all.union(&part.mesh.aabb()))
    }

    /// Triangles of all parts.
    #[must_use]
    pub fn triangles(&self) -> usize {
        self.parts.iter().map(|part| part.mesh.triangles.len()).sum()
    }

    /// The pose that puts it upside down on z = 0 with its front still to -y: a cup over a ball.
    #[must_use]
    pub fn upside_down(&self) -> Pose {
        Pose::new(Vec3::Z * self.aabb().max.z, Quat::from_xyzw(0.0, 1.0, 0.0, 0.0))
    }
}

fn part(name: &'static str, stuff: Stuff, form: Form) -> PropPart {
    PropPart { name, stuff, mesh: form.into_mesh() }
}
