//! Finding the eye anywhere in the place, where it was lost: poses all over it are compared with the picture.

use super::fit::{Fit, InSight, Known};
use super::picture::{FIELDS, Picture};
use super::pose::{Pose, distance, turn};

/// Metres from place to place, and how many directions are tried in each.
const GRID: f32 = 0.5;
const HEADINGS: usize = 60;
/// Most points of edges in each place, all around.
const POINTS: usize = 110;
/// Farthest, metres.
const FARTHEST: f32 = 10.0;
/// Headings of a place, and poses in all, whose colours are looked at.
const PER_PLACE: usize = 3;
const HUED: usize = 250;
/// Poses that are looked at more closely, and those of them that are kept.
const CLOSER: usize = 14;
const KEPT: usize = 4;
/// Poses nearer to each other are the same: metres, radians.
const SAME: (f32, f32) = (0.7, 0.3);
/// Least response of the edges of a pose that is kept.
const LEAST: f32 = 0.2;
/// Most places.
const PLACES: usize = 2500;
/// How well a pose of the grid is known: the inverse of the variances.
const KNOWN: [[f32; 3]; 3] = [[8.0, 0.0, 0.0], [0.0, 8.0, 0.0], [0.0, 0.0, 100.0]];

/// The places of the grid, with what is in sight from each.
pub(super) struct Seek {
    places: Vec<([f32; 2], Vec<InSight>)>,
}

impl Seek {
    pub(super) fn new(known: &Known<'_>) -> Self {
        let [x0, y0, x1, y1] = known.place.extent();
        // A place as large as a truth may be is looked through more coarsely.
        let grid = GRID.max(((x1 - x0) * (y1 - y0) / PLACES as f32).sqrt());
        let (across, down) = (((x1 - x0) / grid) as usize + 1, ((y1 - y0) / grid) as usize + 1);
        let mut places = Vec::new();
        for at in (0..across * down).map(|i| [x0 + (i % across) as f32 * grid, y0 + (i / across) as f32 * grid]) {
            if !known.place.is_crossed(at, [at[0] + 0.01, at[1] + 0.01]) {
                places.push((at, known.around(at, FARTHEST, POINTS)));
            }
        }
        Self { places }
    }

    /// The poses that fit a picture best.
    pub(super) fn find(&self, known: &Known<'_>, picture: &Picture) -> Vec<(Pose, Fit)> {
        let mut found: Vec<(f32, Pose)> = Vec::new();
        for (at, sight) in &self.places {
            let mut headings: Vec<(f32, Pose)> = (0..HEADINGS)
                .map(|heading| {
                    let pose = Pose { at: *at, yaw: turn(heading as f32 * std::f32::consts::TAU / HEADINGS as f32) };
                    let (edges, enough) = known.edges_fit(&known.view(pose), sight, picture, FIELDS - 1);
                    (edges * (enough / 10.0).min(1.0), pose)
                })
                .collect();
            headings.sort_by(|a, b| b.0.total_cmp(&a.0));
            found.extend(headings.into_iter().take(PER_PLACE));
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0));
        found.truncate(HUED);
        for (worth, pose) in &mut found {
            *worth += 0.3 * known.colours(&known.view(*pose), picture).fit.unwrap_or(0.5);
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0));
        let apart = |a: &Pose, b: &Pose| distance(a.at, b.at) > SAME.0 || turn(a.yaw - b.yaw).abs() > SAME.1;
        let mut closer: Vec<Pose> = Vec::new();
        for (_, pose) in found {
            if closer.len() < CLOSER && closer.iter().all(|c| apart(c, &pose)) {
                closer.push(pose);
            }
        }
        let look = |pose: Pose| {
            let near = known.refine(pose, KNOWN, picture, &[3, 3, 2], &known.in_sight(&known.view(pose)));
            let sight = known.in_sight(&known.view(near));
            let pose = known.refine(near, KNOWN, picture, &[2, 1, 0, 0], &sight);
            (pose, known.fit(&known.view(pose), &sight, picture, 1))
        };
        let mut kept: Vec<(Pose, Fit)> = closer.into_iter().map(look).filter(|(_, fit)| fit.edges > LEAST).collect();
        kept.sort_by(|a, b| b.1.log().total_cmp(&a.1.log()));
        kept.truncate(KEPT);
        kept
    }
}
