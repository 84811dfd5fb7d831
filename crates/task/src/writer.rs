//! From a scene to the truth that the evaluator reads: geometry alone, before anything is rendered.

use std::collections::BTreeMap;
use std::ops::Range;

use glam::{Vec2, Vec3};
use raytruth_eval::truth::{FARTHEST, MAX_LABELS, MAX_OBJECTS, NO_MATTER, map_size, split_before};
use raytruth_eval::{CameraTruth, LabelMaps, ObjectTruth, Shown, Surface, TRUTH_VERSION, Truth};
use raytruth_scene::{Aabb, Change, Scene};
use serde_json::Value;

use crate::followed::{Followed, Seen, display};
use crate::overlays::Overlays;
use crate::painter::{Alone, Painter};
use crate::{Clip, Rejection};

/// Entries a second with a moving camera.
const ENTRIES_PER_SECOND: u32 = 8;

/// Something told of an object for a span of frames.
struct Told<T> {
    name: String,
    frames: Range<u32>,
    what: T,
}

/// Writes the truth of a scene: what is followed, what happens, and what geometry cannot tell.
pub struct TruthWriter<'a> {
    scene: &'a Scene,
    clip: &'a Clip,
    domain: String,
    followed: Vec<Followed>,
    no_matter: Vec<String>,
    events: BTreeMap<String, u32>,
    decisive_event: String,
    events_end: u32,
    absent: Vec<Told<()>>,
    held: Vec<Told<String>>,
    enclosed: Vec<Told<()>>,
    dark: Vec<Range<u32>>,
    unregistered: Vec<[u32; 2]>,
    task: Value,
}

impl<'a> TruthWriter<'a> {
    /// The truth of a scene that is shown as a clip, so far without objects. The decisive event is called `event` and is first seen in
    /// frame `at`: before it nothing of the outcome can be seen.
    #[must_use]
    pub fn new(domain: impl Into<String>, scene: &'a Scene, clip: &'a Clip, event: impl Into<String>, at: u32) -> Self {
        let decisive_event = event.into();
        Self {
            scene,
            clip,
            domain: domain.into(),
            followed: Vec::new(),
            no_matter: Vec::new(),
            events: BTreeMap::from([(decisive_event.clone(), at)]),
            decisive_event,
            events_end: clip.frames - 1,
            absent: Vec::new(),
            held: Vec::new(),
            enclosed: Vec::new(),
            dark: Vec::new(),
            unregistered: Vec::new(),
            task: Value::Null,
        }
    }

    /// Follows one more object.
    #[must_use]
    pub fn follow(mut self, object: Followed) -> Self {
        self.followed.push(object);
        self
    }

    /// What this object shows is free: a mirror, a glass, something that glows.
    #[must_use]
    pub fn no_matter(mut self, name: impl Into<String>) -> Self {
        self.no_matter.push(name.into());
        self
    }

    /// Something else happens, first seen in a frame.
    #[must_use]
    pub fn event(mut self, name: impl Into<String>, frame: u32) -> Self {
        self.events.insert(name.into(), frame);
        self
    }

    /// Last frame of the problem's own length: a longer clip stands still from here on.
    #[must_use]
    pub fn ends(mut self, frame: u32) -> Self {
        self.events_end = frame.min(self.clip.frames - 1);
        self
    }

    /// An object is not there in these frames. Of what has shape [`raytruth_scene::Shape::Nothing`] it need not be told.
    #[must_use]
    pub fn absent(mut self, name: impl Into<String>, frames: Range<u32>) -> Self {
        self.absent.push(Told { name: name.into(), frames, what: () });
        self
    }

    /// An object is carried or contained by another, which is followed too.
    #[must_use]
    pub fn held(mut self, name: impl Into<String>, by: impl Into<String>, frames: Range<u32>) -> Self {
        self.held.push(Told { name: name.into(), frames, what: by.into() });
        self
    }

    /// An object is shut in, so that no light from it gets out.
    #[must_use]
    pub fn enclosed(mut self, name: impl Into<String>, frames: Range<u32>) -> Self {
        self.enclosed.push(Told { name: name.into(), frames, what: () });
        self
    }

    /// In these frames no light falls on anything: what is there does not show, and nothing can be laid over frame 0.
    #[must_use]
    pub fn dark(mut self, frames: Range<u32>) -> Self {
        if !frames.is_empty() {
            self.unregistered.push([frames.start, frames.end - 1]);
            self.dark.push(frames);
        }
        self
    }

    /// In these frames the picture shows too little of the scene to be laid over frame 0.
    #[must_use]
    pub fn unregistered(mut self, frames: Range<u32>) -> Self {
        if !frames.is_empty() {
            self.unregistered.push([frames.start, frames.end - 1]);
        }
        self
    }

    /// The evaluator's own part.
    #[must_use]
    pub fn task(mut self, task: Value) -> Self {
        self.task = task;
        self
    }

