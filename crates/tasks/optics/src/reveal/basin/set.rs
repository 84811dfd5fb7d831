//! The basin in its block, the liquid that drains, and the pegs.

use glam::{Vec2, Vec3, vec3};
use raytruth_scene::{Aabb, Absorption, Material, Pose, Role, Shape, Track};
use raytruth_task::{Clip, SceneBuilder};

use super::{BAR, BELOW, Basin, DRAINS, HALF};
use crate::bench;
use crate::look::Look;
use crate::reveal::Set;

/// Half of the block across and along, metres.
const BLOCK: Vec2 = Vec2::new(0.25, 0.235);
/// Thickness of the basin's lining; the liquid reaches a little into it.
const LINING: f32 = 0.003;
const INTO: f32 = 0.0004;
/// Paths in the liquid meet lamps by chance alone: narrow ones leave grain. Edges over distance.
const LAMP: f64 = 1.5;
/// A film of this height is gone, metres.
const FILM: f32 = 0.0008;

impl Basin {
    /// Height of the liquid's surface over the bottom at a time.
    fn level(&self, time: f64) -> f32 {
        let part = ((time - DRAINS.0) / (DRAINS.1 - DRAINS.0)).clamp(0.0, 1.0);
        (self.depth * (1.0 - part)) as f32
    }

    fn bottom(&self) -> f32 {
        -(BELOW + self.depth) as f32
    }
}

impl Set for Basin {
    fn furnish(&self, builder: &mut SceneBuilder, look: &Look, clip: &Clip, _: &dyn Fn(&str, u32) -> Pose) {
        let (inner, bottom) = (Vec2::new(HALF[0] as f32, HALF[1] as f32), self.bottom());
        let outer = inner + LINING;
        bench::add_board(builder, (&look.board, &look.metal), BLOCK, Some((outer, LINING - bottom)));
        let lining = Material { base_color: Vec3::splat(0.62), roughness: 0.35, ..Material::default() };
        let floor = Shape::Box { half_extents: outer.extend(0.5 * LINING), bevel: 0.0 };
        builder.add("basin", Role::Apparatus, floor, &lining).pose =
            Pose::from_translation(vec3(0.0, 0.0, bottom - 0.5 * LINING));
        let high = -0.5 * bottom;
        let walls = [
            (inner.x + 0.5 * LINING, 0.0),
            (-inner.x - 0.5 * LINING, 0.0),
            (0.0, inner.y + 0.5 * LINING),
            (0.0, -inner.y - 0.5 * LINING),
        ];
        for (i, (x, y)) in walls.into_iter().enumerate() {
            let half = if y == 0.0 { vec3(0.5 * LINING, outer.y, high) } else { vec3(inner.x, 0.5 * LINING, high) };
            let wall = Shape::Box { half_extents: half, bevel: 0.0 };
            builder.part("basin", &format!("basin_{i}"), wall, &lining).pose = Pose::from_translation(vec3(x, y, -high + 0.0002));
        }
        // A little blue, so that one sees how full the basin is.
        let absorption = Some(Absorption { color: vec3(0.8, 0.93, 0.96), distance: 0.2 });
        let clear = Material { base_color: Vec3::ONE, roughness: 0.0, transmission: 1.0, absorption, ..Material::default() };
        let water = Material { ior: self.n as f32, ..clear };
        let levels: Vec<f32> = (0..clip.frames).map(|frame| self.level(clip.time_of(frame))).collect();
        let shape = |level: &f32| match level {
            level if *level < FILM => Shape::Nothing,
            level => Shape::Box { half_extents: (inner + INTO).extend(0.5 * (level + INTO)), bevel: 0.0 },
        };
        let object = builder.add("water", Role::Apparatus, shape(&levels[0]), &water);
        object.shapes = levels.iter().map(shape).collect();
        let poses = levels.iter().map(|level| Pose::from_translation(vec3(0.0, 0.0, bottom + 0.5 * (level - INTO)))).collect();
        object.track = Some(Track { poses });
        for (i, y) in self.pegs.iter().enumerate() {
            for (k, side) in [-1.0_f32, 1.0].into_iter().enumerate() {
                let peg = Shape::Cylinder { radius: 0.006, half_height: 0.009, bevel: 0.0015 };
                let at = vec3(side * (BAR[0] as f32 + 0.009), *y as f32, 0.009);
                builder.add(&format!("peg_{i}_{k}"), Role::Apparatus, peg, &look.housing).pose = Pose::from_translation(at);
            }
        }
    }

    fn least_lamp(&self) -> f64 {
        LAMP
    }

    fn shows_others(&self) -> Vec<String> {
        vec!["water".to_owned()]
    }

    /// The liquid alone would show the disc through its sides too, which walls hide.
    fn seen_percent(&self) -> u8 {
        25
    }

    fn bounds(&self) -> [Vec3; 2] {
        [vec3(-0.145, -0.208, 0.0), vec3(0.145, 0.208, 0.012)]
    }

    fn board(&self) -> Aabb {
        Aabb { min: (-BLOCK).extend(self.bottom() - LINING), max: BLOCK.extend(0.015) }
    }
}
