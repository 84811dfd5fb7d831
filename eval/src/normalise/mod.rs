//! Undoing what players, trainers and encoders do to a picture: letterbox, crop, stretch, scale, tone, found on the first frame; and what
//! shakes, found on each.

mod exposure;
mod fit;
pub(crate) mod points;
mod pose;
mod register;
mod signal;
mod tone;

use std::sync::Arc;

use self::exposure::{Exposure, Undoing};
use self::fit::hypotheses;
use self::register::Reference;
use self::tone::Tone;

use crate::picture::{Rect, Resampler, is_dark, rotated, soften};
use crate::{Drift, EvalError, Frame, MAX_WANT_SIDE};

/// How the candidate's picture sits on the sample's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fit {
    /// The whole picture, scaled, its aspect changed where it differs.
    Stretched,
    /// The whole picture with bars around it.
    Padded,
    /// The middle of the picture.
    Cropped,
}

/// Width of the pictures by which fits are compared.
const THUMB: u32 = 120;
/// Another fit must be better than plain stretching by this factor.
const CLEARLY_BETTER: f32 = 0.9;

/// Brings frames of a candidate to the size, place and tone of the sample's first frame.
pub struct Normaliser {
    /// `first_frame.png` at the size of analysis.
    pub first_frame: Frame,
    /// Which pixels the candidate shows (a crop cuts some away).
    pub seen: Arc<[bool]>,
    /// How the candidate's picture sits on the sample's.
    pub fit: Fit,
    source: (u32, u32),
    /// Size of `first_frame.png` itself.
    whole: (u32, u32),
    /// The part of the candidate's picture that lies on the sample's.
    rect: Rect,
    resampler: Resampler,
    tone: Tone,
    /// What each frame is laid over; absent if nothing stands still.
    reference: Option<Reference>,
    /// How bright each frame is; absent if nothing stands still.
    exposure: Option<Exposure>,
    /// How the first frame lies, part of the rectangle; beside it, the last one found and the last one applied.
    first: Drift,
    found: Drift,
    applied: Drift,
    /// What was done to the brightness of the last frame.
    undone: Undoing,
}

impl Normaliser {
    /// Finds the fit and the tone from the candidate's first frame, whose pixels have an aspect (width over height).
    ///
    /// `size` is that of the truth's maps, `still` marks the pixels of it that nothing ever covers before a still camera, and `alike` those
    /// that the candidate's first frame must show as the sample's does: all, if there is none.
    ///
    /// # Errors
    /// [`EvalError::Refused`] for pictures below 16 pixels a side.
    pub fn new(
        first_frame: &Frame,
        size: (u32, u32),
        (candidate, pixel_aspect): (&Frame, f32),
        still: Option<&[bool]>,
        alike: Option<&[bool]>,
    ) -> Result<Self, EvalError> {
        Self::laid(first_frame, size, (candidate, pixel_aspect), still, alike, true)
    }

    /// The same for what goes on from another frame of a camera that moves, `last`: the next one is not laid over it more exactly than by its
    /// shape, nor is its tone that of another view.
    pub(crate) fn going_on(self, last: &Frame, candidate: (&Frame, f32)) -> Result<Self, EvalError> {
        let size = (self.first_frame.width, self.first_frame.height);
        let next = Self::laid(last, size, candidate, None, None, false)?;
        Ok(Self { first_frame: self.first_frame, whole: self.whole, ..next })
    }

