//! A decoded picture, whatever its pixel format, to RGB.

use std::borrow::Cow;

use ffmpeg_next::format::Pixel;
use ffmpeg_next::software::scaling;
use ffmpeg_next::util::color::{Range, Space};
use ffmpeg_next::{chroma, frame};

use super::DecodeError;
use super::rgb::{Chroma, Colour, Matrix, Plane, Siting, to_rgb};
use crate::Frame;

/// How a pixel format keeps its samples.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Layout {
    /// Planes Y, Cb, Cr; chroma halved (`1`) or not (`0`) across and down; bits a sample.
    Yuv { across: u32, down: u32, depth: u32 },
    /// A plane Y and one with Cb and Cr in turn, 4:2:0; `first` is where Cb stands; samples are `depth` bits at the top of 8 or 16.
    Interleaved { first: usize, depth: u32 },
    /// One plane.
    Gray { depth: u32 },
    /// Planes G, B, R.
    Gbr { depth: u32 },
    /// One plane of `step` bytes a pixel, with R, G and B at these places.
    Packed { step: usize, rgb: [usize; 3] },
}

fn layout(format: Pixel) -> Option<Layout> {
    let yuv = |across, down, depth| Layout::Yuv { across, down, depth };
    let packed = |step, rgb| Layout::Packed { step, rgb };
    Some(match format {
        Pixel::YUV420P | Pixel::YUVJ420P | Pixel::YUVA420P => yuv(1, 1, 8),
        Pixel::YUV422P | Pixel::YUVJ422P | Pixel::YUVA422P => yuv(1, 0, 8),
        Pixel::YUV444P | Pixel::YUVJ444P | Pixel::YUVA444P => yuv(0, 0, 8),
        Pixel::YUV440P | Pixel::YUVJ440P => yuv(0, 1, 8),
        Pixel::YUV420P9LE => yuv(1, 1, 9),
        Pixel::YUV420P10LE => yuv(1, 1, 10),
        Pixel::YUV422P10LE => yuv(1, 0, 10),
        Pixel::YUV444P10LE => yuv(0, 0, 10),
        Pixel::YUV420P12LE => yuv(1, 1, 12),
        Pixel::YUV422P12LE => yuv(1, 0, 12),
        Pixel::YUV444P12LE => yuv(0, 0, 12),
        Pixel::YUV420P16LE => yuv(1, 1, 16),
        Pixel::YUV444P16LE => yuv(0, 0, 16),
        Pixel::NV12 => Layout::Interleaved { first: 0, depth: 8 },
        Pixel::NV21 => Layout::Interleaved { first: 1, depth: 8 },
        Pixel::P010LE => Layout::Interleaved { first: 0, depth: 16 },
        Pixel::GRAY8 => Layout::Gray { depth: 8 },
        Pixel::GRAY10LE => Layout::Gray { depth: 10 },
        Pixel::GRAY12LE => Layout::Gray { depth: 12 },
        Pixel::GRAY16LE => Layout::Gray { depth: 16 },
        Pixel::GBRP | Pixel::GBRAP => Layout::Gbr { depth: 8 },
        Pixel::GBRP10LE => Layout::Gbr { depth: 10 },
        Pixel::GBRP12LE => Layout::Gbr { depth: 12 },
        Pixel::RGB24 => packed(3, [0, 1, 2]),
        Pixel::BGR24 => packed(3, [2, 1, 0]),
        Pixel::RGBA | Pixel::RGBZ => packed(4, [0, 1, 2]),
        Pixel::BGRA | Pixel::BGRZ => packed(4, [2, 1, 0]),
        Pixel::ARGB | Pixel::ZRGB => packed(4, [1, 2, 3]),
        Pixel::ABGR | Pixel::ZBGR => packed(4, [3, 2, 1]),
        _ => return None,
    })
}

/// Keeps the scaler for formats of the last resort from frame to frame.
#[derive(Default)]
pub(super) struct Converter {
    scaler: Option<scaling::Context>,
}

impl Converter {
    pub(super) fn convert(&mut self, picture: &frame::Video) -> Result<Frame, DecodeError> {
        // A picture stored bottom up has negative strides, which the wrapper cannot give as a slice.
        let upright = (0..picture.planes()).all(|p| picture.stride(p) <= i32::MAX as usize);
        match layout(picture.format()).filter(|_| upright) {
            Some(layout) => rgb_of(picture, layout, Colour::of(picture)),
            None => self.through_scaler(picture),
        }
    }

    /// Formats that are rare enough (palettes, packed 4:2:2, 4:1:1, ...) to leave to FFmpeg's scaler, which only rearranges: the
    /// colours of YCbCr are still ours to convert.
    fn through_scaler(&mut self, picture: &frame::Video) -> Result<Frame, DecodeError> {
        let (format, width, height) = (picture.format(), picture.width(), picture.height());
        let name = format.descriptor().map_or("", |d| d.name());
        let full_range = name.starts_with("yuvj");
        let target = match name {
            _ if ["rgb", "bgr", "gbr", "pal", "gray", "mono", "bayer", "xyz", "ya"].iter().any(|s| name.contains(s)) => {
                Pixel::RGB24
            }
            _ if full_range => Pixel::YUVJ444P,
            _ => Pixel::YUV444P,
        };
        let flags = scaling::Flags::BICUBIC | scaling::Flags::ACCURATE_RND;
        let unusable = |e| DecodeError::NotAVideo(format!("pixel format {name}: {e}"));
        let (from, to) = (
            scaling::context::Definition { format, width, height },
            scaling::context::Definition { format: target, width, height },
        );
        let fits = self.scaler.as_ref().is_some_and(|s| *s.input() == from && *s.output() == to);
        if !fits {
            let made = scaling::Context::get(format, width, height, target, width, height, flags).map_err(unusable)?;
            self.scaler = Some(made);
        }
        let mut out = frame::Video::empty();
        if let Some(scaler) = &mut self.scaler {
            scaler.run(picture, &mut out).map_err(unusable)?;
        }
        let colour = Colour { full_range: full_range || picture.color_range() == Range::JPEG, ..Colour::of(picture) };
        let layout = layout(target).ok_or_else(|| DecodeError::NotAVideo(format!("pixel format {name}")))?;
        rgb_of(&out, layout, colour)
    }
}

