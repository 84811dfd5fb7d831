//! For evaluators of one's own: the few rules that most of them need.

use crate::{Cap, ClipTruth, Criterion, Frame, Gate, ObjectTruth, Silhouette, Surface, TRUTH_VERSION, Truth};

/// 1 up to the tolerance, 0 from three times it on, linear between; 0 where nothing was measured.
fn credit(measured: Option<f64>, tolerance: f64) -> f64 {
    measured.map_or(0.0, |m| ((3.0 * tolerance - m) / (2.0 * tolerance)).clamp(0.0, 1.0))
}

fn say(measured: Option<f64>, tolerance: f64, unit: &str) -> String {
    match measured {
        Some(m) => format!("{m:.3} {unit} off; {tolerance} {unit} is allowed, and three times that is worth nothing"),
        None => "not seen".to_owned(),
    }
}

impl Criterion {
    /// All points for an error up to `tolerance`, none from three times that on or where nothing was seen, linear between.
    #[must_use]
    pub fn graded(name: &'static str, max_points: u32, measured: Option<f64>, tolerance: f64, unit: &'static str) -> Self {
        let points = (credit(measured, tolerance) * f64::from(max_points)).round() as u32;
        Self { name, points, max_points, measured, tolerance, unit, reason: say(measured, tolerance, unit) }
    }
}

impl Gate {
    /// Keeps everything for an error up to `tolerance`, nothing from three times that on or where nothing was seen.
    #[must_use]
    pub fn graded(name: &'static str, measured: Option<f64>, tolerance: f64, unit: &'static str) -> Self {
        let keeps = (credit(measured, tolerance) * 1000.0).round() as u32;
        Self { name, keeps, measured, tolerance, unit, reason: say(measured, tolerance, unit) }
    }
}

impl Cap {
    /// An upper bound where something holds; none where it does not.
    #[must_use]
    pub fn when(holds: bool, points: u32, reason: &str) -> Option<Self> {
        holds.then(|| Self { points, reason: reason.to_owned() })
    }
}

impl Truth {
    /// The truth of a clip with these objects, and nothing that only its evaluator understands.
    #[must_use]
    pub fn new(domain: impl Into<String>, clip: ClipTruth, objects: Vec<ObjectTruth>) -> Self {
        Self { version: TRUTH_VERSION, domain: domain.into(), clip, objects, task: serde_json::Value::Null }
    }
}

impl ObjectTruth {
    /// A key object that shows its own colour (`0xRRGGBB`).
    #[must_use]
    pub fn opaque(name: impl Into<String>, id: u16, role: impl Into<String>, color: u32, track: Vec<Silhouette>) -> Self {
        let [_, r, g, b] = color.to_be_bytes();
        Self { name: name.into(), id, role: role.into(), key: true, surface: Surface::Opaque, color: [r, g, b], track }
    }
}

/// The middle of what has a saturated colour's hue, in pixels, with the number of those pixels; absent where there are fewer than
/// `least`. Light and shade change a surface's brightness more than its hue, so brightness does not count.
#[must_use]
pub fn find_color(frame: &Frame, color: [u8; 3], least: f64) -> Option<([f64; 2], f64)> {
    // What is left of a colour without its grey part points in the direction of its hue.
    let chroma = |c: [u8; 3]| {
        let c = c.map(f64::from);
        let mean = (c[0] + c[1] + c[2]) / 3.0;
        let rest = c.map(|v| v - mean);
        let length = rest.iter().map(|v| v * v).sum::<f64>().sqrt();
        (rest, length, c[0].max(c[1]).max(c[2]))
    };
    let (wanted, norm, brightest) = chroma(color);
    let (mut sum, mut count) = ([0.0; 2], 0.0);
    for (i, pixel) in frame.rgb.as_chunks::<3>().0.iter().enumerate() {
        let (rest, length, bright) = chroma(*pixel);
        let along: f64 = rest.iter().zip(&wanted).map(|(a, b)| a * b).sum();
        // Within about 25 degrees of hue, and at least half as saturated.
        if bright > 16.0 && along > 0.9 * length * norm && length / bright > 0.5 * norm / brightest {
            sum[0] += f64::from(i as u32 % frame.width) + 0.5;
            sum[1] += f64::from(i as u32 / frame.width) + 0.5;
            count += 1.0;
        }
    }
    (count >= least.max(1.0)).then(|| (sum.map(|s| s / count), count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_saturate_and_fall_linearly() {
        let points = |m| Criterion::graded("c", 400, m, 0.02, "widths").points;
        let got: Vec<u32> = [Some(0.0), Some(0.02), Some(0.03), Some(0.04), Some(0.06), Some(9.0), Some(f64::INFINITY), None]
            .map(points)
            .to_vec();
        assert_eq!(got, [400, 400, 300, 200, 0, 0, 0, 0]);
        assert_eq!(Criterion::graded("c", 400, Some(f64::NAN), 0.02, "widths").points, 0, "NaN earns nothing");
        assert_eq!(Gate::graded("g", Some(0.04), 0.02, "widths").keeps, 500);
    }

    #[test]
    fn a_coloured_thing_is_found_in_light_and_shade_and_grey_is_not() {
        let (width, height) = (40u32, 30u32);
        let mut rgb = vec![200u8; (width * height * 3) as usize];
        for y in 10..20 {
            for x in 20..30 {
                let shade = if x < 25 { 1.0 } else { 0.4 };
                let pixel = [208.0, 52.0, 44.0].map(|v: f64| (v * shade) as u8);
                rgb[3 * (y * width as usize + x)..][..3].copy_from_slice(&pixel);
            }
        }
        let frame = Frame { width, height, rgb };
        assert_eq!(find_color(&frame, [208, 52, 44], 20.0), Some(([25.0, 15.0], 100.0)));
        assert_eq!(find_color(&frame, [208, 52, 44], 101.0), None, "too few");
        assert_eq!(find_color(&frame, [40, 90, 210], 1.0), None, "no blue in it");
    }
}
