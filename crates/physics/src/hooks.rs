//! How each pair of substances meets: friction, told to rapier contact by contact, and restitution, which [`crate::bounce`] solves.

use rapier3d::prelude::{ColliderHandle, ContactModificationContext, PhysicsHooks};

use crate::build::ColliderInfo;
use crate::{PairContact, PairTable, Substance};

const N: usize = Substance::ALL.len();

/// Every pair's contact, looked up once per world.
pub(crate) struct PairHooks {
    table: Vec<PairContact>,
    /// Collider index → substance index.
    substances: Vec<usize>,
    /// Below this speed of approach nothing bounces, m/s.
    pub bounce_threshold: f32,
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
        let Some(manifold) = context.rigid_mut() else { return };
        *manifold.friction = pair.friction;
        *manifold.restitution = 0.0;
    }
}
