//! A scene drawn into label maps: which object is seen where, and how much of each would be if it stood alone.

use glam::Vec2;
use raytruth_scene::{Change, Form, Forms, Image, Material, Pixels, Pose, Scene};

use crate::raster::{NOWHERE, Projector, Raster};

/// Draws the frames of a scene. What does not move before a still camera is drawn once, as long as it does not.
pub(crate) struct Painter<'a> {
    scene: &'a Scene,
    size: (usize, usize),
    forms: Vec<Forms>,
    surfaces: Vec<Surface<'a>>,
    /// Forms of objects that keep their shape.
    fixed: Vec<Option<Form>>,
    /// Whether an object looks the same in every frame.
    still: Vec<bool>,
    base: Option<Raster>,
    /// What was drawn last.
    last: Option<Last>,
}

/// A frame that was drawn.
struct Last {
    poses: Vec<Pose>,
    absent: Vec<bool>,
    /// What had changed since the frame before.
    changed: Vec<bool>,
    /// All but what had changed.
    layer: Raster,
}

/// How much of an object's surface is there.
enum Surface<'a> {
    /// Light goes through more of it than not.
    Unseen,
    Whole,
    WithGaps(Gaps<'a>),
}

/// Where a surface is there.
struct Gaps<'a> {
    material: &'a Material,
    image: &'a Image,
}

/// What is seen of an object that stands alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Alone {
    /// Pixels, up to one picture beyond each edge.
    pub(crate) whole: u32,
    /// Those in the picture.
    pub(crate) inside: u32,
}

impl<'a> Painter<'a> {
    /// Draws pictures of `size` pixels. Of objects that come or go, `comes_and_goes` says so.
    pub(crate) fn new(scene: &'a Scene, size: (usize, usize), comes_and_goes: &dyn Fn(usize) -> bool) -> Self {
        // A mesh that is missing is nothing.
        let one_by_one = || scene.objects.iter().map(|o| Forms::new(scene, o).unwrap_or_else(Forms::nothing)).collect();
        let forms: Vec<Forms> = scene.forms().unwrap_or_else(one_by_one);
        let surfaces = scene.objects.iter().map(|o| Surface::new(scene, scene.materials.get(&o.material))).collect();
        let changes = scene.changes().objects;
        let keeps_shape = |i: usize| (changes[i] != Change::Reshapes).then(|| forms[i].at(0));
        let fixed = (0..forms.len()).map(keeps_shape).collect();
        let still = |i: usize| scene.camera.track.is_none() && !comes_and_goes(i) && changes[i] == Change::Never;
        let still = (0..scene.objects.len()).map(still).collect();
        Self { scene, size, forms, surfaces, fixed, still, base: None, last: None }
    }

    /// What is drawn of an object in a frame.
    fn form_at(&self, index: usize, frame: usize) -> Form {
        self.fixed[index].clone().unwrap_or_else(|| self.forms[index].at(frame))
    }

    /// Whether an object has no shape in a frame.
    pub(crate) fn is_nothing(&self, index: usize, frame: usize) -> bool {
        self.scene.objects[index].shape_at(frame).is_nothing()
    }

    /// Whether an object looks in the frame that was drawn last as in the one that was drawn before, which the caller drew too.
    pub(crate) fn is_held(&self, index: usize) -> bool {
        self.still[index] || self.last.as_ref().is_some_and(|last| !last.changed[index])
    }

    /// The labels of a frame, row by row from the top; `labels` has one for each object, the same in every frame, and `absent` says
    /// which are not there.
    pub(crate) fn draw(&mut self, frame: usize, labels: &[u8], absent: &dyn Fn(usize) -> bool) -> Vec<u8> {
        let view = Projector::new(&self.scene.camera, frame, self.size);
        let poses = self.scene.world_poses(frame);
        let absent: Vec<bool> = (0..poses.len()).map(absent).collect();
        let base = self.base.take().unwrap_or_else(|| {
            let mut raster = Raster::new(self.size);
            for i in (0..poses.len()).filter(|&i| self.still[i]) {
                self.form(&mut raster, &view, (i, &self.form_at(i, frame)), &poses[i], labels[i]);
            }
            raster
        });
        let last = self.last.take();
        let is_held = |i: usize| {
            let holds = self.scene.camera.track.is_none() && self.fixed[i].is_some();
            holds && last.as_ref().is_some_and(|last| last.poses[i] == poses[i] && last.absent[i] == absent[i])
        };
        let changed: Vec<bool> = (0..poses.len()).map(|i| !self.still[i] && !is_held(i)).collect();
        let add = |raster: &mut Raster, which: &dyn Fn(usize) -> bool| {
            for i in (0..poses.len()).filter(|&i| !self.still[i] && !absent[i] && which(i)) {
                self.form(raster, &view, (i, &self.form_at(i, frame)), &poses[i], labels[i]);
            }
        };
        // While the same things move, the others need not be drawn again.
        let layer = last.filter(|last| last.changed == changed).map_or_else(
            || {
                let mut layer = base.clone();
                add(&mut layer, &|i| !changed[i]);
                layer
            },
            |last| last.layer,
        );
        let mut drawn = layer.clone();
        add(&mut drawn, &|i| changed[i]);
        self.base = Some(base);
        self.last = Some(Last { poses, absent, changed, layer });
        drawn.into_labels()
    }

