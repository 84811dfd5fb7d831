//! The label maps that a task writes without a GPU, against the object-id pass that the renderer draws: furniture, a walking camera, a
//! ring linked through a ring, a ball in a cup, leaves cut out of a plane, glass, things beside and behind the camera.

use raytruth::eval::truth::{NO_MATTER, map_size};
use raytruth::eval::{Overlay, Shown, Truth};
use raytruth::glam::{Quat, Vec2, Vec3};
use raytruth::render::{DeviceOptions, Pass, RenderSettings, Renderer};
use raytruth::scene::{Animation, Camera, Image, Light, Maps, Material, Mesh, Object, Pose, Power, Scene, Shape, Track};
use raytruth::task::{Clip, Followed, TruthWriter};

/// Least share of the pixels more than one pixel from an edge that must agree. What is left are ties: pixel centres on an edge.
const AGREE: f32 = 0.998;

fn block(scene: &mut Scene, name: &str, id: u16, half: Vec3, at: Vec3) {
    scene.objects.push(Object::new(name, id, Shape::Box { half_extents: half, bevel: 0.005 }, "plain").at(at));
}

/// A closed ring about an axis.
fn ring(radius: f32, tube: f32, turn: Quat, at: Vec3) -> Shape {
    let points = (0..24).map(|i| {
        let angle = Vec2::from_angle(std::f32::consts::TAU * i as f32 / 24.0) * radius;
        at + turn * angle.extend(0.0)
    });
    Shape::tube(tube, points.collect(), true)
}

/// A room of things. The ball rolls out of the cup and behind the table.
fn room(frames: u32) -> Scene {
    let mut scene = Scene::new(Camera::look_at(Vec3::new(0.4, -3.2, 1.5), Vec3::new(0.0, 0.0, 0.5), 1.0));
    scene.animation = Some(Animation { frames, fps: 16 });
    scene.materials.insert("plain".into(), Material::default());
    scene.materials.insert("glass".into(), Material { transmission: 1.0, roughness: 0.0, ..Material::default() });
    let maps = Maps { opacity: Some("leaves".into()), ..Maps::default() };
    scene.materials.insert("leaves".into(), Material { cutout: Some(0.5), maps, ..Material::default() });
    scene.materials.insert("veil".into(), Material { opacity: 0.3, ..Material::default() });
    let alpha = |i: u32| if (i % 8).abs_diff(4) + (i / 8).abs_diff(4) < 4 { 255 } else { 0 };
    let leaves = Image::srgb8(8, 8, (0..64).map(|i| [90, 160, 60, alpha(i)]).collect()).expect("a picture");
    scene.images.insert("leaves".into(), leaves);
    scene.lights.push(Light::rect("lamp", Vec2::ONE, Vec3::new(0.0, -1.0, 3.0), Vec3::ZERO, Vec3::ONE));
    scene.objects.push(Object::new("floor", 1, Shape::Plane { size: Vec2::splat(12.0) }, "plain"));
    // A table is one thing of five parts.
    block(&mut scene, "table", 2, Vec3::new(0.6, 0.35, 0.02), Vec3::new(0.0, 0.3, 0.6));
    for (i, (x, y)) in [(-0.55, 0.0), (0.55, 0.0), (-0.55, 0.6), (0.55, 0.6)].into_iter().enumerate() {
        block(&mut scene, &format!("leg_{i}"), 2, Vec3::new(0.025, 0.025, 0.3), Vec3::new(x, y, 0.3));
    }
    let lamp = Shape::Cylinder { radius: 0.12, half_height: 0.5, bevel: 0.01 };
    scene.objects.push(Object::new("lamp_stand", 3, lamp, "plain").at(Vec3::new(1.0, 0.6, 0.5)));
    // Linked: neither is before the other.
    let upright = Quat::from_rotation_x(std::f32::consts::FRAC_PI_2);
    scene.objects.push(Object::new("ring_a", 4, ring(0.2, 0.035, upright, Vec3::new(-0.8, -0.4, 0.5)), "plain"));
    let across = Quat::from_rotation_x(0.3);
    scene.objects.push(Object::new("ring_b", 5, ring(0.2, 0.035, across, Vec3::new(-0.6, -0.4, 0.5)), "plain"));
    // A cup open at the top, of staves, and a ball in it.
    for i in 0..16 {
        let turn = Quat::from_rotation_z(std::f32::consts::TAU * i as f32 / 16.0);
        let stave = Shape::Box { half_extents: Vec3::new(0.01, 0.04, 0.11), bevel: 0.0 };
        let pose = Pose::new(Vec3::new(0.35, -0.6, 0.11) + turn * Vec3::X * 0.17, turn);
        scene.objects.push(Object::new(format!("cup_{i}"), 6, stave, "plain").at(pose));
    }
    let way = |f: u32| {
        let s = f as f32 / frames.max(2) as f32;
        Vec3::new(0.35 - 0.9 * s, -0.6 + 1.3 * s, 0.11 + 0.25 * (s * 3.0).min(1.0) - 0.25 * (3.0 * s - 2.0).clamp(0.0, 1.0))
    };
    let ball = Object::new("ball", 7, Shape::Sphere { radius: 0.1 }, "plain");
    scene.objects.push(ball.moving((0..frames).map(|f| Pose::from_translation(way(f)))));
    let square = |half: f32| Mesh {
        positions: [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)].map(|(x, z)| Vec3::new(x, 0.0, z) * half).to_vec(),
        texcoords: [(0.0, 3.0), (3.0, 3.0), (3.0, 0.0), (0.0, 0.0)].map(|(u, v)| Vec2::new(u, v)).to_vec(),
        triangles: vec![[0, 1, 2], [0, 2, 3]],
        ..Mesh::default()
    };
    scene.meshes.insert("square".into(), square(0.3));
    let leaf = Object::new("plant", 8, Shape::Mesh { mesh: "square".into() }, "leaves");
    scene.objects.push(leaf.at(Vec3::new(0.9, -0.3, 0.9)));
    scene.objects.push(Object::new("veil", 9, Shape::Mesh { mesh: "square".into() }, "veil").at(Vec3::new(-0.2, -0.9, 0.6)));
    let pane = Shape::Box { half_extents: Vec3::new(0.25, 0.01, 0.25), bevel: 0.0 };
    scene.objects.push(Object::new("pane", 10, pane, "glass").at(Vec3::new(-1.1, 0.5, 0.5)));
    // Beside the picture, behind the camera, and across the eye's plane.
    block(&mut scene, "beside", 11, Vec3::splat(0.2), Vec3::new(5.0, 1.0, 0.5));
    block(&mut scene, "behind", 12, Vec3::splat(0.2), Vec3::new(0.4, -4.5, 1.2));
    block(&mut scene, "wall", 13, Vec3::new(0.05, 6.0, 1.2), Vec3::new(-2.2, 0.0, 1.2));
    scene.objects.push(Object::new("globe", 14, Shape::Sphere { radius: 0.6 }, "plain").at(Vec3::new(1.6, -2.6, 0.6)));
    scene
}