    fn laid(
        first_frame: &Frame,
        size: (u32, u32),
        (candidate, pixel_aspect): (&Frame, f32),
        still: Option<&[bool]>,
        alike: Option<&[bool]>,
        exact: bool,
    ) -> Result<Self, EvalError> {
        for (frame, name) in [(first_frame, "the sample's first frame"), (candidate, "the candidate")] {
            if frame.width < 16 || frame.height < 16 || frame.rgb.len() != frame.width as usize * frame.height as usize * 3 {
                return Err(EvalError::Refused(format!(
                    "{name} is {}x{} pixels; at least 16x16 are needed",
                    frame.width, frame.height
                )));
            }
        }
        let source = (candidate.width, candidate.height);
        let whole = (first_frame.width, first_frame.height);
        let full = [0.0, 0.0, whole.0 as f32, whole.1 as f32];
        let reference = Resampler::new(whole, full, size).apply(first_frame);
        let thumb_size = (THUMB.min(size.0), (THUMB.min(size.0) * size.1 / size.0).max(8));
        let thumb = soften(&Resampler::new(whole, full, thumb_size).apply(first_frame));
        let mut best = (f32::INFINITY, Fit::Stretched, [0.0, 0.0, source.0 as f32, source.1 as f32]);
        for (fit, rect) in hypotheses(candidate, pixel_aspect, whole) {
            let mut seen = seen_pixels(source, rect, thumb_size);
            if let Some(alike) = alike {
                let of = |x: u32, y: u32| alike[(y * size.1 / thumb_size.1 * size.0 + x * size.0 / thumb_size.0) as usize];
                let places = (0..thumb_size.1).flat_map(|y| (0..thumb_size.0).map(move |x| (x, y)));
                seen.iter_mut().zip(places).for_each(|(seen, (x, y))| *seen &= of(x, y));
            }
            let mut view = soften(&Resampler::new(source, rect, thumb_size).apply(candidate));
            Tone::fit(&view, &thumb, &seen).apply(&mut view);
            let error = mean_difference(&view, &thumb, &seen);
            let bar = if best.0.is_finite() { best.0 * CLEARLY_BETTER } else { best.0 };
            if error < bar {
                best = (error, fit, rect);
            }
        }
        let (_, fit, mut rect) = best;
        let soft = soften(&reference);
        let told = |seen: &[bool]| match alike {
            _ if !exact => vec![false; seen.len()],
            Some(alike) => seen.iter().zip(alike).map(|(&s, &a)| s && a).collect(),
            None => seen.to_vec(),
        };
        let look = |rect: Rect| {
            let resampler = Resampler::new(source, rect, size);
            let seen = seen_pixels(source, rect, size);
            let view = soften(&resampler.apply(candidate));
            let tone = Tone::fit(&view, &soft, &told(&seen));
            (resampler, seen, view, tone)
        };
        let (mut resampler, mut seen, mut view, mut tone) = look(rect);
        // An odd crop, or a scaler's other idea of a pixel's middle: all of the first frame stands still.
        tone.apply(&mut view);
        let everything = Reference::new(&reference, &told(&seen));
        let first = everything.map_or(Drift::NONE, |everything| everything.drift(&view, Drift::NONE));
        // A turn is undone frame by frame.
        let first = Drift { turn: 0.0, left: false, ..first };
        if first != Drift::NONE {
            rect = first.moves(rect, size);
            (resampler, seen, _, tone) = look(rect);
        }
        let both = still.map(|still| still.iter().zip(&seen).map(|(&still, &seen)| still && seen).collect::<Vec<bool>>());
        Ok(Self {
            reference: both.as_ref().and_then(|both| Reference::new(&reference, both)),
            exposure: both.as_ref().and_then(|both| Exposure::new(&reference, both)),
            first_frame: reference,
            seen: seen.into(),
            fit,
            source,
            whole,
            rect,
            resampler,
            tone,
            first,
            found: Drift::NONE,
            applied: Drift::NONE,
            undone: Undoing::default(),
        })
    }

    /// Pixels of the candidate to one of [`Normaliser::first_frame`], across and down.
    #[must_use]
    pub fn fineness(&self) -> [f32; 2] {
        let [left, top, right, bottom] = self.rect;
        [(right - left) / self.first_frame.width as f32, (bottom - top) / self.first_frame.height as f32]
    }

