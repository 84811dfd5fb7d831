//! The tracer against formulas of textbooks (Hecht, *Optics*, 5th ed.), to a part in 10⁹.

use std::f64::consts::{FRAC_PI_3, FRAC_PI_4};

use glam::DVec3;
use raytruth_optics::exact::{Body, End, Event, Optic, Path, Ray, World, critical_angle, forms};

const NEAR: f64 = 1e-9;

fn through(body: Body, ray: Ray) -> Path {
    World { bodies: vec![body] }.trace(ray, 16)
}

/// Where light goes in the end, and from where.
fn leaves(path: &Path) -> Ray {
    let End::Away { direction } = path.end else { panic!("{path:?}") };
    Ray::new(path.vertices.last().map_or(path.origin, |v| v.point), direction)
}

/// In the plane of the bench, at an angle to +x.
fn at_angle(angle: f64) -> DVec3 {
    DVec3::new(libm::cos(angle), libm::sin(angle), 0.0)
}

/// Where a ray crosses the x-axis.
fn crosses(ray: &Ray) -> f64 {
    ray.origin.x - ray.origin.y * ray.direction.x / ray.direction.y
}

/// What `of` tends to for rays near the axis: what grows with the square of the height falls out.
fn near_axis(of: impl Fn(f64) -> f64) -> f64 {
    let h = 1e-4;
    (4.0 * of(h) - of(2.0 * h)) / 3.0
}

/// A slab moves light aside by d sin(θ) (1 − cos θ / (n cos θ')), and turns nothing (4.4).
#[test]
fn a_slab_moves_light_aside() {
    for (n, thick, angle) in [(1.5, 0.04, 0.6), (1.33, 0.02, 1.1), (1.7, 0.06, -0.3)] {
        let slab = forms::block("slab", DVec3::new(0.5 * thick, 1.0, 0.1), Optic::Clear { n });
        let ray = Ray::new(-0.3 * at_angle(angle), at_angle(angle));
        let path = through(slab, ray);
        let out = leaves(&path);
        let within = libm::asin(libm::sin(angle) / n);
        let aside = thick * libm::sin(angle) * (1.0 - libm::cos(angle) / (n * libm::cos(within)));
        let moved = (out.origin - ray.origin).reject_from_normalized(ray.direction);
        assert!((out.direction - ray.direction).length() < NEAR);
        assert!((moved.length() - aside.abs()).abs() < NEAR, "{} {aside}", moved.length());
        assert_eq!(path.vertices.iter().map(|v| v.event).collect::<Vec<_>>(), [Event::Refracted; 2]);
    }
}

/// At least a prism turns light by δ with n = sin((α + δ) / 2) / sin(α / 2), where light goes through it evenly (5.5.1).
#[test]
fn a_prism_turns_light_at_least_so_far() {
    for (n, apex) in [(1.5, FRAC_PI_3), (1.62, 0.9), (1.33, 1.2)] {
        let prism = || forms::prism("prism", 0.06, apex, 0.1, n);
        let least = 2.0 * libm::asin(n * libm::sin(0.5 * apex)) - apex;
        // Through the middle of it, inside along x; up the bench by half of what it turns.
        let turns = |angle: f64| {
            let middle = DVec3::Y * 0.005;
            let ray = Ray::new(middle - 0.2 * at_angle(angle), at_angle(angle));
            let out = leaves(&through(prism(), ray));
            libm::acos(out.direction.dot(ray.direction))
        };
        assert!((turns(0.5 * least) - least).abs() < NEAR, "{n}: {} {least}", turns(0.5 * least));
        assert!(
            (1..6).all(|i| turns(0.5 * least + 0.02 * f64::from(i)) > least && turns(0.5 * least - 0.02 * f64::from(i)) > least)
        );
    }
}

