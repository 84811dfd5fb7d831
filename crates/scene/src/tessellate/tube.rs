//! Tubes along curves.

use std::f32::consts::FRAC_PI_2;

use glam::{Vec2, Vec3};

use super::{Weld, round::circle};
use crate::{Curve, Mesh};

/// A cross-section: where it is, and the two directions that span it.
#[derive(Clone, Copy)]
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

pub(super) fn tube(curve: &Curve, radius: f32, quarter: usize) -> Mesh {
    let frames = frames(curve, quarter);
    let circle = circle(quarter);
    let mut weld = Weld::default();
    if frames.len() < 2 {
        return weld.finish();
    }
    let mut rows: Vec<Vec<u32>> = Vec::new();
    // A ring tilted from the cross-section towards `out` by an angle given as (cos, sin).
    let mut ring = |frame: &Frame, tilt: Vec2| -> Vec<u32> {
        circle
            .iter()
            .map(|&c| {
                let n = (frame.around(c) * tilt.x + frame.tangent * tilt.y).normalize();
                weld.vertex(frame.center + radius * n, n)
            })
            .collect()
    };
    // Half-balls at the ends of an open curve: rings from near the pole to the equator, which is the first cross-section.
    let tilts: Vec<Vec2> = (1..quarter).map(|i| Vec2::from_angle(FRAC_PI_2 * i as f32 / quarter as f32)).collect();
    if !curve.is_closed() {
        rows.extend(tilts.iter().rev().map(|t| ring(&frames[0], Vec2::new(t.x, -t.y))));
    }
    rows.extend(frames.iter().map(|f| ring(f, Vec2::X)));
    if curve.is_closed() {
        rows.push(rows[0].clone());
    } else {
        rows.extend(tilts.iter().map(|&t| ring(&frames[frames.len() - 1], t)));
    }

    let n = circle.len();
    for pair in rows.windows(2) {
        for i in 0..n {
            let j = (i + 1) % n;
            weld.quad(pair[0][i], pair[0][j], pair[1][j], pair[1][i]);
        }
    }
    if !curve.is_closed() {
        let (first, last) = (&frames[0], &frames[frames.len() - 1]);
        let south = weld.vertex(first.center - radius * first.tangent, -first.tangent);
        let north = weld.vertex(last.center + radius * last.tangent, last.tangent);
        for i in 0..n {
            let j = (i + 1) % n;
            weld.triangle(south, rows[0][j], rows[0][i]);
            weld.triangle(north, rows[rows.len() - 1][i], rows[rows.len() - 1][j]);
        }
    }
    weld.finish()
}

/// Cross-sections along the curve that twist as little as can be.
fn frames(curve: &Curve, quarter: usize) -> Vec<Frame> {
    let cuts = curve.cuts(FRAC_PI_2 / quarter as f32);
    let Some(&start) = cuts.first() else { return Vec::new() };
    let mut frames: Vec<Frame> = Vec::with_capacity(cuts.len());
    let tangent = curve.tangent(start);
    frames.push(Frame { center: curve.point(start), tangent, normal: tangent.any_orthonormal_vector() });
    for &u in &cuts[1..] {
        let next = transport(&frames[frames.len() - 1], curve.point(u), curve.tangent(u));
        frames.push(next);
    }
    if curve.is_closed() {
        // Carried once around, the frame comes back turned by some angle; spread that over the length, so that the ends meet.
        let (first, last) = (frames[0], frames[frames.len() - 1]);
        let back = transport(&last, first.center, first.tangent).normal;
        let twist = Vec2::new(back.dot(first.normal), back.dot(first.tangent.cross(first.normal))).to_angle();
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
    frames
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
        let frames = frames(&Curve::new(&points, true), 8);
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
        let frames = frames(&Curve::new(&points, false), 8);
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
                let mesh = tube(&Curve::new(&points, closed), 0.1, 4);
                assert!(mesh.positions.iter().chain(&mesh.normals).all(|v| v.is_finite()), "{points:?}");
            }
        }
    }
}
