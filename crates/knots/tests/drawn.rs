//! Motion of strands that are cut open: what is there is held apart, what is not may go through anything.

use std::f64::consts::TAU;

use glam::DVec3;
use rand_core::Rng;
use rand_pcg::Pcg64Mcg;
use raytruth_knots::Error;
use raytruth_knots::curve::{Link, Polygon};
use raytruth_knots::motion::{Certificate, Drawn, Refused, Strand, certify_drawn, certify_step};

/// Edges of the ring that is cut.
const RING: usize = 40;
const TUBE: Strand = Strand::Tube { radius: 0.3 };

struct Dice(Pcg64Mcg);

impl Dice {
    fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn point(&mut self) -> DVec3 {
        DVec3::new(self.unit(), self.unit(), self.unit()) * 2.0 - 1.0
    }
}

/// A circle about `middle` in the plane of two directions.
fn circle(n: usize, middle: DVec3, u: DVec3, v: DVec3) -> Vec<DVec3> {
    let at = |k: usize| libm::sincos(TAU * k as f64 / n as f64);
    (0..n).map(|k| middle + u * at(k).1 + v * at(k).0).collect()
}

/// A ring of radius 4 about the z axis, and a wide upright one that meets the plane of the first so far from the axis, in this direction.
fn rings(far: f64, angle: f64) -> Link {
    let out = DVec3::new(libm::cos(angle), libm::sin(angle), 0.0);
    let flat = circle(RING, DVec3::ZERO, 4.0 * DVec3::X, 4.0 * DVec3::Y);
    Link::from_vertices([flat, circle(60, out * (far + 8.0), 8.0 * out, 8.0 * DVec3::Z)]).expect("two rings")
}

/// All edges of those rings but the ones of the flat ring that are so near to an edge of it.
fn opened(edge: usize, near: usize) -> Vec<bool> {
    let away = |e: usize| ((e + RING - edge) % RING).min((edge + RING - e) % RING);
    (0..RING + 60).map(|e| e >= RING || away(e) > near).collect()
}

fn proof(from: &Link, to: &Link, strand: Strand, edges: &[bool], least_bend: f64) -> Result<Certificate, Error> {
    certify_drawn(from, to, strand, Drawn { edges, least_bend })
}

#[test]
fn a_pass_is_found_through_an_edge_that_is_drawn_and_allowed_through_one_that_is_not() {
    let mut dice = Dice(Pcg64Mcg::new(21));
    for _ in 0..300 {
        let angle = TAU * dice.unit();
        let edge = (angle / TAU * RING as f64) as usize;
        // From within the ring to without, or back, near or far, at one speed or another.
        let (inside, outside) = (rings(3.9 - 2.0 * dice.unit(), angle), rings(4.1 + 2.0 * dice.unit(), angle));
        let (from, to) = if dice.unit() < 0.5 { (&inside, &outside) } else { (&outside, &inside) };
        let whole = vec![true; RING + 60];
        let Err(Error::Motion(Refused::Meet { edges, .. })) = proof(from, to, Strand::Thin, &whole, 0.0) else {
            panic!("a pass")
        };
        assert_eq!(edges[0], edge);
        for (strand, near) in [(Strand::Thin, 0), (TUBE, 2)] {
            assert!(proof(from, to, strand, &whole, 0.3).is_err());
            assert!(proof(from, to, strand, &opened((edge + RING / 2) % RING, near), 0.3).is_err(), "cut at the other side");
            let through = proof(from, to, strand, &opened(edge, near), 0.3);
            let gap = through.expect("it goes through the cut").gap;
            assert!(gap > 0.0 && gap < 2.0, "{gap}");
        }
    }
}

