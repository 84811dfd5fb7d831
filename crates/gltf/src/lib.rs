//! Scenes from glTF 2.0 files and to them.
//!
//! [`load`] reads a `.glb` or `.gltf` into a [`raytruth_scene::Scene`] and says what of it could not be represented; [`save`] writes a
//! scene as one self-contained `.glb` that other programs show with the same framing, and that comes back here as it was. Whether Blender
//! or viewers on the web read it, [`ExportOptions::target`] says: units of light and the sky depend on it.
//!
//! What maps to what, both ways, is in the crate's README.

#![forbid(unsafe_code)]

mod appearance;
mod bake;
mod error;
mod export;
mod extras;
mod frame;
mod import;
mod photometry;
mod picture;
mod sky;

pub use error::GltfError;
pub use export::{ExportOptions, Target, losses, save, to_glb_bytes};
pub use import::{ImportOptions, Imported, default_environment, from_slice, load};

/// Compiles the README's example.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
