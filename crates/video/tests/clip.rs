//! What a clip promises: form, quality at its ends, the cut, the same bytes every time, and clear refusals.

use std::path::{Path, PathBuf};

use raytruth_video::{CodedFrame, Decoder, EncodeReport, EncodeSettings, Encoder, KEYFRAME_INTERVAL, VideoError, cut, probe};

const SIZE: (u32, u32) = (96, 64);

/// A scene that is hard on an encoder, different in every frame.
#[derive(Clone, Copy, Debug)]
enum Content {
    /// A square that moves over a gradient.
    Calm,
    /// Fully saturated bars, one to four pixels wide, that move.
    Saturated,
    /// Noise of full amplitude, new in every frame.
    Noise,
}

fn picture(content: Content, frame: u32) -> Vec<u8> {
    let (w, h) = SIZE;
    let mut state = 0x9E37_79B9_u32.wrapping_mul(frame + 1) | 1;
    let mut rgb = Vec::with_capacity((3 * w * h) as usize);
    for y in 0..h {
        for x in 0..w {
            let pixel = match content {
                Content::Calm => {
                    let inside = (x + 96 - 2 * frame) % 96 < 16 && (20..36).contains(&y);
                    if inside { [200, 60, 40] } else { [(x * 2) as u8, (y * 3) as u8, 90] }
                }
                Content::Saturated => {
                    let bar = (x + frame) / (1 + y / 16);
                    [[255, 0, 0], [0, 0, 255], [0, 255, 0], [255, 0, 255]][(bar % 4) as usize]
                }
                Content::Noise => std::array::from_fn(|_| {
                    state ^= state << 13;
                    state ^= state >> 17;
                    state ^= state << 5;
                    (state >> 24) as u8
                }),
            };
            rgb.extend_from_slice(&pixel);
        }
    }
    rgb
}

fn encode(path: &Path, content: Content, settings: &EncodeSettings) -> EncodeReport {
    let mut encoder = Encoder::create(path, settings).unwrap();
    for frame in 0..settings.frames {
        encoder.push(&picture(content, frame)).unwrap();
    }
    encoder.finish().unwrap()
}

fn settings(frames: u32) -> EncodeSettings {
    EncodeSettings::new(SIZE.0, SIZE.1, 30, frames)
}

