//! Rolling: acceleration on slopes, slide to roll, and coming to rest by rolling resistance.

mod common;

use common::{G, ball, close, law, on_floor, on_slope, run};
use glam::Vec3;
use raytruth_physics::{Body, Form, PairContact, Substance};

/// A round body on a slope of 0.3 rad for a second: way and speed must be those of a = k g sin θ.
fn rolls_with(form: Form, radius: f32, factor: f32, tolerance: f32) {
    let angle = 0.3_f32;
    let (mut world, tilt) = on_slope(law(0.6, 0.0), angle);
    let body = Body::dynamic("round", Substance::Steel, form).at(tilt * Vec3::new(0.0, 0.0, radius));
    let body = if factor == 2.0 / 3.0 { body.turned(glam::Quat::from_rotation_x(core::f32::consts::FRAC_PI_2)) } else { body };
    let round = world.add(body);
    let bake = run(&world, 1.0);
    let acceleration = factor * G * libm::sinf(angle);
    let way = bake.pose_at(round, 1.0).translation.distance(bake.pose_at(round, 0.0).translation);
    close("way", way, 0.5 * acceleration, tolerance);
    close("speed", bake.speed_at(round, 1.0), acceleration, tolerance);
    close("spin", bake.tracks[round].angular[bake.steps()].length() * radius, acceleration, tolerance);
}

/// a = 5/7 g sin θ, to 1 %.
#[test]
fn a_solid_ball_rolls_at_five_sevenths() {
    rolls_with(Form::Sphere { radius: 0.02 }, 0.02, 5.0 / 7.0, 1.0e-2);
}

/// a = 3/5 g sin θ, to 1 %; the wall of 2 % of the radius makes it 0.4 % faster.
#[test]
fn a_thin_shell_rolls_at_three_fifths() {
    rolls_with(Form::HollowSphere { radius: 0.02, thickness: 0.0004 }, 0.02, 3.0 / 5.0, 1.5e-2);
}

/// a = 2/3 g sin θ, to 1.5 %.
#[test]
fn a_solid_cylinder_rolls_at_two_thirds() {
    rolls_with(Form::Cylinder { radius: 0.02, half_height: 0.03 }, 0.02, 2.0 / 3.0, 1.5e-2);
}

/// A ball pushed off without spin slides until it rolls at 5/7 v₀, after t = 2 v₀ / (7 μ g); both to 2 %.
#[test]
fn a_sliding_ball_ends_rolling_at_five_sevenths() {
    let (speed, friction) = (1.4, 0.2);
    let mut world = on_floor(law(friction, 0.0));
    let rolling = world.add(ball("ball").at(Vec3::new(0.0, 0.0, 0.02)).moving(Vec3::new(speed, 0.0, 0.0), Vec3::ZERO));
    let bake = run(&world, 1.0);
    close("speed", bake.speed_at(rolling, 1.0), speed * 5.0 / 7.0, 5.0e-3);
    let track = &bake.tracks[rolling];
    let caught = (0..=bake.steps()).find(|&i| track.linear[i].x - track.angular[i].y * 0.02 < 0.01).expect("it comes to roll");
    let expected = 2.0 * speed / (7.0 * friction * G);
    assert!((bake.time_of(caught) as f32 - expected).abs() < 0.005, "rolled at {} s, expected {expected}", bake.time_of(caught));
}

/// Without rolling resistance a ball keeps 99.9 % of its speed over 2 s.
#[test]
fn nothing_slows_a_ball_without_resistance() {
    let mut world = on_floor(law(0.5, 0.0));
    let motion = (Vec3::new(0.5, 0.0, 0.0), Vec3::new(0.0, 25.0, 0.0));
    let rolling = world.add(ball("ball").at(Vec3::new(0.0, 0.0, 0.02)).moving(motion.0, motion.1));
    close("speed", run(&world, 2.0).speed_at(rolling, 2.0), 0.5, 1.0e-3);
}

/// A rolling ball comes to rest after d = v² / 2a with a = c g / (1 + k), k = 2/5 solid and 2/3 thin shell, to 2 %; then it
/// stays (less than 1 µm in the last half second) and its spin has gone.
#[test]
fn rolling_resistance_stops_a_ball_where_it_should() {
    let thin = Form::HollowSphere { radius: 0.02, thickness: 0.0004 };
    for (form, k, c) in
        [(Form::Sphere { radius: 0.02 }, 0.4, 0.01), (Form::Sphere { radius: 0.02 }, 0.4, 0.05), (thin, 2.0 / 3.0, 0.03)]
    {
        let (speed, radius) = (0.3, 0.02);
        let mut world = on_floor(PairContact { friction: 0.5, restitution: 0.3, rolling: c });
        let body = Body::dynamic("ball", Substance::Steel, form).at(Vec3::new(0.0, 0.0, radius));
        let rolling = world.add(body.moving(Vec3::new(speed, 0.0, 0.0), Vec3::new(0.0, speed / radius, 0.0)));
        let acceleration = c * G / (1.0 + k);
        let duration = f64::from(speed / acceleration) + 1.0;
        let bake = run(&world, duration);
        let end = bake.pose_at(rolling, duration).translation;
        close(&format!("way at c = {c}"), end.x, speed * speed / (2.0 * acceleration), 2.0e-2);
        let late = bake.pose_at(rolling, duration - 0.5).translation;
        assert!(end.distance(late) < 1.0e-6, "it creeps by {} m", end.distance(late));
        assert!(bake.tracks[rolling].angular[bake.steps()].length() < 1.0e-3, "it spins on");
        close("time", bake.rest_time(rolling, 1.0e-3, 0.05).expect("rest") as f32, speed / acceleration, 3.0e-2);
    }
}

