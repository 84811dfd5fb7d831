//! A finished sample drawn again from its metadata: seeds are all that is needed.

use std::path::Path;

use raytruth_render::RenderSettings;
use raytruth_task::{Draw, Episode, RunSeed, SampleSeed, Task};

use crate::draw::{Drawn, Reasons, episode, task_id};
use crate::metadata::{Metadata, VERSION, parameters};
use crate::sample::look_settings;
use crate::settings::difficulty_of;
use crate::{Error, Result, param_hash};

/// A sample as it was before it was rendered.
pub struct Redrawn {
    /// The problem.
    pub drawn: Drawn,
    /// Number of its look, counted from 1.
    pub look: u32,
    /// The look that was taken.
    pub episode: Episode,
    /// How it was rendered.
    pub render: RenderSettings,
}

/// Draws the sample that `metadata`, read from `path`, describes; refuses metadata that says something else than its seeds draw.
///
/// # Errors
/// [`Error::Sample`], with the member that does not fit.
pub fn redraw(task: &dyn Task, metadata: &Metadata, path: &Path) -> Result<Redrawn> {
    let wrong = |what: String| Error::Sample { path: path.to_path_buf(), what };
    let generation = &metadata.generation;
    let recipe = &generation.settings;
    let info = task.info();
    if generation.version != VERSION {
        let what = format!("made by version {}; this is {VERSION}, whose draws may differ", generation.version);
        return Err(wrong(what));
    }
    let id = task_id(info.domain, generation.index);
    let run = RunSeed { seed: generation.seed, split: metadata.split };
    let seed = SampleSeed::new(run, info.domain, generation.index);
    if metadata.task_id != id || metadata.sample_seed != seed.to_string() {
        return Err(wrong(format!(
            "task_id, sample_seed, seed, split and index do not belong together: expected {id} and {seed}"
        )));
    }
    let (attempt, look) = (metadata.attempts.problem, metadata.attempts.look);
    if attempt == 0 || look == 0 {
        return Err(wrong("`attempts` count from 1".into()));
    }
    let lot = run.lot_of(info.domain, generation.index, info.classes.len());
    let difficulty = difficulty_of(recipe.difficulty, run, info, generation.index);
    if recipe.clip.lead != 0 || recipe.before_split > recipe.clip.frames {
        return Err(wrong("`generation.settings` ask for a lead-in that no run asks for".into()));
    }
    // What the program refuses on its command line it does not take from a file either.
    let defaults = raytruth_task::Dials::resolve(&task.dials(difficulty), None, &[]).unwrap_or_default();
    if !recipe.dials.0.keys().eq(defaults.0.keys()) {
        return Err(wrong("`generation.settings.dials` are not the hyper-parameters of this task".into()));
    }
    let mut draw = Draw::new(seed.problem(attempt - 1), lot, difficulty, &recipe.dials);
    let problem =
        task.draw(&mut draw).map_err(|r| wrong(format!("`attempts.problem` is {attempt}, but that draw is rejected: {r}")))?;
    let drawn = Drawn { index: generation.index, task_id: id, seed, attempt, rejections: Reasons::new(), problem };
    let episode = episode(drawn.problem.as_ref(), &seed.look(look - 1), &recipe.clip, recipe.before_split)
        .map_err(|r| wrong(format!("`attempts.look` is {look}, but that look is rejected: {r}")))?;
    if metadata.lead_in != episode.clip.lead {
        return Err(wrong(format!("lead_in is {}, but its seeds draw {}", metadata.lead_in, episode.clip.lead)));
    }
    let hash = param_hash(&parameters(&episode));
    if metadata.param_hash != hash {
        return Err(wrong(format!("param_hash is {}, but its seeds draw {hash}", metadata.param_hash)));
    }
    if metadata.truth != episode.truth {
        return Err(wrong("`truth` is not what its seeds draw".into()));
    }
    let render = look_settings(&drawn, look, &recipe.clip, recipe.samples_per_pixel);
    Ok(Redrawn { drawn, look, episode, render })
}
