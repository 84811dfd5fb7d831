//! Cuts a frame's work into dispatches that end soon.

use std::time::Duration;

/// How long one submission may take.
const TARGET: Duration = Duration::from_millis(80);
/// Paths of the first submission: a millisecond on a GPU, less than a tenth of a second on most CPUs.
const FIRST: u64 = 40_000;
/// Fewest paths of a submission. Below, the cost of submitting outweighs that of tracing on any device.
const FEWEST: u64 = 1 << 14;
/// The most samples in one dispatch: more gain nothing.
pub(crate) const MAX_SAMPLES: u32 = 16;
/// Pixels in a workgroup.
const GROUP_PIXELS: u64 = 64;
/// WebGPU's bound on the groups of a dispatch along one axis.
const MAX_GROUPS: u32 = 65_535;

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
    /// Paths that a submission may hold.
    budget: u64,
    /// The most samples in one dispatch.
    at_once: u32,
    fixed: Option<(u32, u32)>,
}

impl Schedule {
    pub(crate) fn new(groups: u32, (samples, at_once): (u32, u32), budget: Option<u64>, fixed: Option<(u32, u32)>) -> Self {
        let budget = budget.unwrap_or(FIRST);
        let mut schedule = Self { groups, samples, first_group: 0, range: 0, first_sample: 0, budget, at_once, fixed };
        schedule.next_range();
        schedule
    }

    fn next_range(&mut self) {
        let wanted =
            self.fixed.map_or(self.budget / GROUP_PIXELS / u64::from(self.samples.min(self.at_once).min(4)), |(groups, _)| {
                u64::from(groups)
            });
        let left = self.groups - self.first_group;
        self.range = (wanted.clamp(1, u64::from(MAX_GROUPS)) as u32).min(left);
        self.first_sample = 0;
    }

    /// The next slice, until the frame is done.
    pub(crate) fn next(&mut self) -> Option<Slice> {
        if self.first_sample == self.samples {
            self.first_group += self.range;
            if self.first_group < self.groups {
                self.next_range();
            }
        }
        if self.first_group >= self.groups {
            return None;
        }
        let wanted = self.fixed.map_or(self.budget / (GROUP_PIXELS * u64::from(self.range)), |(_, samples)| u64::from(samples));
        // Tests that fix how a frame is cut get what they ask for.
        let most = if self.fixed.is_some() { MAX_SAMPLES } else { self.at_once };
        let count = (wanted.clamp(1, u64::from(most)) as u32).min(self.samples - self.first_sample);
        let slice = Slice { first_group: self.first_group, groups: self.range, first_sample: self.first_sample, samples: count };
        self.first_sample += count;
        Some(slice)
    }

    /// Tells how long a submission took. The budget follows the time, not a rate: where waiting outweighs work (few live paths, a
    /// busy machine), a rate would shrink the next submission, and the one after it still more.
    pub(crate) fn measured(&mut self, time: Duration) {
        if time > TARGET {
            self.budget = (self.budget / 2).max(FEWEST);
        } else if time * 2 < TARGET {
            self.budget = self.budget.saturating_mul(2).min(u64::from(MAX_GROUPS) * GROUP_PIXELS * u64::from(MAX_SAMPLES));
        }
    }

    pub(crate) fn budget(&self) -> u64 {
        self.budget
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
            let mut schedule = Schedule::new(groups, (samples, at_once), None, fixed);
            let mut step = 0;
            while let Some(slice) = schedule.next() {
                assert!((1..=at_once).contains(&slice.samples) && slice.groups >= 1);
                for group in slice.first_group..slice.first_group + slice.groups {
                    assert_eq!(next_sample[group as usize], slice.first_sample, "group {group}");
                    next_sample[group as usize] += slice.samples;
                }
                step += 1;
                schedule.measured(Duration::from_millis(1 + step % 197));
            }
            assert!(next_sample.iter().all(|&n| n == samples));
        }
    }

    #[test]
    fn waiting_does_not_shrink_submissions_to_nothing() {
        // A busy machine: every submission takes long, however little it does.
        let mut schedule = Schedule::new(2280, (1, 16), None, None);
        let mut submissions = 0;
        while schedule.next().is_some() {
            schedule.measured(Duration::from_millis(300));
            submissions += 1;
        }
        assert!(submissions <= 2280 * 64 / FEWEST as usize + 2, "{submissions} submissions");
        // And once it is calm, they grow again.
        let before = schedule.budget();
        schedule.measured(Duration::from_millis(5));
        assert_eq!(schedule.budget(), 2 * before);
    }
}
