//! A sloping track with walls across it: a ball that is let go at its upper end rests against the first wall.

use std::f32::consts::PI;

use glam::{Quat, Vec3, vec3};
use raytruth_physics::{Body, Error, Form as Solid, PairContact, Substance, World};
use raytruth_scene::{Mesh, Pose};
use raytruth_task::{Rejection, Rng, Way, ensemble};
use serde_json::Value;

use super::free::{self, Due, Free, MEMBER, SHOWN};
use crate::plot::{Board, TARGET};

/// Room on each side of the ball between the rails, metres.
const ROOM: f32 = 0.003;
/// Of the rails, metres.
const RAIL: f32 = 0.005;
pub(super) const RAIL_HEIGHT: f32 = 0.01;
/// Half the thickness of a wall, metres.
pub(super) const WALL: f32 = 0.013;
/// Height of a wall above the track, radii of the ball.
const WALL_HEIGHT: f32 = 2.3;
/// Height of the track at its lower end, metres.
const LOW: f32 = 0.006;
/// From the ball's first place to the first place at a wall: radii of the ball, and metres.
const RUN_UP: (f32, f32) = (4.0, 0.055);
/// The track begins so far behind the ball's first place, beside its radius, metres.
const BEHIND: f32 = 0.02;
/// What it is at least from place to place: radii of the ball, and metres.
const PITCH: (f32, f32) = (2.0, 0.047);

/// How a ball rolls on the track, and meets a wall, which is lined with cork.
const ROLLS: PairContact = PairContact { friction: 0.5, restitution: 0.15, rolling: 0.008 };
const MEETS: PairContact = PairContact { friction: 0.3, restitution: 0.12, rolling: 0.0 };
/// Part of its speed with which the ball leaves a wall, those that follow counted in.
const REBOUND: f64 = 0.08;

/// A track that goes down along its way: from the ball's first place at 0 to its end.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Lane {
    /// Places at which a wall may stand.
    pub places: usize,
    /// Whether the ball comes from the left.
    pub from_left: bool,
    /// Radians.
    pub slope: f32,
    /// Of the ball, metres.
    pub radius: f32,
}

/// What a person cannot tell from the picture.
#[derive(Clone, Copy, Debug)]
struct Jitter {
    friction: f32,
    restitution: f32,
    /// Of the ball's first place, along the way and across, metres.
    shift: [f32; 2],
    /// Factor on the slope.
    slope: f32,
}

impl Jitter {
    const NONE: Self = Self { friction: 1.0, restitution: 0.0, shift: [0.0; 2], slope: 1.0 };
}

impl Lane {
    /// About how long the ball takes to come to rest at a place, seconds: it rolls down at 5/7 g sin θ, less what the track takes, and rebounds with a
    /// little more than what a wall returns.
    pub(super) fn estimate(&self, place: usize) -> f64 {
        let (sin, cos) = (libm::sin(f64::from(self.slope)), libm::cos(f64::from(self.slope)));
        let pull = 5.0 / 7.0 * 9.81 * (sin - f64::from(ROLLS.rolling) * cos);
        let down = libm::sqrt(2.0 * f64::from(self.at(place)) / pull);
        down * (1.0 + 2.0 * REBOUND)
    }

    /// Along the way, where the ball rests at a place.
    pub(super) fn at(&self, place: usize) -> f32 {
        RUN_UP.0 * self.radius + RUN_UP.1 + place as f32 * self.pitch()
    }

    /// From place to place, metres.
    pub(super) fn pitch(&self) -> f32 {
        PITCH.0 * self.radius + PITCH.1
    }

    /// Where the track ends.
    pub(super) fn end(&self) -> f32 {
        self.at(self.places - 1) + self.radius + 2.0 * WALL + 0.012
    }

    /// Where it begins.
    fn start(&self) -> f32 {
        -self.radius - BEHIND
    }

    /// Half of its width between the rails, and with them, metres.
    pub(super) fn half_width(&self) -> [f32; 2] {
        let inner = self.radius + ROOM;
        [inner, inner + RAIL]
    }

    /// Height of the track, metres.
    pub(super) fn height(&self, along: f32) -> f32 {
        LOW + (self.end() - along) * libm::tanf(self.slope)
    }

    /// Sideways place of something along the way.
    pub(super) fn x(&self, along: f32) -> f32 {
        let middle = 0.5 * (self.start() + self.end());
        if self.from_left { along - middle } else { middle - along }
    }

