//! Shapes to triangles: closed surfaces that face outwards, with smooth normals on what is round and flat ones on what is flat.

mod hull;
mod round;
pub(crate) mod tube;
mod weld;

use glam::Vec3;

use crate::{Curve, Mesh, Shape};
use weld::Weld;

/// Facets to a full turn. Bevels are small: few facets with smooth normals look round.
const BEVEL_SEGMENTS: u32 = 16;
const ROUND_SEGMENTS: u32 = 64;
const TUBE_SEGMENTS: u32 = 32;

impl Shape {
    /// Facets to a full turn with which it is drawn: by the renderer, and by all that must know what the renderer draws.
    #[must_use]
    pub const fn segments(&self) -> u32 {
        match self {
            Self::Box { .. } => BEVEL_SEGMENTS,
            Self::Tube { .. } => TUBE_SEGMENTS,
            _ => ROUND_SEGMENTS,
        }
    }

    /// The shape as triangles, with about `segments` facets to a full turn (rounded up to a multiple of four, so that the extremes
    /// along the axes are exact; 8 to 1024). `None` for [`Shape::Mesh`], whose triangles are in the scene.
    ///
    /// Vertices lie on the surface, so a round shape comes out smaller, by about 6.6 / `segments`² of its volume for a cylinder:
    /// 0.6 % at 32, 0.04 % at 128. Every shape but the plane is closed: positions that coincide are equal to the bit, though
    /// vertices are split where the normal breaks.
    #[must_use]
    pub fn tessellate(&self, segments: u32) -> Option<Mesh> {
        let quarter = quarter(segments);
        Some(match self {
            Self::Mesh { .. } => return None,
            Self::Nothing => Mesh::default(),
            Self::Sphere { radius } => round::rounded_box(Vec3::ZERO, *radius, quarter),
            Self::Capsule { radius, half_height } => round::rounded_box(Vec3::Z * *half_height, *radius, quarter),
            Self::Box { half_extents, bevel } if *bevel > 0.0 => {
                let half = half_extents.min_element();
                let bevel = bevel.min(half);
                round::rounded_box(*half_extents - bevel, bevel, bevel_facets(quarter, bevel / half))
            }
            Self::Box { half_extents, .. } => round::sharp_box(*half_extents),
            Self::Plane { size } => round::plane(*size),
            Self::Cylinder { radius, half_height, bevel } => round::cylinder(*radius, *half_height, *bevel, quarter),
            Self::Tube { radius, points, closed, colors, rings } => {
                let curve = Curve::new(points, *closed);
                let pieces = rings.map_or_else(|| curve.pieces(max_turn(quarter)), |rings| vec![rings; curve.spans()]);
                let cuts = curve.cuts_into(&pieces);
                let skin = tube::Skin { radius: *radius, colors };
                tube::tube(&curve, &cuts, &tube::Sections::new(&curve, &cuts, None), skin, quarter)
            }
        })
    }
}

/// Facets to a quarter turn.
pub(crate) fn quarter(segments: u32) -> usize {
    segments.clamp(8, 1024).div_ceil(4) as usize
}

/// By how much a tube may bend from one cross-section to the next, radians.
pub(crate) fn max_turn(quarter: usize) -> f32 {
    std::f32::consts::FRAC_PI_2 / quarter as f32
}

