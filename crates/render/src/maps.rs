//! Images and vertex colours over surfaces, as the shader reads them: `shaders/shared/maps.wgsl`.

use raytruth_scene::{Form, Forms, Image, Pixels, Scene};

use crate::frame_params::FrameParams;
use crate::geometry::{self, Corner};
use crate::material_gpu::fractions;

/// The most texels that all images together may take (256 MiB); larger ones are halved until they do.
const MAX_TEXELS: usize = 1 << 24;

/// The images that some material shows, with 8 bits a channel, and whether meshes have colours of their own.
pub(crate) struct Maps {
    colored: bool,
    names: Vec<String>,
    pictures: Vec<Picture>,
}

struct Picture {
    width: usize,
    height: usize,
    pixels: Vec<[u8; 4]>,
}

impl Maps {
    pub(crate) fn new(scene: &Scene, forms: &[Forms]) -> Self {
        let mut names: Vec<String> =
            scene.materials.values().flat_map(|m| m.maps.images()).filter_map(|(_, image)| image.cloned()).collect();
        names.sort_unstable();
        names.dedup();
        let mut pictures: Vec<Picture> = names.iter().filter_map(|name| scene.images.get(name)).map(Picture::new).collect();
        let too_many = |pictures: &[Picture]| pictures.iter().map(Picture::texels).sum::<usize>() > MAX_TEXELS;
        while too_many(&pictures) {
            let Some(largest) = pictures.iter_mut().max_by_key(|p| p.texels()).filter(|p| p.texels() > 1) else { break };
            *largest = largest.halved();
        }
        let colored = forms.iter().any(Forms::has_colors);
        Self { colored, names, pictures }
    }

    /// What kernels that look at surfaces must be composed with.
    pub(crate) fn defines(&self) -> Vec<&'static str> {
        let all = [(self.colored || !self.pictures.is_empty(), "MAPS"), (self.colored, "VERTEX_COLORS")];
        all.into_iter().filter(|(wanted, _)| *wanted).map(|(_, name)| name).collect()
    }

    /// Number of an image, from 1; 0 for none.
    pub(crate) fn number(&self, name: &str) -> u16 {
        self.names.binary_search_by(|n| n.as_str().cmp(name)).map_or(0, |i| (i + 1) as u16)
    }

    /// Appends the images, and the corners of the triangles of some forms.
    pub(crate) fn place<'a>(
        &self,
        forms: impl Iterator<Item = &'a Form>,
        params: &mut FrameParams,
        append: &mut dyn FnMut(&[[u32; 4]]) -> u32,
    ) {
        if self.defines().is_empty() {
            return;
        }
        let heads: Vec<[u32; 4]> = self
            .pictures
            .iter()
            .map(|p| [append(&p.pack()), p.width as u32, p.height as u32, p.blocks_across() as u32])
            .collect();
        params.images_base = append(&heads);
        params.corners_base = append(&forms.flat_map(|form| self.corners(form, form.primitives())).collect::<Vec<_>>());
    }

    /// What lies on the corners of the triangles of a form, filled up for as many triangles as `count`; nothing where no scene asks.
    pub(crate) fn corners(&self, form: &Form, count: usize) -> Vec<[u32; 4]> {
        if self.defines().is_empty() {
            return Vec::new();
        }
        // Without colours the last texel of three is left away.
        let texels = if self.colored { 3 } else { 2 };
        let mut corners = geometry::corners(form);
        corners.resize(count, [Corner::PLAIN; 3]);
        corners.into_iter().flat_map(|three| corner_texels(three).into_iter().take(texels)).collect()
    }
}

/// Texture coordinates, then colours of 16 bits a channel.
fn corner_texels([a, b, c]: [Corner; 3]) -> [[u32; 4]; 3] {
    let at = |corner: Corner| corner.texcoord.to_array().map(f32::to_bits);
    let color = |corner: Corner| [fractions(corner.color.x, corner.color.y), fractions(corner.color.z, 0.0)];
    let pair = |[x, y]: [u32; 2], [z, w]: [u32; 2]| [x, y, z, w];
    [pair(at(a), at(b)), pair(at(c), color(a)), pair(color(b), color(c))]
}

impl Picture {
    fn new(image: &Image) -> Self {
        let [width, height] = image.size().map(|s| s as usize);
        let pixels = match image.pixels() {
            Pixels::Srgb8(pixels) => pixels.to_vec(),
            _ => image.to_linear().into_iter().map(display).collect(),
        };
        Self { width, height, pixels }
    }

    fn blocks_across(&self) -> usize {
        self.width.div_ceil(2)
    }

    fn texels(&self) -> usize {
        self.blocks_across() * self.height.div_ceil(2)
    }

    /// Two by two pixels a texel, so that most looks at four neighbours load few.
    fn pack(&self) -> Vec<[u32; 4]> {
        let pixel =
            |x: usize, y: usize| u32::from_le_bytes(self.pixels[y.min(self.height - 1) * self.width + x.min(self.width - 1)]);
        let across = self.blocks_across();
        (0..self.texels())
            .map(|i| {
                let (x, y) = (2 * (i % across), 2 * (i / across));
                [pixel(x, y), pixel(x + 1, y), pixel(x, y + 1), pixel(x + 1, y + 1)]
            })
            .collect()
    }

    /// Means of two by two.
    fn halved(&self) -> Self {
        let (width, height) = (self.width.div_ceil(2), self.height.div_ceil(2));
        let mean = |i: usize| {
            let (x, y) = (2 * (i % width), 2 * (i / width));
            let at = |dx: usize, dy: usize| {
                self.pixels[(y + dy).min(self.height - 1) * self.width + (x + dx).min(self.width - 1)].map(u16::from)
            };
            let four = [at(0, 0), at(1, 0), at(0, 1), at(1, 1)];
            std::array::from_fn(|c| ((four.iter().map(|p| p[c]).sum::<u16>() + 2) / 4) as u8)
        };
        Self { width, height, pixels: (0..width * height).map(mean).collect() }
    }
}

/// Linear values to 8-bit display colours, IEC 61966-2-1.
fn display(rgb: [f32; 3]) -> [u8; 4] {
    let [r, g, b] = rgb.map(|v| {
        let v = v.clamp(0.0, 1.0);
        let encoded = if v <= 0.003_130_8 { 12.92 * v } else { 1.055 * v.powf(1.0 / 2.4) - 0.055 };
        (encoded * 255.0).round() as u8
    });
    [r, g, b, 255]
}
