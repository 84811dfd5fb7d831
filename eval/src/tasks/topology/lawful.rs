//! Whether strands go through each other.
//!
//! Who is above at a crossing changes only where a strand is cut open meanwhile. And whatever is read while nothing is cut open is one of the stages.

use super::crossings::{Change, FIRM, changes};
use super::cuts::Cuts;
use super::looks::{Look, Looks};
use super::truth::{LinkTruth, MIRROR, TopologyTruth};

/// A link that is none of the stages is one for so many looks, and a share of all.
const STRANGE: (usize, f32) = (3, 0.08);

/// What is against the law, and where.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Breach {
    pub(super) frame: usize,
    pub(super) what: &'static str,
}

/// How a candidate keeps the law.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Lawful {
    /// Every breach that is seen.
    pub(super) breaches: Vec<Breach>,
    /// The look from which, for the last time, another strand is above at a crossing.
    pub(super) last_change: Option<usize>,
}

impl Lawful {
    pub(super) fn new(looks: &Looks<'_>, cuts: &Cuts, task: &TopologyTruth) -> Self {
        let changes = changes(looks);
        let is_breach = |change: &&Change| !task.cuts() || !cuts.is_open(looks, change.looks, &change.passes);
        let passing =
            |change: &Change| Breach { frame: looks.all[change.looks[1]].frame, what: "a strand passes through another" };
        let mut breaches: Vec<Breach> = changes.iter().filter(is_breach).map(passing).collect();
        breaches.extend(strange(looks, cuts, task));
        breaches.sort_by_key(|breach| breach.frame);
        Self { breaches, last_change: changes.iter().map(|change| change.looks[1]).max() }
    }
}

/// Links that are none of the stages, or come in another order, or change while nothing is cut open.
fn strange<'a>(looks: &'a Looks<'_>, cuts: &Cuts, task: &TopologyTruth) -> Vec<Breach> {
    let link = |(number, look): (usize, &'a Look)| Some((number, look.link.as_ref()?));
    let read: Vec<(usize, &LinkTruth)> = looks.all.iter().enumerate().filter_map(link).collect();
    let (mut found, mut stage) = (Vec::new(), 0);
    // The last look of the run before.
    let mut before: Option<usize> = None;
    let long = STRANGE.0.max((STRANGE.1 * looks.all.len() as f32) as usize);
    for run in read.chunk_by(|a, b| a.1.is(b.1)).filter(|run| run.len() >= FIRM) {
        let (first, link) = run[0];
        let mut breach = |what: &'static str| found.push(Breach { frame: looks.all[first].frame, what });
        let changes = before.filter(|before| looks.all[*before].link.as_ref().is_some_and(|other| !other.is(link)));
        let is_cut = changes.is_some_and(|before| cuts.is_open(looks, [before, first], &[]));
        match (stage..task.stages.len()).find(|k| task.stages[*k].link.is(link)) {
            Some(next) => {
                stage = next;
                if changes.is_some() && !is_cut {
                    breach("the link becomes another while nothing is cut open");
                }
            }
            // What has been judged goes on, but for a look that read otherwise.
            None if before.is_some() && changes.is_none() => {}
            // Where every crossing changes in its turn, any turn is as good as another.
            None if task.rule == MIRROR && is_cut => {}
            // Where it is not plain who is above, it is misread.
            None if run.iter().filter(|(number, _)| looks.all[*number].reading.is_plain()).count() < long => continue,
            None => breach("it becomes a link that is no part of the change"),
        }
        before = Some(run[run.len() - 1].0);
    }
    found
}
