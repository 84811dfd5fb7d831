//! `raytruth controls`: the control videos of finished samples that need the renderer.

use std::ops::ControlFlow;
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context as _, Result, bail};
use raytruth_dataset::controls::{control_clips, twin_file};
use raytruth_dataset::extras::controls_json;
use raytruth_dataset::{ClipJob, Error, FrameSource, Metadata, redraw, render_mp4};
use raytruth_eval::batch::find_samples;
use raytruth_eval::controls::CONTROLS_JSON;
use raytruth_render::Output;

use crate::args::Controls;
use crate::outcome::{DONE, FAILED, Usage};
use crate::progress::ClipBar;
use crate::{device, stop, tasks};

pub(crate) fn run(args: &Controls) -> Result<ExitCode> {
    let samples = find_samples(&args.data)?;
    if samples.is_empty() {
        bail!(Usage(format!("there is no sample in {}", args.data.display())));
    }
    let stop = stop::flag();
    let mut source = device::open(&args.device, &|text| eprintln!("{text}"))?;
    let mut failed = 0;
    for sample in &samples {
        match render_controls(args, sample, &mut source, &stop) {
            Ok(()) => {}
            // One bad folder says nothing about the others; a stop and a full disk do.
            Err(e) if matches!(e.downcast_ref(), Some(Error::Sample { .. })) => {
                eprintln!("error: {e:#}");
                failed += 1;
            }
            Err(e) => return Err(e),
        }
    }
    eprintln!("{} of {} samples have their controls; `verify controls` scores them", samples.len() - failed, samples.len());
    Ok(ExitCode::from(if failed == 0 { DONE } else { FAILED }))
}

fn render_controls(args: &Controls, sample: &Path, source: &mut dyn FrameSource, stop: &AtomicBool) -> Result<()> {
    let metadata = Metadata::read(sample)?;
    let task = tasks::task(&metadata.problem.domain)?;
    let redrawn = redraw(task.as_ref(), &metadata, sample)?;
    let twins = redrawn.drawn.problem.twins(&redrawn.episode);
    // What `--extras twins` has rendered is not rendered again.
    let there = |name: &str| sample.join(twin_file(name)).is_file();
    let controls = task.evaluator().controls();
    let (clips, cards) = control_clips(&redrawn.episode, &twins, &redrawn.render, &controls, &there);
    let clip = redrawn.episode.clip;
    let folder = sample.join("extras/controls");
    std::fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    for side in &clips {
        let path = sample.join(&side.file);
        if path.exists() && !args.force {
            continue;
        }
        let bar = ClipBar::new(&format!("{} {}", metadata.task_id, side.name), clip.frames);
        let mut progress = |frames: f64| {
            bar.set(frames);
            if stop.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let name = path.display().to_string();
        let job = ClipJob {
            name: &name,
            scene: &side.scene,
            settings: &side.settings,
            frames: 0..clip.frames,
            outputs: &[Output::Rgb],
        };
        let rendered = render_mp4(source, &path, &job, clip.fps, &mut progress, &mut |_, _| Ok(()));
        bar.close();
        rendered?;
    }
    // Last, so that the list names nothing that is not there.
    let list = sample.join(CONTROLS_JSON);
    std::fs::write(&list, controls_json(&cards)?).with_context(|| format!("cannot write {}", list.display()))
}