/// Within a right-angle prism light is reflected as by a mirror where it is steeper than the critical angle, asin(1 / n).
#[test]
fn beyond_the_critical_angle_light_stays_within() {
    let n = 1.5;
    let critical = critical_angle(n, 1.0).expect("to air");
    assert!((critical - libm::asin(1.0 / 1.5)).abs() < 1e-15);
    // Along −y through a face that lies across it, onto one at half a right angle, and out along ±x.
    let prism = forms::prism("prism", 0.06, 2.0 * FRAC_PI_4, 0.1, n);
    let path = through(prism, Ray::new(DVec3::new(0.01, -1.0, 0.0), DVec3::Y));
    let events: Vec<Event> = path.vertices.iter().map(|v| v.event).collect();
    assert_eq!(events, [Event::Refracted, Event::Reflected, Event::Reflected, Event::Refracted]);
    assert!((leaves(&path).direction + DVec3::Y).length() < NEAR, "two of them turn light back");
    // From inside: before it, where most of the light goes out, and just beyond it.
    let slab = || forms::block("slab", DVec3::new(1.0, 0.01, 1.0), Optic::Clear { n });
    for (angle, event) in [(critical - 0.03, Event::Refracted), (critical + 1e-9, Event::Reflected)] {
        let ray = Ray::new(DVec3::ZERO, DVec3::new(libm::sin(angle), libm::cos(angle), 0.0));
        let first = through(slab(), ray).vertices[0];
        assert!(first.event == event && (first.incidence - angle).abs() < NEAR, "{first:?}");
    }
}

/// 1 / f = (n − 1) (1 / R₁ − 1 / R₂ + (n − 1) d / (n R₁ R₂)), and light meets the axis f (1 − (n − 1) d / (n R₁)) behind the lens (6.1).
#[test]
fn lenses_have_the_focal_length_of_the_lens_maker() {
    // Faces as formula and as form have them: a second face that bulges has its middle before it.
    for (n, r, thick) in [
        (1.5, [0.1, -0.12], 0.012),
        (1.7, [0.08, f64::INFINITY], 0.01),
        (1.5, [-0.09, 0.11], 0.004),
        (1.6, [0.1, 0.2], 0.008),
        (1.5, [f64::INFINITY, -0.07], 0.011),
    ] {
        let lens = || forms::lens("lens", [r[0], -r[1]], thick, 0.02, n);
        let power = (n - 1.0) * (1.0 / r[0] - 1.0 / r[1] + (n - 1.0) * thick / (n * r[0] * r[1]));
        let back = (1.0 - (n - 1.0) * thick / (n * r[0])) / power;
        let out = |h: f64| leaves(&through(lens(), Ray::new(DVec3::new(-0.5, h, 0.0), DVec3::X)));
        let behind = near_axis(|h| crosses(&out(h)) - 0.5 * thick);
        let focal = near_axis(|h| -h / libm::tan(libm::asin(out(h).direction.y)));
        assert!((behind - back).abs() < NEAR * back.abs().max(1.0), "{n} {r:?}: {behind} {back}");
        assert!((focal * power - 1.0).abs() < NEAR * 10.0, "{n} {r:?}: {focal} {}", 1.0 / power);
    }
}

/// A ball of glass has a focal length of n R / (2 (n − 1)) from its middle.
#[test]
fn a_ball_is_a_lens() {
    for n in [1.33, 1.5, 1.8] {
        let ball = || forms::ball("ball", 0.03, Optic::Clear { n });
        let from_middle = near_axis(|h| crosses(&leaves(&through(ball(), Ray::new(DVec3::new(-0.2, h * 0.1, 0.0), DVec3::X)))));
        assert!((from_middle - n * 0.03 / (2.0 * (n - 1.0))).abs() < NEAR, "{n}: {from_middle}");
    }
}

/// Light that comes along the axis of a hollow mirror at a height h meets it R / (2 cos θ) before its centre, sin θ = h / R, at any height;
/// that of a bulging one seems to come from as far behind it (5.4.2).
#[test]
fn round_mirrors_meet_the_axis_where_geometry_says() {
    let r = 0.2;
    for h in [1e-3, 0.01, 0.03, -0.02] {
        let half = r / (2.0 * libm::cos(libm::asin(h / r)));
        for (radius, middle) in [(-r, -r), (r, r)] {
            let mirror = forms::round_mirror("mirror", radius, 0.005, 0.05);
            let path = through(mirror, Ray::new(DVec3::new(-0.5, h, 0.0), DVec3::X));
            assert_eq!(path.vertices[0].event, Event::Mirrored);
            let wanted = middle - half * middle.signum();
            let found = crosses(&leaves(&path));
            assert!((found - wanted).abs() < NEAR, "{radius} {h}: {found} {wanted}");
        }
    }
}

