//! The evidence that a problem has one answer: one shortest way, a way that one sees, a walk that anyone can follow.

use glam::{Vec2, Vec3};
use raytruth_task::interior::Rect;
use raytruth_task::{Rejection, round6};
use serde_json::{Value, json};

use crate::layout::{Family, Furniture, Landmark, Layout};
use crate::look::pilaster_solids;
use crate::site::{Site, Stop};
use crate::solids::{Solid, What, solids};
use crate::view::{Pixel, SIZE, View};
use crate::walk::Walk;
use crate::way::{Space, Way, footprints};

/// Distance that a walk keeps from everything, metres.
pub(crate) const CLEARANCE: f32 = 0.3;
/// How much longer the next best way around something else must be.
const LONGER: f32 = 1.3;
/// Longest walk, in lengths of the shortest way: what is rounded and what keeps to the middle is longer.
const ROUNDABOUT: f32 = 1.12;
/// Part of the pixels that may be so near (metres), in part of the frames before the last second.
const NEAR: (f32, f32, f32) = (0.7, 1.2, 0.25);
/// Poses a second that are looked at, and that the certificate holds.
const RATE: f64 = 8.0;
/// Least part of the picture that shows the goal in the end.
const GOAL_SHARE: f32 = 0.06;
/// Least part that shows a landmark at some time before one decides by it, and how long before, seconds.
const LANDMARK_SHARE: f32 = 0.004;
const BEFORE: f64 = 2.5;
/// Steps ahead and aside, metres, and turns, radians, between views of one place.
const ASIDE: [f32; 3] = [0.08, 0.04, 0.025];
/// How far everything else keeps from the line from where one stands to the goal, metres.
const FREE: f32 = 0.2;
/// Rounding of turns, degrees.
const SLACK: f32 = 2.0;

/// What has been certified.
pub(crate) struct Certified {
    pub record: Value,
    /// The shortest way, then the best of every other kind.
    pub ways: Vec<Way>,
}

/// The ways of a site.
///
/// # Errors
/// [`Rejection`] if the shortest is not clearly the shortest, or not the walk's.
fn ways(site: &Site) -> Result<Vec<Way>, Rejection> {
    let refused = |why: &'static str, detail: String| Rejection::new(why, detail);
    let space = Space::new(&site.layout, CLEARANCE).ok_or_else(|| refused("too_many_ways", "too much to go around".into()))?;
    let ways = space.ways(&[site.start(), site.stand()]);
    let [best, second, ..] = ways.as_slice() else { return Err(refused("one_way", format!("{} ways", ways.len()))) };
    if second.length < LONGER * best.length {
        return Err(refused("second_best", format!("{:.2} m, and the best is {:.2} m", second.length, best.length)));
    }
    if space.kind_of(&best.points) != space.kind_of(&site.through) {
        return Err(refused("other_way", "the shortest way is not the walk's".into()));
    }
    Ok(ways)
}

/// # Errors
/// [`Rejection`] with what does not hold.
pub(crate) fn certify(site: &Site, walk: &Walk, most_turns: f32) -> Result<Certified, Rejection> {
    let places: Vec<Vec2> = walk.steps().iter().map(|step| step.0).collect();
    let pilasters = pilaster_solids(&site.layout);
    let before_walls = pilasters.iter().map(|solid| Rect::new(solid.min.truncate(), solid.max.truncate()));
    let stands: Vec<Rect> = footprints(&site.layout).into_iter().chain(before_walls).collect();
    let clear = clearance(&places, &stands);
    if clear < CLEARANCE {
        return Err(Rejection::new("too_near", format!("{clear:.2} m")));
    }
    let before_goal = before_goal(site);
    if before_goal < FREE {
        return Err(Rejection::new("before_the_goal", format!("{before_goal:.2} m beside the line to it")));
    }
    if !passes(site, &places) {
        return Err(Rejection::new("other_way", "the walk does not pass what it should"));
    }
    if walk.turns() > most_turns + SLACK {
        return Err(Rejection::new("turns", format!("{:.0} degrees", walk.turns())));
    }
    let solids = solids(&site.layout);
    // Most large mazes fail here.
    let margin = no_look_alikes(site, &solids)?;
    let near = looks(site, walk, &solids)?;
    let ways = ways(site)?;
    let (best, second) = (ways[0].length, ways[1].length);
    if walk.length() > ROUNDABOUT * best {
        return Err(Rejection::new("roundabout", format!("{:.2} m, the shortest way is {best:.2} m", walk.length())));
    }
    let rounded = |p: Vec2| p.to_array().map(|x| round6(f64::from(x)));
    let poses = (0..=((walk.arrives() + 0.4) * RATE) as u32).map(|i| {
        let (place, heading) = walk.at(f64::from(i) / RATE);
        json!([round6(f64::from(place.x)), round6(f64::from(place.y)), round6(f64::from(heading.to_degrees()))])
    });
    let boxes: Vec<Value> = solids.iter().map(|solid| json_of(site, solid)).collect();
    let lines =
        |ways: &[Way]| ways.iter().take(3).map(|way| way.points.iter().map(|p| rounded(*p)).collect()).collect::<Vec<Vec<_>>>();
    let record = json!({
        "shortest_m": round6(f64::from(best)),
        "second_best_m": round6(f64::from(second)),
        "walk_m": round6(f64::from(walk.length())),
        "turns_deg": round6(f64::from(walk.turns())),
        "clearance_m": round6(f64::from(clear)),
        "near_frames": round6(f64::from(near)),
        "unlike_margin": round6(f64::from(margin)),
        "world": {
            "solids_m": boxes,
            "area_m": [rounded(site.layout.area.min), rounded(site.layout.area.max)],
            "clearance_m": CLEARANCE,
            "start_m": rounded(site.start()),
            "stand_m": rounded(site.stand()),
            "face_m": rounded(site.face),
            "ways_m": lines(&ways),
            "rate_hz": RATE,
            "walk_m_deg": poses.collect::<Vec<_>>(),
        },
    });
    Ok(Certified { record, ways })
}

