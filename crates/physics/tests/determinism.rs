//! The same world gives the same bits, whoever asks and in whatever order; the bake serves any frame rate.

mod common;

use common::{ball, cube, law, on_floor, run};
use glam::Vec3;
use raytruth_physics::{BakeSettings, Body, Form, PairContact, Substance, World, bake};

/// A chaotic world: a ball into a leaning pile.
fn pile() -> World {
    let mut world = on_floor(PairContact { friction: 0.4, restitution: 0.4, rolling: 0.01 });
    for i in 0..6 {
        let place = Vec3::new(0.3 + 0.004 * (i % 2) as f32, 0.003 * i as f32, 0.025 + 0.05 * i as f32);
        world.add(cube(&format!("block {i}")).at(place));
    }
    world.add(
        Body::dynamic("can", Substance::Brass, Form::Cylinder { radius: 0.02, half_height: 0.03 }).at(Vec3::new(0.4, 0.1, 0.03)),
    );
    world.add(ball("ball").at(Vec3::new(0.0, 0.0, 0.12)).moving(Vec3::new(2.5, 0.0, 0.0), Vec3::ZERO));
    world
}

/// Jitters a world the way an ensemble does.
fn jittered(i: usize) -> World {
    let mut world = pile();
    world.pairs.friction_scale = 0.7 + 0.1 * i as f32;
    world.pairs.restitution_offset = -0.1 + 0.03 * i as f32;
    world.bodies[1].density_scale = 1.0 + 0.02 * i as f32;
    world
}

/// Run twice: equal to the bit.
#[test]
fn equal_worlds_give_equal_bits() {
    let (one, two) = (run(&pile(), 2.0), run(&pile(), 2.0));
    assert_eq!(one, two);
    assert_eq!(one.digest(), two.digest());
    assert_ne!(one.digest(), run(&jittered(1), 2.0).digest(), "the digest tells worlds apart");
}

/// The bits are those of every other machine and build: a change here changes every sample ever made.
#[test]
fn the_bits_are_the_same_everywhere() {
    assert_eq!(format!("{:016x}", run(&pile(), 2.0).digest()), "6417b12c21c9107a");
}

/// An ensemble gives the same members forwards, backwards and on four threads.
#[test]
fn an_ensemble_does_not_depend_on_order_or_threads() {
    let digest = |i: usize| run(&jittered(i), 1.0).digest();
    let forwards: Vec<u64> = (0..8).map(digest).collect();
    let mut backwards: Vec<u64> = (0..8).rev().map(digest).collect();
    backwards.reverse();
    let threads: Vec<_> = (0..8).map(|i| std::thread::spawn(move || run(&jittered(i), 1.0).digest())).collect();
    let threaded: Vec<u64> = threads.into_iter().map(|t| t.join().expect("no panic")).collect();
    assert_eq!(forwards, backwards);
    assert_eq!(forwards, threaded);
    assert_eq!(forwards.iter().collect::<std::collections::BTreeSet<_>>().len(), 8, "members differ");
}

/// A longer bake begins with the bits of a shorter one: what happens does not depend on how long one looks.
#[test]
fn a_longer_bake_begins_like_a_shorter_one() {
    let (short, long) = (run(&pile(), 0.5), run(&pile(), 1.0));
    for (s, l) in short.tracks.iter().zip(&long.tracks) {
        assert_eq!(s.poses, l.poses[..s.poses.len()]);
    }
}

/// Poses between steps lie between them; at steps they are exact; beyond the ends the ends hold.
#[test]
fn any_frame_rate_resamples_the_same_simulation() {
    let bake = run(&pile(), 1.0);
    let ball = bake.index_of("ball").expect("the ball");
    let steps = bake.steps();
    assert_eq!(bake.pose_at(ball, 0.5), bake.tracks[ball].poses[steps / 2]);
    assert_eq!(bake.pose_at(ball, -1.0), bake.tracks[ball].poses[0]);
    assert_eq!(bake.pose_at(ball, 9.0), bake.tracks[ball].poses[steps]);
    let between = bake.pose_at(ball, 100.5 / f64::from(bake.step_hz));
    let middle = bake.tracks[ball].poses[100].translation.midpoint(bake.tracks[ball].poses[101].translation);
    assert!(between.translation.distance(middle) < 1.0e-6);
    assert!(between.rotation.is_normalized());
}

/// Steps twice as fine tell the same story while it is not yet chaotic: the ball reaches the pile at the same time (to a
/// step) and the fall of a free block differs by less than 1 mm.
#[test]
fn finer_steps_agree() {
    let fine = BakeSettings { step_hz: 960, duration_s: 1.0, ..BakeSettings::default() };
    let mut world = on_floor(law(0.4, 0.2));
    let falling = world.add(cube("block").at(Vec3::new(0.0, 0.0, 0.3)));
    let (coarse, fine) = (run(&world, 1.0), bake(&world, &fine).expect("the world is good"));
    let hit = |bake: &raytruth_physics::Bake| bake.first_contact_of(falling).expect("it lands").time_s;
    assert!((hit(&coarse) - hit(&fine)).abs() <= 1.0 / 480.0 + 1.0e-9);
    let (a, b) = (coarse.pose_at(falling, 0.2).translation, fine.pose_at(falling, 0.2).translation);
    assert!(a.distance(b) < 1.0e-3);
}

/// Ensembles run on a pool of threads.
#[test]
fn worlds_and_bakes_may_cross_threads() {
    fn crosses<T: Clone + Send + Sync>() {}
    crosses::<World>();
    crosses::<raytruth_physics::Bake>();
}
