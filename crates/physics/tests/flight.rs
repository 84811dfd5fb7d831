//! Free fall, projectile and pendulum: motion without contact.

mod common;

use common::{G, ball, close, run};
use glam::Vec3;
use raytruth_physics::{BallJoint, World};

/// z = z₀ − ½ g t², but for the error of the semi-implicit Euler rule, which falls half a substep (1/7680 s) ahead: 0.1 % at
/// a quarter second, 0.03 % at one.
#[test]
fn a_body_falls_by_half_g_t_squared() {
    let mut world = World::default();
    let falling = world.add(ball("ball").at(Vec3::new(0.0, 0.0, 10.0)));
    let bake = run(&world, 1.0);
    for time in [0.25, 0.5, 1.0] {
        let fallen = 10.0 - bake.pose_at(falling, time).translation.z;
        close("fall", fallen, 0.5 * G * (time * (time + 1.0 / 3840.0)) as f32, 2.0e-4);
        close("fall", fallen, 0.5 * G * (time * time) as f32, 1.2e-3);
    }
    close("speed", bake.speed_at(falling, 1.0), G, 1.0e-4);
}

/// Range v² sin 2α / g and apex v² sin²α / 2g of a throw, to 0.2 %; it lands within 2 mm.
#[test]
fn a_throw_draws_its_parabola() {
    let mut world = World::default();
    let (vx, vz) = (2.0, 3.0);
    let thrown = world.add(ball("ball").moving(Vec3::new(vx, 0.0, vz), Vec3::ZERO));
    let bake = run(&world, 1.0);
    let flight = f64::from(2.0 * vz / G);
    let landing = bake.pose_at(thrown, flight).translation;
    close("range", landing.x, 2.0 * vx * vz / G, 2.0e-3);
    assert!(landing.z.abs() < 2.0e-3, "landed at {landing}");
    let apex = bake.tracks[thrown].poses.iter().map(|p| p.translation.z).fold(0.0, f32::max);
    close("apex", apex, vz * vz / (2.0 * G), 2.0e-3);
}

/// Spin without torque stays: a ball keeps its angular velocity to 0.1 % and turns by ω t, to 0.3 %.
#[test]
fn a_free_ball_keeps_its_spin() {
    let mut world = World { gravity: Vec3::ZERO, ..World::default() };
    let spinning = world.add(ball("ball").moving(Vec3::ZERO, Vec3::new(0.0, 0.0, 300.0)));
    let bake = run(&world, 1.0);
    close("spin", bake.tracks[spinning].angular[bake.steps()].z, 300.0, 1.0e-3);
    let turned = bake.tracks[spinning].poses[1].rotation.to_scaled_axis().z;
    close("turn of one step", turned, 300.0 / 480.0, 3.0e-3);
}

/// Small swings of a physical pendulum: T = 2π √((I + m l²) / (m g l)), I = 2/5 m r² (Landau & Lifshitz, Mechanics, §32),
/// to 0.5 %; amplitude 0.05 rad lengthens it by 0.016 %. The swing loses less than 2 % of its height in 5 s.
#[test]
fn a_pendulum_keeps_its_period() {
    let (length, radius, angle) = (0.5_f32, 0.02_f32, 0.05_f32);
    let mut world = World::default();
    let bob = ball("bob").at(Vec3::new(length * libm::sinf(angle), 0.0, -length * libm::cosf(angle)));
    let bob = bob.turned(glam::Quat::from_rotation_y(-angle));
    let bob = world.add(bob);
    world.joints.push(BallJoint { body: "bob".into(), local: Vec3::new(0.0, 0.0, length), other: None, anchor: Vec3::ZERO });
    let bake = run(&world, 5.0);
    let x: Vec<f32> = bake.tracks[bob].poses.iter().map(|p| p.translation.x).collect();
    // Downward crossings of x = 0, each to a fraction of a step.
    let crossings: Vec<f64> = (1..x.len())
        .filter(|&i| x[i - 1] > 0.0 && x[i] <= 0.0)
        .map(|i| (i as f64 - f64::from(x[i] / (x[i] - x[i - 1]))) / f64::from(bake.step_hz))
        .collect();
    let period = (crossings[crossings.len() - 1] - crossings[0]) / (crossings.len() - 1) as f64;
    let inertia_arm = (0.4 * radius * radius + length * length) / length;
    close("period", period as f32, core::f32::consts::TAU * libm::sqrtf(inertia_arm / G), 5.0e-3);
    let swing = |range: core::ops::Range<usize>| x[range].iter().fold(0.0_f32, |a, b| a.max(b.abs()));
    close("amplitude", swing(x.len() - 800..x.len()), swing(0..800), 1.0e-2);
}
