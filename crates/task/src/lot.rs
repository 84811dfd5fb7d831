//! What falls to a sample so that it is balanced over a run, whatever the draws do.

use crate::Rng;
use crate::seed::hash64;

/// What falls to a sample: its class, and by its turn among the samples of that class whatever else is to be balanced in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lot {
    /// The answer's class, as an index into [`crate::TaskInfo::classes`].
    pub class: usize,
    /// How many samples of the class come before this one in its run.
    pub turn: u64,
    /// From the run's seed and the domain.
    pub key: u64,
}

impl From<usize> for Lot {
    /// The first sample of a class, of no run.
    fn from(class: usize) -> Self {
        Self { class, turn: 0, key: 0 }
    }
}

impl Lot {
    /// One of `n` values of what a name says: of each `n` samples of the class in turn, every one has another value.
    ///
    /// # Panics
    /// If `n` is 0.
    #[must_use]
    pub fn of(&self, what: &str, n: usize) -> usize {
        assert!(n > 0, "there is nothing to choose from");
        let (block, place) = (self.turn / n as u64, self.turn % n as u64);
        let numbers = [self.key, self.class as u64, block, n as u64].map(u64::to_le_bytes);
        let parts: Vec<&[u8]> =
            [&b"raytruth-lot"[..], what.as_bytes()].into_iter().chain(numbers.iter().map(|n| &n[..])).collect();
        let mut order: Vec<usize> = (0..n).collect();
        Rng::from_seed(hash64(&parts)).shuffle(&mut order);
        order[place as usize]
    }
}

#[cfg(test)]
mod tests {
    use crate::RunSeed;

    #[test]
    fn every_value_comes_equally_often_within_a_class() {
        let (run, classes) = (RunSeed::from(3), 5);
        for n in 1..=6 {
            let mut counts = vec![vec![0; n]; classes];
            // Whole blocks of classes that hold whole blocks of values.
            for index in 0..(2 * classes * n) as u64 {
                let lot = run.lot_of("d", index, classes);
                assert_eq!(lot.class, run.class_of("d", index, classes));
                counts[lot.class][lot.of("place", n)] += 1;
            }
            assert_eq!(counts, vec![vec![2; n]; classes], "{n} values");
        }
    }

    #[test]
    fn what_is_balanced_under_two_names_is_independent() {
        let run = RunSeed::from(3);
        let mut counts = [[0_i32; 3]; 3];
        for index in 0..1800 {
            let lot = run.lot_of("d", index, 2);
            counts[lot.of("place", 3)][lot.of("side", 3)] += 1;
        }
        // 200 expected in each; five standard deviations are 71.
        assert!(counts.iter().flatten().all(|n| (n - 200).abs() < 71), "{counts:?}");
    }
}
