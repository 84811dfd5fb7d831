//! Takes frames as they are decoded, so that a long or large candidate is never held whole at its own size.

use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;

use crate::normalise::{Normaliser, points};
use crate::picture::is_dark;
use crate::{
    At, Dimensions, Drift, Drifted, EvalError, Evaluator, EvaluatorVersion, Footage, Frame, MAX_WANTS, Observation, Registry,
    Score, Truth, Want, observe,
};

#[cfg(feature = "decode")]
use super::lead::Places;
use super::{IdPasses, pulse};

pub(super) struct Intake<'a> {
    evaluator: &'a dyn Evaluator,
    truth: &'a Truth,
    first_frame: &'a Frame,
    wants: Vec<Want>,
    /// Pixels of the maps that nothing ever covers, if the camera stands still.
    still: Option<Vec<bool>>,
    /// Width of a pixel of the frames to come over its height.
    pixel_aspect: f32,
    /// Where things stand at the start.
    #[cfg(feature = "decode")]
    pub(super) places: Places,
    pub(super) normaliser: Option<Normaliser>,
    /// Whether the normaliser waits for a frame that is not dark.
    in_the_dark: bool,
    /// What came before the candidate, if it continues a video: frames, and the seconds until the candidate begins.
    pub(super) lead: Option<(usize, f64)>,
    pub(super) frames: Vec<Frame>,
    pub(super) seen: Vec<Arc<[bool]>>,
    pub(super) drift: Vec<Drift>,
    /// For each want its crop, or the crops of the last frames, oldest first.
    pub(super) details: Vec<VecDeque<Rc<Frame>>>,
}

impl<'a> Intake<'a> {
    pub(super) fn new(registry: &'a Registry, truth: &'a Truth, first_frame: &'a Frame) -> Result<Self, EvalError> {
        truth.check().map_err(EvalError::Refused)?;
        let evaluator = registry.get(&truth.domain)?.as_ref();
        let wants = evaluator.wants(truth);
        if wants.len() > MAX_WANTS {
            return Err(EvalError::Refused(format!("the evaluator wants {} crops; {MAX_WANTS} can be had", wants.len())));
        }
        let maps = truth.label_maps().map_err(EvalError::Refused)?;
        let still = points::still_pixels(truth, &maps);
        let details = vec![VecDeque::new(); wants.len()];
        let (frames, seen, drift) = (Vec::new(), Vec::new(), Vec::new());
        Ok(Self {
            #[cfg(feature = "decode")]
            places: Places::new(truth, &maps),
            evaluator,
            truth,
            first_frame,
            wants,
            still,
            pixel_aspect: 1.0,
            normaliser: None,
            in_the_dark: false,
            lead: None,
            frames,
            seen,
            drift,
            details,
        })
    }

    /// The frames to come have pixels of an aspect: width over height.
    #[cfg(feature = "decode")]
    pub(super) fn has_pixels(&mut self, aspect: f64) {
        self.pixel_aspect = aspect as f32;
    }

    /// What was pushed so far is the video that the candidate continues; it takes so many seconds.
    pub(super) fn lead_ends(&mut self, seconds: f64) {
        self.lead = Some((self.frames.len(), seconds));
        self.normaliser = None;
    }

    pub(super) fn made_for(&self, frame: &Frame) -> Result<Normaliser, EvalError> {
        let size = (self.truth.maps.width, self.truth.maps.height);
        // Before a camera that moves the first frame says nothing of what continues a video: where that ends does.
        if let (Some(_), Some((led, _))) = (&self.truth.camera, self.lead)
            && let Some(last) = led.checked_sub(1).and_then(|last| self.frames.get(last))
        {
            let first = Normaliser::new(self.first_frame, size, (self.first_frame, 1.0), None, None)?;
            return first.going_on(last, (frame, self.pixel_aspect));
        }
        // What continues a video shows other things than the first frame, before what stands still.
        let alike = self.still.as_deref().filter(|_| self.lead.is_some());
        Normaliser::new(self.first_frame, size, (frame, self.pixel_aspect), self.still.as_deref(), alike)
    }

    pub(super) fn normaliser_for(&mut self, frame: &Frame) -> Result<&mut Normaliser, EvalError> {
        let dark = self.lead.is_some() && is_dark(frame);
        if self.normaliser.is_none() || (self.in_the_dark && !dark) {
            self.normaliser = Some(self.made_for(frame)?);
            self.in_the_dark = dark;
        }
        let Some(normaliser) = &mut self.normaliser else { unreachable!("it was made") };
        Ok(normaliser)
    }

