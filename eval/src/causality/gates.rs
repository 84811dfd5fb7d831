//! What must hold whatever the answer is. Gates multiply; they never add a point.

use crate::Gate;
use crate::picture::difference;

use super::ball::distance;
use super::links::{Evidence, ramp, tidy};
use super::palette::Palette;
use super::plan::core_of;
use super::watch::{CHANGE, CHANGED, SHADE};

/// Sum over the channels from which a softened pixel of the first frame is another one.
const OTHER_PIXEL: u32 = 60;

fn gate(name: &'static str, fraction: f32, measured: f32, tolerance: f32, unit: &'static str, reason: String) -> Gate {
    Gate {
        name,
        keeps: (fraction * 1000.0 + 0.5) as u32,
        measured: measured.is_finite().then(|| tidy(measured)),
        tolerance: tidy(tolerance),
        unit,
        reason,
    }
}

/// Every gate, in the order of EVAL.md.
pub(crate) fn all(evidence: &Evidence<'_>, palette: &Palette, seen: &[bool]) -> Vec<Gate> {
    vec![
        starts_right(evidence, seen),
        sharp(evidence),
        scene_kept(evidence),
        nothing_appears(evidence),
        inventory(evidence, palette),
        nothing_jumps(evidence),
    ]
}

/// The candidate's frame 0 is `first_frame.png`, over all and on every object that matters.
fn starts_right(evidence: &Evidence<'_>, seen: &[bool]) -> Gate {
    let (plan, first) = (evidence.plan, evidence.first);
    let start = &evidence.watch.soft[0];
    let (mut other, mut count) = (0_u32, 0_u32);
    let mut sums = vec![(0_u64, 0_u64); plan.things.len() + 1];
    let pixels = start.rgb.chunks_exact(3).zip(first.rgb.chunks_exact(3)).zip(seen).zip(plan.map(0));
    for (((a, b), _), &label) in pixels.filter(|(((_, _), s), _)| **s) {
        let off = difference(a, b);
        other += u32::from(off > OTHER_PIXEL);
        count += 1;
        let sum = &mut sums[usize::from(label)];
        *sum = (sum.0 + u64::from(off), sum.1 + 1);
    }
    let share = other as f32 / count.max(1) as f32;
    let (full, none) = (0.03, 0.12);
    let mut fraction = ramp(share, full, none);
    let mut reason = format!("{:.1} % of the first frame is another picture", share * 100.0);
    for &thing in plan.targets.iter().chain([&plan.ball]) {
        let (sum, n) = sums[usize::from(plan.things[thing].label)];
        if n < 12 {
            continue;
        }
        let mean = sum as f32 / n as f32;
        let fits = ramp(mean, 60.0, 110.0);
        if fits < fraction {
            fraction = fits;
            reason = format!("{} looks different in the first frame (by {mean:.0} of 765)", plan.things[thing].name);
        }
    }
    gate("starts_right", fraction, share, full, "share of pixels", reason)
}

/// The picture is not blurred away.
fn sharp(evidence: &Evidence<'_>) -> Gate {
    let watch = evidence.watch;
    let mut values = watch.sharpness.clone();
    values.sort_by(f32::total_cmp);
    let typical = values.get(values.len() / 4).copied().unwrap_or(0.0);
    if watch.sharpness_wanted < 0.05 {
        return gate("sharp", 1.0, f32::NAN, 0.7, "share lost", "the scene itself has no edges to judge by".into());
    }
    let lost = 1.0 - (typical / watch.sharpness_wanted).min(1.0);
    gate(
        "sharp",
        ramp(lost, 0.7, 0.88),
        lost,
        0.7,
        "share lost",
        format!("{:.0} % of the background's edges are lost", lost * 100.0),
    )
}

/// Camera and background stay as they are.
fn scene_kept(evidence: &Evidence<'_>) -> Gate {
    let watch = evidence.watch;
    let total = watch.backdrop.iter().filter(|b| **b).count().max(1) as f32;
    let mut shares: Vec<f32> = watch
        .marks
        .iter()
        .map(|marks| {
            let off = marks.iter().zip(&watch.backdrop).filter(|&(&m, &b)| b && m & CHANGED != 0 && m & SHADE == 0).count();
            off as f32 / total
        })
        .collect();
    shares.sort_by(f32::total_cmp);
    // A tenth of the frames may flicker; a cut or a wandering camera lasts longer.
    let share = shares[(shares.len() * 9 / 10).min(shares.len() - 1)];
    gate(
        "scene_kept",
        ramp(share, 0.03, 0.10),
        share,
        0.03,
        "share of pixels",
        format!("{:.1} % of the background changes", share * 100.0),
    )
}

