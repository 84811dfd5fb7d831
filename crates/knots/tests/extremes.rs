//! Sizes and shapes at the edge of what numbers can say: an answer or an error in words, in good time.

use std::f64::consts::TAU;

use glam::{DQuat, DVec3};
use raytruth_knots::Error;
use raytruth_knots::curve::{Link, Polygon, clearance, linking_integral, writhe};
use raytruth_knots::diagram::{Diagram, Sign, View, project};
use raytruth_knots::drawing::{lift, svg};
use raytruth_knots::invariant::{MAX_CROSSINGS, alexander, jones, signature};
use raytruth_knots::motion::{Flow, Motion, Refused, Strand, Tangling, certify, certify_step, flow, tangle};
use raytruth_knots::operation::simplified;
use raytruth_knots::table::{find, identify};

fn ring(n: usize, size: f64) -> Link {
    let at = |k: usize| {
        let (sin, cos) = libm::sincos(TAU * k as f64 / n as f64);
        DVec3::new(cos, sin, 0.2 * sin * cos) * size
    };
    Polygon::new((0..n).map(at).collect::<Vec<_>>()).expect("a ring").into()
}

/// Vertices of a random polygon.
fn wild(n: usize) -> Vec<DVec3> {
    let mut state = 1_u64;
    let mut unit = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    (0..n).map(|_| DVec3::new(unit(), unit(), unit())).collect()
}

/// Everything that takes a curve.
fn everything(link: &Link) {
    let _ = clearance(link);
    let _ = writhe(link);
    let _ = link.with_reach(1.0);
    let _ = link.resampled(|_| 30);
    for strand in [Strand::Thin, Strand::Tube { radius: 1e-3 }] {
        let _ = certify_step(link, link, strand);
        let _ = flow(link, strand, Flow { steps: 5, stride: 0.5 });
        let _ = tangle(link, Tangling { view: View::top(), crossings: 2, strand, seed: 1, tries: 20 });
    }
    if let Ok(seen) = project(link, View::top()) {
        let _ = seen.crossings(link);
        let _ = identify(&seen.diagram);
    }
}

#[test]
fn the_tiniest_and_the_hugest_coordinates_are_answered_or_refused() {
    let square = [DVec3::ZERO, DVec3::X, DVec3::X + DVec3::Y, DVec3::Y + DVec3::Z];
    for size in [1e-300, 1e-308, 1e-61, 1e61, 1e150, 1e300, f64::MAX] {
        let scaled = Link::from_vertices([square.map(|p| p * size).to_vec()]);
        assert!(matches!(scaled, Err(Error::RepeatedVertex { .. } | Error::NotFinite { .. })), "{size}: {scaled:?}");
    }
    for size in [1e-59, 1e-20, 1.0, 1e20, 1e59] {
        let link = ring(24, size);
        everything(&link);
        assert!((clearance(&link).reach() / size - clearance(&ring(24, 1.0)).reach()).abs() < 1e-9, "{size}");
        assert_eq!(project(&link, View::top()).expect("general").diagram, Diagram::unlink(1));
        certify_step(&link, &link, Strand::Tube { radius: 0.3 * size }).expect("a ring");
    }
    // One vertex is far beyond all others, or next to another.
    for far in [1e15, 1e30, 1e60] {
        everything(&Link::from_vertices([[&square[..], &[DVec3::splat(far)]].concat()]).expect("a polygon"));
        everything(&Link::from_vertices([[&square[..], &[square[3] + DVec3::X / far]].concat()]).unwrap_or(ring(8, 1.0)));
    }
}

#[test]
fn flat_straight_and_folded_polygons_are_no_trouble() {
    let line = |xs: &[f64]| Link::from_vertices([xs.iter().map(|x| DVec3::X * *x).collect::<Vec<_>>()]);
    for link in [
        line(&[0.0, 1.0, 2.0]),
        line(&[0.0, 2.0, 1.0]),
        line(&[0.0, 1.0, 0.0, 1.0, 0.5]),
        Link::from_vertices([(0..50).map(|k| DVec3::new(f64::from(k % 2), f64::from(k), 0.0)).collect::<Vec<_>>()]),
    ] {
        everything(&link.expect("a polygon"));
    }
    // Two edges that are one place, and the same component twice.
    let square = vec![DVec3::ZERO, DVec3::X, DVec3::X + DVec3::Y, DVec3::Y + DVec3::Z];
    let twice = Link::from_vertices([square.clone(), square.clone()]).expect("two");
    everything(&twice);
    assert!(project(&twice, View::top()).is_err() && certify_step(&twice, &twice, Strand::Thin).is_err());
    assert_eq!(clearance(&twice).distance, 0.0);
    assert!(linking_integral(&twice.components()[0], &twice.components()[1]).is_finite());
    let again = [square.clone(), square].concat();
    everything(&Link::from_vertices([again]).expect("once around, and again"));
    // A plane curve has no writhe.
    let flat = ring(40, 1.0).map(|p| DVec3::new(p.x, p.y, 0.0)).expect("as good");
    assert!(writhe(&flat).abs() < 1e-12);
    assert!(project(&flat, View::from_direction(DVec3::X).expect("one")).is_err(), "seen along its plane");
}

