//! How well the place, seen from a pose, lies on a frame, and the pose near by from which it lies best.
//!
//! Points of its edges are looked for across them (Harris' RAPID; Drummond & Cipolla 2002), from a coarse field of edges to the finest, and
//! landmarks in the columns of their colours.

use super::NavigationTruth;
use super::edges::Sample;
use super::hues::Palette;
use super::landmarks::Colours;
use super::picture::{Picture, Shown};
use super::place::Place;
use super::pose::{Lens, Pose, View};
use crate::analysis::solve::{add, solve};

/// Most points of edges that are looked at in a frame.
const POINTS: usize = 260;
/// Farthest point, metres.
const FARTHEST: f32 = 16.0;
/// How many pixels of a field one looks to each side.
const REACH: i32 = 3;
/// Least response of an edge.
const LEAST: f32 = 0.12;
/// How much less an edge is worth for each squared pixel that it lies off.
const NEARER: f32 = 0.012;
/// Standard deviation of an edge's place, pixels of its field.
const SIGMA: f32 = 1.6;
/// Steps up at each level, what a response counts against what is known, and the least bend of a response, to a squared pixel of its field.
const CLIMBS: usize = 3;
const GAIN: f32 = 0.7;
const FLATTEST: f32 = 0.04;

/// What is known of the place.
pub(super) struct Known<'a> {
    pub(super) task: &'a NavigationTruth,
    pub(super) place: Place,
    pub(super) edges: Vec<Sample>,
    pub(super) palette: Palette,
    pub(super) shown: Shown,
    pub(super) lens: Lens,
}

/// A point of an edge that is in sight.
#[derive(Clone, Copy)]
pub(super) struct InSight {
    pub(super) sample: Sample,
    weight: f32,
}

/// How well it fits.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Fit {
    /// Mean response of the edges in sight.
    pub(super) edges: f32,
    /// How many points of edges are in sight, nearer ones counting more.
    pub(super) enough: f32,
    /// What the landmarks' colours say.
    pub(super) colours: Colours,
}

impl Fit {
    /// The logarithm of how likely it is, but for a constant.
    pub(super) fn log(&self) -> f32 {
        (self.edges - 0.3) * (self.enough / 50.0).min(1.0) + 0.4 * self.colours.fit.map_or(0.0, |h| h - 0.6)
    }
}

