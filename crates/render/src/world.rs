//! A scene made ready: what never changes is packed once, the rest for each frame.

use std::collections::BTreeMap;

use glam::Vec3;
use raytruth_scene::{Aabb, Camera, Pose, Role, Scene};

use crate::bvh::{self, Grid, Link};
use crate::frame_params::{Control, FLAG_PROOF, FrameParams, MAX_LIGHTS};
use crate::geometry::{Form, Primitive, primitives};
use crate::material_gpu::GpuMaterial;
use crate::{Profile, RenderError, RenderSettings, albedo, filter, lights, swept, texels};

/// The most primitives of a scene: what the tree's links can address, with room to spare.
const MAX_PRIMITIVES: usize = 4_000_000;

pub(crate) struct World {
    forms: Vec<Form>,
    /// Material and id of each object.
    tags: Vec<(u16, u16)>,
    /// World poses of all objects, frame by frame.
    poses: Vec<Vec<Pose>>,
    pub(crate) camera: Camera,
    /// What is the same in every frame: the texels before `fixed_texels`, and most of the parameters.
    fixed_texels: Vec<[u32; 4]>,
    fixed_params: FrameParams,
    /// What the kernel's conditions depend on, but for the slice.
    pub(crate) control: Control,
    /// What the path tracing kernel is composed with.
    pub(crate) defines: Vec<&'static str>,
}

/// One frame as the device needs it.
pub(crate) struct FrameWorld {
    pub(crate) params: FrameParams,
    pub(crate) texels: Vec<[u32; 4]>,
}

impl World {
    pub(crate) fn new(scene: &Scene, settings: &RenderSettings) -> Result<Self, RenderError> {
        scene.validate().map_err(|e| RenderError::Scene(e.to_string()))?;
        let forms = Form::of_scene(scene).ok_or_else(|| RenderError::Scene("an object's mesh is missing".to_owned()))?;
        let count: usize = forms.iter().map(Form::primitives).sum();
        if count > MAX_PRIMITIVES {
            return Err(RenderError::Scene(format!("it has {count} triangles; at most {MAX_PRIMITIVES} can be rendered")));
        }
        if scene.materials.len() > usize::from(u16::MAX) {
            return Err(RenderError::Scene(format!("it has {} materials; at most 65535", scene.materials.len())));
        }
        if scene.lights.len() > MAX_LIGHTS {
            return Err(RenderError::Scene(format!("it has {} area lights; at most {MAX_LIGHTS}", scene.lights.len())));
        }
        let numbers: BTreeMap<&str, u16> = scene.materials.keys().map(String::as_str).zip(0..).collect();
        let tags = scene.objects.iter().map(|o| (numbers.get(o.material.as_str()).copied().unwrap_or(0), o.id)).collect();
        let poses: Vec<Vec<Pose>> = (0..scene.frames()).map(|f| scene.world_poses(f)).collect();
        // With a moving camera every path changes.
        let swept = if camera_moves(scene) { Vec::new() } else { swept::boxes(&forms, &poses) };

        let mut params = profile_params(settings);
        let mut table = albedo::table().to_vec();
        let mut append = |rows: &[[u32; 4]]| {
            let base = table.len() as u32;
            table.extend_from_slice(rows);
            base
        };
        params.filter_base = append(bytemuck::cast_slice(&filter::table(settings.profile)));
        let materials: Vec<GpuMaterial> = scene.materials.values().map(GpuMaterial::new).collect();
        params.materials_base = append(bytemuck::cast_slice(&materials));
        let (light_vectors, sun_probability) = lights::vectors(scene, &focus(scene, &forms, &poses));
        params.lights[..light_vectors.len()].copy_from_slice(&light_vectors);
        lights::environment(&scene.environment, &mut params);
        for (corner, at) in swept.iter().flat_map(|b| [b.min, b.max]).zip(&mut params.swept) {
            *at = corner.extend(0.0).to_array();
        }
        let control = Control {
            light_count: light_vectors.len() as u32 / 4,
            swept_count: swept.len() as u32,
            max_bounces: settings.max_bounces.unwrap_or(if settings.profile == Profile::Look { 12 } else { 4096 }),
            lens_radius: scene.camera.aperture,
            sun_probability,
            ..Control::default()
        };

        let mut defines = crate::material_gpu::shader_defines(scene.materials.values());
        if !settings.multiscatter {
            defines.push("NO_MULTISCATTER");
        }
        Ok(Self { forms, tags, poses, camera: scene.camera.clone(), fixed_texels: table, fixed_params: params, control, defines })
    }

    /// Triangles and spheres of a frame.
    pub(crate) fn primitives(&self) -> usize {
        self.forms.iter().map(Form::primitives).sum()
    }

    /// Whether some objects move and the camera does not, so that part of the paths is the same in every frame.
    pub(crate) fn has_still_part(&self) -> bool {
        self.camera.track.as_ref().is_none_or(|t| t.poses.iter().all(|p| *p == t.poses[0])) && self.poses.len() > 1
    }

