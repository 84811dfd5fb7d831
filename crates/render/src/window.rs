//! The finite window of a walking camera: a frame's light is the mean over itself and the four before, as far as they saw the same.
//!
//! A frame depends on the sums of these frames, never on their results, so that it has the same bits alone and in its turn. The first frame
//! has none before it: in their place it is traced four times more, with other random numbers, for it conditions every model.

use bytemuck::{Pod, Zeroable};

use crate::RenderSettings;
use crate::gpu::Gpu;
use crate::motion::View;
use crate::post::layered;
use crate::world::World;

/// Frames of a window.
pub(crate) const FRAMES: usize = 5;

/// Host's twin of `Past` in `shaders/kernels/window.wgsl`, where each field is explained. A test compares both by reflection.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Pod, Zeroable)]
pub(crate) struct Past {
    pub(crate) view: View,
    pub(crate) poses_base: u32,
    pub(crate) layer: u32,
    pub(crate) lit_alike: u32,
    pub(crate) padding: u32,
}

/// Host's twin of `Window` there.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Pod, Zeroable)]
pub(crate) struct Window {
    pub(crate) frames: [Past; FRAMES],
    pub(crate) corners_base: u32,
    pub(crate) padding: [u32; 3],
}

/// One tracing of all paths of a frame. Those of a clip are numbered; the first ones are all of the first frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tracing(usize);

impl Tracing {
    /// Of a frame's own paths.
    pub(crate) fn of(frame: usize) -> Self {
        Self(frame + FRAMES - 1)
    }

    /// It, and those before it that its window holds, the last one first.
    pub(crate) fn window(self) -> [Self; FRAMES] {
        std::array::from_fn(|i| Self(self.0 - i))
    }

    pub(crate) fn frame(self) -> usize {
        self.0.saturating_sub(FRAMES - 1)
    }

    /// The seed of its paths, but for what each frame changes of it.
    pub(crate) fn seed(self, seed: u32) -> u32 {
        let before = (FRAMES - 1).saturating_sub(self.0) as u32;
        seed ^ before.wrapping_mul(0x85eb_ca6b)
    }

    /// Where it is kept.
    pub(crate) fn layer(self) -> usize {
        self.0 % FRAMES
    }
}

impl World {
    /// Whether frames are means over windows: where the camera moves, and noise is filtered out at all.
    pub(crate) fn has_windows(&self, settings: &RenderSettings) -> bool {
        settings.denoise && self.camera_moves()
    }

    /// Appends to the texels of a frame what its window needs of the frames before.
    pub(crate) fn window(&self, tracing: Tracing, size: (u32, u32), texels: &mut Vec<[u32; 4]>) -> Window {
        let tracings = tracing.window();
        let (bases, corners_base) = self.places_at(tracings.map(Tracing::frame), tracing.frame(), texels);
        let past = |i: usize| Past {
            view: View::new(self.camera(), tracings[i].frame(), size),
            poses_base: bases[i],
            layer: tracings[i].layer() as u32,
            lit_alike: u32::from(self.groups.at(tracings[i].frame()) == self.groups.at(tracing.frame())),
            padding: 0,
        };
        Window { frames: std::array::from_fn(past), corners_base, padding: [0; 3] }
    }
}

/// What is kept of the last tracings.
pub(crate) struct Kept {
    /// The light of all, one a layer, and each by itself for writing; likewise the guides.
    pub(crate) light: wgpu::TextureView,
    pub(crate) light_layers: [wgpu::TextureView; FRAMES],
    pub(crate) guides: wgpu::TextureView,
    pub(crate) guide_layers: [wgpu::TextureView; FRAMES],
    pub(crate) uniform: wgpu::Buffer,
    /// Which tracing each layer holds.
    pub(crate) tracings: [Option<Tracing>; FRAMES],
}

/// Bytes of a pixel in the layers of light and of guides.
pub(crate) const BYTES: u64 = FRAMES as u64 * (8 + 16);

impl Kept {
    pub(crate) fn new(gpu: &Gpu, settings: &RenderSettings) -> Self {
        let layers = |label, format| {
            let texture = layered(&gpu.device, label, (settings.width, settings.height, FRAMES as u32), format);
            let all = wgpu::TextureViewDescriptor { dimension: Some(wgpu::TextureViewDimension::D2Array), ..Default::default() };
            let one = |layer: usize| wgpu::TextureViewDescriptor {
                dimension: Some(wgpu::TextureViewDimension::D2),
                base_array_layer: layer as u32,
                array_layer_count: Some(1),
                ..Default::default()
            };
            (texture.create_view(&all), std::array::from_fn(|layer| texture.create_view(&one(layer))))
        };
        let (light, light_layers) = layers("light of a window", wgpu::TextureFormat::Rgba16Float);
        let (guides, guide_layers) = layers("guides of a window", wgpu::TextureFormat::Rgba32Uint);
        let uniform = gpu.device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("window"),
            size: size_of::<Window>() as u64,
            usage: wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        Self { light, light_layers, guides, guide_layers, uniform, tracings: [None; FRAMES] }
    }

    pub(crate) fn holds(&self, tracing: Tracing) -> bool {
        self.tracings[tracing.layer()] == Some(tracing)
    }

    pub(crate) fn forget(&mut self) {
        self.tracings = [None; FRAMES];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_is_five_tracings_each_with_a_place_of_its_own() {
        for frame in [0, 1, 3, 4, 5, 80] {
            let window = Tracing::of(frame).window();
            assert_eq!(window[0].frame(), frame);
            let frames: Vec<usize> = window.iter().map(|t| t.frame()).collect();
            assert_eq!(frames, (0..FRAMES).map(|i| frame.saturating_sub(i)).collect::<Vec<_>>());
            let mut layers = window.map(Tracing::layer);
            layers.sort_unstable();
            assert_eq!(layers, [0, 1, 2, 3, 4]);
            let mut seeds: Vec<(usize, u32)> = window.iter().map(|t| (t.frame(), t.seed(7))).collect();
            assert_eq!(seeds[0].1, 7, "its own paths are those of any frame");
            seeds.sort_unstable();
            seeds.dedup();
            assert_eq!(seeds.len(), FRAMES, "no random number comes twice");
        }
    }
}
