//! A sample under way.

use std::sync::Arc;
use std::time::Instant;

use raytruth_eval::Truth;
use raytruth_eval::lint::Lint;
use raytruth_render::{Output, Pass, Passes, Prepared, RenderSettings};
use raytruth_scene::Scene;
use raytruth_task::{Clip, Episode, PictureCheck};

use crate::draw::{Drawn, Dressed, Reasons};
use crate::metadata::Metadata;
use crate::runlog::Stages;
use crate::settings::{Extra, Settings};
use crate::staging::Staging;
use crate::{Error, Result};

/// A sample between two stages.
pub(crate) struct Sample {
    pub(crate) drawn: Drawn,
    /// Number of the look, counted from 1.
    pub(crate) look: u32,
    pub(crate) episode: Arc<Episode>,
    /// What the lint says of the look.
    pub(crate) lint: Lint,
    /// Why other looks were not taken, by the task or the closed loop.
    pub(crate) refused: Reasons,
    /// How many videos the closed loop refused.
    pub(crate) refusals: u32,
    pub(crate) stages: Stages,
    pub(crate) started: Instant,
    /// Its folder, once there is something to write.
    pub(crate) staging: Option<Staging>,
    /// Set when its look is taken and only side clips are left to render.
    pub(crate) taken: Option<Taken>,
}

/// What is known when the ground truth scored 1000.
pub(crate) struct Taken {
    pub(crate) metadata: Metadata,
    pub(crate) points: Option<u32>,
    /// Still to render, the next one last.
    pub(crate) side_clips: Vec<SideClip>,
}

/// A clip besides the ground truth: a twin or a control.
#[derive(Clone, Debug)]
pub struct SideClip {
    /// For people: `twin counterfactual`.
    pub name: String,
    /// The MP4, below the sample's folder.
    pub file: String,
    /// What to render.
    pub scene: Arc<Scene>,
    /// How.
    pub settings: RenderSettings,
}

/// Why a clip is not rendered: a short constant, and the particulars.
pub(crate) type Refused = (String, String);

/// One rendered frame on its way to the encoder, with those passes that somebody asked for.
pub(crate) struct Shot {
    pub(crate) rgb: Vec<u8>,
    pub(crate) ids: Option<Vec<u16>>,
    pub(crate) passes: Option<Passes>,
}

/// A sample whose next clip only needs the renderer.
pub(crate) struct Ready {
    pub(crate) sample: Box<Sample>,
    pub(crate) order: Order,
    pub(crate) prepared: Prepared,
}

impl Ready {
    /// Does for a sample's next clip what the host can do before.
    pub(crate) fn new(mut sample: Box<Sample>, settings: &Settings) -> Result<Self> {
        let start = Instant::now();
        let order = sample.order(settings);
        let prepared = Prepared::new(order.scene(), &order.settings);
        let prepared = prepared.map_err(|e| Error::Render { task_id: sample.drawn.task_id.clone(), source: Box::new(e) })?;
        let prepared = prepared.with_first_frame();
        sample.stages.look += start.elapsed();
        Ok(Self { sample, order, prepared })
    }
}

/// What the renderer is to make next of a sample.
pub(crate) struct Order {
    pub(crate) what: String,
    scene: SceneOf,
    pub(crate) settings: RenderSettings,
    pub(crate) frames: u32,
    /// Frames whose object ids are kept, sorted.
    pub(crate) ids_at: Vec<u32>,
    /// Whether all passes are kept.
    pub(crate) passes: bool,
    /// What must hold before the clip is rendered.
    pub(crate) checks: Vec<PictureCheck>,
}

impl Order {
    pub(crate) fn scene(&self) -> &Scene {
        self.scene.get()
    }

    /// What is asked for of a frame.
    pub(crate) fn outputs(&self, frame: u32) -> Vec<Output> {
        let passes = if self.passes { &Pass::ALL[..] } else { &[] };
        let id = self.ids_at.contains(&frame) && !self.passes;
        let picture = [Output::Rgb].into_iter().chain(id.then_some(Output::Pass(Pass::Id)));
        picture.chain(passes.iter().copied().map(Output::from)).collect()
    }
}

/// A scene where it lies: they are too large to copy.
enum SceneOf {
    /// In the episode.
    Episode(Arc<Episode>),
    /// Of a side clip.
    Side(Arc<Scene>),
}

impl SceneOf {
    fn get(&self) -> &Scene {
        match self {
            Self::Episode(episode) => &episode.scene,
            Self::Side(scene) => scene,
        }
    }
}

impl Sample {
    /// A sample in its first look.
    pub(crate) fn new(drawn: Drawn, dressed: Dressed, refused: Reasons, stages: Stages, started: Instant) -> Self {
        let Dressed { look, episode, lint } = dressed;
        Self { drawn, look, episode, lint, refused, refusals: 0, stages, started, staging: None, taken: None }
    }

    /// The same problem in another look.
    pub(crate) fn redress(&mut self, dressed: Dressed) {
        (self.look, self.episode, self.lint) = (dressed.look, dressed.episode, dressed.lint);
    }

    pub(crate) fn order(&self, settings: &Settings) -> Order {
        if let Some(clip) = self.taken.as_ref().and_then(|t| t.side_clips.last()) {
            let frames = self.episode.clip.frames;
            let (scene, settings) = (SceneOf::Side(Arc::clone(&clip.scene)), clip.settings.clone());
            let what = clip.name.clone();
            return Order { what, scene, settings, frames, ids_at: Vec::new(), passes: false, checks: Vec::new() };
        }
        let frames = if settings.video { settings.clip.frames } else { 1 };
        Order {
            what: if settings.video { "video".into() } else { "first frame".into() },
            scene: SceneOf::Episode(Arc::clone(&self.episode)),
            settings: look_settings(&self.drawn, self.look, &self.episode.clip, settings.samples_per_pixel),
            frames,
            ids_at: observed_frames(frames, self.episode.clip.lead, &self.episode.truth),
            passes: settings.extras.contains(&Extra::Passes),
            checks: self.episode.checks.clone(),
        }
    }
}

/// How a sample's look is rendered: its own seed, so that samples do not share their noise.
pub(crate) fn look_settings(drawn: &Drawn, look: u32, clip: &Clip, samples_per_pixel: u32) -> RenderSettings {
    let seed = (drawn.seed.stream("render", look - 1).bits() >> 32) as u32;
    RenderSettings { width: clip.width, height: clip.height, samples_per_pixel, seed, ..RenderSettings::default() }
}

/// Frames whose object ids are held against what the evaluator sees: the ends, the split, and some while something happens. Few, so that
/// memory does not grow with the clip.
fn observed_frames(frames: u32, lead: u32, truth: &Truth) -> Vec<u32> {
    const BETWEEN: u64 = 7;
    let (first, last) = (u64::from(lead.min(frames - 1)), u64::from(truth.events_end.min(frames - 1)));
    let mut at: Vec<u32> = (0..=BETWEEN).map(|i| (first + last.saturating_sub(first) * i / BETWEEN) as u32).collect();
    at.extend([0, truth.split().min(frames - 1), frames - 1]);
    at.sort_unstable();
    at.dedup();
    at
}