impl Known<'_> {
    pub(super) fn view(&self, pose: Pose) -> View {
        View::new(pose, self.lens)
    }

    /// The points of edges in sight from a pose.
    pub(super) fn in_sight(&self, view: &View) -> Vec<InSight> {
        let eye = view.eye();
        let near = |sample: &Sample| {
            let spot = view.spot(sample.at).filter(|s| s.depth < FARTHEST && view.shows(s.at, 2.0) && self.shown.at(s.at))?;
            let [x, y] = view.along(&spot, sample.axis);
            let weight = ((x * x + y * y).sqrt() * 0.02).min(1.0);
            Some(InSight { sample: *sample, weight })
        };
        let mut all: Vec<InSight> = self.edges.iter().filter_map(near).collect();
        // Rays cost: of many only some are asked.
        let stride = all.len() / (2 * POINTS) + 1;
        all = all.into_iter().step_by(stride).filter(|s| self.place.is_seen(eye, s.sample.at)).collect();
        let stride = all.len() / POINTS + 1;
        all.into_iter().step_by(stride).collect()
    }

    /// Points of edges in sight from a place, all around.
    pub(super) fn around(&self, at: [f32; 2], farthest: f32, most: usize) -> Vec<InSight> {
        let eye = [at[0], at[1], self.lens.eye];
        let near = |s: &&Sample| {
            let [x, y] = [s.at[0] - at[0], s.at[1] - at[1]];
            x * x + y * y < farthest * farthest
        };
        let all: Vec<&Sample> = self.edges.iter().filter(near).collect();
        let stride = all.len() / (4 * most) + 1;
        let seen: Vec<&Sample> = all.into_iter().step_by(stride).filter(|s| self.place.is_seen(eye, s.at)).collect();
        let stride = seen.len() / most + 1;
        seen.into_iter().step_by(stride).map(|sample| InSight { sample: *sample, weight: 1.0 }).collect()
    }

    /// How well a pose fits a picture.
    pub(super) fn fit(&self, view: &View, sight: &[InSight], picture: &Picture, level: usize) -> Fit {
        let (fine, enough) = self.edges_fit(view, sight, picture, level.saturating_sub(1));
        let (coarse, _) = self.edges_fit(view, sight, picture, level);
        let edges = 0.5 * (fine + coarse);
        Fit { edges, enough, colours: self.colours(view, picture) }
    }

    /// [`Fit::edges`] and [`Fit::enough`].
    pub(super) fn edges_fit(&self, view: &View, sight: &[InSight], picture: &Picture, level: usize) -> (f32, f32) {
        let (field, scale) = (&picture.fields[level], 1.0 / (1 << level) as f32);
        let (mut sum, mut weights) = (0.0, 0.0);
        for point in sight {
            let Some((at, normal, _)) = crossing(view, point) else { continue };
            sum += point.weight * field.response(at[0] * scale, at[1] * scale, normal);
            weights += point.weight;
        }
        (sum / (weights + 1.0), weights)
    }

    /// The pose near a predicted one from which the edges in sight respond most at a level: steps of Newton, each only if it leads up.
    pub(super) fn climb(
        &self,
        predicted: Pose,
        mut pose: Pose,
        known: [[f32; 3]; 3],
        picture: &Picture,
        level: usize,
        sight: &[InSight],
    ) -> Pose {
        let worth = |pose: Pose| {
            let (edges, enough) = self.edges_fit(&self.view(pose), sight, picture, level);
            let off = predicted.way_to(pose);
            let strain: f32 = (0..3).map(|i| off[i] * (0..3).map(|j| known[i][j] * off[j]).sum::<f32>()).sum();
            GAIN * edges * (enough + 1.0) - 0.5 * strain
        };
        let size = (1 << level) as f32;
        let mut best = worth(pose);
        for _ in 0..CLIMBS {
            let view = self.view(pose);
            let off = predicted.way_to(pose);
            let (mut a, mut b) = (known, [0.0; 3]);
            for i in 0..3 {
                a[i][i] += 1e-3;
                b[i] = -(0..3).map(|j| known[i][j] * off[j]).sum::<f32>();
            }
            for point in sight {
                let Some((at, normal, slope)) = crossing(&view, point) else { continue };
                let response = |step: f32| {
                    let [x, y] = [0, 1].map(|c| at[c] / size + step * normal[c]);
                    picture.fields[level].response(x, y, normal)
                };
                let [before, here, after] = [response(-1.0), response(0.0), response(1.0)];
                let bend = (2.0 * here - before - after).max(FLATTEST) / (size * size);
                let rise = (after - before) * 0.5 / size;
                // Beyond a pixel the parabola says nothing.
                let step = (rise / bend).clamp(-1.5 * size, 1.5 * size);
                add(&mut a, &mut b, slope, step, GAIN * point.weight * bend);
            }
            let mut rows = Vec::new();
            self.middles(&view, picture, &mut rows);
            for row in &rows {
                add(
                    &mut a,
                    &mut b,
                    row.slope,
                    row.off.clamp(-3.0 * row.sigma, 3.0 * row.sigma),
                    0.2 * row.weight / (row.sigma * row.sigma),
                );
            }
            let Some(step) = solve(a, b) else { break };
            let tried = [1.0, 0.5, 0.25].map(|part| pose.moved(step.map(|s| part * s)));
            let Some((value, next)) = tried.into_iter().map(|pose| (worth(pose), pose)).find(|(value, _)| *value > best) else {
                break;
            };
            (best, pose) = (value, next);
        }
        pose
    }

    /// The pose near a predicted one from which the place fits best. `known` says how well the prediction is known.
    pub(super) fn refine(
        &self,
        predicted: Pose,
        known: [[f32; 3]; 3],
        picture: &Picture,
        levels: &[usize],
        sight: &[InSight],
    ) -> Pose {
        let mut pose = predicted;
        for &level in levels {
            let view = self.view(pose);
            let rows = self.rows(&view, picture, level, sight);
            let mut step = [0.0; 3];
            // Tukey's weights: edges that lie elsewhere than most are others.
            for round in 0..3 {
                let off = predicted.way_to(pose);
                let (mut a, mut b) = (known, [0.0; 3]);
                for i in 0..3 {
                    a[i][i] += 1e-3;
                    b[i] = -(0..3).map(|j| known[i][j] * off[j]).sum::<f32>();
                }
                for row in &rows {
                    let left = row.off - (0..3).map(|k| row.slope[k] * step[k]).sum::<f32>();
                    let part = if round == 0 { 0.0 } else { left / (2.0 * row.sigma) };
                    if part.abs() < 1.0 {
                        let bounded = 1.0 - part * part;
                        add(&mut a, &mut b, row.slope, row.off, row.weight * bounded * bounded / (row.sigma * row.sigma));
                    }
                }
                let Some(solved) = solve(a, b) else { break };
                step = solved;
            }
            let bounds = [0.6, 0.6, 0.4];
            pose = pose.moved(std::array::from_fn(|k| step[k].clamp(-bounds[k], bounds[k])));
        }
        pose
    }

    fn rows(&self, view: &View, picture: &Picture, level: usize, sight: &[InSight]) -> Vec<Row> {
        let (field, size) = (&picture.fields[level], (1 << level) as f32);
        let mut rows = Vec::with_capacity(sight.len());
        for point in sight {
            let Some((at, normal, slope)) = crossing(view, point) else { continue };
            let response = |step: i32| {
                let [x, y] = [0, 1].map(|c| at[c] / size + step as f32 * normal[c]);
                field.response(x, y, normal)
            };
            let all: [f32; 2 * REACH as usize + 1] = std::array::from_fn(|i| response(i as i32 - REACH));
            let worth = |i: usize| all[i] - NEARER * (i as i32 - REACH).pow(2) as f32;
            let best = (0..all.len()).max_by(|&i, &j| worth(i).total_cmp(&worth(j))).unwrap_or(0);
            if all[best] < LEAST {
                continue;
            }
            let mut off = (best as i32 - REACH) as f32;
            if (1..all.len() - 1).contains(&best) {
                // The top of the parabola.
                let (left, right) = (all[best - 1], all[best + 1]);
                let bend = 2.0 * all[best] - left - right;
                if bend > 1e-4 {
                    off += (0.5 * (right - left) / bend).clamp(-0.5, 0.5);
                }
            }
            rows.push(Row { slope, off: off * size, weight: point.weight * all[best].min(0.6), sigma: SIGMA * size });
        }
        self.middles(view, picture, &mut rows);
        rows
    }
}

/// Where a point of an edge is seen, the normal of the edge there, and how far along it a movement takes the point.
#[inline]
fn crossing(view: &View, point: &InSight) -> Option<([f32; 2], [f32; 2], [f32; 3])> {
    let spot = view.spot(point.sample.at).filter(|s| view.shows(s.at, 1.0))?;
    let [x, y] = view.along(&spot, point.sample.axis);
    let length = (x * x + y * y).sqrt();
    if length < 1.5 {
        return None;
    }
    let normal = [-y / length, x / length];
    let [sx, sy] = view.slopes(&spot);
    Some((spot.at, normal, std::array::from_fn(|k| normal[0] * sx[k] + normal[1] * sy[k])))
}

/// What a look across an edge says: `slope` times the step is `off`.
pub(super) struct Row {
    pub(super) slope: [f32; 3],
    pub(super) off: f32,
    pub(super) weight: f32,
    pub(super) sigma: f32,
}