    /// Draws the maps and writes everything down.
    ///
    /// # Errors
    /// [`Rejection`] `truth_refused` if a name is not in the scene, or the evaluator would refuse the truth.
    pub fn write(mut self) -> Result<Truth, Rejection> {
        self.follow_the_rest();
        let refused = |why: String| Rejection::new("truth_refused", why);
        if self.followed.len() > MAX_OBJECTS {
            return Err(refused(format!("{} objects to follow; at most {MAX_OBJECTS}", self.followed.len())));
        }
        let (scene, clip) = (self.scene, self.clip);
        if let Some(overlay) = scene.overlays.iter().find(|o| !o.fits((clip.width, clip.height))) {
            return Err(refused(format!("overlay `{}` is not within the picture", overlay.name)));
        }
        let find = |name: &str| scene.object_index(name).ok_or_else(|| refused(format!("the scene has no object `{name}`")));
        let indices = self.followed.iter().map(|f| find(&f.name)).collect::<Result<Vec<_>, _>>()?;
        let mut labels = vec![0_u8; scene.objects.len()];
        for name in &self.no_matter {
            parts_of(scene, find(name)?).into_iter().for_each(|part| labels[part] = NO_MATTER);
        }
        let follows = |name: &str| self.followed.iter().any(|f| f.name == name);
        let told = self.enclosed.iter().map(|t| &t.name).chain(self.held.iter().flat_map(|t| [&t.name, &t.what]));
        if let Some(name) = told.into_iter().find(|name| !follows(name)) {
            return Err(refused(format!("`{name}` is held or enclosed, but not followed")));
        }
        let absent = self.absent.iter().map(|t| Ok((parts_of(scene, find(&t.name)?), t.frames.clone())));
        let absent = absent.collect::<Result<Vec<_>, Rejection>>()?;
        let parts: Vec<Vec<usize>> = indices.iter().map(|&index| parts_of(scene, index)).collect();
        for (label, parts) in (1..).zip(&parts) {
            parts.iter().for_each(|&part| labels[part] = label);
        }
        let gone = |index: usize, frame: u32| absent.iter().any(|(parts, at)| at.contains(&frame) && parts.contains(&index));
        let (width, height) = map_size((clip.width, clip.height));
        let size = (width as usize, height as usize);
        let mut painter = Painter::new(scene, size, &|i| absent.iter().any(|(parts, _)| parts.contains(&i)));
        let overlays = Overlays::new(scene, clip);
        let (mut frames, mut cells, mut rows) = (Vec::new(), Vec::new(), Vec::<Vec<Seen>>::new());
        for frame in self.frames_to_draw() {
            let mut map = painter.draw(frame as usize, &labels, &|i| gone(i, frame));
            overlays.cover(&mut map, size, frame);
            let before = rows.last();
            let seen: Vec<Seen> = (0..indices.len())
                .map(|k| {
                    let held = parts[k].iter().all(|&part| painter.is_held(part));
                    let alone = before.filter(|_| held).map(|b| b[k].alone);
                    let absent = parts[k].iter().all(|&i| gone(i, frame) || painter.is_nothing(i, frame as usize));
                    self.seen(&painter, (frame, absent), (k, indices[k]), &parts[k], &map, alone)
                })
                .collect();
            let same = before.is_some_and(|b| b.iter().zip(&seen).all(|(a, b)| a.is_same(b)));
            if scene.camera.track.is_some() || !same || cells[cells.len() - map.len()..] != map {
                if cells.len() + map.len() > MAX_LABELS {
                    return Err(Rejection::new(
                        "truth_too_long",
                        format!("more than {} maps of {width}x{height} pixels", frames.len()),
                    ));
                }
                frames.push(frame);
                cells.extend(map);
                rows.push(seen);
            }
        }
        let column = |k: usize| rows.iter().map(move |row| &row[k]);
        let objects = self.followed.iter().enumerate().map(|(k, f)| ObjectTruth {
            name: f.name.clone(),
            id: scene.objects[indices[k]].id,
            role: f.role.clone(),
            key: f.key,
            surface: f.surface,
            color: f.color,
            shown: column(k).map(|s| s.shown).collect(),
            center: column(k).map(|s| s.center.map(|c| [hundredth(c.x), hundredth(c.y)])).collect(),
            whole_px: column(k).map(|s| s.alone.whole).collect(),
            held_by: if column(k).any(|s| s.held_by.is_some()) { column(k).map(|s| s.held_by.clone()).collect() } else { vec![] },
            enclosed: if column(k).any(|s| s.enclosed) { column(k).map(|s| s.enclosed).collect() } else { vec![] },
        });
        let truth = Truth {
            version: TRUTH_VERSION,
            domain: self.domain.clone(),
            clip: (*clip).into(),
            objects: objects.collect(),
            maps: LabelMaps::new(size.0, size.1, frames, cells).pack(),
            events: self.events.clone(),
            decisive_event: self.decisive_event.clone(),
            events_end: self.events_end,
            camera: scene.camera.track.is_some().then(|| camera(scene, clip)),
            overlays: overlays.truths(),
            unregistered: self.unregistered.clone(),
            task: self.task.clone(),
        };
        truth.check().and_then(|()| truth.label_maps().map(|_| truth)).map_err(refused)
    }

