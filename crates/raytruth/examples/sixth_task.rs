//! A reasoning task outside of the tree: a plate with a block on it tilts. Does the block slide down, or does friction hold it?
//! `cargo run --release -p raytruth --features dataset --example sixth_task` makes two samples in `data/questions`.
use raytruth::dataset::{EvalJudge, GpuSource, PRESETS, Preset, Settings, Summary, generate};
use raytruth::eval::{self, Analysis, Cap, Criterion, Evaluator, Failure, Footage, Gate, Truth, Verdict, Wanted};
use raytruth::glam::{Quat, Vec2, Vec3};
use raytruth::physics::{Bake, BakeSettings, Body, Form, Motion, PairTable, Substance, World, bake};
use raytruth::scene::{Light, Material, Pattern, Pose, Role, Shape, srgb};
use raytruth::serde_json::{Map, json};
use raytruth::task::{dress::surface, prose::STILL_CAMERA, *};
use std::{error::Error, path::Path, sync::Arc, sync::atomic::AtomicBool};

pub(crate) const INFO: TaskInfo = TaskInfo {
    domain: "physics_friction",
    title: "Slide or Stay",
    summary: "A plate tilts; friction decides whether the block on it slides.",
    families: &["plate"],
    classes: &["slides", "stays"],
    seconds: ByDifficulty::all(2.0),
    min_size: ByDifficulty::all((160, 100)),
    min_fps: 4,
};
const PLATES: [(&str, Substance, u32); 2] = [("oak", Substance::Oak, 0xb9a68a), ("rubber", Substance::Rubber, 0x4a4a4c)];
const DECK: (Vec3, Vec3) = (Vec3::new(0.2, 0.09, 0.006), Vec3::new(0.2, 0.0, 0.006)); // Half extents; place from the hinge.
const LIP: (Vec3, Vec3) = (Vec3::new(0.006, 0.09, 0.014), Vec3::new(0.006, 0.0, 0.026));
const BLOCK: (Vec3, Vec3) = (Vec3::new(0.035, 0.03, 0.018), Vec3::new(0.28, 0.0, 0.03));

pub(crate) struct SlideOrStay;

impl Task for SlideOrStay {
    fn info(&self) -> &TaskInfo {
        &INFO
    }

    fn dials(&self, _: Difficulty) -> Vec<Dial> {
        let margin = Dial::real("margin_deg", "From the tilt to the angle where sliding begins.", 6.0..=10.0, 4.0..=12.0);
        vec![margin, Dial::choice("plate", "What the plate is made of.", &PLATES.map(|p| p.0), &PLATES.map(|p| p.0))]
    }

    fn draw(&self, draw: &mut Draw<'_>) -> Result<Box<dyn Problem>, Rejection> {
        let name = draw.told("by name").choice("plate");
        let (margin, slides) = (draw.real("margin_deg"), draw.class == 0);
        let &(_, plate, color) = PLATES.iter().find(|p| p.0 == name).expect("the dial offers no other");
        let friction = PairTable::default().get(Substance::Plastic, plate).friction;
        // Coulomb: it slides where tan(tilt) exceeds the friction. glam's angles are the same on every machine, std's are not.
        let limit = f64::from(Vec2::new(1.0, friction).to_angle().to_degrees());
        let tilt = draw.told("in degrees").value("tilt_deg", if slides { limit + margin } else { limit - margin }.round());
        let worlds = [1.0, 0.95, 1.05].map(|friction| world(plate, tilt as f32, friction)); // The answer must hold in all.
        let (baked, slid) = simulate(&worlds[0])?;
        let slid = [slid, simulate(&worlds[1])?.1, simulate(&worlds[2])?.1];
        if slid.iter().any(|s| if slides { !(0.15..0.24).contains(s) } else { s.abs() > 0.003 }) {
            return Err(Rejection::new("class_missed", format!("at {tilt} degrees on {name} it slid {slid:?} m")));
        }
        let prompt = format!(
            "A plastic block lies on a flat plate of {name}. The plate tilts to {tilt} degrees and stops there; friction decides \
             what the block does. Show what happens. {STILL_CAMERA}"
        );
        draw.hardness("margin_deg", margin);
        let certificate = json!({ "slides_from_deg": limit, "slid_m": slid, "world": worlds[0].record() });
        Ok(Box::new(Slide { card: Card::new(&INFO, "plate", draw, prompt).certified(certificate), baked, color }))
    }

    fn evaluator(&self) -> Arc<dyn Evaluator> {
        Arc::new(Self)
    }
}

fn world(plate: Substance, tilt_deg: f32, friction_scale: f32) -> World {
    let mut world = World { pairs: PairTable { friction_scale, ..PairTable::default() }, ..World::default() };
    let up = Pose::new(Vec3::ZERO, Quat::from_rotation_y(-tilt_deg.to_radians()));
    let mut hinge = Body::new("plate", plate, Form::cuboid(2.0 * DECK.0), Motion::opening(Pose::IDENTITY, up, 0.1, 1.0));
    hinge.parts[0].pose = DECK.1.into();
    world.add(hinge.with_part(Form::cuboid(2.0 * LIP.0), LIP.1.into())); // Body 0, about its hinge.
    world.add(Body::dynamic("block", Substance::Plastic, Form::cuboid(2.0 * BLOCK.0)).at(BLOCK.1)); // Body 1.
    world
}