fn frames(path: &Path) -> Vec<CodedFrame> {
    Decoder::open(path).unwrap().map(Result::unwrap).collect()
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

/// Checks form, rate, tags, order of the boxes and keyframes of one file.
fn check_form(path: &Path, count: usize, fps: i32, keyframes_wanted: &[usize]) {
    let info = probe(path).unwrap();
    assert_eq!((info.codec.as_str(), info.profile.as_str(), info.pixel_format.as_str()), ("h264", "High", "yuv420p"));
    assert_eq!((info.width, info.height), SIZE);
    assert_eq!((info.average_rate, info.base_rate), ((fps, 1), (fps, 1)));
    assert_eq!((info.frames, info.reorder_delay, info.start), (count as u64, 0, 0));
    assert!(info.bt709, "colour tags");
    let decoded = frames(path);
    assert_eq!(decoded.len(), count);
    let keys: Vec<usize> = (0..count).filter(|&i| decoded[i].keyframe).collect();
    assert_eq!(keys[0], 0);
    let ends = keys.iter().copied().skip(1).chain([count]);
    assert!(keys.iter().zip(ends).all(|(a, b)| b - a <= KEYFRAME_INTERVAL as usize), "keyframes at {keys:?}");
    assert!(keyframes_wanted.iter().all(|k| keys.contains(k)), "keyframes at {keys:?}, not at {keyframes_wanted:?}");
    let bytes = std::fs::read(path).unwrap();
    let at = |name: &[u8]| bytes.windows(4).position(|w| w == name).unwrap();
    assert!(at(b"moov") < at(b"mdat"), "index in front");
    assert!(bytes.windows(4).any(|w| w == b"colr"), "colour tagged in the container");
}

#[test]
fn clip_and_its_parts_have_the_promised_form() {
    let dir = Folder::new();
    for (frames_in, split, fps) in [(60, 25, 30), (40, 12, 16), (13, 1, 24), (13, 12, 30), (2, 1, 30), (30, 29, 60)] {
        let settings = EncodeSettings { fps, crf: 18 + split % 4, ..settings(frames_in).with_split(split) };
        let [clip, first, last] = ["clip.mp4", "first.mp4", "last.mp4"].map(|n| dir.file(n));
        let report = encode(&clip, Content::Calm, &settings);
        assert_eq!((report.frames, report.crf, report.bytes), (frames_in, settings.crf, std::fs::metadata(&clip).unwrap().len()));
        cut(&clip, split, &first, &last).unwrap();
        let (n, s) = (frames_in as usize, split as usize);
        check_form(&clip, n, fps as i32, &[s]);
        check_form(&first, s, fps as i32, &[]);
        check_form(&last, n - s, fps as i32, &[]);
        let joined: Vec<_> = [frames(&first), frames(&last)].concat();
        assert!(joined == frames(&clip), "parts differ from the clip, split {split} of {frames_in}");
    }
}

#[test]
fn one_frame_is_a_clip() {
    let dir = Folder::new();
    for content in [Content::Calm, Content::Noise] {
        let clip = dir.file("clip.mp4");
        let report = encode(&clip, content, &settings(1));
        assert_eq!(report.first, report.last);
        assert!(report.first.luma >= 41.0 && report.first.yuv >= 41.0, "{report:?}");
        check_form(&clip, 1, 30, &[]);
    }
}

#[test]
fn end_frames_are_near_what_was_pushed_whatever_it_was() {
    let dir = Folder::new();
    // 25 of 26 puts a forced keyframe right before the last frame; 24 and 25 frames end on and after a regular one.
    for content in [Content::Calm, Content::Saturated, Content::Noise] {
        for (n, split) in [(24, 10), (25, 10), (26, 24), (26, 25), (2, 1), (3, 1), (15, 12)] {
            let clip = dir.file("clip.mp4");
            let report = encode(&clip, content, &settings(n).with_split(split));
            let decoded = frames(&clip);
            assert_eq!(decoded.len(), n as usize, "{content:?} {n}");
            for (end, frame) in [(report.first, 0), (report.last, n - 1)] {
                let measured = psnr(&decoded[frame as usize], &reference(&picture(content, frame)));
                assert!((measured.0 - end.luma).abs() < 0.2 && (measured.1 - end.yuv).abs() < 0.2, "{measured:?} {end:?}");
                assert!(measured.0 >= 40.8 && measured.1 >= 40.8, "{content:?} {n} frame {frame}: {measured:?} {end:?}");
            }
        }
    }
}

#[test]
fn only_the_end_frames_get_more_bits_and_only_where_needed() {
    let dir = Folder::new();
    let calm = encode(&dir.file("calm.mp4"), Content::Calm, &settings(20));
    assert_eq!((calm.first.extra_quality, calm.last.extra_quality), (0, 0), "{calm:?}");
    let noise = dir.file("noise.mp4");
    let report = encode(&noise, Content::Noise, &settings(20));
    assert!(report.first.extra_quality > 0 && report.last.extra_quality > 0, "{report:?}");
    let middle = psnr(&frames(&noise)[10], &reference(&picture(Content::Noise, 10)));
    assert!(middle.0 < report.first.luma - 1.0 && middle.0 < report.last.luma - 1.0, "{middle:?} {report:?}");
}

#[test]
fn same_frames_give_the_same_bytes() {
    let dir = Folder::new();
    let bytes: Vec<_> = (0..2)
        .map(|run| {
            let [clip, first, last] = ["clip", "first", "last"].map(|n| dir.file(&format!("{n}{run}.mp4")));
            encode(&clip, Content::Noise, &settings(20).with_split(7));
            cut(&clip, 7, &first, &last).unwrap();
            [clip, first, last].map(|p| std::fs::read(p).unwrap())
        })
        .collect();
    assert!(bytes[0] == bytes[1]);
}

/// Clips encoded side by side, in memory that other clips have left: x264's code for AVX-512 gave one in 500 other bytes here.
#[test]
fn same_frames_give_the_same_bytes_beside_others() {
    let dir = Folder::new();
    let small = EncodeSettings::new(64, 40, 8, 8).with_split(4);
    let pictures: Vec<Vec<u8>> = (0..8).map(|shift| small_picture(10 + 3 * shift)).collect();
    let make = |path: &Path| {
        let mut encoder = Encoder::create(path, &small).unwrap();
        for picture in &pictures {
            encoder.push(picture).unwrap();
        }
        encoder.finish().unwrap();
        std::fs::read(path).unwrap()
    };
    let alone = make(&dir.file("alone.mp4"));
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let (path, make, alone) = (dir.file(&format!("{thread}.mp4")), &make, &alone);
            scope.spawn(move || assert!((0..250).all(|_| make(&path) == *alone)));
        }
    });
}