    /// Centre of the ball, on the track.
    fn center(&self, along: f32) -> Vec3 {
        vec3(self.x(along), 0.0, self.height(along) + self.radius / libm::cosf(self.slope))
    }

    /// The place of a board that spans some way, from one height to another.
    pub(super) fn board(&self, along: [f32; 2], half_width: [f32; 2], height: [f32; 2]) -> Board {
        let x = along.map(|s| self.x(s));
        Board::between(vec3(x[0].min(x[1]), half_width[0], height[0]), vec3(x[0].max(x[1]), half_width[1], height[1]))
    }

    /// The middle of the foot of a wall at a place.
    pub(super) fn wall_foot(&self, place: usize) -> Vec3 {
        let along = self.at(place) + self.radius + WALL;
        vec3(self.x(along), 0.0, self.height(along))
    }

    /// A wall above its foot.
    pub(super) fn wall(&self) -> Board {
        let [inner, _] = self.half_width();
        Board::between(vec3(-WALL, -inner + 0.0004, -0.001), vec3(WALL, inner - 0.0004, WALL_HEIGHT * self.radius))
    }

    /// Highest point of a wall at a place.
    pub(super) fn wall_top(&self, place: usize) -> f32 {
        self.wall_foot(place).z + WALL_HEIGHT * self.radius
    }

    /// What it looks like.
    pub(super) fn mesh(&self) -> Mesh {
        let mut mesh = Mesh::default();
        let [inner, outer] = self.half_width();
        let ends = [self.start(), self.end()];
        let mut prism = |y: [f32; 2], low: Option<f32>, high: f32| {
            let corner = |s: f32, y: f32, top: bool| {
                let z = if top { self.height(s) + high } else { low.map_or(0.0, |low| self.height(s) + low) };
                vec3(self.x(s), y, z)
            };
            let (a, b) = if self.from_left { (ends[0], ends[1]) } else { (ends[1], ends[0]) };
            let at = |top: bool| [corner(a, y[0], top), corner(b, y[0], top), corner(b, y[1], top), corner(a, y[1], top)];
            hexahedron(&mut mesh, at(false), at(true));
        };
        prism([-outer, outer], None, 0.0);
        prism([-outer, -inner], Some(0.0), RAIL_HEIGHT);
        prism([inner, outer], Some(0.0), RAIL_HEIGHT);
        mesh
    }

    /// The track, the wall that the ball meets, and the ball.
    fn world(&self, wall: usize, jitter: &Jitter) -> World {
        let lane = Self { slope: self.slope * jitter.slope, ..self.clone() };
        let mut world = World::default();
        world.pairs.friction_scale = jitter.friction;
        world.pairs.rolling_scale = jitter.friction;
        world.pairs.restitution_offset = jitter.restitution;
        world.pairs.set(Substance::Plastic, Substance::Oak, ROLLS);
        world.pairs.set(Substance::Plastic, Substance::Cork, MEETS);
        let [inner, outer] = lane.half_width();
        let sign = if lane.from_left { 1.0 } else { -1.0 };
        let tilt = Quat::from_rotation_y(sign * lane.slope);
        let long = 0.5 * (lane.end() - lane.start()) / libm::cosf(lane.slope);
        let middle = 0.5 * (lane.end() + lane.start());
        let slab = |half: Vec3, y: f32, top: f32| {
            let surface = vec3(lane.x(middle), y, lane.height(middle));
            let center = surface + tilt * (Vec3::Z * (top - half.z));
            (Solid::Box { half_extents: half, rounding: 0.0 }, Pose::new(center, tilt))
        };
        let mut add = |name: &str, (form, pose): (Solid, Pose)| {
            world.add(Body::fixed(name, Substance::Oak, form).at(pose.translation).turned(pose.rotation));
        };
        add("track", slab(vec3(long, outer, 0.01), 0.0, 0.0));
        for (name, side) in [("rail_front", -1.0), ("rail_back", 1.0)] {
            add(name, slab(vec3(long, 0.5 * RAIL, 0.5 * RAIL_HEIGHT), side * (inner + 0.5 * RAIL), RAIL_HEIGHT));
        }
        let board = lane.wall();
        let form = Solid::Box { half_extents: board.half, rounding: 0.0 };
        world.add(Body::fixed("wall", Substance::Cork, form).at(lane.wall_foot(wall) + board.middle));
        let [along, across] = jitter.shift;
        let start = lane.center(along) + Vec3::Y * across + tilt * Vec3::Z * 2e-5;
        world.add(Body::dynamic(TARGET, Substance::Plastic, Solid::Sphere { radius: lane.radius }).at(start));
        world
    }

