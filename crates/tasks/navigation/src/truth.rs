//! From site, walk and scene to the truth that the evaluator reads.

use glam::Vec2;
use raytruth_eval::navigation::{ARRIVES, GoalTruth, LAST_DECISION, LandmarkTruth, NavigationTruth, StopTruth};
use raytruth_eval::{Surface, Truth};
use raytruth_scene::Scene;
use raytruth_task::{Clip, Followed, Rejection, TruthWriter, display};

use crate::certificate::CLEARANCE;
use crate::look::{Look, pilaster_solids};
use crate::prompt::Told;
use crate::site::{Site, Stop};
use crate::solids::solids;
use crate::walk::{EYE, Walk};
use crate::way::Way;

/// Of every wall, metres.
const SKIRTING: f32 = raytruth_task::interior::SKIRTING[0];
/// How long before the place of the last decision one may see where it leads, seconds.
const AHEAD: f64 = 0.9;

pub(crate) fn write(
    (site, walk, ways): (&Site, &Walk, &[Way]),
    (told, seconds): (Told, f64),
    look: &Look,
    (scene, clip): (&Scene, &Clip),
) -> Result<Truth, Rejection> {
    let layout = &site.layout;
    let solids = solids(layout).into_iter().chain(pilaster_solids(layout));
    let name = |i: usize| layout.landmarks[i].id();
    let landmarks = layout.landmarks.iter().enumerate().map(|(i, landmark)| {
        let (bounds, high) = (landmark.footprint(), landmark.form.size().z);
        let (center, size) = (bounds.center().extend(0.5 * high), bounds.size().extend(high));
        LandmarkTruth { name: name(i), center: center.to_array(), size: size.to_array() }
    });
    let stops = site.stops.iter().map(|stop| match stop {
        Stop::Gate([from, to]) => StopTruth::Gate { from: from.to_array(), to: to.to_array() },
        Stop::Visit(i, radius) => {
            StopTruth::Visit { landmark: name(*i), center: layout.landmarks[*i].at.to_array(), radius: *radius }
        }
    });
    let goal = layout.landmarks.len() - 1;
    let task = NavigationTruth {
        family: layout.family.name().to_owned(),
        told: if told == Told::Route { "route" } else { "plan" }.to_owned(),
        eye_m: EYE,
        clearance_m: CLEARANCE,
        solids: solids.map(|solid| solid.truth()).collect(),
        ceiling_m: layout.roofed.then_some(layout.height),
        skirting_m: SKIRTING,
        landmarks: landmarks.collect(),
        stops: stops.collect(),
        goal: GoalTruth { landmark: name(goal), stand: site.stand().to_array(), face: site.face.to_array() },
        way: ways[0].points.iter().map(Vec2::to_array).collect(),
        second_best: ways[1].length / ways[0].length,
    };
    let task = serde_json::to_value(task).map_err(|e| Rejection::new("truth_refused", e.to_string()))?;
    let decides = clip.frame_at(last_decision(site, walk));
    let mut writer = TruthWriter::new(crate::DOMAIN, scene, clip, LAST_DECISION, decides)
        .event(ARRIVES, clip.frame_at(walk.arrives()))
        .ends(clip.frame_at(seconds))
        .task(task);
    for i in 0..layout.landmarks.len() {
        let role = if i == goal { "goal" } else { "landmark" };
        let color = display(look.color(i));
        let followed = Followed { name: name(i), role: role.to_owned(), key: true, surface: Surface::Opaque, color };
        writer = writer.follow(followed);
    }
    writer.write()
}

/// When the last decision is made, seconds: before one can see where it leads.
fn last_decision(site: &Site, walk: &Walk) -> f64 {
    let at = site.decisions.last().map_or(site.start(), |decision| decision.at);
    (walk.time_near(at) - AHEAD).max(0.5)
}
