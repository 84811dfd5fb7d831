//! Planted passes are found, and honest motions are proven.

use std::f64::consts::TAU;

use glam::{DQuat, DVec3};
use rand_core::Rng;
use rand_pcg::Pcg64Mcg;
use raytruth_knots::Error;
use raytruth_knots::curve::{Link, Polygon, clearance};
use raytruth_knots::motion::{Motion, Refused, Strand, certify, certify_step};

struct Dice(Pcg64Mcg);

impl Dice {
    fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, n: usize) -> usize {
        (self.0.next_u64() % n as u64) as usize
    }

    fn point(&mut self) -> DVec3 {
        DVec3::new(self.unit(), self.unit(), self.unit()) * 2.0 - 1.0
    }
}

fn torus_knot(p: f64, q: f64, n: usize) -> Link {
    let at = |k: usize| {
        let a = TAU * k as f64 / n as f64;
        let ring = 2.0 + libm::cos(q * a);
        DVec3::new(ring * libm::cos(p * a), ring * libm::sin(p * a), -libm::sin(q * a))
    };
    Polygon::new((0..n).map(at).collect::<Vec<_>>()).expect("a knot").into()
}

/// A polygon, or two, that are at `time` in a state where two edges that share no vertex meet, each at an inner point.
fn planted(dice: &mut Dice, speed: f64) -> (Link, Link) {
    let n = 6 + dice.below(10);
    let mut points: Vec<DVec3> = (0..n).map(|_| dice.point()).collect();
    let i = dice.below(n);
    let j = (i + 2 + dice.below(n - 3)) % n;
    let (s, t) = (dice.unit(), dice.unit());
    let shift = points[i].lerp(points[(i + 1) % n], s) - points[j].lerp(points[(j + 1) % n], t);
    points[j] += shift;
    points[(j + 1) % n] += shift;
    if i == (j + 1) % n || j == (i + 1) % n {
        unreachable!("they share no vertex");
    }
    let time = dice.unit();
    let ways: Vec<DVec3> = (0..n).map(|_| dice.point() * speed).collect();
    let frame = |t: f64| points.iter().zip(&ways).map(|(p, v)| *p + *v * (t - time)).collect::<Vec<_>>();
    let link = |vertices| Link::from(Polygon::new(vertices).expect("random points"));
    (link(frame(0.0)), link(frame(1.0)))
}

#[test]
fn ten_thousand_planted_passes_are_found() {
    let mut dice = Dice(Pcg64Mcg::new(1));
    for round in 0..10_000 {
        // From a slow drift to a leap.
        let speed = libm::pow(10.0, -4.0 * dice.unit());
        let (from, to) = planted(&mut dice, speed);
        let found = certify_step(&from, &to, Strand::Thin);
        assert!(matches!(found, Err(Error::Motion(Refused::Meet { .. } | Refused::Fold { .. }))), "round {round}: {found:?}");
    }
}

#[test]
fn passes_of_tubes_are_found_in_the_middle_of_a_clip() {
    let knot = torus_knot(2.0, 3.0, 90);
    // Vertex 0 goes through the middle of the knot and out at the other side.
    let mut dice = Dice(Pcg64Mcg::new(3));
    for _ in 0..50 {
        let vertex = dice.below(90);
        let pulled = |share: f64| {
            let mut k = 0;
            let target = -0.8 * knot.components()[0].vertices()[vertex];
            knot.map(|p| {
                let near = (k as f64 - vertex as f64).abs().min(90.0 - (k as f64 - vertex as f64).abs());
                k += 1;
                p.lerp(p + (target - p) * libm::exp(-near * near / 40.0), share)
            })
        };
        let frames = (0..=24).map(|k| pulled(f64::from(k) / 24.0)).collect::<Result<Vec<_>, _>>().expect("frames");
        let motion = Motion::new(frames).expect("alike");
        let found = certify(&motion, Strand::Tube { radius: 0.1 });
        assert!(matches!(found, Err(Error::Motion(_))), "{found:?}");
    }
}

/// A figure of eight of so many edges, from a vertex on; where it crosses, its strands are this far apart.
fn eight(n: usize, first: usize, apart: f64) -> Link {
    let at = |k: usize| {
        let a = TAU * ((k + first) as f64 + 0.5) / n as f64;
        DVec3::new(4.0 * libm::sin(a), 2.0 * libm::sin(2.0 * a), 0.5 * apart * libm::cos(a))
    };
    Polygon::new((0..n).map(at).collect::<Vec<_>>()).expect("a figure of eight").into()
}

#[test]
fn tubes_of_few_edges_are_held_apart_wherever_their_first_vertex_is() {
    // Pairs of edges are left out in blocks where the curve does not come back: on neither side of the first vertex may that hide a pair.
    for n in (12..70).step_by(3) {
        for first in (0..n).step_by(2) {
            let strand = Strand::Tube { radius: 0.25 };
            let still = |apart: f64| {
                let link = eight(n, first, apart);
                certify_step(&link, &link, strand)
            };
            assert!(matches!(still(0.3), Err(Error::Motion(Refused::Meet { .. }))), "{n} {first}");
            let proof = still(1.4).expect("room");
            assert!(proof.gap > 0.5 && proof.gap <= 0.9, "{n} {first}: {proof:?}");
            // Slowly, from one side to the other.
            let frames = (0..=40).map(|k| eight(n, first, 1.4 - 0.07 * f64::from(k))).collect::<Vec<_>>();
            let found = certify(&Motion::new(frames).expect("alike"), strand);
            assert!(matches!(found, Err(Error::Motion(Refused::Meet { .. }))), "{n} {first}: {found:?}");
        }
    }
}

