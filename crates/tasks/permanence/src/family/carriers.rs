//! Carriers: a ball lies in a cart, a box goes down over it, and carts with their boxes change places; then the boxes rise, a bar tips all carts,
//! and the ball rolls out. In changed problems an arm takes the ball out of one cart and puts it into another, in sight.

use glam::{Quat, Vec3, vec3};
use raytruth_physics::{
    Bake, BakeSettings, Body, Easing, Error, Form as Solid, Keyframe, Motion, PairContact, Part as Piece, Substance, World,
    bake_until,
};
use raytruth_scene::Pose;
use raytruth_task::ensemble::{self, Ensemble, Trial};
use raytruth_task::prose::STILL_CAMERA;
use raytruth_task::{Difficulty, Draw, Rejection, Rng, round6};
use serde_json::{Value, json};

use super::marks::Marked;
use super::row::{self, BETWEEN, Kind, Row, SWAP};
use crate::plot::{Board, Form, Part, Plot, Slot, TARGET, Thing};
use crate::way::Way;

/// Lengths and times of a row of carts.
const CARTS: Kind =
    Kind { pitch: 0.19, aside: 0.14, lift: 0.13, hop: 0.03, down: 0.38, pause: 0.05, push: [0.32, 0.6, 0.2, 0.3] };
/// Half of a cart's bed; of the square hole in its middle, in which the ball lies.
const BED: f32 = 0.044;
const HOLE: f32 = 0.007;
/// Lower and upper side of the bed, height of its rims above it, and their thickness.
const BED_HEIGHT: [f32; 2] = [0.012, 0.018];
const RIM: [f32; 2] = [0.006, 0.003];
/// Half of a box, its height, and the thickness of its boards.
const BOX: f32 = 0.056;
const BOX_HEIGHT: f32 = 0.09;
const THICK: f32 = 0.004;
/// Height of the ring about a box's foot.
const RING: f32 = 0.016;
/// A cart tips forwards by so much, radians, within so many seconds, about an edge so far before its middle.
const TIP: f32 = 0.47;
const TIPS: f64 = 0.34;
const PIVOT: f32 = -0.036;
/// Middle of the board in front, before which the ball comes to rest; half of its thickness, and its height.
const CURB: f32 = -0.232;
const CURB_HALF: [f32; 2] = [0.006, 0.012];
/// Boxes rise within so many seconds; carts begin to tip so long after that begins.
const RISES: f64 = 0.45;
const THEN: f64 = 0.3;
/// The ball is seen at rest for at least so many seconds.
const SEEN: f64 = 0.58;
/// Thickness of the bar that tips them, and where it waits behind the row.
const BAR: f32 = 0.006;
const WAITS_BEHIND: f32 = 0.3;

/// How a ball rolls in carts and on the mat, and meets the board in front, which is lined with cork.
const IN_CARTS: PairContact = PairContact { friction: 0.5, restitution: 0.1, rolling: 0.008 };
const ON_MAT: PairContact = PairContact { friction: 0.5, restitution: 0.1, rolling: 0.05 };
const AT_CURB: PairContact = PairContact { friction: 0.3, restitution: 0.12, rolling: 0.0 };
/// Simulated at most, seconds.
const LONGEST: f64 = 2.5;
/// Everything is at rest if for so many seconds nothing was faster than so many m/s and rad/s.
const STILL: (f64, f32, f32) = (0.08, 1.5e-3, 0.06);
/// The ball may roll so much longer than it does, seconds.
const LATER: f64 = 0.4;
/// The ball's place holds with so much of the pitch to spare.
const SPARE: f32 = 0.25;

