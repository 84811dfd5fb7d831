//! The walk that a candidate shows, frame by frame, from its pictures alone.
//!
//! The first frame is the sample's own, so the walk begins where the truth's does. From then on the movement since the frame before is found
//! from all that has texture, and the edges of the place say where that leads. Where they do not, the eye is looked for all over the place, and
//! several walks are kept; the likeliest of all frames together is taken (Viterbi 1967).

use crate::{Footage, Frame, Truth};

use super::NavigationTruth;
use super::edges::edges;
use super::fit::{Fit, Known};
use super::fix::{ENOUGH, Fix, TIGHT, Tracked};
use super::flow::flow;
use super::hues::Palette;
use super::landmarks::Colours;
use super::lens;
use super::picture::{Picture, Shown};
use super::place::Place;
use super::pose::{Lens, Pose, View};
use super::seek::Seek;
use super::sightings::Sightings;
use super::surfaces::repainted;

/// Frames that follow sooner are not looked at, for steps become too small to be told from noise; one of those that follow before the latest
/// is. Seconds.
const SOONEST: f64 = 0.045;
const LATEST: f64 = 0.125;
/// Least share of the points that are found again in the next frame.
const ALIKE: f32 = 0.4;
/// What is known by the movement counts this much: its points share their errors.
const TRUST: f32 = 0.05;
/// How well a place is known that is only guessed from the walk so far, and the fields, from the coarsest, by which it is looked for.
const GUESS: [[f32; 3]; 3] = [[50.0, 0.0, 0.0], [0.0, 50.0, 0.0], [0.0, 0.0, 100.0]];
const WIDE: [usize; 4] = [3, 2, 1, 0];
/// Nobody moves faster: metres and radians a second, and what a step may be wrong by.
const FASTEST: (f32, f32) = (6.0, 6.0);
/// It is in doubt where the eye is where edges that should be in sight respond by less.
const DOUBT: f32 = 0.33;
/// By so much another place must be likelier, as a logarithm.
const LIKELIER: f32 = 0.06;
/// It is looked for everywhere after so many frames in doubt, and again after so many more.
const PATIENCE: usize = 3;
const AGAIN: usize = 6;
/// How unlikely a jump is, as a logarithm.
const JUMP: f32 = 1.5;
/// How far a walk may have gone astray, metres and radians together: by each step; where nothing of it is found again; and where edges respond
/// by so much, no more than [`TIGHT`].
const STRAYS: f32 = 0.015;
const LOOSE: f32 = 0.5;
const SURELY: f32 = 0.45;
/// How unlikely it is to be so far elsewhere, as a logarithm, and the most of that.
const ELSEWHERE: (f32, f32) = (0.1, 8.0);
/// What is laid over the picture may shake: pixels about it that are left out.
const MARGIN: f32 = 4.0;
/// Most walks at once.
const WALKS: usize = 4;
/// Walks this near to each other are one: metres, radians.
const SAME: (f32, f32) = (0.25, 0.12);

/// One of the walks that a candidate may show.
#[derive(Clone)]
struct Walk {
    fixes: Vec<Fix>,
    /// Metres and radians a second, as [`Pose::moved`] takes them.
    pace: [f32; 3],
    log: f32,
    /// For how many frames it has been in doubt.
    doubt: usize,
    /// How far it may have gone astray.
    loose: f32,
}

impl Walk {
    fn pose(&self) -> Pose {
        self.fixes.last().map_or_else(Pose::default, |fix| fix.pose)
    }

    /// A frame that is not looked at.
    fn stay(&mut self) {
        self.fixes.extend(self.fixes.last().map(|fix| Fix { looked: false, ..*fix }));
    }

    /// The logarithm of how likely it is that the eye is rather so far away, metres and radians together.
    fn elsewhere(&self, away: f32) -> f32 {
        -(ELSEWHERE.0 * (away / self.loose) * (away / self.loose)).min(ELSEWHERE.1)
    }

    fn add(&mut self, pose: Pose, fit: Fit, alike: f32) {
        let doubtful = (fit.enough >= ENOUGH && fit.edges < DOUBT) || alike < 0.5 * ALIKE;
        self.doubt = if doubtful { self.doubt + 1 } else { 0 };
        if fit.edges > SURELY && fit.enough > 2.0 * ENOUGH {
            self.loose = self.loose.min(TIGHT);
        }
        self.log += fit.log();
        let Fit { edges, enough, colours } = fit;
        let Colours { lacks, beside, .. } = colours;
        self.fixes.push(Fix { pose, edges, enough, alike, lacks, beside, loose: self.loose, looked: true });
    }
}

