//! What paths tell the denoiser of the first rough surface they see, read back in place of their light; and what holds of a picture
//! whatever its size, its number of samples and its seed.

use std::f32::consts::{FRAC_1_SQRT_2, FRAC_PI_2, FRAC_PI_4};
use std::sync::Arc;

use glam::{Quat, Vec2, Vec3};
use raytruth_scene::{Animation, Camera, Environment, Light, Material, Pose, Scene, Shape};

use super::planted::{Change, Fault, as_it_is, mean, near, show, small, survivors};
use super::{matte, object, proof, renderer, scene};
use crate::{Profile, RenderSettings};

const LIGHT: &str = "path.sums.radiance = radiance_sum(at_power(radiance), in_first_half(index, frame.samples));";
const WALL: Vec3 = Vec3::new(0.2, 0.5, 0.3);

/// Means over all paths of colour times presence, of the normal, and of (distance, presence): each read in its own third of the picture,
/// which shows one place all over.
fn guides(s: &Scene, change: Change<'_>) -> [Vec3; 3] {
    let instead = |source: &mut String| {
        change(source);
        assert_eq!(source.matches(LIGHT).count(), 1, "the kernel sums up light");
        let told =
            "array(path.sums.albedo, path.sums.normal_depth, vec4f(path.sums.normal_depth.w, path.sums.albedo.w, 0.0, 0.0))";
        *source = source.replace(LIGHT, &format!("var told = {told};\n    path.sums.radiance = told[pixel.x % 3u];"));
    };
    let frame = show(s, &RenderSettings { width: 15, ..small(160) }, 0, &instead);
    [0, 1, 2].map(|k| frame.radiance.iter().skip(k).step_by(3).map(|c| Vec3::from(*c)).sum::<Vec3>() / 40.0)
}

/// A level gaze meets something after 3 m, which sends it up by 45 degrees if it is a mirror; a coloured ceiling is 2 m above.
fn by_way_of(material: Material) -> Scene {
    let wall = Material { base_color: WALL, ..matte(0.0) };
    let ceiling = object(2, Shape::Plane { size: Vec2::splat(9.0) }, "wall", Pose::from_translation(Vec3::Z * 2.0));
    let tilted = Pose::new(Vec3::ZERO, Quat::from_rotation_x(FRAC_PI_4));
    scene(
        Camera::look_at(Vec3::NEG_Y * 3.0, Vec3::ZERO, 0.001),
        Vec3::ONE,
        &[("wall", wall), ("m", material)],
        vec![object(1, Shape::Plane { size: Vec2::splat(2.0) }, "m", tilted), ceiling],
    )
}

fn metal(roughness: f32) -> Material {
    Material { base_color: Vec3::new(0.9, 0.6, 0.3), metallic: 1.0, roughness, ..Material::default() }
}

fn all_near(what: &str, got: [Vec3; 3], expected: [Vec3; 3], tolerance: f32) -> Result<(), String> {
    got.into_iter().zip(expected).try_for_each(|(got, expected)| near(what, got, expected, tolerance))
}

fn a_mirror_shows_what_is_in_it(change: Change<'_>) -> Result<(), String> {
    let f0 = Vec3::new(0.9, 0.6, 0.3);
    let tint = f0 + (1.0 - f0) * (1.0 - FRAC_1_SQRT_2).powi(5);
    let s = by_way_of(metal(0.0));
    all_near("mirror", guides(&s, change), [tint * WALL, Vec3::NEG_Z, Vec3::new(5.0, 1.0, 0.0)], 2e-3)?;
    // Into the sky, which is white and has no place.
    let mut sky = s;
    sky.objects.pop();
    all_near("sky in a mirror", guides(&sky, change), [tint, Vec3::ZERO, Vec3::Y], 2e-3)
}

