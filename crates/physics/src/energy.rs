//! Mechanical energy, and the guard against energy out of nothing.

use glam::{DQuat, DVec3};
use rapier3d::prelude::RigidBody;

use crate::Energy;

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
