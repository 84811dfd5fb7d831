//! Following the ball: a disc of known size, found by its difference from the background.

use std::sync::LazyLock;

use crate::Frame;
use crate::picture::difference;

use super::palette::{OTHER, Palette};
use super::plan::{BACKGROUND, Plan};
use super::watch::{CHANGE, CHANGED, CLASS, SHADE, Watch};

/// How much a changed pixel speaks for a ball by itself; the rest it must earn by looking as the ball did there at the start.
const CHANGED_WEIGHT: f32 = 0.8;
/// The same where it is merely shaded: a grey ball on a grey floor looks so, but so does its shadow.
const SHADE_WEIGHT: f32 = 0.25;
/// The same where a target stood at the start and the pixel looks as at the end: most likely the background it uncovered.
const VACATED_WEIGHT: f32 = 0.1;
/// The same where it looks otherwise: a ball, or a shadow on what was uncovered.
const SHADED_VACATED_WEIGHT: f32 = 0.35;
/// A colour that covers less of the ball than this is a glint.
const GLINT: f32 = 0.12;
/// Colours (sums over the channels) nearer than this are one.
const ONE_COLOR: u32 = 70;
/// Differences (sums over the channels) up to which, and from which, a pixel looks as at the start entirely, or not at all.
const ALIKE: (f32, f32) = (30.0, 110.0);
/// How much the ring around a disc speaks against it.
const RING_WEIGHT: f32 = 0.6;
/// How much a sharp outline speaks for a disc: what a ball of chrome or glass shows inside may look like anything.
const RIM_WEIGHT: f32 = 1.2;
/// How far inside and outside the outline its step is taken, pixels.
const RIM_REACH: f32 = 1.5;
/// The step (sum over the channels) from which an outline is as sharp as can be.
const RIM_STEP: f32 = 90.0;
/// What each pixel from the expected place costs a disc, where the moment is not known and where it is.
const PULL: f32 = 0.002;
const KNOWN_PULL: f32 = 0.03;
/// Least mean evidence inside a disc that counts as a ball.
const FAINTEST: f32 = 0.22;

/// The ball's way from the start to the contact, by arc length.
pub(crate) struct Path {
    /// Arc length at each frame of the truth, up to the contact.
    length_at: Vec<f32>,
    /// Points one pixel apart: centre and radius.
    points: Vec<([f32; 2], f32)>,
}

/// The best place on the path in one frame of the candidate.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sighting {
    /// Arc length, pixels.
    pub(crate) along: f32,
    /// Mean evidence inside the disc, `0..=1`.
    pub(crate) strength: f32,
}

impl Path {
    pub(crate) fn new(plan: &Plan) -> Self {
        let ball = &plan.things[plan.ball];
        let contact = (plan.truth.contact_frame as usize).min(plan.frames - 1);
        let mut length_at = vec![0.0_f32];
        for frame in 1..=contact {
            length_at.push(length_at[frame - 1] + distance(ball.centers[frame - 1], ball.centers[frame]));
        }
        let total = length_at[contact];
        let mut points = Vec::new();
        let mut frame = 0;
        for step in 0..=(total as usize) {
            let along = step as f32;
            while frame + 1 < contact && length_at[frame + 1] < along {
                frame += 1;
            }
            let (low, high) = (length_at[frame], length_at[frame + 1]);
            let part = if high - low > 1e-6 { ((along - low) / (high - low)).clamp(0.0, 1.0) } else { 0.0 };
            let center = mix2(ball.centers[frame], ball.centers[frame + 1], part);
            points.push((center, ball.radii[frame] + (ball.radii[frame + 1] - ball.radii[frame]) * part));
        }
        Self { length_at, points }
    }

    /// Arc length at a (fractional) frame of the truth, held beyond its ends.
    pub(crate) fn length(&self, frame: f32) -> f32 {
        interpolate(&self.length_at, frame)
    }

    /// The (fractional) frame of the truth at which the ball leaves an arc length behind.
    pub(crate) fn moment(&self, along: f32) -> f32 {
        let low = self.length_at.partition_point(|&l| l <= along).clamp(1, self.length_at.len()) - 1;
        let Some(&next) = self.length_at.get(low + 1) else { return low as f32 };
        low as f32 + ((along - self.length_at[low]) / (next - self.length_at[low]).max(1e-6)).clamp(0.0, 1.0)
    }

    /// Arc length from start to contact.
    pub(crate) fn total(&self) -> f32 {
        *self.length_at.last().unwrap_or(&0.0)
    }

