//! Cups: a ball is seen before its cup goes down over it; cups change places; all rise. In changed problems the ball is pushed from under one
//! cup to under its neighbour, in sight.

use glam::Vec3;
use raytruth_task::props::{Prop, PropKind};
use raytruth_task::prose::STILL_CAMERA;
use raytruth_task::{Difficulty, Draw, Rejection};

use super::marks::Marked;
use super::row::{self, BETWEEN, Kind, Row, SWAP};
use crate::plot::{Form, Part, Plot, REVEALS, TARGET, Thing, reveal_of};

/// Lengths and times of a row of cups. Middles are 1.75 times the width of the widest apart; seen from 36° above, they pass each other at 1.5
/// widths.
const CUPS: Kind =
    Kind { pitch: 0.154, aside: 0.115, lift: 0.15, hop: 0.0, down: 0.55, pause: 0.15, push: [0.34, 0.55, 0.24, 0.34] };
/// Part of the reveal after which the ball is clear of the cup that hid it.
const CLEAR: f64 = 0.55;

pub(super) fn plot(draw: &mut Draw<'_>, changed: bool) -> Result<Plot, Rejection> {
    let seconds = super::seconds(draw.difficulty);
    let n = draw.told("counted in the prompt and in the picture").int("cups") as usize;
    let place = draw.balanced("cups_place", n);
    let last_seen = draw.balanced("cups_last_seen", n);
    let swaps = draw.int("swaps") as usize;
    let swaps = if changed { swaps.saturating_sub(2).max(1) } else { swaps };
    let variant = u32::from(draw.noted().choice("cup_forms") == "mug");
    let radius = draw.seen("the ball beside the cups").real("ball_radius_mm") as f32 * 1e-3;
    let (start, moves) = row::moves(draw, n, swaps, changed, (last_seen, place))?;
    let marks = Marked::draw(draw, n, ["cup", "cups"])?;
    let reveal = reveal_of(seconds);
    let times = CUPS.times(&moves, reveal)?;
    draw.told("the moves in their order, by places from the left, 0 first; the first of a swap passes in front")
        .value("moves", row::told(&moves));
    draw.seen("the cup that hangs above the ball").value("start", start);
    draw.hardness("swaps", swaps as f64);
    draw.hardness("cups", n as f64);
    draw.hardness("hidden_s", (reveal - CUPS.covered() - CUPS.push_takes(&moves)).max(0.0));

    let row = Row { kind: CUPS, n, radius, up: radius, start, moves, times, reveal, rises: REVEALS, name: "cup" };
    let story = Story { variant, marks, seconds, last_seen };
    let wrong = row.wrong().into_iter().map(|(name, what, row, place)| (name, what, story.plot(&row, place))).collect();
    Ok(Plot { wrong, ..story.plot(&row, place) })
}

/// What is the same whatever cups do.
struct Story {
    variant: u32,
    marks: Marked,
    seconds: f64,
    last_seen: usize,
}

impl Story {
    fn plot(&self, row: &Row, place: usize) -> Plot {
        let (way, hidden) = row.ball();
        let form = Form::Ball { radius: row.radius };
        let mut things = vec![Thing { name: TARGET.to_owned(), part: Part::Target, form, way, paint: Some(self.marks.ball) }];
        for i in 0..row.n {
            let form = Form::Cup { variant: self.variant, ring: self.marks.ring(i) };
            let (name, way, paint) = (row.cover_name(i), row.cover(i), Some(self.marks.paint(i)));
            things.push(Thing { name, part: Part::Occluder, form, way, paint });
        }
        let height = Prop::new(PropKind::Cup, self.variant).aabb().max.z;
        let mover = |name: String, form: Form, way| Thing { name, part: Part::Mover, form, way, paint: None };
        things.extend((0..row.n).map(|i| mover(format!("rod_{i}"), Form::Rod, row.cover(i).shifted(Vec3::Z * height))));
        things.extend(row.arm().map(|way| mover("arm".to_owned(), Form::Arm, way)));
        Plot {
            things,
            slots: row.slots(),
            place,
            last_seen: self.last_seen,
            hidden,
            events: row.events(),
            shown: row.reveal + CLEAR * row.rises,
            dark: None,
            free: None,
            seconds: self.seconds,
            elevation: (36.0, 42.0),
            prompt: self.prompt(row),
            wrong: Vec::new(),
        }
    }

    fn prompt(&self, row: &Row) -> String {
        format!(
            "{}, held by rods from above; {}{} hangs over a {} ball. It goes down over the ball. {}At last all cups rise at once and show \
             where the ball is. {STILL_CAMERA}",
            self.marks.row("stand upside down in a row"),
            self.marks.name(row.start, &[]),
            self.marks.counted(),
            self.marks.ball.name,
            self.marks.steps(&row.moves, "", "an arm pushes the ball from under the one to under the other"),
        )
    }
}

/// Most swaps that fit into a problem of a difficulty.
pub(crate) fn most_swaps(difficulty: Difficulty) -> usize {
    let free = CUPS.free(reveal_of(super::seconds(difficulty)));
    ((free + BETWEEN) / (SWAP.0 + BETWEEN) + 1e-9) as usize
}
