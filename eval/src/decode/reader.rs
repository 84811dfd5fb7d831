//! Demuxing, decoding, and the checks around them.

use std::fs::File;
use std::path::Path;
use std::sync::Once;

use ffmpeg_next::codec::{self, threading};
use ffmpeg_next::{Dictionary, Error, Packet, Rational, decoder, format, frame, log, media};

use super::display::Display;
use super::picture::Converter;
use super::{DecodeError, Info, Limits};
use crate::Frame;

/// A video being read.
pub(super) struct Reader {
    input: format::context::Input,
    stream: usize,
    decoder: decoder::Video,
    converter: Converter,
    display: Display,
    limits: Limits,
    frames: u32,
    first_time: Option<i64>,
    last_time: Option<i64>,
    /// Time stamps so far, as long as every frame has one and they grow.
    stamps: Option<Vec<i64>>,
    damage: Option<String>,
    stopped: bool,
}

impl Reader {
    pub(super) fn open(path: &Path, limits: Limits) -> Result<Self, DecodeError> {
        static ONCE: Once = Once::new();
        ONCE.call_once(|| {
            // Registers error texts; cannot fail in the versions supported.
            let _ = ffmpeg_next::init();
            // What goes wrong is returned, not printed.
            log::set_level(log::Level::Fatal);
        });
        // The system says best why a file cannot be opened.
        let length = File::open(path)?.metadata()?;
        if !length.is_file() {
            return Err(DecodeError::NotAVideo("it is no regular file".into()));
        }
        if length.len() == 0 {
            return Err(DecodeError::NotAVideo("the file is empty".into()));
        }
        let name = path.to_str().filter(|n| !n.contains('\0'));
        let name = name.ok_or_else(|| DecodeError::NotAVideo("FFmpeg needs a path in UTF-8".into()))?;
        // Marked as a file, so that `a:b.mp4` is no protocol; and a playlist must not lead elsewhere.
        let options: Dictionary<'_> = [("protocol_whitelist", "file")].into_iter().collect();
        let input = format::input_with_dictionary(&format!("file:{name}"), options)
            .map_err(|e| DecodeError::NotAVideo(format!("FFmpeg says: {e}")))?;
        let best = input.streams().best(media::Type::Video);
        let stream = best.ok_or_else(|| DecodeError::NotAVideo("it has no video stream".into()))?;
        let (index, parameters, display) = (stream.index(), stream.parameters(), Display::of(&stream));
        // A picture by another name: demuxers of pictures are called so.
        let demuxer = input.format().name().to_owned();
        if demuxer.ends_with("_pipe") || demuxer.starts_with("image2") {
            return Err(DecodeError::NotAVideo("it is a single picture".into()));
        }
        let codec_name = format!("{:?}", parameters.id());
        let codec = decoder::find(parameters.id()).ok_or_else(|| DecodeError::NoDecoder(codec_name.clone()))?;
        let failed = |e: Error| DecodeError::NotAVideo(format!("cannot open its {codec_name} stream: {e}"));
        let mut context = codec::Context::from_parameters(parameters).map_err(failed)?;
        context.set_threading(threading::Config::count(1));
        let pixels = (u64::from(limits.side) * u64::from(limits.side)).min(i64::MAX as u64).to_string();
        // Stops a lying header before FFmpeg allocates for it.
        let options: Dictionary<'_> = [("max_pixels", pixels.as_str())].into_iter().collect();
        let decoder = context.decoder().open_as_with(codec, options).and_then(|d| d.video()).map_err(failed)?;
        let reader = Self {
            input,
            stream: index,
            decoder,
            converter: Converter::default(),
            display,
            limits,
            frames: 0,
            first_time: None,
            last_time: None,
            stamps: Some(Vec::new()),
            damage: None,
            stopped: false,
        };
        reader.check_size(reader.decoder.width(), reader.decoder.height())?;
        Ok(reader)
    }

    /// Reads to the end, or until `each`, which gets pictures and their pixels' aspect, has enough.
    pub(super) fn run(mut self, each: &mut dyn FnMut(Frame, f64) -> bool) -> Result<Info, DecodeError> {
        let mut packet = Packet::empty();
        while self.damage.is_none() && !self.stopped {
            match packet.read(&mut self.input) {
                Ok(()) if packet.stream() != self.stream => {}
                Ok(()) if packet.is_corrupt() => self.damage = Some("a packet is incomplete".into()),
                Ok(()) => {
                    match self.decoder.send_packet(&packet) {
                        Ok(()) => {}
                        Err(error) => self.damage = Some(format!("FFmpeg says: {error}")),
                    }
                    self.drain(each)?;
                }
                Err(Error::Eof) => break,
                Err(error) => self.damage = Some(format!("FFmpeg says: {error}")),
            }
        }
        if !self.stopped && self.damage.is_none() {
            // A decoder that cannot flush has nothing left.
            if self.decoder.send_eof().is_ok() {
                self.drain(each)?;
            }
            self.check_count();
        }
        if let Some(reason) = self.damage {
            return Err(DecodeError::Damaged { frames: self.frames, reason });
        }
        if self.frames == 0 {
            return Err(DecodeError::NotAVideo("no frame in it decodes".into()));
        }
        let fps = self.fps().ok_or(DecodeError::NoRate)?;
        Ok(Info { frames: self.frames, fps, time: self.times(fps) })
    }

