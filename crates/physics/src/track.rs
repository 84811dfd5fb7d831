use glam::Vec3;
use raytruth_scene::Pose;
use serde::{Deserialize, Serialize};

use crate::Bake;

/// What one body did: one entry per step, the first at time 0.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Track {
    /// The body's name.
    pub name: String,
    /// Poses of the body's frame.
    pub poses: Vec<Pose>,
    /// Velocities of the centre of mass, m/s.
    pub linear: Vec<Vec3>,
    /// Angular velocities in world axes, rad/s.
    pub angular: Vec<Vec3>,
}

/// 64-bit FNV-1a (Fowler, Noll & Vo; RFC 9923).
struct Fnv(u64);

impl Fnv {
    fn bytes(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    fn floats(&mut self, floats: &[f32]) {
        for float in floats {
            self.bytes(&float.to_bits().to_le_bytes());
        }
    }
}

/// FNV-1a over the bits of a bake.
pub(crate) fn digest(bake: &Bake) -> u64 {
    let mut fnv = Fnv(0xcbf2_9ce4_8422_2325);
    fnv.bytes(&bake.step_hz.to_le_bytes());
    for track in &bake.tracks {
        fnv.bytes(track.name.as_bytes());
        for ((pose, linear), angular) in track.poses.iter().zip(&track.linear).zip(&track.angular) {
            fnv.floats(&pose.translation.to_array());
            fnv.floats(&pose.rotation.to_array());
            fnv.floats(&linear.to_array());
            fnv.floats(&angular.to_array());
        }
    }
    for event in &bake.contacts {
        for number in [event.step, event.body_a, event.body_b] {
            fnv.bytes(&(number as u64).to_le_bytes());
        }
        fnv.floats(&event.point.to_array());
        fnv.floats(&event.normal.to_array());
        fnv.floats(&[event.approach_speed, event.impulse]);
    }
    fnv.0
}
