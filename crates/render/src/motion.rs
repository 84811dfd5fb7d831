//! The frames before and after: what the kernel `motion` needs of them.

use bytemuck::{Pod, Zeroable};
use glam::Vec3;
use raytruth_scene::{Camera, Change, Form, Shape};

use crate::texels;
use crate::world::{World, fill_row, push_corners};

/// Host's twin of `View` in `shaders/shared/reprojection.wgsl`.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Pod, Zeroable)]
pub(crate) struct View {
    pub(crate) origin: [f32; 4],
    pub(crate) right: [f32; 4],
    pub(crate) down: [f32; 4],
    pub(crate) forward: [f32; 4],
}

/// Host's twin of `Motion` in `shaders/kernels/motion.wgsl`, where each field is explained. A test compares both by reflection.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Pod, Zeroable)]
pub(crate) struct Motion {
    pub(crate) before: View,
    pub(crate) now: View,
    pub(crate) after: View,
    pub(crate) before_base: u32,
    pub(crate) now_base: u32,
    pub(crate) after_base: u32,
    pub(crate) corners_base: u32,
    pub(crate) has_before: u32,
    pub(crate) has_after: u32,
    pub(crate) padding: [u32; 2],
}

impl View {
    pub(crate) fn new(camera: &Camera, frame: usize, size: (u32, u32)) -> Self {
        let pose = camera.pose_at(frame);
        let focal = camera.focal_px(size);
        let row = |v: Vec3| v.extend(0.0).to_array();
        Self {
            origin: row(pose.translation),
            right: row(pose.vector(Vec3::X) * focal),
            down: row(pose.vector(Vec3::NEG_Y) * focal),
            forward: row(pose.vector(Vec3::NEG_Z)),
        }
    }
}

impl World {
    /// Appends the poses and changing shapes of the frame and those before and after to the frame's texels. Frames after the clip's end
    /// are its last.
    pub(crate) fn motion(&self, frame: usize, size: (u32, u32), texels: &mut Vec<[u32; 4]>) -> Motion {
        let last = self.frames() - 1;
        let now = frame.min(last);
        let (before, after) = (now.saturating_sub(1), (now + 1).min(last));
        let ([before_base, now_base, after_base], corners_base) = self.places_at([before, now, after], now, texels);
        Motion {
            before_base,
            now_base,
            after_base,
            corners_base,
            before: View::new(self.camera(), before, size),
            now: View::new(self.camera(), now, size),
            after: View::new(self.camera(), after, size),
            has_before: u32::from(before != now),
            has_after: u32::from(after != now),
            padding: [0; 2],
        }
    }

    /// Appends the poses of all objects at some frames, and the corners of those that change their shape, to the texels of the frame `now`.
    /// Returns where the poses of each frame start, and the corners: three of each frame for every triangle.
    pub(crate) fn places_at<const N: usize>(
        &self,
        frames: [usize; N],
        now: usize,
        texels: &mut Vec<[u32; 4]>,
    ) -> ([u32; N], u32) {
        let end = |texels: &Vec<[u32; 4]>| (self.fixed_texels.len() + texels.len()) as u32;
        let bases = frames.map(|frame| {
            let base = end(texels);
            for (object, pose) in self.poses_at(frame).iter().enumerate() {
                let [rotation, [x, y, z, _]] = texels::instance(pose, 0, 0);
                texels.extend([rotation, [x, y, z, self.share(object, now, frame).to_bits()]]);
            }
            base
        });
        let corners_base = end(texels);
        for (object, forms) in self.reshaping() {
            let of = frames.map(|f| if self.are_kin(object, now, f) { forms.at(f) } else { Form::Nothing });
            push_corners(texels, &of.each_ref(), forms.most_primitives());
        }
        fill_row(texels);
        (bases, corners_base)
    }

    /// By how much a ball is larger at a frame than the first of its kin; 1 for what is no ball, 0 for what has no place there that
    /// belongs to what is seen now.
    fn share(&self, object: usize, now: usize, frame: usize) -> f32 {
        if self.change(object) != Change::Reshapes {
            return 1.0;
        }
        if !self.are_kin(object, now, frame) {
            return 0.0;
        }
        match self.scene().objects[object].shape_at(frame) {
            Shape::Sphere { radius } => 1.0 / self.scale(object, frame, &Form::Sphere { radius: *radius }),
            _ => 1.0,
        }
    }
}
