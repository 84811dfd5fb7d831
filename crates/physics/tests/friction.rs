//! Coulomb friction: sliding, sticking, tipping.

mod common;

use common::{G, close, cube, law, on_floor, on_slope, run};
use glam::Vec3;
use raytruth_physics::{Body, Form, Substance};

/// d = v² / 2μg of a flat block, to 2 %.
#[test]
fn a_block_slides_v_squared_over_two_mu_g() {
    for (friction, speed) in [(0.2, 1.0), (0.4, 1.5), (0.8, 2.0)] {
        let mut world = on_floor(law(friction, 0.0));
        let form = Form::cuboid(Vec3::new(0.1, 0.1, 0.02));
        let block = Body::dynamic("block", Substance::Steel, form).at(Vec3::new(0.0, 0.0, 0.01));
        let block = world.add(block.moving(Vec3::new(speed, 0.0, 0.0), Vec3::ZERO));
        let bake = run(&world, 2.0);
        let way = bake.pose_at(block, 2.0).translation.x;
        close(&format!("way at μ = {friction}"), way, speed * speed / (2.0 * friction * G), 2.0e-2);
        assert!(bake.rest_time(block, 1.0e-3, 0.05).is_some(), "it is still sliding");
    }
}

/// A flat block stays on a slope below tan θ = μ (less than 0.2 mm in 2 s) and slides above it with a = g (sin θ − μ cos θ),
/// to 2 %; the threshold is met within 2 % of μ.
#[test]
fn a_block_sticks_below_the_angle_of_friction_and_slides_above() {
    let angle = 0.35_f32;
    let tangent = libm::tanf(angle);
    for (factor, slides) in [(1.02, false), (1.2, false), (0.98, true), (0.6, true)] {
        let friction = tangent * factor;
        let (mut world, tilt) = on_slope(law(friction, 0.0), angle);
        let form = Form::cuboid(Vec3::new(0.1, 0.1, 0.02));
        let block = Body::dynamic("block", Substance::Steel, form).at(tilt * Vec3::new(0.0, 0.0, 0.01)).turned(tilt);
        let block = world.add(block);
        let bake = run(&world, 2.0);
        let way = bake.pose_at(block, 2.0).translation.distance(bake.pose_at(block, 0.0).translation);
        if slides {
            let acceleration = G * (libm::sinf(angle) - friction * libm::cosf(angle));
            close(&format!("way at {factor} tan θ"), way, 0.5 * acceleration * 4.0, 2.0e-2);
        } else {
            assert!(way < 2.0e-4, "at {factor} tan θ it crept {way} m");
        }
    }
}

/// A box of width b and height h on a slope with friction enough tips over its edge where tan θ > b / h: it stands 1.5°
/// below that angle and falls 1.5° above.
#[test]
fn a_box_tips_at_its_angle() {
    let (width, height) = (0.04_f32, 0.1_f32);
    let critical = libm::atanf(width / height);
    for (off, tips) in [(-1.5_f32, false), (1.5, true)] {
        let angle = critical + off.to_radians();
        let (mut world, tilt) = on_slope(law(2.0, 0.0), angle);
        let form = Form::cuboid(Vec3::new(width, width, height));
        let block = Body::dynamic("block", Substance::Steel, form).at(tilt * Vec3::new(0.0, 0.0, height / 2.0)).turned(tilt);
        let block = world.add(block);
        let bake = run(&world, 2.0);
        let up = bake.pose_at(block, 2.0).rotation * Vec3::Z;
        let leaning = up.angle_between(tilt * Vec3::Z);
        assert_eq!(leaning > 0.5, tips, "{off}° from the critical angle it leans by {leaning} rad");
        if !tips {
            assert!(leaning < 2.0e-3, "it stands, but leans by {leaning} rad");
        }
    }
}

/// Friction is the same in every direction: blocks pushed off at 0°, 30° and 45° slide equally far, to 1 %, and straight.
#[test]
fn friction_has_no_favourite_direction() {
    let way = |angle: f32| {
        let mut world = on_floor(law(0.3, 0.0));
        let direction = Vec3::new(libm::cosf(angle), libm::sinf(angle), 0.0);
        let block = world.add(cube("block").at(Vec3::new(0.0, 0.0, 0.025)).moving(direction * 0.6, Vec3::ZERO));
        let end = run(&world, 1.0).pose_at(block, 1.0).translation;
        assert!(end.with_z(0.0).angle_between(direction) < 0.01, "it veered: {end}");
        end.with_z(0.0).length()
    };
    for angle in [core::f32::consts::FRAC_PI_6, core::f32::consts::FRAC_PI_4] {
        close("way", way(angle), way(0.0), 1.0e-2);
    }
}
