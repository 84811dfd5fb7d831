//! Hyper-parameters by difficulty.

use raytruth_task::{Dial, DialValue, Dials, Difficulty};

use crate::catalog::{self, Sort};
use crate::rule::Rule;

pub(crate) fn dials(difficulty: Difficulty) -> Vec<Dial> {
    let (fingers, spacing) = match difficulty {
        Difficulty::Easy => (1, 20.0),
        Difficulty::Medium => (2, 20.0),
        Difficulty::Hard => (3, 16.0),
    };
    let own = catalog::names(difficulty);
    let most = catalog::most_crossings(difficulty) as i64;
    vec![
        Dial::choice("links", "Knots and links that may stand on the plinths.", own, &catalog::ALL),
        Dial::int("most_crossings", "Crossings that a panel shows at most.", most..=most, 6..=12),
        Dial::int(
            "fingers",
            "Where strands are drawn out of each other: how often; each adds two crossings.",
            fingers..=fingers,
            1..=3,
        ),
        Dial::real(
            "spacing_px",
            "Least distance of two crossings in a picture of 480 pixels height, pixels.",
            spacing..=spacing,
            12.0..=30.0,
        ),
    ]
}

/// # Errors
/// A sentence if dials leave a rule fewer than two links: one shows it, another is to be changed.
pub(crate) fn check(dials: &Dials) -> Result<(), String> {
    let Some(DialValue::Choice(names)) = dials.0.get("links") else { return Ok(()) };
    let limits = |name: &str| match dials.0.get(name) {
        Some(DialValue::Int { lo, hi }) => [*lo as usize, *hi as usize],
        _ => [0; 2],
    };
    let ([most, _], [_, fingers]) = (limits("most_crossings"), limits("fingers"));
    let known = catalog::ALL.into_iter().filter(|name| names.iter().any(|n| n == name));
    let sorts = known.map(|name| Sort::new(name, false)).collect::<Result<Vec<_>, _>>().map_err(|e| e.to_string())?;
    for rule in Rule::ALL {
        let suits = |sort: &&Sort| sort.suits(rule, most, 2 * fingers, rule == Rule::LinkRing);
        let count = sorts.iter().filter(suits).count();
        if count < 2 {
            return Err(format!(
                "`links`, `most_crossings` and `fingers` leave {count} of the two links that `{}` takes: one shows the rule, another is to be changed",
                rule.name()
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dials_that_leave_a_rule_no_pair_of_links_are_refused() {
        for difficulty in Difficulty::ALL {
            let mut set: Dials = Dials(dials(difficulty).iter().map(|dial| (dial.name.into(), dial.value.clone())).collect());
            assert_eq!(check(&set), Ok(()), "{difficulty:?}");
            // Relaxing takes links of three crossings, and room for those that a tangling adds.
            let mut few = Dials(set.0.clone());
            few.0.insert("links".into(), DialValue::Choice(vec!["L2a1".into(), "3_1".into()]));
            set.0.insert("fingers".into(), DialValue::Int { lo: 3, hi: 3 });
            set.0.insert("most_crossings".into(), DialValue::Int { lo: 6, hi: 12 });
            for refused in [few, set] {
                assert!(check(&refused).is_err_and(|why| why.contains("relax")), "{refused:?}");
            }
        }
    }
}
