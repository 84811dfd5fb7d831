//! The videos of known score that walks are held to.

use crate::controls::cameras::seen_by;
use crate::controls::changes::blend;
use crate::controls::{Control, Kind, Made, Source, of_every_task};

use crate::{Frame, Truth};

use super::hues::Palette;
use super::journey::Journey;
use super::pose::Pose;
use super::{Fix, NavigationTruth, Tracked};

/// Of the controls of every task those that make no sense here: things that nobody moves, cameras that may move, and what is rendered otherwise.
const LEFT_OUT: [&str; 12] = [
    "cut_out",
    "vanish",
    "duplicate",
    "glide",
    "teleport",
    "camera_leaves",
    "zoomed_24",
    "orbits",
    "runs_back_and_on_again",
    "skips_part_of_the_approach",
    "jumps_to_the_event",
    "outcome_without_approach",
];
/// A part of a walk that is left out must be so long to be missed, metres; and so long must be what is left of it to be stopped on.
const MISSED: f32 = 1.2;
const LEFT: f32 = 1.6;

pub(super) fn all() -> Vec<Control> {
    let mut all: Vec<Control> = of_every_task().into_iter().filter(|c| !LEFT_OUT.contains(&c.name)).collect();
    all.extend([
        Control::pixels("exposure_0_90", Kind::Fair, "10 % darker", |s| Some(made(s, exposed(s, 0.9)))),
        Control::pixels("exposure_1_10", Kind::Fair, "10 % brighter", |s| Some(made(s, exposed(s, 1.1)))),
        Control::pixels("longer_lens_10", Kind::Fair, "seen through a lens that is longer by 10 %", |s| {
            // What is laid over the picture lies before no lens.
            let frame = |f: &Frame| with_overlays(s.truth, seen_by(f, 1.10, [0.0; 2], 0.0), f);
            Some(after_the_first(s, frame))
        })
        .bounded(900),
        Control::pixels("colours_change", Kind::Wrong, "red, green and blue are exchanged after the first frame", |s| {
            let frame = |f: &Frame| {
                let rgb = f.rgb.chunks_exact(3).flat_map(|p| [p[1], p[2], p[0]]).collect();
                // A plan keeps its colours.
                with_overlays(s.truth, Frame { rgb, ..*f }, f)
            };
            Some(after_the_first(s, frame))
        }),
        Control::pixels("goal_recoloured", Kind::Wrong, "the goal is of another colour after the first frame", goal_recoloured),
        Control::pixels("slide_show", Kind::Wrong, "stills of the walk that fade into one another", slide_show),
        Control::rendered("backdrop_tinted", Kind::Fair, "walls, and what stands about, are tinted by 10 %"),
        Control::pixels("middle_left_out", Kind::Wrong, "the middle third of the walk is left out", |s| {
            let (from, to) = (s.frames.len() / 3, s.frames.len() * 2 / 3);
            if length(s, from, to) < MISSED {
                return None;
            }
            Some(made(s, s.frames[..from].iter().chain(&s.frames[to..]).cloned().collect()))
        }),
        Control::pixels("jumps_to_the_event", Kind::Wrong, "the first frame, then right at the last decision", |s| {
            let event = s.event();
            // Where that is near the start, little is left out.
            if length(s, 0, event) < MISSED {
                return None;
            }
            Some(made(s, (0..s.frames.len()).map(|i| s.frames[if i + 1 < event { 0 } else { i }].clone()).collect()))
        }),
        Control::pixels("outcome_without_approach", Kind::Wrong, "the first frame, then what follows the last decision", |s| {
            let (event, last) = (s.event(), s.frames.len() - 1);
            if length(s, 0, event) < MISSED {
                return None;
            }
            Some(made(s, (0..=last).map(|i| s.frames[if i == 0 { 0 } else { (event + i).min(last) }].clone()).collect()))
        }),
        Control::pixels("stopped_half_way", Kind::Wrong, "stops half-way", |s| {
            let half = s.frames.len() / 2;
            if length(s, half, s.frames.len() - 1) < LEFT {
                return None;
            }
            Some(made(s, (0..s.frames.len()).map(|i| s.frames[i.min(half)].clone()).collect()))
        }),
        Control::pixels("plan_changed", Kind::Wrong, "the plan is another from the second frame on", |s| {
            let [x0, y0, x1, y1] = s.truth.overlays.first()?.rect.map(|v| v as usize);
            Some(made(
                s,
                s.frames.iter().enumerate().map(|(i, f)| if i == 0 { f.clone() } else { turned(f, [x0, y0, x1, y1]) }).collect(),
            ))
        }),
        Control::rendered("wrong_turn", Kind::Wrong, "another way is taken at a decision").continued(),
        Control::rendered("through_wall", Kind::Wrong, "straight through a wall to the goal"),
        Control::rendered("jump_to_goal", Kind::Wrong, "it stands and then is before the goal at once"),
        Control::rendered("longer_way", Kind::Wrong, "another way around, which is longer").bounded(800),
        Control::rendered("other_layout_walk", Kind::Wrong, "the walk of this place's image in a mirror"),
        Control::rendered("glide", Kind::Wrong, "straight from the first to the final pose, through what is between")
            .only_if(straight_is_wrong),
    ]);
    all
}

