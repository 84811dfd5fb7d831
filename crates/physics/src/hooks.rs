//! Friction and restitution of each pair of substances, told to rapier contact by contact.

use rapier3d::prelude::{ColliderHandle, ContactModificationContext, PhysicsHooks, RigidBodyHandle, RigidBodySet, Vector};

use crate::build::ColliderInfo;
use crate::{PairContact, PairTable, Substance};

const N: usize = Substance::ALL.len();

/// Every pair's contact, looked up once per world.
pub(crate) struct PairHooks {
    table: Vec<PairContact>,
    /// Collider index → substance index.
    substances: Vec<usize>,
    /// Below this speed of approach nothing bounces, m/s.
    bounce_threshold: f32,
}

impl PairHooks {
    pub(crate) fn new(pairs: &PairTable, colliders: &[ColliderInfo], bounce_threshold: f32) -> Self {
        let table = (0..N * N).map(|i| pairs.get(Substance::ALL[i / N], Substance::ALL[i % N])).collect();
        Self { table, substances: colliders.iter().map(|c| c.substance).collect(), bounce_threshold }
    }

    /// How two colliders meet, by their user data.
    pub(crate) fn pair(&self, a: usize, b: usize) -> &PairContact {
        &self.table[self.substances[a] * N + self.substances[b]]
    }
}

impl PhysicsHooks for PairHooks {
    fn modify_solver_contacts(&self, context: &mut ContactModificationContext) {
        let data = |handle: ColliderHandle| context.colliders[handle].user_data as usize;
        let pair = *self.pair(data(context.collider1), data(context.collider2));
        let (bodies, body1, body2) = (context.bodies, context.rigid_body1, context.rigid_body2);
        let Some(manifold) = context.rigid_mut() else { return };
        let normal = *manifold.normal;
        let approach = manifold.solver_contacts.iter().map(|c| {
            let relative = velocity_at(bodies, body1, c.anchor1) - velocity_at(bodies, body2, c.anchor2);
            relative.dot(normal)
        });
        let bounces = approach.fold(0.0, f32::max) > self.bounce_threshold;
        *manifold.friction = pair.friction;
        *manifold.restitution = if bounces { pair.restitution } else { 0.0 };
    }
}

/// Velocity of the matter of a body at a point of the world.
fn velocity_at(bodies: &RigidBodySet, body: Option<RigidBodyHandle>, point: Vector) -> Vector {
    body.map_or(Vector::ZERO, |handle| bodies[handle].velocity_at_point(point))
}
