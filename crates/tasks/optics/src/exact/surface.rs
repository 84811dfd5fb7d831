//! What bounds a body: a plane, a sphere or a cylinder, and the side of it that the body may fill.

use glam::DVec3;
use serde::{Deserialize, Serialize};

use super::Ray;

/// A surface, and the side of it that is filled.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Surface {
    /// Filled against its normal.
    Plane {
        /// Any point of it.
        point: DVec3,
        /// Away from what is filled, of length 1.
        normal: DVec3,
    },
    /// Filled inside; outside, if hollow.
    Sphere {
        /// Metres.
        center: DVec3,
        /// Metres.
        radius: f64,
        /// Whether the outside is filled.
        hollow: bool,
    },
    /// Without an end. Filled inside; outside, if hollow.
    Cylinder {
        /// Any point of its axis.
        point: DVec3,
        /// Of length 1.
        axis: DVec3,
        /// Metres.
        radius: f64,
        /// Whether the outside is filled.
        hollow: bool,
    },
}

impl Surface {
    /// Metres to it: less than 0 where it is filled.
    #[must_use]
    pub fn signed(&self, p: DVec3) -> f64 {
        match *self {
            Self::Plane { point, normal } => (p - point).dot(normal),
            Self::Sphere { center, radius, hollow } => turned(hollow, (p - center).length() - radius),
            Self::Cylinder { point, axis, radius, hollow } => {
                turned(hollow, (p - point).reject_from_normalized(axis).length() - radius)
            }
        }
    }

    /// The unit normal at a point of it, away from what is filled.
    #[must_use]
    pub fn normal(&self, p: DVec3) -> DVec3 {
        let (away, hollow) = match *self {
            Self::Plane { normal, .. } => return normal,
            Self::Sphere { center, hollow, .. } => (p - center, hollow),
            Self::Cylinder { point, axis, hollow, .. } => ((p - point).reject_from_normalized(axis), hollow),
        };
        if hollow { -away.normalize() } else { away.normalize() }
    }

    /// The part of a ray's line that is filled if `complement` is false, else the one part that is not: of a hollow surface the filled part has a
    /// gap. `None` if there is no such part.
    fn chord(&self, ray: &Ray) -> (Option<[f64; 2]>, bool) {
        match *self {
            Self::Plane { point, normal } => {
                let (along, off) = (ray.direction.dot(normal), (point - ray.origin).dot(normal));
                let part = if along == 0.0 {
                    (off > 0.0).then_some([f64::NEG_INFINITY, f64::INFINITY])
                } else if along > 0.0 {
                    Some([f64::NEG_INFINITY, off / along])
                } else {
                    Some([off / along, f64::INFINITY])
                };
                (part, false)
            }
            Self::Sphere { center, radius, hollow } => (round(ray.origin - center, ray.direction, radius), hollow),
            Self::Cylinder { point, axis, radius, hollow } => {
                let flat = |v: DVec3| v.reject_from_normalized(axis);
                (round(flat(ray.origin - point), flat(ray.direction), radius), hollow)
            }
        }
    }

    /// What of a ray's line is filled, from lesser to greater.
    pub(super) fn filled(&self, ray: &Ray) -> [Option<[f64; 2]>; 2] {
        match self.chord(ray) {
            (part, false) => [part, None],
            (None, true) => [Some([f64::NEG_INFINITY, f64::INFINITY]), None],
            (Some([from, to]), true) => [Some([f64::NEG_INFINITY, from]), Some([to, f64::INFINITY])],
        }
    }
}

fn turned(hollow: bool, signed: f64) -> f64 {
    if hollow { -signed } else { signed }
}

/// The part of a line inside of a circle or a sphere about the origin; all of it where the line has no direction and begins inside.
fn round(from: DVec3, way: DVec3, radius: f64) -> Option<[f64; 2]> {
    let (a, b, c) = (way.length_squared(), from.dot(way), from.length_squared() - radius * radius);
    if a < 1e-24 {
        return (c < 0.0).then_some([f64::NEG_INFINITY, f64::INFINITY]);
    }
    // As the nearest point of the line, so that nothing is lost where the start is far away (Haines et al., *Ray Tracing Gems*, 7).
    let nearest = from - (b / a) * way;
    let inside = radius * radius - nearest.length_squared();
    if inside <= 0.0 {
        return None;
    }
    let q = b + (a * inside).sqrt().copysign(b);
    let [t, u] = [-q / a, if q == 0.0 { -q / a } else { -c / q }];
    Some(if t < u { [t, u] } else { [u, t] })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn x_axis(origin: DVec3) -> Ray {
        Ray::new(origin, DVec3::X)
    }

    #[test]
    fn what_is_filled_of_a_line_is_where_the_signed_distance_is_less_than_zero() {
        let (center, axis) = (DVec3::new(2.0, 0.3, 0.1), DVec3::new(0.2, 0.1, 1.0).normalize());
        let surfaces = [
            Surface::Plane { point: center, normal: DVec3::new(1.0, 1.0, 0.0).normalize() },
            Surface::Sphere { center, radius: 0.7, hollow: false },
            Surface::Sphere { center, radius: 0.7, hollow: true },
            Surface::Cylinder { point: center, axis, radius: 0.7, hollow: false },
            Surface::Cylinder { point: center, axis, radius: 0.7, hollow: true },
        ];
        for surface in surfaces {
            for ray in [x_axis(DVec3::ZERO), x_axis(center), Ray::new(DVec3::new(5.0, 1.0, -2.0), DVec3::new(-1.0, -0.3, 0.7))] {
                let filled = surface.filled(&ray);
                for t in (-80..80).map(|i| 0.0501 * f64::from(i)) {
                    let is_filled = filled.iter().flatten().any(|[from, to]| (*from..*to).contains(&t));
                    assert_eq!(is_filled, surface.signed(ray.at(t)) < 0.0, "{surface:?} {ray:?} at {t}");
                }
                for t in filled.iter().flatten().flatten().filter(|t| t.is_finite()) {
                    let p = ray.at(*t);
                    assert!(surface.signed(p).abs() < 1e-12);
                    // The normal is the slope of the signed distance.
                    let slope = |v: DVec3| (surface.signed(p + 1e-6 * v) - surface.signed(p - 1e-6 * v)) / 2e-6;
                    let normal = DVec3::new(slope(DVec3::X), slope(DVec3::Y), slope(DVec3::Z));
                    assert!((normal - surface.normal(p)).length() < 1e-8, "{surface:?}: {normal} {}", surface.normal(p));
                }
            }
        }
    }

    #[test]
    fn a_far_start_loses_nothing() {
        let ball = Surface::Sphere { center: DVec3::ZERO, radius: 0.05, hollow: false };
        let [Some([from, to]), None] = ball.filled(&x_axis(DVec3::new(-1e4, 0.03, 0.0))) else { panic!("it is met once") };
        assert!((from - (1e4 - 0.04)).abs() < 2e-12 * 1e4 && (to - from - 0.08).abs() < 1e-9, "{from} {to}");
        assert_eq!(ball.filled(&x_axis(DVec3::new(-1.0, 0.06, 0.0))), [None, None]);
    }
}
