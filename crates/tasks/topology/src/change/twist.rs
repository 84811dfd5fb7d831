//! Two strands that cross are cut, one side is turned once around, and they are joined again: they cross three times.

use std::f64::consts::{PI, TAU};

use glam::{DVec2, DVec3};

use super::ease::ease;
use super::{Change, between, flat, own_height, raised, strands};
use crate::groom::eased;
use crate::plan::{LEVEL, Pass, Plan, RADIUS};
use crate::shot::{Gap, Shot, Strand};

/// When strands have made room, when the gaps are open, when the turn is done, when they are closed, and
/// when all has found its form.
const MAKES_ROOM: (f64, f64) = (0.0, 0.2);
const OPENS: (f64, f64) = (0.12, 0.28);
const TURNS: (f64, f64) = (0.28, 0.85);
const CLOSES: (f64, f64) = (0.85, 0.93);
const SETTLES: (f64, f64) = (0.9, 1.0);
/// Half of a gap, units.
const GAP: f64 = 1.35 * RADIUS;
/// How far the lane goes on before its first and behind its last crossing, of the way between two.
const BEYOND: f64 = 0.7;
/// Half of the distance at which the strands run side by side, units.
const HALF: f64 = 2.5 * RADIUS;
/// How far before and behind a place in the lane its direction is looked for, parts of its length.
const LOOK: f64 = 0.12;
/// Within this part of the lane at either end strands take their places.
const ENDS: f64 = 0.3;
/// Steps in which strands find their form before and after: few, for lanes are where they are.
const FORMS: usize = 30;

/// A stretch of a line; it begins with the greater vertex if it runs against the line.
#[derive(Clone, Copy, Debug)]
struct Side {
    line: usize,
    from: f64,
    to: f64,
}

/// A plan of which three crossings in a row are a twist and a half.
pub(crate) struct Twist {
    /// With three crossings.
    plan: Plan,
    /// The lane in which they lie: first the side that is above at the first of them.
    lane: [Side; 2],
    /// With one crossing instead: before the strands make room, and then.
    before: [Plan; 2],
    /// With three again: when they are joined, and when they have found their form.
    after: [Plan; 2],
    mark: DVec2,
}

impl Twist {
    /// `crossing`: the one that was there before the last two of the plan. `None` if the three do not follow each other on two strands, or there is
    /// no room.
    pub(crate) fn new(plan: Plan, crossing: usize) -> Option<Self> {
        let count = plan.passes.iter().map(|pass| pass.crossing + 1).max()?;
        let mut lane = sides(&plan, [crossing, count.checked_sub(2)?, count - 1])?;
        if !lane[0].1 {
            lane.swap(0, 1);
        }
        let (before, after) = ([plan.clone(), plan.clone()], [plan.clone(), plan.clone()]);
        let mut twist = Self { lane: [lane[0].0, lane[1].0], plan, before, after, mark: DVec2::ZERO };
        let roomy = twist.single(&twist.strands(0.0, 0.0), crossing)?;
        twist.before = [eased(&roomy, FORMS)?, roomy];
        let joined = Plan { lines: flat(&twist.strands(1.0, 0.0)), passes: twist.plan.passes.clone() }.located()?;
        twist.after = [joined.clone(), eased(&joined, FORMS)?];
        twist.mark = twist.before[0].crossing(crossing)?[0].place;
        Some(twist)
    }

    /// The plan of the strands before the turn: of the three crossings one is left.
    fn single(&self, wound: &[Strand], crossing: usize) -> Option<Plan> {
        let lines = flat(wound);
        let mut passes = Vec::new();
        for (line, _) in self.plan.lines.iter().enumerate() {
            passes.extend(self.plan.of_line(line).filter(|pass| !self.lane.iter().any(|side| holds(&self.plan, side, pass))));
        }
        let middle = |side: &Side| 0.5 * (side.from + side.to);
        let place = 0.5 * (self.point(0, 0.5) + self.point(1, 0.5));
        for (index, side) in self.lane.iter().enumerate() {
            let n = self.plan.lines[side.line].len() as f64;
            passes.push(Pass { line: side.line, at: middle(side).rem_euclid(n), crossing, over: index == 0, place });
        }
        passes.sort_by(|a, b| a.line.cmp(&b.line).then(a.at.total_cmp(&b.at)));
        Plan { lines, passes }.located()
    }

    fn point(&self, side: usize, along: f64) -> DVec2 {
        let Side { line, from, to } = self.lane[side];
        self.plan.point(line, from + (to - from) * along)
    }

    /// The strands when so much is turned, and the gap is so far open.
    fn strands(&self, turned: f64, open: f64) -> Vec<Strand> {
        let mut strands = strands(&self.plan, own_height);
        for (index, side) in self.lane.iter().enumerate() {
            let n = self.plan.lines[side.line].len() as i64;
            let (low, high) = (side.from.min(side.to), side.from.max(side.to));
            for k in (low.ceil() as i64)..=(high.floor() as i64) {
                let along = (k as f64 - side.from) / (side.to - side.from);
                let point = &mut strands[side.line].points[k.rem_euclid(n) as usize];
                *point = self.place(index, along, (turned, open), point.z);
            }
        }
        strands
    }

