//! The frames before and after: what the kernel `motion` needs of them.

use bytemuck::{Pod, Zeroable};
use glam::Vec3;
use raytruth_scene::Camera;

use crate::texels;
use crate::world::{World, fill_row};

/// Host's twin of `View` in `shaders/kernels/motion.wgsl`.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Pod, Zeroable)]
pub(crate) struct View {
    pub(crate) origin: [f32; 4],
    pub(crate) right: [f32; 4],
    pub(crate) down: [f32; 4],
    pub(crate) forward: [f32; 4],
}

/// Host's twin of `Motion` there, where each field is explained. A test compares both by reflection.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Pod, Zeroable)]
pub(crate) struct Motion {
    pub(crate) before: View,
    pub(crate) now: View,
    pub(crate) after: View,
    pub(crate) before_base: u32,
    pub(crate) after_base: u32,
    pub(crate) has_before: u32,
    pub(crate) has_after: u32,
}

impl View {
    fn new(camera: &Camera, frame: usize, size: (u32, u32)) -> Self {
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
    /// Appends the poses of the frames before and after to the frame's texels. Frames after the clip's end are its last.
    pub(crate) fn motion(&self, frame: usize, size: (u32, u32), texels: &mut Vec<[u32; 4]>) -> Motion {
        let last = self.frames() - 1;
        let frame = frame.min(last);
        let (before, after) = (frame.saturating_sub(1), (frame + 1).min(last));
        let mut append = |frame| {
            let base = (self.fixed_texels.len() + texels.len()) as u32;
            texels.extend(self.poses_at(frame).iter().flat_map(|pose| texels::instance(pose, 0, 0)));
            base
        };
        let (before_base, after_base) = (append(before), append(after));
        fill_row(texels);
        Motion {
            before_base,
            after_base,
            before: View::new(self.camera(), before, size),
            now: View::new(self.camera(), frame, size),
            after: View::new(self.camera(), after, size),
            has_before: u32::from(before != frame),
            has_after: u32::from(after != frame),
        }
    }
}
