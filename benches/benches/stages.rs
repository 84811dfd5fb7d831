//! The stages beside rendering, each on one thread: hierarchy, simulation, encoding, scoring.
//! `cargo bench -p raytruth-benches --bench stages`.

use std::ops::ControlFlow;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use raytruth_eval::{Frame, Registry, decode, score_frames, score_video};
use raytruth_physics::{BakeSettings, Body, Form, Substance, World, bake};
use raytruth_render::{DeviceOptions, RenderSettings, Renderer, internals};
use raytruth_scene::Aabb;
use raytruth_task::Clip;
use raytruth_video::{EncodeSettings, Encoder};

const CLIP: Clip = Clip { width: 800, height: 500, fps: 30, frames: 60 };

fn hierarchy(criterion: &mut Criterion) {
    let scene = raytruth_benches::knot();
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
    let episode = raytruth_benches::episode(&CLIP);
    let renderer = Renderer::new(&DeviceOptions::default()).expect("an adapter");
    let settings = RenderSettings { width: CLIP.width, height: CLIP.height, samples_per_pixel: 2, ..RenderSettings::default() };
    let mut clip = renderer.clip(&episode.scene, &settings).expect("a valid scene");
    let pictures: Vec<Vec<u8>> =
        (0..CLIP.frames as usize).map(|f| clip.frame(f, &mut |_| ControlFlow::Continue(())).expect("a frame").rgb).collect();

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

criterion_group!(benches, hierarchy, simulation, encode_and_score);
criterion_main!(benches);