#[test]
fn of_random_passes_those_of_two_drawn_edges_are_found_and_nobody_else_is_accused() {
    let mut dice = Dice(Pcg64Mcg::new(22));
    let (mut both, mut passed) = (0, 0);
    for round in 0..3_000 {
        let points: Vec<DVec3> = (0..12).map(|_| dice.point()).collect();
        let ways: Vec<DVec3> = points.iter().map(|_| dice.point() * 0.05).collect();
        // Edges 1 and `j` meet at this time.
        let (j, time) = (3 + (dice.unit() * 8.0) as usize, dice.unit());
        let shift = points[1].lerp(points[2], dice.unit()) - points[j].lerp(points[j + 1], dice.unit());
        let frame = |t: f64| {
            let place = |k: usize| points[k] + if k == j || k == j + 1 { shift } else { DVec3::ZERO } + ways[k] * (t - time);
            Link::from(Polygon::new((0..12).map(place).collect::<Vec<_>>()).expect("random points"))
        };
        let edges: Vec<bool> = (0..12).map(|_| dice.unit() < 0.6).collect();
        match proof(&frame(0.0), &frame(1.0), Strand::Thin, &edges, 0.0) {
            Err(Error::Motion(Refused::Meet { edges: [a, b], .. })) => assert!(edges[a] && edges[b], "round {round}"),
            Err(Error::Motion(Refused::Fold { edge, .. })) => assert!(edges[edge], "round {round}"),
            Ok(_) => {
                passed += 1;
                assert!(!(edges[1] && edges[j]), "round {round}: {edges:?}");
            }
            other => panic!("round {round}: {other:?}"),
        }
        both += usize::from(edges[1] && edges[j]);
    }
    assert!(both > 1_000 && passed > 500, "{both} planted passes, {passed} motions proven");
}

#[test]
fn a_drawn_bend_is_no_sharper_than_is_said_and_one_that_is_not_there_may_be() {
    // A circle of radius 4 with a corner in vertex 10, which spans 8 to 11 show.
    let mut bent = circle(RING, DVec3::ZERO, 4.0 * DVec3::X, 4.0 * DVec3::Y);
    bent[10] *= 1.03;
    let link = Link::from(Polygon::new(bent).expect("a ring"));
    let still = |gone: &[usize], least_bend: f64| {
        let edges: Vec<bool> = (0..RING).map(|edge| !gone.contains(&edge)).collect();
        proof(&link, &link, TUBE, &edges, least_bend)
    };
    let sharp = |found: Result<Certificate, Error>| matches!(found, Err(Error::Motion(Refused::Sharp { edge: 8..=11, .. })));
    let there = still(&[], 0.0).expect("it may bend as it likes").radius;
    assert!(there > 0.3 && there < 1.5, "{there}");
    assert!(still(&[], 0.999 * there).is_ok() && sharp(still(&[], 1.5 * there)));
    assert!(sharp(still(&[30, 31], 1.5 * there)), "cut elsewhere");
    let cut = still(&[8, 9, 10, 11], 1.5 * there).expect("the corner is cut out");
    assert!(cut.radius > 1.9, "{cut:?}");
    assert!(still(&[8, 9, 10, 11], 5.0).is_err(), "sharper than all of the circle");
}

#[test]
fn where_all_is_drawn_it_proves_what_is_proven_of_a_step() {
    let mut dice = Dice(Pcg64Mcg::new(23));
    let (mut proven, mut refused) = (0, 0);
    for round in 0..100 {
        let (from, to) = (rings(1.0 + 2.0 * dice.unit(), 0.3), rings(1.0 + 4.0 * dice.unit(), 0.3 + 0.2 * dice.unit()));
        for (strand, least_bend) in [(Strand::Thin, 0.0), (TUBE, 0.3)] {
            let whole = certify_step(&from, &to, strand);
            assert_eq!(proof(&from, &to, strand, &[true; RING + 60], least_bend), whole, "round {round}");
            let Ok(whole) = whole else {
                refused += 1;
                continue;
            };
            proven += 1;
            // Less is there, so there is no less room.
            let part = proof(&from, &to, strand, &opened(round % RING, round % 7), least_bend).expect("less is there");
            assert!(part.gap >= whole.gap, "round {round}: {part:?} {whole:?}");
        }
    }
    assert!(proven > 50 && refused > 10, "{proven} proven, {refused} refused");
}

