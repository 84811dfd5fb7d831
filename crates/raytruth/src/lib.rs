//! Ground-truth video for 3D video reasoning: scenes, physics, a GPU path tracer, video and scoring as one library.
//!
//! Each part is a crate of its own; this one brings them together under short names, behind features, so that one pays only for
//! what one uses.
//!
//! | Feature | Module | What it is | Needs to build |
//! |---|---|---|---|
//! | (always) | [`scene`] | the world as plain data: shapes, materials, lights, camera, what of them changes over time | Rust |
//! | `physics` (default) | `physics` | rigid bodies in, poses over time and contacts out | Rust |
//! | `render` (default) | `render` | a scene in, path-traced pictures and passes out | Rust; a Vulkan, Metal or DirectX 12 driver to run |
//! | `gltf` | `gltf` | scenes from glTF 2.0 and to it | Rust |
//! | `video` | `video` | pictures in, H.264 MP4 out | FFmpeg's libraries, clang, pkg-config |
//! | `eval` | `eval` | scores videos against ground truth | as `video` |
//! | `task` | `task`, `tasks` | what a reasoning task is; the built-in tasks | Rust |
//! | `dataset` | `dataset` | whole samples, checked in a closed loop | as `video` |
//!
//! # A ball that falls
//!
#![cfg_attr(feature = "physics", doc = "```")]
#![cfg_attr(not(feature = "physics"), doc = "```ignore")]
//! use raytruth::glam::Vec3;
//! use raytruth::physics::{BakeSettings, Body, Form, Substance, World, bake};
//! use raytruth::scene::{Animation, Camera, Material, Object, Scene, Shape, srgb};
//!
//! let mut world = World::default();
//! world.add(Body::fixed("table", Substance::Oak, Form::HalfSpace));
//! let ball = world.add(Body::dynamic("ball", Substance::Rubber, Form::Sphere { radius: 0.05 }).at(Vec3::Z * 0.5));
//! let baked = bake(&world, &BakeSettings { duration_s: 1.0, ..Default::default() })?;
//!
//! let mut scene = Scene::new(Camera::look_at(Vec3::new(0.0, -1.5, 0.5), Vec3::Z * 0.2, 0.6));
//! scene.materials.insert("red".into(), Material { base_color: srgb(0xc23a2e), ..Material::default() });
//! scene.animation = Some(Animation { frames: 30, fps: 30 });
//! let poses = (0..30).map(|frame| baked.pose_at(ball, f64::from(frame) / 30.0));
//! scene.objects.push(Object::new("ball", 1, Shape::Sphere { radius: 0.05 }, "red").moving(poses));
//! scene.validate()?;
//! assert!(scene.world_pose(0, 0).translation.z > scene.world_pose(0, 5).translation.z);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The examples `drop_ball` (the same, rendered to a PNG) and `sixth_task` (a reasoning task with its evaluator, outside of the
//! tree) go on from here.

#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

pub use glam;
pub use raytruth_scene as scene;

#[cfg(feature = "dataset")]
pub use raytruth_dataset as dataset;
#[cfg(feature = "eval")]
pub use raytruth_eval as eval;
#[cfg(feature = "gltf")]
pub use raytruth_gltf as gltf;
#[cfg(feature = "physics")]
pub use raytruth_physics as physics;
#[cfg(feature = "render")]
pub use raytruth_render as render;
#[cfg(feature = "task")]
pub use raytruth_task as task;
#[cfg(feature = "video")]
pub use raytruth_video as video;
/// The JSON values that cards and truths are made of.
#[cfg(feature = "task")]
pub use serde_json;

#[cfg(feature = "task")]
pub mod tasks;
