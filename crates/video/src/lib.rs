//! H.264 MP4 out, and in again, through FFmpeg.
//!
//! [`Encoder`] takes 8-bit RGB frames one at a time, so that a renderer can work on the next frame meanwhile, and writes an
//! MP4 that seeks by frame number: H.264 High, 4:2:0, BT.709 tagged in stream and container, constant frame rate, index in
//! front, no B-frames, a keyframe at least every [`KEYFRAME_INTERVAL`] frames and one where the clip is to be [`cut`].
//!
//! The bytes depend on the frames, the settings and the versions of FFmpeg and x264 alone, not on the machine's cores or clock.
//!
//! ```no_run
//! use raytruth_video::{EncodeSettings, Encoder};
//! # fn main() -> Result<(), raytruth_video::VideoError> {
//! let mut encoder = Encoder::create("clip.mp4", &EncodeSettings::new(64, 40, 30, 2))?;
//! encoder.push(&[128; 64 * 40 * 3])?;
//! encoder.push(&[130; 64 * 40 * 3])?;
//! let report = encoder.finish()?;
//! assert!(report.last.luma >= 40.0);
//! # Ok(())
//! # }
//! ```

mod bt709;
mod cut;
mod encoder;
mod error;
mod h264;
mod mp4;
mod psnr;
mod read;
mod settings;
mod versions;

pub use cut::cut;
pub use encoder::{EncodeReport, Encoder, EndFrame};
pub use error::VideoError;
pub use psnr::PlanePsnr;
pub use read::{CodedFrame, Decoder, VideoInfo, probe};
pub use settings::{EncodeSettings, KEYFRAME_INTERVAL, MAX_SIDE};
pub use versions::{Versions, library_versions, self_check};

/// Silences FFmpeg's own printing: what goes wrong is returned, and a library does not write to stderr.
pub(crate) fn init() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        // Registers FFmpeg's error texts; it has no way to fail in the versions supported.
        let _ = ffmpeg_next::init();
        ffmpeg_next::log::set_level(ffmpeg_next::log::Level::Fatal);
    });
}
