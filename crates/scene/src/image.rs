use std::path::Path;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

/// The longest side of an image, pixels.
const MAX_SIDE: u32 = 16_384;
/// The most pixels of an image.
const MAX_PIXELS: u64 = 1 << 27;

/// A picture: what surrounds the scene, or what is printed on a surface. Cloning shares the pixels.
///
/// In JSON either `{"file": "sky.hdr"}`, a path from the scene file's folder (PNG, JPEG, Radiance HDR, OpenEXR), or the pixels
/// themselves: `width`, `height`, `encoding` (`srgb8`: r, g, b, a bytes; `linear_f32`: r, g, b little-endian floats) and `data` in
/// base64, rows from the top.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Form", into = "Form")]
pub struct Image {
    size: [u32; 2],
    pixels: Pixels,
    /// Where it came from, as the scene file says.
    file: Option<String>,
}

/// The values, rows from the top.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Pixels {
    /// Display colours with opacity.
    Srgb8(Arc<[[u8; 4]]>),
    /// Linear Rec. 709, finite and not negative.
    Linear(Arc<[[f32; 3]]>),
}

impl Image {
    /// From linear Rec. 709 values. What is negative or no number becomes 0.
    ///
    /// # Errors
    /// Where the sides are 0 or too long, or do not fit the number of values.
    pub fn linear(width: u32, height: u32, values: Vec<[f32; 3]>) -> Result<Self, String> {
        check_size(width, height, values.len())?;
        let clean = |v: f32| if v > 0.0 { v.min(1e9) } else { 0.0 };
        let values: Arc<[_]> = values.into_iter().map(|p| p.map(clean)).collect();
        Ok(Self { size: [width, height], pixels: Pixels::Linear(values), file: None })
    }

    /// From display colours with opacity.
    ///
    /// # Errors
    /// Where the sides are 0 or too long, or do not fit the number of values.
    pub fn srgb8(width: u32, height: u32, values: Vec<[u8; 4]>) -> Result<Self, String> {
        check_size(width, height, values.len())?;
        Ok(Self { size: [width, height], pixels: Pixels::Srgb8(values.into()), file: None })
    }

    /// From a file's bytes: PNG, JPEG, Radiance HDR or OpenEXR, told apart by their first bytes.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn decode(bytes: &[u8]) -> Result<Self, String> {
        let mut reader = image::ImageReader::new(std::io::Cursor::new(bytes)).with_guessed_format().map_err(|e| e.to_string())?;
        let mut limits = image::Limits::default();
        limits.max_image_width = Some(MAX_SIDE);
        limits.max_image_height = Some(MAX_SIDE);
        limits.max_alloc = Some(MAX_PIXELS * 16);
        reader.limits(limits);
        let picture = reader.decode().map_err(|e| e.to_string())?;
        let (width, height) = (picture.width(), picture.height());
        match picture.color() {
            image::ColorType::Rgb32F | image::ColorType::Rgba32F => {
                Self::linear(width, height, picture.into_rgb32f().pixels().map(|p| p.0).collect())
            }
            _ => Self::srgb8(width, height, picture.into_rgba8().pixels().map(|p| p.0).collect()),
        }
    }

    /// Width and height, pixels; 0 where its file has not been read (see [`Self::is_loaded`]).
    #[must_use]
    pub const fn size(&self) -> [u32; 2] {
        self.size
    }

    /// The values, rows from the top.
    #[must_use]
    pub const fn pixels(&self) -> &Pixels {
        &self.pixels
    }

    /// Linear Rec. 709 values, rows from the top.
    #[must_use]
    pub fn to_linear(&self) -> Vec<[f32; 3]> {
        match &self.pixels {
            Pixels::Linear(values) => values.to_vec(),
            Pixels::Srgb8(values) => {
                let curve: Vec<f32> = (0..256).map(|byte| crate::srgb(byte).z).collect();
                values.iter().map(|&[r, g, b, _]| [r, g, b].map(|c| curve[usize::from(c)])).collect()
            }
        }
    }

    /// Whether the pixels are there. [`crate::Scene::load`] reads the files that a scene names; [`crate::Scene::from_json`] has no
    /// folder to look in.
    #[must_use]
    pub const fn is_loaded(&self) -> bool {
        self.size[0] > 0
    }

    /// Reads the file it names, if it has not been read.
    pub(crate) fn load(&mut self, folder: &Path) -> Result<(), String> {
        if let (Some(file), false) = (&self.file, self.is_loaded()) {
            let bytes = std::fs::read(folder.join(file)).map_err(|e| format!("{}: {e}", folder.join(file).display()))?;
            let read = Self::decode(&bytes).map_err(|e| format!("{}: {e}", folder.join(file).display()))?;
            *self = Self { file: self.file.take(), ..read };
        }
        Ok(())
    }

    /// The same picture without the name of its file: its JSON form holds the pixels.
    #[must_use]
    pub fn embedded(self) -> Self {
        Self { file: None, ..self }
    }
}

