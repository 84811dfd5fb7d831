//! Frames of a camera that walks, as means over the frames before: less noise, and nothing that is not there.

use std::ops::ControlFlow;

use glam::{Vec2, Vec3};
use raytruth_scene::{Animation, Environment, Light, LightShape, Material, Portal, Pose, Power, Scene, Shape, Sun, Track};

use super::{matte, object, proof, render, renderer, scene};
use crate::injection::{Fault, Injected};
use crate::internals::{faults_left, inject};
use crate::{ClipRenderer, Frame, Output, Profile, RenderSettings};

const FRAMES: usize = 9;

fn settings(samples: u32) -> RenderSettings {
    RenderSettings { profile: Profile::Look, denoise: true, ..proof(samples) }
}

/// Where somebody who walks past a door stands, and looks: each frame lies some six pixels beside the one before.
fn pose(frame: usize) -> Pose {
    let (eye, yaw) = (Vec3::new(-0.5 + 0.12 * frame as f32, -2.2, 1.3), 0.08 * frame as f32 - 0.3);
    Pose::looking_at(eye, eye + Vec3::new(yaw.sin(), yaw.cos(), -0.1))
}

/// A room behind a bright door post, lit by a lamp that nobody sees directly.
fn room() -> Scene {
    let slab = |half: Vec3| Shape::Box { half_extents: half, bevel: 0.0 };
    let camera = raytruth_scene::Camera::look_at(Vec3::ZERO, Vec3::Y, 1.0);
    let mut s = scene(
        camera,
        Vec3::ZERO,
        &[
            ("floor", Material { roughness: 0.6, ..matte(0.5) }),
            ("wall", matte(0.35)),
            ("post", matte(0.9)),
            ("box", Material { base_color: Vec3::new(0.7, 0.2, 0.1), ..matte(0.5) }),
        ],
        vec![
            object(1, Shape::Plane { size: Vec2::splat(8.0) }, "floor", Pose::IDENTITY),
            object(2, slab(Vec3::new(4.0, 0.05, 1.5)), "wall", Pose::from_translation(Vec3::new(0.0, 2.5, 1.5))),
            object(3, slab(Vec3::new(0.05, 0.05, 1.5)), "post", Pose::from_translation(Vec3::new(0.1, -0.9, 1.5))),
            object(4, slab(Vec3::splat(0.3)), "box", Pose::from_translation(Vec3::new(0.9, 1.2, 0.3))),
            object(5, slab(Vec3::new(4.0, 4.0, 0.05)), "wall", Pose::from_translation(Vec3::new(0.0, 0.0, 3.0))),
            object(6, slab(Vec3::new(0.05, 4.0, 1.5)), "wall", Pose::from_translation(Vec3::new(-2.5, 0.0, 1.5))),
            object(7, slab(Vec3::new(0.05, 4.0, 1.5)), "wall", Pose::from_translation(Vec3::new(2.5, 0.0, 1.5))),
        ],
    );
    // It shines at the ceiling: all that is seen is lit by bounces.
    s.lights =
        vec![Light::rect("lamp", Vec2::splat(0.6), Vec3::new(0.3, -0.2, 2.0), Vec3::new(0.3, 0.0, 3.0), Vec3::splat(20.0))];
    s.camera.track = Some(Track { poses: (0..FRAMES).map(pose).collect() });
    s.animation = Some(Animation { frames: FRAMES as u32, fps: 16 });
    s
}

/// The same seen by somebody who stands where the walker is at a frame.
fn standing(mut s: Scene, frame: usize) -> Scene {
    s.camera.track = None;
    s.camera.pose = pose(frame);
    s
}

/// The same seen by somebody who comes from where none of it is seen: the frame has nothing of the frames before.
fn arriving(mut s: Scene, frame: usize) -> Scene {
    let elsewhere = Pose::looking_at(Vec3::new(0.0, -9.0, 1.0), Vec3::new(0.0, -10.0, 1.0));
    let track = s.camera.track.iter_mut().flat_map(|t| &mut t.poses);
    track.enumerate().filter(|(f, _)| *f != frame).for_each(|(_, pose)| *pose = elsewhere);
    s
}

