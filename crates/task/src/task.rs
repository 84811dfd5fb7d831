use std::sync::Arc;

use raytruth_eval::Truth;
use raytruth_scene::Scene;
use serde::Serialize;

use crate::{ByDifficulty, Card, Clip, Dial, Dials, Difficulty, Draw, Episode, Rejection, Rng};

/// What `raytruth list` says of a task.
#[derive(Clone, Debug, Serialize)]
pub struct TaskInfo {
    /// Lower-case identifier: names folders (`{domain}_task/{domain}_{index:08}`) and the evaluator.
    pub domain: &'static str,
    /// For people: "Material-Momentum Causality".
    pub title: &'static str,
    /// One sentence.
    pub summary: &'static str,
    /// The scenario families.
    pub families: &'static [&'static str],
    /// The answer classes, balanced by construction.
    pub classes: &'static [&'static str],
    /// Seconds from the problem's start, when [`Clip::time_of`] is 0, until all is at rest: a shorter clip is refused. The same for every
    /// problem of a difficulty, and for every preset.
    pub seconds: ByDifficulty<f64>,
    /// Smallest picture `(width, height)` in which the evaluator can see the answer; a smaller one is refused.
    pub min_size: ByDifficulty<(u32, u32)>,
    /// Fewest frames per second in which the evaluator can see what happens; fewer are refused.
    pub min_fps: u32,
}

impl TaskInfo {
    /// Frames that the events of a difficulty need at a rate.
    #[must_use]
    pub fn frames(&self, difficulty: Difficulty, fps: u32) -> u32 {
        libm::ceil(self.seconds.at(difficulty) * f64::from(fps) - 1e-6) as u32
    }
}

/// What becomes of a look in which the lint finds something wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LintPolicy {
    /// The next look is drawn, but for `few_edges`, which is reported.
    Refuse,
    /// The next look is drawn, for `few_edges` too: every picture shows all over whether the camera stands.
    RefuseAll,
    /// It is taken, and metadata says what was found.
    Report,
}

impl LintPolicy {
    /// Whether a finding of a rule costs the look.
    #[must_use]
    pub fn refuses(self, rule: &str) -> bool {
        match self {
            Self::Refuse => rule != "few_edges",
            Self::RefuseAll => true,
            Self::Report => false,
        }
    }
}

/// A family of problems.
pub trait Task: Send + Sync {
    /// What it is.
    fn info(&self) -> &TaskInfo;

    /// Every hyper-parameter with its default range at this difficulty. `--set name=value` and `name=lo..hi` override them.
    fn dials(&self, difficulty: Difficulty) -> Vec<Dial>;

    /// Refuses what cannot be drawn or shown, before anything is drawn: hyper-parameters that leave no answer, or that need a longer clip or a
    /// larger picture than [`TaskInfo`] says. `clip` is what the problem itself has, without a lead-in.
    ///
    /// # Errors
    /// A sentence that names the hyper-parameter, what it must hold, and what it holds.
    fn check(&self, difficulty: Difficulty, dials: &Dials, clip: &Clip) -> Result<(), String> {
        let _ = (difficulty, dials, clip);
        Ok(())
    }

    /// Draws one problem of the class `draw.class`, simulates and certifies it. Must not depend on anything but `draw`.
    ///
    /// # Errors
    /// [`Rejection`] where the draw is not well posed or misses the class; the caller counts the reason and draws again with the
    /// next attempt's stream, for the same class.
    fn draw(&self, draw: &mut Draw<'_>) -> Result<Box<dyn Problem>, Rejection>;

    /// Who scores it. Registered under `info().domain`.
    fn evaluator(&self) -> Arc<dyn raytruth_eval::Evaluator>;

    /// What becomes of a look in which [`raytruth_eval::lint`] finds something wrong.
    fn lint(&self) -> LintPolicy {
        LintPolicy::Refuse
    }
}

/// A drawn and certified problem: what `--dry-run --json` prints, and the way to its pictures.
pub trait Problem: Send + Sync {
    /// Prompt, parameters, class, certificate, evidence.
    fn card(&self) -> &Card;

    /// Dresses the problem for a clip: colours, light, textures, small camera shifts from `look`; framing from the clip's aspect.
    ///
    /// # Errors
    /// [`Rejection`] where this look hides the answer; the caller draws the next look.
    fn episode(&self, look: &mut Rng, clip: &Clip) -> Result<Episode, Rejection>;

    /// Counterfactual and impossible versions of an episode that [`Self::episode`] gave, in its dress: hard negatives. What cannot be shown is
    /// left out.
    fn twins(&self, episode: &Episode) -> Vec<Twin> {
        let _ = episode;
        Vec::new()
    }
}

/// A version of a sample that is wrong on purpose.
#[derive(Clone, Debug)]
pub struct Twin {
    /// `counterfactual`, `teleport`, `vanish`, `duplicate`, `glide`, `wrong_cause`, ...
    pub name: String,
    /// What differs, in a sentence.
    pub summary: String,
    /// What to render, for the clip of the right one.
    pub scene: Scene,
    /// The answer's class that it shows; none if what happens in it is impossible.
    pub class: Option<String>,
    /// What should be seen where in it, if that could be written. Scored it is by the truth of the right one.
    pub truth: Option<Truth>,
}
