//! From a set and a ball material to what happens.

use std::sync::{Arc, OnceLock};

use glam::{Quat, Vec3};
use raytruth_physics::{
    Bake, BakeSettings, Body, Error, Form, Motion, PairContact, Substance, World, WorldRecord, bake_until, settle,
};
use raytruth_scene::Pose;

use crate::ball::{Ball, form};
use crate::cast::{BALL, LATCH, Mover};
use crate::layout::{Block, Ramp, Tray};

/// When the latch begins to open, seconds.
pub(crate) const LATCH_OPENS: f64 = 0.2;
/// How long it takes, seconds.
pub(crate) const LATCH_TAKES: f64 = 0.13;
/// Substeps of each step while the ball rolls alone, for which the laws of rolling hold as with twice as many.
const ROLL_SUBSTEPS: u32 = 4;
/// Simulated seconds: by then all is still.
pub(crate) const DURATION: f64 = 2.0;
/// The ball has met the targets by then, or never will. Seconds.
const LATEST: f64 = 1.25;
/// From this near on the ball is simulated with what it is about to hit, metres.
const NEAR: f32 = 0.005;
/// Seconds for stacks to come to rest before the first frame.
const SETTLE: f64 = 0.25;

/// Everything is at rest if for so many seconds nothing was faster than so many m/s and rad/s.
const STILL: (f64, f32, f32) = (0.05, 1.0e-3, 0.02);
/// What a ball that rolls alone is taken for: it meets felt and PTFE as every ball does, and its mass does not matter.
const ROLLS: Substance = Substance::Oak;

/// How finely a blow is simulated.
///
/// What only has to tell a class takes longer steps, at half the cost: of 6,016 jittered blows on 20 certified sets 33 fall into another class
/// with 240 steps a second than with 480, and 40 with 960. The roll before the blow always has 480: with fewer a curved ramp gives a ball
/// energy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Steps {
    /// 480 a second: what may be shown.
    Shown,
    /// 240 a second: members of an ensemble.
    Member,
}

impl Steps {
    const fn hz(self) -> u32 {
        match self {
            Self::Shown => 480,
            Self::Member => 240,
        }
    }
}

/// How a ball meets the plush that lines groove, tray and walls: a deep pile, between a golf green (c = 0.05 to 0.07, from the roll of
/// the USGA Stimpmeter: 2.4 to 3.6 m from 1.83 m/s) and loose sand (c = 0.2 to 0.4). It brings everything to rest within the clip.
const PLUSH: PairContact = PairContact { friction: 0.5, restitution: 0.15, rolling: 0.1 };
/// How a ball meets the latch's plate, which is waxed: it lets go of the ball without dragging it up.
const WAXED: PairContact = PairContact { friction: 0.04, restitution: 0.0, rolling: 0.0 };

/// Everything that decides what happens but the ball's material.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Set {
    pub ramp: Ramp,
    pub tray: Tray,
    /// Of the ball, metres.
    pub radius: f32,
    pub blocks: Vec<Block>,
}

/// What a person cannot tell from picture and prompt.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Jitter {
    /// Factor on every coefficient of friction and rolling resistance.
    pub friction: f32,
    /// Added to every restitution.
    pub restitution: f32,
    /// Factor on the ball's density.
    pub ball_density: f32,
    /// Of the ball across the groove and along the slope's foot, metres.
    pub ball_shift: Vec3,
    /// Of all blocks together, metres.
    pub shift: Vec3,
    /// Of all blocks together about the vertical, radians.
    pub turn: f32,
    /// Of each block: factor on its density, shift in metres, turn in radians. Empty for none.
    pub blocks: Vec<(f32, Vec3, f32)>,
}

impl Jitter {
    pub(crate) const NONE: Self = Self {
        friction: 1.0,
        restitution: 0.0,
        ball_density: 1.0,
        ball_shift: Vec3::ZERO,
        shift: Vec3::ZERO,
        turn: 0.0,
        blocks: Vec::new(),
    };
}

/// How the ball gets to the targets.
#[derive(Debug)]
pub(crate) struct Roll {
    /// Ball and latch, in this order, from when the latch opens on: before, both rest.
    bake: Bake,
    /// Step at which the ball is about to touch the first block.
    near: usize,
}

/// What happened. The ball rolls alone until shortly before it touches something; from then on everything is simulated together,
/// which halves the work, as most of it is in the contacts of what stands still.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    roll: Arc<Roll>,
    /// Ball and blocks, in this order, from `meets` on.
    hit: Bake,
    /// Seconds at which `hit` begins.
    meets: f64,
    /// Seconds of the ball's first touch of a block.
    pub contact: Option<f64>,
}

/// Something that is made once, or fails once.
type Once<T> = OnceLock<Result<T, Error>>;