#[test]
fn random_links_of_few_edges_that_are_proven_have_room_for_their_tubes() {
    let mut dice = Dice(Pcg64Mcg::new(6));
    let mut wave = |n: usize, size: f64| {
        let modes: Vec<[DVec3; 2]> =
            (1..=3).map(|m| [dice.point(), dice.point()].map(|v| v * (size / f64::from(m * m)))).collect();
        let at = |k: usize| {
            let arm = |(m, [c, s]): (usize, &[DVec3; 2])| {
                let (sin, cos) = libm::sincos((m + 1) as f64 * TAU * k as f64 / n as f64);
                *c * cos + *s * sin
            };
            modes.iter().enumerate().map(arm).sum::<DVec3>()
        };
        (0..n).map(at).collect::<Vec<_>>()
    };
    let (mut proven, mut refused) = (0, 0);
    for round in 0..2_000 {
        let parts: Vec<usize> = (0..=round % 2).map(|part| 10 + (7 * round + 13 * part) % 50).collect();
        let from: Vec<Vec<DVec3>> = parts.iter().map(|n| wave(*n, 1.0)).collect();
        let to = from.iter().map(|line| line.iter().zip(wave(line.len(), 0.05)).map(|(p, way)| *p + way).collect::<Vec<_>>());
        let (to, from) = (Link::from_vertices(to).expect("random"), Link::from_vertices(from.clone()).expect("random"));
        // From a third of the room that there is to half as much again.
        let radius = clearance(&from).reach().max(1e-3) * (0.3 + 0.12 * (round % 11) as f64);
        let found = certify_step(&from, &to, Strand::Tube { radius });
        let motion = Motion::new([from, to]).expect("alike");
        let reach = |t: f64| clearance(&motion.at(t).expect("in between")).reach();
        let least = (0..=4).map(|k| reach(0.25 * f64::from(k))).fold(f64::INFINITY, f64::min);
        match found {
            Ok(_) => assert!(least > 0.9 * radius, "round {round}: {least} {radius}"),
            Err(_) => refused += 1,
        }
        proven += usize::from(found.is_ok());
    }
    assert!(proven > 400 && refused > 400, "{proven} proven, {refused} refused");
}

#[test]
fn turning_and_breathing_are_proven_with_the_gap_that_is_there() {
    let knot = torus_knot(2.0, 3.0, 120);
    let radius = 0.2;
    let frames = (0..=20).map(|k| {
        let turn = DQuat::from_axis_angle(DVec3::new(1.0, 2.0, -0.5).normalize(), 0.1 * f64::from(k));
        knot.map(|p| turn * p * (1.0 + 0.1 * libm::sin(f64::from(k))) + DVec3::X * f64::from(k))
    });
    let motion = Motion::new(frames.collect::<Result<Vec<_>, _>>().expect("frames")).expect("alike");
    let proof = certify(&motion, Strand::Tube { radius }).expect("nothing passes");
    let still = clearance(&knot);
    assert!(proof.gap > 0.0 && proof.gap <= 1.1 * still.distance - 2.0 * radius, "{proof:?} {still:?}");
    assert!(proof.radius >= radius && proof.radius <= 1.1 * still.radius, "{proof:?} {still:?}");
    assert_eq!(certify(&motion.backwards(), Strand::Tube { radius }).map(|p| p.gap > 0.0), Ok(true));
    let thick = Strand::Tube { radius: 1.15 * still.reach() };
    assert!(certify(&motion, thick).is_err(), "too thick: {still:?}");
    let paced = motion.paced(41).expect("more frames");
    assert!(certify(&paced, Strand::Tube { radius }).is_ok());
    assert!(certify(&motion, Strand::Tube { radius: f64::NAN }).is_err());
}

#[test]
fn what_is_proven_keeps_the_clearance_at_every_sampled_time() {
    let mut dice = Dice(Pcg64Mcg::new(5));
    let (mut proven, mut refused) = (0, 0);
    for _ in 0..300 {
        let knot = torus_knot(2.0, 3.0, 60);
        let ways: Vec<(DVec3, f64)> = (0..3).map(|_| (dice.point(), TAU * dice.unit())).collect();
        let mut k = 0.0;
        let size = 1.2 * dice.unit();
        let to = knot.map(|p| {
            k += TAU / 60.0;
            p + ways.iter().enumerate().map(|(m, (v, phase))| *v * libm::sin((m + 1) as f64 * k + phase)).sum::<DVec3>() * size
        });
        let (to, radius) = (to.expect("frames"), 0.15);
        match certify_step(&knot, &to, Strand::Tube { radius }) {
            Ok(_) => {
                proven += 1;
                let motion = Motion::new([knot, to]).expect("alike");
                for step in 0..=16 {
                    let reach = clearance(&motion.at(f64::from(step) / 16.0).expect("in between")).reach();
                    assert!(reach >= 0.95 * radius, "{reach}");
                }
            }
            Err(_) => refused += 1,
        }
    }
    assert!(proven > 60 && refused > 60, "{proven} proven, {refused} refused");
}
