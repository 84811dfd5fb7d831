//! What the ball does when its cart tips.

use glam::{Quat, Vec3, vec3};
use raytruth_physics::{
    Bake, BakeSettings, Body, Easing, Error, Form as Solid, Keyframe, Motion, PairContact, Part as Piece, Substance, World,
    bake_until,
};
use raytruth_scene::Pose;
use raytruth_task::ensemble::{self, Ensemble, Trial};
use raytruth_task::{Rejection, Rng, round6};
use serde_json::{Value, json};

use super::super::row::Row;
use super::boards::{BED, CURB, CURB_HALF, PIVOT, cart_boards, lies_at};
use super::{CARTS, THEN};
use crate::plot::TARGET;
use crate::way::Way;

/// A cart tips forwards by so much, radians, within so many seconds, about an edge so far before its middle.
pub(super) const TIP: f32 = 0.47;
pub(super) const TIPS: f64 = 0.34;
/// How a ball rolls in carts and on the mat, and meets the board in front, which is lined with cork.
const IN_CARTS: PairContact = PairContact { friction: 0.5, restitution: 0.1, rolling: 0.008 };
const ON_MAT: PairContact = PairContact { friction: 0.5, restitution: 0.1, rolling: 0.05 };
const AT_CURB: PairContact = PairContact { friction: 0.3, restitution: 0.12, rolling: 0.0 };
/// Simulated at most, seconds.
const LONGEST: f64 = 2.5;
/// Everything is at rest if for so many seconds nothing was faster than so many m/s and rad/s.
const STILL: (f64, f32, f32) = (0.08, 1.5e-3, 0.06);
/// The ball may roll so much longer than it does, seconds.
const LATER: f64 = 0.4;
/// The ball's place holds with so much of the pitch to spare.
const SPARE: f32 = 0.25;
/// The pose of a cart in which its place stands at the origin, so long after it began to tip, seconds.
pub(super) fn tipped(time: f64, tip: f32) -> Pose {
    let u = (time / TIPS).clamp(0.0, 1.0);
    let turn = Quat::from_rotation_x(tip * (u * u * (3.0 - 2.0 * u)) as f32);
    let pivot = Vec3::Y * PIVOT;
    Pose::new(pivot - turn * pivot, turn)
}

/// What a person cannot tell from the picture.
#[derive(Clone, Copy, Debug)]
struct Jitter {
    friction: f32,
    restitution: f32,
    /// Factor on how far a cart tips.
    tip: f32,
    /// Turn of the cart about the vertical, radians.
    turn: f32,
}

impl Jitter {
    const NONE: Self = Self { friction: 1.0, restitution: 0.0, tip: 1.0, turn: 0.0 };
}

/// What the ball does, from when its cart begins to tip, as if it stood at the origin.
#[derive(Clone, Debug)]
pub(super) struct Spill(Bake);

/// A cart at a place with a ball in it, the mat, and the board in front.
fn world(radius: f32, place: Vec3, jitter: &Jitter) -> World {
    let mut world = World::default();
    world.pairs.friction_scale = jitter.friction;
    world.pairs.rolling_scale = jitter.friction;
    world.pairs.restitution_offset = jitter.restitution;
    world.pairs.set(Substance::Plastic, Substance::Oak, IN_CARTS);
    world.pairs.set(Substance::Plastic, Substance::Felt, ON_MAT);
    world.pairs.set(Substance::Plastic, Substance::Cork, AT_CURB);
    world.add(Body::fixed("mat", Substance::Felt, Solid::HalfSpace));
    let curb = Solid::Box { half_extents: vec3(0.6, CURB_HALF[0], CURB_HALF[1]), rounding: 0.0 };
    world.add(Body::fixed("curb", Substance::Cork, curb).at(vec3(0.0, CURB, CURB_HALF[1])));
    let stand = Pose::new(place, Quat::from_rotation_z(jitter.turn));
    let key = |i: u32| {
        let time_s = f64::from(i) * TIPS / 24.0;
        Keyframe { time_s, pose: stand.mul(&tipped(time_s, TIP * jitter.tip)) }
    };
    let motion = Motion::Scripted { keyframes: (0..=24).map(key).collect(), easing: Easing::Linear };
    let parts = cart_boards().into_iter().map(|board| Piece {
        form: Solid::Box { half_extents: board.half, rounding: 0.0 },
        pose: Pose::from_translation(board.middle),
    });
    let cart = Body { parts: parts.collect(), ..Body::new("cart", Substance::Oak, Solid::Sphere { radius: 0.01 }, motion) };
    world.add(cart);
    let at = place + Vec3::Z * (lies_at(radius) + 2e-5);
    world.add(Body::dynamic(TARGET, Substance::Plastic, Solid::Sphere { radius }).at(at));
    world
}

