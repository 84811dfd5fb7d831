//! What becomes of a link, rule by rule, as it is seen.

mod beside;
mod ease;
mod relax;
mod ring;
mod sum;
mod swap;
mod twist;

pub(crate) use beside::Beside;
pub(crate) use relax::Relax;
pub(crate) use ring::Ring;
pub(crate) use sum::Sum;
pub(crate) use swap::Swap;
pub(crate) use twist::Twist;

use glam::{DVec2, DVec3};

use crate::plan::{Pass, Plan};
use crate::shot::{Shot, Strand};

/// A change of a link from the first moment to the last.
pub(crate) trait Change: Send + Sync {
    /// What is seen when so much of it is done, 0 to 1.
    fn at(&self, share: f64) -> Shot;
    /// In which shares nothing is cut open, in their order: the first begins with 0, the last ends with 1.
    fn whole(&self) -> Vec<[f64; 2]>;
    /// Where a circle lies on the ground, units: where it happens, if that is one place.
    fn mark(&self) -> DVec2;
}

/// The strands of a plan, each pass at a height.
fn strands(plan: &Plan, height: impl Fn(&Pass) -> f64) -> Vec<Strand> {
    let strand = |line: usize| {
        let heights = plan.heights(line, &height);
        Strand::even(plan.lines[line].iter().zip(heights).map(|(p, z)| p.extend(z)).collect::<Vec<DVec3>>())
    };
    (0..plan.lines.len()).map(strand).collect()
}

/// On the way from one drawing to another of the same crossings and vertices: every strand lies as high as it must where it crosses now. `None` if
/// what lies between is another drawing.
fn between(from: &Plan, to: &Plan, share: f64) -> Option<Vec<Strand>> {
    let line = |(a, b): (&Vec<DVec2>, &Vec<DVec2>)| a.iter().zip(b).map(|(p, q)| p.lerp(*q, share)).collect();
    let lines = from.lines.iter().zip(&to.lines).map(line).collect();
    let pass = |(a, b): (&Pass, &Pass)| Pass { place: a.place.lerp(b.place, share), ..*a };
    let passes = from.passes.iter().zip(&to.passes).map(pass).collect();
    Some(strands(&Plan { lines, passes }.located()?, own_height))
}

/// Strands whose vertices go some part of the way up or down to where others have them.
fn raised(strands: &mut [Strand], towards: &[Strand], share: f64) {
    for (strand, other) in strands.iter_mut().zip(towards) {
        strand.points.iter_mut().zip(&other.points).for_each(|(p, q)| p.z += (q.z - p.z) * share);
    }
}

/// What strands are in the picture: lines.
fn flat(strands: &[Strand]) -> Vec<Vec<DVec2>> {
    strands.iter().map(|strand| strand.points.iter().map(|p| p.truncate()).collect()).collect()
}

/// The height of a pass that nothing has changed.
fn own_height(pass: &Pass) -> f64 {
    if pass.over { crate::plan::LEVEL } else { -crate::plan::LEVEL }
}