#[test]
fn the_most_vertices_take_seconds() {
    let link = ring(20_000, 1.0);
    assert_eq!(project(&link, View::top()).expect("general").diagram, Diagram::unlink(1));
    assert!(clearance(&link).reach() > 0.5);
    assert!(certify_step(&link, &link, Strand::Tube { radius: 0.1 }).is_ok());
    // All of it passes through all of it: refused before every pair of edges was halved to the end.
    let mut k = 0;
    let spiky = link.map(|p| {
        k += 1;
        p * if k % 2 == 0 { 1.0 } else { 3.0 }
    });
    assert!(certify_step(&link, &spiky.expect("as good"), Strand::Thin).is_err());
    // A random polygon shows more crossings than a diagram may have.
    assert!(matches!(project(&Link::from_vertices([wild(20_000)]).expect("random"), View::top()), Err(Error::View(_))));
    // Many components of many vertices each.
    let rings =
        Link::from_vertices((0..6_000).map(|k| ring(3, 1.0).vertices().map(|p| p + DVec3::Z * f64::from(k)).collect::<Vec<_>>()));
    let finer = rings.expect("triangles").resampled(|_| 20_000);
    assert_eq!(finer, Err(Error::TooManyVertices { count: 120_000_000, most: 20_000 }));
    // A flow takes many steps.
    let too_many = Err(Error::TooManyVertices { count: 5_001, most: 5_000 });
    assert_eq!(flow(&ring(5_001, 1.0), Strand::Thin, Flow::default()).map(|_| ()), too_many);
    assert_eq!(lift(&find("3_1").expect("in the table").diagram, 0.15, 5_001).map(|_| ()), too_many);
}

#[test]
fn diagrams_of_very_many_crossings_are_refused_at_once() {
    let n = 400_001_i64;
    let code: Vec<i64> = (0..n).map(|k| (k + 1) * if k % 2 == 0 { 1 } else { -1 }).collect();
    let twice: Vec<i64> = code.iter().copied().chain(code.iter().map(|c| -c)).collect();
    let long = Diagram::from_gauss_code(&[twice], &vec![Sign::Positive; n as usize]).expect("a torus knot");
    assert!(long.crossing_count() > MAX_CROSSINGS);
    assert_eq!(Diagram::from_pd(&long.pd()).expect("its own code").crossing_count(), long.crossing_count());
    let refused = |error: Error| assert!(matches!(error, Error::TooLarge { .. }), "{error}");
    refused(jones(&long).expect_err("too large"));
    refused(alexander(&long).expect_err("too large"));
    refused(signature(&long).expect_err("too large"));
    refused(simplified(&long).expect_err("too large"));
    refused(identify(&long).expect_err("too large"));
    refused(lift(&long, 0.2, 1_000).expect_err("too large"));
    refused(svg(&long, 400).expect_err("too large"));
    // Circles are only counted, so that there can be any number of them.
    let circles = Diagram::unlink(usize::MAX);
    refused(lift(&circles, 0.2, 60).expect_err("too large"));
    refused(svg(&circles, 400).expect_err("too large"));
    assert!(matches!(jones(&circles), Err(Error::Overflow(_))));
    assert_eq!(alexander(&circles).map(|p| p.is_zero()), Ok(true));
    assert_eq!(identify(&circles).expect("nothing to compute").to_string(), format!("unlink of {} components", usize::MAX));
}

#[test]
fn pictures_of_any_height_are_drawn() {
    for height in [0, 1, 49, 10_000, u32::MAX] {
        let picture = svg(&find("8_19").expect("in the table").diagram, height).expect("small");
        assert!(picture.ends_with("</svg>\n") && !picture.contains("NaN") && !picture.contains("inf"), "{height}");
    }
}

