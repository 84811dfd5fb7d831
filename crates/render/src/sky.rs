//! What surrounds the scene, as the shader reads it: `shaders/shared/environment.wgsl` and `environment_image.wgsl`.

use glam::{DVec3, Vec3};
use raytruth_scene::{Environment, Portal, Scene, Sun};

use crate::choice;
use crate::frame_params::FrameParams;

/// The widest picture that is kept as it is; a wider one is averaged down.
const MAX_WIDTH: usize = 4096;
/// The largest value that three fractions of 9 bits with an exponent of 5 can hold.
const SHARED_MAX: f32 = 65_408.0;

/// A picture of all directions, ready to be looked up and sampled.
pub(crate) struct Sky {
    /// One texel a cell: its four corners.
    cells: Vec<[u32; 4]>,
    /// Which row, and which cell in it: tables for `choose`.
    choices: Vec<[u32; 4]>,
    width: usize,
    height: usize,
    /// Radiance of the value 1.
    scale: f32,
    /// Turns to the left.
    turn: f32,
    /// Sum over all cells of four times the mean luminance, in values, times solid angle.
    total: f64,
}

impl Sky {
    /// Where the scene has a picture around it that shines at all.
    pub(crate) fn new(scene: &Scene) -> Option<Self> {
        let Environment::Image { image, strength, rotation } = &scene.environment else { return None };
        let image = scene.images.get(image)?;
        let [width, height] = image.size().map(|s| s as usize);
        let (width, height, values) = shrunk(width, height, image.to_linear());
        let brightest = values.iter().flatten().fold(0.0, |a: f32, &v| a.max(v));
        if brightest <= 0.0 || *strength <= 0.0 {
            return None;
        }
        let unit = brightest / SHARED_MAX;
        let packed: Vec<u32> = values.iter().map(|p| pack_shared_exponent(p.map(|v| v / unit))).collect();
        let light: Vec<f64> = packed.iter().map(|&bits| luminance(unpack_shared_exponent(bits))).collect();

        let mut cells = Vec::with_capacity(width * (height + 1));
        let mut choices = Vec::new();
        let mut rows = Vec::with_capacity(height + 1);
        let edge = |row: f64| (std::f64::consts::PI * row.clamp(0.0, height as f64) / height as f64).cos();
        for row in 0..=height {
            let (above, below) = (row.saturating_sub(1) * width, row.min(height - 1) * width);
            let solid_angle = std::f64::consts::TAU / width as f64 * (edge(row as f64 - 0.5) - edge(row as f64 + 0.5));
            let corners = |c: usize| [above + c, above + (c + 1) % width, below + c, below + (c + 1) % width];
            let weights: Vec<f64> = (0..width).map(|c| solid_angle * corners(c).iter().map(|&i| light[i]).sum::<f64>()).collect();
            cells.extend((0..width).map(|c| corners(c).map(|i| packed[i])));
            choices.extend(choice::table(&weights));
            rows.push(weights.iter().sum::<f64>());
        }
        choices.splice(0..0, choice::table(&rows));
        let turn = rotation / std::f32::consts::TAU;
        Some(Self { cells, choices, width, height, scale: unit * strength, turn: turn - turn.floor(), total: rows.iter().sum() })
    }

    /// Irradiance, by luminance, of a ball of unit projected area in the middle of it.
    pub(crate) fn strength(&self) -> f32 {
        // Four pi of solid angle see a quarter of the ball's surface as its disc.
        (self.total / 4.0 * f64::from(self.scale) / 4.0) as f32
    }

    /// Appends its tables with `append`, which tells where they start.
    pub(crate) fn place(&self, params: &mut FrameParams, append: &mut dyn FnMut(&[[u32; 4]]) -> u32) {
        let [cells, choices] = [append(&self.cells), append(&self.choices)];
        params.env_image = [self.width as u32, self.height as u32, cells, choices];
        params.env_map = [self.scale, self.turn, (1.0 / self.total) as f32, 0.0];
    }
}

/// Averages pictures that are too wide for their worth over whole pixels.
fn shrunk(width: usize, height: usize, values: Vec<[f32; 3]>) -> (usize, usize, Vec<[f32; 3]>) {
    let by = width.div_ceil(MAX_WIDTH);
    if by == 1 {
        return (width, height, values);
    }
    let (w, h) = (width / by, (height / by).max(1));
    let mean = |x: usize, y: usize| {
        let mut sum = DVec3::ZERO;
        let mut count = 0.0;
        for row in (y * height / h)..((y + 1) * height / h) {
            for column in (x * width / w)..((x + 1) * width / w) {
                sum += Vec3::from(values[row * width + column]).as_dvec3();
                count += 1.0;
            }
        }
        (sum / count).as_vec3().to_array()
    };
    (w, h, (0..w * h).map(|i| mean(i % w, i / w)).collect())
}

