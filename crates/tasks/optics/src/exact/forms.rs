//! Optics of a bench in their own frame: light comes along +x, +z is up, and the origin is the middle of what light meets first of a mirror, of
//! the body of all others. [`Body::placed`] puts them where they stand.

use glam::{DQuat, DVec3};

use super::{Body, Optic, Surface};

/// The front of a mirror.
const FRONT: usize = 0;

fn plane(point: DVec3, normal: DVec3) -> Surface {
    Surface::Plane { point, normal: normal.normalize() }
}

/// The six sides of a box about a point; the one that faces −x is the first.
fn sides(center: DVec3, half: DVec3) -> Vec<Surface> {
    let axes = [DVec3::NEG_X, DVec3::X, DVec3::NEG_Y, DVec3::Y, DVec3::NEG_Z, DVec3::Z];
    axes.map(|axis| plane(center + half * axis, axis)).to_vec()
}

/// How far a sphere has fallen back so far from its axis; its radius may be infinite.
pub(crate) fn sag(radius: f64, away: f64) -> f64 {
    if radius.is_infinite() { 0.0 } else { radius - (radius * radius - away * away).sqrt() }
}

/// A face of a lens or mirror of a radius of `rim` that stands across the x-axis and is met at `x`; `side` is −1 if glass lies at +x of it, else 1.
/// `radius`: greater than 0 where it bulges, less where it is hollow, infinite where it is flat.
fn face(x: f64, side: f64, radius: f64, rim: f64) -> Vec<Surface> {
    let at = |x: f64| DVec3::X * x;
    if radius.is_infinite() {
        return vec![plane(at(x), at(side))];
    }
    let sphere = Surface::Sphere { center: at(x - side * radius), radius: radius.abs(), hollow: radius < 0.0 };
    if radius > 0.0 {
        return vec![sphere];
    }
    // Behind a hollow sphere there is no glass either.
    vec![sphere, plane(at(x + side * sag(-radius, rim)), at(side))]
}

/// A box.
#[must_use]
pub fn block(name: &str, half: DVec3, optic: Optic) -> Body {
    Body { name: name.into(), surfaces: sides(DVec3::ZERO, half), optic }
}

/// A ball.
#[must_use]
pub fn ball(name: &str, radius: f64, optic: Optic) -> Body {
    Body { name: name.into(), surfaces: vec![Surface::Sphere { center: DVec3::ZERO, radius, hollow: false }], optic }
}

/// An upright prism of glass. Seen from above it is a triangle with two sides of equal length, metres, that meet at +y with an angle of
/// `apex`; the origin is the middle of its bounds along y.
#[must_use]
pub fn prism(name: &str, side: f64, apex: f64, half_height: f64, n: f64) -> Body {
    let (sin, cos) = (libm::sin(0.5 * apex), libm::cos(0.5 * apex));
    let half = 0.5 * side * cos;
    let top = DVec3::Y * half;
    let surfaces = vec![
        plane(top, DVec3::new(-cos, sin, 0.0)),
        plane(top, DVec3::new(cos, sin, 0.0)),
        plane(-top, DVec3::NEG_Y),
        plane(DVec3::NEG_Z * half_height, DVec3::NEG_Z),
        plane(DVec3::Z * half_height, DVec3::Z),
    ];
    Body { name: name.into(), surfaces, optic: Optic::Clear { n } }
}

/// A round lens, `thick` in its middle. Radii of its two faces: greater than 0 where they bulge, less where they are hollow, infinite where
/// they are flat.
#[must_use]
pub fn lens(name: &str, radii: [f64; 2], thick: f64, rim: f64, n: f64) -> Body {
    let mut surfaces = face(-0.5 * thick, -1.0, radii[0], rim);
    surfaces.extend(face(0.5 * thick, 1.0, radii[1], rim));
    surfaces.push(Surface::Cylinder { point: DVec3::ZERO, axis: DVec3::X, radius: rim, hollow: false });
    Body { name: name.into(), surfaces, optic: Optic::Clear { n } }
}

/// A flat mirror that faces −x, half as wide and as high, and `thick`.
#[must_use]
pub fn flat_mirror(name: &str, half: [f64; 2], thick: f64) -> Body {
    let half = DVec3::new(0.5 * thick, half[0], half[1]);
    Body { name: name.into(), surfaces: sides(DVec3::X * half.x, half), optic: Optic::Mirror { face: FRONT } }
}