pub(super) fn plot(draw: &mut Draw<'_>, changed: bool) -> Result<Plot, Rejection> {
    let seconds = super::seconds(draw.difficulty);
    let n = draw.told("counted in the prompt and in the picture").int("carts") as usize;
    let place = draw.balanced("carriers_place", n);
    let last_seen = draw.balanced("carriers_last_seen", n);
    let swaps = draw.int("cart_swaps") as usize;
    let swaps = if changed { swaps.saturating_sub(1).max(1) } else { swaps };
    let radius = draw.seen("the ball in its cart").real("ball_radius_mm") as f32 * 1e-3;
    let (start, moves) = row::moves(draw, n, swaps, changed, (last_seen, place))?;
    let marks = Marked::draw(draw, n, ["box", "boxes"]);
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
const ROLLS_OUT: f64 = 1.05;

/// Most swaps that fit into a problem of a difficulty, changed ones among them, which have one fewer.
pub(crate) fn most_cart_swaps(difficulty: Difficulty) -> usize {
    let free = CARTS.free(super::seconds(difficulty) - SEEN - ROLLS_OUT - THEN);
    let of = |time: f64| ((time + BETWEEN) / (SWAP.0 + BETWEEN) + 1e-9) as usize;
    let push: f64 = CARTS.push.iter().sum();
    of(free).min(of(free - push - BETWEEN) + 1)
}

/// Height of the middle of a ball that lies in the hole of a bed, metres.
fn lies_at(radius: f32) -> f32 {
    BED_HEIGHT[1] + libm::sqrtf(radius * radius - HOLE * HOLE)
}

/// What a cart is of, about the place where it stands.
fn cart_boards() -> Vec<Board> {
    let [low, high] = BED_HEIGHT;
    let (rim, thick) = (high + RIM[0], RIM[1]);
    vec![
        Board::between(vec3(-BED, -BED, low), vec3(BED, -HOLE, high)),
        Board::between(vec3(-BED, HOLE, low), vec3(BED, BED, high)),
        Board::between(vec3(-BED, -HOLE, low), vec3(-HOLE, HOLE, high)),
        Board::between(vec3(HOLE, -HOLE, low), vec3(BED, HOLE, high)),
        // Open in front.
        Board::between(vec3(-BED - thick, -BED, low), vec3(-BED, BED, rim)),
        Board::between(vec3(BED, -BED, low), vec3(BED + thick, BED, rim)),
        Board::between(vec3(-BED - thick, BED, low), vec3(BED + thick, BED + thick, rim)),
    ]
}

/// The pose of a cart in which its place stands at the origin, so long after it began to tip, seconds.
fn tipped(time: f64, tip: f32) -> Pose {
    let u = (time / TIPS).clamp(0.0, 1.0);
    let turn = Quat::from_rotation_x(tip * (u * u * (3.0 - 2.0 * u)) as f32);
    let pivot = Vec3::Y * PIVOT;
    Pose::new(pivot - turn * pivot, turn)
}

/// What a person cannot tell from the picture.
#[derive(Clone, Copy, Debug)]
struct Jitter {
    friction: f32,
    restitution: f32,
    /// Factor on how far a cart tips.
    tip: f32,
    /// Turn of the cart about the vertical, radians.
    turn: f32,
}

impl Jitter {
    const NONE: Self = Self { friction: 1.0, restitution: 0.0, tip: 1.0, turn: 0.0 };
}

/// What the ball does, from when its cart begins to tip, as if it stood at the origin.
#[derive(Clone, Debug)]
struct Spill(Bake);

/// A cart at a place with a ball in it, the mat, and the board in front.
fn world(radius: f32, place: Vec3, jitter: &Jitter) -> World {
    let mut world = World::default();
    world.pairs.friction_scale = jitter.friction;
    world.pairs.rolling_scale = jitter.friction;
    world.pairs.restitution_offset = jitter.restitution;
    world.pairs.set(Substance::Plastic, Substance::Oak, IN_CARTS);
    world.pairs.set(Substance::Plastic, Substance::Felt, ON_MAT);
    world.pairs.set(Substance::Plastic, Substance::Cork, AT_CURB);
    world.add(Body::fixed("mat", Substance::Felt, Solid::HalfSpace));
    let curb = Solid::Box { half_extents: vec3(0.6, CURB_HALF[0], CURB_HALF[1]), rounding: 0.0 };
    world.add(Body::fixed("curb", Substance::Cork, curb).at(vec3(0.0, CURB, CURB_HALF[1])));
    let stand = Pose::new(place, Quat::from_rotation_z(jitter.turn));
    let key = |i: u32| {
        let time_s = f64::from(i) * TIPS / 24.0;
        Keyframe { time_s, pose: stand.mul(&tipped(time_s, TIP * jitter.tip)) }
    };
    let motion = Motion::Scripted { keyframes: (0..=24).map(key).collect(), easing: Easing::Linear };
    let parts = cart_boards().into_iter().map(|board| Piece {
        form: Solid::Box { half_extents: board.half, rounding: 0.0 },
        pose: Pose::from_translation(board.middle),
    });
    let cart = Body { parts: parts.collect(), ..Body::new("cart", Substance::Oak, Solid::Sphere { radius: 0.01 }, motion) };
    world.add(cart);
    let at = place + Vec3::Z * (lies_at(radius) + 2e-5);
    world.add(Body::dynamic(TARGET, Substance::Plastic, Solid::Sphere { radius }).at(at));
    world
}

fn spill(radius: f32, jitter: &Jitter, step_hz: u32) -> Result<Spill, Error> {
    let settings = BakeSettings { duration_s: LONGEST, step_hz, iterations: 4, settle_s: 0.0 };
    let ball = 3;
    let mut bake = bake_until(&world(radius, Vec3::ZERO, jitter), &settings, |bake| {
        bake.duration_s() > TIPS + 0.2 && bake.is_still(STILL.0, STILL.1, STILL.2)
    })?;
    bake.tracks.drain(..ball);
    Ok(Spill(bake))
}

impl Spill {
    /// Seconds until the ball rests.
    fn takes(&self) -> f64 {
        self.0.duration_s() - STILL.0
    }

    fn end(&self) -> Vec3 {
        self.0.tracks[0].poses[self.0.steps()].translation
    }

    /// The same way, of a ball that is at `way`'s end when carts begin to tip, at a time in seconds.
    fn after(&self, way: Way, tips: f64) -> Way {
        let poses = &self.0.tracks[0].poses;
        let shift = way.last().with_z(0.0);
        // Every fourth of 480 a second.
        let mut kept: Vec<Pose> = poses.iter().step_by(4).copied().collect();
        if let (Some(last), Some(end)) = (kept.last_mut(), poses.last()) {
            *last = *end;
        }
        // It turns on from how it lies.
        let lies = way.pose(tips).rotation;
        let pose = |pose: Pose| Pose::new(pose.translation + shift, pose.rotation * lies);
        way.baked(tips, f64::from(self.0.step_hz) / 4.0, kept.into_iter().map(pose).collect())
    }
}

/// What the ball does, and how far from where it rests it may get, metres, whatever a person cannot tell.
fn certify(rng: &mut Rng, radius: f32) -> Result<(Spill, f32), Rejection> {
    let shown = spill(radius, &Jitter::NONE, 480).map_err(|e| Rejection::new("simulation", e.to_string()))?;
    let (end, within) = (shown.end(), shown.takes() + LATER);
    if end.y > PIVOT - BED {
        return Err(Rejection::new("simulation", format!("the ball rests at {end}, in its cart")));
    }
    let jitter = |rng: &mut Rng| Jitter {
        friction: 1.0 + (ensemble::FRICTION * rng.range(-1.0, 1.0)) as f32,
        restitution: (ensemble::RESTITUTION * rng.range(-1.0, 1.0)) as f32,
        tip: 1.0 + 0.05 * rng.range(-1.0, 1.0) as f32,
        turn: 0.03 * rng.range(-1.0, 1.0) as f32,
    };
    let trial = Trial { name: "spill", candidates: 1, in_full: true };
    let agreed = Ensemble::USUAL.certify(
        &[trial],
        rng,
        jitter,
        |j| j.restitution,
        |member| {
            let spill = spill(radius, member.jitter, 240).map_err(|_| "it cannot be simulated")?;
            let off = (spill.end().x - end.x).abs();
            match () {
                () if off > SPARE * CARTS.pitch => Err("it rests elsewhere"),
                () if spill.takes() > within => Err("it is not at rest in time"),
                () => Ok(off),
            }
        },
    )?;
    Ok((shown, agreed.iter().flat_map(|a| &a.members).copied().fold(0.0, f32::max)))
}

/// As others need it to simulate it again.
fn record(row: &Row, place: usize, spread: f32) -> Value {
    json!({
        "from_s": round6(row.reveal + THEN),
        "members": Ensemble::USUAL.members,
        "spread_m": round6(f64::from(spread)),
        "slot_m": round6(f64::from(CARTS.pitch)),
        "world": world(row.radius, row.place(place), &Jitter::NONE).record(),
    })
}

/// What is the same whatever carts do.
struct Story {
    marks: Marked,
    seconds: f64,
    last_seen: usize,
    spill: Spill,
}

impl Story {
    fn plot(&self, row: &Row, place: usize) -> Plot {
        let tips = row.reveal + THEN;
        let (way, hidden) = row.ball();
        let way = self.spill.after(way, tips);
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
        let slots = row.slots().into_iter().map(|slot| Slot { way: self.spill.after(slot.way, tips), ..slot });
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
            self.marks
                .steps(
                    &row.moves,
                    "an arm takes the ball out of the cart under the one and puts it into the cart under the other"
                )
                .replace(" change places,", " change places, each with its cart,"),
        )
    }
}