fn frame(clip: &mut ClipRenderer<'_>, frame: usize) -> Frame {
    clip.frame(frame, &[Output::Rgb, Output::Radiance], &mut |_| ControlFlow::Continue(())).expect("renders")
}

/// Root of the mean square of relative differences of radiance.
fn error(frame: &Frame, truth: &Frame) -> f32 {
    let square = |(a, b): (&[f32; 3], &[f32; 3])| {
        let (a, b) = (Vec3::from(*a), Vec3::from(*b));
        (a - b).length_squared() / (b.length_squared() + 1e-3)
    };
    (frame.radiance.iter().zip(&truth.radiance).map(square).sum::<f32>() / truth.radiance.len() as f32).sqrt()
}

/// In these three cases by 0.54 (of the first frame, which is traced five times), 0.68 and 0.79; where the window looked at the same pixels of the
/// frames before, the last two were 0.93 and 1.07.
#[test]
fn a_window_takes_noise_away() {
    for (f, most) in [(0, 0.65), (4, 0.8), (8, 0.9)] {
        let truth = render(&standing(room(), f), &settings(512), 0);
        let alone = error(&render(&standing(room(), f), &settings(8), 0), &truth);
        let windowed = error(&render(&room(), &settings(8), f), &truth);
        assert!(windowed < most * alone, "frame {f}: {windowed}, {alone} without");
    }
}

/// A lid moves under a lamp. Without a look at the light, errors were four and six times as large.
#[test]
fn a_shadow_that_moves_leaves_none_behind() {
    let mut s = room();
    s.lights =
        vec![Light::rect("lamp", Vec2::splat(0.1), Vec3::new(0.3, -0.2, 2.8), Vec3::new(0.3, 0.0, 0.0), Vec3::splat(300.0))];
    let at = |f: usize| Pose::from_translation(Vec3::new(0.2 * f as f32 - 0.8, 0.6, 1.6));
    let lid = Shape::Box { half_extents: Vec3::new(0.3, 0.3, 0.02), bevel: 0.0 };
    s.objects.push(object(8, lid.clone(), "post", Pose::IDENTITY).moving((0..FRAMES).map(at)));
    let mut still = standing(s.clone(), 4);
    still.objects[7] = object(8, lid, "post", at(4));
    let truth = render(&still, &settings(512), 0);
    let alone = error(&render(&still, &settings(48), 0), &truth);
    let windowed = error(&render(&s, &settings(48), 4), &truth);
    assert!(windowed < 1.25 * alone, "{windowed}, {alone} without");
}

/// A red post before a green wall, both of one luminance: by their light alone they are not told apart. Three frames after the post stood there, and
/// less, there is no red of it, and no green where it is now: by 2 of 255 in each column of the picture. Without a look at the guides there is more of it
/// by up to 28.
#[test]
fn nothing_follows_an_edge() {
    let mut s = room();
    s.lights.clear();
    s.objects[2].shape = Shape::Box { half_extents: Vec3::new(0.15, 0.05, 1.5), bevel: 0.0 };
    for (name, color) in [("post", Vec3::new(0.5 / 0.2126, 0.0, 0.0)), ("wall", Vec3::new(0.0, 0.5 / 0.7152, 0.0))] {
        s.materials.insert(name.into(), Material { emission: color, ..matte(0.4) });
    }
    let ids = |f: usize| render(&standing(s.clone(), f), &proof(1), 0).passes.object_id;
    let f = 7;
    let (now, before) = (ids(f), [1, 2, 3].map(|back| ids(f - back)));
    let walks = render(&s, &settings(256), f);
    let arrives = render(&arriving(s.clone(), f), &settings(256), f);
    // Of each column the mean, away from edges, which the filter of pixels mixes.
    let off = |channel: usize, wanted: &dyn Fn(usize) -> bool| -> Vec<f32> {
        let inside = |at: &usize| (2..62).contains(&(at % 64)) && (at - 2..=at + 2).all(|near| now[near] == now[*at]);
        let more = |at: &usize| f32::from(walks.rgb[3 * at + channel]) - f32::from(arrives.rgb[3 * at + channel]);
        let column = |x: usize| (0..40).map(|y| 64 * y + x).filter(inside).filter(|&at| wanted(at)).collect::<Vec<_>>();
        let columns = (0..64).map(column).filter(|pixels| pixels.len() > 9);
        columns.map(|pixels| pixels.iter().map(more).sum::<f32>() / pixels.len() as f32).collect()
    };
    let bare = off(0, &|at| now[at] == 2 && before.iter().any(|b| b[at] == 3));
    let hidden = off(1, &|at| now[at] == 3);
    assert!(bare.len() > 5 && hidden.len() > 2, "{} and {} columns", bare.len(), hidden.len());
    assert!(bare.iter().chain(&hidden).all(|off| off.abs() < 2.0), "red {bare:?}, green {hidden:?}");
}

