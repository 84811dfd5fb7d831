//! The stages beside rendering, each on one thread: hierarchy, simulation, encoding, scoring.
//! `cargo bench -p raytruth-benches --bench stages`.

use std::ops::ControlFlow;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use raytruth_eval::truth::map_size;
use raytruth_eval::{
    ClipTruth, Frame, LabelMaps, ObjectTruth, Registry, Shown, Surface, TRUTH_VERSION, Truth, decode, score_frames, score_video,
};
use raytruth_physics::{BakeSettings, Body, Form, Substance, World, bake};
use raytruth_render::{DeviceOptions, Output, RenderSettings, Renderer, internals};
use raytruth_scene::Aabb;
use raytruth_task::Clip;
use raytruth_video::{EncodeSettings, Encoder};

const CLIP: Clip = Clip { width: 800, height: 500, fps: 30, frames: 60, lead: 0 };

fn hierarchy(criterion: &mut Criterion) {
    let scene = raytruth_bench::scenes::knot();
    let boxes: Vec<Aabb> = scene
        .objects
        .iter()
        .filter_map(|object| match &object.shape {
            raytruth_scene::Shape::Mesh { mesh } => scene.meshes.get(mesh).cloned(),
            shape => shape.tessellate(32),
        })
        .flat_map(|mesh| {
            let triangle = |t: &[u32; 3]| {
                let [a, b, c] = t.map(|i| mesh.positions[i as usize]);
                Aabb { min: a.min(b).min(c), max: a.max(b).max(c) }
            };
            mesh.triangles.iter().map(triangle).collect::<Vec<_>>()
        })
        .collect();
    let mut group = criterion.benchmark_group("bvh");
    group.throughput(Throughput::Elements(boxes.len() as u64)).sample_size(20);
    group.bench_function("build/knot_24k", |bencher| bencher.iter(|| internals::bvh_nodes(&boxes)));
    group.finish();
}

fn simulation(criterion: &mut Criterion) {
    let mut world = World::default();
    world.add(Body::fixed("floor", Substance::Felt, Form::HalfSpace));
    for i in 0..6 {
        let at = glam::Vec3::new(0.0, 0.0, 0.025 + 0.05 * i as f32);
        world.add(Body::dynamic(format!("block_{i}"), Substance::Oak, Form::cuboid(glam::Vec3::splat(0.05))).at(at));
    }
    let mut ball = Body::dynamic("ball", Substance::Iron, Form::Sphere { radius: 0.03 }).at(glam::Vec3::new(-0.2, 0.0, 0.03));
    if let raytruth_physics::Motion::Dynamic { linear_velocity, .. } = &mut ball.motion {
        *linear_velocity = glam::Vec3::X * 1.5;
    }
    world.add(ball);
    let mut group = criterion.benchmark_group("physics");
    group.sample_size(20);
    let settings = BakeSettings { duration_s: 2.0, ..BakeSettings::default() };
    group.bench_function("bake/ball_into_tower_2s", |bencher| bencher.iter(|| bake(&world, &settings).expect("a sound world")));
    group.finish();
}

