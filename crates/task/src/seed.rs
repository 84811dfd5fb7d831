//! Seeds: every draw of a sample comes from streams of its own, so that sample *i* is the same alone, in a run, after a resume.

use std::fmt;

use rand_core::{Rng as _, SeedableRng};
use rand_pcg::Pcg64;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{Difficulty, Lot};

/// Part of a dataset. The parts of a run seed share no problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Split {
    /// To learn from.
    Train,
    /// To choose by.
    Val,
    /// To report on.
    Test,
}

impl Split {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Train, Self::Val, Self::Test];

    /// As the command line and metadata spell it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Train => "train",
            Self::Val => "val",
            Self::Test => "test",
        }
    }
}

/// What all samples of a run have in common: its seed, and the part of a dataset that it makes, if it makes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RunSeed {
    /// The number that is given.
    pub seed: u64,
    /// The part.
    pub split: Option<Split>,
}

impl From<u64> for RunSeed {
    fn from(seed: u64) -> Self {
        Self { seed, split: None }
    }
}

impl RunSeed {
    /// SHA-256 over a purpose, the seed, the domain, a number, and the part's name if there is one.
    fn key(self, purpose: &[u8], domain: &str, number: u64) -> u64 {
        let (seed, number) = (self.seed.to_le_bytes(), number.to_le_bytes());
        let split = self.split.map(|split| split.name().as_bytes());
        let parts: Vec<&[u8]> = [purpose, &seed, domain.as_bytes(), &number].into_iter().chain(split).collect();
        hash64(&parts)
    }

    /// The class of sample `index`: its place in a keyed permutation of each block of `2 * classes` indices, so that every such
    /// block holds each class exactly twice.
    #[must_use]
    pub fn class_of(self, domain: &str, index: u64, classes: usize) -> usize {
        self.slot_of(domain, index, classes) % classes
    }

    /// The class of sample `index`, and its turn among the samples of that class.
    #[must_use]
    pub fn lot_of(self, domain: &str, index: u64, classes: usize) -> Lot {
        let slot = self.slot_of(domain, index, classes);
        let turn = 2 * (index / (2 * classes as u64)) + (slot / classes) as u64;
        Lot { class: slot % classes, turn, key: self.key(b"raytruth-lot", domain, 0) }
    }

    /// Which of a block's `2 * classes` slots a sample fills; slots of a class are congruent modulo `classes`.
    fn slot_of(self, domain: &str, index: u64, classes: usize) -> usize {
        assert!(classes > 0, "a task has at least one class");
        let block_len = 2 * classes as u64;
        let mut order: Vec<usize> = (0..2 * classes).collect();
        Rng::from_seed(self.key(b"raytruth-class", domain, index / block_len)).shuffle(&mut order);
        order[(index % block_len) as usize]
    }

    /// The difficulty of sample `index` in a run that mixes them: over three blocks of `2 * classes` indices each class has each difficulty
    /// exactly twice, and in each block the numbers of two difficulties differ by one at most.
    #[must_use]
    pub fn mixed_difficulty(self, domain: &str, index: u64, classes: usize) -> Difficulty {
        let slot = self.slot_of(domain, index, classes);
        let block = index / (2 * classes as u64);
        // In the first of three blocks a slot has one difficulty, in the next the next.
        let mut first: Vec<usize> = (0..2 * classes).collect();
        Rng::from_seed(self.key(b"raytruth-difficulty", domain, block / 3)).shuffle(&mut first);
        Difficulty::ALL[(first[slot] + (block % 3) as usize) % 3]
    }
}

/// The root of one sample's streams: a hash of run seed, domain and index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SampleSeed(pub u64);

impl fmt::Display for SampleSeed {
    /// 16 hex digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl SampleSeed {
    /// The first 8 bytes (little-endian) of SHA-256 over `raytruth-sample`, the run seed, the domain, the index, and the name of the split if
    /// there is one, each after its length in bytes (8 bytes, little-endian).
    #[must_use]
    pub fn new(run: impl Into<RunSeed>, domain: &str, index: u64) -> Self {
        Self(run.into().key(b"raytruth-sample", domain, index))
    }

