//! Decoding what FFmpeg itself wrote, and what nobody should have written.

use std::path::{Path, PathBuf};

use ffmpeg_next::format::Pixel;
use ffmpeg_next::software::scaling;
use ffmpeg_next::util::color::{Primaries, Range, Space, TransferCharacteristic};
use ffmpeg_next::{Dictionary, Packet, Rational, codec, format, frame};

use super::{DecodeError, DecodedVideo, Limits, decode, read};

const SIZE: (u32, u32) = (64, 48);

/// A clip to write.
struct Recipe {
    codec: &'static str,
    pixel: Pixel,
    space: Space,
    range: Range,
    fps: u32,
    frames: u32,
    size: (u32, u32),
    /// Of a pixel.
    aspect: (i32, i32),
}

/// Lossless, so that what comes back is exactly our own arithmetic.
const LOSSLESS: Recipe = Recipe {
    codec: "ffv1",
    pixel: Pixel::YUV444P,
    space: Space::BT709,
    range: Range::MPEG,
    fps: 25,
    frames: 3,
    size: SIZE,
    aspect: (1, 1),
};

/// Smooth colours that move, so that halved chroma loses next to nothing.
fn rgb(frame: u32, (w, h): (u32, u32)) -> Vec<u8> {
    let pixel = |x: u32, y: u32| [60 + (x * 120 / w) as u8, 200 - (y * 100 / h) as u8, (40 + 30 * frame) as u8];
    (0..h).flat_map(|y| (0..w).flat_map(move |x| pixel(x, y))).collect()
}

fn source(recipe: &Recipe, index: u32) -> frame::Video {
    let (w, h) = recipe.size;
    let mut packed = frame::Video::new(Pixel::RGB24, w, h);
    let stride = packed.stride(0);
    for (row, out) in rgb(index, recipe.size).chunks(3 * w as usize).zip(packed.data_mut(0).chunks_mut(stride)) {
        out[..row.len()].copy_from_slice(row);
    }
    packed
}

/// RGB to the recipe's format, in floating point and from the definitions, for planar 4:4:4; by the scaler for others (which
/// knows only BT.601 unless told).
fn picture(recipe: &Recipe, index: u32) -> frame::Video {
    let packed = source(recipe, index);
    let (w, h) = recipe.size;
    let mut out = frame::Video::new(recipe.pixel, w, h);
    if recipe.pixel == Pixel::YUV444P {
        let (kr, kb) = if recipe.space == Space::BT709 { (0.2126, 0.0722) } else { (0.299, 0.114) };
        let (black, luma, chroma) = if recipe.range == Range::JPEG { (0.0, 255.0, 255.0) } else { (16.0, 219.0, 224.0) };
        for (i, p) in rgb(index, recipe.size).chunks(3).enumerate() {
            let [r, g, b] = [p[0], p[1], p[2]].map(|v| f64::from(v) / 255.0);
            let y = kr * r + (1.0 - kr - kb) * g + kb * b;
            let planes =
                [black + luma * y, 128.0 + chroma * (b - y) / (2.0 - 2.0 * kb), 128.0 + chroma * (r - y) / (2.0 - 2.0 * kr)];
            for (plane, value) in planes.into_iter().enumerate() {
                let at = i / w as usize * out.stride(plane) + i % w as usize;
                out.data_mut(plane)[at] = value.round() as u8;
            }
        }
    } else if recipe.pixel == Pixel::RGB24 {
        return packed;
    } else {
        let flags = scaling::Flags::ACCURATE_RND | scaling::Flags::BICUBIC | scaling::Flags::FULL_CHR_H_INP;
        scaling::Context::get(Pixel::RGB24, w, h, recipe.pixel, w, h, flags).unwrap().run(&packed, &mut out).unwrap();
    }
    out
}

