//! Prints the licences of all crates that are in the programs, each text once: for archives.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

fn main() -> Result<(), Box<dyn Error>> {
    let inside = inside()?;
    let metadata: Value = serde_json::from_str(&cargo(&["metadata", "--locked", "--format-version", "1"])?)?;
    // Texts, and the crates that have them.
    let mut texts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    println!("Crates in the programs, with their licences as they state them; the texts follow.\n");
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let text = |field: &str| package[field].as_str().unwrap_or_default().to_owned();
        let name = format!("{} {}", text("name"), text("version"));
        if !inside.contains(&name) || package["source"].is_null() {
            continue;
        }
        println!("{name}: {}", if text("license").is_empty() { text("license_file") } else { text("license") });
        let folder =
            Path::new(package["manifest_path"].as_str().unwrap_or_default()).parent().ok_or("a manifest without a folder")?;
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            let file = path.file_name().and_then(|n| n.to_str()).unwrap_or_default().to_uppercase();
            let is_licence =
                ["LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE"].iter().any(|n| file.starts_with(n));
            if is_licence && path.is_file() {
                let text = String::from_utf8_lossy(&std::fs::read(&path)?).replace("\r\n", "\n");
                texts.entry(text.trim().to_owned()).or_default().insert(name.clone());
            }
        }
    }
    println!("\nRust's standard library: MIT OR Apache-2.0, copyright the Rust project's developers.");
    for (text, crates) in texts {
        println!("\n{}\n{}\n\n{text}", "-".repeat(100), crates.into_iter().collect::<Vec<_>>().join(", "));
    }
    Ok(())
}

/// `name version` of everything that the programs are linked from.
fn inside() -> Result<BTreeSet<String>, Box<dyn Error>> {
    let tree = cargo(&[
        "tree",
        "--locked",
        "-p",
        "raytruth-cli",
        "-p",
        "raytruth-eval",
        "--edges",
        "normal",
        "--prefix",
        "none",
        "--format",
        "{p}",
    ])?;
    let name = |line: &str| {
        let mut words = line.split_whitespace();
        Some(format!("{} {}", words.next()?, words.next()?.strip_prefix('v')?))
    };
    Ok(tree.lines().filter_map(name).collect())
}

fn cargo(args: &[&str]) -> Result<String, Box<dyn Error>> {
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())).args(args).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    Ok(String::from_utf8(output.stdout)?)
}
