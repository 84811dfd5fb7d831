//! Bars with rate and time left in a terminal; plain lines where stderr goes to a file.

use std::io::IsTerminal as _;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use raytruth_dataset::{Event, Observer};

/// In a log, a long clip says every so often how far it is.
const PLAIN_EVERY: Duration = Duration::from_secs(30);

/// Shows a run to a person or a log.
pub(crate) struct Display {
    bars: Option<Bars>,
    plain: Mutex<Plain>,
    /// What to do where a run takes long.
    hint: &'static str,
}

struct Bars {
    all: MultiProgress,
    samples: ProgressBar,
    clip: ProgressBar,
}

struct Plain {
    start: Instant,
    spoken: Instant,
    total: u64,
    done: u64,
    frames: u32,
    task_id: String,
}

impl Display {
    pub(crate) fn new(hint: &'static str) -> Self {
        let bars = std::io::stderr().is_terminal().then(Bars::new);
        let now = Instant::now();
        let plain = Plain { start: now, spoken: now, total: 0, done: 0, frames: 1, task_id: String::new() };
        Self { bars, plain: Mutex::new(plain), hint }
    }

    /// A line above the bars.
    pub(crate) fn say(&self, text: &str) {
        match &self.bars {
            // A terminal that went away is no reason to stop.
            Some(bars) => drop(bars.all.println(text)),
            None => eprintln!("{text}"),
        }
    }

    /// Takes the bars away.
    pub(crate) fn close(&self) {
        if let Some(bars) = &self.bars {
            bars.clip.finish_and_clear();
            bars.samples.finish_and_clear();
        }
    }
}

impl Bars {
    fn new() -> Self {
        let style = |template: &str| ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        let all = MultiProgress::new();
        let samples = all.add(ProgressBar::new(0));
        samples.set_style(
            style("{prefix:.bold} {wide_bar:.cyan/dim} {pos}/{len} samples  {elapsed} elapsed, {eta} left").progress_chars("━╸─"),
        );
        let clip = all.add(ProgressBar::new(1));
        clip.set_style(style("{prefix} {wide_bar:.green/dim} {msg}  {eta} left").progress_chars("━╸─"));
        Self { all, samples, clip }
    }
}

/// `40 s`, `12 min`, `3.5 h`, `2 days`: no more digits than an estimate has.
fn duration(seconds: f64) -> String {
    match seconds {
        s if s < 90.0 => format!("{:.0} s", s.max(1.0)),
        s if s < 5400.0 => format!("{:.0} min", s / 60.0),
        s if s < 36.0 * 3600.0 => format!("{:.1} h", s / 3600.0),
        s => format!("{:.0} days", s / 86400.0),
    }
}

/// A clip's bar counts thousandths of frames, so that it moves within a slow frame.
const PARTS: f64 = 1000.0;

impl Observer for Display {
    fn event(&self, event: Event<'_>) {
        let mut plain = self.plain.lock().unwrap_or_else(PoisonError::into_inner);
        match event {
            Event::Planned { total, whole, folder } => {
                (plain.total, plain.done, plain.start) = (total, whole, Instant::now());
                if let Some(bars) = &self.bars {
                    bars.samples.set_length(total);
                    bars.samples.set_position(whole);
                    // What was there already says nothing about the time left.
                    bars.samples.reset_eta();
                    bars.samples.set_prefix("samples");
                    bars.samples.enable_steady_tick(Duration::from_millis(500));
                }
                if whole > 0 {
                    self.say(&format!("{whole} of {total} samples are already in {}", folder.display()));
                }
            }
            Event::Remade { task_id, why } => self.say(&format!("{task_id} is made anew: {why}")),
            Event::Estimated { seconds, samples } => {
                let all = duration(seconds * samples as f64);
                let each = if samples > 1 { format!("{} a sample, ", duration(seconds)) } else { String::new() };
                self.say(&format!("without a GPU the videos take about {each}{all} in all{}", self.hint));
            }
            Event::ClipStarted { task_id, what, look, frames } => {
                (plain.frames, plain.task_id, plain.spoken) = (frames, task_id.to_owned(), Instant::now());
                if let Some(bars) = &self.bars {
                    let look = if look > 1 { format!(", look {look}") } else { String::new() };
                    bars.clip.set_prefix(format!("{task_id} {what}{look}"));
                    bars.clip.set_length((f64::from(frames) * PARTS) as u64);
                    bars.clip.set_position(0);
                    bars.clip.reset();
                }
            }
            Event::ClipProgress { frames } => {
                if let Some(bars) = &self.bars {
                    bars.clip.set_position((frames * PARTS) as u64);
                    let rate = frames / bars.clip.elapsed().as_secs_f64().max(1e-3);
                    bars.clip.set_message(format!("{:.0}/{} frames, {rate:.2} a second", frames.floor(), plain.frames));
                } else if plain.spoken.elapsed() > PLAIN_EVERY {
                    plain.spoken = Instant::now();
                    self.say(&format!("{}: {:.0} of {} frames", plain.task_id, frames.floor(), plain.frames));
                }
            }
            Event::Warned { task_id, what } => self.say(&format!("{task_id}: {what}")),
            Event::LookRejected { task_id, look, why } => self.say(&format!("{task_id}: look {look} is refused: {why}")),
            Event::SampleDone { task_id, points, seconds } => {
                plain.done += 1;
                let points = points.map_or_else(String::new, |p| format!(", {p}/1000"));
                match &self.bars {
                    Some(bars) => {
                        bars.samples.set_position(plain.done);
                        self.say(&format!("{task_id} {seconds:.1} s{points}"));
                    }
                    None => self.say(&format!("[{}/{}] {task_id} {seconds:.1} s{points}", plain.done, plain.total)),
                }
            }
            Event::SampleFailed { task_id, why } => self.say(&format!("{task_id} is given up: {why}")),
            _ => {}
        }
    }
}

