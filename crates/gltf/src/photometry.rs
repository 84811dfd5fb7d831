//! Punctual lights to area lights and back.
//!
//! One unit of our radiance is taken as one nit, one unit of irradiance as one lux, as web viewers do: white paper under π lux
//! looks 1.0. Factors between lumens and watts are a matter of exposure; [`crate::ImportOptions::light_scale`] is the knob.
//!
//! A ball of radius r and radiance L gives at distance d ≥ r from its centre, on a surface that faces it, the irradiance
//! E = π L (r / d)²; a point of intensity I gives I / d². They agree at every distance where **I = π r² L**.

use std::f32::consts::PI;

use glam::Vec3;
use raytruth_scene::LightShape;

/// The brightest radiance that a scene may have.
const BRIGHT: f32 = 1e9;

/// A sphere of equal intensity: its radius, m, and radiance. `intensity` in candela; `radius` grows where the radiance would
/// exceed what a scene may have.
pub(crate) fn sphere_of(intensity: Vec3, radius: f32) -> (f32, Vec3) {
    let peak = intensity.max_element();
    let least = (peak / (PI * BRIGHT)).sqrt() * 1.001;
    let radius = radius.max(least).max(1e-6);
    (radius, intensity / (PI * radius * radius))
}

/// A disc that gives an irradiance at a distance, seen under `angle` (half its opening, radians): its radius, m, and radiance. It grows
/// where the radiance would exceed what a scene may have.
pub(crate) fn disk_of(irradiance: Vec3, distance: f32, angle: f32) -> (f32, Vec3) {
    // E = π L sin² of the angle, on the axis; the disc is small.
    sphere_of(irradiance * (distance * distance), distance * angle.tan())
}

/// What punctual light stands for an area light far away.
pub(crate) struct Punctual {
    /// `KHR_lights_punctual`'s `type`.
    pub(crate) kind: &'static str,
    /// Candela, along the axis for a spot.
    pub(crate) intensity: Vec3,
    /// Inner and outer angle of a spot, radians.
    pub(crate) cone: Option<[f64; 2]>,
}

/// A sphere becomes a point of equal power. What emits along −z alone becomes a spot over the half-space with the same intensity
/// along its axis, I = L A, so that what it is aimed at keeps its irradiance.
pub(crate) fn punctual(shape: &LightShape, radiance: Vec3) -> Punctual {
    let spot = |area: f32, cone| Punctual { kind: "spot", intensity: radiance * area, cone: Some(cone) };
    let point = |radius: f32| Punctual { kind: "point", intensity: radiance * (PI * radius * radius), cone: None };
    // In 64 bits: rounded to 32 it is more than a quarter turn, which is out of range.
    const HALF_SPACE: [f64; 2] = [0.0, std::f64::consts::FRAC_PI_2];
    match shape {
        LightShape::Rect { size } => spot(size.x * size.y, HALF_SPACE),
        LightShape::Disk { radius } => spot(PI * radius * radius, HALF_SPACE),
        LightShape::Sphere { radius } => point(*radius),
        LightShape::Spot { radius, inner_angle, outer_angle } => {
            // The specification ends at a quarter turn and wants the inner one below the outer one.
            let outer = f64::from(*outer_angle).min(HALF_SPACE[1]);
            spot(PI * radius * radius, [f64::from(*inner_angle).min(0.999 * outer), outer])
        }
        // A shape that this version does not know emits like the ball of 1 cm that imported lights are.
        _ => point(0.01),
    }
}

/// Watts of light that Blender's importer takes a lumen for.
pub(crate) const LUMENS_PER_WATT: f32 = 683.0;

/// A punctual light as Blender's importer wants it: I candela become a lamp of 4π I / 683 watts, which shines with I / 683 per
/// steradian. The edge of a spot's cone is smoothed over a share of 1 − inner / outer, but by the cosine: the inner angle is the one
/// from which that share is right.
pub(crate) fn in_blender(light: Punctual) -> Punctual {
    let cone = light.cone.map(|[inner, outer]| {
        let share = (inner.cos() - outer.cos()) / (1.0 - outer.cos());
        [outer * (1.0 - share.clamp(0.0, 1.0)), outer]
    });
    Punctual { intensity: light.intensity * LUMENS_PER_WATT, cone, ..light }
}

#[cfg(test)]
mod tests {
    use glam::Vec2;

    use super::*;

    /// Irradiance at distance `d` of a facing surface under a ball, by integrating radiance times cosine over the cap that it
    /// fills: 2π L ∫ cos θ sin θ dθ up to sin θ = r / d.
    fn irradiance(radius: f64, radiance: f64, d: f64) -> f64 {
        let (steps, most) = (10_000, (radius / d).asin());
        let step = most / f64::from(steps);
        (0..steps).map(|i| (f64::from(i) + 0.5) * step).map(|t| t.cos() * t.sin() * step).sum::<f64>()
            * std::f64::consts::TAU
            * radiance
    }

    #[test]
    fn a_candela_gives_a_lux_at_one_metre() {
        for radius in [0.001, 0.01, 0.3] {
            let (r, l) = sphere_of(Vec3::new(1.0, 2.0, 0.5), radius);
            assert_eq!(r, radius);
            // By hand: I / d² with d = 1 m and 2 m.
            assert!((irradiance(f64::from(r), f64::from(l.x), 1.0) - 1.0).abs() < 1e-4);
            assert!((irradiance(f64::from(r), f64::from(l.y), 2.0) - 0.5).abs() < 1e-4);
        }
        // By hand: 1 cd over π (1 cm)² is 3183.1 nits.
        assert!((sphere_of(Vec3::ONE, 0.01).1.x - 3183.099).abs() < 0.01);
    }

    #[test]
    fn a_stadium_light_grows_instead_of_breaking_the_scenes_limits() {
        let (r, l) = sphere_of(Vec3::splat(1e8), 0.01);
        assert!(r > 0.01 && l.max_element() <= 1e9);
        assert!((PI * r * r * l.x / 1e8 - 1.0).abs() < 1e-4, "the intensity is kept");
    }

    #[test]
    fn area_lights_keep_their_intensity_along_the_axis() {
        // By hand: a disc of 10 cm, 300 nits: I = 300 π 0.01 = 9.4248 cd.
        let disk = punctual(&LightShape::Disk { radius: 0.1 }, Vec3::splat(300.0));
        assert!(disk.kind == "spot" && (disk.intensity.x - 9.424_778).abs() < 1e-4);
        let rect = punctual(&LightShape::Rect { size: Vec2::new(0.5, 0.2) }, Vec3::splat(10.0));
        assert!(rect.kind == "spot" && (rect.intensity.x - 1.0).abs() < 1e-6);
        let (radius, radiance) = sphere_of(Vec3::splat(7.0), 0.02);
        let ball = punctual(&LightShape::Sphere { radius }, radiance);
        assert!(ball.kind == "point" && (ball.intensity.x - 7.0).abs() < 1e-5, "there and back");
    }
}
