//! What stands at the back edge and on shelves. Nothing of it is a ball, a block or a cup.

use core::f32::consts::FRAC_PI_2;

use glam::{Quat, Vec2, Vec3};
use raytruth_scene::{Material, Pose};

use super::form::{rod, rounded, vessel};
use super::room::Room;
use super::{Ground, finish};
use crate::Rng;
use crate::props::{Prop, PropKind, Stuff, VARIANTS};

/// Small things that stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decor {
    /// A few of them, upright.
    Books,
    /// Flat cartons on each other.
    Box,
    /// With a lid.
    Jar,
    Bottle,
    Vase,
    /// With sticks in it.
    Crock,
    /// A pile.
    Plates,
    /// A board that leans against the wall.
    Slab,
    /// Nothing.
    Gap,
}

/// A row of small things before a wall.
pub(crate) struct Row {
    /// Its things are `{name}_0`, `{name}_1`, ...
    pub(crate) name: &'static str,
    /// The wall behind it.
    pub(crate) y: f32,
    /// What it stands on.
    pub(crate) z: f32,
    pub(crate) ground: Ground,
}

impl Row {
    /// Nothing in a row is deeper than this, metres.
    pub(crate) const DEEP: f32 = 0.3;

    /// Fills both sides, beside the middle of the set; on one of them, there may be a prop.
    pub(crate) fn flanks(&self, room: &mut Room<'_>, kinds: &[Decor], props: &[PropKind], rng: &mut Rng) {
        let inner = 0.62 * room.site.half.x;
        let outer = room.site.half.x + 0.9 * room.site.radius + 0.35;
        let mut taken = [0.0, 0.0];
        let side = usize::from(rng.chance(0.5));
        if rng.chance(0.75) {
            let first = inner + rng.range(0.0, 0.15) as f32;
            taken[side] = self.prop(room, props, [-first, first][side], rng).map_or(0.0, |width| first - inner + width + 0.03);
        }
        let next = self.run(room, (-outer, -inner - taken[0]), 0, kinds, rng);
        self.run(room, (inner + taken[1], outer), next, kinds, rng);
    }

    /// A prop that begins at `x` and reaches outwards; its width, or `None` if it does not fit.
    fn prop(&self, room: &mut Room<'_>, kinds: &[PropKind], x: f32, rng: &mut Rng) -> Option<f32> {
        let prop = Prop::new(*rng.pick(kinds), rng.below(u64::from(VARIANTS)) as u32);
        let clear = prop.parts.iter().any(|part| part.stuff == Stuff::Glass);
        let size = prop.aabb().size();
        // What is deep stands with its side to the wall.
        let turned = size.y > Self::DEEP && size.x <= Self::DEEP;
        let (width, depth) = if turned { (size.y, size.x) } else { (size.x, size.y) };
        if clear || depth > Self::DEEP || size.z > 0.5 + 0.6 * room.site.height {
            return None;
        }
        let angle = if turned { FRAC_PI_2.copysign(x) } else { 0.0 };
        let bounds = prop.aabb().transformed(&Pose::new(Vec3::ZERO, Quat::from_rotation_z(angle)));
        let outwards = if x < 0.0 { -bounds.max.x } else { -bounds.min.x };
        let pose = room.site.at_angle(x + outwards, self.y - 0.005 - bounds.max.y, self.z, angle);
        room.prop(&format!("{}_prop", self.name), &prop, pose, self.ground, rng);
        Some(width)
    }

    /// Fills it from one x to another.
    pub(crate) fn fill(&self, room: &mut Room<'_>, from: f32, to: f32, kinds: &[Decor], rng: &mut Rng) {
        self.run(room, (from, to), 0, kinds, rng);
    }

    /// Returns the number after its last thing.
    fn run(&self, room: &mut Room<'_>, (from, to): (f32, f32), first: usize, kinds: &[Decor], rng: &mut Rng) -> usize {
        let (mut x, mut i) = (from, first);
        let mut before = Decor::Gap;
        while i < first + 7 {
            let kind = *rng.pick(kinds);
            if kind == before && kind != Decor::Gap {
                continue;
            }
            before = kind;
            let width = self.put(room, &format!("{}_{i}", self.name), kind, x, to, rng);
            let Some(width) = width else { break };
            x += width + rng.range(0.015, 0.06) as f32;
            i += 1;
        }
        i
    }