fn made(source: &Source<'_>, frames: Vec<Frame>) -> Made {
    Made { frames, fps: source.fps, time: None, codec: None, continues: false }
}

/// The first frame, and what is made of each of the others.
fn after_the_first(source: &Source<'_>, frame: impl Fn(&Frame) -> Frame) -> Made {
    made(source, source.frames[..1].iter().cloned().chain(source.frames[1..].iter().map(frame)).collect())
}

/// With so much light.
fn exposed(source: &Source<'_>, light: f32) -> Vec<Frame> {
    let frame = |f: &Frame| {
        let mut out = f.clone();
        out.rgb.iter_mut().for_each(|v| *v = (f32::from(*v) * light).min(255.0) as u8);
        out
    };
    source.frames.iter().map(frame).collect()
}

/// A picture with what is laid over another.
fn with_overlays(truth: &Truth, mut frame: Frame, other: &Frame) -> Frame {
    for [x0, y0, x1, y1] in truth.overlays.iter().map(|overlay| overlay.rect.map(|v| v as usize)) {
        for y in y0..y1 {
            let row = 3 * (y * frame.width as usize + x0)..3 * (y * frame.width as usize + x1);
            frame.rgb[row.clone()].copy_from_slice(&other.rgb[row]);
        }
    }
    frame
}

/// Whether the straight line from the first place to the last runs into something, or passes less than half of what it should.
fn straight_is_wrong(truth: &Truth) -> bool {
    let (Ok(task), poses) = (NavigationTruth::read(truth), Pose::of_truth(truth)) else { return false };
    let (first, last, count) = (poses[0].at, poses[poses.len() - 1].at, poses.len());
    let pose = |i: usize| {
        let part = i as f32 / (count - 1).max(1) as f32;
        Pose { at: [0, 1].map(|k| first[k] + part * (last[k] - first[k])), yaw: poses[0].yaw }
    };
    let fixes = (0..count).map(|i| Fix::sure(pose(i))).collect();
    let time: Vec<f64> = (0..count).map(|i| i as f64 / f64::from(truth.clip.fps)).collect();
    let journey = Journey::new(&task, &time, Tracked { fixes, ..Tracked::default() });
    2 * journey.passed() < task.stops.len() || journey.crossed().is_some()
}

/// What has the goal's hue gets another.
fn goal_recoloured(source: &Source<'_>) -> Option<Made> {
    let task = NavigationTruth::read(source.truth).ok()?;
    let palette = Palette::new(source.truth, &task);
    let goal = task.landmarks.iter().position(|l| l.name == task.goal.landmark)?;
    let class = palette.of[goal]?;
    let turned = |p: &[u8]| {
        let own = [p[0], p[1], p[2]];
        if palette.class(own) == Some(class) { [p[1], p[2], p[0]] } else { own }
    };
    let frame = |f: &Frame| {
        let rgb = f.rgb.chunks_exact(3).flat_map(turned).collect();
        with_overlays(source.truth, Frame { rgb, ..*f }, f)
    };
    Some(after_the_first(source, frame))
}

/// Stills in so many metres, each of which fades into the next within so many seconds.
fn slide_show(source: &Source<'_>) -> Option<Made> {
    const APART: f32 = 1.3;
    const FADES: f64 = 0.35;
    let last = source.frames.len() - 1;
    let mut stills = vec![0];
    for f in 1..last {
        if length(source, stills[stills.len() - 1], f) >= APART && length(source, f, last) >= APART {
            stills.push(f);
        }
    }
    if stills.len() < 3 {
        return None;
    }
    stills.push(last);
    let fades = ((FADES * source.fps) as usize).max(2);
    let frame = |i: usize| {
        let k = stills.partition_point(|&still| still <= i) - 1;
        let (from, to) = (stills[k], stills[(k + 1).min(stills.len() - 1)]);
        let part = (i + fades).saturating_sub(to).min(fades) as u32;
        blend(&source.frames[from], &source.frames[to], (part, fades as u32))
    };
    Some(made(source, (0..=last).map(frame).collect()))
}

/// Metres of the truth's walk between two frames.
fn length(source: &Source<'_>, from: usize, to: usize) -> f32 {
    let poses = Pose::of_truth(source.truth);
    let part = &poses[from.min(poses.len())..(to + 1).min(poses.len())];
    part.windows(2).map(|w| w[0].distance(w[1])).sum()
}

/// A rectangle of a picture turned upside down and mirrored: another plan of the same kind.
fn turned(frame: &Frame, [x0, y0, x1, y1]: [usize; 4]) -> Frame {
    let width = frame.width as usize;
    let mut out = frame.clone();
    for y in y0..y1 {
        for x in x0..x1 {
            let (from, to) = (3 * ((y1 - 1 - (y - y0)) * width + x1 - 1 - (x - x0)), 3 * (y * width + x));
            out.rgb[to..to + 3].copy_from_slice(&frame.rgb[from..from + 3]);
        }
    }
    out
}
