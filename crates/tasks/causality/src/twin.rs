//! Versions that are wrong on purpose, in the dress of the right one.

use raytruth_scene::{Object, Pose, Scene, Track};
use raytruth_task::{Clip, Rejection, Twin};

use crate::film::{BALL, Film, GATE, TARGETS};
use crate::look::Look;
use crate::problem::CausalityProblem;

/// The counterfactual, then the impossible ones. They share scene, camera and first frame with the sample.
pub(crate) fn twins(problem: &CausalityProblem, look: &Look, clip: &Clip) -> Result<Vec<Twin>, Rejection> {
    let film = Film::new(&problem.run, clip);
    let right = problem.dress(&film, &problem.answer, look, clip)?;
    let contact = ((problem.answer.contact * f64::from(clip.fps)) as usize).clamp(1, film.frames() - 1);
    let (other, other_run) = &problem.twin;
    let versions = [
        ("counterfactual", format!("what happens when the ball is of {}", other.name()), Film::new(other_run, clip)),
        ("glide", "everything moves straight from its first to its final place".to_owned(), glide(&film)),
        ("teleport", "the ball jumps to the targets without rolling there".to_owned(), teleport(&film, contact)),
        ("vanish", "the ball is gone after the contact".to_owned(), film.clone()),
        ("wrong_cause", "the ball stays behind the gate, and the targets move all the same".to_owned(), wrong_cause(&film)),
    ];
    let mut twins = Vec::new();
    for (name, summary, film) in versions {
        let mut episode = right.clone();
        retrack(&mut episode.scene, problem, &film);
        if name == "vanish" {
            there(&mut episode.scene, "ball", film.frames(), |frame| frame < contact);
        }
        twins.push(Twin { name: name.to_owned(), summary, episode });
    }
    twins.push(duplicate(problem, &right, contact));
    Ok(twins)
}

/// Gives everything that moves the poses of another film.
fn retrack(scene: &mut Scene, problem: &CausalityProblem, film: &Film) {
    for (name, poses) in crate::stage::names(&problem.layout.set).iter().zip(&film.0) {
        if let Some(i) = scene.object_index(name) {
            scene.objects[i].track = Some(Track { poses: poses.clone() });
        }
    }
}

fn glide(film: &Film) -> Film {
    let last = film.frames() - 1;
    let straight = |poses: &Vec<Pose>| {
        let (a, b) = (poses[0], poses[last]);
        let at = |f: usize| {
            let s = f as f32 / last.max(1) as f32;
            Pose::new(a.translation.lerp(b.translation, s), a.rotation.slerp(b.rotation, s))
        };
        (0..=last).map(at).collect()
    };
    Film(film.0.iter().map(straight).collect())
}

fn teleport(film: &Film, contact: usize) -> Film {
    let mut film = film.clone();
    let start = film.0[BALL][0];
    film.0[BALL][..contact.saturating_sub(1)].fill(start);
    film
}

/// Has an object be there in some frames only.
fn there(scene: &mut Scene, name: &str, frames: usize, is_there: impl Fn(usize) -> bool) {
    if let Some(i) = scene.object_index(name) {
        scene.objects[i] = scene.objects[i].clone().there(frames, is_there);
    }
}

fn wrong_cause(film: &Film) -> Film {
    let mut film = film.clone();
    for who in [BALL, GATE] {
        let start = film.0[who][0];
        film.0[who].fill(start);
    }
    film
}

/// After the contact there are two of the ball.
fn duplicate(problem: &CausalityProblem, right: &raytruth_task::Episode, contact: usize) -> Twin {
    let mut episode = right.clone();
    let film = Film::new(&problem.run, &right.clip);
    let start = film.0[BALL][0];
    if let Some(ball) = episode.scene.object_index("ball").map(|i| episode.scene.objects[i].clone()) {
        let id = episode.scene.free_id().unwrap_or(u16::MAX);
        let again = Object { name: "ball_again".to_owned(), id, pose: start, track: None, ..ball };
        episode.scene.objects.push(again.there(film.frames(), |frame| frame >= contact));
    }
    debug_assert!(film.0.len() > TARGETS);
    Twin { name: "duplicate".to_owned(), summary: "a second ball appears at the top when the first one hits".to_owned(), episode }
}
