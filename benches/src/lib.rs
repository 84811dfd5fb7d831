//! What the benches measure: a causality episode and a scene of 24,000 triangles.

use raytruth_causality::Causality;
use raytruth_scene::Scene;
use raytruth_task::{Clip, Dials, Difficulty, Draw, Episode, SampleSeed, Task};

#[path = "../../crates/render/examples/scenes/mod.rs"]
mod scenes;

/// The first problem of a fixed seed that is drawn at once, dressed for a clip.
///
/// # Panics
/// When no problem can be drawn.
#[must_use]
pub fn episode(clip: &Clip) -> Episode {
    let task = Causality;
    let dials = Dials::resolve(&task.dials(Difficulty::Medium), None, &[]).expect("defaults are in bounds");
    let seed = SampleSeed::new(1, task.info().domain, 0);
    (0..500)
        .find_map(|attempt| {
            let problem = task.draw(&mut Draw::new(seed.problem(attempt), 0, Difficulty::Medium, &dials)).ok()?;
            (0..16).find_map(|look| problem.episode(&mut seed.look(look), clip).ok())
        })
        .expect("one of 500 draws is certified")
}

/// A ramp, a ball and a tower: about 2,300 triangles.
#[must_use]
pub fn causality() -> Scene {
    scenes::causality()
}

/// A torus knot of 24,000 triangles with mirror and glass.
#[must_use]
pub fn knot() -> Scene {
    scenes::knot()
}