    fn simulate(&self, wall: usize, jitter: &Jitter, step_hz: u32) -> Result<Free, Error> {
        Free::simulate(&self.world(wall, jitter), step_hz, 0.5)
    }

    /// The roll to a wall at a place.
    pub(super) fn roll(&self, wall: usize) -> Result<Free, Rejection> {
        self.simulate(wall, &Jitter::NONE, SHOWN).map_err(|e| Rejection::new("simulation", e.to_string()))
    }

    /// Proves that the ball rests at a place within some seconds of being let go, and says how far from it it may get, metres.
    pub(super) fn certify(&self, rng: &mut Rng, wall: usize, within: f64) -> Result<f32, Rejection> {
        let jitter = |rng: &mut Rng| Jitter {
            friction: 1.0 + (ensemble::FRICTION * rng.range(-1.0, 1.0)) as f32,
            restitution: (ensemble::RESTITUTION * rng.range(-1.0, 1.0)) as f32,
            shift: [0.002 * rng.range(-1.0, 1.0) as f32, 0.6 * ROOM * rng.range(-1.0, 1.0) as f32],
            slope: 1.0 + 0.06 * rng.range(-1.0, 1.0) as f32,
        };
        let due = Due { x: self.x(self.at(wall)), slot: self.pitch(), within };
        free::certify(rng, due, jitter, |j| j.restitution, |jitter| self.simulate(wall, jitter, MEMBER))
    }

    /// As others need it to simulate it again.
    pub(super) fn record(&self, wall: usize, from_s: f64, spread: f32) -> Value {
        free::record(&self.world(wall, &Jitter::NONE), from_s, spread, self.pitch())
    }

    /// When a ball has come so far along the way first, seconds.
    pub(super) fn passes(&self, roll: &Free, along: f32) -> Option<f64> {
        let x = self.x(along);
        roll.first(|place| (place.x >= x) == self.from_left)
    }

    /// The way of a ball that is let go at a time in seconds.
    pub(super) fn way(&self, roll: &Free, let_go: f64) -> Way {
        let (poses, rate) = roll.poses();
        Way::at(poses[0].translation).baked(let_go, rate, poses)
    }
}

/// A solid of six sides, by the corners of its lower and its upper side, each counter-clockwise seen from above.
fn hexahedron(mesh: &mut Mesh, low: [Vec3; 4], high: [Vec3; 4]) {
    let mut side = |corners: [Vec3; 4]| {
        let first = mesh.positions.len() as u32;
        mesh.positions.extend(corners);
        mesh.triangles.extend([[first, first + 1, first + 2], [first, first + 2, first + 3]]);
    };
    side([low[3], low[2], low[1], low[0]]);
    side(high);
    for i in 0..4 {
        let j = (i + 1) % 4;
        side([low[i], low[j], high[j], high[i]]);
    }
}

/// Degrees as radians.
pub(super) fn radians(degrees: f64) -> f32 {
    degrees as f32 * (PI / 180.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lane(from_left: bool) -> Lane {
        Lane { places: 4, from_left, slope: radians(6.0), radius: 0.026 }
    }

    #[test]
    fn a_ball_rests_at_the_wall_that_it_meets() {
        for (from_left, wall) in [(true, 0), (false, 3)] {
            let lane = lane(from_left);
            let roll = lane.roll(wall).expect("simulated");
            let (end, due) = (roll.end(), lane.center(lane.at(wall)));
            assert!(end.distance(due) < 6e-4, "{end} instead of {due}");
            let about = lane.estimate(wall);
            assert!((0.85..1.05).contains(&(roll.takes() / about)), "{} s, {about} s", roll.takes());
        }
    }

    #[test]
    fn the_track_is_a_closed_solid_below_the_ball() {
        for from_left in [true, false] {
            let mesh = lane(from_left).mesh();
            assert!(mesh.signed_volume() > 0.0, "its sides face outwards");
            let top = mesh.positions.iter().map(|p| p.z).fold(0.0, f32::max);
            assert!((top - lane(from_left).height(lane(from_left).start()) - RAIL_HEIGHT).abs() < 1e-6);
        }
    }
}