/// Boards of a box that is open below.
fn box_boards() -> Vec<Board> {
    let (half, high, inner) = (BOX, BOX_HEIGHT, BOX - THICK);
    vec![
        Board::between(vec3(-half, -half, 0.0), vec3(half, -inner, high)),
        Board::between(vec3(-half, inner, 0.0), vec3(half, half, high)),
        Board::between(vec3(-half, -inner, 0.0), vec3(-inner, inner, high)),
        Board::between(vec3(inner, -inner, 0.0), vec3(half, inner, high)),
        Board::between(vec3(-inner, -inner, high - THICK), vec3(inner, inner, high)),
    ]
}

/// A ring about a box's foot.
fn ring_boards() -> Vec<Board> {
    let (half, out, z) = (BOX, BOX + 0.0012, [0.008, 0.008 + RING]);
    vec![
        Board::between(vec3(-out, -out, z[0]), vec3(out, -half, z[1])),
        Board::between(vec3(-out, half, z[0]), vec3(out, out, z[1])),
        Board::between(vec3(-out, -half, z[0]), vec3(-half, half, z[1])),
        Board::between(vec3(half, -half, z[0]), vec3(out, half, z[1])),
    ]
}

/// Boards of the bar that tips the carts, about the middle of its foot.
fn bar_boards(row: &Row) -> Vec<Board> {
    let (x, b) = (row.place(row.n - 1).x + BOX + 0.05, 0.5 * BAR);
    let post = |side: f32| Board::between(vec3(side * x - b, -b, 0.0), vec3(side * x + b, b, 0.8));
    vec![Board::between(vec3(-x, -b, 0.0), vec3(x, b, BAR)), post(-1.0), post(1.0)]
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ball_rolls_out_and_rests_before_the_board_in_front() {
        for radius in [0.022, 0.026, 0.029] {
            let (spill, spread) = certify(&mut Rng::from_seed(3), radius).expect("it does");
            let end = spill.end();
            assert!(end.x.abs() < 2e-3 && end.y < -0.15 && end.y > CURB, "it rests at {end}");
            assert!(
                (end.z - radius).abs() < 1e-3 && spread < 0.02 && spill.takes() < ROLLS_OUT,
                "{spread} m, {} s",
                spill.takes()
            );
        }
    }
}
