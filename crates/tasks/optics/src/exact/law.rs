//! The laws of reflection and refraction (Hecht, *Optics*, 5th ed., 4.3, 4.4, 4.6).

use glam::DVec3;

/// The direction of light that a surface reflects. `normal` is of length 1, to either side.
#[must_use]
pub fn reflect(direction: DVec3, normal: DVec3) -> DVec3 {
    direction - 2.0 * direction.dot(normal) * normal
}

/// The direction of light that goes on into a medium, by Snell's law; `None` where all of it is reflected. `normal` is of length 1, to either
/// side; `from` and `to` are the indices of refraction before and behind.
#[must_use]
pub fn refract(direction: DVec3, normal: DVec3, from: f64, to: f64) -> Option<DVec3> {
    let along = direction.dot(normal);
    let normal = if along > 0.0 { -normal } else { normal };
    let (cos, ratio) = (along.abs(), from / to);
    let inner = 1.0 - ratio * ratio * (1.0 - cos * cos);
    (inner > 0.0).then(|| (ratio * direction + (ratio * cos - inner.sqrt()) * normal).normalize())
}

/// Share of unpolarised light that a boundary between two clear media reflects (Fresnel), 0 to 1. `cos` is that of the angle of incidence.
#[must_use]
pub fn reflectance(cos: f64, from: f64, to: f64) -> f64 {
    let ratio = from / to;
    let inner = 1.0 - ratio * ratio * (1.0 - cos * cos);
    if inner <= 0.0 {
        return 1.0;
    }
    let within = inner.sqrt();
    let across = (from * cos - to * within) / (from * cos + to * within);
    let along = (from * within - to * cos) / (from * within + to * cos);
    0.5 * (across * across + along * along)
}

/// The angle of incidence from which on all light is reflected; `None` where the medium behind is not the thinner one.
#[must_use]
pub fn critical_angle(from: f64, to: f64) -> Option<f64> {
    (from > to).then(|| libm::asin(to / from))
}

#[cfg(test)]
mod tests {
    use std::f64::consts::FRAC_PI_2;

    use super::*;

    fn into(angle: f64) -> DVec3 {
        DVec3::new(libm::sin(angle), 0.0, -libm::cos(angle))
    }

    #[test]
    fn snell_s_law_holds_both_ways_and_in_the_plane() {
        for (from, to) in [(1.0, 1.33), (1.33, 1.0), (1.0, 1.52), (1.7, 1.33), (1.2, 1.2)] {
            for angle in [0.0, 0.1, 0.4, 0.7] {
                let Some(out) = refract(into(angle), DVec3::Z, from, to) else {
                    assert!(angle >= critical_angle(from, to).expect("to a thinner medium"));
                    continue;
                };
                assert!((from * libm::sin(angle) - to * out.x).abs() < 1e-12 && out.y.abs() < 1e-15 && out.z < 0.0);
                assert!((out - refract(into(angle), DVec3::NEG_Z, from, to).expect("either normal")).length() < 1e-15);
                let back = refract(-out, DVec3::Z, to, from).expect("light goes both ways");
                assert!((back + into(angle)).length() < 1e-12, "{from} {to} {angle}: {back}");
            }
        }
    }

    #[test]
    fn beyond_the_critical_angle_nothing_goes_on() {
        let critical = critical_angle(1.5, 1.0).expect("to a thinner medium");
        assert!((libm::sin(critical) - 1.0 / 1.5).abs() < 1e-15 && critical_angle(1.0, 1.5).is_none());
        assert!(refract(into(critical + 1e-9), DVec3::Z, 1.5, 1.0).is_none());
        let grazing = refract(into(critical - 1e-9), DVec3::Z, 1.5, 1.0).expect("before it");
        assert!(FRAC_PI_2 - libm::asin(grazing.x) < 1e-4);
    }

    #[test]
    fn reflectance_is_fresnel_s() {
        let straight = |n: f64| ((n - 1.0) / (n + 1.0)).powi(2);
        assert!((reflectance(1.0, 1.0, 1.5) - straight(1.5)).abs() < 1e-15);
        assert!((reflectance(1.0, 2.4, 1.0) - straight(2.4)).abs() < 1e-15);
        assert_eq!((reflectance(0.0, 1.0, 1.5), reflectance(0.1, 1.5, 1.0)), (1.0, 1.0));
        // At Brewster's angle only what swings across the plane is reflected: half of ((n² - 1) / (n² + 1))².
        let (n, brewster) = (1.5_f64, libm::atan(1.5));
        let across = ((n * n - 1.0) / (n * n + 1.0)).powi(2);
        assert!((reflectance(libm::cos(brewster), 1.0, n) - 0.5 * across).abs() < 1e-15);
        let mirrored = reflect(into(0.3), DVec3::Z);
        assert!((mirrored - DVec3::new(libm::sin(0.3), 0.0, libm::cos(0.3))).length() < 1e-15);
    }
}