/// Forward, and turning by a third of a circle.
fn walk(frames: u32) -> Track {
    let start = Camera::look_at(Vec3::new(0.4, -3.2, 1.5), Vec3::new(0.0, 0.0, 0.5), 1.0).pose;
    let poses = (0..frames).map(|f| {
        let s = f as f32 / (frames - 1) as f32;
        let turn = Quat::from_rotation_z(-2.1 * (s - 0.2).max(0.0));
        Pose::new(start.translation + Vec3::new(0.1, 1.2, -0.1) * s, turn * start.rotation)
    });
    Track { poses: poses.collect() }
}

fn truth(scene: &Scene, clip: &Clip) -> Truth {
    let names =
        ["ball", "table", "lamp_stand", "ring_a", "ring_b", "cup_0", "plant", "beside", "behind", "wall", "globe", "veil"];
    names
        .iter()
        .fold(TruthWriter::new("rooms", scene, clip, "gone", 4), |w, name| w.follow(Followed::opaque(*name, "thing", 0xc04030)))
        .no_matter("pane")
        .write()
        .expect("a truth")
}

/// Whether all pixels around one are of its id.
fn is_inside(ids: &[u16], (width, height): (usize, usize), at: usize) -> bool {
    let (x, y) = (at % width, at / width);
    let rows = y.saturating_sub(1)..=(y + 1).min(height - 1);
    rows.flat_map(|y| (x.saturating_sub(1)..=(x + 1).min(width - 1)).map(move |x| y * width + x)).all(|n| ids[n] == ids[at])
}

