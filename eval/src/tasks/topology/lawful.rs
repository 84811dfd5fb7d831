//! Whether strands go through each other.
//!
//! A crossing is known by its two hues, from look to look. As long as it lasts, the same strand stays above; who is above changes only where a strand
//! is cut open meanwhile. And whatever is read while nothing is cut open is one of the stages.

use super::diagram::Pass;
use super::looks::{Look, Looks};
use super::reading::Gap;
use super::truth::{LinkTruth, MIRROR, TopologyTruth};

/// A crossing is the same in the next look if neither of its passes has gone farther along its strand.
const NEAR: f32 = 0.07;
/// Looks for which a crossing may be lost from sight.
const LOST: usize = 3;
/// A weaker vote says nothing.
const SURE: f32 = 0.45;
/// So many looks in a row must say the same.
const FIRM: usize = 2;
/// And so many, where those before and after them agree on the other.
const PASSING: usize = 4;
/// A link that is none of the stages is one for so many looks, and a share of all.
const STRANGE: (usize, f32) = (3, 0.08);
/// A cut farther off along its strand is another one's.
const CUT: f32 = 0.06;
/// So much of a strand that is not seen and lies beneath nothing may be a cut in shadow, into which colours run, widths.
const MISSING: f32 = 0.43;
/// What shows in so large a share of all other looks is no cut, but the shadow of what lies above.
const USUAL: f32 = 0.4;

/// What is against the law, and where.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Breach {
    pub(super) frame: usize,
    pub(super) what: &'static str,
}

/// A crossing over time.
struct Track {
    passes: [Pass; 2],
    /// Last look in which it is seen.
    last: usize,
    /// Looks in which it is surely seen, and whether the first of its passes is above.
    votes: Vec<(usize, bool)>,
}

/// Looks that say the same of a crossing.
struct Span {
    first: usize,
    last: usize,
    looks: usize,
    /// Whether the first of its passes is above.
    above: bool,
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
    pub(super) fn new(looks: &Looks<'_>, task: &TopologyTruth) -> Self {
        let changes = changes(looks);
        let is_breach = |change: &&Change| !task.cuts() || !change.is_cut(looks);
        let passing =
            |change: &Change| Breach { frame: looks.all[change.looks[1]].frame, what: "a strand passes through another" };
        let mut breaches: Vec<Breach> = changes.iter().filter(is_breach).map(passing).collect();
        breaches.extend(strange(looks, task));
        breaches.sort_by_key(|breach| breach.frame);
        Self { breaches, last_change: changes.iter().map(|change| change.looks[1]).max() }
    }
}

/// Another strand comes to be above at a crossing.
struct Change {
    passes: [Pass; 2],
    /// The last look before, and the first after it.
    looks: [usize; 2],
}

impl Change {
    /// Whether a strand is cut open there meanwhile: surely, or by signs that few other looks show.
    fn is_cut(&self, looks: &Looks<'_>) -> bool {
        let shows = |look: &Look, cut: &dyn Fn(&Gap) -> bool| {
            let is_near = |gap: &Gap| self.passes.iter().any(|pass| pass.off(gap.pass()) < CUT);
            look.reading.gaps.iter().any(|gap| is_near(gap) && cut(gap))
        };
        let perhaps = |look: &Look| shows(look, &|gap| gap.may_be() || look.reading.missing(gap) >= MISSING);
        let [first, last] = self.looks;
        if looks.any_about(first, last, |look| shows(look, &Gap::is_sure)) {
            return true;
        }
        let about = looks.about(first, last);
        let (mut usual, mut others) = (0, 0);
        for (_, look) in looks.all.iter().enumerate().filter(|(number, _)| !about.contains(number)) {
            others += 1;
            usual += usize::from(perhaps(look));
        }
        usual as f32 <= USUAL * others as f32 && looks.any_about(first, last, perhaps)
    }
}

