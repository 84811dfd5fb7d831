//! From scene and answer to the truth that the evaluator reads: projection and statistics, no rendering.

use glam::{Vec2, Vec3};
use raytruth_eval::causality::{CausalityTruth, EVENTS, TargetTruth};
use raytruth_eval::{Surface, Truth};
use raytruth_scene::Scene;
use raytruth_task::{Clip, Followed, Rejection, TruthWriter, first_move, settles};

use crate::answer::Answer;
use crate::ball::BallMaterial;
use crate::film::{BALL, GATE, TARGETS};
use crate::look::{Look, display, shown_color};
use crate::simulate::DURATION;

/// An object is at rest when it moves less than this per frame, pixels.
const STILL_PX: f32 = 0.5;
/// Final places are not graded where the ensemble's standard deviation is wider than this share of the picture's width.
const CHAOTIC: f32 = 0.035;
/// Least tolerance of a final place, as a share of the picture's width.
const LEAST_TOLERANCE: f32 = 0.03;

/// The truth of a scene.
pub(crate) fn build(
    scene: &Scene,
    names: &[String],
    answer: &Answer,
    ball: BallMaterial,
    look: &Look,
    clip: &Clip,
) -> Result<Truth, Rejection> {
    let indices: Vec<usize> = names.iter().filter_map(|n| scene.object_index(n)).collect();
    let contact = clip.frame_at(answer.contact);
    let release = first_move(scene, clip, indices[GATE], STILL_PX);
    let release = release.ok_or_else(|| Rejection::new("gate_still", "the gate never moves in sight"))?;
    let settle = settles(scene, clip, &indices, STILL_PX).max(contact);
    let task =
        serde_json::to_value(task_truth(scene, names, answer, clip)?).map_err(|e| Rejection::new("truth", e.to_string()))?;
    let mut writer = TruthWriter::new(crate::DOMAIN, scene, clip, EVENTS[1], contact)
        .event(EVENTS[0], release)
        .event(EVENTS[2], settle)
        .ends(clip.frame_at(DURATION))
        .task(task);
    for (i, name) in names.iter().enumerate() {
        let (material, role) = match i {
            BALL => (&look.ball, "ball"),
            GATE => (&look.gate, "gate"),
            _ => (&look.targets[i - TARGETS], "target"),
        };
        writer = writer.follow(Followed {
            name: name.clone(),
            role: role.to_owned(),
            key: i != GATE,
            surface: if i == BALL { surface(ball) } else { Surface::Opaque },
            color: display(shown_color(material)),
        });
    }
    let truth = writer.write()?;
    check_sight(&truth, release)?;
    Ok(truth)
}

/// The evaluator's own part.
fn task_truth(scene: &Scene, names: &[String], answer: &Answer, clip: &Clip) -> Result<CausalityTruth, Rejection> {
    let spread = |points: &[Vec3]| deviation(scene, points, clip);
    let width = clip.width as f32;
    let graded = |sigma: f32| sigma <= CHAOTIC * width;
    let tolerance = |sigma: f32| (LEAST_TOLERANCE * width).max(2.0 * sigma.min(CHAOTIC * width));
    let mut targets = Vec::new();
    for (i, name) in names[TARGETS..].iter().enumerate() {
        let sigma = spread(&answer.finals[1 + i])?;
        let twin = answer.twin.as_ref();
        targets.push(TargetTruth {
            name: name.clone(),
            moved: answer.moved[i],
            moves_at: answer.moves_at[i].map(|t| clip.frame_at(t)),
            final_graded: graded(sigma),
            final_tolerance_px: tolerance(sigma),
            twin_final_center: twin.map(|t| project(scene, t.finals[i], clip)).transpose()?.map(Vec2::into),
            twin_moved: twin.map(|t| t.moved[i]),
        });
    }
    let ball_sigma = spread(&answer.finals[0])?;
    let way_points = answer.ways.first().map_or(0, |w| w.len());
    let mut path_sigma = 0.0f32;
    for k in 0..way_points {
        path_sigma = path_sigma.max(spread(&answer.ways.iter().map(|w| w[k]).collect::<Vec<_>>())?);
    }
    Ok(CausalityTruth {
        family: answer.family,
        class: answer.class.clone(),
        ball: names[BALL].clone(),
        gate: names[GATE].clone(),
        targets,
        ball_path_sigma_px: path_sigma,
        ball_final_graded: graded(ball_sigma),
        ball_final_tolerance_px: tolerance(ball_sigma),
    })
}

fn surface(ball: BallMaterial) -> Surface {
    match ball {
        BallMaterial::Steel => Surface::Mirror,
        BallMaterial::Glass => Surface::Clear,
        _ => Surface::Opaque,
    }
}

fn project(scene: &Scene, point: Vec3, clip: &Clip) -> Result<Vec2, Rejection> {
    let place = scene.camera.project(0, point, (clip.width, clip.height));
    place.map(|(p, _)| p).ok_or_else(|| Rejection::new("behind_camera", format!("{point}")))
}

/// Standard deviation of projected points: the root of the mean squared distance from their mean, pixels.
fn deviation(scene: &Scene, points: &[Vec3], clip: &Clip) -> Result<f32, Rejection> {
    let places = points.iter().map(|&p| project(scene, p, clip)).collect::<Result<Vec<_>, _>>()?;
    let n = places.len().max(1) as f32;
    let mean = places.iter().copied().sum::<Vec2>() / n;
    Ok((places.iter().map(|p| p.distance_squared(mean)).sum::<f32>() / n).sqrt())
}

/// The ball must be in sight all the way from the gate to the targets, and every target at the start.
fn check_sight(truth: &Truth, release: u32) -> Result<(), Rejection> {
    let maps = truth.label_maps().map_err(|e| Rejection::new("truth_refused", e))?;
    let contact = truth.decisive_frame();
    let share = |entry: usize, counts: &[u32; 256], object: usize| {
        counts[object + 1] as f32 / truth.objects[object].whole_px[entry].max(1) as f32
    };
    for entry in (0..maps.len()).filter(|&e| maps.frames[e] < contact) {
        let (frame, counts) = (maps.frames[entry], maps.counts(entry));
        // The gate may cover a part of it at first; so may a target in the last frames, when the two are about to touch.
        let least = match frame {
            frame if frame <= release + 2 => 0.5,
            frame if frame + 3 >= contact => 0.6,
            _ => 0.75,
        };
        let seen = share(entry, &counts, BALL);
        if seen < least {
            return Err(Rejection::new("ball_hidden", format!("frame {frame}: {:.0} % of the ball is seen", 100.0 * seen)));
        }
    }
    let counts = maps.counts(0);
    for (i, object) in truth.objects.iter().enumerate().skip(TARGETS) {
        let seen = share(0, &counts, i);
        if seen < 0.4 {
            return Err(Rejection::new("target_hidden", format!("{}: {:.0} % is seen", object.name, 100.0 * seen)));
        }
    }
    Ok(())
}
