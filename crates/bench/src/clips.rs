//! Clips that are measured: problems of a task, and what changes in more than its pose.

use glam::Vec3;
use raytruth_causality::Causality;
use raytruth_scene::{Animation, Light, Object, Pose, Power, Scene, Shape};
use raytruth_task::{Clip, Dials, Difficulty, Draw, Episode, SampleSeed, Task};

use crate::scenes;

/// Frames of the clips in which more than poses changes.
pub const FRAMES: usize = 40;

fn clip_of(mut scene: Scene) -> Scene {
    scene.animation = Some(Animation { frames: FRAMES as u32, fps: 16 });
    scene
}

/// Four ropes of 13,000 triangles side by side, the first `deforming` of which deform.
#[must_use]
pub fn ropes(deforming: usize) -> Scene {
    let mut scene = clip_of(scenes::knot());
    scene.objects.retain(|o| o.name == "floor");
    for rope in 0..4 {
        let shape = |frame: usize| {
            let grown = 0.6 + 0.4 * frame as f32 / FRAMES as f32;
            let point = |i: usize| grown * scenes::knot_curve(std::f32::consts::TAU * i as f32 / 68.0);
            // 68 spans of 3 rings of 64 triangles.
            Shape::Tube {
                radius: 0.014,
                points: (0..68).map(point).collect(),
                closed: true,
                colors: vec![Vec3::new(0.8, 0.3, 0.1); 68],
                rings: Some(3),
            }
        };
        let pose = Pose::from_translation(Vec3::new(0.55 * (rope as f32 - 1.5), 0.0, 0.1));
        let object = Object::new(format!("rope {rope}"), 10 + rope as u16, shape(0), "knot").at(pose);
        let object = if rope < deforming { object.changing((0..FRAMES).map(shape)) } else { object };
        scene.objects.push(object);
    }
    scene
}

/// A beam of 4 mm that grows across a bench of half a metre.
#[must_use]
pub fn beam() -> Scene {
    let mut scene = clip_of(scenes::knot());
    scene.objects.retain(|o| o.name != "knot");
    let mut glow = scene.materials["knot"].clone();
    glow.emission = Vec3::new(20.0, 2.0, 1.0);
    scene.materials.insert("beam".into(), glow);
    let (from, to) = (Vec3::new(-0.28, -0.12, 0.06), Vec3::new(0.24, 0.18, 0.06));
    let shape = |frame: usize| match frame {
        0 => Shape::Nothing,
        f => Shape::tube(0.002, vec![from, from.lerp(to, f as f32 / (FRAMES - 1) as f32)], false),
    };
    scene.objects.push(Object::new("beam", 20, Shape::Nothing, "beam").changing((0..FRAMES).map(shape)));
    scene
}

/// Two lamps, one of which goes out and the other on.
#[must_use]
pub fn lamps() -> Scene {
    let mut scene = clip_of(scenes::knot());
    let mut second = Light { name: "second".into(), ..scene.lights[0].clone() };
    second.pose.translation.x *= -1.0;
    second.power = Power::on(FRAMES, |frame| frame >= 20);
    scene.lights[0].power = Power::on(FRAMES, |frame| frame < 30);
    scene.lights.push(second);
    scene
}

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

/// The scene of the knot, with about so many triangles.
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