fn agrees(scene: &Scene, clip: &Clip) {
    let truth = truth(scene, clip);
    let maps = truth.label_maps().expect("maps");
    let size = map_size((clip.width, clip.height));
    assert_eq!((maps.width, maps.height), (size.0 as usize, size.1 as usize));
    let renderer = Renderer::new(&DeviceOptions::default()).expect("a device");
    let settings = RenderSettings { width: clip.width, height: clip.height, samples_per_pixel: 1, ..RenderSettings::default() };
    let mut rendered = renderer.clip(scene, &settings).expect("a scene");
    let (mut judged, mut wrong) = (0_u32, 0_u32);
    let frames: Vec<u32> = match truth.camera {
        Some(_) => maps.frames.clone(),
        None => (0..clip.frames).step_by(8).collect(),
    };
    for frame in frames {
        let ids = rendered
            .frame(frame as usize, &[Pass::Id.into()], &mut |_| std::ops::ControlFlow::Continue(()))
            .expect("passes")
            .passes
            .object_id;
        let map = maps.entry(maps.entry_of(frame));
        for (at, &label) in map.iter().enumerate() {
            // The pixel of the pass under the middle of the map's.
            let pick = |i: usize, out: usize, full: u32| (2 * i + 1) * full as usize / (2 * out);
            let (x, y) = (pick(at % maps.width, maps.width, clip.width), pick(at / maps.width, maps.height, clip.height));
            let under = y * clip.width as usize + x;
            if !is_inside(&ids, (clip.width as usize, clip.height as usize), under) {
                continue;
            }
            let expected = match ids[under] {
                10 | 99 => NO_MATTER,
                id => truth.objects.iter().position(|o| o.id == id).map_or(0, |i| i as u8 + 1),
            };
            judged += 1;
            wrong += u32::from(label != expected);
        }
    }
    let share = 1.0 - wrong as f32 / judged as f32;
    println!("{share:.5} of {judged} pixels agree");
    assert!(share >= AGREE, "{wrong} of {judged} pixels differ: {share}");
}

#[test]
fn maps_of_a_still_camera_agree_with_the_id_pass() {
    let clip = Clip { width: 240, height: 150, fps: 8, frames: 17, lead: 0 };
    agrees(&room(clip.frames), &clip);
    // Larger than the maps may be: they are of another size than the pass.
    let clip = Clip { width: 800, height: 500, fps: 8, frames: 9, lead: 0 };
    agrees(&room(clip.frames), &clip);
}

/// The room with a ring that swells and bends, a rod that grows, a ball that comes, and a plan.
fn restless(frames: u32) -> Scene {
    let mut scene = room(frames);
    let part = |f: u32| f as f32 / frames as f32;
    let bent = |f: u32| {
        let turn = Quat::from_rotation_x(std::f32::consts::FRAC_PI_2 * part(f));
        ring(0.2 + 0.15 * part(f), 0.03 + 0.03 * part(f), turn, Vec3::new(0.0, -0.9, 0.9))
    };
    scene.objects.push(Object::new("bent", 30, Shape::Nothing, "plain").changing((0..frames).map(bent)));
    let rod = |f: u32| match f {
        0..4 => Shape::Nothing,
        f => Shape::tube(0.03, vec![Vec3::ZERO, Vec3::X * (0.1 + part(f))], false),
    };
    scene
        .objects
        .push(Object::new("rod", 31, Shape::Nothing, "plain").at(Vec3::new(-0.9, -1.0, 0.4)).changing((0..frames).map(rod)));
    let ball = Object::new("late", 32, Shape::Sphere { radius: 0.12 }, "plain").at(Vec3::new(0.9, -1.0, 0.12));
    scene.objects.push(ball.there(frames as usize, |f| f >= 8));
    scene.overlays.push(plan(Vec2::new(0.3, -0.3), Vec2::splat(0.25)));
    scene
}

#[test]
fn maps_of_what_changes_its_shape_agree_with_the_id_pass() {
    let clip = Clip { width: 240, height: 150, fps: 8, frames: 17, lead: 0 };
    let scene = restless(clip.frames);
    agrees(&scene, &clip);
    let truth = truth(&scene, &clip);
    let late = truth.object("late").expect("followed");
    let shown = |frame: u32| late.shown[truth.label_maps().expect("maps").entry_of(frame)];
    assert_eq!([0, 7, 8, 16].map(shown), [Shown::Absent, Shown::Absent, Shown::Seen, Shown::Seen]);
    let mut walking = scene;
    walking.camera.track = Some(walk(clip.frames));
    agrees(&walking, &clip);
}

