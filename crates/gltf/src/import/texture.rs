//! The mean colour of images: all that a renderer without image textures can use of them.

use std::io::Cursor;

use glam::Vec3;
use image::{ImageFormat, ImageReader, Limits};

use super::names::Warnings;
use super::source::{MAX_BYTES, Source};
use super::uri;

/// Bytes that decoding one image may take.
const MAX_IMAGE: u64 = 512 << 20;

/// Means over all pixels, without regard to alpha.
#[derive(Clone, Copy)]
struct Mean {
    /// Of values as they are: roughness, transmission.
    raw: Vec3,
    /// Of sRGB colours, linearised first: base colour, emission.
    linear: Vec3,
}

/// Means of images, each decoded once.
pub(super) struct Textures {
    means: Vec<Option<Result<Mean, String>>>,
}

impl Textures {
    pub(super) fn new(source: &Source<'_>) -> Self {
        Self { means: vec![None; source.root.images.len()] }
    }

    /// Mean linear colour of an sRGB texture; white, with a warning, where it can not be read.
    pub(super) fn color(&mut self, source: &Source<'_>, warnings: &mut Warnings, texture: usize, what: &str) -> Vec3 {
        self.mean(source, warnings, texture, what).linear
    }

    /// Mean of a texture that holds plain numbers; 1 where it can not be read.
    pub(super) fn numbers(&mut self, source: &Source<'_>, warnings: &mut Warnings, texture: usize, what: &str) -> Vec3 {
        self.mean(source, warnings, texture, what).raw
    }

    fn mean(&mut self, source: &Source<'_>, warnings: &mut Warnings, texture: usize, what: &str) -> Mean {
        let image = source.root.textures.get(texture).map(|t| t.source.value());
        let mean = match image.and_then(|i| self.means.get_mut(i).map(|slot| (i, slot))) {
            Some((i, slot)) => slot.get_or_insert_with(|| decode(source, i)).clone(),
            None => Err("the texture has no image that is understood".into()),
        };
        match mean {
            Ok(mean) => {
                warnings.add(format!("{what}: image textures are not rendered; its mean stands for it"));
                mean
            }
            Err(message) => {
                warnings.add(format!("{what}: its image is left out: {message}"));
                Mean { raw: Vec3::ONE, linear: Vec3::ONE }
            }
        }
    }
}

fn decode(source: &Source<'_>, index: usize) -> Result<Mean, String> {
    let json = &source.root.images[index];
    let bytes = match (&json.uri, json.buffer_view) {
        (Some(text), _) => uri::read(text, source.base, MAX_BYTES).map_err(|e| e.to_string())?,
        (None, Some(view)) => source.view(view.value()).map_err(|e| e.to_string())?.to_vec(),
        (None, None) => return Err("it has neither a uri nor a buffer view".into()),
    };
    // By what the bytes say: files that misname their images are common.
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|e| e.to_string())?;
    if !matches!(reader.format(), Some(ImageFormat::Png | ImageFormat::Jpeg)) {
        return Err("neither PNG nor JPEG".into());
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_IMAGE);
    reader.limits(limits);
    let pixels = reader.decode().map_err(|e| e.to_string())?.into_rgb8();
    let mut counts = [[0u64; 256]; 3];
    for pixel in pixels.pixels() {
        for (histogram, &value) in counts.iter_mut().zip(&pixel.0) {
            histogram[usize::from(value)] += 1;
        }
    }
    let all = (u64::from(pixels.width()) * u64::from(pixels.height())).max(1) as f64;
    let mean = |of: &dyn Fn(f64) -> f64| {
        Vec3::from(
            counts.map(|c| (c.iter().enumerate().map(|(v, &n)| of(v as f64 / 255.0) * n as f64).sum::<f64>() / all) as f32),
        )
    };
    // IEC 61966-2-1.
    let linear = |v: f64| if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) };
    Ok(Mean { raw: mean(&|v| v), linear: mean(&linear) })
}
