//! What was tangled is drawn apart: fingers that lie over or under other strands are drawn back, one after the other, and the link finds its form.

use glam::DVec2;

use super::ease::ease;
use super::{Change, between, flat, own_height, raised, strands};
use crate::groom::{STEPS, eased};
use crate::plan::{Pass, Plan, RADIUS};
use crate::shot::{Shot, Strand};

/// Of a finger's own time: when it is drawn back, when strands come to lie as high as they should without it, and when the link finds its form.
const MOVES: (f64, f64) = (0.0, 0.66);
const LIES: (f64, f64) = (0.62, 0.78);
const FORMS: (f64, f64) = (0.68, 1.0);
/// Steps in which it does so after a finger; after the last there are more.
const SOME: usize = 48;

/// How far before and behind its crossings a finger is moved, of the way to the next; and how far beside the other strand it comes to lie, units.
const REACH: f64 = 0.75;
const CLEAR: f64 = 3.4 * RADIUS;
/// How often its new way is smoothed.
const FAIRS: usize = 24;

/// A finger's vertices go straight to where they cross nothing.
struct Finger {
    start: Vec<Strand>,
    line: usize,
    /// The first of them, and where they go.
    first: i64,
    places: Vec<DVec2>,
    /// The drawing when it is back, and when the link has found its form.
    back: Plan,
    formed: Plan,
    end: Vec<Strand>,
}

/// A tangled link, and the fingers in the order in which they are drawn back.
pub(crate) struct Relax {
    fingers: Vec<Finger>,
    mark: DVec2,
}

impl Relax {
    /// `fingers`: the two crossings of each, at which one strand is above. `None` if one cannot be drawn back, or there are none.
    pub(crate) fn new(plan: Plan, fingers: &[[usize; 2]]) -> Option<Self> {
        let mut plan = plan.located()?;
        let mut start = strands(&plan, own_height);
        // Nothing happens at one place only: the circle lies at any crossing.
        let mark = plan.passes.first()?.place;
        let mut moves: Vec<Finger> = Vec::with_capacity(fingers.len());
        for (k, crossings) in fingers.iter().enumerate() {
            let (line, first, places) = drawn_back(&plan, *crossings)?;
            let mut finger = Finger { start, line, first, places, back: plan.clone(), formed: plan.clone(), end: Vec::new() };
            let passes = plan.passes.iter().filter(|pass| !crossings.contains(&pass.crossing)).copied().collect();
            finger.back = Plan { lines: flat(&finger.strands(1.0)), passes }.located()?;
            finger.formed = eased(&finger.back, if k + 1 == fingers.len() { STEPS } else { SOME })?;
            // Vertices are evenly apart again, and colours stay where they are.
            let mut passes = finger.formed.passes.clone();
            finger.end = finger.evened(strands(&finger.formed, own_height), &mut passes);
            plan = Plan { lines: flat(&finger.end), passes }.located()?;
            start = finger.end.clone();
            moves.push(finger);
        }
        (!moves.is_empty()).then_some(Self { fingers: moves, mark })
    }
}

impl Finger {
    /// In the colours of the start, vertices evenly apart; and where passes are then.
    fn evened(&self, mut strands: Vec<Strand>, passes: &mut [Pass]) -> Vec<Strand> {
        strands.iter_mut().zip(&self.start).for_each(|(strand, was)| strand.parts.clone_from(&was.parts));
        let even = |(line, strand): (usize, &Strand)| {
            let mut own: Vec<&mut Pass> = passes.iter_mut().filter(|pass| pass.line == line).collect();
            let mut places: Vec<f64> = own.iter().map(|pass| pass.at).collect();
            let strand = strand.evened(&mut places);
            own.iter_mut().zip(places).for_each(|(pass, at)| pass.at = at);
            strand
        };
        strands.iter().enumerate().map(even).collect()
    }

    fn strands(&self, done: f64) -> Vec<Strand> {
        let mut strands = self.start.clone();
        let points = &mut strands[self.line].points;
        let n = points.len() as i64;
        for (k, place) in self.places.iter().enumerate() {
            let point = &mut points[(self.first + k as i64).rem_euclid(n) as usize];
            *point = point.lerp(place.extend(point.z), done);
        }
        strands
    }
}

