use glam::Vec3;
use raytruth_scene::Pose;
use serde::{Deserialize, Serialize};

use crate::contact::ContactLog;
use crate::energy::{self, Guard};
use crate::engine::Engine;
use crate::{ContactEvent, Error, Track, World};

/// How long and how finely to simulate.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BakeSettings {
    /// Simulated seconds.
    pub duration_s: f64,
    /// Steps per second, at least 240; every step is recorded.
    pub step_hz: u32,
    /// Solver substeps per step. With 4, heavy balls that crush light blocks gain several percent of energy; with 8, 1 %.
    pub iterations: u32,
    /// Seconds of [`crate::settle`] on a copy of the world before time 0.
    pub settle_s: f64,
}

impl Default for BakeSettings {
    fn default() -> Self {
        Self { duration_s: 2.0, step_hz: 480, iterations: 8, settle_s: 0.0 }
    }
}

/// What happened: poses, velocities, energies and contacts at every step. Rendering reads only this.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bake {
    /// Steps per second.
    pub step_hz: u32,
    /// One per body, in the world's order.
    pub tracks: Vec<Track>,
    /// Touches in the order they began; those that held from the start have `step` 0.
    pub contacts: Vec<ContactEvent>,
    /// Of all dynamic bodies together, one entry per step.
    pub energy: Vec<Energy>,
}

/// Mechanical energy, joules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Energy {
    /// Of motion and rotation.
    pub kinetic: f64,
    /// −m g·x over the centres of mass: zero at the world's origin.
    pub potential: f64,
}

impl Energy {
    /// Kinetic and potential together.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.kinetic + self.potential
    }
}

/// Simulates a world.
///
/// # Errors
/// When the world or a setting makes no sense ([`World::validate`]), or when energy appears out of nothing.
pub fn bake(world: &World, settings: &BakeSettings) -> Result<Bake, Error> {
    bake_until(world, settings, |_| false)
}

/// Simulates a world up to the first step after which `done` says so, or for the whole duration.
///
/// # Errors
/// As [`bake`].
pub fn bake_until(world: &World, settings: &BakeSettings, mut done: impl FnMut(&Bake) -> bool) -> Result<Bake, Error> {
    crate::validate::validate(world, settings)?;
    let mut engine = Engine::new(world, settings)?;
    engine.look();
    engine.check_overlap()?;
    engine.settle(steps(settings.settle_s, settings.step_hz));
    let mut bake = Bake { step_hz: settings.step_hz, tracks: Vec::new(), contacts: Vec::new(), energy: Vec::new() };
    bake.tracks.extend(world.bodies.iter().map(|b| Track { name: b.name.clone(), ..Track::default() }));
    bake.record(&engine);
    let mut guard = Guard::new(&engine, &bake.energy[0]);
    let mut log = ContactLog::new(settings.step_hz, &engine.built);
    for step in 1..=steps(settings.duration_s, settings.step_hz) {
        engine.step(bake.time_of(step));
        log.observe(step, &engine.built, |[a, b], point, normal| {
            (bake.velocity_of(a, &engine, point) - bake.velocity_of(b, &engine, point)).dot(normal)
        });
        bake.record(&engine);
        guard.watch(&engine, &bake.energy[step], bake.time_of(step))?;
        if done(&bake) {
            break;
        }
    }
    bake.contacts = log.events;
    Ok(bake)
}

/// Whole steps in a duration.
pub(crate) fn steps(seconds: f64, step_hz: u32) -> usize {
    libm::round(seconds * f64::from(step_hz)) as usize
}

impl Bake {
    /// Appends the state of the engine.
    fn record(&mut self, engine: &Engine) {
        for (i, track) in self.tracks.iter_mut().enumerate() {
            let body = &engine.built.sim.bodies[engine.built.handles[i]];
            track.poses.push(engine.pose(i));
            track.linear.push(body.linvel());
            track.angular.push(body.angvel());
        }
        self.energy.push(energy::of_all(engine));
    }

    /// Velocity, before the step in progress, of a body's matter at a point.
    fn velocity_of(&self, body: usize, engine: &Engine, point: Vec3) -> Vec3 {
        let track = &self.tracks[body];
        let last = track.linear.len() - 1;
        let centre = engine.built.sim.bodies[engine.built.handles[body]].center_of_mass();
        track.linear[last] + track.angular[last].cross(point - centre)
    }

