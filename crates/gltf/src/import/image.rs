//! Images: each decoded once and named once.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;

use glam::{Vec3, Vec4};
use image::{ImageFormat, ImageReader};
use raytruth_scene::Image;

use super::accessor::Budget;
use super::names::{Names, Warnings};
use super::source::{MAX_BYTES, Source};
use super::uri;
use crate::picture::{self, Kind};

/// Pixels that one image, and that all of a file, may decode to.
const MAX_PIXELS: u64 = 1 << 27;
const MAX_ALL_PIXELS: u64 = 1 << 29;

/// Means over all pixels.
#[derive(Clone, Copy)]
pub(super) struct Mean {
    /// Of values as they are: roughness, transmission.
    pub(super) raw: Vec4,
    /// Of colours, linearised first, without regard to alpha.
    pub(super) linear: Vec3,
}

/// The images of a file, and those of them that the scene shows.
pub(super) struct Images<'a> {
    source: &'a Source<'a>,
    /// What our extras hold to the bit, by name.
    exact: &'a BTreeMap<String, Image>,
    decoded: Vec<Option<Result<Image, String>>>,
    /// Names in the scene of those that are shown.
    own: Vec<Option<String>>,
    names: Names,
    shown: BTreeMap<String, Image>,
    budget: Budget,
}

impl<'a> Images<'a> {
    pub(super) fn new(source: &'a Source<'a>, exact: &'a BTreeMap<String, Image>) -> Self {
        let count = source.root.images.len();
        let mut names = Names::default();
        for name in exact.keys() {
            names.unique(Some(name), "image");
        }
        let budget = Budget::new("pixels of images", MAX_ALL_PIXELS);
        Self { source, exact, decoded: vec![None; count], own: vec![None; count], names, shown: exact.clone(), budget }
    }

    /// All that the scene is to hold.
    pub(super) fn finish(self) -> BTreeMap<String, Image> {
        self.shown
    }

    /// Name in the scene of an image of the file, which from now on is shown there.
    ///
    /// # Errors
    /// Why there is none, in words.
    pub(super) fn show(&mut self, warnings: &mut Warnings, index: usize, kind: Kind) -> Result<String, String> {
        let image = self.decode(index)?;
        let json = &self.source.root.images[index];
        if let Some((name, exact)) = json.name.as_ref().and_then(|name| self.exact.get_key_value(name)) {
            if picture::agrees(exact, &image, kind) {
                return Ok(name.clone());
            }
            let at = format!("images[{index}] {name:?}");
            warnings.add(format!("{at} was edited since raytruth wrote it; its exact original in the extras is not used"));
        }
        if let Some(name) = &self.own[index] {
            return Ok(name.clone());
        }
        let file = json.uri.as_deref().filter(|uri| !uri.starts_with("data:"));
        let stem = file.and_then(|uri| Path::new(uri).file_stem()?.to_str());
        let wanted = json.name.as_deref().filter(|name| !name.is_empty()).or(stem);
        let name = self.names.unique(wanted, &format!("image {index}"));
        self.shown.insert(name.clone(), image);
        self.own[index] = Some(name.clone());
        Ok(name)
    }

    /// The mean of an image of the file.
    ///
    /// # Errors
    /// Why there is none, in words.
    pub(super) fn mean(&mut self, index: usize) -> Result<Mean, String> {
        let image = self.decode(index)?;
        let mut counts = [[0u64; 256]; 4];
        let pixels = picture::bytes(&image, Kind::Color);
        for pixel in &pixels {
            for (histogram, &value) in counts.iter_mut().zip(pixel) {
                histogram[usize::from(value)] += 1;
            }
        }
        let all = pixels.len().max(1) as f64;
        let mean = |of: &dyn Fn(f64) -> f64| {
            counts.map(|c| (c.iter().enumerate().map(|(v, &n)| of(v as f64 / 255.0) * n as f64).sum::<f64>() / all) as f32)
        };
        // IEC 61966-2-1.
        let linear = mean(&|v| if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) });
        Ok(Mean { raw: Vec4::from(mean(&|v| v)), linear: Vec3::from_slice(&linear[..3]) })
    }

    fn decode(&mut self, index: usize) -> Result<Image, String> {
        let (source, budget) = (self.source, &self.budget);
        let slot = self.decoded.get_mut(index).ok_or("the texture has no image that is understood")?;
        slot.get_or_insert_with(|| decode(source, budget, index)).clone()
    }
}

fn decode(source: &Source<'_>, budget: &Budget, index: usize) -> Result<Image, String> {
    let json = &source.root.images[index];
    let bytes = match (&json.uri, json.buffer_view) {
        (Some(text), _) => Cow::Owned(uri::read(text, source.base, MAX_BYTES).map_err(|e| e.to_string())?),
        (None, Some(view)) => Cow::Borrowed(source.view(view.value()).map_err(|e| e.to_string())?),
        (None, None) => return Err("it has neither a uri nor a buffer view".into()),
    };
    // By what the bytes say: files that misname their images are common.
    let reader = ImageReader::new(Cursor::new(&*bytes)).with_guessed_format().map_err(|e| e.to_string())?;
    if !matches!(reader.format(), Some(ImageFormat::Png | ImageFormat::Jpeg)) {
        return Err("neither PNG nor JPEG".into());
    }
    // The size is looked at before memory is asked for.
    let (width, height) = reader.into_dimensions().map_err(|e| e.to_string())?;
    let pixels = u64::from(width) * u64::from(height);
    if pixels > MAX_PIXELS {
        return Err(format!("its {width}x{height} pixels are more than the limit of {MAX_PIXELS}"));
    }
    budget.spend(pixels).map_err(|e| e.to_string())?;
    Image::decode(&bytes)
}
