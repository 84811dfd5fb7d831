//! Reading a clip back: what it claims to be, and its frames as coded.

use std::path::{Path, PathBuf};

use ffmpeg_next::util::color;
use ffmpeg_next::{Packet, codec, decoder, format, frame, media};

use crate::VideoError;
use crate::error::ffmpeg_path;

/// What a file says about its video.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct VideoInfo {
    /// FFmpeg's name of the codec, e.g. `h264`.
    pub codec: String,
    /// The codec's profile, e.g. `High`.
    pub profile: String,
    /// FFmpeg's name of the pixel format, e.g. `yuv420p`.
    pub pixel_format: String,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Frames per second, numerator and denominator: frames over duration.
    pub average_rate: (i32, i32),
    /// The rate at which every time stamp falls on a tick.
    pub base_rate: (i32, i32),
    /// Frames by the container's count.
    pub frames: u64,
    /// Frames the decoder holds back to reorder: 0 without B-frames.
    pub reorder_delay: u32,
    /// Primaries, transfer and matrix are tagged BT.709, and the range as limited.
    pub bt709: bool,
    /// Time stamp of the first packet, in ticks of the track.
    pub start: i64,
}

/// Frames of a clip, one at a time, as coded (4:2:0 planes).
pub struct Decoder {
    input: format::context::Input,
    stream: usize,
    decoder: decoder::Video,
    path: PathBuf,
    flushed: bool,
}

/// One decoded frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodedFrame {
    /// Decodable on its own.
    pub keyframe: bool,
    /// Y, Cb and Cr, row by row, without padding.
    pub planes: [Vec<u8>; 3],
}

impl Decoder {
    /// Opens a clip.
    ///
    /// # Errors
    /// A file that cannot be read, or without video in it.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, VideoError> {
        crate::init();
        let path = path.as_ref();
        let input = format::input(&ffmpeg_path(path)?).map_err(VideoError::on(path, "read"))?;
        let stream = input.streams().best(media::Type::Video).ok_or_else(|| VideoError::file(path, "has no video in it"))?;
        let (index, parameters) = (stream.index(), stream.parameters());
        let mut context = codec::Context::from_parameters(parameters).map_err(VideoError::on(path, "decode"))?;
        context.set_threading(codec::threading::Config::count(1));
        let decoder = context.decoder().video().map_err(VideoError::on(path, "decode"))?;
        Ok(Self { input, stream: index, decoder, path: path.into(), flushed: false })
    }

    /// What the file says about itself.
    #[must_use]
    pub fn info(&self) -> VideoInfo {
        let rational = |r: ffmpeg_next::Rational| (r.numerator(), r.denominator());
        let stream = self.input.stream(self.stream);
        let decoder = &self.decoder;
        VideoInfo {
            codec: decoder.codec().map_or_else(String::new, |c| c.name().to_owned()),
            profile: match decoder.profile() {
                codec::Profile::H264(profile) => format!("{profile:?}"),
                other => format!("{other:?}"),
            },
            pixel_format: decoder.format().descriptor().map_or_else(String::new, |d| d.name().to_owned()),
            width: decoder.width(),
            height: decoder.height(),
            average_rate: stream.as_ref().map_or((0, 1), |s| rational(s.avg_frame_rate())),
            base_rate: stream.as_ref().map_or((0, 1), |s| rational(s.rate())),
            frames: stream.as_ref().map_or(0, |s| s.frames().max(0) as u64),
            reorder_delay: u32::from(decoder.has_b_frames()),
            bt709: decoder.color_space() == color::Space::BT709
                && decoder.color_primaries() == color::Primaries::BT709
                && decoder.color_transfer_characteristic() == color::TransferCharacteristic::BT709
                && decoder.color_range() == color::Range::MPEG,
            start: stream.as_ref().map_or(0, |s| s.start_time()),
        }
    }

    /// The next frame, or none at the end.
    ///
    /// # Errors
    /// A file that cannot be read on, or frames that are not 8-bit 4:2:0.
    pub fn next_frame(&mut self) -> Result<Option<CodedFrame>, VideoError> {
        let mut picture = frame::Video::empty();
        loop {
            match self.decoder.receive_frame(&mut picture) {
                Ok(()) => return self.planes(&picture).map(Some),
                Err(ffmpeg_next::Error::Eof) => return Ok(None),
                Err(ffmpeg_next::Error::Other { errno }) if errno == ffmpeg_next::error::EAGAIN && !self.flushed => {
                    self.feed()?;
                }
                Err(error) => return Err(VideoError::on(&self.path, "decode")(error)),
            }
        }
    }

    fn feed(&mut self) -> Result<(), VideoError> {
        let mut packet = Packet::empty();
        loop {
            match packet.read(&mut self.input) {
                Ok(()) if packet.stream() != self.stream => {}
                Ok(()) => return self.decoder.send_packet(&packet).map_err(VideoError::on(&self.path, "decode")),
                Err(ffmpeg_next::Error::Eof) => {
                    self.flushed = true;
                    return self.decoder.send_eof().map_err(VideoError::on(&self.path, "decode"));
                }
                Err(error) => return Err(VideoError::on(&self.path, "read")(error)),
            }
        }
    }

    fn planes(&self, picture: &frame::Video) -> Result<CodedFrame, VideoError> {
        if picture.format() != format::Pixel::YUV420P {
            return Err(VideoError::file(&self.path, format!("is {:?}, not 8-bit 4:2:0", picture.format())));
        }
        let planes = std::array::from_fn(|p| {
            let (w, h) = (picture.plane_width(p) as usize, picture.plane_height(p) as usize);
            picture.data(p).chunks(picture.stride(p)).take(h).flat_map(|row| &row[..w]).copied().collect()
        });
        Ok(CodedFrame { keyframe: picture.is_key(), planes })
    }
}

impl Iterator for Decoder {
    type Item = Result<CodedFrame, VideoError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_frame().transpose()
    }
}

/// What a file says about its video, without decoding it.
///
/// # Errors
/// A file that cannot be read, or without video in it.
pub fn probe(path: impl AsRef<Path>) -> Result<VideoInfo, VideoError> {
    Decoder::open(path).map(|d| d.info())
}