/// 64x40: a red box on noisy grey.
fn small_picture(left: u32) -> Vec<u8> {
    let pixel = |i: u32| {
        let inside = (left..left + 12).contains(&(i % 64)) && (14..26).contains(&(i / 64));
        let noise = (i.wrapping_mul(2_654_435_761).wrapping_add(77_777_777) >> 30) as u8;
        if inside { [228, 57, 57] } else { [140; 3] }.map(|c: u8| c + noise)
    };
    (0..64 * 40).flat_map(pixel).collect()
}

#[test]
fn bad_settings_are_refused_by_name() {
    let dir = Folder::new();
    let good = settings(10);
    for (bad, word) in [
        (EncodeSettings { width: 0, ..good }, "size 0x64"),
        (EncodeSettings { width: 95, ..good }, "even"),
        (EncodeSettings { height: 63, ..good }, "even"),
        (EncodeSettings { width: 100_000, ..good }, "8192"),
        (EncodeSettings { fps: 0, ..good }, "frames per second"),
        (EncodeSettings { frames: 0, ..good }, "at least one frame"),
        (good.with_split(0), "split"),
        (good.with_split(10), "split"),
        (EncodeSettings { crf: 52, ..good }, "CRF"),
        (EncodeSettings { end_psnr: f64::NAN, ..good }, "dB"),
    ] {
        let path = dir.file("refused.mp4");
        let error = Encoder::create(&path, &bad).err().unwrap();
        assert!(matches!(error, VideoError::Settings(_)) && error.to_string().contains(word), "{error}");
        assert!(!path.exists());
    }
}

#[test]
fn wrong_frames_are_refused() {
    let dir = Folder::new();
    let mut encoder = Encoder::create(dir.file("a.mp4"), &settings(1)).unwrap();
    assert!(encoder.push(&[0; 10]).unwrap_err().to_string().contains("10 bytes"));
    encoder.push(&picture(Content::Calm, 0)).unwrap();
    assert!(encoder.push(&picture(Content::Calm, 1)).unwrap_err().to_string().contains("more than the 1"));
    let mut encoder = Encoder::create(dir.file("b.mp4"), &settings(3)).unwrap();
    encoder.push(&picture(Content::Calm, 0)).unwrap();
    assert!(encoder.finish().unwrap_err().to_string().contains("1 of the 3"));
}

#[test]
fn unwritable_places_are_named() {
    let dir = Folder::new();
    let path = dir.file("no/such/folder/clip.mp4");
    let error = Encoder::create(&path, &settings(1)).err().unwrap();
    assert!(matches!(&error, VideoError::Io { path: p, .. } if *p == path), "{error}");
}

#[cfg(target_os = "linux")]
#[test]
fn full_disk_is_reported() {
    // Whether at the head, a frame or the index: never success.
    let result = Encoder::create("/dev/full", &settings(3)).and_then(|mut encoder| {
        for frame in 0..3 {
            encoder.push(&picture(Content::Noise, frame))?;
        }
        encoder.finish()
    });
    let error = result.unwrap_err();
    assert!(error.to_string().contains("No space left"), "{error}");
}

