//! Which lights change their power during a clip, and how their light is told apart. The shader's side is
//! `shaders/shared/light_groups.wgsl`.

use raytruth_scene::{Power, Scene};

use crate::RenderError;
use crate::frame_params::MAX_GROUPS;

/// Groups whose still part is summed apart.
pub(crate) const APART: usize = 3;

/// Number of the group of each light; 0 for those whose power never changes.
pub(crate) struct Groups {
    /// Of group 1, 2, ...
    powers: Vec<Power>,
    pub(crate) sky: u32,
    pub(crate) lights: Vec<u32>,
    /// In the order of the scene's materials.
    pub(crate) materials: Vec<u32>,
}

impl Groups {
    /// What surrounds the scene comes first, then the area lights, then materials: the first few groups cost the least.
    pub(crate) fn new(scene: &Scene) -> Result<Self, RenderError> {
        let mut powers: Vec<Power> = Vec::new();
        let mut group = |power: &Power| {
            if !power.is_dimmed() {
                return 0;
            }
            // More than can be told apart are refused below.
            let known =
                powers[..powers.len().min(MAX_GROUPS)].iter().position(|p| (0..scene.frames()).all(|f| p.at(f) == power.at(f)));
            (known.unwrap_or_else(|| {
                powers.push(power.clone());
                powers.len() - 1
            }) + 1) as u32
        };
        let sky = group(&scene.environment_power);
        let lights = scene.lights.iter().map(|l| group(&l.power)).collect();
        let materials = scene.materials.values().map(|m| group(&m.emission_power)).collect();
        if powers.len() >= MAX_GROUPS {
            let most = MAX_GROUPS - 1;
            return Err(RenderError::Scene(format!(
                "its lights change their power in {} different ways; at most {most} can be told apart",
                powers.len()
            )));
        }
        Ok(Self { powers, sky, lights, materials })
    }

    /// What the path tracing kernel must be composed with.
    pub(crate) fn defines(&self) -> impl Iterator<Item = &'static str> {
        let all = [(!self.powers.is_empty(), "LIGHT_GROUPS"), (self.powers.len() > APART, "MANY_POWERS")];
        all.into_iter().filter(|(wanted, _)| *wanted).map(|(_, name)| name)
    }

    /// Whether some power changes.
    pub(crate) fn any(&self) -> bool {
        !self.powers.is_empty()
    }

    /// Power of each group at a frame.
    pub(crate) fn at(&self, frame: usize) -> [[f32; 4]; MAX_GROUPS / 4] {
        let mut out = [[0.0; 4]; MAX_GROUPS / 4];
        out[0][0] = 1.0;
        for (i, power) in self.powers.iter().enumerate() {
            out[(i + 1) / 4][(i + 1) % 4] = power.at(frame);
        }
        out
    }
}
