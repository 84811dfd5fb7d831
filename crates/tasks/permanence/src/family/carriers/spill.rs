//! What the ball does when its cart tips.

use glam::{Quat, Vec3, vec3};
use raytruth_physics::{Body, Easing, Error, Form as Solid, Keyframe, Motion, PairContact, Part as Piece, Substance, World};
use raytruth_scene::Pose;
use raytruth_task::{Rejection, Rng, Way, ensemble};
use serde_json::Value;

use super::super::free::{self, Due, Free, MEMBER, SHOWN};
use super::super::row::Row;
use super::boards::{BED, CURB, CURB_HALF, PIVOT, cart_boards, lies_at};
use super::{CARTS, THEN};
use crate::plot::TARGET;

/// A cart tips forwards by so much, radians, within so many seconds, about an edge so far before its middle.
pub(super) const TIP: f32 = 0.47;
pub(super) const TIPS: f64 = 0.34;
/// How a ball rolls in carts and on the mat, and meets the board in front, which is lined with cork.
const IN_CARTS: PairContact = PairContact { friction: 0.5, restitution: 0.1, rolling: 0.008 };
const ON_MAT: PairContact = PairContact { friction: 0.5, restitution: 0.1, rolling: 0.05 };
const AT_CURB: PairContact = PairContact { friction: 0.3, restitution: 0.12, rolling: 0.0 };
/// The ball may roll so much longer than it does, seconds.
const LATER: f64 = 0.4;
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

fn spill(radius: f32, jitter: &Jitter, step_hz: u32) -> Result<Free, Error> {
    Free::simulate(&world(radius, Vec3::ZERO, jitter), step_hz, TIPS + 0.2)
}

/// The way of a ball that goes on from another's end, in its cart, when carts begin to tip, at a time in seconds.
pub(super) fn after(spill: &Free, way: Way, tips: f64) -> Way {
    let ((poses, rate), shift) = (spill.poses(), way.last().with_z(0.0));
    // It turns on from how it lies.
    let lies = way.pose(tips).rotation;
    let pose = |pose: Pose| Pose::new(pose.translation + shift, pose.rotation * lies);
    way.baked(tips, rate, poses.into_iter().map(pose).collect())
}

/// What the ball does, from when its cart begins to tip, as if it stood at the origin, and how far from where it rests it may get, metres.
pub(super) fn certify(rng: &mut Rng, radius: f32) -> Result<(Free, f32), Rejection> {
    let shown = spill(radius, &Jitter::NONE, SHOWN).map_err(|e| Rejection::new("simulation", e.to_string()))?;
    let end = shown.end();
    if end.y > PIVOT - BED {
        return Err(Rejection::new("simulation", format!("the ball rests at {end}, in its cart")));
    }
    let jitter = |rng: &mut Rng| Jitter {
        friction: 1.0 + (ensemble::FRICTION * rng.range(-1.0, 1.0)) as f32,
        restitution: (ensemble::RESTITUTION * rng.range(-1.0, 1.0)) as f32,
        tip: 1.0 + 0.05 * rng.range(-1.0, 1.0) as f32,
        turn: 0.03 * rng.range(-1.0, 1.0) as f32,
    };
    let due = Due { x: end.x, slot: CARTS.pitch, within: shown.takes() + LATER };
    let spread = free::certify(rng, due, jitter, |j| j.restitution, |jitter| spill(radius, jitter, MEMBER))?;
    Ok((shown, spread))
}

/// As others need it to simulate it again.
pub(super) fn record(row: &Row, place: usize, spread: f32) -> Value {
    let world = world(row.radius, row.place(place), &Jitter::NONE);
    free::record(&world, row.reveal + THEN, spread, CARTS.pitch)
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
