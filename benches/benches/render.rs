//! Camera paths a second, wall clock, on every adapter: `cargo bench -p raytruth-benches --bench render`.
//!
//! `frame`: a frame traced afresh. `clip`: frames of a clip, where what does not change is traced once.

use std::ops::ControlFlow;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use raytruth_render::{DeviceChoice, DeviceOptions, Output, RenderSettings, Renderer, adapters};
use raytruth_scene::Scene;

const SIZE: (u32, u32) = (800, 500);
/// Many enough that what a frame costs beside its paths (hierarchy, upload, read-back) does not count.
const SAMPLES: u32 = 8;

fn render(criterion: &mut Criterion) {
    let settings =
        RenderSettings { width: SIZE.0, height: SIZE.1, samples_per_pixel: SAMPLES, denoise: false, ..RenderSettings::default() };
    let paths = u64::from(SIZE.0) * u64::from(SIZE.1) * u64::from(SAMPLES);
    let scenes = [("causality", raytruth_bench::scenes::causality()), ("knot_24k", raytruth_bench::scenes::knot())];
    for (i, adapter) in adapters().into_iter().enumerate() {
        let device = DeviceChoice::Index(i);
        let Ok(renderer) = Renderer::new(&DeviceOptions { device, ..DeviceOptions::default() }) else { continue };
        let mut group = criterion.benchmark_group(format!("render/{i} {}", adapter.name));
        group.throughput(Throughput::Elements(paths)).sample_size(10).warm_up_time(Duration::from_secs(3));
        group.measurement_time(Duration::from_secs(20));
        for (name, scene) in &scenes {
            group.bench_with_input(BenchmarkId::new("frame", name), scene, |bencher, scene| {
                bencher.iter(|| frame(&renderer, scene, &settings));
            });
        }
        // Outside of what criterion calls for each of its samples: the still part is traced before.
        let mut clip = renderer.clip(&scenes[0].1, &settings).expect("a valid scene");
        let mut next = (0..60usize).cycle();
        let mut later =
            || clip.frame(next.next().unwrap_or(0), &[Output::Rgb], &mut |_| ControlFlow::Continue(())).expect("a frame");
        later();
        group.bench_function("clip/causality", |bencher| bencher.iter(&mut later));
        group.finish();
    }
}

fn frame(renderer: &Renderer, scene: &Scene, settings: &RenderSettings) -> Vec<u8> {
    let mut clip = renderer.clip(scene, settings).expect("a valid scene");
    clip.frame(0, &[Output::Rgb], &mut |_| ControlFlow::Continue(())).expect("a frame").rgb
}

criterion_group!(benches, render);
criterion_main!(benches);