    /// The place of a side's strand at a part of the lane's length. `height`: what it would be if the turn were done.
    fn place(&self, side: usize, along: f64, (turned, open): (f64, f64), height: f64) -> DVec3 {
        let half = |u: f64| 0.5 * (self.point(0, u) - self.point(1, u));
        let middle = |u: f64| 0.5 * (self.point(0, u) + self.point(1, u));
        // Across the lane, wherever it turns; and as the strands come and go at its ends: they leave on the other side than they come on.
        let normal = |u: f64| (middle((u + LOOK).min(1.0)) - middle((u - LOOK).max(0.0))).normalize_or_zero().perp();
        let (begin, end) = (half(0.0), -half(1.0));
        let side_of = if normal(0.0).dot(begin) < 0.0 { -1.0 } else { 1.0 };
        let skew = |u: f64, to: DVec2| libm::atan2((side_of * normal(u)).perp_dot(to), (side_of * normal(u)).dot(to));
        let (first, last) = (skew(0.0, begin), skew(1.0, end));
        let angle = first + (last - first) * along;
        let across = DVec2::new(libm::cos(angle), libm::sin(angle)).rotate(side_of * normal(along));
        let (near, far) = (ease(along, 0.0, ENDS), ease(1.0 - along, 0.0, ENDS));
        let wide = if along < 0.5 {
            begin.length() + (HALF - begin.length()) * near
        } else {
            end.length() + (HALF - end.length()) * far
        };
        let angle = (PI + TAU * turned) * (0.25 * ease(along, 0.0, 1.0) + 0.75 * along);
        let own = if side == 0 { 1.0 } else { -1.0 };
        let flat = middle(along) + across * (own * wide * libm::cos(angle));
        // While it is cut, nothing holds the far end.
        let held = near * (far + (1.0 - far) * open);
        flat.extend(height + (own * LEVEL * libm::sin(angle) - height) * held)
    }
}

impl Change for Twist {
    fn at(&self, share: f64) -> Shot {
        let turned = ease(share, TURNS.0, TURNS.1);
        let open = ease(share, OPENS.0, OPENS.1) - ease(share, CLOSES.0, CLOSES.1);
        let room = ease(share, MAKES_ROOM.0, MAKES_ROOM.1);
        let settled = ease(share, SETTLES.0, SETTLES.1);
        let wound = self.strands(turned, open);
        let formed = match () {
            () if room < 1.0 => between(&self.before[0], &self.before[1], room).map(|strands| (strands, room)),
            () if settled > 0.0 => between(&self.after[0], &self.after[1], settled).map(|strands| (strands, 1.0 - settled)),
            () => None,
        };
        let mut strands = match formed {
            Some((mut strands, by)) => {
                raised(&mut strands, &wound, by);
                strands
            }
            None => wound,
        };
        let mut gaps: Vec<Gap> = Vec::new();
        if open > 1e-3 {
            for side in &self.lane {
                let edge = self.plan.point(side.line, side.to - 0.5).distance(self.plan.point(side.line, side.to + 0.5));
                let half = open * GAP / edge.max(1e-6);
                gaps.push(Gap { strand: side.line, from: side.to - half, to: side.to + half });
            }
        }
        // On the way from one form to the other vertices crowd here and there.
        if room < 1.0 || settled > 0.0 {
            for (index, strand) in strands.iter_mut().enumerate() {
                let mut ends: Vec<f64> =
                    gaps.iter().filter(|gap| gap.strand == index).flat_map(|gap| [gap.from, gap.to]).collect();
                *strand = strand.evened(&mut ends);
                let own = gaps.iter_mut().filter(|gap| gap.strand == index);
                own.zip(ends.chunks_exact(2)).for_each(|(gap, ends)| [gap.from, gap.to] = [ends[0], ends[1]]);
            }
        }
        Shot { strands, gaps }
    }

    fn whole(&self) -> Vec<[f64; 2]> {
        vec![[0.0, OPENS.0], [CLOSES.1, 1.0]]
    }

    fn mark(&self) -> DVec2 {
        self.mark
    }
}

/// Whether a pass lies in a stretch.
fn holds(plan: &Plan, side: &Side, pass: &Pass) -> bool {
    let n = plan.lines[side.line].len() as f64;
    let low = side.from.min(side.to);
    pass.line == side.line && (pass.at - low).rem_euclid(n) < (side.to - side.from).abs()
}

/// The two stretches that go through three crossings and nothing else in between, from the same end of the row; whether each is above at
/// the first.
fn sides(plan: &Plan, row: [usize; 3]) -> Option<[(Side, bool); 2]> {
    let mut found: Vec<(Side, bool, [usize; 3])> = Vec::new();
    for line in 0..plan.lines.len() {
        let list: Vec<&Pass> = plan.of_line(line).collect();
        let (count, n) = (list.len(), plan.lines[line].len() as f64);
        let ahead = |a: &Pass, b: &Pass| (b.at - a.at).rem_euclid(n);
        for first in 0..count {
            let three = [0, 1, 2].map(|k| list[(first + k) % count]);
            let names = three.map(|pass| pass.crossing);
            let is_row = row.iter().all(|crossing| names.contains(crossing));
            if count < 4 || !is_row {
                continue;
            }
            let (before, after) = (list[(first + count - 1) % count], list[(first + 3) % count]);
            let run = ahead(three[0], three[2]);
            let reach = |free: f64| (0.5 * BEYOND * run).min(0.5 * free);
            let from = three[0].at - reach(ahead(before, three[0]));
            let to = three[0].at + run + reach(ahead(three[2], after));
            found.push((Side { line, from, to }, three[0].over, names));
        }
    }
    let [a, b] = found.try_into().ok()?;
    let turned = |(side, over, names): (Side, bool, [usize; 3])| {
        // Of three in a row that alternate the last is passed as the first is.
        (Side { line: side.line, from: side.to, to: side.from }, over, [names[2], names[1], names[0]])
    };
    let b = if a.2 == b.2 { b } else { turned(b) };
    (a.2 == b.2 && a.1 != b.1).then_some([(a.0, a.1), (b.0, b.1)])
}
