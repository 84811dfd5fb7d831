//! A strand is cut, its ends withdraw, and a new piece grows from one of them along the way of a trefoil until it meets the other.

use glam::DVec2;

use super::ease::ease;
use super::{Change, between, own_height, raised, strands};
use crate::groom::{STEPS, eased};
use crate::plan::{Pass, Plan};
use crate::shot::{Gap, Shot};

/// When the strand has withdrawn, when the link has made room, and when the new piece has grown.
const WITHDRAWS: (f64, f64) = (0.02, 0.2);
const MAKES_ROOM: (f64, f64) = (0.06, 0.26);
const GROWS: (f64, f64) = (0.27, 0.98);
/// When colours move along the strand, so that the new piece has its own.
const RECOLOURS: (f64, f64) = (0.05, 0.9);
/// Crossings of a trefoil.
const TREFOIL: usize = 3;

/// A plan whose last three crossings are a trefoil in one of its strands.
pub(crate) struct Sum {
    plan: Plan,
    line: usize,
    /// The piece that is new, in vertices; it may lead on beyond the last.
    new: [f64; 2],
    /// The link without it. The strand that is cut begins with as many vertices as are not in the plan.
    before: Plan,
    /// The same when it has made room.
    roomy: Plan,
    /// How many these vertices are.
    bridge: usize,
}

impl Sum {
    /// `None` if the last three crossings are not all that one stretch of a strand passes, or what is left without them is another drawing.
    pub(crate) fn new(plan: Plan) -> Option<Self> {
        let count = plan.passes.iter().map(|pass| pass.crossing + 1).max()?;
        let is_new = |pass: &&Pass| pass.crossing + TREFOIL >= count;
        let line = plan.passes.iter().find(is_new)?.line;
        let n = plan.lines[line].len() as f64;
        let list: Vec<&Pass> = plan.of_line(line).collect();
        let first = (0..list.len()).find(|k| is_new(&list[*k]) && !is_new(&list[(k + list.len() - 1) % list.len()]))?;
        let piece: Vec<&Pass> = (0..2 * TREFOIL).map(|k| list[(first + k) % list.len()]).collect();
        if list.len() <= 2 * TREFOIL || piece.iter().any(|pass| !is_new(pass)) {
            return None;
        }
        let ahead = |a: f64, b: f64| (b - a).rem_euclid(n);
        let (begin, end) = (piece[0].at, piece[2 * TREFOIL - 1].at);
        let before = ahead(list[(first + list.len() - 1) % list.len()].at, begin);
        let after = ahead(end, list[(first + 2 * TREFOIL) % list.len()].at);
        let from = (begin - 0.5 * before).round();
        let new = [from, (from + 0.5 * before + ahead(begin, end) + 0.5 * after).round()];
        let bridge = bridge(&plan, line, new);
        let mut without = plan.clone();
        without.passes.retain(|pass| !is_new(&pass));
        // The strand begins with the bridge.
        let rest = (new[1] as i64)..=(new[0] as i64 + n as i64);
        without.lines[line] = bridge.iter().copied().chain(rest.map(|k| vertex(&plan.lines[line], k))).collect();
        for pass in without.passes.iter_mut().filter(|pass| pass.line == line) {
            pass.at = bridge.len() as f64 + (pass.at - new[1]).rem_euclid(n);
        }
        without.passes.sort_by(|a, b| a.line.cmp(&b.line).then(a.at.total_cmp(&b.at)));
        let roomy = without.located()?;
        let before = eased(&roomy, STEPS)?;
        Some(Self { plan, line, new, before, roomy, bridge: bridge.len() })
    }
}

fn vertex(line: &[DVec2], k: i64) -> DVec2 {
    line[k.rem_euclid(line.len() as i64) as usize]
}

impl Sum {
    /// Which part of the strand, of so many vertices in the end, a vertex is, counted from the end of the new piece: at first parts are even along what is
    /// there, in the end along all.
    fn part(&self, vertex: f64, vertices: f64, share: f64) -> f64 {
        let new = (self.new[1] - self.new[0]) / vertices;
        let bridge = self.bridge as f64 / (self.bridge as f64 + vertices * (1.0 - new));
        let q = vertex / vertices;
        let kept = 1.0 - new;
        let first =
            if q <= kept { 0.5 * bridge + q / kept * (1.0 - bridge) } else { 1.0 - 0.5 * bridge + (q - kept) / new * bridge };
        let last = q + 0.5 * new;
        (first + (last - first) * ease(share, RECOLOURS.0, RECOLOURS.1)).rem_euclid(1.0)
    }
}

