//! Where a candidate shows the beam, frame by frame, and how bright the detectors' caps are.

use crate::analysis::Analysis;
use crate::analysis::palette::linear_table;
use crate::hue::chroma;
use crate::mask::{core_of, dilate};
use crate::{Frame, Truth};

use super::truth::BeamTruth;

/// How far beside its line the beam may lie, and how far beside it what is seen is another one, widths of the beam; and the least of both, pixels.
const ON: (f32, f32) = (0.5, 1.8);
const OFF: (f32, f32) = (1.5, 5.0);
/// Half of the opening of the cone about the beam's hue, as a tangent.
const CONE: f32 = 0.6;
/// Least chroma and linear lightness of the beam, and by how much it is lighter than what was there.
const LEAST_CHROMA: f32 = 0.32;
const LEAST_LIGHT: f32 = 0.10;
const LIGHTER: f32 = 0.04;
/// A stray pixel has at least this part of the lightness of the beam itself.
const AS_BRIGHT: f32 = 0.55;
/// Pixels about mirrors, glass and caps in which beams are images, or lamps.
const ABOUT: usize = 3;
/// A cap is no darker than this, and no lighter than to leave this way to white, linear.
const DARKEST: f32 = 0.002;
const LEAST_WAY: f32 = 0.1;
/// From place to place along the line, pixels.
const STEP: f32 = 1.0;

/// A place of the line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    /// Number of its leg.
    pub(super) leg: usize,
    /// How far along the beam, metres.
    pub(super) along: f32,
}

/// What is seen of beam and lamps.
pub(super) struct Glow {
    /// Places of the line in the order of the beam.
    pub(super) spots: Vec<Spot>,
    /// Whether each shows the beam, frame by frame.
    pub(super) lit: Vec<Vec<bool>>,
    /// How much of a beam shines where none is, by frame: its length, widths.
    pub(super) stray: Vec<f32>,
    /// How many times as light as in the first frame each cap is, by frame, as [`times`] has it.
    pub(super) caps: Vec<Vec<f32>>,
}

/// What tells the beam from what was there.
struct Beam<'a> {
    linear: [f32; 256],
    hue: [f32; 2],
    first: &'a Frame,
}

impl Beam<'_> {
    fn light(&self, frame: &Frame, at: usize) -> f32 {
        (0..3).map(|c| self.linear[usize::from(frame.rgb[3 * at + c])]).sum::<f32>() / 3.0
    }

    /// The lightness of a pixel that shows it; none if it does not.
    fn shows(&self, frame: &Frame, at: usize) -> Option<f32> {
        let rgb = [0, 1, 2].map(|c| self.linear[usize::from(frame.rgb[3 * at + c])]);
        let ([u, v], light) = chroma(rgb);
        let (along, aside) = (u * self.hue[0] + v * self.hue[1], (v * self.hue[0] - u * self.hue[1]).abs());
        let is_hued = along > LEAST_CHROMA && aside < CONE * along;
        (is_hued && light > LEAST_LIGHT && light > self.light(self.first, at) + LIGHTER).then_some(light)
    }
}

