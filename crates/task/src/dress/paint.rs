//! Paints whose hues are told apart whatever the light: they keep to the contract of [`raytruth_eval::hue`].

use glam::{Vec2, Vec3};
use raytruth_eval::hue;
use raytruth_scene::Material;
use serde_json::{Value, json};

use crate::Rng;

/// What lies between the cone of an avoided hue and the nearest paint, degrees: light shifts both.
const SPARE: f64 = 10.0;
/// Share of the most saturated colour of a hue.
const SATURATION: f32 = 0.86;
/// Least angle between hues where there are at most three, degrees: one green beside another is hard to name.
const FEW_APART: f64 = 80.0;

/// `n` paints (up to 8), linear Rec. 709, whose hues lie at least 42° apart (80° for up to 3), none close to the hue `avoid`
/// (degrees, as [`degrees`] gives it).
pub fn paints(rng: &mut Rng, n: usize, avoid: Option<f64>) -> Vec<Vec3> {
    let slots = n.max(7);
    let mut hues: Vec<f64> = match avoid {
        Some(hue) => {
            let free = hue::least_apart() + SPARE;
            let step = (360.0 - 2.0 * free) / (slots - 1) as f64;
            (0..slots).map(|i| hue + free + step * i as f64).collect()
        }
        None => {
            let start = rng.range(0.0, 360.0);
            (0..slots).map(|i| start + 360.0 / slots as f64 * i as f64).collect()
        }
    };
    rng.shuffle(&mut hues);
    let least = if n <= 3 { FEW_APART } else { 0.0 };
    let mut apart: Vec<f64> = Vec::with_capacity(n);
    for hue in hues {
        if apart.len() < n && apart.iter().all(|&other| hue::between(hue, other) >= least) {
            apart.push(hue);
        }
    }
    apart.iter().map(|&hue| paint(hue, rng.range(0.55, 0.85) as f32)).collect()
}

/// The saturated colour of a hue (degrees) whose largest component is `peak`.
#[must_use]
pub fn paint(hue: f64, peak: f32) -> Vec3 {
    let slope = towards(hue);
    // The radius at which the smallest component would be 0.
    let radius = SATURATION / -slope.min_element();
    let color = Vec3::ONE + slope * radius;
    color * (peak / color.max_element())
}

/// A colour of this hue (degrees), mean `light`, and chroma, which black would end at about 1.
#[must_use]
pub fn tint(hue: f64, chroma: f32, light: f32) -> Vec3 {
    ((Vec3::ONE + towards(hue) * chroma) * light).max(Vec3::ZERO)
}

/// The change of a white of mean 1 with chroma along a hue: the opponent transform inverted.
fn towards(hue: f64) -> Vec3 {
    let direction = Vec2::from_angle((hue % 360.0).to_radians() as f32);
    let (u, v) = (direction.x * 0.5f32.sqrt(), direction.y / 6.0f32.sqrt());
    Vec3::new(v + u, v - u, -2.0 * v)
}

/// A colour of the same lightness and hue whose chroma is at most `limit`.
#[must_use]
pub fn muted(color: Vec3, limit: f32) -> Vec3 {
    let grey = Vec3::splat(color.element_sum() / 3.0);
    grey.lerp(color, (limit / hue::radius(color.to_array()).max(1e-6)).min(1.0))
}

/// The hue of a linear colour, degrees.
#[must_use]
pub fn degrees(color: Vec3) -> f64 {
    hue::degrees(color.to_array())
}

/// The colour that a surface shows by daylight, as far as one colour says it.
#[must_use]
pub fn shown_color(material: &Material) -> Vec3 {
    match &material.texture {
        // Patterns cover about a third of the surface.
        Some(texture) => material.base_color.lerp(texture.color, 0.33 * texture.strength),
        None => material.base_color,
    }
}

/// A display colour as metadata has it, `#rrggbb`.
#[must_use]
pub fn hex([r, g, b]: [u8; 3]) -> Value {
    json!(format!("#{r:02x}{g:02x}{b:02x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paints_satisfy_who_looks_for_them() {
        for n in 1..=8 {
            for (avoid, seed) in [None, Some(75.0)].into_iter().flat_map(|a| (0..20).map(move |s| (a, s))) {
                let paints = paints(&mut Rng::from_seed(seed), n, avoid).into_iter().map(|c| c.to_array()).collect::<Vec<_>>();
                assert_eq!(paints.len(), n);
                assert!(paints.iter().all(|&c| hue::is_hue(c)), "{paints:?}");
                let least = if n <= 3 { 79.0 } else { 41.0 };
                for (i, &a) in paints.iter().enumerate() {
                    for &b in &paints[..i] {
                        assert!(hue::told_apart(a, b), "{a:?} and {b:?}");
                        assert!(hue::between(hue::degrees(a), hue::degrees(b)) > least, "{n} paints: {a:?} and {b:?}");
                    }
                    let clear = |b| hue::between(hue::degrees(a), b) > hue::least_apart() + SPARE - 1.0;
                    assert!(avoid.is_none_or(clear), "{a:?} is too close to the hue to avoid");
                }
            }
        }
    }

    #[test]
    fn colors_have_the_hue_and_chroma_asked_for() {
        for at in (0..360).step_by(15).map(f64::from) {
            for color in [paint(at, 0.7), tint(at, 0.3, 0.4), muted(paint(at, 0.7), 0.2)] {
                assert!(hue::between(degrees(color), at) < 0.5, "{at} gives {color}");
            }
            let pale = hue::radius(muted(paint(at, 0.7), 0.15).to_array());
            assert!((0.13..0.1501).contains(&pale), "{pale}");
            let pale = hue::radius(tint(at, 0.15, 0.5).to_array());
            assert!((0.13..0.1501).contains(&pale), "{pale}");
        }
        let grey = Vec3::splat(0.4);
        assert!(muted(grey, 0.2).distance(grey) < 1e-6);
    }
}
