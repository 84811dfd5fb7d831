//! Frames in, one at a time; an MP4 out.

use std::path::{Path, PathBuf};

use ffmpeg_next::format::Pixel;
use ffmpeg_next::{Packet, codec, frame};

use crate::bt709::rgb_to_yuv;
use crate::h264::{H264, decode_last, intra_at_least};
use crate::mp4::Mp4Writer;
use crate::psnr::psnr;
use crate::settings::EncodeSettings;
use crate::{PlanePsnr, VideoError};

/// A clip being encoded. Dropped before [`Encoder::finish`], it leaves an unfinished file behind.
pub struct Encoder {
    settings: EncodeSettings,
    path: PathBuf,
    h264: H264,
    parameters: codec::Parameters,
    mp4: Mp4Writer,
    pushed: u32,
    first: frame::Video,
    last: frame::Video,
    first_qp_offset: i32,
    first_psnr: Option<PlanePsnr>,
    /// Packets since the last keyframe; all but the newest are written.
    gop: Vec<Packet>,
    keyframes: u32,
}

/// What an encoding came to.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct EncodeReport {
    /// Frames in the file.
    pub frames: u32,
    /// Size of the file.
    pub bytes: u64,
    /// Constant rate factor of all frames but those at the ends, which may be finer.
    pub crf: u32,
    /// The first frame as decoded from the file.
    pub first: EndFrame,
    /// The last.
    pub last: EndFrame,
}

/// How well an end frame came out.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct EndFrame {
    /// Luma PSNR against what was pushed, taken to 4:2:0; decibels.
    pub luma: f64,
    /// PSNR over all three planes, decibels.
    pub yuv: f64,
    /// Quantiser steps by which the frame is finer than the rate factor alone makes it; 0 where that was enough.
    pub extra_quality: u32,
}

impl EndFrame {
    fn new(psnr: PlanePsnr, qp_offset: i32) -> Self {
        Self { luma: psnr.luma, yuv: psnr.yuv, extra_quality: qp_offset.unsigned_abs() }
    }
}

impl Encoder {
    /// Opens the encoder and the file.
    ///
    /// # Errors
    /// Settings out of range, no x264 in this FFmpeg, or a file that cannot be written.
    pub fn create(path: impl AsRef<Path>, settings: &EncodeSettings) -> Result<Self, VideoError> {
        settings.check()?;
        let path = path.as_ref();
        let h264 = H264::open(settings)?;
        let parameters = h264.parameters();
        let mp4 = Mp4Writer::create(path, parameters.clone(), settings.fps)?;
        Ok(Self {
            settings: *settings,
            path: path.into(),
            h264,
            parameters,
            mp4,
            pushed: 0,
            first: frame::Video::empty(),
            last: frame::Video::empty(),
            first_qp_offset: 0,
            first_psnr: None,
            gop: Vec::new(),
            keyframes: 0,
        })
    }

    /// Adds the next frame: `3 * width * height` bytes of sRGB, row by row from the top.
    ///
    /// # Errors
    /// A frame of another size, one more than announced, or a file that cannot be written (a full disk).
    pub fn push(&mut self, rgb: &[u8]) -> Result<(), VideoError> {
        let EncodeSettings { width, height, frames, split, .. } = self.settings;
        if rgb.len() != self.settings.frame_bytes() {
            let (got, want) = (rgb.len(), self.settings.frame_bytes());
            return Err(VideoError::Frames(format!("a frame of {got} bytes; {width}x{height} RGB has {want}")));
        }
        if self.pushed == frames {
            return Err(VideoError::Frames(format!("more than the {frames} frames announced")));
        }
        let mut picture = frame::Video::new(Pixel::YUV420P, width, height);
        rgb_to_yuv(rgb, &mut picture);
        let index = self.pushed;
        let mut qp_offset = 0;
        if index == 0 {
            // In the stream the same frame comes out a little finer than alone, because others lean on it.
            qp_offset = intra_at_least(&self.settings, &mut picture, self.settings.end_psnr, 0)?.qp_offset;
            self.first_qp_offset = qp_offset;
        }
        self.h264.send(&mut picture, index == 0 || Some(index) == split, qp_offset)?;
        if index == 0 {
            self.first = picture.clone();
        }
        if index + 1 == frames {
            self.last = picture;
        }
        self.pushed += 1;
        self.take_packets()
    }

    /// Ends the clip and the file.
    ///
    /// # Errors
    /// Fewer frames than announced, or a file that cannot be written.
    pub fn finish(mut self) -> Result<EncodeReport, VideoError> {
        let EncodeSettings { frames, end_psnr, crf, .. } = self.settings;
        if self.pushed < frames {
            return Err(VideoError::Frames(format!("{} of the {frames} frames announced", self.pushed)));
        }
        self.h264.send_eof()?;
        self.take_packets()?;

        let mut decoded = psnr(&self.last, &decode_last(self.parameters.clone(), &self.gop)?);
        let Some(mut packet) = self.gop.pop() else {
            return Err(VideoError::file(&self.path, "the encoder gave no packet"));
        };
        let mut qp_offset = if frames == 1 { self.first_qp_offset } else { 0 };
        if decoded.worst() < end_psnr && frames > 1 {
            // Nothing leans on the last frame, so that it can be replaced by a keyframe of its own, measured to be good enough.
            let before = self.keyframes - u32::from(packet.is_key());
            let intra = intra_at_least(&self.settings, &mut self.last, end_psnr, before)?;
            (packet, qp_offset, decoded) = (intra.packet, intra.qp_offset, intra.psnr);
        }
        self.mp4.write(packet)?;
        let first = self.first_psnr.unwrap_or(decoded);
        let bytes = self.mp4.finish()?;
        let (first, last) = (EndFrame::new(first, self.first_qp_offset), EndFrame::new(decoded, qp_offset));
        Ok(EncodeReport { frames, bytes, crf, first, last })
    }

    /// Writes what the encoder has ready, but for the newest packet: it may be the last.
    fn take_packets(&mut self) -> Result<(), VideoError> {
        while let Some(packet) = self.h264.receive()? {
            if self.first_psnr.is_none() {
                let decoded = decode_last(self.parameters.clone(), std::slice::from_ref(&packet))?;
                self.first_psnr = Some(psnr(&self.first, &decoded));
            }
            if let Some(previous) = self.gop.last() {
                self.mp4.write(previous.clone())?;
            }
            if packet.is_key() {
                self.gop.clear();
                self.keyframes += 1;
            }
            self.gop.push(packet);
        }
        Ok(())
    }
}
