//! Tubes along curves.

use std::f32::consts::{FRAC_PI_2, TAU};

use glam::{Quat, Vec2, Vec3};

use super::round::circle;
use crate::{Curve, Mesh};

/// A cross-section: where it is, and the two directions that span it.
#[derive(Clone, Copy, Debug)]
struct Frame {
    center: Vec3,
    tangent: Vec3,
    normal: Vec3,
}

impl Frame {
    /// The direction at an angle around the tangent, given as a unit vector.
    fn around(&self, angle: Vec2) -> Vec3 {
        self.normal * angle.x + self.tangent.cross(self.normal) * angle.y
    }
}

/// Where the line along a tube lies from which its cross-sections are counted around.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Seam {
    /// From the axis to it at the tube's start.
    normal: Vec3,
    /// By how much a closed tube's cross-sections are turned against each other over its length, radians.
    twist: f32,
}

/// The cross-sections of a tube.
#[derive(Clone, Debug)]
pub(crate) struct Sections {
    frames: Vec<Frame>,
    pub(crate) seam: Seam,
}

impl Sections {
    /// At the curve's parameters `cuts`, twisted as little as can be. Of a closed curve the twist is the one that lies nearest to the
    /// seam's, by whole turns.
    pub(crate) fn new(curve: &Curve, cuts: &[f32], seam: Option<Seam>) -> Self {
        let Some(&start) = cuts.first() else { return Self { frames: Vec::new(), seam: Seam { normal: Vec3::X, twist: 0.0 } } };
        let mut frames: Vec<Frame> = Vec::with_capacity(cuts.len());
        let tangent = curve.tangent(start);
        let across = |s: Seam| s.normal.reject_from_normalized(tangent).try_normalize();
        let normal = seam.and_then(across).unwrap_or_else(|| tangent.any_orthonormal_vector());
        frames.push(Frame { center: curve.point(start), tangent, normal });
        for &u in &cuts[1..] {
            let next = transport(&frames[frames.len() - 1], curve.point(u), curve.tangent(u));
            frames.push(next);
        }
        let mut twist = 0.0;
        if curve.is_closed() {
            // Carried once around, the frame comes back turned by some angle; spread that over the length, so that the ends meet.
            let (first, last) = (frames[0], frames[frames.len() - 1]);
            let back = transport(&last, first.center, first.tangent).normal;
            twist = Vec2::new(back.dot(first.normal), back.dot(first.tangent.cross(first.normal))).to_angle();
            if let Some(seam) = seam {
                twist += TAU * ((seam.twist - twist) / TAU).round();
            }
            let mut lengths = vec![0.0];
            for pair in frames.windows(2) {
                lengths.push(lengths[lengths.len() - 1] + pair[0].center.distance(pair[1].center));
            }
            let total = lengths[lengths.len() - 1] + last.center.distance(first.center);
            for (frame, along) in frames.iter_mut().zip(&lengths) {
                let angle = -twist * along / total.max(f32::MIN_POSITIVE);
                frame.normal = frame.around(Vec2::from_angle(angle));
            }
        }
        Self { frames, seam: Seam { normal, twist } }
    }

    /// Those of the same tube a little later: turned about its axis so that they differ from these by the least turn, over all of them.
    pub(crate) fn carried(&self, curve: &Curve, cuts: &[f32]) -> Self {
        let Some((&start, before)) = cuts.first().zip(self.frames.first()) else { return Self::new(curve, cuts, None) };
        let carry = |frame: &Frame, tangent: Vec3| Quat::from_rotation_arc(frame.tangent, tangent) * frame.normal;
        let seam = Seam { normal: carry(before, curve.tangent(start)), ..self.seam };
        let sections = Self::new(curve, cuts, Some(seam));
        let mut turn = Vec2::ZERO;
        for (before, now) in self.frames.iter().zip(&sections.frames) {
            let carried = carry(before, now.tangent);
            turn += Vec2::new(carried.dot(now.normal), carried.dot(now.tangent.cross(now.normal)));
        }
        let Some(turn) = turn.try_normalize() else { return sections };
        let normal = sections.frames[0].around(turn);
        Self::new(curve, cuts, Some(Seam { normal, twist: sections.seam.twist }))
    }
}

/// A tube's radius, and its colours at each point of the curve.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Skin<'a> {
    pub(crate) radius: f32,
    pub(crate) colors: &'a [Vec3],
}