/// Walls about lamps that are in the picture, and move in it: errors are 0.21 of their light. Where the filters took lamps for part of the walls
/// behind them, they were 0.44.
#[test]
fn a_lamp_in_the_picture_stays_where_it_is() {
    let mut s = room();
    let globe = |x: f32| Light {
        shape: LightShape::Sphere { radius: 0.12 },
        visible_to_camera: true,
        ..Light::rect("globe", Vec2::ONE, Vec3::new(x, 1.2, 1.7), Vec3::ZERO, Vec3::splat(12.0))
    };
    s.lights = [-0.7, 0.7].map(|x| Light { name: format!("globe {x}"), ..globe(x) }).into();
    let truth = render(&standing(s.clone(), 4), &settings(512), 0);
    let shines = |c: &[f32; 3]| c[0] > 5.0;
    let near = |at: usize| {
        let (x, y) = ((at % 64) as i32, (at / 64) as i32);
        let around = (-4..=4).flat_map(|dy| (-4..=4).map(move |dx| (x + dx, y + dy)));
        let inside = around.filter(|(x, y)| (0..64).contains(x) && (0..40).contains(y));
        inside.filter(|&(x, y)| shines(&truth.radiance[(64 * y + x) as usize])).count()
    };
    let beside: Vec<usize> = (0..truth.radiance.len()).filter(|&at| near(at) > 0 && truth.radiance[at][0] < 1.0).collect();
    let shown = render(&s, &settings(8), 4);
    let off = |at: &usize| (shown.radiance[*at][0] / truth.radiance[*at][0] - 1.0).powi(2);
    let off = (beside.iter().map(off).sum::<f32>() / beside.len() as f32).sqrt();
    assert!(beside.len() > 40 && off < 0.3, "{off} over {} pixels", beside.len());
}

/// A lamp that goes down leaves no light behind: errors are at most a fifth above those of a frame by itself.
#[test]
fn light_that_is_gone_is_gone() {
    let mut s = room();
    s.lights[0].power = Power(vec![1.0, 1.0, 1.0, 1.0, 0.2]);
    let mut still = standing(s.clone(), 4);
    still.lights[0].power = Power(vec![0.2]);
    let truth = render(&still, &settings(512), 0);
    let alone = error(&render(&still, &settings(16), 0), &truth);
    let windowed = error(&render(&s, &settings(16), 4), &truth);
    assert!(windowed < 1.2 * alone, "{windowed}, {alone} without");
}

