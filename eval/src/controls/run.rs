//! Making, scoring and judging the controls of samples.

use std::path::Path;

use crate::decode::{Limits, decode};
use crate::{EvalError, Frame, Registry, Sample, batch, score_frames, score_video};

use super::report::{ControlsReport, Row};
use super::{Kind, Making, Source, encode, rendered};

/// Makes, scores and judges the controls of every sample at or below a folder. `progress` gets a line per sample.
///
/// # Errors
/// [`EvalError`] if the folder has no sample. A sample or a control that cannot be read or scored is a broken row.
pub fn run(registry: &Registry, gt_dir: &Path, progress: &mut dyn FnMut(&str)) -> Result<ControlsReport, EvalError> {
    let samples = batch::find_samples(gt_dir)?;
    if samples.is_empty() {
        return Err(EvalError::Refused(format!("no sample (a folder with metadata.json) at or below {}", gt_dir.display())));
    }
    let mut report = ControlsReport::default();
    for (i, dir) in samples.iter().enumerate() {
        let other = (samples.len() > 1).then(|| samples[(i + 1) % samples.len()].as_path());
        // A sample that cannot be read is a broken row, and the others are still looked at.
        if let Err(error) = run_sample(registry, dir, other, &mut report) {
            report.rows.push(Row::new(&name_of(dir), "ground_truth", Kind::Truth, Err(error)));
        }
        let broken = report.rows.iter().filter(|r| !r.kept).count();
        progress(&format!("{} of {} samples, {} controls, {broken} broken", i + 1, samples.len(), report.rows.len()));
    }
    Ok(report)
}

fn run_sample(registry: &Registry, dir: &Path, other: Option<&Path>, report: &mut ControlsReport) -> Result<(), EvalError> {
    let sample = Sample::open(dir)?;
    let controls = registry.get(&sample.truth.domain)?.controls();
    let name = name_of(dir);
    let load = |path: &Path| {
        decode(path, &Limits::default()).map_err(|e| EvalError::Video { path: path.to_owned(), reason: e.to_string() })
    };
    let path = dir.join("ground_truth.mp4");
    let video = load(&path)?;
    // Another sample's video that cannot be read is that sample's fault, and found there.
    let other: Option<Vec<Frame>> = other.and_then(|o| load(&o.join("ground_truth.mp4")).ok()).map(|v| v.frames);
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
    match rendered::listed(dir) {
        Err(error) => report.rows.push(Row::new(&name, "controls.json", Kind::Truth, Err(error))),
        Ok(Some(cards)) => {
            for card in cards {
                let path = rendered::path_of(dir, &card);
                let scored = path.and_then(|path| score_video(registry, &sample.truth, &sample.first_frame, &path));
                report.rows.push(Row::new(&name, &card.name, card.kind, scored));
            }
        }
        Ok(None) => {
            let rendered = controls.iter().filter(|c| matches!(c.making, Making::Rendered));
            report.missing.extend(rendered.map(|c| format!("{name}/{}", c.name)));
        }
    }
    Ok(())
}

fn name_of(sample: &Path) -> String {
    sample.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
}