    fn drain(&mut self, each: &mut dyn FnMut(Frame, f64) -> bool) -> Result<(), DecodeError> {
        let mut picture = frame::Video::empty();
        while !self.stopped {
            match self.decoder.receive_frame(&mut picture) {
                Ok(()) => {}
                Err(Error::Eof) => return Ok(()),
                Err(Error::Other { errno }) if errno == ffmpeg_next::error::EAGAIN => return Ok(()),
                Err(error) => {
                    self.damage.get_or_insert(format!("FFmpeg says: {error}"));
                    return Ok(());
                }
            }
            if picture.is_corrupt() || picture.has_decode_errors() {
                self.damage.get_or_insert("a frame does not decode cleanly".into());
                return Ok(());
            }
            self.check_size(picture.width(), picture.height())?;
            if self.frames == self.limits.frames {
                return Err(DecodeError::TooLarge(format!("more than {} frames", self.limits.frames)));
            }
            self.display.note(&picture);
            let (frame, aspect) = self.display.apply(self.converter.convert(&picture)?);
            self.frames += 1;
            self.stamps = match (self.stamps.take(), picture.timestamp()) {
                (Some(mut stamps), Some(time)) if stamps.last().is_none_or(|&last| last < time) => {
                    stamps.push(time);
                    Some(stamps)
                }
                _ => None,
            };
            if let Some(time) = picture.timestamp() {
                self.first_time.get_or_insert(time);
                self.last_time = Some(time);
            } else {
                self.last_time = None;
            }
            self.stopped = !each(frame, aspect);
        }
        Ok(())
    }

    fn check_size(&self, width: u32, height: u32) -> Result<(), DecodeError> {
        let side = self.limits.side;
        if width == 0 || height == 0 {
            return Err(DecodeError::NotAVideo(format!("its pictures are {width}x{height}")));
        }
        if width > side || height > side {
            return Err(DecodeError::TooLarge(format!("{width}x{height} pictures; at most {side} a side")));
        }
        Ok(())
    }

    /// An MP4 knows its number of frames; fewer that decode mean that some are missing. An edit list may hide a few on purpose,
    /// and then its duration is shorter too, so only the end is judged: time that is promised and not there.
    fn check_count(&mut self) {
        let Some(stream) = self.input.stream(self.stream) else { return };
        let (promised, decoded) = (stream.frames(), i64::from(self.frames));
        let (Some(first), Some(last)) = (self.first_time, self.last_time) else { return };
        if promised <= decoded || stream.duration() <= 0 || decoded < 1 {
            return;
        }
        let step = if decoded > 1 { (last - first) / (decoded - 1) } else { stream.duration() / promised };
        if stream.duration() - (last - first) > 2 * step.max(1) {
            self.damage = Some(format!("the file promises {promised} frames and has {decoded}"));
        }
    }

    /// Seconds of each frame. A steady rate is taken at its word: time stamps are rounded to ticks.
    fn times(&self, fps: f64) -> Vec<f64> {
        let steady = |i: usize| i as f64 / fps;
        let base = self.input.stream(self.stream).map_or(0.0, |s| f64::from(s.time_base()));
        let stamps = self.stamps.as_deref().filter(|s| base > 0.0 && s.len() == self.frames as usize).unwrap_or_default();
        let told: Vec<f64> = stamps.iter().map(|&t| (t - stamps[0]) as f64 * base).collect();
        let off = told.iter().enumerate().any(|(i, t)| (t - steady(i)).abs() > 0.25 / fps);
        if off { told } else { (0..self.frames as usize).map(steady).collect() }
    }

    fn fps(&self) -> Option<f64> {
        let stream = self.input.stream(self.stream)?;
        let rate = |r: Rational| (r.numerator() > 0 && r.denominator() > 0).then(|| f64::from(r));
        let told = rate(stream.avg_frame_rate()).or_else(|| rate(stream.rate()));
        let base = rate(stream.time_base());
        let measured = match (self.first_time, self.last_time, base) {
            (Some(first), Some(last), Some(base)) if last > first && self.frames > 1 => {
                Some(f64::from(self.frames - 1) / ((last - first) as f64 * base))
            }
            _ => None,
        };
        match (told, measured) {
            // Time stamps are rounded to ticks, of which Matroska has a thousand a second.
            (Some(told), Some(measured)) if (told / measured - 1.0).abs() < 0.01 => Some(told),
            (_, Some(measured)) => Some(measured),
            (told, None) => told,
        }
    }
}