/// Facets across a quarter turn of bevel. The square root keeps their distance from the true surface in proportion to the whole
/// shape, so that a small bevel takes few.
fn bevel_facets(quarter: usize, share: f32) -> usize {
    ((quarter as f32 * share.sqrt()).ceil() as usize).clamp(2, quarter)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::f64::consts::PI;

    use glam::{Vec2, Vec3};

    use super::*;

    /// Every closed shape with its volume.
    fn solids() -> Vec<(Shape, f64)> {
        let pill = |r: f64, h: f64| 2.0 * PI * r * r * h + 4.0 / 3.0 * PI * r * r * r;
        // Steiner's formula for a box of half edges a, b, c grown by r.
        let rounded = |a: f64, b: f64, c: f64, r: f64| {
            8.0 * a * b * c + 8.0 * (a * b + b * c + c * a) * r + 2.0 * PI * (a + b + c) * r * r + 4.0 / 3.0 * PI * r * r * r
        };
        // A cylinder whose rims are rounded: Pappus for the core, the ring of width r and the quarter discs around it.
        let drum = |big: f64, h: f64, r: f64| {
            let core = big - r;
            let quarter_disc = PI * r * r / 4.0;
            let ring = PI * (big * big - core * core) * 2.0 * (h - r);
            let rims = 2.0 * 2.0 * PI * (core + 4.0 * r / (3.0 * PI)) * quarter_disc;
            PI * core * core * 2.0 * h + ring + rims
        };
        let bent = vec![Vec3::ZERO, Vec3::new(1.0, 0.3, 0.0), Vec3::new(1.5, 1.2, 0.4), Vec3::new(0.8, 2.0, 1.0)];
        let trefoil: Vec<Vec3> = (0..36)
            .map(|i| {
                let t = std::f32::consts::TAU * i as f32 / 36.0;
                let (a, b, c) = (Vec2::from_angle(t), Vec2::from_angle(2.0 * t), Vec2::from_angle(3.0 * t));
                Vec3::new(a.y + 2.0 * b.y, a.x - 2.0 * b.x, -c.y)
            })
            .collect();
        let length = |points: &[Vec3], closed| f64::from(Curve::new(points, closed).length());
        let sharp_box = Vec3::new(0.1, 0.2, 0.3);
        let cylinder = |bevel| Shape::Cylinder { radius: 0.4, half_height: 0.3, bevel };
        vec![
            (Shape::Sphere { radius: 0.7 }, 4.0 / 3.0 * PI * 0.343),
            (Shape::Box { half_extents: sharp_box, bevel: 0.0 }, 0.048),
            (Shape::Box { half_extents: sharp_box, bevel: 0.02 }, rounded(0.08, 0.18, 0.28, 0.02)),
            // As round as it can be: its x extent is all bevel.
            (Shape::Box { half_extents: sharp_box, bevel: 0.1 }, rounded(0.0, 0.1, 0.2, 0.1)),
            (cylinder(0.0), PI * 0.16 * 0.6),
            (cylinder(0.05), drum(0.4, 0.3, 0.05)),
            (cylinder(0.3), drum(0.4, 0.3, 0.3)),
            (Shape::Cylinder { radius: 0.3, half_height: 0.5, bevel: 0.3 }, pill(0.3, 0.2)),
            (Shape::Capsule { radius: 0.2, half_height: 0.5 }, pill(0.2, 0.5)),
            (Shape::tube(0.1, vec![Vec3::ZERO, Vec3::X], false), pill(0.1, 0.5)),
            (Shape::tube(0.15, bent.clone(), false), PI * 0.0225 * length(&bent, false) + 4.0 / 3.0 * PI * 0.003_375),
            (Shape::tube(0.3, trefoil.clone(), true), PI * 0.09 * length(&trefoil, true)),
        ]
    }

    #[test]
    fn solids_are_closed_and_turned_outwards_and_hold_their_volume() {
        for (shape, volume) in solids() {
            let mut errors = Vec::new();
            for segments in [16, 64] {
                let mesh = shape.tessellate(segments).expect("an analytic shape");
                assert_eq!(mesh.open_edges(), 0, "{shape:?} leaks at {segments}");
                let ratio = mesh.signed_volume() / volume;
                // An inscribed n-gon lacks 6.6 / n² of the disc, a ball up to three times that.
                let slack = 20.0 / f64::from(segments * segments) + 3e-3;
                assert!((1.0 - slack..1.003).contains(&ratio), "{shape:?} at {segments}: {ratio} of its volume");
                errors.push((ratio - 1.0).abs());
            }
            assert!(errors[1] <= errors[0] + 1e-6, "{shape:?}: more facets made it worse {errors:?}");
        }
    }

    #[test]
    fn normals_are_unit_and_near_the_facets() {
        for (shape, _) in solids() {
            let mesh = shape.tessellate(32).expect("an analytic shape");
            assert_eq!(mesh.normals.len(), mesh.positions.len());
            for (t, [a, b, c]) in mesh.triangles.iter().zip(mesh.corners()) {
                let area = (b - a).cross(c - a);
                assert!(area.length() > 0.0, "{shape:?} has a triangle without area");
                for i in t.map(|i| i as usize) {
                    let n = mesh.normals[i];
                    assert!((n.length() - 1.0).abs() < 1e-5, "{shape:?}: normal {n}");
                    assert!(n.dot(area.normalize()) > 0.85, "{shape:?}: normal {n} against facet {}", area.normalize());
                }
            }
        }
    }

    #[test]
    fn bounds_are_those_of_the_triangles() {
        for (shape, _) in solids() {
            let bounds = shape.aabb(&BTreeMap::new());
            let mesh = shape.tessellate(256).expect("an analytic shape").aabb();
            let off = (bounds.min - mesh.min).abs().max((bounds.max - mesh.max).abs()).max_element();
            assert!(bounds.grown(1e-5).contains(mesh.min) && bounds.grown(1e-5).contains(mesh.max), "{shape:?} sticks out");
            assert!(off < 2e-3 * bounds.size().max_element(), "{shape:?}: {bounds:?} against {mesh:?}");
        }
    }

    #[test]
    fn flat_faces_are_flat_shaded() {
        let mesh = Shape::Box { half_extents: Vec3::splat(0.5), bevel: 0.1 }.tessellate(32).expect("a box");
        let flat = mesh.corners().zip(&mesh.triangles).filter(|(c, _)| c.iter().all(|p| p.z == 0.5));
        assert_eq!(flat.inspect(|(_, t)| assert!(t.iter().all(|&i| mesh.normals[i as usize].z > 0.99999))).count(), 2);
        let drum = Shape::Cylinder { radius: 1.0, half_height: 0.2, bevel: 0.0 }.tessellate(16).expect("a cylinder");
        for (p, n) in drum.positions.iter().zip(&drum.normals) {
            assert!(*n == Vec3::Z || *n == Vec3::NEG_Z || (n.z == 0.0 && n.truncate().dot(p.truncate()) > 0.9999), "{p} {n}");
        }
    }

    #[test]
    fn the_plane_faces_up() {
        let mesh = Shape::Plane { size: Vec2::new(2.0, 1.0) }.tessellate(8).expect("a plane");
        assert_eq!(mesh.triangles.len(), 2);
        for [a, b, c] in mesh.corners() {
            assert!((b - a).cross(c - a).normalize().z == 1.0);
        }
        assert_eq!(mesh.aabb(), crate::Aabb::centered(Vec3::new(1.0, 0.5, 0.0)));
    }

    #[test]
    fn hull_points_reach_as_far_as_the_shape() {
        let mut shapes = solids();
        shapes.push((Shape::Plane { size: Vec2::new(2.0, 1.0) }, 0.0));
        for (shape, _) in shapes {
            let hull = shape.hull_points(&BTreeMap::new());
            let fine = shape.tessellate(256).expect("an analytic shape");
            let size = fine.aabb().size().max_element();
            for i in 0..200 {
                // A spiral of directions.
                let z = -1.0 + 2.0 * (i as f32 + 0.5) / 200.0;
                let d = Vec3::from((Vec2::from_angle(2.399_963 * i as f32) * (1.0 - z * z).sqrt(), z));
                let reach = |points: &[Vec3]| points.iter().map(|p| p.dot(d)).fold(f32::NEG_INFINITY, f32::max);
                let (coarse, exact) = (reach(&hull), reach(&fine.positions));
                assert!((coarse - exact).abs() < 0.005 * size, "{shape:?} along {d}: {coarse} against {exact}");
            }
            assert!(hull.len() <= 6000, "{shape:?} has {} hull points", hull.len());
        }
    }
}
