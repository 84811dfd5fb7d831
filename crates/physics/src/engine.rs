//! The stepping loop: scripts, rapier, bounces, rolling resistance, in this order, at a fixed step.

use glam::Vec3;
use rapier3d::prelude::{ColliderHandle, RigidBodyType};

use crate::build::{Built, build, from_rapier, to_rapier};
use crate::hooks::PairHooks;
use crate::{BakeSettings, Error, Motion, Pose, World};

pub(crate) use crate::build::hull_volume;

/// Slower approaches than this many steps' worth of gravity do not bounce, so that what rests stays at rest: a body that is
/// woken falls freely for one step before rapier holds it again.
const BOUNCE_THRESHOLD_STEPS: f32 = 2.5;

/// Deeper overlaps than this at the start are an error, metres. What rests is a tenth of it deep.
const OVERLAP: f32 = 1.0e-3;

/// A world in motion.
pub(crate) struct Engine<'w> {
    pub world: &'w World,
    pub built: Built,
    pub hooks: PairHooks,
    /// Whether the last step moved a scripted body, which then may have given energy to others.
    pub script_moved: bool,
}

impl<'w> Engine<'w> {
    pub(crate) fn new(world: &'w World, settings: &BakeSettings) -> Result<Self, Error> {
        let built = build(world, settings)?;
        let threshold = BOUNCE_THRESHOLD_STEPS * world.gravity.length() / settings.step_hz as f32;
        let hooks = PairHooks::new(&world.pairs, &built.colliders, threshold);
        Ok(Self { world, built, hooks, script_moved: false })
    }

    /// One step that ends at `time_s` of the scripts.
    pub(crate) fn step(&mut self, time_s: f64) {
        self.script_moved = false;
        if self.at_rest(time_s) {
            // What sleeps stays as it is, its contacts too; rapier would find so at the cost of a step.
            return;
        }
        for (body, &handle) in self.world.bodies.iter().zip(&self.built.handles) {
            if let Some(pose) = body.motion.scripted_pose(time_s) {
                let pose = to_rapier(&pose);
                let body = &mut self.built.sim.bodies[handle];
                self.script_moved |= *body.position() != pose;
                body.set_next_kinematic_position(pose);
            }
        }
        let before = crate::bounce::velocities(&self.built);
        self.built.sim.step_with_events(&self.hooks, &());
        crate::bounce::bounce(&mut self.built, &self.hooks, &before);
        crate::rolling::resist(&mut self.built, &self.hooks);
    }

    /// Whether nothing moves in the step that ends at `time_s`: every body sleeps, and every script stays where it is.
    fn at_rest(&self, time_s: f64) -> bool {
        self.world.bodies.iter().zip(&self.built.handles).all(|(body, &handle)| {
            let state = &self.built.sim.bodies[handle];
            match body.motion.scripted_pose(time_s) {
                Some(pose) => {
                    *state.position() == to_rapier(&pose) && state.linvel() == Vec3::ZERO && state.angvel() == Vec3::ZERO
                }
                None => !state.is_dynamic() || state.is_sleeping(),
            }
        })
    }

    /// Finds what is in contact without letting time pass. A step of no time, because rapier's collision pipeline would leave
    /// the bodies out of its active set.
    pub(crate) fn look(&mut self) {
        let parameters = &mut self.built.sim.integration_parameters;
        let dt = core::mem::replace(&mut parameters.dt, 0.0);
        self.built.sim.step_with_events(&self.hooks, &());
        self.built.sim.integration_parameters.dt = dt;
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
                if thrown.contains(&i) {
                    body.set_body_type(RigidBodyType::Dynamic, true);
                }
                body.set_linvel(linear_velocity, true);
                body.set_angvel(angular_velocity, true);
            }
        }
    }

    /// Refuses bodies that are inside each other before anything moved; the solver would throw them apart.
    pub(crate) fn check_overlap(&self) -> Result<(), Error> {
        let sim = &self.built.sim;
        for pair in sim.narrow_phase.contact_pairs() {
            let Some((_, contact)) = pair.find_deepest_contact().filter(|(_, c)| c.dist < -OVERLAP) else { continue };
            let name = |handle: ColliderHandle| {
                let info = &self.built.colliders[sim.colliders[handle].user_data as usize];
                self.world.bodies[info.body].name.clone()
            };
            return Err(Error::Overlap { a: name(pair.collider1), b: name(pair.collider2), depth_m: -contact.dist });
        }
        Ok(())
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