/// The rolls of a set under some jitters, each made once: all balls of a set that are full roll alike, and all that are hollow, whatever
/// they weigh and are made of, as all meet groove and latch alike.
pub(crate) struct Rolls<'a> {
    set: &'a Set,
    /// Where the balls rest, full and hollow.
    rest: [Once<Pose>; 2],
    made: Vec<[Once<Arc<Roll>>; 2]>,
    /// Of the blow that follows.
    steps: Steps,
}

impl<'a> Rolls<'a> {
    /// Room for the rolls of `count` jitters. `steps`: of the blows that follow.
    pub(crate) fn new(set: &'a Set, count: usize, steps: Steps) -> Self {
        Self { set, rest: Default::default(), made: (0..count).map(|_| Default::default()).collect(), steps }
    }

    /// Simulates the settled set with a ball under the jitter of a number, until everything is at rest.
    pub(crate) fn run(&self, (number, jitter): (usize, &Jitter), settled: &[Pose], ball: Ball) -> Result<Run, Error> {
        let kind = usize::from(ball.wall.is_some());
        let rest = self.rest[kind].get_or_init(|| self.set.ball_at_rest(ball.wall)).clone()?;
        let roll = self.made[number][kind].get_or_init(|| self.set.roll(ball.wall, rest, jitter).map(Arc::new)).clone()?;
        self.set.hit(roll, settled, ball, jitter, self.steps)
    }
}

impl Set {
    /// What never moves: floor, ramp, walls, and how a ball of this substance meets them.
    fn world(&self, ball: Substance, jitter: &Jitter) -> World {
        let mut world = World::default();
        world.pairs.friction_scale = jitter.friction;
        world.pairs.rolling_scale = jitter.friction;
        world.pairs.restitution_offset = jitter.restitution;
        world.pairs.set(ball, Substance::Felt, PLUSH);
        world.pairs.set(ball, Substance::Ptfe, WAXED);
        world.add(Body::fixed("floor", Substance::Felt, Form::HalfSpace));
        let ramp = self.ramp.collision(self.radius);
        world.add(Body::fixed("ramp", Substance::Felt, Form::TriMesh { positions: ramp.positions, triangles: ramp.triangles }));
        for (i, (half_extents, center)) in self.tray.walls().into_iter().enumerate() {
            world.add(Body::fixed(format!("wall_{i}"), Substance::Felt, Form::Box { half_extents, rounding: 0.0 }).at(center));
        }
        world
    }

    fn ball(&self, substance: Substance, form: Form, jitter: &Jitter) -> Body {
        let start = self.ramp.ball_start(self.radius);
        let body = Body::dynamic(BALL, substance, form);
        Body { density_scale: jitter.ball_density, ..body.at(Vec3::new(start.x, 0.0, start.y)) }
    }

    /// All of it in one world as it is put together, before the quarter of a second in which it settles, as other software needs it to
    /// simulate it again.
    pub(crate) fn record(&self, settled: &[Pose], ball: Ball) -> WorldRecord {
        let mut world = self.world(ball.substance, &Jitter::NONE);
        world.add(self.ball(ball.substance, ball.form(self.radius), &Jitter::NONE));
        world.add(self.latch(LATCH_OPENS));
        for (block, pose) in self.blocks.iter().zip(settled) {
            let body = Body::dynamic(&*block.name, block.substance, Form::cuboid(block.size));
            world.add(body.at(pose.translation).turned(pose.rotation));
        }
        world.record()
    }

    /// The plate that holds the ball, and lets it go from a moment on, seconds.
    fn latch(&self, opens: f64) -> Body {
        let closed = self.ramp.latch(self.radius);
        let open = Pose::new(closed.point(Vec3::Z * self.ramp.latch_lift(self.radius)), closed.rotation);
        let motion = Motion::opening(closed, open, opens, opens + LATCH_TAKES);
        Body::new(LATCH, Substance::Ptfe, Form::cuboid(self.ramp.plate(self.radius)), motion)
    }

    /// Where the blocks stand once they have settled onto each other.
    pub(crate) fn settled_blocks(&self) -> Result<Vec<Pose>, Error> {
        let mut world = World::default();
        world.add(Body::fixed("floor", Substance::Felt, Form::HalfSpace));
        for block in &self.blocks {
            let body = Body::dynamic(&*block.name, block.substance, Form::cuboid(block.size));
            world.add(body.at(block.pose.translation).turned(block.pose.rotation));
        }
        settle(&mut world, SETTLE)?;
        Ok(world.bodies[1..].iter().map(|b| b.motion.initial_pose()).collect())
    }

    /// Where any ball rests behind the latch that has a wall of this part of its radius, or none.
    fn ball_at_rest(&self, wall: Option<f32>) -> Result<Pose, Error> {
        let mut world = self.world(ROLLS, &Jitter::NONE);
        let ball = world.add(self.ball(ROLLS, form(wall, self.radius), &Jitter::NONE));
        world.add(self.latch(DURATION));
        settle(&mut world, SETTLE)?;
        Ok(world.bodies[ball].motion.initial_pose())
    }

