//! Another library's Jones polynomials: yui-link, which sums over all resolutions.

use raytruth_knots::Laurent;
use raytruth_knots::diagram::Diagram;
use raytruth_knots::invariant::{determinant, jones};
use raytruth_knots::operation::{connected_sum, crossing_change, mirror};
use raytruth_knots::table::{knots, links};
use yui_core::poly::Mono;
use yui_link::Link;
use yui_link::misc::jones_polynomial;

/// Theirs is `(q + 1/q)` times ours, where `-q` is the root of `t`.
/// It does not say how a component runs which is above everywhere: such diagrams are left out, and `false`.
fn check(diagram: &Diagram, name: &str) -> bool {
    let judge = Link::from_pd_code(diagram.pd().into_iter().map(|x| x.map(|label| u8::try_from(label).expect("few edges"))));
    if !judge.is_oriented() {
        return false;
    }
    let theirs = jones_polynomial(&judge);
    let mut found = Laurent::zero();
    for (power, c) in theirs.iter() {
        found = found.plus(&Laurent::monomial(i128::from(*c), power.deg() as i32)).expect("small");
    }
    let ours = jones(diagram).expect(name);
    let mut signed = Vec::new();
    for (k, c) in ours.coefficients().iter().enumerate() {
        signed.push(if (ours.low() + k as i64) % 2 == 0 { *c } else { -c });
    }
    let ours =
        Laurent::new(i32::try_from(ours.low()).expect("small"), signed).times(&Laurent::new(-1, [1, 0, 1])).expect("small");
    assert_eq!(ours, found, "{name}");
    assert_eq!(determinant(diagram).expect(name), yui_link::misc::det(&judge) as u128, "{name}");
    true
}

#[test]
fn jones_polynomials_and_determinants_are_yui_link_s() {
    let (mut checked, mut left_out) = (0, 0);
    let mut count = |checks: bool| if checks { checked += 1 } else { left_out += 1 };
    for entry in knots().iter().chain(links()) {
        count(check(&entry.diagram, entry.name));
        count(check(&mirror(&entry.diagram).expect("always"), entry.name));
        for crossing in 0..entry.diagram.crossing_count() {
            count(check(&crossing_change(&entry.diagram, crossing).expect("there"), entry.name));
        }
        let sum = connected_sum(&entry.diagram, 2, &knots()[1].diagram, 2).expect("edges");
        count(check(&sum, entry.name));
    }
    assert!(checked > 20 * left_out, "{checked} checked, {left_out} left out");
}
