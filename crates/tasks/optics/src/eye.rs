//! A pinhole camera in f64, and where it sees a point by way of mirrors and glass.

use glam::{DMat3, DVec2, DVec3};
use raytruth_scene::Scene;
use raytruth_task::dress::Angles;
use serde_json::{Value, json};

use crate::exact::{Ray, World};

/// Size of the pictures that lengths in pixels are told of, and what a pixel of them is at the camera's focus, metres.
const SIZE: DVec2 = DVec2::new(832.0, 480.0);
pub(crate) const PIXEL: f64 = 0.000_69;
/// How far the camera of a sample is from what it looks at, about, metres.
const AWAY: f64 = 0.72;
/// Steps of Newton's method, how near a ray must pass to the point, metres, and by how much a pixel is moved to see where that leads.
const STEPS: usize = 24;
const HITS: f64 = 1e-7;
const NUDGE: f64 = 1e-3;
/// Most turns of a sight.
const TURNS: usize = 8;

/// From where looks may see a set, and what they look at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sights {
    pub angles: Angles,
    pub focus: DVec3,
}

impl Sights {
    /// A camera in the middle of all that looks may draw.
    pub(crate) fn middle(&self) -> Eye {
        let Angles { azimuth, elevation } = self.angles;
        Eye::towards(0.5 * (azimuth.0 + azimuth.1), 0.5 * (elevation.0 + elevation.1), self.focus)
    }

    /// That one, then those at the limits.
    pub(crate) fn eyes(&self) -> [Eye; 5] {
        let Angles { azimuth: (left, right), elevation: (low, high) } = self.angles;
        let at = |azimuth: f64, elevation: f64| Eye::towards(azimuth, elevation, self.focus);
        [self.middle(), at(left, low), at(right, low), at(left, high), at(right, high)]
    }
}

/// A pinhole camera.
#[derive(Clone, Debug)]
pub(crate) struct Eye {
    pub at: DVec3,
    right: DVec3,
    up: DVec3,
    ahead: DVec3,
    /// Pixels.
    focal: f64,
    pub size: DVec2,
}

impl Eye {
    /// The camera of a scene, with pictures of some size.
    pub(crate) fn new(scene: &Scene, size: (u32, u32)) -> Self {
        let pose = scene.camera.pose_at(0);
        let axis = |v: glam::Vec3| pose.vector(v).as_dvec3().normalize();
        let size = DVec2::new(f64::from(size.0), f64::from(size.1));
        Self {
            at: pose.translation.as_dvec3(),
            right: axis(glam::Vec3::X),
            up: axis(glam::Vec3::Y),
            ahead: axis(glam::Vec3::NEG_Z),
            focal: 0.5 * size.y / libm::tan(0.5 * f64::from(scene.camera.fov_y)),
            size,
        }
    }

    /// About the camera that a look may have: degrees from −y towards +x, and above the horizon. It looks at `focus`.
    pub(crate) fn towards(azimuth: f64, elevation: f64, focus: DVec3) -> Self {
        let back = raytruth_task::dress::direction(azimuth, elevation).as_dvec3().normalize();
        let right = DVec3::Z.cross(back).normalize();
        Self { at: focus + AWAY * back, right, up: back.cross(right), ahead: -back, focal: AWAY / PIXEL, size: SIZE }
    }

    /// As certificates tell it: a place of the picture is seen along `focal_px` of `ahead`, what it lies to the right of the middle of `right`, and what
    /// it lies above of `up`.
    pub(crate) fn told(&self) -> Value {
        json!({
            "at_m": self.at.to_array(),
            "right": self.right.to_array(),
            "up": self.up.to_array(),
            "ahead": self.ahead.to_array(),
            "focal_px": self.focal,
            "size_px": self.size.to_array(),
        })
    }

    /// The ray through a place of the picture.
    pub(crate) fn ray(&self, pixel: DVec2) -> Ray {
        let off = pixel - 0.5 * self.size;
        Ray::new(self.at, self.focal * self.ahead + off.x * self.right - off.y * self.up)
    }

    /// Where a point is seen if nothing turns light.
    pub(crate) fn project(&self, p: DVec3) -> DVec2 {
        let d = p - self.at;
        let near = self.focal / d.dot(self.ahead);
        0.5 * self.size + near * DVec2::new(d.dot(self.right), -d.dot(self.up))
    }

    /// Pixels to a metre at a point.
    pub(crate) fn pixels(&self, p: DVec3) -> f64 {
        self.focal / (p - self.at).dot(self.ahead)
    }

    /// Where a point is seen by light that turns so often before it comes to the point. `start`: where to begin to look for it.
    pub(crate) fn image(&self, world: &World, turns: usize, point: DVec3, start: DVec2) -> Option<DVec2> {
        let mut pixel = start;
        for _ in 0..STEPS {
            let miss = |at: DVec2| self.miss(world, turns, point, at);
            let here = miss(pixel)?;
            if here.length() < HITS {
                return Some(pixel);
            }
            let [x, y] = [DVec2::X, DVec2::Y].map(|axis| NUDGE * axis);
            let (dx, dy) = ((miss(pixel + x)? - here) / NUDGE, (miss(pixel + y)? - here) / NUDGE);
            // Least squares: the miss has three parts, the pixel two.
            let normal = dx.cross(dy);
            let matrix = DMat3::from_cols(dx, dy, normal);
            if matrix.determinant().abs() < 1e-30 {
                return None;
            }
            let step = matrix.inverse() * -here;
            // No farther than some way at once: images are not linear.
            let step = step.truncate();
            pixel += step * (40.0 / step.length().max(40.0));
        }
        None
    }

    /// From a point to the straight piece of a sight's way behind so many turns.
    fn miss(&self, world: &World, turns: usize, point: DVec3, pixel: DVec2) -> Option<DVec3> {
        let path = world.trace(self.ray(pixel), TURNS);
        let (from, way) = path.stretch(turns)?;
        Some((from - point).reject_from_normalized(way))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::{Optic, forms};

    #[test]
    fn images_are_where_the_textbook_has_them() {
        let eye = Eye::towards(5.0, 20.0, DVec3::Z * 0.04);
        let point = DVec3::new(0.03, -0.05, 0.02);
        assert!((eye.ray(eye.project(point)).direction - (point - eye.at).normalize()).length() < 1e-12);
        // A flat mirror across y: the image stands as far behind it.
        let mirror = forms::flat_mirror("mirror", [0.2, 0.2], 0.004).placed(core::f64::consts::FRAC_PI_2, DVec3::Y * 0.1);
        let image = eye.image(&World { bodies: vec![mirror] }, 1, point, 0.5 * eye.size).expect("it is seen");
        assert!((image - eye.project(DVec3::new(0.03, 0.25, 0.02))).length() < 1e-3);
        // Through a block across the view nothing is turned, and all is nearer.
        let block = forms::block("block", DVec3::new(0.2, 0.02, 0.2), Optic::Clear { n: 1.5 });
        let (eye, behind) = (Eye::towards(0.0, 0.0, DVec3::ZERO), DVec3::new(0.01, 0.1, 0.0));
        let image = eye.image(&World { bodies: vec![block] }, 2, behind, 0.5 * eye.size).expect("it is seen");
        let nearer = behind - DVec3::Y * 0.04 * (1.0 - 1.0 / 1.5);
        assert!((image - eye.project(nearer)).length() < 0.01, "{image} {}", eye.project(nearer));
    }
}
