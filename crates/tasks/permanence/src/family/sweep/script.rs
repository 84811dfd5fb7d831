//! What happens in a sweep, and when.

use raytruth_task::{Draw, Rejection, Rng};

use crate::plot::{BEGINS, ENDS, WAITS};

/// The board comes down, slides on by a box, and rises within so many seconds.
const DOWN: f64 = 0.38;
const SLIDE: f64 = 0.34;
const RISE: f64 = 0.5;
/// Least and most that a swap takes, seconds.
const SWAP: (f64, f64) = (0.8, 1.1);
/// Least pause between two moves, seconds.
const BETWEEN: f64 = 0.05;
/// Most tries to find swaps that lead where they should.
const TRIES: u32 = 4000;
/// Something that happens, by places in the row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Two boxes that stand side by side change places; the second goes around behind. Or they do not, as long as it takes.
    Swap(usize, usize),
    Rest,
    /// The board comes down before a place and the one to its right.
    Down(usize),
    /// It slides on from before a place to before another.
    Slide(usize, usize),
    /// It rises.
    Rise(usize),
}

impl Step {
    /// Where what is in a place is afterwards.
    pub(super) fn after(self, place: usize) -> usize {
        match self {
            Self::Swap(a, b) if place == a => b,
            Self::Swap(a, b) if place == b => a,
            _ => place,
        }
    }

    pub(super) const fn is_swap(self) -> bool {
        matches!(self, Self::Swap(..) | Self::Rest)
    }
}

/// Swaps in sight, and for each place of the board in turn whether there is one behind it.
pub(super) struct Script {
    pub steps: Vec<Step>,
    /// First place of the target.
    pub start: usize,
}

/// Where the target is when it is last hidden and in the end, and the numbers of the steps that hide it and show it.
pub(super) struct Course {
    pub last_seen: usize,
    pub place: usize,
    pub hides: usize,
    pub shows: usize,
}

impl Script {
    pub(super) fn course(&self) -> Option<Course> {
        let mut at = self.start;
        let mut course: Option<Course> = None;
        let mut shows = None;
        for (i, step) in self.steps.iter().enumerate() {
            let covers = |j: usize, at: usize| at == j || at == j + 1;
            match *step {
                Step::Down(j) | Step::Slide(_, j) if covers(j, at) && course.is_none() => {
                    course = Some(Course { last_seen: at, place: at, hides: i, shows: i });
                }
                Step::Slide(_, j) if !covers(j, at) && course.is_some() && shows.is_none() => shows = Some(i),
                Step::Rise(_) if course.is_some() && shows.is_none() => shows = Some(i),
                _ => {}
            }
            at = step.after(at);
        }
        Some(Course { place: at, shows: shows?, ..course? })
    }
}

/// Steps that lead the target over the place where it is last seen to the one where it ends.
pub(super) fn script(
    draw: &mut Draw<'_>,
    n: usize,
    extra: usize,
    changed: bool,
    (last_seen, place): (usize, usize),
) -> Result<Script, Rejection> {
    let rng = &mut draw.rng;
    // The target needs so many swaps behind the board at least.
    let least = last_seen.abs_diff(place);
    for _ in 0..TRIES {
        let start = rng.below(n as u64) as usize;
        let to_the_right = rng.chance(0.5);
        let mut steps = Vec::new();
        let mut idle = extra;
        if changed {
            let with = (0..n - 1).filter(|&left| left == start || left + 1 == start);
            steps.push(swap(rng, with.collect()));
        } else if idle > 0 && rng.chance(0.5) {
            let others: Vec<usize> = (0..n - 1).filter(|&left| left != start && left + 1 != start).collect();
            if others.is_empty() {
                continue;
            }
            steps.push(swap(rng, others));
            idle -= 1;
        }
        let mut behind = least + idle;
        let stands: Vec<usize> = if to_the_right { (0..n - 1).collect() } else { (0..n - 1).rev().collect() };
        for (i, &j) in stands.iter().enumerate() {
            steps.push(if i == 0 { Step::Down(j) } else { Step::Slide(stands[i - 1], j) });
            let left = stands.len() - i;
            if behind > 0 && (behind >= left || rng.chance(behind as f64 / left as f64)) {
                steps.push(swap(rng, vec![j]));
                behind -= 1;
            }
        }
        steps.push(Step::Rise(stands[stands.len() - 1]));
        let script = Script { steps, start };
        if script.course().is_some_and(|c| (c.last_seen, c.place) == (last_seen, place)) {
            return Ok(script);
        }
    }
    Err(Rejection::new("no_moves", format!("no sweep past {n} boxes leads from {last_seen} to {place}")))
}

/// A swap of one of these places and the one to its right, either going around behind.
fn swap(rng: &mut Rng, of: Vec<usize>) -> Step {
    let left = *rng.pick(&of);
    if rng.chance(0.5) { Step::Swap(left, left + 1) } else { Step::Swap(left + 1, left) }
}

/// When each step begins and ends, seconds. Before the board moves on nothing moves for a moment.
pub(super) fn times(steps: &[Step], seconds: f64) -> Result<Vec<(f64, f64)>, Rejection> {
    let swaps = steps.iter().filter(|s| s.is_swap()).count() as f64;
    let takes = |step: &Step| match step {
        Step::Swap(..) | Step::Rest => 0.0,
        Step::Down(_) => DOWN + BETWEEN,
        Step::Slide(..) => SLIDE + WAITS,
        Step::Rise(_) => RISE + WAITS,
    };
    let free = seconds - ENDS - BEGINS - steps.iter().map(takes).sum::<f64>() - BETWEEN * swaps;
    let each = if swaps > 0.0 { (free / swaps).min(SWAP.1) } else { SWAP.1 };
    if free < 0.0 || each < SWAP.0 - 1e-9 {
        return Err(Rejection::new("too_short", format!("{swaps} swaps in {free:.2} s")));
    }
    let spare = (free - each * swaps) / steps.len() as f64;
    let mut now = BEGINS;
    let time = |step: &Step| {
        let (pause, takes) = match step {
            Step::Swap(..) | Step::Rest => (BETWEEN, each),
            Step::Down(_) => (BETWEEN, DOWN),
            Step::Slide(..) => (WAITS, SLIDE),
            Step::Rise(_) => (WAITS, RISE),
        };
        let start = now + pause + spare;
        now = start + takes;
        (start, now)
    };
    Ok(steps.iter().map(time).collect())
}
