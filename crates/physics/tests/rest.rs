//! What stands: towers, penetration, settling, thin walls.

mod common;

use common::{ball, cube, law, on_floor, run};
use glam::{Quat, Vec3};
use raytruth_physics::{BakeSettings, Body, Form, Motion, Pose, Substance, World, bake, bake_until, settle};

/// Cubes of 5 cm stacked on the floor.
fn tower(count: usize) -> World {
    let mut world = on_floor(law(0.5, 0.2));
    for i in 0..count {
        world.add(cube(&format!("block {i}")).at(Vec3::new(0.0, 0.0, 0.025 + 0.05 * i as f32)));
    }
    world
}

/// Longest way of any body over a bake.
fn drift(bake: &raytruth_physics::Bake) -> f32 {
    let way = |track: &raytruth_physics::Track| {
        track.poses.iter().map(|p| p.translation.distance(track.poses[0].translation)).fold(0.0, f32::max)
    };
    bake.tracks.iter().map(way).fold(0.0, f32::max)
}

/// Eight settled blocks drift less than 0.1 mm in 2 s (demanded: 1 mm), and sink less than 0.5 % of a block each.
#[test]
fn a_tower_of_eight_stands() {
    let mut world = tower(8);
    let sunk = settle(&mut world, 0.5).expect("the tower is good");
    assert!(sunk < 8.0 * 0.005 * 0.05, "the top sank by {sunk} m");
    let bake = run(&world, 2.0);
    assert!(drift(&bake) < 1.0e-4, "it drifted by {} m", drift(&bake));
}

/// The same without settling first: less than 1 mm in 2 s, sinking included.
#[test]
fn a_tower_placed_in_contact_stays_put() {
    let bake = run(&tower(8), 2.0);
    assert!(drift(&bake) < 1.0e-3, "it moved by {} m", drift(&bake));
}

/// `settle_s` does what `settle` does: frame 0 shows the tower at rest.
#[test]
fn a_bake_can_settle_first() {
    let settings = BakeSettings { duration_s: 1.0, settle_s: 0.5, ..BakeSettings::default() };
    let bake = bake(&tower(8), &settings).expect("the tower is good");
    assert_eq!(bake.contacts.iter().filter(|c| c.step == 0).count(), 8, "eight touches hold from the start");
    assert_eq!(bake.contacts.len(), 8, "and nothing else happens");
    assert!(drift(&bake) == 0.0, "what has come to rest is exactly still");
}

/// A simulation may end when everything is still: a ball that was dropped is, once it has bounced, and is where it would be later.
#[test]
fn a_bake_may_end_at_rest() {
    let mut world = on_floor(law(0.5, 0.5));
    world.add(ball("ball").at(Vec3::new(0.0, 0.0, 0.12)));
    let settings = BakeSettings { duration_s: 2.0, ..BakeSettings::default() };
    let is_still = |bake: &raytruth_physics::Bake| bake.is_still(0.05, 1.0e-3, 0.02);
    let to_rest = bake_until(&world, &settings, is_still).expect("the world is good");
    let whole = bake(&world, &settings).expect("the world is good");
    assert!(to_rest.duration_s() > 0.3 && to_rest.duration_s() < 1.0, "it ended at {} s", to_rest.duration_s());
    let end = |bake: &raytruth_physics::Bake| bake.pose_at(1, 2.0).translation;
    assert!(end(&to_rest).distance(end(&whole)) < 1.0e-4, "{} and {}", end(&to_rest), end(&whole));
    // At the top of a bounce it is slow for a moment, and not for so long.
    let half = to_rest.duration_s() / 2.0;
    let early = bake_until(&world, &BakeSettings { duration_s: half, ..settings }, |_| false).expect("the world is good");
    assert!(!is_still(&early) && !early.is_still(5.0, 1.0, 1.0), "shorter than what is asked");
}