fn json_of(site: &Site, solid: &Solid) -> Value {
    let rounded = |v: Vec3| v.to_array().map(|x| round6(f64::from(x)));
    let what = match solid.what {
        What::Wall => "wall".to_owned(),
        What::Thing => "thing".to_owned(),
        What::Landmark(i) => site.layout.landmarks[i].id(),
    };
    json!({"what": what, "min": rounded(solid.min), "max": rounded(solid.max)})
}

/// Least distance of a line from what stands there, metres.
fn clearance(places: &[Vec2], footprints: &[Rect]) -> f32 {
    let far = |p: &Vec2, r: &Rect| (*p - p.clamp(r.min, r.max)).length();
    places.iter().flat_map(|p| footprints.iter().map(move |r| far(p, r))).fold(f32::INFINITY, f32::min)
}

/// How far all that stands in the place, but walls and the goal, keeps from the line from where one stands to the goal, metres.
fn before_goal(site: &Site) -> f32 {
    let line: Vec<Vec2> = (0..=8).map(|k| site.stand().lerp(site.face, k as f32 / 8.0)).collect();
    let Layout { landmarks, furniture, .. } = &site.layout;
    let others = landmarks[..landmarks.len() - 1].iter().map(Landmark::footprint);
    let things: Vec<Rect> = others.chain(furniture.iter().map(Furniture::footprint)).collect();
    clearance(&line, &things)
}

/// Whether a line passes all stops in order.
pub(crate) fn passes(site: &Site, line: &[Vec2]) -> bool {
    let mut from = 0;
    site.stops.iter().all(|stop| {
        let found = (from..line.len().saturating_sub(1)).find(|&i| match stop {
            Stop::Gate(gate) => crossed(*gate, line[i], line[i + 1]),
            Stop::Visit(landmark, radius) => {
                let at = site.layout.landmarks[*landmark].at;
                near(at, line[i], line[i + 1]) < *radius
            }
        });
        from = found.unwrap_or(from);
        found.is_some()
    })
}

/// Whether a step crosses a gate whose first end is to the right.
pub(crate) fn crossed([right, left]: [Vec2; 2], a: Vec2, b: Vec2) -> bool {
    let gate = left - right;
    let side = |p: Vec2| gate.perp_dot(p - right);
    let (before, after) = (side(a), side(b));
    if before <= 0.0 || after > 0.0 {
        return false;
    }
    let at = a + (b - a) * (before / (before - after));
    let t = (at - right).dot(gate) / gate.length_squared();
    (0.0..=1.0).contains(&t)
}

/// How near a step comes to a place.
pub(crate) fn near(p: Vec2, a: Vec2, b: Vec2) -> f32 {
    let t = ((p - a).dot(b - a) / (b - a).length_squared().max(1e-9)).clamp(0.0, 1.0);
    p.distance(a + (b - a) * t)
}

/// Looks along the walk. Returns the part of the frames that a near wall fills.
fn looks(site: &Site, walk: &Walk, solids: &[Solid]) -> Result<f32, Rejection> {
    let at = |time: f64| {
        let (place, heading) = walk.at(time);
        View::new(solids, place, heading)
    };
    let goal = site.layout.landmarks.len() - 1;
    if site.layout.family != Family::Plaza && at(0.0).share_of(goal) > 0.0 {
        return Err(Rejection::new("goal_in_sight", "the first frame shows the goal"));
    }
    let end = walk.arrives();
    if at(end).share_of(goal) < GOAL_SHARE {
        return Err(Rejection::new("goal_small", format!("{:.3} of the picture", at(end).share_of(goal))));
    }
    let frames = ((end - 1.0) * RATE) as u32;
    let filled = (0..frames).filter(|&i| at(f64::from(i) / RATE).nearer_than(NEAR.1) > NEAR.0).count();
    let share = filled as f32 / frames.max(1) as f32;
    if share > NEAR.2 {
        return Err(Rejection::new("walls_fill_the_view", format!("in {share:.2} of the frames")));
    }
    for decision in &site.decisions {
        let decides = walk.time_near(decision.at);
        let before = (1..=(BEFORE * RATE) as u32).map(|i| decides - f64::from(i) / RATE).take_while(|t| *t > -1.0 / RATE);
        let most = before.map(|t| at(t.max(0.0)).share_of(decision.landmark)).fold(0.0, f32::max);
        if most < LANDMARK_SHARE {
            return Err(Rejection::new("landmark_unseen", format!("{most:.4} of the picture before a decision")));
        }
    }
    Ok(share)
}

