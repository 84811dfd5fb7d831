//! Hue, and how far apart hues must lie to be told from each other: the contract between generator and evaluator.
//!
//! Hue is an angle in the opponent plane u = (r − g)/√2, v = (r + g − 2b)/√6 of linear Rec. 709 divided by its mean: shading
//! scales r, g and b alike and leaves the angle. 0° is rose, 45° orange, 90° yellow, 135° lime, 180° green, 225° azure, 270° blue,
//! 315° violet. The length of (u, v) is the *chroma*: 0 for grey, about 1 to 2 for paint.
//!
//! The generator keeps to two rules: what is known by its hue [`is_hue`], and any two such things are [`told_apart`]. What surrounds them
//! is [`is_pale`].

/// Chroma from which a pixel may show a hue at all.
pub const SATURATED: f32 = 0.10;
/// Chroma from which a thing is known by its hue; below it by its lightness alone.
pub const HAS_HUE: f32 = 2.0 * SATURATED;
/// Half of the opening of the cone about a thing's hue in which pixels may be its own, as a tangent (21.8°).
pub const WIDEST: f32 = 0.40;
/// Two things whose hues lie closer than this are taken for one colour, radians (9.2°).
pub const SAME: f32 = 0.16;

/// Chroma `(u, v)` and lightness of a linear colour. The small constant keeps black from having a hue.
#[must_use]
pub fn chroma(rgb: [f32; 3]) -> ([f32; 2], f32) {
    let light = (rgb[0] + rgb[1] + rgb[2]) / 3.0;
    let scale = 1.0 / (light + 0.012);
    (
        [(rgb[0] - rgb[1]) * scale * core::f32::consts::FRAC_1_SQRT_2, (rgb[0] + rgb[1] - 2.0 * rgb[2]) * scale * 0.408_248_3],
        light,
    )
}

/// Length of the chroma of a linear colour.
#[must_use]
pub fn radius(rgb: [f32; 3]) -> f32 {
    let ([u, v], _) = chroma(rgb);
    (u * u + v * v).sqrt()
}

/// Hue of a linear colour, degrees in 0..360. Says nothing where the chroma is near 0.
#[must_use]
pub fn degrees(rgb: [f32; 3]) -> f64 {
    let ([u, v], _) = chroma(rgb);
    let turned = f64::from(libm::atan2f(v, u)).to_degrees();
    if turned < 0.0 { turned + 360.0 } else { turned }
}

/// Angle between two hues, degrees in 0..=180.
#[must_use]
pub fn between(a: f64, b: f64) -> f64 {
    ((a - b + 540.0).rem_euclid(360.0) - 180.0).abs()
}

/// Least angle between the hues of two things that must not be taken for each other, degrees: a pixel of one is outside of the
/// other's cone.
#[must_use]
pub fn least_apart() -> f64 {
    libm::atan(f64::from(WIDEST)).to_degrees()
}

/// Whether a thing of this linear colour is known by its hue.
#[must_use]
pub fn is_hue(rgb: [f32; 3]) -> bool {
    radius(rgb) >= HAS_HUE
}

/// Whether a linear colour is too grey to be known by its hue.
#[must_use]
pub fn is_pale(rgb: [f32; 3]) -> bool {
    !is_hue(rgb)
}

/// Whether two things of these linear colours, both known by their hue, are told from each other.
#[must_use]
pub fn told_apart(a: [f32; 3], b: [f32; 3]) -> bool {
    between(degrees(a), degrees(b)) > least_apart()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hues_are_where_the_names_say() {
        let named = [
            ([1.0, 0.5, 0.0], 45.0, 16.0),
            ([0.5, 0.5, 0.0], 90.0, 1e-3),
            ([0.0, 0.0, 1.0], 270.0, 1e-3),
            ([0.0, 1.0, 0.0], 150.0, 1e-3),
        ];
        for (rgb, at, within) in named {
            assert!(between(degrees(rgb), at) < within, "{rgb:?} is at {}", degrees(rgb));
        }
        assert_eq!(between(350.0, 20.0), 30.0);
        assert!(is_pale([0.5; 3]) && is_pale([0.0; 3]) && is_hue([0.5, 0.4, 0.2]));
    }

    #[test]
    fn cones_are_wider_than_what_is_one_colour() {
        assert!(least_apart() > f64::from(SAME).to_degrees());
        let (red, rust) = ([0.8, 0.1, 0.1], [0.8, 0.25, 0.1]);
        assert!(!told_apart(red, rust) && told_apart(red, [0.8, 0.7, 0.1]));
    }
}