    pub(super) fn push(&mut self, frame: &Frame) -> Result<(), EvalError> {
        self.normaliser_for(frame)?;
        let Some(normaliser) = &mut self.normaliser else { unreachable!("it was made") };
        let index = self.frames.len();
        let (picture, seen, drift) = normaliser.apply(frame)?;
        // What several want is cut out once.
        let mut crops: Vec<([f32; 4], Rc<Frame>)> = Vec::new();
        let mut crop = |rect: [f32; 4]| {
            if let Some((_, known)) = crops.iter().find(|(other, _)| *other == rect) {
                return Rc::clone(known);
            }
            let made = Rc::new(normaliser.crop(frame, rect));
            crops.push((rect, Rc::clone(&made)));
            made
        };
        for (want, kept) in self.wants.iter().zip(&mut self.details) {
            match want.at {
                At::FromStart(at) if at as usize == index => kept.push_back(crop(want.rect)),
                At::FromStart(_) => {}
                At::FromEnd(at) => {
                    kept.push_back(crop(want.rect));
                    if kept.len() > at as usize + 1 {
                        kept.pop_front();
                    }
                }
            }
        }
        self.frames.push(picture);
        self.seen.push(seen);
        self.drift.push(drift);
        Ok(())
    }

    /// `time` holds the seconds at which each frame is shown.
    pub(super) fn finish(
        self,
        time: Vec<f64>,
        final_frame: Option<&Frame>,
        passes: IdPasses<'_>,
    ) -> Result<(Score, Vec<Observation>), EvalError> {
        let normaliser = self.normaliser.ok_or_else(|| EvalError::Refused("the candidate has no frames".to_owned()))?;
        let own = self.frames.len() - self.lead.map_or(0, |l| l.0);
        if time.len() != own || !time.iter().all(|t| t.is_finite()) || !time.is_sorted_by(|a, b| a < b) {
            return Err(EvalError::Refused("the candidate's rate is none: its frames' times do not grow".to_owned()));
        }
        let (led, seconds) = self.lead.unwrap_or_default();
        let frames_of_file = (self.frames.len() - led) as u32;
        let before = (0..led).map(|i| seconds * i as f64 / led as f64);
        let time: Vec<f64> = before.chain(time.iter().map(|t| seconds + t)).collect();
        let shown = pulse::shown(&time);
        let whole = |want: &Want, kept: VecDeque<Rc<Frame>>| match want.at {
            At::FromEnd(at) if kept.len() <= at as usize => None,
            _ => kept.into_iter().next().map(Rc::unwrap_or_clone),
        };
        let footage = Footage {
            fineness: normaliser.fineness(),
            first_frame: normaliser.first_frame,
            frames: take(self.frames, &shown),
            seen: take(self.seen, &shown),
            time: shown.iter().map(|&(_, at)| at).collect(),
            drift: take(self.drift.clone(), &shown),
            details: self.wants.iter().zip(self.details).map(|(want, kept)| whole(want, kept)).collect(),
        };
        let observed: Vec<u32> = passes.iter().map(|(frame, _)| *frame).collect();
        let verdict = self.evaluator.score(self.truth, &footage, &observed).map_err(EvalError::Refused)?;
        let observations = observe(self.truth, &verdict.masks, passes)?;
        let points = verdict.points();
        let size = (self.truth.maps.width, self.truth.maps.height);
        let drift = Drifted::of(&self.drift, size);
        let score = Score {
            score: f64::from(points) / 1000.0,
            points,
            failure: verdict.failure(),
            dimensions: Dimensions::measure(&footage, final_frame, points),
            criteria: verdict.criteria,
            gates: verdict.gates,
            caps: verdict.caps,
            fit: normaliser.fit,
            drift,
            frames: frames_of_file,
            continues: self.lead.is_some(),
            evaluator: EvaluatorVersion::of(self.evaluator),
        };
        Ok((score, observations))
    }
}

/// For each frame that is shown what belongs to it.
fn take<T: Clone>(of_file: Vec<T>, shown: &[(usize, f64)]) -> Vec<T> {
    if shown.len() == of_file.len() {
        return of_file;
    }
    shown.iter().map(|&(i, _)| of_file[i].clone()).collect()
}