/// The progress of one clip outside of a run.
pub(crate) struct ClipBar {
    bar: Option<ProgressBar>,
    name: String,
    frames: u32,
    spoken: Mutex<Instant>,
}

impl ClipBar {
    pub(crate) fn new(name: &str, frames: u32) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::new((f64::from(frames) * PARTS) as u64);
            let style = ProgressStyle::with_template("{prefix} {wide_bar:.green/dim} {msg}  {eta} left");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("━╸─"));
            bar.set_prefix(name.to_owned());
            bar
        });
        if bar.is_none() {
            eprintln!("{name}: {frames} frames");
        }
        Self { bar, name: name.to_owned(), frames, spoken: Mutex::new(Instant::now()) }
    }

    pub(crate) fn say(&self, text: &str) {
        match &self.bar {
            Some(bar) => bar.println(text),
            None => eprintln!("{text}"),
        }
    }

    /// So many frames, with fractions.
    pub(crate) fn set(&self, frames: f64) {
        if let Some(bar) = &self.bar {
            bar.set_position((frames * PARTS) as u64);
            bar.set_message(format!("{:.0}/{} frames", frames.floor(), self.frames));
            return;
        }
        let mut spoken = self.spoken.lock().unwrap_or_else(PoisonError::into_inner);
        if spoken.elapsed() > PLAIN_EVERY {
            *spoken = Instant::now();
            eprintln!("{}: {:.0} of {} frames", self.name, frames.floor(), self.frames);
        }
    }

    pub(crate) fn close(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// How many of some things are done.
pub(crate) struct CountBar {
    bar: Option<ProgressBar>,
    name: &'static str,
    total: u64,
    /// When it was last said in a log, and how many were done.
    spoken: Mutex<(Instant, u64)>,
}

impl CountBar {
    pub(crate) fn new(name: &'static str, total: u64) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::new(total);
            let style =
                ProgressStyle::with_template("{prefix:.bold} {wide_bar:.cyan/dim} {pos}/{len}  {elapsed} elapsed, {eta} left");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("━╸─"));
            bar.set_prefix(name);
            bar
        });
        Self { bar, name, total, spoken: Mutex::new((Instant::now(), 0)) }
    }

    /// Does something that prints, with the bar out of the way.
    pub(crate) fn quietly<T>(&self, print: impl FnOnce() -> T) -> T {
        match &self.bar {
            Some(bar) => bar.suspend(print),
            None => print(),
        }
    }

    /// One more is done.
    pub(crate) fn add_one(&self) {
        if let Some(bar) = &self.bar {
            bar.inc(1);
            return;
        }
        let mut spoken = self.spoken.lock().unwrap_or_else(PoisonError::into_inner);
        spoken.1 += 1;
        if spoken.0.elapsed() > PLAIN_EVERY {
            spoken.0 = Instant::now();
            eprintln!("{} of {} {}", spoken.1, self.total, self.name);
        }
    }

    pub(crate) fn close(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::duration;

    #[test]
    fn durations_have_few_digits() {
        let said = [0.2, 40.4, 600.0, 12_600.0, 200_000.0].map(duration);
        assert_eq!(said, ["1 s", "40 s", "10 min", "3.5 h", "2 days"]);
    }
}