/// All crossings at which another strand comes to be above.
fn changes(looks: &Looks<'_>) -> Vec<Change> {
    let mut tracks: Vec<Track> = Vec::new();
    for (number, look) in looks.all.iter().enumerate().filter(|(_, look)| look.reading.is_clear()) {
        // The nearest pairs first.
        let mut pairs: Vec<(f32, usize, usize, bool)> = Vec::new();
        for (c, seen) in look.reading.crossings.iter().enumerate().filter(|(_, seen)| !seen.is_kink()) {
            let [p, q] = seen.crossing.passes;
            for (t, track) in tracks.iter().enumerate().filter(|(_, track)| number - track.last <= LOST) {
                let [a, b] = track.passes;
                let (straight, turned) = (p.off(a).max(q.off(b)), p.off(b).max(q.off(a)));
                if straight.min(turned) < NEAR {
                    pairs.push((straight.min(turned), c, t, turned < straight));
                }
            }
        }
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        let mut taken = vec![false; look.reading.crossings.len()];
        for (_, c, t, turned) in pairs {
            if taken[c] || tracks[t].last == number {
                continue;
            }
            taken[c] = true;
            let seen = &look.reading.crossings[c];
            let [p, q] = seen.crossing.passes;
            (tracks[t].passes, tracks[t].last) = (if turned { [q, p] } else { [p, q] }, number);
            if seen.vote.abs() >= SURE {
                tracks[t].votes.push((number, (seen.vote > 0.0) != turned));
            }
        }
        for (seen, _) in look.reading.crossings.iter().zip(&taken).filter(|(seen, taken)| !**taken && !seen.is_kink()) {
            let votes = if seen.vote.abs() >= SURE { vec![(number, seen.vote > 0.0)] } else { Vec::new() };
            tracks.push(Track { passes: seen.crossing.passes, last: number, votes });
        }
    }
    let mut found = Vec::new();
    for track in &tracks {
        let spans = spans(&track.votes);
        found.extend(spans.windows(2).map(|pair| Change { passes: track.passes, looks: [pair[0].last, pair[1].first] }));
    }
    found
}

/// Spans of looks that say the same of a crossing, without those that are too short.
fn spans(votes: &[(usize, bool)]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for run in votes.chunk_by(|a, b| a.1 == b.1).filter(|run| run.len() >= FIRM) {
        let span = Span { first: run[0].0, last: run[run.len() - 1].0, looks: run.len(), above: run[0].1 };
        if spans.len() > 1 && spans.last().is_some_and(|before| before.looks < PASSING && before.above != span.above) {
            spans.pop();
        }
        match spans.last_mut() {
            Some(before) if before.above == span.above => (before.last, before.looks) = (span.last, before.looks + span.looks),
            _ => spans.push(span),
        }
    }
    spans
}

/// Links that are none of the stages, or come in another order, or change while nothing is cut open.
fn strange<'a>(looks: &'a Looks<'_>, task: &TopologyTruth) -> Vec<Breach> {
    let link = |(number, look): (usize, &'a Look)| Some((number, look.link.as_ref()?));
    let read: Vec<(usize, &LinkTruth)> = looks.all.iter().enumerate().filter_map(link).collect();
    let (mut found, mut stage) = (Vec::new(), 0);
    // The last look of the run before.
    let mut before: Option<usize> = None;
    let long = STRANGE.0.max((STRANGE.1 * looks.all.len() as f32) as usize);
    for run in read.chunk_by(|a, b| a.1.is(b.1)).filter(|run| run.len() >= FIRM) {
        let (first, link) = run[0];
        let mut breach = |what: &'static str| found.push(Breach { frame: looks.all[first].frame, what });
        let is_cut = before.is_none_or(|before| looks.any_about(before, first, Look::may_be_open));
        let changes = before.is_some_and(|before| looks.all[before].link.as_ref().is_some_and(|other| !other.is(link)));
        match (stage..task.stages.len()).find(|k| task.stages[*k].link.is(link)) {
            Some(next) => {
                stage = next;
                if changes && !is_cut {
                    breach("the link becomes another while nothing is cut open");
                }
            }
            // What has been judged goes on, but for a look that read otherwise.
            None if before.is_some() && !changes => {}
            // Where every crossing changes in its turn, any turn is as good as another.
            None if task.rule == MIRROR && is_cut && changes => {}
            // Where it is not plain who is above, it is misread.
            None if run.iter().filter(|(number, _)| looks.all[*number].reading.is_plain()).count() < long => continue,
            None => breach("it becomes a link that is no part of the change"),
        }
        before = Some(run[run.len() - 1].0);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_lasts_or_is_none() {
        let changes = |votes: &str| {
            let votes: Vec<(usize, bool)> = votes.chars().map(|c| c == 'a').enumerate().collect();
            spans(&votes).len().saturating_sub(1)
        };
        // One look is none, two are one if they last, and four if it is as before after them.
        assert_eq!([changes("aaabaaa"), changes("aaabb"), changes("aaabbaaa"), changes("aaabbbbaaa")], [0, 1, 0, 2]);
        assert_eq!([changes(""), changes("a"), changes("bbb"), changes("bbaabbaabb")], [0, 0, 0, 0]);
    }
}
