//! Undoing what exposure and white balance do from frame to frame: flicker, a slow tint.

use crate::Frame;

/// Points looked at, about.
const POINTS: usize = 900;
/// Values of the first frame that say something.
const CLEAR: std::ops::RangeInclusive<u8> = 24..=232;
/// Gains that are a matter of exposure; beyond, light has changed.
const FAIR: std::ops::RangeInclusive<f32> = 0.88..=1.14;
/// A gain that moves light values by so many 8-bit steps at most is that of a faithful video.
const FAITHFUL: f32 = 1.5;
const LIGHT: f32 = 240.0;

/// Points that stand still, in the first frame.
pub(super) struct Exposure {
    /// Index of the pixel and the first frame's values, for each channel those that are clear.
    points: [Vec<(u32, f32)>; 3],
}

impl Exposure {
    /// `None` if too little stands still.
    pub(super) fn new(first: &Frame, still: &[bool]) -> Option<Self> {
        let stands: Vec<u32> = (0..still.len() as u32).filter(|&at| still[at as usize]).collect();
        let step = (stands.len() / POINTS).max(1);
        let points = [0, 1, 2].map(|c| {
            let value = |at: u32| first.rgb[at as usize * 3 + c];
            let few = stands.iter().step_by(step).filter(|&&at| CLEAR.contains(&value(at)));
            few.map(|&at| (at, f32::from(value(at)))).collect::<Vec<_>>()
        });
        points.iter().all(|p| p.len() >= POINTS / 8).then_some(Self { points })
    }

    /// What brings each channel to the first frame's: one gain each, the median over the points, which what passes and its shadow do not move.
    pub(super) fn undoing(&self, frame: &Frame) -> Undoing {
        let gains = [0, 1, 2].map(|c| {
            let ratio = |&(at, value): &(u32, f32)| f32::from(frame.rgb[at as usize * 3 + c].max(1)) / value;
            let mut ratios: Vec<f32> = self.points[c].iter().map(ratio).collect();
            let middle = ratios.len() / 2;
            1.0 / *ratios.select_nth_unstable_by(middle, f32::total_cmp).1
        });
        let moves = |gain: f32| (gain - 1.0).abs() * LIGHT;
        let is_none = gains.iter().any(|g| !FAIR.contains(g)) || gains.iter().all(|&g| moves(g) <= FAITHFUL);
        Undoing(if is_none { None } else { Some(gains) })
    }
}

/// Gains of the channels, if any.
#[derive(Clone, Copy, Default)]
pub(super) struct Undoing(Option<[f32; 3]>);

impl Undoing {
    pub(super) fn apply(self, frame: &mut Frame) {
        let Some(gains) = self.0 else { return };
        let table = |gain: f32| -> [u8; 256] { std::array::from_fn(|v| (v as f32 * gain + 0.5).min(255.0) as u8) };
        let tables = gains.map(table);
        for pixel in frame.rgb.chunks_exact_mut(3) {
            for (value, table) in pixel.iter_mut().zip(&tables) {
                *value = table[usize::from(*value)];
            }
        }
    }
}
