//! Restitution: bounce heights, collisions of two balls, and what must not bounce.

mod common;

use common::{G, ball, close, cube, law, on_floor, run};
use glam::Vec3;
use raytruth_physics::World;

/// Fraction of the drop height that the first bounce regains.
fn rebound(restitution: f32, drop: f32) -> f32 {
    let mut world = on_floor(law(0.3, restitution));
    let falling = world.add(ball("ball").at(Vec3::new(0.0, 0.0, 0.02 + drop)));
    let bake = run(&world, 1.5);
    let hit = bake.first_contact(0, falling).expect("it falls on the floor");
    let next = bake.contacts.iter().find(|c| c.step > hit.step).map_or(bake.steps(), |c| c.step);
    let apex = bake.tracks[falling].poses[hit.step..next].iter().map(|p| p.translation.z - 0.02).fold(0.0, f32::max);
    apex / drop
}

/// h′ / h = e² (Newton's law of restitution), within 0.02 of the drop.
#[test]
fn a_ball_bounces_to_e_squared() {
    for restitution in [0.3, 0.5, 0.8, 0.95, 1.0] {
        for drop in [0.1, 0.5, 1.0] {
            let measured = rebound(restitution, drop);
            let expected = restitution * restitution;
            assert!((measured - expected).abs() < 0.02, "e = {restitution}, drop {drop} m: {measured}, expected {expected}");
            assert!(measured <= 1.001, "e = {restitution}, drop {drop} m: it rose above its start, to {measured}");
        }
    }
    assert!(rebound(0.0, 0.5) < 1.0e-3, "clay bounced");
}

/// The event of a bounce tells its speed √(2gh), to 1 %, and its impulse m v (1 + e), to 2 %.
#[test]
fn a_bounce_reports_speed_and_impulse() {
    let mut world = on_floor(law(0.3, 0.6));
    let falling = world.add(ball("ball").at(Vec3::new(0.0, 0.0, 0.52)));
    let mass = world.bodies[falling].mass().expect("a ball has mass");
    let bake = run(&world, 0.5);
    let hit = bake.first_contact(0, falling).expect("it falls on the floor");
    let speed = libm::sqrtf(2.0 * G * 0.5);
    close("speed", hit.approach_speed, speed, 1.0e-2);
    close("impulse", hit.impulse, mass * speed * 1.6, 2.0e-2);
    close("time", hit.time_s as f32, speed / G, 2.0e-2);
    assert!(hit.normal.distance(Vec3::Z) < 1.0e-3 && hit.point.length() < 1.0e-2, "{hit:?}");
}

/// Two balls in free space, head on.
fn collide(masses: [f32; 2], restitution: f32) -> ([f32; 2], [f32; 2]) {
    let mut world = World { gravity: Vec3::ZERO, ..on_floor(law(0.0, restitution)) };
    world.bodies.clear();
    let mut one = ball("one").at(Vec3::new(-0.1, 0.0, 0.0)).moving(Vec3::new(1.5, 0.0, 0.0), Vec3::ZERO);
    let mut two = ball("two").at(Vec3::new(0.1, 0.0, 0.0)).moving(Vec3::new(-0.5, 0.0, 0.0), Vec3::ZERO);
    one.density_scale = masses[0];
    two.density_scale = masses[1];
    let (one, two) = (world.add(one), world.add(two));
    let bake = run(&world, 0.5);
    let at = |step: usize| [one, two].map(|i| bake.tracks[i].linear[step].x);
    (at(0), at(bake.steps()))
}

/// Momentum to 0.1 %, restitution to 0.5 %, and for e = 1 energy to 1 %, whatever the masses.
#[test]
fn collisions_keep_momentum_and_their_share_of_energy() {
    for masses in [[1.0, 1.0], [1.0, 0.1], [0.2, 1.0]] {
        for restitution in [0.0, 0.5, 1.0] {
            let (before, after) = collide(masses, restitution);
            let sum = |v: [f32; 2], power: i32| masses[0] * v[0].powi(power) + masses[1] * v[1].powi(power);
            close("momentum", sum(after, 1), sum(before, 1), 1.0e-3);
            let separation = after[1] - after[0];
            assert!((separation / 2.0 - restitution).abs() < 5.0e-3, "e = {restitution}, masses {masses:?}: {separation}");
            if restitution == 1.0 {
                close("energy", sum(after, 2), sum(before, 2), 1.0e-2);
            }
        }
    }
}