    /// One frame of the candidate, at the size, place and tone of [`Normaliser::first_frame`], with the pixels that it shows, and how far
    /// it lay beside its place.
    ///
    /// # Errors
    /// [`EvalError::Refused`] where the frame's size is not that of the candidate's first.
    pub fn apply(&mut self, frame: &Frame) -> Result<(Frame, Arc<[bool]>, Drift), EvalError> {
        if (frame.width, frame.height) != self.source || frame.rgb.len() != frame.width as usize * frame.height as usize * 3 {
            return Err(EvalError::Refused(format!(
                "the candidate changes its size from {}x{} to {}x{}",
                self.source.0, self.source.1, frame.width, frame.height
            )));
        }
        let mut out = self.resampler.apply(frame);
        self.tone.apply(&mut out);
        let size = (self.first_frame.width, self.first_frame.height);
        // In the dark there is nothing to go by.
        let dark = is_dark(&out);
        let drift = match &self.reference {
            Some(reference) if !dark => reference.drift(&out, self.found),
            _ => Drift::NONE,
        };
        if !drift.left && !dark {
            self.found = drift;
        }
        self.applied = drift;
        let moved = Drift { left: false, ..drift } != Drift::NONE;
        let mut seen = Arc::clone(&self.seen);
        if moved {
            // Once more from the source, so that nothing is blurred twice.
            let rect = drift.moves(self.rect, size);
            out = Resampler::new(self.source, rect, size).apply(frame);
            self.tone.apply(&mut out);
            let mut shown = seen_pixels(self.source, rect, size);
            if drift.is_turned() {
                out = rotated(out, drift.turn, &mut shown);
            }
            seen = shown.into();
        }
        self.undone = self.exposure.as_ref().map(|exposure| exposure.undoing(&out)).unwrap_or_default();
        self.undone.apply(&mut out);
        let Drift { shift: [x, y], zoom, turn, left } = drift;
        let first = self.first;
        let drift = Drift { shift: [first.shift[0] + x, first.shift[1] + y], zoom: first.zoom * zoom, turn, left };
        Ok((out, seen, drift))
    }

    /// A rectangle of the sample's picture, cut out of the frame that was applied last, at the candidate's own size (at most
    /// [`MAX_WANT_SIDE`] a side), in the sample's tone and exposure.
    pub(crate) fn crop(&self, frame: &Frame, rect: Rect) -> Frame {
        let own = self.applied.moves(self.rect, (self.first_frame.width, self.first_frame.height));
        let (sx, sy) = ((own[2] - own[0]) / self.whole.0 as f32, (own[3] - own[1]) / self.whole.1 as f32);
        let place = |x: f32, y: f32| [own[0] + x * sx, own[1] + y * sy];
        let ([x0, y0], [x1, y1]) = (place(rect[0], rect[1]), place(rect[2], rect[3]));
        let side = |length: f32| (length.round() as u32).clamp(1, MAX_WANT_SIDE);
        let mut out = Resampler::new(self.source, [x0, y0, x1, y1], (side(x1 - x0), side(y1 - y0))).apply(frame);
        self.tone.apply(&mut out);
        self.undone.apply(&mut out);
        out
    }
}

fn seen_pixels(source: (u32, u32), rect: Rect, size: (u32, u32)) -> Vec<bool> {
    let inside = |low: f32, high: f32, out: u32, limit: u32| -> Vec<bool> {
        let step = (high - low) / out as f32;
        (0..out).map(|i| (0.0..=limit as f32).contains(&(low + (i as f32 + 0.5) * step))).collect()
    };
    let across = inside(rect[0], rect[2], size.0, source.0);
    let down = inside(rect[1], rect[3], size.1, source.1);
    down.iter().flat_map(|&y| across.iter().map(move |&x| x && y)).collect()
}

