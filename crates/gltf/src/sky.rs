//! What surrounds a scene, on the host: radiance by direction, and pictures of it.

use std::f32::consts::{PI, TAU};

use glam::{Vec2, Vec3};
use raytruth_scene::{Environment, Scene};

/// The extension that has a picture of the sky.
pub(crate) const IMAGE_BASED: &str = "EXT_lights_image_based";
/// The width of a picture of the sky; it is half as high.
const WIDTH: usize = 2048;

/// A sky that can be looked up.
pub(crate) struct Sky<'a> {
    environment: &'a Environment,
    /// Where it is a picture: its size, and radiance at strength 1.
    picture: Option<([usize; 2], Vec<[f32; 3]>)>,
}

/// Radiance in latitude and longitude, as the environment `image` of a scene lies, but for its rotation.
pub(crate) struct Panorama {
    pub(crate) size: [usize; 2],
    pub(crate) values: Vec<Vec3>,
    /// About the z-axis, counter-clockwise seen from above, radians.
    pub(crate) rotation: f32,
}

impl<'a> Sky<'a> {
    pub(crate) fn new(scene: &'a Scene) -> Self {
        let picture = match &scene.environment {
            Environment::Image { image, .. } => {
                scene.images.get(image).map(|image| (image.size().map(|n| n as usize), image.to_linear()))
            }
            _ => None,
        };
        Self { environment: &scene.environment, picture }
    }

    /// Radiance from a unit direction, without the sun's disc.
    pub(crate) fn radiance(&self, towards: Vec3) -> Vec3 {
        match self.environment {
            Environment::Uniform { radiance } => *radiance,
            Environment::Gradient { zenith, horizon, ground, .. } => gradient([*zenith, *horizon, *ground], towards.z),
            Environment::Image { strength, rotation, .. } => {
                let Some(([width, height], values)) = &self.picture else { return Vec3::ZERO };
                let turned = towards.y.atan2(towards.x) - rotation;
                let at = Vec2::new((0.5 - turned / TAU).rem_euclid(1.0), towards.z.clamp(-1.0, 1.0).acos() / PI);
                let (x, y) = ((at.x * *width as f32) as usize, (at.y * *height as f32) as usize);
                *strength * Vec3::from(values[y.min(height - 1) * width + x.min(width - 1)])
            }
            _ => Vec3::ZERO,
        }
    }

    /// The radiance that comes from everywhere, where it is the same.
    pub(crate) fn even(&self) -> Option<Vec3> {
        match *self.environment {
            Environment::Uniform { radiance } => Some(radiance),
            Environment::Gradient { zenith, horizon, ground, .. } => (zenith == horizon && horizon == ground).then_some(zenith),
            Environment::Image { .. } => None,
            _ => Some(Vec3::ZERO),
        }
    }

    /// A picture of it, without the sun's disc; of large ones the means of blocks.
    pub(crate) fn panorama(&self) -> Panorama {
        if let (Environment::Image { strength, rotation, .. }, Some(([width, height], values))) =
            (self.environment, &self.picture)
        {
            let block = width.div_ceil(WIDTH).max(height.div_ceil(WIDTH)).max(1);
            let size = [width.div_ceil(block), height.div_ceil(block)];
            let mean = |i: usize| {
                let (x, y) = (i % size[0] * block, i / size[0] * block);
                let rows = y..(y + block).min(*height);
                let texels = rows.flat_map(|y| (x..(x + block).min(*width)).map(move |x| y * width + x));
                let (sum, n) = texels.fold((Vec3::ZERO, 0.0), |(sum, n), i| (sum + Vec3::from(values[i]), n + 1.0));
                *strength * sum / n
            };
            return Panorama { size, values: (0..size[0] * size[1]).map(mean).collect(), rotation: *rotation };
        }
        // A gradient is the same all around.
        let size = [4, WIDTH / 2];
        let fine = 4;
        let row = |y: usize| {
            let at = |k: usize| ((y * fine + k) as f32 + 0.5) * PI / (size[1] * fine) as f32;
            (0..fine).map(|k| self.radiance(Vec3::new(at(k).sin(), 0.0, at(k).cos()))).sum::<Vec3>() / fine as f32
        };
        Panorama { size, values: (0..size[0] * size[1]).map(|i| row(i / size[0])).collect(), rotation: 0.0 }
    }
}

