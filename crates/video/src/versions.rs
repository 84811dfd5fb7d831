//! Which FFmpeg and x264 are at work: part of what a sample's bytes depend on.

use ffmpeg_next::codec;

use crate::{EncodeSettings, VideoError, h264};

/// Versions of the libraries in use.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Versions {
    /// `major.minor.micro`.
    pub libavcodec: String,
    /// `major.minor.micro`.
    pub libavformat: String,
    /// x264's build, e.g. `core 164 r3095 baee400`, as it writes it into the stream; absent when it does not say.
    pub x264: Option<String>,
    /// The options frames are encoded with, as x264 writes them into the stream.
    pub x264_options: Option<String>,
}

/// Versions of FFmpeg and x264, learnt by encoding one small frame.
///
/// # Errors
/// No x264 in this FFmpeg.
pub fn library_versions() -> Result<Versions, VideoError> {
    let dotted = |v: u32| format!("{}.{}.{}", v >> 16, (v >> 8) & 255, v & 255);
    let told = banner(&one_frame()?);
    let (x264, x264_options) = match told.as_deref().and_then(|t| t.split_once(" - options: ")) {
        Some((build, options)) => (build.split(" - ").nth(1).map(str::to_owned), Some(options.to_owned())),
        None => (None, None),
    };
    Ok(Versions { libavcodec: dotted(codec::version()), libavformat: dotted(ffmpeg_next::format::version()), x264, x264_options })
}

/// Encodes and decodes a small frame, and says what is wrong where that fails.
///
/// # Errors
/// No x264 in this FFmpeg, or one that does not work.
pub fn self_check() -> Result<Versions, VideoError> {
    let settings = EncodeSettings::new(64, 64, 30, 1);
    let mut picture = grey(&settings);
    let intra = h264::intra_at_least(&settings, &mut picture, settings.end_psnr, 0)?;
    if intra.psnr.worst() < settings.end_psnr {
        return Err(VideoError::Frames(format!("a grey frame came back at {:.1} dB", intra.psnr.worst())));
    }
    library_versions()
}

fn grey(settings: &EncodeSettings) -> ffmpeg_next::frame::Video {
    let mut picture = ffmpeg_next::frame::Video::new(ffmpeg_next::format::Pixel::YUV420P, settings.width, settings.height);
    crate::bt709::rgb_to_yuv(&vec![128; settings.frame_bytes()], &mut picture);
    picture
}

/// The bytes of a stream's head and its first frame.
fn one_frame() -> Result<Vec<u8>, VideoError> {
    let settings = EncodeSettings::new(64, 64, 30, 1);
    let mut encoder = h264::H264::open(&settings)?;
    encoder.send(&mut grey(&settings), true, 0)?;
    encoder.send_eof()?;
    let mut bytes = Vec::new();
    while let Some(packet) = encoder.receive()? {
        bytes.extend_from_slice(packet.data().unwrap_or_default());
    }
    Ok(bytes)
}

/// x264's own line about itself, which it puts into the first frame's user data (SEI).
fn banner(stream: &[u8]) -> Option<String> {
    let start = stream.windows(7).position(|w| w == b"x264 - ")?;
    let text: Vec<u8> = stream[start..].iter().copied().take_while(|b| (32..127).contains(b)).collect();
    String::from_utf8(text).ok()
}
