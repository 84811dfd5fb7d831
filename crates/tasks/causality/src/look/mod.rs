//! The dress of a problem: colours, materials, backdrop, light and camera angle. Drawn wide, but never so that the answer hides:
//! every target has a hue of its own, no target shares the ball's, and what surrounds them is pale or grey.

pub(crate) mod balls;
mod materials;
mod palette;
mod studio;

use glam::Vec3;
use raytruth_physics::Substance;
use raytruth_scene::Material;
use raytruth_task::Rng;
use serde_json::{Map, Value, json};

use crate::ball::Ball;

pub(crate) use raytruth_task::display;
pub(crate) use studio::{Angles, Studio, sweep};

/// How one sample looks.
pub(crate) struct Look {
    /// The ball's surface.
    pub ball: Material,
    /// One per target, in the order given.
    pub targets: Vec<Material>,
    /// Ramp with its rails.
    pub ramp: Material,
    /// The latch: it must stand out from the ramp.
    pub latch: Material,
    /// The tray's floor.
    pub tray: Material,
    /// The tray's walls.
    pub rim: Material,
    /// Backdrop, light, camera angle.
    pub studio: Studio,
    /// What was drawn, for metadata.
    pub drawn: Map<String, Value>,
}

impl Look {
    /// `targets`: what each is made of.
    pub(crate) fn draw(rng: &mut Rng, ball: Ball, targets: &[Substance], angles: Angles) -> Self {
        let paints = palette::paints(rng, targets.len(), ball.hue);
        let dark_ball = ball.is_dark;
        let studio = Studio::draw(rng, dark_ball, angles);
        let (ramp_name, ramp) = materials::ramp(rng, dark_ball);
        let (tray_name, tray) = materials::tray(rng, dark_ball);
        let mut drawn = studio.describe();
        drawn.insert("ramp".into(), json!(ramp_name));
        drawn.insert("tray".into(), json!(tray_name));
        drawn.insert("target_colors".into(), paints.iter().map(|&c| hex(display(c))).collect());
        Self {
            ball: (ball.material)(rng),
            targets: targets.iter().zip(&paints).map(|(&substance, &paint)| materials::colored(substance, paint, rng)).collect(),
            ramp,
            latch: materials::latch(),
            rim: materials::rim(&tray),
            tray,
            studio,
            drawn,
        }
    }
}

fn hex([r, g, b]: [u8; 3]) -> Value {
    json!(format!("#{r:02x}{g:02x}{b:02x}"))
}

/// The colour that a surface shows by daylight, as far as one colour says it.
pub(crate) fn shown_color(material: &Material) -> Vec3 {
    match &material.texture {
        // Patterns cover about a third of the surface.
        Some(texture) => material.base_color.lerp(texture.color, 0.33 * texture.strength),
        None => material.base_color,
    }
}
