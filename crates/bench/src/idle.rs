//! When a device had no work, and what the thread that renders did then.

use std::collections::BTreeMap;

use crate::watched::{Phase, Stretch};

/// Time by name.
pub(crate) type Shares = BTreeMap<&'static str, f64>;

/// In how much of a window the device had work, and what the thread that renders did in the rest, as parts of the window. `run` is where it
/// waited for the run.
pub(crate) fn shares(phases: &[(Phase, Stretch)], busy: &[Stretch], (from, to): Stretch) -> (f64, Shares) {
    let whole = to.saturating_duration_since(from).as_secs_f64();
    let clipped = |(a, b): Stretch| (a.max(from), b.min(to));
    let within = |a: Stretch, b: Stretch| {
        let (start, end) = (a.0.max(b.0), a.1.min(b.1));
        end.saturating_duration_since(start).as_secs_f64()
    };
    let busy: Vec<Stretch> = busy.iter().map(|s| clipped(*s)).filter(|(a, b)| a < b).collect();
    let all_busy: f64 = busy.iter().map(|(a, b)| b.duration_since(*a).as_secs_f64()).sum();
    let mut shares = Shares::new();
    let mut told = 0.0;
    for (phase, stretch) in phases {
        let stretch = clipped(*stretch);
        if stretch.0 >= stretch.1 {
            continue;
        }
        // Stretches are in order, so that those that overlap are few and together.
        let first = busy.partition_point(|(_, end)| *end <= stretch.0);
        let working: f64 = busy[first..].iter().take_while(|(start, _)| *start < stretch.1).map(|b| within(*b, stretch)).sum();
        let idle = (stretch.1.duration_since(stretch.0).as_secs_f64() - working).max(0.0);
        match phase {
            Phase::Opening => *shares.entry("opening clips").or_default() += idle,
            Phase::Handing => {
                *shares.entry("encoders").or_default() += idle;
                // It lies within rendering.
                *shares.entry("frames").or_default() -= idle;
                continue;
            }
            Phase::Rendering => *shares.entry("frames").or_default() += idle,
        }
        told += idle;
    }
    shares.insert("the run", (whole - all_busy - told).max(0.0));
    for share in shares.values_mut() {
        *share = (*share / whole).max(0.0);
    }
    (all_busy / whole, shares)
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    #[test]
    fn idle_time_is_laid_to_what_the_renderer_did() {
        let start = Instant::now();
        let at = |ms: u64| start + Duration::from_millis(ms);
        let stretch = |from, to| (at(from), at(to));
        // One clip from 10 to 90: opened until 20, frames handed over at 50 to 60.
        let phases = [(Phase::Opening, stretch(10, 20)), (Phase::Handing, stretch(50, 60)), (Phase::Rendering, stretch(20, 90))];
        let busy = [stretch(25, 50), stretch(55, 90)];
        let (busy, shares) = shares(&phases, &busy, stretch(0, 100));
        let near = |a: f64, b: f64| (a - b).abs() < 1e-6;
        assert!(near(busy, 0.6) && near(shares["opening clips"], 0.1) && near(shares["encoders"], 0.05), "{shares:?}");
        assert!(near(shares["frames"], 0.05) && near(shares["the run"], 0.2), "{shares:?}");
    }
}
