//! One form of an object, ready or still to be made.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use glam::Vec3;

use super::Form;
use crate::tessellate::tube::{Seam, Sections, Skin, tube};
use crate::tessellate::{max_turn, quarter};
use crate::{Curve, Mesh, Shape};

#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// Made once.
    Ready(Form),
    /// A shape that is made when it is asked for: there may be one a frame. With the number of its vertices, its triangles, and a hash of
    /// these.
    Solid { shape: Shape, vertices: usize, triangles: usize, hash: u64 },
    /// The same of a tube.
    Tube { points: Vec<Vec3>, closed: bool, radius: f32, colors: Vec<Vec3>, pieces: Arc<Vec<u32>>, seam: Seam },
}

impl Kind {
    pub(super) fn form(&self) -> Form {
        match self {
            Self::Ready(form) => form.clone(),
            Self::Solid { shape, .. } => {
                shape.tessellate(shape.segments()).map_or(Form::Nothing, |mesh| Form::Mesh(Arc::new(mesh)))
            }
            Self::Tube { points, closed, radius, colors, pieces, seam } => {
                let curve = Curve::new(points, *closed);
                let cuts = curve.cuts_into(pieces);
                let sections = Sections::new(&curve, &cuts, Some(*seam));
                Form::Mesh(Arc::new(tube(&curve, &cuts, &sections, Skin { radius: *radius, colors }, tube_quarter())))
            }
        }
    }

    pub(super) fn primitives(&self) -> usize {
        match self {
            Self::Ready(form) => form.primitives(),
            Self::Solid { triangles, .. } => *triangles,
            Self::Tube { closed, pieces, points, .. } => tube_triangles(points.len(), *closed, pieces),
        }
    }

    pub(super) fn is_kin(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Ready(Form::Mesh(a)), Self::Ready(Form::Mesh(b))) => {
                let counts = |m: &Mesh| [m.positions.len(), m.normals.len(), m.colors.len(), m.texcoords.len()];
                counts(a) == counts(b) && a.triangles == b.triangles
            }
            (Self::Ready(a), Self::Ready(b)) => std::mem::discriminant(a) == std::mem::discriminant(b),
            (
                Self::Tube { points: p, closed: c, colors: a, pieces: n, .. },
                Self::Tube { points: q, closed: d, colors: b, pieces: m, .. },
            ) => p.len() == q.len() && c == d && a.is_empty() == b.is_empty() && n[..] == m[..],
            (Self::Solid { vertices: a, triangles: b, hash: c, .. }, Self::Solid { vertices: d, triangles: e, hash: f, .. }) => {
                (a, b, c) == (d, e, f)
            }
            _ => false,
        }
    }

    /// One of several shapes of an object; `None` of a mesh, whose triangles are in the scene.
    pub(super) fn solid(shape: &Shape) -> Option<Self> {
        let mesh = shape.tessellate(shape.segments())?;
        let mut hasher = DefaultHasher::new();
        mesh.triangles.hash(&mut hasher);
        let (vertices, triangles, hash) = (mesh.positions.len(), mesh.triangles.len(), hasher.finish());
        Some(Self::Solid { shape: shape.clone(), vertices, triangles, hash })
    }
}

/// Several tubes of one object: spans of the same number have as many cross-sections in each.
pub(super) struct Tubes {
    pieces: Arc<Vec<u32>>,
}

impl Tubes {
    pub(super) fn new(shapes: &[&Shape]) -> Self {
        let mut pieces = Vec::new();
        for shape in shapes {
            let Shape::Tube { points, closed, rings, .. } = shape else { continue };
            let curve = Curve::new(points, *closed);
            let own = rings.map_or_else(|| curve.pieces(max_turn(tube_quarter())), |rings| vec![rings; curve.spans()]);
            pieces.resize(own.len().max(pieces.len()), 1);
            pieces.iter_mut().zip(own).for_each(|(all, own)| *all = own.max(*all));
        }
        Self { pieces: Arc::new(pieces) }
    }

    /// One of them, with its seam carried on from the one before.
    pub(super) fn version(&self, shape: &Shape, before: &mut Option<Sections>) -> Option<Kind> {
        let Shape::Tube { radius, points, closed, colors, .. } = shape else { return None };
        let curve = Curve::new(points, *closed);
        let cuts = curve.cuts_into(&self.pieces);
        let sections = before.as_ref().map_or_else(|| Sections::new(&curve, &cuts, None), |b| b.carried(&curve, &cuts));
        let seam = sections.seam;
        *before = Some(sections);
        let (points, colors, pieces) = (points.clone(), colors.clone(), Arc::clone(&self.pieces));
        Some(Kind::Tube { points, closed: *closed, radius: *radius, colors, pieces, seam })
    }
}

fn tube_quarter() -> usize {
    quarter(Shape::tube(1.0, Vec::new(), false).segments())
}

/// How many triangles a tube through some points has.
fn tube_triangles(points: usize, closed: bool, pieces: &[u32]) -> usize {
    let around = 4 * tube_quarter();
    let spans = if closed { points } else { points.saturating_sub(1) };
    let strips: usize = pieces.iter().take(spans).map(|p| *p as usize).sum();
    // The rings of both ends, and the two fans at the poles.
    let ends = if closed { 0 } else { 2 * (tube_quarter() - 1) * 2 * around + 2 * around };
    strips * 2 * around + ends
}
