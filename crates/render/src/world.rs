//! A scene made ready: what never changes is packed once, the rest for each frame.

use std::collections::BTreeMap;

use glam::Vec3;
use raytruth_scene::{Aabb, Camera, Object, Pose, Role, Scene};

use crate::bvh::{self, Grid, Link};
use crate::emitters::Emitters;
use crate::exposure::{Exposure, Moment};
use crate::frame_params::{Control, FEW_LIGHTS, FLAG_PROOF, FrameParams, MAX_LIGHTS};
use crate::geometry::{Form, Primitive, primitives};
use crate::lights::{Lights, luminance};
use crate::maps::Maps;
use crate::material_gpu::GpuMaterial;
use crate::sky::{self, Sky};
use crate::{Profile, RenderError, RenderSettings, albedo, filter, glass_albedo, swept, texels};

/// The most primitives of a scene: what the tree's links can address, with room to spare.
const MAX_PRIMITIVES: usize = 4_000_000;

pub(crate) struct World {
    forms: Vec<Form>,
    /// Material and id of each object.
    tags: Vec<(u16, u16)>,
    /// World poses of all objects, frame by frame.
    poses: Vec<Vec<Pose>>,
    pub(crate) exposure: Exposure,
    emitters: Emitters,
    /// What is the same in every frame: whole rows of texels, which a frame's own follow, and most of the parameters.
    pub(crate) fixed_texels: Vec<[u32; 4]>,
    fixed_params: FrameParams,
    /// What the kernel's conditions depend on, but for the slice.
    pub(crate) control: Control,
    /// What the path tracing kernel is composed with.
    pub(crate) defines: Vec<&'static str>,
}

/// One frame as the device needs it.
pub(crate) struct FrameWorld {
    pub(crate) params: FrameParams,
    /// Whole rows, below those that are the same in every frame.
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
        let exposure = Exposure::new(scene, settings.samples_per_pixel);
        let paths = swept::paths(&forms, &poses, &exposure);
        // With a moving camera every path changes.
        let swept = if camera_moves(scene) { Vec::new() } else { swept::boxes(&paths) };

        let mut params = profile_params(settings);
        let mut defines = crate::material_gpu::shader_defines(scene.materials.values());
        let mut table = albedo::table().to_vec();
        if defines.contains(&"ROUGH_GLASS") {
            table.extend_from_slice(glass_albedo::table());
        }
        let mut append = |rows: &[[u32; 4]]| {
            let base = table.len() as u32;
            table.extend_from_slice(rows);
            base
        };
        params.filter_base = append(bytemuck::cast_slice(&filter::table(settings.profile)));
        let maps = Maps::new(scene, &forms);
        let materials: Vec<GpuMaterial> =
            scene.materials.values().map(|m| GpuMaterial::new(m).with_maps(m, |name| maps.number(name))).collect();
        params.materials_base = append(bytemuck::cast_slice(&materials));
        maps.place(&forms, &mut params, &mut append);
        let sky = Sky::new(scene);
        if let Some(sky) = &sky {
            sky.place(&mut params, &mut append);
        }
        sky::gradient(&scene.environment, &mut params);
        let focus = focus(scene, &forms, &poses);
        let middle = if focus.is_empty() { Vec3::ZERO } else { focus.center() };
        let emitters = Emitters::new(scene, &primitives(&forms, &poses[0]), &paths, middle);
        params.emitter_density = emitters.density();
        let sun = sky::sun(&scene.environment).map_or(0.0, |s| luminance(s.irradiance));
        let lights = Lights::new(scene, middle, emitters.strength, sky.as_ref().map_or(sun, Sky::strength));
        let many_lights = scene.lights.len() > FEW_LIGHTS;
        if many_lights {
            params.lights_base = append(bytemuck::cast_slice(&lights.vectors));
        } else {
            params.lights[..lights.vectors.len()].copy_from_slice(&lights.vectors);
        }
        for (corner, at) in swept.iter().flat_map(|b| [b.min, b.max]).zip(&mut params.swept) {
            *at = corner.extend(0.0).to_array();
        }
        let control = Control {
            light_count: lights.vectors.len() as u32 / 4,
            swept_count: swept.len() as u32,
            max_bounces: settings.max_bounces.unwrap_or(if settings.profile == Profile::Look { 12 } else { 4096 }),
            lens_radius: scene.camera.aperture,
            sky_probability: lights.sky_probability,
            emitter_probability: lights.emitter_probability,
            emitters_end: lights.emitters_end,
            emitter_count: emitters.count(),
            emitter_faces: emitters.face_count(),
            ..Control::default()
        };

