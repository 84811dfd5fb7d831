use glam::{Quat, Vec3};
use raytruth_scene::Pose;
use serde::{Deserialize, Serialize};

/// Whether and how a body moves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Motion {
    /// Never.
    Fixed {
        /// Where it stands.
        pose: Pose,
    },
    /// By the laws of mechanics.
    Dynamic {
        /// At time 0.
        pose: Pose,
        /// Of the centre of mass at time 0, world axes, m/s.
        #[serde(default)]
        linear_velocity: Vec3,
        /// At time 0, world axes, rad/s.
        #[serde(default)]
        angular_velocity: Vec3,
    },
    /// As told, whatever pushes against it: the gate that opens.
    Scripted {
        /// At least one, times rising; the first pose holds before its time, the last one after.
        keyframes: Vec<Keyframe>,
        /// How the way between two keyframes is spread over the time between them.
        #[serde(default)]
        easing: Easing,
    },
}

/// A pose to be reached at a time.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keyframe {
    /// Seconds from the start.
    pub time_s: f64,
    /// Where the body is then.
    pub pose: Pose,
}

/// Spread of the way between two keyframes over time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Easing {
    /// Constant speed.
    Linear,
    /// 3u² − 2u³: starts and ends at rest.
    #[default]
    Smooth,
}

impl Motion {
    /// A dynamic body at rest.
    #[must_use]
    pub const fn dynamic(pose: Pose) -> Self {
        Self::Dynamic { pose, linear_velocity: Vec3::ZERO, angular_velocity: Vec3::ZERO }
    }

    /// From one pose to another, smoothly, between two times.
    #[must_use]
    pub fn opening(from: Pose, to: Pose, start_s: f64, end_s: f64) -> Self {
        let keyframes = vec![Keyframe { time_s: start_s, pose: from }, Keyframe { time_s: end_s, pose: to }];
        Self::Scripted { keyframes, easing: Easing::Smooth }
    }

    /// The pose at time 0 and before.
    #[must_use]
    pub fn initial_pose(&self) -> Pose {
        match self {
            Self::Fixed { pose } | Self::Dynamic { pose, .. } => *pose,
            Self::Scripted { .. } => self.scripted_pose(0.0).unwrap_or_default(),
        }
    }

    /// The pose a script asks for at a time; `None` for bodies that are not scripted.
    #[must_use]
    pub fn scripted_pose(&self, time_s: f64) -> Option<Pose> {
        let Self::Scripted { keyframes, easing } = self else { return None };
        let next = keyframes.partition_point(|k| k.time_s <= time_s);
        let (Some(a), Some(b)) = (keyframes.get(next.wrapping_sub(1)), keyframes.get(next)) else {
            return Some(if next == 0 { keyframes.first()?.pose } else { keyframes.last()?.pose });
        };
        let u = (time_s - a.time_s) / (b.time_s - a.time_s);
        let s = match easing {
            Easing::Linear => u,
            Easing::Smooth => u * u * (3.0 - 2.0 * u),
        };
        Some(interpolate(&a.pose, &b.pose, s as f32))
    }

    /// Moves the body so that its first pose is `pose`; a script's other keyframes move along as one rigid path.
    pub fn place(&mut self, new: Pose) {
        match self {
            Self::Fixed { pose } | Self::Dynamic { pose, .. } => *pose = new,
            Self::Scripted { keyframes, .. } => {
                let Some(first) = keyframes.first().map(|k| k.pose) else { return };
                let shift = new.mul(&first.inverse());
                for key in keyframes {
                    key.pose = shift.mul(&key.pose);
                }
            }
        }
    }
}

/// Straight between places, on the shortest arc between rotations.
pub(crate) fn interpolate(a: &Pose, b: &Pose, s: f32) -> Pose {
    // `slerp` may leave the unit length by an ulp per call.
    let rotation: Quat = a.rotation.slerp(b.rotation, s).normalize();
    Pose::new(a.translation.lerp(b.translation, s), rotation)
}
