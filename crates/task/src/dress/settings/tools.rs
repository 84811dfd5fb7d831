//! Tools on a wall.

use core::f32::consts::FRAC_PI_2;

use glam::{Quat, Vec2, Vec3};

use super::form::{ring, rod, vessel};
use super::room::Room;
use super::{Ground, finish};
use crate::Rng;

/// Tools that hang on a wall at `y`, about `z`, within `reach` of the middle on both sides.
pub(crate) fn tools(room: &mut Room<'_>, reach: f32, y: f32, z: f32, ground: Ground, rng: &mut Rng) {
    let (mut x, mut i) = (-reach, 0);
    while x < reach && i < 14 {
        let name = format!("tool_{i}");
        let (handle, steel) = (finish::wood(rng, ground).material, finish::metal(rng));
        let long = rng.range(0.07, 0.11) as f32;
        let site = room.site;
        let lower = site.at(x, y - 0.012, z - 0.5 * long);
        let upper = site.at(x, y - 0.012, z + 0.4 * long);
        match rng.below(5) {
            // A hammer.
            0 => {
                room.mesh(&name, rod(0.008, long), site.at(x, y - 0.014, z), &handle);
                let head = Vec3::new(0.045, 0.012, 0.013);
                room.block(&format!("{name}.head"), head, 0.003, site.at(x, y - 0.014, z + long), &steel);
            }
            // A screwdriver.
            1 => {
                room.mesh(&name, rod(0.011, 0.4 * long), upper, &handle);
                room.mesh(&format!("{name}.blade"), rod(0.0032, 0.6 * long), site.at(x, y - 0.012, z - 0.5 * long), &steel);
            }
            // A ring spanner.
            2 => {
                room.block(&name, Vec3::new(0.008, 0.003, long), 0.002, site.at(x, y - 0.006, z), &steel);
                for (k, end) in [-1.0, 1.0].into_iter().enumerate() {
                    let mut pose = site.at(x, y - 0.006, z + end * (long + 0.012));
                    pose.rotation *= Quat::from_rotation_x(FRAC_PI_2);
                    room.mesh(&format!("{name}.ring_{k}"), ring(0.016, 0.0055), pose, &steel);
                }
            }
            // A square.
            3 => {
                room.block(&name, Vec3::new(0.011, 0.008, 0.6 * long), 0.001, lower, &handle);
                let blade = site.at(x + 0.06, y - 0.012, z + 0.05 * long);
                room.block(&format!("{name}.blade"), Vec3::new(0.06, 0.0015, 0.013), 0.0, blade, &steel);
            }
            // A trowel: a blade of a flat disc below a handle.
            _ => {
                room.mesh(&name, rod(0.011, 0.35 * long), upper, &handle);
                let mut disc = lower;
                disc.rotation *= Quat::from_rotation_x(FRAC_PI_2);
                let (rim, thick) = (0.03, 0.0012);
                let blade = [(0.0, -thick), (rim, -thick), (rim, thick), (0.0, thick)].map(|(r, z)| Vec2::new(r, z));
                room.mesh(&format!("{name}.blade"), vessel(&blade), disc, &steel);
            }
        }
        x += rng.range(0.08, 0.18) as f32;
        i += 1;
    }
}
