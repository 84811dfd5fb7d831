//! Images as the eight bits of a PNG.

use raytruth_scene::{Image, Pixels};

/// What the values of an image mean to who uses it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// Colours, written with the sRGB curve: base colour, emission.
    Color,
    /// Numbers from 0 to 1, written as they are: roughness, normals.
    Numbers,
}

/// The pixels that glTF's readers decode to the image's values. What is brighter than 1 is cut there.
pub(crate) fn bytes(image: &Image, kind: Kind) -> Vec<[u8; 4]> {
    let byte = |v: f32| (255.0 * if kind == Kind::Color { curve(v) } else { v } + 0.5) as u8;
    if let Pixels::Srgb8(values) = image.pixels() {
        return values.to_vec();
    }
    image.to_linear().into_iter().map(|p| p.map(byte)).map(|[r, g, b]| [r, g, b, 255]).collect()
}

/// Whether `shown` still is the picture that [`bytes`] makes of `exact`. Other programs may drop alpha and round once more.
pub(crate) fn agrees(exact: &Image, shown: &Image, kind: Kind) -> bool {
    let near = |(a, b): (&[u8; 4], &[u8; 4])| a[..3].iter().zip(&b[..3]).all(|(a, b)| a.abs_diff(*b) <= 1);
    exact.size() == shown.size() && bytes(exact, kind).iter().zip(&bytes(shown, kind)).all(near)
}

/// A linear colour as display values; what is brighter than 1 is cut there.
pub(crate) fn display(color: [f32; 3]) -> [u8; 4] {
    let [r, g, b] = color.map(|v| (255.0 * curve(v) + 0.5) as u8);
    [r, g, b, 255]
}

/// IEC 61966-2-1.
fn curve(linear: f32) -> f32 {
    let v = linear.clamp(0.0, 1.0);
    if v <= 0.003_130_8 { 12.92 * v } else { 1.055 * v.powf(1.0 / 2.4) - 0.055 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_go_through_the_curve_and_numbers_do_not() {
        let image = Image::linear(2, 1, vec![[0.5, 0.0, 7.0], [0.25, 1.0, 0.001]]).expect("two pixels");
        assert_eq!(bytes(&image, Kind::Numbers), [[128, 0, 255, 255], [64, 255, 0, 255]]);
        // By hand: half of the light is the display value 188, a quarter 137, a thousandth 255 · 12.92 / 1000 = 3.3.
        assert_eq!(bytes(&image, Kind::Color), [[188, 0, 255, 255], [137, 255, 3, 255]]);
    }

    #[test]
    fn an_edited_picture_is_noticed() {
        let exact = Image::linear(1, 1, vec![[0.5, 0.0, 7.0]]).expect("one pixel");
        let shown = |pixel| Image::srgb8(1, 1, vec![pixel]).expect("one pixel");
        assert!(agrees(&exact, &shown([187, 0, 255, 0]), Kind::Color));
        assert!(!agrees(&exact, &shown([128, 0, 255, 255]), Kind::Color));
        assert!(!agrees(&exact, &Image::srgb8(2, 1, vec![[188, 0, 255, 255]; 2]).expect("two pixels"), Kind::Color));
    }
}
