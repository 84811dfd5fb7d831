//! The dress of a problem: colours, materials, backdrop, light and camera angle. Drawn wide, but never so that the answer hides:
//! every target has a hue of its own, no target shares the ball's, and what surrounds them is pale or grey.

mod materials;

use raytruth_physics::Substance;
use raytruth_scene::Material;
use raytruth_task::Rng;
use raytruth_task::dress::{Ground, Setting, SettingKind, Shot, hex, paints};
use serde_json::{Map, Value, json};

use crate::ball::BallMaterial;

pub(crate) use raytruth_task::display;
pub(crate) use raytruth_task::dress::{Angles, shown_color};

/// How one sample looks.
pub(crate) struct Look {
    /// The ball's surface.
    pub ball: Material,
    /// One per target, in the order given.
    pub targets: Vec<Material>,
    /// Ramp with its rails.
    pub ramp: Material,
    /// The gate's plate: it must stand out from the ramp.
    pub gate: Material,
    /// The tray's floor.
    pub tray: Material,
    /// The tray's walls.
    pub rim: Material,
    /// Surroundings and light.
    pub setting: Setting,
    /// Camera angle.
    pub shot: Shot,
    /// What was drawn, for metadata.
    pub drawn: Map<String, Value>,
}

impl Look {
    /// `targets`: what each is made of.
    pub(crate) fn draw(rng: &mut Rng, ball: BallMaterial, targets: &[Substance], angles: Angles) -> Self {
        let paints = paints(rng, targets.len(), materials::ball_hue(ball));
        let dark_ball = materials::is_dark(ball);
        let ground = if dark_ball { Ground::Light } else { Ground::Dark };
        let setting = Setting::draw(rng, &SettingKind::ALL, ground);
        let shot = Shot::draw(rng, angles);
        let (ramp_name, ramp) = materials::ramp(rng, dark_ball);
        let (tray_name, tray) = materials::tray(rng, dark_ball);
        let mut drawn = setting.describe();
        drawn.extend(shot.describe());
        drawn.insert("ramp".into(), json!(ramp_name));
        drawn.insert("tray".into(), json!(tray_name));
        drawn.insert("target_colors".into(), paints.iter().map(|&c| hex(display(c))).collect());
        Self {
            ball: materials::ball(ball, rng),
            targets: targets.iter().zip(&paints).map(|(&substance, &paint)| materials::colored(substance, paint, rng)).collect(),
            ramp,
            gate: materials::gate(),
            rim: materials::rim(&tray),
            tray,
            setting,
            shot,
            drawn,
        }
    }
}
