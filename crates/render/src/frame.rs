use std::path::Path;

use image::ImageEncoder as _;
use image::codecs::png::PngEncoder;

use crate::RenderError;

/// What was asked for of a frame; the rest is empty. Row by row from the top left corner.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Frame {
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Display colours after the view transform, 8-bit RGB, with the scene's overlays.
    pub rgb: Vec<u8>,
    /// Linear Rec. 709 radiance, denoised where the settings ask for it, without overlays.
    pub radiance: Vec<[f32; 3]>,
    /// What stands where.
    pub passes: Passes,
}

impl Frame {
    /// Writes `rgb` as an 8-bit PNG, over what the path held before.
    ///
    /// # Errors
    /// [`RenderError::Picture`] if `rgb` was not asked for ([`crate::Output::Rgb`]) or the file cannot be written.
    pub fn save_png(&self, path: impl AsRef<Path>) -> Result<(), RenderError> {
        let path = path.as_ref();
        let failed = |detail: String| RenderError::Picture { path: path.to_owned(), detail };
        let pixels = self.width as usize * self.height as usize;
        if self.rgb.is_empty() || self.rgb.len() != 3 * pixels {
            return Err(failed(format!(
                "the frame holds {} bytes of colour for {pixels} pixels; ask for `Output::Rgb`",
                self.rgb.len()
            )));
        }
        // Encoded whole before the file is touched.
        let mut png = Vec::new();
        PngEncoder::new(&mut png)
            .write_image(&self.rgb, self.width, self.height, image::ExtendedColorType::Rgb8)
            .map_err(|e| failed(e.to_string()))?;
        std::fs::write(path, png).map_err(|e| failed(e.to_string()))
    }
}

/// Ground truth per pixel, from one ray through each pixel's centre (no filter, no lens): what the camera sees first.
///
/// Overlays are in `object_id` alone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Passes {
    /// [`raytruth_scene::Object::id`] of the nearest surface, 0 where there is none; [`raytruth_scene::Overlay::id`] where an overlay
    /// covers at least half.
    pub object_id: Vec<u16>,
    /// Metres along the camera's axis; infinite where there is nothing.
    pub depth: Vec<f32>,
    /// Unit shading normal in world coordinates, towards the camera; zero where there is nothing.
    pub normal: Vec<[f32; 3]>,
    /// Base colour, linear Rec. 709; zero where there is nothing.
    pub albedo: Vec<[f32; 3]>,
    /// The point seen, in its object's own frame, metres; `None` where there is nothing. Of an object that changes its shape, the place of
    /// that point on the first shape of its kin ([`raytruth_scene::Forms`]): what deforms keeps its coordinates.
    pub coord: Vec<Option<[f32; 3]>>,
    /// How far the point seen will have moved in the picture at the next frame: pixels, x right, y down. It follows the surface
    /// seen directly, not what is mirrored in it, and does so whether or not the point is hidden there or outside of the picture.
    /// What does not move relative to the camera has exactly 0. Where there is nothing, the flow is that of a point infinitely
    /// far, which only the camera's turning moves.
    ///
    /// `None` where there is no such place: in the whole last frame of the clip (and after it), where the point will be behind
    /// the camera, and where its object will be gone or have a shape on which it has no place.
    pub flow_forward: Vec<Option<[f32; 2]>>,
    /// The same towards the frame before, where the point seen comes from; `None` in the whole first frame.
    pub flow_backward: Vec<Option<[f32; 2]>>,
    /// [`raytruth_scene::Object::id`] of what is seen through mirrors and glass, 0 where that is the background.
    ///
    /// The ray through the pixel's centre goes on at each surface of roughness below 0.1 that is more than half metal (it is
    /// reflected) or more than half clear glass (the branch that carries more light: reflected where the Fresnel reflectance is
    /// above 0.5, else refracted). It ends at the first surface of another kind, or at the 32nd of this. Clear solids that overlap
    /// are told apart by their priority; glass that splits colours refracts as in the middle of the spectrum.
    pub specular_id: Vec<u16>,
    /// What part of the light there arrives along this path: the product of reflectances, transmittances and absorption on it,
    /// linear Rec. 709 in 0..=1. 1 where no mirror or glass is on the way.
    pub specular_throughput: Vec<[f32; 3]>,
}

/// How far a frame is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Camera paths traced so far.
    pub done: u64,
    /// Camera paths of the frame, and of those before it that it is made from and that were not traced yet.
    pub total: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_png_holds_the_pixels() {
        let rgb: Vec<u8> = (0..3 * 5 * 2).map(|i| (i * 37 % 256) as u8).collect();
        let frame = Frame { width: 5, height: 2, rgb: rgb.clone(), ..Frame::default() };
        let dir = tempfile::tempdir().expect("a temporary folder");
        let path = dir.path().join("a.png");
        frame.save_png(&path).expect("written");
        let read = image::open(&path).expect("a PNG").into_rgb8();
        assert_eq!((read.dimensions(), read.into_raw()), ((5, 2), rgb));
    }

    #[test]
    fn what_cannot_be_written_is_told_with_its_path() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let path = dir.path().join("a.png");
        let told = |frame: &Frame, path: &Path| frame.save_png(path).expect_err("refused").to_string();
        let no_colours = told(&Frame { width: 5, height: 2, ..Frame::default() }, &path);
        assert!(no_colours.contains("a.png") && no_colours.contains("Output::Rgb"), "{no_colours}");
        assert!(!path.exists(), "nothing half-written");
        let whole = Frame { width: 1, height: 1, rgb: vec![0; 3], ..Frame::default() };
        let no_folder = told(&whole, &dir.path().join("missing/b.png"));
        assert!(no_folder.contains("b.png"), "{no_folder}");
    }
}