    /// What would be seen of some objects together if nothing stood before them.
    pub(crate) fn alone(&self, frame: usize, objects: &[usize]) -> Alone {
        let view = Projector::new(&self.scene.camera, frame, self.size);
        let poses = self.scene.world_poses(frame);
        let picture = Vec2::new(self.size.0 as f32, self.size.1 as f32);
        let (most_lo, most_hi) = (-picture, 2.0 * picture);
        let forms: Vec<(usize, Form)> = objects.iter().map(|&i| (i, self.form_at(i, frame))).collect();
        let bounds = forms.iter().try_fold(NOWHERE, |(lo, hi), (i, form)| {
            let found = match form {
                _ if matches!(self.surfaces[*i], Surface::Unseen) => Some((lo, hi)),
                Form::Nothing => Some((lo, hi)),
                Form::Sphere { radius } => view.ball_bounds(poses[*i].translation, *radius),
                Form::Mesh(mesh) => view.mesh_bounds(mesh, &poses[*i]),
            };
            found.map(|(a, b)| (lo.min(a), hi.max(b)))
        });
        let (lo, hi) = bounds.unwrap_or((most_lo, most_hi));
        let (lo, hi) = (lo.floor().max(most_lo), hi.ceil().min(most_hi));
        if !(lo.x < hi.x && lo.y < hi.y) {
            return Alone::default();
        }
        let size = ((hi.x - lo.x) as usize, (hi.y - lo.y) as usize);
        let mut raster = Raster::new(size);
        for (i, form) in &forms {
            self.form(&mut raster, &view.window(lo), (*i, form), &poses[*i], 1);
        }
        let mut alone = Alone::default();
        for (at, _) in raster.labels().iter().enumerate().filter(|(_, l)| **l == 1) {
            let place = lo + Vec2::new((at % size.0) as f32, (at / size.0) as f32);
            let inside = place.x >= 0.0 && place.y >= 0.0 && place.x < picture.x && place.y < picture.y;
            alone.whole += 1;
            alone.inside += u32::from(inside);
        }
        alone
    }

    fn form(&self, raster: &mut Raster, view: &Projector, (index, form): (usize, &Form), pose: &Pose, label: u8) {
        match (form, &self.surfaces[index]) {
            (Form::Nothing, _) | (_, Surface::Unseen) => {}
            (Form::Sphere { radius }, _) => raster.ball(view, pose.translation, *radius, label),
            // Without texture coordinates there is no image on it.
            (Form::Mesh(mesh), Surface::WithGaps(gaps)) if !mesh.texcoords.is_empty() => {
                raster.mesh(view, mesh, pose, label, Some(&|uv| gaps.is_there(uv)));
            }
            (Form::Mesh(mesh), _) => raster.mesh(view, mesh, pose, label, None),
        }
    }
}

impl<'a> Surface<'a> {
    fn new(scene: &'a Scene, material: Option<&'a Material>) -> Self {
        let gaps = material.filter(|m| m.has_gaps());
        let image = gaps.and_then(|m| scene.images.get(m.maps.opacity.as_ref()?));
        if gaps.is_some_and(|m| image.is_none() && !is_there(m, 1.0)) {
            return Self::Unseen;
        }
        gaps.zip(image).map_or(Self::Whole, |(material, image)| Self::WithGaps(Gaps { material, image }))
    }
}

/// Whether passes see a surface whose image has this alpha: more than half of it is there, or it is not cut out.
fn is_there(material: &Material, alpha: f32) -> bool {
    let opacity = material.opacity * alpha;
    match material.cutout {
        Some(cutout) if cutout > 0.0 => opacity >= cutout,
        Some(_) => true,
        None => opacity > 0.5,
    }
}

impl Gaps<'_> {
    /// By the image's alpha there, interpolated between the centres of its pixels; beyond its edges it begins again.
    fn is_there(&self, uv: Vec2) -> bool {
        let Pixels::Srgb8(pixels) = self.image.pixels() else { return true };
        let [width, height] = self.image.size();
        let at = uv * Vec2::new(width as f32, height as f32) - 0.5;
        let (low, part) = (at.floor(), at - at.floor());
        let wrap = |v: f32, size: u32| (v as i64).rem_euclid(i64::from(size)) as usize;
        let alpha = |dx: f32, dy: f32| {
            let (x, y) = (wrap(low.x + dx, width), wrap(low.y + dy, height));
            f32::from(pixels[y * width as usize + x][3]) / 255.0
        };
        let row = |dy: f32| alpha(0.0, dy) * (1.0 - part.x) + alpha(1.0, dy) * part.x;
        is_there(self.material, row(0.0) * (1.0 - part.y) + row(1.0) * part.y)
    }
}