/// The mirror's own colour, its normal and its distance.
fn rough_metal_shows_itself(change: Change<'_>) -> Result<(), String> {
    let up = Vec3::new(0.0, -FRAC_1_SQRT_2, FRAC_1_SQRT_2);
    let itself = [Vec3::new(0.9, 0.6, 0.3), up, Vec3::new(3.0, 1.0, 0.0)];
    all_near("roughness 0.16", guides(&by_way_of(metal(0.16)), change), itself, 2e-3)?;
    // A little smoother it shows the ceiling, somewhere around the mirror's direction: 5 m away give or take little.
    let [_, _, far] = guides(&by_way_of(metal(0.14)), change);
    near("roughness 0.14", far, Vec3::new(5.0, 1.0, 0.0), 0.05)
}

/// Plastic is neither metal nor glass, however smooth.
fn smooth_plastic_shows_itself(change: Change<'_>) -> Result<(), String> {
    let plastic = Material { base_color: WALL, roughness: 0.0, ..Material::default() };
    let up = Vec3::new(0.0, -FRAC_1_SQRT_2, FRAC_1_SQRT_2);
    all_near("plastic", guides(&by_way_of(plastic), change), [WALL, up, Vec3::new(3.0, 1.0, 0.0)], 2e-3)
}

/// Through a slab of glass the wall behind is seen by those paths that go through both faces; those that are reflected at one say nothing.
/// From outside the reflected branch is chosen by 0.12 of the rest more often than its share.
fn glass_shows_what_is_behind_it(change: Change<'_>) -> Result<(), String> {
    let glass = Material { base_color: Vec3::ONE, roughness: 0.0, transmission: 1.0, ..Material::default() };
    let wall = Material { base_color: WALL, ..matte(0.0) };
    let slab = Shape::Box { half_extents: Vec3::new(2.0, 0.1, 2.0), bevel: 0.0 };
    let upright = Pose::new(Vec3::Y * 2.0, Quat::from_rotation_x(FRAC_PI_2));
    let s = scene(
        Camera::look_at(Vec3::NEG_Y * 3.0, Vec3::ZERO, 0.001),
        Vec3::ONE,
        &[("wall", wall), ("m", glass)],
        vec![object(1, slab, "m", Pose::IDENTITY), object(2, Shape::Plane { size: Vec2::splat(9.0) }, "wall", upright)],
    );
    let told = 0.96 * 0.88 * 0.96;
    all_near("glass", guides(&s, change), [told * WALL, told * Vec3::NEG_Y, told * Vec3::new(5.0, 1.0, 0.0)], 0.02)
}

/// Its light is none of the surface behind it: seen directly or in a mirror, it has no place, as the sky has none.
fn a_lamp_is_no_part_of_what_lies_behind_it(change: Change<'_>) -> Result<(), String> {
    let lamp = |eye: Vec3, to: Vec3| Light {
        visible_to_camera: true,
        ..Light::rect("lamp", Vec2::splat(1.0), eye, to, Vec3::new(0.0, 3.0, 0.0))
    };
    let mut s = by_way_of(Material { base_color: WALL, ..matte(0.0) });
    s.lights = vec![lamp(Vec3::NEG_Y, Vec3::NEG_Y * 3.0)];
    all_near("before a wall", guides(&s, change), [Vec3::ONE, Vec3::ZERO, Vec3::Y], 2e-3)?;
    let mut s = by_way_of(metal(0.0));
    s.lights = vec![lamp(Vec3::Z, Vec3::ZERO)];
    let tint = Vec3::new(0.9, 0.6, 0.3).lerp(Vec3::ONE, (1.0 - FRAC_1_SQRT_2).powi(5));
    all_near("in a mirror", guides(&s, change), [tint, Vec3::ZERO, Vec3::Y], 2e-3)?;
    // From behind it is not there.
    s.lights = vec![lamp(Vec3::Z, Vec3::Z * 2.0)];
    all_near("its back", guides(&s, change), [tint * WALL, Vec3::NEG_Z, Vec3::new(5.0, 1.0, 0.0)], 2e-3)
}

#[test]
fn guides_tell_of_the_first_rough_surface() {
    for check in [
        a_mirror_shows_what_is_in_it,
        rough_metal_shows_itself,
        smooth_plastic_shows_itself,
        glass_shows_what_is_behind_it,
        a_lamp_is_no_part_of_what_lies_behind_it,
    ] {
        check(&as_it_is).unwrap_or_else(|e| panic!("{e}"));
    }
}

