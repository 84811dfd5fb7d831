//! That a change passes nothing through anything, but where it cuts.

use raytruth_knots::Result;
use raytruth_knots::curve::{Link, clearance};
use raytruth_knots::motion::{Drawn, Strand, certify_drawn};
use raytruth_task::Rejection;

use crate::change::Change;
use crate::plan::RADIUS;
use crate::shot::Shot;

/// Moments at which a change is looked at; between two of them vertices go straight.
const MOMENTS: usize = 120;
/// While they move strands may bend as sharply as this, radii.
const BEND: f64 = 0.5;

/// That strands at rest lie free of each other and bend no more sharply than they are thick.
///
/// # Errors
/// [`Rejection`] `no_room`.
pub(crate) fn rests(link: Result<Link>) -> Result<(), Rejection> {
    let link = link.map_err(|e| Rejection::new("no_room", e.to_string()))?;
    let reach = clearance(&link).reach();
    if reach < RADIUS { Err(Rejection::new("no_room", format!("a reach of {reach:.3} units"))) } else { Ok(()) }
}

/// Least gap between the surfaces of strands while they move, units.
///
/// # Errors
/// [`Rejection`] `strands_meet` if they may.
pub(crate) fn moves(change: &dyn Change) -> Result<f64, Rejection> {
    let mut least = f64::INFINITY;
    let mut last: Option<Shot> = None;
    for moment in 0..=MOMENTS {
        let shot = change.at(moment as f64 / MOMENTS as f64);
        // A strand that is given other vertices is the same where it is drawn.
        let like = |other: &Shot| other.strands.iter().zip(&shot.strands).all(|(a, b)| a.points.len() == b.points.len());
        let from = last.take().filter(like).unwrap_or_else(|| shot.clone());
        if moment == 0 || from != shot {
            let gap = step(&from, &shot).map_err(|e| Rejection::new("strands_meet", format!("moment {moment}: {e}")))?;
            least = least.min(gap);
        }
        last = Some(shot);
    }
    Ok(least)
}

/// The gap between strands from one moment to the next, at least.
fn step(from: &Shot, to: &Shot) -> Result<f64> {
    // What is only just cut is taken to be whole.
    let split = from.split().zip(to.split()).filter(|(a, b)| a.len() == b.len()).map(|(a, _)| a).unwrap_or_default();
    let ((before, drawn), (after, _)) =
        if split.is_empty() { (whole(from)?, whole(to)?) } else { (from.cut(&split)?, to.cut(&split)?) };
    let drawn = Drawn { edges: &drawn, least_bend: BEND * RADIUS };
    Ok(certify_drawn(&before, &after, Strand::Tube { radius: RADIUS }, drawn)?.gap)
}

fn whole(shot: &Shot) -> Result<(Link, Vec<bool>)> {
    let link = shot.link()?;
    let edges = link.edge_count();
    Ok((link, vec![true; edges]))
}
