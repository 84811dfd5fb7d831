//! The closed loop: what was written is decoded and scored as anyone's video would be.

use std::path::Path;

use raytruth_eval::{EvalError, Frame, Registry, Truth, observe_video};

/// What the closed loop found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Judgement {
    /// Of 1000.
    pub points: u32,
    /// Why the look is refused: a short constant and the particulars. Absent where it is fine.
    pub refused: Option<(String, String)>,
}

/// The object-id pass of one frame.
#[derive(Clone, Debug)]
pub struct IdPass {
    /// Which frame.
    pub frame: u32,
    /// Row by row.
    pub ids: Vec<u16>,
}

/// Scores a written video and checks that its answer can be seen.
pub trait Judge: Sync {
    /// Judges `video` by `truth`, the first frame and the renderer's object ids at some frames.
    ///
    /// # Errors
    /// A sentence where the video cannot be read or the truth is not this judge's.
    fn judge(&self, truth: &Truth, first_frame: &Frame, video: &Path, ids: &[IdPass]) -> Result<Judgement, String>;
}

/// Judges by raytruth-eval: all of 1000 points, and every key object where the object-id pass has it.
pub struct EvalJudge(pub Registry);

impl Judge for EvalJudge {
    fn judge(&self, truth: &Truth, first_frame: &Frame, video: &Path, ids: &[IdPass]) -> Result<Judgement, String> {
        let passes: Vec<(u32, &[u16])> = ids.iter().map(|pass| (pass.frame, pass.ids.as_slice())).collect();
        let (score, seen) = match observe_video(&self.0, truth, first_frame, video, &passes) {
            Ok(found) => found,
            // That the truth is no good is the look's fault; that the video cannot be read is ours.
            Err(EvalError::Refused(why)) => {
                return Ok(Judgement { points: 0, refused: Some(("truth_refused".into(), why)) });
            }
            Err(other) => return Err(other.to_string()),
        };
        let points = score.points;
        if points != 1000 {
            return Ok(Judgement { points, refused: Some(why_not_all(&score)) });
        }
        let refused = seen.iter().find(|o| !o.ok).map(|o| {
            let detail = format!("`{}` in frame {} is not seen as it was drawn: IoU {:.2}", o.object, o.frame, o.iou);
            (format!("unobservable:{}", o.object), detail)
        });
        Ok(Judgement { points, refused })
    }
}

/// The first gate, criterion or cap that cost points.
fn why_not_all(score: &raytruth_eval::Score) -> (String, String) {
    let points = score.points;
    let gate = score.gates.iter().find(|g| g.keeps < 1000).map(|g| (g.name, g.reason.as_str()));
    let short = score.criteria.iter().find(|c| c.points < c.max_points).map(|c| (c.name, c.reason.as_str()));
    match gate.or(short) {
        Some((name, reason)) => (format!("score:{name}"), format!("{points} of 1000 points, {name}: {reason}")),
        None => ("score:cap".into(), format!("{points} of 1000 points")),
    }
}
