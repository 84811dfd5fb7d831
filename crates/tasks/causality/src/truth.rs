//! From scene and answer to the truth that the evaluator reads: projection and statistics, no rendering.

use glam::{Vec2, Vec3};
use raytruth_eval::causality::{CausalityTruth, TargetTruth};
use raytruth_eval::{ObjectTruth, Silhouette, Surface, TRUTH_VERSION, Truth};
use raytruth_scene::Scene;
use raytruth_task::{Clip, Rejection, silhouettes};

use crate::answer::Answer;
use crate::ball::BallMaterial;
use crate::film::{BALL, GATE, TARGETS};
use crate::look::{Look, display, shown_color};

/// An object is at rest when it moves less than this per frame, pixels.
const STILL_PX: f32 = 0.5;
/// Final places are not graded where the ensemble's standard deviation is wider than this share of the picture's width.
const CHAOTIC: f32 = 0.035;
/// Least tolerance of a final place, as a share of the picture's width.
const LEAST_TOLERANCE: f32 = 0.03;

/// The truth, and the first frame of `last_video`.
pub(crate) fn build(
    scene: &Scene,
    names: &[String],
    answer: &Answer,
    ball: BallMaterial,
    look: &Look,
    clip: &Clip,
) -> Result<(Truth, u32), Rejection> {
    let indices: Vec<usize> = names.iter().filter_map(|n| scene.object_index(n)).collect();
    let tracks = silhouettes(scene, clip, &indices);
    let contact_frame = frame_at(answer.contact, clip);
    let release_frame = first_move(&tracks[GATE]).ok_or_else(|| Rejection::new("gate_still", "the gate never moves in sight"))?;
    let settle_frame = settles(&tracks, clip).max(contact_frame);
    check_sight(&tracks, (release_frame, contact_frame), names)?;

    let ball_at_contact = project(scene, scene.world_pose(indices[BALL], contact_frame as usize).translation, clip)?;
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
            moves_at: answer.moves_at[i].map(|t| frame_at(t, clip)),
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
    let task = CausalityTruth {
        family: answer.family,
        class: answer.class.clone(),
        ball: names[BALL].clone(),
        gate: names[GATE].clone(),
        targets,
        release_frame,
        contact_frame,
        settle_frame,
        contact_center: ball_at_contact.into(),
        ball_path_sigma_px: path_sigma,
        ball_final_graded: graded(ball_sigma),
        ball_final_tolerance_px: tolerance(ball_sigma),
    };
    let objects = tracks
        .into_iter()
        .zip(names)
        .enumerate()
        .map(|(i, (track, name))| {
            let material = match i {
                BALL => &look.ball,
                GATE => &look.gate,
                _ => &look.targets[i - TARGETS],
            };
            ObjectTruth {
                name: name.clone(),
                id: scene.objects[indices[i]].id,
                role: ["ball", "gate", "target"][i.min(TARGETS)].to_owned(),
                key: i != GATE,
                surface: if i == BALL { surface(ball) } else { Surface::Opaque },
                color: display(shown_color(material)),
                track,
            }
        })
        .collect();
    let task = serde_json::to_value(task).map_err(|e| Rejection::new("truth", e.to_string()))?;
    let truth = Truth { version: TRUTH_VERSION, domain: crate::DOMAIN.to_owned(), clip: (*clip).into(), objects, task };
    // Two frames before the contact nothing of the outcome can be seen.
    Ok((truth, contact_frame.saturating_sub(2).max(1)))
}

fn surface(ball: BallMaterial) -> Surface {
    match ball {
        BallMaterial::Steel => Surface::Mirror,
        BallMaterial::Glass => Surface::Clear,
        _ => Surface::Opaque,
    }
}

/// First frame at or after a time.
fn frame_at(seconds: f64, clip: &Clip) -> u32 {
    (libm::ceil(seconds * f64::from(clip.fps) - 1e-6) as u32).min(clip.frames - 1)
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

/// Farthest that the centre or a corner of the outline goes between two silhouettes, pixels.
fn movement(a: &Silhouette, b: &Silhouette) -> f32 {
    let center = Vec2::from(a.center).distance(b.center.into());
    if a.outline.len() != b.outline.len() {
        // A corner comes or goes as the object turns: compare each corner with the nearest.
        let nearest = |p: &[f32; 2]| b.outline.iter().map(|q| Vec2::from(*p).distance((*q).into())).fold(f32::INFINITY, f32::min);
        return a.outline.iter().map(nearest).fold(center, f32::max);
    }
    a.outline.iter().zip(&b.outline).map(|(p, q)| Vec2::from(*p).distance((*q).into())).fold(center, f32::max)
}

/// First frame in which something has moved by a pixel's half since the start.
fn first_move(track: &[Silhouette]) -> Option<u32> {
    track.iter().find(|s| movement(&track[0], s) >= STILL_PX).map(|s| s.frame)
}

/// First frame from which nothing moves [`STILL_PX`] a frame.
fn settles(tracks: &[Vec<Silhouette>], clip: &Clip) -> u32 {
    let last_move = |track: &Vec<Silhouette>| {
        let steps = track.windows(2).filter(|w| movement(&w[0], &w[1]) >= STILL_PX);
        steps.map(|w| w[1].frame).max().unwrap_or(0)
    };
    (tracks.iter().map(last_move).max().unwrap_or(0) + 1).min(clip.frames - 1)
}

/// The ball must be in sight all the way from the gate to the targets, and every target at the start.
fn check_sight(tracks: &[Vec<Silhouette>], (release, contact): (u32, u32), names: &[String]) -> Result<(), Rejection> {
    let share = |s: &Silhouette| {
        let outline: Vec<Vec2> = s.outline.iter().map(|p| (*p).into()).collect();
        s.visible_px / raytruth_task::polygon_area(&outline).max(1.0)
    };
    for s in tracks[BALL].iter().filter(|s| s.frame < contact) {
        // The gate may cover a part of it at first; so may a target in the last frames, when the two are about to touch.
        let least = match s.frame {
            frame if frame <= release + 2 => 0.5,
            frame if frame + 3 >= contact => 0.6,
            _ => 0.75,
        };
        if share(s) < least {
            return Err(Rejection::new(
                "ball_hidden",
                format!("frame {}: {:.0} % of the ball is seen", s.frame, 100.0 * share(s)),
            ));
        }
    }
    for (track, name) in tracks[TARGETS..].iter().zip(&names[TARGETS..]) {
        if share(&track[0]) < 0.4 {
            return Err(Rejection::new("target_hidden", format!("{name}: {:.0} % is seen", 100.0 * share(&track[0]))));
        }
    }
    Ok(())
}
