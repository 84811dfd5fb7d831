//! From our plain data to rapier's sets.

use core::f32::consts::{FRAC_PI_2, PI};

use glam::{Quat, Vec3};
use rapier3d::parry::mass_properties::MassProperties;
use rapier3d::prelude::{
    ActiveHooks, Collider, ColliderBuilder, FrictionModel, IntegrationParameters, PhysicsWorld, RigidBody, RigidBodyBuilder,
    RigidBodyHandle, SharedShape, SphericalJointBuilder, SpringCoefficients, TriMeshFlags, Vector,
};
use raytruth_scene::Pose;

use crate::bounce::Bounced;
use crate::{BakeSettings, Body, Error, Form, Motion, World};

/// What the observers need to know of a collider; its place in [`Built::colliders`] is the collider's user data.
pub(crate) struct ColliderInfo {
    /// Index of the body.
    pub body: usize,
    /// The substance's place in [`crate::Substance::ALL`].
    pub substance: usize,
    /// Radius and, for those that roll about one axis only, that axis in collider coordinates.
    pub round: Option<(f32, Option<Vec3>)>,
}

/// A world in rapier's terms.
pub(crate) struct Built {
    pub sim: PhysicsWorld,
    /// One per body, in the world's order.
    pub handles: Vec<RigidBodyHandle>,
    pub colliders: Vec<ColliderInfo>,
    /// What bouncing added in the last step.
    pub bounced: Bounced,
}

/// rapier's pose from ours.
pub(crate) fn to_rapier(pose: &Pose) -> rapier3d::math::Pose {
    rapier3d::math::Pose::from_parts(pose.translation, pose.rotation)
}

/// Ours from rapier's.
pub(crate) fn from_rapier(pose: &rapier3d::math::Pose) -> Pose {
    Pose::new(pose.translation, pose.rotation)
}

/// Builds the engine's sets, in the order of the world's lists.
pub(crate) fn build(world: &World, settings: &BakeSettings) -> Result<Built, Error> {
    let mut built = Built { sim: PhysicsWorld::new(), handles: Vec::new(), colliders: Vec::new(), bounced: Bounced::new() };
    built.sim.gravity = world.gravity;
    built.sim.integration_parameters = parameters(settings);
    for body in &world.bodies {
        let handle = built.sim.insert_body(rigid_body(body));
        built.handles.push(handle);
        for part in body.parts.iter().filter(|_| body.solid || matches!(body.motion, Motion::Dynamic { .. })) {
            let mut collider = collider(body, &part.form, &part.pose)?;
            collider.user_data = built.colliders.len() as u128;
            built.colliders.push(ColliderInfo {
                body: built.handles.len() - 1,
                substance: body.substance as usize,
                round: rolling_radius(&part.form),
            });
            built.sim.insert_collider(collider, Some(handle));
        }
    }
    for joint in &world.joints {
        let index = |name: &str| world.index_of(name).ok_or_else(|| Error::UnknownBody(name.to_owned()));
        let body = built.handles[index(&joint.body)?];
        let (other, anchor) = match &joint.other {
            Some(name) => (built.handles[index(name)?], joint.anchor),
            None => (built.sim.insert_body(RigidBodyBuilder::fixed().translation(joint.anchor)), Vec3::ZERO),
        };
        let pin = SphericalJointBuilder::new().local_anchor1(anchor).local_anchor2(joint.local).contacts_enabled(false);
        built.sim.insert_impulse_joint(other, body, pin);
    }
    Ok(built)
}

/// Lengths below are metres and meant for table-top sets; rapier's defaults are for sets of the size of rooms.
fn parameters(settings: &BakeSettings) -> IntegrationParameters {
    let dt = 1.0 / settings.step_hz as f32;
    IntegrationParameters {
        dt,
        min_ccd_dt: dt / 100.0,
        // Measured on a tower of eight 5 cm blocks: the top sinks by 0.25 mm, and once settled drifts by 0.04 mm in 2 s. With
        // the defaults (30 and 60 Hz, ζ = 10) it sinks by 15 mm, with 120 and 240 Hz by 1 mm; from 480 Hz on it sways.
        contact_softness: SpringCoefficients::new(240.0, 5.0),
        static_contact_softness: SpringCoefficients::new(480.0, 5.0),
        num_solver_iterations: settings.iterations as usize,
        normalized_allowed_linear_error: 2.0e-4,
        normalized_prediction_distance: 4.0e-3,
        // Overlaps are pushed apart no faster than this, m/s: what is crushed between heavy things springs back with up to 3 %
        // of their energy at 0.5 and 0.4 % at 0.1.
        normalized_max_corrective_velocity: 0.1,
        // Coulomb's cone at the centre of each contact patch, and a twist. rapier's `Coulomb` puts a cone at every corner, but
        // projects onto it in the metric of the corner's own inverse mass; the corners' forces then do not point against the
        // slip, and a box slides 15 % too far (measured; no number of iterations helps). This one is right to 2 %.
        friction_model: FrictionModel::Simplified,
        // Contacts are read per manifold by the rolling resistance, at their true places.
        contact_clustering: false,
        contact_recycling: false,
        warmstart_joints: true,
        ..IntegrationParameters::default()
    }
}

