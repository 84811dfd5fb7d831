//! x264, set up so that the same frames give the same bytes, and a decoder for what it made.

use ffmpeg_next::codec::{self, Context, Flags, encoder};
use ffmpeg_next::format::Pixel;
use ffmpeg_next::frame::side_data;
use ffmpeg_next::util::color;
use ffmpeg_next::{Dictionary, Packet, Rational, decoder, ffi, frame, picture};

use crate::settings::{EncodeSettings, KEYFRAME_INTERVAL};
use crate::{PlanePsnr, VideoError, psnr::psnr};

/// The options a clip is encoded with, as x264 names them.
pub(crate) fn x264_options(crf: u32) -> Vec<(&'static str, String)> {
    vec![
        ("preset", "medium".into()),
        ("profile", "high".into()),
        ("crf", crf.to_string()),
        // A fixed count, so that the bytes do not depend on the machine; one, because rendering has the other cores.
        ("threads", "1".into()),
        ("forced-idr", "1".into()),
        // Keyframes stand where they are asked for, not where a scene seems to change; chroma is sited at the centre.
        ("x264-params", format!("scenecut=0:open-gop=0:lookahead-threads=1:chromaloc=1{}", instructions())),
    ]
}

/// What x264 may use of the processor. Its code for AVX-512 reads memory that nobody has written (seen in version 164), so that a
/// clip in a few hundred has other bytes; its code for AVX2 makes those that all others make.
fn instructions() -> &'static str {
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    if is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx2") {
        return ":asm=avx2";
    }
    ""
}

/// An open x264.
pub(crate) struct H264 {
    encoder: encoder::Video,
    next_pts: i64,
}

impl H264 {
    pub(crate) fn open(settings: &EncodeSettings) -> Result<Self, VideoError> {
        crate::init();
        let x264 = encoder::find_by_name("libx264").ok_or(VideoError::NoX264)?;
        let refused = VideoError::ffmpeg("open its x264 encoder");
        let mut video = match Context::new_with_codec(x264).encoder().video() {
            Ok(video) => video,
            Err(error) => return Err(refused(error)),
        };
        let rate = Rational(settings.fps as i32, 1);
        video.set_width(settings.width);
        video.set_height(settings.height);
        video.set_format(Pixel::YUV420P);
        video.set_aspect_ratio(Rational(1, 1));
        video.set_time_base(rate.invert());
        video.set_frame_rate(Some(rate));
        video.set_gop(KEYFRAME_INTERVAL);
        video.set_max_b_frames(0);
        video.set_colorspace(color::Space::BT709);
        video.set_color_range(color::Range::MPEG);
        video.set_color_primaries(color::Primaries::BT709);
        video.set_color_transfer_characteristic(color::TransferCharacteristic::BT709);
        video.set_flags(Flags::GLOBAL_HEADER | Flags::CLOSED_GOP);
        let mut options = Dictionary::new();
        for (key, value) in x264_options(settings.crf) {
            options.set(key, &value);
        }
        let encoder = video.open_with(options).map_err(refused)?;
        Ok(Self { encoder, next_pts: 0 })
    }

    pub(crate) fn parameters(&self) -> codec::Parameters {
        codec::Parameters::from(&*self.encoder)
    }

    /// Hands over the next picture. `qp_offset` moves the quantiser of the whole picture (negative: finer).
    pub(crate) fn send(&mut self, picture: &mut frame::Video, key: bool, qp_offset: i32) -> Result<(), VideoError> {
        picture.set_pts(Some(self.next_pts));
        self.next_pts += 1;
        picture.set_kind(if key { picture::Type::I } else { picture::Type::None });
        picture.remove_side_data(side_data::Type::REGIONS_OF_INTEREST);
        if qp_offset != 0 {
            set_region_of_interest(picture, qp_offset)?;
        }
        self.encoder.send_frame(picture).map_err(VideoError::ffmpeg("encode a frame"))
    }

    /// No more pictures.
    pub(crate) fn send_eof(&mut self) -> Result<(), VideoError> {
        self.encoder.send_eof().map_err(VideoError::ffmpeg("end the encoding"))
    }