/// What happens, and how many metres down the plate the block slides.
fn simulate(world: &World) -> Result<(Bake, f32), Rejection> {
    let baked = bake(world, &BakeSettings::default()).map_err(|e| Rejection::new("simulation", e.to_string()))?;
    let slid = BLOCK.1.x - baked.pose_at(0, 2.0).inverse().point(baked.pose_at(1, 2.0).translation).x;
    Ok((baked, slid))
}

struct Slide {
    card: Card,
    baked: Bake,
    color: u32,
}

impl Problem for Slide {
    fn card(&self) -> &Card {
        &self.card
    }

    fn episode(&self, look: &mut Rng, clip: &Clip) -> Result<Episode, Rejection> {
        let color = *look.pick(&[0xd0342c, 0x2f6fd0, 0x2e9e4f]);
        let towards_camera = Vec3::new(look.range(-0.3, 0.1) as f32, -1.0, look.range(0.3, 0.45) as f32);
        let mut set = SceneBuilder::new(clip);
        set.scene.lights.push(Light::rect("lamp", Vec2::ONE, Vec3::new(-0.5, -0.8, 1.4), Vec3::X * 0.2, Vec3::splat(4.0)));
        let paint = |color| Material { base_color: srgb(color), ..Material::default() };
        let cuboid = |half_extents| Shape::Box { half_extents, bevel: 0.002 };
        let floor = Material { texture: surface::textured(Pattern::Tiles, srgb(0x8f8f8a), 0.08, 1.0, look), ..paint(0xc9c9c6) };
        set.add("ground", Role::Backdrop, Shape::Plane { size: Vec2::splat(20.0) }, &floor); // Its edges show that the camera stands.
        set.add("plate", Role::Apparatus, cuboid(DECK.0), &paint(self.color));
        set.part("plate", "lip", cuboid(LIP.0), &paint(self.color));
        set.add("block", Role::Target, cuboid(BLOCK.0), &paint(color));
        let way = |body, at: Vec3| (0..clip.frames).map(|f| self.baked.pose_at(body, clip.time_of(f)).mul(&at.into())).collect();
        let film = Film::new(clip).moving("plate", way(0, DECK.1)).moving("lip", way(0, LIP.1));
        film.moving("block", way(1, Vec3::ZERO)).play(&mut set.scene);
        let view = View { towards_camera, fov_y: 0.5, aspect: clip.aspect(), margin: 0.14 };
        set.scene.camera = frame_scene(&view, &set.scene, clip).ok_or_else(|| Rejection::new("out_of_frame", "unseen"))?;
        let truth = TruthWriter::new(INFO.domain, &set.scene, clip, "tilted", clip.frame_at(0.5)); // Nothing slides before.
        let truth = truth.follow(Followed::opaque("block", "block", color)).ends(clip.frame_at(2.0)).write()?;
        let look = Map::from_iter([("block".into(), json!(format!("{color:06x}")))]);
        Ok(Episode::new(&self.card, look, clip, set.scene, truth))
    }
}

impl Evaluator for SlideOrStay {
    fn domain(&self) -> &'static str {
        INFO.domain
    }

    fn score(&self, truth: &Truth, footage: &Footage, observed: &[u32]) -> Result<Verdict, String> {
        let seen = Analysis::new(truth, footage, Wanted::colors(truth, ["block"])?)?;
        let block = &seen.follows[0];
        let path = Criterion::graded("path", 400, block.mean_error(), 0.02, "widths");
        let mut end = Criterion::graded("end", 600, block.last_error(), 0.02, "widths");
        end.points = end.points.min(600 * path.points / path.max_points); // A right end by a wrong way earns no more.
        let still = Cap::when(block.moved() < 0.25, 150, "the block hardly moves");
        let wrong = Cap::when(end.points == 0, 400, "the block ends elsewhere");
        let start = Gate::graded("start", block.first_error(), 0.02, "widths", Failure::OtherStart);
        let (caps, masks) = (still.into_iter().chain(wrong).collect(), seen.masks(observed));
        Ok(Verdict { criteria: vec![path, end], gates: vec![start], caps, masks })
    }
}

pub(crate) fn make(output: &Path, preset: &Preset) -> Result<Summary, Box<dyn Error>> {
    let mut tasks = raytruth::tasks::registry()?;
    tasks.register(Arc::new(SlideOrStay))?;
    let task = tasks.get(INFO.domain)?.as_ref();
    let judge = EvalJudge(eval::Registry::default().with(task.evaluator()));
    let settings = Settings { num_samples: 2, ..Settings::new(task, output, preset) };
    Ok(generate(task, &settings, &judge, || GpuSource::boxed(&Default::default()), &(), &AtomicBool::new(false))?)
}

fn main() -> Result<(), Box<dyn Error>> {
    let draft = PRESETS.iter().find(|p| p.name == "draft").ok_or("no preset `draft`")?;
    make(Path::new("data/questions"), draft).map(|summary| println!("{summary:?}"))
}