fn check_size(width: u32, height: u32, count: usize) -> Result<(), String> {
    let pixels = u64::from(width) * u64::from(height);
    if !(1..=MAX_SIDE).contains(&width) || !(1..=MAX_SIDE).contains(&height) || pixels > MAX_PIXELS {
        return Err(format!(
            "an image of {width}x{height}: each side must be 1 to {MAX_SIDE}, and at most {MAX_PIXELS} pixels in all"
        ));
    }
    if pixels != count as u64 {
        return Err(format!("an image of {width}x{height} with {count} pixels"));
    }
    Ok(())
}

/// The JSON form.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    width: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    height: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    encoding: Option<Encoding>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    data: Option<String>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Encoding {
    Srgb8,
    LinearF32,
}

impl TryFrom<Form> for Image {
    type Error = String;

    fn try_from(form: Form) -> Result<Self, String> {
        match form {
            Form { file: Some(file), width: None, height: None, encoding: None, data: None } if !file.is_empty() => {
                Ok(Self { size: [0, 0], pixels: Pixels::Srgb8(Arc::default()), file: Some(file) })
            }
            Form { file: None, width: Some(width), height: Some(height), encoding: Some(encoding), data: Some(data) } => {
                let bytes = STANDARD.decode(data).map_err(|e| format!("the data of an image is no base64: {e}"))?;
                let each = match encoding {
                    Encoding::Srgb8 => 4,
                    Encoding::LinearF32 => 12,
                };
                if bytes.len() as u64 != u64::from(width) * u64::from(height) * each {
                    return Err(format!(
                        "an image of {width}x{height} with {} bytes of data instead of {each} a pixel",
                        bytes.len()
                    ));
                }
                match encoding {
                    Encoding::Srgb8 => Self::srgb8(width, height, bytes.as_chunks().0.to_vec()),
                    Encoding::LinearF32 => {
                        let float = |b: &[u8]| f32::from_le_bytes([b[0], b[1], b[2], b[3]]);
                        let pixel = |p: &[u8; 12]| [float(&p[..4]), float(&p[4..8]), float(&p[8..])];
                        Self::linear(width, height, bytes.as_chunks().0.iter().map(pixel).collect())
                    }
                }
            }
            _ => Err("an image has either a `file`, or all of `width`, `height`, `encoding` and `data`".to_owned()),
        }
    }
}

impl From<Image> for Form {
    fn from(image: Image) -> Self {
        if let Some(file) = image.file {
            return Self { file: Some(file), width: None, height: None, encoding: None, data: None };
        }
        let (encoding, bytes) = match &image.pixels {
            Pixels::Srgb8(values) => (Encoding::Srgb8, values.as_flattened().to_vec()),
            Pixels::Linear(values) => (Encoding::LinearF32, values.as_flattened().iter().flat_map(|v| v.to_le_bytes()).collect()),
        };
        let [width, height] = image.size.map(Some);
        Self { file: None, width, height, encoding: Some(encoding), data: Some(STANDARD.encode(bytes)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pixels_survive_the_json_form() {
        let linear = Image::linear(2, 1, vec![[0.1, 2.5e6, 0.0], [1.0, 3.0, 1e-9]]).expect("fits");
        let display = Image::srgb8(1, 2, vec![[1, 2, 3, 4], [255, 0, 128, 7]]).expect("fits");
        for image in [linear, display] {
            let json = serde_json::to_string(&image).expect("it has a form");
            assert_eq!(serde_json::from_str::<Image>(&json).expect("it reads back"), image);
        }
    }

    #[test]
    fn what_is_no_radiance_becomes_none() {
        let image = Image::linear(1, 1, vec![[f32::NAN, -1.0, f32::INFINITY]]).expect("fits");
        assert_eq!(image.to_linear(), [[0.0, 0.0, 1e9]]);
    }

    #[test]
    fn display_values_are_decoded() {
        let image = Image::srgb8(1, 1, vec![[255, 0, 188, 255]]).expect("fits");
        let [r, g, b] = image.to_linear()[0];
        assert!(r == 1.0 && g == 0.0 && (b - 0.502_886).abs() < 1e-4, "{r} {g} {b}");
    }

    #[test]
    fn lies_about_size_are_refused() {
        for json in [
            r#"{"width": 2, "height": 2, "encoding": "srgb8", "data": "AAAA"}"#,
            r#"{"width": 0, "height": 0, "encoding": "srgb8", "data": ""}"#,
            r#"{"width": 4000000000, "height": 4000000000, "encoding": "linear_f32", "data": "AAAA"}"#,
            r#"{"width": 1, "height": 1, "encoding": "srgb8", "data": "****"}"#,
            r#"{"file": "a.png", "width": 1}"#,
            r#"{"file": ""}"#,
            r#"{}"#,
        ] {
            assert!(serde_json::from_str::<Image>(json).is_err(), "{json}");
        }
        assert!(Image::decode(b"\x89PNG\r\n\x1a\nnonsense").is_err());
        assert!(Image::decode(b"").is_err());
    }
}
