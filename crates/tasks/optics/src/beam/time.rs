//! When the beam is where.

use raytruth_task::Rejection;

use crate::exact::Path;

/// The beam sets off, and meets its detector, seconds.
const STARTS: f64 = 0.35;
const MEETS: f64 = 4.1;
/// Least time of a leg in the open, seconds.
const LEAST: f64 = 0.45;
/// A lamp is bright so soon, seconds.
const WARMS: f64 = 0.12;

/// How the beam grows: evenly.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Growth {
    /// Metres.
    length: f64,
    /// Where it leaves the last optic, metres along it.
    last_turn: f64,
}

impl Growth {
    /// Along a path.
    ///
    /// # Errors
    /// [`Rejection`] `leg_too_short` if a leg in the open takes too little time to be followed.
    pub(crate) fn new(path: &Path) -> Result<Self, Rejection> {
        let lengths: Vec<f64> = path.legs().map(|leg| leg.length()).collect();
        let length: f64 = lengths.iter().sum();
        let last = lengths.last().copied().unwrap_or(0.0);
        let open = path.legs().zip(&lengths).filter(|(leg, _)| leg.n == 1.0).map(|(_, length)| *length);
        let takes = open.fold(f64::INFINITY, f64::min) * (MEETS - STARTS) / length;
        if takes < LEAST {
            return Err(Rejection::new("leg_too_short", format!("{takes:.2} s")));
        }
        Ok(Self { length, last_turn: length - last })
    }

    /// Metres of a beam at a time: one of any length takes the same time.
    pub(crate) fn reach_of(length: f64, time: f64) -> f64 {
        (length * (time - STARTS) / (MEETS - STARTS)).clamp(0.0, length)
    }

    /// When it leaves the last optic, seconds.
    pub(crate) fn turns_last(&self) -> f64 {
        STARTS + (MEETS - STARTS) * self.last_turn / self.length
    }

    /// When it meets its detector, seconds.
    pub(crate) const fn meets() -> f64 {
        MEETS
    }

    /// How bright the lamp is, 0 to 1.
    pub(crate) fn lit(time: f64) -> f64 {
        ((time - MEETS) / WARMS).clamp(0.0, 1.0)
    }
}
