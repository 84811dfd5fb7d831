//! Laws that single lobes obey: reciprocity, Fresnel, Snell, total reflection.

mod bsdf;
mod gpu;
mod statistics;

use bsdf::checks::is_reciprocal;
use bsdf::{DELTA, Sample, Surface, TRANSMITTED, direction};
use glam::Vec3;

#[test]
fn reflection_is_reciprocal() {
    let surfaces = [
        Surface { base_color: Vec3::new(0.9, 0.5, 0.2), roughness: 0.4, ..Default::default() },
        Surface { base_color: Vec3::new(0.9, 0.5, 0.2), metallic: 1.0, roughness: 0.7, ..Default::default() },
        // What it gets back of multiple scattering is not.
        Surface { transmission: 1.0, roughness: 0.5, multiscatter: false, ..Default::default() },
        Surface { base_color: Vec3::splat(0.5), coat: 1.0, coat_roughness: 0.3, ..Default::default() },
    ];
    let directions: Vec<Vec3> = (0..12).map(|i| direction(0.08 + 0.075 * i as f32, 2.4 * i as f32)).collect();
    for surface in surfaces {
        is_reciprocal(surface, &directions).unwrap_or_else(|e| panic!("{surface:?}, {e}"));
    }
}

/// Energy that is reflected and that goes through: the sampled weights, on average.
fn shares(samples: &[Sample]) -> (f64, f64) {
    let through = |s: &&Sample| s.kind & TRANSMITTED != 0;
    let energy = |s: &Sample| f64::from(s.weight.x) / samples.len() as f64;
    (samples.iter().filter(|s| !through(s)).map(energy).sum(), samples.iter().filter(through).map(energy).sum())
}

/// Fresnel's equations in their textbook form.
fn fresnel(cos_i: f64, eta: f64) -> f64 {
    let sin_t = (1.0 - cos_i * cos_i).sqrt() / eta;
    if sin_t >= 1.0 {
        return 1.0;
    }
    let cos_t = (1.0 - sin_t * sin_t).sqrt();
    let s = (cos_i - eta * cos_t) / (cos_i + eta * cos_t);
    let p = (eta * cos_i - cos_t) / (eta * cos_i + cos_t);
    0.5 * (s * s + p * p)
}

#[test]
fn clear_glass_follows_fresnel_and_snell() {
    let count = 1 << 16;
    for ior in [1.33_f32, 1.5, 1.9] {
        for entering in [true, false] {
            let eta = if entering { ior } else { 1.0 / ior };
            for cos in [1.0, 0.8, 0.5, 0.2] {
                let wo = direction(cos, 0.7);
                let glass = Surface { transmission: 1.0, roughness: 0.0, ior, entering, ..Default::default() };
                let samples = glass.sample(wo, count, 3);
                let expected = fresnel(f64::from(cos), f64::from(eta));
                // Five standard deviations of a share of 65536: at most 0.01.
                let (reflected, through) = shares(&samples);
                assert!(
                    (reflected + through - 1.0).abs() < 0.01,
                    "ior {ior}, entering {entering}, cosine {cos}: all light goes somewhere"
                );
                assert!(
                    (reflected - expected).abs() < 0.01,
                    "ior {ior}, entering {entering}, cosine {cos}: {reflected} not {expected}"
                );
                for sample in &samples {
                    assert!(sample.kind & DELTA != 0 && sample.weight.x < 1.15, "{sample:?}");
                    if sample.kind & TRANSMITTED == 0 {
                        assert!((sample.wi - Vec3::new(-wo.x, -wo.y, wo.z)).length() < 1e-6, "{sample:?} mirrors {wo}");
                    } else {
                        // The tangential parts are as 1 to eta, in opposite directions.
                        let slip = sample.wi.truncate() * eta + wo.truncate();
                        assert!(sample.wi.z < 0.0 && slip.length() < 1e-5, "{sample:?} refracts {wo}");
                        assert!((sample.wi.length() - 1.0).abs() < 1e-5, "{sample:?} is a unit vector");
                    }
                }
            }
        }
    }
}

#[test]
fn beyond_the_critical_angle_all_is_reflected() {
    let glass = Surface { transmission: 1.0, roughness: 0.0, entering: false, ..Default::default() };
    // sin of the critical angle is 1/1.5; its cosine 0.745.
    let (_, through) = shares(&glass.sample(direction(0.74, 0.0), 4096, 1));
    assert_eq!(through, 0.0);
    let (_, through) = shares(&glass.sample(direction(0.76, 0.0), 4096, 1));
    assert!(through > 0.3, "{through} goes through just inside");
}

#[test]
fn a_thin_sheet_passes_straight_on() {
    let pane = Surface { transmission: 1.0, roughness: 0.0, thin: true, tint: Vec3::new(0.5, 0.9, 1.0), ..Default::default() };
    let wo = direction(0.6, 1.0);
    let samples = pane.sample(wo, 1 << 16, 2);
    let f = fresnel(0.6, 1.5);
    let (reflected, _) = shares(&samples);
    assert!((reflected - 2.0 * f / (1.0 + f)).abs() < 0.01, "{reflected} comes back from both faces together");
    for sample in samples.iter().filter(|s| s.kind & TRANSMITTED != 0) {
        assert!(
            (sample.wi + wo).length() < 1e-5 && (sample.weight.normalize() - pane.tint.normalize()).length() < 1e-6,
            "{sample:?}"
        );
    }
}

