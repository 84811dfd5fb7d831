//! Pictures as files.

use std::io::Cursor;

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder as _};

use crate::{Error, Result};

/// 8-bit RGB PNG.
pub fn png_rgb8(width: u32, height: u32, rgb: &[u8]) -> Result<Vec<u8>> {
    png(width, height, rgb, ExtendedColorType::Rgb8)
}

/// An EXR file with channels R, G, B of 32-bit floats: one linear colour a pixel.
///
/// # Errors
/// Where there are not `width` * `height` colours.
pub fn exr_rgb32f(width: u32, height: u32, colors: &[[f32; 3]]) -> Result<Vec<u8>> {
    let channel = |i: usize| colors.iter().map(|c| c[i]).collect();
    exr((width, height), vec![("R", channel(0)), ("G", channel(1)), ("B", channel(2))])
}

/// A channel's name and its values.
pub(crate) type Channel = (&'static str, Vec<f32>);

/// An EXR file of 32-bit floats, with scan lines compressed by ZIP.
pub(crate) fn exr((width, height): (u32, u32), channels: Vec<Channel>) -> Result<Vec<u8>> {
    use exr::prelude::{AnyChannel, AnyChannels, Encoding, FlatSamples, Image, Layer, LayerAttributes, WritableImage as _};
    let failed = |what: String| Error::Internal(format!("a {width}x{height} picture cannot be written as EXR: {what}"));
    let size = (width as usize, height as usize);
    if let Some((name, values)) = channels.iter().find(|(_, values)| values.len() != size.0 * size.1) {
        return Err(failed(format!("channel {name} has {} pixels", values.len())));
    }
    let channels = channels.into_iter().map(|(name, values)| AnyChannel::new(name, FlatSamples::F32(values))).collect();
    let layer = Layer::new(size, LayerAttributes::default(), Encoding::SMALL_LOSSLESS, AnyChannels::sort(channels));
    let mut out = Cursor::new(Vec::new());
    Image::from_layer(layer).write().non_parallel().to_buffered(&mut out).map_err(|e| failed(e.to_string()))?;
    Ok(out.into_inner())
}

/// 16-bit PNG, grey or RGB.
pub(crate) fn png_16((width, height): (u32, u32), values: &[u16], color: ExtendedColorType) -> Result<Vec<u8>> {
    // The encoder takes native-endian bytes and swaps them as PNG wants.
    let bytes: Vec<u8> = values.iter().flat_map(|v| v.to_ne_bytes()).collect();
    png(width, height, &bytes, color)
}

fn png(width: u32, height: u32, bytes: &[u8], color: ExtendedColorType) -> Result<Vec<u8>> {
    let mut out = Cursor::new(Vec::new());
    PngEncoder::new_with_quality(&mut out, CompressionType::Default, FilterType::Adaptive)
        .write_image(bytes, width, height, color)
        .map_err(|e| Error::Internal(format!("a {width}x{height} picture cannot be written as PNG: {e}")))?;
    Ok(out.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radiance_keeps_its_bits() {
        let colors: Vec<[f32; 3]> = (0..35).map(|i| [i as f32 * 0.1, 1e-30, 6.5e4 * i as f32]).collect();
        let bytes = exr_rgb32f(7, 5, &colors).expect("writes");
        let back = image::load_from_memory_with_format(&bytes, image::ImageFormat::OpenExr).expect("reads").into_rgb32f();
        assert_eq!((back.width(), back.height()), (7, 5));
        assert!(back.pixels().zip(&colors).all(|(a, b)| a.0 == *b));
        assert!(exr_rgb32f(7, 6, &colors).is_err(), "a pixel too few is no panic");
    }
}
