//! The photographer's part: a seamless backdrop, a key light with a soft fill, and where the camera stands.

use glam::{Vec2, Vec3};
use raytruth_scene::{Environment, Light, Material, Mesh, Pattern, Texture};
use serde_json::{Map, Value, json};

use crate::Rng;

/// Backdrop, light and camera angle.
pub struct Studio {
    name: &'static str,
    /// Colour of the seamless backdrop.
    pub backdrop: Material,
    /// Unit vector from the set towards the camera.
    pub towards_camera: Vec3,
    /// Vertical field of view, radians.
    pub fov_y: f32,
    azimuth_deg: f64,
    elevation_deg: f64,
    key_azimuth_deg: f64,
    key_elevation_deg: f64,
    /// Edge of the key light over its distance: how soft shadows are.
    softness: f64,
    /// Warmth of the key light, −1 (cool) to 1 (warm).
    warmth: f64,
}

/// From where a family is seen best.
#[derive(Clone, Copy, Debug)]
pub struct Angles {
    /// Degrees from the side view (−y), positive towards +x.
    pub azimuth: (f64, f64),
    /// Degrees above the horizon.
    pub elevation: (f64, f64),
}

impl Studio {
    /// `light`: on a bright ground, else on a darker one.
    pub fn draw(rng: &mut Rng, light: bool, angles: Angles) -> Self {
        let bright: [(&'static str, Vec3); 4] = [
            ("paper_white", Vec3::new(0.70, 0.69, 0.67)),
            ("warm_grey", Vec3::new(0.52, 0.50, 0.47)),
            ("cool_grey", Vec3::new(0.47, 0.50, 0.53)),
            ("plaster", Vec3::new(0.58, 0.57, 0.56)),
        ];
        let dark: [(&'static str, Vec3); 3] = [
            ("slate", Vec3::new(0.20, 0.215, 0.24)),
            ("graphite", Vec3::new(0.235, 0.232, 0.228)),
            ("umber_grey", Vec3::new(0.27, 0.255, 0.236)),
        ];
        let (name, color) = if light { *rng.pick(&bright) } else { *rng.pick(&dark) };
        let texture =
            Texture { pattern: Pattern::Concrete, color: color * 0.94, scale: 0.5, strength: 0.15, seed: rng.bits() as u32 };
        let azimuth_deg = rng.range(angles.azimuth.0, angles.azimuth.1);
        let elevation_deg = rng.range(angles.elevation.0, angles.elevation.1);
        Self {
            name,
            backdrop: Material { base_color: color, roughness: 0.85, ior: 1.35, texture: Some(texture), ..Material::default() },
            towards_camera: direction(azimuth_deg, elevation_deg),
            fov_y: rng.range(0.42, 0.56) as f32,
            azimuth_deg,
            elevation_deg,
            // From the left or the right of the camera, never from behind the lens: shadows fall in sight.
            key_azimuth_deg: rng.range(28.0, 58.0) * if rng.chance(0.5) { 1.0 } else { -1.0 },
            key_elevation_deg: rng.range(44.0, 62.0),
            softness: rng.range(0.22, 0.45),
            warmth: rng.range(-0.5, 1.0),
        }
    }

    /// What was drawn, in round numbers.
    #[must_use]
    pub fn describe(&self) -> Map<String, Value> {
        let round = |x: f64| (x * 1000.0).round() / 1000.0;
        [
            ("backdrop", json!(self.name)),
            ("camera_azimuth_deg", json!(round(self.azimuth_deg))),
            ("camera_elevation_deg", json!(round(self.elevation_deg))),
            ("fov_y_deg", json!(round(f64::from(self.fov_y).to_degrees()))),
            ("key_azimuth_deg", json!(round(self.key_azimuth_deg))),
            ("key_elevation_deg", json!(round(self.key_elevation_deg))),
            ("key_softness", json!(round(self.softness))),
            ("key_warmth", json!(round(self.warmth))),
        ]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
    }

    /// A bright room: what fills the shadows.
    #[must_use]
    pub fn environment(&self) -> Environment {
        Environment::Gradient {
            zenith: Vec3::new(0.46, 0.48, 0.52),
            horizon: Vec3::new(0.60, 0.60, 0.60),
            ground: Vec3::new(0.30, 0.29, 0.28),
            sun: None,
        }
    }

    /// Key light, and a strip at the other side that draws an edge on metal and glass. `radius` of the set about `center`, metres.
    #[must_use]
    pub fn lights(&self, center: Vec3, radius: f32) -> Vec<Light> {
        let tint = self.warmth as f32;
        let color = Vec3::new(1.0 + 0.06 * tint, 1.0, 1.0 - 0.10 * tint);
        let key = direction(self.key_azimuth_deg, self.key_elevation_deg);
        let (distance, softness) = (3.0 * radius, self.softness as f32);
        // Irradiance at the set is about radiance * (edge / distance)²: 2.1 whatever the size.
        let key = Light::rect(
            "key",
            Vec2::splat(softness * distance),
            center + key * distance,
            center,
            color * (2.1 / (softness * softness)),
        );
        let side = direction(if self.key_azimuth_deg > 0.0 { -128.0 } else { 128.0 }, 32.0);
        let strip = Light::rect("strip", Vec2::new(0.35, 1.6) * radius, center + side * distance, center, Vec3::splat(5.0));
        vec![key, strip]
    }
}

/// Unit vector for angles in degrees: azimuth 0 is −y (towards the viewer), positive to +x.
#[must_use]
pub fn direction(azimuth_deg: f64, elevation_deg: f64) -> Vec3 {
    let (azimuth, elevation) = (azimuth_deg.to_radians(), elevation_deg.to_radians());
    let flat = libm::cos(elevation);
    Vec3::new((libm::sin(azimuth) * flat) as f32, (-libm::cos(azimuth) * flat) as f32, libm::sin(elevation) as f32)
}

/// A floor at z = `floor` that rises into a wall behind the set without a seam, as in a photographer's studio.
#[must_use]
pub fn sweep(floor: f32) -> Mesh {
    let mut mesh = Paper { half_width: 6.0, front: -6.0, back: 1.4, bend: 1.2, top: 5.0 }.mesh();
    mesh.positions.iter_mut().for_each(|p| p.z += floor);
    mesh
}

/// Seamless paper: level at z = 0, then bent up. Metres.
pub(crate) struct Paper {
    pub(crate) half_width: f32,
    /// y where it begins.
    pub(crate) front: f32,
    /// y where it begins to rise.
    pub(crate) back: f32,
    /// Radius of the bend.
    pub(crate) bend: f32,
    /// z where it ends.
    pub(crate) top: f32,
}

impl Paper {
    pub(crate) fn mesh(&self) -> Mesh {
        const STEPS: u32 = 16;
        // Points (y, z) of the section with their normals.
        let mut section = vec![(Vec2::new(self.front, 0.0), Vec2::Y)];
        for i in 0..=STEPS {
            let turn = Vec2::from_angle(core::f32::consts::FRAC_PI_2 * i as f32 / STEPS as f32);
            let at = Vec2::new(self.back + self.bend * turn.y, self.bend * (1.0 - turn.x));
            section.push((at, Vec2::new(-turn.y, turn.x)));
        }
        section.push((Vec2::new(self.back + self.bend, self.top), Vec2::NEG_X));
        let mut mesh = Mesh::default();
        for (p, n) in &section {
            for x in [-self.half_width, self.half_width] {
                mesh.positions.push(Vec3::new(x, p.x, p.y));
                mesh.normals.push(Vec3::new(0.0, n.x, n.y));
            }
        }
        for i in 0..section.len() as u32 - 1 {
            let [a, b, c, d] = [2 * i, 2 * i + 1, 2 * i + 3, 2 * i + 2];
            mesh.triangles.extend([[a, b, c], [a, c, d]]);
        }
        mesh
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_backdrop_faces_the_set() {
        let mesh = sweep(-0.01);
        for t in &mesh.triangles {
            let [a, b, c] = t.map(|i| mesh.positions[i as usize]);
            let normal = (b - a).cross(c - a);
            assert!(normal.dot(mesh.normals[t[0] as usize]) > 0.0, "a triangle faces away: {a} {b} {c}");
        }
    }
}
