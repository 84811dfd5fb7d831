//! Versions of a scene in which something impossible happens: to an object, or to the camera.

use raytruth_scene::{Aabb, Object, Pose, Role, Scene, Track};

/// What something impossible happens to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// An object, by its place among the scene's.
    Object(usize),
    /// The camera, of a walk.
    Camera,
}

/// The versions that [`impossible`] makes, by name.
pub const IMPOSSIBLE: [(&str, &str); 4] = [
    ("glide", "everything moves straight from its first to its final place"),
    ("teleport", "what acts waits in its first place, and then jumps to where it should be"),
    ("vanish", "what acts is gone from some frame on"),
    ("duplicate", "a second one of what acts appears where it began"),
];

/// The version of that name. `what` and `at`: to what it happens, and in which frame; `glide` asks for neither. `None` if the scene cannot
/// have it: nothing moves, the camera cannot be doubled.
#[must_use]
pub fn impossible(name: &str, scene: &Scene, frames: usize, subject: Option<(Subject, usize)>) -> Option<Scene> {
    match (name, subject) {
        ("glide", _) => glide(scene, frames),
        ("teleport", Some((what, at))) => teleport(scene, frames, what, at),
        ("vanish", Some((Subject::Object(index), at))) => {
            let mut out = scene.clone();
            out.objects[index] = scene.objects[index].clone().there(frames, |frame| frame < at);
            Some(out)
        }
        ("duplicate", Some((Subject::Object(index), at))) => duplicate(scene, frames, index, at),
        _ => None,
    }
}

/// What acts, and when it is in the middle of it: an actor (else a target) that moves, half-way along its path; else the camera, if it
/// walks; else what changes its shape, half-way through its shapes.
#[must_use]
pub fn subject(scene: &Scene, frames: usize) -> Option<(Subject, usize)> {
    let of_role = |role: Role, acts: &dyn Fn(&Object) -> bool| scene.objects.iter().position(|o| o.role == role && acts(o));
    let first = |acts: &dyn Fn(&Object) -> bool| of_role(Role::Actor, acts).or_else(|| of_role(Role::Target, acts));
    let way = |poses: &dyn Fn(usize) -> Pose, until: usize| -> f32 {
        (1..until).map(|i| poses(i).translation.distance(poses(i - 1).translation)).sum()
    };
    let half_way = |poses: &dyn Fn(usize) -> Pose| {
        let whole = way(poses, frames);
        (1..frames).find(|&i| whole > 0.0 && way(poses, i + 1) >= 0.5 * whole)
    };
    if let Some(index) = first(&|o| o.track.is_some() && way(&|i| o.pose_at(i), frames) > 0.0) {
        let at = half_way(&|i| scene.objects[index].pose_at(i))?;
        return Some((Subject::Object(index), at));
    }
    if let Some(at) = half_way(&|i| scene.camera.pose_at(i)) {
        return Some((Subject::Camera, at));
    }
    let changes = |o: &Object, until: usize| (1..until).filter(|&i| o.shape_at(i) != o.shape_at(i - 1)).count();
    let index = first(&|o| changes(o, frames) > 0)?;
    let object = &scene.objects[index];
    let at = (1..frames).find(|&i| 2 * changes(object, i + 1) >= changes(object, frames))?;
    Some((Subject::Object(index), at))
}

/// All that moves does so evenly and straight, the camera too.
fn glide(scene: &Scene, frames: usize) -> Option<Scene> {
    let mut out = scene.clone();
    let mut any = false;
    let tracks = out.objects.iter_mut().map(|o| &mut o.track).chain([&mut out.camera.track]);
    for track in tracks.flatten() {
        let (first, last) = (track.pose_at(0), track.pose_at(frames - 1));
        any |= first != last;
        let share = |i: usize| i as f32 / (frames - 1).max(1) as f32;
        track.poses = (0..frames).map(|i| first.interpolate(&last, share(i))).collect();
    }
    any.then_some(out)
}

fn teleport(scene: &Scene, frames: usize, what: Subject, at: usize) -> Option<Scene> {
    let mut out = scene.clone();
    let track = match what {
        Subject::Object(index) => &mut out.objects[index].track,
        Subject::Camera => &mut out.camera.track,
    };
    let poses = track.as_ref()?;
    let waits = |frame: usize| if frame < at { 0 } else { frame };
    *track = Some(Track { poses: (0..frames).map(|frame| poses.pose_at(waits(frame))).collect() });
    Some(out)
}

