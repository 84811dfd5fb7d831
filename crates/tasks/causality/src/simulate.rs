//! From a set and a ball material to what happens.

use glam::{Quat, Vec3};
use raytruth_physics::{Bake, BakeSettings, Body, Error, Form, Motion, PairContact, Substance, World, bake, settle};
use raytruth_scene::Pose;

use crate::ball::BallMaterial;
use crate::layout::{Block, Ramp, Tray};

/// When the gate begins to open, seconds.
pub(crate) const GATE_OPENS: f64 = 0.2;
/// How long it takes, seconds.
pub(crate) const GATE_TAKES: f64 = 0.13;
/// Simulated seconds: by then all is still.
pub(crate) const DURATION: f64 = 2.0;
/// Seconds for stacks to come to rest before the first frame.
const SETTLE: f64 = 0.25;

/// How a ball meets the plush that lines groove, tray and walls. Rolling as on short turf: a golf ball let go at 1.83 m/s stops after
/// 2.4 to 3.6 m of green (Stimpmeter, USGA), which is c = 0.05 to 0.07.
const PLUSH: PairContact = PairContact { friction: 0.4, restitution: 0.15, rolling: 0.06 };
/// How a ball meets the gate's plate, which is waxed: it lets go of the ball without dragging it up.
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

/// What happened.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    pub bake: Bake,
    /// Places of ball, gate and blocks, in this order, among the bake's bodies.
    pub bodies: Vec<usize>,
    /// Seconds of the ball's first touch of a block.
    pub contact: Option<f64>,
}

impl Set {
    /// The set before the gate opens, and the places of ball, gate and blocks among its bodies.
    pub(crate) fn world(&self, ball: BallMaterial, jitter: &Jitter) -> (World, Vec<usize>) {
        let mut world = World::default();
        world.pairs.friction_scale = jitter.friction;
        world.pairs.rolling_scale = jitter.friction;
        world.pairs.restitution_offset = jitter.restitution;
        world.pairs.set(ball.substance(), Substance::Felt, PLUSH);
        world.pairs.set(ball.substance(), Substance::Ptfe, WAXED);
        world.add(Body::fixed("floor", Substance::Felt, Form::HalfSpace));
        let ramp = self.ramp.collision(self.radius);
        world.add(Body::fixed("ramp", Substance::Felt, Form::TriMesh { positions: ramp.positions, triangles: ramp.triangles }));
        for (i, (half_extents, center)) in self.tray.walls().into_iter().enumerate() {
            world.add(Body::fixed(format!("wall_{i}"), Substance::Felt, Form::Box { half_extents, rounding: 0.0 }).at(center));
        }
        let closed = self.ramp.gate(self.radius);
        let open = Pose::new(closed.point(Vec3::Z * self.ramp.gate_lift(self.radius)), closed.rotation);
        let motion = Motion::opening(closed, open, GATE_OPENS, GATE_OPENS + GATE_TAKES);
        let gate = world.add(Body::new("gate", Substance::Ptfe, Form::cuboid(self.ramp.plate(self.radius)), motion));

        let start = self.ramp.ball_start(self.radius);
        let mut body = Body::dynamic("ball", ball.substance(), ball.form(self.radius));
        body = body.at(Vec3::new(start.x, 0.0, start.y) + jitter.ball_shift);
        body.density_scale = jitter.ball_density;
        let mut bodies = vec![world.add(body), gate];
        let turn = Quat::from_rotation_z(jitter.turn);
        for (i, block) in self.blocks.iter().enumerate() {
            let (density, shift, own_turn) = jitter.blocks.get(i).copied().unwrap_or((1.0, Vec3::ZERO, 0.0));
            let place = turn * block.pose.translation + jitter.shift + shift;
            let rotation = turn * Quat::from_rotation_z(own_turn) * block.pose.rotation;
            let mut body = Body::dynamic(&*block.name, block.substance, Form::cuboid(block.size)).at(place).turned(rotation);
            body.density_scale = density;
            bodies.push(world.add(body));
        }
        (world, bodies)
    }

    /// Lets the set settle, then simulates it.
    pub(crate) fn run(&self, ball: BallMaterial, jitter: &Jitter) -> Result<Run, Error> {
        let (mut world, bodies) = self.world(ball, jitter);
        settle(&mut world, SETTLE)?;
        let bake = bake(&world, &BakeSettings { duration_s: DURATION, ..Default::default() })?;
        let touches = bodies[2..].iter().filter_map(|&b| bake.first_contact(bodies[0], b));
        let contact = touches.map(|c| c.time_s).min_by(f64::total_cmp);
        Ok(Run { bake, bodies, contact })
    }
}

impl Run {
    /// Pose of the ball (0), the gate (1) or a block (2 + its place).
    pub(crate) fn pose(&self, who: usize, time_s: f64) -> Pose {
        self.bake.pose_at(self.bodies[who], time_s)
    }

    /// How far a block has got in the end, metres, and how far its upright axis leans from where it was, radians.
    pub(crate) fn displaced(&self, block: usize) -> (f32, f32) {
        let (first, last) = (self.pose(2 + block, 0.0), self.pose(2 + block, DURATION));
        let lean = last.vector(Vec3::Z).angle_between(first.vector(Vec3::Z));
        (first.translation.distance(last.translation), lean)
    }

    /// Who moves how fast between `from` and the end at most, in metres of a surface point per 1/30 s.
    pub(crate) fn creep(&self, from: f64, reach: &[f32]) -> f32 {
        let steps = ((DURATION - from) * 30.0) as u32;
        let mut worst = 0.0f32;
        for who in 0..self.bodies.len() {
            for i in 0..steps {
                let (a, b) = (from + f64::from(i) / 30.0, from + f64::from(i + 1) / 30.0);
                let (p, q) = (self.pose(who, a), self.pose(who, b));
                let turned = p.rotation.angle_between(q.rotation) * reach.get(who).copied().unwrap_or(0.0);
                worst = worst.max(p.translation.distance(q.translation) + turned);
            }
        }
        worst
    }
}