    /// The point at an arc length.
    pub(crate) fn point(&self, along: f32) -> [f32; 2] {
        self.points[(along.max(0.0) as usize).min(self.points.len() - 1)].0
    }

    /// Arc length of the point of the path nearest to a place.
    pub(crate) fn project(&self, place: [f32; 2]) -> f32 {
        let to = |i: &usize| distance(self.points[*i].0, place);
        (0..self.points.len()).min_by(|a, b| to(a).total_cmp(&to(b))).unwrap_or(0) as f32
    }

    /// First frame of the truth in which the ball has moved visibly.
    pub(crate) fn first_move(&self) -> usize {
        self.length_at.iter().position(|&l| l > 1.5).unwrap_or(self.length_at.len() - 1)
    }
}

/// Finds discs in the marks of one frame.
pub(crate) struct DiscFinder<'a> {
    watch: &'a Watch,
    width: i32,
    height: i32,
    /// Evidence of a mark by itself.
    weight: [f32; 256],
    /// The first frame, softened.
    first: &'a Frame,
    /// Where the closed gate stands before the ball.
    gate: Vec<bool>,
    /// The ball's colours at the start. It rolls: which of them shows where is not known later.
    portrait: Vec<[u8; 3]>,
}

impl<'a> DiscFinder<'a> {
    pub(crate) fn new(plan: &Plan, palette: &Palette, watch: &'a Watch, first: &'a Frame) -> Self {
        let own = palette.class_of[plan.ball];
        let mut weight = [0.0; 256];
        for (mark, out) in weight.iter_mut().enumerate() {
            let mark = mark as u8;
            let class = mark & CLASS;
            if mark & CHANGED == 0 {
                continue;
            }
            *out = if own != OTHER && class == own {
                1.0
            } else if usize::from(class) <= palette.count() && palette.has_hue(class) {
                // A block passing by is no ball.
                0.0
            } else if mark & SHADE != 0 {
                SHADE_WEIGHT
            } else {
                CHANGED_WEIGHT
            };
        }
        let ball = &plan.things[plan.ball];
        let points = INSIDE.iter().filter_map(|offset| {
            let (x, y) = (ball.centers[0][0] + offset[0] * ball.radii[0], ball.centers[0][1] + offset[1] * ball.radii[0]);
            if x < 0.0 || y < 0.0 || x >= plan.width as f32 || y >= plan.height as f32 {
                return None;
            }
            let at = y as usize * plan.width + x as usize;
            (plan.map(0)[at] == ball.label).then(|| [first.rgb[at * 3], first.rgb[at * 3 + 1], first.rgb[at * 3 + 2]])
        });
        let portrait = colors(points.collect());
        let gate = plan.map(0).iter().map(|&label| label == plan.things[plan.gate].label).collect();
        Self { watch, width: plan.width as i32, height: plan.height as i32, weight, first, gate, portrait }
    }

    fn last(&self) -> &Frame {
        &self.watch.soft[self.watch.soft.len() - 1]
    }

    /// Share of a disc that lies where a target stood at the start.
    pub(crate) fn vacated_share(&self, center: [f32; 2], radius: f32) -> f32 {
        let inside = INSIDE.iter().filter(|o| {
            let (x, y) = ((center[0] + o[0] * radius).floor() as i32, (center[1] + o[1] * radius).floor() as i32);
            x >= 0 && y >= 0 && x < self.width && y < self.height && self.watch.vacated[(y * self.width + x) as usize]
        });
        inside.count() as f32 / INSIDE.len() as f32
    }

    /// What a pixel says for a ball by itself.
    fn own(&self, frame: usize, at: usize) -> f32 {
        let own = self.weight[usize::from(self.watch.marks[frame][at])];
        let looks_as_in = |other: &Frame| difference(self.pixel(frame, at), &other.rgb[at * 3..at * 3 + 3]) < CHANGE;
        if self.gate[at] && looks_as_in(self.first) {
            0.0
        } else if own <= VACATED_WEIGHT || own == 1.0 || !self.watch.vacated[at] {
            own
        } else if looks_as_in(self.last()) {
            VACATED_WEIGHT
        } else {
            own.min(SHADED_VACATED_WEIGHT)
        }
    }

    fn pixel(&self, frame: usize, at: usize) -> &[u8] {
        &self.watch.soft[frame].rgb[at * 3..at * 3 + 3]
    }

