//! What rendering costs, as tables: milliseconds of every kernel, how cost grows, and what part of a clip's paths is traced for each
//! frame. `cargo bench -p raytruth-benches --bench report`, with names of sections (kernels, growth, reuse, time,
//! walks) for some alone.
//! Environment: `WGPU_ADAPTER_NAME` chooses the device, `REPEATS` (5) how many runs a median is over.

use std::ops::ControlFlow;
use std::time::Instant;

use raytruth_bench::Figure;
use raytruth_bench::rates::Effort;
use raytruth_causality::Causality;
use raytruth_render::{ClipRenderer, DeviceOptions, Output, RenderSettings, Renderer, internals};
use raytruth_scene::Scene;
use raytruth_task::{Clip, Task};

type Section = fn(&Renderer);

const SIZE: (u32, u32) = (400, 250);
const SAMPLES: u32 = 16;
/// A draft's.
const CLIP: Clip = Clip { width: 480, height: 300, fps: 16, frames: 33, lead: 0 };

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    let sections: [(&str, Section); 5] =
        [("kernels", kernels), ("growth", growth), ("reuse", reuse), ("time", time), ("walks", walks)];
    if let Some(unknown) = wanted.iter().find(|w| sections.iter().all(|(name, _)| name != w)) {
        eprintln!("no section {unknown}; there are kernels, growth, reuse, time, walks");
        std::process::exit(2);
    }
    let renderer = Renderer::new(&DeviceOptions { timed: true, ..DeviceOptions::default() }).expect("a device");
    let adapter = renderer.adapter();
    println!("{} ({}), medians of {}\n", adapter.name, adapter.driver_info, repeats());
    for (name, section) in sections {
        if wanted.is_empty() || wanted.iter().any(|w| w == name) {
            section(&renderer);
        }
    }
}

fn repeats() -> usize {
    std::env::var("REPEATS").ok().and_then(|r| r.parse().ok()).unwrap_or(5)
}

fn settings((width, height): (u32, u32), samples_per_pixel: u32) -> RenderSettings {
    RenderSettings { width, height, samples_per_pixel, ..RenderSettings::default() }
}

fn clip<'r>(renderer: &'r Renderer, scene: &Scene, settings: &RenderSettings) -> ClipRenderer<'r> {
    renderer.clip(scene, settings).expect("a valid scene")
}

