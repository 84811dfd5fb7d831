//! Making, scoring and judging the controls of samples.

use std::path::Path;

use crate::decode::{Limits, decode};
use crate::{EvalError, Frame, Registry, Sample, batch, score_frames, score_video};

use super::report::{ControlsReport, Row};
use super::{Kind, Making, Source, encode, rendered};

/// Makes, scores and judges the controls of every sample at or below a folder. `progress` gets a line per sample.
///
/// # Errors
/// [`EvalError`] if no sample can be read. A control that cannot be scored is a broken row.
pub fn run(registry: &Registry, gt_dir: &Path, progress: &mut dyn FnMut(&str)) -> Result<ControlsReport, EvalError> {
    let samples = batch::find_samples(gt_dir)?;
    if samples.is_empty() {
        return Err(EvalError::Refused(format!("no sample (a folder with metadata.json) at or below {}", gt_dir.display())));
    }
    let mut report = ControlsReport::default();
    for (i, dir) in samples.iter().enumerate() {
        let other = (samples.len() > 1).then(|| samples[(i + 1) % samples.len()].as_path());
        run_sample(registry, dir, other, &mut report)?;
        let broken = report.rows.iter().filter(|r| !r.kept).count();
        progress(&format!("{} of {} samples, {} controls, {broken} broken", i + 1, samples.len(), report.rows.len()));
    }
    Ok(report)
}

fn run_sample(registry: &Registry, dir: &Path, other: Option<&Path>, report: &mut ControlsReport) -> Result<(), EvalError> {
    let sample = Sample::open(dir)?;
    let controls = registry.get(&sample.truth.domain)?.controls();
    let name = dir.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let load = |path: &Path| {
        decode(path, &Limits::default()).map_err(|e| EvalError::Video { path: path.to_owned(), reason: e.to_string() })
    };
    let path = dir.join("ground_truth.mp4");
    let video = load(&path)?;
    let other: Option<Vec<Frame>> = other.map(|o| load(&o.join("ground_truth.mp4"))).transpose()?.map(|v| v.frames);
    let scored = score_video(registry, &sample.truth, &sample.first_frame, &path);
    report.rows.push(Row::new(&name, "ground_truth", Kind::Truth, scored));
    let source = Source {
        frames: &video.frames,
        fps: video.fps,
        other: other.as_deref(),
        event: sample.truth.decisive_frame() as usize,
        split: sample.truth.split() as usize,
    };
    for control in &controls {
        let Making::Pixels(make) = control.making else { continue };
        // A task or a sample that has no such control lacks nothing.
        let Some(made) = make(&source) else { continue };
        let scored = match made.codec {
            None => score_frames(registry, &sample.truth, &sample.first_frame, &made.frames, made.fps),
            Some(codec) => match encode::scratch(&made.frames, made.fps, codec) {
                Ok(Some(file)) => score_video(registry, &sample.truth, &sample.first_frame, file.path()),
                Ok(None) => {
                    report.missing.push(format!("{name}/{} (this FFmpeg lacks the encoder)", control.name));
                    continue;
                }
                Err(reason) => Err(EvalError::Refused(reason)),
            },
        };
        report.rows.push(Row::new(&name, control.name, control.kind, scored));
    }
    match rendered::listed(dir)? {
        Some(cards) => {
            for card in cards {
                let scored = score_video(registry, &sample.truth, &sample.first_frame, &rendered::path_of(dir, &card)?);
                report.rows.push(Row::new(&name, &card.name, card.kind, scored));
            }
        }
        None => {
            let rendered = controls.iter().filter(|c| matches!(c.making, Making::Rendered));
            report.missing.extend(rendered.map(|c| format!("{name}/{}", c.name)));
        }
    }
    Ok(())
}