#[test]
fn maps_of_a_walking_camera_agree_with_the_id_pass() {
    let clip = Clip { width: 240, height: 150, fps: 16, frames: 33, lead: 0 };
    let mut scene = room(clip.frames);
    scene.camera.track = Some(walk(clip.frames));
    agrees(&scene, &clip);
}

#[test]
fn what_is_not_seen_says_why() {
    let clip = Clip { width: 160, height: 100, fps: 16, frames: 33, lead: 0 };
    let still = room(clip.frames);
    let truth = truth(&still, &clip);
    let shown = |truth: &Truth, name: &str, entry: usize| truth.object(name).expect("followed").shown[entry];
    assert_eq!(shown(&truth, "beside", 0), Shown::Outside);
    assert_eq!((shown(&truth, "behind", 0), truth.object("behind").expect("followed").center[0]), (Shown::Outside, None));
    assert_eq!(shown(&truth, "ball", 0), Shown::Seen);
    assert_eq!(shown(&truth, "veil", 0), Shown::Occluded, "it is in the picture, and more light goes through it than not");
    let mut walking = still;
    walking.camera.track = Some(walk(clip.frames));
    let written = TruthWriter::new("rooms", &walking, &clip, "gone", 9)
        .follow(Followed::opaque("ball", "thing", 0xc04030))
        .follow(Followed::opaque("cup_0", "thing", 0x3040c0))
        .absent("ball", 0..6)
        .held("ball", "cup_0", 6..20)
        .enclosed("ball", 10..20)
        .dark(24..33)
        .write()
        .expect("a truth");
    let ball = written.object("ball").expect("followed");
    let at = |frame: u32| written.maps.frames.iter().position(|&f| f == frame).expect("an entry");
    assert_eq!((ball.shown[at(0)], ball.center[at(0)], ball.whole_px[at(0)]), (Shown::Absent, None, 0));
    assert!(!written.label_maps().expect("maps").entry(0).contains(&1), "what is absent is not drawn");
    assert_eq!((ball.held_by[at(8)].as_deref(), ball.enclosed[at(8)]), (Some("cup_0"), false));
    assert!(ball.enclosed[at(12)] && ball.held_by[at(24)].is_none());
    assert_eq!((ball.shown[at(24)], written.unregistered.as_slice()), (Shown::Dark, &[[24, 32]][..]));
    assert!(written.maps.frames.contains(&written.split()) && written.maps.frames.contains(&32), "{:?}", written.maps.frames);
    assert_eq!(written.camera.as_ref().map(|c| c.position.len()), Some(33));
    let writer = || TruthWriter::new("rooms", &walking, &clip, "gone", 9).follow(Followed::opaque("ball", "thing", 0));
    for (wrong, name) in [
        (writer().follow(Followed::opaque("nobody", "thing", 0)), "nobody"),
        (writer().absent("bal", 0..6), "bal"),
        (writer().no_matter("mirror"), "mirror"),
        (writer().held("ball", "cup_0", 0..6), "cup_0"),
        (writer().enclosed("table", 0..6), "table"),
    ] {
        assert!(wrong.write().is_err_and(|r| r.reason == "truth_refused" && r.detail.contains(name)), "{name}");
    }
}

/// An overlay that covers all of its rectangle.
fn plan(center: Vec2, size: Vec2) -> raytruth_scene::Overlay {
    let corners = [Vec2::new(-9.0, -9.0), Vec2::new(9.0, -9.0), Vec2::new(9.0, 9.0), Vec2::new(-9.0, 9.0)];
    let form = raytruth_scene::MarkForm::Polygon { points: corners.to_vec() };
    raytruth_scene::Overlay::new("plan", 99, center, size).mark(form, Vec3::ONE)
}