/// Restitution has no say in what rests: a cube and a ball placed on a springy floor move less than 0.05 mm in 2 s.
#[test]
fn what_rests_does_not_bounce() {
    let mut world = on_floor(law(0.5, 0.9));
    let ball = world.add(ball("ball").at(Vec3::new(-0.2, 0.0, 0.02)));
    let cube = world.add(cube("cube").at(Vec3::new(0.2, 0.0, 0.025)));
    let bake = run(&world, 2.0);
    for body in [ball, cube] {
        let start = bake.pose_at(body, 0.0).translation;
        let moved = bake.tracks[body].poses.iter().map(|p| p.translation.distance(start)).fold(0.0, f32::max);
        assert!(moved < 5.0e-5, "{} moved {moved} m", bake.tracks[body].name);
    }
    assert_eq!(bake.contacts.iter().filter(|c| c.step == 0).count(), 2, "both were placed in contact: {:?}", bake.contacts);
}

/// A bouncing ball comes to rest: bounces last 2 v₀ / (g (1 − e)) in all (geometric series), and it is still within 5 % after.
#[test]
fn bounces_die_out_in_time() {
    let (restitution, drop) = (0.6, 0.3);
    let mut world = on_floor(law(0.3, restitution));
    let falling = world.add(ball("ball").at(Vec3::new(0.0, 0.0, 0.02 + drop)));
    let bake = run(&world, 3.0);
    let fall = libm::sqrtf(2.0 * drop / G);
    let expected = fall * (1.0 + restitution) / (1.0 - restitution);
    let rest = bake.rest_time(falling, 5.0e-3, 0.5).expect("it comes to rest");
    close("rest", rest as f32, expected, 0.08);
}

/// A ball runs into two others at once, 30° to either side. Speeds of the two after the blow.
fn split(densities: [f32; 2], restitution: f32) -> [f32; 2] {
    let mut world = World { gravity: Vec3::ZERO, ..on_floor(law(0.0, restitution)) };
    world.bodies.clear();
    world.add(ball("cue").at(Vec3::new(-0.1, 0.0, 0.0)).moving(Vec3::new(1.5, 0.0, 0.0), Vec3::ZERO));
    // Touching the cue's place at x = 0.
    let (sin, cos) = (0.5 * 0.04, 0.866_025_4 * 0.04);
    for (density, side) in densities.into_iter().zip([1.0, -1.0]) {
        let name = if side > 0.0 { "left" } else { "right" };
        let mut other = ball(name).at(Vec3::new(cos, side * sin, 0.0));
        other.density_scale = density;
        world.add(other);
    }
    let bake = run(&world, 0.2);
    [1, 2].map(|i| bake.tracks[i].linear[bake.steps()].length())
}

/// Newton's law for both impacts together: with c = n₁·n₂, (1/m + 1/m₁) λ₁ + (c/m) λ₂ = (1 + e) v cos 30°, and the same for the other.
/// To 5 % (a step's travel turns the normals a little), whichever of the two is the heavier.
#[test]
fn two_blows_at_once_do_not_depend_on_who_comes_first() {
    for restitution in [0.3, 0.8] {
        for [one, two] in [[1.0, 1.0], [0.1, 1.0], [1.0, 0.1], [0.3, 3.0], [3.0, 0.3]] {
            // In units of the cue's mass.
            let (a, b, c) = (1.0 + 1.0 / one, 1.0 + 1.0 / two, 0.5);
            let (det, right) = (a * b - c * c, (1.0 + restitution) * 1.5 * 0.866_025_4);
            let expected = [right * (b - c) / det / one, right * (a - c) / det / two];
            let measured = split([one, two], restitution);
            for (measured, expected) in measured.into_iter().zip(expected) {
                close(&format!("e = {restitution}, masses {one} and {two}"), measured, expected, 5.0e-2);
            }
        }
    }
}