/// Three fractions of 9 bits with one exponent of 5, rounded to nearest (OpenGL's `RGB9_E5`).
fn pack_shared_exponent(rgb: [f32; 3]) -> u32 {
    let most = rgb.iter().fold(0.0, |a: f32, &v| a.max(v));
    // The exponent of the first power of two above the largest, if that is still so after rounding.
    let above = |v: f32| ((v.to_bits() >> 23) as i32 - 126).max(-15);
    let mut exponent = above(most);
    if (most * 2f32.powi(9 - exponent)).round() >= 512.0 {
        exponent += 1;
    }
    let fraction = |v: f32| ((v * 2f32.powi(9 - exponent)).round() as u32).min(511);
    let [r, g, b] = rgb.map(fraction);
    r | g << 9 | b << 18 | ((exponent + 15) as u32) << 27
}

/// As the shader does it.
fn unpack_shared_exponent(bits: u32) -> [f32; 3] {
    let scale = f32::from_bits(((bits >> 27) + 103) << 23);
    [bits, bits >> 9, bits >> 18].map(|b| (b & 511) as f32 * scale)
}

fn luminance([r, g, b]: [f32; 3]) -> f64 {
    0.2126 * f64::from(r) + 0.7152 * f64::from(g) + 0.0722 * f64::from(b)
}

/// The sun, where there is one that shines.
pub(crate) fn sun(environment: &Environment) -> Option<&Sun> {
    match environment {
        Environment::Gradient { sun, .. } => sun.as_ref().filter(|s| s.irradiance.max_element() > 0.0 && s.angular_radius > 0.0),
        _ => None,
    }
}

/// Of portals as the sun sees them from outside, square metres.
pub(crate) fn sunlit_area(scene: &Scene, portals: &[Portal]) -> f32 {
    let Some(sun) = sun(&scene.environment) else { return 0.0 };
    let facing = |portal: &Portal| portal.pose.vector(Vec3::Z).dot(sun.direction.normalize()).max(0.0);
    portals.iter().map(|portal| portal.size.x * portal.size.y * facing(portal)).sum()
}

/// Fills in the smooth sky and the sun.
pub(crate) fn gradient(environment: &Environment, params: &mut FrameParams) {
    let (zenith, horizon, ground) = match environment {
        Environment::Uniform { radiance } => (*radiance, *radiance, *radiance),
        Environment::Gradient { zenith, horizon, ground, .. } => (*zenith, *horizon, *ground),
        _ => (Vec3::ZERO, Vec3::ZERO, Vec3::ZERO),
    };
    params.env_zenith = zenith.extend(0.0).to_array();
    params.env_horizon = horizon.extend(0.0).to_array();
    params.env_ground = ground.extend(0.0).to_array();
    if let Some(sun) = sun(environment) {
        // The disc's projected solid angle, pi sin², carries the irradiance.
        // Through the rounded cosine, which the shader has to use, so that both agree on the disc's size.
        let cos = sun.angular_radius.cos().min(1.0 - f32::EPSILON);
        let projected = std::f32::consts::PI * (1.0 - cos) * (1.0 + cos);
        params.sun_direction = sun.direction.normalize().extend(cos).to_array();
        params.sun_radiance = (sun.irradiance / projected).extend(0.0).to_array();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radiance_survives_packing_to_a_five_hundredth_of_the_brightest_channel() {
        for rgb in [[1.0, 0.5, 0.25], [65_408.0, 1.0, 0.0], [65_300.0, 511.9, 3.0], [1e-3, 2e-3, 3e-3], [0.999_9, 0.0, 511.6]] {
            let back = unpack_shared_exponent(pack_shared_exponent(rgb));
            let most = rgb.iter().fold(0.0, |a: f32, &v| a.max(v));
            for (a, b) in rgb.iter().zip(back) {
                assert!((a - b).abs() <= most / 511.0, "{rgb:?} {back:?}");
            }
        }
        assert_eq!(unpack_shared_exponent(pack_shared_exponent([0.0; 3])), [0.0; 3]);
    }

    #[test]
    fn wide_pictures_keep_their_mean() {
        let values: Vec<[f32; 3]> = (0..10_000 * 4).map(|i| [(i % 7) as f32, 1.0, 0.0]).collect();
        let (w, h, small) = shrunk(10_000, 4, values.clone());
        assert_eq!((w, h, small.len()), (3333, 1, 3333));
        let mean = |v: &[[f32; 3]]| v.iter().map(|p| f64::from(p[0])).sum::<f64>() / v.len() as f64;
        assert!((mean(&small) - mean(&values)).abs() < 1e-2);
    }
}