/// The walk, a fix for each frame of the footage, and the landmarks sighted.
///
/// # Errors
/// A sentence if the truth is not this task's, or there is nothing to look at.
pub fn track(truth: &Truth, footage: &Footage) -> Result<Tracked, String> {
    let task = NavigationTruth::read(truth)?;
    let (width, height) = (footage.first_frame.width as usize, footage.first_frame.height as usize);
    if footage.frames.is_empty() || width < 32 || height < 32 {
        return Err("the candidate has no frames, or they are too small to show a place".to_owned());
    }
    let mut shown = footage.always_seen();
    for overlay in &truth.overlays {
        let [x0, y0, x1, y1] = overlay.rect;
        let scale = [width as f32 / truth.clip.width as f32, height as f32 / truth.clip.height as f32];
        for (at, shown) in shown.iter_mut().enumerate() {
            let (x, y) = ((at % width) as f32 / scale[0], (at / width) as f32 / scale[1]);
            *shown &= x < x0 - MARGIN || x > x1 + MARGIN || y < y0 - MARGIN || y > y1 + MARGIN;
        }
    }
    let mut known = Known {
        place: Place::new(&task),
        edges: edges(&task),
        palette: Palette::new(truth, &task),
        shown: Shown::new(&shown, width, height),
        lens: Lens::new(truth, footage),
        task: &task,
    };
    let own = Pose::of_truth(truth);
    let scale = lens::scale(&known, footage, own[0]);
    let first = known.view(own[0]);
    known.lens = known.lens.longer(scale);
    let mut tracked = follow(&known, footage, &own, first);
    tracked.repainted = repainted(&known, &first, footage, &tracked.fixes);
    Ok(tracked)
}

/// `first` is the view of the first frame, which is the sample's own.
fn follow(known: &Known<'_>, footage: &Footage, own: &[Pose], first: View) -> Tracked {
    let mut sightings = Sightings::new(known, own);
    let mut before = Picture::new(&footage.frames[0], &known.shown, &known.palette);
    sightings.look(0, &before, known);
    let mut walk = Walk { fixes: Vec::new(), pace: [0.0; 3], log: 0.0, doubt: 0, loose: TIGHT };
    walk.add(own[0], known.fit(&first, &known.in_sight(&first), &before, 1), 1.0);
    let mut walks = vec![walk];
    let (mut seek, mut sought): (Option<Seek>, usize) = (None, 0);
    let (last, mut looked) = (footage.frames.len() - 1, 0);
    while looked < last {
        let frame = next_frame(footage, looked);
        let passed = (footage.time[frame] - footage.time[looked]) as f32;
        (looked + 1..frame).for_each(|_| walks.iter_mut().for_each(Walk::stay));
        let lens = if looked == 0 { first.lens } else { known.lens };
        looked = frame;
        let now = Picture::new(&footage.frames[frame], &known.shown, &known.palette);
        sightings.look(frame, &now, known);
        for walk in &mut walks {
            let view = View::new(walk.pose(), lens);
            step(known, walk, &view, [&before, &now], passed);
        }
        let best = likeliest(&walks);
        if walks[best].doubt >= PATIENCE && frame >= sought {
            sought = frame + AGAIN;
            let parent = walks[best].clone();
            for (pose, fit) in seek.get_or_insert_with(|| Seek::new(known)).find(known, &now) {
                let mut fixes = parent.fixes.clone();
                fixes.pop();
                // Whether it jumped is seen in the pictures since it was sure.
                let since = parent.fixes.len() - (parent.doubt + 2).min(parent.fixes.len());
                let alike = parent.fixes[since..].iter().map(|fix| fix.alike).fold(1.0, f32::min);
                let log = parent.log - JUMP + parent.elsewhere(parent.pose().apart(pose));
                let mut other = Walk { fixes, pace: [0.0; 3], log, doubt: 0, loose: LOOSE };
                other.add(pose, fit, alike);
                other.doubt = 0;
                walks.push(other);
            }
        }
        thin_out(&mut walks);
        before = now;
    }
    let best = likeliest(&walks);
    Tracked { fixes: walks.swap_remove(best).fixes, sighted: sightings.share(), repainted: Vec::new() }
}

