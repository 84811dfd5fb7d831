//! The view transforms against CPU twins written from their specifications.

mod gpu;
mod post;

use post::Picture;
use raytruth_render::View;
use raytruth_render::internals::Filter;

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

/// AgX's tangent and its sigmoid, in the form of T. Sobotka's `AgX.py`: y = pivot + s · f(m d / s), f(u) = u / (1 + u^p)^(1/p), with the
/// scale s such that the ends are met.
fn agx_curve(x: f64) -> f64 {
    let (slope, power) = (2.4, 1.5_f64);
    let (px, py) = (10.0 / 16.5, 0.18_f64.powf(1.0 / 2.4));
    let (room_x, room_y) = if x > px { (1.0 - px, 1.0 - py) } else { (px, py) };
    let s = ((slope * room_x).powf(-power) * ((slope * room_x / room_y).powf(power) - 1.0)).powf(-1.0 / power);
    let u = slope * (x - px).abs() / s;
    py + (x - px).signum() * s * u / (1.0 + u.powf(power)).powf(1.0 / power)
}

fn agx(color: [f64; 3]) -> [f64; 3] {
    let times = |m: [[f64; 3]; 3], v: [f64; 3]| m.map(|row| row[0] * v[0] + row[1] * v[1] + row[2] * v[2]);
    let inset = [
        [0.544_908_137, 0.373_779_460, 0.081_384_977],
        [0.140_440_059, 0.754_109_599, 0.105_433_586],
        [0.088_827_412, 0.178_877_125, 0.732_25],
    ];
    let outset = [
        [1.964_550_96, -0.855_858_451, -0.108_867_107],
        [-0.299_322_434, 1.326_451_074, -0.027_084_021],
        [-0.164_368_338, -0.238_224_641, 1.402_665_347],
    ];
    let shaped = times(inset, color).map(|v| {
        let x = (((v.max(1e-10) / 0.18).log2() + 10.0) / 16.5).clamp(0.0, 1.0);
        agx_curve(x).powf(2.4)
    });
    times(outset, shaped)
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
    for view in [View::Srgb, View::Neutral, View::Agx] {
        for (color, shown) in colors.iter().zip(picture.finish(view, Filter::None).rgb) {
            let linear = color.map(f64::from);
            let linear = match view {
                View::Neutral => neutral(linear),
                View::Agx => agx(linear),
                _ => linear,
            };
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
    let shown = strip(&[[0.54, 0.29, 0.14]]).finish(View::Neutral, Filter::None).rgb[0];
    let expected = [0.5, 0.25, 0.1].map(|c| (srgb(c) * 255.0).round() as u8);
    assert_eq!(shown[..3], expected);
}

#[test]
fn agx_keeps_middle_grey_and_takes_bright_colours_to_white() {
    let shown = strip(&[[0.18; 3], [0.0; 3], [1000.0, 10.0, 10.0]]).finish(View::Agx, Filter::None).rgb;
    let grey = (srgb(0.18) * 255.0).round() as u8;
    assert!(shown[0][..3].iter().all(|c| c.abs_diff(grey) <= 1), "middle grey stays: {:?}", shown[0]);
    assert_eq!(shown[1][..3], [0; 3], "black stays black");
    assert!(shown[2][..3].iter().all(|c| *c > 180), "a red lamp burns out to white: {:?}", shown[2]);
}

#[test]
fn broken_pixels_stay_in_range() {
    let shown = strip(&[[f32::INFINITY; 3], [-1.0; 3], [1e30, 0.0, 0.0]]).finish(View::Neutral, Filter::None).rgb;
    assert_eq!(shown[0][..3], [255; 3], "infinitely bright is white");
    assert_eq!(shown[1][..3], [0; 3], "negative is black");
    assert!(shown[2][0] == 255 && shown[2][3] == 0, "{:?}", shown[2]);
}
