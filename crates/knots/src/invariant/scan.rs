//! The order in which a diagram is scanned, and what is open in between.

use crate::diagram::Diagram;
use crate::{Error, Result};

/// Strands that a scan may cut. So many can be paired in 16,796 ways without crossings.
pub const MAX_WIDTH: usize = 20;

/// Crossings in an order that cuts few strands at a time.
pub(super) struct Plan {
    pub(super) order: Vec<usize>,
    /// The most strands cut.
    pub(super) width: usize,
}

/// Greedy: next comes the crossing that leaves the fewest strands cut; of those the one whose neighbours were met longest ago. Tried from
/// every crossing of a small diagram, from a few of a large one.
pub(super) fn plan(diagram: &Diagram) -> Result<Plan> {
    let n = diagram.crossing_count();
    let starts = (0..n).step_by(n.div_ceil(64).max(1));
    let plans = starts.map(|start| from(diagram, start));
    let best = plans.min_by_key(|plan| (plan.width, plan.order.first().copied())).unwrap_or(Plan { order: Vec::new(), width: 0 });
    if best.width > MAX_WIDTH {
        return Err(Error::TooWide { width: best.width, most: MAX_WIDTH });
    }
    Ok(best)
}

fn from(diagram: &Diagram, start: usize) -> Plan {
    let n = diagram.crossing_count();
    let mut done = vec![usize::MAX; n];
    let mut plan = Plan { order: Vec::with_capacity(n), width: 0 };
    let (mut cut, mut next) = (0_usize, Some(start));
    // Crossings beside those done, so that each step looks at few.
    let mut near: Vec<usize> = Vec::new();
    while let Some(c) = next {
        done[c] = plan.order.len();
        plan.order.push(c);
        let ties = |c: usize| {
            (4 * c..4 * c + 4).filter(|dart| done[diagram.join(*dart) / 4] != usize::MAX && diagram.join(*dart) / 4 != c).count()
        };
        let loops = (4 * c..4 * c + 4).filter(|dart| diagram.join(*dart) / 4 == c).count();
        cut = cut + 4 - loops - 2 * ties(c);
        plan.width = plan.width.max(cut);
        if plan.width > MAX_WIDTH {
            // No use, whatever follows.
            return plan;
        }
        near.retain(|k| *k != c);
        for dart in 4 * c..4 * c + 4 {
            let other = diagram.join(dart) / 4;
            if done[other] == usize::MAX && !near.contains(&other) {
                near.push(other);
            }
        }
        let oldest = |c: usize| (4 * c..4 * c + 4).map(|dart| done[diagram.join(dart) / 4]).min();
        next = near.iter().copied().min_by_key(|k| (4 - ties(*k), oldest(*k), *k));
        if next.is_none() {
            next = (0..n).find(|k| done[*k] == usize::MAX);
        }
    }
    plan
}