/// Balls, boxes and cylinders, light and heavy, rest less than 0.5 % of their size deep in the floor.
#[test]
fn what_rests_sinks_less_than_half_a_percent() {
    let mut world = on_floor(law(0.5, 0.0));
    let floor_laws = [Substance::Foam, Substance::Iron, Substance::Oak];
    let forms = [
        (Form::Sphere { radius: 0.02 }, 0.02),
        (Form::cuboid(Vec3::splat(0.05)), 0.025),
        (Form::Box { half_extents: Vec3::splat(0.025), rounding: 0.002 }, 0.025),
        (Form::Cylinder { radius: 0.02, half_height: 0.03 }, 0.03),
        (Form::Capsule { radius: 0.015, half_height: 0.02 }, 0.035),
    ];
    for (i, substance) in floor_laws.into_iter().enumerate() {
        for (j, (form, half)) in forms.iter().enumerate() {
            let name = format!("{substance:?} {j}");
            world.add(Body::dynamic(name, substance, form.clone()).at(Vec3::new(i as f32 * 0.2, j as f32 * 0.2, *half)));
        }
    }
    let bake = run(&world, 0.5);
    for (i, body) in world.bodies.iter().enumerate().skip(1) {
        let half = forms[(i - 1) % forms.len()].1;
        if matches!(body.parts[0].form, Form::Capsule { .. }) {
            continue; // it may fall over
        }
        let z = bake.pose_at(i, 0.5).translation.z;
        assert!((z - half).abs() < 0.005 * 2.0 * half, "{}: {z}, placed at {half}", body.name);
    }
}

/// Walls and blocks, fixed or standing free: a ball at up to 10 m/s (2 cm a step) is never seen more than 0.05 mm inside, and
/// one at 40 m/s (8 cm a step) never gets its centre behind the surface of a wall of 2 mm.
#[test]
fn a_fast_ball_does_not_tunnel() {
    for (thickness, fixed) in [(0.002, true), (0.002, false), (0.05, false)] {
        for speed in [1.0, 3.0, 5.0, 10.0, 40.0] {
            if speed > 10.0 && thickness > 0.01 {
                continue;
            }
            let mut world = World { gravity: Vec3::ZERO, ..on_floor(law(0.3, 0.2)) };
            world.bodies.clear();
            let mut wall = Body::dynamic("wall", Substance::Steel, Form::cuboid(Vec3::new(thickness, 0.4, 0.4)));
            if fixed {
                wall.motion = Motion::Fixed { pose: Pose::IDENTITY };
            }
            let wall = world.add(wall);
            let velocity = Vec3::new(speed, 0.0, 0.0);
            let bullet = world.add(ball("ball").at(Vec3::new(-0.513, 0.0, 0.0)).moving(velocity, Vec3::ZERO));
            let bake = run(&world, f64::from(0.6 / speed) + 0.1);
            let hit = bake.first_contact(wall, bullet).expect("it hits");
            common::close("speed", hit.approach_speed, speed, 1.0e-3);
            let inside = |(ball, wall): (&Pose, &Pose)| wall.inverse().point(ball.translation).x + 0.02 + 0.5 * thickness;
            let deepest = bake.tracks[bullet].poses.iter().zip(&bake.tracks[wall].poses).map(inside).fold(-1.0, f32::max);
            let limit = if speed > 10.0 { 0.02 } else { 5.0e-5 };
            assert!(deepest < limit, "{thickness} m, fixed {fixed}, at {speed} m/s: {deepest} m inside");
        }
    }
}