/// No blob stands where nothing ever goes.
fn nothing_appears(evidence: &Evidence<'_>) -> Gate {
    let (plan, watch) = (evidence.plan, evidence.watch);
    let size = std::f32::consts::PI * plan.things[plan.ball].radii[0] * plan.things[plan.ball].radii[0];
    let mut areas: Vec<f32> = watch
        .marks
        .iter()
        .enumerate()
        .map(|(frame, marks)| {
            let moment = (evidence.clock.truth(frame, plan) + 0.5) as usize;
            // A shadow falls near what throws it; grey things far from everything are no shadows.
            let far = |at: usize| {
                let place = [(at % plan.width) as f32, (at / plan.width) as f32];
                plan.things
                    .iter()
                    .all(|t| distance(t.centers[moment], place) > t.radii[moment] + 5.0 * plan.things[plan.ball].radii[0])
            };
            let foreign: Vec<bool> = (0..marks.len())
                .map(|at| watch.backdrop[at] && marks[at] & CHANGED != 0 && (marks[at] & SHADE == 0 || far(at)))
                .collect();
            largest_blob(plan.width, &foreign) as f32 / size.max(1.0)
        })
        .collect();
    areas.sort_by(f32::total_cmp);
    let area = areas[(areas.len() * 9 / 10).min(areas.len() - 1)];
    gate(
        "nothing_appears",
        ramp(area, 0.35, 0.7),
        area,
        0.35,
        "balls",
        format!("the largest blob where nothing goes has {area:.2} times the ball's area"),
    )
}

/// Area of the largest four-connected blob of pixels whose 2x2 neighbourhood is full.
fn largest_blob(width: usize, inside: &[bool]) -> usize {
    let whole = |at: usize| inside.get(at).copied().unwrap_or(false);
    let full =
        |at: usize| whole(at) && !(at + 1).is_multiple_of(width) && whole(at + 1) && whole(at + width) && whole(at + width + 1);
    let solid: Vec<bool> = (0..inside.len()).map(full).collect();
    let mut visited = vec![false; solid.len()];
    let mut largest = 0;
    let mut stack = Vec::new();
    for seed in 0..solid.len() {
        if !solid[seed] || visited[seed] {
            continue;
        }
        visited[seed] = true;
        stack.push(seed);
        let mut area = 0;
        while let Some(at) = stack.pop() {
            area += 1;
            let x = at % width;
            let mut visit = |next: usize| {
                if solid[next] && !visited[next] {
                    visited[next] = true;
                    stack.push(next);
                }
            };
            if x > 0 {
                visit(at - 1);
            }
            if x + 1 < width {
                visit(at + 1);
            }
            if at >= width {
                visit(at - width);
            }
            if at + width < solid.len() {
                visit(at + width);
            }
        }
        largest = largest.max(area);
    }
    largest
}

/// Every target is there throughout, once.
fn inventory(evidence: &Evidence<'_>, palette: &Palette) -> Gate {
    let plan = evidence.plan;
    let mut worst = (0.0_f32, "every target is there throughout, once".to_owned());
    for follow in evidence.follows {
        let thing = &plan.things[follow.thing];
        let class = palette.class_of[follow.thing];
        // Targets of one colour are told apart only by where they should be: their areas are judged together.
        let shares = evidence.follows.iter().filter(|f| palette.class_of[f.thing] == class).map(|f| f.thing).collect::<Vec<_>>();
        if follow.thing != shares[0] || !palette.has_hue(class) {
            continue;
        }
        let disc = |t: usize| {
            let radius = plan.things[t].radii.iter().copied().fold(0.0, f32::max);
            std::f32::consts::PI * radius * radius
        };
        // A ball of the same colour is counted with them.
        let ball = if palette.class_of[plan.ball] == class { 1.2 * disc(plan.ball) } else { 0.0 };
        let largest = shares.iter().map(|&t| disc(t)).sum::<f32>() + ball;
        let total = evidence.follows[0].looks.len();
        let (mut missing, mut excess) = (0.0_f32, 0.0_f32);
        for frame in 0..total {
            let of = |f: fn(&super::targets::Look) -> f32| {
                evidence.follows.iter().filter(|o| shares.contains(&o.thing)).map(|o| f(&o.looks[frame])).sum::<f32>()
            };
            let (area, wanted) = (of(|l| l.area), of(|l| l.wanted_area));
            missing += f32::from(u8::from(wanted > 40.0 && area < 0.25 * wanted));
            excess += f32::from(u8::from(area > 1.6 * largest + 30.0));
        }
        for (share, what) in [(missing, "is missing"), (excess, "is there more than once")] {
            let share = share / total as f32;
            if share > worst.0 {
                worst = (share, format!("{} {what} in {:.0} % of the frames", thing.name, share * 100.0));
            }
        }
    }
    let again = ball_again(evidence);
    if again > worst.0 {
        worst = (again, format!("a ball is where it started in {:.0} % of the frames, after it has left", again * 100.0));
    }
    gate("inventory", ramp(worst.0, 0.06, 0.15), worst.0, 0.06, "share of frames", worst.1)
}

