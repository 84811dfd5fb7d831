//! A photographer's seamless backdrop: painted canvas.

use glam::{Vec2, Vec3};
use raytruth_scene::Mesh;

use super::light::{Form, Lamp, Rig};
use super::room::Room;
use super::{Finish, Ground, Setting, Site, finish};
use crate::{Rng, SceneBuilder};

pub(super) fn draw(rng: &mut Rng, ground: Ground) -> (Finish, Finish, Finish, Rig) {
    let paper = finish::canvas(rng, ground);
    let side = if rng.chance(0.5) { 1.0 } else { -1.0 };
    // From the left or the right, never from behind the lens: shadows fall in sight.
    let large = rng.chance(0.35);
    let edge = if large { rng.range(0.7, 1.1) } else { rng.range(0.2, 0.45) };
    let key = Lamp {
        name: if large { "soft_box" } else { "key" },
        azimuth: side * rng.range(38.0, 100.0),
        elevation: rng.range(34.0, 54.0),
        strength: 2.1,
        warmth: rng.range(-0.6, 1.0),
        form: Form::Soft(edge, edge),
    };
    // Draws an edge on metal and glass.
    let strip = Lamp {
        name: "strip",
        azimuth: side * -128.0,
        elevation: 32.0,
        strength: 0.31,
        warmth: 0.0,
        form: Form::Soft(0.12, 0.53),
    };
    let dim = rng.range(0.4, 0.9) as f32;
    let sky = [Vec3::new(0.46, 0.48, 0.52), Vec3::splat(0.60), Vec3::new(0.30, 0.29, 0.28)].map(|c| c * dim);
    (paper.clone(), paper.clone(), paper, Rig { lamps: vec![key, strip], sky, room: 1.0 })
}

pub(super) fn build(setting: &Setting, set: &mut SceneBuilder, site: &Site) {
    let back = site.half.y + 0.6 + site.radius;
    let bend = 0.5 + 0.8 * site.radius;
    let paper = Paper {
        half_width: site.half_width(back + bend),
        front: -site.half.y - 3.0 - 3.0 * site.radius,
        back,
        bend,
        top: 2.0 + 4.0 * site.radius,
    };
    let pose = site.at(0.0, 0.0, 0.0);
    Room { set, site, rig: &setting.rig }.mesh("ground", paper.mesh(), pose, &setting.top.material);
}

/// Seamless paper: level at z = 0, then bent up. Metres.
struct Paper {
    half_width: f32,
    /// y where it begins.
    front: f32,
    /// y where it begins to rise.
    back: f32,
    /// Radius of the bend.
    bend: f32,
    /// z where it ends.
    top: f32,
}

impl Paper {
    fn mesh(&self) -> Mesh {
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
    fn the_paper_faces_the_set() {
        let mesh = Paper { half_width: 6.0, front: -6.0, back: 1.4, bend: 1.2, top: 5.0 }.mesh();
        for t in &mesh.triangles {
            let [a, b, c] = t.map(|i| mesh.positions[i as usize]);
            let normal = (b - a).cross(c - a);
            assert!(normal.dot(mesh.normals[t[0] as usize]) > 0.0, "a triangle faces away: {a} {b} {c}");
        }
    }
}
