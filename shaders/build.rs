//! Lists the WGSL files, so that a new kernel needs no entry in a table.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

fn main() {
    let root = env::var("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR");
    let mut out = String::new();
    for (folder, name) in [("kernels", "KERNELS"), ("shared", "SHARED")] {
        let dir = Path::new(&root).join(folder);
        println!("cargo::rerun-if-changed={}", dir.display());
        let mut files: Vec<String> = fs::read_dir(&dir)
            .unwrap_or_else(|e| panic!("cannot list {}: {e}", dir.display()))
            .map(|entry| entry.expect("a readable folder entry").file_name().into_string().expect("an ASCII file name"))
            .filter(|file| file.ends_with(".wgsl") && !file.starts_with('.'))
            .collect();
        // Sorted, so that the build does not depend on the file system's order.
        files.sort();
        writeln!(out, "static {name}: &[(&str, &str)] = &[").expect("writing to a string");
        for file in files {
            let stem = file.trim_end_matches(".wgsl");
            let path = dir.join(&file);
            writeln!(out, "    ({stem:?}, include_str!({:?})),", path.display().to_string()).expect("writing to a string");
        }
        out.push_str("];\n");
    }
    let target = Path::new(&env::var("OUT_DIR").expect("cargo sets OUT_DIR")).join("files.rs");
    fs::write(&target, out).unwrap_or_else(|e| panic!("cannot write {}: {e}", target.display()));
}
