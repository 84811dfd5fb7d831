//! Pictures and passes as files.

use std::io::Cursor;

use image::codecs::openexr::OpenExrEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder as _};
use raytruth_render::Passes;

use crate::staging::Staging;
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
    let failed = |what: String| Error::Internal(format!("a {width}x{height} picture cannot be written as OpenEXR: {what}"));
    if colors.len() as u64 != u64::from(width) * u64::from(height) {
        return Err(failed(format!("it has {} pixels", colors.len())));
    }
    let bytes: Vec<u8> = colors.iter().flatten().flat_map(|v| v.to_ne_bytes()).collect();
    let mut out = Cursor::new(Vec::new());
    OpenExrEncoder::new(&mut out)
        .write_image(&bytes, width, height, ExtendedColorType::Rgb32F)
        .map_err(|e| failed(e.to_string()))?;
    Ok(out.into_inner())
}

fn png_16(width: u32, height: u32, values: &[u16], color: ExtendedColorType) -> Result<Vec<u8>> {
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

/// One frame's passes under `extras/passes/`, in the forms that METADATA.md names.
pub(crate) fn write_passes(staging: &Staging, frame: u32, size: (u32, u32), passes: &Passes) -> Result<()> {
    for (name, bytes) in pass_files(size, passes)? {
        let (stem, extension) = name;
        staging.write(&format!("extras/passes/{stem}_{frame:05}.{extension}"), &bytes)?;
    }
    Ok(())
}

/// Passes as files: `((name, extension), bytes)`.
///
/// # Errors
/// Where a pass has not as many values as the picture has pixels.
#[allow(clippy::type_complexity, reason = "a list of names and contents needs no name of its own")]
pub fn pass_files((width, height): (u32, u32), passes: &Passes) -> Result<Vec<((&'static str, &'static str), Vec<u8>)>> {
    let unit_to_16 = |x: f32| (x.clamp(0.0, 1.0) * 65535.0 + 0.5) as u16;
    let normal: Vec<u16> = passes.normal.iter().flatten().map(|n| unit_to_16(0.5 * n + 0.5)).collect();
    let albedo: Vec<u16> = passes.albedo.iter().flatten().map(|a| unit_to_16(*a)).collect();
    Ok(vec![
        (("object_id", "png"), png_16(width, height, &passes.object_id, ExtendedColorType::L16)?),
        (("depth", "npy"), npy_f32(width, height, &passes.depth)),
        (("normal", "png"), png_16(width, height, &normal, ExtendedColorType::Rgb16)?),
        (("albedo", "png"), png_16(width, height, &albedo, ExtendedColorType::Rgb16)?),
    ])
}

/// Format 1.0 of `.npy` files: a `(height, width)` array of little-endian `float32`, which keeps metres and infinities as they are.
fn npy_f32(width: u32, height: u32, values: &[f32]) -> Vec<u8> {
    let dictionary = format!("{{'descr': '<f4', 'fortran_order': False, 'shape': ({height}, {width}), }}");
    // Magic, version and length take 10 bytes; the header ends in a line feed at a multiple of 64.
    let padded = (10 + dictionary.len() + 1).next_multiple_of(64) - 10;
    let mut out = Vec::with_capacity(10 + padded + 4 * values.len());
    out.extend_from_slice(b"\x93NUMPY\x01\x00");
    out.extend_from_slice(&(padded as u16).to_le_bytes());
    out.extend_from_slice(format!("{dictionary:<width$}\n", width = padded - 1).as_bytes());
    out.extend(values.iter().flat_map(|v| v.to_le_bytes()));
    out
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

    #[test]
    fn a_numpy_header_is_aligned_and_terminated() {
        let bytes = npy_f32(3, 2, &[1.0; 6]);
        let header = 10 + usize::from(u16::from_le_bytes([bytes[8], bytes[9]]));
        assert_eq!(header % 64, 0);
        assert_eq!(bytes[header - 1], b'\n');
        assert_eq!(bytes.len() - header, 24);
    }
}
