//! Takes frames as they are decoded, so that a long or large candidate is never held whole at its own size.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::normalise::{Normaliser, register};
use crate::{
    At, Dimensions, Drift, Drifted, EvalError, Evaluator, EvaluatorVersion, Footage, Frame, MAX_WANTS, Observation, Registry,
    Score, Truth, Want, observe,
};

use super::{IdPasses, pulse};

pub(super) struct Intake<'a> {
    evaluator: &'a dyn Evaluator,
    truth: &'a Truth,
    first_frame: &'a Frame,
    wants: Vec<Want>,
    /// Pixels of the maps that nothing ever covers, if the camera stands still.
    still: Option<Vec<bool>>,
    normaliser: Option<Normaliser>,
    frames: Vec<Frame>,
    seen: Vec<Arc<[bool]>>,
    drift: Vec<Drift>,
    /// For each want its crop, or the crops of the last frames, oldest first.
    details: Vec<VecDeque<Frame>>,
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
        let still = register::still_pixels(truth, &maps);
        let details = vec![VecDeque::new(); wants.len()];
        let (frames, seen, drift) = (Vec::new(), Vec::new(), Vec::new());
        Ok(Self { evaluator, truth, first_frame, wants, still, normaliser: None, frames, seen, drift, details })
    }

    pub(super) fn push(&mut self, frame: &Frame) -> Result<(), EvalError> {
        let normaliser = match &mut self.normaliser {
            Some(normaliser) => normaliser,
            none => {
                let size = (self.truth.maps.width, self.truth.maps.height);
                none.insert(Normaliser::new(self.first_frame, size, frame, self.still.as_deref())?)
            }
        };
        let index = self.frames.len();
        let (picture, seen, drift) = normaliser.apply(frame)?;
        for (want, kept) in self.wants.iter().zip(&mut self.details) {
            match want.at {
                At::FromStart(at) if at as usize == index => kept.push_back(normaliser.crop(frame, want.rect)),
                At::FromStart(_) => {}
                At::FromEnd(at) => {
                    kept.push_back(normaliser.crop(frame, want.rect));
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
        if time.len() != self.frames.len() || !time.iter().all(|t| t.is_finite()) || !time.is_sorted_by(|a, b| a < b) {
            return Err(EvalError::Refused("the candidate's rate is none: its frames' times do not grow".to_owned()));
        }
        let frames_of_file = self.frames.len() as u32;
        let shown = pulse::shown(&time);
        let whole = |want: &Want, kept: VecDeque<Frame>| match want.at {
            At::FromEnd(at) if kept.len() <= at as usize => None,
            _ => kept.into_iter().next(),
        };
        let footage = Footage {
            fineness: normaliser.fineness(),
            first_frame: normaliser.first_frame,
            frames: shown.iter().map(|&(i, _)| self.frames[i].clone()).collect(),
            seen: shown.iter().map(|&(i, _)| Arc::clone(&self.seen[i])).collect(),
            time: shown.iter().map(|&(_, at)| at).collect(),
            drift: shown.iter().map(|&(i, _)| self.drift[i]).collect(),
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
            evaluator: EvaluatorVersion::of(self.evaluator),
        };
        Ok((score, observations))
    }
}
