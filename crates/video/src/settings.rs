//! What a clip is encoded with.

use crate::VideoError;

/// Frames between two keyframes, at most: evaluators seek by frame number.
pub const KEYFRAME_INTERVAL: u32 = 12;

/// Constant rate factor of a sample.
const SAMPLE_CRF: u32 = 20;

/// Largest width or height that is taken, pixels.
pub const MAX_SIDE: u32 = 8192;

/// What a clip is encoded with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EncodeSettings {
    /// Pixels, even.
    pub width: u32,
    /// Pixels, even.
    pub height: u32,
    /// Frames per second.
    pub fps: u32,
    /// Frames that will be pushed.
    pub frames: u32,
    /// Frame forced to be a keyframe, where the clip can be [`crate::cut`]: `0 < split < frames`.
    pub split: Option<u32>,
    /// x264's constant rate factor: 0 (lossless) to 51, smaller is better.
    pub crf: u32,
    /// PSNR in decibels that the first and the last frame reach, in luma and over all three planes. Where `crf` does not
    /// reach it, these two frames alone get more bits.
    pub end_psnr: f64,
}

impl EncodeSettings {
    /// The settings of a sample: CRF 20, end frames at 41 dB, no split.
    ///
    /// 41 rather than the 40 that a sample promises: a checker's own conversion of the PNG to 4:2:0 may differ from ours, and
    /// the two errors add up.
    #[must_use]
    pub fn new(width: u32, height: u32, fps: u32, frames: u32) -> Self {
        Self { width, height, fps, frames, split: None, crf: SAMPLE_CRF, end_psnr: 41.0 }
    }

    /// With a keyframe forced at a frame.
    #[must_use]
    pub fn with_split(self, split: u32) -> Self {
        Self { split: Some(split), ..self }
    }

    /// Bytes of one RGB frame.
    #[must_use]
    pub fn frame_bytes(&self) -> usize {
        3 * self.width as usize * self.height as usize
    }

    pub(crate) fn check(&self) -> Result<(), VideoError> {
        let Self { width, height, fps, frames, split, crf, end_psnr } = *self;
        let refuse = |rule: String| Err(VideoError::Settings(rule));
        if !(16..=MAX_SIDE).contains(&width) || !(16..=MAX_SIDE).contains(&height) {
            return refuse(format!("size {width}x{height}: each side must be 16 to {MAX_SIDE} pixels"));
        }
        if width % 2 == 1 || height % 2 == 1 {
            return refuse(format!("size {width}x{height}: 4:2:0 video needs an even width and height"));
        }
        if !(1..=1000).contains(&fps) {
            return refuse(format!("{fps} frames per second: must be 1 to 1000"));
        }
        if frames == 0 {
            return refuse("a clip needs at least one frame".into());
        }
        if let Some(split) = split.filter(|s| !(1..frames).contains(s)) {
            return refuse(format!("split at frame {split} of {frames}: both parts need at least one frame"));
        }
        if crf > 51 {
            return refuse(format!("CRF {crf}: must be 0 to 51"));
        }
        // Rounding to 8 bits alone costs 59 dB; x264's finest steps reach about 55 on noise.
        if !(0.0..=50.0).contains(&end_psnr) {
            return refuse(format!("end frames at {end_psnr} dB: must be 0 to 50"));
        }
        Ok(())
    }
}
