//! Short forms for evaluators of one's own, by the same rule as everything else.

use crate::{Cap, Criterion, Failure, Gate};

use super::{ramp, tidy};

/// What is worth nothing, in tolerances.
const WORTHLESS: f32 = 3.0;

/// 1 up to the tolerance, 0 from [`WORTHLESS`] of it on, linear between; 0 if nothing was measured.
fn worth(measured: Option<f64>, tolerance: f64) -> f32 {
    measured.map_or(0.0, |m| ramp(m as f32, tolerance as f32, WORTHLESS * tolerance as f32))
}

fn say(measured: Option<f64>, tolerance: f64, unit: &str) -> String {
    match measured {
        Some(m) => format!("{m:.3} {unit} off; {tolerance} {unit} is allowed, and three times that is worth nothing"),
        None => "not seen".to_owned(),
    }
}

impl Criterion {
    /// All points for an error up to `tolerance`, none from three times that on or if nothing was seen, linear between.
    #[must_use]
    pub fn graded(name: &'static str, max_points: u32, measured: Option<f64>, tolerance: f64, unit: &'static str) -> Self {
        let worth = worth(measured, tolerance);
        Self {
            name,
            points: (worth * max_points as f32 + 0.5) as u32,
            max_points,
            raw: tidy(worth),
            measured,
            tolerance,
            unit,
            reason: say(measured, tolerance, unit),
            failure: (worth < 1.0).then_some(if measured.is_some() { Failure::WrongPlace } else { Failure::Vanished }),
        }
    }
}

impl Gate {
    /// Keeps everything for an error up to `tolerance`, nothing from three times that on or if nothing was seen.
    #[must_use]
    pub fn graded(name: &'static str, measured: Option<f64>, tolerance: f64, unit: &'static str, failure: Failure) -> Self {
        let worth = worth(measured, tolerance);
        let failure = (worth < 1.0).then_some(failure);
        Self {
            name,
            keeps: (worth * 1000.0 + 0.5) as u32,
            measured,
            tolerance,
            unit,
            reason: say(measured, tolerance, unit),
            failure,
        }
    }
}

impl Cap {
    /// An upper bound if something holds; none if it does not.
    #[must_use]
    pub fn when(holds: bool, points: u32, reason: &str) -> Option<Self> {
        holds.then(|| Self { points, reason: reason.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_saturate_and_fall_linearly() {
        let points = |m| Criterion::graded("c", 400, m, 0.02, "widths").points;
        let got: Vec<u32> = [Some(0.0), Some(0.02), Some(0.03), Some(0.04), Some(0.06), Some(9.0), Some(f64::INFINITY), None]
            .map(points)
            .to_vec();
        assert_eq!(got, [400, 400, 300, 200, 0, 0, 0, 0]);
        assert_eq!(Criterion::graded("c", 400, Some(f64::NAN), 0.02, "widths").points, 0, "NaN earns nothing");
        assert_eq!(Gate::graded("g", Some(0.04), 0.02, "widths", Failure::OtherStart).keeps, 500);
    }
}
