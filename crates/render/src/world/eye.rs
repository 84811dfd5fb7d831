//! Which clear solids the camera is in, where its rays start. The shader's side is `media.wgsl`.

use glam::{DVec3, Vec3};
use raytruth_scene::{Aabb, Form, Pose, Scene};

use super::World;
use super::parts::is_clear_solid;
use crate::RenderError;
use crate::geometry::places;

/// Solids around one place that `media.wgsl` can tell.
const MOST: usize = 4;

/// Objects which the camera may be in at some time of the clip.
pub(super) struct Solids(Vec<usize>);

impl Solids {
    /// `paths`: boxes around all that each object sweeps.
    pub(super) fn near_the_eye(scene: &Scene, paths: &[Vec<Aabb>]) -> Self {
        let eyes = Aabb::of((0..scene.frames()).map(|frame| scene.camera.pose_at(frame).translation));
        // Between two frames it goes straight; an exposure may reach beyond the first and the last by half a frame.
        let eyes = eyes.grown(0.5 * eyes.size().max_element() + scene.camera.aperture);
        let near = |i: &usize| paths[*i].iter().any(|b| b.overlaps(&eyes));
        Self((0..scene.objects.len()).filter(|&i| is_clear_solid(scene, &scene.objects[i])).filter(near).collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl World {
    /// Keys of the solids around a place, as `media.wgsl` has them: the newest last. Of two, the smaller one counts as entered later.
    pub(super) fn media_at(&self, place: Vec3, (forms, poses): (&[Form], &[Pose]), left_out: &[usize]) -> [u32; MOST] {
        let around = |i: &usize| !left_out.contains(i) && contains(&forms[*i], &poses[*i], place);
        let mut solids: Vec<usize> = self.solids.0.iter().copied().filter(around).collect();
        let volume = |i: usize| forms[i].aabb(&poses[i]).size().element_product();
        solids.sort_by(|a, b| volume(*a).total_cmp(&volume(*b)));
        let mut media = [0; MOST];
        for (at, object) in media.iter_mut().rev().zip(solids) {
            let priority = self.scene.materials.get(&self.scene.objects[object].material).map_or(0, |m| m.priority);
            *at = u32::from(priority) << 24 | (u32::from(self.tags[object].0) + 1);
        }
        media
    }

    /// A lens is in one medium: no surface of a clear solid may cross it.
    pub(super) fn check_lens(&self) -> Result<(), RenderError> {
        let radius = self.camera().aperture;
        if radius == 0.0 || self.solids.is_empty() {
            return Ok(());
        }
        for frame in 0..self.frames() {
            for moment in self.exposure.moments(frame) {
                let (eye, poses) = (self.camera().pose_between(moment.time), self.exposure.poses(moment.time));
                let crossed =
                    |i: &&usize| crosses_disc(&self.forms[**i].between(moment.time), &poses[**i], (&eye, f64::from(radius)));
                if let Some(i) = self.solids.0.iter().find(crossed) {
                    let name = &self.scene.objects[*i].name;
                    return Err(RenderError::Scene(format!(
                        "its camera's lens, of radius {radius} m, lies across the surface of the clear solid {name:?} in frame {frame}: \
                         move it, or make its aperture 0"
                    )));
                }
            }
        }
        Ok(())
    }
}

/// Whether a closed form has a place within: by its winding number, the solid angle under which its surface is seen over that of a ball.
/// Van Oosterom, Strackee, "The Solid Angle of a Plane Triangle", IEEE Trans. Biomed. Eng. 30(2), 1983.
fn contains(form: &Form, pose: &Pose, place: Vec3) -> bool {
    if let Form::Sphere { radius } = form {
        return place.distance(pose.translation) < *radius;
    }
    if !form.aabb(pose).contains(place) {
        return false;
    }
    let solid_angle = |corners: [Vec3; 3]| {
        let [a, b, c] = corners.map(|p| (pose.point(p) - place).as_dvec3());
        let [la, lb, lc] = [a, b, c].map(DVec3::length);
        2.0 * a.dot(b.cross(c)).atan2(la * lb * lc + a.dot(b) * lc + b.dot(c) * la + c.dot(a) * lb)
    };
    places(form).map(solid_angle).sum::<f64>() > 2.0 * std::f64::consts::PI
}

/// Whether a form's surface meets the disc of a lens.
fn crosses_disc(form: &Form, pose: &Pose, (eye, radius): (&Pose, f64)) -> bool {
    // In the camera's own frame the disc is around the origin, in the plane z = 0.
    let seen = |p: Vec3| eye.inverse().point(p).as_dvec3();
    if let Form::Sphere { radius: ball } = form {
        let (center, ball) = (seen(pose.translation), f64::from(*ball));
        let circle2 = ball * ball - center.z * center.z;
        return circle2 > 0.0 && (center.truncate().length() - circle2.sqrt()).abs() < radius;
    }
    places(form).any(|corners| {
        let corners = corners.map(|p| seen(pose.point(p)));
        let cuts: Vec<_> = [0, 1, 2]
            .into_iter()
            .map(|i| (corners[i], corners[(i + 1) % 3]))
            .filter(|(a, b)| (a.z < 0.0) != (b.z < 0.0))
            .map(|(a, b)| a.lerp(b, a.z / (a.z - b.z)).truncate())
            .collect();
        let [a, b] = cuts[..] else { return false };
        let along = b - a;
        let nearest = a + along * (-a.dot(along) / along.length_squared().max(f64::MIN_POSITIVE)).clamp(0.0, 1.0);
        nearest.length() < radius
    })
}
