//! From a scene to the truth that the evaluator reads: geometry alone, before anything is rendered.

use std::collections::BTreeMap;
use std::ops::Range;

use glam::Vec2;
use raytruth_eval::truth::{NO_MATTER, map_size};
use raytruth_eval::{CameraTruth, LabelMaps, ObjectTruth, Overlay, Shown, Surface, TRUTH_VERSION, Truth};
use raytruth_scene::Scene;
use serde_json::Value;

use crate::painter::{Alone, Painter};
use crate::{Clip, Rejection};

/// A centre that has moved less than this in the picture has not moved, pixels of the clip.
const STILL_PX: f32 = 0.05;
/// Entries a second with a moving camera.
const ENTRIES_PER_SECOND: u32 = 8;

/// What the evaluator is told of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Followed {
    /// Its name in the scene. Other objects of the same id are parts of it.
    pub name: String,
    /// What it is to the task: `ball`, `target`, ...
    pub role: String,
    /// Whether the evaluator must be able to see it.
    pub key: bool,
    /// How it shows.
    pub surface: Surface,
    /// Display colour.
    pub color: [u8; 3],
}

impl Followed {
    /// A key object that shows its own colour (`0xRRGGBB`).
    #[must_use]
    pub fn opaque(name: impl Into<String>, role: impl Into<String>, color: u32) -> Self {
        let [_, r, g, b] = color.to_be_bytes();
        Self { name: name.into(), role: role.into(), key: true, surface: Surface::Opaque, color: [r, g, b] }
    }
}

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
    overlays: Vec<Overlay>,
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
            overlays: Vec::new(),
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

    /// An object is not there in these frames.
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

    /// Something is laid over the picture.
    #[must_use]
    pub fn overlay(mut self, overlay: Overlay) -> Self {
        self.overlays.push(overlay);
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
    pub fn write(self) -> Result<Truth, Rejection> {
        let refused = |why: String| Rejection::new("truth_refused", why);
        let (scene, clip) = (self.scene, self.clip);
        let find = |name: &str| scene.object_index(name).ok_or_else(|| refused(format!("the scene has no object `{name}`")));
        let indices = self.followed.iter().map(|f| find(&f.name)).collect::<Result<Vec<_>, _>>()?;
        let mut labels = vec![0_u8; scene.objects.len()];
        for name in &self.no_matter {
            labels[find(name)?] = NO_MATTER;
        }
        let parts: Vec<Vec<usize>> = indices.iter().map(|&index| parts_of(scene, index)).collect();
        for (label, parts) in (1..).zip(&parts) {
            parts.iter().for_each(|&part| labels[part] = label);
        }
        let gone = |index: usize, frame: u32| {
            self.absent.iter().any(|t| t.frames.contains(&frame) && scene.objects[index].name == t.name)
        };
        let (width, height) = map_size((clip.width, clip.height));
        let size = (width as usize, height as usize);
        let mut painter = Painter::new(scene, size, &|i| self.absent.iter().any(|t| t.name == scene.objects[i].name));
        let (mut frames, mut cells, mut rows) = (Vec::new(), Vec::new(), Vec::<Vec<Seen>>::new());
        for frame in self.frames_to_draw() {
            let map = painter.draw(frame as usize, &labels, &|i| gone(i, frame));
            let before = rows.last();
            let seen: Vec<Seen> = (0..indices.len())
                .map(|k| {
                    let still = parts[k].iter().all(|&part| painter.is_still(part));
                    let alone = before.filter(|_| still).map(|b| b[k].alone);
                    self.seen(&painter, frame, (k, indices[k]), &parts[k], &map, alone)
                })
                .collect();
            let same = before.is_some_and(|b| b.iter().zip(&seen).all(|(a, b)| a.is_same(b)));
            if scene.camera.track.is_some() || !same || cells[cells.len() - map.len()..] != map {
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
            overlays: self.overlays.clone(),
            unregistered: self.unregistered.clone(),
            task: self.task.clone(),
        };
        truth.check().and_then(|()| truth.label_maps().map(|_| truth)).map_err(refused)
    }

    /// Every frame of a still camera, of which only those become entries in which something changes; of a moving one the ends, the split,
    /// and some in between.
    fn frames_to_draw(&self) -> Vec<u32> {
        let last = self.clip.frames - 1;
        if self.scene.camera.track.is_none() {
            return (0..=last).collect();
        }
        let step = self.clip.fps.div_ceil(ENTRIES_PER_SECOND).max(1);
        let split = self.events[&self.decisive_event].saturating_sub(2).clamp(1, last.max(1));
        let mut frames: Vec<u32> = (0..last).step_by(step as usize).chain([split, last]).collect();
        frames.sort_unstable();
        frames.dedup();
        frames
    }

    /// What is seen of an object. `alone` is known if it cannot have changed.
    fn seen(
        &self,
        painter: &Painter<'_>,
        frame: u32,
        (k, index): (usize, usize),
        parts: &[usize],
        map: &[u8],
        alone: Option<Alone>,
    ) -> Seen {
        let name = &self.followed[k].name;
        let told = |told: &Told<()>| told.name == *name && told.frames.contains(&frame);
        let absent = self.absent.iter().any(told);
        let label = k as u8 + 1;
        let alone = match alone {
            _ if absent => Alone::default(),
            Some(alone) => alone,
            None => painter.alone(frame as usize, parts),
        };
        let shown = match () {
            () if absent => Shown::Absent,
            () if self.dark.iter().any(|d| d.contains(&frame)) => Shown::Dark,
            () if map.contains(&label) => Shown::Seen,
            () if alone.inside == 0 => Shown::Outside,
            () => Shown::Occluded,
        };
        let center = self.scene.world_pose(index, frame as usize).translation;
        let center = self.scene.camera.project(frame as usize, center, (self.clip.width, self.clip.height));
        // What is nearly beside the camera lies anywhere.
        let center = center.map(|(place, _)| place).filter(|c| !absent && c.abs().max_element() < 1e5);
        let held_by = self.held.iter().find(|t| t.name == *name && t.frames.contains(&frame)).map(|t| t.what.clone());
        Seen { shown, center, alone, held_by, enclosed: self.enclosed.iter().any(told) }
    }
}

/// An object in an entry.
#[derive(Clone, Debug)]
struct Seen {
    shown: Shown,
    center: Option<Vec2>,
    alone: Alone,
    held_by: Option<String>,
    enclosed: bool,
}

impl Seen {
    fn is_same(&self, other: &Self) -> bool {
        let near = match (self.center, other.center) {
            (Some(a), Some(b)) => a.distance(b) < STILL_PX,
            (a, b) => a.is_none() && b.is_none(),
        };
        near && self.shown == other.shown && self.held_by == other.held_by && self.enclosed == other.enclosed
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