/// A ball held by a gate on a ramp waits, and leaves when the gate opens.
#[test]
fn a_gate_holds_and_opens() {
    let (mut world, tilt) = common::on_slope(law(0.5, 0.2), 0.3);
    let ball = world.add(ball("ball").at(tilt * Vec3::new(0.0, 0.0, 0.02)));
    let closed = Pose::new(tilt * Vec3::new(0.022, 0.0, 0.03), tilt);
    let open = Pose::new(tilt * Vec3::new(0.022, 0.0, 0.13), tilt);
    let gate = Form::cuboid(Vec3::new(0.004, 0.06, 0.06));
    let gate = world.add(Body::new("gate", Substance::Plastic, gate, Motion::opening(closed, open, 0.5, 0.7)));
    let settings = BakeSettings { duration_s: 1.5, settle_s: 0.3, ..BakeSettings::default() };
    let bake = bake(&world, &settings).expect("the world is good");
    let held = bake.pose_at(ball, 0.5).translation.distance(bake.pose_at(ball, 0.0).translation);
    assert!(held < 5.0e-5, "it moved {held} m behind the gate");
    assert!(bake.pose_at(ball, 1.5).translation.x > 0.2, "the open gate still holds it");
    assert!(bake.pose_at(gate, 1.0).translation.distance(open.translation) < 1.0e-5, "the gate is not open");
}

/// A tower that was put to rest wakes when a ball hits it, in the very step: the smooth ball loses what the blocks gain (momentum
/// along x before friction with the floor takes any, to 2 %).
#[test]
fn a_blow_wakes_what_rests() {
    let mut world = tower(4);
    world.pairs.set(Substance::Glass, Substance::Steel, law(0.0, 0.2));
    let smooth = Body { substance: Substance::Glass, ..ball("ball") };
    let ball = world.add(smooth.at(Vec3::new(-0.5, 0.0, 0.1)).moving(Vec3::new(1.0, 0.0, 2.38), Vec3::ZERO));
    let settings = BakeSettings { duration_s: 1.0, settle_s: 0.5, ..BakeSettings::default() };
    let bake = bake(&world, &settings).expect("the world is good");
    let hit = bake.first_contact_of(ball).expect("it hits the tower");
    assert!(hit.step > 100, "the tower rested for a while first");
    let momentum =
        |step: usize| -> f32 { (1..=ball).map(|i| world.bodies[i].mass().expect("mass") * bake.tracks[i].linear[step].x).sum() };
    let moved = (0..hit.step).map(|i| bake.tracks[4].poses[i].translation.distance(bake.tracks[4].poses[0].translation));
    let moved = moved.fold(0.0, f32::max);
    assert!(moved < 1.0e-4, "the top block moved by {moved} m before it was hit");
    common::close("momentum", momentum(hit.step), momentum(hit.step - 1), 2.0e-2);
    assert!((1..=4).any(|i| bake.tracks[i].linear[hit.step].length() > 0.01), "nothing woke");
}

/// What sleeps is not stepped. It still touches what it lies on: waking up begins no new contact, and an end that is asked for
/// comes while all sleeps, too.
#[test]
fn sleep_ends_no_contact() {
    let mut world = on_floor(law(0.5, 0.0));
    let cube = world.add(cube("cube").at(Vec3::new(0.0, 0.0, 0.025)));
    let place = |x: f32| Pose::new(Vec3::new(x, 0.0, 0.025), Quat::IDENTITY);
    // It pushes the cube long after that has fallen asleep.
    let motion = Motion::opening(place(0.3), place(0.04), 0.8, 1.0);
    world.add(Body::new("pusher", Substance::Oak, Form::cuboid(Vec3::splat(0.05)), motion));
    let bake = run(&world, 1.2);
    assert!(bake.pose_at(cube, 0.7).translation.x.abs() < 1.0e-4 && bake.pose_at(cube, 1.2).translation.x < -5.0e-3);
    let on_the_floor = bake.contacts.iter().filter(|c| (c.body_a, c.body_b) == (0, cube)).count();
    assert_eq!(on_the_floor, 1, "{:?}", bake.contacts);
    let settings = BakeSettings { duration_s: 1.2, ..BakeSettings::default() };
    let part = bake_until(&world, &settings, |bake| bake.duration_s() >= 0.6).expect("the world is good");
    assert_eq!(part.steps(), 288, "it ends at 0.6 s, while everything sleeps");
    assert_eq!(part.tracks[cube].poses[..], bake.tracks[cube].poses[..289]);
}