/// One clip rendered with few samples: what encoder and evaluator work on.
fn encode_and_score(criterion: &mut Criterion) {
    let episode = raytruth_bench::clips::episode(&CLIP);
    let renderer = Renderer::new(&DeviceOptions::default()).expect("an adapter");
    let settings = RenderSettings { width: CLIP.width, height: CLIP.height, samples_per_pixel: 2, ..RenderSettings::default() };
    let mut clip = renderer.clip(&episode.scene, &settings).expect("a valid scene");
    let pictures: Vec<Vec<u8>> = (0..CLIP.frames as usize)
        .map(|f| clip.frame(f, &[Output::Rgb], &mut |_| ControlFlow::Continue(())).expect("a frame").rgb)
        .collect();

    let folder = tempfile::tempdir().expect("a folder");
    let video = folder.path().join("clip.mp4");
    let encode = || {
        let settings = EncodeSettings::new(CLIP.width, CLIP.height, CLIP.fps, CLIP.frames).with_split(episode.truth.split());
        let mut encoder = Encoder::create(&video, &settings).expect("x264");
        for picture in &pictures {
            encoder.push(picture).expect("a frame");
        }
        encoder.finish().expect("a clip")
    };
    let mut group = criterion.benchmark_group("video");
    group.throughput(Throughput::Elements(1)).sample_size(10).measurement_time(Duration::from_secs(15));
    group.bench_function("encode/60_frames_800x500", |bencher| bencher.iter(encode));
    encode();
    let read = || decode::decode(&video, &decode::Limits::default()).expect("our own clip");
    group.bench_function("decode/60_frames_800x500", |bencher| bencher.iter(read));
    group.finish();

    let registry = Registry::default();
    let first = Frame { width: CLIP.width, height: CLIP.height, rgb: pictures[0].clone() };
    let frames = read().frames;
    let mut group = criterion.benchmark_group("eval");
    group.throughput(Throughput::Elements(1)).sample_size(10).measurement_time(Duration::from_secs(15));
    let score = || score_frames(&registry, &episode.truth, &first, &frames, f64::from(CLIP.fps)).expect("a score");
    group.bench_function("score/decoded", |bencher| bencher.iter(score));
    let score = || score_video(&registry, &episode.truth, &first, &video).expect("a score");
    group.bench_function("score/with_decoding", |bencher| bencher.iter(score));
    group.finish();
}

/// A truth of 153 maps, as JSON: twenty things drift through the picture, nearer ones over farther ones, as before a camera that walks.
fn long_truth() -> Vec<u8> {
    const ENTRIES: u32 = 153;
    let clip = ClipTruth { width: 832, height: 480, fps: 16, frames: ENTRIES };
    let (width, height) = map_size((clip.width, clip.height));
    let mut cells = Vec::new();
    for frame in 0..ENTRIES {
        let mut map = vec![0_u8; (width * height) as usize];
        for thing in 0..20_u32 {
            let (near, high) = (1 + thing / 4, 20 + thing * 9);
            let left = (thing * 97 + frame * near * 2) % (width + 120);
            for y in height / 2 - high.min(height / 2)..height / 2 + high / 3 {
                // Slanted edges, as of furniture.
                let slant = y / (5 + thing % 7);
                for x in (left + slant).saturating_sub(120)..(left + slant + 40).saturating_sub(120).min(width) {
                    map[(y * width + x) as usize] = thing as u8 + 1;
                }
            }
        }
        cells.extend(map);
    }
    let entries = ENTRIES as usize;
    let objects = (0..20_u16).map(|i| ObjectTruth {
        name: format!("thing_{i}"),
        id: i + 1,
        role: "landmark".into(),
        key: true,
        surface: Surface::Opaque,
        color: [200, 40, 40],
        shown: vec![Shown::Seen; entries],
        center: (0..entries).map(|e| Some([e as f32 * 3.17, 240.25])).collect(),
        whole_px: vec![1234; entries],
        held_by: Vec::new(),
        enclosed: Vec::new(),
    });
    let truth = Truth {
        version: TRUTH_VERSION,
        domain: "bench".into(),
        clip,
        objects: objects.collect(),
        maps: LabelMaps::new(width as usize, height as usize, (0..ENTRIES).collect(), cells).pack(),
        events: [("end".to_owned(), 100)].into(),
        decisive_event: "end".into(),
        events_end: ENTRIES - 1,
        camera: None,
        overlays: Vec::new(),
        unregistered: Vec::new(),
        task: serde_json::Value::Null,
    };
    serde_json::to_vec(&truth).expect("plain")
}

fn truth(criterion: &mut Criterion) {
    let json = long_truth();
    let mut group = criterion.benchmark_group("truth");
    group.throughput(Throughput::Bytes(json.len() as u64)).sample_size(20);
    let read = || {
        let truth: Truth = serde_json::from_slice(&json).expect("what was written");
        truth.check().expect("a good truth");
        truth.label_maps().expect("maps")
    };
    group.bench_function("parse_and_unpack/153_maps_832x480", |bencher| bencher.iter(read));
    group.finish();
}

criterion_group!(benches, hierarchy, simulation, truth, encode_and_score);
criterion_main!(benches);
