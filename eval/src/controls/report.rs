//! What the controls scored, and whether the bounds hold.

use serde::Serialize;

use super::Kind;
use crate::EvalError;

/// One control of one sample.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// Name of the sample's folder.
    pub sample: String,
    /// What was done, e.g. `frozen_first_frame`.
    pub control: String,
    /// How it must score.
    pub kind: Kind,
    /// The least score of a right one, the highest of a wrong one.
    pub bound: u32,
    /// How it scored.
    pub points: u32,
    /// Whether the bound holds.
    pub kept: bool,
    /// What cost it points, or the error.
    pub note: String,
}

impl Row {
    pub(super) fn new(sample: &str, control: &str, (kind, bound): (Kind, u32), scored: Result<crate::Score, EvalError>) -> Self {
        let (points, kept, note) = match scored {
            Ok(score) => (score.points, kind.keeps_within(bound, score.points), lost(&score)),
            // An error proves nothing, not even of a wrong video.
            Err(error) => (0, false, error.to_string()),
        };
        Self { sample: sample.to_owned(), control: control.to_owned(), kind, bound, points, kept, note }
    }
}

/// Every control of every sample.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ControlsReport {
    /// In the order of samples, then of controls.
    pub rows: Vec<Row>,
    /// `sample/control` of those that could not be made here and were not rendered.
    pub missing: Vec<String>,
}

impl ControlsReport {
    /// Whether every bound holds.
    #[must_use]
    pub fn kept(&self) -> bool {
        self.rows.iter().all(|r| r.kept)
    }

    /// The table for people: one line a control, worst sample first.
    #[must_use]
    pub fn table(&self) -> String {
        let mut names: Vec<(&str, Kind)> = Vec::new();
        for row in &self.rows {
            if !names.iter().any(|(n, _)| *n == row.control) {
                names.push((&row.control, row.kind));
            }
        }
        names.sort_by_key(|(_, kind)| *kind as u8);
        let mut text = format!("{:<34} {:>7} {:>6} {:>6} {:>6} {:>4}\n", "control", "bound", "min", "mean", "max", "n");
        for (name, kind) in names {
            let rows: Vec<&Row> = self.rows.iter().filter(|r| r.control == name).collect();
            let points = rows.iter().map(|r| r.points);
            let (low, high) = (points.clone().min().unwrap_or(0), points.clone().max().unwrap_or(0));
            let mean = points.sum::<u32>() / rows.len().max(1) as u32;
            let sign = if kind.is_right() { ">=" } else { "<=" };
            let bound = rows.first().map_or(kind.bound(), |r| r.bound);
            let broken = rows.iter().filter(|r| !r.kept).count();
            let verdict = if broken == 0 { String::new() } else { format!("  BROKEN in {broken}") };
            text += &format!("{name:<34} {sign} {:>4} {low:>6} {mean:>6} {high:>6} {:>4}{verdict}\n", bound, rows.len());
        }
        for row in self.rows.iter().filter(|r| !r.kept) {
            text += &format!("broken: {}/{}: {} points, {}\n", row.sample, row.control, row.points, row.note);
        }
        if !self.missing.is_empty() {
            let mut kinds: Vec<&str> = self.missing.iter().filter_map(|m| m.split_once('/').map(|(_, name)| name)).collect();
            kinds.sort_unstable();
            kinds.dedup();
            text += &format!("not there (`raytruth controls` renders those that need it): {}\n", kinds.join(", "));
        }
        let broken = self.rows.iter().filter(|r| !r.kept).count();
        text + &format!("{} controls, {broken} bounds broken\n", self.rows.len())
    }
}

/// What cost points, in a line.
fn lost(score: &crate::Score) -> String {
    let criteria = score.criteria.iter().filter(|c| c.points < c.max_points);
    let mut parts: Vec<String> = criteria.map(|c| format!("{} {}/{}: {}", c.name, c.points, c.max_points, c.reason)).collect();
    parts.extend(
        score
            .gates
            .iter()
            .filter(|g| g.keeps < 1000)
            .map(|g| format!("{} x{:.3}: {}", g.name, f64::from(g.keeps) / 1000.0, g.reason)),
    );
    parts.extend(score.caps.iter().map(|c| format!("at most {}: {}", c.points, c.reason)));
    parts.join("; ")
}
