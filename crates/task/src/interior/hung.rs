//! What hangs on walls and lies on floors.

use glam::{Quat, Vec2, Vec3};
use raytruth_scene::{Material, Pose, Role, Shape};

use super::{Interior, Rect};
use crate::dress::paint::{muted, tint};

/// From one sheet of paper to the next, metres.
const SHEET: f32 = 0.0006;

impl Interior<'_> {
    /// A framed picture of fields and discs, `size` metres with its frame. `at` is its middle on the wall, `out` the way out of the wall.
    pub fn picture(&mut self, name: &str, at: Vec3, out: Vec2, size: Vec2) {
        self.picture_within(name, at, out, size, f32::INFINITY);
    }

    /// The same in colours of at most this chroma.
    pub fn picture_within(&mut self, name: &str, at: Vec3, out: Vec2, size: Vec2, chroma: f32) {
        let pose = upright(at, out);
        let wood = [Vec3::splat(0.03), tint(70.0, 0.35, 0.22), Vec3::splat(0.75)];
        let frame = Material { base_color: muted(*self.rng.pick(&wood), chroma), roughness: 0.4, ..Material::default() };
        let half = 0.5 * size;
        let depth = 0.024;
        self.set.add(name, Role::Backdrop, Shape::Box { half_extents: half.extend(0.5 * depth), bevel: 0.002 }, &frame).pose =
            pose.mul(&Pose::from_translation(Vec3::Z * 0.5 * depth));
        let mut sheet = 0;
        let mut lay = |this: &mut Self, shape: Shape, at: Vec2, color: Vec3| {
            sheet += 1;
            let paper = Material { base_color: muted(color, chroma), roughness: 0.85, ior: 1.35, ..Material::default() };
            let own = format!("{name}_{sheet}");
            this.set.part(name, &own, shape, &paper).pose =
                pose.mul(&Pose::from_translation(at.extend(depth + SHEET * sheet as f32)));
        };
        let inner = half - 0.02;
        lay(self, Shape::Plane { size: 2.0 * inner }, Vec2::ZERO, Vec3::splat(0.82));
        let canvas = inner - 0.16 * inner.min_element();
        let hue = self.rng.range(0.0, 360.0);
        let ground = tint(hue, 0.3, *self.rng.pick(&[0.58, 0.36, 0.1]));
        lay(self, Shape::Plane { size: 2.0 * canvas }, Vec2::ZERO, ground);
        for _ in 0..self.rng.int(4, 7) {
            let of = Vec2::new(self.rng.range(0.12, 0.5) as f32, self.rng.range(0.12, 0.5) as f32);
            let mut half = canvas * of;
            // Light fields are pale, dark ones deep.
            let light = self.rng.range(0.02, 0.36) as f32;
            let other = if self.rng.chance(0.4) { 150.0 } else { 0.0 };
            let color = tint(hue + other + self.rng.range(-25.0, 25.0), 0.9 - light, light);
            let round = self.rng.chance(0.4);
            if round {
                half = Vec2::splat(half.min_element());
            }
            let free = canvas - half;
            let at = free * Vec2::new(self.rng.range(-1.0, 1.0) as f32, self.rng.range(-1.0, 1.0) as f32);
            let shape = if round {
                // Thinner than a sheet.
                Shape::Cylinder { radius: half.x, half_height: 0.4 * SHEET, bevel: 0.0 }
            } else {
                Shape::Plane { size: 2.0 * half }
            };
            lay(self, shape, at, color);
        }
    }

    /// A woven rug with a border.
    pub fn rug(&mut self, name: &str, area: Rect, field: Vec3, border: Vec3) {
        let cloth = |color: Vec3, this: &mut Self| crate::dress::surface::felt(color, &mut this.rng);
        let at = area.center();
        for (i, (inset, color)) in
            [(0.0, border), (0.09, field * 1.25), (0.115, border * 0.8), (0.14, field)].into_iter().enumerate()
        {
            let half_extents = (0.5 * area.size() - inset).extend(0.004);
            let material = cloth(color.min(Vec3::splat(0.9)), self);
            let shape = Shape::Box { half_extents, bevel: 0.002 };
            let pose = Pose::from_translation(at.extend(0.004 + 0.0008 * i as f32));
            if i == 0 {
                self.set.add(name, Role::Backdrop, shape, &material).pose = pose;
            } else {
                self.set.part(name, &format!("{name}_{i}"), shape, &material).pose = pose;
            }
        }
    }
}

/// The frame of what hangs on a wall: x to the right for who looks at it, y up, z out of the wall.
pub(super) fn upright(at: Vec3, out: Vec2) -> Pose {
    let z = out.normalize_or(Vec2::NEG_Y).extend(0.0);
    let axes = glam::Mat3::from_cols(Vec3::Z.cross(z), Vec3::Z, z);
    Pose::new(at, Quat::from_mat3(&axes))
}