/// A mirror that stands on bright stripes of one luminance, so close before the eye that what it shows of them is little farther than itself. They
/// move unlike its surface: where they were carried along with it, red was 8 of 255 off there, and is not off at all.
#[test]
fn what_lies_against_a_mirror_is_not_carried_along() {
    let camera = raytruth_scene::Camera::look_at(Vec3::ZERO, Vec3::Y, 0.4);
    let dark = |emission: Vec3| Material { emission, specular: 0.0, ..matte(0.0) };
    let stripe = |i: u16| {
        let color = if i.is_multiple_of(2) { "red" } else { "green" };
        let at = Pose::from_translation(Vec3::new(0.04 * f32::from(i) - 0.8, 0.0, 0.0));
        object(2 + i, Shape::Plane { size: Vec2::new(0.04, 1.2) }, color, at)
    };
    let upright = glam::Quat::from_rotation_x(std::f32::consts::FRAC_PI_2);
    let mut s = scene(
        camera,
        Vec3::ZERO,
        &[
            ("mirror", Material { metallic: 1.0, roughness: 0.0, ..matte(0.9) }),
            ("red", dark(Vec3::new(0.5 / 0.2126, 0.0, 0.0))),
            ("green", dark(Vec3::new(0.0, 0.5 / 0.7152, 0.0))),
        ],
        std::iter::once(object(
            1,
            Shape::Plane { size: Vec2::new(4.0, 2.0) },
            "mirror",
            Pose::new(Vec3::new(0.0, 0.6, 1.0), upright),
        ))
        .chain((0..40).map(stripe))
        .collect(),
    );
    let at = |f: usize| {
        let eye = Vec3::new(0.05 * f as f32 - 0.2, 0.1, 0.5);
        Pose::looking_at(eye, eye + Vec3::new(0.0, 0.5, -0.45))
    };
    s.camera.track = Some(Track { poses: (0..FRAMES).map(at).collect() });
    s.animation = Some(Animation { frames: FRAMES as u32, fps: 16 });
    let (walks, arrives) = (render(&s, &settings(16), 8), render(&arriving(s, 8), &settings(16), 8));
    // Away from its foot, which is mixed with the stripes before it.
    let ids = &arrives.passes.object_id;
    let mirror: Vec<usize> = (0..ids.len() - 128).filter(|&i| [i, i + 64, i + 128].iter().all(|&i| ids[i] == 1)).collect();
    let off = |&i: &usize| (f32::from(walks.rgb[3 * i]) - f32::from(arrives.rgb[3 * i])).abs();
    let mean = mirror.iter().map(off).sum::<f32>() / mirror.len() as f32;
    assert!(mirror.len() > 300 && mean < 0.01, "{mean} in {}", mirror.len());
}

/// Of a frame asked for alone the frames before are a part; in its turn it is alone.
#[test]
fn progress_counts_the_frames_of_the_window() {
    let (engine, scene) = (renderer(), room());
    let mut clip = engine.clip(&scene, &settings(4)).expect("valid");
    let mut told = |number: usize| -> Vec<(u64, u64)> {
        let mut told = Vec::new();
        let mut hear = |p: crate::Progress| {
            told.push((p.done, p.total));
            ControlFlow::Continue(())
        };
        clip.frame(number, &[Output::Rgb], &mut hear).expect("renders");
        told
    };
    for (number, frames) in [(5, 5), (6, 1), (0, 5)] {
        let told = told(number);
        assert!(told.is_sorted(), "{told:?}");
        let one = 64 * 40 * 4;
        assert!(
            told.iter().all(|(_, total)| *total == frames * one) && told.last().map(|t| t.0) == Some(frames * one),
            "{told:?}"
        );
        assert!((1..=frames).all(|part| told.iter().any(|t| t.0 > (part - 1) * one && t.0 <= part * one)), "{told:?}");
    }
}

/// With a ball that rolls, a mirror, and a shutter that is open for a while.
fn busy() -> Scene {
    let mut s = room();
    let at = |x: f32| Pose::from_translation(Vec3::new(x, 0.6, 0.25));
    s.objects.push(
        object(8, Shape::Sphere { radius: 0.25 }, "post", Pose::IDENTITY).moving((0..FRAMES).map(|f| at(0.1 * f as f32 - 0.6))),
    );
    s.materials.insert("mirror".into(), Material { metallic: 1.0, roughness: 0.0, ..matte(0.9) });
    let glass = Shape::Box { half_extents: Vec3::new(0.4, 0.02, 0.4), bevel: 0.0 };
    s.objects.push(object(9, glass, "mirror", Pose::from_translation(Vec3::new(-0.8, 2.4, 1.2))));
    s.camera.shutter = 0.5;
    s
}

