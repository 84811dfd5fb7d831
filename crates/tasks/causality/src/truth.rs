//! From scene and answer to the truth that the evaluator reads: projection and statistics, no rendering.

use glam::Vec3;
use raytruth_eval::causality::{CausalityTruth, EVENTS, TargetTruth};
use raytruth_eval::{Surface, Truth};
use raytruth_scene::Scene;
use raytruth_task::{Clip, Rejection, Sight, TruthWriter, display, first_move, project, settles, spread_px};

use crate::answer::{Answer, TargetAnswer};
use crate::ball::Ball;
use crate::cast::{BALL, LATCH, TARGET};
use crate::family::Layout;
use crate::look::shown_color;
use crate::simulate::{DURATION, LATCH_OPENS};

/// An object is at rest when it moves less than this per frame, pixels.
const STILL_PX: f32 = 0.5;
/// Final places are not graded if the ensemble's standard deviation is wider than this share of the picture's width.
const CHAOTIC: f32 = 0.035;
/// Least tolerance of a final place, as a share of the picture's width.
const LEAST_TOLERANCE: f32 = 0.03;

/// What happens in a scene, and to whom.
pub(crate) struct Story<'a> {
    pub layout: &'a Layout,
    pub ball: Ball,
    pub answer: &'a Answer,
}

impl Story<'_> {
    /// The truth of a scene in which it happens.
    pub(crate) fn write(&self, scene: &Scene, clip: &Clip) -> Result<Truth, Rejection> {
        let cast = self.layout.set.cast();
        let index = |name: &str| scene.object_index(name).ok_or_else(|| Rejection::new("truth_refused", format!("no {name}")));
        let indices = cast.names().map(index).collect::<Result<Vec<_>, _>>()?;
        let contact = clip.frame_at(self.answer.contact);
        // A latch that never opens would have done so then.
        let release = first_move(scene, clip, index(LATCH)?, STILL_PX).unwrap_or(clip.frame_at(LATCH_OPENS) + 1);
        let task = serde_json::to_value(self.task(scene, clip)?).map_err(|e| Rejection::new("truth_refused", e.to_string()))?;
        let writer = TruthWriter::new(crate::DOMAIN, scene, clip, EVENTS[1], contact)
            .event(EVENTS[0], release)
            .event(EVENTS[2], settles(scene, clip, &indices, STILL_PX).max(contact))
            .ends(clip.frame_at(DURATION))
            .task(task);
        let color = |name: &str| scene.materials.get(name).map_or([0; 3], |m| display(shown_color(m)));
        cast.followed(writer, |actor| (if actor.name == BALL { self.ball.shows } else { Surface::Opaque }, color(&actor.name)))
            .write()
    }

    /// The evaluator's own part.
    fn task(&self, scene: &Scene, clip: &Clip) -> Result<CausalityTruth, Rejection> {
        let spread = |points: &[Vec3]| spread_px(scene, 0, points, clip);
        let width = clip.width as f32;
        let graded = |sigma: f32| sigma <= CHAOTIC * width;
        let tolerance = |sigma: f32| (LEAST_TOLERANCE * width).max(2.0 * sigma.min(CHAOTIC * width));
        let answer = self.answer;
        let target = |(block, target): (&crate::layout::Block, &TargetAnswer)| {
            let sigma = spread(&target.ends)?;
            let twin = target.twin.map(|(end, _)| project(scene, 0, end, clip)).transpose()?;
            Ok(TargetTruth {
                name: block.name.clone(),
                moved: target.moved,
                moves_at: target.moves_at.map(|t| clip.frame_at(t)),
                final_graded: graded(sigma),
                final_tolerance_px: tolerance(sigma),
                twin_final_center: twin.map(Into::into),
                twin_moved: target.twin.map(|(_, moved)| moved),
            })
        };
        let targets = self.layout.set.blocks.iter().zip(&answer.targets).map(target).collect::<Result<_, Rejection>>()?;
        let ball_sigma = spread(&answer.ball_ends)?;
        let way_points = answer.ways.first().map_or(0, |w| w.len());
        let mut path_sigma = 0.0f32;
        for k in 0..way_points {
            path_sigma = path_sigma.max(spread(&answer.ways.iter().map(|w| w[k]).collect::<Vec<_>>())?);
        }
        Ok(CausalityTruth {
            family: self.layout.family,
            class: answer.class.clone(),
            ball: BALL.to_owned(),
            latch: LATCH.to_owned(),
            targets,
            ball_path_sigma_px: path_sigma,
            ball_final_graded: graded(ball_sigma),
            ball_final_tolerance_px: tolerance(ball_sigma),
        })
    }
}

/// The ball must be in sight all the way from the latch to the targets, and every target at the start.
pub(crate) fn check_sight(truth: &Truth) -> Result<(), Rejection> {
    let sight = Sight::new(truth)?;
    let (release, contact) = (truth.events[EVENTS[0]], truth.decisive_frame());
    for (frame, seen) in sight.of(BALL).into_iter().filter(|(frame, _)| *frame < contact) {
        // The latch may cover a part of it at first; so may a target in the last frames, when the two are about to touch.
        let least = match frame {
            frame if frame <= release + 2 => 0.5,
            frame if frame + 3 >= contact => 0.6,
            _ => 0.75,
        };
        if seen < least {
            return Err(Rejection::new("ball_hidden", format!("frame {frame}: {:.0} % of the ball is seen", 100.0 * seen)));
        }
    }
    for target in truth.objects.iter().filter(|o| o.role == TARGET) {
        let seen = sight.at_start(&target.name);
        if seen < 0.4 {
            return Err(Rejection::new("target_hidden", format!("{}: {:.0} % is seen", target.name, 100.0 * seen)));
        }
    }
    Ok(())
}
