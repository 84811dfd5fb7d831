//! Flow and object coordinates against poses, in `f64`.

use glam::{DQuat, DVec2, DVec3, Quat, Vec2, Vec3};
use raytruth_scene::{Animation, Camera, Material, Pose, Scene, Shape, Track};

use super::{object, proof, renderer, scene};
use crate::{Pass, Passes};

const SIZE: (u32, u32) = (64, 40);
const WANTED: [Pass; 4] = [Pass::Depth, Pass::Id, Pass::Flow, Pass::Coord];

/// Passes of frames of a clip.
fn passes(scene: &Scene, frames: &[usize]) -> Vec<Passes> {
    let renderer = renderer();
    let mut clip = renderer.clip(scene, &proof(1)).expect("the scene is valid");
    frames.iter().map(|frame| super::passes(&mut clip, *frame, &WANTED)).collect()
}

fn look(eye: Vec3, target: Vec3) -> Pose {
    Pose::looking_at(eye, target)
}

/// A box that turns and moves, a ball that spins in its place, a lid that the box carries, and a floor.
fn tumbling() -> Scene {
    let camera = Camera::look_at(Vec3::new(0.3, -2.2, 1.0), Vec3::new(0.0, 0.0, 0.2), 0.8);
    let half = Vec3::new(0.3, 0.2, 0.15);
    let turned = |x: f32, angle: f32| Pose::new(Vec3::new(x, 0.1, 0.4), Quat::from_axis_angle(Vec3::new(0.6, 0.0, 0.8), angle));
    let spun = |angle: f32| Pose::new(Vec3::new(-0.6, 0.0, 0.3), Quat::from_rotation_z(angle));
    let mut lid = object(4, Shape::Box { half_extents: Vec3::splat(0.08), bevel: 0.0 }, "m", Pose::IDENTITY);
    lid.pose = Pose::new(Vec3::new(0.1, 0.0, 0.25), Quat::from_rotation_x(0.3));
    lid.parent = Some("object 2".into());
    let mut s = scene(
        camera,
        Vec3::ONE,
        &[("m", Material::default())],
        vec![
            object(1, Shape::Plane { size: Vec2::splat(3.0) }, "m", Pose::IDENTITY),
            object(2, Shape::Box { half_extents: half, bevel: 0.0 }, "m", Pose::IDENTITY).moving([
                turned(0.0, 0.2),
                turned(0.15, 0.5),
                turned(0.4, 1.1),
            ]),
            object(3, Shape::Sphere { radius: 0.25 }, "m", Pose::IDENTITY).moving([spun(0.0), spun(0.4), spun(0.9)]),
            lid,
        ],
    );
    s.animation = Some(Animation { frames: 3, fps: 30 });
    s
}

/// The same with a camera that turns and moves.
fn tumbling_seen_from_a_drone() -> Scene {
    let mut s = tumbling();
    s.camera.track = Some(Track {
        poses: vec![
            look(Vec3::new(0.3, -2.2, 1.0), Vec3::new(0.0, 0.0, 0.2)),
            look(Vec3::new(0.4, -2.1, 1.1), Vec3::new(0.1, 0.0, 0.25)),
            look(Vec3::new(0.7, -2.0, 1.3), Vec3::new(0.1, 0.0, 0.5)),
        ],
    });
    s
}

fn at_rest(mut s: Scene) -> Scene {
    s.camera.track = None;
    for object in &mut s.objects {
        object.track = None;
    }
    s
}

/// A pose in `f64`.
#[derive(Clone, Copy)]
pub(super) struct DPose {
    pub(super) translation: DVec3,
    pub(super) rotation: DQuat,
}

impl DPose {
    pub(super) fn of(pose: Pose) -> Self {
        Self { translation: pose.translation.as_dvec3(), rotation: pose.rotation.as_dquat().normalize() }
    }

    pub(super) fn point(&self, p: DVec3) -> DVec3 {
        self.rotation * p + self.translation
    }

