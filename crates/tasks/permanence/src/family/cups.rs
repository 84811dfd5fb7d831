//! Cups: a ball is seen before its cup goes down over it; cups change places; all rise. In changed problems the ball is pushed from under one
//! cup to under its neighbour, in sight.

use std::ops::Range;

use glam::{Vec3, vec3};
use raytruth_task::prose::{STILL_CAMERA, list, number, ordinal};
use raytruth_task::{Difficulty, Draw, Rejection};
use serde_json::{Value, json};

use crate::paint::Paint;
use crate::plot::{BEGINS, Event, Form, Hidden, Part, Plot, REVEALS, Slot, TARGET, Thing, WAITS, reveal_of};
use crate::way::Way;

/// Middles of cups that stand side by side, metres: 1.75 times the width of the widest.
const PITCH: f32 = 0.154;
/// How far beside the row a cup goes around its partner, metres: seen from 36° above, their middles pass each other at 1.5 widths.
const ASIDE: f32 = 0.115;
/// How high a cup is lifted off a ball, metres.
const LIFT: f32 = 0.15;
/// A cup goes down over the ball within so many seconds.
const DOWN: f64 = 0.55;
/// After it nothing moves, seconds.
const PAUSE: f64 = 0.15;
/// Least and most that a swap takes, seconds.
const SWAP: (f64, f64) = (0.8, 1.1);
/// Least pause between two moves, seconds.
const BETWEEN: f64 = 0.06;
/// Parts of a push, seconds: two cups rise while the arm comes, it pushes, it leaves, the cups go down.
const PUSH: [f64; 4] = [0.34, 0.55, 0.24, 0.34];
/// The arm waits so far behind the row, metres.
const BEHIND: f32 = 0.3;
/// Half of the arm's thickness, metres.
pub(crate) const ARM: f32 = 0.006;
/// Most tries to find moves that lead where they should.
const TRIES: u32 = 4000;

/// Something that happens to cups, by the places in the row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Move {
    /// Two change places; the first passes in front.
    Swap(usize, usize),
    /// The ball is pushed from under one to under another.
    Push(usize, usize),
    /// Nothing, as long as a swap takes.
    Rest,
}

impl Move {
    /// Where something in a place is afterwards. `is_ball`: a push moves nothing else.
    fn after(self, place: usize, is_ball: bool) -> usize {
        match self {
            Self::Swap(a, b) if place == a => b,
            Self::Swap(a, b) if place == b => a,
            Self::Push(a, b) if is_ball && place == a => b,
            _ => place,
        }
    }

    /// Where a swap leads from a place, and how far to the left of the straight way, metres.
    fn arc(self, place: usize) -> Option<(usize, f32)> {
        let Self::Swap(a, _) = self else { return None };
        let to = self.after(place, false);
        // In front is to the right of who goes to the right.
        let in_front = place == a;
        (to != place).then_some((to, if (to > place) == in_front { -ASIDE } else { ASIDE }))
    }

    const fn is_push(self) -> bool {
        matches!(self, Self::Push(..))
    }
}

/// What cups can be told apart by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Marks {
    /// Each has a colour.
    Colors,
    /// Each has a ring of a colour.
    Rings,
    /// Nothing.
    None,
}

pub(super) fn plot(draw: &mut Draw<'_>, changed: bool) -> Result<Plot, Rejection> {
    let seconds = super::seconds(draw.difficulty);
    let n = draw.told("counted in the prompt and in the picture").int("cups") as usize;
    let place = draw.balanced("cups_place", n);
    let last_seen = draw.balanced("cups_last_seen", n);
    let swaps = draw.int("swaps") as usize;
    let swaps = if changed { swaps.saturating_sub(2).max(1) } else { swaps };
    let marks = match draw.told("the prompt names cups by it").choice("cup_marks") {
        "colors" => Marks::Colors,
        "rings" => Marks::Rings,
        _ => Marks::None,
    };
    let variant = draw.noted().choice("cup_forms");
    let variant = u32::from(variant == "mug");
    let radius = draw.seen("the ball beside the cups").real("ball_radius_mm") as f32 * 1e-3;
    let (start, moves) = moves(draw, n, swaps, changed, (last_seen, place))?;
    let (own, shared) = (if marks == Marks::None { 0 } else { n }, usize::from(marks != Marks::Colors));
    let paints = Paint::draw(&mut draw.rng, own + shared + 1);
    let (ball, shared, paints) = (paints[own + shared], paints[own..own + shared].first().copied(), paints[..own].to_vec());
    let times = times(&moves, seconds)?;

    let told = moves.iter().filter_map(|m| match *m {
        Move::Swap(a, b) => Some(json!({"swap": [a, b]})),
        Move::Push(a, b) => Some(json!({"push": [a, b]})),
        Move::Rest => None,
    });
    let told: Value = told.collect();
    draw.told("the moves in their order, by places from the left, 0 first; the first of a swap passes in front")
        .value("moves", told);
    draw.seen("the cup that hangs above the ball").value("start", start);
    draw.told("named in the prompt").value("ball_color", ball.name);
    draw.hardness("swaps", swaps as f64);
    draw.hardness("cups", n as f64);
    draw.hardness("hidden_s", (reveal_of(seconds) - BEGINS - DOWN - push_takes(&moves)).max(0.0));

    let row = Row { n, variant, radius, marks, paints, shared, ball, start, moves, times, seconds };
    let wrong = row.wrong((place, last_seen));
    Ok(Plot { wrong, ..row.plot((place, last_seen)) })
}

