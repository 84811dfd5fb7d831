//! Named picture sizes, lengths and qualities.

use raytruth_task::{Clip, Difficulties, Difficulty, TaskInfo};

/// A named picture size, length and quality.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// As the command line spells it.
    pub name: &'static str,
    /// For `--help`.
    pub about: &'static str,
    /// Size, rate, and least number of frames: where a problem is longer, the clip is too ([`Self::clip_for`]).
    pub clip: Clip,
    /// Least number of frames before the split.
    pub before_split: u32,
    /// Camera paths a pixel.
    pub samples_per_pixel: u32,
}

/// The presets, the default first.
pub const PRESETS: [Preset; 7] = [
    preset("template", "the VBVR template's size and length", (800, 500), (60, 30), 50),
    preset("wan480", "common video models, 16:9", (832, 480), (81, 16), 50),
    preset("wan480_long", "the same, long", (832, 480), (153, 16), 50),
    Preset { before_split: 57, ..preset("v2v", "models that continue a video of 2 s and more", (832, 480), (120, 24), 50) },
    preset("square512", "survives crop, stretch and pad", (512, 512), (81, 16), 50),
    preset("square1024", "the same, large", (1024, 1024), (81, 16), 50),
    preset("draft", "a laptop without a GPU", (480, 300), (33, 16), 8),
];

const fn preset(
    name: &'static str,
    about: &'static str,
    (width, height): (u32, u32),
    (frames, fps): (u32, u32),
    samples_per_pixel: u32,
) -> Preset {
    Preset { name, about, clip: Clip { width, height, fps, frames, lead: 0 }, before_split: 0, samples_per_pixel }
}

impl Preset {
    /// Its clip for problems of a task: lengthened, where one of them needs it, to the next 8k + 1 frames, which is what video models take.
    #[must_use]
    pub fn clip_for(&self, info: &TaskInfo, difficulties: Difficulties) -> Clip {
        self.lengthened(self.clip, info, difficulties)
    }

    /// Another clip in its place, lengthened in the same way.
    #[must_use]
    pub fn lengthened(&self, clip: Clip, info: &TaskInfo, difficulties: Difficulties) -> Clip {
        let needs = difficulties.occurring().iter().map(|&d| least_frames(info, d, clip.fps, self.before_split));
        let least = needs.max().unwrap_or(0);
        let frames = if least > clip.frames {
            least.saturating_sub(1).div_ceil(8).saturating_mul(8).saturating_add(1)
        } else {
            clip.frames
        };
        Clip { frames, ..clip }
    }
}

/// Frames that hold the problems of a difficulty, and before them the longest lead-in that there can be.
pub(crate) fn least_frames(info: &TaskInfo, difficulty: Difficulty, fps: u32, before_split: u32) -> u32 {
    info.frames(difficulty, fps).saturating_add(longest_lead(before_split))
}

/// What a clip has for the problem if the lead-in is as long as it can be.
pub(crate) fn without_lead(clip: &Clip, before_split: u32) -> Clip {
    Clip { frames: clip.frames.saturating_sub(longest_lead(before_split)).max(2), ..*clip }
}

/// A clip splits two frames before what decides, which happens in its second frame at the earliest.
fn longest_lead(before_split: u32) -> u32 {
    if before_split == 0 { 0 } else { before_split.saturating_add(1) }
}

#[cfg(test)]
mod tests {
    use raytruth_task::ByDifficulty;

    use super::*;

    fn info(easy: f64, hard: f64) -> TaskInfo {
        TaskInfo {
            domain: "toy",
            title: "Toy",
            summary: "A toy.",
            families: &["one"],
            classes: &["a", "b"],
            seconds: ByDifficulty { easy, medium: easy, hard },
            min_size: ByDifficulty::all((16, 16)),
            min_fps: 1,
        }
    }

    #[test]
    fn a_preset_is_as_long_as_the_longest_problem() {
        let frames = |name: &str, info: &TaskInfo, difficulties: Difficulties| {
            let preset = PRESETS.iter().find(|p| p.name == name).expect("a preset");
            preset.clip_for(info, difficulties).frames
        };
        let (easy, hard) = (Difficulties::Only(Difficulty::Easy), Difficulties::Only(Difficulty::Hard));
        let (short, long) = (info(2.0, 2.0), info(5.0, 9.5));
        let lengths = |info, difficulties| PRESETS.map(|p| frames(p.name, info, difficulties));
        assert_eq!(lengths(&short, easy), [60, 81, 153, 120, 81, 81, 33]);
        // 5 s are 150 frames at 30, 120 at 24, 80 at 16; before the split of `v2v` stand up to 58 more.
        assert_eq!(lengths(&long, easy), [153, 81, 153, 185, 81, 81, 81]);
        // 9.5 s are 285 frames at 30, 228 at 24, 152 at 16.
        assert_eq!(lengths(&long, hard), [289, 153, 153, 289, 153, 153, 153]);
        assert_eq!(lengths(&long, Difficulties::Mixed), lengths(&long, hard));
        let odd = Clip { fps: 60, ..PRESETS[0].clip };
        assert_eq!(PRESETS[0].lengthened(odd, &short, easy).frames, 121, "of another rate, too");
    }
}
