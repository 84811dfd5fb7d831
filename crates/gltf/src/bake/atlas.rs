//! Where a mesh lies on one image: views along its axes, below each other.

use std::collections::HashMap;

use glam::{DVec2, Vec3};
use raytruth_scene::Mesh;

use super::views::{View, flat, views};

/// Texels around each view, so that blending at its edge meets what belongs to it.
const MARGIN: f64 = 1.0;
const UNREACHED: u32 = u32::MAX;
/// Texels to a feature above which a texel's middle tells what it shows.
const FINE: f64 = 4.0;

/// A view's place on the image.
struct Place {
    side: usize,
    /// The lower corner, features.
    low: DVec2,
    /// The first row.
    row: f64,
}

pub(super) struct Atlas {
    pub(super) size: [u32; 2],
    scale: f64,
    /// Texels to a feature.
    density: f64,
    views: Vec<Place>,
    /// The view of each triangle.
    of: Vec<usize>,
}

impl Atlas {
    /// `None` for a mesh without triangles or with places that no image can hold.
    pub(super) fn new(mesh: &Mesh, scale: f32, wanted: f64, texels: u32) -> Option<Self> {
        let scale = f64::from(scale);
        let (views, of) = views(mesh);
        // An edge on a boundary of the pattern may be rounded to either side of it.
        let low = |v: &View| (v.bounds[0] / scale - 1e-6).floor();
        let span = |v: &View| (v.bounds[1] / scale + 1e-6).ceil() - low(v);
        let width = views.iter().map(|v| span(v).x).fold(0.0, f64::max);
        let height = views.iter().map(|v| span(v).y).sum::<f64>();
        if width <= 0.0 || !width.is_finite() || !height.is_finite() {
            return None;
        }
        let most = f64::from(texels.clamp(8, 8192));
        let density = wanted.min(most / width).min(2.0 * most / height);
        // Texels that lie on features, where there is one for each.
        let density = if density >= 1.0 { density.floor() } else { density };
        let (mut places, mut row, mut widest) = (Vec::new(), 0.0, 0.0f64);
        for view in &views {
            places.push(Place { side: view.side, low: low(view), row });
            let size = (span(view) * density).ceil() + 2.0 * MARGIN;
            (row, widest) = (row + size.y, widest.max(size.x));
        }
        Some(Self { size: [widest as u32, row as u32], scale, density, views: places, of })
    }

    /// Where a point lies, texels from the upper left corner.
    fn texel(&self, point: Vec3, view: usize) -> DVec2 {
        let view = &self.views[view];
        (flat(point, view.side) / self.scale - view.low) * self.density + MARGIN + DVec2::new(0.0, view.row)
    }

    /// The mesh with its texture coordinates; vertices that several views show are there once for each.
    pub(super) fn laid(&self, mesh: &Mesh) -> Mesh {
        let size = DVec2::new(f64::from(self.size[0]), f64::from(self.size[1]));
        let mut found: HashMap<(u32, usize), u32> = HashMap::new();
        let mut laid = Mesh::default();
        for (triangle, &view) in mesh.triangles.iter().zip(&self.of) {
            let corners = triangle.map(|i| {
                *found.entry((i, view)).or_insert_with(|| {
                    let from = i as usize;
                    laid.positions.push(mesh.positions[from]);
                    laid.normals.extend(mesh.normals.get(from));
                    laid.colors.extend(mesh.colors.get(from));
                    laid.texcoords.push((self.texel(mesh.positions[from], view) / size).as_vec2());
                    laid.positions.len() as u32 - 1
                })
            });
            laid.triangles.push(corners);
        }
        laid
    }