    /// The next packet, when there is one.
    pub(crate) fn receive(&mut self) -> Result<Option<Packet>, VideoError> {
        let mut packet = Packet::empty();
        match self.encoder.receive_packet(&mut packet) {
            Ok(()) => Ok(Some(packet)),
            Err(ffmpeg_next::Error::Eof) => Ok(None),
            Err(ffmpeg_next::Error::Other { errno }) if errno == ffmpeg_next::error::EAGAIN => Ok(None),
            Err(error) => Err(VideoError::ffmpeg("encode a frame")(error)),
        }
    }
}

/// Moves the quantiser of a whole picture: x264 takes this, of all ways to steer it, for keyframes too (zones have no say over
/// them in CRF mode).
fn set_region_of_interest(picture: &mut frame::Video, qp_offset: i32) -> Result<(), VideoError> {
    let region = ffi::AVRegionOfInterest {
        self_size: size_of::<ffi::AVRegionOfInterest>() as u32,
        top: 0,
        bottom: picture.height() as i32,
        left: 0,
        right: picture.width() as i32,
        // A fraction of the quantiser's range.
        qoffset: ffi::AVRational { num: qp_offset, den: 51 },
    };
    let mut data = picture
        .new_side_data(side_data::Type::REGIONS_OF_INTEREST, size_of_val(&region))
        .ok_or(VideoError::Ffmpeg { action: "allocate side data", source: ffmpeg_next::Error::Bug })?;
    #[allow(unsafe_code, reason = "the wrapper gives no mutable view of side data")]
    // SAFETY: `data` was just allocated with room for one region, belongs to this frame and is referenced from nowhere else.
    unsafe {
        (*data.as_mut_ptr()).data.cast::<ffi::AVRegionOfInterest>().write_unaligned(region);
    }
    Ok(())
}

/// A picture encoded on its own, and how near the result is to it.
pub(crate) struct Intra {
    pub(crate) packet: Packet,
    pub(crate) qp_offset: i32,
    pub(crate) psnr: PlanePsnr,
}

/// Encodes one picture as a keyframe, with the largest quantiser that reaches `target` decibels.
///
/// `keyframes_before` counts those in the stream that the packet shall join: the parity of `idr_pic_id` follows from it, which
/// must differ between neighbours (H.264 7.4.3).
pub(crate) fn intra_at_least(
    settings: &EncodeSettings,
    picture: &mut frame::Video,
    target: f64,
    keyframes_before: u32,
) -> Result<Intra, VideoError> {
    let mut qp_offset = 0;
    loop {
        let mut encoder = H264::open(settings)?;
        for _ in 0..=keyframes_before % 2 {
            encoder.send(picture, true, qp_offset)?;
        }
        encoder.send_eof()?;
        let mut last = None;
        while let Some(packet) = encoder.receive()? {
            last = Some(packet);
        }
        let packet = last.ok_or(VideoError::Ffmpeg { action: "encode a frame", source: ffmpeg_next::Error::Eof })?;
        let decoded = decode_last(encoder.parameters(), std::slice::from_ref(&packet))?;
        let psnr = psnr(picture, &decoded);
        let missing = target - psnr.worst();
        // Lossless from here on: 51 steps finer than the coarsest.
        if missing <= 0.0 || qp_offset <= -51 {
            return Ok(Intra { packet, qp_offset, psnr });
        }
        // A step of the quantiser is worth about 1 dB (six double it), less where it already is fine.
        qp_offset = (qp_offset - (missing.ceil() as i32).max(1)).max(-51);
    }
}

/// Decodes packets that begin with a keyframe and gives the last picture.
pub(crate) fn decode_last(parameters: codec::Parameters, packets: &[Packet]) -> Result<frame::Video, VideoError> {
    let failed = |e| VideoError::ffmpeg("decode what it encoded")(e);
    let mut context = Context::from_parameters(parameters).map_err(failed)?;
    context.set_threading(codec::threading::Config::count(1));
    let mut decoder: decoder::Video = context.decoder().video().map_err(failed)?;
    let mut last = None;
    let mut drain = |decoder: &mut decoder::Video| {
        let mut frame = frame::Video::empty();
        while decoder.receive_frame(&mut frame).is_ok() {
            last = Some(std::mem::replace(&mut frame, frame::Video::empty()));
        }
    };
    for packet in packets {
        decoder.send_packet(packet).map_err(failed)?;
        drain(&mut decoder);
    }
    decoder.send_eof().map_err(failed)?;
    drain(&mut decoder);
    last.ok_or(ffmpeg_next::Error::Eof).map_err(failed)
}
