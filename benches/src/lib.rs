//! What the benches measure: a causality episode and a scene of 24,000 triangles.

use raytruth_causality::Causality;
use raytruth_scene::{Scene, Shape};
use raytruth_task::{Clip, Dials, Difficulty, Draw, Episode, SampleSeed, Task};

#[path = "../../crates/render/examples/scenes/mod.rs"]
mod scenes;

/// The first problem of a fixed seed that is drawn at once, dressed for a clip.
///
/// # Panics
/// When no problem can be drawn.
#[must_use]
pub fn episode(clip: &Clip) -> Episode {
    episode_of(0, clip)
}

/// The same of a class of the task, by its number.
///
/// # Panics
/// When no problem can be drawn.
#[must_use]
pub fn episode_of(class: usize, clip: &Clip) -> Episode {
    let task = Causality;
    let dials = Dials::resolve(&task.dials(Difficulty::Medium), None, &[]).expect("defaults are in bounds");
    let seed = SampleSeed::new(1, task.info().domain, class as u64);
    (0..500)
        .find_map(|attempt| {
            let problem = task.draw(&mut Draw::new(seed.problem(attempt), class, Difficulty::Medium, &dials)).ok()?;
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

/// The same with a knot of about so many triangles.
#[must_use]
pub fn knot_of(triangles: usize) -> Scene {
    let mut scene = scenes::knot();
    let count = triangles / 64;
    for object in &mut scene.objects {
        if let Shape::Tube { points, .. } = &mut object.shape {
            *points = (0..count).map(|i| scenes::knot_curve(std::f32::consts::TAU * i as f32 / count as f32)).collect();
        }
    }
    scene
}
