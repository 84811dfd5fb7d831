//! `raytruth render`: a scene, wherever it comes from, to PNG, OpenEXR, MP4 and passes.

use std::ops::ControlFlow;
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context as _, Result, bail};
use raytruth_dataset::picture::{exr_rgb32f, pass_files, png_rgb8};
use raytruth_dataset::{Error, FrameSource, render_frames, render_mp4};
use raytruth_render::Frame;

use crate::args::Render;
use crate::outcome::Usage;
use crate::output_file::{check_folder, write_whole};
use crate::progress::ClipBar;
use crate::scene_file::{self, Job};
use crate::{device, stop};

/// What is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// One frame as it is displayed.
    Png,
    /// One frame's radiance.
    Exr,
    /// All frames.
    Mp4,
}

fn form_of(output: &Path) -> Result<Form> {
    match output.extension().and_then(|e| e.to_str()) {
        Some("png") => Ok(Form::Png),
        Some("exr") => Ok(Form::Exr),
        Some("mp4") => Ok(Form::Mp4),
        _ => bail!(Usage(format!("--output {}: a name ending in .png, .exr or .mp4", output.display()))),
    }
}

pub(crate) fn run(args: &Render) -> Result<ExitCode> {
    let job = load(args)?;
    let form = form_of(&args.output)?;
    let movie = form == Form::Mp4;
    if !movie && args.frame >= job.frames {
        bail!(Usage(format!("--frame {} of a scene of {} frames: they count from 0", args.frame, job.frames)));
    }
    if movie && (job.settings.width % 2 != 0 || job.settings.height % 2 != 0) {
        let (w, h) = (job.settings.width, job.settings.height);
        bail!(Usage(format!("--size {w}x{h}: video needs even sides")));
    }
    check_folder(&args.output)?;
    if let Some(dir) = &args.passes {
        std::fs::create_dir_all(dir).with_context(|| format!("cannot create {}", dir.display()))?;
    }
    let stop = stop::flag();
    let bar = ClipBar::new(&args.output.display().to_string(), if movie { job.frames } else { 1 });
    let mut source = device::open(&args.device, &|text| bar.say(text))?;
    let result = if movie {
        movie_file(args, &job, &mut source, &bar, &stop)
    } else {
        picture(args, form, &job, &mut source, &bar, &stop)
    };
    bar.close();
    result?;
    Ok(ExitCode::SUCCESS)
}

fn load(args: &Render) -> Result<Job> {
    let mut job = scene_file::load(&args.scene)?;
    if let Some((width, height)) = args.size {
        (job.settings.width, job.settings.height) = (width, height);
    }
    job.settings.samples_per_pixel = args.samples.unwrap_or(job.settings.samples_per_pixel);
    job.settings.seed = args.seed.unwrap_or(job.settings.seed);
    job.settings.profile = args.profile.into();
    job.settings.max_bounces = args.max_bounces;
    job.settings.multiscatter = !args.no_multiscatter;
    job.settings.view = args.view.into();
    job.settings.denoise = !args.no_denoise;
    job.settings.validate().map_err(|e| Usage(e.to_string()))?;
    Ok(job)
}

fn progress<'a>(bar: &'a ClipBar, stop: &'a AtomicBool) -> impl FnMut(f64) -> ControlFlow<()> + 'a {
    |frames| {
        bar.set(frames);
        if stop.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

fn picture(args: &Render, form: Form, job: &Job, source: &mut dyn FrameSource, bar: &ClipBar, stop: &AtomicBool) -> Result<()> {
    let name = args.scene.display().to_string();
    let mut take = |index, frame: Frame| {
        save_passes(args, index, &frame)?;
        let bytes = match form {
            Form::Exr => exr_rgb32f(frame.width, frame.height, &frame.radiance)?,
            _ => png_rgb8(frame.width, frame.height, &frame.rgb)?,
        };
        write_whole(&args.output, &bytes)
    };
    let frames = args.frame..args.frame + 1;
    render_frames(source, &name, &job.scene, &job.settings, frames, &mut progress(bar, stop), &mut take)?;
    Ok(())
}

fn movie_file(args: &Render, job: &Job, source: &mut dyn FrameSource, bar: &ClipBar, stop: &AtomicBool) -> Result<()> {
    let mut also = |index, frame: &Frame| save_passes(args, index, frame);
    let (frames, fps) = (job.frames, job.fps);
    render_mp4(source, &args.output, &job.scene, &job.settings, frames, fps, &mut progress(bar, stop), &mut also)?;
    Ok(())
}

fn save_passes(args: &Render, index: u32, frame: &Frame) -> Result<(), Error> {
    let Some(dir) = &args.passes else { return Ok(()) };
    for ((name, extension), bytes) in pass_files((frame.width, frame.height), &frame.passes)? {
        write_whole(&dir.join(format!("{name}_{index:05}.{extension}")), &bytes)?;
    }
    Ok(())
}