/// A round mirror that faces −x, `thick` in its middle. `radius`: greater than 0 where it bulges, less where it is hollow.
#[must_use]
pub fn round_mirror(name: &str, radius: f64, thick: f64, rim: f64) -> Body {
    let mut surfaces = face(0.0, -1.0, radius, rim);
    surfaces.push(plane(DVec3::X * (thick + if radius > 0.0 { sag(radius, rim) } else { 0.0 }), DVec3::X));
    surfaces.push(Surface::Cylinder { point: DVec3::ZERO, axis: DVec3::X, radius: rim, hollow: false });
    Body { name: name.into(), surfaces, optic: Optic::Mirror { face: FRONT } }
}

impl Surface {
    /// Turned, then moved.
    #[must_use]
    fn placed(self, turn: DQuat, to: DVec3) -> Self {
        let point = |p: DVec3| turn * p + to;
        match self {
            Self::Plane { point: p, normal } => Self::Plane { point: point(p), normal: (turn * normal).normalize() },
            Self::Sphere { center, radius, hollow } => Self::Sphere { center: point(center), radius, hollow },
            Self::Cylinder { point: p, axis, radius, hollow } => {
                Self::Cylinder { point: point(p), axis: (turn * axis).normalize(), radius, hollow }
            }
        }
    }
}

impl Body {
    /// Turned about the vertical, radians to the left seen from above, then moved.
    #[must_use]
    pub fn placed(mut self, yaw: f64, to: DVec3) -> Self {
        // By its halves: glam's own takes the platform's sine where its feature `libm` is off.
        let turn = DQuat::from_xyzw(0.0, 0.0, libm::sin(0.5 * yaw), libm::cos(0.5 * yaw));
        self.surfaces.iter_mut().for_each(|surface| *surface = surface.placed(turn, to));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_as_large_as_they_say_and_no_larger() {
        let n = 1.5;
        let glass = Optic::Clear { n };
        let forms = [
            (block("slab", DVec3::new(0.02, 0.05, 0.03), glass), DVec3::new(0.02, 0.05, 0.03)),
            (ball("ball", 0.03, glass), DVec3::splat(0.03)),
            (lens("convex", [0.1, 0.12], 0.012, 0.03, n), DVec3::new(0.006, 0.03, 0.03)),
            (lens("concave", [-0.1, f64::INFINITY], 0.004, 0.03, n), DVec3::new(0.002 + sag(0.1, 0.03), 0.03, 0.03)),
            (lens("meniscus", [0.1, -0.2], 0.008, 0.03, n), DVec3::new(0.004 + sag(0.2, 0.03), 0.03, 0.03)),
            (round_mirror("hollow mirror", -0.3, 0.005, 0.03), DVec3::new(0.005, 0.03, 0.03)),
            (round_mirror("bulging mirror", 0.3, 0.005, 0.03), DVec3::new(0.005 + sag(0.3, 0.03), 0.03, 0.03)),
        ];
        for (body, half) in forms {
            let (yaw, to) = (0.7, DVec3::new(0.1, -0.2, 0.05));
            let placed = body.clone().placed(yaw, to);
            let mut filled = 0;
            for i in 0..4096_i32 {
                let p = DVec3::new(f64::from(i % 16), f64::from(i / 16 % 16), f64::from(i / 256)) / 15.0 * 2.4 - 1.2;
                let p = p * half;
                let inside = body.contains(p);
                let turned =
                    DVec3::new(libm::cos(yaw) * p.x - libm::sin(yaw) * p.y, libm::sin(yaw) * p.x + libm::cos(yaw) * p.y, p.z);
                assert!(inside == placed.contains(turned + to) && (!inside || p.abs().cmple(half).all()), "{}: {p}", body.name);
                filled += u32::from(inside);
            }
            assert!(filled > 150, "{}: {filled}", body.name);
        }
        let prism = prism("prism", 0.06, core::f64::consts::FRAC_PI_3, 0.02, n);
        let half = 0.03 * libm::cos(core::f64::consts::FRAC_PI_6);
        let at = |x: f64, y: f64| prism.contains(DVec3::new(x, y, 0.0));
        assert!(at(0.0, half - 1e-6) && !at(0.0, half + 1e-6) && at(0.03 - 1e-5, -half + 1e-6) && !at(0.03 + 1e-6, -half + 1e-6));
    }
}
