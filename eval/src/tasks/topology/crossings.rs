//! Crossings from look to look: where another strand comes to be above.
//!
//! A crossing is known by its two hues. As long as it lasts, the same strand stays above.

use super::diagram::Pass;
use super::looks::Looks;

/// A crossing is the same in the next look if neither of its passes has gone farther along its strand.
const NEAR: f32 = 0.07;
/// Looks for which a crossing may be lost from sight.
const LOST: usize = 3;
/// A weaker vote says nothing.
const SURE: f32 = 0.45;
/// So many looks in a row must say the same.
pub(super) const FIRM: usize = 2;
/// And so many, where those before and after them agree on the other.
const PASSING: usize = 4;

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

/// Another strand comes to be above at a crossing.
pub(super) struct Change {
    pub(super) passes: [Pass; 2],
    /// The last look before, and the first after it.
    pub(super) looks: [usize; 2],
}

/// All crossings at which another strand comes to be above.
pub(super) fn changes(looks: &Looks<'_>) -> Vec<Change> {
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
