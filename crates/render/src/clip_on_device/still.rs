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
        let list = in_order(&counts, (settings.width, settings.height));
        let pixels = (!list.is_empty()).then(|| {
            let pixels = self.buffer("dynamic pixels", 4 * list.len() as u64, wgpu::BufferUsages::STORAGE);
            gpu.queue.write_buffer(&pixels, 0, bytemuck::cast_slice(&list));
            pixels
        });
        Ok(StillPart { span, pixels, count: list.len() as u32, paths: counts.iter().map(|&n| u64::from(n)).sum() })
    }
}

/// The pixels with any paths, along a Z-curve: neighbours look at the same things.
fn in_order(counts: &[u32], (width, height): (u32, u32)) -> Vec<u32> {
    let side = width.max(height).next_power_of_two();
    let square = |side: u32| (0..u64::from(side).pow(2)).map(|code| (every_second(code), every_second(code >> 1)));
    let inside = |&(x, y): &(u32, u32)| x < width && y < height;
    square(side.div_ceil(BLOCK))
        .map(|(x, y)| (BLOCK * x, BLOCK * y))
        .filter(inside)
        .flat_map(|(left, top)| square(BLOCK).map(move |(x, y)| (left + x, top + y)))
        .filter(inside)
        .map(|(x, y)| y * width + x)
        .filter(|&i| counts[i as usize] > 0)
        .collect()
}

/// Pixels that a wide picture is walked along in one go: what lies outside is left out block by block.
const BLOCK: u32 = 64;

/// Every second bit, from the lowest on.
fn every_second(code: u64) -> u32 {
    const MASKS: [(u32, u64); 5] = [
        (1, 0x3333_3333_3333_3333),
        (2, 0x0f0f_0f0f_0f0f_0f0f),
        (4, 0x00ff_00ff_00ff_00ff),
        (8, 0x0000_ffff_0000_ffff),
        (16, 0x0000_0000_ffff_ffff),
    ];
    MASKS.iter().fold(code & 0x5555_5555_5555_5555, |x, (shift, mask)| (x | x >> shift) & mask) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pixel_with_paths_comes_once_along_a_z_curve() {
        let (width, height) = (150, 70);
        let counts: Vec<u32> = (0..width * height).map(|i: u32| i.wrapping_mul(2_654_435_761) >> 29).collect();
        let list = in_order(&counts, (width, height));
        let mut sorted = list.clone();
        sorted.sort_unstable();
        let expected: Vec<u32> = (0..width * height).filter(|&i| counts[i as usize] > 0).collect();
        assert!(sorted == expected && expected.len() < counts.len());
        assert_eq!(in_order(&[1; 16], (4, 4)), [0, 1, 4, 5, 2, 3, 6, 7, 8, 9, 12, 13, 10, 11, 14, 15]);
        assert_eq!([0, 1, 4, 7, 0x4000_0000, u64::MAX].map(every_second), [0, 1, 2, 3, 0x8000, u32::MAX]);
    }
}
