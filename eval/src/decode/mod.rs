//! Candidate videos to RGB frames.
//!
//! FFmpeg demuxes and decodes, on one thread; pictures are turned as the file says, and their pixels made square; the way from YCbCr to RGB is this module's own integer code, so that a verdict
//! does not hang on the version of a scaler. Every codec FFmpeg knows is taken. A file that is damaged or cut short is an error,
//! not a shorter video: half a download must not be scored as an answer.

mod display;
mod error;
mod picture;
mod reader;
mod rgb;

use std::path::Path;

pub use error::DecodeError;

use crate::Frame;
use display::Square;
use reader::Reader;

/// What is refused rather than decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Largest width or height, pixels.
    pub side: u32,
    /// Most frames.
    pub frames: u32,
    /// Most memory for the frames of [`decode`] together, bytes.
    pub bytes: u64,
}

impl Default for Limits {
    /// 8192 pixels a side, 3000 frames, 4 GiB.
    fn default() -> Self {
        Self { side: 8192, frames: 3000, bytes: 4 << 30 }
    }
}

/// What is known of a video once it is read.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Info {
    /// Frames handed out.
    pub frames: u32,
    /// Frames per second: the container's average where the time stamps agree with it, else what they say.
    pub fps: f64,
    /// Seconds from the first frame on at which each frame is shown: what the time stamps say if every frame has one, else by `fps`.
    pub time: Vec<f64>,
}

/// A whole video in memory.
#[derive(Clone)]
#[non_exhaustive]
pub struct DecodedVideo {
    /// In the order of display.
    pub frames: Vec<Frame>,
    /// Frames per second.
    pub fps: f64,
}

/// Reads a video and hands out its frames in the order of display, one at a time, within [`Limits::default`].
///
/// `each` says whether to go on; when it does not, what was read so far is what is returned.
///
/// # Errors
/// A file that cannot be read, is no video, is damaged or cut short, or is beyond the limits.
pub fn read(path: &Path, each: &mut dyn FnMut(Frame) -> bool) -> Result<Info, DecodeError> {
    let (limits, mut square) = (Limits::default(), Square::default());
    Reader::open(path, limits)?.run(&mut |frame, aspect| each(square.apply(frame, aspect, limits.side)))
}

/// The same with pixels as they are in the file, and their aspect: width over height.
pub(crate) fn read_plain(path: &Path, each: &mut dyn FnMut(Frame, f64) -> bool) -> Result<Info, DecodeError> {
    Reader::open(path, Limits::default())?.run(each)
}

/// Reads a whole video into memory.
///
/// # Errors
/// As [`read`].
pub fn decode(path: &Path, limits: &Limits) -> Result<DecodedVideo, DecodeError> {
    let mut frames: Vec<Frame> = Vec::new();
    let mut bytes = 0;
    let mut square = Square::default();
    let info = Reader::open(path, *limits)?.run(&mut |frame, aspect| {
        let frame = square.apply(frame, aspect, limits.side);
        bytes += frame.rgb.len() as u64;
        frames.push(frame);
        bytes <= limits.bytes
    })?;
    if bytes > limits.bytes {
        return Err(DecodeError::TooLarge(format!("more than {} MiB of frames", limits.bytes >> 20)));
    }
    Ok(DecodedVideo { frames, fps: info.fps })
}

#[cfg(test)]
mod tests;
