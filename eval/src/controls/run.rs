//! Making, scoring and judging the controls of samples.

use std::path::Path;

use crate::decode::{Limits, decode};
use crate::{EvalError, Frame, Registry, Sample, batch, score_continuation, score_frames_at, score_video};

use super::report::{ControlsReport, Row};
use super::{CONTINUED_BOUND, Kind, Making, Source, encode, rendered};

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
            report.rows.push(Row::new(&name_of(dir), "ground_truth", (Kind::Truth, Kind::Truth.bound()), Err(error)));
        }
        let broken = report.rows.iter().filter(|r| !r.kept).count();
        progress(&format!("{} of {} samples, {} controls, {broken} broken", i + 1, samples.len(), report.rows.len()));
    }
    Ok(report)
}

fn run_sample(registry: &Registry, dir: &Path, other: Option<&Path>, report: &mut ControlsReport) -> Result<(), EvalError> {
    let sample = Sample::open(dir)?;
    let mut controls = registry.get(&sample.truth.domain)?.controls();
    controls.retain(|control| (control.applies)(&sample.truth));
    let name = name_of(dir);
    let load = |path: &Path| {
        decode(path, &Limits::default()).map_err(|e| EvalError::Video { path: path.to_owned(), reason: e.to_string() })
    };
    let path = dir.join("ground_truth.mp4");
    let video = load(&path)?;
    // Another sample's video that cannot be read is that sample's fault, and found there.
    let other: Option<Vec<Frame>> = other.and_then(|o| load(&o.join("ground_truth.mp4")).ok()).map(|v| v.frames);
    let scored = score_video(registry, &sample.truth, &sample.first_frame, &path);
    report.rows.push(Row::new(&name, "ground_truth", (Kind::Truth, Kind::Truth.bound()), scored));
    let source = Source { frames: &video.frames, fps: video.fps, other: other.as_deref(), truth: &sample.truth };
    for control in &controls {
        let Making::Pixels(make) = control.making else { continue };
        // A task or a sample that has no such control lacks nothing.
        let Some(made) = make(&source) else { continue };
        let lead = &video.frames[..source.split()];
        let scored = match made.codec {
            None if made.continues => {
                score_continuation(registry, &sample.truth, &sample.first_frame, lead, &made.frames, made.fps)
            }
            None => {
                let steady = || (0..made.frames.len()).map(|i| i as f64 / made.fps).collect();
                score_frames_at(
                    registry,
                    &sample.truth,
                    &sample.first_frame,
                    &made.frames,
                    made.time.clone().unwrap_or_else(steady),
                )
            }
            Some(codec) => match encode::scratch(&made.frames, made.fps, codec) {
                Ok(Some(file)) => score_video(registry, &sample.truth, &sample.first_frame, file.path()),
                Ok(None) => {
                    report.missing.push(format!("{name}/{} (this FFmpeg lacks the encoder)", control.name));
                    continue;
                }
                Err(reason) => Err(EvalError::Refused(reason)),
            },
        };
        report.rows.push(Row::new(&name, control.name, (control.kind, control.bound), scored));
    }
    match rendered::listed(dir) {
        Err(error) => report.rows.push(Row::new(&name, "controls.json", (Kind::Truth, Kind::Truth.bound()), Err(error))),
        Ok(Some(cards)) => {
            for card in cards {
                let path = rendered::path_of(dir, &card);
                if let (Ok(path), true) = (&path, controls.iter().any(|c| c.name == card.name && c.continued)) {
                    let end = load(path).and_then(|video| {
                        let split = source.split().min(video.frames.len() - 1);
                        let (lead, end) = (&source.frames[..source.split()], &video.frames[split..]);
                        score_continuation(registry, &sample.truth, &sample.first_frame, lead, end, video.fps)
                    });
                    let bound = (card.kind, CONTINUED_BOUND);
                    report.rows.push(Row::new(&name, &format!("{}_continued", card.name), bound, end));
                }
                let scored = path.and_then(|path| score_video(registry, &sample.truth, &sample.first_frame, &path));
                report.rows.push(Row::new(&name, &card.name, (card.kind, card.bound.unwrap_or(card.kind.bound())), scored));
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