/// No two places where there is a choice look alike: of views of all of them, several from each side from which one may come, the nearest to
/// each is of the same one. Returns how much nearer, at least.
fn no_look_alikes(site: &Site, solids: &[Solid]) -> Result<f32, Rejection> {
    let colors = Colors::new(site);
    // Views, each with its place and how unlike the nearest other of the place is.
    let mut views: Vec<(usize, Vec<[u8; 2]>, f32)> = Vec::new();
    let nearest = |view: &[[u8; 2]], others: &[(usize, Vec<[u8; 2]>, f32)], most: f32| {
        others.iter().fold(most, |least, other| least.min(colors.unlike(view, &other.1, least)))
    };
    for (place, entries) in site.choices.iter().enumerate() {
        let first = views.len();
        for (at, into) in entries {
            for step in [-1.0, 0.0, 1.0] {
                let at = *at + step * (ASIDE[0] * *into + ASIDE[1] * into.perp());
                let view = View::new(solids, at, into.to_angle() + step * ASIDE[2]);
                views.push((place, view.runs(&Colors::kind), f32::INFINITY));
            }
        }
        for i in first..views.len() {
            let own = nearest(&views[i].1, &views[first..i], f32::INFINITY);
            views[i].2 = nearest(&views[i].1, &views[i + 1..], own);
        }
        // Most sites fail, and soon.
        for (new, old) in (first..views.len()).flat_map(|new| (0..first).map(move |old| (new, old))) {
            let own = views[new].2.max(views[old].2);
            let other = colors.unlike(&views[new].1, &views[old].1, own.next_up());
            if own >= other {
                return Err(Rejection::new("look_alike", format!("{own:.0} within a place, {other:.0} to another")));
            }
        }
    }
    let margins = views.iter().map(|(place, view, own)| {
        let others = views.iter().filter(|other| other.0 != *place);
        let other = others.fold(f32::INFINITY, |least, other| least.min(colors.unlike(view, &other.1, least)));
        other / own.max(1e-3)
    });
    let margin = margins.fold(f32::INFINITY, f32::min);
    Ok(if margin.is_finite() { margin } else { 0.0 })
}

/// How far the colours of all kinds of pixels are apart.
struct Colors {
    apart: Vec<f32>,
    count: usize,
}

impl Colors {
    fn new(site: &Site) -> Self {
        let others = [Vec3::splat(0.35), Vec3::splat(0.9), Vec3::splat(0.6), Vec3::new(0.35, 0.25, 0.18)];
        let landmarks = site.layout.landmarks.iter().map(|landmark| landmark.paint.typical());
        let colors: Vec<Vec3> = others.into_iter().chain(landmarks).collect();
        let apart = colors.iter().flat_map(|a| colors.iter().map(|b| (*a - *b).abs().element_sum())).collect();
        Self { apart, count: colors.len() }
    }

    fn kind(pixel: Pixel) -> u8 {
        match pixel {
            Pixel::Floor => 0,
            Pixel::Above => 1,
            Pixel::Solid(What::Wall) => 2,
            Pixel::Solid(What::Thing) => 3,
            Pixel::Solid(What::Landmark(i)) => 4 + i as u8,
        }
    }

    /// How unlike two views are: the sum over the pixels of how far their colours are apart, as far as `enough`.
    fn unlike(&self, one: &[[u8; 2]], other: &[[u8; 2]], enough: f32) -> f32 {
        let (mut sum, mut from) = (0.0, 0);
        let (mut i, mut j) = (0, 0);
        // Both end with the last row of the last column.
        while i < one.len() && sum < enough {
            let ([a, a_ends], [b, b_ends]) = (one[i], other[j]);
            let end = a_ends.min(b_ends);
            sum += f32::from(end - from) * self.apart[usize::from(a) * self.count + usize::from(b)];
            i += usize::from(end == a_ends);
            j += usize::from(end == b_ends);
            from = if usize::from(end) == SIZE[1] { 0 } else { end };
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gates_are_crossed_one_way_and_within_their_ends() {
        // One goes to +x: right is −y.
        let gate = [Vec2::new(0.0, -0.5), Vec2::new(0.0, 0.5)];
        let (west, east) = (Vec2::new(-1.0, 0.2), Vec2::new(1.0, 0.1));
        assert!(crossed(gate, west, east) && !crossed(gate, east, west));
        assert!(!crossed(gate, west + Vec2::Y, east + Vec2::Y) && !crossed(gate, west, west * 0.5));
    }
}