    /// Its way to the targets, without them, from where it rests.
    fn roll(&self, wall: Option<f32>, rest: Pose, jitter: &Jitter) -> Result<Roll, Error> {
        let mut world = self.world(ROLLS, jitter);
        let ball = self.ball(ROLLS, form(wall, self.radius), jitter);
        let ball = world.add(ball.at(rest.translation + jitter.ball_shift).turned(rest.rotation));
        world.add(self.latch(0.0));
        let mut bake = bake_until(
            &world,
            &BakeSettings { duration_s: LATEST - LATCH_OPENS, iterations: ROLL_SUBSTEPS, ..Default::default() },
            |bake| {
                // What comes after belongs to the run with the blocks; the latch's track is read to the end.
                bake.duration_s() > LATCH_TAKES && self.is_near(bake.tracks[ball].poses[bake.steps()])
            },
        )?;
        bake.tracks.drain(..ball);
        let poses = &bake.tracks[0].poses;
        let near = poses.iter().position(|&p| self.is_near(p)).unwrap_or(poses.len() - 1);
        Ok(Roll { bake, near })
    }

    /// Whether the ball is about to touch the first block.
    fn is_near(&self, ball: Pose) -> bool {
        ball.translation.x > -self.radius - NEAR
    }

    /// What happens from where a roll ends.
    fn hit(&self, roll: Arc<Roll>, settled: &[Pose], ball: Ball, jitter: &Jitter, steps: Steps) -> Result<Run, Error> {
        let (track, near) = (&roll.bake.tracks[0], roll.near);
        let body = self.ball(ball.substance, ball.form(self.radius), jitter);
        let body = body.at(track.poses[near].translation).turned(track.poses[near].rotation);
        let mut world = self.world(ball.substance, jitter);
        let first = world.add(body.moving(track.linear[near], track.angular[near]));
        let turn = Quat::from_rotation_z(jitter.turn);
        for (i, (block, settled)) in self.blocks.iter().zip(settled).enumerate() {
            let (density, shift, own_turn) = jitter.blocks.get(i).copied().unwrap_or((1.0, Vec3::ZERO, 0.0));
            let place = turn * settled.translation + jitter.shift + shift;
            let rotation = turn * Quat::from_rotation_z(own_turn) * settled.rotation;
            let mut body = Body::dynamic(&*block.name, block.substance, Form::cuboid(block.size)).at(place).turned(rotation);
            body.density_scale = density;
            world.add(body);
        }
        let meets = LATCH_OPENS + roll.bake.time_of(near);
        let settings = BakeSettings { duration_s: DURATION - meets, step_hz: steps.hz(), ..Default::default() };
        let mut hit = bake_until(&world, &settings, |bake| bake.is_still(STILL.0, STILL.1, STILL.2))?;
        let touches = (0..self.blocks.len()).filter_map(|i| hit.first_contact(first, first + 1 + i));
        let contact = touches.map(|c| meets + c.time_s).min_by(f64::total_cmp);
        hit.tracks.drain(..first);
        Ok(Run { roll, hit, meets, contact })
    }
}

impl Run {
    /// Pose of what moves, at a time in seconds.
    pub(crate) fn pose(&self, who: Mover, time_s: f64) -> Pose {
        match who {
            Mover::Ball if time_s < self.meets => self.roll.bake.pose_at(0, time_s - LATCH_OPENS),
            Mover::Ball => self.hit.pose_at(0, time_s - self.meets),
            Mover::Latch => self.roll.bake.pose_at(1, time_s - LATCH_OPENS),
            Mover::Block(i) => self.hit.pose_at(1 + i, (time_s - self.meets).max(0.0)),
        }
    }

    /// Where the centre of what moves is in the end.
    pub(crate) fn end(&self, who: Mover) -> Vec3 {
        self.pose(who, DURATION).translation
    }

    /// Equal simulations have equal digests.
    pub(crate) fn digest(&self) -> u64 {
        self.roll.bake.digest().rotate_left(1) ^ self.hit.digest()
    }

    /// How far a block has got in the end, metres, and how far its upright axis leans from where it was, radians.
    pub(crate) fn displaced(&self, block: usize) -> (f32, f32) {
        let (first, last) = (self.pose(Mover::Block(block), 0.0), self.pose(Mover::Block(block), DURATION));
        let lean = last.vector(Vec3::Z).angle_between(first.vector(Vec3::Z));
        (first.translation.distance(last.translation), lean)
    }

    /// How fast something moves between `from` and the end at most, in metres of a surface point per 1/30 s. `reach`: how far its surface is
    /// from its centre, metres.
    pub(crate) fn creep(&self, who: Mover, from: f64, reach: f32) -> f32 {
        let at = |i: u32| self.pose(who, from + f64::from(i) / 30.0);
        let steps = (0..((DURATION - from) * 30.0) as u32).map(|i| {
            let (p, q) = (at(i), at(i + 1));
            p.translation.distance(q.translation) + p.rotation.angle_between(q.rotation) * reach
        });
        steps.fold(0.0, f32::max)
    }
}
