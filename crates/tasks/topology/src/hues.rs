//! Which colour each part of a strand has: hue grows along it, and where strands cross hues are far apart.

use raytruth_knots::Result;
use raytruth_knots::diagram::{View, project};

use crate::shot::Shot;

/// Hues of two strands lie so far apart, degrees.
const BETWEEN: f64 = 20.0;
/// Each of several strands has so much hue at least, degrees.
const SHORTEST: f64 = 40.0;
/// Least difference of hue where strands cross, degrees; and what is aimed at: more than can be had is of no use.
pub(crate) const LEAST: f64 = 42.0;
const AIMS: [f64; 4] = [90.0, 72.0, 58.0, 48.0];
/// Pieces of a strand in each of which hue grows evenly.
const PIECES: usize = 120;
/// Rounds in which hue is shifted to where it is wanting.
const ROUNDS: usize = 300;
/// Places that are tried for the least hue of each strand.
const STARTS: usize = 24;
/// A place so near to a crossing, in parts of its strand, is worth so many degrees less: colours that are blurred there are neither of both.
const NEAR: f64 = 0.035;
const SEAM: f64 = 20.0;

/// Where strands cross: of both the strand, and which part of it.
type Meeting = [(usize, f64); 2];

/// The hue of every strand at each of its parts.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Hues {
    /// Of each strand its least hue and by how much it grows, degrees.
    pub arcs: Vec<[f64; 2]>,
    /// Of each strand the part with the least hue.
    starts: Vec<f64>,
    /// Of each strand the share of its arc that has come before each piece, from the start on.
    grown: Vec<Vec<f64>>,
    /// Least difference at a crossing, degrees.
    pub least: f64,
}

impl Hues {
    /// Of as many strands as there are in the shots, for all crossings that these show. `first`: a hue to begin with, degrees.
    ///
    /// # Errors
    /// If one of the shots cannot be projected.
    pub(crate) fn new(shots: &[Shot], first: f64) -> Result<Self> {
        let count = shots.iter().map(|shot| shot.strands.len()).max().unwrap_or(0).max(1);
        let mut meetings = Vec::new();
        for shot in shots {
            meetings.extend(meetings_of(shot)?);
        }
        let arcs = arcs(&lengths(shots, count), first);
        let mut hues = Self { arcs, starts: vec![0.0; count], grown: vec![Vec::new(); count], least: -1.0 };
        let tried = AIMS.map(|aim| hues.aimed(aim, &meetings));
        hues = tried.into_iter().fold(hues, |best, next| if next.least > best.least { next } else { best });
        Ok(hues)
    }

    /// With hues that grow so that so many degrees lie between strands where they cross, as far as they can.
    fn aimed(&self, aim: f64, meetings: &[Meeting]) -> Self {
        let (mut hues, count) = (self.clone(), self.arcs.len());
        let rates: Vec<Vec<f64>> = (0..count).map(|strand| rates(strand, aim / self.arcs[strand][1], meetings)).collect();
        hues.grow(&rates);
        // Of several strands the place where the greatest hue meets the least counts too.
        if count > 1 {
            for _ in 0..2 {
                for strand in 0..count {
                    let tried = (0..STARTS).map(|k| {
                        let mut other = hues.clone();
                        other.starts[strand] = k as f64 / STARTS as f64;
                        other.grow(&rates);
                        (other.least_at(meetings) - SEAM * other.crowding(strand, meetings), other)
                    });
                    hues =
                        tried.fold((f64::NEG_INFINITY, hues.clone()), |best, next| if next.0 > best.0 { next } else { best }).1;
                }
            }
        }
        hues.least = hues.least_at(meetings);
        hues
    }

    /// The hue of a part of a strand, degrees in 0..360.
    pub(crate) fn at(&self, strand: usize, part: f64) -> f64 {
        let [from, grows] = self.arcs[strand];
        let x = (part - self.starts[strand]).rem_euclid(1.0) * PIECES as f64;
        let k = (x as usize).min(PIECES - 1);
        let grown = &self.grown[strand];
        (from + grows * (grown[k] + (grown[k + 1] - grown[k]) * (x - k as f64))).rem_euclid(360.0)
    }

    fn grow(&mut self, rates: &[Vec<f64>]) {
        for (strand, rates) in rates.iter().enumerate() {
            let first = (self.starts[strand] * PIECES as f64) as usize;
            let mut grown = vec![0.0];
            for k in 0..PIECES {
                grown.push(grown[k] + rates[(first + k) % PIECES]);
            }
            let all = grown[PIECES];
            self.grown[strand] = grown.iter().map(|g| g / all).collect();
        }
    }

