//! A scene made ready: what never changes is packed once, the rest for each frame.

mod build;
mod eye;
mod level;
mod parts;

use std::sync::Arc;

use glam::Vec3;
use raytruth_scene::{Aabb, Camera, Change, Changes, Form, Forms, Portal, Pose, Scene};

use self::eye::Solids;
use self::level::{Level, StillLevel};
use self::parts::{Tag, focus, materials, nested, primitives, profile_params, smooth};
use crate::emitters::{Emitters, Shines};
use crate::exposure::Exposure;
use crate::frame_params::{Control, FEW_LIGHTS, FrameParams, MAX_LIGHTS};
use crate::geometry::{Ids, Primitive};
use crate::groups::Groups;
use crate::lights::{Lights, luminance};
use crate::maps::Maps;
use crate::sky::{self, Sky};
use crate::swept::{Eye, Paths, Span, Sweeps, Swept, spans};
use crate::{Profile, RenderError, RenderSettings, albedo, filter, glass_albedo};

pub(crate) use build::{FrameWorld, push_corners};
pub(crate) use parts::fill_row;

/// The most primitives of a scene: what the tree's links can address, with room to spare.
const MAX_PRIMITIVES: usize = 4_000_000;
/// With fewer primitives that never change all are built anew for each frame: it takes little time, and rays find their way through one
/// hierarchy faster than through two.
const STILL_LEVEL_FROM: usize = 8_000;

pub(crate) struct World {
    scene: Arc<Scene>,
    forms: Arc<Vec<Forms>>,
    changes: Changes,
    ids: Ids,
    /// Of objects that keep their shape.
    fixed_forms: Vec<Option<Form>>,
    /// Of each object.
    tags: Vec<Tag>,
    /// World poses of all objects, frame by frame.
    poses: Vec<Vec<Pose>>,
    pub(crate) exposure: Exposure,
    /// What changes, in the order of time.
    spans: Vec<Span>,
    emitters: Emitters,
    shines: Shines,
    pub(crate) groups: Groups,
    maps: Maps,
    /// Those that the camera may be in.
    solids: Solids,
    /// What never changes, where it is worth a hierarchy of its own.
    still: Option<StillLevel>,
    /// What is the same in every frame: whole rows of texels, which a frame's own follow, and most of the parameters.
    pub(crate) fixed_texels: Vec<[u32; 4]>,
    fixed_params: FrameParams,
    /// What the kernel's conditions depend on, but for the slice and what changes from frame to frame.
    control: Control,
    /// What the path tracing kernel is composed with.
    pub(crate) defines: Vec<&'static str>,
}