fn write(path: &Path, recipe: &Recipe) {
    ffmpeg_next::init().unwrap();
    ffmpeg_next::log::set_level(ffmpeg_next::log::Level::Fatal);
    let mut out = format::output(path).unwrap();
    let found = codec::encoder::find_by_name(recipe.codec).unwrap();
    let mut video = codec::Context::new_with_codec(found).encoder().video().unwrap();
    let rate = Rational(recipe.fps as i32, 1);
    video.set_width(recipe.size.0);
    video.set_height(recipe.size.1);
    video.set_format(recipe.pixel);
    video.set_time_base(rate.invert());
    video.set_frame_rate(Some(rate));
    video.set_aspect_ratio(recipe.aspect);
    video.set_colorspace(recipe.space);
    video.set_color_range(recipe.range);
    if recipe.space == Space::BT709 {
        video.set_color_primaries(Primaries::BT709);
        video.set_color_transfer_characteristic(TransferCharacteristic::BT709);
    }
    video.set_flags(codec::Flags::GLOBAL_HEADER);
    let mut options = Dictionary::new();
    options.set("threads", "1");
    options.set("strict", "-2");
    if recipe.codec == "libx264" {
        options.set("crf", "4");
    } else {
        options.set("qscale", "2");
    }
    let mut encoder = video.open_with(options).unwrap();
    let mut stream = out.add_stream(None::<ffmpeg_next::Codec>).unwrap();
    stream.set_parameters(&*encoder);
    stream.set_time_base(rate.invert());
    stream.set_avg_frame_rate(rate);
    out.write_header_with([("movflags", "+faststart")].into_iter().collect()).unwrap();
    let base = out.stream(0).unwrap().time_base();
    let mut drain = |encoder: &mut codec::encoder::Video| {
        let mut packet = Packet::empty();
        while encoder.receive_packet(&mut packet).is_ok() {
            packet.set_stream(0);
            packet.set_duration(1);
            packet.rescale_ts(rate.invert(), base);
            packet.write_interleaved(&mut out).unwrap();
        }
    };
    for index in 0..recipe.frames {
        let mut picture = picture(recipe, index);
        picture.set_pts(Some(i64::from(index)));
        encoder.send_frame(&picture).unwrap();
        drain(&mut encoder);
    }
    encoder.send_eof().unwrap();
    drain(&mut encoder);
    out.write_trailer().unwrap();
}

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}

fn all(path: &Path) -> Result<DecodedVideo, DecodeError> {
    decode(path, &Limits::default())
}

/// The largest and the mean difference from what was written.
fn differences(video: &DecodedVideo, recipe: &Recipe) -> (u8, f64) {
    assert_eq!(video.frames.len(), recipe.frames as usize);
    let mut all = Vec::new();
    for (index, frame) in video.frames.iter().enumerate() {
        assert_eq!((frame.width, frame.height), recipe.size);
        all.extend(frame.rgb.iter().zip(rgb(index as u32, recipe.size)).map(|(a, b)| a.abs_diff(b)));
    }
    (*all.iter().max().unwrap(), all.iter().map(|&d| f64::from(d)).sum::<f64>() / all.len() as f64)
}

#[test]
fn tags_of_matrix_and_range_are_honoured() {
    let dir = Folder::new();
    for space in [Space::BT709, Space::SMPTE170M, Space::BT470BG, Space::Unspecified] {
        for range in [Range::MPEG, Range::JPEG] {
            let recipe = Recipe { space, range, ..LOSSLESS };
            let path = dir.file("clip.mkv");
            write(&path, &recipe);
            let (largest, _) = differences(&all(&path).unwrap(), &recipe);
            assert!(largest <= 2, "{space:?} {range:?}: off by {largest}");
        }
    }
}

#[test]
fn every_common_pixel_format_gives_its_colours() {
    let dir = Folder::new();
    for (codec, pixel) in [
        ("ffv1", Pixel::YUV420P),
        ("ffv1", Pixel::YUV422P),
        ("ffv1", Pixel::YUV440P),
        ("ffv1", Pixel::YUV420P10LE),
        ("ffv1", Pixel::YUV422P10LE),
        ("ffv1", Pixel::YUV444P12LE),
        ("ffv1", Pixel::YUV444P16LE),
        ("ffv1", Pixel::YUV411P),
        ("ffv1", Pixel::GBRP10LE),
        ("ffv1", Pixel::BGRZ),
        ("rawvideo", Pixel::NV12),
        ("rawvideo", Pixel::RGB24),
        ("rawvideo", Pixel::YUYV422),
        ("libx264", Pixel::YUV444P10LE),
        ("mpeg4", Pixel::YUV420P),
        ("mjpeg", Pixel::YUVJ420P),
        ("prores_ks", Pixel::YUV422P10LE),
        ("qtrle", Pixel::ARGB),
        ("libaom-av1", Pixel::YUV420P),
        ("gif", Pixel::RGB8),
    ] {
        if codec::encoder::find_by_name(codec).is_none() {
            continue;
        }
        // What the scaler writes is BT.601; the others do not say.
        let range = if pixel == Pixel::YUVJ420P { Range::JPEG } else { Range::Unspecified };
        let recipe = Recipe { codec, pixel, space: Space::Unspecified, range, ..LOSSLESS };
        let path = dir.file(match codec {
            "rawvideo" => "clip.nut",
            "prores_ks" | "qtrle" => "clip.mov",
            "gif" => "clip.gif",
            _ => "clip.mkv",
        });
        write(&path, &recipe);
        let (largest, mean) = differences(&all(&path).unwrap(), &recipe);
        // Of 256 colours each is up to half a step of its channel away.
        let (most, fair) = if codec == "gif" { (85, 24.0) } else { (12, 1.7) };
        assert!(largest <= most && mean < fair, "{codec} {pixel:?}: off by {largest}, {mean:.2} in the mean");
    }
}