#[test]
fn what_hides_all_of_a_thing_and_what_is_laid_over_it_are_told() {
    let clip = Clip { width: 160, height: 100, fps: 16, frames: 9, lead: 0 };
    let mut scene = room(clip.frames);
    block(&mut scene, "screen", 20, Vec3::new(0.5, 0.02, 0.4), Vec3::new(0.38, -1.2, 0.4));
    scene.overlays.push(plan(Vec2::new(0.4, -0.25), Vec2::new(0.4, 0.3)));
    let written = TruthWriter::new("rooms", &scene, &clip, "gone", 4)
        .follow(Followed::opaque("cup_0", "thing", 0x3040c0))
        .follow(Followed::opaque("table", "thing", 0xc04030))
        .write()
        .expect("a truth");
    let cup = written.object("cup_0").expect("followed");
    assert_eq!((cup.shown[0], cup.center[0].is_some()), (Shown::Occluded, true));
    assert!(cup.whole_px[0] > 20, "{} pixels behind the screen", cup.whole_px[0]);
    let maps = written.label_maps().expect("maps");
    assert!(!maps.entry(0).contains(&1) && maps.entry(0).contains(&2));
    let covered = maps.entry(0).iter().enumerate().filter(|(_, l)| **l == NO_MATTER).map(|(at, _)| (at % 160, at / 160));
    let (mut lo, mut hi, mut count) = ((160, 100), (0, 0), 0);
    for (x, y) in covered {
        (lo, hi, count) = ((lo.0.min(x), lo.1.min(y)), (hi.0.max(x), hi.1.max(y)), count + 1);
    }
    assert_eq!((lo, hi, count), ((100, 10), (139, 39), 40 * 30), "the overlay, and nothing else");
    assert_eq!(written.overlays, [Overlay { name: "plan".into(), id: 99, rect: [100.0, 10.0, 140.0, 40.0], shown: vec![] }]);
    scene.overlays[0].opacity = Power(vec![1.0, 1.0, 0.0, 1.0]);
    let blinking = TruthWriter::new("rooms", &scene, &clip, "gone", 4);
    let blinking = blinking.follow(Followed::opaque("table", "thing", 0xc04030)).write().expect("a truth");
    assert_eq!(blinking.overlays[0].shown, [[0, 1], [3, 8]]);
    let maps = blinking.label_maps().expect("maps");
    let covered = |frame| maps.entry(maps.entry_of(frame)).contains(&NO_MATTER);
    assert_eq!([1, 2, 3].map(covered), [true, false, true]);
    scene.overlays.clear();
    // All parts of a thing go with it.
    let gone = TruthWriter::new("rooms", &scene, &clip, "gone", 4)
        .follow(Followed::opaque("table", "thing", 0xc04030))
        .absent("table", 0..9)
        .write()
        .expect("a truth");
    assert!(!gone.label_maps().expect("maps").entry(0).contains(&1), "its legs stand without it");
}

#[test]
fn more_than_the_labels_can_tell_and_rectangles_that_are_none_are_refused() {
    let clip = Clip { width: 64, height: 40, fps: 16, frames: 2, lead: 0 };
    let scene = room(clip.frames);
    let writer = |scene| TruthWriter::new("rooms", scene, &clip, "gone", 1).follow(Followed::opaque("table", "thing", 0xc04030));
    for (center, size) in [(Vec2::new(0.8, 0.0), Vec2::splat(0.2)), (Vec2::ZERO, Vec2::splat(1.1)), (Vec2::splat(9.0), Vec2::ONE)]
    {
        let laid = Scene { overlays: vec![plan(center, size)], ..scene.clone() };
        let truth = TruthWriter::new("rooms", &laid, &clip, "gone", 1);
        let refused = truth.follow(Followed::opaque("table", "thing", 0xc04030)).write();
        assert!(
            refused.is_err_and(|r| r.reason == "truth_refused" && r.detail.contains("not within the picture")),
            "{center} {size}"
        );
    }
    let mut crowd = scene.clone();
    for i in 0..300_u16 {
        let leaf = Object::new(format!("leaf_{i}"), 100 + i, Shape::Sphere { radius: 0.01 }, "plain");
        let way = (0..2).map(|f| Pose::from_translation(Vec3::new(f32::from(i) * 0.02 - 3.0, 2.0, f as f32 * 0.1)));
        crowd.objects.push(leaf.moving(way));
    }
    let refused = writer(&crowd).write();
    assert!(refused.is_err_and(|r| r.reason == "truth_refused" && r.detail.contains("at most 250")), "every mover is followed");
}

#[test]
fn a_walk_of_ten_seconds_stays_below_400_kilobytes() {
    let clip = Clip { width: 832, height: 480, fps: 16, frames: 153, lead: 0 };
    let mut scene = room(clip.frames);
    scene.camera.track = Some(walk(clip.frames));
    let text = serde_json::to_string(&truth(&scene, &clip)).expect("plain");
    println!("{} bytes", text.len());
    assert!(text.len() < 380_000, "{} bytes", text.len());
}
