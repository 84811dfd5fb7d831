//! Problems of every class.

use raytruth_task::{Difficulty, contract};
use raytruth_topology::Topology;

#[test]
fn problems_keep_the_contract() {
    for problem in contract::check(&Topology) {
        let links = &problem.card().certificate["links"];
        assert_ne!(links["b"], links["d"], "{}: the answer is the second link", problem.card().class);
    }
}

#[test]
fn medium_problems_are_drawn() {
    for class in 0..6 {
        let problem = contract::drawn(&Topology, Difficulty::Medium, 7, class);
        let world = &problem.card().certificate["world"];
        assert!(["a", "b", "c", "d"].iter().all(|panel| world[panel].as_array().is_some_and(|strands| !strands.is_empty())));
    }
}
