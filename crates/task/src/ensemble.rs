//! The proof that an instance is well posed: the same outcome in an ensemble of simulations that a person could not tell apart.

use std::sync::atomic::{AtomicUsize, Ordering};

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
    /// Of these, how many are simulated first, of every trial: most that will disagree do so there, most of all among the first quarter of
    /// them, which comes before all. Then as many again, then the rest.
    pub scouts: usize,
}

/// Something that must hold over an ensemble: an outcome, say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trial<'a> {
    /// For the reason of a rejection.
    pub name: &'a str,
    /// How many candidates there are: balls that give the outcome, say. The first one that holds is taken.
    pub candidates: usize,
    /// Whether all members must agree, as for what is shown. Of what only makes a set fair to every answer those agree that lean most.
    pub in_full: bool,
}

/// One simulation.
#[derive(Debug)]
pub struct Member<'a, J> {
    /// Number of the trial.
    pub trial: usize,
    /// Number of the candidate.
    pub candidate: usize,
    /// Number of the member: the same jitter for every trial and candidate.
    pub number: usize,
    /// What differs.
    pub jitter: &'a J,
}

/// What an ensemble says of a trial.
#[derive(Debug, PartialEq, Eq)]
pub struct Agreed<T> {
    /// The candidate that holds.
    pub candidate: usize,
    /// What its members give.
    pub members: Vec<T>,
}

impl Ensemble {
    /// The usual one.
    pub const USUAL: Self = Self { members: 64, scouts: 8 };

