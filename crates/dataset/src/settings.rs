//! What a run is asked to do.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use raytruth_task::{ByDifficulty, Clip, Dials, Difficulties, Difficulty, RunSeed, Split, Task, TaskInfo};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::preset::{Preset, least_frames, without_lead};
use crate::{Error, Result};

/// Everything a run depends on besides the task.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The run seed.
    pub seed: u64,
    /// The part of a dataset that is made, if it is one. The parts of a seed share no problem.
    pub split: Option<Split>,
    /// First index.
    pub start_index: u64,
    /// How many from there.
    pub num_samples: u64,
    /// The data folder; samples land in `{output}/{domain}_task/{task_id}`.
    pub output: PathBuf,
    /// Where the run log goes; beside the data folder (`{output}-logs`) unless said otherwise.
    pub log: Option<PathBuf>,
    /// Where refused looks are kept as `{task_id}_look{n}`, to see what is wrong with them; nowhere unless asked for.
    pub keep_refused: Option<PathBuf>,
    /// Size and length of the videos. A lead-in is not asked for here, but follows from `before_split`.
    pub clip: Clip,
    /// Least number of frames before the split: a problem that splits earlier begins after a lead-in.
    pub before_split: u32,
    /// Camera paths a pixel.
    pub samples_per_pixel: u32,
    /// How hard.
    pub difficulty: Difficulties,
    /// Resolved hyper-parameters; only those of the difficulties that occur count.
    pub dials: ByDifficulty<Dials>,
    /// False renders the first frame only.
    pub video: bool,
    /// What lands under `extras/`.
    pub extras: BTreeSet<Extra>,
    /// Worker threads for drawing ahead, and as many for encoding and scoring behind. The samples do not depend on it.
    pub threads: usize,
    /// After this many videos that the closed loop refuses a problem counts as failed.
    pub max_looks: u32,
    /// After this many rejected draws a problem counts as failed.
    pub max_draws: u32,
    /// For metadata: `SOURCE_DATE_EPOCH`, else the start of the run.
    pub timestamp: SystemTime,
    /// For metadata: where the program comes from.
    pub provenance: Provenance,
}

/// What the run reads off a finished sample to tell whether it is the one asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recipe {
    /// Size and length.
    pub clip: Clip,
    /// Least number of frames before the split.
    #[serde(default)]
    pub before_split: u32,
    /// Camera paths a pixel.
    pub samples_per_pixel: u32,
    /// How hard the samples of the run are.
    pub difficulty: Difficulties,
    /// Resolved hyper-parameters, those of the sample's own difficulty.
    pub dials: Dials,
    /// Whether there is a video, or only the first frame.
    pub video: bool,
    /// What lies under `extras/`.
    pub extras: BTreeSet<Extra>,
}

/// The source the program was built from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// 40 hex digits, or "unknown" outside a checkout.
    pub commit: String,
    /// Branch name, or "unknown".
    pub branch: String,
    /// Where the repository lives.
    pub repo: String,
    /// Whether tracked files differed from the commit when the program was built.
    pub is_dirty: bool,
}

impl Default for Provenance {
    fn default() -> Self {
        let unknown = || String::from("unknown");
        Self { commit: unknown(), branch: unknown(), repo: unknown(), is_dirty: false }
    }
}

/// Something more to write, under `extras/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Extra {
    /// `tracks.json`: the world pose of every object at every frame.
    Tracks,
    /// `episode.json`: the Episode itself, scene included.
    Episode,
    /// `passes/`: every pass of every frame, see [`crate::pass_files`].
    Passes,
    /// `twins/`: counterfactual and impossible versions as videos.
    Twins,
    /// `controls/`: what `raytruth controls` renders.
    Controls,
    /// `actions.csv`: where the camera is, how it moves and turns, frame by frame; and `captions.json`, if the task tells its steps.
    Actions,
}

impl Extra {
    /// Every one.
    pub const ALL: [Self; 6] = [Self::Tracks, Self::Episode, Self::Passes, Self::Twins, Self::Controls, Self::Actions];

    /// As the command line spells it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Tracks => "tracks",
            Self::Episode => "episode",
            Self::Passes => "passes",
            Self::Twins => "twins",
            Self::Controls => "controls",
            Self::Actions => "actions",
        }
    }
}

