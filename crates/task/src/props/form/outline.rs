use glam::{Vec2, Vec3};
use raytruth_scene::Curve;

/// A line with a normal at each of its points, in a plane of (distance from an axis, height). The outside lies to the right of who
/// walks along it: from the middle of the bottom outwards, and up. A point of two normals is an edge.
#[derive(Clone, Debug)]
pub struct Outline(pub(super) Vec<(Vec2, Vec2)>);

impl Outline {
    /// Straight from corner to corner, metres; the third number is the radius to which a corner is rounded, 0 leaves an edge.
    pub fn corners(corners: &[[f32; 3]]) -> Self {
        let points: Vec<Vec2> = corners.iter().map(|c| Vec2::new(c[0], c[1])).collect();
        let last = points.len() - 1;
        let mut line = vec![(points[0], right(points[1] - points[0]))];
        for i in 1..last {
            line.extend(corner([points[i - 1], points[i], points[i + 1]], corners[i][2], [i > 1, i + 1 < last]));
        }
        line.push((points[last], right(points[last] - points[last - 1])));
        Self(line)
    }

    /// The same around and back to its first corner: a bar's section.
    pub fn around(corners: &[[f32; 3]]) -> Self {
        let n = corners.len();
        let point = |i: usize| Vec2::new(corners[i % n][0], corners[i % n][1]);
        let mut line: Vec<_> =
            (0..n).flat_map(|i| corner([point(i + n - 1), point(i), point(i + 1)], corners[i][2], [true; 2])).collect();
        line.push(line[0]);
        Self(line)
    }

    /// A smooth curve through points, with `steps` pieces from each to the next.
    pub fn smooth(points: &[[f32; 2]], steps: usize) -> Self {
        let points: Vec<Vec3> = points.iter().map(|p| Vec3::new(p[0], p[1], 0.0)).collect();
        let curve = Curve::new(&points, false);
        let line = (0..=steps * curve.spans()).map(|i| {
            let u = i as f32 / steps as f32;
            let (p, n) = (curve.point(u).truncate(), right(curve.tangent(u).truncate()));
            // On the axis a smooth surface is level.
            if p.x <= 0.0 { (p, Vec2::new(0.0, n.y.signum())) } else { (p, n) }
        });
        Self(line.collect())
    }

    /// On with another line.
    pub fn then(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// Cut into pieces no longer than a length, so that what is made of it can be bent.
    pub fn cut(self, length: f32) -> Self {
        let mut line = vec![self.0[0]];
        for pair in self.0.windows(2) {
            let [(p, n), (q, m)] = [pair[0], pair[1]];
            let pieces = (p.distance(q) / length).ceil().max(1.0) as usize;
            line.extend((1..pieces).map(|i| i as f32 / pieces as f32).map(|t| (p.lerp(q, t), n.lerp(m, t).normalize())));
            line.push((q, m));
        }
        Self(line)
    }

    /// A vessel of which this is the outside, from the middle of the bottom up to the mouth: the wall's thickness further in it
    /// runs back down. Nothing may be rounded to less than that.
    pub fn shell(self, wall: f32) -> Self {
        const RIM: usize = 4;
        let inside: Vec<_> = self.0.iter().rev().map(|&(p, n)| ((p - wall * n).max(Vec2::new(0.0, f32::MIN)), -n)).collect();
        let &(end, normal) = &self.0[self.0.len() - 1];
        let middle = end - 0.5 * wall * normal;
        let rim = (1..RIM).map(|i| {
            let n = Vec2::from_angle(std::f32::consts::PI * i as f32 / RIM as f32).rotate(normal);
            (middle + 0.5 * wall * n, n)
        });
        let mut line = self.0.clone();
        line.extend(rim);
        line.extend(inside);
        Self(line)
    }
}

/// What lies to the right of a direction.
fn right(v: Vec2) -> Vec2 {
    Vec2::new(v.y, -v.x).normalize()
}

/// The middle of three points rounded by an arc. A neighbour that is rounded too leaves half of the way to it.
fn corner([before, here, after]: [Vec2; 3], radius: f32, shared: [bool; 2]) -> Vec<(Vec2, Vec2)> {
    let (arrive, leave) = ((here - before).normalize(), (after - here).normalize());
    let (from, to) = (right(arrive), right(leave));
    let (cross, dot) = (arrive.perp_dot(leave), arrive.dot(leave));
    if radius <= 0.0 {
        return vec![(here, from), (here, to)];
    }
    let tangent = cross.abs() / (1.0 + dot);
    let room = |length: f32, shared: bool| if shared { 0.5 * length } else { length };
    let most = room(here.distance(before), shared[0]).min(room(here.distance(after), shared[1]));
    let radius = radius.min(0.98 * most / tangent.max(1e-6));
    // Small ones need few facets.
    let facets = if radius < 0.0045 {
        1.0
    } else if radius < 0.02 {
        2.0
    } else {
        4.0
    };
    let turn = arrive.angle_to(leave);
    let facets = (facets * turn.abs() / std::f32::consts::FRAC_PI_2).ceil().max(1.0) as usize;
    let side = if cross > 0.0 { 1.0 } else { -1.0 };
    let center = here - arrive * radius * tangent - side * radius * from;
    (0..=facets)
        .map(|i| {
            let n = if i == facets { to } else { Vec2::from_angle(turn * i as f32 / facets as f32).rotate(from) };
            (center + side * radius * n, n)
        })
        .collect()
}