    /// Finds for every trial the first candidate that holds: of which all members agree, or those of all stages but the last if the trial is
    /// not asked in full. `jitter`: what differs, one a member, drawn before anything is simulated, so that later draws do not depend on when
    /// it is given up; all trials share them, and so may share what is simulated alike. `lean`: how far a jitter leans to one side, say to
    /// heavier balls; the scouts are those that lean most, to both sides. `member` simulates one member, and says why if it does not agree
    /// with its trial.
    ///
    /// # Errors
    /// [`Rejection`] `ensemble_disagrees`: the first trial without a candidate that holds, and what the last of them disagreed by. It is the
    /// same on any number of threads.
    pub fn certify<J: Sync, T: Send>(
        self,
        trials: &[Trial<'_>],
        rng: &mut Rng,
        jitter: impl FnMut(&mut Rng) -> J,
        lean: impl Fn(&J) -> f32,
        member: impl Fn(Member<'_, J>) -> Result<T, &'static str> + Sync,
    ) -> Result<Vec<Agreed<T>>, Rejection> {
        let jitters: Vec<J> = std::iter::repeat_n((), self.members).scan(jitter, |jitter, ()| Some(jitter(rng))).collect();
        let order = from_both_ends(&jitters, lean);
        let stages = [0, self.scouts / 4, self.scouts, 2 * self.scouts, self.members].map(|end| end.min(order.len()));
        let simulate = |trial: usize, candidate: usize, numbers: &[usize]| -> Result<Vec<T>, Rejection> {
            // What comes after a member that disagrees need not be made; what comes before must, to know the first one.
            let first_bad = AtomicUsize::new(usize::MAX);
            let one = |(place, &number): (usize, &usize)| {
                if first_bad.load(Ordering::Relaxed) < place {
                    return Err("not_made");
                }
                let made = member(Member { trial, candidate, number, jitter: &jitters[number] });
                if made.is_err() {
                    first_bad.fetch_min(place, Ordering::Relaxed);
                }
                made
            };
            let made: Vec<_> = numbers.par_iter().enumerate().map(one).collect();
            let disagrees = |number: &usize, why: &str| {
                let what = format!("{}: member {} of {}: {why}", trials[trial].name, number + 1, self.members);
                Rejection::new("ensemble_disagrees", what)
            };
            numbers.iter().zip(made).map(|(number, made)| made.map_err(|why| disagrees(number, why))).collect()
        };
        let mut agreed: Vec<Agreed<T>> = trials.iter().map(|_| Agreed { candidate: 0, members: Vec::new() }).collect();
        for (number, stage) in stages.windows(2).enumerate() {
            let is_last = number + 2 == stages.len();
            for (trial, agreed) in agreed.iter_mut().enumerate().filter(|(trial, _)| trials[*trial].in_full || !is_last) {
                while agreed.members.len() < stage[1] {
                    match simulate(trial, agreed.candidate, &order[agreed.members.len()..stage[1]]) {
                        Ok(members) => agreed.members.extend(members),
                        Err(why) if agreed.candidate + 1 >= trials[trial].candidates => return Err(why),
                        Err(_) => *agreed = Agreed { candidate: agreed.candidate + 1, members: Vec::new() },
                    }
                }
            }
        }
        Ok(agreed)
    }
}

/// The numbers of some jitters, those that lean most to either side first.
fn from_both_ends<J>(jitters: &[J], lean: impl Fn(&J) -> f32) -> Vec<usize> {
    let leans: Vec<f32> = jitters.iter().map(lean).collect();
    let mut sorted: Vec<usize> = (0..jitters.len()).collect();
    sorted.sort_by(|&a, &b| leans[a].total_cmp(&leans[b]));
    let mut ends = sorted.into_iter();
    let mut from_back = false;
    std::iter::from_fn(|| {
        from_back = !from_back;
        if from_back { ends.next_back() } else { ends.next() }
    })
    .collect()
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
    use super::*;

    /// Certifies two trials, of one and two candidates, of 20 jitters that are the numbers 1 to 20; counts what is made.
    fn certify(
        in_full: bool,
        disagrees: impl Fn(usize, usize, u32) -> bool + Sync,
    ) -> (Result<Vec<Agreed<u32>>, Rejection>, usize) {
        let made = AtomicUsize::new(0);
        let mut n = 0;
        let jitter = |_: &mut Rng| {
            n += 1;
            n
        };
        let trials = [Trial { name: "stays", candidates: 1, in_full }, Trial { name: "falls", candidates: 2, in_full: true }];
        let ensemble = Ensemble { members: 20, scouts: 4 };
        let agreed = ensemble.certify(
            &trials,
            &mut Rng::from_seed(1),
            jitter,
            |&j| j as f32,
            |m| {
                made.fetch_add(1, Ordering::Relaxed);
                assert_eq!(*m.jitter as usize, m.number + 1);
                if disagrees(m.trial, m.candidate, *m.jitter) { Err("another_outcome") } else { Ok(*m.jitter) }
            },
        );
        (agreed, made.into_inner())
    }

    #[test]
    fn all_members_of_the_first_candidate_that_holds_agree() {
        let (agreed, made) = certify(true, |_, _, _| false);
        let agreed = agreed.expect("all agree");
        assert_eq!(agreed.iter().map(|a| a.candidate).collect::<Vec<_>>(), [0, 0]);
        for mut of in agreed {
            assert_eq!(of.members[..4], [20, 1, 19, 2], "those that lean most come first");
            of.members.sort_unstable();
            assert_eq!(of.members, (1..=20).collect::<Vec<_>>());
        }
        assert_eq!(made, 40);
        // By a scout, and by one of the others.
        for (bad, wasted) in [(19, 4), (10, 20)] {
            let (agreed, made) = certify(true, |trial, candidate, j| (trial, candidate, j) == (1, 0, bad));
            let agreed = agreed.expect("the second candidate holds");
            assert_eq!((agreed[1].candidate, agreed[1].members.len()), (1, 20));
            assert!((41..=40 + wasted).contains(&made), "{made}");
        }
    }

    #[test]
    fn what_is_not_shown_is_held_by_those_that_lean_most() {
        // Member 11 leans least.
        let (agreed, made) = certify(false, |trial, _, j| trial == 0 && j == 11);
        assert_eq!(agreed.expect("it is not asked")[0].members.len(), 8);
        assert_eq!(made, 8 + 20);
        certify(false, |trial, _, j| trial == 0 && j == 4).0.expect_err("it is asked");
    }

    #[test]
    fn the_first_that_disagrees_is_named_and_the_rest_is_not_made() {
        // A scout of the second trial disagrees before the rest of the first is made.
        let (refused, made) = certify(true, |trial, _, j| trial == 1 && j >= 19);
        assert_eq!(refused.expect_err("none holds").detail, "falls: member 20 of 20: another_outcome");
        assert!(made <= 12, "{made}");
        let (refused, made) = certify(true, |trial, _, j| trial == 0 && j == 11);
        assert_eq!(refused.expect_err("the only one does not").detail, "stays: member 11 of 20: another_outcome");
        assert!(made <= 32, "{made}");
        let (refused, made) = certify(true, |trial, candidate, j| trial == 1 && j == [2, 10][candidate]);
        assert_eq!(refused.expect_err("neither holds").detail, "falls: member 10 of 20: another_outcome");
        assert!(made <= 4 + 4 + 4 + 16 + 16, "{made}");
    }

    #[test]
    fn spread_is_a_standard_deviation() {
        assert_eq!(spread(&[]), 0.0);
        assert_eq!(spread(&[Vec3::X, -Vec3::X]), 1.0);
        assert!((spread(&[Vec3::ZERO, Vec3::ZERO, Vec3::Y * 3.0]) - 2.0f32.sqrt()).abs() < 1e-6);
    }
}
