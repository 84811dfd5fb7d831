//! The view transforms against CPU twins written from their specifications.

mod gpu;
mod post;

use post::Picture;
use raytruth_render::View;

/// IEC 61966-2-1.
fn srgb(c: f64) -> f64 {
    if c <= 0.003_130_8 { 12.92 * c } else { 1.055 * c.powf(1.0 / 2.4) - 0.055 }
}

/// Khronos PBR Neutral tone mapper, specification 1.0.
fn neutral(color: [f64; 3]) -> [f64; 3] {
    let x = color[0].min(color[1]).min(color[2]);
    let offset = if x < 0.08 { x - 6.25 * x * x } else { 0.04 };
    let c = color.map(|v| v - offset);
    let peak = c[0].max(c[1]).max(c[2]);
    if peak < 0.76 {
        return c;
    }
    let d = 1.0 - 0.76;
    let new_peak = 1.0 - d * d / (peak + d - 0.76);
    let g = 1.0 / (0.15 * (peak - new_peak) + 1.0);
    c.map(|v| v * new_peak / peak * g + new_peak * (1.0 - g))
}

fn strip(colors: &[[f32; 3]]) -> Picture {
    let mut picture = Picture::wall(colors.len(), 1);
    picture.radiance = colors.iter().map(|c| [c[0], c[1], c[2], 0.0]).collect();
    picture
}

#[test]
fn colours_are_as_specified() {
    let mut colors: Vec<[f32; 3]> = Vec::new();
    for i in 0..200_u32 {
        let level = |k: u32| ((i.wrapping_mul(k) >> 7) % 97) as f32 / 96.0;
        let scale = [0.01, 0.3, 1.0, 4.0, 60.0][i as usize % 5];
        colors.push([level(7919) * scale, level(104_729) * scale, level(1_299_709) * scale]);
    }
    let picture = strip(&colors);
    for view in [View::Srgb, View::Neutral] {
        for (color, shown) in colors.iter().zip(picture.finish(view, false).rgb) {
            let linear = color.map(f64::from);
            let linear = if view == View::Neutral { neutral(linear) } else { linear };
            for channel in 0..3 {
                let exact = srgb(linear[channel].clamp(0.0, 1.0)) * 255.0;
                // Half a step for rounding, and a little for the adapter's pow.
                assert!(
                    (f64::from(shown[channel]) - exact).abs() < 0.6,
                    "{view:?} shows {color:?} as {shown:?}, exactly {exact}"
                );
            }
        }
    }
}

#[test]
fn neutral_keeps_what_materials_declare() {
    // The offset takes out the 4 % that a dielectric reflects on top of its base colour.
    let shown = strip(&[[0.54, 0.29, 0.14]]).finish(View::Neutral, false).rgb[0];
    let expected = [0.5, 0.25, 0.1].map(|c| (srgb(c) * 255.0).round() as u8);
    assert_eq!(shown[..3], expected);
}

#[test]
fn broken_pixels_stay_in_range() {
    let shown = strip(&[[f32::INFINITY; 3], [-1.0; 3], [1e30, 0.0, 0.0]]).finish(View::Neutral, false).rgb;
    assert_eq!(shown[0][..3], [255; 3], "infinitely bright is white");
    assert_eq!(shown[1][..3], [0; 3], "negative is black");
    assert!(shown[2][0] == 255 && shown[2][3] == 0, "{:?}", shown[2]);
}
