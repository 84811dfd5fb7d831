//! A tiny task, painted without a GPU: a red box slides over grey ground, and the question is how far.
#![allow(dead_code, unreachable_pub, missing_docs, reason = "each test file uses its own part")]

use std::collections::BTreeMap;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, SystemTime};

use glam::{Vec2, Vec3};
use raytruth_dataset::{Error, EvalJudge, FrameSource, FrameStream, PRESETS, Settings, Summary, generate};
use raytruth_eval::{Criterion, Evaluator, Failure, Footage, Registry, Truth, Verdict};
use raytruth_render::{Frame, Output, Pass, Passes, Prepared, Progress, RenderError, RenderSettings};
use raytruth_scene::{
    Animation, Camera, Environment, Light, LightShape, Material, Object, Pose, Power, Role, Scene, Shape, Track,
};
use raytruth_task::{
    ByDifficulty, Card, Clip, Dial, Dials, Difficulty, Draw, Episode, Evidence, EvidenceSource, Followed, PictureCheck, Problem,
    Rejection, Rng, Task, TaskInfo, TruthWriter, Twin,
};
use serde_json::{Map, Value, json};

pub const CLIP: Clip = Clip { width: 64, height: 40, fps: 8, frames: 8, lead: 0 };
const DOMAIN: &str = "tiny_slide";

pub struct Tiny;

static INFO: TaskInfo = TaskInfo {
    domain: DOMAIN,
    title: "Tiny Slide",
    summary: "A box slides.",
    families: &["slide"],
    classes: &["near", "far"],
    seconds: ByDifficulty::all(1.0),
    min_size: ByDifficulty::all((32, 20)),
    min_fps: 4,
};

struct Slide {
    card: Card,
    distance: f64,
    dull: f64,
    broken: f64,
    distant: f64,
    camouflaged: f64,
    unhidden: f64,
    glazed: f64,
}

impl Task for Tiny {
    fn info(&self) -> &TaskInfo {
        &INFO
    }

    fn dials(&self, _: Difficulty) -> Vec<Dial> {
        vec![
            Dial::real("jitter", "How much the distance varies.", 0.0..=0.1, 0.0..=0.2),
            Dial::real("dull", "How many looks hide the box.", 0.3..=0.3, 0.0..=1.0),
            Dial::real("broken", "How many looks have a truth that no evaluator takes.", 0.0..=0.0, 0.0..=1.0),
            Dial::real("distant", "How many looks show the box too small.", 0.0..=0.0, 0.0..=1.0),
            Dial::real("camouflaged", "How many looks have a box in the colour of the ground.", 0.0..=0.0, 0.0..=1.0),
            Dial::real("unhidden", "How many looks ask that the box be hidden, which it is not.", 0.0..=0.0, 0.0..=1.0),
            Dial::real("glazed", "How many looks have a lamp within a ball of glass and no other light.", 0.0..=0.0, 0.0..=1.0),
            Dial::real("refuse", "How many draws are rejected.", 0.2..=0.2, 0.0..=1.0),
        ]
    }

    fn check(&self, _: Difficulty, Dials(dials): &Dials, _: &Clip) -> Result<(), String> {
        match dials.get("jitter") {
            Some(raytruth_task::DialValue::Real { lo, .. }) if *lo < 0.0 => {
                Err(format!("jitter is {lo}: nothing slides less than far"))
            }
            _ => Ok(()),
        }
    }

