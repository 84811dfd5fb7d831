//! What landmarks look like: geometry that fits the bounds of their forms, dressed in their paints.

mod booths;
mod chambers;
mod masonry;
mod plinth;
mod seats;
mod tree;

use glam::Vec3;
use raytruth_scene::{Aabb, Material, Mesh};
use raytruth_task::Rng;
use raytruth_task::dress::{paint, stuff, surface};
use raytruth_task::props::{Stuff, form};

use crate::layout::Form;

/// What forms are smaller than their bounds, metres.
const SLACK: f32 = 0.002;

/// Which colour a piece has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shade {
    /// The landmark's.
    Own,
    /// The landmark's, darker.
    Deep,
    /// A pale neutral.
    Pale,
    /// A dark neutral.
    Dark,
}

/// A part of a landmark, in its coordinates: the front to −y, on z = 0.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    /// Unique within the landmark.
    pub name: &'static str,
    pub shade: Shade,
    pub stuff: Stuff,
    pub mesh: Mesh,
}

impl Piece {
    fn new(name: &'static str, shade: Shade, stuff: Stuff, form: form::Form) -> Self {
        Self { name, shade, stuff, mesh: form.into_mesh() }
    }
}

/// What a landmark consists of, the largest coloured piece first.
pub(crate) fn pieces(form: Form) -> Vec<Piece> {
    let made = match form {
        Form::Ball | Form::Cube | Form::Cone | Form::Ring | Form::Vase => plinth::sculpture(form),
        // Its back on the wall's face.
        Form::Door => return chambers::door(),
        Form::Bookcase => chambers::bookcase(),
        Form::Armchair => seats::armchair(),
        Form::Sofa => seats::sofa(),
        Form::Fountain => masonry::fountain(),
        Form::Arch => masonry::arch(),
        Form::Obelisk => masonry::obelisk(),
        Form::Column => masonry::column(),
        Form::Kiosk => booths::kiosk(),
        Form::Parasol => booths::parasol(),
        Form::Tree => tree::tree(),
    };
    if Form::SCULPTURES.contains(&form) { made } else { fitted(made, form.size() - SLACK) }
}

/// The material of a piece of a landmark whose colour is `color`, linear Rec. 709.
pub(crate) fn dress(shade: Shade, stuff: Stuff, color: Vec3, rng: &mut Rng) -> Material {
    let color = match shade {
        Shade::Own => color,
        Shade::Deep => 0.6 * color,
        Shade::Pale => paint::tint(75.0, 0.06, 0.6),
        Shade::Dark => paint::tint(60.0, 0.06, 0.045),
    };
    match stuff {
        // Gloss shows the sky and the lamps, not the colour.
        Stuff::Ceramic if shade == Shade::Own || shade == Shade::Deep => {
            Material { base_color: color, roughness: 0.42, ior: 1.45, ..Material::default() }
        }
        Stuff::Ceramic => {
            let texture = surface::textured(raytruth_scene::Pattern::Concrete, 0.8 * color, 0.09, 0.6, rng);
            Material { base_color: color, roughness: 0.7, texture, ..Material::default() }
        }
        Stuff::Metal => Material { base_color: color, metallic: 0.4, roughness: 0.4, ..Material::default() },
        other => stuff::colored(other, color, rng),
    }
}

/// Stretched, each way by itself, into bounds about the z-axis from z = 0 on.
fn fitted(mut pieces: Vec<Piece>, size: Vec3) -> Vec<Piece> {
    let bounds = pieces.iter().fold(Aabb::EMPTY, |all, piece| all.union(&piece.mesh.aabb()));
    let foot = bounds.center().with_z(bounds.min.z);
    let scale = size / bounds.size();
    for mesh in pieces.iter_mut().map(|piece| &mut piece.mesh) {
        mesh.positions.iter_mut().for_each(|p| *p = (*p - foot) * scale);
        mesh.normals.iter_mut().for_each(|n| *n = (*n / scale).normalize());
    }
    pieces
}
