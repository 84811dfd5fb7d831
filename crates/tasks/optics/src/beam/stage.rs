//! From a bench to a scene: optics on their feet, the source, detectors with lamps, and the beam that grows.

use std::f64::consts::FRAC_PI_2;

use glam::{DVec3, Quat, Vec2, Vec3, vec3};
use raytruth_scene::{Aabb, Material, Pose, Power, Role, Scene, Shape};
use raytruth_task::{Clip, Rejection, SceneBuilder};

use super::sight::CAPS;
use super::time::Growth;
use super::{Bench, DETECTOR};
use crate::bench::{self, HALF, SQUARE};
use crate::exact::{Event, Leg, Path};
use crate::look::Look;
use crate::meshes;
use crate::piece::{APEX, BEAM, CORNER, DISH, HALF_HEIGHT, Kind, MIRROR, PRISM, Piece, RIM, SLAB, THICK};

/// Height of all that stands on the board, metres: the caps of the tallest form.
const HEIGHT: f32 = (DETECTOR[1] + DETECTOR[0] + CAPS[3]) as f32;
/// Radiance of the beam, and of a lamp, as parts of their colours.
const SHINES: f32 = 1.5;
pub(crate) const LIT: f32 = 3.0;

/// Names of the scene's objects.
pub(crate) fn optic(i: usize) -> String {
    format!("optic_{i}")
}

pub(crate) fn detector(i: usize) -> String {
    format!("detector_{i}")
}

pub(crate) fn leg(i: usize) -> String {
    format!("beam_{i}")
}

/// Colour of the beam, which is the problem's last, linear Rec. 709.
pub(crate) fn color(bench: &Bench, look: &Look) -> Vec3 {
    look.colors[bench.detectors.len()]
}

fn single(p: DVec3) -> Vec3 {
    p.as_vec3()
}

/// The scene with its beam, seen by a camera that has the square in the middle.
pub(crate) fn build(bench: &Bench, look: &Look, clip: &Clip) -> Result<Scene, Rejection> {
    let mut builder = SceneBuilder::new(clip);
    bench::add_board(&mut builder, (&look.board, &look.metal), HALF, None);
    add_source(&mut builder, bench, look);
    for (i, piece) in bench.pieces.iter().enumerate() {
        add_piece(&mut builder, &optic(i), piece, look);
    }
    for (i, at) in bench.detectors.iter().enumerate() {
        let is_lit = i == bench.answer;
        let power = Power((0..clip.frames).map(|f| if is_lit { Growth::lit(clip.time_of(f)) as f32 } else { 0.0 }).collect());
        add_detector(&mut builder, i, single(*at), look.paints[i].clone(), is_lit.then_some(power), look);
    }
    add_beam(&mut builder, bench, color(bench, look), clip);
    let reach = SQUARE as f32;
    let points = bench::corners(vec3(-reach, -reach, 0.0), vec3(reach, reach, HEIGHT));
    let board = Aabb { min: (-HALF).extend(0.0), max: HALF.extend(HEIGHT) };
    bench::finish(builder, look, clip, board, &points)
}

/// Forms of caps, in their order.
pub(crate) const FORMS: [&str; 4] = ["ball", "cube", "disc", "capsule"];

fn yawed(at: Vec3, yaw: f64) -> Pose {
    let half = 0.5 * yaw;
    Pose::new(at, Quat::from_xyzw(0.0, 0.0, libm::sin(half) as f32, libm::cos(half) as f32))
}

fn add_source(builder: &mut SceneBuilder, bench: &Bench, look: &Look) {
    let (from, way) = (single(bench.source.origin), single(bench.source.direction));
    let yaw = libm::atan2(bench.source.direction.y, bench.source.direction.x);
    let body = vec3(0.028, 0.013, 0.013);
    let middle = from - (body.x + 0.006) * way;
    builder.add("source", Role::Apparatus, Shape::Box { half_extents: body, bevel: 0.003 }, &look.housing).pose =
        yawed(middle, yaw);
    let nose = Shape::Cylinder { radius: 0.006, half_height: 0.004, bevel: 0.0008 };
    let along_x = Quat::from_axis_angle(Vec3::Y, FRAC_PI_2 as f32);
    let pose = yawed(from - 0.004 * way, yaw);
    builder.part("source", "source_nose", nose, &look.metal).pose = Pose::new(pose.translation, pose.rotation * along_x);
    let foot = Shape::Box { half_extents: vec3(0.02, 0.011, 0.5 * (BEAM as f32 - body.z)), bevel: 0.001 };
    builder.part("source", "source_foot", foot, &look.metal).pose = yawed(middle.with_z(0.5 * (BEAM as f32 - body.z)), yaw);
}

