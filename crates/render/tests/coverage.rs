//! The table of what is seen by which test names all there is, and no test that there is not.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const TABLE: &str = include_str!("COVERAGE.md");

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Rust files below a folder.
fn rust_files(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())) {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            rust_files(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

/// `file::name` of every test of some crates.
fn tests() -> BTreeSet<String> {
    let mut files = Vec::new();
    for name in ["scene", "gltf", "task", "raytruth", "render"] {
        rust_files(&root().join("crates").join(name), &mut files);
    }
    let mut tests = BTreeSet::new();
    for file in files {
        let stem = file.file_stem().and_then(|s| s.to_str()).expect("a name").to_owned();
        let text = fs::read_to_string(&file).expect("a readable file");
        // After `#[test]` there may be other attributes.
        for after in text.split("#[test]").skip(1) {
            let name = after.split_once("fn ").map_or("", |(_, rest)| rest);
            let name: String = name.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            tests.insert(format!("{stem}::{name}"));
        }
    }
    tests
}

/// Names of the fields of what a file of the scene's crate makes public, those of variants included.
fn fields(file: &str) -> Vec<String> {
    let text = fs::read_to_string(root().join("crates/scene/src").join(file)).expect("a readable file");
    let mut inside = false;
    let mut out = Vec::new();
    for line in text.lines() {
        inside = line.starts_with("pub struct") || line.starts_with("pub enum") || (inside && line != "}");
        let line = line.trim_start();
        let name = line.strip_prefix("pub ").unwrap_or(line).split_once(": ").map_or("", |(name, _)| name);
        if inside && !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_') {
            out.push(name.to_owned());
        }
    }
    out
}

#[test]
fn the_table_names_what_there_is() {
    let quoted: BTreeSet<&str> = TABLE.split('`').skip(1).step_by(2).collect();
    let mut missing: Vec<String> = Vec::new();
    let tests = tests();
    missing.extend(quoted.iter().filter(|q| q.contains("::") && !tests.contains(**q)).map(|q| format!("no test is called {q}")));
    let mut ask = |what: &str, name: &str| {
        if !quoted.contains(name) {
            missing.push(format!("the table does not name the {what} {name}"));
        }
    };
    for file in raytruth_shaders::kernels().chain(raytruth_shaders::shared()) {
        ask("file", &format!("{file}.wgsl"));
    }
    for kernel in raytruth_shaders::kernels() {
        for define in raytruth_shaders::defines(kernel).expect("composes") {
            ask("define", &define);
        }
    }
    let mut count = 0;
    for file in
        ["scene.rs", "camera.rs", "environment.rs", "light.rs", "material.rs", "object.rs", "shape.rs", "mesh.rs", "overlay.rs"]
    {
        let fields = fields(file);
        assert!(fields.len() > 2, "{file} has fields");
        count += fields.len();
        for field in fields {
            ask("field", &field);
        }
    }
    assert!(count > 80, "{count} fields are read");
    assert!(missing.is_empty(), "{missing:#?}");
}