/// An image in a flat mirror stands as far behind it as the thing before it; two at a right angle turn light back.
#[test]
fn flat_mirrors_show_things_behind_them() {
    let mirror = || forms::flat_mirror("mirror", [0.2, 0.2], 0.004);
    let thing = DVec3::new(-0.3, 0.05, 0.02);
    for aim in [DVec3::new(0.0, 0.1, 0.0), DVec3::new(0.0, -0.12, 0.05)] {
        let out = leaves(&through(mirror(), Ray::towards(thing, aim)));
        let image = DVec3::new(-thing.x, thing.y, thing.z);
        assert!((out.origin - image).normalize().dot(out.direction) > 1.0 - 1e-12);
    }
    let corner = World {
        bodies: vec![
            forms::flat_mirror("one", [0.3, 0.1], 0.004).placed(0.3, DVec3::ZERO),
            forms::flat_mirror("other", [0.3, 0.1], 0.004).placed(0.3 + 2.0 * FRAC_PI_4, DVec3::ZERO),
        ],
    };
    let way = at_angle(0.8);
    let path = corner.trace(Ray::new(DVec3::new(-0.05, -0.15, 0.0) - 0.2 * way, way), 8);
    assert_eq!(path.vertices.len(), 2, "{path:?}");
    assert!((leaves(&path).direction + way).length() < NEAR);
}

/// A thing in water seems n times nearer to the surface, seen from straight above (4.4), whatever flat glass lies between.
#[test]
fn water_lifts_what_lies_in_it() {
    let (n, deep) = (1.333, 0.1);
    let slab = |name: &str, from: f64, to: f64, n: f64| {
        let half = DVec3::new(1.0, 1.0, 0.5 * (to - from));
        forms::block(name, half, Optic::Clear { n }).placed(0.0, DVec3::Z * 0.5 * (from + to))
    };
    // They touch, and glass that lies in water takes its place.
    let world = World { bodies: vec![slab("pane", -0.02, -0.01, 1.52), slab("water", -deep, 0.0, n)] };
    let seen = |tilt: f64| {
        let path = world.trace(Ray::new(DVec3::Z * (0.5 * (-0.02 - deep)), DVec3::new(tilt, 0.0, 1.0)), 8);
        assert_eq!(path.vertices.len(), 3, "{path:?}");
        let out = leaves(&path);
        out.origin.z - out.origin.x * out.direction.z / out.direction.x
    };
    let below = 0.5 * (0.02 + deep) - 0.01;
    let wanted = -(below / n + 0.01 / 1.52);
    let found = near_axis(|h| seen(10.0 * h));
    assert!((found - wanted).abs() < NEAR, "{found} {wanted}");
    assert!(world.n(DVec3::Z * -0.015) == 1.52 && world.n(DVec3::Z * -0.05) == n && world.n(DVec3::Z * 0.05) == 1.0);
}

/// What light loses at clear surfaces is told; mirrors lose nothing, and dull things end it.
#[test]
fn light_ends_at_what_is_dull_with_what_is_left_of_it() {
    let screen = forms::block("screen", DVec3::new(0.001, 0.2, 0.2), Optic::Matte).placed(0.0, DVec3::X);
    let pane = forms::block("pane", DVec3::new(0.002, 0.2, 0.2), Optic::Clear { n: 1.5 });
    let world = World { bodies: vec![screen, pane] };
    let path = world.trace(Ray::new(DVec3::NEG_X, DVec3::X), 8);
    assert_eq!((path.ends_at(), path.points().len()), (Some(0), 4));
    assert!((path.share - 0.96 * 0.96).abs() < NEAR);
    let End::At { point, surface, .. } = path.end else { panic!() };
    assert!((point.x - 0.999).abs() < NEAR && surface == 0);
    assert_eq!(world.trace(Ray::new(DVec3::NEG_X, DVec3::X), 1).end, End::Unfinished);
    // The back of a mirror is dull.
    let mirror = World { bodies: vec![forms::flat_mirror("mirror", [0.1, 0.1], 0.004)] };
    assert_eq!(mirror.trace(Ray::new(DVec3::X, DVec3::NEG_X), 8).ends_at(), Some(0));
}
