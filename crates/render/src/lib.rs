//! A path tracer on wgpu compute shaders: a scene in, linear radiance and passes out.
//!
//! [`Renderer`] owns a device and its pipelines, [`Renderer::clip`] prepares a scene for it, and [`ClipRenderer::frame`] renders
//! what one asks for of a frame ([`Output`]): the finished picture, linear radiance, and exact passes, which trace no paths.
//!
//! ```no_run
//! use std::ops::ControlFlow;
//! use raytruth_render::{DeviceOptions, Output, RenderSettings, Renderer};
//! # fn render(scene: &raytruth_scene::Scene) -> Result<(), raytruth_render::RenderError> {
//!
//! let renderer = Renderer::new(&DeviceOptions::default())?;
//! let mut clip = renderer.clip(scene, &RenderSettings { width: 320, height: 200, ..RenderSettings::default() })?;
//! let frame = clip.frame(0, &[Output::Rgb], &mut |_| ControlFlow::Continue(()))?;
//! frame.save_png("frame.png")?;
//! # Ok(())
//! # }
//! ```
//!
//! # Passes and their frames
//!
//! All passes come from one ray through each pixel's centre, without pixel filter, lens and motion blur, row by row from the top
//! left corner. Area lights are not objects: passes look through them.
//!
//! | [`Pass`] | field of [`Passes`] | unit, frame | where nothing is seen |
//! |---|---|---|---|
//! | `Depth` | `depth` | metres along the camera's axis (not along the ray) | infinite |
//! | `Normal` | `normal` | unit vector, world, towards the camera | zero |
//! | `Albedo` | `albedo` | base colour, linear Rec. 709 | zero |
//! | `Id` | `object_id` | [`raytruth_scene::Object::id`], of an overlay [`raytruth_scene::Overlay::id`] | 0 |
//! | `Flow` | `flow_forward`, `flow_backward` | pixels, x right, y down | flow of a point infinitely far |
//! | `Coord` | `coord` | metres, the object's own frame | `None` |
//! | `SpecularId` | `specular_id`, `specular_throughput` | as `object_id`; fraction, linear Rec. 709 | 0, and the throughput up to there |
//!
//! Overlays show in `Id` alone. World coordinates are metres, right-handed, z up. An object's own frame is the one that its shape is described in: its pose in
//! the world, parents included, undone.
//!
//! Where the scene's camera has a `shutter`, what moves meanwhile is blurred in the picture and its radiance: by as many moments as there
//! are samples, 64 at most.
//!
//! # Inside of clear solids
//!
//! Radiance is carried over the square of the index of refraction n, so that surfaces do not scale it, and what shines gives 1 / n² of its
//! radiance to the medium that it shines into: a lamp inside of glass gives a room the power that it has. A camera may be in clear solids
//! too, up to four, found anew for every frame (of several the one of the highest priority is there, of equal ones the smaller): its rays
//! begin there. It reports what is carried: under an even sky of 1 it sees 1 from inside and from outside, and a wall that shines with 1
//! in water, seen from within that water, has 1 / 1.33², less what the water absorbs. (pbrt and Mitsuba report n² times that.) A lens
//! with the surface of a clear solid across it is refused.
//!
//! # Light through glass
//!
//! Direct light is what a surface gets from a lamp, the sun or a bright picture by sampling it. Thin smooth sheets (`thin`, roughness below
//! 0.03) let it straight through, weakened by both of their faces and their colour, several of them too. Solid glass bends it and rough glass
//! scatters it, so that no straight ray leads from the surface to the lamp: then only paths find the lamp that happen to leave the glass towards
//! it, as many as the lamp takes of all directions. Of a window in a lamp of 1 m that is enough; the light of a small lamp or the sun
//! through solid glass (a *caustic*) is rare bright dots, which [`Profile::Look`] clamps, so what such light alone reaches is dark.
//! [`unfound_light`] tells whether a frame is like that. What helps: a pane that is `thin`, a larger lamp, a lamp on this side of the glass.
//!
//! # Shading normals
//!
//! Interpolated normals and normal maps can ask for a mirror that reflects into the surface. They are bent until what they mirror
//! is above it (Keller et al., "The Iray Light Transport Simulation and Rendering System", 2017, A.3), fully below roughness 0.5 and
//! no more at 1; shadow rays of coarse meshes start from the smooth surface that the normals describe (Hanika, "Hacking the Shadow Terminator",
//! Ray Tracing Gems II, 2021). Both depend on the viewer: what is shaded by other normals than its triangles' is not reciprocal, energy stays
//! bounded. Analytic shapes and flat faces are reciprocal.
//!
//! # How it works
//!
//! One kernel follows whole paths (a *megakernel*), with a bounding volume hierarchy of its own in plain WGSL, so that every
//! adapter that runs compute shaders runs the same code; hardware ray queries are not needed. With one adapter and driver, the
//! same scene and settings give the same bits, however the work is cut into submissions.

mod ahead;
mod albedo;
mod busy;
mod bvh;
mod choice;
mod clip;
mod clip_on_device;
mod device;
mod emitters;
mod engine;
mod error;
mod exposure;
mod filter;
mod frame;
mod frame_params;
mod geometry;
mod glass_albedo;
mod gpu;
mod groups;
mod injection;
#[doc(hidden)]
pub mod internals;
mod kernel_times;
mod lights;
#[cfg(all(unix, not(target_vendor = "apple"), not(target_os = "android")))]
mod loader;
mod loop_bound;
mod maps;
mod material_gpu;
mod motion;
mod pass;
mod pipeline_cache;
mod post;
mod prepared;
mod readback;
mod renderer;
mod schedule;
mod self_test;
mod settings;
mod shader;
mod sky;
mod solids;
mod swept;
mod targets;
#[cfg(test)]
mod tests;
mod texels;
mod unfound;
mod watch;
mod window;
mod world;

pub use clip::ClipRenderer;
pub use device::{AdapterLimits, AdapterReport, DeviceChoice, DeviceOptions, adapters};
pub use error::RenderError;
pub use frame::{Frame, Passes, Progress};
pub use kernel_times::KernelTime;
pub use pass::{Output, Pass};
pub use prepared::Prepared;
pub use renderer::Renderer;
pub use self_test::{SelfTest, self_test};
pub use settings::{Profile, RenderSettings, View};
pub use unfound::{UnfoundLight, unfound_light};