    fn draw(&self, draw: &mut Draw<'_>) -> Result<Box<dyn Problem>, Rejection> {
        let refuse = draw.real("refuse");
        if draw.rng.chance(refuse) {
            return Err(Rejection { reason: "unlucky", detail: "a draw to be drawn again".into() });
        }
        let distance = [0.3, 0.8][draw.class] + draw.real("jitter");
        let mut parameters = Map::new();
        parameters.insert("distance".into(), json!(distance));
        let card = Card {
            domain: DOMAIN.into(),
            family: "slide".into(),
            class: INFO.classes[draw.class].into(),
            difficulty: draw.difficulty,
            prompt: format!("The red box slides {distance:.6} m to the right. Keep the camera and the rest unchanged."),
            parameters,
            evidence: vec![Evidence { quantity: "distance".into(), source: EvidenceSource::Prompt, note: "told".into() }],
            certificate: json!({"clearance": 0.1}),
            hardness: BTreeMap::from([("metres".into(), distance)]),
        };
        let [dull, broken, distant, camouflaged, unhidden, glazed] =
            ["dull", "broken", "distant", "camouflaged", "unhidden", "glazed"].map(|name| draw.real(name));
        Ok(Box::new(Slide { card, distance, dull, broken, distant, camouflaged, unhidden, glazed }))
    }

    fn evaluator(&self) -> Arc<dyn Evaluator> {
        Arc::new(RedBox)
    }
}

impl Problem for Slide {
    fn card(&self) -> &Card {
        &self.card
    }

    fn episode(&self, look: &mut Rng, clip: &Clip) -> Result<Episode, Rejection> {
        let dull = look.chance(self.dull);
        let [broken, distant, camouflaged] = [self.broken, self.distant, self.camouflaged].map(|p| look.chance(p));
        let unhidden = self.unhidden > 0.0 && look.chance(self.unhidden);
        let ground = look.range(0.2, 0.4) as f32;
        let mut scene =
            Scene::new(Camera::look_at(Vec3::new(0.0, 0.0, if distant { 20.0 } else { 3.0 }), Vec3::new(0.0, 1e-4, 0.0), 0.6));
        scene.animation = Some(Animation { frames: clip.frames, fps: clip.fps });
        let color = match () {
            () if camouflaged => Vec3::splat(ground),
            // Plain to see, but not red.
            () if dull => Vec3::splat(0.25 * ground),
            () => Vec3::new(0.8, 0.05, 0.05),
        };
        scene.materials.insert("red".into(), Material { base_color: color, ..Material::default() });
        scene.materials.insert("ground".into(), Material { base_color: Vec3::splat(ground), ..Material::default() });
        let end = 7.0 / 8.0;
        let at = |i: u32| Vec3::new(-0.6 + (self.distance * (clip.time_of(i) / end).min(1.0)) as f32, 0.0, 0.0);
        let poses = (0..clip.frames).map(|i| Pose::from_translation(at(i))).collect();
        let object = |name: &str, id, role, shape, material: &str, track| Object {
            name: name.into(),
            id,
            role,
            shape,
            shapes: Vec::new(),
            material: material.into(),
            parent: None,
            pose: Pose::IDENTITY,
            track,
        };
        let half = Vec3::splat(0.2);
        scene.objects.push(object("ground", 1, Role::Backdrop, Shape::Plane { size: Vec2::splat(9.0) }, "ground", None));
        let moving = Some(Track { poses });
        scene.objects.push(object("box", 2, Role::Actor, Shape::Box { half_extents: half, bevel: 0.0 }, "red", moving));
        if self.glazed > 0.0 && look.chance(self.glazed) {
            let bulb = Pose::from_translation(Vec3::new(0.5, 0.5, 2.0));
            scene.environment = Environment::Uniform { radiance: Vec3::ZERO };
            scene.materials.insert("glass".into(), Material { transmission: 1.0, roughness: 0.0, ..Material::default() });
            scene.objects.push(object("bulb", 3, Role::Backdrop, Shape::Sphere { radius: 0.2 }, "glass", None).at(bulb));
            let shape = LightShape::Sphere { radius: 0.02 };
            let (power, radiance) = (Power::FULL, Vec3::splat(2000.0));
            scene.lights = vec![Light { name: "wire".into(), shape, pose: bulb, radiance, power, visible_to_camera: false }];
        }
        let mut truth = TruthWriter::new(DOMAIN, &scene, clip, "half_way", clip.frame_at(0.75))
            .follow(Followed::opaque("box", "target", 0xe63c3c))
            .write()?;
        if broken {
            truth.objects[0].center[0] = Some([f32::NAN, 0.0]);
        }
        let mut look = Map::new();
        look.insert("ground".into(), json!(ground));
        Ok(Episode {
            card: self.card.clone(),
            look,
            clip: *clip,
            scene,
            truth,
            checks: self.checks(unhidden),
            captions: Vec::new(),
        })
    }