#[test]
fn odd_sizes_are_taken() {
    let dir = Folder::new();
    for size in [(17, 9), (33, 18), (1, 1), (2, 3)] {
        let recipe = Recipe { size, pixel: Pixel::YUV420P, space: Space::Unspecified, ..LOSSLESS };
        let path = dir.file("clip.mkv");
        write(&path, &recipe);
        let video = all(&path).unwrap();
        assert!(video.frames.iter().all(|f| (f.width, f.height) == size && f.rgb.len() == (3 * size.0 * size.1) as usize));
    }
}

#[test]
fn rate_is_the_containers_whatever_its_ticks() {
    let dir = Folder::new();
    for (name, fps, frames) in [("a.mp4", 30, 10), ("b.mkv", 30, 10), ("c.mp4", 16, 2), ("d.mp4", 24, 1), ("e.avi", 8, 5)] {
        let codec = if name == "e.avi" { "mpeg4" } else { "libx264" };
        let path = dir.file(name);
        write(&path, &Recipe { codec, pixel: Pixel::YUV420P, fps, frames, ..LOSSLESS });
        let video = all(&path).unwrap();
        assert_eq!((video.frames.len(), video.fps), (frames as usize, f64::from(fps)), "{name}");
    }
}

/// x264 with its defaults holds frames back to reorder them.
#[test]
fn frames_come_in_the_order_of_display() {
    let dir = Folder::new();
    let path = dir.file("clip.mp4");
    let recipe = Recipe { codec: "libx264", pixel: Pixel::YUV420P, frames: 6, space: Space::Unspecified, ..LOSSLESS };
    write(&path, &recipe);
    let (_, mean) = differences(&all(&path).unwrap(), &recipe);
    assert!(mean < 2.0, "{mean}");
}

#[test]
fn reading_stops_when_told() {
    let dir = Folder::new();
    let path = dir.file("clip.mkv");
    write(&path, &Recipe { frames: 9, ..LOSSLESS });
    let mut seen = 0;
    let info = read(&path, &mut |_| {
        seen += 1;
        seen < 4
    });
    assert_eq!((seen, info.unwrap().frames), (4, 4));
}

#[test]
fn limits_hold() {
    let dir = Folder::new();
    let path = dir.file("clip.mkv");
    write(&path, &Recipe { frames: 9, ..LOSSLESS });
    let limits = Limits::default();
    for (limits, word) in [
        (Limits { frames: 8, ..limits }, "8 frames"),
        (Limits { side: 63, ..limits }, "64x48"),
        (Limits { bytes: 64 * 48 * 3 * 5, ..limits }, "MiB"),
    ] {
        let error = decode(&path, &limits).err().unwrap();
        assert!(matches!(&error, DecodeError::TooLarge(text) if text.contains(word)), "{error}");
    }
    assert!(decode(&path, &Limits { frames: 9, side: 64, bytes: 64 * 48 * 3 * 9 }).is_ok());
}

#[test]
fn what_is_no_video_is_refused() {
    let dir = Folder::new();
    for (name, content) in
        [("empty.mp4", &b""[..]), ("text.mp4", &b"hello, this is a text\n".repeat(100)), ("zero.mp4", &[0; 5000])]
    {
        let path = dir.file(name);
        std::fs::write(&path, content).unwrap();
        assert!(matches!(all(&path).err(), Some(DecodeError::NotAVideo(_))), "{name}");
    }
    assert!(matches!(all(&dir.file("missing.mp4")).err(), Some(DecodeError::Io(_))));
    assert!(matches!(all(dir.0.path()).err(), Some(DecodeError::NotAVideo(_) | DecodeError::Io(_))));
}

