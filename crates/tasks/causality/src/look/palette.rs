//! Hues that can be told apart whatever the light.
//!
//! Hue is an angle in the opponent plane u = (r − g)/√2, v = (r + g − 2b)/√6 of linear Rec. 709 divided by its mean: shading
//! scales r, g and b alike and leaves the angle. 0° is rose, 45° orange, 90° yellow, 135° lime, 180° green, 225° azure, 270° blue,
//! 315° violet.

use glam::{Vec2, Vec3};
use raytruth_task::Rng;

/// Half of the arc that is kept free about the ball's hue, degrees.
const KEEP_FREE: f64 = 32.0;
/// Share of the most saturated colour of a hue.
const SATURATION: f32 = 0.86;

/// `n` paints with distinct hues at least 42° apart (for up to 8; 80° for up to 3), none close to the hue `avoid` (degrees).
pub(crate) fn paints(rng: &mut Rng, n: usize, avoid: Option<f64>) -> Vec<Vec3> {
    let slots = n.max(7);
    let mut hues: Vec<f64> = match avoid {
        Some(hue) => {
            let step = (360.0 - 2.0 * KEEP_FREE) / (slots - 1) as f64;
            (0..slots).map(|i| hue + KEEP_FREE + step * i as f64).collect()
        }
        None => {
            let start = rng.range(0.0, 360.0);
            (0..slots).map(|i| start + 360.0 / slots as f64 * i as f64).collect()
        }
    };
    rng.shuffle(&mut hues);
    // Few need not be neighbours: one green beside another is hard to name.
    let least = if n <= 3 { 80.0 } else { 0.0 };
    let mut apart: Vec<f64> = Vec::with_capacity(n);
    for hue in hues {
        if apart.len() < n && apart.iter().all(|&other| ((hue - other + 540.0).rem_euclid(360.0) - 180.0).abs() >= least) {
            apart.push(hue);
        }
    }
    apart.iter().map(|&hue| paint(hue, rng.range(0.55, 0.85) as f32)).collect()
}

/// The saturated colour of a hue (degrees) whose largest component is `peak`.
pub(crate) fn paint(hue: f64, peak: f32) -> Vec3 {
    let direction = Vec2::from_angle((hue % 360.0).to_radians() as f32);
    let (u, v) = (direction.x * 0.5f32.sqrt(), direction.y / 6.0f32.sqrt());
    // Mean 1, chroma radius 1: invert the opponent transform.
    let slope = Vec3::new(v + u, v - u, -2.0 * v);
    // The radius at which the smallest component would be 0.
    let radius = SATURATION / -slope.min_element();
    let color = Vec3::ONE + slope * radius;
    color * (peak / color.max_element())
}

/// The hue of a linear colour, degrees.
#[cfg(test)]
pub(crate) fn hue(c: Vec3) -> f64 {
    f64::from(libm::atan2f((c.x + c.y - 2.0 * c.z) / 6.0f32.sqrt(), (c.x - c.y) * 0.5f32.sqrt())).to_degrees().rem_euclid(360.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paints_lie_apart_from_each_other_and_from_the_ball() {
        for n in 1..=8 {
            for (avoid, seed) in [None, Some(75.0)].into_iter().flat_map(|a| (0..20).map(move |s| (a, s))) {
                let hues: Vec<f64> = paints(&mut Rng::from_seed(seed), n, avoid).into_iter().map(hue).collect();
                assert_eq!(hues.len(), n);
                let least = if n <= 3 { 79.0 } else { 41.0 };
                let apart = |a: f64, b: f64| ((a - b + 540.0).rem_euclid(360.0) - 180.0).abs();
                for (i, &a) in hues.iter().enumerate() {
                    assert!(hues[..i].iter().all(|&b| apart(a, b) > least), "{n} paints: {hues:?}");
                    assert!(avoid.is_none_or(|b| apart(a, b) > 31.0), "{hues:?} too close to the ball");
                }
            }
        }
    }

    #[test]
    fn paint_has_the_hue_asked_for() {
        for degrees in (0..360).step_by(15) {
            let got = hue(paint(f64::from(degrees), 0.7));
            assert!(((got - f64::from(degrees) + 540.0).rem_euclid(360.0) - 180.0).abs() < 0.5, "{degrees} gives {got}");
        }
    }
}