impl Change for Sum {
    fn at(&self, share: f64) -> Shot {
        let mut after = strands(&self.plan, own_height);
        if share >= MAKES_ROOM.1 {
            let grown = ease(share, GROWS.0, GROWS.1);
            let n = after[self.line].points.len() as f64;
            let parts = &mut after[self.line].parts;
            parts
                .iter_mut()
                .enumerate()
                .for_each(|(k, part)| *part = self.part((k as f64 - self.new[1]).rem_euclid(n), n, share));
            let gap = Gap { strand: self.line, from: self.new[0] + (self.new[1] - self.new[0]) * grown, to: self.new[1] };
            return Shot { strands: after, gaps: if grown < 1.0 { vec![gap] } else { Vec::new() } };
        }
        let (room, open) = (ease(share, MAKES_ROOM.0, MAKES_ROOM.1), ease(share, WITHDRAWS.0, WITHDRAWS.1));
        let mut before = between(&self.before, &self.roomy, room).unwrap_or_else(|| strands(&self.before, own_height));
        let n = after[self.line].points.len();
        // What the strand is where it is kept when all is done.
        let kept = |k: usize| (self.new[1] as i64 + (k - self.bridge) as i64).rem_euclid(n as i64) as usize;
        let whole = after.swap_remove(self.line);
        after.insert(self.line, before[self.line].clone());
        let ends = self.new.map(|at| whole.points[(at as i64).rem_euclid(n as i64) as usize].z);
        let target = &mut after[self.line];
        for k in 0..target.points.len() {
            if k < self.bridge {
                let along = (k + 1) as f64 / (self.bridge + 1) as f64;
                target.points[k].z = ends[0] + (ends[1] - ends[0]) * along;
                // The bridge has the colours of the new piece.
                let new = self.new[1] - self.new[0];
                target.parts[k] = self.part(n as f64 - new * (1.0 - along), n as f64, share);
            } else {
                target.points[k].z = whole.points[kept(k)].z;
                target.parts[k] = self.part((k - self.bridge) as f64, n as f64, share);
            }
        }
        raised(&mut before, &after, room);
        before[self.line].parts.clone_from(&after[self.line].parts);
        let strand = &mut before[self.line];
        let middle = 0.5 * (self.bridge as f64 - 1.0);
        let half = (0.5 * (self.bridge as f64 + 1.0)) * open;
        let mut ends = [middle - half, middle + half];
        *strand = strand.evened(&mut ends);
        let gap = Gap { strand: self.line, from: ends[0], to: ends[1] };
        Shot { strands: before, gaps: if half > 1e-3 { vec![gap] } else { Vec::new() } }
    }

    fn whole(&self) -> Vec<[f64; 2]> {
        vec![[0.0, WITHDRAWS.0], [GROWS.1, 1.0]]
    }

    fn mark(&self) -> DVec2 {
        self.before.lines[self.line][self.bridge / 2]
    }
}

/// A smooth line between where the new piece begins and where it ends, without these two, in the directions in which the strand comes and goes on (C.
/// Hermite's cubic).
fn bridge(plan: &Plan, line: usize, [from, to]: [f64; 2]) -> Vec<DVec2> {
    let (a, b) = (plan.point(line, from), plan.point(line, to));
    let edge = plan.point(line, from - 1.0).distance(a);
    let pull = 0.8 * a.distance(b);
    let (u, v) = (plan.along(line, from - 0.8) * pull, plan.along(line, to + 0.8) * pull);
    // More than it needs: it is drawn longer when the link finds its form.
    let count = (a.distance(b) * 1.5 / edge.max(1e-6)) as usize + 8;
    let at = |t: f64| {
        let (s, t2, t3) = (1.0 - t, t * t, t * t * t);
        a * (2.0 * t3 - 3.0 * t2 + 1.0) + u * (t * s * s) + b * (3.0 * t2 - 2.0 * t3) + v * (t3 - t2)
    };
    (1..count).map(|k| at(k as f64 / count as f64)).collect()
}
