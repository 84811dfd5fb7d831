//! A device that is lost in the middle of a run or a clip: the same bytes, or a clear end. On the software adapter, with the path
//! tracer.

mod common;

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use common::{CLIP, Tiny, assert_same, judge, set, settings, tree};
use raytruth_dataset::{ClipJob, Error, GpuSource, Settings, Summary, draw, generate, render_mp4};
use raytruth_render::internals::{Fault, Injected, faults_left, inject};
use raytruth_render::{DeviceChoice, DeviceOptions, RenderSettings};
use raytruth_task::SampleSeed;

const TRACING: &str = "tracing paths";
const READING: &str = "reading the picture back";
const FINISHING: &str = "finishing the picture";

fn source(faults: &[Injected]) -> GpuSource {
    let source = GpuSource::open(&DeviceOptions { device: DeviceChoice::Software, ..DeviceOptions::default() }).expect("opens");
    inject(source.renderer(), faults);
    source
}

fn lost(during: &'static str, after: u32) -> Injected {
    Injected { during, after, fault: Fault::Lost }
}

fn run(settings: &Settings, faults: &[Injected]) -> Result<Summary, Error> {
    generate(&Tiny, settings, &judge(), || Ok(Box::new(source(faults))), &(), &AtomicBool::new(false))
}

fn shown(output: &Path) -> Settings {
    let mut settings = settings(output, 2);
    set(&mut settings, "dull", 0.0);
    settings
}

#[test]
fn a_run_survives_losses() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let (a, b) = (dir.path().join("a"), dir.path().join("b"));
    let summary = run(&shown(&a), &[]).expect("run");
    assert_eq!((summary.made, summary.failed.len()), (2, 0), "{summary:?}");
    let hang = Fault::Hang { patience: Duration::from_millis(200) };
    let faults = [lost(TRACING, 0), lost(READING, 5), lost(TRACING, 3), Injected { fault: hang, ..lost(READING, 4) }];
    run(&shown(&b), &faults).expect("run");
    assert_same(&a, &b);
}

#[test]
fn a_clip_survives_losses() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let drawn = draw(&Tiny, &shown(dir.path()), 0, &|| false).ok().flatten().expect("drawn");
    let episode = drawn.problem.episode(&mut SampleSeed::new(1, "tiny_slide", 0).stream("look", 0), &CLIP).expect("shows");
    let render = RenderSettings { width: CLIP.width, height: CLIP.height, samples_per_pixel: 20, ..RenderSettings::default() };
    let movie = |name: &str, faults: &[Injected]| {
        let path = dir.path().join(name);
        let mut source = source(faults);
        let mut progress = |_| ControlFlow::Continue(());
        let job =
            ClipJob { name, scene: &episode.scene, settings: &render, frames: 0..6, outputs: &[raytruth_render::Output::Rgb] };
        render_mp4(&mut source, &path, &job, 8, &mut progress, &mut |_, _| Ok(())).expect("renders");
        assert_eq!(faults_left(source.renderer()), 0, "the faults happened");
        std::fs::read(path).expect("read")
    };
    let whole = movie("whole.mp4", &[]);
    for after in [0, 1, 5, 9] {
        assert!(movie("disturbed.mp4", &[lost(TRACING, after), lost(FINISHING, 2)]) == whole, "lost after {after} submissions");
    }
}

#[test]
fn a_device_that_stays_lost_ends_the_run_clearly() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let error = run(&shown(dir.path()), &[lost(TRACING, 0); 99]).expect_err("fails");
    assert_eq!(error.exit_code(), 1);
    assert!(error.to_string().contains("tiny_slide_0000000") && error.to_string().contains("4 times in a row"), "{error}");
    assert!(tree(dir.path()).is_empty(), "nothing half-written");
}
