//! Putting frames through a lossy codec and back.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use ffmpeg_next::codec::{Context, Flags};
use ffmpeg_next::format::Pixel;
use ffmpeg_next::util::color;
use ffmpeg_next::{Dictionary, Packet, Rational, codec, encoder, format, frame};

use crate::Frame;

use super::Codec;

impl Codec {
    fn name(self) -> &'static str {
        match self {
            Self::H264 { .. } => "libx264",
            Self::Hevc { .. } => "libx265",
            Self::Vp9 { .. } => "libvpx-vp9",
            Self::Mpeg4 { .. } => "mpeg4",
        }
    }

    fn options(self) -> Vec<(&'static str, String)> {
        let own = |options: &[(&'static str, &str)]| options.iter().map(|(k, v)| (*k, (*v).to_owned())).collect();
        match self {
            Self::H264 { crf } => own(&[("preset", "veryfast"), ("crf", &crf.to_string()), ("threads", "1")]),
            Self::Hevc { crf } => own(&[
                ("preset", "veryfast"),
                ("crf", &crf.to_string()),
                ("x265-params", "log-level=none:pools=none:frame-threads=1"),
            ]),
            Self::Vp9 { crf } => {
                own(&[("crf", &crf.to_string()), ("b", "0"), ("deadline", "good"), ("cpu-used", "5"), ("threads", "1")])
            }
            Self::Mpeg4 { quantiser } => own(&[("qmin", &quantiser.to_string()), ("qmax", &quantiser.to_string())]),
        }
    }
}

/// A file that goes when this goes.
pub(super) struct Scratch(PathBuf);

impl Scratch {
    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // Nothing can be done about a scratch file that will not go.
        let _ = std::fs::remove_file(&self.0);
    }
}

/// Encodes into a scratch file; `None` where this FFmpeg lacks the encoder.
pub(super) fn scratch(frames: &[Frame], fps: f64, codec: Codec) -> Result<Option<Scratch>, String> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let file = Scratch(std::env::temp_dir().join(format!("raytruth-control-{}-{number}.mp4", std::process::id())));
    Ok(encode(file.path(), frames, fps, codec)?.then_some(file))
}

/// Encodes frames into an MP4 (4:2:0, BT.709). `false` where this FFmpeg lacks the encoder.
///
/// # Errors
/// What FFmpeg says, in a sentence.
pub fn encode(path: &Path, frames: &[Frame], fps: f64, codec: Codec) -> Result<bool, String> {
    ffmpeg_next::init().map_err(|e| e.to_string())?;
    let Some(found) = encoder::find_by_name(codec.name()) else { return Ok(false) };
    let first = frames.first().ok_or("no frames to encode")?;
    // 4:2:0 needs even sizes: an odd last row or column is left out.
    let (width, height) = (first.width & !1, first.height & !1);
    let say = |action: &'static str| move |e: ffmpeg_next::Error| format!("cannot {action}: {e}");
    let rate = Rational((fps * 1000.0 + 0.5) as i32, 1000);
    let mut video = Context::new_with_codec(found).encoder().video().map_err(say("open the encoder"))?;
    video.set_width(width);
    video.set_height(height);
    video.set_format(Pixel::YUV420P);
    video.set_time_base(rate.invert());
    video.set_frame_rate(Some(rate));
    video.set_gop(12);
    video.set_colorspace(color::Space::BT709);
    video.set_color_range(color::Range::MPEG);
    video.set_flags(Flags::GLOBAL_HEADER);
    let mut options = Dictionary::new();
    for (key, value) in codec.options() {
        options.set(key, &value);
    }
    let mut video = video.open_with(options).map_err(say("open the encoder"))?;
    let name = path.to_str().ok_or("the path is no UTF-8")?;
    let mut out = format::output_as(&name, "mp4").map_err(say("open the output"))?;
    {
        let mut stream = out.add_stream(None::<ffmpeg_next::Codec>).map_err(say("add a track"))?;
        stream.set_parameters(codec::Parameters::from(&*video));
        stream.set_time_base(rate.invert());
        stream.set_avg_frame_rate(rate);
    }
    out.write_header().map_err(say("write the head"))?;
    let base = out.stream(0).map_or(rate.invert(), |s| s.time_base());
    let drain = |video: &mut encoder::Video, out: &mut format::context::Output| -> Result<(), String> {
        let mut packet = Packet::empty();
        while video.receive_packet(&mut packet).is_ok() {
            packet.set_stream(0);
            packet.set_duration(1);
            packet.rescale_ts(rate.invert(), base);
            packet.write_interleaved(out).map_err(say("write a packet"))?;
        }
        Ok(())
    };
    for (i, picture) in frames.iter().enumerate() {
        let mut yuv = to_yuv(picture, width, height);
        yuv.set_pts(Some(i as i64));
        video.send_frame(&yuv).map_err(say("encode a frame"))?;
        drain(&mut video, &mut out)?;
    }
    video.send_eof().map_err(say("end the encoding"))?;
    drain(&mut video, &mut out)?;
    out.write_trailer().map_err(say("write the index"))?;
    Ok(true)
}

/// BT.709, limited range, chroma averaged over 2x2, in 16-bit fixed point.
fn to_yuv(picture: &Frame, width: u32, height: u32) -> frame::Video {
    let mut out = frame::Video::new(Pixel::YUV420P, width, height);
    let row = picture.width as usize * 3;
    let at = |x: usize, y: usize| {
        let i = y * row + x * 3;
        [i32::from(picture.rgb[i]), i32::from(picture.rgb[i + 1]), i32::from(picture.rgb[i + 2])]
    };
    let stride = out.stride(0);
    let plane = out.data_mut(0);
    for y in 0..height as usize {
        for x in 0..width as usize {
            let [r, g, b] = at(x, y);
            plane[y * stride + x] = ((11966 * r + 40254 * g + 4064 * b + (16 << 16) + 32768) >> 16) as u8;
        }
    }
    for (index, weights) in [(1, [-6596, -22189, 28784]), (2, [28784, -26145, -2639])] {
        let stride = out.stride(index);
        let plane = out.data_mut(index);
        for y in 0..height as usize / 2 {
            for x in 0..width as usize / 2 {
                let four = [at(2 * x, 2 * y), at(2 * x + 1, 2 * y), at(2 * x, 2 * y + 1), at(2 * x + 1, 2 * y + 1)];
                let sum: i32 = four.iter().flat_map(|p| p.iter().zip(&weights)).map(|(v, w)| v * w).sum();
                plane[y * stride + x] = ((sum + (512 << 16) + (2 << 16)) >> 18) as u8;
            }
        }
    }
    out
}