    /// What a pixel says for a point of the ball being there.
    fn evidence(&self, frame: usize, at: usize) -> f32 {
        let own = self.own(frame, at);
        if own == 0.0 || own == 1.0 {
            return own;
        }
        let pixel = self.pixel(frame, at);
        let Some(off) = self.portrait.iter().map(|color| difference(pixel, color)).min() else { return own };
        let off = off as f32;
        own + (1.0 - own) * ((ALIKE.1 - off) / (ALIKE.1 - ALIKE.0)).clamp(0.0, 1.0)
    }

    /// Mean chroma of the upper part of a disc (the lower one is in shade and mirrors the ground): red against green, yellow against blue.
    pub(crate) fn chroma(&self, frame: &Frame, center: [f32; 2], radius: f32) -> Option<[f32; 2]> {
        let mut sum = [0_u32; 3];
        for offset in INSIDE.iter().filter(|o| o[1] < 0.3) {
            let (x, y) = ((center[0] + offset[0] * radius).floor() as i32, (center[1] + offset[1] * radius).floor() as i32);
            if x >= 0 && y >= 0 && x < self.width && y < self.height {
                let at = (y * self.width + x) as usize * 3;
                (0..3).for_each(|c| sum[c] += u32::from(frame.rgb[at + c]));
            }
        }
        let [r, g, b] = sum.map(|v| v as f32);
        let light = (r + g + b) / 3.0;
        (light > 0.0).then(|| [(r - g) / light * 0.707, (r + g - 2.0 * b) / light * 0.408])
    }

    /// Mean evidence inside the disc, and the disc's score: that less what lies around it. What another thing hides, by the map (if there
    /// is one: of the ball's label and every other's), says nothing.
    fn disc(&self, frame: usize, center: [f32; 2], radius: f32, map: Option<(u8, &[u8])>) -> (f32, f32) {
        let pixel = |offset: &[f32; 2]| {
            let (x, y) = ((center[0] + offset[0] * radius).floor() as i32, (center[1] + offset[1] * radius).floor() as i32);
            let at = (x >= 0 && y >= 0 && x < self.width && y < self.height).then(|| (y * self.width + x) as usize)?;
            map.is_none_or(|(ball, map)| map[at] == ball || map[at] == BACKGROUND).then_some(at)
        };
        let (mut inside, mut count) = (0.0_f32, 0.0_f32);
        for at in INSIDE.iter().filter_map(pixel) {
            let own = self.evidence(frame, at);
            // Where the map knows of no target, a target's hue is its reflection.
            inside +=
                if map.is_some() && own == 0.0 && self.watch.marks[frame][at] & CHANGED != 0 { CHANGED_WEIGHT } else { own };
            count += 1.0;
        }
        let inside = inside / count.max(1.0);
        let (mut around, mut count) = (0.0_f32, 0.0_f32);
        for at in AROUND.iter().filter_map(pixel) {
            around += self.own(frame, at);
            count += 1.0;
        }
        let score = inside - RING_WEIGHT * around / count.max(1.0);
        if map.is_none() {
            return (inside, score);
        }
        let (mut rim, mut count) = (0.0_f32, 0.0_f32);
        for direction in RIM.iter() {
            let at = |reach: f32| pixel(&[direction[0] * reach, direction[1] * reach]);
            if let (Some(within), Some(beyond)) = (at(1.0 - RIM_REACH / radius), at(1.0 + RIM_REACH / radius)) {
                let step = difference(self.pixel(frame, within), self.pixel(frame, beyond)) as f32;
                rim += (step / RIM_STEP).min(1.0);
                count += 1.0;
            }
        }
        (inside, score + RIM_WEIGHT * rim / count.max(1.0))
    }

    /// The best place on the path.
    pub(crate) fn on_path(&self, frame: usize, path: &Path) -> Sighting {
        self.on_path_where(frame, path, &|_| true)
    }

    /// The best of the places on the path that `fits` takes.
    pub(crate) fn on_path_where(&self, frame: usize, path: &Path, fits: &dyn Fn([f32; 2]) -> bool) -> Sighting {
        let mut best = (f32::NEG_INFINITY, Sighting { along: 0.0, strength: 0.0 });
        for (i, &(center, radius)) in path.points.iter().enumerate().filter(|(_, p)| fits(p.0)) {
            let (strength, score) = self.disc(frame, center, radius, None);
            if score > best.0 {
                best = (score, Sighting { along: i as f32, strength });
            }
        }
        best.1
    }