impl World {
    pub(crate) fn new(scene: &Scene, settings: &RenderSettings) -> Result<Self, RenderError> {
        scene.validate().map_err(|e| RenderError::Scene(e.to_string()))?;
        let scene = Arc::new(scene.clone());
        let forms = scene.forms().ok_or_else(|| RenderError::Scene("an object's mesh is missing".to_owned()))?;
        let count: usize = forms.iter().map(Forms::most_primitives).sum();
        if count > MAX_PRIMITIVES {
            return Err(RenderError::Scene(format!("it has {count} triangles; at most {MAX_PRIMITIVES} can be rendered")));
        }
        if scene.lights.len() > MAX_LIGHTS {
            return Err(RenderError::Scene(format!("it has {} area lights; at most {MAX_LIGHTS}", scene.lights.len())));
        }
        if let Some(overlay) = scene.overlays.iter().find(|o| !o.fits((settings.width, settings.height))) {
            let [lo, hi] = overlay.rect((settings.width, settings.height));
            return Err(RenderError::Scene(format!(
                "its overlay {:?} reaches from ({:.1}, {:.1}) to ({:.1}, {:.1}), which is not within the picture of {} x {} pixels",
                overlay.name, lo.x, lo.y, hi.x, hi.y, settings.width, settings.height
            )));
        }
        let forms = Arc::new(forms);
        let changes = scene.changes();
        let ids = Ids::new(&forms, &changes.objects);
        let groups = Groups::new(&scene)?;
        let shines = Shines::new(&scene, &groups.materials);
        let poses: Vec<Vec<Pose>> = (0..scene.frames()).map(|f| scene.world_poses(f)).collect();
        let exposure = Exposure::new(&scene, &forms, settings.samples_per_pixel);
        let first_forms: Vec<Form> = forms.iter().map(|f| f.at(0)).collect();
        let paths = Paths::new(&scene, (&forms, &first_forms), &changes.objects, &poses, &exposure);
        let spans = if changes.camera {
            // Every path changes.
            vec![Span { frames: 0..poses.len(), swept: Swept::default() }]
        } else {
            let sweeps = Sweeps::new(&scene, &changes.objects, &paths, &poses, &exposure, |i| shines.shines(i));
            let eye = Eye::new(&scene.camera, settings.width as f32 / settings.height as f32);
            spans(&sweeps, &eye, poses.len(), |frame| looks_the_same(&scene, &exposure, frame - 1, frame))
        };
        let paths = paths.boxes;
        let keeps_shape = |i: usize| changes.objects[i] != Change::Reshapes;
        let fixed_forms = first_forms.iter().enumerate().map(|(i, form)| keeps_shape(i).then(|| form.clone())).collect();

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
        let maps = Maps::new(&scene, &forms);
        let solids = Solids::near_the_eye(&scene, &paths);
        let (materials, tags) = materials(&scene, &maps, &groups, &changes)?;
        params.materials_base = append(bytemuck::cast_slice(&materials));
        maps.place(
            first_forms.iter().enumerate().filter(|(i, _)| keeps_shape(*i)).map(|(_, form)| form),
            &mut params,
            &mut append,
        );
        let sky = Sky::new(&scene);
        if let Some(sky) = &sky {
            sky.place(&mut params, &mut append);
        }
        sky::gradient(&scene.environment, &mut params);
        let focus = focus(&scene, &first_forms, &poses);
        let middle = if focus.is_empty() { Vec3::ZERO } else { focus.center() };
        let first = primitives(&first_forms, &poses[0], &ids, |_| true);
        let emitters = Emitters::new(&scene, &shines, &changes.objects, &first, &paths, middle);
        params.emitter_density = emitters.density();
        let sun = sky::sun(&scene.environment).map_or(0.0, |s| luminance(s.irradiance));
        let changing = shines.changing_strength(&scene, &changes.objects, &poses, middle);
        let strengths = (emitters.strength, sky.as_ref().map_or(sun, Sky::strength));
        // A still camera has the lights chosen alike everywhere, which is as good for what it looks at, and quicker.
        let few = scene.lights.len() + scene.portals.len() <= FEW_LIGHTS;
        let local_choice = few && (!scene.portals.is_empty() || changes.camera && scene.lights.len() > 1);
        let portals: &[Portal] = if local_choice { &scene.portals } else { &[] };
        params.sky_strength = strengths.1;
        let lights = Lights::new(&scene, portals, middle, strengths, changing, &groups.lights);
        // What lets light through has no one place where the sun falls.
        let sunlit_area =
            if defines.contains(&"LETS_LIGHT_THROUGH") || !solids.is_empty() { 0.0 } else { sky::sunlit_area(&scene, portals) };
        let many_lights = scene.lights.len() > FEW_LIGHTS;
        if many_lights {
            params.lights_base = append(bytemuck::cast_slice(&lights.vectors));
        } else {
            params.lights[..lights.vectors.len()].copy_from_slice(&lights.vectors);
        }
        params.reshaped_first = ids.reshaped().start;
        let is_still = |p: &Primitive| changes.objects[p.object() as usize] == Change::Never;
        let still: Vec<Primitive> = first.into_iter().filter(is_still).collect();
        let all = paths.iter().flatten().fold(Aabb::EMPTY, |sum, b| sum.union(b));
        let around_still = still.iter().fold(Aabb::EMPTY, |sum, p| sum.union(&p.bounds()));
        // Both have one grid: what goes far away would make its cells large.
        let stays_near = all.size().cmple(8.0 * around_still.size() + around_still.size().max_element()).all();
        let worth_it = still.len() >= STILL_LEVEL_FROM && poses.len() > 1 && stays_near;
        let still = worth_it.then(|| StillLevel::new(&still, &all, ids.count(), &mut append));
        let control = Control {
            light_count: scene.lights.len() as u32,
            portal_count: portals.len() as u32,
            sunlit_area,
            max_bounces: settings.max_bounces.unwrap_or(if settings.profile == Profile::Look { 12 } else { 4096 }),
            lens_radius: scene.camera.aperture,
            sky_probability: lights.sky_probability,
            emitter_probability: lights.emitter_probability,
            emitters_end: lights.emitters_end,
            emitter_count: emitters.count(),
            emitter_faces: emitters.face_count(),
            changing_probability: lights.changing_probability,
            changing_end: lights.changing_end,
            sky_group: groups.sky,
            ..Control::default()
        };

        let also = [
            (!settings.multiscatter, "NO_MULTISCATTER"),
            (nested(&scene, &paths) || !solids.is_empty(), "NESTED"),
            (!solids.is_empty(), "EYE_IN_MEDIA"),
            (sky.is_some(), "ENV_IMAGE"),
            (scene.materials.values().any(|m| m.emission.max_element() > 0.0), "EMITTERS"),
            (changing.is_some(), "CHANGING_EMITTERS"),
            (many_lights, "MANY_LIGHTS"),
            (local_choice, "LOCAL_CHOICE"),
            (sunlit_area > 0.0, "SUNLIT"),
            (spans.iter().any(|span| !span.swept.capsules.is_empty()), "SWEPT_CAPSULES"),
            (!ids.reshaped().is_empty(), "RESHAPED"),
            (smooth(&scene, &first_forms) || !ids.reshaped().is_empty(), "SMOOTH_NORMALS"),
        ];
        defines.extend(also.iter().filter(|(wanted, _)| *wanted).map(|(_, name)| *name));
        defines.extend(groups.defines());
        defines.extend(maps.defines());
        fill_row(&mut table);
        let world = Self {
            scene,
            forms,
            changes,
            ids,
            fixed_forms,
            tags,
            poses,
            exposure,
            spans,
            emitters,
            shines,
            groups,
            maps,
            solids,
            still,
            fixed_texels: table,
            fixed_params: params,
            control,
            defines,
        };
        world.check_lens()?;
        Ok(world)
    }

