//! The three families: a cone behind screens before a mirror, a coin in water, beads behind a plate with a glass.

use raytruth_eval::optics::{Placed, RevealTruth};
use raytruth_eval::toy::Thing;

use crate::bench::{Bench, ball, drawn, part, thing};

pub(crate) const ORANGE: [u8; 3] = [215, 110, 40];
pub(crate) const GREEN: [u8; 3] = [40, 160, 70];
pub(crate) const RED: [u8; 3] = [200, 40, 50];
pub(crate) const BLUE: [u8; 3] = [50, 90, 200];
pub(crate) const YELLOW: [u8; 3] = [225, 190, 40];
pub(crate) const VIOLET: [u8; 3] = [140, 60, 190];

pub(crate) const SLOTS: [[f32; 2]; 3] = [[130.0, 180.0], [240.0, 180.0], [350.0, 180.0]];

pub(crate) fn mirror() -> Bench {
    let up = |screen: usize, f: f32| 260.0 * part(f, 15.0 + 10.0 * screen as f32, 29.0 + 10.0 * screen as f32);
    let screen = |i: usize| {
        let way = move |f: f32| [SLOTS[i][0], 165.0 - up(i, f)];
        thing(&format!("screen_{i}"), ORANGE, [34.0, 45.0], false, 2.0, &way)
    };
    let image = |i: usize| {
        let it = thing(&format!("image_{i}"), ORANGE, [26.0, 18.0], false, 9.0, &|_| [SLOTS[i][0], 95.0]);
        drawn(it, |f| up(i, f as f32) < 50.0)
    };
    let mut things: Vec<Thing> = (0..3).map(screen).collect();
    things.push(ball("cone", GREEN, 15.0, 3.0, SLOTS[1]));
    things.push(ball("other", BLUE, 13.0, 1.0, [80.0, 240.0]));
    Bench {
        things,
        images: (0..3).map(image).chain([ball("image", GREEN, 12.0, 8.0, [350.0, 75.0])]).collect(),
        free: |_, [x, y], label| label == 0 && (60.0..420.0).contains(&x) && (40.0..135.0).contains(&y),
        task: RevealTruth {
            family: "mirror_image".into(),
            covers: (0..3).map(|i| format!("screen_{i}")).collect(),
            things: vec![Placed {
                name: "cone".into(),
                slots: SLOTS.to_vec(),
                place: 1,
                mistaken: Some(2),
                images: Some(vec![[335.0, 60.0, 365.0, 90.0]]),
            }],
            shown_from: 49,
        },
        reveal: 15,
    }
}

/// The frame in which the water is gone.
const DRAINED: usize = 43;

fn in_water(frame: usize, [x, y]: [f32; 2]) -> bool {
    frame < DRAINED && (120.0..360.0).contains(&x) && (130.0..220.0).contains(&y)
}

pub(crate) fn marker(to: f32) -> Thing {
    thing("marker", ORANGE, [7.0, 54.0], false, 1.0, &|f| [135.0 + (to - 135.0) * part(f, 12.0, 32.0), 175.0])
}

pub(crate) const COIN: [[f32; 2]; 2] = [[215.0, 190.0], [290.0, 165.0]];
pub(crate) const NOTCHES: [f32; 3] = [180.0, 255.0, 330.0];

pub(crate) fn water() -> Bench {
    let coin = |name: &str, at: [f32; 2]| ball(name, GREEN, 14.0, 5.0, at);
    let placed =
        |name: &str, slots: Vec<[f32; 2]>, place, mistaken| Placed { name: name.into(), slots, place, mistaken, images: None };
    Bench {
        things: vec![marker(NOTCHES[1]), drawn(coin("coin", COIN[0]), |f| f >= DRAINED)],
        images: vec![drawn(coin("image", COIN[1]), |f| f < DRAINED)],
        free: |f, at, label| label != 1 && in_water(f, at),
        task: RevealTruth {
            family: "in_the_water".into(),
            covers: Vec::new(),
            things: vec![
                placed("marker", NOTCHES.map(|x| [x, 175.0]).to_vec(), 1, None),
                placed("coin", COIN.to_vec(), 0, Some(1)),
            ],
            shown_from: DRAINED as u32 + 1,
        },
        reveal: 12,
    }
}

pub(crate) fn glass() -> Bench {
    let slide = |f: f32| 150.0 * part(f, 12.0, 42.0);
    let corners = [[160.0, 115.0], [240.0, 115.0], [160.0, 185.0], [240.0, 185.0_f32]];
    let colors = [RED, GREEN, BLUE];
    let mut things = vec![thing("plate", VIOLET, [80.0, 62.0], false, 2.0, &|f| [200.0 + slide(f), 150.0])];
    things.extend((0..3).map(|i| ball(&format!("bead_{i}"), colors[i], 12.0, 5.0, corners[i])));
    // Turned by half, and small.
    let image = |i: usize| {
        let at = [0, 1].map(|c| [200.0, 150.0][c] - 0.25 * (corners[i][c] - [200.0, 150.0][c]));
        thing(&format!("image_{i}"), colors[i], [6.0; 2], true, 1.0, &|f| [at[0] + slide(f), at[1]])
    };
    let placed =
        |i: usize| Placed { name: format!("bead_{i}"), slots: corners.to_vec(), place: i, mistaken: Some(3 - i), images: None };
    Bench {
        things,
        images: (0..3).map(image).collect(),
        free: |f, [x, y], _| {
            let [dx, dy] = [x - 200.0 - 150.0 * part(f as f32, 12.0, 42.0), y - 150.0];
            dx * dx + dy * dy < 30.0 * 30.0
        },
        task: RevealTruth {
            family: "through_the_glass".into(),
            covers: vec!["plate".into()],
            things: (0..3).map(placed).collect(),
            shown_from: 42,
        },
        reveal: 12,
    }
}
