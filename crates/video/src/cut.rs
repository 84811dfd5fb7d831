//! A clip cut in two without encoding again.

use std::path::Path;

use ffmpeg_next::{Packet, Rational, format, media};

use crate::VideoError;
use crate::error::ffmpeg_path;
use crate::mp4::Mp4Writer;

/// Copies frames `0..split` of a clip to `first` and the rest to `last`. The frames stay as they are, to the bit.
///
/// # Errors
/// A clip that cannot be read, is not at a constant integer rate, or has no keyframe at `split`; files that cannot be written.
pub fn cut(clip: impl AsRef<Path>, split: u32, first: impl AsRef<Path>, last: impl AsRef<Path>) -> Result<(), VideoError> {
    crate::init();
    let clip = clip.as_ref();
    let name = ffmpeg_path(clip)?;
    let mut input = format::input(&name).map_err(VideoError::on(clip, "read"))?;
    let stream = input.streams().best(media::Type::Video).ok_or_else(|| VideoError::file(clip, "has no video in it"))?;
    let (index, parameters, rate) = (stream.index(), stream.parameters(), stream.avg_frame_rate());
    let Some(fps) = whole(rate) else {
        return Err(VideoError::file(clip, format!("{rate} frames per second: not a whole rate")));
    };

    let mut part = Mp4Writer::create(first.as_ref(), parameters.clone(), fps)?;
    let mut at = 0;
    let mut packet = Packet::empty();
    loop {
        match packet.read(&mut input) {
            Ok(()) => {}
            Err(ffmpeg_next::Error::Eof) => break,
            Err(error) => return Err(VideoError::on(clip, "read")(error)),
        }
        if packet.stream() != index {
            continue;
        }
        if at == split {
            if !packet.is_key() {
                return Err(VideoError::file(clip, format!("frame {split} is no keyframe, so the clip cannot be cut there")));
            }
            part.finish()?;
            part = Mp4Writer::create(last.as_ref(), parameters.clone(), fps)?;
        }
        part.write(std::mem::replace(&mut packet, Packet::empty()))?;
        at += 1;
    }
    if split == 0 || at <= split {
        return Err(VideoError::file(clip, format!("has {at} frames, so it cannot be cut at frame {split}")));
    }
    part.finish().map(drop)
}

fn whole(rate: Rational) -> Option<u32> {
    let (n, d) = (rate.numerator(), rate.denominator());
    (d > 0 && n > 0 && n % d == 0).then(|| (n / d) as u32)
}
