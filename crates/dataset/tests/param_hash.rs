//! `param_hash` against 200 cases made with Python.

use serde::Deserialize;
use serde_json::{Map, Value};

#[derive(Deserialize)]
struct Case {
    parameters: Map<String, Value>,
    canonical: String,
    param_hash: String,
}

#[test]
fn every_case_made_with_python_agrees() {
    let cases: Vec<Case> = serde_json::from_str(include_str!("data/param_hash.json")).expect("vectors parse");
    assert_eq!(cases.len(), 200);
    for (i, case) in cases.iter().enumerate() {
        assert_eq!(raytruth_dataset::canonical(&case.parameters), case.canonical, "case {i}");
        assert_eq!(raytruth_dataset::param_hash(&case.parameters), case.param_hash, "case {i}");
    }
}
