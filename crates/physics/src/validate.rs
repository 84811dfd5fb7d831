//! What can be said against a world before it is simulated.

use crate::{BakeSettings, Body, Error, Form, Motion, Pose, World};

impl World {
    /// Whether the world makes sense: names are unique, numbers finite, forms have extent, scripts run forward, joints hold
    /// bodies that are there.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn validate(&self) -> Result<(), Error> {
        if !self.gravity.is_finite() {
            return Err(Error::BadSetting { name: "gravity", value: f64::NAN, expected: "three finite numbers" });
        }
        for (i, body) in self.bodies.iter().enumerate() {
            if self.bodies[..i].iter().any(|other| other.name == body.name) {
                return Err(Error::DuplicateName(body.name.clone()));
            }
            check_body(body)?;
        }
        for joint in &self.joints {
            for name in core::iter::once(&joint.body).chain(&joint.other) {
                if self.index_of(name).is_none() {
                    return Err(Error::UnknownBody(name.clone()));
                }
            }
            if !joint.local.is_finite() || !joint.anchor.is_finite() {
                return Err(Error::NotFinite { body: joint.body.clone(), what: "joint" });
            }
        }
        check_pairs(self)
    }
}

/// A world and the settings it is to be simulated with.
pub(crate) fn validate(world: &World, settings: &BakeSettings) -> Result<(), Error> {
    let bad = |name, value, expected| Err(Error::BadSetting { name, value, expected });
    if !(0.0..=3600.0).contains(&settings.duration_s) {
        return bad("duration_s", settings.duration_s, "0 to 3600 seconds");
    }
    if !(0.0..=60.0).contains(&settings.settle_s) {
        return bad("settle_s", settings.settle_s, "0 to 60 seconds");
    }
    if !(240..=10_000).contains(&settings.step_hz) {
        return bad("step_hz", f64::from(settings.step_hz), "240 to 10000 steps a second");
    }
    if !(1..=64).contains(&settings.iterations) {
        return bad("iterations", f64::from(settings.iterations), "1 to 64");
    }
    world.validate()
}

fn check_pairs(world: &World) -> Result<(), Error> {
    let pairs = &world.pairs;
    let knob = |name, value: f32, low: f32, expected| {
        if value.is_finite() && value >= low {
            Ok(())
        } else {
            Err(Error::BadSetting { name, value: f64::from(value), expected })
        }
    };
    knob("friction_scale", pairs.friction_scale, 0.0, "0 or more")?;
    knob("rolling_scale", pairs.rolling_scale, 0.0, "0 or more")?;
    knob("restitution_offset", pairs.restitution_offset, f32::MIN, "a finite number")?;
    for (_, _, contact) in &pairs.overrides {
        knob("friction", contact.friction, 0.0, "0 or more")?;
        knob("rolling", contact.rolling, 0.0, "0 or more")?;
        knob("restitution", contact.restitution, 0.0, "0 to 1")?;
        knob("restitution", 1.0 - contact.restitution, 0.0, "0 to 1")?;
    }
    Ok(())
}

fn check_body(body: &Body) -> Result<(), Error> {
    let not_finite = |what| Error::NotFinite { body: body.name.clone(), what };
    let bad = |what| Error::BadForm { body: body.name.clone(), what };
    match &body.motion {
        Motion::Fixed { pose } => check_pose(pose).map_err(not_finite)?,
        Motion::Dynamic { pose, linear_velocity, angular_velocity } => {
            check_pose(pose).map_err(not_finite)?;
            if !linear_velocity.is_finite() || !angular_velocity.is_finite() {
                return Err(not_finite("velocity"));
            }
            if body.parts.is_empty() {
                return Err(bad("a body that falls needs a part"));
            }
        }
        Motion::Scripted { keyframes, .. } => {
            keyframes.iter().try_for_each(|k| check_pose(&k.pose)).map_err(not_finite)?;
            let rising = keyframes.windows(2).all(|w| w[0].time_s < w[1].time_s);
            if keyframes.is_empty() || !rising || keyframes.iter().any(|k| !k.time_s.is_finite()) {
                return Err(Error::BadScript(body.name.clone()));
            }
        }
    }
    if !(body.density_scale.is_finite() && body.density_scale > 0.0) {
        return Err(bad("its density must be positive and finite"));
    }
    for part in &body.parts {
        check_pose(&part.pose).map_err(not_finite)?;
        check_form(&part.form).map_err(bad)?;
        if matches!(body.motion, Motion::Dynamic { .. }) && matches!(part.form, Form::TriMesh { .. } | Form::HalfSpace) {
            return Err(bad("half-spaces and meshes have no mass and cannot fall"));
        }
    }
    Ok(())
}

fn check_pose(pose: &Pose) -> Result<(), &'static str> {
    if !pose.translation.is_finite() {
        return Err("translation");
    }
    if !pose.rotation.is_finite() || !pose.rotation.is_normalized() {
        return Err("rotation (a unit quaternion)");
    }
    Ok(())
}

fn check_form(form: &Form) -> Result<(), &'static str> {
    let positive = |lengths: &[f32]| lengths.iter().all(|l| l.is_finite() && *l > 0.0);
    let good = match form {
        Form::Sphere { radius } => positive(&[*radius]),
        Form::HollowSphere { radius, thickness } => positive(&[*radius, *thickness, radius - thickness]),
        Form::Box { half_extents, rounding } => {
            *rounding >= 0.0 && positive(&[half_extents.min_element() - rounding]) && positive(&half_extents.to_array())
        }
        Form::Cylinder { radius, half_height } | Form::Capsule { radius, half_height } => positive(&[*radius, *half_height]),
        Form::ConvexHull { points } => {
            points.iter().all(|p| p.is_finite()) && crate::build::hull_volume(points).is_some_and(|v| v > 0.0)
        }
        Form::TriMesh { positions, triangles } => {
            let inside = |t: &[u32; 3]| t.iter().all(|&i| (i as usize) < positions.len());
            !triangles.is_empty() && positions.iter().all(|p| p.is_finite()) && triangles.iter().all(inside)
        }
        Form::HalfSpace => true,
    };
    if good { Ok(()) } else { Err("its form has no extent, or one that is not finite") }
}
