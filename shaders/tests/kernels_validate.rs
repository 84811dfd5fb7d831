//! Every kernel, under every combination of its defines, passes naga's full validation; so does every shared file alone.

use naga::valid::{Capabilities, ValidationFlags, Validator};
use raytruth_shaders::{Composed, compose, compose_source, defines, kernels, shared};

/// Validates as strictly as a device would; an error names the WGSL file and line.
fn check(composed: &Composed) -> Result<naga::Module, String> {
    let place = |location: Option<naga::SourceLocation>| {
        let line = location.map(|l| l.line_number).and_then(|l| composed.map.locate(l));
        line.map_or("(no place given)".into(), |l| l.to_string())
    };
    let module = naga::front::wgsl::parse_str(&composed.source)
        .map_err(|e| format!("{}: {}", place(e.location(&composed.source)), e.emit_to_string(&composed.source)))?;
    Validator::new(ValidationFlags::all(), Capabilities::default())
        .validate(&module)
        .map_err(|e| format!("{}: {}", place(e.location(&composed.source)), e.emit_to_string(&composed.source)))?;
    Ok(module)
}

/// All subsets of up to six names; of more, those of at most two, and those that lack at most one.
fn subsets(names: &[String]) -> Vec<Vec<&str>> {
    if names.len() <= 6 {
        let pick = |bits: u32| names.iter().enumerate().filter(|(i, _)| bits >> i & 1 == 1).map(|(_, n)| n.as_str()).collect();
        return (0..1 << names.len()).map(pick).collect();
    }
    let n = names.len();
    let pick = |keep: &dyn Fn(usize) -> bool| (0..n).filter(|&i| keep(i)).map(|i| names[i].as_str()).collect();
    let mut sets: Vec<Vec<&str>> = vec![pick(&|_| false), pick(&|_| true)];
    for a in 0..n {
        sets.extend((a..n).map(|b| pick(&|i| i == a || i == b)));
        sets.push(pick(&|i| i != a));
    }
    sets
}

#[test]
fn every_kernel_under_every_define() {
    let mut count = 0;
    for kernel in kernels() {
        for set in subsets(&defines(kernel).unwrap_or_else(|e| panic!("{e}"))) {
            let composed = compose(kernel, &set).unwrap_or_else(|e| panic!("{e}"));
            let module = check(&composed).unwrap_or_else(|e| panic!("{kernel} {set:?}: {e}"));
            assert_eq!(module.entry_points.len(), 1, "{kernel}: one entry point a file");
            assert_eq!(module.entry_points[0].name, "main", "{kernel}: the entry point is called main");
            count += 1;
        }
    }
    assert!(count > 0, "there are kernels");
}

#[test]
fn every_shared_file_stands_alone() {
    for name in shared() {
        let composed = compose_source("alone", &format!("#import {name}\n"), &[]).unwrap_or_else(|e| panic!("{e}"));
        if let Err(e) = check(&composed) {
            panic!("{name} (does it import all it uses?): {e}");
        }
    }
}

#[test]
fn an_error_names_the_file_and_line() {
    let text = "#import rng\n#ifdef NEVER\nconst X = 1u;\n#endif\nfn f() -> u32 { return not_there; }\n";
    let composed = compose_source("wrong", text, &[]).expect("composes");
    let error = check(&composed).expect_err("uses an unknown name");
    assert!(error.starts_with("wrong.wgsl:5: "), "{error}");
}