    /// How near to a crossing the greatest hue of a strand meets its least one: 1 in it, 0 far from all.
    fn crowding(&self, strand: usize, meetings: &[Meeting]) -> f64 {
        let off = |part: f64| ((part - self.starts[strand] + 0.5).rem_euclid(1.0) - 0.5).abs();
        let passes = meetings.iter().flatten().filter(|pass| pass.0 == strand);
        passes.map(|pass| 1.0 - off(pass.1) / NEAR).fold(0.0, f64::max)
    }

    fn least_at(&self, meetings: &[Meeting]) -> f64 {
        let apart = |[a, b]: &Meeting| raytruth_eval::hue::between(self.at(a.0, a.1), self.at(b.0, b.1));
        meetings.iter().map(apart).fold(180.0, f64::min)
    }
}

/// How long each strand is, at most, in vertices.
fn lengths(shots: &[Shot], count: usize) -> Vec<f64> {
    let most = |k: usize| shots.iter().filter_map(|shot| shot.strands.get(k)).map(|strand| strand.points.len()).max();
    (0..count).map(|k| most(k).unwrap_or(1) as f64).collect()
}

/// Of each strand its least hue and by how much it grows, degrees: longer ones, which cross more, have more of the circle.
fn arcs(lengths: &[f64], first: f64) -> Vec<[f64; 2]> {
    if lengths.len() == 1 {
        return vec![[first, 360.0]];
    }
    let spare = 360.0 - lengths.len() as f64 * (BETWEEN + SHORTEST);
    let all: f64 = lengths.iter().sum();
    let mut from = first;
    let mut arc = |length: &f64| {
        let arc = [from.rem_euclid(360.0), SHORTEST + spare * length / all];
        from += arc[1] + BETWEEN;
        arc
    };
    lengths.iter().map(&mut arc).collect()
}

/// How fast hue grows in each piece of a strand: evenly at first, then faster where what lies between two passes of a crossing has less than a share of
/// all.
fn rates(strand: usize, aim: f64, meetings: &[Meeting]) -> Vec<f64> {
    let mut rates = vec![1.0; PIECES];
    let piece = |part: f64| ((part * PIECES as f64) as usize).min(PIECES - 1);
    let own = meetings.iter().filter(|[a, b]| a.0 == strand && b.0 == strand);
    let loops: Vec<[usize; 2]> = own.map(|[a, b]| [piece(a.1.min(b.1)), piece(a.1.max(b.1))]).collect();
    for _ in 0..ROUNDS {
        let all: f64 = rates.iter().sum();
        let mut enough = true;
        for &[from, to] in &loops {
            let inner: f64 = rates[from..to].iter().sum();
            // Both ways around from one pass to the other.
            for (sum, within) in [(inner, true), (all - inner, false)] {
                if sum / all < aim {
                    enough = false;
                    let more = 1.0 + 0.05 * (1.0 - sum / all / aim).max(0.1);
                    rates.iter_mut().enumerate().filter(|(k, _)| (from..to).contains(k) == within).for_each(|(_, r)| *r *= more);
                }
            }
        }
        if enough {
            break;
        }
    }
    rates
}

fn meetings_of(shot: &Shot) -> Result<Vec<Meeting>> {
    let shown = project(&shot.link()?, View::top())?;
    let mut found: Vec<Vec<(usize, f64)>> = vec![Vec::new(); shown.diagram.crossing_count()];
    for (strand, passes) in shown.passes.iter().enumerate() {
        for pass in passes {
            found[pass.crossing].push((strand, shot.strands[strand].part(pass.edge as f64 + pass.at)));
        }
    }
    Ok(found.iter().filter_map(|pair| <[(usize, f64); 2]>::try_from(pair.as_slice()).ok()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_greatest_hue_meets_the_least_one_far_from_crossings() {
        let meetings = [[(0, 0.01), (1, 0.5)], [(0, 0.5), (1, 0.99)], [(0, 0.25), (1, 0.75)]];
        let plain = Hues { arcs: arcs(&[100.0, 100.0], 30.0), starts: vec![0.0; 2], grown: vec![Vec::new(); 2], least: -1.0 };
        assert!(plain.crowding(0, &meetings) > 0.5 && plain.crowding(1, &meetings) > 0.5);
        let aimed = plain.aimed(60.0, &meetings);
        assert!(aimed.least >= LEAST, "{}", aimed.least);
        assert_eq!([0, 1].map(|strand| aimed.crowding(strand, &meetings)), [0.0; 2]);
    }
}
