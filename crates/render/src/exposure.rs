//! Motion blur: a frame is the mean of moments while the shutter is open. Each has its own geometry, and a few samples of all pixels.
//!
//! As many moments as samples, up to [`MOST`], need neither time in the path kernel nor boxes of the hierarchy that hold what moves
//! in between, follow any motion exactly, and are evenly spread, so that blur adds no noise.

use std::ops::Range;
use std::sync::Arc;

use raytruth_scene::{Camera, Forms, Pose, Scene};

/// The most moments of a frame: things that move by less than as many pixels show no steps.
const MOST: u32 = 64;

/// When the samples of a frame are taken.
pub(crate) struct Exposure {
    scene: Arc<Scene>,
    forms: Arc<Vec<Forms>>,
    shutter: f64,
    samples: u32,
    /// Samples of a moment.
    each: u32,
}

/// Part of a frame's exposure.
pub(crate) struct Moment {
    /// In frames from the first.
    pub(crate) time: f64,
    pub(crate) samples: Range<u32>,
}

impl Exposure {
    pub(crate) fn new(scene: &Arc<Scene>, forms: &Arc<Vec<Forms>>, samples: u32) -> Self {
        let (scene, forms) = (Arc::clone(scene), Arc::clone(forms));
        Self { shutter: f64::from(scene.camera.shutter), scene, forms, samples, each: samples.div_ceil(MOST) }
    }

    /// The moments of a frame in the order of its samples; one where nothing moves meanwhile. Any run of neighbouring samples is
    /// spread over all of the time, as the halves are that tell how noisy a pixel is.
    pub(crate) fn moments(&self, frame: usize) -> Vec<Moment> {
        let time = frame as f64;
        if self.is_still(frame) {
            return vec![Moment { time, samples: 0..self.samples }];
        }
        let count = self.samples.div_ceil(self.each);
        let ranks = ranks(count);
        let moment = |(i, rank): (u32, u32)| Moment {
            time: time + self.shutter * ((f64::from(rank) + 0.5) / f64::from(count) - 0.5),
            samples: i * self.each..self.samples.min((i + 1) * self.each),
        };
        (0..).zip(ranks).map(moment).collect()
    }

    /// Whether nothing moves during a frame's exposure.
    pub(crate) fn is_still(&self, frame: usize) -> bool {
        let times = [-0.5, 0.5].map(|end| frame as f64 + end * self.shutter);
        let camera = &self.scene.camera;
        // Between two frames everything moves evenly or not at all.
        let still = |at: &dyn Fn(f64) -> Pose| times.iter().all(|t| at(*t) == at(frame as f64));
        let deforms = |forms: &Forms| {
            let near = [frame.saturating_sub(1), frame + 1];
            near.into_iter().any(|f| forms.version(f) != forms.version(frame) && forms.are_kin(f, frame))
        };
        still(&|t| camera.pose_between(t))
            && self.scene.objects.iter().all(|o| still(&|t| o.pose_between(t)))
            && (self.shutter == 0.0 || !self.forms.iter().any(deforms))
    }

    /// World poses of all objects.
    pub(crate) fn poses(&self, time: f64) -> Vec<Pose> {
        self.scene.world_poses_between(time)
    }

    pub(crate) fn camera(&self) -> &Camera {
        &self.scene.camera
    }
}

/// 0..count, each number in its turn by the reverse of its bits: the van der Corput sequence.
fn ranks(count: u32) -> Vec<u32> {
    let bits = count.next_power_of_two().trailing_zeros();
    let reverse = |i: u32| if bits == 0 { 0 } else { i.reverse_bits() >> (32 - bits) };
    (0..1 << bits).map(reverse).filter(|rank| *rank < count).collect()
}

#[cfg(test)]
mod tests {
    use glam::{Vec2, Vec3};
    use raytruth_scene::{Animation, Object, Shape};

    use super::*;

    fn moving(shutter: f32) -> Scene {
        let mut scene = Scene::new(Camera { shutter, ..Camera::look_at(Vec3::Y * -3.0, Vec3::ZERO, 0.7) });
        let at = |x: f32| Pose::from_translation(Vec3::X * x);
        scene.objects =
            vec![Object::new("o", 1, Shape::Plane { size: Vec2::ONE }, "m").moving([0.0, 1.0, 2.0, 2.0, 2.0].map(at))];
        scene.animation = Some(Animation { frames: 5, fps: 30 });
        scene
    }

    fn exposure(shutter: f32, samples: u32) -> Exposure {
        let scene = moving(shutter);
        let forms = scene.forms().expect("no mesh is missing");
        Exposure::new(&Arc::new(scene), &Arc::new(forms), samples)
    }

    #[test]
    fn moments_hold_every_sample_once_in_order_and_fill_the_exposure_evenly() {
        for samples in [1, 2, 7, 16, 50, 63, 64, 65, 97, 100, 4096] {
            let moments = exposure(0.5, samples).moments(1);
            let mut next = 0;
            for moment in &moments {
                assert!(moment.samples.start == next && moment.samples.end > next, "{samples}: {:?}", moment.samples);
                next = moment.samples.end;
            }
            assert!(next == samples && moments.len() <= 64 && (samples > 64 || moments.len() == samples as usize));
            let mut times: Vec<f64> = moments.iter().map(|m| m.time).collect();
            // Half of them say as much as all.
            let half = &times[..times.len() / 2];
            if half.len() > 3 {
                let mean = half.iter().sum::<f64>() / half.len() as f64;
                assert!((mean - 1.0).abs() < 0.05, "{samples}: {mean}");
            }
            times.sort_by(f64::total_cmp);
            for (i, time) in times.iter().enumerate() {
                let expected = 0.75 + 0.5 * (i as f64 + 0.5) / times.len() as f64;
                assert!((time - expected).abs() < 1e-9, "{samples} samples: {time} for {expected}");
            }
        }
    }

    #[test]
    fn what_is_still_is_one_moment() {
        let half = exposure(0.5, 16);
        let counts = [0, 1, 2, 3, 4, 9].map(|frame| half.moments(frame).len());
        assert_eq!(counts, [16, 16, 16, 1, 1, 1], "it stops at frame 2");
        let closed = exposure(0.0, 16).moments(1);
        assert!(closed.len() == 1 && closed[0].samples == (0..16) && closed[0].time == 1.0);
    }
}