/// `environment_radiance` of `shaders/shared/environment.wgsl`.
fn gradient([zenith, horizon, ground]: [Vec3; 3], z: f32) -> Vec3 {
    let up = z.max(0.0);
    let rise = up.sqrt() * (1.0 - 0.25 * up) / 0.75;
    let below = (-z / 0.08).clamp(0.0, 1.0);
    horizon.lerp(zenith, rise).lerp(ground, below * below * (3.0 - 2.0 * below))
}

impl Panorama {
    /// The direction that a place on the picture shows, in its own frame.
    pub(crate) fn direction(at: Vec2) -> Vec3 {
        let (phi, theta) = (TAU * (0.5 - at.x), PI * at.y);
        Vec3::new(theta.sin() * phi.cos(), theta.sin() * phi.sin(), theta.cos())
    }

    /// What it shows at a place.
    pub(crate) fn at(&self, at: Vec2) -> Vec3 {
        let [width, height] = self.size;
        let (x, y) = ((at.x.rem_euclid(1.0) * width as f32) as usize, (at.y.clamp(0.0, 1.0) * height as f32) as usize);
        self.values[y.min(height - 1) * width + x.min(width - 1)]
    }

    /// Radiance from a unit direction.
    pub(crate) fn radiance(&self, towards: Vec3) -> Vec3 {
        let turned = towards.y.atan2(towards.x) - self.rotation;
        self.at(Vec2::new(0.5 - turned / TAU, towards.z.clamp(-1.0, 1.0).acos() / PI))
    }

    /// The median over all directions of the brightest channel.
    pub(crate) fn median(&self) -> f32 {
        let [width, height] = self.size;
        let weight = |i: usize| (PI * ((i / width) as f32 + 0.5) / height as f32).sin();
        let mut values: Vec<(f32, f32)> = self.values.iter().enumerate().map(|(i, v)| (v.max_element(), weight(i))).collect();
        values.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        let half = 0.5 * values.iter().map(|v| v.1).sum::<f32>();
        let mut below = 0.0;
        let middle = values.iter().find(|v| {
            below += v.1;
            below >= half
        });
        middle.map_or(0.0, |v| v.0)
    }
}

#[cfg(test)]
mod tests {
    use raytruth_scene::{Camera, Image};

    use super::*;

    fn scene(environment: Environment) -> Scene {
        Scene { environment, ..Scene::new(Camera::look_at(Vec3::X, Vec3::ZERO, 1.0)) }
    }

    #[test]
    fn a_gradient_is_its_three_colours_where_it_should_be() {
        let (zenith, horizon, ground) = (Vec3::X, Vec3::Y, Vec3::Z);
        let scene = scene(Environment::Gradient { zenith, horizon, ground, sun: None });
        let sky = Sky::new(&scene);
        assert!(sky.radiance(Vec3::Z).distance(zenith) < 1e-6 && sky.radiance(Vec3::X).distance(horizon) < 1e-6);
        assert!(sky.radiance(Vec3::NEG_Z).distance(ground) < 1e-6 && sky.even().is_none());
        // A picture shows the same, row by row.
        let panorama = sky.panorama();
        for y in [3, 300, 511, 520, 900] {
            let at = Panorama::direction(Vec2::new(0.3, (y as f32 + 0.5) / panorama.size[1] as f32));
            assert!(panorama.values[y * 4].distance(sky.radiance(at)) < 0.02, "{y}");
        }
    }

    #[test]
    fn a_picture_is_turned_and_its_median_is_over_directions() {
        // Four columns around: the left edge looks along −x, the middle along +x, a quarter to the left of it +y.
        let values = [1.0, 2.0, 3.0, 4.0].map(|v| [v; 3]);
        let image = Image::linear(4, 2, values.iter().chain(&[[0.0; 3]; 4]).copied().collect()).expect("eight pixels");
        let mut scene = scene(Environment::Image { image: "i".into(), strength: 2.0, rotation: std::f32::consts::FRAC_PI_2 });
        scene.images.insert("i".into(), image);
        let sky = Sky::new(&scene);
        // By hand: turned a quarter to the left, the column right of the middle, which showed −45°, shows +45°.
        assert_eq!(sky.radiance(Vec3::new(1.0, 1.0, 1.0).normalize()).x, 6.0);
        let panorama = sky.panorama();
        assert!(panorama.median() == 0.0 && panorama.size == [4, 2], "the lower half is black");
        // By hand: of four rows those at the poles have 1 − cos 45° = 0.29 of the directions.
        let rows = |values: [f32; 4]| Panorama { size: [1, 4], values: values.map(Vec3::splat).to_vec(), rotation: 0.0 };
        assert_eq!(rows([9.0, 1.0, 2.0, 9.0]).median(), 2.0);
    }
}