    /// One thing whose left side is at `x`; its width, or `None` if it would reach beyond `to`.
    fn put(&self, room: &mut Room<'_>, name: &str, kind: Decor, x: f32, to: f32, rng: &mut Rng) -> Option<f32> {
        let ground = self.ground;
        let mut draw = |lo: f64, hi: f64| rng.range(lo, hi) as f32;
        let (radius, height) = match kind {
            Decor::Gap => return Some(draw(0.05, 0.2)).filter(|w| x + w < to),
            Decor::Books => return self.books(room, name, x, to, rng),
            Decor::Box => return self.cartons(room, name, x, to, rng),
            Decor::Slab => return self.slab(room, name, x, to, rng),
            Decor::Jar => (draw(0.035, 0.055), draw(0.09, 0.17)),
            Decor::Bottle => (draw(0.03, 0.042), draw(0.2, 0.3)),
            Decor::Vase => (draw(0.045, 0.075), draw(0.14, 0.26)),
            Decor::Crock => (draw(0.05, 0.07), draw(0.1, 0.15)),
            Decor::Plates => (draw(0.065, 0.083), draw(0.04, 0.09)),
        };
        if x + 2.0 * radius > to {
            return None;
        }
        let pose = room.site.at(x + radius, self.y - radius - 0.004, self.z);
        let glaze = glaze(ground, rng);
        let at = |r: f32, z: f32| Vec2::new(radius * r, height * z);
        match kind {
            Decor::Jar => {
                room.mesh(
                    name,
                    vessel(&[
                        at(0.0, 0.0),
                        at(0.94, 0.0),
                        at(1.0, 0.03),
                        at(1.0, 0.8),
                        at(0.9, 0.86),
                        at(0.9, 0.87),
                        at(0.0, 0.87),
                    ]),
                    pose,
                    &glaze,
                );
                let lid = vessel(&[at(0.0, 0.87), at(0.95, 0.87), at(0.95, 0.98), at(0.9, 1.0), at(0.0, 1.0)]);
                room.mesh(&format!("{name}.lid"), lid, pose, &finish::wood(rng, ground).material);
            }
            Decor::Bottle => {
                let belly = rounded(&[
                    at(0.0, 0.0),
                    at(0.98, 0.0),
                    at(1.0, 0.1),
                    at(1.0, 0.5),
                    at(0.85, 0.64),
                    at(0.36, 0.78),
                    at(0.32, 0.97),
                ]);
                let rim = [at(0.4, 0.97), at(0.4, 1.0), at(0.0, 1.0)];
                room.mesh(name, vessel(&[belly, rim.to_vec()].concat()), pose, &glaze);
            }
            Decor::Vase => {
                let wide = rng.range(0.2, 0.5) as f32;
                let neck = rng.range(0.3, 0.6) as f32;
                let belly = rounded(&[
                    at(0.0, 0.0),
                    at(0.6, 0.0),
                    at(0.9, wide * 0.6),
                    at(1.0, wide),
                    at(0.8, 0.7),
                    at(neck, 0.88),
                    at(neck + 0.12, 1.0),
                ]);
                let inside = [at(neck + 0.06, 1.0), at(neck - 0.05, 0.88), at(0.0, 0.8)];
                room.mesh(name, vessel(&[belly, inside.to_vec()].concat()), pose, &glaze);
            }
            Decor::Crock => {
                room.mesh(
                    name,
                    vessel(&[
                        at(0.0, 0.0),
                        at(0.95, 0.0),
                        at(1.0, 0.05),
                        at(1.0, 1.0),
                        at(0.9, 1.0),
                        at(0.88, 0.3),
                        at(0.0, 0.3),
                    ]),
                    pose,
                    &glaze,
                );
                for k in 0..rng.int(3, 6) {
                    self.stick(room, &format!("{name}.stick_{k}"), pose.translation, radius, height, rng);
                }
            }
            _ => {
                let count = rng.int(3, 6);
                let mut profile = vec![Vec2::ZERO];
                for k in 0..count {
                    let z = height * k as f32 / count as f32;
                    let (rim, step) = (radius * rng.range(0.97, 1.0) as f32, height / count as f32);
                    profile.extend([
                        Vec2::new(0.6 * radius, z),
                        Vec2::new(rim, z + 0.62 * step),
                        Vec2::new(rim, z + 0.85 * step),
                    ]);
                }
                profile.extend([Vec2::new(0.6 * radius, height * 0.93), Vec2::new(0.0, height * 0.93)]);
                room.mesh(name, vessel(&profile), pose, &glaze);
            }
        }
        Some(2.0 * radius)
    }