impl Colour {
    /// What the picture is tagged as.
    fn of(picture: &frame::Video) -> Self {
        let full_range = match picture.color_range() {
            Range::JPEG => true,
            Range::MPEG => false,
            Range::Unspecified => {
                matches!(picture.format(), Pixel::YUVJ420P | Pixel::YUVJ422P | Pixel::YUVJ444P | Pixel::YUVJ440P)
            }
        };
        let matrix = match picture.color_space() {
            Space::RGB => Matrix::Identity,
            Space::BT709 => Matrix::Bt709,
            Space::SMPTE240M => Matrix::Smpte240,
            Space::BT2020NCL | Space::BT2020CL => Matrix::Bt2020,
            // What writes video without saying how (OpenCV, imageio, FFmpeg from RGB) uses BT.601 at every size.
            _ => Matrix::Bt601,
        };
        let siting = match picture.chroma_location() {
            chroma::Location::Center => Siting { left: false, top: None },
            chroma::Location::TopLeft => Siting { left: true, top: Some(true) },
            chroma::Location::Top => Siting { left: false, top: Some(true) },
            chroma::Location::BottomLeft => Siting { left: true, top: Some(false) },
            chroma::Location::Bottom => Siting { left: false, top: Some(false) },
            chroma::Location::Left | chroma::Location::Unspecified => Siting { left: true, top: None },
        };
        Self { full_range, matrix, siting }
    }
}

fn rgb_of(picture: &frame::Video, layout: Layout, colour: Colour) -> Result<Frame, DecodeError> {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let short = || DecodeError::NotAVideo("a picture's planes are smaller than it says".into());
    let plane = |index: usize, across: u32, down: u32, depth: u32| {
        let (w, h) = (width.div_ceil(1 << across), height.div_ceil(1 << down));
        bytes(picture, index, w, h, depth).ok_or_else(short)
    };
    let frame = |rgb| Frame { width: width as u32, height: height as u32, rgb };
    match layout {
        Layout::Yuv { across, down, depth } => {
            let chroma = Chroma {
                across,
                down,
                cb: plane(1, across, down, depth)?,
                cr: plane(2, across, down, depth)?,
                siting: colour.siting,
            };
            Ok(frame(to_rgb(width, height, &plane(0, 0, 0, depth)?, Some(&chroma), colour)))
        }
        Layout::Gray { depth } => Ok(frame(to_rgb(width, height, &plane(0, 0, 0, depth)?, None, colour))),
        Layout::Interleaved { first, depth } => {
            let (w, h) = (width.div_ceil(2), height.div_ceil(2));
            let both = bytes(picture, 1, 2 * w, h, depth).ok_or_else(short)?;
            let pick = |at: usize| {
                let samples = (0..h).flat_map(|y| both.row(y, 2 * w).chunks_exact(2).map(move |pair| pair[at]));
                Plane { stride: w, samples: Cow::Owned(samples.collect()) }
            };
            let chroma = Chroma { across: 1, down: 1, cb: pick(first), cr: pick(1 - first), siting: colour.siting };
            Ok(frame(to_rgb(width, height, &plane(0, 0, 0, depth)?, Some(&chroma), colour)))
        }
        Layout::Gbr { depth } => {
            let [g, b, r] = [plane(0, 0, 0, depth)?, plane(1, 0, 0, depth)?, plane(2, 0, 0, depth)?];
            let mut rgb = Vec::with_capacity(3 * width * height);
            for y in 0..height {
                let rows = r.row(y, width).iter().zip(g.row(y, width)).zip(b.row(y, width));
                rgb.extend(rows.flat_map(|((&r, &g), &b)| [r, g, b]));
            }
            Ok(frame(rgb))
        }
        Layout::Packed { step, rgb: places } => {
            let packed = bytes(picture, 0, step * width, height, 8).ok_or_else(short)?;
            let pixel = |p: &[u8]| places.map(|at| p[at]);
            let rows = (0..height).flat_map(|y| packed.row(y, step * width).chunks_exact(step));
            Ok(frame(rows.flat_map(pixel).collect()))
        }
    }
}

/// A plane in 8 bits: borrowed where it is so already, else rounded from little-endian 16-bit words.
fn bytes(picture: &frame::Video, index: usize, width: usize, height: usize, depth: u32) -> Option<Plane<'_>> {
    if index >= picture.planes() {
        return None;
    }
    let (stride, data) = (picture.stride(index), picture.data(index));
    let row_bytes = if depth > 8 { 2 * width } else { width };
    if stride < row_bytes || data.len() < (height.checked_sub(1)?) * stride + row_bytes {
        return None;
    }
    if depth == 8 {
        return Some(Plane { stride, samples: Cow::Borrowed(data) });
    }
    let (half, shift) = (1 << (depth - 9), depth - 8);
    let narrow = |word: &[u8]| ((u32::from(u16::from_le_bytes([word[0], word[1]])) + half) >> shift).min(255) as u8;
    let samples = (0..height).flat_map(|y| data[y * stride..][..row_bytes].chunks_exact(2).map(narrow));
    Some(Plane { stride: width, samples: Cow::Owned(samples.collect()) })
}
