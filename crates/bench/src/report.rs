//! Everything that one command tells of a machine, and as a table.

use std::fmt::Write as _;

use raytruth_render::AdapterReport;
use serde::Serialize;

use crate::correct::Comparison;
use crate::rates::{Around, Effort, Kernel, Rate};
use crate::samples::Made;

/// What was measured.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// Of the program.
    pub version: String,
    /// On what.
    pub adapter: AdapterReport,
    /// Cores of the host that the program may use.
    pub cores: usize,
    /// Whether pictures are right; absent where it was not asked for.
    pub correct: Option<Correct>,
    /// How much was measured of rates.
    pub effort: Effort,
    /// Paths and rays a second.
    pub rates: Vec<Rate>,
    /// Milliseconds of kernels.
    pub kernels: Vec<Kernel>,
    /// What surrounds paths.
    pub around: Vec<Around>,
    /// Samples on this device.
    pub samples: Option<Made>,
    /// The same with frames that were there already: what the host alone can do.
    pub host: Option<Made>,
    /// What an hour of the machine costs, and 10,000 samples then; in whatever money.
    pub price: Option<Price>,
    /// Seconds that all of it took.
    pub seconds: f64,
}

/// Whether pictures are right.
#[derive(Clone, Debug, Serialize)]
pub struct Correct {
    /// What they were compared with.
    pub against: String,
    /// One a picture.
    pub pictures: Vec<Comparison>,
    /// Whether all are as they should be.
    pub ok: bool,
}

/// Money.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Price {
    /// An hour of the machine.
    pub an_hour: f64,
    /// 10,000 samples.
    pub for_10_000: f64,
}

impl Report {
    /// Whether what was compared is right and every sample could be made.
    #[must_use]
    pub fn ok(&self) -> bool {
        self.correct.as_ref().is_none_or(|c| c.ok) && self.samples.iter().chain(&self.host).all(|made| made.failed == 0)
    }

    /// For people.
    #[must_use]
    pub fn text(&self) -> String {
        let a = &self.adapter;
        let mut text = format!("{} ({}, {} {}), {} cores\n", a.name, a.backend, a.driver, a.driver_info, self.cores);
        // Writing to a string cannot fail.
        let _ = self.write(&mut text);
        text
    }

    fn write(&self, out: &mut String) -> std::fmt::Result {
        if let Some(correct) = &self.correct {
            write_correct(out, correct)?;
        }
        let Effort { size: (width, height), samples, .. } = self.effort;
        if !self.rates.is_empty() {
            writeln!(out, "\nframes of {width}x{height}, {samples} paths a pixel; the median (least to most)")?;
            row(out, &["", "ms a frame", "traced", "M paths/s", "rays a path", "M rays/s"].map(String::from))?;
            for rate in &self.rates {
                let cells = [
                    format!("{}, {}", rate.scene, rate.frame),
                    rate.milliseconds.text(),
                    format!("{:.0} %", 100.0 * rate.traced),
                    rate.paths_per_s.times(1e-6).text(),
                    format!("{:.2}", rate.rays_per_path),
                    rate.rays_per_s.map_or_else(|| "–".into(), |rays| rays.times(1e-6).text()),
                ];
                row(out, &cells)?;
            }
        }
        if !self.kernels.is_empty() {
            writeln!(out, "\nmilliseconds of each kernel, with denoiser")?;
            row(out, &["", "dispatches", "first frame", "later frame"].map(String::from))?;
            let cell = |figure: Option<crate::Figure>| figure.map_or_else(|| "–".into(), |f| f.text());
            for k in &self.kernels {
                let dispatches = if k.dispatches > 0 { k.dispatches.to_string() } else { String::new() };
                row(out, &[k.kernel.into(), dispatches, cell(k.first), cell(k.later)])?;
            }
        }
        if !self.around.is_empty() {
            writeln!(out, "\nmilliseconds around a frame's paths")?;
            row(out, &["", "primitives", "scene made ready", "hierarchy", "upload", "read-back"].map(String::from))?;
            for x in &self.around {
                let bytes = |n: u64| format!(" of {:.1} MB", n as f64 * 1e-6);
                let cells = [
                    x.scene.into(),
                    x.primitives.to_string(),
                    x.prepare_ms.text(),
                    x.hierarchy_ms.text(),
                    x.upload_ms.text() + &bytes(x.upload_bytes),
                    x.read_back_ms.text() + &bytes(x.read_back_bytes),
                ];
                row(out, &cells)?;
            }
        }
        for (what, made) in
            [("samples", &self.samples), ("the same from frames that are there: what the host alone does", &self.host)]
        {
            if let Some(made) = made {
                write_made(out, what, made)?;
            }
        }
        if let Some(price) = self.price {
            writeln!(out, "\nat {} an hour, 10,000 samples cost {:.2}", price.an_hour, price.for_10_000)?;
        }
        writeln!(out, "\nmeasured in {:.0} s", self.seconds)
    }
}

