//! Rigid-body simulation with rapier3d: bodies in, poses over time and contact events out.
//!
//! A [`World`] is plain data: bodies with a form, a substance and a motion, and the [`PairTable`] that says how two
//! substances rub, bounce and roll on each other. [`bake`] simulates it at a fixed step and returns a [`Bake`]: poses,
//! velocities, energies and contact events at every step. Rendering reads only the bake, so that one simulation serves
//! every frame rate.
//!
//! Units are SI (metres, kilograms, seconds, radians), axes right-handed with z up. Equal worlds give equal bits on every
//! machine: rapier runs with `enhanced-determinism`, all other mathematics goes through `libm`, and there is one thread.
//!
//! ```
//! use glam::Vec3;
//! use raytruth_physics::{BakeSettings, Body, Form, Substance, World, bake};
//!
//! let mut world = World::default();
//! world.add(Body::fixed("table", Substance::Oak, Form::HalfSpace));
//! let ball = world.add(Body::dynamic("ball", Substance::Rubber, Form::Sphere { radius: 0.02 }).at(Vec3::new(0.0, 0.0, 0.5)));
//! let bake = bake(&world, &BakeSettings { duration_s: 1.0, ..Default::default() })?;
//! assert!(bake.pose_at(ball, 0.2).translation.z < 0.32);
//! assert!(bake.first_contact_of(ball).is_some());
//! # Ok::<(), raytruth_physics::Error>(())
//! ```

#![cfg_attr(not(test), deny(clippy::disallowed_methods))]

mod bake;
mod body;
mod bounce;
mod build;
mod contact;
mod energy;
mod engine;
mod error;
mod form;
mod hooks;
mod joint;
mod motion;
mod pairs;
mod record;
mod rolling;
mod settle;
mod substance;
mod table;
mod track;
mod validate;
mod world;

pub use bake::{Bake, BakeSettings, Energy, bake, bake_until};
pub use body::{Body, Part};
pub use contact::ContactEvent;
pub use error::Error;
pub use form::Form;
pub use joint::BallJoint;
pub use motion::{Easing, Keyframe, Motion};
pub use pairs::{PairContact, PairTable};
pub use raytruth_scene::Pose;
pub use record::{BodyRecord, ContactRecord, WorldRecord};
pub use settle::settle;
pub use substance::Substance;
pub use track::Track;
pub use world::{STANDARD_GRAVITY, World};
