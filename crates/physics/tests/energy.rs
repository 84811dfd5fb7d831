//! Energy: it never grows, and the guard says who broke the law.

mod common;

use common::{ball, cube, law, on_floor, run};
use glam::{Quat, Vec3, Vec3Swizzles};
use raytruth_physics::{Bake, Body, Error, Form, PairContact, Substance, World, bake};

/// The most that total energy ever rose above its lowest value so far, over the greatest kinetic energy.
fn growth(bake: &Bake) -> f64 {
    let peak = bake.energy.iter().map(|e| e.kinetic).fold(0.0, f64::max);
    let mut lowest = f64::INFINITY;
    let mut most = 0.0_f64;
    for energy in &bake.energy {
        lowest = lowest.min(energy.total());
        most = most.max(energy.total() - lowest);
    }
    most / peak
}

/// A ball into a tower of six on a springy floor.
fn crash() -> World {
    let mut world = on_floor(PairContact { friction: 0.4, restitution: 0.5, rolling: 0.01 });
    for i in 0..6 {
        world.add(cube(&format!("block {i}")).at(Vec3::new(0.5, 0.0, 0.025 + 0.05 * i as f32)));
    }
    world.add(ball("ball").at(Vec3::new(0.0, 0.01, 0.1)).moving(Vec3::new(3.0, 0.0, 0.0), Vec3::new(20.0, 5.0, 40.0)));
    world
}

/// Crash, bouncing rain of spinning boxes, elastic balls in a box, a domino row, brass that crushes
/// balsa: energy rises by less than 0.5 % of the
/// greatest kinetic energy (overlaps that are pushed apart).
#[test]
fn energy_never_grows() {
    let mut rain = on_floor(law(0.5, 0.8));
    for i in 0..12 {
        let name = format!("box {i}");
        let form = Form::cuboid(Vec3::new(0.03, 0.05, 0.08));
        let spin = Vec3::new(3.0 * i as f32, 10.0 - 2.0 * i as f32, 5.0);
        let place = Vec3::new((i % 3) as f32 * 0.07, (i / 3 % 2) as f32 * 0.07, 0.1 + 0.1 * i as f32);
        rain.add(Body::dynamic(name, Substance::Steel, form).at(place).moving(Vec3::ZERO, spin));
    }
    let mut row = on_floor(law(0.4, 0.3));
    for i in 0..8 {
        let domino = Body::dynamic(format!("domino {i}"), Substance::Steel, Form::cuboid(Vec3::new(0.01, 0.04, 0.08)));
        let push = if i == 0 { Vec3::new(0.3, 0.0, 0.0) } else { Vec3::ZERO };
        row.add(domino.at(Vec3::new(i as f32 * 0.04, 0.0, 0.04)).moving(push, push.zxy() * 5.0));
    }
    // A heavy ball that crushes a tower of light blocks against a wall: 50 times a block's mass.
    let mut press = World::default();
    press.add(Body::fixed("floor", Substance::Oak, Form::HalfSpace));
    press.add(Body::fixed("wall", Substance::Oak, Form::cuboid(Vec3::new(0.02, 0.4, 0.1))).at(Vec3::new(0.5, 0.0, 0.05)));
    for i in 0..6 {
        let block = Body::dynamic(format!("block {i}"), Substance::Balsa, Form::cuboid(Vec3::splat(0.05)));
        press.add(block.at(Vec3::new(0.0, 0.0, 0.025 + 0.05 * i as f32)));
    }
    let heavy = Body::dynamic("ball", Substance::Brass, Form::Sphere { radius: 0.03 }).at(Vec3::new(-0.1, 0.0, 0.03));
    press.add(heavy.moving(Vec3::new(1.5, 0.0, 0.0), Vec3::new(0.0, 50.0, 0.0)));
    for (name, world) in [("press", press), ("crash", crash()), ("rain", rain), ("dominoes", row)] {
        let grown = growth(&run(&world, 3.0));
        assert!(grown < 5.0e-3, "{name}: energy grew by {:.3} % of the peak", grown * 100.0);
    }
}

/// In free flight a tumbling box keeps its kinetic energy and its angular momentum (Euler's equations) to 1 % over 2 s.
#[test]
fn a_tumbling_box_keeps_energy_and_angular_momentum() {
    let mut world = World { gravity: Vec3::ZERO, ..World::default() };
    let size = Vec3::new(0.02, 0.05, 0.1);
    let tumbling = Body::dynamic("box", Substance::Oak, Form::cuboid(size)).moving(Vec3::ZERO, Vec3::new(0.1, 10.0, 0.1));
    let mass = tumbling.mass().expect("a box has mass");
    let tumbling = world.add(tumbling);
    let bake = run(&world, 2.0);
    let inertia = mass / 12.0 * (size.yzx() * size.yzx() + size.zxy() * size.zxy());
    let momentum = |step: usize| {
        let track = &bake.tracks[tumbling];
        let turn: Quat = track.poses[step].rotation;
        turn * (inertia * (turn.inverse() * track.angular[step]))
    };
    let error = (momentum(bake.steps()) - momentum(0)).length() / momentum(0).length();
    assert!(error < 1.0e-2, "angular momentum is off by {error}");
    let ratio = bake.energy[bake.steps()].kinetic / bake.energy[0].kinetic;
    assert!((ratio - 1.0).abs() < 1.0e-2, "energy is {ratio} of the start");
}

/// A kinetic energy that the masses and speeds give: ½ m v² + ½ I ω² + m g z of a ball, to 1e-5.
#[test]
fn energy_is_what_the_formula_says() {
    let mut world = World::default();
    let body = ball("ball").at(Vec3::new(0.0, 0.0, 0.7)).moving(Vec3::new(2.0, 0.0, 0.0), Vec3::new(0.0, 0.0, 30.0));
    let mass = f64::from(body.mass().expect("a ball has mass"));
    assert!((mass - 7850.0 * 4.0 / 3.0 * core::f64::consts::PI * 8.0e-6).abs() < 1.0e-6);
    world.add(body);
    let energy = run(&world, 0.0).energy[0];
    let kinetic = 0.5 * mass * 4.0 + 0.5 * 0.4 * mass * 0.02 * 0.02 * 900.0;
    assert!((energy.kinetic / kinetic - 1.0).abs() < 1.0e-5);
    assert!((energy.potential / (mass * 9.80665 * 0.7) - 1.0).abs() < 1.0e-5);
}

/// Bodies placed inside each other are refused by name before the solver throws them apart.
#[test]
fn overlapping_bodies_are_refused() {
    let mut world = on_floor(law(0.4, 0.2));
    world.add(cube("lower").at(Vec3::new(0.0, 0.0, 0.025)));
    world.add(cube("upper").at(Vec3::new(0.0, 0.0, 0.065)));
    match bake(&world, &Default::default()) {
        Err(Error::Overlap { a, b, depth_m }) => {
            assert!([a.as_str(), b.as_str()].contains(&"lower") && [a.as_str(), b.as_str()].contains(&"upper"));
            assert!((depth_m - 0.01).abs() < 1.0e-3, "{depth_m}");
        }
        other => panic!("{other:?}"),
    }
}
