//! From a diagram to a curve and back, from every side.

use glam::{DQuat, DVec3};
use rand_core::Rng;
use rand_pcg::Pcg64Mcg;
use raytruth_knots::curve::{Link, linking_integral, writhe};
use raytruth_knots::diagram::{Diagram, View, project};
use raytruth_knots::drawing::{lift, svg};
use raytruth_knots::invariant::{alexander, jones, linking_matrix};
use raytruth_knots::operation::{add_kink, split_union};
use raytruth_knots::table::{fingerprint, knots, links};

fn direction(dice: &mut Pcg64Mcg) -> DVec3 {
    loop {
        let mut unit = || (dice.next_u64() >> 11) as f64 / (1_u64 << 52) as f64 - 1.0;
        let v = DVec3::new(unit(), unit(), unit());
        if v.length_squared() < 1.0 && v.length_squared() > 0.01 {
            return v.normalize();
        }
    }
}

fn all() -> impl Iterator<Item = (&'static str, &'static Diagram)> {
    knots().iter().chain(links()).map(|entry| (entry.name, &entry.diagram))
}

#[test]
fn lifted_diagrams_are_the_same_link_from_every_side() {
    let mut dice = Pcg64Mcg::new(11);
    for (name, diagram) in all() {
        let link = lift(diagram, 0.15, 60).expect(name);
        let (v, delta) = (jones(diagram), alexander(diagram));
        for _ in 0..3 {
            let seen = project(&link, View::from_direction(direction(&mut dice)).expect("a direction")).expect("general");
            assert_eq!((jones(&seen.diagram), alexander(&seen.diagram)), (v.clone(), delta.clone()), "{name}");
        }
        let matrix = linking_matrix(diagram);
        for (i, a) in link.components().iter().enumerate() {
            for (j, b) in link.components().iter().enumerate().filter(|(j, _)| *j != i) {
                let integral = linking_integral(a, b);
                assert!((integral - f64::from(matrix[i][j])).abs() < 1e-9, "{name}: {integral} {}", matrix[i][j]);
            }
        }
    }
}

#[test]
fn writhe_is_the_mean_over_all_views() {
    let link = lift(&knots()[0].diagram, 0.2, 60).expect("the trefoil");
    let exact = writhe(&link);
    let mut dice = Pcg64Mcg::new(2);
    let views = 4_000;
    let sum: i32 = (0..views)
        .map(|_| project(&link, View::from_direction(direction(&mut dice)).expect("one")).expect("general").diagram.writhe())
        .sum();
    let mean = f64::from(sum) / f64::from(views);
    assert!((mean - exact).abs() < 0.05, "{mean} {exact}");
    let mirrored = link.map(|p| DVec3::new(p.x, p.y, -p.z)).expect("as good");
    assert!((writhe(&mirrored) + exact).abs() < 1e-12 && exact > 2.0);
    let turned = link.map(|p| DQuat::from_rotation_x(0.7) * p * 3.0).expect("as good");
    assert!((writhe(&turned) - exact).abs() < 1e-9);
}

#[test]
fn ten_thousand_turned_polygons_keep_their_invariants() {
    let mut dice = Pcg64Mcg::new(4);
    let (mut seen, mut refused) = (0, 0);
    for round in 0..400 {
        let mut unit = || (dice.next_u64() >> 11) as f64 / (1_u64 << 53) as f64;
        let n = 6 + round % 12;
        let polygon: Vec<DVec3> = (0..n).map(|_| DVec3::new(unit(), unit(), unit())).collect();
        let link = Link::from_vertices([polygon]).expect("random");
        let mut known = None;
        for _ in 0..25 {
            let Ok(view) = project(&link, View::from_direction(direction(&mut dice)).expect("one")) else {
                refused += 1;
                continue;
            };
            let found = fingerprint(&view.diagram).expect("small");
            assert_eq!(*known.get_or_insert(found.clone()), found, "round {round}");
            seen += 1;
        }
    }
    assert!(seen >= 9_990, "{seen} seen, {refused} refused");
}

#[test]
fn nugatory_crossings_and_split_diagrams_are_drawn() {
    let trefoil = &knots()[0].diagram;
    let mut diagram = trefoil.clone();
    for k in 0..6 {
        let edge = diagram.edges().nth(k).expect("an edge");
        let sign = diagram.signs()[0];
        diagram = add_kink(&diagram, edge, sign, k % 2 == 0).expect("an edge");
    }
    let both = split_union(&split_union(&diagram, trefoil).expect("both"), &Diagram::unlink(2)).expect("both");
    let link = lift(&both, 0.05, 400).expect("drawn");
    assert_eq!(link.components().len(), 4);
    let picture = svg(&both, 400).expect("small");
    assert_eq!((picture.matches("<circle").count(), picture.matches("stroke=\"white\"").count()), (2, 12));
    assert!(lift(&both, 0.05, 12).is_err() && lift(&both, f64::NAN, 100).is_err());
}