    /// Number of steps; every track has one entry more.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.energy.len().saturating_sub(1)
    }

    /// Simulated seconds.
    #[must_use]
    pub fn duration_s(&self) -> f64 {
        self.steps() as f64 / f64::from(self.step_hz)
    }

    /// Seconds at a step.
    #[must_use]
    pub fn time_of(&self, step: usize) -> f64 {
        step as f64 / f64::from(self.step_hz)
    }

    /// The index of a body by name.
    #[must_use]
    pub fn index_of(&self, name: &str) -> Option<usize> {
        self.tracks.iter().position(|t| t.name == name)
    }

    /// Pose of a body at a time, interpolated between steps; the ends hold beyond them.
    ///
    /// # Panics
    /// When there is no such body.
    #[must_use]
    pub fn pose_at(&self, body: usize, time_s: f64) -> Pose {
        let (i, s) = self.locate(time_s);
        let poses = &self.tracks[body].poses;
        if s == 0.0 { poses[i] } else { crate::motion::interpolate(&poses[i], &poses[i + 1], s) }
    }

    /// Step below a time, and the fraction of a step beyond it.
    fn locate(&self, time_s: f64) -> (usize, f32) {
        let x = (time_s * f64::from(self.step_hz)).clamp(0.0, self.steps() as f64);
        let i = x as usize;
        if i >= self.steps() { (self.steps(), 0.0) } else { (i, (x - i as f64) as f32) }
    }

    /// Speed of a body's centre of mass at a time, m/s.
    ///
    /// # Panics
    /// When there is no such body.
    #[must_use]
    pub fn speed_at(&self, body: usize, time_s: f64) -> f32 {
        let (i, s) = self.locate(time_s);
        let linear = &self.tracks[body].linear;
        if s == 0.0 { linear[i].length() } else { linear[i].lerp(linear[i + 1], s).length() }
    }

    /// The time from which a body stays slower than `linear` (m/s) and `angular` (rad/s); `None` when it never rests.
    ///
    /// # Panics
    /// When there is no such body.
    #[must_use]
    pub fn rest_time(&self, body: usize, linear: f32, angular: f32) -> Option<f64> {
        let track = &self.tracks[body];
        let moving = (0..=self.steps()).rev().find(|&i| track.linear[i].length() > linear || track.angular[i].length() > angular);
        match moving {
            None => Some(0.0),
            Some(i) if i == self.steps() => None,
            Some(i) => Some(self.time_of(i + 1)),
        }
    }

    /// [`Self::rest_time`] of the last body to come to rest.
    #[must_use]
    pub fn all_rest_time(&self, linear: f32, angular: f32) -> Option<f64> {
        (0..self.tracks.len()).try_fold(0.0, |t: f64, body| Some(t.max(self.rest_time(body, linear, angular)?)))
    }

    /// Whether all bodies have been slower than `linear` (m/s) and `angular` (rad/s) for the last `seconds`.
    #[must_use]
    pub fn is_still(&self, seconds: f64, linear: f32, angular: f32) -> bool {
        let from = (self.steps() + 1).checked_sub(steps(seconds, self.step_hz).max(1));
        let slow = |v: &Vec3, limit: f32| v.length_squared() <= limit * limit;
        let is_slow = |track: &Track, step: usize| slow(&track.linear[step], linear) && slow(&track.angular[step], angular);
        // The last step first: as a rule something moves there.
        from.is_some_and(|from| (from..=self.steps()).rev().all(|step| self.tracks.iter().all(|track| is_slow(track, step))))
    }

    /// The first touch of two bodies, in either order.
    #[must_use]
    pub fn first_contact(&self, a: usize, b: usize) -> Option<&ContactEvent> {
        let (a, b) = (a.min(b), a.max(b));
        self.contacts.iter().find(|c| c.body_a == a && c.body_b == b)
    }

    /// The first touch of a body with any other.
    #[must_use]
    pub fn first_contact_of(&self, body: usize) -> Option<&ContactEvent> {
        self.contacts.iter().find(|c| c.body_a == body || c.body_b == body)
    }

    /// FNV-1a over the bits of everything recorded: equal simulations have equal digests.
    #[must_use]
    pub fn digest(&self) -> u64 {
        crate::track::digest(self)
    }
}
