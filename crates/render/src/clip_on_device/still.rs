//! What is known of a span's still part once one of its frames was traced.

use super::ClipOnDevice;
use crate::kernel_times::Recorder;
use crate::watch::Watch;
use crate::{RenderError, RenderSettings};

/// The pixels with paths near something that moves: later frames trace those paths alone.
pub(super) struct StillPart {
    /// The number of its span.
    pub(super) span: usize,
    /// Numbers of these pixels, row by row from the top left corner, in the order they are traced in; absent where there are none.
    pub(super) pixels: Option<wgpu::Buffer>,
    pub(super) count: u32,
    /// How many paths these are.
    pub(super) paths: u64,
}

impl ClipOnDevice {
    /// Reads how many paths of each pixel are traced for every frame.
    pub(super) fn still_part(
        &self,
        span: usize,
        settings: &RenderSettings,
        watch: &mut Watch<'_>,
    ) -> Result<StillPart, RenderError> {
        let gpu = &self.engine.gpu;
        let pipeline = self.engine.kernel("dynamic_counts", Vec::new())?;
        let counts = self.output("dynamic counts", 4);
        let bindings = self.bind_buffers(&pipeline, &[(0, &self.params), (2, &self.targets.dynamic_paths), (3, &counts)]);
        let mut recorder = Recorder::new(gpu);
        let groups = [settings.width.div_ceil(8), settings.height.div_ceil(8)];
        recorder.dispatch("dynamic_counts", &pipeline, &bindings, groups);
        gpu.submit(recorder.finish(), "listing what moves");
        let [counts] = gpu.read([&counts], watch)?;
        let counts: Vec<u32> = counts.chunks_exact(4).map(bytemuck::pod_read_unaligned).collect();
        let list = in_order(&counts, settings.width);
        let pixels = (!list.is_empty()).then(|| {
            let pixels = self.buffer("dynamic pixels", 4 * list.len() as u64, wgpu::BufferUsages::STORAGE);
            gpu.queue.write_buffer(&pixels, 0, bytemuck::cast_slice(&list));
            pixels
        });
        Ok(StillPart { span, pixels, count: list.len() as u32, paths: counts.iter().map(|&n| u64::from(n)).sum() })
    }
}

/// The pixels with any paths, along a Z-curve: neighbours look at the same things.
fn in_order(counts: &[u32], width: u32) -> Vec<u32> {
    let mut list: Vec<u32> = (0..counts.len() as u32).filter(|&i| counts[i as usize] > 0).collect();
    list.sort_by_cached_key(|&i| spread(i % width) | spread(i / width) << 1);
    list
}

/// Sixteen bits with zeros between.
fn spread(v: u32) -> u32 {
    [(8, 0x00ff_00ff), (4, 0x0f0f_0f0f), (2, 0x3333_3333), (1, 0x5555_5555)]
        .iter()
        .fold(v, |x, (shift, mask)| (x | x << shift) & mask)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pixel_with_paths_comes_once_along_a_z_curve() {
        let (width, height) = (150, 70);
        let counts: Vec<u32> = (0..width * height).map(|i: u32| i.wrapping_mul(2_654_435_761) >> 29).collect();
        let list = in_order(&counts, width);
        let mut sorted = list.clone();
        sorted.sort_unstable();
        let expected: Vec<u32> = (0..width * height).filter(|&i| counts[i as usize] > 0).collect();
        assert!(sorted == expected && expected.len() < counts.len());
        assert_eq!(in_order(&[1; 16], 4), [0, 1, 4, 5, 2, 3, 6, 7, 8, 9, 12, 13, 10, 11, 14, 15]);
        assert_eq!([0, 1, 2, 3, 0x8000, 0xffff].map(spread), [0, 1, 4, 5, 0x4000_0000, 0x5555_5555]);
    }
}
