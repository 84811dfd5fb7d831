//! The proof that an instance is well posed: the same outcome in an ensemble of simulations that a person could not tell apart.

use glam::Vec3;
use rayon::prelude::*;

use crate::{Rejection, Rng};

/// Half the width of what a person cannot tell from a picture: factor on coefficients of friction and rolling resistance.
pub const FRICTION: f64 = 0.3;
/// The same, added to a restitution.
pub const RESTITUTION: f64 = 0.1;
/// The same, factor on a density.
pub const DENSITY: f64 = 0.15;

/// Simulations of each trial.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ensemble {
    /// How many.
    pub members: usize,
    /// Of these, how many are simulated first, of every trial: most that will disagree do so there.
    pub scouts: usize,
}

impl Ensemble {
    /// The usual one.
    pub const USUAL: Self = Self { members: 64, scouts: 8 };

    /// Simulates all members of all trials, and gives what came out, a list a trial. `jitters`: what differs, one a member, drawn for every
    /// trial before anything is simulated, so that later draws do not depend on when it is given up. `member` simulates one member of the
    /// trial of a number, and says why if it does not agree with that trial.
    ///
    /// # Errors
    /// [`Rejection`] `ensemble_disagrees`: the first member, in order of trial and number, that does not agree. It is the same on any number
    /// of threads.
    pub fn certify<J: Sync, T: Send>(
        self,
        trials: &[&str],
        rng: &mut Rng,
        mut jitter: impl FnMut(&mut Rng) -> J,
        member: impl Fn(usize, &J) -> Result<T, &'static str> + Sync,
    ) -> Result<Vec<Vec<T>>, Rejection> {
        let jitters: Vec<Vec<J>> = trials.iter().map(|_| (0..self.members).map(|_| jitter(rng)).collect()).collect();
        let mut agreed: Vec<Vec<T>> = trials.iter().map(|_| Vec::with_capacity(self.members)).collect();
        for part in [0..self.scouts.min(self.members), self.scouts.min(self.members)..self.members] {
            for (trial, jitters) in jitters.iter().enumerate() {
                let made: Vec<_> = jitters[part.clone()].par_iter().map(|j| member(trial, j)).collect();
                for (number, made) in (part.start + 1..).zip(made) {
                    agreed[trial].push(made.map_err(|why| {
                        let what = format!("{}: member {number} of {}: {why}", trials[trial], self.members);
                        Rejection::new("ensemble_disagrees", what)
                    })?);
                }
            }
        }
        Ok(agreed)
    }
}

/// A number in `-half..half`, as a jitter has it.
pub fn within(rng: &mut Rng, half: f64) -> f32 {
    rng.range(-half, half) as f32
}

/// Standard deviation of some places: the root of the mean squared distance from their mean, in their unit. 0 of none.
#[must_use]
pub fn spread(places: &[Vec3]) -> f32 {
    let n = places.len().max(1) as f32;
    let mean = places.iter().sum::<Vec3>() / n;
    (places.iter().map(|p| p.distance_squared(mean)).sum::<f32>() / n).sqrt()
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn the_first_that_disagrees_is_named_and_the_rest_is_not_made() {
        let (made, ensemble) = (AtomicUsize::new(0), Ensemble { members: 20, scouts: 4 });
        let certify = |fails: &(dyn Fn(usize, u64) -> bool + Sync)| {
            made.store(0, Ordering::Relaxed);
            let mut n = 0;
            let jitter = |_: &mut Rng| {
                n += 1;
                n
            };
            ensemble.certify(&["stays", "falls"], &mut Rng::from_seed(1), jitter, |trial, &j| {
                made.fetch_add(1, Ordering::Relaxed);
                if fails(trial, j) { Err("another_outcome") } else { Ok((trial, j)) }
            })
        };
        let all = certify(&|_, _| false).expect("all agree");
        assert_eq!(all[0], (1..=20).map(|j| (0, j)).collect::<Vec<_>>());
        assert_eq!(all[1], (21..=40).map(|j| (1, j)).collect::<Vec<_>>());
        // A scout of the second trial disagrees before the rest of the first is made.
        let refused = certify(&|trial, j| trial == 1 && j >= 23).expect_err("one disagrees");
        assert_eq!(refused.detail, "falls: member 3 of 20: another_outcome");
        assert_eq!(made.load(Ordering::Relaxed), 8);
        let refused = certify(&|trial, j| trial == 0 && j == 20).expect_err("the last one disagrees");
        assert_eq!(refused.detail, "stays: member 20 of 20: another_outcome");
    }

    #[test]
    fn spread_is_a_standard_deviation() {
        assert_eq!(spread(&[]), 0.0);
        assert_eq!(spread(&[Vec3::X, -Vec3::X]), 1.0);
        assert!((spread(&[Vec3::ZERO, Vec3::ZERO, Vec3::Y * 3.0]) - 2.0f32.sqrt()).abs() < 1e-6);
    }
}
