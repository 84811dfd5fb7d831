//! A path tracer on wgpu compute shaders: a scene in, linear radiance and passes out.
//!
//! [`Renderer`] owns a device and its pipelines, [`Renderer::clip`] prepares a scene for it, and [`ClipRenderer::frame`] renders
//! one frame: the finished picture, linear radiance, and exact passes (object id, depth, normal, albedo).
//!
//! ```no_run
//! use std::ops::ControlFlow;
//! use raytruth_render::{DeviceOptions, RenderSettings, Renderer};
//! # fn render(scene: &raytruth_scene::Scene) -> Result<(), raytruth_render::RenderError> {
//!
//! let renderer = Renderer::new(&DeviceOptions::default())?;
//! let mut clip = renderer.clip(scene, &RenderSettings { width: 320, height: 200, ..RenderSettings::default() })?;
//! let frame = clip.frame(0, &mut |_| ControlFlow::Continue(()))?;
//! assert_eq!(frame.rgb.len(), 320 * 200 * 3);
//! # Ok(())
//! # }
//! ```
//!
//! # How it works
//!
//! One kernel follows whole paths (a *megakernel*), with a bounding volume hierarchy of its own in plain WGSL, so that every
//! adapter that runs compute shaders runs the same code; hardware ray queries are not needed. With one adapter and driver, the
//! same scene and settings give the same bits, however the work is cut into submissions.

mod albedo;
mod alias;
mod bvh;
mod clip;
mod device;
mod emitters;
mod error;
mod filter;
mod frame;
mod frame_params;
mod geometry;
mod glass_albedo;
#[doc(hidden)]
pub mod internals;
mod lights;
mod material_gpu;
mod post;
mod readback;
mod renderer;
mod schedule;
mod self_test;
mod settings;
mod shader;
mod sky;
mod swept;
mod targets;
#[cfg(test)]
mod tests;
mod texels;
mod world;

pub use clip::ClipRenderer;
pub use device::{AdapterLimits, AdapterReport, DeviceChoice, DeviceOptions, adapters};
pub use error::RenderError;
pub use frame::{Frame, Passes, Progress};
pub use renderer::Renderer;
pub use self_test::{SelfTest, self_test};
pub use settings::{Profile, RenderSettings, View};
