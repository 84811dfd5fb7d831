//! Knots and links as closed braids, drawn around a ring.

use super::{Dice, Tube, arcs};

/// Names of knots and links, strands of a braid and its word: `2` is the second generator, `-2` its inverse.
pub const KNOTS: [(&str, usize, &[i32]); 13] = [
    ("3_1", 2, &[1, 1, 1]),
    ("m3_1", 2, &[-1, -1, -1]),
    ("4_1", 3, &[1, -2, 1, -2]),
    ("5_1", 2, &[1, 1, 1, 1, 1]),
    ("5_2", 3, &[1, 1, 1, 2, -1, 2]),
    ("6_2", 3, &[-1, 2, -1, 2, 2, 2]),
    ("6_3", 3, &[-1, -1, 2, -1, 2, 2]),
    ("7_1", 2, &[1, 1, 1, 1, 1, 1, 1]),
    ("8_19", 3, &[1, 1, 1, 2, 1, 1, 1, 2]),
    ("Hopf", 2, &[1, 1]),
    ("Solomon", 2, &[1, 1, 1, 1]),
    ("Whitehead", 3, &[1, -2, 1, -2, -2]),
    ("Borromean", 3, &[1, -2, 1, -2, 1, -2]),
];

/// How a closed braid is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Braid<'a> {
    /// Strands of the braid.
    pub strands: usize,
    /// Generators in order.
    pub word: &'a [i32],
    /// Middle of the ring, pixels.
    pub middle: [f32; 2],
    /// Radius of the outermost strand, pixels.
    pub radius: f32,
    /// Half of the way between two strands that cross, towards the eye, pixels.
    pub height: f32,
    /// Turn in the picture, radians.
    pub turn: f32,
    /// Tilt about the axis across, radians.
    pub tilt: f32,
    /// How far out of round, and where.
    pub wobble: [f32; 3],
    /// Share of its place that a crossing takes.
    pub tight: f32,
    /// Where hue begins.
    pub begin: f32,
    /// Whether hue grows by as much from each place of a crossing to the next, however long the way is.
    pub by_place: bool,
}

impl<'a> Braid<'a> {
    /// In the middle of a panel so wide, upright.
    #[must_use]
    pub fn new(strands: usize, word: &'a [i32], size: f32) -> Self {
        Self {
            strands,
            word,
            middle: [0.5 * size; 2],
            radius: 0.38 * size,
            height: 0.04 * size,
            turn: 0.0,
            tilt: 0.0,
            wobble: [0.0; 3],
            tight: 0.9,
            begin: 0.0,
            by_place: false,
        }
    }

    /// Turned, tilted, moved and bent a little.
    #[must_use]
    pub fn thrown(mut self, dice: &mut Dice) -> Self {
        let size = self.middle[0] * 2.0;
        self.turn = dice.within(0.0, std::f32::consts::TAU);
        self.tilt = dice.within(-0.2, 0.2);
        self.wobble = [dice.within(0.0, 0.05), dice.within(0.0, 0.04), dice.within(0.0, std::f32::consts::TAU)];
        self.middle = self.middle.map(|m| m + dice.within(-0.02, 0.02) * size);
        self.tight = dice.within(0.7, 1.0);
        self.radius *= dice.within(0.92, 1.08);
        self.begin = dice.next();
        self
    }

    /// The radius of a column, which may lie between two.
    fn column(&self, column: f32) -> f32 {
        let inner = if self.strands > 2 { 0.32 } else { 0.5 };
        let count = (self.strands.max(2) - 1) as f32;
        self.radius * (inner + (1.0 - inner) * column / count)
    }

    /// A strand from its column on, once around: points, and the column in which it ends.
    fn once(&self, start: usize, points: &mut Vec<[f32; 3]>) -> usize {
        const STEPS: usize = 48;
        let count = self.word.len().max(1);
        let mut column = start;
        for slot in 0..count {
            let generator = self.word.get(slot).copied().unwrap_or(0);
            let left = (generator.unsigned_abs() as usize).wrapping_sub(1);
            let to = match () {
                () if column == left => left + 1,
                () if left < self.strands && column == left + 1 => left,
                () => column,
            };
            for step in 0..STEPS {
                let t = step as f32 / STEPS as f32;
                // Crosses in the middle of its place.
                let s = ((t - 0.5) / self.tight + 0.5).clamp(0.0, 1.0);
                let part = s * s * (3.0 - 2.0 * s);
                let radius = self.column(column as f32 + (to as f32 - column as f32) * part);
                let angle = (slot as f32 + t) / count as f32 * std::f32::consts::TAU;
                // Strands run clockwise on screen; of a positive crossing the one that goes inwards is above.
                let above = if to == column { 0.0 } else { f32::from(i8::from((to < column) == (generator > 0))) * 2.0 - 1.0 };
                let bump = 4.0 * s * (1.0 - s);
                points.push(self.place(radius, angle, above * self.height * bump * bump));
            }
            column = to;
        }
        column
    }

    fn place(&self, radius: f32, angle: f32, z: f32) -> [f32; 3] {
        let [oval, lobes, phase] = self.wobble;
        let radius = radius * (1.0 + oval * libm::cosf(2.0 * angle + phase) + lobes * libm::cosf(3.0 * angle - phase));
        let (x, y) = (radius * libm::cosf(angle), radius * libm::sinf(angle));
        let (sin, cos) = libm::sincosf(self.tilt);
        let (y, z) = (y * cos - z * sin, y * sin + z * cos);
        let (sin, cos) = libm::sincosf(self.turn);
        [self.middle[0] + x * cos - y * sin, self.middle[1] + x * sin + y * cos, z]
    }

    /// The closed strands, each with its arc of hues.
    #[must_use]
    pub fn tubes(&self) -> Vec<Tube> {
        let mut done = vec![false; self.strands];
        let mut all = Vec::new();
        for start in 0..self.strands {
            if done[start] {
                continue;
            }
            let (mut points, mut column) = (Vec::new(), start);
            while !done[column] {
                done[column] = true;
                column = self.once(column, &mut points);
            }
            let first = (self.begin * points.len() as f32) as usize % points.len();
            points.rotate_left(first);
            all.push(if self.by_place { points } else { even(&points) });
        }
        let hues = arcs(all.len());
        all.into_iter().zip(hues).map(|(points, arc)| Tube { points, hue: arc.hue, open: Vec::new() }).collect()
    }
}

/// The same closed curve with points at even distances.
pub(super) fn even(points: &[[f32; 3]]) -> Vec<[f32; 3]> {
    let n = points.len();
    let length = |i: usize| {
        let (a, b) = (points[i % n], points[(i + 1) % n]);
        (0..3).map(|c| (b[c] - a[c]) * (b[c] - a[c])).sum::<f32>().sqrt()
    };
    let whole: f32 = (0..n).map(length).sum();
    let count = ((whole / 2.0) as usize).max(12);
    let (mut out, mut i, mut gone) = (Vec::with_capacity(count), 0, 0.0);
    for k in 0..count {
        let wanted = whole * k as f32 / count as f32;
        while i + 1 < n && gone + length(i) < wanted {
            gone += length(i);
            i += 1;
        }
        let part = ((wanted - gone) / length(i).max(1e-6)).clamp(0.0, 1.0);
        let (a, b) = (points[i % n], points[(i + 1) % n]);
        out.push([0, 1, 2].map(|c| a[c] + part * (b[c] - a[c])));
    }
    out
}
