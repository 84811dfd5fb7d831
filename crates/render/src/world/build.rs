//! What the device needs for one frame.

use glam::Vec3;
use raytruth_scene::{Aabb, Camera, Change, Form, Pose};

use super::{Level, World, fill_row};
use crate::bvh::Grid;
use crate::emitters::ChangingEmitters;
use crate::frame_params::{Control, FrameParams};
use crate::geometry::{self, Primitive, Shown, append_primitives};
use crate::texels;

/// One frame as the device needs it.
pub(crate) struct FrameWorld {
    pub(crate) params: FrameParams,
    pub(crate) control: Control,
    /// Whole rows, below those that are the same in every frame.
    pub(crate) texels: Vec<[u32; 4]>,
}

/// When, from where, and what of the scene is shown.
struct Moving<'a> {
    frame: usize,
    poses: &'a [Pose],
    forms: &'a [Form],
    eye: Pose,
    /// Objects that are left out, after all that is fixed for the clip: nothing else differs.
    left_out: &'a [usize],
}

impl World {
    /// Builds what the device needs for one frame, without some objects.
    pub(crate) fn frame(&self, frame: usize, seed: u32, left_out: &[usize]) -> FrameWorld {
        let forms = self.forms(|i| self.forms[i].at(frame));
        let eye = self.camera().pose_at(frame);
        self.build(&Moving { frame, poses: self.poses_at(frame), forms: &forms, eye, left_out }, seed)
    }

    /// The same for a time while it is exposed, in frames from the first.
    pub(crate) fn moment(&self, frame: usize, time: f64, seed: u32, left_out: &[usize]) -> FrameWorld {
        let forms = self.forms(|i| self.forms[i].between(time));
        let (poses, eye) = (self.exposure.poses(time), self.camera().pose_between(time));
        self.build(&Moving { frame, poses: &poses, forms: &forms, eye, left_out }, seed)
    }

    /// Of all objects; `changing` makes the form of one whose shape changes.
    fn forms(&self, changing: impl Fn(usize) -> Form) -> Vec<Form> {
        self.fixed_forms.iter().enumerate().map(|(i, fixed)| fixed.clone().unwrap_or_else(|| changing(i))).collect()
    }

    fn build(&self, shown: &Moving<'_>, seed: u32) -> FrameWorld {
        let Moving { frame, poses, forms, eye, left_out } = *shown;
        let mut params = self.fixed_params;
        let mut table: Vec<[u32; 4]> = Vec::new();
        // Where the next texel comes to stand.
        let end = |table: &Vec<[u32; 4]>| (self.fixed_texels.len() + table.len()) as u32;
        place_camera(self.camera(), &eye, &mut params);
        params.eye_media = self.media_at(eye.translation, (forms, poses), left_out);
        params.powers = self.groups.at(frame);
        let mut control = self.control;
        self.spans[self.span(frame)].swept.place(&mut params, &mut control);
        // Fixed seeds would stick to a moving lens like dirt.
        params.seed =
            if self.changes.camera { seed ^ (frame.min(self.frames() - 1) as u32).wrapping_mul(0x9e37_79b9) } else { seed };

        params.instances_base = end(&table);
        for (pose, (material, id)) in poses.iter().zip(&self.tags) {
            table.extend(texels::instance(pose, *material, *id));
        }
        self.append_reshaped(shown, &mut params, &mut table);

        let never_changes = |i: usize| self.changes.objects[i] == Change::Never;
        let still = self.still.as_ref().filter(|_| !left_out.iter().any(|&i| never_changes(i)));
        let mut primitives: Vec<Primitive> = Vec::new();
        for (object, (form, pose)) in forms.iter().zip(poses).enumerate() {
            let elsewhere = still.is_some() && never_changes(object);
            if !elsewhere && !left_out.contains(&object) {
                let scale = self.scale(object, frame, form);
                append_primitives(&mut primitives, &Shown { object, form, pose, scale }, self.ids.first(object));
            }
        }
        let grid = match still {
            Some(still) => still.grid,
            None => Grid::around(&primitives.iter().fold(Aabb::EMPTY, |sum, p| sum.union(&p.bounds()))),
        };
        params.grid_min = grid.min.extend(0.0).to_array();
        params.grid_scale = grid.scale.extend(0.0).to_array();

        let mut places = still.map_or_else(|| vec![0; self.ids.count()], |still| still.places.clone());
        let start = end(&table);
        params.primitives_base = still.map_or(start, |still| still.primitives_base);
        let onward = still.map(super::StillLevel::starts);
        let first = start - params.primitives_base;
        let level = Level::new(&primitives, &grid, first, &mut places, |count| start + count, onward);
        table.extend(level.primitives);
        params.nodes_base = end(&table);
        params.nodes_count = (level.nodes.len() / 8) as u32;
        table.extend(level.nodes);
        if let Some(still) = still {
            (params.still_nodes_base, params.still_nodes_count) = (still.nodes_base, still.nodes_count);
        }

        params.emitters_base = end(&table);
        table.extend(self.emitters.texels(&places, left_out));
        if control.changing_probability > 0.0 {
            // With those that are left out, so that the others are chosen as ever.
            for &object in left_out {
                let (form, pose) = (&forms[object], &poses[object]);
                append_primitives(&mut primitives, &Shown { object, form, pose, scale: 1.0 }, self.ids.first(object));
            }
            let changes = &self.changes.objects;
            let changing = ChangingEmitters::new(&primitives, &self.shines, changes, &places, left_out);
            params.changing_base = end(&table);
            (params.changing_density, control.changing_count) = (changing.density, changing.count);
            table.extend(changing.texels);
        }
        fill_row(&mut table);
        FrameWorld { params, control, texels: table }
    }

