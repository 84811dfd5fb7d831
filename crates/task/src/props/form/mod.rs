//! A small vocabulary of forms from which props are put together, and what tasks build of their own.
//!
//! Lengths are metres, z is up.

mod lathe;
mod outline;
mod sheet;

use glam::{Quat, Vec2, Vec3};
use raytruth_scene::{Mesh, Pose, Shape};

pub use lathe::{lathe, turned};
pub use outline::Outline;
pub use sheet::{sheet, slab};

/// Closed surfaces that face outwards, with a normal at each vertex. They may run into one another.
#[derive(Clone, Debug, Default)]
pub struct Form(Mesh);

impl Form {
    /// A shape of the scene's, with about `segments` facets to a full turn.
    pub fn of(shape: &Shape, segments: u32) -> Self {
        Self(shape.tessellate(segments).unwrap_or_default())
    }

    /// Both.
    pub fn and(mut self, other: Self) -> Self {
        self.add(other);
        self
    }

    /// Puts another beside what is there.
    pub fn add(&mut self, other: Self) {
        let first = self.0.positions.len() as u32;
        self.0.positions.extend(other.0.positions);
        self.0.normals.extend(other.0.normals);
        self.0.triangles.extend(other.0.triangles.iter().map(|t| t.map(|i| i + first)));
    }

    /// The same elsewhere.
    pub fn at(mut self, pose: impl Into<Pose>) -> Self {
        let pose = pose.into();
        for p in &mut self.0.positions {
            *p = pose.point(*p);
        }
        for n in &mut self.0.normals {
            *n = pose.vector(*n).normalize();
        }
        self
    }

    /// Turned about an axis through the origin, degrees.
    pub fn turned(self, axis: Vec3, degrees: f32) -> Self {
        self.at(Pose::new(Vec3::ZERO, Quat::from_axis_angle(axis.normalize(), degrees.to_radians())))
    }

    /// As in a mirror: what points to `axis` points away from it.
    pub fn mirrored(mut self, axis: Vec3) -> Self {
        for v in self.0.positions.iter_mut().chain(&mut self.0.normals) {
            *v -= 2.0 * v.dot(axis) * axis;
        }
        for t in &mut self.0.triangles {
            t.swap(1, 2);
        }
        self
    }

    /// Both this and its image in the mirror.
    pub fn doubled(self, axis: Vec3) -> Self {
        let image = self.clone().mirrored(axis);
        self.and(image)
    }

    /// Deformed by a map that is smooth and keeps right hands right.
    pub fn shaped(mut self, map: impl Fn(Vec3) -> Vec3) -> Self {
        const STEP: f32 = 1e-3;
        for (p, n) in self.0.positions.iter_mut().zip(&mut self.0.normals) {
            // Normals follow the cofactors of the map's Jacobian.
            let [x, y, z] = Vec3::AXES.map(|axis| map(*p + STEP * axis) - map(*p - STEP * axis));
            *n = (y.cross(z) * n.x + z.cross(x) * n.y + x.cross(y) * n.z).normalize();
            *p = map(*p);
        }
        self
    }

    /// With flat facets: each triangle has corners of its own.
    #[must_use]
    pub fn faceted(self) -> Self {
        let mut form = Self::default();
        for [a, b, c] in self.0.corners() {
            let normal = (b - a).cross(c - a).normalize_or(Vec3::Z);
            let [a, b, c] = [a, b, c].map(|p| form.vertex(p, normal));
            form.triangle(a, b, c);
        }
        form
    }

    /// The triangles.
    #[must_use]
    pub fn into_mesh(self) -> Mesh {
        self.0
    }

    fn vertex(&mut self, position: Vec3, normal: Vec3) -> u32 {
        // Adding zero turns -0 into 0, which lies elsewhere by its angle.
        self.0.positions.push(position + 0.0);
        self.0.normals.push(normal + 0.0);
        (self.0.positions.len() - 1) as u32
    }

    /// Left out where it collapses to a line: the edges it had are joined then.
    fn triangle(&mut self, a: u32, b: u32, c: u32) {
        let [p, q, r] = [a, b, c].map(|i| self.0.positions[i as usize]);
        if p != q && q != r && r != p {
            self.0.triangles.push([a, b, c]);
        }
    }

    /// Counter-clockwise seen from outside.
    fn quad(&mut self, a: u32, b: u32, c: u32, d: u32) {
        self.triangle(a, b, c);
        self.triangle(a, c, d);
    }
}

impl FromIterator<Self> for Form {
    fn from_iter<I: IntoIterator<Item = Self>>(forms: I) -> Self {
        forms.into_iter().fold(Self::default(), Self::and)
    }
}

