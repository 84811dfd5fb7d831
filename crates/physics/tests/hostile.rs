//! Worlds that make no sense are refused with a reason, never simulated and never a panic.

mod common;

use common::{ball, law, on_floor};
use glam::{Quat, Vec3};
use proptest::prelude::*;
use raytruth_physics::{
    BakeSettings, BallJoint, Body, Error, Form, Keyframe, Motion, PairContact, Pose, Substance, World, bake, settle,
};

/// What a world of one body is refused with.
fn refusal(body: Body) -> Error {
    let mut world = World::default();
    world.add(body);
    bake(&world, &BakeSettings { duration_s: 0.1, ..BakeSettings::default() }).expect_err("it makes no sense")
}

#[test]
fn names_must_be_unique() {
    let mut world = World::default();
    world.add(ball("ball"));
    world.add(ball("ball").at(Vec3::X));
    assert_eq!(world.validate(), Err(Error::DuplicateName("ball".into())));
}

#[test]
fn numbers_must_be_finite() {
    for bad in [f32::NAN, f32::INFINITY] {
        assert!(matches!(refusal(ball("b").at(Vec3::new(bad, 0.0, 0.0))), Error::NotFinite { body, .. } if body == "b"));
        assert!(matches!(refusal(ball("b").moving(Vec3::new(0.0, bad, 0.0), Vec3::ZERO)), Error::NotFinite { .. }));
        assert!(matches!(refusal(ball("b").turned(Quat::from_xyzw(0.0, 0.0, 0.0, bad))), Error::NotFinite { .. }));
        assert!(matches!(refusal(Body::dynamic("b", Substance::Oak, Form::Sphere { radius: bad })), Error::BadForm { .. }));
    }
    assert!(matches!(refusal(ball("b").turned(Quat::from_xyzw(0.0, 0.0, 0.0, 2.0))), Error::NotFinite { .. }), "not a rotation");
}

#[test]
fn forms_must_have_extent() {
    let flat = vec![Vec3::ZERO, Vec3::X, Vec3::Y, Vec3::new(1.0, 1.0, 0.0)];
    for form in [
        Form::Sphere { radius: 0.0 },
        Form::Sphere { radius: -1.0 },
        Form::HollowSphere { radius: 0.02, thickness: 0.03 },
        Form::HollowSphere { radius: 0.02, thickness: 0.0 },
        Form::cuboid(Vec3::new(1.0, 0.0, 1.0)),
        Form::Box { half_extents: Vec3::splat(0.02), rounding: 0.03 },
        Form::Cylinder { radius: 0.0, half_height: 1.0 },
        Form::Capsule { radius: 1.0, half_height: -1.0 },
        Form::ConvexHull { points: vec![] },
        Form::ConvexHull { points: flat },
        Form::TriMesh { positions: vec![Vec3::ZERO], triangles: vec![[0, 1, 2]] },
        Form::HalfSpace,
    ] {
        let error = refusal(Body::dynamic("b", Substance::Oak, form.clone()));
        assert!(matches!(&error, Error::BadForm { body, .. } if body == "b"), "{form:?}: {error:?}");
    }
}

#[test]
fn scripts_run_forward() {
    let key = |time_s| Keyframe { time_s, pose: Pose::IDENTITY };
    for times in [vec![], vec![1.0, 1.0], vec![1.0, 0.5], vec![f64::NAN]] {
        let motion = Motion::Scripted { keyframes: times.into_iter().map(key).collect(), easing: Default::default() };
        let gate = Body::new("gate", Substance::Oak, Form::Sphere { radius: 0.1 }, motion);
        assert_eq!(refusal(gate), Error::BadScript("gate".into()));
    }
}

#[test]
fn joints_and_knobs_are_checked() {
    let mut world = on_floor(law(0.3, 0.3));
    world.joints.push(BallJoint { body: "nobody".into(), local: Vec3::ZERO, other: None, anchor: Vec3::ZERO });
    assert_eq!(world.validate(), Err(Error::UnknownBody("nobody".into())));
    world.joints.clear();
    world.pairs.friction_scale = -1.0;
    assert!(matches!(world.validate(), Err(Error::BadSetting { name: "friction_scale", .. })));
    world.pairs.friction_scale = 1.0;
    world.pairs.set(Substance::Oak, Substance::Oak, PairContact { friction: 0.3, restitution: 1.5, rolling: 0.0 });
    assert!(matches!(world.validate(), Err(Error::BadSetting { name: "restitution", .. })));
}

#[test]
fn settings_are_checked() {
    let world = on_floor(law(0.3, 0.3));
    let good = BakeSettings::default();
    for bad in [
        BakeSettings { duration_s: f64::NAN, ..good },
        BakeSettings { duration_s: -1.0, ..good },
        BakeSettings { step_hz: 30, ..good },
        BakeSettings { iterations: 0, ..good },
        BakeSettings { settle_s: f64::INFINITY, ..good },
    ] {
        assert!(matches!(bake(&world, &bad), Err(Error::BadSetting { .. })), "{bad:?}");
    }
    assert!(settle(&mut world.clone(), f64::NAN).is_err());
    assert!(bake(&World::default(), &good).is_ok(), "an empty world is a world");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Whatever is asked of a bake or a world, there is an answer or an error.
    #[test]
    fn no_input_panics(radius in any::<f32>(), x in any::<f32>(), v in any::<f32>(), time in any::<f64>(), scale in any::<f32>()) {
        let mut world = on_floor(law(0.3, 0.3));
        let mut body = Body::dynamic("b", Substance::Foam, Form::Sphere { radius }).at(Vec3::new(x, 0.0, 1.0));
        body.density_scale = scale;
        let body = world.add(body.moving(Vec3::new(0.0, v, 0.0), Vec3::ZERO));
        if let Ok(bake) = bake(&world, &BakeSettings { duration_s: 0.05, ..BakeSettings::default() }) {
            let _ = bake.pose_at(body, time);
            let _ = bake.speed_at(body, time);
        }
    }
}
