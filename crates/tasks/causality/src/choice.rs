//! Which balls are worth trying on a set, before anything is simulated.

use raytruth_eval::causality::Family;
use raytruth_physics::Substance;
use raytruth_task::{Rejection, Rng};

use crate::ball::Ball;
use crate::class::Class;
use crate::family::{self, Layout, Limit};

/// Balls of a class that are tried on a set.
const TRIED: usize = 2;

/// How far a ball's mass may be from what a class needs, as a difference of logarithms, so that it gives another class on another set. Were all
/// balls taken, foam would nearly always stay behind and iron break through: a rule on the ball's material would tell 96 of 100 rows.
pub(crate) const fn far(family: Family) -> f64 {
    match family {
        Family::Tower => 0.7,
        Family::Dominoes => 0.5,
        // Which of two blocks goes further is nothing that the ball says.
        Family::Pair => f64::INFINITY,
    }
}

/// How often a set is taken on which each ball does what is usual of it. Were all taken, a rule on the ball's material would tell 84 of 100
/// towers and 76 of 100 rows, as calculated from the sets of 5,000 draws; were fewer towers taken, it would tell more by rubber, which then
/// mostly fells them.
const fn usual_taken(family: Family) -> f64 {
    match family {
        Family::Tower => 0.4,
        Family::Dominoes | Family::Pair => 0.5,
    }
}

/// Place among the classes of a family of what a ball does most often. Of towers rubber often stays behind, though it is heavier than wood: it
/// bounces off far enough to be seen to.
const fn usual(family: Family, ball: Ball) -> usize {
    use Substance::{Cork, Foam, Oak, Plastic, Rubber};
    match (family, ball.substance) {
        (Family::Tower, Foam | Plastic | Cork | Rubber) | (Family::Dominoes, Foam) | (Family::Pair, _) => 0,
        (Family::Tower, _) | (Family::Dominoes, Plastic | Cork | Oak) => 1,
        (Family::Dominoes, _) => 2,
    }
}

/// Whether the first ball of each class of a set does what is usual of it. Of a pair, where the blocks decide, never.
fn is_usual(family: Family, of_class: &[Vec<Ball>]) -> bool {
    of_class.iter().enumerate().all(|(class, balls)| usual(family, balls[0]) == class)
}

/// For each class of a set, those of light balls first, some balls that seem to give it for certain, in an order by chance. They are the same
/// whichever class is wanted, so nothing about the set tells which ball came.
pub(crate) fn candidates(layout: &Layout, allowed: &[Ball], rng: &mut Rng) -> Result<Vec<Vec<Ball>>, Rejection> {
    let (limits, needed) = (family::limits(layout), family::needed(layout.family));
    let mut balls = allowed.to_vec();
    rng.shuffle(&mut balls);
    let mut of_class: Vec<Vec<Ball>> = needed.iter().map(|_| Vec::new()).collect();
    for ball in balls {
        let mass = libm::log(ball.mass(layout.set.radius));
        let away = |l: &Limit| (l.start - mass).max(mass - l.end);
        let nearest = limits.iter().map(away).fold(f64::INFINITY, f64::min);
        let of_class = &mut of_class[limits.iter().filter(|l| l.end < mass).count()];
        if (0.0..=far(layout.family)).contains(&nearest) && of_class.len() < TRIED {
            of_class.push(ball);
        }
    }
    if let Some(missing) = of_class.iter().position(Vec::is_empty) {
        return Err(none_for(needed[missing], "seems_unreachable"));
    }
    if is_usual(layout.family, &of_class) && !rng.chance(usual_taken(layout.family)) {
        return Err(Rejection::new("usual_balls", "each ball does what is usual of it"));
    }
    Ok(of_class)
}

/// No ball gives one of some classes.
pub(crate) fn none_for(classes: &[Class], reason: &'static str) -> Rejection {
    Rejection::new(reason, format!("no ball gives {}", classes.first().map_or("", |c| c.name())))
}

#[cfg(test)]
mod tests {
    use raytruth_task::{Dials, Difficulty, Draw};

    use super::*;
    use crate::ball::BALLS;
    use crate::certificate::nominal;
    use crate::simulate::{Rolls, Steps};

    /// Were the rules of thumb fitted to other physics, draws would still be right, but take long. 59 of 85, 21 of 22, 106 of 158 are fit to be
    /// shown; the others are half moved, or neck and neck.
    #[test]
    fn what_seems_to_give_a_class_gives_it() {
        let balls: Vec<Ball> = BALLS.iter().collect();
        for (class, least) in [(Class::TowerFalls, 0.5), (Class::DominoesToGap, 0.7), (Class::PairLeft, 0.5)] {
            let dials = Dials::resolve(&crate::dials::dials(Difficulty::Medium), None, &[]).expect("defaults");
            let (mut gives, mut all) = (0, 0);
            for seed in 0..60 {
                let mut draw = Draw::new(Rng::from_seed(seed), class as usize, Difficulty::Medium, &dials);
                let mut layout = family::layout(&mut draw);
                let Ok(of_class) = candidates(&layout, &balls, &mut draw.rng) else { continue };
                layout.settle().expect("it stands");
                let rolls = Rolls::new(&layout.set, 1, Steps::Shown);
                for (balls, classes) in of_class.iter().zip(family::needed(layout.family)) {
                    all += balls.len();
                    let trials = balls.iter().filter_map(|ball| nominal(&layout, &rolls, ball).ok());
                    gives += trials.filter(|t| classes.contains(&t.outcome.class)).count();
                }
            }
            assert!(all > 10 && gives as f64 >= least * all as f64, "{}: {gives} of {all}", class.name());
        }
    }
}
