//! FLIP: how far apart two pictures look, side by side or one after the other on one screen. Andersson, Nilsson, Akenine-Möller, Oskarsson,
//! Åström, Fairchild, "FLIP: A Difference Evaluator for Alternating Images", HPG 2020; sections and equations are those of that paper.

use std::f32::consts::PI;

use glam::{Mat3, Vec2, Vec3};

/// Pixels per degree of sight: 0.7 m from a screen of 3840 pixels and 0.7 m (section 6.1).
const PIXELS_PER_DEGREE: f32 = 67.020_64;
/// Exponents (sections 4.1.4 and 4.3), and where the colour difference is bent (section 4.1.4).
const COLOR_EXPONENT: f32 = 0.7;
const FEATURE_EXPONENT: f32 = 0.5;
const BEND: Vec2 = Vec2::new(0.4, 0.95);
/// Degrees over which edges and points are looked for (section 4.2).
const FEATURE_WIDTH: f32 = 0.082;

/// Mean over two pictures of 8-bit sRGB, row by row, both `width` wide: 0 for equal ones, 1 at most.
///
/// # Panics
/// Where they differ in size, or a row is not whole.
#[must_use]
pub fn flip(reference: &[u8], test: &[u8], width: usize) -> f64 {
    assert!(
        reference.len() == test.len() && !reference.is_empty() && reference.len().is_multiple_of(3 * width),
        "two pictures of one size"
    );
    let [a, b] = [reference, test].map(|bytes| Seen::new(bytes, width));
    let largest = bend_limits();
    let errors = a.colors.iter().zip(&b.colors).zip(a.features.iter().zip(&b.features)).map(|((a, b), (f, g))| {
        let color = bent(hyab(*a, *b).powf(COLOR_EXPONENT), largest);
        let feature = (f - g).abs().max_element() / 2f32.sqrt();
        f64::from(color.powf(1.0 - feature.powf(FEATURE_EXPONENT)))
    });
    errors.sum::<f64>() / a.colors.len() as f64
}

/// A picture as the eye has it.
struct Seen {
    /// CIELAB after the eye's filter and Hunt's adjustment.
    colors: Vec<Vec3>,
    /// How strong edges and points are.
    features: Vec<Vec2>,
}

impl Seen {
    fn new(bytes: &[u8], width: usize) -> Self {
        let opponent: Vec<Vec3> =
            bytes.chunks_exact(3).map(|p| opponent(Vec3::from_array([0, 1, 2].map(|i| linear(p[i]))))).collect();
        let colors =
            sensed(&opponent, width).into_iter().map(|c| hunt(lab(from_opponent(c).clamp(Vec3::ZERO, Vec3::ONE)))).collect();
        let gray: Vec<f32> = opponent.iter().map(|c| (c.x + 16.0) / 116.0).collect();
        Self { colors, features: features(&gray, width) }
    }
}

fn linear(byte: u8) -> f32 {
    let c = f32::from(byte) / 255.0;
    if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
}

/// Linear sRGB to XYZ with D65 (IEC 61966-2-1).
fn to_xyz() -> Mat3 {
    Mat3::from_cols(
        Vec3::new(10_135_552.0 / 24_577_794.0, 2_613_072.0 / 12_288_897.0, 1_425_312.0 / 73_733_382.0),
        Vec3::new(8_788_810.0 / 24_577_794.0, 8_788_810.0 / 12_288_897.0, 8_788_810.0 / 73_733_382.0),
        Vec3::new(4_435_075.0 / 24_577_794.0, 887_015.0 / 12_288_897.0, 70_074_185.0 / 73_733_382.0),
    )
}

fn white() -> Vec3 {
    to_xyz() * Vec3::ONE
}

/// To `YCxCz` (equation 3), a linear opponent space.
fn opponent(rgb: Vec3) -> Vec3 {
    let c = to_xyz() * rgb / white();
    Vec3::new(116.0 * c.y - 16.0, 500.0 * (c.x - c.y), 200.0 * (c.y - c.z))
}

fn from_opponent(c: Vec3) -> Vec3 {
    let y = (c.x + 16.0) / 116.0;
    to_xyz().inverse() * (Vec3::new(y + c.y / 500.0, y, y - c.z / 200.0) * white())
}

/// Linear sRGB to CIELAB.
fn lab(rgb: Vec3) -> Vec3 {
    let f = |t: f32| {
        let delta = 6.0 / 29.0;
        if t > delta * delta * delta { t.cbrt() } else { t / (3.0 * delta * delta) + 4.0 / 29.0 }
    };
    let c = to_xyz() * rgb / white();
    let [x, y, z] = c.to_array().map(f);
    Vec3::new(116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z))
}

/// Colours count less where it is dark (section 4.1.3).
fn hunt(c: Vec3) -> Vec3 {
    Vec3::new(c.x, 0.01 * c.x * c.y, 0.01 * c.x * c.z)
}

/// Distance of large colour differences (equation 5).
fn hyab(a: Vec3, b: Vec3) -> f32 {
    let d = a - b;
    d.x.abs() + d.y.hypot(d.z)
}

/// The largest colour difference there can be, and from where on differences are bent.
fn bend_limits() -> Vec2 {
    let most = hyab(hunt(lab(Vec3::Y)), hunt(lab(Vec3::Z))).powf(COLOR_EXPONENT);
    Vec2::new(most, BEND.x * most)
}

/// To 0 to 1, most of it for what is small (equation 8).
fn bent(difference: f32, limits: Vec2) -> f32 {
    let Vec2 { x: most, y: from } = limits;
    if difference < from { BEND.y / from * difference } else { BEND.y + (difference - from) / (most - from) * (1.0 - BEND.y) }
}