#[test]
fn a_frame_has_the_same_bits_alone_in_turn_and_after_a_lost_device() {
    let (scene, settings) = (busy(), settings(4));
    let renderer = renderer();
    let alone = [0, 2, 5, 8].map(|f| frame(&mut renderer.clip(&scene, &settings).expect("valid"), f));
    let [last, later] = [8, 11].map(|f| frame(&mut renderer.clip(&room(), &settings).expect("valid"), f));
    assert!(last == later, "after its end a clip shows its last frame");
    let in_turn = || {
        let mut made: Vec<Frame> = Vec::new();
        let mut clip = renderer.clip(&scene, &settings).expect("valid");
        let outputs = |_| vec![Output::Rgb, Output::Radiance];
        clip.frames(0..FRAMES, &outputs, &mut |_, _| ControlFlow::Continue(()), &mut |_, frame| {
            made.push(frame);
            ControlFlow::Continue(())
        })
        .expect("renders");
        made
    };
    let turns = in_turn();
    for (i, f) in [0, 2, 5, 8].into_iter().enumerate() {
        assert!(turns[f] == alone[i], "frame {f} differs in its turn");
    }
    inject(&renderer, &[Injected { during: "tracing paths", after: 30, fault: Fault::Lost }]);
    assert!(in_turn() == turns, "after a lost device");
    assert_eq!(faults_left(&renderer), 0, "it was lost");
    let mut clip = renderer.clip(&scene, &settings).expect("valid");
    let backwards = [8, 5, 6].map(|f| frame(&mut clip, f));
    assert!(backwards[0] == turns[8] && backwards[1] == turns[5] && backwards[2] == turns[6], "in another order");
    let without = clip.frame_without(&["object 8"], 6, &[Output::Rgb], &mut |_| ControlFlow::Continue(())).expect("renders");
    assert!(without.rgb != turns[6].rgb && frame(&mut clip, 7) == turns[7], "what is left out is no part of later frames");
}

/// The mean of a picture's green, its standard error, and the mean variance of a pixel, over four pictures. The kernel is
/// composed without one of its defines.
fn noise(s: &Scene, frame_number: usize, first: u32, without: &str) -> (f64, f64, f64) {
    let settings = RenderSettings { denoise: false, profile: Profile::Proof, ..settings(16) };
    let engine = renderer();
    let mut clip = engine.clip(s, &settings).expect("the scene is valid");
    let defines: Vec<_> = clip.world.defines.iter().copied().filter(|d| *d != without).collect();
    assert!(clip.world.defines.contains(&"LOCAL_CHOICE") || without.is_empty());
    let composed = raytruth_shaders::compose("path", &defines).expect("composes");
    clip.on_device.other_paths =
        Some(std::sync::Arc::new(clip.on_device.engine.gpu.compile("path", &composed).expect("compiles")));
    let pictures: Vec<Vec<f64>> = (first..first + 4)
        .map(|seed| {
            clip.reseed(seed);
            frame(&mut clip, frame_number).radiance.iter().map(|c| f64::from(c[1])).collect()
        })
        .collect();
    let pixels = pictures[0].len();
    let of = |i: usize| -> (f64, f64) {
        let mean = pictures.iter().map(|p| p[i]).sum::<f64>() / 4.0;
        (mean, pictures.iter().map(|p| (p[i] - mean).powi(2)).sum::<f64>() / 3.0)
    };
    let (mean, variance) = (0..pixels).map(of).fold((0.0, 0.0), |a, b| (a.0 + b.0, a.1 + b.1));
    (mean / pixels as f64, (variance / 4.0).sqrt() / pixels as f64, variance / pixels as f64)
}

