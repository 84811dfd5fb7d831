//! `raytruth bench`: what it says to machines, and what it refuses.

use assert_cmd::Command;
use serde_json::Value;

fn bench(arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::cargo_bin("raytruth").expect("built");
    let output = command.arg("bench").args(arguments).env_remove("WGPU_ADAPTER_NAME").output().expect("runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().expect("no signal"), text(&output.stdout), text(&output.stderr))
}

/// The stored references are what the renderer makes: written anew by `cargo run --release -p raytruth-bench --example references` if a change
/// of pictures is meant.
#[test]
fn pictures_are_compared_and_told_as_json() {
    let (code, stdout, stderr) = bench(&["--only", "correct", "--device", "software", "--json"]);
    assert_eq!(code, 0, "{stdout}{stderr}");
    assert!(stderr.contains("no GPU") && stderr.contains("min"), "how long it takes is said first: {stderr}");
    let report: Value = serde_json::from_str(&stdout).expect("JSON");
    assert!(report["adapter"]["device_type"] == "cpu" && report["correct"]["ok"] == true, "{report}");
    assert!(report["samples"].is_null() && report["rates"].as_array().is_some_and(Vec::is_empty));
    let pictures = report["correct"]["pictures"].as_array().expect("a list");
    assert_eq!(pictures.len(), 13);
    for picture in pictures {
        // Another version of the driver rounds in other ways; a picture with another seed is at the limit.
        let flip = picture["flip"].as_f64().expect("a number");
        assert!(picture["ok"] == true && flip < 0.5 * picture["limits"]["flip"].as_f64().expect("a number"), "{picture}");
        assert!(picture["ids"] == 0 && picture["same_bits"] != false, "{picture}");
    }
}

#[test]
fn what_cannot_be_measured_is_refused() {
    for (arguments, code, says) in [
        (vec!["--only", "colours"], 2, "correct, rates, samples"),
        (vec!["--price=-1"], 2, "--price"),
        (vec!["--price", "cheap"], 2, "--price"),
        (vec!["--task", "nonsense"], 2, "knowledge_causality"),
        (vec!["--preset", "huge"], 2, "template"),
        (vec!["--num-samples", "1"], 2, "2..=10000"),
        (vec!["--device", "99"], 1, "no adapter matches number 99; there is 0: "),
        (vec!["--device", "ffff:ffff"], 1, "the PCI id `ffff:ffff`"),
    ] {
        let (got, stdout, stderr) = bench(&arguments);
        assert!(got == code && stderr.contains(says) && stdout.is_empty(), "{arguments:?}: {got} {stdout}{stderr}");
    }
}
