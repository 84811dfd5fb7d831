//! The chain of causes: a link earns only as far as the links before it hold.

use crate::{Cap, Criterion, Failure};

use super::{Link, ramp, tidy};

/// Most points without an event.
const NO_EVENT: u32 = 150;
/// Most points with a wrong outcome.
const WRONG_OUTCOME: u32 = 400;

/// A link of a chain: its verdict, and what is wrong if it does not hold.
pub(crate) struct Step {
    pub(crate) link: Link,
    pub(crate) failure: Failure,
}

impl Step {
    pub(crate) fn new(link: Link, failure: Failure) -> Self {
        Self { link, failure }
    }
}

/// The criteria of a chain, first cause first, by their names and what they can earn. A link that holds by three quarters lets the next
/// one count in full; by a quarter, not at all.
pub(crate) fn chain<const N: usize>(criteria: &[(&'static str, u32); N], steps: [Step; N]) -> Vec<Criterion> {
    let mut holds = 1.0_f32;
    let mut out = Vec::with_capacity(N);
    for (&(name, max_points), Step { link, failure }) in criteria.iter().zip(steps) {
        let earned = link.fraction * holds;
        let reason =
            if holds < 1.0 { format!("{} (what came before holds by {:.0} %)", link.reason, holds * 100.0) } else { link.reason };
        out.push(Criterion {
            name,
            points: (earned * max_points as f32 + 0.5) as u32,
            max_points,
            raw: tidy(link.fraction),
            measured: link.measured.filter(|m| m.is_finite()).map(tidy),
            tolerance: tidy(link.tolerance),
            unit: link.unit,
            reason,
            failure: (link.fraction < 1.0).then_some(failure),
        });
        holds = holds.min(ramp(1.0 - link.fraction, 0.25, 0.75));
    }
    out
}

/// The caps of every task: `no_event` and `wrong` say why, if it is so.
pub(crate) fn caps(no_event: Option<&str>, wrong: Option<&str>) -> Vec<Cap> {
    let cap = |points, why: Option<&str>| why.map(|reason| Cap { points, reason: reason.to_owned() });
    [cap(NO_EVENT, no_event), cap(WRONG_OUTCOME, wrong)].into_iter().flatten().collect()
}