    /// The best place within `reach` of a point: centre and strength. `map`: as for [`Self::disc`], where the moment is known.
    pub(crate) fn near(
        &self,
        frame: usize,
        around: [f32; 2],
        radius: f32,
        reach: f32,
        map: Option<(u8, &[u8])>,
    ) -> ([f32; 2], f32) {
        let mut best = (f32::NEG_INFINITY, around, 0.0);
        let mut middle = around;
        let pull = if map.is_some() { KNOWN_PULL } else { PULL };
        for (step, span) in [(2.0_f32, reach), (0.5, 1.5)] {
            let steps = (span / step) as i32;
            let from = middle;
            for dy in -steps..=steps {
                for dx in -steps..=steps {
                    let (ox, oy) = (dx as f32 * step, dy as f32 * step);
                    if ox * ox + oy * oy > span * span * 2.0 {
                        continue;
                    }
                    let center = [from[0] + ox, from[1] + oy];
                    let (strength, score) = self.disc(frame, center, radius, map);
                    // Where the evidence is flat, the expected place is as good as any.
                    let score = score - pull * distance(center, around);
                    if score > best.0 {
                        best = (score, center, strength);
                        middle = center;
                    }
                }
            }
        }
        (best.1, best.2)
    }

    /// Least strength that counts as seen, from the strengths on the way.
    pub(crate) fn threshold(sightings: &[Sighting]) -> f32 {
        let mut strengths: Vec<f32> = sightings.iter().map(|s| s.strength).collect();
        strengths.sort_by(f32::total_cmp);
        let typical = strengths.get(strengths.len() * 3 / 4).copied().unwrap_or(0.0);
        (typical * 0.5).max(FAINTEST)
    }
}

/// The colours that most of `points` show, the commonest first.
fn colors(mut points: Vec<[u8; 3]>) -> Vec<[u8; 3]> {
    let least = (GLINT * points.len() as f32).max(3.0);
    let mut found = Vec::new();
    loop {
        let like = |a: &[u8; 3]| points.iter().filter(|b| difference(a, *b) < ONE_COLOR).count();
        // Of equals the first, so that the verdict depends on nothing else.
        let Some(center) = points.iter().copied().rev().max_by_key(like).filter(|c| like(c) as f32 >= least) else {
            return found;
        };
        let group: Vec<[u8; 3]> = points.iter().copied().filter(|b| difference(&center, b) < ONE_COLOR).collect();
        found.push([0, 1, 2].map(|c| (group.iter().map(|p| u32::from(p[c])).sum::<u32>() / group.len() as u32) as u8));
        points.retain(|b| difference(&center, b) >= ONE_COLOR);
    }
}

/// Sample points of the unit disc, and of the ring around it.
static INSIDE: [[f32; 2]; 69] = lattice::<69>(0.0, 0.86, 0.18);
static AROUND: [[f32; 2]; 76] = lattice::<76>(1.15, 1.5, 0.2);

/// Directions around the disc, as sample points of the unit circle.
static RIM: LazyLock<[[f32; 2]; 48]> = LazyLock::new(|| {
    std::array::from_fn(|i| {
        let angle = i as f32 / 48.0 * std::f32::consts::TAU;
        [libm::cosf(angle), libm::sinf(angle)]
    })
});

/// The lattice points of a pitch whose distance from the centre lies in a range. `N` must be their number.
const fn lattice<const N: usize>(inner: f32, outer: f32, pitch: f32) -> [[f32; 2]; N] {
    let mut out = [[0.0; 2]; N];
    let mut count = 0;
    let mut i = -9;
    while i <= 9 {
        let mut j = -9;
        while j <= 9 {
            let (x, y) = (i as f32 * pitch, j as f32 * pitch);
            let square = x * x + y * y;
            if square >= inner * inner && square <= outer * outer {
                out[count] = [x, y];
                count += 1;
            }
            j += 1;
        }
        i += 1;
    }
    assert!(count == N);
    out
}

pub(crate) fn distance(a: [f32; 2], b: [f32; 2]) -> f32 {
    let (dx, dy) = (a[0] - b[0], a[1] - b[1]);
    (dx * dx + dy * dy).sqrt()
}

pub(crate) fn mix2(a: [f32; 2], b: [f32; 2], part: f32) -> [f32; 2] {
    [a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part]
}

/// Linear interpolation, held beyond the ends.
pub(crate) fn interpolate(values: &[f32], at: f32) -> f32 {
    let last = values.len() - 1;
    let at = at.clamp(0.0, last as f32);
    let low = at as usize;
    let high = (low + 1).min(last);
    values[low] + (values[high] - values[low]) * (at - low as f32)
}