/// Widest and highest picture, pixels: what H.264 level 6.2 allows a side.
pub const MAX_SIDE: u32 = 8192;
/// Largest picture, pixels: H.264's `MaxFS` of level 6.2 in 16x16 macroblocks.
pub const MAX_PIXELS: u64 = 139_264 * 256;
/// Longest clip, frames.
pub const MAX_FRAMES: u32 = 36_000;
/// Fastest clip, frames per second.
pub const MAX_FPS: u32 = 240;
/// Most camera paths a pixel.
pub const MAX_SAMPLES: u32 = 65_536;
/// Videos a problem gets.
pub const MAX_LOOKS: u32 = 8;
/// Draws a sample's problem gets. A task that rejects 98 % of its draws still fails one sample in 10^8.
pub const MAX_DRAWS: u32 = 1_000;
/// Largest run seed: what readers of metadata (JavaScript, Arrow, jq) take for an integer without losing digits.
pub const MAX_SEED: u64 = (1 << 53) - 1;
/// Names hold eight digits.
pub const MAX_INDEX: u64 = 100_000_000;

impl Settings {
    /// One medium sample of seed 42 by a preset, with the task's own hyper-parameters and nothing out of the ordinary.
    #[must_use]
    pub fn new(task: &dyn Task, output: impl Into<PathBuf>, preset: &Preset) -> Self {
        let difficulty = Difficulties::default();
        Self {
            seed: 42,
            split: None,
            start_index: 0,
            num_samples: 1,
            output: output.into(),
            log: None,
            keep_refused: None,
            clip: preset.clip_for(task.info(), difficulty),
            before_split: preset.before_split,
            samples_per_pixel: preset.samples_per_pixel,
            difficulty,
            // Without overrides there is nothing to refuse.
            dials: ByDifficulty::of(|difficulty| Dials::resolve(&task.dials(difficulty), None, &[]).unwrap_or_default()),
            video: true,
            extras: BTreeSet::new(),
            threads: 1,
            max_looks: MAX_LOOKS,
            max_draws: MAX_DRAWS,
            timestamp: SystemTime::now(),
            provenance: Provenance::default(),
        }
    }

    /// Refuses what no machine could do, or what the task's answer would not be seen in.
    ///
    /// # Errors
    /// [`Error::Usage`], with the value, the rule and the way out.
    pub fn validate(&self, task: &dyn Task) -> Result<()> {
        let info = task.info();
        let refuse = |text: String| Err(Error::Usage(text));
        let Clip { width, height, fps, frames, lead } = self.clip;
        if width == 0 || height == 0 || width > MAX_SIDE || height > MAX_SIDE || u64::from(width) * u64::from(height) > MAX_PIXELS
        {
            return refuse(format!(
                "size {width}x{height} cannot be encoded: each side must be 2 to {MAX_SIDE} pixels and the picture at most {MAX_PIXELS} pixels"
            ));
        }
        if width % 2 != 0 || height % 2 != 0 {
            return refuse(format!(
                "size {width}x{height} is odd: yuv420p video needs even sides; try {}x{}",
                width.next_multiple_of(2),
                height.next_multiple_of(2)
            ));
        }
        if fps == 0 || fps > MAX_FPS {
            return refuse(format!("{fps} frames per second is outside 1 to {MAX_FPS}"));
        }
        if !(2..=MAX_FRAMES).contains(&frames) {
            return refuse(format!("a clip of {frames} frames is outside 2 to {MAX_FRAMES}: it is split in two videos"));
        }
        self.holds_the_problem(info)?;
        if lead > 0 {
            return refuse(format!("a lead-in of {lead} frames is asked for; it follows from `before_split`"));
        }
        if self.samples_per_pixel == 0 || self.samples_per_pixel > MAX_SAMPLES {
            return refuse(format!("{} samples per pixel is outside 1 to {MAX_SAMPLES}", self.samples_per_pixel));
        }
        if self.seed > MAX_SEED {
            return refuse(format!("seed {} passes {MAX_SEED}, the largest that JSON readers keep exactly", self.seed));
        }
        if self.start_index.checked_add(self.num_samples).is_none_or(|end| end > MAX_INDEX) {
            return refuse(format!(
                "indices {} + {} pass {MAX_INDEX}: a task id has eight digits; lower --start-index or --num-samples",
                self.start_index, self.num_samples
            ));
        }
        for &difficulty in self.difficulty.occurring() {
            let clip = without_lead(&self.clip, self.before_split);
            let named = |why: String| match self.difficulty {
                Difficulties::Only(_) => why,
                Difficulties::Mixed => format!("{}: {why}", difficulty.name()),
            };
            task.check(difficulty, self.dials.at(difficulty), &clip).map_err(|why| Error::Usage(named(why)))?;
        }
        if !self.video && self.extras.iter().any(|e| !matches!(e, Extra::Tracks | Extra::Episode | Extra::Actions)) {
            return refuse(String::from(
                "--no-video renders the first frame only: of the extras it leaves tracks, episode and actions",
            ));
        }
        Ok(())
    }