impl Glow {
    pub(super) fn new(truth: &Truth, task: &BeamTruth, seen: &Analysis<'_>) -> Self {
        let (maps, footage) = (&seen.maps, seen.footage);
        let (width, height) = (maps.width, maps.height);
        let wide = task.width * maps.scale[0];
        let places = places(task, maps.scale);
        let near = |reach: f32, paint: &mut dyn FnMut(usize, usize)| {
            for (spot, (_, [x, y])) in places.iter().enumerate() {
                let rows = (y - reach).max(0.0) as usize..((y + reach + 1.0).max(0.0) as usize).min(height);
                for row in rows {
                    let columns = (x - reach).max(0.0) as usize..((x + reach + 1.0).max(0.0) as usize).min(width);
                    for column in columns {
                        let [dx, dy] = [column as f32 + 0.5 - x, row as f32 + 0.5 - y];
                        if dx * dx + dy * dy <= reach * reach {
                            paint(spot, row * width + column);
                        }
                    }
                }
            }
        };
        let mut on: Vec<Vec<u32>> = vec![Vec::new(); places.len()];
        near((ON.0 * wide).max(ON.1), &mut |spot, at| on[spot].push(at as u32));
        // Elsewhere nothing may shine like it, but for images in mirrors and glass, and lamps.
        let caps = &seen.wanted.targets;
        let mut free = seen.free.clone();
        free.iter_mut().zip(maps.map(0)).for_each(|(free, label)| *free |= maps.is_any(*label, caps));
        dilate(&mut free, width, ABOUT);
        near((OFF.0 * wide).max(OFF.1), &mut |_, at| free[at] = true);
        let watched: Vec<usize> =
            (0..width * height).filter(|&at| !free[at] && (at / width + at % width).is_multiple_of(2)).collect();

        let linear = linear_table();
        let declared = task.color.map(|c| linear[usize::from(c)]);
        let ([u, v], _) = chroma(declared);
        let length = (u * u + v * v).sqrt().max(1e-3);
        let beam = Beam { linear, hue: [u / length, v / length], first: &footage.first_frame };
        let cores: Vec<Vec<usize>> = caps.iter().map(|&cap| core_of(maps.map(0), width, maps.things[cap].label)).collect();
        // By its own colour: what falls on it from the beam has another.
        let own: Vec<[f32; 3]> = caps.iter().map(|&cap| truth.objects[cap].color.map(|c| beam.linear[usize::from(c)])).collect();
        let lightness = |frame: &Frame, cap: usize| {
            let along = |at: usize| (0..3).map(|c| own[cap][c] * beam.linear[usize::from(frame.rgb[3 * at + c])]).sum::<f32>();
            let all = own[cap].iter().sum::<f32>() * cores[cap].len() as f32;
            cores[cap].iter().map(|&at| along(at)).sum::<f32>() / all.max(1e-3)
        };
        let before: Vec<f32> = (0..cores.len()).map(|cap| lightness(&footage.first_frame, cap)).collect();
        let square = (wide * wide).max(1.0);
        let mut it = Self {
            spots: places.iter().map(|(spot, _)| *spot).collect(),
            lit: Vec::with_capacity(footage.frames.len()),
            stray: Vec::with_capacity(footage.frames.len()),
            caps: Vec::with_capacity(footage.frames.len()),
        };
        for frame in &footage.frames {
            let brightest =
                |pixels: &Vec<u32>| pixels.iter().filter_map(|&at| beam.shows(frame, at as usize)).fold(0.0, f32::max);
            let lights: Vec<f32> = on.iter().map(brightest).collect();
            let mut lit: Vec<f32> = lights.iter().copied().filter(|light| *light > 0.0).collect();
            lit.sort_by(f32::total_cmp);
            let least = AS_BRIGHT * lit.get(lit.len() / 2).copied().unwrap_or(0.25);
            let stray = watched.iter().filter(|&&at| beam.shows(frame, at).is_some_and(|light| light > least)).count();
            it.stray.push(2.0 * stray as f32 / square);
            it.lit.push(lights.into_iter().map(|light| light > 0.0).collect());
            it.caps.push((0..cores.len()).map(|cap| times(before[cap], lightness(frame, cap))).collect());
        }
        it
    }
}

/// How many times as light a cap is now, of 1 at most. What is light already can become little lighter: of that the part of the way to white counts as if it were added.
fn times(before: f32, now: f32) -> f32 {
    (now / before.max(DARKEST)).max(1.0 + (now - before) / (1.0 - before).max(LEAST_WAY))
}

/// Places along the line, a step apart, pixels of the maps.
fn places(task: &BeamTruth, scale: [f32; 2]) -> Vec<(Spot, [f32; 2])> {
    let mut places = Vec::new();
    for (leg, it) in task.legs.iter().enumerate() {
        for run in &it.runs {
            for pair in run.windows(2) {
                let [[x0, y0, s0], [x1, y1, s1]] = [pair[0], pair[1]];
                let (from, to) = ([x0 * scale[0], y0 * scale[1]], [x1 * scale[0], y1 * scale[1]]);
                let length = crate::analysis::disc::distance(from, to);
                let count = (length / STEP).ceil().max(1.0);
                for k in 0..count as usize {
                    let t = (k as f32 + 0.5) / count;
                    let at = [from[0] + t * (to[0] - from[0]), from[1] + t * (to[1] - from[1])];
                    places.push((Spot { leg, along: s0 + t * (s1 - s0) }, at));
                }
            }
        }
    }
    places.sort_by(|a, b| a.0.along.total_cmp(&b.0.along));
    places
}

#[cfg(test)]
mod tests {
    use super::times;

    #[test]
    fn a_light_cap_lights_up_too() {
        assert!(times(0.72, 0.98) > 1.6, "a yellow cap in the sun");
        assert!(times(0.8, 0.85) < 1.3 && times(0.95, 0.97) < 1.3, "a little lighter is not lit");
        assert!((times(0.2, 0.32) - 1.6).abs() < 1e-5 && times(0.5, 0.5) == 1.0 && times(0.9, 0.7) < 1.0);
    }
}
