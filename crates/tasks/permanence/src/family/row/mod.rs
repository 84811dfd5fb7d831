//! A row of covers, each over a place; a ball under one of them. Covers change places, and what is under them goes along; an arm may carry the
//! ball from under one to under another, in sight.

mod moves;

use std::ops::Range;

use glam::{Vec3, vec3};
use raytruth_task::Way;

pub(super) use self::moves::{BETWEEN, Kind, Move, SWAP, first_of, moves, told};
use crate::plot::{BEGINS, Event, Hidden, Slot};

/// The arm waits so far behind the row, metres.
const BEHIND: f32 = 0.3;
/// Half of the arm's thickness, metres.
pub(crate) const ARM: f32 = 0.006;

/// A row and what happens to it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    pub kind: Kind,
    pub n: usize,
    /// Of the ball, metres.
    pub radius: f32,
    /// Height of the ball's middle above the ground, metres.
    pub up: f32,
    /// Where the ball is first.
    pub start: usize,
    pub moves: Vec<Move>,
    /// Of the moves, seconds.
    pub times: Vec<(f64, f64)>,
    /// When all covers begin to rise, and for how long they do, seconds.
    pub reveal: f64,
    pub rises: f64,
    /// What a cover is called, before its first place.
    pub name: &'static str,
}

impl Row {
    /// Where a cover stands, on the ground.
    pub(super) fn place(&self, i: usize) -> Vec3 {
        vec3((i as f32 - 0.5 * (self.n as f32 - 1.0)) * self.kind.pitch, 0.0, 0.0)
    }

