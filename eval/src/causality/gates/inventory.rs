//! Every target is there throughout, once.

use crate::Gate;

use super::super::links::{Evidence, ramp};
use super::super::palette::Palette;
use super::super::targets::Look;
use super::gate;

/// Every target is there throughout, once.
pub(super) fn inventory(evidence: &Evidence<'_>, palette: &Palette) -> Gate {
    let plan = evidence.plan;
    let mut worst = (0.0_f32, "every target is there throughout, once".to_owned());
    for follow in evidence.follows {
        let thing = &plan.things[follow.thing];
        let class = palette.class_of[follow.thing];
        // Targets of one colour are told apart only by where they should be: their areas are judged together.
        let shares = evidence.follows.iter().filter(|f| palette.class_of[f.thing] == class).map(|f| f.thing).collect::<Vec<_>>();
        if follow.thing != shares[0] || !palette.has_hue(class) {
            continue;
        }
        let disc = |t: usize| {
            let radius = plan.things[t].radii.iter().copied().fold(0.0, f32::max);
            std::f32::consts::PI * radius * radius
        };
        // A ball of the same colour is counted with them.
        let ball = if palette.class_of[plan.ball] == class { 1.2 * disc(plan.ball) } else { 0.0 };
        let largest = shares.iter().map(|&t| disc(t)).sum::<f32>() + ball;
        let total = evidence.follows[0].looks.len();
        let (mut missing, mut excess) = (0.0_f32, 0.0_f32);
        for frame in 0..total {
            let of = |f: fn(&Look) -> f32| {
                evidence.follows.iter().filter(|o| shares.contains(&o.thing)).map(|o| f(&o.looks[frame])).sum::<f32>()
            };
            let (area, wanted) = (of(|l| l.area), of(|l| l.wanted_area));
            missing += f32::from(u8::from(wanted > 40.0 && area < 0.25 * wanted));
            excess += f32::from(u8::from(area > 1.6 * largest + 30.0));
        }
        for (share, what) in [(missing, "is missing"), (excess, "is there more than once")] {
            let share = share / total as f32;
            if share > worst.0 {
                worst = (share, format!("{} {what} in {:.0} % of the frames", thing.name, share * 100.0));
            }
        }
    }
    gate("inventory", ramp(worst.0, 0.06, 0.15), worst.0, 0.06, "share of frames", worst.1)
}