    /// Whether two frames show the same.
    pub(crate) fn same(&self, a: usize, b: usize) -> bool {
        self.poses_at(a) == self.poses_at(b) && self.camera.pose_at(a) == self.camera.pose_at(b)
    }

    pub(crate) fn frames(&self) -> usize {
        self.poses.len()
    }

    pub(crate) fn poses_at(&self, frame: usize) -> &[Pose] {
        &self.poses[frame.min(self.poses.len() - 1)]
    }

    /// Builds what the device needs for one frame.
    pub(crate) fn frame(&self, frame: usize, seed: u32) -> FrameWorld {
        let mut params = self.fixed_params;
        let mut table = self.fixed_texels.clone();
        let poses = self.poses_at(frame);
        place_camera(&self.camera, frame, &mut params);
        // Fixed seeds would stick to a moving lens like dirt.
        params.seed =
            if self.has_still_part() || self.poses.len() == 1 { seed } else { seed ^ (frame as u32).wrapping_mul(0x9e37_79b9) };

        params.instances_base = table.len() as u32;
        for (pose, (material, id)) in poses.iter().zip(&self.tags) {
            table.extend(texels::instance(pose, *material, *id));
        }
        let primitives = primitives(&self.forms, poses);
        let bounds: Vec<Aabb> = primitives.iter().map(Primitive::bounds).collect();
        let tree = bvh::build(&bounds, &|i| primitives[i as usize].is_sphere());
        let grid = Grid::around(&bounds.iter().fold(Aabb::EMPTY, |a, b| a.union(b)));
        params.grid_min = grid.min.extend(0.0).to_array();
        params.grid_scale = grid.scale.extend(0.0).to_array();

        let mut packed = Vec::with_capacity(4 * primitives.len());
        let mut places = vec![0; primitives.len()];
        for &i in &tree.order {
            places[i as usize] = packed.len() as u32;
            texels::push_primitive(&mut packed, &primitives[i as usize], i);
        }
        params.primitives_base = table.len() as u32;
        table.extend_from_slice(&packed);
        params.nodes_base = table.len() as u32;
        params.nodes_count = tree.nodes.len() as u32;
        table.extend(bvh::thread(&tree, &grid, params.nodes_base, &|first, count| {
            let i = tree.order[first as usize] as usize;
            if primitives[i].is_sphere() {
                Link::Sphere { first: places[i] }
            } else {
                Link::Triangles { first: places[i], count }
            }
        }));
        FrameWorld { params, texels: table }
    }
}

fn camera_moves(scene: &Scene) -> bool {
    scene.camera.track.as_ref().is_some_and(|t| t.poses.iter().any(|p| *p != t.poses[0]))
}

/// Where the light matters: what is not backdrop, at the clip's start.
fn focus(scene: &Scene, forms: &[Form], poses: &[Vec<Pose>]) -> Aabb {
    let bounds = |all: bool| {
        scene
            .objects
            .iter()
            .zip(forms.iter().zip(&poses[0]))
            .filter(|(object, _)| all || object.role != Role::Backdrop)
            .fold(Aabb::EMPTY, |sum, (_, (form, pose))| sum.union(&form.bounds(pose)))
    };
    let narrow = bounds(false);
    if narrow.is_empty() { bounds(true) } else { narrow }
}

/// What the settings alone decide.
fn profile_params(settings: &RenderSettings) -> FrameParams {
    let groups_x = settings.width.div_ceil(8);
    let groups = groups_x * settings.height.div_ceil(8);
    let look = settings.profile == Profile::Look;
    let limit = |cycles: u32| if look { cycles } else { u32::MAX };
    FrameParams {
        size: [settings.width, settings.height],
        groups_x,
        groups,
        group_stride: coprime_stride(groups),
        flags: if look { 0 } else { FLAG_PROOF },
        max_diffuse: limit(4),
        max_glossy: limit(4),
        max_transmission: limit(12),
        indirect_clamp: if look { 10.0 } else { f32::MAX },
        blur_glossy: if look { 1.0 } else { f32::MAX },
        samples: settings.samples_per_pixel,
        ..bytemuck::Zeroable::zeroed()
    }
}

/// A large number coprime to `groups`, such that no product of it with a group's number overflows.
fn coprime_stride(groups: u32) -> u32 {
    let gcd = |mut a: u32, mut b: u32| {
        while b != 0 {
            (a, b) = (b, a % b);
        }
        a
    };
    let most = (u32::MAX / groups).clamp(1, 7919);
    (1..=most).rev().find(|&s| gcd(s, groups) == 1).unwrap_or(1)
}

fn place_camera(camera: &Camera, frame: usize, params: &mut FrameParams) {
    let pose = camera.pose_at(frame);
    let [width, height] = params.size.map(|s| s as f32);
    let half_height = (0.5 * camera.fov_y).tan();
    params.camera_origin = pose.translation.extend(0.0).to_array();
    params.camera_right = (pose.vector(Vec3::X) * (half_height * width / height)).extend(camera.focus_distance).to_array();
    params.camera_up = (pose.vector(Vec3::Y) * half_height).extend(0.0).to_array();
    params.camera_forward = pose.vector(Vec3::NEG_Z).extend(0.0).to_array();
}