/// A ball stays on a slope less steep than its resistance, but for what it rolls within each step before the resistance, applied
/// at its end, takes that speed: under 1 mm in 2 s before it is put to rest; it rolls on one steeper with
/// a = (sin θ − c cos θ) g / (1 + 2/5), to 2 %.
#[test]
fn rolling_resistance_holds_a_ball_on_a_gentle_slope() {
    let c = 0.05;
    for (angle, rolls) in [(0.04_f32, false), (0.06, true), (0.2, true)] {
        let (mut world, tilt) = on_slope(PairContact { friction: 0.5, restitution: 0.0, rolling: c }, angle);
        let resting = world.add(ball("ball").at(tilt * Vec3::new(0.0, 0.0, 0.02)));
        let bake = run(&world, 2.0);
        let way = bake.pose_at(resting, 2.0).translation.distance(bake.pose_at(resting, 0.0).translation);
        if rolls {
            let acceleration = (libm::sinf(angle) - c * libm::cosf(angle)) * G / 1.4;
            close(&format!("way at {angle}"), way, 2.0 * acceleration, 2.0e-2);
        } else {
            assert!(way < 1.0e-3, "it crept {way} m");
        }
    }
}

/// A top-like ball that spins on the spot comes to rest too.
#[test]
fn pivoting_dies_out() {
    let mut world = on_floor(PairContact { friction: 0.5, restitution: 0.0, rolling: 0.02 });
    let top = world.add(ball("ball").at(Vec3::new(0.0, 0.0, 0.02)).moving(Vec3::ZERO, Vec3::new(0.0, 0.0, 10.0)));
    let bake = run(&world, 2.0);
    assert!(bake.rest_time(top, 1.0e-3, 1.0e-2).is_some_and(|t| t < 1.0));
    assert!(bake.pose_at(top, 2.0).translation.with_z(0.0).length() < 1.0e-4, "spinning on the spot moved it");
}

/// Over the seams of a floor made of triangles a ball rolls as over a plane: way to 1 %, height to 0.1 mm.
#[test]
fn seams_of_a_mesh_do_not_trip_a_ball() {
    let mut world = on_floor(law(0.5, 0.5));
    let n = 41;
    let positions = (0..n * 3).map(|i| Vec3::new((i / 3) as f32 * 0.03 - 0.1, (i % 3) as f32 * 0.1 - 0.1, 0.0)).collect();
    let quad = |i: u32| [[i, i + 3, i + 4], [i, i + 4, i + 1]];
    let triangles = (0..n as u32 - 1).flat_map(|row| [row * 3, row * 3 + 1]).flat_map(quad).collect();
    world.bodies[0] = Body::fixed("floor", Substance::Concrete, Form::TriMesh { positions, triangles });
    let rolling = ball("ball").at(Vec3::new(0.0, 0.013, 0.02)).moving(Vec3::new(0.5, 0.0, 0.0), Vec3::new(0.0, 25.0, 0.0));
    let rolling = world.add(rolling);
    let bake = run(&world, 1.5);
    close("way", bake.pose_at(rolling, 1.5).translation.x, 0.75, 1.0e-2);
    let off = bake.tracks[rolling].poses.iter().map(|p| (p.translation.z - 0.02).abs()).fold(0.0, f32::max);
    assert!(off < 1.0e-4, "it hopped by {off} m");
}

/// A ramp of 0.5 rad that ends in a curved foot of 15 cm radius (a mesh, 1° a facet): the ball leaves it level with
/// v² = 10/7 g h, to 1 %, and without a hop (0.1 mm).
#[test]
fn a_curved_foot_keeps_the_speed() {
    let (angle, radius, facets) = (0.5_f32, 0.15_f32, 29_u16);
    let foot = |i: u16| {
        let turn = angle * (1.0 - f32::from(i) / f32::from(facets));
        Vec3::new(-radius * libm::sinf(turn), 0.0, radius * (1.0 - libm::cosf(turn)))
    };
    let top = foot(0) + 0.4 * Vec3::new(-libm::cosf(angle), 0.0, libm::sinf(angle));
    let profile: Vec<Vec3> = [top].into_iter().chain((0..=facets).map(foot)).chain([Vec3::new(0.6, 0.0, 0.0)]).collect();
    let positions = profile.iter().flat_map(|p| [*p - Vec3::Y * 0.1, *p + Vec3::Y * 0.1]).collect();
    let quad = |i: u32| [[i, i + 2, i + 3], [i, i + 3, i + 1]];
    let triangles = (0..profile.len() as u32 - 1).flat_map(|i| quad(2 * i)).collect();
    for restitution in [0.0, 0.6] {
        let mut world = on_floor(law(0.5, restitution));
        world.bodies[0] = Body::fixed(
            "ramp",
            Substance::Concrete,
            Form::TriMesh { positions: Vec::clone(&positions), triangles: Vec::clone(&triangles) },
        );
        let up = Vec3::new(libm::sinf(angle), 0.0, libm::cosf(angle));
        let start = top.lerp(foot(0), 0.1) + up * 0.02;
        let rolling = world.add(ball("ball").at(start));
        let bake = run(&world, 1.2);
        let level = bake.tracks[rolling].poses.iter().position(|p| p.translation.x > 0.1).expect("it leaves the ramp");
        let expected = libm::sqrtf(10.0 / 7.0 * G * (start.z - 0.02));
        close("speed", bake.tracks[rolling].linear[level].length(), expected, 1.0e-2);
        let on_level = bake.tracks[rolling].poses.iter().filter(|p| p.translation.x > 0.0);
        let hop = on_level.map(|p| p.translation.z - 0.02).fold(-1.0, f32::max);
        assert!(hop < 1.0e-4, "e = {restitution}: it hopped by {hop} m");
    }
}
