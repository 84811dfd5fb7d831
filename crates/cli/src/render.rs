//! `raytruth render`: a scene, wherever it comes from, to PNG, OpenEXR, MP4 and passes.

use std::ops::ControlFlow;
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Result, bail};
use raytruth_dataset::picture::{exr_rgb32f, png_rgb8};
use raytruth_dataset::{ClipJob, Error, FrameSource, render_frames, render_mp4};
use raytruth_render::{Output, unfound_light};

use crate::args::Render;
use crate::outcome::Usage;
use crate::output_file::{check_folder, is_numbered, of_frame, write_whole};
use crate::pass_folder::PassFolder;
use crate::progress::ClipBar;
use crate::scene_file::{self, Job};
use crate::{device, stop};

/// What is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Frames as they are displayed.
    Png,
    /// Their radiance.
    Exr,
    /// A video.
    Mp4,
    /// No picture: passes alone.
    Passes,
}

fn form_of(args: &Render) -> Result<Form> {
    if args.output.is_none() && !args.passes.is_empty() {
        return Ok(Form::Passes);
    }
    let output = args.output();
    match output.extension().and_then(|e| e.to_str()) {
        Some("png") => Ok(Form::Png),
        Some("exr") => Ok(Form::Exr),
        Some("mp4") => Ok(Form::Mp4),
        _ => bail!(Usage(format!("--output {}: a name ending in .png, .exr or .mp4", output.display()))),
    }
}

pub(crate) fn run(args: &Render) -> Result<ExitCode> {
    let job = load(args)?;
    let form = form_of(args)?;
    let numbered = is_numbered(args.output());
    let frames = match &args.frame {
        Some(frames) => *frames.start()..frames.end().saturating_add(1),
        None if numbered || matches!(form, Form::Mp4 | Form::Passes) => 0..job.frames,
        None => 0..1,
    };
    if frames.end > job.frames {
        bail!(Usage(format!("--frame {} of a scene of {} frames: they count from 0", frames.end - 1, job.frames)));
    }
    if frames.len() > 1 && !numbered && matches!(form, Form::Png | Form::Exr) {
        let output = args.output().display();
        bail!(Usage(format!("--output {output}: the name for several frames needs #, where their numbers go: walk_####.png")));
    }
    if form == Form::Mp4 && (job.settings.width % 2 != 0 || job.settings.height % 2 != 0) {
        let (w, h) = (job.settings.width, job.settings.height);
        bail!(Usage(format!("--size {w}x{h}: video needs even sides")));
    }
    check_folder(args.output())?;
    let folder = PassFolder::create(args)?;
    let stop = stop::flag();
    let shown = if form == Form::Passes { folder.name() } else { args.output().display().to_string() };
    let bar = ClipBar::new(&shown, frames.end - frames.start);
    let mut source = device::open(&args.device, &|text| bar.say(text))?;
    let name = args.scene.path.display().to_string();
    let size = (job.settings.width, job.settings.height);
    if let Some(unfound) = unfound_light(&job.scene, frames.clone(), size).filter(|_| form != Form::Passes) {
        log::warn!("{name}: {unfound}");
    }
    let picture = match form {
        Form::Passes => None,
        Form::Mp4 | Form::Png => Some(Output::Rgb),
        Form::Exr => Some(Output::Radiance),
    };
    let outputs: Vec<Output> = picture.into_iter().chain(folder.wanted.iter().copied().map(Output::from)).collect();
    let clip = ClipJob { name: &name, scene: &job.scene, settings: &job.settings, frames, outputs: &outputs };
    let result = write(args.output(), form, &clip, job.fps, &folder, &mut source, &mut progress(&bar, &stop));
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
    if let Some(shutter) = args.shutter {
        if !(0.0..=1.0).contains(&shutter) {
            bail!(Usage(format!("--shutter {shutter}: it must lie in 0..=1")));
        }
        job.scene.camera.shutter = shutter;
    }
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

fn write(
    output: &Path,
    form: Form,
    clip: &ClipJob<'_>,
    fps: u32,
    folder: &PassFolder,
    source: &mut dyn FrameSource,
    progress: &mut dyn FnMut(f64) -> ControlFlow<()>,
) -> Result<(), Error> {
    let size = (clip.settings.width, clip.settings.height);
    match form {
        Form::Passes => render_frames(source, clip, progress, &mut |index, frame| folder.save(index, size, &frame.passes)),
        Form::Mp4 => render_mp4(source, output, clip, fps, progress, &mut |index, frame| folder.save(index, size, &frame.passes)),
        Form::Png | Form::Exr => render_frames(source, clip, progress, &mut |index, frame| {
            folder.save(index, size, &frame.passes)?;
            let bytes = if form == Form::Exr {
                exr_rgb32f(size.0, size.1, &frame.radiance)?
            } else {
                png_rgb8(size.0, size.1, &frame.rgb)?
            };
            write_whole(&of_frame(output, index), &bytes)
        }),
    }
}