    pub(super) fn undo(&self, p: DVec3) -> DVec3 {
        self.rotation.inverse() * (p - self.translation)
    }
}

fn focal(camera: &Camera) -> f64 {
    20.0 / (0.5 * f64::from(camera.fov_y)).tan()
}

/// Pixels, of a point in the camera's frame.
fn film(camera: &Camera, local: DVec3) -> DVec2 {
    let focal = focal(camera);
    DVec2::new(32.0 - focal * local.x / local.z, 20.0 + focal * local.y / local.z)
}

/// Checks all pixels of a frame against the poses; returns how many of background, floor, box, ball and lid were seen.
fn check(s: &Scene, frame: usize, passes: &Passes) -> [usize; 5] {
    let (width, focal) = (SIZE.0 as usize, focal(&s.camera));
    let eye = DPose::of(s.camera.pose_at(frame));
    let mut seen = [0; 5];
    for i in 0..passes.object_id.len() {
        let center = DVec2::new((i % width) as f64 + 0.5, (i / width) as f64 + 0.5);
        let sight = DVec3::new((center.x - 32.0) / focal, (20.0 - center.y) / focal, -1.0);
        let id = usize::from(passes.object_id[i]);
        seen[id] += 1;
        let world = eye.point(f64::from(passes.depth[i]) * sight);
        let pose = |frame| DPose::of(s.world_pose(id - 1, frame));
        let coord = passes.coord[i].map_or(DVec3::NAN, |c| Vec3::from_array(c).as_dvec3());
        if id == 0 {
            assert!(passes.coord[i].is_none());
        } else {
            let expected = pose(frame).undo(world);
            assert!(coord.distance(expected) < 1e-5, "pixel {i} of object {id} at {coord}, not {expected}");
        }
        for (flow, other) in [(&passes.flow_forward, frame as i64 + 1), (&passes.flow_backward, frame as i64 - 1)] {
            let Some(other) = usize::try_from(other).ok().filter(|f| *f < s.frames()) else {
                assert_eq!(flow[i], None, "beyond the clip");
                continue;
            };
            let other_eye = DPose::of(s.camera.pose_at(other));
            let local = if id == 0 {
                other_eye.rotation.inverse() * (eye.rotation * sight)
            } else {
                other_eye.undo(pose(other).point(coord))
            };
            let expected = film(&s.camera, local) - center;
            let got = Vec2::from_array(flow[i].expect("in front of the camera")).as_dvec2();
            assert!(got.distance(expected) < 2e-3, "pixel {i} of object {id} moves by {got}, not {expected}, to frame {other}");
            if id > 0 {
                let moved = s.world_pose(id - 1, other).point(coord.as_vec3());
                let (pixel, _) = s.camera.project(other, moved, SIZE).expect("in front");
                assert!((center + got).as_vec2().distance(pixel) < 2e-3, "as the camera projects it");
            }
        }
    }
    seen
}

#[test]
fn flow_and_coordinates_follow_the_poses() {
    for (s, sky) in [(tumbling(), 100), (tumbling_seen_from_a_drone(), 100)] {
        for (frame, passes) in passes(&s, &[0, 1, 2]).iter().enumerate() {
            let seen = check(&s, frame, passes);
            assert!(seen[0] > sky && seen[1] > 300 && seen[2] > 60 && seen[3] > 60 && seen[4] > 5, "all are seen: {seen:?}");
        }
    }
}

#[test]
fn the_box_is_where_its_coordinates_say() {
    let half = Vec3::new(0.3, 0.2, 0.15);
    for passes in passes(&tumbling_seen_from_a_drone(), &[0, 2]) {
        for (coord, id) in passes.coord.iter().zip(&passes.object_id) {
            let coord = coord.map_or(Vec3::NAN, Vec3::from_array);
            match id {
                2 => assert!(((coord / half).abs().max_element() - 1.0).abs() < 1e-5, "on a face: {coord}"),
                3 => assert!((coord.length() - 0.25).abs() < 1e-6, "on the ball: {coord}"),
                _ => {}
            }
        }
    }
}

