//! Why a control that pixels make scores what it does: `cargo run --release -p raytruth-eval --features decode --example score_control --
//! SAMPLE_DIR CONTROL`.

use std::path::Path;

use raytruth_eval::controls::{Making, Source};
use raytruth_eval::decode::{Limits, decode};
use raytruth_eval::{Registry, Sample, score_frames_at};

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, name] = arguments.as_slice() else { anyhow::bail!("which sample, and which control?") };
    let sample = Sample::open(Path::new(folder))?;
    let registry = Registry::default();
    let controls = registry.get(&sample.truth.domain)?.controls();
    let found = controls.iter().find(|control| control.name == name);
    let Some(Making::Pixels(make)) = found.map(|control| control.making) else {
        anyhow::bail!("`{name}` is no control of pixels")
    };
    let right = decode(&Path::new(folder).join("ground_truth.mp4"), &Limits::default())?;
    let Some(made) = make(&Source { frames: &right.frames, fps: right.fps, other: None, truth: &sample.truth }) else {
        anyhow::bail!("this sample has no such control")
    };
    let mut frames = made.frames;
    if let Some(codec) = made.codec {
        let coded = tempfile::Builder::new().suffix(".mp4").tempfile()?;
        raytruth_eval::controls::encode(coded.path(), &frames, made.fps, codec).map_err(anyhow::Error::msg)?;
        frames = decode(coded.path(), &Limits::default())?.frames;
    }
    let time = made.time.unwrap_or_else(|| (0..frames.len()).map(|i| i as f64 / made.fps).collect());
    let score = score_frames_at(&registry, &sample.truth, &sample.first_frame, &frames, time)?;
    println!("{} points", score.points);
    for criterion in &score.criteria {
        println!("{:<16} {:>3}/{:<3} {}", criterion.name, criterion.points, criterion.max_points, criterion.reason);
    }
    for gate in &score.gates {
        println!("{:<16} x{:.3} {}", gate.name, f64::from(gate.keeps) * 1e-3, gate.reason);
    }
    Ok(())
}
