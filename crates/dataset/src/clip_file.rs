//! A clip rendered straight to files, outside of a run: controls of a finished sample, a scene of one's own.

use std::cell::RefCell;
use std::ops::{ControlFlow, Range};
use std::path::Path;
use std::sync::mpsc::sync_channel;
use std::thread;

use raytruth_render::{Frame, Output, Prepared, RenderError, RenderSettings};
use raytruth_scene::Scene;

use crate::source::FrameSource;
use crate::{Error, Result, encode_clip};

/// What to render.
#[derive(Clone, Debug)]
pub struct ClipJob<'a> {
    /// For errors.
    pub name: &'a str,
    /// The scene.
    pub scene: &'a Scene,
    /// How pictures are rendered.
    pub settings: &'a RenderSettings,
    /// Which frames.
    pub frames: Range<u32>,
    /// What is wanted of each.
    pub outputs: &'a [Output],
}

impl ClipJob<'_> {
    fn failed(&self, error: RenderError) -> Error {
        match error {
            RenderError::Cancelled => Error::Interrupted,
            e => Error::Render { task_id: self.name.to_owned(), source: Box::new(e) },
        }
    }
}

/// Makes what is wanted of the frames; `take` gets each one. `progress` hears of frames with fractions.
///
/// # Errors
/// [`Error::Interrupted`] where `progress` or `take` broke off; else the device's troubles.
pub fn render_frames(
    source: &mut dyn FrameSource,
    job: &ClipJob<'_>,
    progress: &mut dyn FnMut(f64) -> ControlFlow<()>,
    take: &mut dyn FnMut(u32, Frame) -> Result<()>,
) -> Result<()> {
    let start = job.frames.start;
    let prepared = Prepared::new(job.scene, job.settings);
    let mut clip = prepared.and_then(|prepared| source.clip(prepared)).map_err(|e| job.failed(e))?;
    let mut failed = None;
    // Both hear of progress.
    let progress = RefCell::new(progress);
    let tell = |frames: f64| (*progress.borrow_mut())(frames);
    let made = clip.frames(
        job.frames.clone(),
        &|_| job.outputs.to_vec(),
        &mut |frame, p| tell(f64::from(frame - start) + p.done as f64 / p.total.max(1) as f64),
        &mut |frame, made| {
            if let Err(error) = take(frame, made) {
                failed = Some(error);
                return ControlFlow::Break(());
            }
            // Passes alone may ask nobody in between.
            tell(f64::from(frame - start + 1))
        },
    );
    match (failed, made) {
        (Some(error), _) => Err(error),
        (None, made) => made.map_err(|e| job.failed(e)),
    }
}

/// Renders frames into an MP4: written under another name, and renamed when it is whole. `also` sees each frame while the one
/// before is encoded.
///
/// # Errors
/// As [`render_frames`], and where the file cannot be written.
pub fn render_mp4(
    source: &mut dyn FrameSource,
    path: &Path,
    job: &ClipJob<'_>,
    fps: u32,
    progress: &mut dyn FnMut(f64) -> ControlFlow<()>,
    also: &mut dyn FnMut(u32, &Frame) -> Result<()>,
) -> Result<()> {
    let hidden = path.with_file_name(format!(".{}.part.mp4", path.file_stem().unwrap_or_default().to_string_lossy()));
    let (send, receive) = sync_channel::<Vec<u8>>(2);
    let result = thread::scope(|scope| {
        let encoder = scope.spawn(|| {
            let size = (job.settings.width, job.settings.height);
            encode_clip(&hidden, size, fps, job.frames.end - job.frames.start, &mut receive.into_iter())
        });
        let mut take = |index, frame: Frame| {
            also(index, &frame)?;
            // A closed channel means that the encoder failed, and says why below.
            send.send(frame.rgb).map_err(|_| Error::Interrupted)
        };
        let rendered = render_frames(source, job, progress, &mut take);
        drop(send);
        let encoded = encoder.join().unwrap_or_else(|_| Err(Error::Internal("the encoder panicked".into())));
        match (encoded, rendered) {
            (Err(e), _) | (Ok(_), Err(e)) => Err(e),
            (Ok(_), Ok(())) => std::fs::rename(&hidden, path).map_err(|e| Error::io("write", path, e)),
        }
    });
    if result.is_err() {
        let _ = std::fs::remove_file(&hidden);
    }
    result
}