        let also = [
            (!settings.multiscatter, "NO_MULTISCATTER"),
            (nested(scene, &paths), "NESTED"),
            (sky.is_some(), "ENV_IMAGE"),
            (scene.materials.values().any(|m| m.emission.max_element() > 0.0), "EMITTERS"),
            (many_lights, "MANY_LIGHTS"),
        ];
        defines.extend(also.iter().filter(|(wanted, _)| *wanted).map(|(_, name)| *name));
        defines.extend(maps.defines());
        fill_row(&mut table);
        Ok(Self { forms, tags, poses, exposure, emitters, fixed_texels: table, fixed_params: params, control, defines })
    }

    /// What kernels that show surfaces without lighting them are composed with.
    pub(crate) fn surface_defines(&self) -> Vec<&'static str> {
        self.defines.iter().copied().filter(|d| ["GAPS", "MAPS", "VERTEX_COLORS"].contains(d)).collect()
    }

    /// Triangles and spheres of a frame.
    pub(crate) fn primitives(&self) -> usize {
        self.forms.iter().map(Form::primitives).sum()
    }

    /// Whether some objects move and the camera does not, so that part of the paths is the same in every frame.
    pub(crate) fn has_still_part(&self) -> bool {
        self.camera().track.as_ref().is_none_or(|t| t.poses.iter().all(|p| *p == t.poses[0])) && self.poses.len() > 1
    }

    /// Whether two frames show the same, and nothing moves meanwhile.
    pub(crate) fn same(&self, a: usize, b: usize) -> bool {
        self.poses_at(a) == self.poses_at(b)
            && self.camera().pose_at(a) == self.camera().pose_at(b)
            && [a, b].iter().all(|frame| self.exposure.is_still(*frame))
    }

    pub(crate) fn camera(&self) -> &Camera {
        self.exposure.camera()
    }

    pub(crate) fn frames(&self) -> usize {
        self.poses.len()
    }

    pub(crate) fn poses_at(&self, frame: usize) -> &[Pose] {
        &self.poses[frame.min(self.poses.len() - 1)]
    }

    /// Builds what the device needs for one frame.
    pub(crate) fn frame(&self, frame: usize, seed: u32) -> FrameWorld {
        self.build(frame, self.poses_at(frame), &self.camera().pose_at(frame), seed)
    }

    /// The same for a moment while it is exposed.
    pub(crate) fn moment(&self, frame: usize, moment: &Moment, seed: u32) -> FrameWorld {
        self.build(frame, &self.exposure.poses(moment.time), &self.camera().pose_between(moment.time), seed)
    }

    fn build(&self, frame: usize, poses: &[Pose], eye: &Pose, seed: u32) -> FrameWorld {
        let mut params = self.fixed_params;
        let mut table: Vec<[u32; 4]> = Vec::new();
        // Where the next texel comes to stand.
        let end = |table: &Vec<[u32; 4]>| (self.fixed_texels.len() + table.len()) as u32;
        place_camera(self.camera(), eye, &mut params);
        // Fixed seeds would stick to a moving lens like dirt.
        params.seed =
            if self.has_still_part() || self.poses.len() == 1 { seed } else { seed ^ (frame as u32).wrapping_mul(0x9e37_79b9) };

        params.instances_base = end(&table);
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
        params.emitters_base = end(&table);
        table.extend(self.emitters.texels(&places));
        params.primitives_base = end(&table);
        table.extend_from_slice(&packed);
        params.nodes_base = end(&table);
        params.nodes_count = tree.nodes.len() as u32;
        table.extend(bvh::thread(&tree, &grid, params.nodes_base, &|first, count| {
            let i = tree.order[first as usize] as usize;
            if primitives[i].is_sphere() {
                Link::Sphere { first: places[i] }
            } else {
                Link::Triangles { first: places[i], count }
            }
        }));
        fill_row(&mut table);
        FrameWorld { params, texels: table }
    }
}

/// Whether clear solids may overlap at some time.
fn nested(scene: &Scene, paths: &[Vec<Aabb>]) -> bool {
    let clear = |object: &Object| {
        scene.materials.get(&object.material).is_some_and(|m| m.transmission > 0.0 && m.metallic < 1.0 && !m.thin)
    };
    let bounds: Vec<Aabb> = (0..scene.objects.len())
        .filter(|&i| clear(&scene.objects[i]))
        .map(|i| paths[i].iter().fold(Aabb::EMPTY, |sum, bounds| sum.union(bounds)))
        .collect();
    // Many panes of glass: not worth the search.
    bounds.len() > 256 || bounds.iter().enumerate().any(|(i, a)| bounds[..i].iter().any(|b| a.overlaps(b)))
}

pub(crate) fn fill_row(table: &mut Vec<[u32; 4]>) {
    table.resize(table.len().next_multiple_of(texels::ROW as usize), [0; 4]);
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

fn place_camera(camera: &Camera, pose: &Pose, params: &mut FrameParams) {
    let [width, height] = params.size.map(|s| s as f32);
    let half_height = (0.5 * camera.fov_y).tan();
    params.camera_origin = pose.translation.extend(0.0).to_array();
    params.camera_right = (pose.vector(Vec3::X) * (half_height * width / height)).extend(camera.focus_distance).to_array();
    params.camera_up = (pose.vector(Vec3::Y) * half_height).extend(0.0).to_array();
    params.camera_forward = pose.vector(Vec3::NEG_Z).extend(0.0).to_array();
}
