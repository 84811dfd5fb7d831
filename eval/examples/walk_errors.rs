//! How far the walk that the navigation evaluator sees in a ground truth lies off the one that was filmed, frame by frame:
//! `cargo run --release -p raytruth-eval --features decode --example walk_errors -- SAMPLE_DIR [VIDEO | CONTROL]`, of another video of the same
//! walk, or of one of the controls that pixels make.

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use raytruth_eval::controls::{Making, Source};
use raytruth_eval::decode::{Limits, decode};
use raytruth_eval::navigation::{Fix, Navigation, Pose, track};
use raytruth_eval::{Evaluator, Footage, Registry, Sample, Truth, Verdict, score_frames_at, score_video};

/// Keeps what is tracked: fixes and their times, and how long each took, milliseconds.
#[derive(Default)]
struct Keep(Mutex<(Vec<Fix>, Vec<f64>, f64)>);

struct Shared(Arc<Keep>);

impl Evaluator for Shared {
    fn domain(&self) -> &'static str {
        "spatiality_navigation"
    }

    fn score(&self, truth: &Truth, footage: &Footage, _: &[u32]) -> Result<Verdict, String> {
        let started = Instant::now();
        let fixes = track(truth, footage)?.fixes;
        let each = started.elapsed().as_secs_f64() * 1e3 / fixes.len() as f64;
        *self.0.0.lock().map_err(|e| e.to_string())? = (fixes, footage.time.clone(), each);
        Ok(Verdict::default())
    }
}

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some(folder) = arguments.first() else { anyhow::bail!("which sample?") };
    let sample = Sample::open(Path::new(folder))?;
    let own = Path::new(folder).join("ground_truth.mp4");
    let video = arguments.get(1).map_or_else(|| own.clone(), Into::into);
    let kept = Arc::new(Keep::default());
    let registry = Registry::empty().with(Arc::new(Shared(Arc::clone(&kept))));
    let started = Instant::now();
    if video.exists() {
        score_video(&registry, &sample.truth, &sample.first_frame, &video)?;
    } else {
        let controls = Navigation.controls();
        let found = controls.iter().find(|control| video.to_str() == Some(control.name));
        let Some(Making::Pixels(make)) = found.map(|control| control.making) else {
            anyhow::bail!("{} is neither a file nor a control that pixels make", video.display())
        };
        let right = decode(&own, &Limits::default())?;
        let made = make(&Source { frames: &right.frames, fps: right.fps, other: None, truth: &sample.truth });
        let Some(made) = made else { anyhow::bail!("this sample has no such control") };
        let time = made.time.unwrap_or_else(|| (0..made.frames.len()).map(|i| i as f64 / made.fps).collect());
        score_frames_at(&registry, &sample.truth, &sample.first_frame, &made.frames, time)?;
    }
    let whole = started.elapsed().as_secs_f64() * 1e3;
    let (fixes, time, each) = kept.0.lock().map(|kept| kept.clone()).map_err(|e| anyhow::anyhow!("{e}"))?;
    let wanted = Pose::of_truth(&sample.truth);
    let (mut near, mut far) = (0, 0);
    println!("frame     x      y    yaw   metres degrees  edges enough alike");
    for (frame, (fix, time)) in fixes.iter().zip(&time).enumerate() {
        let pose = wanted[((time * f64::from(sample.truth.clip.fps)).round() as usize).min(wanted.len() - 1)];
        let way = pose.way_to(fix.pose);
        let (metres, degrees) = (pose.distance(fix.pose), way[2].to_degrees());
        near += usize::from(metres <= 0.15 && degrees.abs() <= 5.0);
        far += usize::from(metres > 0.4 || degrees.abs() > 12.0);
        let note = if metres > 0.15 || degrees.abs() > 5.0 { "  <" } else { "" };
        println!(
            "{frame:>5} {:>6.2} {:>6.2} {:>6.1} {metres:>7.3} {degrees:>7.2} {:>6.2} {:>6.1} {:>5.2}{note}",
            fix.pose.at[0],
            fix.pose.at[1],
            fix.pose.yaw.to_degrees(),
            fix.edges,
            fix.enough,
            fix.alike
        );
    }
    let count = fixes.len().max(1);
    println!(
        "{:.1} % within 0.15 m and 5 degrees, {far} frames beyond 0.4 m or 12 degrees; {each:.2} ms a frame, {:.2} with decoding",
        100.0 * near as f64 / count as f64,
        whole / fixes.len() as f64
    );
    Ok(())
}