/// The copy appears where the first one began, which is in the picture; there is none if it or something of its size is there at the end, for
/// nobody would see two. What only changes its shape has nowhere to be doubled.
fn duplicate(scene: &Scene, frames: usize, index: usize, at: usize) -> Option<Scene> {
    let object = &scene.objects[index];
    object.track.as_ref()?;
    let bounds = |i: usize, frame: usize| {
        let shape = scene.objects[i].shape_at(frame).aabb(&scene.meshes);
        if shape.is_empty() { shape } else { shape.transformed(&scene.world_pose(i, frame)) }
    };
    let place = bounds(index, 0);
    let large = |b: &Aabb| b.size().max_element() / place.size().max_element();
    let comes = |i: usize| {
        let last = bounds(i, frames - 1);
        let is_there = last.overlaps(&place) && (0.7..1.4).contains(&large(&last));
        is_there && (i == index || !bounds(i, 0).overlaps(&place))
    };
    if (0..scene.objects.len()).any(comes) {
        return None;
    }
    let copy = Object {
        name: format!("{}_copy", object.name),
        id: scene.free_id()?,
        shape: object.shape_at(0).clone(),
        shapes: Vec::new(),
        pose: object.pose_at(0),
        track: None,
        ..object.clone()
    };
    let mut out = scene.clone();
    out.objects.push(copy.there(frames, |frame| frame >= at));
    Some(out)
}

#[cfg(test)]
mod tests {
    use glam::Vec3;
    use raytruth_scene::{Camera, Shape};

    use super::*;

    fn way() -> Vec<Pose> {
        (0..10).map(|i| Pose::from_translation(Vec3::new((i * i) as f32, 0.0, 0.0))).collect()
    }

    fn scene() -> Scene {
        let mut scene = Scene::new(Camera::look_at(Vec3::new(0.0, -3.0, 1.0), Vec3::ZERO, 0.7));
        let ball = Object::new("ball", 1, Shape::Sphere { radius: 0.1 }, "m");
        scene.objects.push(ball.role(Role::Actor).moving(way()));
        scene
    }

    #[test]
    fn every_version_begins_like_the_truth_and_goes_on_otherwise() {
        let about = subject(&scene(), 10);
        assert_eq!(about, Some((Subject::Object(0), 7)), "49 of 81 metres are the first that are more than half");
        for (name, _) in IMPOSSIBLE {
            let made = impossible(name, &scene(), 10, about).expect("there is an actor");
            assert_eq!(made.objects[0].pose_at(0), scene().objects[0].pose_at(0), "{name}");
            assert_eq!(made.objects[0].shape_at(0), scene().objects[0].shape_at(0), "{name}");
            assert!(made.objects != scene().objects, "{name}");
        }
        let jumped = impossible("teleport", &scene(), 10, about).expect("it moves");
        assert_eq!([6, 7].map(|i| jumped.objects[0].pose_at(i).translation.x), [0.0, 49.0]);
    }

    #[test]
    fn a_place_that_another_takes_shows_no_second_one() {
        let comes = |size: f32| {
            let mut taken = scene();
            let other = Object::new("other", 2, Shape::Sphere { radius: size }, "m");
            let x = |i: usize| if i < 5 { 9.0 } else { 0.0 };
            taken.objects.push(other.moving((0..10).map(|i| Pose::from_translation(Vec3::X * x(i)))));
            impossible("duplicate", &taken, 10, subject(&taken, 10))
        };
        assert!(comes(0.1).is_none() && comes(0.3).is_some());
        let mut back = scene();
        back.objects[0] = back.objects[0].clone().moving([0.0, 1.0, 0.0].map(|x| Pose::from_translation(Vec3::X * x)));
        assert!(impossible("duplicate", &back, 3, subject(&back, 3)).is_none());
    }

    #[test]
    fn a_camera_glides_and_jumps_and_cannot_be_doubled() {
        let mut walk = scene();
        walk.objects.clear();
        walk.camera.track = Some(Track { poses: way() });
        let about = subject(&walk, 10);
        assert_eq!(about, Some((Subject::Camera, 7)));
        let at = |name: &str, frame| impossible(name, &walk, 10, about).map(|s| s.camera.pose_at(frame).translation.x);
        assert_eq!(at("glide", 1), Some(9.0));
        assert_eq!([6, 7].map(|i| at("teleport", i)), [Some(0.0), Some(49.0)]);
        assert!(impossible("vanish", &walk, 10, about).is_none() && impossible("duplicate", &walk, 10, about).is_none());
    }

    #[test]
    fn what_only_deforms_can_vanish() {
        let mut knot = scene();
        let tube = |i: usize| Shape::tube(0.1, vec![Vec3::ZERO, Vec3::X * (1.0 + i as f32)], false);
        knot.objects[0] = Object { track: None, ..knot.objects[0].clone() }.changing((0..10).map(tube));
        let about = subject(&knot, 10);
        let made = impossible("vanish", &knot, 10, about).expect("it changes");
        let there = |frame: usize| !made.objects[0].shape_at(frame).is_nothing();
        assert!(there(0) && there(3) && !there(6) && !there(9));
        assert!(["duplicate", "teleport", "glide"].iter().all(|name| impossible(name, &knot, 10, about).is_none()));
    }

    #[test]
    fn nothing_impossible_can_be_made_of_a_still_scene() {
        let mut still = scene();
        still.objects[0].track = None;
        let about = subject(&still, 10);
        assert!(about.is_none() && IMPOSSIBLE.iter().all(|(name, _)| impossible(name, &still, 10, about).is_none()));
    }
}