fn spill(radius: f32, jitter: &Jitter, step_hz: u32) -> Result<Spill, Error> {
    let settings = BakeSettings { duration_s: LONGEST, step_hz, iterations: 4, settle_s: 0.0 };
    let ball = 3;
    let mut bake = bake_until(&world(radius, Vec3::ZERO, jitter), &settings, |bake| {
        bake.duration_s() > TIPS + 0.2 && bake.is_still(STILL.0, STILL.1, STILL.2)
    })?;
    bake.tracks.drain(..ball);
    Ok(Spill(bake))
}

impl Spill {
    /// Seconds until the ball rests.
    pub(super) fn takes(&self) -> f64 {
        self.0.duration_s() - STILL.0
    }

    fn end(&self) -> Vec3 {
        self.0.tracks[0].poses[self.0.steps()].translation
    }

    /// The same way, of a ball that is at `way`'s end when carts begin to tip, at a time in seconds.
    pub(super) fn after(&self, way: Way, tips: f64) -> Way {
        let poses = &self.0.tracks[0].poses;
        let shift = way.last().with_z(0.0);
        // Every fourth of 480 a second.
        let mut kept: Vec<Pose> = poses.iter().step_by(4).copied().collect();
        if let (Some(last), Some(end)) = (kept.last_mut(), poses.last()) {
            *last = *end;
        }
        // It turns on from how it lies.
        let lies = way.pose(tips).rotation;
        let pose = |pose: Pose| Pose::new(pose.translation + shift, pose.rotation * lies);
        way.baked(tips, f64::from(self.0.step_hz) / 4.0, kept.into_iter().map(pose).collect())
    }
}

/// What the ball does, and how far from where it rests it may get, metres, whatever a person cannot tell.
pub(super) fn certify(rng: &mut Rng, radius: f32) -> Result<(Spill, f32), Rejection> {
    let shown = spill(radius, &Jitter::NONE, 480).map_err(|e| Rejection::new("simulation", e.to_string()))?;
    let (end, within) = (shown.end(), shown.takes() + LATER);
    if end.y > PIVOT - BED {
        return Err(Rejection::new("simulation", format!("the ball rests at {end}, in its cart")));
    }
    let jitter = |rng: &mut Rng| Jitter {
        friction: 1.0 + (ensemble::FRICTION * rng.range(-1.0, 1.0)) as f32,
        restitution: (ensemble::RESTITUTION * rng.range(-1.0, 1.0)) as f32,
        tip: 1.0 + 0.05 * rng.range(-1.0, 1.0) as f32,
        turn: 0.03 * rng.range(-1.0, 1.0) as f32,
    };
    let trial = Trial { name: "spill", candidates: 1, in_full: true };
    let agreed = Ensemble::USUAL.certify(
        &[trial],
        rng,
        jitter,
        |j| j.restitution,
        |member| {
            let spill = spill(radius, member.jitter, 240).map_err(|_| "it cannot be simulated")?;
            let off = (spill.end().x - end.x).abs();
            match () {
                () if off > SPARE * CARTS.pitch => Err("it rests elsewhere"),
                () if spill.takes() > within => Err("it is not at rest in time"),
                () => Ok(off),
            }
        },
    )?;
    Ok((shown, agreed.iter().flat_map(|a| &a.members).copied().fold(0.0, f32::max)))
}

/// As others need it to simulate it again.
pub(super) fn record(row: &Row, place: usize, spread: f32) -> Value {
    json!({
        "from_s": round6(row.reveal + THEN),
        "members": Ensemble::USUAL.members,
        "spread_m": round6(f64::from(spread)),
        "slot_m": round6(f64::from(CARTS.pitch)),
        "world": world(row.radius, row.place(place), &Jitter::NONE).record(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::ROLLS_OUT;
    use super::*;

    #[test]
    fn a_ball_rolls_out_and_rests_before_the_board_in_front() {
        for radius in [0.022, 0.026, 0.029] {
            let (spill, spread) = certify(&mut Rng::from_seed(3), radius).expect("it does");
            let end = spill.end();
            assert!(end.x.abs() < 2e-3 && end.y < -0.15 && end.y > CURB, "it rests at {end}");
            assert!(
                (end.z - radius).abs() < 1e-3 && spread < 0.02 && spill.takes() < ROLLS_OUT,
                "{spread} m, {} s",
                spill.takes()
            );
        }
    }
}