#[rustfmt::skip]
const FAULTS: &[Fault] = &[
    ("a mirror's colour is forgotten", a_mirror_shows_what_is_in_it, "guide_tint *= min(next.weight, vec3f(1.0));", ""),
    ("the way to the mirror is forgotten", a_mirror_shows_what_is_in_it, "guide_depth += hit.t;", "guide_depth = hit.t;"),
    ("the sky has no colour", a_mirror_shows_what_is_in_it, "if guide_open {\n                path.sums.albedo = vec4f(guide_tint, 1.0);", "if guide_open {\n                path.sums.albedo = vec4f(1.0);"),
    ("lamps are taken for what lies behind them", a_lamp_is_no_part_of_what_lies_behind_it, "return any(light > vec3f(0.0));", "return false;"),
    ("lamps have no colour in a mirror", a_lamp_is_no_part_of_what_lies_behind_it, "guide_open = false;\n            path.sums.albedo = vec4f(guide_tint, 1.0);", "guide_open = false;\n            path.sums.albedo = vec4f(1.0);"),
    ("mirrors show themselves", a_mirror_shows_what_is_in_it, "(s.metallic > 0.5 || s.transmission > 0.5)", "s.transmission > 0.5"),
    ("glass shows itself", glass_shows_what_is_behind_it, "(s.metallic > 0.5 || s.transmission > 0.5)", "s.metallic > 0.5"),
    ("plastic shows what is in it", smooth_plastic_shows_itself, "(s.metallic > 0.5 || s.transmission > 0.5)", "true"),
    ("rough metal shows what is in it", rough_metal_shows_itself, "const GUIDE_ROUGHNESS = 0.15;", "const GUIDE_ROUGHNESS = 0.17;"),
    ("smooth metal shows itself", rough_metal_shows_itself, "const GUIDE_ROUGHNESS = 0.15;", "const GUIDE_ROUGHNESS = 0.13;"),
    ("what is reflected in glass tells too", glass_shows_what_is_behind_it, "guide_open = (next.kind & BSDF_UNLIKELY) == 0u;", ""),
    ("glass seen from outside mirrors by its share alone", glass_shows_what_is_behind_it, "f + 0.12 * (1.0 - f)", "f + 0.06 * (1.0 - f)"),
];

#[test]
fn faults_in_guides_are_found() {
    assert_eq!(survivors(FAULTS), [""; 0]);
}

/// Pictures of any size, whose groups of 8 x 8 pixels reach over their edges, hold every pixel once.
#[test]
fn every_pixel_of_every_size_is_traced_once() {
    let sky = Vec3::new(0.25, 0.5, 1.0);
    let s = scene(Camera::look_at(Vec3::ZERO, Vec3::Y, 0.5), sky, &[], Vec::new());
    for (width, height) in [(1, 1), (8, 8), (13, 7), (65, 33), (9, 130)] {
        let settings = RenderSettings { width, height, ..proof(3) };
        let even = |clip: &mut crate::ClipRenderer<'_>| {
            let frame = clip.frame(0, &super::FULL, &mut |_| std::ops::ControlFlow::Continue(())).expect("renders");
            let right = frame.radiance.iter().all(|c| Vec3::from(*c) == sky);
            right && frame.radiance.len() == settings.pixels() && frame.rgb.len() == 3 * settings.pixels()
        };
        let renderer = renderer();
        assert!(even(&mut renderer.clip(&s, &settings).expect("valid")), "{width} x {height}");
        // A stride that leads through some of the groups alone.
        let mut harmed = renderer.clip(&s, &settings).expect("valid");
        let params = Arc::get_mut(&mut harmed.world).expect("nobody else has it").params_mut();
        params.group_stride = params.groups;
        assert_eq!(even(&mut harmed), params_groups(width, height) == 1, "{width} x {height}: nobody sees a wrong stride");
    }
}

fn params_groups(width: u32, height: u32) -> u32 {
    width.div_ceil(8) * height.div_ceil(8)
}