/// What passes the eye's contrast sensitivity (section 4.1.2, table 1): one or two Gaussians a channel, normalised.
fn sensed(colors: &[Vec3], width: usize) -> Vec<Vec3> {
    const GAUSSIANS: [[[f32; 2]; 2]; 3] =
        [[[1.0, 0.0047], [0.0, 1e-5]], [[1.0, 0.0053], [0.0, 1e-5]], [[34.1, 0.04], [13.5, 0.025]]];
    let widest = 0.04f32;
    let radius = (3.0 * (widest / (2.0 * PI * PI)).sqrt() * PIXELS_PER_DEGREE).ceil() as isize;
    let channel = |channel: usize| -> Vec<f32> {
        let values: Vec<f32> = colors.iter().map(|c| c[channel]).collect();
        // The sum of two is no product of a row and a column, but each is.
        let mut weight = 0.0;
        let mut sums = vec![0.0; values.len()];
        for [a, b] in GAUSSIANS[channel] {
            let row: Vec<f32> = (-radius..=radius).map(|i| (-(PI * i as f32 / PIXELS_PER_DEGREE).powi(2) / b).exp()).collect();
            let scale = a * (PI / b).sqrt();
            weight += scale * row.iter().sum::<f32>().powi(2);
            for (sum, value) in sums.iter_mut().zip(filtered(&values, width, &row, &row)) {
                *sum += scale * value;
            }
        }
        sums.into_iter().map(|sum| sum / weight).collect()
    };
    let [y, cx, cz] = [0, 1, 2].map(channel);
    (0..colors.len()).map(|i| Vec3::new(y[i], cx[i], cz[i])).collect()
}

/// How strong edges and points are (section 4.2): first and second derivatives of a Gaussian, of which each sign's weights are one together.
fn features(gray: &[f32], width: usize) -> Vec<Vec2> {
    let sd = 0.5 * FEATURE_WIDTH * PIXELS_PER_DEGREE;
    let radius = (3.0 * sd).ceil() as isize;
    let gauss = |i: isize| (-(i as f32).powi(2) / (2.0 * sd * sd)).exp();
    let smooth: Vec<f32> = (-radius..=radius).map(gauss).collect();
    let edge: Vec<f32> = (-radius..=radius).map(|i| -(i as f32) * gauss(i)).collect();
    let point: Vec<f32> = (-radius..=radius).map(|i| ((i * i) as f32 / (sd * sd) - 1.0) * gauss(i)).collect();
    let all: f32 = smooth.iter().sum();
    let smooth: Vec<f32> = smooth.iter().map(|w| w / all).collect();
    let balanced = |row: &[f32]| -> Vec<f32> {
        let of = |positive: bool| row.iter().filter(|w| (**w > 0.0) == positive).sum::<f32>().abs();
        let [plus, minus] = [of(true), of(false)];
        row.iter().map(|w| if *w > 0.0 { w / plus } else { w / minus }).collect()
    };
    let strength = |row: &[f32]| -> Vec<f32> {
        let row = balanced(row);
        let (across, down) = (filtered(gray, width, &row, &smooth), filtered(gray, width, &smooth, &row));
        across.into_iter().zip(down).map(|(x, y)| x.hypot(y)).collect()
    };
    strength(&edge).into_iter().zip(strength(&point)).map(|(e, p)| Vec2::new(e, p)).collect()
}

/// Weights of a row, then of a column; the border's pixels go on outside.
fn filtered(values: &[f32], width: usize, row: &[f32], column: &[f32]) -> Vec<f32> {
    let height = values.len() / width;
    let along = |values: &[f32], weights: &[f32], (step, count): (usize, usize), start: usize, at: usize| -> f32 {
        let radius = weights.len() / 2;
        let place = |i: usize| start + step * (at + i).saturating_sub(radius).min(count - 1);
        weights.iter().enumerate().map(|(i, w)| w * values[place(i)]).sum()
    };
    let rows: Vec<f32> = (0..values.len()).map(|i| along(values, row, (1, width), i - i % width, i % width)).collect();
    (0..values.len()).map(|i| along(&rows, column, (width, height), i % width, i / width)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two pictures of 48x32: gradients with a disc, and the same with the disc elsewhere, in another colour, and noise.
    fn pictures() -> (Vec<u8>, Vec<u8>) {
        let picture = |center: (i32, i32), color: [u8; 3], noise: u32| -> Vec<u8> {
            let pixel = |i: i32| {
                let (x, y) = (i % 48, i / 48);
                let random = (i as u32).wrapping_mul(2_654_435_761) >> 16;
                let ground = [4 * x + 20, 6 * y + 10, 255 - 5 * x].map(|c| (c as u32 + random % (noise + 1)).min(255) as u8);
                if (x - center.0).pow(2) + (y - center.1).pow(2) < 64 { color } else { ground }
            };
            (0..48 * 32).flat_map(pixel).collect()
        };
        (picture((20, 14), [200, 40, 30], 0), picture((23, 15), [190, 60, 40], 12))
    }

    #[test]
    fn it_is_what_others_measure() {
        let (a, b) = pictures();
        // By NVIDIA's `flip-evaluator` 1.7 from PyPI, LDR, 67 pixels per degree.
        assert!((flip(&a, &b, 48) - REFERENCE).abs() < 2e-4, "{}", flip(&a, &b, 48));
        assert_eq!(flip(&a, &a, 48), 0.0);
    }

    const REFERENCE: f64 = 0.198_189;
}