impl Change for Relax {
    fn at(&self, share: f64) -> Shot {
        let x = share.clamp(0.0, 1.0) * self.fingers.len() as f64;
        let k = (x as usize).min(self.fingers.len() - 1);
        let (finger, done) = (&self.fingers[k], x - k as f64);
        if done <= 0.0 || done >= 1.0 {
            let strands = if done <= 0.0 { &finger.start } else { &finger.end };
            return Shot { strands: strands.clone(), gaps: Vec::new() };
        }
        let moved = finger.strands(ease(done, MOVES.0, MOVES.1));
        let lies = ease(done, LIES.0, LIES.1);
        // As high as they lie when nothing but the link itself crosses.
        let formed = if lies > 0.0 { between(&finger.back, &finger.formed, ease(done, FORMS.0, FORMS.1)) } else { None };
        let strands = match formed {
            Some(mut strands) => {
                raised(&mut strands, &moved, 1.0 - lies);
                strands
            }
            None => moved,
        };
        Shot { strands: finger.evened(strands, &mut []), gaps: Vec::new() }
    }

    fn whole(&self) -> Vec<[f64; 2]> {
        // Nothing is ever cut, but between these it is on its way.
        vec![[0.0, 0.01], [0.99, 1.0]]
    }

    fn mark(&self) -> DVec2 {
        self.mark
    }
}

/// Which line's vertices go where, from which on: the stretch of one strand from before one crossing to behind the other, to the side from which it
/// comes, clear of the other strand.
fn drawn_back(plan: &Plan, crossings: [usize; 2]) -> Option<(usize, i64, Vec<DVec2>)> {
    [true, false].into_iter().find_map(|over| {
        let (line, first, places) = stretch(plan, crossings, over)?;
        let mut lines = plan.lines.clone();
        let n = lines[line].len() as i64;
        for (k, place) in places.iter().enumerate() {
            lines[line][(first + k as i64).rem_euclid(n) as usize] = *place;
        }
        let passes = plan.passes.iter().filter(|pass| !crossings.contains(&pass.crossing)).copied().collect();
        Plan { lines, passes }.located().map(|_| (line, first, places))
    })
}

/// The same of the strand that is above, or of that which is below.
fn stretch(plan: &Plan, crossings: [usize; 2], over: bool) -> Option<(usize, i64, Vec<DVec2>)> {
    let is_own = |pass: &Pass| pass.over == over && crossings.contains(&pass.crossing);
    let line = plan.passes.iter().find(|pass| is_own(pass))?.line;
    let list: Vec<&Pass> = plan.of_line(line).collect();
    let count = list.len();
    let first = (0..count).find(|k| count > 3 && is_own(list[*k]) && is_own(list[(k + 1) % count]))?;
    let [before, own, last, after] = [count - 1, 0, 1, 2].map(|k| list[(first + k) % count]);
    let n = plan.lines[line].len() as f64;
    let ahead = |a: &Pass, b: &Pass| (b.at - a.at).rem_euclid(n);
    let (begin, end) = (own.at, own.at + ahead(own, last));
    let from = (begin - REACH * ahead(before, own)).round();
    let to = (end + REACH * ahead(last, after)).round();
    // Of the other strand the stretch between the same crossings.
    let [p, q] = [own, last].map(|own| plan.passes.iter().find(|pass| pass.crossing == own.crossing && pass.over != over));
    let (p, q) = (p?, q?);
    if p.line != q.line {
        return None;
    }
    let m = plan.lines[p.line].len() as f64;
    let run = (q.at - p.at).rem_euclid(m);
    let run = if run > 0.5 * m { run - m } else { run };
    let beyond = |k: f64| {
        let share = ((k - begin) / (end - begin)).clamp(0.0, 1.0);
        let off = plan.point(line, k.clamp(begin, end)) - plan.point(p.line, p.at + run * share);
        if k > begin && k < end { off } else { DVec2::ZERO }
    };
    let inner: Vec<f64> = (begin.ceil() as i64..=end.floor() as i64).map(|k| k as f64).collect();
    let far = inner.iter().map(|k| beyond(*k)).sum::<DVec2>().try_normalize()?;
    let place = |k: f64| {
        let near = ease(k, from, begin) * (1.0 - ease(k, end, to));
        plan.point(line, k) - beyond(k) - far * (CLEAR * near)
    };
    let mut places: Vec<DVec2> = (from as i64..=to as i64).map(|k| place(k as f64)).collect();
    for _ in 0..FAIRS {
        let middle = |k: usize| 0.25 * (places[k - 1] + places[k + 1]) + 0.5 * places[k];
        let inner: Vec<DVec2> = (1..places.len() - 1).map(middle).collect();
        places.splice(1..inner.len() + 1, inner);
    }
    Some((line, from as i64 + 1, places[1..places.len() - 1].to_vec()))
}