#[test]
fn paths_with_odd_characters_work() {
    let dir = Folder::new();
    let clip = dir.file("a:b %d ü 'x'.mp4");
    encode(&clip, Content::Calm, &settings(2));
    assert_eq!(frames(&clip).len(), 2);
}

#[test]
fn clips_that_cannot_be_cut_are_refused() {
    let dir = Folder::new();
    let [clip, first, last] = ["clip.mp4", "first.mp4", "last.mp4"].map(|n| dir.file(n));
    encode(&clip, Content::Calm, &settings(20).with_split(5));
    assert!(cut(&clip, 7, &first, &last).unwrap_err().to_string().contains("no keyframe"));
    for split in [0, 20, 21] {
        let error = cut(&clip, split, &first, &last).unwrap_err().to_string();
        assert!(error.contains(&format!("at frame {split}")), "{error}");
    }
    let missing = dir.file("missing.mp4");
    assert!(cut(&missing, 1, &first, &last).unwrap_err().to_string().contains("missing.mp4"));
    let garbage = dir.file("garbage.mp4");
    std::fs::write(&garbage, b"not a video at all").unwrap();
    assert!(cut(&garbage, 1, &first, &last).unwrap_err().to_string().contains("garbage.mp4"));
}

#[test]
fn library_versions_are_told() {
    let versions = raytruth_video::self_check().unwrap();
    assert!(versions.libavcodec.split('.').count() == 3);
    assert!(versions.x264.unwrap().starts_with("core "));
    assert!(versions.x264_options.unwrap().contains("bframes=0"));
}

/// 4:2:0 of a picture in floating point, written down from the standard a second time.
fn reference(rgb: &[u8]) -> CodedFrame {
    let (w, h) = (SIZE.0 as usize, SIZE.1 as usize);
    let at = |x: usize, y: usize| -> [f64; 3] { std::array::from_fn(|c| f64::from(rgb[3 * (y * w + x) + c])) };
    let luma = |p: [f64; 3]| 0.2126 * p[0] + 0.7152 * p[1] + 0.0722 * p[2];
    let y_plane = (0..w * h).map(|i| (16.0 + luma(at(i % w, i / w)) * 219.0 / 255.0).round() as u8).collect();
    let cubic = |x: f64| match x.abs() {
        x if x < 1.0 => 1.4 * x.powi(3) - 2.4 * x * x + 1.0,
        x if x < 2.0 => -0.6 * x.powi(3) + 3.0 * x * x - 4.8 * x + 2.4,
        _ => 0.0,
    };
    let chroma = |which: usize, span: f64| {
        let mut plane = Vec::new();
        for j in 0..h as i32 / 2 {
            for i in 0..w / 2 {
                let mut sum = 0.0;
                for y in 2 * j - 3..=2 * j + 4 {
                    for x in [2 * i, 2 * i + 1] {
                        let p = at(x, y.clamp(0, h as i32 - 1) as usize);
                        sum += cubic((f64::from(y - 2 * j) - 0.5) / 2.0) / 4.0 * (p[which] - luma(p)) / span;
                    }
                }
                plane.push((128.0 + 224.0 * sum / 255.0).round().clamp(1.0, 254.0) as u8);
            }
        }
        plane
    };
    CodedFrame { keyframe: true, planes: [y_plane, chroma(2, 1.8556), chroma(0, 1.5748)] }
}

fn psnr(a: &CodedFrame, b: &CodedFrame) -> (f64, f64) {
    let squares =
        |p: usize| -> f64 { a.planes[p].iter().zip(&b.planes[p]).map(|(&x, &y)| (f64::from(x) - f64::from(y)).powi(2)).sum() };
    let ratio = |sum: f64, n: usize| 10.0 * (255.0 * 255.0 * n as f64 / sum.max(1e-9)).log10();
    let n = a.planes[0].len();
    (ratio(squares(0), n), ratio(squares(0) + squares(1) + squares(2), n * 3 / 2))
}