fn mean_difference(a: &Frame, b: &Frame, seen: &[bool]) -> f32 {
    let (mut sum, mut count) = (0_u64, 0_u64);
    for ((p, q), _) in a.rgb.chunks_exact(3).zip(b.rgb.chunks_exact(3)).zip(seen).filter(|(_, s)| **s) {
        sum += u64::from(crate::picture::difference(p, q));
        count += 1;
    }
    // A fit that shows next to nothing explains nothing.
    if count * 4 < seen.len() as u64 { f32::INFINITY } else { sum as f32 / count as f32 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::controls::pixels::moved;

    /// Something with structure everywhere.
    fn scene(width: u32, height: u32) -> Frame {
        let rgb = (0..height)
            .flat_map(|y| {
                (0..width).flat_map(move |x| {
                    let (u, v) = (x * 320 / width, y * 200 / height);
                    let cell = (u / 23 * 37 + v / 19 * 61) % 180;
                    [(30 + cell) as u8, (40 + (cell * 7 + u) % 160) as u8, (50 + (cell * 3 + v) % 150) as u8]
                })
            })
            .collect();
        Frame { width, height, rgb }
    }

    fn place(frame: &Frame, width: u32, height: u32, x0: u32, y0: u32) -> Frame {
        let mut rgb = vec![0; (width * height * 3) as usize];
        for y in 0..frame.height {
            let from = (y * frame.width * 3) as usize;
            let to = (((y + y0) * width + x0) * 3) as usize;
            rgb[to..to + frame.width as usize * 3].copy_from_slice(&frame.rgb[from..from + frame.width as usize * 3]);
        }
        Frame { width, height, rgb }
    }

    fn check(candidate: &Frame, fit: Fit) {
        let first = scene(320, 200);
        let mut normaliser = Normaliser::new(&first, (320, 200), (candidate, 1.0), None, None).expect("usable");
        assert_eq!(normaliser.fit, fit);
        let (out, ..) = normaliser.apply(candidate).expect("same size");
        let error = mean_difference(&out, &first, &normaliser.seen);
        assert!(error < 12.0, "{fit:?} {error}");
    }

    #[test]
    fn stretch_letterbox_square_pad_and_crop_are_undone() {
        check(&scene(320, 200), Fit::Stretched);
        check(&scene(256, 256), Fit::Stretched);
        check(&scene(640, 400), Fit::Stretched);
        check(&place(&scene(320, 200), 320, 320, 0, 60), Fit::Padded);
        check(&place(&scene(320, 200), 400, 300, 0, 0), Fit::Padded);
        let whole = scene(320, 200);
        let mut square = Frame { width: 200, height: 200, rgb: Vec::new() };
        for y in 0..200 {
            square.rgb.extend_from_slice(&whole.rgb[(y * 320 + 60) * 3..(y * 320 + 260) * 3]);
        }
        check(&square, Fit::Cropped);
    }

    #[test]
    fn a_shift_by_two_pixels_is_undone() {
        let whole = scene(320, 200);
        let shifted = moved(&whole, [-2, 2]);
        let plain = mean_difference(&shifted, &whole, &[true; 320 * 200]);
        let mut normaliser = Normaliser::new(&whole, (320, 200), (&shifted, 1.0), None, None).expect("usable");
        let (out, _, drift) = normaliser.apply(&shifted).expect("same size");
        assert!((drift.shift[0] + 2.0).abs() < 0.3 && (drift.shift[1] - 2.0).abs() < 0.3, "{drift:?}");
        let error = mean_difference(&out, &whole, &normaliser.seen);
        assert!(error < 0.25 * plain, "{error}, {plain} before");
    }

    /// The frame in the dark is left where it lies, whatever the one before was moved by.
    #[test]
    fn a_crop_is_cut_where_its_own_frame_lies() {
        let first = scene(320, 200);
        let still = vec![true; 320 * 200];
        let mut normaliser = Normaliser::new(&first, (320, 200), (&first, 1.0), Some(&still), None).expect("usable");
        let dark = Frame { rgb: first.rgb.iter().map(|&v| v / 100).collect(), ..first };
        let rect = [100.0, 60.0, 180.0, 120.0];
        normaliser.apply(&dark).expect("same size");
        let own = normaliser.crop(&dark, rect);
        let (_, _, drift) = normaliser.apply(&moved(&first, [-4, 4])).expect("same size");
        assert!(drift != Drift::NONE);
        normaliser.apply(&dark).expect("same size");
        assert!(normaliser.crop(&dark, rect) == own);
    }

    #[test]
    fn a_frame_of_another_size_is_refused() {
        let first = scene(320, 200);
        let mut normaliser = Normaliser::new(&first, (320, 200), (&first, 1.0), None, None).expect("usable");
        assert!(normaliser.apply(&scene(100, 100)).is_err());
        assert!(Normaliser::new(&first, (320, 200), (&scene(8, 8), 1.0), None, None).is_err());
    }

    #[test]
    fn a_crop_takes_the_exposure_of_its_frame() {
        let first = scene(320, 200);
        let still = vec![true; 320 * 200];
        let mut normaliser = Normaliser::new(&first, (320, 200), (&first, 1.0), Some(&still), None).expect("usable");
        let mut warmer = first.clone();
        warmer.rgb.iter_mut().step_by(3).for_each(|red| *red = (f32::from(*red) * 1.08) as u8);
        normaliser.apply(&warmer).expect("same size");
        let crop = normaliser.crop(&warmer, [0.0, 0.0, 320.0, 200.0]);
        assert!(mean_difference(&warmer, &first, &still) > 6.0);
        assert!(mean_difference(&crop, &first, &still) < 2.0);
    }
}
