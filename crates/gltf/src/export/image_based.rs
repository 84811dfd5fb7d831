//! The sky as `EXT_lights_image_based`: a cube of images for what mirrors, spherical harmonics for what does not.
//!
//! Where the specification leaves it open, all is as Babylon.js 9 reads it: a left-handed cube whose x is glTF's −x, rows from the bottom
//! up, harmonics with the signs of Condon and Shortley. It takes the curve x^2.2 twice, before the division by D and after it.

use std::f32::consts::{FRAC_PI_4, PI, TAU};

use glam::{Vec2, Vec3, vec3};
use raytruth_scene::{Image, Panorama};

use crate::frame;

/// Texels along an edge of the cube that mirrors, and of the last, for roughness 1.
const SIZES: [u32; 4] = [128, 64, 32, 16];
/// Cells around and from pole to pole over which blurred images are summed.
const CELLS: [usize; 2] = [128, 64];
/// The brightest radiance of RGBD, 255^2.2.
const RANGE: f32 = 196_964.0;
/// The curve of its values.
const GAMMA: f32 = 2.2;

pub(super) struct ImageBased {
    /// What all values are multiplied by.
    pub(super) intensity: f32,
    /// Irradiance over the intensity, in the order l00, l1−1, l10, l11, l2−2, ...
    pub(super) irradiance: [Vec3; 9],
    /// RGBD, from smooth to rough; the faces +x, −x, +y, −y, +z, −z of each.
    pub(super) levels: Vec<Vec<Image>>,
}

/// `None` for a black sky.
pub(super) fn image_based(sky: &Panorama) -> Option<ImageBased> {
    let peak = sky.values.iter().copied().fold(Vec3::ZERO, Vec3::max).max_element();
    if peak <= 0.0 || !peak.is_finite() {
        return None;
    }
    let intensity = if peak > RANGE { peak / RANGE } else { peak.min(1.0) };
    let cells = cells(sky);
    let mut levels = Vec::new();
    for (level, &size) in SIZES.iter().enumerate() {
        let roughness = level as f32 / (SIZES.len() - 1) as f32;
        let seen = |at: Vec2, face: usize, width: f32| match level {
            0 => sharp(sky, at, face, width),
            _ => blurred(&cells, direction(face, at), roughness * roughness),
        };
        let face = |face: usize| {
            let place = |i: u32| (Vec2::new((i % size) as f32, (i / size) as f32) + 0.5) * 2.0 / size as f32 - 1.0;
            let texel = |i: u32| rgbd(seen(place(i), face, 2.0 / size as f32) / intensity);
            Image::srgb8(size, size, (0..size * size).map(texel).collect()).ok()
        };
        levels.push((0..6).map(face).collect::<Option<_>>()?);
    }
    let mut irradiance = [Vec3::ZERO; 9];
    for (towards, light) in &cells {
        for (sum, weight) in irradiance.iter_mut().zip(harmonics(*towards)) {
            *sum += *light * weight / intensity;
        }
    }
    let lobe = |i: usize| [PI, 2.0 / 3.0 * PI, FRAC_PI_4][usize::from(i > 0) + usize::from(i > 3)];
    (0..9).for_each(|i| irradiance[i] *= lobe(i));
    Some(ImageBased { intensity, irradiance, levels })
}

/// The direction in the cube's frame that a place of an image shows, −1 to 1 from its left and its upper edge.
fn direction(face: usize, at: Vec2) -> Vec3 {
    // OpenGL's faces go down; the images' rows go up.
    let (s, t) = (at.x, -at.y);
    match face {
        0 => vec3(1.0, -t, -s),
        1 => vec3(-1.0, -t, s),
        2 => vec3(s, 1.0, t),
        3 => vec3(s, -1.0, -t),
        4 => vec3(s, -t, 1.0),
        _ => vec3(-s, -t, -1.0),
    }
    .normalize()
}

/// A direction in the cube's frame as one of ours.
fn ours(towards: Vec3) -> Vec3 {
    frame::z_up().as_quat() * vec3(-towards.x, towards.y, towards.z)
}

/// A direction of ours in the cube's frame.
fn cubes(towards: Vec3) -> Vec3 {
    let v = frame::y_up() * towards;
    vec3(-v.x, v.y, v.z)
}

