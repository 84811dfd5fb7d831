//! How near a decoded picture is to what was encoded.

use ffmpeg_next::frame;

/// Peak signal-to-noise ratio in decibels, peak 255; 99 where the pictures are equal.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct PlanePsnr {
    /// Of the luma plane.
    pub luma: f64,
    /// Over the samples of all three planes.
    pub yuv: f64,
}

impl PlanePsnr {
    /// The lesser of the two.
    #[must_use]
    pub fn worst(&self) -> f64 {
        self.luma.min(self.yuv)
    }
}

/// Between two YUV420P pictures of one size.
pub(crate) fn psnr(a: &frame::Video, b: &frame::Video) -> PlanePsnr {
    let planes: [(u64, u64); 3] = std::array::from_fn(|plane| {
        let (w, h) = (a.plane_width(plane) as usize, a.plane_height(plane) as usize);
        let squares = (0..h).map(|y| {
            let (ra, rb) = (&a.data(plane)[y * a.stride(plane)..][..w], &b.data(plane)[y * b.stride(plane)..][..w]);
            ra.iter().zip(rb).map(|(&p, &q)| u64::from(p.abs_diff(q)).pow(2)).sum::<u64>()
        });
        (squares.sum(), (w * h) as u64)
    });
    let ratio = |squares: u64, samples: u64| match squares {
        0 => 99.0,
        _ => 10.0 * (255.0 * 255.0 * samples as f64 / squares as f64).log10(),
    };
    let total = planes.iter().fold((0, 0), |t, p| (t.0 + p.0, t.1 + p.1));
    PlanePsnr { luma: ratio(planes[0].0, planes[0].1), yuv: ratio(total.0, total.1) }
}
