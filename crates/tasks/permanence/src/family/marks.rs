//! By what covers can be told apart, and what prompts call them.

use raytruth_task::dress::Paint;
use raytruth_task::prose::{list, number, ordinal};
use raytruth_task::{Draw, Rejection};

use super::row::{Move, first_of};

/// By what covers can be told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Marks {
    /// Each has a colour.
    Colors,
    /// Each has a ring of a colour.
    Rings,
    /// Nothing.
    None,
}

/// Covers with their colours, and the ball's.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Marked {
    marks: Marks,
    n: usize,
    /// What a cover is, and several are.
    what: [&'static str; 2],
    /// Of each cover or its ring, if they are told apart by it.
    paints: Vec<Paint>,
    /// Of all covers, if they share it.
    shared: Option<Paint>,
    /// The ball's colour.
    pub ball: Paint,
}

impl Marked {
    /// Colours for `n` covers and a ball.
    pub(super) fn draw(draw: &mut Draw<'_>, n: usize, what: [&'static str; 2]) -> Result<Self, Rejection> {
        let marks = match draw.told("the prompt names covers by it").choice("cover_marks") {
            "colors" => Marks::Colors,
            "rings" => Marks::Rings,
            _ => Marks::None,
        };
        let (own, shared) = (if marks == Marks::None { 0 } else { n }, usize::from(marks != Marks::Colors));
        // Rings are on covers.
        let touching: Vec<(usize, usize)> = if marks == Marks::Rings { (0..own).map(|i| (i, own)).collect() } else { Vec::new() };
        let paints = Paint::draw_clear(&mut draw.rng, own + shared + 1, &[own + shared], &touching)?;
        let ball = paints[own + shared];
        draw.told("named in the prompt").value("ball_color", ball.name);
        Ok(Self { marks, n, what, shared: paints[own..own + shared].first().copied(), paints: paints[..own].to_vec(), ball })
    }

    /// Colour of the cover that stands first in a place.
    pub(super) fn paint(&self, first: usize) -> Paint {
        self.shared.unwrap_or_else(|| self.paints[first])
    }

    /// Colour of its ring, if it has one.
    pub(super) fn ring(&self, first: usize) -> Option<Paint> {
        (self.marks == Marks::Rings).then(|| self.paints[first])
    }

    /// What the cover is called that stands in a place after some moves.
    pub(super) fn name(&self, place: usize, moves: &[Move]) -> String {
        let [one, _] = self.what;
        match self.marks {
            Marks::Colors => format!("the {} {one}", self.paints[first_of(moves, place)].name),
            Marks::Rings => format!("the {one} with the {} ring", self.paints[first_of(moves, place)].name),
            Marks::None => format!("the {} {one}", ordinal(place + 1)),
        }
    }

    /// How names count, if they do.
    pub(super) fn counted(&self) -> &'static str {
        if self.marks == Marks::None { ", counted from the left as seen by the camera at each moment," } else { "" }
    }

    /// `Three red cups stand upside down in a row, from left to right with a blue, ...`
    pub(super) fn row(&self, stand: &str) -> String {
        let [_, many] = self.what;
        let colors = || list(&self.paints.iter().map(|p| format!("a {}", p.name)).collect::<Vec<_>>());
        let shared = self.shared.map_or("", |paint| paint.name);
        let n = number(self.n);
        let mut text = match self.marks {
            Marks::Colors => format!("{n} {many} {stand}, from left to right {}", colors()),
            Marks::Rings => format!("{n} {shared} {many} {stand}, from left to right with {} ring", colors()),
            Marks::None => format!("{n} {shared} {many} {stand}"),
        };
        if let Some(first) = text.get_mut(0..1) {
            first.make_ascii_uppercase();
        }
        text
    }

    /// The moves in words; `swap` says what goes along when covers change places, `push` how the ball gets from one to the other.
    pub(super) fn steps(&self, moves: &[Move], swap: &str, push: &str) -> String {
        let mut steps = String::new();
        for (i, m) in moves.iter().enumerate() {
            let name = |place: usize| self.name(place, &moves[..i]);
            steps.push_str(&match *m {
                Move::Swap(a, b) => format!("Then {} and {} change places{swap}, {} in front. ", name(a), name(b), name(a)),
                Move::Push(a, b) => format!("Then {} and {} rise, {push}, and both go down. ", name(a), name(b)),
                Move::Rest => continue,
            });
        }
        steps
    }
}
