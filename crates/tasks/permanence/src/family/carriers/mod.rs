//! Carriers: a ball lies in a cart, a box goes down over it, and carts with their boxes change places; then the boxes rise, a bar tips all carts,
//! and the ball rolls out. In changed problems an arm takes the ball out of one cart and puts it into another, in sight.

mod boards;
mod spill;

use glam::{Vec3, vec3};
use raytruth_scene::Pose;
use raytruth_task::prose::STILL_CAMERA;
use raytruth_task::{Difficulty, Draw, Rejection, Way};

use self::boards::{
    BAR, BED, BED_HEIGHT, BOX, BOX_HEIGHT, CURB, CURB_HALF, bar_boards, box_boards, cart_boards, lies_at, ring_boards,
};
use self::spill::{TIP, TIPS, after, certify, record, tipped};
use super::free::Free;
use super::marks::Marked;
use super::row::{self, BETWEEN, Kind, Row, SWAP};
use crate::plot::{Board, Form, Part, Plot, Slot, TARGET, Thing};

/// Lengths and times of a row of carts.
const CARTS: Kind =
    Kind { pitch: 0.19, aside: 0.14, lift: 0.13, hop: 0.03, down: 0.38, pause: 0.05, push: [0.32, 0.6, 0.2, 0.3] };
/// Boxes rise within so many seconds; carts begin to tip so long after that begins.
const RISES: f64 = 0.45;
const THEN: f64 = 0.3;
/// The ball is seen at rest for at least so many seconds.
const SEEN: f64 = 0.58;
const WAITS_BEHIND: f32 = 0.3;

pub(super) fn plot(draw: &mut Draw<'_>, changed: bool) -> Result<Plot, Rejection> {
    let seconds = super::seconds(draw.difficulty);
    let n = draw.told("counted in the prompt and in the picture").int("carts") as usize;
    let place = draw.balanced("carriers_place", n);
    let last_seen = draw.balanced("carriers_last_seen", n);
    let swaps = draw.int("cart_swaps") as usize;
    let swaps = if changed { swaps.saturating_sub(1).max(1) } else { swaps };
    let radius = draw.seen("the ball in its cart").real("ball_radius_mm") as f32 * 1e-3;
    let (start, moves) = row::moves(draw, n, swaps, changed, (last_seen, place))?;
    let marks = Marked::draw(draw, n, ["box", "boxes"])?;
    let (spill, spread) = certify(&mut draw.rng, radius)?;
    let reveal = seconds - SEEN - spill.takes() - THEN;
    let times = CARTS.times(&moves, reveal)?;
    draw.told("the moves in their order, by places from the left, 0 first; the first of a swap passes in front")
        .value("moves", row::told(&moves));
    draw.seen("the cart in which the ball lies").value("start", start);
    draw.hardness("swaps", swaps as f64);
    draw.hardness("carts", n as f64);
    draw.hardness("hidden_s", (reveal - CARTS.covered() - CARTS.push_takes(&moves)).max(0.0));

    let up = lies_at(radius);
    let row = Row { kind: CARTS, n, radius, up, start, moves, times, reveal, rises: RISES, name: "box" };
    let story = Story { marks, seconds, last_seen, spill };
    let free = record(&row, place, spread);
    let wrong = row.wrong().into_iter().map(|(name, what, row, place)| (name, what, story.plot(&row, place))).collect();
    Ok(Plot { free: Some(free), wrong, ..story.plot(&row, place) })
}

/// Longest that the ball takes to roll out and come to rest, with the dials' bounds, seconds.
const ROLLS_OUT: f64 = 0.9;

/// Most swaps that fit into a problem of a difficulty, changed ones among them, which have one fewer.
pub(crate) fn most_cart_swaps(difficulty: Difficulty) -> usize {
    let free = CARTS.free(super::seconds(difficulty) - SEEN - ROLLS_OUT - THEN);
    let of = |time: f64| ((time + BETWEEN) / (SWAP.0 + BETWEEN) + 1e-9) as usize;
    let push: f64 = CARTS.push.iter().sum();
    of(free).min(of(free - push - BETWEEN) + 1)
}