    /// By how much a form is smaller than the first of its kin, if it is a ball; 1 for all else.
    pub(crate) fn scale(&self, object: usize, frame: usize, form: &Form) -> f32 {
        match form {
            Form::Sphere { radius } if self.changes.objects[object] == Change::Reshapes => {
                match self.forms[object].reference(frame) {
                    Form::Sphere { radius: first } => first / radius,
                    _ => 1.0,
                }
            }
            _ => 1.0,
        }
    }

    /// Appends what belongs to the triangles of objects that change their shape: what lies on their corners, and where these are on the
    /// first of their kin.
    fn append_reshaped(&self, shown: &Moving<'_>, params: &mut FrameParams, table: &mut Vec<[u32; 4]>) {
        let reshapes = |i: &usize| self.changes.objects[*i] == Change::Reshapes;
        let base = (self.fixed_texels.len() + table.len()) as u32;
        params.reshaped_corners_base = base;
        for object in (0..shown.forms.len()).filter(reshapes) {
            table.extend(self.maps.corners(&shown.forms[object], self.forms[object].most_primitives()));
        }
        params.reference_base = (self.fixed_texels.len() + table.len()) as u32;
        for object in (0..shown.forms.len()).filter(reshapes) {
            let reference = self.forms[object].reference(shown.frame);
            push_corners(table, &[&reference], self.forms[object].most_primitives());
        }
    }
}

/// For each triangle its three corners in each of some forms, filled up for as many as `count`.
pub(crate) fn push_corners(table: &mut Vec<[u32; 4]>, forms: &[&Form], count: usize) {
    let texel = |p: Vec3| p.extend(0.0).to_array().map(f32::to_bits);
    let mut all: Vec<_> = forms.iter().map(|form| geometry::places(form)).collect();
    for _ in 0..count {
        for places in &mut all {
            table.extend(places.next().unwrap_or([Vec3::ZERO; 3]).map(texel));
        }
    }
}

fn place_camera(camera: &Camera, pose: &Pose, params: &mut FrameParams) {
    let [width, height] = params.size.map(|s| s as f32);
    let half_height = (0.5 * camera.fov_y).tan();
    params.camera_origin = pose.translation.extend(0.0).to_array();
    params.camera_right = (pose.vector(Vec3::X) * (half_height * width / height)).extend(camera.focus_distance).to_array();
    params.camera_up = (pose.vector(Vec3::Y) * half_height).extend(0.0).to_array();
    params.camera_forward = pose.vector(Vec3::NEG_Z).extend(0.0).to_array();
}
