//! Mechanical energy, and the guard against energy out of nothing.

use glam::{DQuat, DVec3};
use rapier3d::prelude::RigidBody;

use crate::engine::Engine;
use crate::{Energy, Error};

/// ½ m v² + ½ ω·Iω and −m g·x of one body, in double precision.
pub(crate) fn of_body(body: &RigidBody, gravity: glam::Vec3) -> Energy {
    let props = &body.mass_properties().local_mprops;
    let frame: DQuat = (body.position().rotation * props.principal_inertia_local_frame).as_dquat();
    let spin = frame.inverse() * body.angvel().as_dvec3();
    let inertia: DVec3 = props.principal_inertia().as_dvec3();
    let mass = f64::from(props.mass());
    let speed2 = body.linvel().as_dvec3().length_squared();
    let kinetic = 0.5 * mass * speed2 + 0.5 * (inertia * spin).dot(spin);
    let potential = -mass * gravity.as_dvec3().dot(body.center_of_mass().as_dvec3());
    Energy { kinetic, potential }
}

/// Watches that energy never grows but where a script pushes.
pub(crate) struct Guard {
    /// Total energy of each dynamic body after the last step, joules; `None` for the others.
    own: Vec<Option<f64>>,
    /// The lowest total since a script last moved.
    lowest: f64,
    /// The greatest kinetic energy so far: what rounding is measured against.
    peak_kinetic: f64,
    /// What the solver may lift by pushing overlaps apart: all weights by 1 mm.
    slack: f64,
}

/// Part of the greatest kinetic energy that may come back: a blow into a pile stores a little in the softness of its contacts,
/// and bounces of several bodies at once are resolved one after the other. An explosion gives back many times more.
const ROUNDING: f64 = 0.05;

/// Height by which overlaps may lift everything as they are pushed apart, metres.
const LIFT: f64 = 1.0e-3;

impl Guard {
    pub(crate) fn new(engine: &Engine, energy: &Energy) -> Self {
        let sim = &engine.built.sim;
        let weight = |body: &RigidBody| f64::from(body.mass() * engine.world.gravity.length());
        let weights: f64 = engine.built.handles.iter().map(|&h| &sim.bodies[h]).filter(|b| b.is_dynamic()).map(weight).sum();
        Self { own: own(engine), lowest: energy.total(), peak_kinetic: energy.kinetic, slack: weights * LIFT }
    }

    /// Looks at the state after a step.
    pub(crate) fn watch(&mut self, engine: &Engine, energy: &Energy, time_s: f64) -> Result<(), Error> {
        let total = energy.total();
        let allowed = self.lowest + ROUNDING * self.peak_kinetic + self.slack;
        self.peak_kinetic = self.peak_kinetic.max(energy.kinetic);
        let now = own(engine);
        if engine.script_moved {
            self.lowest = total;
        } else if total > allowed || !total.is_finite() {
            let gain = |i: usize| now[i].zip(self.own[i]).map_or(f64::NEG_INFINITY, |(now, then)| now - then);
            // A gain that is not a number is the greatest of all.
            let worst = (0..now.len()).max_by(|&a, &b| gain(a).total_cmp(&gain(b))).unwrap_or(0);
            let body = engine.world.bodies[worst].name.clone();
            return Err(Error::Exploded { body, time_s, before_j: self.lowest, after_j: total });
        } else {
            self.lowest = self.lowest.min(total);
        }
        self.own = now;
        Ok(())
    }
}

/// Total energy of each dynamic body.
fn own(engine: &Engine) -> Vec<Option<f64>> {
    let bodies = engine.built.handles.iter().map(|&h| &engine.built.sim.bodies[h]);
    bodies.map(|b| b.is_dynamic().then(|| of_body(b, engine.world.gravity).total())).collect()
}

/// Of all dynamic bodies together.
pub(crate) fn of_all(engine: &Engine) -> Energy {
    let bodies = engine.built.handles.iter().map(|&h| &engine.built.sim.bodies[h]).filter(|b| b.is_dynamic());
    bodies
        .map(|b| of_body(b, engine.world.gravity))
        .fold(Energy::default(), |a, b| Energy { kinetic: a.kinetic + b.kinetic, potential: a.potential + b.potential })
}