#[test]
fn a_polished_metal_is_a_mirror_of_its_own_colour() {
    let gold = Surface { base_color: Vec3::new(1.0, 0.78, 0.34), metallic: 1.0, roughness: 0.0, ..Default::default() };
    for sample in gold.sample(Vec3::Z, 1024, 4) {
        assert!(sample.kind & DELTA != 0 && (sample.wi - Vec3::Z).length() < 1e-6, "{sample:?}");
        assert!((sample.weight - gold.base_color).abs().max_element() < 1e-3, "{sample:?}");
    }
}

/// Metal of a colour `c` sends on what it scatters more than once times `c² e / (1 - c (1 - e))` of what white does, where `e` is the mean
/// share that leaves after once (Kulla, Conty 2017, with the mean of Schlick's Fresnel term for `c`).
#[test]
fn light_between_the_facets_of_coloured_metal_is_coloured() {
    let color = Vec3::new(0.2, 0.5, 0.9);
    let metal =
        |base_color, multiscatter| Surface { base_color, metallic: 1.0, roughness: 1.0, multiscatter, ..Default::default() };
    let more = |color, wo, wi| metal(color, true).eval(wo, &[wi])[0].f_cos - metal(color, false).eval(wo, &[wi])[0].f_cos;
    // The mean over the hemisphere by its cosine: at the middles of even steps of its square.
    let once = |i: u8| metal(Vec3::ONE, false).albedo(direction(((f32::from(i) + 0.5) / 16.0).sqrt(), 0.3), 1 << 16, 7).x;
    let e = (0..16).map(once).sum::<f32>() / 16.0;
    let c = color + (1.0 - color) / 21.0;
    let expected = c * c * e / (1.0 - c * (1.0 - e));
    for (wo, wi) in [(direction(0.9, 0.0), direction(0.4, 2.0)), (direction(0.3, 1.0), direction(0.6, 4.0))] {
        let got = more(color, wo, wi) / more(Vec3::ONE, wo, wi);
        assert!((got / expected - 1.0).abs().max_element() < 0.02, "{got}, not {expected}");
    }
}

/// What is partly metal and partly glass mirrors as so much of each.
#[test]
fn highlights_of_mixtures_add_up() {
    let gold = Vec3::new(1.0, 0.6, 0.0);
    let surface = |metallic, transmission| Surface {
        base_color: gold,
        roughness: 0.2,
        metallic,
        transmission,
        multiscatter: false,
        ..Default::default()
    };
    let mirrored = |s: Surface| s.eval(direction(0.9, 0.0), &[direction(0.9, std::f32::consts::PI)])[0].f_cos;
    let [metal, plastic, glass] = [(1.0, 0.0), (0.0, 0.0), (0.0, 1.0)].map(|(m, t)| mirrored(surface(m, t)));
    for (m, t) in [(0.5, 0.0), (0.5, 0.5), (0.2, 0.9)] {
        let expected = m * metal + (1.0 - m) * (t * glass + (1.0 - t) * plastic);
        let got = mirrored(surface(m, t));
        assert!((got / expected - 1.0).abs().max_element() < 0.06, "{m} metal, {t} glass: {got}, not {expected}");
    }
}

/// A coat is as rough as a metal of the same roughness: its highlight has the same form.
#[test]
fn a_coat_is_as_rough_as_it_says() {
    let black = Surface { specular: 0.0, ..Default::default() };
    let coat = Surface { coat: 1.0, coat_roughness: 0.5, ..black };
    let metal =
        Surface { base_color: Vec3::splat(0.04), metallic: 1.0, roughness: 0.5, multiscatter: false, ..Default::default() };
    let wo = direction(0.8, 0.0);
    for wi in [direction(0.8, std::f32::consts::PI), direction(0.5, 2.0), direction(0.95, 1.0), direction(0.3, 3.5)] {
        let [a, b] = [coat, metal].map(|s| s.eval(wo, &[wi])[0].f_cos.x);
        assert!((a / b - 1.0).abs() < 0.01, "{a}, not {b}, towards {wi}");
    }
}

/// A coat dims what goes through below it on both of its ways.
#[test]
fn a_coat_dims_what_is_below_it() {
    let glass = Surface { transmission: 1.0, roughness: 0.5, ..Default::default() };
    let plastic = Surface { base_color: Vec3::ONE, specular: 0.0, roughness: 0.5, ..Default::default() };
    // A sharp coat, whose own highlight lies elsewhere.
    let coated = |s: Surface| Surface { coat: 0.9, coat_roughness: 0.05, ..s };
    let through = |cos: f32| 1.0 - 0.9 * (0.04 + 0.96 * (1.0 - cos).powi(5));
    for (surface, sign) in [(glass, -1.0), (plastic, 1.0)] {
        for (cos_o, cos_i) in [(0.9, 0.95), (0.3, 0.8), (0.2, 0.75)] {
            let (wo, wi) = (direction(cos_o, 0.0), direction(sign * cos_i, std::f32::consts::PI));
            let [with, without] = [coated(surface), surface].map(|s| s.eval(wo, &[wi])[0].f_cos.x);
            let expected = through(cos_o) * through(cos_i);
            assert!((with / without / expected - 1.0).abs() < 0.01, "{surface:?}: {}, not {expected}", with / without);
        }
    }
}
