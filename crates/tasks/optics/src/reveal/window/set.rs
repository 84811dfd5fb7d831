//! The plate with its glass on a rail, and the card on its foot.

use glam::{Vec3, vec3};
use raytruth_scene::{Material, Pose, Role, Shape};
use raytruth_task::{Clip, SceneBuilder};

use super::{ASIDE, CARD, MIDDLE, PLATE, Window};
use crate::bench::{self, HALF};
use crate::look::Look;
use crate::reveal::Set;

impl Set for Window {
    fn furnish(&self, builder: &mut SceneBuilder, look: &Look, _: &Clip, pose: &dyn Fn(&str, u32) -> Pose) {
        // Seen so flatly it would mirror the plate, and take its colour.
        let mut board = Material { specular: 0.1, base_color: 0.5 * look.board.base_color, ..look.board.clone() };
        board.texture.iter_mut().for_each(|texture| texture.color *= 0.5);
        bench::add_board(builder, (&board, &look.metal), HALF, None);
        let (shape, turned) = self.glass.shape(builder);
        let glass = Material { ior: self.glass.n as f32, ..look.glass.clone() };
        let object = builder.add("glass", Role::Apparatus, shape, &glass);
        object.pose = turned;
        object.parent = Some("plate".to_owned());
        // A slide on a rail carries the plate.
        let low = pose("plate", 0).translation.z - PLATE.z;
        let slide = Shape::Box { half_extents: vec3(0.5 * PLATE.x, 0.011, 0.5 * (low - 0.0025)), bevel: 0.0008 };
        let object = builder.part("plate", "plate_slide", slide, &look.metal);
        object.pose = Pose::from_translation(vec3(0.0, 0.0, -PLATE.z - 0.5 * (low - 0.0025)));
        object.parent = Some("plate".to_owned());
        let aside = if self.rightwards { 0.5 * ASIDE } else { -0.5 * ASIDE };
        let rail = Shape::Box { half_extents: vec3(0.5 * ASIDE + PLATE.x, 0.004, 0.001), bevel: 0.0 };
        builder.add("track", Role::Apparatus, rail, &look.metal).pose = Pose::from_translation(vec3(aside, 0.0, 0.001));
        let (card, [half, thin]) = (self.card().as_vec3(), CARD.map(|v| v as f32));
        let pale = Material { base_color: Vec3::splat(0.6), roughness: 0.7, ..Material::default() };
        let sheet = Shape::Box { half_extents: vec3(half, thin, half), bevel: 0.0005 };
        builder.add("card", Role::Apparatus, sheet, &pale).pose = Pose::from_translation(card + thin * Vec3::Y);
        let high = 0.5 * (card.z - half);
        let leg = Shape::Box { half_extents: vec3(0.004, 0.003, high), bevel: 0.0005 };
        builder.add("card_leg", Role::Apparatus, leg, &look.metal).pose =
            Pose::from_translation(vec3(card.x, card.y + thin + 0.0015, high));
        let foot = Shape::Box { half_extents: vec3(0.018, 0.012, 0.0025), bevel: 0.0008 };
        builder.add("card_foot", Role::Apparatus, foot, &look.metal).pose =
            Pose::from_translation(vec3(card.x, card.y + 0.004, 0.0025));
    }

    fn shows_others(&self) -> Vec<String> {
        vec!["glass".to_owned()]
    }

    fn bounds(&self) -> [Vec3; 2] {
        let top = (MIDDLE.z as f32) + PLATE.z;
        [vec3(-0.1, -0.02, 0.012), vec3(0.1, 0.06, top)]
    }
}
