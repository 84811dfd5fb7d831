//! The WGSL of raytruth: one kernel a file, shared code imported by name.
//!
//! `kernels/NAME.wgsl` holds one entry point, `main`; `shared/NAME.wgsl` holds code that kernels and other shared files bring in
//! with `#import NAME`. [`compose`] puts a kernel together for a set of defines and remembers where every line came from, so
//! that an error of the shader compiler can be told in terms of the files.
//!
//! ```
//! let composed = raytruth_shaders::compose_source("twice", "#ifdef FAST\nconst N = 1u;\n#else\nconst N = 2u;\n#endif\n", &["FAST"])?;
//! assert_eq!(composed.source, "const N = 1u;\n");
//! assert_eq!(composed.map.locate(1).expect("line 1 exists").to_string(), "twice.wgsl:2");
//! # Ok::<(), raytruth_shaders::ComposeError>(())
//! ```

mod compose;
mod source_map;

pub use compose::{ComposeError, Composed};
pub use source_map::{Location, SourceMap};

include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// The names of all kernels, sorted.
pub fn kernels() -> impl Iterator<Item = &'static str> {
    KERNELS.iter().map(|(name, _)| *name)
}

/// The names of all shared files, sorted.
pub fn shared() -> impl Iterator<Item = &'static str> {
    SHARED.iter().map(|(name, _)| *name)
}

/// Every name that the kernel or anything it imports tests with `#ifdef` or `#ifndef`, sorted.
///
/// # Errors
/// As [`compose`].
pub fn defines(kernel: &str) -> Result<Vec<String>, ComposeError> {
    compose::defines(kernel, kernel_text(kernel)?, &shared_text)
}

/// Puts the kernel `kernels/{kernel}.wgsl` together: imports brought in, conditionals decided by `defines`.
///
/// # Errors
/// When there is no such kernel, an import names no shared file, or a directive is malformed.
pub fn compose(kernel: &str, defines: &[&str]) -> Result<Composed, ComposeError> {
    compose_source(kernel, kernel_text(kernel)?, defines)
}

/// As [`compose`], for a kernel whose text the caller brings (a test, an experiment); it may import the shared files.
///
/// # Errors
/// As [`compose`].
pub fn compose_source(name: &str, text: &str, defines: &[&str]) -> Result<Composed, ComposeError> {
    compose::compose(name, text, defines, &shared_text)
}

fn kernel_text(name: &str) -> Result<&'static str, ComposeError> {
    find(KERNELS, name).ok_or_else(|| ComposeError::UnknownKernel { name: name.into() })
}

fn shared_text(name: &str) -> Option<&'static str> {
    find(SHARED, name)
}

fn find(table: &[(&'static str, &'static str)], name: &str) -> Option<&'static str> {
    table.binary_search_by_key(&name, |(key, _)| key).ok().map(|i| table[i].1)
}