    fn twins(&self, episode: &Episode) -> Vec<Twin> {
        let mut scene = episode.scene.clone();
        let far = (1.1 - self.distance) / self.distance;
        for pose in scene.objects[1].track.iter_mut().flat_map(|track| &mut track.poses) {
            pose.translation.x = -0.6 + (pose.translation.x + 0.6) * far as f32;
        }
        let (name, summary) = ("counterfactual".into(), "the other distance".into());
        vec![Twin { name, summary, class: Some("other".into()), truth: None, scene }]
    }
}

impl Slide {
    /// That the box is hidden at the ends; one that holds if `unhidden` is false.
    fn checks(&self, unhidden: bool) -> Vec<PictureCheck> {
        let (object, frames) = ("box".to_owned(), vec![0, 7]);
        vec![PictureCheck::Without { object, frames, at_most: if unhidden { 4 } else { 255 } }]
    }
}

/// Where the last frame's red is.
struct RedBox;

impl Evaluator for RedBox {
    fn domain(&self) -> &'static str {
        DOMAIN
    }

    fn criteria(&self) -> Vec<(&'static str, u32)> {
        vec![("final_place", 1000)]
    }

    fn score(&self, truth: &Truth, footage: &Footage, _: &[u32]) -> Result<Verdict, String> {
        let frame = footage.frames.last().ok_or("no frames")?;
        let scale = frame.width as f32 / truth.clip.width as f32;
        let red: Vec<f32> = (0..frame.rgb.len() / 3)
            .filter(|i| frame.rgb[3 * i] > 120 && frame.rgb[3 * i + 1] < 90)
            .map(|i| (i as u32 % frame.width) as f32 + 0.5)
            .collect();
        let found = (!red.is_empty()).then(|| red.iter().sum::<f32>() / red.len() as f32);
        let wanted = truth.objects[0].center.last().copied().flatten().ok_or("no centre")?[0] * scale;
        let off = found.map(|x| f64::from((x - wanted).abs()));
        let points = if off.is_some_and(|d| d < 2.0) { 1000 } else { 0 };
        let criterion = Criterion {
            name: "final_place",
            points,
            max_points: 1000,
            raw: f64::from(points) / 1000.0,
            measured: off,
            tolerance: 2.0,
            unit: "px",
            reason: found.map_or_else(|| "no red box".into(), |x| format!("found at {x:.1}")),
            failure: (points < 1000).then_some(Failure::WrongPlace),
        };
        Ok(vec![criterion].into())
    }
}

/// Paints the box as a flat rectangle.
#[derive(Default)]
pub struct Painter {
    /// Rendering takes its time.
    pub delay: Duration,
}

struct Painting<'a> {
    painter: &'a mut Painter,
    scene: Scene,
    settings: RenderSettings,
}

impl FrameSource for Painter {
    fn describe(&self) -> Value {
        json!({"name": "painter"})
    }

    fn estimate(
        &mut self,
        _: &Prepared,
        frames: u32,
        _: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Option<f64>, RenderError> {
        Ok(Some(f64::from(frames)))
    }

    fn clip<'a>(&'a mut self, prepared: Prepared) -> Result<Box<dyn FrameStream + 'a>, RenderError> {
        let (scene, settings) = (prepared.scene().clone(), prepared.settings().clone());
        Ok(Box::new(Painting { painter: self, scene, settings }))
    }
}

