//! Restitution, solved for all contacts of a step together.
//!
//! Newton's law for several impacts at once: every contact that pushes ends with its normal velocity turned round times its
//! coefficient, and none pulls (Moreau, "Unilateral contact and dry friction in finite freedom dynamics", 1988): a linear
//! complementarity problem, here by projected Gauss–Seidel. rapier's own pass goes over the contacts once, so that a
//! ball that meets two blocks at the same time drives the one that comes first in its lists twice as far as its mirror image.

use std::collections::BTreeMap;

use glam::Vec3;
use rapier3d::prelude::{ContactPair, RigidBodyHandle};

use crate::build::Built;
use crate::hooks::PairHooks;
use crate::rolling::inverse_mass;

/// Sweeps over the contacts at most; they end earlier where nothing changes any more.
const SWEEPS: usize = 100;
/// Changes of velocity below this end the sweeps, m/s.
const SETTLED: f32 = 1.0e-6;

/// Velocities of all bodies before a step: linear and angular.
pub(crate) type Before = Vec<(Vec3, Vec3)>;

/// One point at which two bodies bounce off each other.
struct Impact {
    /// The colliders' user data, which names the pair.
    pair: (usize, usize),
    bodies: [usize; 2],
    point: Vec3,
    /// From the first body to the second.
    normal: Vec3,
    /// Speed at which they shall part, m/s.
    parting: f32,
    /// Normal impulse so far, N·s: what the step gave, and what is added to it.
    impulse: f32,
    /// Change of the speed of parting by a unit impulse, 1/kg.
    give: f32,
}

/// Velocities of all bodies.
pub(crate) fn velocities(built: &Built) -> Before {
    built.handles.iter().map(|&h| (built.sim.bodies[h].linvel(), built.sim.bodies[h].angvel())).collect()
}

/// Turns velocities round where bodies have met in the step that was; `before` are those at its start.
pub(crate) fn bounce(built: &mut Built, hooks: &PairHooks, before: &Before) {
    built.bounced.clear();
    let mut impacts = Vec::new();
    for pair in built.sim.narrow_phase.contact_pairs() {
        collect(pair, built, hooks, before, &mut impacts);
    }
    // rapier's order of pairs is an accident.
    impacts.sort_by_key(|i| i.pair);
    for _ in 0..SWEEPS {
        let mut change = 0.0_f32;
        for impact in &mut impacts {
            change = change.max(impact.solve(built));
        }
        if change < SETTLED {
            break;
        }
    }
}

/// The impacts of a pair of colliders.
fn collect(pair: &ContactPair, built: &Built, hooks: &PairHooks, before: &Before, out: &mut Vec<Impact>) {
    let colliders = &built.sim.colliders;
    let [a, b] = [pair.collider1, pair.collider2].map(|handle| colliders[handle].user_data as usize);
    let restitution = hooks.pair(a, b).restitution;
    if restitution <= 0.0 {
        return;
    }
    let bodies = [a, b].map(|i| built.colliders[i].body);
    let frame = colliders[pair.collider1].position();
    for manifold in pair.manifolds() {
        let normal = manifold.data.normal;
        for contact in manifold.points.iter().filter(|c| c.data.impulse > 0.0) {
            let local = manifold.subshape_pos1().map_or(contact.local_p1, |sub| sub.transform_point(contact.local_p1));
            let point = frame.transform_point(local);
            let of = |i: usize| {
                let (linear, angular) = before[bodies[i]];
                linear + angular.cross(point - built.sim.bodies[built.handles[bodies[i]]].center_of_mass())
            };
            let approach = (of(0) - of(1)).dot(normal);
            if approach <= hooks.bounce_threshold {
                continue;
            }
            let give = bodies.map(|i| {
                let (mass, inertia, arm) = inverse_mass(&built.sim.bodies[built.handles[i]], point);
                mass + (inertia * arm.cross(normal)).cross(arm).dot(normal)
            });
            let give = give[0] + give[1];
            if give > 0.0 {
                let (pair, parting, impulse) = ((a, b), restitution * approach, contact.data.impulse);
                out.push(Impact { pair, bodies, point, normal, parting, impulse, give });
            }
        }
    }
}

impl Impact {
    /// Brings the contact to its speed of parting, as far as pushing can. Returns by how much that changed it, m/s.
    fn solve(&mut self, built: &mut Built) -> f32 {
        let handles = self.bodies.map(|i| built.handles[i]);
        let velocity = |h: RigidBodyHandle| built.sim.bodies[h].velocity_at_point(self.point);
        let parting = (velocity(handles[1]) - velocity(handles[0])).dot(self.normal);
        let impulse = (self.impulse + (self.parting - parting) / self.give).max(0.0);
        let push = impulse - self.impulse;
        self.impulse = impulse;
        for (handle, sign) in handles.into_iter().zip([-1.0, 1.0]) {
            let body = &mut built.sim.bodies[handle];
            if body.is_dynamic() {
                body.apply_impulse_at_point(self.normal * (push * sign), self.point, false);
            }
        }
        *built.bounced.entry(self.pair).or_default() += push;
        (push * self.give).abs()
    }
}

/// Normal impulse that bouncing added between two colliders in a step, by their user data.
pub(crate) type Bounced = BTreeMap<(usize, usize), f32>;