/// The triangles of a tube around the sections at `cuts` of its curve: which vertices each has follows from their number alone.
pub(crate) fn tube(curve: &Curve, cuts: &[f32], sections: &Sections, skin: Skin<'_>, quarter: usize) -> Mesh {
    let frames = &sections.frames;
    let circle = circle(quarter);
    let n = circle.len();
    let mut mesh = Mesh::default();
    if frames.len() < 2 {
        return mesh;
    }
    let color = |u: f32| -> Option<Vec3> {
        let first = (u as usize).min(skin.colors.len().checked_sub(1)?);
        let next = (first + 1) % skin.colors.len();
        Some(skin.colors[first].lerp(skin.colors[next], u - first as f32))
    };
    let last = frames.len() - 1;
    let open = !curve.is_closed();
    // Half-balls at the ends of an open curve: rings from near the pole to the equator, which is the first cross-section.
    let tilts: Vec<Vec2> = (1..quarter).map(|i| Vec2::from_angle(FRAC_PI_2 * i as f32 / quarter as f32)).collect();
    let south = tilts.iter().rev().map(|t| (0, Vec2::new(t.x, -t.y))).filter(|_| open);
    let north = tilts.iter().map(|&t| (last, t)).filter(|_| open);
    let mut rings = 0;
    for (at, tilt) in south.chain((0..=last).map(|i| (i, Vec2::X))).chain(north) {
        let frame = &frames[at];
        // Tilted from the cross-section along the tangent by an angle given as (cos, sin).
        for &c in &circle {
            let normal = (frame.around(c) * tilt.x + frame.tangent * tilt.y).normalize();
            mesh.positions.push(frame.center + skin.radius * normal);
            mesh.normals.push(normal);
        }
        mesh.colors.extend(color(cuts[at]).into_iter().flat_map(|color| std::iter::repeat_n(color, n)));
        rings += 1;
    }
    let vertex = |ring: usize, i: usize| ((ring % rings) * n + i % n) as u32;
    for ring in 0..if open { rings - 1 } else { rings } {
        for i in 0..n {
            let [a, b, c, d] = [vertex(ring, i), vertex(ring, i + 1), vertex(ring + 1, i + 1), vertex(ring + 1, i)];
            mesh.triangles.extend([[a, b, c], [a, c, d]]);
        }
    }
    if open {
        let ends = [(&frames[0], -1.0, cuts[0]), (&frames[last], 1.0, cuts[last])];
        let poles = ends.map(|(frame, side, u)| {
            mesh.positions.push(frame.center + side * skin.radius * frame.tangent);
            mesh.normals.push(side * frame.tangent);
            mesh.colors.extend(color(u));
            (mesh.positions.len() - 1) as u32
        });
        for i in 0..n {
            mesh.triangles.push([poles[0], vertex(0, i + 1), vertex(0, i)]);
            mesh.triangles.push([poles[1], vertex(rings - 1, i), vertex(rings - 1, i + 1)]);
        }
    }
    mesh
}

/// The next frame without twist, by double reflection (Wang, Jüttler, Zheng, Liu 2008, "Computation of Rotation Minimizing Frames",
/// table I).
fn transport(frame: &Frame, center: Vec3, tangent: Vec3) -> Frame {
    let reflect = |v: Vec3, axis: Vec3| {
        let c = axis.length_squared();
        if c > f32::MIN_POSITIVE { v - 2.0 / c * v.dot(axis) * axis } else { v }
    };
    let step = center - frame.center;
    let (normal, mirrored) = (reflect(frame.normal, step), reflect(frame.tangent, step));
    let normal = reflect(normal, tangent - mirrored);
    // Rounding must not build up along a long curve, nor a reversal leave a normal along the tangent.
    let normal = normal.reject_from_normalized(tangent).normalize_or(tangent.any_orthonormal_vector());
    Frame { center, tangent, normal }
}

#[cfg(test)]
mod tests {
    use std::f32::consts::{PI, TAU};

    use super::*;

    #[test]
    fn closed_frames_meet_without_a_jump() {
        // A curve that leaves the plane, so that parallel transport alone would not close.
        let points: Vec<Vec3> = (0..24)
            .map(|i| {
                let t = TAU * i as f32 / 24.0;
                let (a, b) = (Vec2::from_angle(t), Vec2::from_angle(2.0 * t));
                Vec3::new(a.x, a.y, 0.7 * b.y + 0.4 * a.x * b.x)
            })
            .collect();
        let curve = Curve::new(&points, true);
        let frames = Sections::new(&curve, &curve.cuts(FRAC_PI_2 / 8.0), None).frames;
        let plain = |f: &Frame, g: &Frame| transport(f, g.center, g.tangent).normal.angle_between(g.normal);
        // Spread evenly, even half a turn of twist leaves little between neighbours; and the seam is a pair like any other.
        for (f, g) in frames.iter().zip(frames.iter().cycle().skip(1)) {
            assert!(f.normal.is_normalized() && f.normal.dot(f.tangent).abs() < 1e-4);
            assert!(plain(f, g) < 3.0 * PI / frames.len() as f32, "a jump of {} rad", plain(f, g));
        }
        assert!(frames.iter().zip(&frames[1..]).map(|(f, g)| plain(f, g)).sum::<f32>() > 0.1, "this curve needs some twist");
    }

    #[test]
    fn a_straight_tube_does_not_twist() {
        let points: Vec<Vec3> = (0..20).map(|i| Vec3::new(0.1, 0.2, 0.3) * i as f32).collect();
        let curve = Curve::new(&points, false);
        let frames = Sections::new(&curve, &curve.cuts(FRAC_PI_2 / 8.0), None).frames;
        assert!(frames.iter().all(|f| f.normal.dot(frames[0].normal) > 0.99999));
    }

    #[test]
    fn hostile_curves_give_finite_meshes() {
        for points in [
            vec![],
            vec![Vec3::X],
            vec![Vec3::X, Vec3::X],
            vec![Vec3::ZERO, Vec3::X, Vec3::ZERO],
            vec![Vec3::ZERO, Vec3::splat(1e6)],
        ] {
            for closed in [false, true] {
                let curve = Curve::new(&points, closed);
                let cuts = curve.cuts(FRAC_PI_2 / 4.0);
                let sections = Sections::new(&curve, &cuts, None);
                let mesh = tube(&curve, &cuts, &sections.carried(&curve, &cuts), Skin { radius: 0.1, colors: &[] }, 4);
                assert!(mesh.positions.iter().chain(&mesh.normals).all(|v| v.is_finite()), "{points:?}");
            }
        }
    }
}