    /// Whatever else moves is followed too, though it need not be seen: no pixel that it covers is background, by which frames are laid over
    /// each other.
    fn follow_the_rest(&mut self) {
        let scene = self.scene;
        let changes = scene.changes().objects;
        let id_of = |name: &String| scene.object_index(name).map(|i| scene.objects[i].id);
        let mut known: Vec<u16> = self.followed.iter().map(|f| &f.name).chain(&self.no_matter).filter_map(id_of).collect();
        for (i, object) in scene.objects.iter().enumerate() {
            if known.contains(&object.id) || changes[i] == Change::Never {
                continue;
            }
            known.push(object.id);
            let role = serde_json::to_value(object.role).ok().and_then(|r| r.as_str().map(str::to_owned));
            let color = scene.materials.get(&object.material).map_or([128; 3], |m| display(m.base_color));
            let (name, surface) = (object.name.clone(), Surface::Opaque);
            self.followed.push(Followed { name, role: role.unwrap_or_default(), key: false, surface, color });
        }
    }

    /// Every frame of a still camera, of which only those become entries in which something changes; of a moving one the ends, the split,
    /// and some in between.
    fn frames_to_draw(&self) -> Vec<u32> {
        let last = self.clip.frames - 1;
        if self.scene.camera.track.is_none() {
            return (0..=last).collect();
        }
        let step = self.clip.fps.div_ceil(ENTRIES_PER_SECOND).max(1);
        let split = split_before(self.events[&self.decisive_event], self.clip.frames);
        let mut frames: Vec<u32> = (0..last).step_by(step as usize).chain([split, last]).collect();
        frames.sort_unstable();
        frames.dedup();
        frames
    }

    /// The middle of an object in the world: the origin of what keeps its shape, the middle of the box around what does not.
    fn middle_of(&self, index: usize, frame: usize) -> Vec3 {
        let object = &self.scene.objects[index];
        let pose = self.scene.world_pose(index, frame);
        let first = object.first_shape();
        let deforms = object.shapes.iter().any(|shape| !shape.is_nothing() && shape != first);
        let bounds = if deforms { object.shape_at(frame).aabb(&self.scene.meshes) } else { Aabb::EMPTY };
        if bounds.is_empty() { pose.translation } else { pose.point(bounds.center()) }
    }

    /// What is seen of an object. `alone` is known if it cannot have changed.
    fn seen(
        &self,
        painter: &Painter<'_>,
        (frame, absent): (u32, bool),
        (k, index): (usize, usize),
        parts: &[usize],
        map: &[u8],
        alone: Option<Alone>,
    ) -> Seen {
        let name = &self.followed[k].name;
        let told = |told: &Told<()>| told.name == *name && told.frames.contains(&frame);
        let label = k as u8 + 1;
        let alone = match alone {
            _ if absent => Alone::default(),
            Some(alone) => alone,
            None => painter.alone(frame as usize, parts),
        };
        let center = self.middle_of(index, frame as usize);
        let (width, height) = (self.clip.width, self.clip.height);
        let center = self.scene.camera.project(frame as usize, center, (width, height)).map(|(place, _)| place);
        let inside = center.is_some_and(|c| c.cmpge(Vec2::ZERO).all() && c.cmplt(Vec2::new(width as f32, height as f32)).all());
        let shown = match () {
            () if absent => Shown::Absent,
            () if self.dark.iter().any(|d| d.contains(&frame)) => Shown::Dark,
            () if map.contains(&label) => Shown::Seen,
            // In the picture, but too small or too thin to be drawn, it is not outside.
            () if alone.inside == 0 && !inside => Shown::Outside,
            () => Shown::Occluded,
        };
        // What is nearly beside the camera lies anywhere.
        let far = FARTHEST * width.max(height) as f32;
        let center = center.filter(|c| !absent && c.abs().max_element() < far);
        let held_by = self.held.iter().find(|t| t.name == *name && t.frames.contains(&frame)).map(|t| t.what.clone());
        Seen { shown, center, alone, held_by, enclosed: self.enclosed.iter().any(told) }
    }
}

/// Everything of the object's id: its parts.
fn parts_of(scene: &Scene, index: usize) -> Vec<usize> {
    let id = scene.objects[index].id;
    (0..scene.objects.len()).filter(|&i| scene.objects[i].id == id).collect()
}

fn camera(scene: &Scene, clip: &Clip) -> CameraTruth {
    let poses = || (0..clip.frames as usize).map(|frame| scene.camera.pose_at(frame));
    CameraTruth {
        fov_y: scene.camera.fov_y,
        position: poses().map(|p| p.translation.to_array()).collect(),
        rotation: poses().map(|p| p.rotation.to_array()).collect(),
    }
}

fn hundredth(value: f32) -> f32 {
    (value * 100.0).round() / 100.0
}
