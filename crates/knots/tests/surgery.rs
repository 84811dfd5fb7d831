//! Operations on curves do what those on diagrams do; tanglings and flows keep the link.

use glam::DVec3;
use raytruth_knots::curve::{Link, clearance};
use raytruth_knots::diagram::{Diagram, Sign, View, project};
use raytruth_knots::drawing::lift;
use raytruth_knots::invariant::jones;
use raytruth_knots::motion::{Flow, Strand, Tangling, certify, flow, tangle};
use raytruth_knots::table::{find, fingerprint, identify, knots, links};
use raytruth_knots::{operation, surgery};

fn curve(name: &str) -> Link {
    lift(&find(name).expect("in the table").diagram, 0.15, 90).expect("a curve")
}

/// The diagram from the first of some directions that is a general one.
fn shown(link: &Link) -> Diagram {
    let direction = |k: i32| DVec3::new(0.03 + 0.017 * f64::from(k), -0.02, 1.0);
    let mut views = (0..5).filter_map(|k| project(link, View::from_direction(direction(k)).expect("a direction")).ok());
    views.next().expect("one of them is general").diagram
}

#[test]
fn mirrors_and_crossing_changes_match() {
    for entry in knots().iter().chain(links()) {
        let link = lift(&entry.diagram, 0.15, 70).expect(entry.name);
        let seen = project(&link, View::top()).expect("general").diagram;
        let mirrored = surgery::mirror(&link, View::top()).expect("as good");
        assert_eq!(jones(&shown(&mirrored)), operation::mirror(&seen).and_then(|d| jones(&d)), "{}", entry.name);
        for crossing in 0..seen.crossing_count() {
            let changed = surgery::crossing_change(&link, View::top(), crossing).expect("there").link;
            let top = project(&changed, View::top()).expect("general").diagram;
            assert_eq!(top.crossing_count(), seen.crossing_count());
            assert_eq!(
                jones(&shown(&changed)),
                operation::crossing_change(&seen, crossing).and_then(|d| jones(&d)),
                "{}",
                entry.name
            );
        }
    }
}

#[test]
fn full_twists_match() {
    let (mut twists, mut refused) = (0, 0);
    for entry in knots().iter().chain(links()).step_by(3) {
        let link = lift(&entry.diagram, 0.15, 70).expect(entry.name);
        let seen = project(&link, View::top()).expect("general").diagram;
        for crossing in 0..seen.crossing_count() {
            // Both strands run forward into the face between the darts at which they leave.
            let [over, under] = [4 * crossing + if seen.signs()[crossing] == Sign::Positive { 1 } else { 3 }, 4 * crossing + 2];
            let (right, left) = if (over + 1) % 4 == under % 4 { (over, under) } else { (under, over) };
            for right_handed in [true, false] {
                let Ok(twisted) = surgery::full_twist(&link, View::top(), crossing, right_handed) else {
                    refused += 1;
                    continue;
                };
                twists += 1;
                let expected = operation::full_twist(&seen, right, seen.join(left), right_handed);
                // In a loop of one edge a twist has no two edges to act on.
                let Ok(expected) = expected else { continue };
                assert_eq!(jones(&shown(&twisted.link)), jones(&expected), "{} {crossing} {right_handed}", entry.name);
            }
        }
    }
    assert!(twists > 5 * refused, "{twists} twists, {refused} had no room");
}

#[test]
fn sums_and_rings_match() {
    let said = |link: &Link| identify(&shown(link)).expect("small").to_string();
    for (a, b, sum) in [("3_1", "3_1", "3_1 # 3_1"), ("3_1", "4_1", "3_1 # 4_1"), ("5_2", "3_1", "3_1 # 5_2")] {
        assert_eq!(said(&surgery::connected_sum(&curve(a), &curve(b)).expect("a sum").link), sum);
    }
    let left = surgery::mirror(&curve("3_1"), View::top()).expect("as good");
    assert_eq!(said(&surgery::connected_sum(&curve("3_1"), &left).expect("a sum").link), "3_1 # m3_1");
    for (sign, value) in [(Sign::Positive, 1), (Sign::Negative, -1)] {
        let diagram = shown(&surgery::ring(&curve("4_1"), 0, 17, sign).expect("room").link);
        assert_eq!(raytruth_knots::invariant::linking_matrix(&diagram), [[0, value], [value, 0]]);
        let eight = &find("4_1").expect("in the table").diagram;
        let expected = operation::ring(eight, eight.edges().next().expect("an edge"), sign).expect("an edge");
        assert_eq!(jones(&diagram), jones(&expected));
    }
    assert!(surgery::ring(&curve("4_1"), 0, 90, Sign::Positive).is_err());
    assert!(surgery::crossing_change(&curve("4_1"), View::top(), 4).is_err());
}

#[test]
fn tanglings_gain_what_was_asked_for_and_stay_the_same_link() {
    for (name, crossings, seed) in [("3_1", 3, 1), ("4_1", 3, 2), ("L4a1", 2, 3), ("5_2", 3, 4), ("L2a1", 2, 5)] {
        let drawn = curve(name);
        let strand = Strand::Tube { radius: 0.15 * clearance(&drawn).reach() };
        let link = flow(&drawn, strand, Flow { steps: 60, stride: 0.3 }).expect("safe").last().clone();
        let how = Tangling { view: View::top(), crossings, strand, seed, tries: 20_000 };
        let motion = tangle(&link, how).expect(name);
        let count = |link: &Link| project(link, View::top()).expect("general").diagram.crossing_count();
        assert_eq!(count(motion.last()), count(&link) + crossings, "{name}");
        certify(&motion.backwards(), strand).expect("it was, forwards");
        assert_eq!(fingerprint(&shown(motion.last())), fingerprint(&shown(&link)), "{name}");
        if seed == 1 {
            assert_eq!(tangle(&link, how), Ok(motion), "the same seed");
        }
    }
}

#[test]
fn every_knot_is_tangled_by_five_crossings_on_sixty_vertices() {
    for entry in knots() {
        let link = lift(&entry.diagram, 0.15, 60).expect(entry.name);
        let strand = Strand::Tube { radius: 0.15 * clearance(&link).reach() };
        let how = Tangling { view: View::top(), crossings: 5, strand, seed: 1, tries: 20_000 };
        let motion = tangle(&link, how).expect(entry.name);
        assert_eq!(motion.frames()[0], link);
        let seen = project(motion.last(), View::top()).expect("general").diagram;
        assert_eq!(seen.crossing_count(), entry.diagram.crossing_count() + 5, "{}", entry.name);
        assert_eq!(jones(&seen), jones(&entry.diagram), "{}", entry.name);
    }
}

#[test]
fn a_flow_opens_a_tangle_and_keeps_the_link() {
    let link = lift(&find("4_1").expect("in the table").diagram, 0.05, 90).expect("a curve");
    let strand = Strand::Tube { radius: 0.3 * clearance(&link).reach() };
    let motion = flow(&link, strand, Flow { steps: 150, stride: 0.3 }).expect("safe");
    certify(&motion, strand).expect("each step was");
    assert!(motion.frames().len() > 50, "{} steps", motion.frames().len());
    let (before, after) = (clearance(&link), clearance(motion.last()));
    assert!(after.reach() > 1.15 * before.reach(), "{before:?} {after:?}");
    assert_eq!(identify(&shown(motion.last())).expect("small").to_string(), "4_1");
}