/// Seconds during which a push shows the ball.
fn push_takes(moves: &[Move]) -> f64 {
    if moves.iter().any(|m| m.is_push()) { PUSH.iter().sum() } else { 0.0 }
}

/// The place in which the ball is hidden first, and moves that lead it over the place where it is last seen to the one where it ends.
fn moves(
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
    Err(Rejection::new("no_moves", format!("{swaps} swaps of {n} cups do not lead from {last_seen} to {place}")))
}

/// When each move begins and ends, seconds.
fn times(moves: &[Move], seconds: f64) -> Result<Vec<(f64, f64)>, Rejection> {
    let (from, until) = (BEGINS + DOWN + PAUSE, reveal_of(seconds) - WAITS);
    let swaps = moves.iter().filter(|m| !m.is_push()).count() as f64;
    let free = until - from - push_takes(moves) - BETWEEN * (moves.len() as f64 - 1.0);
    let each = (free / swaps).min(SWAP.1);
    if each < SWAP.0 - 1e-9 {
        return Err(Rejection::new("too_short", format!("{each:.2} s a swap")));
    }
    // What is left goes to the pauses before the moves.
    let spare = (free - each * swaps) / moves.len() as f64;
    let mut now = from;
    let time = |m: &Move| {
        let start = now + spare;
        let end = start + if m.is_push() { PUSH.iter().sum() } else { each };
        now = end + BETWEEN;
        (start, end)
    };
    Ok(moves.iter().map(time).collect())
}

/// A row of cups and what happens to it.
struct Row {
    n: usize,
    variant: u32,
    /// Of the ball, metres.
    radius: f32,
    marks: Marks,
    /// Of each cup or its ring, if they are told apart by it.
    paints: Vec<Paint>,
    /// Of all cups, if they share it.
    shared: Option<Paint>,
    /// The ball's colour.
    ball: Paint,
    start: usize,
    moves: Vec<Move>,
    /// Of the moves, seconds.
    times: Vec<(f64, f64)>,
    seconds: f64,
}

impl Row {
    /// Where a cup stands, on the ground.
    fn place(&self, i: usize) -> Vec3 {
        vec3((i as f32 - 0.5 * (self.n as f32 - 1.0)) * PITCH, 0.0, 0.0)
    }

    /// When the first cup is down, seconds.
    const fn down() -> f64 {
        BEGINS + DOWN
    }

