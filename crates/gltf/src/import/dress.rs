//! What lies on the vertices of a mesh: texture coordinates, as a material's images lie on it, and colours.

use glam::{Vec2, Vec3};
use gltf::json::accessor::Type;
use gltf::json::validation::Checked;

use super::accessor::{self, Budget};
use super::names::Warnings;
use super::source::Source;
use super::texture::Layout;

/// How a material lays its images over a mesh.
#[derive(Clone, Copy, Default)]
pub(super) struct Dress {
    /// Whether it has any.
    pub(super) images: bool,
    pub(super) layout: Layout,
    /// Whether one ends or turns back at its edge.
    pub(super) bounded: bool,
}

/// Coordinates up to this far from the image are kept.
const FAR: f32 = 1e6;

/// Where a material's images lie on each vertex. Broken ones are left out: they harm nothing but the images.
pub(super) fn texcoords(
    source: &Source<'_>,
    budget: &Budget,
    warnings: &mut Warnings,
    at: &str,
    accessor: Option<usize>,
    dress: Dress,
    count: usize,
) -> Vec<Vec2> {
    let Some(index) = accessor else {
        if dress.images {
            let set = dress.layout.set;
            warnings.add(format!("{at} has no texture coordinates TEXCOORD_{set}; it shows no images of its material"));
        }
        return Vec::new();
    };
    let mut out = |why: String| {
        warnings.add(format!("{at}: its texture coordinates are left out: {why}"));
        Vec::new()
    };
    let mut coordinates: Vec<Vec2> = match accessor::floats::<2>(source, budget, index) {
        Ok(read) => read.into_iter().map(Vec2::from).collect(),
        Err(e) => return out(e.to_string()),
    };
    if coordinates.len() != count {
        return out(format!("there are {} for {count} positions", coordinates.len()));
    }
    if !dress.layout.is_plain() {
        coordinates.iter_mut().for_each(|at| *at = dress.layout.apply(*at));
    }
    if let Some(far) = coordinates.iter().find(|at| at.abs().max_element() > FAR) {
        return out(format!("{far} is too far"));
    }
    let beyond = |at: &Vec2| at.min_element() < -1e-3 || at.max_element() > 1.001;
    if dress.bounded && coordinates.iter().any(beyond) {
        warnings.add(format!("{at} goes beyond the edge of an image that ends there; images always repeat here"));
    }
    coordinates
}

/// The mesh's own colours. Broken ones are left out.
pub(super) fn colors(
    source: &Source<'_>,
    budget: &Budget,
    warnings: &mut Warnings,
    at: &str,
    accessor: Option<usize>,
    count: usize,
) -> Vec<Vec3> {
    let Some(index) = accessor else { return Vec::new() };
    let with_alpha = source.root.accessors.get(index).is_some_and(|a| a.type_ == Checked::Valid(Type::Vec4));
    let read = if with_alpha {
        accessor::floats::<4>(source, budget, index)
    } else {
        accessor::floats::<3>(source, budget, index).map(|colors| colors.into_iter().map(|[r, g, b]| [r, g, b, 1.0]).collect())
    };
    let colors = match read {
        Ok(colors) if colors.len() == count => colors,
        other => {
            let why = other.map_or_else(|e| e.to_string(), |c| format!("there are {} for {count} positions", c.len()));
            warnings.add(format!("{at}: its vertex colours are left out: {why}"));
            return Vec::new();
        }
    };
    if colors.iter().any(|c| c[3] < 1.0) {
        warnings.add(format!("{at}: the alpha of its vertex colours is left out"));
    }
    if colors.iter().flatten().any(|v| !(0.0..=1.0).contains(v)) {
        warnings.add(format!("{at}: its vertex colours are not all in 0 to 1 and were moved there"));
    }
    let colors: Vec<Vec3> = colors.into_iter().map(|[r, g, b, _]| Vec3::new(r, g, b).clamp(Vec3::ZERO, Vec3::ONE)).collect();
    // White all over is no colour.
    if colors.iter().all(|c| *c == Vec3::ONE) { Vec::new() } else { colors }
}
