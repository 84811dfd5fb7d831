//! The stepping loop: scripts, rapier, rolling resistance, in this order, at a fixed step.

use rapier3d::prelude::RigidBodyType;

use crate::build::{Built, build, from_rapier, to_rapier};
use crate::hooks::PairHooks;
use crate::{BakeSettings, Error, Motion, Pose, World};

pub(crate) use crate::build::hull_volume;

/// Slower approaches than this many steps' worth of gravity do not bounce, so that what rests stays at rest.
const BOUNCE_THRESHOLD_STEPS: f32 = 1.0;

/// A world in motion.
pub(crate) struct Engine<'w> {
    pub world: &'w World,
    pub built: Built,
    pub hooks: PairHooks,
}

impl<'w> Engine<'w> {
    pub(crate) fn new(world: &'w World, settings: &BakeSettings) -> Result<Self, Error> {
        let built = build(world, settings)?;
        let threshold = BOUNCE_THRESHOLD_STEPS * world.gravity.length() / settings.step_hz as f32;
        let hooks = PairHooks::new(&world.pairs, &built.colliders, threshold);
        Ok(Self { world, built, hooks })
    }

    /// One step that ends at `time_s` of the scripts.
    pub(crate) fn step(&mut self, time_s: f64) {
        for (body, &handle) in self.world.bodies.iter().zip(&self.built.handles) {
            if let Some(pose) = body.motion.scripted_pose(time_s) {
                self.built.sim.bodies[handle].set_next_kinematic_position(to_rapier(&pose));
            }
        }
        self.built.sim.step_with_events(&self.hooks, &());
        crate::rolling::resist(&mut self.built, &self.hooks);
    }

    /// Lets everything come to rest for some steps: scripts wait at their start, thrown bodies hang where they are.
    pub(crate) fn settle(&mut self, steps: usize) {
        let thrown: Vec<usize> = (0..self.world.bodies.len()).filter(|&i| is_thrown(&self.world.bodies[i].motion)).collect();
        for &i in &thrown {
            self.built.sim.bodies[self.built.handles[i]].set_body_type(RigidBodyType::Fixed, true);
        }
        for _ in 0..steps {
            self.step(0.0);
        }
        for (i, &handle) in self.built.handles.iter().enumerate() {
            let body = &mut self.built.sim.bodies[handle];
            if let Motion::Dynamic { linear_velocity, angular_velocity, .. } = self.world.bodies[i].motion {
                body.set_body_type(RigidBodyType::Dynamic, true);
                body.set_linvel(linear_velocity, true);
                body.set_angvel(angular_velocity, true);
            }
        }
    }

    /// Where a body is.
    pub(crate) fn pose(&self, body: usize) -> Pose {
        from_rapier(self.built.sim.bodies[self.built.handles[body]].position())
    }
}

/// Whether a body has a velocity at the start.
fn is_thrown(motion: &Motion) -> bool {
    matches!(motion, Motion::Dynamic { linear_velocity: v, angular_velocity: w, .. } if v.length_squared() + w.length_squared() > 0.0)
}
