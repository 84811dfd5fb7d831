//! What surrounds a scene, on the host: radiance by direction.

use std::f32::consts::{PI, TAU};

use glam::{Quat, Vec2, Vec3};

use crate::{Environment, Scene};

/// A sky that can be looked up.
#[derive(Clone, Debug)]
pub struct Sky<'a> {
    environment: &'a Environment,
    picture: Option<Panorama>,
}

/// A picture of all directions, as the environment `image` of a scene has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Panorama {
    /// Width and height, pixels.
    pub size: [usize; 2],
    /// Radiance, rows from the top.
    pub values: Vec<Vec3>,
    /// Turn about the z-axis, counter-clockwise seen from above, radians.
    pub rotation: f32,
}

impl<'a> Sky<'a> {
    /// What surrounds a scene. Images are made linear once, here.
    #[must_use]
    pub fn new(scene: &'a Scene) -> Self {
        let picture = match &scene.environment {
            Environment::Image { image, strength, rotation } => scene.images.get(image).map(|image| {
                let values = image.to_linear().into_iter().map(|v| *strength * Vec3::from(v)).collect();
                Panorama { size: image.size().map(|n| n as usize), values, rotation: *rotation }
            }),
            _ => None,
        };
        Self { environment: &scene.environment, picture }
    }

    /// The picture, where it is one.
    #[must_use]
    pub const fn picture(&self) -> Option<&Panorama> {
        self.picture.as_ref()
    }

    /// Radiance from a unit direction, without the sun's disc. Of a picture, the nearest pixel's.
    #[must_use]
    pub fn radiance(&self, towards: Vec3) -> Vec3 {
        match self.environment {
            Environment::Uniform { radiance } => *radiance,
            Environment::Gradient { zenith, horizon, ground, .. } => gradient([*zenith, *horizon, *ground], towards.z),
            Environment::Image { .. } => self.picture.as_ref().map_or(Vec3::ZERO, |p| p.radiance(towards)),
        }
    }

    /// The radiance that comes from everywhere, where it is the same.
    #[must_use]
    pub fn even(&self) -> Option<Vec3> {
        match *self.environment {
            Environment::Uniform { radiance } => Some(radiance),
            Environment::Gradient { zenith, horizon, ground, .. } => (zenith == horizon && horizon == ground).then_some(zenith),
            Environment::Image { .. } => None,
        }
    }
}

impl Panorama {
    /// The direction that a place on the picture shows where it is not turned: fractions from its upper left corner.
    #[must_use]
    pub fn direction(at: Vec2) -> Vec3 {
        let (phi, theta) = (TAU * (0.5 - at.x), PI * at.y);
        Vec3::new(theta.sin() * phi.cos(), theta.sin() * phi.sin(), theta.cos())
    }

    /// The direction in the world that a place on the picture shows.
    #[must_use]
    pub fn towards(&self, at: Vec2) -> Vec3 {
        Quat::from_rotation_z(self.rotation) * Self::direction(at)
    }

    /// What it shows at a place, which repeats to the sides. The nearest pixel's.
    #[must_use]
    pub fn at(&self, at: Vec2) -> Vec3 {
        let [width, height] = self.size;
        let (x, y) = ((at.x.rem_euclid(1.0) * width as f32) as usize, (at.y.clamp(0.0, 1.0) * height as f32) as usize);
        self.values[y.min(height - 1) * width + x.min(width - 1)]
    }

    /// Radiance from a unit direction.
    #[must_use]
    pub fn radiance(&self, towards: Vec3) -> Vec3 {
        let turned = towards.y.atan2(towards.x) - self.rotation;
        self.at(Vec2::new(0.5 - turned / TAU, towards.z.clamp(-1.0, 1.0).acos() / PI))
    }

    /// Steradians that a pixel of a row covers.
    #[must_use]
    pub fn solid_angle(&self, row: usize) -> f32 {
        let edge = |row: usize| (PI * row as f32 / self.size[1] as f32).cos();
        TAU / self.size[0] as f32 * (edge(row) - edge(row + 1))
    }
}

/// `environment_radiance` of `shaders/shared/environment.wgsl`.
fn gradient([zenith, horizon, ground]: [Vec3; 3], z: f32) -> Vec3 {
    let up = z.max(0.0);
    let rise = up.sqrt() * (1.0 - 0.25 * up) / 0.75;
    let below = (-z / 0.08).clamp(0.0, 1.0);
    horizon.lerp(zenith, rise).lerp(ground, below * below * (3.0 - 2.0 * below))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Camera, Image};

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
    }

    #[test]
    fn a_picture_is_turned() {
        // Four columns around: the left edge looks along −x, the middle along +x, a quarter to the left of it +y.
        let values = [1.0, 2.0, 3.0, 4.0].map(|v| [v; 3]);
        let image = Image::linear(4, 2, values.iter().chain(&[[0.0; 3]; 4]).copied().collect()).expect("eight pixels");
        let mut scene = scene(Environment::Image { image: "i".into(), strength: 2.0, rotation: std::f32::consts::FRAC_PI_2 });
        scene.images.insert("i".into(), image);
        let sky = Sky::new(&scene);
        // By hand: turned a quarter to the left, the column right of the middle, which showed −45°, shows +45°.
        let towards = Vec3::new(1.0, 1.0, 1.0).normalize();
        assert_eq!(sky.radiance(towards).x, 6.0);
        let picture = sky.picture().expect("a picture");
        let middle = picture.towards(Vec2::new(0.625, 0.25));
        assert!(middle.distance(Vec3::new(0.5, 0.5, 0.5f32.sqrt())) < 1e-6, "{middle}");
        assert_eq!(picture.radiance(middle).x, 6.0);
        let whole: f32 = (0..2).map(|row| 4.0 * picture.solid_angle(row)).sum();
        assert!((whole - 2.0 * TAU).abs() < 1e-5, "{whole}");
    }
}
