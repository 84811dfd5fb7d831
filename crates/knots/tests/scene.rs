//! What one who draws ropes needs: room for a rope, where it was changed, and what a view shows at each crossing.

use glam::DVec3;
use raytruth_knots::curve::{Link, clearance};
use raytruth_knots::diagram::{Diagram, Sign, View, project};
use raytruth_knots::drawing::lift;
use raytruth_knots::invariant::{jones, linking_matrix};
use raytruth_knots::motion::{Flow, Motion, Strand, certify, flow};
use raytruth_knots::surgery::{self, Changed};
use raytruth_knots::table::{find, knots, links};
use raytruth_knots::{Error, operation};

/// A rope 0.2 wide.
const RADIUS: f64 = 0.1;

fn rope(name: &str, vertices: usize) -> Link {
    lift(&find(name).expect("in the table").diagram, 0.25, vertices).and_then(|link| link.with_reach(1.25 * RADIUS)).expect(name)
}

fn shown(link: &Link) -> Diagram {
    project(link, View::from_direction(DVec3::new(0.03, -0.02, 1.0)).expect("a direction")).expect("general").diagram
}

#[test]
fn every_entry_is_a_rope_that_touches_itself_nowhere() {
    for entry in knots().iter().chain(links()) {
        let link = rope(entry.name, 90);
        let still = Motion::new([link.clone()]).expect("one frame");
        certify(&still, Strand::Tube { radius: RADIUS }).expect(entry.name);
        let [low, high] = link.bounds();
        let size = (high - low).truncate().length();
        assert!(size < 10.0, "{}: a rope {RADIUS} thick needs {size}", entry.name);
        for polygon in link.components() {
            let mean = polygon.length() / polygon.len() as f64;
            assert!(
                polygon.edges().all(|[a, b]| a.distance(b) > 0.5 * mean && a.distance(b) < 1.6 * mean),
                "{}: even",
                entry.name
            );
        }
    }
    assert!(matches!(rope("3_1", 60).with_reach(f64::NAN), Err(Error::OutOfRange { .. })));
}

#[test]
fn crossings_tell_where_both_strands_pass() {
    let link = rope("L5a1", 90);
    let seen = project(&link, View::top()).expect("general");
    let crossings = seen.crossings(&link);
    assert_eq!(crossings.len(), 5);
    for (k, crossing) in crossings.iter().enumerate() {
        assert_eq!(crossing.sign, seen.diagram.signs()[k]);
        assert!(crossing.over.height > crossing.under.height + 2.0 * RADIUS);
        assert!(crossing.angle > 0.3 && crossing.angle <= std::f64::consts::FRAC_PI_2);
        let others = crossings.iter().enumerate().filter(|(j, _)| *j != k).map(|(_, c)| c.picture.distance(crossing.picture));
        assert_eq!(crossing.nearest, others.fold(f64::INFINITY, f64::min));
        for passing in [crossing.over, crossing.under] {
            let polygon = &link.components()[passing.component];
            let [a, b] = polygon.edge(passing.edge);
            assert!(View::top().picture(a.lerp(b, passing.at)).distance(crossing.picture) < 1e-12);
            let before: f64 = polygon.edges().take(passing.edge).map(|[a, b]| a.distance(b)).sum();
            assert!((before + passing.at * a.distance(b) - passing.along).abs() < 1e-12);
        }
    }
    // Around each component the ways from crossing to crossing sum to its length.
    for (component, polygon) in link.components().iter().enumerate() {
        let own = || crossings.iter().flat_map(|c| [c.over, c.under]).filter(|p| p.component == component);
        for sum in [own().map(|p| p.until).sum::<f64>(), own().map(|p| p.since).sum()] {
            assert!((sum - polygon.length()).abs() < 1e-9);
        }
    }
}

/// What is not new is as it was.
fn old_is_old(before: &[&Link], changed: &Changed) {
    let mut rest: Vec<DVec3> = Vec::new();
    for (component, polygon) in changed.link.components().iter().enumerate() {
        let is_new = |k: usize| changed.stretches.iter().any(|s| s.component == component && s.vertices.contains(&k));
        rest.extend(polygon.vertices().iter().enumerate().filter(|(k, _)| !is_new(*k)).map(|(_, v)| *v));
    }
    let old: Vec<DVec3> = before.iter().flat_map(|link| link.vertices()).collect();
    assert!(rest.iter().all(|v| old.contains(v)));
    assert!(changed.stretches.iter().all(|s| !s.vertices.is_empty()));
}