/// Once around and a little more, so that for a tenth of a turn the ends lie beside each other, this far apart; the last edge, which leads back, is
/// not there.
fn coil(apart: f64) -> (Link, Vec<bool>) {
    let at = |k: usize| {
        let turns = k as f64 * 1.1 / 44.0;
        let (sin, cos) = libm::sincos(TAU * turns);
        DVec3::new(cos, sin, 0.0) * (4.0 + apart * turns)
    };
    (Link::from(Polygon::new((0..=44).map(at).collect::<Vec<_>>()).expect("a coil")), (0..=44).map(|edge| edge != 44).collect())
}

#[test]
fn the_ends_of_a_cut_are_held_apart_as_soon_as_no_strand_would_lead_from_one_to_the_other() {
    for apart in [0.1, 0.3, 0.5, 0.58] {
        let (link, edges) = coil(apart);
        let found = proof(&link, &link, TUBE, &edges, 0.0);
        assert!(matches!(found, Err(Error::Motion(Refused::Meet { .. }))), "{apart}: {found:?}");
    }
    let (link, edges) = coil(0.7);
    let gap = proof(&link, &link, TUBE, &edges, 0.0).expect("room").gap;
    assert!(gap > 0.05 && gap <= 0.1, "{gap}");
    // Of a ring that is only just cut the ends are near each other: that is no contact.
    let ring = Link::from(Polygon::new(circle(RING, DVec3::ZERO, 4.0 * DVec3::X, 4.0 * DVec3::Y)).expect("a ring"));
    for first in 0..RING {
        let edges: Vec<bool> = (0..RING).map(|edge| edge != first).collect();
        assert!(proof(&ring, &ring, TUBE, &edges, 0.3).expect("just cut").gap > 5.0, "{first}");
    }
    // The cut ends are led past each other, in many small steps: found, though every step is short.
    let frames: Vec<Link> = (0..=40).map(|k| coil(1.2 - 0.06 * f64::from(k)).0).collect();
    let first = frames.windows(2).position(|pair| proof(&pair[0], &pair[1], TUBE, &edges, 0.0).is_err());
    // They touch at 0.6, after ten steps.
    assert!(first.is_some_and(|step| (8..=10).contains(&step)), "{first:?}");
}

#[test]
fn what_makes_no_sense_is_refused_in_words() {
    let link = rings(2.0, 0.3);
    let said = |edges: &[bool], strand: Strand, least_bend: f64| {
        proof(&link, &link, strand, edges, least_bend).expect_err("no sense").to_string()
    };
    for count in [0, 1, 99, 101, 100_000] {
        let words = format!("number of edges told of is {count}; it must be the link's number of edges");
        assert_eq!(said(&vec![true; count], TUBE, 0.3), words);
    }
    for least_bend in [f64::NAN, -1e-300, f64::INFINITY] {
        for strand in [Strand::Thin, TUBE] {
            assert!(said(&[true; 100], strand, least_bend).ends_with("it must be finite and at least 0"), "{least_bend}");
        }
    }
    for radius in [f64::NAN, 0.0, f64::INFINITY] {
        assert!(said(&[true; 100], Strand::Tube { radius }, 0.0).starts_with("the tube's radius is"));
    }
    let other = Link::from_vertices([circle(60, DVec3::ZERO, DVec3::X, DVec3::Y), circle(40, DVec3::Z, DVec3::X, DVec3::Y)]);
    let differs = proof(&link, &other.expect("two rings"), TUBE, &[true; 100], 0.3);
    assert_eq!(differs, Err(Error::FramesDiffer(1)), "as many edges, in other components");
    // Nothing is there: nothing meets, however it moves.
    let nothing = proof(&link, &rings(9.0, 2.0), TUBE, &[false; 100], 0.3).expect("nothing is there");
    assert_eq!((nothing.gap > 0.0, nothing.radius), (true, f64::INFINITY));
}