/// Share of the frames in which the ball's first place shows it at moments when, by the truth, it has long left.
fn ball_again(evidence: &Evidence<'_>) -> f32 {
    let (plan, watch) = (evidence.plan, evidence.watch);
    let ball = &plan.things[plan.ball];
    let core = core_of(plan.map(0), plan.width, ball.label);
    let gone = |frame: usize| {
        let at = (evidence.clock.truth(frame, plan) + 0.5) as usize;
        evidence.clock.raw(frame) > plan.truth.contact_frame as f32
            && distance(ball.centers[at], ball.centers[0]) > 2.2 * ball.radii[0]
    };
    let shows = |frame: usize| {
        let pixel = |at: usize| &watch.soft[frame].rgb[at * 3..at * 3 + 3];
        let like = core.iter().filter(|&&at| difference(pixel(at), &evidence.first.rgb[at * 3..at * 3 + 3]) < CHANGE).count();
        core.len() >= 12 && like as f32 > 0.6 * core.len() as f32
    };
    let frames = watch.soft.len();
    (0..frames).filter(|&f| gone(f) && shows(f)).count() as f32 / frames.max(1) as f32
}

/// Nothing is at one place in a frame and far off in the next.
fn nothing_jumps(evidence: &Evidence<'_>) -> Gate {
    let plan = evidence.plan;
    let base = 0.05 * plan.width.max(plan.height) as f32;
    let mut worst = (ball_jump(evidence), "the ball skips a part of its way".to_owned());
    if worst.0 <= 1.0 {
        worst.1 = "nothing jumps".to_owned();
    }
    for follow in evidence.follows {
        let thing = &plan.things[follow.thing];
        let fastest = thing.centroids.windows(2).map(|w| distance(w[0], w[1])).fold(0.0, f32::max);
        let limit = base + 1.5 * fastest * evidence.clock.rate.max(1.0);
        for pair in follow.looks.windows(2) {
            let (Some(a), Some(b)) = (pair[0].centroid, pair[1].centroid) else { continue };
            if pair[0].area < 40.0 || pair[1].area < 40.0 {
                continue;
            }
            let jump = distance(a, b) / limit;
            if jump > worst.0 {
                worst = (jump, format!("{} moves at most {:.1} pixels between frames", thing.name, jump * limit));
            }
        }
    }
    gate("nothing_jumps", ramp(worst.0, 1.0, 1.6), worst.0, 1.0, "of the fastest fair step", worst.1)
}

/// The longest step of the ball on its way down, over the longest that is fair: what the truth's ball does from the same place in one
/// frame of the candidate, and most of another; for as many frames as it is out of sight.
fn ball_jump(evidence: &Evidence<'_>) -> f32 {
    let (plan, path, clock) = (evidence.plan, evidence.path, evidence.clock);
    let base = 0.025 * plan.width.max(plan.height) as f32;
    let contact = plan.truth.contact_frame as f32;
    let mut seen = Vec::new();
    for (frame, sighting) in evidence.sightings.iter().enumerate().take_while(|&(f, _)| clock.raw(f) <= contact) {
        if sighting.strength >= evidence.threshold {
            seen.push((frame, sighting.along));
        }
    }
    let mut worst = 0.0_f32;
    for step in seen.windows(4) {
        // Two sightings on either side: a glance that errs is no jump.
        let (from, to) = (step[0].1.max(step[1].1), step[2].1.min(step[3].1));
        let time = ((step[2].0 - step[1].0) as f32 + 0.75) * clock.rate + 1.0;
        let fair = path.length(path.moment(from) + time) - from;
        worst = worst.max((to - from) / (fair + base));
    }
    worst
}
