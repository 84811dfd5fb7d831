//! Behind the renderer: encode as frames come, decode and score, write.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::time::Instant;

use raytruth_eval::{Frame, lint};
use raytruth_video::{EncodeSettings, Encoder, VideoError, cut};
use serde_json::{Value, json};

use crate::actions;
use crate::draw::next_look;
use crate::extras::{episode_json, side_clips, tracks_json};
use crate::judge::{IdPass, Judgement};
use crate::metadata::{METADATA, Metadata};
use crate::pass_files::write_passes;
use crate::picture::png_rgb8;
use crate::resume::sha256_of;
use crate::run::Run;
use crate::sample::{Refused, Sample, Shot, Taken};
use crate::settings::Extra;
use crate::staging::Staging;
use crate::{Error, Event, Result};

/// What becomes of a sample after a clip.
pub(crate) enum Next {
    /// It needs the renderer again: for another look, or a side clip.
    Again(Box<Sample>),
    /// It is in its place.
    Done(Box<Sample>, Box<Taken>),
    /// It is given up.
    GivenUp(Box<Sample>, String),
    /// The run is over before all frames came.
    Dropped,
}

impl Run<'_> {
    /// Takes a clip's frames as they are rendered, and sees the sample on its way.
    pub(crate) fn finish(&self, mut sample: Box<Sample>, shots: &Receiver<Result<Shot, Refused>>) -> Result<Next> {
        if let Some(mut taken) = sample.taken.take() {
            let done = self.finish_side_clip(&mut sample, &mut taken, shots)?;
            return if done { self.settle(sample, taken) } else { Ok(Next::Dropped) };
        }
        let Some((judgement, encoder)) = self.finish_look(&mut sample, shots)? else {
            return Ok(Next::Dropped);
        };
        let metadata = Metadata::new(self.settings, &sample, self.renderer_json(&sample), encoder);
        if let Some((reason, detail)) = judgement.as_ref().and_then(|j| j.refused.clone()) {
            if let (Some(keep), Some(folder)) = (&self.settings.keep_refused, &sample.staging) {
                folder.write(METADATA, &metadata.to_bytes()?)?;
                folder.copy_to(&keep.join(format!("{}_look{}", sample.drawn.task_id, sample.look)))?;
            }
            return Ok(self.refuse_look(sample, &reason, &detail));
        }
        let (side_clips, files) = side_clips(&sample, self.settings, &self.task.evaluator().controls())?;
        for (name, bytes) in files {
            self.staging(&mut sample)?.write(&name, &bytes)?;
        }
        let taken = Taken { metadata, points: judgement.map(|j| j.points), side_clips };
        self.settle(sample, taken)
    }

    /// Sends the sample back for its next side clip, or puts it in its place.
    fn settle(&self, mut sample: Box<Sample>, mut taken: Taken) -> Result<Next> {
        if !taken.side_clips.is_empty() {
            sample.taken = Some(taken);
            return Ok(Next::Again(sample));
        }
        if self.halted() {
            return Ok(Next::Dropped);
        }
        let start = Instant::now();
        let folder = sample.staging.take().ok_or_else(|| Error::Internal("a sample without a folder".into()))?;
        let mut files = BTreeMap::new();
        for name in folder.files()? {
            let path = folder.dir().join(&name);
            files.insert(name, sha256_of(&path).map_err(|e| Error::io("read", &path, e))?);
        }
        taken.metadata.files = files;
        folder.write(METADATA, &taken.metadata.to_bytes()?)?;
        folder.commit()?;
        sample.stages.write += start.elapsed();
        Ok(Next::Done(sample, Box::new(taken)))
    }

    /// Counts the reason and dresses the problem anew.
    fn refuse_look(&self, mut sample: Box<Sample>, reason: &str, detail: &str) -> Next {
        let task_id = sample.drawn.task_id.clone();
        self.observer.event(Event::LookRejected { task_id: &task_id, look: sample.look, why: detail });
        *sample.refused.entry(reason.to_owned()).or_default() += 1;
        let start = Instant::now();
        sample.refusals += 1;
        let next = if sample.refusals >= self.settings.max_looks {
            Err(format!("it was refused in all of {} looks", self.settings.max_looks))
        } else {
            next_look(&sample.drawn, self.task, self.settings, sample.look + 1, &mut sample.refused)
        };
        sample.stages.look += start.elapsed();
        match next {
            Ok(dressed) => {
                sample.redress(dressed);
                Next::Again(sample)
            }
            Err(why) => Next::GivenUp(sample, format!("{why}; {reason}: {detail}")),
        }
    }

    /// Writes everything of a look but metadata, and judges it. `None` where frames are missing.
    fn finish_look(
        &self,
        sample: &mut Sample,
        shots: &Receiver<Result<Shot, Refused>>,
    ) -> Result<Option<(Option<Judgement>, Value)>> {
        let order = sample.order(self.settings);
        let episode = Arc::clone(&sample.episode);
        let (width, height) = (episode.clip.width, episode.clip.height);
        let folder = self.staging(sample)?;
        let dir = folder.dir().to_path_buf();
        folder.clear()?;
        folder.write("prompt.txt", format!("{}\n", episode.card.prompt.trim()).as_bytes())?;
        for (extra, name, json) in
            [(Extra::Tracks, "tracks", tracks_json as fn(&_) -> _), (Extra::Episode, "episode", episode_json)]
        {
            if self.settings.extras.contains(&extra) {
                folder.write(&format!("extras/{name}.json"), &json(&episode)?)?;
            }
        }
        if self.settings.extras.contains(&Extra::Actions) {
            for (name, bytes) in actions::files(&episode)? {
                folder.write(&name, &bytes)?;
            }
        }

        let video = dir.join("ground_truth.mp4");
        let mut encoding = None;
        let (mut ids, mut first, mut spent) = (Vec::new(), Vec::new(), std::time::Duration::ZERO);
        for frame in 0..order.frames {
            let Ok(shot) = shots.recv() else { return Ok(None) };
            let shot = match shot {
                Ok(shot) => shot,
                Err(refused) => return Ok(Some((Some(Judgement { points: 0, refused: Some(refused) }), Value::Null))),
            };
            let start = Instant::now();
            let last = frame + 1 == order.frames;
            if let Some(passes) = &shot.passes {
                write_passes(folder, frame, (width, height), passes)?;
            }
            if let Some(at_frame) = shot.ids {
                ids.push(IdPass { frame, ids: at_frame });
            }
            if self.settings.video {
                if frame == 0 {
                    let settings =
                        EncodeSettings::new(width, height, episode.clip.fps, order.frames).with_split(episode.truth.split());
                    encoding = Some(Encoder::create(&video, &settings).map_err(|e| Error::video(&video, e))?);
                }
                if let Some(encoder) = &mut encoding {
                    encoder.push(&shot.rgb).map_err(|e| Error::video(&video, e))?;
                }
                if last {
                    folder.write("final_frame.png", &png_rgb8(width, height, &shot.rgb)?)?;
                }
            }
            if frame == 0 {
                folder.write("first_frame.png", &png_rgb8(width, height, &shot.rgb)?)?;
                first = shot.rgb;
            }
            spent += start.elapsed();
        }

        let first = Frame { width, height, rgb: first };
        let found = lint::of_picture(&episode.truth, &first).map_err(|what| Error::Internal(format!("the lint: {what}")))?;
        sample.lint.findings.extend(found.iter().map(ToString::to_string));
        let policy = self.task.lint();
        if let Some(found) = found.iter().find(|found| policy.refuses(found.rule)) {
            sample.stages.encode += spent;
            let refused = Some((found.to_string(), found.detail.clone()));
            return Ok(Some((Some(Judgement { points: 0, refused }), Value::Null)));
        }
        let Some(encoder) = encoding else {
            sample.stages.encode += spent;
            return Ok(Some((None, Value::Null)));
        };
        let start = Instant::now();
        let report = encoder.finish().map_err(|e| Error::video(&video, e))?;
        cut(&video, episode.truth.split(), dir.join("first_video.mp4"), dir.join("last_video.mp4"))
            .map_err(|e| Error::video(&video, e))?;
        let described = self.encoder_json(&report)?;
        sample.stages.encode += spent + start.elapsed();
        if self.halted() {
            return Ok(None);
        }
        let start = Instant::now();
        let judgement = self.judge.judge(&episode.truth, &first, &video, &ids).map_err(|what| Error::Sample {
            path: video.clone(),
            what: format!("the video just written cannot be scored: {what}"),
        })?;
        sample.stages.score += start.elapsed();
        Ok(Some((Some(judgement), described)))
    }

    /// Encodes a twin or control. False where frames are missing.
    fn finish_side_clip(&self, sample: &mut Sample, taken: &mut Taken, shots: &Receiver<Result<Shot, Refused>>) -> Result<bool> {
        let Some(clip) = taken.side_clips.pop() else {
            return Ok(true);
        };
        let of = sample.episode.clip;
        let path = self.staging(sample)?.dir().join(&clip.file);
        let mut frames = (0..of.frames).map_while(|_| shots.recv().ok()?.ok().map(|shot| shot.rgb));
        let start = Instant::now();
        let whole = encode_clip(&path, (of.width, of.height), of.fps, of.frames, &mut frames)?;
        sample.stages.encode += start.elapsed();
        Ok(whole)
    }

    /// The sample's folder in the making.
    fn staging<'s>(&self, sample: &'s mut Sample) -> Result<&'s Staging> {
        if sample.staging.is_none() {
            let group = format!("{}_task", self.task.info().domain);
            sample.staging = Some(Staging::create(&self.settings.output, &group, &sample.drawn.task_id)?);
        }
        sample.staging.as_ref().ok_or_else(|| Error::Internal("a sample without a folder".into()))
    }

    fn renderer_json(&self, sample: &Sample) -> Value {
        let mut value = self.renderer.clone();
        let order = sample.order(self.settings);
        value["samples_per_pixel"] = json!(order.settings.samples_per_pixel);
        value["profile"] = json!(order.settings.profile);
        value["view"] = json!(order.settings.view);
        value["denoise"] = json!(order.settings.denoise);
        value["seed"] = json!(order.settings.seed);
        value
    }

    fn encoder_json(&self, report: &raytruth_video::EncodeReport) -> Result<Value> {
        let mut value = self.encoder.clone();
        value["crf"] = json!(report.crf);
        value["first_frame"] = json!(report.first);
        value["final_frame"] = json!(report.last);
        Ok(value)
    }
}

/// Encodes frames into `path`, whose folder is made where it is missing. False where there are fewer than announced.
///
/// # Errors
/// Where the file cannot be written.
pub fn encode_clip(
    path: &Path,
    (width, height): (u32, u32),
    fps: u32,
    count: u32,
    frames: &mut dyn Iterator<Item = Vec<u8>>,
) -> Result<bool> {
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).map_err(|e| Error::io("create folder", parent, e))?;
    }
    let failed = |e: VideoError| Error::video(path, e);
    let mut encoder = Encoder::create(path, &EncodeSettings::new(width, height, fps, count)).map_err(failed)?;
    let mut pushed = 0;
    for rgb in frames {
        encoder.push(&rgb).map_err(failed)?;
        pushed += 1;
    }
    if pushed < count {
        return Ok(false);
    }
    encoder.finish().map_err(failed)?;
    Ok(true)
}