fn add_piece(builder: &mut SceneBuilder, name: &str, piece: &Piece, look: &Look) {
    let pose = yawed(single(piece.at), piece.yaw);
    let low = (BEAM - HALF_HEIGHT) as f32;
    let h = HALF_HEIGHT as f32;
    let glass = Material { ior: piece.n as f32, ..look.glass.clone() };
    let foot = |builder: &mut SceneBuilder, half: Vec2, at: Vec2| {
        let shape = Shape::Box { half_extents: half.extend(0.5 * low), bevel: 0.001 };
        let own = format!("{name}_foot");
        builder.add(&own, Role::Apparatus, shape, &look.metal).pose =
            pose.mul(&Pose::from_translation(at.extend(0.5 * low - BEAM as f32)));
    };
    match piece.kind {
        Kind::Mirror => {
            let [wide, thick] = MIRROR.map(|v| v as f32);
            // Silver in front of a frosted plate, in a thin frame behind.
            let front = Shape::Box { half_extents: vec3(0.0005, wide, h), bevel: 0.0 };
            builder.add(name, Role::Apparatus, front, &look.silver).pose =
                pose.mul(&Pose::from_translation(vec3(0.0005, 0.0, 0.0)));
            let back = Shape::Box { half_extents: vec3(0.5 * thick - 0.0006, wide + 0.001, h + 0.001), bevel: 0.0008 };
            let own = format!("{name}_back");
            let at = vec3(0.5 * thick + 0.0006, 0.0, 0.0);
            builder.add(&own, Role::Apparatus, back, &look.frosted).pose = pose.mul(&Pose::from_translation(at));
            foot(builder, Vec2::new(0.012, 0.6 * wide), Vec2::new(0.006, 0.0));
        }
        Kind::Convex | Kind::Concave => {
            let mesh = builder.mesh(name, meshes::round_mirror(piece.curve as f32, DISH as f32, RIM as f32));
            builder.add(name, Role::Apparatus, mesh, &look.silver).pose = pose;
            add_ring(builder, name, 0.5 * DISH as f32, pose, look);
            foot(builder, Vec2::new(0.012, 0.014), Vec2::new(0.006, 0.0));
        }
        Kind::Slab => {
            let half = vec3(0.5 * piece.thick as f32, SLAB as f32, h);
            builder.add(name, Role::Apparatus, Shape::Box { half_extents: half, bevel: 0.0006 }, &glass).pose = pose;
            foot(builder, Vec2::new(half.x - 0.004, half.y - 0.004), Vec2::ZERO);
        }
        Kind::Prism | Kind::RightAngle => {
            let (side, apex) = if piece.kind == Kind::Prism { (PRISM, APEX) } else { (CORNER, FRAC_PI_2) };
            let (half, wide) = ((0.5 * side * libm::cos(0.5 * apex)) as f32, (side * libm::sin(0.5 * apex)) as f32);
            let corners = [Vec2::new(0.0, half), Vec2::new(-wide, -half), Vec2::new(wide, -half)];
            let mesh = builder.mesh(name, meshes::extruded(&corners, h, 0.0006));
            builder.add(name, Role::Apparatus, mesh, &glass).pose = pose;
            foot(builder, Vec2::new(0.4 * wide, 0.5 * half), Vec2::new(0.0, -0.35 * half));
        }
        Kind::Lens => {
            let mesh = builder.mesh(name, meshes::lens(piece.curve as f32, piece.thick as f32, RIM as f32));
            builder.add(name, Role::Apparatus, mesh, &glass).pose = pose;
            add_ring(builder, name, 0.0, pose, look);
            foot(builder, Vec2::new(0.012, 0.014), Vec2::ZERO);
        }
    }
}