fn rigid_body(body: &Body) -> RigidBody {
    let pose = to_rapier(&body.motion.initial_pose());
    match &body.motion {
        Motion::Fixed { .. } => RigidBodyBuilder::fixed().pose(pose).build(),
        Motion::Scripted { .. } => RigidBodyBuilder::kinematic_position_based().pose(pose).build(),
        Motion::Dynamic { linear_velocity, angular_velocity, .. } => {
            let mut body = RigidBodyBuilder::dynamic()
                .pose(pose)
                .linvel(*linear_velocity)
                .angvel(*angular_velocity)
                .ccd_enabled(true)
                // Contacts foreseen this far ahead: a ball at 10 m/s (2 cm a step) stops at the surface of a thin wall; without,
                // it would be seen up to 1 cm inside for a step, at 3 m/s already.
                .soft_ccd_prediction(0.1)
                // A 1 cm ball at 6 m/s turns by 70° a step; rapier's cap is 45°.
                .allow_fast_rotation(true)
                .build();
            let activation = body.activation_mut();
            activation.normalized_linear_threshold = 0.5 * SLEEP_SPEED;
            activation.time_until_sleep = SLEEP_AFTER_S;
            body
        }
    }
}

/// What stays slower than this, at its fastest point, for [`SLEEP_AFTER_S`] is put to rest until something touches it, m/s.
/// Towers that wait for their ball then cost nothing, and the last frames are exactly still.
const SLEEP_SPEED: f32 = 1.0e-3;

/// Seconds.
const SLEEP_AFTER_S: f32 = 0.2;

fn collider(body: &Body, form: &Form, pose: &Pose) -> Result<Collider, Error> {
    let bad = |what| Error::BadForm { body: body.name.clone(), what };
    let mut place = *pose;
    let density = body.density();
    let builder = match form {
        Form::Sphere { radius } => ColliderBuilder::ball(*radius).density(density),
        Form::HollowSphere { radius, thickness } => {
            ColliderBuilder::ball(*radius).mass_properties(shell(density, *radius, *thickness))
        }
        Form::Box { half_extents: h, rounding } => {
            let inner = *h - Vec3::splat(*rounding);
            let builder = if *rounding > 0.0 {
                ColliderBuilder::round_cuboid(inner.x, inner.y, inner.z, *rounding)
            } else {
                ColliderBuilder::cuboid(h.x, h.y, h.z)
            };
            builder.mass_properties(MassProperties::from_cuboid(density, *h))
        }
        Form::Cylinder { radius, half_height } => {
            // parry's cylinders stand along y.
            place.rotation *= Quat::from_rotation_x(FRAC_PI_2);
            ColliderBuilder::cylinder(*half_height, *radius).density(density)
        }
        Form::Capsule { radius, half_height } => ColliderBuilder::capsule_z(*half_height, *radius).density(density),
        Form::ConvexHull { points } => {
            ColliderBuilder::convex_hull(points).ok_or_else(|| bad("its points have no hull"))?.density(density)
        }
        Form::TriMesh { positions, triangles } => {
            let flags = TriMeshFlags::FIX_INTERNAL_EDGES_TWO_SIDED;
            ColliderBuilder::trimesh_with_flags(positions.clone(), triangles.clone(), flags)
                .map_err(|_| bad("its triangles do not make a mesh"))?
                .density(0.0)
        }
        Form::HalfSpace => ColliderBuilder::new(SharedShape::halfspace(Vector::Z)).density(0.0),
    };
    Ok(builder.position(to_rapier(&place)).active_hooks(ActiveHooks::MODIFY_SOLVER_CONTACTS).enabled(body.solid).build())
}

/// Mass and inertia of a ball of radius R with an empty inside of radius r: I = 2/5 m (R⁵ − r⁵) / (R³ − r³), the
/// difference of two solid balls (Landau & Lifshitz, Mechanics, §32, problem 2).
fn shell(density: f32, radius: f32, thickness: f32) -> MassProperties {
    let inner = radius - thickness;
    let (outer3, inner3) = (radius * radius * radius, inner * inner * inner);
    let mass = density * 4.0 / 3.0 * PI * (outer3 - inner3);
    let inertia = 0.4 * mass * (outer3 * radius * radius - inner3 * inner * inner) / (outer3 - inner3);
    MassProperties::new(Vec3::ZERO, mass, Vec3::splat(inertia))
}

/// The radius a form rolls on, and the axis it rolls about if there is but one.
fn rolling_radius(form: &Form) -> Option<(f32, Option<Vec3>)> {
    match form {
        Form::Sphere { radius } | Form::HollowSphere { radius, .. } => Some((*radius, None)),
        Form::Cylinder { radius, .. } => Some((*radius, Some(Vec3::Y))),
        Form::Capsule { radius, .. } => Some((*radius, Some(Vec3::Z))),
        _ => None,
    }
}

/// Volume of the hull of some points, m³.
pub(crate) fn hull_volume(points: &[Vec3]) -> Option<f32> {
    ColliderBuilder::convex_hull(points).map(|b| b.density(1.0).build().mass())
}
