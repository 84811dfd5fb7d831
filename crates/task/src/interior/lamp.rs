//! Lamps that shine. Bulbs and globes are lights, which do not block; what holds them does.

use glam::{Vec2, Vec3};
use raytruth_scene::{Light, LightShape, Pose, Power, Role, Shape};

use super::{Interior, Outfit};
use crate::dress::surface;
use crate::props::{Prop, Stuff};

/// Of a warm white lamp, linear Rec. 709, its luminance about 1.
pub const WARM: Vec3 = Vec3::new(1.13, 0.98, 0.80);

impl Interior<'_> {
    /// An opal globe on a rod from the ceiling. `at` is the middle of the globe; `radiance` is linear Rec. 709.
    pub fn pendant(&mut self, name: &str, at: Vec3, radius: f32, ceiling: f32, radiance: Vec3) {
        let brass = surface::brushed_metal(Vec3::new(0.55, 0.42, 0.22), &mut self.rng);
        let rod = 0.5 * (ceiling - at.z - radius);
        let shape = Shape::Cylinder { radius: 0.008, half_height: rod, bevel: 0.0 };
        self.set.add(name, Role::Backdrop, shape, &brass).pose = Pose::from_translation(at.with_z(ceiling - rod));
        for (part, wide, high, z) in [("rose", 0.06, 0.012, ceiling - 0.012), ("neck", 0.45 * radius, 0.02, at.z + radius)] {
            let shape = Shape::Cylinder { radius: wide, half_height: high, bevel: 0.004 };
            self.set.part(name, &format!("{name}_{part}"), shape, &brass).pose = Pose::from_translation(at.with_z(z));
        }
        self.globe(name, at, radius, radiance);
    }

    /// A luminous panel in a frame below the ceiling. `at` is its middle, `size` without the frame.
    pub fn panel(&mut self, name: &str, at: Vec2, size: Vec2, ceiling: f32, radiance: Vec3) {
        let metal = surface::lacquer(Vec3::splat(0.3));
        let (deep, wide) = (0.02, 0.025);
        let half = 0.5 * size + 0.5 * wide;
        let bars = [(half.x, 0.0), (-half.x, 0.0), (0.0, half.y), (0.0, -half.y)];
        for (i, (x, y)) in bars.into_iter().enumerate() {
            let across =
                if y == 0.0 { Vec2::new(0.5 * wide, half.y + 0.5 * wide) } else { Vec2::new(half.x - 0.5 * wide, 0.5 * wide) };
            let shape = Shape::Box { half_extents: across.extend(deep), bevel: 0.003 };
            let pose = Pose::from_translation((at + Vec2::new(x, y)).extend(ceiling - deep));
            if i == 0 {
                self.set.add(name, Role::Backdrop, shape, &metal).pose = pose;
            } else {
                self.set.part(name, &format!("{name}_{i}"), shape, &metal).pose = pose;
            }
        }
        self.set.scene.lights.push(Light {
            name: name.to_owned(),
            shape: LightShape::Rect { size },
            pose: Pose::from_translation(at.extend(ceiling - deep)),
            radiance,
            power: Power::FULL,
            visible_to_camera: true,
        });
    }

    /// A globe on an arm from a wall. `at` is the middle of the globe, `out` the way out of the wall, `reach` how far off that is.
    pub fn sconce(&mut self, name: &str, at: Vec3, out: Vec2, reach: f32, radiance: Vec3) {
        let brass = surface::brushed_metal(Vec3::new(0.55, 0.42, 0.22), &mut self.rng);
        let radius = 0.065;
        let foot = at - out.extend(0.0) * reach;
        let pose = super::hung::upright(foot - Vec3::Z * (radius + 0.02), out);
        let plate = Shape::Cylinder { radius: 0.05, half_height: 0.008, bevel: 0.003 };
        self.set.add(name, Role::Backdrop, plate, &brass).pose = pose;
        let arm = Shape::Cylinder { radius: 0.009, half_height: 0.5 * reach, bevel: 0.0 };
        self.set.part(name, &format!("{name}_arm"), arm, &brass).pose = pose.mul(&Pose::from_translation(Vec3::Z * 0.5 * reach));
        let cup = Shape::Cylinder { radius: 0.03, half_height: 0.018, bevel: 0.004 };
        self.set.part(name, &format!("{name}_cup"), cup, &brass).pose = Pose::from_translation(at - Vec3::Z * (radius + 0.012));
        self.globe(name, at, radius, radiance);
    }

    /// A lamp that stands about, lit: its bulb is a light of the bulb's size.
    pub fn lamp(&mut self, name: &str, prop: &Prop, at: Vec3, degrees: f32, outfit: &Outfit, radiance: Vec3) {
        let mut lit = prop.clone();
        lit.parts.retain(|part| part.stuff != Stuff::Glow);
        self.stand(name, &lit, at, degrees, outfit);
        let pose = Pose::new(at, glam::Quat::from_rotation_z(degrees.to_radians()));
        for (i, bulb) in prop.parts.iter().filter(|part| part.stuff == Stuff::Glow).enumerate() {
            let bounds = bulb.mesh.aabb();
            self.globe(&format!("{name}_bulb_{i}"), pose.point(bounds.center()), 0.5 * bounds.size().max_element(), radiance);
        }
    }

    fn globe(&mut self, name: &str, at: Vec3, radius: f32, radiance: Vec3) {
        self.set.scene.lights.push(Light {
            name: name.to_owned(),
            shape: LightShape::Sphere { radius },
            pose: Pose::from_translation(at),
            radiance,
            power: Power::FULL,
            visible_to_camera: true,
        });
    }
}