    /// The stream that attempt `attempt` draws the problem from.
    #[must_use]
    pub fn problem(self, attempt: u32) -> Rng {
        self.stream("problem", attempt)
    }

    /// The stream that attempt `attempt` draws the look from.
    #[must_use]
    pub fn look(self, attempt: u32) -> Rng {
        self.stream("look", attempt)
    }

    /// A named stream.
    #[must_use]
    pub fn stream(self, name: &str, attempt: u32) -> Rng {
        Rng::from_seed(hash64(&[b"raytruth-stream", &self.0.to_le_bytes(), name.as_bytes(), &attempt.to_le_bytes()]))
    }
}

/// SHA-256 over length-prefixed parts, so that no two lists of parts collide.
pub(crate) fn hash64(parts: &[&[u8]]) -> u64 {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    let digest = hasher.finalize();
    u64::from_le_bytes(std::array::from_fn(|i| digest[i]))
}

/// A PCG stream with the few distributions tasks need, spelled out here so that no library update changes a drawn problem.
#[derive(Clone, Debug)]
pub struct Rng(Pcg64);

impl Rng {
    /// A stream from 64 bits.
    #[must_use]
    pub fn from_seed(seed: u64) -> Self {
        Self(Pcg64::seed_from_u64(seed))
    }

    /// 64 uniform bits.
    pub fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// Uniform in `[0, 1)`, 53 bits.
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 * (1.0 / (1u64 << 53) as f64)
    }

    /// Uniform in `[lo, hi)`.
    pub fn range(&mut self, lo: f64, hi: f64) -> f64 {
        lo + (hi - lo) * self.unit()
    }

    /// Uniform in `lo..=hi`.
    pub fn int(&mut self, lo: i64, hi: i64) -> i64 {
        let span = hi.abs_diff(lo).wrapping_add(1);
        lo.wrapping_add(self.below(span) as i64)
    }

    /// Uniform in `0..n`, without modulo bias (Lemire 2019, "Fast Random Integer Generation in an Interval").
    pub fn below(&mut self, n: u64) -> u64 {
        if n == 0 {
            return self.bits();
        }
        loop {
            let wide = u128::from(self.bits()) * u128::from(n);
            if (wide as u64) >= n.wrapping_neg() % n {
                return (wide >> 64) as u64;
            }
        }
    }

    /// True with probability `p`.
    pub fn chance(&mut self, p: f64) -> bool {
        self.unit() < p
    }

    /// One of a non-empty slice.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len() as u64) as usize]
    }

    /// Fisher–Yates.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i as u64 + 1) as usize);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_block_holds_each_class_twice() {
        for classes in 1..8usize {
            for block in 0..5u64 {
                let mut counts = vec![0; classes];
                for i in 0..2 * classes as u64 {
                    counts[RunSeed::from(7).class_of("d", block * 2 * classes as u64 + i, classes)] += 1;
                }
                assert_eq!(counts, vec![2; classes], "{classes} classes, block {block}");
            }
        }
    }

    #[test]
    fn difficulties_are_mixed_evenly_and_alike_for_every_class() {
        for classes in [1usize, 2, 5, 8] {
            let block = 2 * classes as u64;
            let run = RunSeed { seed: 7, split: Some(Split::Val) };
            for start in [0, 3 * block, 30 * block] {
                let mut counts = vec![[0u32; 3]; classes];
                for index in start..start + 3 * block {
                    counts[run.class_of("d", index, classes)][run.mixed_difficulty("d", index, classes) as usize] += 1;
                }
                assert!(counts.iter().all(|of_class| *of_class == [2; 3]), "{classes} classes: {counts:?}");
                let mut of_block = [0u32; 3];
                (start..start + block).for_each(|i| of_block[run.mixed_difficulty("d", i, classes) as usize] += 1);
                assert!(of_block.iter().max().zip(of_block.iter().min()).is_some_and(|(most, least)| most - least <= 1));
            }
        }
    }

    #[test]
    fn streams_differ_by_every_input() {
        let first = |s: u64, d: &str, i: u64, a: u32| SampleSeed::new(s, d, i).problem(a).bits();
        let base = first(1, "a", 2, 0);
        assert_eq!(base, first(1, "a", 2, 0), "same inputs, same stream");
        for other in [
            first(2, "a", 2, 0),
            first(1, "b", 2, 0),
            first(1, "a", 3, 0),
            first(1, "a", 2, 1),
            SampleSeed::new(1, "a", 2).look(0).bits(),
            SampleSeed::new(RunSeed { seed: 1, split: Some(Split::Train) }, "a", 2).problem(0).bits(),
            SampleSeed::new(RunSeed { seed: 1, split: Some(Split::Test) }, "a", 2).problem(0).bits(),
        ] {
            assert_ne!(base, other, "every input matters");
        }
        // Runs of neighbouring seeds share no sample, as `seed + i` would.
        assert_ne!(first(1, "a", 3, 0), first(2, "a", 2, 0), "no overlap between runs");
    }

    /// Whatever changes these numbers (this file, or an update of `rand_pcg`, `rand_core` or `sha2`) changes every drawn problem.
    #[test]
    fn the_streams_are_pinned() {
        let pinned = [
            (
                42,
                "knowledge_causality",
                0,
                0x8b42_f8ed_34ed_fd04,
                [0x1521_2cc0_9886_15f3, 0x72d8_3ee6_cb84_600e, 0x5632_9036_59f5_b146],
                [0xcc2c_9611_f6fa_0a55, 0x4e7b_76ef_92bb_d9ed, 0x8cab_5b2e_6115_f42b],
            ),
            (
                42,
                "knowledge_causality",
                9999,
                0x03f3_b9c4_6570_4e4c,
                [0xe5b8_bb6a_f859_4a2b, 0x5f7b_be2b_095b_2121, 0x084d_776a_5dc6_5aea],
                [0xf579_5843_de1c_8b62, 0x3bc4_833a_0551_865b, 0x4d32_1764_712a_7fd8],
            ),
            (
                u64::MAX,
                "other",
                1,
                0x2366_f333_68d7_40c4,
                [0xc9ec_4dd4_5df2_237d, 0xae2b_3157_6be3_61e1, 0x581f_78c9_3536_d52d],
                [0x5a4c_e015_b60e_d4ee, 0x1c2b_995e_754f_2721, 0x757b_c48a_c018_7a5d],
            ),
        ];
        for (run_seed, domain, index, root, problem, look) in pinned {
            let seed = SampleSeed::new(run_seed, domain, index);
            let first = |mut stream: Rng| [(); 3].map(|()| stream.bits());
            let got = (seed.0, first(seed.problem(0)), first(seed.look(2)));
            assert_eq!(got, (root, problem, look), "{run_seed} {domain} {index}");
        }
        let classes: Vec<usize> = (0..10).map(|index| RunSeed::from(42).class_of("knowledge_causality", index, 5)).collect();
        assert_eq!(classes, [1, 4, 2, 3, 1, 0, 3, 2, 0, 4]);
    }

    #[test]
    fn the_distributions_are_pinned() {
        let mut rng = SampleSeed::new(42, "knowledge_causality", 0).problem(0);
        let mut order = [0, 1, 2, 3, 4, 5, 6, 7];
        rng.shuffle(&mut order);
        let drawn = (rng.unit(), rng.range(-2.0, 5.0), rng.int(-1000, 1000), rng.below(1_000_000), rng.chance(0.5), order);
        assert_eq!(drawn, (0.501_581_164_605_893_2, 1.210_174_700_522_140_2, 841, 36381, false, [1, 4, 7, 6, 5, 2, 3, 0]));
    }
}
