//! For evaluators of one's own: the few rules that most of them need.

use crate::{Cap, ClipTruth, Criterion, Footage, Frame, Gate, ObjectTruth, Silhouette, Surface, TRUTH_VERSION, Truth};

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

/// Where one object is seen in a candidate, and where it should be. Lengths are in widths of the picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Follow {
    /// Where the truth has it, one entry per frame of the candidate.
    pub due: Vec<[f64; 2]>,
    /// Where its colour is found; absent where too little of it is.
    pub seen: Vec<Option<[f64; 2]>>,
}

/// What an error is taken to be where the object is not seen, widths.
const UNSEEN: f64 = 1.0;

fn distance(a: [f64; 2], b: [f64; 2]) -> f64 {
    ((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1])).sqrt()
}

impl Follow {
    /// Follows the object `name` of the truth by its declared colour ([`find_color`]): there must be at least 0.3 of the pixels that
    /// are due. The candidate may be longer or shorter; what counts is the part of the whole that has passed.
    ///
    /// # Errors
    /// A sentence where the truth has no such object, or there are no frames.
    pub fn by_color(truth: &Truth, footage: &Footage, name: &str) -> Result<Self, String> {
        let object = truth.object(name).ok_or_else(|| format!("the truth has no object `{name}`"))?;
        let last = footage.frames.len().checked_sub(1).ok_or("the candidate has no frames")?.max(1);
        let width = f64::from(footage.first_frame.width);
        let scale = width / f64::from(truth.clip.width);
        let mut follow = Self::default();
        for (i, frame) in footage.frames.iter().enumerate() {
            // To the nearest frame of the truth.
            let frame_due = (2 * i * (truth.clip.frames as usize - 1) + last) / (2 * last);
            let due = object.at(frame_due as u32).ok_or_else(|| format!("the truth of `{name}` has no track"))?;
            let found = find_color(frame, object.color, 0.3 * f64::from(due.visible_px) * scale * scale);
            follow.due.push(due.center.map(|v| f64::from(v) / f64::from(truth.clip.width)));
            follow.seen.push(found.map(|(at, _)| at.map(|v| v / width)));
        }
        Ok(follow)
    }

    fn error(&self, frame: usize) -> Option<f64> {
        Some(distance(self.seen.get(frame).copied()??, *self.due.get(frame)?))
    }

    /// How far from its place it begins; absent where it is not seen.
    #[must_use]
    pub fn first_error(&self) -> Option<f64> {
        self.error(0)
    }

    /// How far from its place it ends; absent where it is not seen.
    #[must_use]
    pub fn last_error(&self) -> Option<f64> {
        self.error(self.due.len().checked_sub(1)?)
    }

    /// Mean over all frames, one width for each in which it is not seen; absent where it never is.
    #[must_use]
    pub fn mean_error(&self) -> Option<f64> {
        let errors: Vec<Option<f64>> = (0..self.due.len()).map(|i| self.error(i)).collect();
        errors.iter().flatten().next()?;
        Some(errors.iter().map(|e| e.unwrap_or(UNSEEN)).sum::<f64>() / errors.len() as f64)
    }

    /// How far it moves from where it begins, as a part of how far it should; 1 where it should not.
    #[must_use]
    pub fn moved(&self) -> f64 {
        fn reach(places: impl Iterator<Item = [f64; 2]> + Clone) -> f64 {
            let first = places.clone().next().unwrap_or_default();
            places.map(|p| distance(first, p)).fold(0.0, f64::max)
        }
        let due = reach(self.due.iter().copied());
        if due > 0.0 { reach(self.seen.iter().flatten().copied()) / due } else { 1.0 }
    }
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

    #[test]
    fn an_object_is_followed_whatever_the_length_and_size_of_the_candidate() {
        const COLOR: u32 = 0xd0342c;
        let clip = ClipTruth { width: 80, height: 50, fps: 10, frames: 11 };
        let track = (0..11u32).map(|frame| {
            let center = [20.0 + 4.0 * frame as f32, 25.0];
            Silhouette { frame, center, depth: 1.0, outline: Vec::new(), visible_px: 64.0 }
        });
        let truth = Truth::new("d", clip, vec![ObjectTruth::opaque("block", 1, "block", COLOR, track.collect())]);
        truth.check().expect("a good truth");
        // A square of half the truth's size in a picture of half its size.
        let paint = |x: f64| {
            let mut rgb = vec![180u8; 40 * 25 * 3];
            for (i, pixel) in rgb.as_chunks_mut::<3>().0.iter_mut().enumerate() {
                let (px, py) = ((i % 40) as f64 + 0.5, (i / 40) as f64 + 0.5);
                if (px - x).abs() < 2.0 && (py - 12.5).abs() < 2.0 {
                    *pixel = [208, 52, 44];
                }
            }
            Frame { width: 40, height: 25, rgb }
        };
        let follow = |frames: Vec<Frame>| {
            let footage = Footage { first_frame: paint(10.0), frames, seen: vec![true; 1000], seconds_per_frame: 0.1 };
            Follow::by_color(&truth, &footage, "block").expect("it is in the truth")
        };
        let right = follow((0..21).map(|i| paint(10.0 + f64::from(i))).collect());
        assert!(right.mean_error().is_some_and(|e| e < 0.02) && right.last_error().is_some_and(|e| e < 0.01), "{right:?}");
        assert!((right.moved() - 1.0).abs() < 0.1);
        let frozen = follow(vec![paint(10.0); 11]);
        assert!(frozen.first_error().is_some_and(|e| e < 0.01) && frozen.last_error().is_some_and(|e| (e - 0.5).abs() < 0.02));
        assert_eq!(frozen.moved(), 0.0);
        let gone = follow((0..11).map(|i| paint(if i < 5 { 10.0 + 2.0 * f64::from(i) } else { 900.0 })).collect());
        assert!(gone.last_error().is_none() && gone.mean_error().is_some_and(|e| e > 0.5));
        let never = follow(vec![paint(900.0)]);
        assert!(never.mean_error().is_none() && never.first_error().is_none());
        let empty = Footage { first_frame: paint(0.0), frames: Vec::new(), seen: Vec::new(), seconds_per_frame: 0.1 };
        assert!(Follow::by_color(&truth, &empty, "block").is_err() && Follow::by_color(&truth, &empty, "ball").is_err());
    }
}