/// What is round is held by a ring about its rim, so far along its axis.
fn add_ring(builder: &mut SceneBuilder, name: &str, along: f32, pose: Pose, look: &Look) {
    let circle = |i: u32| {
        let (sin, cos) = libm::sincosf(std::f32::consts::TAU * i as f32 / 24.0);
        vec3(along, (RIM as f32 + 0.0015) * cos, (RIM as f32 + 0.0015) * sin)
    };
    let ring = Shape::tube(0.0016, (0..24).map(circle).collect(), true);
    builder.add(&format!("{name}_ring"), Role::Apparatus, ring, &look.metal).pose = pose;
}

/// The cap of a detector.
fn cap(i: usize) -> Shape {
    let radius = DETECTOR[0] as f32;
    match i % FORMS.len() {
        0 => Shape::Sphere { radius: 1.22 * radius },
        1 => Shape::Box { half_extents: Vec3::splat(0.95 * radius), bevel: 0.0015 },
        2 => Shape::Cylinder { radius: 1.1 * radius, half_height: 0.75 * radius, bevel: 0.002 },
        _ => Shape::Capsule { radius: 0.98 * radius, half_height: 0.6 * radius },
    }
}

fn add_detector(builder: &mut SceneBuilder, i: usize, at: Vec3, lamp: Material, power: Option<Power>, look: &Look) {
    let name = detector(i);
    let [radius, height] = DETECTOR.map(|v| v as f32);
    let lamp = match power {
        Some(power) => Material { emission: LIT * lamp.base_color, emission_power: power, ..lamp },
        None => lamp,
    };
    // Its cap is what lights up; the post that the beam meets is pale.
    builder.add(&name, Role::Target, cap(i), &lamp).pose = Pose::from_translation(at.with_z(height + radius));
    let post = Shape::Cylinder { radius, half_height: 0.5 * height, bevel: 0.001 };
    builder.add(&format!("{name}_post"), Role::Apparatus, post, &look.housing).pose =
        Pose::from_translation(at.with_z(0.5 * height));
}

/// A tube for each straight piece.
fn add_beam(builder: &mut SceneBuilder, bench: &Bench, color: Vec3, clip: &Clip) {
    let path = bench.path();
    for (k, (leg_of, shapes)) in path.legs().zip(beam_shapes(&path, clip)).enumerate() {
        // Radiance within glass is n² times that outside of it.
        let emission = SHINES * (leg_of.n * leg_of.n) as f32 * color;
        let material = Material { base_color: color, emission, ..Material::default() };
        builder.add(&leg(k), Role::Marker, Shape::Nothing, &material).shapes = shapes;
    }
}

/// The shapes of the straight pieces of a beam, frame by frame: in front of the tip there is nothing.
pub(crate) fn beam_shapes(path: &Path, clip: &Clip) -> Vec<Vec<Shape>> {
    let total = path.length();
    let mut begins = 0.0;
    let mut all = Vec::new();
    for (k, Leg { from: start, to: end, n }) in path.legs().enumerate() {
        let length = (end - start).length();
        let way = (end - start) / length;
        // A tube ends so that nothing of it lies on the other side of a clear surface.
        let gap = |at: usize| match path.vertices.get(at) {
            Some(v) if v.event == Event::Refracted || n > 1.0 => THICK / way.dot(v.normal).abs().max(0.3),
            _ => 0.0,
        };
        let (from, to) = (if k == 0 { 0.0 } else { gap(k - 1) }, length - gap(k));
        let shape = |frame: u32| {
            let tip = (Growth::reach_of(total, clip.time_of(frame)) - begins).min(to);
            if tip < from + 1e-4 {
                return Shape::Nothing;
            }
            let points = [from, tip].map(|t| single(start + t * way)).to_vec();
            Shape::Tube { radius: THICK as f32, points, closed: false, colors: Vec::new(), rings: Some(1) }
        };
        all.push((0..clip.frames).map(shape).collect());
        begins += length;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn caps_fill_the_balls_that_hold_them() {
        for (i, holds) in CAPS.into_iter().enumerate() {
            let reach = f64::from(match cap(i) {
                Shape::Sphere { radius } => radius,
                Shape::Box { half_extents, .. } => half_extents.length(),
                Shape::Cylinder { radius, half_height, .. } => radius.hypot(half_height),
                Shape::Capsule { radius, half_height } => radius + half_height,
                other => panic!("{other:?}"),
            });
            assert!(reach <= holds + 1e-9 && reach > 0.98 * holds, "{}: {reach} of {holds}", FORMS[i]);
        }
    }
}
