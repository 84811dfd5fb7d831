//! The interiors of `assets/scenes` are what the example writes.

#[path = "../examples/interiors/main.rs"]
#[allow(dead_code, reason = "an example's `main` is not called here")]
mod interiors;

use std::path::PathBuf;

use serde_json::Value;

/// Equal but for rounding: which sine glam has depends on what else is built.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
        }
        (Value::Number(a), Value::Number(b)) => {
            let (a, b) = (a.as_f64().unwrap_or(f64::NAN), b.as_f64().unwrap_or(f64::NAN));
            (a - b).abs() <= 2e-4 * a.abs().max(1.0)
        }
        _ => a == b,
    }
}

#[test]
fn the_stored_interiors_are_what_the_example_writes() {
    let stored = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../assets/scenes");
    for (name, text) in interiors::files().expect("valid scenes") {
        let path = stored.join(name);
        let [found, wanted] = [std::fs::read_to_string(&path).expect("stored"), text]
            .map(|text| serde_json::from_str::<Value>(&text).expect("JSON"));
        assert!(same(&found, &wanted), "{}: write it again with the example", path.display());
    }
}