/// The mean over a texel of an image.
fn sharp(sky: &Panorama, at: Vec2, face: usize, width: f32) -> Vec3 {
    let fine = 4;
    let sub = |i: u32| (Vec2::new((i % fine) as f32, (i / fine) as f32) + 0.5) / fine as f32 - 0.5;
    (0..fine * fine).map(|i| sky.radiance(ours(direction(face, at + width * sub(i))))).sum::<Vec3>() / (fine * fine) as f32
}

/// Directions in the cube's frame, with the radiance that comes from around each times its solid angle.
fn cells(sky: &Panorama) -> Vec<(Vec3, Vec3)> {
    let [across, down] = CELLS;
    let fine = 8;
    let mut cells = Vec::with_capacity(across * down);
    for (x, y) in (0..down).flat_map(|y| (0..across).map(move |x| (x, y))) {
        let cell = |dx: f32, dy: f32| Vec2::new((x as f32 + dx) / across as f32, (y as f32 + dy) / down as f32);
        let mut light = Vec3::ZERO;
        for (i, j) in (0..fine).flat_map(|j| (0..fine).map(move |i| (i as f32 + 0.5, j as f32 + 0.5))) {
            let at = cell(i / fine as f32, j / fine as f32);
            let part = TAU * PI * (PI * at.y).sin() / (across * down * fine * fine) as f32;
            light += part * sky.at(at);
        }
        cells.push((cubes(sky.towards(cell(0.5, 0.5))), light));
    }
    cells
}

/// What a rough mirror shows where it is seen straight on: the mean over its GGX lobe, weighted by the cosine.
fn blurred(cells: &[(Vec3, Vec3)], towards: Vec3, alpha: f32) -> Vec3 {
    let mut sum = (Vec3::ZERO, 0.0);
    let squared = alpha * alpha;
    for (i, (from, light)) in cells.iter().enumerate() {
        let cosine = towards.dot(*from);
        if cosine > 0.0 {
            // Of the normal of the facet half-way; cells' areas go with the sine of the angle from the pole.
            let half = 0.5 * (1.0 + cosine);
            let weight = cosine / (half * (squared - 1.0) + 1.0).powi(2);
            let area = (PI * ((i / CELLS[0]) as f32 + 0.5) / CELLS[1] as f32).sin();
            sum = (sum.0 + weight * *light, sum.1 + weight * area);
        }
    }
    sum.0 * (CELLS[0] * CELLS[1]) as f32 / (TAU * PI * sum.1)
}

/// Real spherical harmonics up to l = 2.
fn harmonics(d: Vec3) -> [f32; 9] {
    [
        0.282_094_8,
        -0.488_602_5 * d.y,
        0.488_602_5 * d.z,
        -0.488_602_5 * d.x,
        1.092_548_4 * d.x * d.y,
        -1.092_548_4 * d.y * d.z,
        0.315_391_57 * (3.0 * d.z * d.z - 1.0),
        -1.092_548_4 * d.x * d.z,
        0.546_274_2 * (d.x * d.x - d.y * d.y),
    ]
}