/// What is the same whatever carts do.
struct Story {
    marks: Marked,
    seconds: f64,
    last_seen: usize,
    spill: Free,
}

impl Story {
    fn plot(&self, row: &Row, place: usize) -> Plot {
        let tips = row.reveal + THEN;
        let (way, hidden) = row.ball();
        let way = after(&self.spill, way, tips);
        let form = Form::Ball { radius: row.radius };
        let mut things = vec![Thing { name: TARGET.to_owned(), part: Part::Target, form, way, paint: Some(self.marks.ball) }];
        for i in 0..row.n {
            let (name, way, paint) = (row.cover_name(i), row.cover(i), Some(self.marks.paint(i)));
            things.push(Thing { name, part: Part::Occluder, form: Form::Boards(box_boards()), way, paint });
        }
        let mover = |name: String, form: Form, way| Thing { name, part: Part::Mover, form, way, paint: None };
        for i in 0..row.n {
            let paint = self.marks.ring(i);
            if paint.is_some() {
                let form = Form::Boards(ring_boards());
                things.push(Thing { name: format!("ring_{i}"), part: Part::Mover, form, way: row.cover(i), paint });
            }
            things.push(mover(format!("rod_{i}"), Form::Rod, row.cover(i).shifted(Vec3::Z * BOX_HEIGHT)));
            let stands = row.base(i);
            let at = stands.last();
            let poses = (0..=24).map(|k| tipped(f64::from(k) * TIPS / 24.0, TIP));
            let poses = poses.map(|pose| Pose::new(pose.translation + at, pose.rotation)).collect();
            things.push(mover(format!("cart_{i}"), Form::Cart(cart_boards()), stands.baked(tips, 24.0 / TIPS, poses)));
        }
        things.extend(row.arm().map(|way| mover("arm".to_owned(), Form::Arm, way)));
        things.push(mover("bar".to_owned(), Form::Boards(bar_boards(row)), bar(tips)));
        let [x, z] = [row.place(row.n - 1).x + BOX, CURB_HALF[1]];
        let curb = Board::between(vec3(-x, CURB - CURB_HALF[0], 0.0), vec3(x, CURB + CURB_HALF[0], 2.0 * z));
        things.push(mover("curb".to_owned(), Form::Boards(vec![curb]), Way::at(Vec3::ZERO)));
        let slots = row.slots().into_iter().map(|slot| Slot { way: after(&self.spill, slot.way, tips), ..slot });
        Plot {
            things,
            slots: slots.collect(),
            place,
            last_seen: self.last_seen,
            hidden,
            events: row.events(),
            shown: tips + self.spill.takes(),
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
            "{}, held by rods from above, each over a cart; {}{} hangs over the cart in which a {} ball lies. It goes down over the ball. \
             {}At last all boxes rise, a bar tips the carts forwards, and it shows where the ball rolls out. {STILL_CAMERA}",
            self.marks.row("stand in a row"),
            self.marks.name(row.start, &[]),
            self.marks.counted(),
            self.marks.ball.name,
            self.marks.steps(
                &row.moves,
                ", each with its cart",
                "an arm takes the ball out of the cart under the one and puts it into the cart under the other"
            ),
        )
    }
}

/// What the bar does: it waits behind the row, comes below the carts' backs while the boxes rise, and lifts them.
fn bar(tips: f64) -> Way {
    let below = vec3(0.0, BED - 0.5 * BAR, BED_HEIGHT[0] - BAR);
    let comes = 0.28;
    let way = Way::at(below + Vec3::Y * WAITS_BEHIND).to(tips - comes, tips, below);
    // Where the point of the bed above it goes.
    let point = below + Vec3::Z * BAR;
    let poses = (0..=24).map(|k| {
        let pose = tipped(f64::from(k) * TIPS / 24.0, TIP);
        Pose::from_translation(pose.point(point) - Vec3::Z * BAR)
    });
    way.baked(tips, 24.0 / TIPS, poses.collect())
}