/// The frame to look at next: where they follow soon, one that is sharp, and no blend of two.
fn next_frame(footage: &Footage, looked: usize) -> usize {
    let last = footage.frames.len() - 1;
    let after = |frame: usize| footage.time[frame] - footage.time[looked];
    let Some(first) = (looked + 1..last).find(|&frame| after(frame) > SOONEST) else { return last };
    if first == looked + 1 {
        return first;
    }
    let soon = (first..last).take_while(|&frame| frame == first || after(frame) < LATEST);
    soon.map(|frame| (sharpness(&footage.frames[frame]), frame)).max_by_key(|(sharp, _)| *sharp).map_or(first, |(_, frame)| frame)
}

/// How much neighbours in some of its rows differ.
fn sharpness(frame: &Frame) -> u64 {
    let rows = frame.rgb.chunks_exact(3 * frame.width as usize).step_by(4);
    rows.map(|row| row.iter().zip(&row[3..]).map(|(a, b)| u64::from(a.abs_diff(*b)).pow(2)).sum::<u64>()).sum()
}

fn likeliest(walks: &[Walk]) -> usize {
    (0..walks.len()).rev().max_by(|&a, &b| walks[a].log.total_cmp(&walks[b].log)).unwrap_or(0)
}

/// Takes a walk on to the next frame. `view` is that of the frame before.
fn step(known: &Known<'_>, walk: &mut Walk, view: &View, pictures: [&Picture; 2], passed: f32) {
    let guess = walk.pace.map(|pace| pace * passed);
    let (far, wide) = (FASTEST.0 * passed + 0.15, FASTEST.1 * passed + 0.1);
    let fair = |m: &[f32; 3]| m[0] * m[0] + m[1] * m[1] < far * far && m[2].abs() < wide;
    let found = flow(&known.place, view, known.lens, pictures, &known.shown, guess);
    let alike = found.map_or(0.0, |f| f.alike);
    let (moved, sure, levels) = match found {
        Some(flow) if flow.alike >= ALIKE && fair(&flow.moved) => {
            (flow.moved, flow.known.map(|row| row.map(|v| v * TRUST)), &[][..])
        }
        _ => (guess, GUESS, &WIDE[..]),
    };
    let look = |moved: [f32; 3], sure: [[f32; 3]; 3], levels: &[usize]| {
        let predicted = view.pose.moved(moved);
        let sight = known.in_sight(&known.view(predicted));
        let mut pose = if levels.is_empty() { predicted } else { known.refine(predicted, sure, pictures[1], levels, &sight) };
        for level in [1, 0] {
            pose = known.climb(predicted, pose, sure, pictures[1], level, &sight);
        }
        (pose, known.fit(&known.view(pose), &sight, pictures[1], 1))
    };
    let (mut pose, mut fit) = look(moved, sure, levels);
    let strays = if levels.is_empty() { STRAYS + LOOSE * (1.0 - alike) } else { LOOSE };
    walk.loose = (walk.loose * walk.loose + strays * strays).sqrt();
    if fit.enough >= ENOUGH && fit.edges < DOUBT {
        // Perhaps the movement is wrong, and the edges are farther off.
        for moved in [moved, guess] {
            let other = look(moved, GUESS, &WIDE);
            if other.1.log() + walk.elsewhere(pose.apart(other.0)) > fit.log() + LIKELIER {
                (pose, fit) = other;
            }
        }
    }
    let moved = view.pose.way_to(pose);
    if passed > 0.0 && fair(&moved) {
        walk.pace = std::array::from_fn(|k| 0.4 * walk.pace[k] + 0.6 * moved[k] / passed);
    }
    walk.add(pose, fit, alike);
}

/// Keeps the likeliest walks that differ.
fn thin_out(walks: &mut Vec<Walk>) {
    walks.sort_by(|a, b| b.log.total_cmp(&a.log));
    let mut kept: Vec<Walk> = Vec::with_capacity(WALKS);
    for walk in walks.drain(..) {
        let pose = walk.pose();
        let same = |other: &Walk| {
            let way = other.pose().way_to(pose);
            other.pose().distance(pose) < SAME.0 && way[2].abs() < SAME.1
        };
        if kept.len() < WALKS && !kept.iter().any(same) {
            kept.push(walk);
        }
    }
    *walks = kept;
}