    /// What kernels that show surfaces without lighting them are composed with.
    pub(crate) fn surface_defines(&self) -> Vec<&'static str> {
        self.defines
            .iter()
            .copied()
            .filter(|d| ["GAPS", "MAPS", "VERTEX_COLORS", "RESHAPED", "SMOOTH_NORMALS"].contains(d))
            .collect()
    }

    /// What kernels that add up sums are composed with.
    pub(crate) fn sum_defines(&self) -> Vec<&'static str> {
        self.defines.iter().copied().filter(|d| *d == "LIGHT_GROUPS").collect()
    }

    /// The most triangles and spheres of a frame.
    pub(crate) fn primitives(&self) -> usize {
        self.ids.count()
    }

    pub(crate) fn change(&self, object: usize) -> Change {
        self.changes.objects[object]
    }

    /// Objects that change their shape.
    pub(crate) fn reshaping(&self) -> impl Iterator<Item = (usize, &Forms)> {
        self.forms.iter().enumerate().filter(|(i, _)| self.change(*i) == Change::Reshapes)
    }

    /// Whether each point of what an object shows at one frame has its place at another.
    pub(crate) fn are_kin(&self, object: usize, a: usize, b: usize) -> bool {
        self.forms[object].are_kin(a, b)
    }

    pub(crate) fn scene(&self) -> &Scene {
        &self.scene
    }

    /// Whether the camera ever moves.
    pub(crate) fn camera_moves(&self) -> bool {
        self.changes.camera
    }

    /// The number of a frame's span.
    pub(crate) fn span(&self, frame: usize) -> usize {
        self.spans.partition_point(|span| span.frames.end <= frame).min(self.spans.len() - 1)
    }

    /// Whether part of a span's paths is the same in every frame, and there is more than one of them.
    pub(crate) fn has_still_part(&self, span: usize) -> bool {
        !self.changes.camera && self.spans[span].frames.len() > 1
    }

    /// Whether two frames show the same, to the last bit.
    pub(crate) fn same(&self, a: usize, b: usize) -> bool {
        // With a moving camera each frame has noise of its own.
        let one_seed = a == b || !self.changes.camera;
        // Sums of other parts round in other ways.
        one_seed && self.span(a) == self.span(b) && looks_the_same(&self.scene, &self.exposure, a, b)
    }

    /// As if the whole clip were one span.
    #[cfg(test)]
    pub(crate) fn join_spans(&mut self) {
        let first: Vec<Form> = self.forms.iter().map(|f| f.at(0)).collect();
        let changes = &self.changes.objects;
        let paths = Paths::new(&self.scene, (&self.forms, &first), changes, &self.poses, &self.exposure);
        let sweeps = Sweeps::new(&self.scene, changes, &paths, &self.poses, &self.exposure, |i| self.shines.shines(i));
        let frames = 0..self.poses.len();
        self.spans = vec![Span { swept: sweeps.during(&frames), frames }];
    }

    /// For planted faults.
    #[cfg(test)]
    pub(crate) fn swept_mut(&mut self) -> &mut Swept {
        &mut self.spans[0].swept
    }

    #[cfg(test)]
    pub(crate) fn has_still_level(&self) -> bool {
        self.still.is_some()
    }

    /// As if nothing were worth a hierarchy of its own.
    #[cfg(test)]
    pub(crate) fn forget_still_level(&mut self) {
        self.still = None;
    }

    /// For planted faults.
    #[cfg(test)]
    pub(crate) fn params_mut(&mut self) -> &mut FrameParams {
        &mut self.fixed_params
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
}

/// Whether two frames show the same, and nothing moves meanwhile.
fn looks_the_same(scene: &Scene, exposure: &Exposure, a: usize, b: usize) -> bool {
    scene.same(a, b) && [a, b].iter().all(|frame| exposure.is_still(*frame))
}
