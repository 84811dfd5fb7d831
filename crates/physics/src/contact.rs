use std::collections::BTreeMap;

use glam::Vec3;
use rapier3d::prelude::ContactPair;
use serde::{Deserialize, Serialize};

use crate::build::Built;

/// Two bodies came to touch.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ContactEvent {
    /// The step at whose end the touch was seen; its time is `step / step_hz`. 0 for bodies placed in contact.
    pub step: usize,
    /// Seconds.
    pub time_s: f64,
    /// Index of one body, the smaller one.
    pub body_a: usize,
    /// Index of the other.
    pub body_b: usize,
    /// Where, world coordinates, metres: the mean of the contact points, weighted by impulse.
    pub point: Vec3,
    /// Unit normal from `body_a` to `body_b`.
    pub normal: Vec3,
    /// Speed at which the bodies approached along the normal one step before, m/s; 0 for bodies placed in contact.
    pub approach_speed: f32,
    /// Normal impulse of the collision, N·s: summed over its first 12.5 ms.
    pub impulse: f32,
}

/// Seconds without a touch after which the next one is a new event, and over which an event's impulse is summed.
const EVENT_SPAN_S: f64 = 0.0125;

/// Gap up to which bodies count as placed in contact, metres.
const PLACED_GAP: f32 = 5.0e-4;

/// Where, along which normal (from the first collider to the second) and with how much normal impulse two colliders
/// pushed each other during the last step; `None` when they did not.
pub(crate) fn resultant(pair: &ContactPair, built: &Built) -> Option<(Vec3, Vec3, f32)> {
    let colliders = &built.sim.colliders;
    let frame = colliders[pair.collider1].position();
    let (mut point, mut push, mut impulse) = (Vec3::ZERO, Vec3::ZERO, 0.0);
    for manifold in pair.manifolds() {
        for contact in manifold.points.iter().filter(|c| c.data.impulse > 0.0) {
            let local = manifold.subshape_pos1().map_or(contact.local_p1, |sub| sub.transform_point(contact.local_p1));
            point += frame.transform_point(local) * contact.data.impulse;
            push += manifold.data.normal * contact.data.impulse;
            impulse += contact.data.impulse;
        }
    }
    let [a, b] = [pair.collider1, pair.collider2].map(|handle| colliders[handle].user_data as usize);
    let bounced = built.bounced.get(&(a, b)).copied().unwrap_or(0.0);
    (impulse > 0.0).then(|| (point / impulse, push.normalize_or_zero(), (impulse + bounced).max(0.0)))
}

/// Turns what the engine saw at each step into events.
pub(crate) struct ContactLog {
    step_hz: u32,
    /// Pair of bodies → last step of touch, index of its latest event.
    live: BTreeMap<(usize, usize), (usize, usize)>,
    pub events: Vec<ContactEvent>,
}

impl ContactLog {
    /// Begins with what is in contact at time 0.
    pub(crate) fn new(step_hz: u32, built: &Built) -> Self {
        let mut log = Self { step_hz, live: BTreeMap::new(), events: Vec::new() };
        for pair in built.sim.narrow_phase.contact_pairs() {
            let Some((manifold, contact)) = pair.find_deepest_contact().filter(|(_, c)| c.dist <= PLACED_GAP) else { continue };
            let frame = built.sim.colliders[pair.collider1].position();
            let local = manifold.subshape_pos1().map_or(contact.local_p1, |sub| sub.transform_point(contact.local_p1));
            let normal = frame.rotation * manifold.subshape_pos1().map_or(manifold.local_n1, |s| s.rotation * manifold.local_n1);
            log.touch(0, bodies_of(pair, built), frame.transform_point(local), normal, 0.0, |_| 0.0);
        }
        log.sort_from(0);
        log
    }

    /// Reads the contacts of the step that just ended. `approach` gives the speed of approach of two bodies at a point along
    /// a normal before the step.
    pub(crate) fn observe(&mut self, step: usize, built: &Built, approach: impl Fn([usize; 2], Vec3, Vec3) -> f32) {
        let first = self.events.len();
        for pair in built.sim.narrow_phase.contact_pairs() {
            if let Some((point, normal, impulse)) = resultant(pair, built) {
                let bodies = bodies_of(pair, built);
                self.touch(step, bodies, point, normal, impulse, |normal| approach(ordered(bodies), point, normal));
            }
        }
        self.sort_from(first);
    }

    fn touch(
        &mut self,
        step: usize,
        bodies: [usize; 2],
        point: Vec3,
        normal: Vec3,
        impulse: f32,
        approach: impl Fn(Vec3) -> f32,
    ) {
        let normal = if bodies[0] < bodies[1] { normal } else { -normal };
        let [body_a, body_b] = ordered(bodies);
        let span = (EVENT_SPAN_S * f64::from(self.step_hz)) as usize;
        if let Some((last, index)) = self.live.get_mut(&(body_a, body_b))
            && step <= *last + span
        {
            *last = step;
            let event = &mut self.events[*index];
            if step < event.step + span {
                event.impulse += impulse;
            }
            return;
        }
        self.live.insert((body_a, body_b), (step, self.events.len()));
        let time_s = step as f64 / f64::from(self.step_hz);
        let approach_speed = approach(normal).max(0.0);
        self.events.push(ContactEvent { step, time_s, body_a, body_b, point, normal, approach_speed, impulse });
    }

    /// Orders the events of one step by their bodies: the engine's order of pairs is an accident.
    fn sort_from(&mut self, first: usize) {
        self.events[first..].sort_by_key(|e| (e.body_a, e.body_b));
        for (i, e) in self.events.iter().enumerate().skip(first) {
            self.live.insert((e.body_a, e.body_b), (e.step, i));
        }
    }
}

fn bodies_of(pair: &ContactPair, built: &Built) -> [usize; 2] {
    [pair.collider1, pair.collider2].map(|handle| built.colliders[built.sim.colliders[handle].user_data as usize].body)
}

fn ordered([a, b]: [usize; 2]) -> [usize; 2] {
    [a.min(b), a.max(b)]
}
