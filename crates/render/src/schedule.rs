//! Cuts a frame's work into dispatches that end soon.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::AdapterReport;

/// How long one submission may take.
const TARGET: Duration = Duration::from_millis(80);
/// Paths of the first submission: a millisecond on a GPU, less than a tenth of a second on most CPUs.
const FIRST: u64 = 40_000;
/// Fewest paths of a submission. Below, the cost of submitting outweighs that of tracing on any device.
const FEWEST: u64 = 1 << 14;
/// The most samples in one dispatch of a software adapter: more gain nothing. Of a GPU, which waits for the longest path of a dispatch.
pub(crate) const MAX_SAMPLES: [u32; 2] = [16, 64];
/// Pixels in a workgroup.
const GROUP_PIXELS: u64 = 64;

/// The most that one dispatch of a device may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct AtOnce {
    /// Samples of a pixel.
    pub(crate) samples: u32,
    /// Groups along one axis.
    pub(crate) groups: u32,
}

impl AtOnce {
    /// `one_by_one`: its driver ends long loops.
    pub(crate) fn new(report: &AdapterReport, one_by_one: bool) -> Self {
        let samples = if one_by_one { 1 } else { MAX_SAMPLES[usize::from(!report.is_software())] };
        Self { samples, groups: report.limits.max_compute_workgroups_per_dimension }
    }
}

/// How much a device is given at a time, by how long it took before.
#[derive(Debug)]
pub(crate) struct Pace {
    /// Paths that a submission may hold.
    budget: AtomicU64,
    at_once: AtOnce,
}

impl Pace {
    pub(crate) const fn new(at_once: AtOnce) -> Self {
        Self { budget: AtomicU64::new(FIRST), at_once }
    }

    /// The next clip's paths may be dearer.
    pub(crate) fn a_clip_begins(&self) {
        let budget = self.budget();
        self.set(budget.min(FIRST).max(budget / 2));
    }

    /// Tells how long a submission took. The budget follows the time, not a rate: where waiting outweighs work (few live paths, a
    /// busy machine), a rate would shrink the next submission, and the one after it still more.
    pub(crate) fn measured(&self, time: Duration) {
        if time > TARGET {
            self.set((self.budget() / 2).max(FEWEST));
        } else if time * 2 < TARGET {
            let most = u64::from(self.at_once.groups) * GROUP_PIXELS * u64::from(self.at_once.samples);
            self.set(self.budget().saturating_mul(2).min(most));
        }
    }

    fn budget(&self) -> u64 {
        self.budget.load(Ordering::Relaxed)
    }

    fn set(&self, budget: u64) {
        self.budget.store(budget, Ordering::Relaxed);
    }
}

/// Part of a frame: a range of groups, and some samples of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Slice {
    pub(crate) first_group: u32,
    pub(crate) groups: u32,
    pub(crate) first_sample: u32,
    pub(crate) samples: u32,
}

/// Hands out slices of a frame: group ranges, each with all its samples in order before the next. How they are cut follows the
/// time measured; the result does not depend on it, because every pixel's sum grows sample by sample.
pub(crate) struct Schedule {
    groups: u32,
    samples: u32,
    first_group: u32,
    /// Groups of the range at hand.
    range: u32,
    first_sample: u32,
    fixed: Option<(u32, u32)>,
}

impl Schedule {
    pub(crate) const fn new(groups: u32, samples: u32, fixed: Option<(u32, u32)>) -> Self {
        Self { groups, samples, first_group: 0, range: 0, first_sample: samples, fixed }
    }

    fn next_range(&mut self, pace: &Pace) {
        let samples = self.samples.min(pace.at_once.samples).min(4);
        let wanted = self.fixed.map_or(pace.budget() / GROUP_PIXELS / u64::from(samples), |(groups, _)| u64::from(groups));
        let left = self.groups - self.first_group;
        self.range = (wanted.clamp(1, u64::from(pace.at_once.groups)) as u32).min(left);
        self.first_sample = 0;
    }

    /// The next slice, until the frame is done.
    pub(crate) fn next(&mut self, pace: &Pace) -> Option<Slice> {
        if self.first_sample == self.samples {
            self.first_group += self.range;
            if self.first_group < self.groups {
                self.next_range(pace);
            }
        }
        if self.first_group >= self.groups {
            return None;
        }
        let wanted = self.fixed.map_or(pace.budget() / (GROUP_PIXELS * u64::from(self.range)), |(_, samples)| u64::from(samples));
        // Tests that fix how a frame is cut get what they ask for.
        let most = if self.fixed.is_some() { MAX_SAMPLES[0] } else { pace.at_once.samples };
        let count = (wanted.clamp(1, u64::from(most)) as u32).min(self.samples - self.first_sample);
        let slice = Slice { first_group: self.first_group, groups: self.range, first_sample: self.first_sample, samples: count };
        self.first_sample += count;
        Some(slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_of_every_group_comes_once_and_in_order() {
        for (groups, samples, fixed, at_once) in [
            (1, 1, None, 16),
            (100, 50, None, 16),
            (100, 50, None, 1),
            (7000, 7, Some((33, 5)), 16),
            (5, 1000, Some((2, 16)), 16),
        ] {
            let mut next_sample = vec![0; groups as usize];
            let pace = Pace::new(AtOnce { samples: at_once, groups: 65_535 });
            let mut schedule = Schedule::new(groups, samples, fixed);
            let mut step = 0;
            while let Some(slice) = schedule.next(&pace) {
                assert!((1..=at_once).contains(&slice.samples) && slice.groups >= 1);
                for group in slice.first_group..slice.first_group + slice.groups {
                    assert_eq!(next_sample[group as usize], slice.first_sample, "group {group}");
                    next_sample[group as usize] += slice.samples;
                }
                step += 1;
                pace.measured(Duration::from_millis(1 + step % 197));
            }
            assert!(next_sample.iter().all(|&n| n == samples));
        }
    }

    #[test]
    fn a_clip_begins_with_half_of_what_the_one_before_ended_with() {
        let pace = Pace::new(AtOnce { samples: 64, groups: 1000 });
        pace.a_clip_begins();
        assert_eq!(pace.budget(), FIRST, "the first one finds out");
        (0..5).for_each(|_| pace.measured(Duration::from_millis(1)));
        assert_eq!(pace.budget(), 32 * FIRST);
        pace.a_clip_begins();
        assert_eq!(pace.budget(), 16 * FIRST);
        // No more groups at once than the device allows.
        (0..20).for_each(|_| pace.measured(Duration::from_millis(1)));
        let mut schedule = Schedule::new(5000, 50, None);
        let slices: Vec<Slice> = std::iter::from_fn(|| schedule.next(&pace)).collect();
        assert_eq!(slices.len(), 5);
        assert!(slices.iter().all(|slice| slice.groups == 1000 && slice.samples == 50), "{slices:?}");
    }

    #[test]
    fn waiting_does_not_shrink_submissions_to_nothing() {
        // A busy machine: every submission takes long, however little it does.
        let pace = Pace::new(AtOnce { samples: 16, groups: 65_535 });
        let mut schedule = Schedule::new(2280, 1, None);
        let mut submissions = 0;
        while schedule.next(&pace).is_some() {
            pace.measured(Duration::from_millis(300));
            submissions += 1;
        }
        assert!(submissions <= 2280 * 64 / FEWEST as usize + 2, "{submissions} submissions");
        // And once it is calm, they grow again.
        let before = pace.budget();
        pace.measured(Duration::from_millis(5));
        assert_eq!(pace.budget(), 2 * before);
    }
}