/// A colour in eight bits, divided by its alpha.
fn rgbd(color: Vec3) -> [u8; 4] {
    let value = color.map(|v| v.max(0.0).powf(1.0 / GAMMA));
    let share = (255.0 / value.max_element().max(1.0)).floor().max(1.0) / 255.0;
    let [r, g, b] = value.to_array().map(|v| (255.0 * (v * share).min(1.0).powf(1.0 / GAMMA) + 0.5) as u8);
    [r, g, b, (255.0 * share + 0.5) as u8]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn panorama(of: impl Fn(Vec3) -> Vec3, rotation: f32) -> Panorama {
        let size = [256, 128];
        let at = |i: usize| Vec2::new(((i % 256) as f32 + 0.5) / 256.0, ((i / 256) as f32 + 0.5) / 128.0);
        Panorama { size, values: (0..256 * 128).map(|i| of(Panorama::direction(at(i)))).collect(), rotation }
    }

    /// As Babylon.js has it back.
    fn texel(light: &ImageBased, level: usize, face: usize, [x, y]: [u32; 2]) -> Vec3 {
        let image = &light.levels[level][face];
        let raytruth_scene::Pixels::Srgb8(pixels) = image.pixels() else { panic!("eight bits") };
        let [r, g, b, d] = pixels[(y * image.size()[0] + x) as usize].map(|v| f32::from(v) / 255.0);
        light.intensity * (Vec3::new(r, g, b).map(|v| v.powf(2.2)) / d).map(|v| v.powf(2.2))
    }

    fn irradiance(light: &ImageBased, normal: Vec3) -> Vec3 {
        let terms = harmonics(cubes(normal)).into_iter().zip(light.irradiance);
        light.intensity * terms.map(|(y, e)| y * e).sum::<Vec3>()
    }

    #[test]
    fn an_even_sky_is_even() {
        for radiance in [Vec3::new(0.02, 0.01, 0.005), Vec3::new(0.9, 0.8, 0.7), Vec3::new(4000.0, 3000.0, 2000.0)] {
            let light = image_based(&panorama(|_| radiance, 0.0)).expect("it shines");
            for (level, size) in SIZES.into_iter().enumerate() {
                let shown = texel(&light, level, level, [size / 3, size / 2]);
                assert!((shown / radiance - 1.0).abs().max_element() < 0.02, "{level}: {shown} {radiance}");
            }
            let all = irradiance(&light, Vec3::new(0.6, 0.0, 0.8)) / (PI * radiance);
            assert!((all - 1.0).abs().max_element() < 2e-3, "{all}");
        }
        assert!(image_based(&panorama(|_| Vec3::ZERO, 0.0)).is_none());
    }

    /// Above red, before us (−y, which is glTF's +z) green, to the right (+x) blue.
    #[test]
    fn the_cube_looks_where_it_should() {
        let sky = |d: Vec3| vec3(d.z.max(0.0), (-d.y).max(0.0), d.x.max(0.0));
        let light = image_based(&panorama(sky, 0.0)).expect("it shines");
        let middle = |face| texel(&light, 0, face, [64, 64]);
        for (face, wanted) in [(2, Vec3::X), (3, Vec3::ZERO), (4, Vec3::Y), (5, Vec3::ZERO), (1, Vec3::Z), (0, Vec3::ZERO)] {
            assert!(middle(face).distance(wanted) < 0.03, "{face}: {}", middle(face));
        }
        // The sides' upper edges come last, and are red.
        assert!(texel(&light, 0, 4, [64, 127]).x > 0.6 && texel(&light, 0, 4, [64, 0]).x == 0.0);
        // Facing +z in a left-handed frame, x is to the right, where glTF's −x is: no blue there.
        assert!(texel(&light, 0, 4, [0, 64]).z > 0.6 && texel(&light, 0, 4, [127, 64]).z == 0.0);
        // By hand: a cosine lobe gives 2π / 3 along its axis, π / 2 to 2π / 3 of which harmonics up to l = 2 have all but 2 %.
        let up = irradiance(&light, Vec3::Z);
        assert!((up.x / (2.0 * PI / 3.0) - 1.0).abs() < 0.03, "{up}");
        assert!(irradiance(&light, Vec3::NEG_Z).x.abs() < 0.1 && irradiance(&light, Vec3::NEG_Y).y > 2.0);
    }

    #[test]
    fn a_turned_sky_is_turned() {
        let spot = |d: Vec3| if d.dot(Vec3::X) > 0.9 { Vec3::splat(300.0) } else { Vec3::splat(0.1) };
        let light = image_based(&panorama(spot, std::f32::consts::FRAC_PI_2)).expect("it shines");
        // A quarter to the left of +x is +y, glTF's −z.
        let middle = |face| texel(&light, 0, face, [64, 64]).x;
        assert!((middle(5) / 300.0 - 1.0).abs() < 0.03 && middle(1) < 0.2, "{} {}", middle(5), middle(1));
        // Blurred it has spread, and what it gives is kept: less in the middle, more beside it.
        assert!(texel(&light, 3, 5, [8, 8]).x < 200.0 && texel(&light, 3, 1, [8, 8]).x > 1.0);
        assert!(irradiance(&light, Vec3::Y).x > 5.0 * irradiance(&light, Vec3::NEG_Y).x.abs());
    }
}
