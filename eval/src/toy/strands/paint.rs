//! A raster of tubes with a depth buffer.

use crate::Frame;

use super::Tube;

/// Samples a pixel and axis.
const S: usize = 2;
/// Linear lightness of tube and ground, and chroma of the tube.
const LIGHT: f32 = 0.26;
const GROUND: f32 = 0.55;
const CHROMA: f32 = 0.95;

/// How tubes are drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Painting {
    /// Pixels of the picture, a side.
    pub size: usize,
    /// Width of a tube, pixels.
    pub width: f32,
    /// Light on the flanks, in parts of what falls there.
    pub flank: f32,
    /// Strength of highlights.
    pub shine: f32,
}

impl Painting {
    /// As the task has it in a panel so wide.
    #[must_use]
    pub fn new(size: usize) -> Self {
        Self { size, width: size as f32 * 0.05, flank: 0.3, shine: 0.15 }
    }
}

/// What is nearest at a sample.
#[derive(Clone, Copy)]
struct Hit {
    depth: f32,
    at: f32,
    tube: u8,
    normal: [f32; 2],
}

/// The picture in linear light, row by row, and the number of the tube that each pixel shows, from 1 on.
#[must_use]
pub fn paint(tubes: &[Tube], painting: &Painting) -> (Vec<[f32; 3]>, Vec<u8>) {
    let side = painting.size * S;
    let hits = hits(tubes, painting, side);
    let mut linear = vec![[0.0; 3]; painting.size * painting.size];
    let mut ids = vec![0; painting.size * painting.size];
    let reach = 2 * S;
    for y in 0..side {
        for x in 0..side {
            let at = y * side + x;
            let color = match hits[at] {
                Some(hit) => {
                    let beside = |dx: isize, dy: isize| {
                        let (px, py) = (x as isize + dx, y as isize + dy);
                        let inside = px >= 0 && py >= 0 && (px as usize) < side && (py as usize) < side;
                        inside.then(|| hits[py as usize * side + px as usize]).flatten().map_or(f32::NEG_INFINITY, |h| h.depth)
                    };
                    let r = reach as isize;
                    let nearer = [(r, 0), (-r, 0), (0, r), (0, -r)]
                        .map(|(dx, dy)| beside(dx, dy))
                        .into_iter()
                        .fold(f32::NEG_INFINITY, f32::max);
                    let shade = if nearer > hit.depth + 0.5 * painting.width { 0.55 } else { 1.0 };
                    shaded(hit, &tubes[usize::from(hit.tube)], painting).map(|c| c * shade)
                }
                None => {
                    let (dx, dy) = (3 * S, 4 * S);
                    let shadow = x >= dx && y >= dy && hits[(y - dy) * side + x - dx].is_some();
                    [GROUND * if shadow { 0.6 } else { 1.0 }; 3]
                }
            };
            let pixel = (y / S) * painting.size + x / S;
            (0..3).for_each(|c| linear[pixel][c] += color[c] / (S * S) as f32);
            if x % S == S / 2 && y % S == S / 2 {
                ids[pixel] = hits[at].map_or(0, |hit| hit.tube + 1);
            }
        }
    }
    (linear, ids)
}

fn hits(tubes: &[Tube], painting: &Painting, side: usize) -> Vec<Option<Hit>> {
    let mut hits: Vec<Option<Hit>> = vec![None; side * side];
    let radius = 0.5 * painting.width * S as f32;
    for (number, tube) in tubes.iter().enumerate() {
        let n = tube.points.len();
        for i in 0..n {
            let (a, b) = (tube.points[i], tube.points[(i + 1) % n]);
            let way = ((b[0] - a[0]) * (b[0] - a[0]) + (b[1] - a[1]) * (b[1] - a[1])).sqrt() * S as f32;
            let steps = (way / 0.7).ceil().max(1.0) as usize;
            for step in 0..steps {
                let part = step as f32 / steps as f32;
                let at = (i as f32 + part) / n as f32;
                if tube.open.iter().any(|[from, to]| (*from..*to).contains(&at) || (*from..*to).contains(&(at + 1.0))) {
                    continue;
                }
                let [x, y, z] = [0, 1, 2].map(|c| (a[c] + part * (b[c] - a[c])) * S as f32);
                let low = |v: f32| (v - radius).max(0.0) as usize;
                let high = |v: f32| ((v + radius + 1.0).max(0.0) as usize).min(side);
                for py in low(y)..high(y) {
                    for px in low(x)..high(x) {
                        let (dx, dy) = (px as f32 + 0.5 - x, py as f32 + 0.5 - y);
                        let rest = radius * radius - dx * dx - dy * dy;
                        if rest <= 0.0 {
                            continue;
                        }
                        let depth = (z + rest.sqrt()) / S as f32;
                        let hit = &mut hits[py * side + px];
                        if hit.is_none_or(|known| known.depth < depth) {
                            *hit = Some(Hit { depth, at, tube: number as u8, normal: [dx / radius, dy / radius] });
                        }
                    }
                }
            }
        }
    }
    hits
}

fn shaded(hit: Hit, tube: &Tube, painting: &Painting) -> [f32; 3] {
    let [nx, ny] = hit.normal;
    let out = (nx * nx + ny * ny).min(1.0);
    let nz = (1.0 - out).sqrt();
    let lit = 0.35 + 0.65 * (-0.4 * nx - 0.5 * ny + 0.77 * nz).max(0.0);
    let flank = if out > 0.56 { painting.flank } else { 1.0 };
    let half = (-0.21 * nx - 0.27 * ny + 0.94 * nz).max(0.0);
    let shine = painting.shine * libm::powf(half, 60.0);
    let hue = (tube.hue[0] + hit.at * tube.hue[1]).to_radians();
    hued(hue, CHROMA).map(|c| LIGHT * c * lit * flank + shine)
}

/// The colour of mean 1 that has a hue, radians, and a chroma: [`crate::hue`] turned around.
fn hued(hue: f32, chroma: f32) -> [f32; 3] {
    let (v, u) = libm::sincosf(hue);
    let (u, v) = (chroma * u * std::f32::consts::FRAC_1_SQRT_2, chroma * v * 0.408_248_3);
    [1.0 + v + u, 1.0 + v - u, 1.0 - 2.0 * v]
}

/// Display values of a picture in linear light.
pub(super) fn encode(linear: [f32; 3]) -> [f32; 3] {
    linear.map(|v| {
        let v = v.clamp(0.0, 1.0);
        255.0 * if v <= 0.003_130_8 { 12.92 * v } else { 1.055 * libm::powf(v, 1.0 / 2.4) - 0.055 }
    })
}

/// As an 8-bit picture.
#[must_use]
pub(super) fn frame(values: &[[f32; 3]], width: usize) -> Frame {
    let rgb = values.iter().flat_map(|p| p.map(|v| (v + 0.5).clamp(0.0, 255.0) as u8)).collect();
    Frame { width: width as u32, height: (values.len() / width.max(1)) as u32, rgb }
}