#[test]
fn a_clip_cut_short_is_an_error() {
    let dir = Folder::new();
    let (path, cut) = (dir.file("clip.mp4"), dir.file("cut.mp4"));
    write(&path, &Recipe { codec: "libx264", pixel: Pixel::YUV420P, frames: 30, ..LOSSLESS });
    let bytes = std::fs::read(&path).unwrap();
    for length in [bytes.len() - 1, bytes.len() * 9 / 10, bytes.len() / 2, 900, 200, 30] {
        std::fs::write(&cut, &bytes[..length]).unwrap();
        let result = all(&cut);
        let error = result.err().unwrap_or_else(|| panic!("{length} of {} bytes decode", bytes.len()));
        assert!(matches!(error, DecodeError::Damaged { .. } | DecodeError::NotAVideo(_)), "{length}: {error}");
    }
}

/// Whatever is in the file: an answer or an error, never a panic, and never frames of a size that does not fit their bytes.
#[test]
fn bytes_changed_at_random_never_panic() {
    let dir = Folder::new();
    let mut state = 1_u32;
    let mut random = |below: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % below
    };
    for (name, codec, pixel) in [("clip.mp4", "libx264", Pixel::YUV420P), ("clip.mkv", "ffv1", Pixel::YUV422P10LE)] {
        let path = dir.file(name);
        write(&path, &Recipe { codec, pixel, frames: 5, ..LOSSLESS });
        let bytes = std::fs::read(&path).unwrap();
        for _ in 0..60 {
            let mut broken = bytes.clone();
            for _ in 0..1 + random(20) {
                let at = random(broken.len());
                broken[at] = random(256) as u8;
            }
            std::fs::write(&path, &broken).unwrap();
            if let Ok(video) = all(&path) {
                assert!(video.frames.iter().all(|f| f.rgb.len() == (3 * f.width * f.height) as usize));
                assert!(video.fps.is_finite() && video.fps > 0.0);
            }
        }
    }
}

#[test]
fn pictures_are_turned_as_the_file_says() {
    let dir = Folder::new();
    let path = dir.file("clip.mp4");
    write(&path, &Recipe { codec: "libx264", pixel: Pixel::YUV420P, ..LOSSLESS });
    let plain = all(&path).unwrap().frames.swap_remove(0);
    // The matrix of the track's header stands 40 bytes behind its name (ISO/IEC 14496-12, 8.3.2).
    let mut bytes = std::fs::read(&path).unwrap();
    let at = bytes.windows(4).position(|w| w == b"tkhd").unwrap() + 4 + 40;
    for (numbers, size) in [([0_i32, 1, -1, 0], (48, 64)), ([-1, 0, 0, -1], (64, 48)), ([0, -1, 1, 0], (48, 64))] {
        for (place, number) in [0, 1, 3, 4].into_iter().zip(numbers) {
            bytes[at + 4 * place..at + 4 * place + 4].copy_from_slice(&(number << 16).to_be_bytes());
        }
        std::fs::write(&path, &bytes).unwrap();
        let turned = all(&path).unwrap().frames.swap_remove(0);
        assert_eq!((turned.width, turned.height), size);
        // Where the first pixel of the file is shown: in the corner that the matrix moves it to.
        let [a, b, c, d] = numbers;
        let corner = [a + c < 0, b + d < 0].map(usize::from);
        let (across, down) = (size.0 as usize, size.1 as usize);
        let to = 3 * (corner[1] * (down - 1) * across + corner[0] * (across - 1));
        assert_eq!(turned.rgb[to..to + 3], plain.rgb[..3], "{numbers:?}");
    }
}

#[test]
fn pixels_are_made_square() {
    let dir = Folder::new();
    let path = dir.file("clip.mp4");
    for (aspect, size) in [((4, 3), (85, 48)), ((3, 4), (64, 64)), ((1, 1), SIZE)] {
        write(&path, &Recipe { codec: "libx264", pixel: Pixel::YUV420P, aspect, ..LOSSLESS });
        let video = all(&path).unwrap();
        assert!(video.frames.iter().all(|f| (f.width, f.height) == size), "{aspect:?}");
    }
}

#[test]
fn a_picture_by_another_name_is_no_video() {
    let dir = Folder::new();
    let path = dir.file("clip.mp4");
    image::save_buffer_with_format(&path, &rgb(0, SIZE), SIZE.0, SIZE.1, image::ColorType::Rgb8, image::ImageFormat::Png)
        .unwrap();
    let error = all(&path).err().unwrap();
    assert!(matches!(&error, DecodeError::NotAVideo(why) if why.contains("single picture")), "{error}");
}
