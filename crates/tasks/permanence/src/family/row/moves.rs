//! What happens to a row of covers, and when.

use raytruth_task::{Draw, Rejection};
use serde_json::{Value, json};

use crate::plot::{BEGINS, WAITS};

/// Least and most that a swap takes, seconds.
pub(in crate::family) const SWAP: (f64, f64) = (0.8, 1.1);
/// Least pause between two moves, seconds.
pub(in crate::family) const BETWEEN: f64 = 0.06;
/// Most tries to find moves that lead where they should.
const TRIES: u32 = 4000;
/// Something that happens, by the places in the row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::family) enum Move {
    /// Two covers change places; the first passes in front.
    Swap(usize, usize),
    /// The ball is brought from under one to under another.
    Push(usize, usize),
    /// Nothing, as long as a swap takes.
    Rest,
}

impl Move {
    /// Where something in a place is afterwards. `is_ball`: a push moves nothing else.
    pub(in crate::family) fn after(self, place: usize, is_ball: bool) -> usize {
        match self {
            Self::Swap(a, b) if place == a => b,
            Self::Swap(a, b) if place == b => a,
            Self::Push(a, b) if is_ball && place == a => b,
            _ => place,
        }
    }

    pub(in crate::family) const fn is_push(self) -> bool {
        matches!(self, Self::Push(..))
    }
}

/// What a row of one kind is like. Lengths are metres, times seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::family) struct Kind {
    /// Middles of what stands side by side.
    pub pitch: f32,
    /// How far beside the row a cover goes around its partner.
    pub aside: f32,
    /// How high a cover is lifted off the ball.
    pub lift: f32,
    /// How high the arm carries the ball.
    pub hop: f32,
    /// A cover goes down over the ball within so long; after it nothing moves for so long.
    pub down: f64,
    pub pause: f64,
    /// Parts of a push: two covers rise while the arm comes, it carries the ball, it leaves, the covers go down.
    pub push: [f64; 4],
}

impl Kind {
    /// When the first cover is down.
    pub(in crate::family) fn covered(&self) -> f64 {
        BEGINS + self.down
    }

    /// Time during which pushes show the ball.
    pub(in crate::family) fn push_takes(&self, moves: &[Move]) -> f64 {
        if moves.iter().any(|m| m.is_push()) { self.push.iter().sum() } else { 0.0 }
    }

    /// Time for moves before a reveal.
    pub(in crate::family) fn free(&self, reveal: f64) -> f64 {
        reveal - WAITS - self.covered() - self.pause
    }

    /// When each move begins and ends, if the reveal is to begin at a time.
    pub(in crate::family) fn times(&self, moves: &[Move], reveal: f64) -> Result<Vec<(f64, f64)>, Rejection> {
        let swaps = moves.iter().filter(|m| !m.is_push()).count() as f64;
        let free = self.free(reveal) - self.push_takes(moves) - BETWEEN * (moves.len() as f64 - 1.0);
        let each = if swaps > 0.0 { (free / swaps).min(SWAP.1) } else { SWAP.1 };
        if free < -1e-9 || each < SWAP.0 - 1e-9 {
            return Err(Rejection::new("too_short", format!("{swaps} swaps in {free:.2} s")));
        }
        // What is left goes to the pauses before the moves.
        let spare = (free - each * swaps) / moves.len().max(1) as f64;
        let mut now = self.covered() + self.pause;
        let time = |m: &Move| {
            let start = now + spare;
            let end = start + if m.is_push() { self.push.iter().sum() } else { each };
            now = end + BETWEEN;
            (start, end)
        };
        Ok(moves.iter().map(time).collect())
    }
}

/// The place in which the ball is hidden first, and moves that lead it over the place where it is last seen to the one where it ends.
pub(in crate::family) fn moves(
    draw: &mut Draw<'_>,
    n: usize,
    swaps: usize,
    changed: bool,
    (last_seen, place): (usize, usize),
) -> Result<(usize, Vec<Move>), Rejection> {
    let rng = &mut draw.rng;
    for _ in 0..TRIES {
        let start = rng.below(n as u64) as usize;
        let push_at = changed.then(|| rng.below(swaps as u64 + 1) as usize);
        let (mut at, mut seen, mut made) = (start, start, Vec::<Move>::new());
        for i in 0..=swaps {
            if push_at == Some(i) {
                let to = if rng.chance(0.5) { at.checked_sub(1) } else { Some(at + 1).filter(|&to| to < n) };
                let Some(to) = to else { break };
                made.push(Move::Push(at, to));
                (at, seen) = (to, to);
            }
            if i < swaps {
                let a = rng.below(n as u64) as usize;
                let b = (a + 1 + rng.below(n as u64 - 1) as usize) % n;
                let swap = Move::Swap(a, b);
                at = swap.after(at, true);
                made.push(swap);
            }
        }
        // Two swaps of the same two in turn would be none.
        let undone = made.windows(2).any(|pair| match pair {
            [Move::Swap(a, b), Move::Swap(c, d)] => (a, b) == (c, d) || (a, b) == (d, c),
            _ => false,
        });
        if made.len() == swaps + usize::from(changed) && !undone && (seen, at) == (last_seen, place) {
            return Ok((start, made));
        }
    }
    Err(Rejection::new("no_moves", format!("{swaps} swaps of {n} covers do not lead from {last_seen} to {place}")))
}

/// Moves as metadata has them.
pub(in crate::family) fn told(moves: &[Move]) -> Value {
    let one = |m: &Move| match *m {
        Move::Swap(a, b) => Some(json!({"swap": [a, b]})),
        Move::Push(a, b) => Some(json!({"push": [a, b]})),
        Move::Rest => None,
    };
    moves.iter().filter_map(one).collect()
}

/// The first place of the cover that stands in a place after some moves.
pub(in crate::family) fn first_of(moves: &[Move], place: usize) -> usize {
    moves.iter().rev().fold(place, |place, m| m.after(place, false))
}