#[test]
fn hostile_planar_diagram_codes_are_refused_or_right() {
    for code in [
        vec![[0; 4]; 3],
        vec![[u32::MAX; 4]],
        vec![[1, 1, 2, 3], [2, 3, 4, 4], [1, 2, 3, 4]],
        vec![[1, 2, 3, 4], [1, 2, 3, 4]],
        vec![[1, 2, 3, 4], [3, 4, 1, 2]],
        vec![[1, 3, 2, 4], [2, 4, 1, 3]],
        vec![[5, 5, 5, 5]; 100_000],
    ] {
        if let Ok(diagram) = Diagram::from_pd(&code) {
            assert_eq!(diagram.faces().len(), diagram.crossing_count() + 2 * diagram.pieces().len());
        }
    }
    // Two pieces, labels as large as can be: two kinks.
    let split = Diagram::from_pd(&[[7, 7, u32::MAX, u32::MAX], [0, 3, 3, 0]]).expect("two kinked circles");
    assert_eq!((split.pieces().len(), split.component_count()), (2, 2));
    assert_eq!(identify(&split).expect("small").to_string(), "unlink of 2 components");
    // Every code of two crossings on four labels.
    let mut good = 0;
    for k in 0..4_usize.pow(8) {
        let label = |place: u32| (k / 4_usize.pow(place) % 4) as u32;
        let code = [[label(0), label(1), label(2), label(3)], [label(4), label(5), label(6), label(7)]];
        if let Ok(diagram) = Diagram::from_pd(&code) {
            good += 1;
            assert!(identify(&diagram).is_ok() && lift_is_answered(&diagram, good));
        }
    }
    assert!(good > 100, "{good}");
}

/// Drawing takes a while: every fiftieth.
fn lift_is_answered(diagram: &Diagram, count: usize) -> bool {
    !count.is_multiple_of(50) || lift(diagram, 0.2, 60).is_ok()
}

#[test]
fn motions_that_pass_at_a_frame_between_frames_or_turn_all_around() {
    let still = ring(24, 1.0);
    let bar = |x: f64| [[x, 0.0, -1.0], [x, 0.0, 1.0], [x, 9.0, 1.0], [x, 9.0, -1.0]].map(DVec3::from_array).to_vec();
    let with_bar = |x: f64| Link::from_vertices([still.components()[0].vertices().to_vec(), bar(x)]).expect("two");
    let thin =
        |xs: &[f64]| certify(&Motion::new(xs.iter().map(|x| with_bar(*x)).collect::<Vec<_>>()).expect("alike"), Strand::Thin);
    assert!(thin(&[0.0, 0.3, -0.3]).is_ok());
    let Err(Error::Motion(Refused::Meet { time, .. })) = thin(&[0.0, 1.0, 2.0]) else { panic!("at a frame") };
    assert!((time - 1.0).abs() < 0.01, "{time}");
    let Err(Error::Motion(Refused::Meet { time, .. })) = thin(&[0.0, 0.25, 2.25]) else { panic!("between frames") };
    assert!((time - 1.375).abs() < 0.01, "{time}");
    // Two full turns in one step are no motion at all, for every vertex goes straight; a half turn goes through the middle.
    let turned = |angle: f64| still.map(|p| DQuat::from_rotation_z(angle) * p).expect("as good");
    assert!(certify_step(&still, &turned(2.0 * TAU), Strand::Tube { radius: 0.1 }).is_ok());
    assert!(certify_step(&still, &turned(0.5 * TAU), Strand::Tube { radius: 0.1 }).is_err());
    // Tubes that overlap from the first; one frame; none; the same frame twice.
    let near = Link::from_vertices([0.0, 0.15].map(|z| still.vertices().map(|p| p + DVec3::Z * z).collect::<Vec<_>>()));
    let near = Motion::new([near.expect("two rings")]).expect("one frame");
    assert!(matches!(certify(&near, Strand::Tube { radius: 0.1 }), Err(Error::Motion(Refused::Meet { time: 0.5, .. }))));
    assert!(certify(&near, Strand::Tube { radius: 0.05 }).is_ok());
    assert!(Motion::new([]).is_err());
    let once = Motion::new([still.clone()]).expect("one frame");
    assert_eq!((once.at(f64::NAN).as_ref(), once.at(7.0).as_ref()), (Ok(&still), Ok(&still)));
    let twice = Motion::new([still.clone(), turned(0.1)]).expect("alike");
    assert_eq!((twice.at(f64::INFINITY), twice.at(f64::NEG_INFINITY)), (Ok(turned(0.1)), Ok(still.clone())));
    assert!(once.paced(3).is_ok() && once.paced(1).is_err());
    assert!(once.clone().then(&once).is_ok());
    assert!(Motion::new([still, ring(25, 1.0)]).is_err());
}
