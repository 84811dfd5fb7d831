//! A ball that nothing drives, simulated until it rests.

use glam::Vec3;
use raytruth_physics::{Bake, BakeSettings, Error, World, bake_until};
use raytruth_scene::Pose;
use raytruth_task::ensemble::{Ensemble, Trial};
use raytruth_task::{Rejection, Rng, round6};
use serde_json::{Value, json};

/// Simulated at most, seconds.
const LONGEST: f64 = 3.0;
/// It is at rest if for so many seconds it was not faster than so many m/s and rad/s.
const STILL: (f64, f32, f32) = (0.08, 1.5e-3, 0.06);
/// Its place holds with this part of a slot's width to spare.
const SPARE: f32 = 0.25;
/// Of the steps simulated a second each so many-th is kept.
const KEPT: usize = 4;

/// What is shown, and what only has to tell a place, steps a second.
pub(super) const SHOWN: u32 = 480;
pub(super) const MEMBER: u32 = 240;

/// What a ball did.
#[derive(Clone, Debug)]
pub(super) struct Free(Bake);

impl Free {
    /// Simulates a world, of which the last body is the ball, from when it moves off, which may take so many seconds.
    pub(super) fn simulate(world: &World, step_hz: u32, moves_off: f64) -> Result<Self, Error> {
        let settings = BakeSettings { duration_s: LONGEST, step_hz, iterations: 4, settle_s: 0.0 };
        let mut bake =
            bake_until(world, &settings, |bake| bake.duration_s() > moves_off && bake.is_still(STILL.0, STILL.1, STILL.2))?;
        bake.tracks.drain(..world.bodies.len() - 1);
        Ok(Self(bake))
    }

    /// Seconds until it rests.
    pub(super) fn takes(&self) -> f64 {
        self.0.duration_s() - STILL.0
    }

    /// Where it rests.
    pub(super) fn end(&self) -> Vec3 {
        self.0.tracks[0].poses[self.0.steps()].translation
    }

    /// When something first holds of its place, seconds.
    pub(super) fn first(&self, holds: impl Fn(Vec3) -> bool) -> Option<f64> {
        self.0.tracks[0].poses.iter().position(|pose| holds(pose.translation)).map(|step| self.0.time_of(step))
    }

    /// Its poses, and how many there are a second.
    pub(super) fn poses(&self) -> (Vec<Pose>, f64) {
        let poses = &self.0.tracks[0].poses;
        let mut kept: Vec<Pose> = poses.iter().step_by(KEPT).copied().collect();
        if let (Some(last), Some(end)) = (kept.last_mut(), poses.last()) {
            *last = *end;
        }
        (kept, f64::from(self.0.step_hz) / KEPT as f64)
    }
}

/// Where a ball must rest whatever a person cannot tell: sideways place and width of its slot, metres, and within how many seconds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Due {
    pub x: f32,
    pub slot: f32,
    pub within: f64,
}

/// Proves that a ball rests where it is due in every member of an ensemble, and says how far from it it may get, metres. `lean`: as in
/// [`Ensemble::certify`].
pub(super) fn certify<J: Sync>(
    rng: &mut Rng,
    due: Due,
    jitter: impl FnMut(&mut Rng) -> J,
    lean: impl Fn(&J) -> f32,
    member: impl Fn(&J) -> Result<Free, Error> + Sync,
) -> Result<f32, Rejection> {
    let trial = Trial { name: "ball", candidates: 1, in_full: true };
    let one = |jitter: &J| {
        let free = member(jitter).map_err(|_| "it cannot be simulated")?;
        let off = (free.end().x - due.x).abs();
        match () {
            () if off > SPARE * due.slot => Err("it rests elsewhere"),
            () if free.takes() > due.within => Err("it is not at rest in time"),
            () => Ok(off),
        }
    };
    let agreed = Ensemble::USUAL.certify(&[trial], rng, jitter, lean, |member| one(member.jitter))?;
    Ok(agreed.iter().flat_map(|a| &a.members).copied().fold(0.0, f32::max))
}

/// A world as others need it to simulate it again, from a time in seconds on, with how far the ball may get and its slot's width.
pub(super) fn record(world: &World, from_s: f64, spread: f32, slot: f32) -> Value {
    json!({
        "from_s": round6(from_s),
        "members": Ensemble::USUAL.members,
        "spread_m": round6(f64::from(spread)),
        "slot_m": round6(f64::from(slot)),
        "world": world.record(),
    })
}
