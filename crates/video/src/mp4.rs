//! The MP4 file: one video track at a constant rate, index in front, nothing in it that depends on the clock.

use std::path::{Path, PathBuf};

use ffmpeg_next::{Dictionary, Packet, Rational, codec, format};

use crate::VideoError;
use crate::error::ffmpeg_path;

/// An MP4 being written.
pub(crate) struct Mp4Writer {
    out: format::context::Output,
    path: PathBuf,
    fps: u32,
    written: i64,
}

impl Mp4Writer {
    /// Opens the file and writes its head.
    pub(crate) fn create(path: &Path, parameters: codec::Parameters, fps: u32) -> Result<Self, VideoError> {
        crate::init();
        let name = ffmpeg_path(path)?;
        // FFmpeg leaks what it allocated when the file cannot be opened, and knows less about why than the system does.
        drop(std::fs::File::create(path).map_err(|source| VideoError::Io { action: "write", path: path.into(), source })?);
        let mut out = format::output_as(&name, "mp4").map_err(VideoError::on(path, "write"))?;
        let rate = Rational(fps as i32, 1);
        let mut stream = out.add_stream(None::<ffmpeg_next::Codec>).map_err(VideoError::ffmpeg("add a video track"))?;
        stream.set_parameters(parameters);
        stream.set_time_base(rate.invert());
        stream.set_avg_frame_rate(rate);
        // bitexact: no writing time, no library version in the container.
        let options: Dictionary<'_> = [("movflags", "+faststart"), ("fflags", "+bitexact")].into_iter().collect();
        out.write_header_with(options).map_err(VideoError::on(path, "write"))?;
        Ok(Self { out, path: path.into(), fps, written: 0 })
    }

    /// Adds the next frame. Packets come in the order of display: there are no B-frames.
    pub(crate) fn write(&mut self, mut packet: Packet) -> Result<(), VideoError> {
        let base = self.out.stream(0).map_or(Rational(1, 1), |s| s.time_base());
        packet.set_stream(0);
        packet.set_pts(Some(self.written));
        packet.set_dts(Some(self.written));
        // Without it the last frame has no length, and the file claims a rate that is slightly too high.
        packet.set_duration(1);
        packet.set_position(-1);
        packet.rescale_ts(Rational(1, self.fps as i32), base);
        self.written += 1;
        packet.write_interleaved(&mut self.out).map_err(VideoError::on(&self.path, "write"))
    }

    /// Writes the index and moves it to the front.
    pub(crate) fn finish(mut self) -> Result<u64, VideoError> {
        self.out.write_trailer().map_err(VideoError::on(&self.path, "write"))?;
        drop(self.out);
        let meta = std::fs::metadata(&self.path);
        Ok(meta.map_err(|source| VideoError::Io { action: "read", path: self.path, source })?.len())
    }
}