    /// The moves with their times.
    pub(super) fn timed(&self) -> impl Iterator<Item = (Move, f64, f64)> + '_ {
        self.moves.iter().zip(&self.times).map(|(&m, &(start, end))| (m, start, end))
    }

    /// Name of the cover that stands first in a place.
    pub(super) fn cover_name(&self, first: usize) -> String {
        format!("{}_{first}", self.name)
    }

    /// Where a swap leads from a place, and how far to the left of the straight way, metres.
    fn arc(&self, m: Move, place: usize) -> Option<(usize, f32)> {
        let Move::Swap(a, _) = m else { return None };
        let to = m.after(place, false);
        // In front is to the right of who goes to the right.
        let in_front = place == a;
        // What goes further goes around more: the ellipse is low near its ends.
        let aside = self.kind.aside * (1.0 + 0.12 * (to.abs_diff(place) as f32 - 1.0));
        (to != place).then_some((to, if (to > place) == in_front { -aside } else { aside }))
    }

    /// What the cover does that stands first in a place.
    pub(super) fn cover(&self, first: usize) -> Way {
        let lift = self.kind.lift * Vec3::Z;
        let mut at = first;
        let mut way = Way::at(self.place(at) + if at == self.start { lift } else { Vec3::ZERO });
        if at == self.start {
            way = way.to(BEGINS, self.kind.covered(), self.place(at));
        }
        for (m, start, end) in self.timed() {
            match m {
                Move::Swap(..) => {
                    if let Some((to, aside)) = self.arc(m, at) {
                        way = way.arc(start, end, self.place(to), aside);
                        at = to;
                    }
                }
                Move::Push(a, b) if at == a || at == b => {
                    way = way.by(start, start + self.kind.push[0], lift).by(end - self.kind.push[3], end, -lift);
                }
                _ => {}
            }
        }
        way.by(self.reveal, self.reveal + self.rises, lift)
    }

    /// What something does that goes along on the ground with the cover that stands first in a place.
    pub(super) fn base(&self, first: usize) -> Way {
        self.carried(Way::at(self.place(first)), 0..self.moves.len())
    }

    /// What the ball does until it is hidden for the last time, where it is then, and all the spans in which it is hidden.
    pub(super) fn ball_until_hidden(&self) -> (Way, Vec<Hidden>) {
        let up = Vec3::Z * self.up;
        let hop = Vec3::Z * self.kind.hop;
        let name_at = |place: usize, before: usize| self.cover_name(first_of(&self.moves[..before], place));
        let mut way = Way::at(self.place(self.start) + up);
        if self.kind.hop == 0.0 {
            way = way.rolling(self.radius);
        }
        let (mut place, mut from) = (self.start, self.kind.covered());
        let mut hidden = Vec::new();
        let mut since = 0;
        for (i, (m, start, end)) in self.timed().enumerate() {
            if let Move::Push(a, b) = m {
                hidden.push(Hidden { span: from..start, by: Some(name_at(a, i)), sealed: 0.5 * (from + start) });
                // With its cover to where it is taken from.
                way = self.carried(way, since..i);
                let [begins, ends] = self.pushed(start);
                way = if self.kind.hop == 0.0 {
                    way.to(begins, ends, self.place(b) + up)
                } else {
                    let part = 0.22 * (ends - begins);
                    way.by(begins, begins + part, hop).to(begins + part, ends - part, self.place(b) + up + hop).to(
                        ends - part,
                        ends,
                        self.place(b) + up,
                    )
                };
                (place, from, since) = (b, end, i + 1);
            }
        }
        hidden.push(Hidden { span: from..self.reveal, by: Some(name_at(place, since)), sealed: 0.5 * (from + self.reveal) });
        (way, hidden)
    }

    /// When the ball is carried in a push that starts at a time.
    fn pushed(&self, start: f64) -> [f64; 2] {
        let begins = start + self.kind.push[0];
        [begins, begins + self.kind.push[1]]
    }

    /// What something does that goes on with the cover it is under through some moves.
    pub(super) fn carried(&self, mut way: Way, moves: Range<usize>) -> Way {
        let up = Vec3::Z * way.last().z;
        let near = |&place: &usize| self.place(place).x - way.last().x;
        let mut at = (0..self.n).min_by(|a, b| near(a).abs().total_cmp(&near(b).abs())).unwrap_or(0);
        for (m, start, end) in self.timed().skip(moves.start).take(moves.len()) {
            if let Some((to, aside)) = self.arc(m, at) {
                way = way.arc(start, end, self.place(to) + up, aside);
                at = to;
            }
        }
        way
    }

    /// The move after which the ball is hidden for the last time.
    fn last_hides(&self) -> usize {
        self.moves.iter().position(|m| m.is_push()).map_or(0, |i| i + 1)
    }

    /// What the ball does in all until the reveal, and the spans in which it is hidden.
    pub(super) fn ball(&self) -> (Way, Vec<Hidden>) {
        let (shown, hidden) = self.ball_until_hidden();
        (self.carried(shown, self.last_hides()..self.moves.len()), hidden)
    }

    /// The slots, by the places in which covers stand in the end.
    pub(super) fn slots(&self) -> Vec<Slot> {
        let since = self.last_hides();
        let slot = |end: usize| {
            let cover = first_of(&self.moves, end);
            // Where that cover is when the ball is hidden for the last time.
            let at = self.moves[..since].iter().fold(cover, |at, m| m.after(at, false));
            let from = Way::at(self.place(at) + Vec3::Z * self.up);
            Slot { way: self.carried(from, since..self.moves.len()), holder: Some(self.cover_name(cover)) }
        };
        (0..self.n).map(slot).collect()
    }

    /// What the arm does that brings the ball from cover to cover, if one does.
    pub(super) fn arm(&self) -> Option<Way> {
        let (m, start, _) = self.timed().find(|(m, ..)| m.is_push())?;
        let Move::Push(a, b) = m else { return None };
        let side = if b > a { -1.0 } else { 1.0 };
        let at = self.place(a) + vec3(side * (self.radius + ARM), 0.0, self.up);
        let (back, hop) = (Vec3::Y * BEHIND, Vec3::Z * self.kind.hop);
        let [begins, ends] = self.pushed(start);
        let there = at + self.place(b) - self.place(a);
        let way = Way::at(at + back).to(start, begins, at);
        let way = if self.kind.hop == 0.0 {
            way.to(begins, ends, there)
        } else {
            let part = 0.22 * (ends - begins);
            way.by(begins, begins + part, hop).to(begins + part, ends - part, there + hop).to(ends - part, ends, there)
        };
        Some(way.to(ends, ends + self.kind.push[2], there + back))
    }

    /// All that happens but the reveal's end.
    pub(super) fn events(&self) -> Vec<Event> {
        let all: Vec<String> = (0..self.n).map(|i| self.cover_name(i)).collect();
        let cover = vec![self.cover_name(self.start)];
        let mut events = vec![Event { name: "cover".to_owned(), span: BEGINS..self.kind.covered(), who: cover }];
        for (i, (m, start, end)) in self.timed().enumerate() {
            let (Move::Swap(a, b) | Move::Push(a, b)) = m else { continue };
            let who = [a, b].map(|place| self.cover_name(first_of(&self.moves[..i], place))).to_vec();
            let name = if m.is_push() { "push" } else { "swap" };
            events.push(Event { name: format!("{name}_{}", i + 1), span: start..end, who });
        }
        events.push(Event { name: "reveal".to_owned(), span: self.reveal..self.reveal + self.rises, who: all });
        events
    }

    /// Rows in which one of the swaps does not happen, and in which two happen in the other order, where the ball ends elsewhere.
    pub(super) fn wrong(&self) -> Vec<(&'static str, &'static str, Self, usize)> {
        let end = |moves: &[Move]| moves.iter().fold(self.start, |at, m| m.after(at, true));
        let place = end(&self.moves);
        // The arm takes the ball from where it is.
        let with = |moves: Vec<Move>| (end(&moves) != place && self.takes_a_ball(&moves)).then_some(moves);
        let left_out = (0..self.moves.len()).filter(|&i| !self.moves[i].is_push()).find_map(|i| {
            let mut moves = self.moves.clone();
            moves[i] = Move::Rest;
            with(moves)
        });
        let other_order =
            (1..self.moves.len()).filter(|&i| !self.moves[i].is_push() && !self.moves[i - 1].is_push()).find_map(|i| {
                let mut moves = self.moves.clone();
                moves.swap(i - 1, i);
                with(moves)
            });
        let row = |moves: Vec<Move>| {
            let place = end(&moves);
            (Self { moves, ..self.clone() }, place)
        };
        let left_out = left_out.map(row).map(|(row, place)| ("left_out", "one of the moves does not happen", row, place));
        let other =
            other_order.map(row).map(|(row, place)| ("other_order", "two of the moves happen in the other order", row, place));
        left_out.into_iter().chain(other).collect()
    }

    /// Whether the ball is under the cover from under which it is taken.
    fn takes_a_ball(&self, moves: &[Move]) -> bool {
        let mut at = self.start;
        moves.iter().all(|m| {
            let is_there = !matches!(m, Move::Push(from, _) if *from != at);
            at = m.after(at, true);
            is_there
        })
    }
}