/// A box from corner to corner whose edges are rounded by one facet each: 44 triangles, where the scene's box takes 108.
/// Normals are those of the faces, so that light runs around the edges.
pub fn board(lo: Vec3, hi: Vec3, bevel: f32) -> Form {
    let (center, half) = (0.5 * (lo + hi), 0.5 * (hi - lo));
    let bevel = bevel.min(0.45 * half.min_element());
    let mut form = Form::default();
    // The four corners of each face: by the axis it is across, and the signs of the corner.
    let sign = |bit: usize, i: usize| if i >> bit & 1 == 0 { -1.0 } else { 1.0 };
    let mut at = [[0; 8]; 3];
    for (axis, corners) in at.iter_mut().enumerate() {
        for (i, id) in corners.iter_mut().enumerate() {
            let corner = Vec3::new(sign(0, i), sign(1, i), sign(2, i));
            let normal = Vec3::AXES[axis] * corner;
            *id = form.vertex(center + corner * (half - bevel) + bevel * normal, normal);
        }
    }
    for axis in 0..3 {
        let (u, v) = ((axis + 1) % 3, (axis + 2) % 3);
        let (bu, bv, ba) = (1 << u, 1 << v, 1 << axis);
        let face = at[axis];
        form.quad(face[ba], face[ba | bu], face[ba | bu | bv], face[ba | bv]);
        form.quad(face[0], face[bv], face[bu | bv], face[bu]);
        // Edges along this axis, between the faces across u and v.
        for (i, outward) in [(0, true), (bu, false), (bu | bv, true), (bv, false)] {
            let [a, b, c, d] = [at[u][i], at[u][i | ba], at[v][i | ba], at[v][i]];
            if outward {
                form.quad(d, c, b, a);
            } else {
                form.quad(a, b, c, d);
            }
        }
    }
    for (i, ((&a, &b), &c)) in at[0].iter().zip(&at[1]).zip(&at[2]).enumerate() {
        if i.count_ones() % 2 == 1 { form.triangle(a, b, c) } else { form.triangle(a, c, b) }
    }
    form
}

/// A box from corner to corner with generously rounded edges: cushions.
pub fn cushion(lo: Vec3, hi: Vec3, radius: f32) -> Form {
    Form::of(&Shape::Box { half_extents: 0.5 * (hi - lo), bevel: radius }, 16).at(0.5 * (lo + hi))
}

/// A bar of rectangular section `size` from one point to another. Seen along a bar in the xz-plane, `size.y` lies along y.
pub fn beam(from: Vec3, to: Vec3, size: Vec2, bevel: f32) -> Form {
    let half = 0.5 * size;
    board((-half).extend(0.0), half.extend(from.distance(to)), bevel).at(along(from, to))
}

/// A round bar from one point to another, of a radius at each.
pub fn rod(from: Vec3, to: Vec3, radii: [f32; 2]) -> Form {
    let [a, b] = radii;
    let (length, edge) = (from.distance(to), (0.3 * a.min(b)).min(0.004));
    let quarter = if a.max(b) < 0.04 { 3 } else { 5 };
    turned(quarter, &Outline::corners(&[[0.0, 0.0, 0.0], [a, 0.0, edge], [b, length, edge], [0.0, length, 0.0]]))
        .at(along(from, to))
}

/// A round tube through some points, with `sides` around it.
pub fn tube(radius: f32, points: &[Vec3], sides: u32) -> Form {
    Form::of(&Shape::tube(radius, points.to_vec(), false), sides)
}

/// The same without an end.
pub fn ring(radius: f32, points: &[Vec3], sides: u32) -> Form {
    Form::of(&Shape::tube(radius, points.to_vec(), true), sides)
}

/// A ball, with about `segments` facets to a full turn.
pub fn ball(center: Vec3, radius: f32, segments: u32) -> Form {
    Form::of(&Shape::Sphere { radius }, segments).at(center)
}

/// A box open at the top with an even wall, standing on z = 0: outer half extents, height, and the radius of its upright edges, which
/// is more than the wall's thickness.
pub fn tub(half: Vec2, height: f32, wall: f32, radius: f32) -> Form {
    let (edge, inside) = (0.3 * wall, radius - wall);
    let outline = [
        [0.0, 0.0, 0.0],
        [radius, 0.0, 2.0 * edge],
        [radius, height, edge],
        [inside, height, edge],
        [inside, wall, 0.0],
        [0.0, wall, 0.0],
    ];
    lathe(half - radius, 3, &Outline::corners(&outline))
}

/// `n` points on a level circle.
pub fn circle(n: usize, radius: f32, z: f32) -> Vec<Vec3> {
    (0..n).map(|i| polar(360.0 * i as f32 / n as f32, radius, z)).collect()
}

/// By an angle from the x-axis in degrees, the distance from the z-axis and the height.
pub fn polar(degrees: f32, radius: f32, z: f32) -> Vec3 {
    (radius * Vec2::from_angle(degrees.to_radians())).extend(z)
}

/// The four corners of a level rectangle, counter-clockwise from the front left.
pub fn corners(x: f32, y: f32) -> [Vec3; 4] {
    [Vec3::new(-x, -y, 0.0), Vec3::new(x, -y, 0.0), Vec3::new(x, y, 0.0), Vec3::new(-x, y, 0.0)]
}

/// The pose that puts the z-axis on the way from one point to another.
pub fn along(from: Vec3, to: Vec3) -> Pose {
    Pose::new(from, Quat::from_rotation_arc(Vec3::Z, (to - from).normalize()))
}