#[test]
fn changes_tell_where_they_are() {
    let link = rope("4_1", 90);
    let trefoil = rope("3_1", 90);
    let crossing = surgery::crossing_change(&link, View::top(), 1).expect("there");
    old_is_old(&[&link], &crossing);
    assert_eq!((crossing.stretches.len(), crossing.stretches[0].component), (1, 0));
    let twist = surgery::full_twist(&link, View::top(), 1, true).expect("room");
    old_is_old(&[&link], &twist);
    assert_eq!(twist.stretches.len(), 2);
    old_is_old(&[&link], &surgery::ring(&link, 0, 7, Sign::Negative).expect("room"));
    // Of a sum the first link keeps its place, the second is moved.
    let sum = surgery::connected_sum(&link, &trefoil).expect("a sum");
    assert_eq!(sum.stretches.iter().map(|s| s.vertices.len()).sum::<usize>(), 4);
    let kept = &sum.link.components()[0].vertices()[sum.stretches[0].vertices.end..sum.stretches[1].vertices.start];
    assert!(kept.len() > 60 && kept.iter().all(|v| link.components()[0].vertices().contains(v)));
}

#[test]
fn rings_around_two_strands_match_those_of_diagrams() {
    let (mut made, mut refused) = (0, 0);
    for entry in knots().iter().chain(links()).step_by(3) {
        let link = rope(entry.name, 80);
        let seen = project(&link, View::top()).expect("general").diagram;
        for crossing in 0..seen.crossing_count() {
            let [over, under] = [4 * crossing + if seen.signs()[crossing] == Sign::Positive { 1 } else { 3 }, 4 * crossing + 2];
            let (right, left) = if (over + 1) % 4 == under % 4 { (over, under) } else { (under, over) };
            for sign in [Sign::Positive, Sign::Negative] {
                let Ok(ringed) = surgery::ring_around_two(&link, View::top(), crossing, sign) else {
                    refused += 1;
                    continue;
                };
                made += 1;
                old_is_old(&[&link], &ringed);
                let diagram = shown(&ringed.link);
                let ring = ringed.link.components().len() - 1;
                let places = project(&ringed.link, View::from_direction(DVec3::new(0.03, -0.02, 1.0)).expect("a direction"));
                let ring = places.expect("general").components[ring].expect("it is crossed");
                let linked: i32 = linking_matrix(&diagram)[ring].iter().sum();
                assert_eq!(linked, 2 * sign.value(), "{} {crossing}", entry.name);
                let Ok(expected) = operation::ring_around_two(&seen, right, seen.join(left), sign) else { continue };
                assert_eq!(jones(&diagram), jones(&expected), "{} {crossing}", entry.name);
            }
        }
    }
    assert!(made > 5 * refused, "{made} rings, {refused} had no room");
}

#[test]
fn a_ring_and_a_sum_can_be_given_room() {
    let link = rope("3_1", 60);
    let ringed = surgery::ring_around_two(&link, View::top(), 0, Sign::Positive).expect("room");
    let even = ringed.link.resampled(|polygon| if polygon.len() > 50 { 60 } else { 30 }).expect("as good");
    assert!(clearance(&even).reach() > 0.0);
    assert_eq!(jones(&shown(&even)), jones(&shown(&ringed.link)));
    for name in ["4_1", "5_2", "7_4", "L6a4"] {
        let sum = surgery::connected_sum(&rope(name, 60), &link).expect("a sum").link;
        let even = sum.resampled(|polygon| if polygon.len() > 60 { 120 } else { 60 }).expect("as good");
        assert_eq!(jones(&shown(&even)), jones(&shown(&sum)), "{name}");
        let how = Flow { steps: 60, ..Flow::default() };
        let relaxed = flow(&even, Strand::Thin, how).expect("it touches itself nowhere");
        let (before, after) = (clearance(&even), clearance(relaxed.last()));
        assert!(before.reach() > 0.01 && after.reach() > 0.05, "{name}: {before:?} {after:?}");
    }
}
