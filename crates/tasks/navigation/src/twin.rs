//! Walks that are wrong on purpose, in the dress of the right one.

use glam::Vec2;
use raytruth_scene::{Pose, Scene, Track};
use raytruth_task::{Clip, Episode, Twin};

use crate::certificate::{near, passes};
use crate::family::STAND;
use crate::site::{Site, Stop};
use crate::stage::walked;
use crate::walk::{Plan, Walk};
use crate::way::{Space, Way, crosses, footprints};

/// Distance that a wrong walk keeps from everything, metres.
const CLEARANCE: f32 = 0.42;
/// How far from the right way a wrong one ends, at least.
const ASTRAY: f32 = 1.6;

/// They share camera and first frame with the sample, and are scored by its truth.
pub(crate) fn twins(site: &Site, walk: &Walk, plan: &Plan, right: &Episode) -> Vec<Twin> {
    let mut twins = Vec::new();
    let mut add = |name: &str, summary: &str, track: Option<Track>| {
        let Some(track) = track else { return };
        let mut scene: Scene = right.scene.clone();
        scene.camera.track = Some(track);
        twins.push(Twin { name: name.to_owned(), summary: summary.to_owned(), scene, class: None, truth: None });
    };
    let through = |through: Vec<Vec2>, face: Vec2| from_the_start(&Walk::wrong(&Plan { through, face, ..plan.clone() }), right);
    let space = Space::new(&site.layout, CLEARANCE);
    let wrong = space.as_ref().and_then(|space| wrong_turn(site, space));
    add("wrong_turn", "the walk takes another way at a decision", wrong.map(|(way, face)| through(way, face)));
    let wall = through_wall(site, walk);
    add("through_wall", "the walk goes through what stands between it and the goal", wall.map(|way| through(way, site.face)));
    add("jump_to_goal", "the walk jumps to its last part", Some(jump(right)));
    let longer = space.as_ref().and_then(|space| longer(site, space));
    add("longer_way", "the walk takes a longer way to the goal", longer.map(|way| through(way.points, site.face)));
    add("other_layout_walk", "the walk is that of a place that is this one's image in a mirror", Some(mirrored(right)));
    twins
}

/// A walk's poses, the first of them that of the sample.
fn from_the_start(walk: &Walk, right: &Episode) -> Track {
    let mut scene = right.scene.clone();
    walked(&mut scene, walk, &right.clip);
    let mut track = scene.camera.track.unwrap_or_else(|| Track { poses: Vec::new() });
    let first = right.scene.camera.pose_at(0);
    let lead = track.poses.iter().take_while(|pose| **pose == track.poses[0]).count();
    track.poses[..lead].fill(first);
    track
}

/// A way to somewhere else that leaves the right one, and what is faced there: the way must not go on as the right one does.
fn wrong_turn(site: &Site, space: &Space) -> Option<(Vec<Vec2>, Vec2)> {
    let right: f32 = site.through.windows(2).map(|w| w[0].distance(w[1])).sum();
    let astray = |p: Vec2| site.through.windows(2).all(|w| near(p, w[0], w[1]) > ASTRAY);
    let ways = site.layout.middles.iter().filter(|&&p| space.is_free(p) && astray(p)).filter_map(|&p| {
        let way = space.ways(&[site.start(), p]).into_iter().next()?;
        let [.., before, last] = way.points.as_slice() else { return None };
        let face = *last + STAND * (*last - *before).normalize_or(Vec2::X);
        (!passes_most(site, &way.points)).then_some((way, face))
    });
    // About as long as the right one.
    let best = ways.min_by(|a, b| (a.0.length - right).abs().total_cmp(&(b.0.length - right).abs()))?;
    let ahead = site.start() + 0.6 * site.heading;
    let mut points = best.0.points;
    if space.sees(ahead, points[1]) {
        points.insert(1, ahead);
    }
    Some((points, best.1))
}

/// Whether a line passes all stops but the last.
fn passes_most(site: &Site, line: &[Vec2]) -> bool {
    let mut most = site.clone();
    if most.stops.len() > 1 {
        most.stops.pop();
    }
    passes(&most, line)
}

/// The right way to where the straight line to the goal is not free, and on along that.
fn through_wall(site: &Site, walk: &Walk) -> Option<Vec<Vec2>> {
    let solid = footprints(&site.layout);
    let blocked = |from: Vec2| solid.iter().any(|r| crosses(r, from, site.stand()));
    let places: Vec<Vec2> = walk.steps().iter().map(|step| step.0).collect();
    // Late enough that something is walked first.
    let at = (places.len() / 5..places.len() / 2).find(|&i| blocked(places[i]))?;
    let mut way: Vec<Vec2> = places[..=at].iter().copied().step_by(20).collect();
    way.push(places[at]);
    way.push(site.stand());
    way.dedup_by(|a, b| a.distance(*b) < 0.05);
    Some(way)
}

/// The second way to the goal that passes something else.
fn longer(site: &Site, space: &Space) -> Option<Way> {
    let ways = space.ways(&[site.start(), site.stand()]);
    ways.into_iter().skip(1).find(|way| !passes(site, &way.points) || site.stops.iter().all(|s| matches!(s, Stop::Visit(..))))
}

/// The first quarter, and from there on the last one.
fn jump(right: &Episode) -> Track {
    let Clip { frames, .. } = right.clip;
    let pose = |frame: u32| right.scene.camera.pose_at(frame as usize);
    let (quarter, end) = (frames / 4, right.truth.events_end.min(frames - 1));
    let poses =
        (0..frames).map(|frame| if frame <= quarter { pose(frame) } else { pose((end - end / 4 + frame - quarter).min(end)) });
    Track { poses: poses.collect() }
}

/// Each step to the other side: what turns left turns right.
fn mirrored(right: &Episode) -> Track {
    let first = right.scene.camera.pose_at(0);
    let into = first.inverse();
    let flip = |pose: Pose| {
        let mut own = into.mul(&pose);
        own.translation.x = -own.translation.x;
        // Turns about the upright axis change their sense.
        own.rotation = own.rotation.inverse();
        first.mul(&own)
    };
    let poses =
        (0..right.clip.frames).map(|frame| if frame == 0 { first } else { flip(right.scene.camera.pose_at(frame as usize)) });
    Track { poses: poses.collect() }
}
