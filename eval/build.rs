//! Lists the evaluator's own sources, so that their digest can be part of every score.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, found)?;
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    Ok(())
}

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=src");
    let missing = |name: &str| io::Error::new(io::ErrorKind::NotFound, format!("cargo did not set {name}"));
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").ok_or_else(|| missing("CARGO_MANIFEST_DIR"))?);
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or_else(|| missing("OUT_DIR"))?);
    let mut files = Vec::new();
    collect(&root.join("src"), &mut files)?;
    // By their names inside the crate, so that the order, and with it the digest, is the same on every machine.
    let mut named: Vec<(String, PathBuf)> = files
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(&root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            (name, path)
        })
        .collect();
    named.sort();
    let mut code = String::from("[\n");
    for (name, path) in named {
        code += &format!("    ({name:?}, include_bytes!({:?}) as &[u8]),\n", path.to_string_lossy());
    }
    code += "]\n";
    fs::write(out.join("sources.rs"), code)
}