#[test]
fn what_stands_still_has_no_flow_at_all() {
    let s = tumbling();
    let [first, last, after] = &passes(&s, &[0, 2, 7])[..] else { panic!("three frames") };
    assert!(last == after, "the last frame holds");
    for (i, id) in first.object_id.iter().enumerate() {
        let flow = first.flow_forward[i].expect("there is a next frame");
        assert_eq!(flow == [0.0, 0.0], [0, 1].contains(id), "object {id}: {flow:?}");
    }
    // Even where the camera looks askew.
    let still = at_rest(s);
    let frame = &passes(&still, &[1])[0];
    assert!(frame.flow_forward.iter().chain(&frame.flow_backward).all(|flow| *flow == Some([0.0, 0.0])));
}

#[test]
fn a_clip_has_two_ends() {
    let frames = passes(&tumbling(), &[0, 2]);
    assert!(frames[0].flow_backward.iter().all(Option::is_none) && frames[0].flow_forward.iter().all(Option::is_some));
    assert!(frames[1].flow_forward.iter().all(Option::is_none) && frames[1].flow_backward.iter().all(Option::is_some));
    let mut picture = at_rest(tumbling());
    picture.animation = None;
    let frame = &passes(&picture, &[0])[0];
    assert!(frame.flow_forward.iter().chain(&frame.flow_backward).all(Option::is_none), "a still picture has no flow");
}

#[test]
fn what_will_be_behind_the_camera_has_no_place_in_the_picture() {
    let mut s = tumbling();
    let eye = Vec3::new(0.3, -2.2, 1.0);
    s.camera.track = Some(Track { poses: vec![look(eye, Vec3::ZERO), look(eye, 2.0 * eye), look(eye, Vec3::ZERO)] });
    let frame = &passes(&s, &[0])[0];
    assert!(frame.flow_forward.iter().all(Option::is_none));
}

#[test]
fn only_what_is_asked_for_is_there() {
    let renderer = renderer();
    let s = tumbling();
    let mut clip = renderer.clip(&s, &proof(1)).expect("valid");
    let all = super::passes(&mut clip, 1, &Pass::ALL);
    for pass in Pass::ALL {
        let one = super::passes(&mut clip, 1, &[pass]);
        let mut expected = Passes::default();
        match pass {
            Pass::Depth => expected.depth.clone_from(&all.depth),
            Pass::Normal => expected.normal.clone_from(&all.normal),
            Pass::Albedo => expected.albedo.clone_from(&all.albedo),
            Pass::Id => expected.object_id.clone_from(&all.object_id),
            Pass::Flow => {
                expected.flow_forward.clone_from(&all.flow_forward);
                expected.flow_backward.clone_from(&all.flow_backward);
            }
            Pass::Coord => expected.coord.clone_from(&all.coord),
            Pass::SpecularId => {
                expected.specular_id.clone_from(&all.specular_id);
                expected.specular_throughput.clone_from(&all.specular_throughput);
            }
        }
        assert!(one == expected && one != Passes::default(), "{pass:?}");
    }
    assert!(super::passes(&mut clip, 1, &[]) == Passes::default());
    // A picture's own passes are the same, and making others does not disturb it.
    let frame = clip.frame(1, &super::FULL, &mut |_| std::ops::ControlFlow::Continue(())).expect("renders");
    let Passes { object_id, depth, normal, albedo, .. } = all;
    assert!(frame.passes == Passes { object_id, depth, normal, albedo, ..Passes::default() });
    let fresh = renderer.clip(&s, &proof(1)).expect("valid").frame(1, &super::FULL, &mut |_| std::ops::ControlFlow::Continue(()));
    assert!(fresh.expect("renders") == frame);
}