/// Lamps all along a passage: what one sees is lit by the nearest. Where each point chooses by them all, variance is a third of what it is where
/// the clip's one choice holds everywhere (0.28 here), and the light is the same.
#[test]
fn lamps_far_apart_are_chosen_where_they_shine() {
    let mut s = room();
    s.lights = (0..8)
        .map(|i| {
            let above = Vec3::new(0.4, 1.8 - 5.0 * i as f32, 2.6);
            Light::rect(format!("lamp {i}"), Vec2::splat(0.3), above, above - Vec3::Z, Vec3::splat(12.0))
        })
        .collect();
    let (there, off, noisy) = noise(&s, 3, 0, "");
    let (everywhere, off_2, noisier) = noise(&s, 3, 40, "LOCAL_CHOICE");
    assert!((there - everywhere).abs() < 4.0 * off.hypot(off_2), "{there} and {everywhere}, {off} and {off_2}");
    assert!(noisy < 0.4 * noisier, "{}", noisy / noisier);
}

/// A wall with a window before a bright sky. Where it is known where the sky is seen, variance is less than half of what it is where paths must find
/// the window by chance, and the light is the same.
#[test]
fn windows_with_portals_have_less_noise() {
    let mut s = room();
    s.lights.clear();
    s.environment = Environment::Uniform { radiance: Vec3::splat(8.0) };
    // What is left open of the walls: nothing but a window behind the walker.
    s.objects[1].pose.translation.y = 2.0;
    let slab = |half: Vec3| Shape::Box { half_extents: half, bevel: 0.0 };
    let wall = |id, half, x, z| object(id, slab(half), "wall", Pose::from_translation(Vec3::new(x, -3.0, z)));
    s.objects.push(wall(8, Vec3::new(1.2, 0.05, 1.5), -1.7, 1.5));
    s.objects.push(wall(9, Vec3::new(1.2, 0.05, 1.5), 1.7, 1.5));
    s.objects.push(wall(10, Vec3::new(0.5, 0.05, 0.5), 0.0, 0.5));
    let (without, off, noisier) = noise(&s, 3, 0, "");
    let pose = Pose::looking_at(Vec3::new(0.0, -3.0, 2.0), Vec3::new(0.0, 0.0, 2.0));
    s.portals.push(Portal { pose, size: Vec2::new(1.0, 2.0) });
    let (with, off_2, noisy) = noise(&s, 3, 40, "");
    assert!((with - without).abs() < 4.0 * off.hypot(off_2), "{with} and {without}, {off} and {off_2}");
    assert!(noisy < 0.5 * noisier, "{}", noisy / noisier);
}

/// A patch of sun on the floor behind the walker lights the room. Where paths begin at the sun, too, variance is less than two thirds of what it is
/// where they must meet the patch by chance, and the light is the same.
#[test]
fn sun_through_a_window_has_less_noise() {
    let mut s = room();
    s.lights.clear();
    let sun = Sun { direction: Vec3::new(0.1, 0.75, 0.65).normalize(), irradiance: Vec3::splat(60.0), angular_radius: 0.01 };
    s.environment =
        Environment::Gradient { zenith: Vec3::splat(0.1), horizon: Vec3::splat(0.1), ground: Vec3::ZERO, sun: Some(sun) };
    let roof = |id, y: f32, half: f32| {
        let slab = Shape::Box { half_extents: Vec3::new(3.0, half, 0.05), bevel: 0.0 };
        object(id, slab, "wall", Pose::from_translation(Vec3::new(0.0, y, 3.0)))
    };
    s.objects[4] = roof(5, -2.4, 2.0);
    s.objects.push(roof(8, 2.6, 2.0));
    s.portals.push(Portal { pose: Pose::from_translation(Vec3::new(0.0, 0.1, 3.1)), size: Vec2::new(5.0, 1.0) });
    let (with, off, noisy) = noise(&s, 3, 0, "");
    let (without, off_2, noisier) = noise(&s, 3, 40, "SUNLIT");
    assert!((with - without).abs() < 4.0 * off.hypot(off_2), "{with} and {without}, {off} and {off_2}");
    assert!(noisy < 0.67 * noisier, "{}", noisy / noisier);
}
