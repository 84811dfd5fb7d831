//! Scores of the toy world's clips, in words where a test fails.

use raytruth_eval::causality::Family;
use raytruth_eval::toy::FRAMES;
use raytruth_eval::{Frame, Registry, Score, score_frames};

use super::{Clip, world};

pub const GREY: [u8; 3] = [92, 92, 96];

pub fn score(right: &Clip, frames: &[Frame]) -> Score {
    score_frames(&Registry::default(), &right.truth(), &right.draw_frame(0), frames, 30.0).expect("a usable sample")
}

pub fn explain(score: &Score) -> String {
    let mut text = format!("  {} points, {:?}\n", score.points, score.failure);
    for c in &score.criteria {
        text += &format!(
            "  {:<10} {:>3}/{:<3} {:?} tol {} {}: {}\n",
            c.name, c.points, c.max_points, c.measured, c.tolerance, c.unit, c.reason
        );
    }
    for g in &score.gates {
        text += &format!("  {:<16} {:>4} {:?} tol {}: {}\n", g.name, g.keeps, g.measured, g.tolerance, g.reason);
    }
    for cap in &score.caps {
        text += &format!("  at most {}: {}\n", cap.points, cap.reason);
    }
    text
}

pub fn worlds() -> Vec<(&'static str, Clip)> {
    vec![
        ("tower 5, 3 fall", world(Family::Tower, 5, 3, GREY)),
        ("tower 4, none fall", world(Family::Tower, 4, 0, [220, 215, 205])),
        ("tower 3, 3 fall", world(Family::Tower, 3, 3, [40, 40, 42])),
        ("dominoes 6, 4 fall", world(Family::Dominoes, 6, 4, GREY)),
        ("dominoes 6, 6 fall", world(Family::Dominoes, 6, 6, [190, 170, 110])),
        ("pair", world(Family::Pair, 2, 2, GREY)),
    ]
}

/// Straight lines between first and last poses.
pub fn glide(right: &Clip) -> Clip {
    let mut wrong = right.clone();
    for thing in &mut wrong.things {
        let (first, last) = (thing.places[0], thing.places[FRAMES as usize - 1]);
        for (i, place) in thing.places.iter_mut().enumerate() {
            let p = i as f32 / (FRAMES - 1) as f32;
            place.center = [0, 1].map(|c| first.center[c] + (last.center[c] - first.center[c]) * p);
            place.angle = first.angle + (last.angle - first.angle) * p;
        }
    }
    wrong
}
