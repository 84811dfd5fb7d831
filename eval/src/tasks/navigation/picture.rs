//! What a frame shows, at half the size of the maps: lightness at several sizes, and which way its edges run.

use crate::Frame;

use super::hues::{Hues, Palette};
use super::plane::Plane;

/// Sizes of the pictures by which the movement from frame to frame is found: 1, 1/2 and 1/4 of half the maps.
pub(super) const LUMAS: usize = 3;
/// Sizes of the fields of edges.
pub(super) const FIELDS: usize = 4;
/// Squared gradient, levels to a pixel, of what noise and plaster make.
const NOISE: f32 = 3.0;
/// What a clean edge has of the gradient of what is about it, four times as far.
const CLEAN: f32 = 0.45;
/// Cells of so many pixels, of each of which the steepest point is followed to the next frame, and its least squared gradient.
const CELL: usize = 8;
const STEEP: f32 = 6.0;

/// A frame.
pub(super) struct Picture {
    pub(super) lumas: Vec<Plane>,
    pub(super) fields: Vec<Field>,
    /// Middles of the steepest pixels.
    pub(super) points: Vec<[f32; 2]>,
    pub(super) hues: Hues,
}

/// Which way edges run: `along` and `across` are the parts of the structure tensor that turn with twice the angle (Bigün & Granlund 1987),
/// over the gradient of a wider surrounding, so that a faint skirting counts as much as a black door.
pub(super) struct Field {
    pub(super) along: Plane,
    pub(super) across: Plane,
}

impl Field {
    /// How much of an edge of a unit normal there is at a place, about 0 to 1; less than 0 where an edge runs across.
    #[inline]
    pub(super) fn response(&self, x: f32, y: f32, [nx, ny]: [f32; 2]) -> f32 {
        (self.along.at(x, y) * (nx * nx - ny * ny) + self.across.at(x, y) * (2.0 * nx * ny)).clamp(-1.0, 1.0)
    }
}

impl Picture {
    /// `shown` marks the pixels, of the maps, that show the place.
    pub(super) fn new(frame: &Frame, shown: &Shown, palette: &Palette) -> Self {
        let luma = half_luma(frame).blurred();
        let (w, h) = (luma.width, luma.height);
        let [mut xx, mut xy, mut yy] = [(); 3].map(|()| Plane::new(w, h));
        let v = &luma.values;
        for y in 1..h - 1 {
            for x in 1..w - 1 {
                let at = y * w + x;
                let (gx, gy) = ((v[at + 1] - v[at - 1]) * 0.5, (v[at + w] - v[at - w]) * 0.5);
                let shown = shown.inside[at];
                (xx.values[at], xy.values[at], yy.values[at]) = (gx * gx * shown, gx * gy * shown, gy * gy * shown);
            }
        }
        let points = steepest(&xx, &yy);
        let fields = fields(xx, xy, yy);
        let half = luma.halved();
        let quarter = half.halved();
        Self { hues: Hues::new(frame, shown, palette), lumas: vec![luma, half, quarter], fields, points }
    }
}

/// Which pixels of the half-size picture show the place: not what is laid over it, nor what a crop has cut away.
pub(super) struct Shown {
    pub(super) width: usize,
    /// 1 or 0.
    pub(super) inside: Vec<f32>,
}

impl Shown {
    /// From pixels of the maps.
    pub(super) fn new(shown: &[bool], width: usize, height: usize) -> Self {
        let (w, h) = (width / 2, height / 2);
        // A pixel more: gradients look at neighbours.
        let free = |x: usize, y: usize| {
            let (x0, y0) = ((2 * x).saturating_sub(3), (2 * y).saturating_sub(3));
            let (x1, y1) = ((2 * x + 4).min(width - 1), (2 * y + 4).min(height - 1));
            (y0..=y1).step_by(2).all(|y| (x0..=x1).all(|x| shown[y * width + x]))
        };
        let inside = (0..w * h).map(|at| f32::from(u8::from(free(at % w, at / w)))).collect();
        Self { width: w, inside }
    }

    /// Whether a place of the half-size picture is.
    #[inline]
    pub(super) fn at(&self, [x, y]: [f32; 2]) -> bool {
        let (x, y) = (x as usize, y as usize);
        x < self.width && self.inside.get(y * self.width + x).is_some_and(|&i| i > 0.5)
    }
}

fn half_luma(frame: &Frame) -> Plane {
    let width = frame.width as usize;
    let mut out = Plane::new(width / 2, frame.height as usize / 2);
    for (y, line) in out.values.chunks_exact_mut(width / 2).enumerate() {
        let row = |y: usize| frame.rgb[3 * y * width..3 * (y + 1) * width].chunks_exact(6);
        for ((v, a), b) in line.iter_mut().zip(row(2 * y)).zip(row(2 * y + 1)) {
            let sum = |c: usize| u32::from(a[c]) + u32::from(a[c + 3]) + u32::from(b[c]) + u32::from(b[c + 3]);
            *v = (54 * sum(0) + 183 * sum(1) + 19 * sum(2)) as f32 * (1.0 / 1024.0);
        }
    }
    out
}

fn steepest(xx: &Plane, yy: &Plane) -> Vec<[f32; 2]> {
    let (w, h) = (xx.width, xx.height);
    let mut points = Vec::new();
    for y0 in (0..h).step_by(CELL) {
        for x0 in (0..w).step_by(CELL) {
            let mut best = (STEEP, None);
            for y in y0..(y0 + CELL).min(h) {
                for x in x0..(x0 + CELL).min(w) {
                    let steep = xx.values[y * w + x] + yy.values[y * w + x];
                    if steep > best.0 {
                        best = (steep, Some([x as f32 + 0.5, y as f32 + 0.5]));
                    }
                }
            }
            points.extend(best.1);
        }
    }
    points
}

/// Each half as large as the one before.
fn fields(xx: Plane, xy: Plane, yy: Plane) -> Vec<Field> {
    let mut levels = Vec::with_capacity(FIELDS + 2);
    let (mut xx, mut xy, mut yy) = (xx.blurred(), xy.blurred(), yy.blurred());
    for level in 0..FIELDS + 2 {
        if level > 0 {
            (xx, xy, yy) = (xx.halved().blurred(), xy.halved().blurred(), yy.halved().blurred());
        }
        levels.push((xx.clone(), xy.clone(), yy.clone()));
    }
    let trace = |level: usize| {
        let (xx, _, yy) = &levels[level];
        Plane { values: xx.values.iter().zip(&yy.values).map(|(x, y)| x + y).collect(), ..*xx }
    };
    let field = |level: usize| {
        let (xx, xy, yy) = &levels[level];
        let middle = &levels[level + 1].0;
        let wide = trace(level + 2).doubled(middle.width, middle.height).doubled(xx.width, xx.height);
        let over = |(part, wide): (f32, &f32)| part * CLEAN / (wide + NOISE);
        let along = xx.values.iter().zip(&yy.values).map(|(x, y)| x - y).zip(&wide.values).map(over).collect();
        let across = xy.values.iter().map(|v| 2.0 * v).zip(&wide.values).map(over).collect();
        Field { along: Plane { values: along, ..*xx }, across: Plane { values: across, ..*xx } }
    };
    (0..FIELDS).map(field).collect()
}
