//! Every target is there throughout, once.

use crate::{Failure, Gate};

use super::gate;
use crate::analysis::Analysis;
use crate::analysis::follow::Look;
use crate::grading::ramp;

/// Every target is there throughout, once.
pub(super) fn inventory(seen: &Analysis<'_>) -> Gate {
    let (maps, palette) = (&seen.maps, &seen.palette);
    let mut worst = (0.0_f32, "every target is there throughout, once".to_owned(), Failure::Vanished);
    for follow in &seen.follows {
        let thing = &maps.things[follow.thing];
        let class = palette.class_of[follow.thing];
        // Targets of one colour are told apart only by where they should be: their areas are judged together.
        let shares = seen.follows.iter().filter(|f| palette.class_of[f.thing] == class).map(|f| f.thing).collect::<Vec<_>>();
        if follow.thing != shares[0] || !palette.has_hue(class) {
            continue;
        }
        let disc = |t: usize| {
            let radius = maps.things[t].radii.iter().copied().fold(0.0, f32::max);
            std::f32::consts::PI * radius * radius
        };
        // Another thing of the same colour is counted with them.
        let others = seen.wanted.others().into_iter().filter(|&other| palette.class_of[other] == class);
        let alike: f32 = others.map(|other| 1.2 * disc(other)).sum();
        let largest = shares.iter().map(|&t| disc(t)).sum::<f32>() + alike;
        let comes_late = shares.iter().any(|thing| seen.wanted.unveiled.contains(thing));
        let total = seen.follows[0].looks.len();
        let (mut missing, mut excess) = (0.0_f32, 0.0_f32);
        for frame in 0..total {
            let of = |f: fn(&Look) -> f32| {
                seen.follows.iter().filter(|o| shares.contains(&o.thing)).map(|o| f(&o.looks[frame])).sum::<f32>()
            };
            let (area, wanted) = (of(|l| l.area), of(|l| l.wanted_area));
            missing += f32::from(u8::from(!comes_late && wanted > 40.0 && area < 0.25 * wanted));
            excess += f32::from(u8::from(area > 1.6 * largest + 30.0));
        }
        for (share, what, failure) in
            [(missing, "is missing", Failure::Vanished), (excess, "is there more than once", Failure::Doubled)]
        {
            let share = share / total as f32;
            if share > worst.0 {
                worst = (share, format!("{} {what} in {:.0} % of the frames", thing.name, share * 100.0), failure);
            }
        }
    }
    gate("inventory", ramp(worst.0, 0.06, 0.15), (worst.0, 0.06, "share of frames"), worst.1, worst.2)
}
