//! The six rules, in tubes.

use raytruth_eval::toy::{Braid, Tube, arcs, crossings};

use crate::scene::PANEL;

const SIZE: f32 = PANEL as f32;
/// How wide tubes are painted.
const WIDE: f32 = 0.05 * SIZE;

/// From 0 to 1 between two moments, slow at both ends.
pub(crate) fn part(at: f32, from: f32, to: f32) -> f32 {
    let t = ((at - from) / (to - from)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

pub(crate) fn braid(strands: usize, word: &[i32], turn: f32) -> Vec<Tube> {
    let mut braid = Braid::new(strands, word, SIZE);
    (braid.turn, braid.begin, braid.wobble) = (turn, 0.07, [0.03, 0.02, 1.0]);
    braid.tubes()
}

fn length(tube: &Tube) -> f32 {
    let n = tube.points.len();
    let step = |i: usize| {
        let (a, b) = (tube.points[i], tube.points[(i + 1) % n]);
        ((a[0] - b[0]).powi(2) + (a[1] - b[1]).powi(2)).sqrt()
    };
    (0..n).map(step).sum()
}

/// How far along a strand a place lies from another, pixels.
fn off(tube: &Tube, i: usize, at: f32, whole: f32) -> f32 {
    let away = i as f32 / tube.points.len() as f32 - at;
    ((away + 0.5).rem_euclid(1.0) - 0.5).abs() * whole
}

/// A crossing changes: by 0.3 the strand above is open, from 0.7 on it closes beneath. `gap` is how much of it is missing then, widths; ends are
/// round.
pub(crate) fn cut(tubes: &mut [Tube], original: &[Tube], number: usize, at: f32, gap: f32) {
    let (met, _) = crossings(original);
    let over = met[number].over;
    let tube = &mut tubes[over.strand];
    let whole = length(&original[over.strand]);
    let open = (gap + 1.0).min(20.0 * gap) * WIDE * part(at, 0.0, 0.3).min(1.0 - part(at, 0.7, 1.0));
    if open > 0.0 {
        let half = 0.5 * open / whole;
        let from = (over.at - half).rem_euclid(1.0);
        tube.open.push([from, from + 2.0 * half]);
    }
    if at > 0.5 {
        for i in 0..tube.points.len() {
            let near = off(&original[over.strand], i, over.at, whole) / (1.1 * WIDE);
            tube.points[i][2] -= 0.2 * SIZE * (-near * near).exp();
        }
    }
}

/// Some crossings change in turn, each in its span.
pub(crate) fn cuts(original: &[Tube], numbers: &[usize], at: f32, gap: f32) -> Vec<Tube> {
    let mut tubes = original.to_vec();
    let each = 1.0 / numbers.len() as f32;
    for (k, number) in numbers.iter().enumerate() {
        let own = (at - k as f32 * each) / (0.8 * each);
        cut(&mut tubes, original, *number, own.clamp(0.0, 1.0), gap);
    }
    tubes
}

/// When the stages of so many cuts are whole.
pub(crate) fn whole_between(count: usize) -> Vec<[f32; 2]> {
    let each = 1.0 / count as f32;
    (0..=count).map(|k| [(k as f32 - 0.18).max(0.0) * each, if k < count { k as f32 * each } else { 1.0 }]).collect()
}

/// A finger of the outer strand lies over the others, or under them, and draws back.
pub(crate) fn finger(original: &[Tube], at: f32, height: f32) -> Vec<Tube> {
    let mut tubes = original.to_vec();
    let tube = &mut tubes[0];
    let whole = length(tube);
    let tip = (0..tube.points.len())
        .max_by(|a, b| {
            let far = |i: &usize| (0..2).map(|c| (tube.points[*i][c] - 0.5 * SIZE).powi(2)).sum::<f32>();
            far(a).total_cmp(&far(b))
        })
        .expect("points");
    let (top, reach) = (tip as f32 / tube.points.len() as f32, 0.62 * SIZE * (1.0 - at));
    let way = [0, 1].map(|c| (0.5 * SIZE - tube.points[tip][c]) / (0.38 * SIZE));
    for i in 0..tube.points.len() {
        let near = off(&original[0], i, top, whole) / (0.13 * SIZE);
        let weight = (-near * near).exp();
        (0..2).for_each(|c| tube.points[i][c] += reach * weight * way[c]);
        tube.points[i][2] += height * SIZE * (2.0 * weight).min(1.0) * (1.0 - at).min(0.2) * 5.0;
    }
    tubes
}

/// Both strands are open in a part of the ring in which more crossings come to be.
pub(crate) fn region(before: &[i32], after: &[i32], strands: usize, at: f32) -> Vec<Tube> {
    let word = if at < 0.5 { before } else { after };
    let mut drawn = Braid::new(strands, word, SIZE);
    (drawn.turn, drawn.begin, drawn.wobble, drawn.by_place) = (0.4, 0.07, [0.03, 0.02, 1.0], true);
    let mut tubes = drawn.tubes();
    let same = before.iter().zip(after).take_while(|(a, b)| a == b).count();
    let wide = part(at, 0.0, 0.45).min(1.0 - part(at, 0.55, 1.0));
    let slots = before.len() as f32;
    let (middle, half) = ((same as f32 + slots) / 2.0 / slots, 0.5 * (slots - same as f32) / slots * wide);
    for tube in &mut tubes {
        let n = tube.points.len();
        let inside = |i: usize| {
            let [x, y, _] = tube.points[i];
            let angle = (y - 0.5 * SIZE).atan2(x - 0.5 * SIZE) - 0.4;
            let along = angle.rem_euclid(std::f32::consts::TAU) / std::f32::consts::TAU;
            wide > 0.0 && ((along - middle + 0.5).rem_euclid(1.0) - 0.5).abs() < half
        };
        tube.open = (0..n).filter(|i| inside(*i)).map(|i| [i as f32 / n as f32, (i + 1) as f32 / n as f32]).collect();
    }
    tubes
}

/// A ring beside a knot opens, comes and closes around the outer strand; `turn` is its hand.
pub(crate) fn ring(at: f32, turn: f32) -> Vec<Tube> {
    let mut knot = Braid::new(2, &[1, 1, 1], SIZE);
    (knot.radius, knot.middle, knot.begin) = (0.27 * SIZE, [0.58 * SIZE, 0.56 * SIZE], 0.05);
    let mut tubes = knot.tubes();
    let hues = arcs(2);
    tubes[0].hue = hues[0].hue;
    // The outermost place of the knot towards the corner.
    let goal = *tubes[0].points.iter().min_by(|a, b| (a[0] + a[1]).total_cmp(&(b[0] + b[1]))).expect("points");
    let go = part(at, 0.3, 0.7);
    let from = [0.14 * SIZE, 0.14 * SIZE];
    let middle = [0, 1].map(|c| from[c] + go * (goal[c] - from[c]));
    let radius = 0.085 * SIZE;
    let points = (0..48).map(|k| {
        let a = k as f32 / 48.0 * std::f32::consts::TAU;
        // Above on one side, below on the other.
        let z = turn * 0.1 * SIZE * a.sin();
        let (x, y) = (radius * a.cos(), radius * a.sin());
        // The strand runs across the diagonal: so does the ring.
        [middle[0] + 0.7 * (x - y), middle[1] + 0.7 * (x + y), z]
    });
    let open = part(at, 0.0, 0.25).min(1.0 - part(at, 0.75, 1.0));
    let hidden = if turn > 0.0 { 0.75 } else { 0.25 };
    let open = if open > 0.0 { vec![[hidden - 0.2 * open, hidden + 0.2 * open]] } else { Vec::new() };
    tubes.push(Tube { points: points.collect(), hue: hues[1].hue, open });
    tubes
}
