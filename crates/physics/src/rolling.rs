//! Rolling resistance, which rapier does not know.
//!
//! Model: the constant directional torque of Ai, Chen, Rotter & Ooi, "Assessment of rolling resistance models in discrete
//! element simulations", Powder Technology 206 (2011) 269–282, their model A: a torque c·N·r against the relative
//! rotation, with the reduced radius 1/r = 1/r₁ + 1/r₂ of two round bodies. A solid ball on a plane then slows down by
//! a = c·g / (1 + 2/5) and comes to rest after v² / (2a).

use glam::{Mat3, Vec3};
use rapier3d::prelude::{ContactPair, RigidBody};

use crate::build::Built;
use crate::hooks::PairHooks;

/// Slip below this part of the rolling speed counts as rolling.
const SLIP_LIMIT: f32 = 0.02;

/// One contact that resists.
struct Hold {
    bodies: [usize; 2],
    point: Vec3,
    normal: Vec3,
    /// Unit axes, world, about which it may be resisted alone; `None` for all.
    axis: Option<Vec3>,
    radius: f32,
    /// c · J · r, N·m·s.
    limit: f32,
}

/// Takes from every rolling contact what its resistance takes in one step, given the normal impulse of the step that was.
pub(crate) fn resist(built: &mut Built, hooks: &PairHooks) {
    let mut holds = Vec::new();
    for pair in built.sim.narrow_phase.contact_pairs() {
        holds.extend(hold_of(pair, built, hooks));
    }
    for hold in holds {
        apply(&hold, built);
    }
}

/// What resists at a pair of colliders, if anything does.
fn hold_of(pair: &ContactPair, built: &Built, hooks: &PairHooks) -> Option<Hold> {
    let colliders = &built.sim.colliders;
    let [a, b] = [pair.collider1, pair.collider2].map(|handle| colliders[handle].user_data as usize);
    let infos = [&built.colliders[a], &built.colliders[b]];
    let coefficient = hooks.pair(a, b).rolling;
    if coefficient <= 0.0 || (infos[0].round.is_none() && infos[1].round.is_none()) {
        return None;
    }
    let (point, normal, impulse) = crate::contact::resultant(pair, built)?;
    let mut axis = None;
    let mut curvature = 0.0;
    for (info, handle) in infos.iter().zip([pair.collider1, pair.collider2]) {
        let Some((radius, own_axis)) = info.round else { continue };
        if let Some(local) = own_axis {
            let world = colliders[handle].position().rotation * local;
            if world.dot(normal).abs() > 0.5 {
                // It stands on its end; nothing rolls.
                continue;
            }
            axis = Some(world);
        }
        curvature += 1.0 / radius;
    }
    let radius = (curvature > 0.0).then(|| 1.0 / curvature)?;
    Some(Hold { bodies: [infos[0].body, infos[1].body], point, normal, axis, radius, limit: coefficient * impulse * radius })
}

/// Velocity-level solution for one contact: a torque impulse of at most `limit` against the relative rotation, and with it
/// the friction impulse that keeps a rolling contact from slipping. It never turns the rotation around, so that it takes
/// energy and never gives any.
fn apply(hold: &Hold, built: &mut Built) {
    let handles = hold.bodies.map(|i| built.handles[i]);
    let sim = &mut built.sim.bodies;
    let [(inv_m1, inv_i1, arm1), (inv_m2, inv_i2, arm2)] = handles.map(|h| inverse_mass(&sim[h], hold.point));
    let spin = sim[handles[0]].angvel() - sim[handles[1]].angvel();
    let spin = hold.axis.map_or(spin, |axis| axis * spin.dot(axis));
    let speed = spin.length();
    if speed < 1.0e-6 {
        return;
    }
    let direction = spin / speed;
    // Change of the relative rotation and of the slip by a unit torque impulse against `direction`.
    let (turn1, turn2) = (inv_i1 * direction, inv_i2 * direction);
    let slip = sim[handles[0]].velocity_at_point(hold.point) - sim[handles[1]].velocity_at_point(hold.point);
    let tangent = |v: Vec3| v - hold.normal * v.dot(hold.normal);
    let mut friction = Vec3::ZERO;
    if tangent(slip).length() < SLIP_LIMIT * speed * hold.radius {
        let slip_gain = tangent(-turn1.cross(arm1) - turn2.cross(arm2));
        friction = cancel(slip_gain, hold.normal, [(inv_m1, inv_i1, arm1), (inv_m2, inv_i2, arm2)]);
    }
    let turned = -turn1 - turn2 + inv_i1 * arm1.cross(friction) + inv_i2 * arm2.cross(friction);
    let slowing = -turned.dot(direction);
    if slowing <= 0.0 {
        return;
    }
    let torque = hold.limit.min(speed / slowing);
    for (handle, sign, arm) in [(handles[0], 1.0, arm1), (handles[1], -1.0, arm2)] {
        let body = &mut sim[handle];
        if body.is_dynamic() {
            body.apply_torque_impulse((-direction + arm.cross(friction)) * (torque * sign), false);
            body.apply_impulse(friction * (torque * sign), false);
        }
    }
}

/// Inverse mass, inverse inertia in world axes, and arm from the centre of mass to a point.
pub(crate) fn inverse_mass(body: &RigidBody, point: Vec3) -> (f32, Mat3, Vec3) {
    let props = body.mass_properties();
    if !body.is_dynamic() {
        return (0.0, Mat3::ZERO, Vec3::ZERO);
    }
    let i = props.local_mprops.world_inv_inertia(&body.position().rotation);
    let inertia = Mat3::from_cols_array(&[i.m11, i.m12, i.m13, i.m12, i.m22, i.m23, i.m13, i.m23, i.m33]);
    (props.local_mprops.inv_mass, inertia, point - body.center_of_mass())
}

/// The tangential impulse on the first body (its opposite on the second) that cancels a change of slip.
fn cancel(slip: Vec3, normal: Vec3, bodies: [(f32, Mat3, Vec3); 2]) -> Vec3 {
    let u = normal.any_orthonormal_vector();
    let v = normal.cross(u);
    let response = |d: Vec3| bodies.iter().map(|(m, i, arm)| d * *m + (*i * arm.cross(d)).cross(*arm)).sum::<Vec3>();
    let (ku, kv) = (response(u), response(v));
    let (a, b, c, d) = (ku.dot(u), kv.dot(u), ku.dot(v), kv.dot(v));
    let det = a * d - b * c;
    if det.abs() < f32::MIN_POSITIVE {
        return Vec3::ZERO;
    }
    let (x, y) = (-slip.dot(u), -slip.dot(v));
    u * ((d * x - b * y) / det) + v * ((a * y - c * x) / det)
}