/// A ball under a small sun.
fn lit_ball() -> Scene {
    let sun = raytruth_scene::Sun { direction: Vec3::new(0.6, 0.0, 0.8), irradiance: Vec3::splat(2.0), angular_radius: 0.3 };
    let camera = Camera::look_at(Vec3::new(0.0, -3.0, 1.0), Vec3::ZERO, 0.6);
    let mut s = scene(
        camera,
        Vec3::ZERO,
        &[("m", matte(0.6))],
        vec![
            object(1, Shape::Plane { size: Vec2::splat(5.0) }, "m", Pose::IDENTITY),
            object(2, Shape::Sphere { radius: 0.4 }, "m", Pose::from_translation(Vec3::Z * 0.4)),
        ],
    );
    let even = Vec3::splat(0.3);
    s.environment = Environment::Gradient { zenith: even, horizon: even, ground: even, sun: Some(sun) };
    s
}

#[test]
fn a_seed_changes_the_noise_and_nothing_else() {
    let picture = |seed| show(&lit_ball(), &RenderSettings { seed, ..proof(4) }, 0, &as_it_is);
    let [first, again, other] = [1, 1, 2].map(picture);
    assert!(first == again && first.radiance != other.radiance);
    assert!(first.passes == other.passes, "what is hit has no noise");
    near("mean", mean(&other), mean(&first), 0.01).unwrap_or_else(|e| panic!("{e}"));
}

/// The paths of a pixel are told apart in words of 32: later words count too.
#[test]
fn beyond_thirty_two_samples_frames_have_the_bits_of_frames_rendered_afresh() {
    let mut s = super::reuse::rolling();
    s.animation = Some(Animation { frames: 3, fps: 30 });
    let settings = RenderSettings { width: 24, height: 16, profile: Profile::Look, ..proof(70) };
    let renderer = renderer();
    let frame = |clip: &mut crate::ClipRenderer<'_>, number| {
        clip.frame(number, &super::FULL, &mut |_| std::ops::ControlFlow::Continue(())).expect("renders")
    };
    let mut clip = renderer.clip(&s, &settings).expect("valid");
    let first = frame(&mut clip, 0);
    let later = frame(&mut clip, 2);
    assert!(first.radiance != later.radiance, "something moves");
    assert!(later == frame(&mut renderer.clip(&s, &settings).expect("valid"), 2));
}

/// Each way from light to display values, by its settings: an even grey is as its specification says.
#[test]
fn pictures_are_shown_by_the_view_that_is_asked_for() {
    use crate::View;
    // IEC 61966-2-1.
    let srgb = |c: f32| (255.0 * (1.055 * c.powf(1.0 / 2.4) - 0.055)).round() as u8;
    // Neutral takes off the 4 % that a dielectric reflects; AgX leaves middle grey, where the others differ.
    for (view, denoise, expected) in [
        (View::Srgb, false, srgb(0.18)),
        (View::Neutral, false, srgb(0.14)),
        (View::Agx, false, srgb(0.18)),
        (View::Srgb, true, srgb(0.18)),
        (View::Neutral, true, srgb(0.14)),
        (View::Agx, true, srgb(0.18)),
    ] {
        let s = scene(Camera::look_at(Vec3::ZERO, Vec3::Y, 0.5), Vec3::splat(0.18), &[], Vec::new());
        let frame = show(&s, &RenderSettings { view, denoise, ..small(4) }, 0, &as_it_is);
        assert!(frame.rgb.iter().all(|c| c.abs_diff(expected) <= 1), "{view:?}: {}, not {expected}", frame.rgb[0]);
    }
    // And brighter than white: cut off, or drawn towards it.
    let bright = |view| {
        let s = scene(Camera::look_at(Vec3::ZERO, Vec3::Y, 0.5), Vec3::new(2.0, 0.5, 0.5), &[], Vec::new());
        show(&s, &RenderSettings { view, ..small(1) }, 0, &as_it_is).rgb[..3].to_vec()
    };
    let [cut, neutral, agx] = [View::Srgb, View::Neutral, View::Agx].map(bright);
    assert!(cut[0] == 255 && neutral[0] < 255 && agx[0] < neutral[0] && agx[1] > cut[1] - 60, "{cut:?}, {neutral:?}, {agx:?}");
}