    /// The moves with their times.
    fn timed(&self) -> impl Iterator<Item = (Move, f64, f64)> + '_ {
        self.moves.iter().zip(&self.times).map(|(&m, &(start, end))| (m, start, end))
    }

    /// What the cup does that stands first in a place.
    fn cup(&self, first: usize) -> Way {
        let mut at = first;
        let mut way = Way::at(self.place(at) + if at == self.start { LIFT * Vec3::Z } else { Vec3::ZERO });
        if at == self.start {
            way = way.to(BEGINS, Self::down(), self.place(at));
        }
        for (m, start, end) in self.timed() {
            match m {
                Move::Swap(..) => {
                    if let Some((to, aside)) = m.arc(at) {
                        way = way.arc(start, end, self.place(to), aside);
                        at = to;
                    }
                }
                Move::Push(a, b) if at == a || at == b => {
                    way = way.by(start, start + PUSH[0], LIFT * Vec3::Z).by(end - PUSH[3], end, -LIFT * Vec3::Z);
                }
                _ => {}
            }
        }
        let reveal = reveal_of(self.seconds);
        way.by(reveal, reveal + REVEALS, LIFT * Vec3::Z)
    }

    /// What the ball does until it is hidden for the last time, where it is then, and all the spans in which it is hidden.
    fn ball_until_hidden(&self) -> (Way, Vec<Hidden>) {
        let up = Vec3::Z * self.radius;
        let name_at = |place: usize, before: usize| cup_name(cup_at(&self.moves[..before], place));
        let mut way = Way::at(self.place(self.start) + up).rolling(self.radius);
        let (mut place, mut from) = (self.start, Self::down());
        let mut hidden = Vec::new();
        let mut since = 0;
        for (i, (m, start, end)) in self.timed().enumerate() {
            if let Move::Push(a, b) = m {
                hidden.push(Hidden { span: from..start, by: name_at(a, i) });
                // With its cup to where it is pushed from.
                way = self.carried(way, since..i);
                let pushed = (start + PUSH[0], start + PUSH[0] + PUSH[1]);
                way = way.to(pushed.0, pushed.1, self.place(b) + up);
                (place, from, since) = (b, end, i + 1);
            }
        }
        hidden.push(Hidden { span: from..reveal_of(self.seconds), by: name_at(place, since) });
        (way, hidden)
    }

    /// What a ball does that goes on with the cup it is under through some moves.
    fn carried(&self, mut way: Way, moves: Range<usize>) -> Way {
        let near = |&place: &usize| self.place(place).x - way.last().x;
        let mut at = (0..self.n).min_by(|a, b| near(a).abs().total_cmp(&near(b).abs())).unwrap_or(0);
        for (m, start, end) in self.timed().skip(moves.start).take(moves.len()) {
            if let Some((to, aside)) = m.arc(at) {
                way = way.arc(start, end, self.place(to) + Vec3::Z * self.radius, aside);
                at = to;
            }
        }
        way
    }

    fn plot(&self, (place, last_seen): (usize, usize)) -> Plot {
        let cups: Vec<Way> = (0..self.n).map(|i| self.cup(i)).collect();
        let (shown, hidden) = self.ball_until_hidden();
        let since = self.moves.iter().position(|m| m.is_push()).map_or(0, |i| i + 1);
        // The slots by the places in which cups stand in the end.
        let slots: Vec<Slot> = (0..self.n)
            .map(|end| {
                let cup = cup_at(&self.moves, end);
                // Where that cup is when the ball is hidden for the last time.
                let at = self.moves[..since].iter().fold(cup, |at, m| m.after(at, false));
                let from = Way::at(self.place(at) + Vec3::Z * self.radius);
                Slot { way: self.carried(from, since..self.moves.len()), holder: cup_name(cup) }
            })
            .collect();
        let ball = self.carried(shown, since..self.moves.len());
        let mut things = vec![Thing {
            name: TARGET.to_owned(),
            part: Part::Target,
            form: Form::Ball { radius: self.radius },
            way: ball,
            paint: Some(self.ball),
        }];
        for (i, way) in cups.iter().enumerate() {
            let paint = self.shared.unwrap_or_else(|| self.paints[i]);
            let ring = (self.marks == Marks::Rings).then(|| self.paints[i]);
            let form = Form::Cup { variant: self.variant, ring };
            things.push(Thing { name: cup_name(i), part: Part::Occluder, form, way: way.clone(), paint: Some(paint) });
        }
        for (i, way) in cups.iter().enumerate() {
            let way = way.clone().shifted(Vec3::Z * cup_height(self.variant));
            things.push(Thing { name: format!("rod_{i}"), part: Part::Mover, form: Form::Rod, way, paint: None });
        }
        things.extend(self.arm().map(|way| Thing {
            name: "arm".to_owned(),
            part: Part::Mover,
            form: Form::Arm,
            way,
            paint: None,
        }));
        let reveal = reveal_of(self.seconds);
        let all: Vec<String> = (0..self.n).map(cup_name).collect();
        let mut events = vec![Event { name: "cover".to_owned(), span: BEGINS..Self::down(), who: vec![cup_name(self.start)] }];
        for (i, (m, start, end)) in self.timed().enumerate() {
            let (Move::Swap(a, b) | Move::Push(a, b)) = m else { continue };
            let who = [a, b].map(|place| cup_name(cup_at(&self.moves[..i], place))).to_vec();
            let name = if m.is_push() { "push" } else { "swap" };
            events.push(Event { name: format!("{name}_{}", i + 1), span: start..end, who });
        }
        events.push(Event { name: "reveal".to_owned(), span: reveal..reveal + REVEALS, who: all });
        Plot {
            things,
            slots,
            place,
            last_seen,
            hidden,
            events,
            seconds: self.seconds,
            elevation: (36.0, 42.0),
            prompt: self.prompt(),
            wrong: Vec::new(),
        }
    }

    /// The plots in which one of the moves does not happen, and in which two happen in the other order, where the ball ends elsewhere.
    fn wrong(&self, (place, last_seen): (usize, usize)) -> Vec<(&'static str, &'static str, Plot)> {
        let end = |moves: &[Move]| moves.iter().fold(self.start, |at, m| m.after(at, true));
        let with = |moves: Vec<Move>| (end(&moves) != place).then_some(moves);
        let left_out = (0..self.moves.len()).filter(|&i| !self.moves[i].is_push()).find_map(|i| {
            let mut moves = self.moves.clone();
            moves[i] = Move::Rest;
            // The arm pushes the ball from where it is.
            with(moves).filter(|moves| self.pushes_a_ball(moves))
        });
        let other_order =
            (1..self.moves.len()).filter(|&i| !self.moves[i].is_push() && !self.moves[i - 1].is_push()).find_map(|i| {
                let mut moves = self.moves.clone();
                moves.swap(i - 1, i);
                with(moves).filter(|moves| self.pushes_a_ball(moves))
            });
        let plot = |moves: Vec<Move>| {
            let place = end(&moves);
            Self { moves, paints: self.paints.clone(), times: self.times.clone(), ..*self }.plot((place, last_seen))
        };
        let left_out = left_out.map(|moves| ("left_out", "one of the moves does not happen", plot(moves)));
        let other_order = other_order.map(|moves| ("other_order", "two of the moves happen in the other order", plot(moves)));
        left_out.into_iter().chain(other_order).collect()
    }

    /// Whether the ball is under the cup from under which it is pushed.
    fn pushes_a_ball(&self, moves: &[Move]) -> bool {
        let mut at = self.start;
        moves.iter().all(|m| {
            let is_there = !matches!(m, Move::Push(from, _) if *from != at);
            at = m.after(at, true);
            is_there
        })
    }

    /// What the arm does that pushes the ball, if one does.
    fn arm(&self) -> Option<Way> {
        let (m, start, _) = self.timed().find(|(m, ..)| m.is_push())?;
        let Move::Push(a, b) = m else { return None };
        let side = if b > a { -1.0 } else { 1.0 };
        let at = self.place(a) + vec3(side * (self.radius + ARM), 0.0, self.radius);
        let back = Vec3::Y * BEHIND;
        let [come, push, leave, _] = PUSH;
        let way = Way::at(at + back).to(start, start + come, at);
        let there = at + self.place(b) - self.place(a);
        Some(way.to(start + come, start + come + push, there).to(start + come + push, start + come + push + leave, there + back))
    }

    fn prompt(&self) -> String {
        let name = |place: usize, before: usize| match self.marks {
            Marks::Colors => format!("the {} cup", self.paints[cup_at(&self.moves[..before], place)].name),
            Marks::Rings => format!("the cup with the {} ring", self.paints[cup_at(&self.moves[..before], place)].name),
            Marks::None => format!("the {} cup", ordinal(place + 1)),
        };
        let colors = |what: &str| list(&self.paints.iter().map(|p| format!("{what} {}", p.name)).collect::<Vec<_>>());
        let shared = self.shared.map_or("", |paint| paint.name);
        let cups = match self.marks {
            Marks::Colors => format!("{} cups stand upside down in a row, from left to right {}", number(self.n), colors("a")),
            Marks::Rings => format!(
                "{} {} cups stand upside down in a row, from left to right with {} ring",
                number(self.n),
                shared,
                colors("a")
            ),
            Marks::None => format!("{} {} cups stand upside down in a row", number(self.n), shared),
        };
        let mut steps = String::new();
        for (i, m) in self.moves.iter().enumerate() {
            let step = match *m {
                Move::Swap(a, b) => {
                    format!("Then {} and {} change places, {} in front. ", name(a, i), name(b, i), name(a, i))
                }
                Move::Rest => continue,
                Move::Push(a, b) => format!(
                    "Then {} and {} rise, an arm pushes the ball from under the one to under the other, and both go down. ",
                    name(a, i),
                    name(b, i)
                ),
            };
            steps.push_str(&step);
        }
        let count = if self.marks == Marks::None { ", counted from the left as seen by the camera at each moment," } else { "" };
        let mut cups = cups;
        if let Some(first) = cups.get_mut(0..1) {
            first.make_ascii_uppercase();
        }
        format!(
            "{cups}, held by rods from above; {}{count} hangs over a {} ball. It goes down over the ball. {steps}At last all cups rise at once \
             and show where the ball is. {STILL_CAMERA}",
            name(self.start, 0),
            self.ball.name
        )
    }
}

/// The first place of the cup that stands in a place after some moves.
fn cup_at(moves: &[Move], place: usize) -> usize {
    moves.iter().rev().fold(place, |place, m| m.after(place, false))
}

fn cup_name(first: usize) -> String {
    format!("cup_{first}")
}

/// Height of a cup, metres.
fn cup_height(variant: u32) -> f32 {
    raytruth_task::props::Prop::new(raytruth_task::props::PropKind::Cup, variant).aabb().max.z
}

/// Most swaps that fit into a problem of a difficulty.
pub(crate) fn most_swaps(difficulty: Difficulty) -> usize {
    let seconds = super::seconds(difficulty);
    let free = reveal_of(seconds) - WAITS - BEGINS - DOWN - PAUSE;
    ((free + BETWEEN) / (SWAP.0 + BETWEEN) + 1e-9) as usize
}
