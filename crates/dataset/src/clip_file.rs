//! A clip rendered straight to a file, outside of a run: controls of a finished sample, a scene of one's own.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::mpsc::sync_channel;
use std::thread;

use raytruth_render::{Frame, Progress, RenderError, RenderSettings};
use raytruth_scene::Scene;

use crate::source::FrameSource;
use crate::{Error, Result, encode_clip};

/// Renders frames `0..frames`; `take` gets each one while the next renders. `progress` hears of frames with fractions.
///
/// # Errors
/// [`Error::Interrupted`] where `progress` or `take` broke off; else the device's troubles.
pub fn render_frames(
    source: &mut dyn FrameSource,
    name: &str,
    scene: &Scene,
    settings: &RenderSettings,
    frames: std::ops::Range<u32>,
    progress: &mut dyn FnMut(f64) -> ControlFlow<()>,
    take: &mut dyn FnMut(u32, Frame) -> Result<()>,
) -> Result<()> {
    let failed = |e: RenderError| match e {
        RenderError::Cancelled => Error::Interrupted,
        e => Error::Render { task_id: name.to_owned(), source: Box::new(e) },
    };
    let start = frames.start;
    let mut clip = source.clip(scene, settings).map_err(failed)?;
    for frame in frames {
        let mut watch = |p: Progress| progress(f64::from(frame - start) + p.done as f64 / p.total.max(1) as f64);
        let picture = clip.frame(frame, &mut watch).map_err(failed)?;
        take(frame, picture)?;
        let _ = progress(f64::from(frame - start + 1));
    }
    Ok(())
}

/// Renders a whole clip into an MP4: written under another name, and renamed when it is whole.
///
/// # Errors
/// As [`render_frames`], and where the file cannot be written.
#[allow(clippy::too_many_arguments, reason = "each is a different thing, and a struct would be used once")]
pub fn render_mp4(
    source: &mut dyn FrameSource,
    path: &Path,
    scene: &Scene,
    settings: &RenderSettings,
    frames: u32,
    fps: u32,
    progress: &mut dyn FnMut(f64) -> ControlFlow<()>,
    also: &mut dyn FnMut(u32, &Frame) -> Result<()>,
) -> Result<()> {
    let hidden = path.with_file_name(format!(".{}.part.mp4", path.file_stem().unwrap_or_default().to_string_lossy()));
    let (send, receive) = sync_channel::<Vec<u8>>(2);
    let name = path.display().to_string();
    let result = thread::scope(|scope| {
        let encoder = scope.spawn(|| {
            let size = (settings.width, settings.height);
            encode_clip(&hidden, size, fps, frames, &mut receive.into_iter())
        });
        let mut take = |index, frame: Frame| {
            also(index, &frame)?;
            // A closed channel means that the encoder failed, and says why below.
            send.send(frame.rgb).map_err(|_| Error::Interrupted)
        };
        let rendered = render_frames(source, &name, scene, settings, 0..frames, progress, &mut take);
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