impl FrameStream for Painting<'_> {
    fn frame(
        &mut self,
        index: u32,
        outputs: &[Output],
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Frame, RenderError> {
        self.frame_without(&[], index, outputs, progress)
    }

    fn frame_without(
        &mut self,
        objects: &[&str],
        index: u32,
        outputs: &[Output],
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Frame, RenderError> {
        std::thread::sleep(self.painter.delay);
        if progress(Progress { done: 1, total: 2 }).is_break() {
            return Err(RenderError::Cancelled);
        }
        let (width, height) = (self.settings.width, self.settings.height);
        let byte = |x: f32| (255.0 * x.sqrt()) as u8;
        let color = |name: &str| self.scene.materials[name].base_color.to_array().map(byte);
        let (ground, red) = (color("ground"), color("red"));
        let mut boxes = Vec::new();
        let there = |o: &&Object| !objects.contains(&o.name.as_str()) && !o.shape_at(index as usize).is_nothing();
        for object in self.scene.objects.iter().filter(|o| o.role == Role::Actor).filter(there) {
            let at = object.pose_at(index as usize).translation;
            let corner = |sign: f32| self.scene.camera.project(0, at + Vec3::splat(0.2) * sign, (width, height));
            if let (Some((a, _)), Some((b, _))) = (corner(-1.0), corner(1.0)) {
                boxes.push((a.min(b), a.max(b), object.id));
            }
        }
        let mut rgb = Vec::new();
        let mut passes = Passes::default();
        for i in 0..width * height {
            let p = Vec2::new((i % width) as f32 + 0.5, (i / width) as f32 + 0.5);
            let hit = boxes.iter().find(|(lo, hi, _)| p.cmpge(*lo).all() && p.cmple(*hi).all());
            // A little noise of the seed's own, so that every setting shows in the bytes.
            let noise = (i.wrapping_mul(2_654_435_761).wrapping_add(self.settings.seed) >> 30) as u8;
            rgb.extend(if hit.is_some() { red } else { ground }.map(|c| c.saturating_add(noise)));
            passes.object_id.push(hit.map_or(1, |b| b.2));
        }
        if Pass::ALL.iter().all(|pass| outputs.contains(&Output::Pass(*pass))) {
            let pixels = self.settings.pixels();
            passes.depth = vec![3.0; pixels];
            passes.flow_forward = vec![(index < 7).then_some([0.5, 0.0]); pixels];
        }
        Ok(Frame { width, height, rgb, radiance: Vec::new(), passes })
    }
}

/// Settings of a small run.
pub fn settings(output: &Path, samples: u64) -> Settings {
    let preset = raytruth_dataset::Preset { clip: CLIP, samples_per_pixel: 4, ..PRESETS[0] };
    Settings {
        num_samples: samples,
        timestamp: SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000),
        threads: 2,
        ..Settings::new(&Tiny, output, &preset)
    }
}

pub fn judge() -> EvalJudge {
    EvalJudge(Registry::empty().with(Arc::new(RedBox)))
}

pub fn run_with(settings: &Settings, painter: Painter) -> Result<Summary, Error> {
    let stop = AtomicBool::new(false);
    generate(&Tiny, settings, &judge(), || Ok(Box::new(painter)), &(), &stop)
}

pub fn run(settings: &Settings) -> Result<Summary, Error> {
    run_with(settings, Painter::default())
}

pub fn set(settings: &mut Settings, dial: &str, value: f64) {
    let Dials(dials) = &mut settings.dials.medium;
    dials.insert(dial.into(), raytruth_task::DialValue::Real { lo: value, hi: value });
}

/// Every file below a folder with its bytes, hidden ones too.
pub fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(dir: &Path, prefix: &str, out: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(dir).expect("read folder").map(|e| e.expect("entry")) {
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                walk(&entry.path(), &format!("{name}/"), out);
            } else {
                out.insert(name, fs::read(entry.path()).expect("read file"));
            }
        }
    }
    let mut out = BTreeMap::new();
    walk(folder, "", &mut out);
    out
}

/// Says which files differ, rather than printing bytes.
pub fn assert_same(a: &Path, b: &Path) {
    let (a, b) = (tree(a), tree(b));
    let names = |t: &BTreeMap<String, Vec<u8>>| t.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&a), names(&b));
    let differ: Vec<_> = a.iter().filter(|(name, bytes)| b[*name] != **bytes).map(|(name, _)| name).collect();
    assert!(differ.is_empty(), "{differ:?} differ");
}