    /// A brush, spoon or chisel that leans in a crock.
    fn stick(&self, room: &mut Room<'_>, name: &str, foot: Vec3, radius: f32, height: f32, rng: &mut Rng) {
        let half_height = height * rng.range(0.62, 0.85) as f32;
        let (turn, lean) = (rng.range(0.0, 6.2) as f32, rng.range(0.05, 0.24) as f32);
        let rotation = Quat::from_rotation_z(turn) * Quat::from_rotation_y(lean);
        let foot = foot + Vec3::new(0.0, 0.0, 0.35 * height) - (rotation * Vec3::X).with_z(0.0) * 0.3 * radius;
        let material = if rng.chance(0.6) { finish::wood(rng, self.ground).material } else { finish::metal(rng) };
        let stick = rod(rng.range(0.003, 0.0065) as f32, half_height);
        room.mesh(name, stick, Pose::new(foot + rotation * Vec3::Z * half_height, rotation), &material);
    }

    fn books(&self, room: &mut Room<'_>, name: &str, x: f32, to: f32, rng: &mut Rng) -> Option<f32> {
        let count = rng.int(3, 7);
        let mut width = 0.0;
        for k in 0..count {
            let half = Vec3::new(rng.range(0.008, 0.021) as f32, rng.range(0.055, 0.08) as f32, rng.range(0.08, 0.125) as f32);
            if x + width + 2.0 * half.x > to {
                break;
            }
            let part = if k == 0 { name.to_owned() } else { format!("{name}.{k}") };
            let cover = Material { base_color: finish::small(rng, self.ground), roughness: 0.6, ..Material::default() };
            let pose = room.site.at(x + width + half.x, self.y - 0.085 + 0.01 * rng.unit() as f32, self.z + half.z);
            room.block(&part, half, 0.001, pose, &cover);
            width += 2.0 * half.x + 0.0015;
        }
        Some(width).filter(|w| *w > 0.0)
    }

    fn cartons(&self, room: &mut Room<'_>, name: &str, x: f32, to: f32, rng: &mut Rng) -> Option<f32> {
        let half_width = rng.range(0.07, 0.12) as f32;
        if x + 2.0 * half_width > to {
            return None;
        }
        let mut z = self.z;
        for k in 0..rng.int(1, 3) {
            let shrink = 1.0 - 0.12 * k as f32;
            let half = Vec3::new(half_width * shrink, 0.07 * shrink, rng.range(0.025, 0.05) as f32);
            let angle = rng.range(-0.05, 0.05) as f32;
            let pose = room.site.at_angle(x + half_width, self.y - 0.085, z + half.z, angle);
            let part = if k == 0 { name.to_owned() } else { format!("{name}.{k}") };
            let paper = Material { base_color: finish::small(rng, self.ground), roughness: 0.8, ..Material::default() };
            room.block(&part, half, 0.002, pose, &paper);
            z += 2.0 * half.z;
        }
        Some(2.0 * half_width)
    }

    fn slab(&self, room: &mut Room<'_>, name: &str, x: f32, to: f32, rng: &mut Rng) -> Option<f32> {
        let half = Vec3::new(rng.range(0.09, 0.14) as f32, 0.009, rng.range(0.12, 0.19) as f32);
        if x + 2.0 * half.x > to {
            return None;
        }
        let lean = 0.16_f32;
        let (sin, cos) = (libm::sinf(lean), libm::cosf(lean));
        let mut pose =
            room.site.at(x + half.x, self.y - half.z * sin - half.y * cos - 0.002, self.z + half.z * cos + half.y * sin);
        pose.rotation *= Quat::from_rotation_x(-lean);
        room.block(name, half, 0.004, pose, &finish::wood(rng, self.ground).material);
        Some(2.0 * half.x)
    }
}

/// What earthenware and tins are covered with.
fn glaze(ground: Ground, rng: &mut Rng) -> Material {
    if rng.chance(0.2) {
        return finish::metal(rng);
    }
    Material { base_color: finish::small(rng, ground), roughness: rng.range(0.2, 0.7) as f32, ..Material::default() }
}