fn write_correct(out: &mut String, correct: &Correct) -> std::fmt::Result {
    writeln!(out, "\npictures against {}; in brackets what may be", correct.against)?;
    row(out, &["", "frame", "FLIP", "energy off", "other ids", "as afresh", ""].map(String::from))?;
    for p in &correct.pictures {
        let cells = [
            p.scene.clone(),
            p.frame.to_string(),
            format!("{:.4} ({:.4})", p.flip, p.limits.flip),
            format!("{:.2} % ({:.2} %)", 100.0 * p.energy, 100.0 * p.limits.energy),
            format!("{} (0)", p.ids),
            p.same_bits.map_or("–", |same| if same { "to the bit" } else { "no" }).into(),
            if p.ok { "ok" } else { "WRONG" }.into(),
        ];
        row(out, &cells)?;
    }
    Ok(())
}

fn write_made(out: &mut String, what: &str, made: &Made) -> std::fmt::Result {
    writeln!(out, "\n{what}: {} of {}, {}, {} frames", made.samples, made.task, made.preset, made.frames)?;
    if made.failed > 0 {
        writeln!(out, "  {} could not be made", made.failed)?;
    }
    let spread = made.seconds_between.map_or_else(String::new, |f| format!("; from one to the next {} s", f.text()));
    writeln!(out, "  {:.2} s a sample{spread}", made.seconds_a_sample)?;
    writeln!(out, "  {:.0} samples an hour, {:.1} GB for 10,000", made.samples_an_hour, made.gb_for_10_000)?;
    if let Some(paths) = made.paths_a_sample {
        writeln!(out, "  {:.0} M paths a sample", 1e-6 * paths)?;
    }
    let stages: Vec<String> = made.stages.iter().map(|(stage, figure)| format!("{stage} {}", figure.text())).collect();
    writeln!(out, "  seconds of each stage on its thread: {}", stages.join(", "))?;
    if let Some(busy) = made.busy.filter(|busy| *busy > 0.0) {
        let idle: Vec<String> = made.idle.iter().map(|(what, share)| format!("{what} {:.1} %", 100.0 * share)).collect();
        writeln!(out, "  the device had work {:.1} % of the time; else it waited for {}", 100.0 * busy, idle.join(", "))?;
    }
    match made.waited_for {
        Some(what) => writeln!(out, "  limited by others than the renderer: it waited for {what}"),
        None => writeln!(out, "  limited by the renderer"),
    }
}

fn row(out: &mut String, cells: &[String]) -> std::fmt::Result {
    const WIDTHS: [usize; 7] = [20, 20, 24, 24, 24, 24, 6];
    let padded = cells.iter().zip(WIDTHS).map(|(cell, width)| format!("{cell:width$}"));
    writeln!(out, "  {}", padded.collect::<Vec<_>>().join(" ").trim_end())
}