    /// Each texel that a triangle covers, or comes within one of, with points that it shows and the normal there: its middle, or
    /// several where a texel holds more of the pattern than one point can tell.
    pub(super) fn places<'m>(&self, mesh: &'m Mesh) -> impl Iterator<Item = (usize, (Vec3, Vec3))> + use<'m, '_> {
        let width = self.size[0] as usize;
        let reached = self.owners(mesh).into_iter().enumerate().filter(|&(_, owner)| owner != UNREACHED);
        let points = if self.density < FINE && self.density.fract() > 0.0 { 16 } else { 1 };
        reached.flat_map(move |(i, owner)| {
            let corner = DVec2::new((i % width) as f64, (i / width) as f64);
            (0..points).map(move |n| {
                let at = if points == 1 { DVec2::splat(0.5) } else { scattered(i, n) };
                (i, self.place(mesh, owner as usize, corner + at))
            })
        })
    }

    /// The point of a triangle below a place on the image, and the normal there.
    fn place(&self, mesh: &Mesh, triangle: usize, at: DVec2) -> (Vec3, Vec3) {
        let corners = mesh.triangles[triangle].map(|v| mesh.positions[v as usize]);
        let [a, b, c] = self.weights(corners, self.of[triangle], at).unwrap_or([1.0, 0.0, 0.0]);
        let mix = |v: [Vec3; 3]| v[0] * a + v[1] * b + v[2] * c;
        let facing = (corners[1] - corners[0]).cross(corners[2] - corners[0]).normalize_or(Vec3::Z);
        if mesh.normals.is_empty() {
            return (mix(corners), facing);
        }
        (mix(corners), mix(mesh.triangles[triangle].map(|v| mesh.normals[v as usize])).normalize_or(facing))
    }

    /// The triangle that each texel shows: the one that it lies in, else one within a texel's reach.
    fn owners(&self, mesh: &Mesh) -> Vec<u32> {
        let [width, height] = self.size.map(|n| n as usize);
        let mut owners = vec![UNREACHED; width * height];
        let mut far = vec![f32::INFINITY; width * height];
        for (index, (corners, &view)) in mesh.corners().zip(&self.of).enumerate() {
            let at = corners.map(|p| self.texel(p, view));
            let low = at[0].min(at[1]).min(at[2]) - 1.5;
            let high = at[0].max(at[1]).max(at[2]) + 1.5;
            let range = |low: f64, high: f64, size: usize| (low.max(0.0) as usize)..(high.max(0.0) as usize).min(size);
            for y in range(low.y, high.y, height) {
                for x in range(low.x, high.x, width) {
                    let middle = DVec2::new(x as f64 + 0.5, y as f64 + 0.5);
                    let outside = outside(at, middle) as f32;
                    if outside < 1.5 && outside < far[y * width + x] {
                        (owners[y * width + x], far[y * width + x]) = (index as u32, outside.max(0.0));
                    }
                }
            }
        }
        owners
    }

    /// Barycentric weights of a texel's middle on a triangle; beyond its edges they go on.
    fn weights(&self, corners: [Vec3; 3], view: usize, at: DVec2) -> Option<[f32; 3]> {
        let [a, b, c] = corners.map(|p| self.texel(p, view));
        let (e1, e2, d) = (b - a, c - a, at - a);
        let area = e1.perp_dot(e2);
        let (v, w) = (d.perp_dot(e2) / area, e1.perp_dot(d) / area);
        (v.is_finite() && w.is_finite()).then_some([(1.0 - v - w) as f32, v as f32, w as f32])
    }
}

/// The `n`th of some points that fill a texel evenly (Roberts's R2 sequence), shifted for each texel: a grid would beat with the
/// pattern's own lattice.
fn scattered(texel: usize, n: u32) -> DVec2 {
    let step = DVec2::new(0.754_877_666, 0.569_840_291);
    let shift = DVec2::new(0.618_033_989, 0.414_213_562) * (texel % 65_521) as f64;
    (step * f64::from(n + 1) + shift).fract()
}

/// How far a point lies beyond the edge of a triangle that it is furthest beyond; negative within.
fn outside(at: [DVec2; 3], point: DVec2) -> f64 {
    let turn = if (at[1] - at[0]).perp_dot(at[2] - at[0]) < 0.0 { -1.0 } else { 1.0 };
    let beyond = |a: DVec2, b: DVec2| -turn * (b - a).perp_dot(point - a) / (b - a).length().max(1e-12);
    beyond(at[0], at[1]).max(beyond(at[1], at[2])).max(beyond(at[2], at[0]))
}

#[cfg(test)]
mod tests {
    use glam::Vec2;
    use raytruth_scene::Shape;

    use super::*;

    #[test]
    fn every_triangle_of_a_ball_lies_within_its_view_and_the_image() {
        let ball = Shape::Sphere { radius: 0.07 }.tessellate(32).expect("a ball");
        let atlas = Atlas::new(&ball, 0.01, 16.0, 1024).expect("laid");
        let laid = atlas.laid(&ball);
        assert_eq!(laid.triangles.len(), ball.triangles.len());
        assert!(laid.texcoords.iter().all(|t| t.min_element() > 0.0 && t.max_element() < 1.0));
        let mut signed: Vec<f32> = Vec::new();
        for t in &laid.triangles {
            let [a, b, c]: [Vec2; 3] = t.map(|i| laid.texcoords[i as usize]);
            signed.push((b - a).perp_dot(c - a).abs());
        }
        assert!(signed.iter().all(|area| *area > 0.0), "none is seen from its edge");
        // Nothing of the form itself has changed.
        let same = ball.corners().zip(laid.corners()).all(|(a, b)| a == b);
        assert!(same && (laid.signed_volume() - ball.signed_volume()).abs() < 1e-9);
    }

    #[test]
    fn texels_know_their_place() {
        let plane = Shape::Plane { size: Vec2::new(0.4, 0.2) }.tessellate(8).expect("a plane");
        let atlas = Atlas::new(&plane, 0.1, 4.0, 1024).expect("laid");
        for (texel, (at, normal)) in atlas.places(&plane) {
            let middle = DVec2::new((texel % atlas.size[0] as usize) as f64 + 0.5, (texel / atlas.size[0] as usize) as f64 + 0.5);
            assert!(atlas.texel(at, 0).distance(middle) < 1e-3 && normal == Vec3::Z, "{at} {middle}");
        }
    }
}
