//! Unlinks are named however hard they are to untangle, and nothing else is taken for one.

use raytruth_knots::diagram::{Diagram, Sign};
use raytruth_knots::operation::{connected_sum, ring, simplified, split_union};
use raytruth_knots::table::{find, identify};

fn gordian() -> Diagram {
    let text = include_str!("data/gordian.txt").lines().find(|line| !line.starts_with('#')).expect("a code");
    let labels: Vec<u32> = text.split([',', ';']).map(|label| label.parse().expect("a label")).collect();
    let code: Vec<[u32; 4]> = labels.chunks_exact(4).map(|c| [c[0], c[1], c[2], c[3]]).collect();
    Diagram::from_pd(&code).expect("a diagram")
}

fn said(diagram: &Diagram) -> String {
    identify(diagram).expect("narrow enough").to_string()
}

#[test]
fn an_unknot_that_no_strand_can_be_laid_shorter_of_is_named_alone_and_beside_others() {
    let hard = gordian();
    assert_eq!(simplified(&hard).expect("small").crossing_count(), 141, "hard to simplify");
    assert_eq!(said(&hard), "unknot");
    let beside = |other: &Diagram| split_union(&hard, other).expect("both");
    assert_eq!(said(&beside(&Diagram::unlink(2))), "unlink of 3 components");
    assert_eq!(said(&beside(&hard)), "unlink of 2 components");
    for name in ["trefoil", "Hopf link"] {
        assert_eq!(said(&beside(&find(name).expect("in the table").diagram)), "not in the table", "split, and no unlink");
    }
    let trefoil = &find("trefoil").expect("in the table").diagram;
    let sum = connected_sum(&hard, hard.edges().next().expect("an edge"), trefoil, 2).expect("edges");
    assert_eq!(said(&sum), "3_1");
}

#[test]
fn many_components_that_are_linked_are_no_unlink() {
    // A chain of up to 12 rings.
    let mut chain = find("Hopf link").expect("in the table").diagram.clone();
    for count in 3..=12 {
        let last = chain.components().pop().expect("a ring")[0];
        chain = ring(&chain, last, if count % 2 == 0 { Sign::Positive } else { Sign::Negative }).expect("an edge");
        assert_eq!((said(&chain), chain.component_count()), ("not in the table".to_owned(), count));
    }
    assert_eq!(said(&split_union(&chain, &Diagram::unlink(1_000)).expect("both")), "not in the table");
}
