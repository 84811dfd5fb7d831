//! The interiors of `assets/scenes` are what the example writes.

#[path = "../examples/interiors/main.rs"]
#[allow(dead_code, reason = "an example's `main` is not called here")]
mod interiors;

use std::path::PathBuf;

#[test]
fn the_stored_interiors_are_what_the_example_writes() {
    let stored = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../assets/scenes");
    for (name, text) in interiors::files().expect("valid scenes") {
        let path = stored.join(name);
        let found = std::fs::read_to_string(&path).expect("stored");
        assert!(found == text, "{}: write it again with the example", path.display());
    }
}