/// Seconds of a frame.
fn frame(clip: &mut ClipRenderer<'_>, frame: usize) -> f64 {
    let start = Instant::now();
    clip.frame(frame, &[Output::Rgb], &mut |_| ControlFlow::Continue(())).expect("a frame");
    start.elapsed().as_secs_f64()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Of the first frame's time, the mean over a clip's frames in their order.
fn mean_frame(clip: &mut ClipRenderer<'_>, frames: usize) -> f64 {
    let first = frame(clip, 0);
    (first + (1..frames).map(|f| frame(clip, f)).sum::<f64>()) / frames as f64 / first
}

/// Median seconds of something.
fn timed(mut work: impl FnMut() -> f64) -> f64 {
    // Drivers compile what runs for the first time.
    work();
    median((0..repeats()).map(|_| work()).collect())
}

/// Seconds of a frame traced afresh, with everything that precedes it.
fn afresh(renderer: &Renderer, scene: &Scene, settings: &RenderSettings) -> f64 {
    timed(|| {
        let start = Instant::now();
        frame(&mut clip(renderer, scene, settings), 0);
        start.elapsed().as_secs_f64()
    })
}

fn kernels(renderer: &Renderer) {
    let effort = Effort { size: (800, 500), samples: 50, runs: repeats() };
    println!(
        "## Kernels\n\nMilliseconds (by the device's clock; on a software adapter each kernel alone), a causality clip at {}x{}, {} paths a pixel.\n",
        effort.size.0, effort.size.1, effort.samples
    );
    let clip = Clip { width: effort.size.0, height: effort.size.1, fps: 30, frames: 60, lead: 0 };
    let rows = raytruth_bench::rates::kernels(renderer, &raytruth_bench::clips::episode(&clip).scene, &effort).expect("frames");
    println!("| kernel | dispatches | first frame | later frame |\n|---|---|---|---|");
    // Absent from frames that do without.
    let cell = |figure: Option<Figure>| figure.map_or_else(|| "–".to_owned(), |f| format!("{:.2}", f.median));
    for row in rows {
        let dispatches = if row.dispatches > 0 { row.dispatches.to_string() } else { String::new() };
        println!("| {} | {dispatches} | {} | {} |", row.kernel, cell(row.first), cell(row.later));
    }
    println!();
}

fn growth(renderer: &Renderer) {
    let scene = raytruth_bench::scenes::causality();
    println!("## Growth\n\nSeconds of a frame afresh of the small scene, denoiser on, unless it says otherwise.\n");
    let table = |heading: &str, cost: &str, rows: Vec<(f64, f64)>| {
        println!("| {heading} | s | {cost} |\n|---|---|---|");
        for (n, seconds) in rows {
            println!("| {n} | {seconds:.3} | {:.3} |", 1e6 * seconds / n);
        }
        println!();
    };
    let sizes = [(100, 62), (200, 125), (400, 250), (800, 500), (1600, 1000)];
    let pixels = sizes.map(|size| (f64::from(size.0 * size.1), afresh(renderer, &scene, &settings(size, SAMPLES))));
    table("pixels, 16 paths each", "µs a pixel", pixels.into());
    let samples = [4, 16, 64, 256].map(|n| (f64::from(n), afresh(renderer, &scene, &settings(SIZE, n))));
    table("paths a pixel, 400x250", "µs a path of all pixels", samples.into());
    let frames = [1, 5, 15, 45].map(|n: u32| {
        let whole = || {
            let start = Instant::now();
            let mut clip = clip(renderer, &scene, &settings((200, 125), SAMPLES));
            (0..n as usize).for_each(|number| _ = frame(&mut clip, number));
            start.elapsed().as_secs_f64()
        };
        (f64::from(n), timed(whole))
    });
    table("frames of a clip, 200x125, 16 paths", "µs a frame", frames.into());
    println!("The knot at 200x125, 16 paths; before: hierarchy and all else on the host.\n");
    println!("| triangles | before, s | frame, s | frame / log2(triangles) |\n|---|---|---|---|");
    for triangles in [4_000, 16_000, 64_000, 256_000, 1_000_000] {
        let scene = raytruth_bench::clips::knot_of(triangles);
        let builder = internals::FrameBuilder::new(&scene).expect("a valid scene");
        let before = timed(|| {
            let start = Instant::now();
            std::hint::black_box(builder.build(0));
            start.elapsed().as_secs_f64()
        });
        let traced = timed(|| {
            let mut clip = clip(renderer, &scene, &settings((200, 125), SAMPLES));
            frame(&mut clip, 0);
            clip.kernel_times().iter().filter(|t| t.kernel == "path").map(|t| t.milliseconds * 1e-3).sum()
        });
        let count = builder.primitives();
        println!("| {count} | {before:.3} | {traced:.3} | {:.4} |", traced / (count as f64).log2());
    }
    println!();
}

fn reuse(renderer: &Renderer) {
    println!("## Reuse\n\nWhat a causality clip's frames take of the first one's time, in the mean of 33; 400x250, 16 paths.\n");
    println!("| class | time |\n|---|---|");
    for (class, name) in Causality.info().classes.iter().enumerate() {
        let scene =
            raytruth_bench::clips::episode_of(class, &Clip { width: SIZE.0, height: SIZE.1, fps: 16, frames: 33, lead: 0 }).scene;
        println!("| {name} | {:.0} % |", 100.0 * mean_frame(&mut clip(renderer, &scene, &settings(SIZE, SAMPLES)), 33));
    }
    println!();
}

/// What changes in more than its pose.
fn time(renderer: &Renderer) {
    println!("## Time in the scene\n\nWhat the host builds for one frame, on one core: forms, hierarchy and tables.\n");
    println!("| scene | triangles | milliseconds a frame |\n|---|---|---|");
    for deforming in [0, 1, 2, 4] {
        let builder = internals::FrameBuilder::new(&raytruth_bench::clips::ropes(deforming)).expect("a valid scene");
        let mut next = (0..raytruth_bench::clips::FRAMES).cycle();
        let built = timed(|| {
            let start = Instant::now();
            std::hint::black_box(builder.build(next.next().unwrap_or(0)));
            start.elapsed().as_secs_f64()
        });
        println!("| four ropes, {deforming} of which deform | {} | {:.1} |", builder.primitives(), 1e3 * built);
    }
    println!("\nWhat a clip's frames take of the first one's time, in the mean of all; 400x250, 16 paths.\n");
    println!("| clip | time |\n|---|---|");
    let clips = [
        ("two lamps go on and out", raytruth_bench::clips::lamps()),
        ("a beam grows across a bench", raytruth_bench::clips::beam()),
        ("one of four ropes deforms", raytruth_bench::clips::ropes(1)),
    ];
    for (name, scene) in clips {
        let frames = scene.frames();
        println!("| {name} | {:.0} % |", 100.0 * mean_frame(&mut clip(renderer, &scene, &settings(SIZE, SAMPLES)), frames));
    }
    println!();
}

/// A camera that walks: all pixels are new in each frame, and each frame is a mean over a window.
fn walks(renderer: &Renderer) {
    let settings = settings((480, 300), 8);
    println!("## Walks\n\nSeconds of a frame, 480x300, 8 paths a pixel, half-way and first; the first is traced five times.\n");
    println!("| clip | first | later | of causality's fresh frame |\n|---|---|---|---|");
    let fresh = timed(|| frame(&mut clip(renderer, &raytruth_bench::clips::episode(&CLIP).scene, &settings), 0));
    println!("| causality, a still camera | {fresh:.2} | | 1 |");
    for name in ["corridor", "living_room", "gallery"] {
        let path = format!("{}/../assets/scenes/{name}.json", env!("CARGO_MANIFEST_DIR"));
        let scene = Scene::load(path).expect("a scene of the project");
        let mut clip = clip(renderer, &scene, &settings);
        let first = frame(&mut clip, 0);
        // Half-way; the frames before the first of these are traced for it.
        frame(&mut clip, 40);
        let later = median((41..46).map(|k| frame(&mut clip, k)).collect());
        println!("| {name} | {first:.2} | {later:.2} | {:.2} |", later / fresh);
    }
    println!();
}