    /// Whether the clip is large and long enough for every difficulty that occurs.
    fn holds_the_problem(&self, info: &TaskInfo) -> Result<()> {
        let Clip { width, height, fps, frames, .. } = self.clip;
        if fps < info.min_fps {
            let (who, least) = (info.domain, info.min_fps);
            return Err(Error::Usage(format!("--fps {fps} is too low for {who}: what happens can be seen from {least} fps on")));
        }
        for &difficulty in self.difficulty.occurring() {
            // If it does not depend on the difficulty, that is not to blame.
            let who = |same: bool| if same { info.domain.into() } else { format!("{} {}", difficulty.name(), info.domain) };
            let &(min_width, min_height) = info.min_size.at(difficulty);
            if width < min_width || height < min_height {
                let who = who(info.min_size == ByDifficulty::all((min_width, min_height)));
                return Err(Error::Usage(format!(
                    "--size {width}x{height} is too small for {who}: its answer can be seen from {min_width}x{min_height} on"
                )));
            }
            let (seconds, least) = (*info.seconds.at(difficulty), least_frames(info, difficulty, fps, self.before_split));
            if frames < least {
                let who = who(info.seconds == ByDifficulty::all(seconds));
                let before = match self.before_split {
                    0 => String::new(),
                    n => format!(", and {n} frames must come before the split"),
                };
                return Err(Error::Usage(format!(
                    "--frames {frames} at {fps} fps last {:.2} s, but the events of {who} need {seconds} s{before}: \
                     use --frames {least} or more, or a lower --fps",
                    f64::from(frames) / f64::from(fps)
                )));
            }
        }
        Ok(())
    }

    /// What the samples of the run have in common.
    #[must_use]
    pub fn run_seed(&self) -> RunSeed {
        RunSeed { seed: self.seed, split: self.split }
    }

    /// How hard the problem of an index is.
    #[must_use]
    pub fn difficulty_of(&self, info: &TaskInfo, index: u64) -> Difficulty {
        difficulty_of(self.difficulty, self.run_seed(), info, index)
    }

    /// What a finished sample of a difficulty must have been made with.
    #[must_use]
    pub fn recipe(&self, difficulty: Difficulty) -> Recipe {
        Recipe {
            clip: self.clip,
            before_split: self.before_split,
            samples_per_pixel: self.samples_per_pixel,
            difficulty: self.difficulty,
            dials: self.dials.at(difficulty).clone(),
            video: self.video,
            extras: self.extras.clone(),
        }
    }

    /// The indices of the run.
    #[must_use]
    pub fn range(&self) -> std::ops::Range<u64> {
        self.start_index..self.start_index + self.num_samples
    }
}

/// How hard the problem of an index is.
pub(crate) fn difficulty_of(difficulties: Difficulties, run: RunSeed, info: &TaskInfo, index: u64) -> Difficulty {
    match difficulties {
        Difficulties::Only(difficulty) => difficulty,
        Difficulties::Mixed => run.mixed_difficulty(info.domain, index, info.classes.len()),
    }
}

impl Recipe {
    /// Whether a sample made by this recipe holds all that `asked` would make: equal, but for more extras, or a video too many.
    #[must_use]
    pub fn satisfies(&self, asked: &Self) -> bool {
        let same = Self { video: asked.video, extras: asked.extras.clone(), ..self.clone() } == *asked;
        same && (self.video || !asked.video) && asked.extras.is_subset(&self.extras)
    }

    /// The first member that differs, as `name: theirs, not ours`.
    #[must_use]
    pub fn difference(&self, asked: &Self) -> String {
        let value = |r: &Self| serde_json::to_value(r).unwrap_or(Value::Null);
        let (theirs, ours) = (value(self), value(asked));
        let members = theirs.as_object().into_iter().flatten();
        for (name, value) in members {
            if ours.get(name) != Some(value) {
                return format!("{name}: {value}, not {}", ours.get(name).unwrap_or(&json!(null)));
            }
        }
        String::from("its settings")
    }
}

/// The moment that metadata names: `SOURCE_DATE_EPOCH` where it is set, so that equal runs give equal bytes.
///
/// # Errors
/// [`Error::Usage`] where it is set and is no whole number of seconds.
pub fn timestamp_from_env() -> Result<SystemTime> {
    let Some(text) = std::env::var_os("SOURCE_DATE_EPOCH") else {
        return Ok(SystemTime::now());
    };
    // The year 9999, the last one RFC 3339 can write.
    let seconds = text.to_str().and_then(|t| t.trim().parse::<u64>().ok()).filter(|s| *s < 253_402_300_800);
    let seconds = seconds.ok_or_else(|| {
        Error::Usage(format!("SOURCE_DATE_EPOCH is `{}`, not a number of seconds since 1970", text.to_string_lossy()))
    })?;
    Ok(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds))
}
