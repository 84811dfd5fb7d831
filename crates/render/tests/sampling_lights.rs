//! Points on lights, on the lens and under the pixel filter are drawn as their densities say: Pearson's chi-square test on 10^6
//! samples, significance 0.01 for the file with Šidák's correction; densities are those of geometry. Seeds are fixed; when code
//! changes, a false alarm has a chance of 1 %. And faults planted in any of them are found.

mod gpu;
mod statistics;

use std::f64::consts::PI;

use glam::{DVec3, Quat, Vec2, Vec3, Vec4};
use gpu::{gpu, with_fault};
use raytruth_render::RenderSettings;
use raytruth_render::internals::FrameBuilder;
use raytruth_scene::{Camera, Environment, Light, LightShape, Material, Object, Pose, Scene, Shape, Sun};
use statistics::{chi_square_p, uniforms};

const KERNEL: &str = include_str!("kernels/lights.wgsl");
const SAMPLES: usize = 1_000_000;
/// Faults are coarse.
const FEW: usize = 100_000;
const CASES: f64 = 9.0;
const SIDE: usize = 24;

fn empty() -> Scene {
    let mut scene = Scene::new(Camera::look_at(Vec3::X, Vec3::ZERO, 1.0));
    scene.environment = Environment::Uniform { radiance: Vec3::ZERO };
    scene
}

/// Two vectors for each draw, which follow from two random numbers.
fn draw(scene: &Scene, defines: &[&str], point: Vec3, kind: f32, count: usize) -> Vec<[Vec4; 2]> {
    let builder = FrameBuilder::new(scene).expect("a valid scene");
    let (frame, texels) = builder.contents(0);
    let scene = gpu::Scene { frame, texels, control: builder.control() };
    let mut input = point.extend(kind).to_array().to_vec();
    input.extend(uniforms(count, 5).flat_map(|[a, b]| [a, b, 0.0, 0.0]));
    let out = gpu().run(KERNEL, defines, &scene, &input, 8 * count, count.div_ceil(64) as u32);
    out.chunks_exact(8).map(|c| [Vec4::from_slice(&c[..4]), Vec4::from_slice(&c[4..])]).collect()
}

/// Whether points of the unit square are even.
fn even(points: impl Iterator<Item = [f64; 2]>) -> Result<(), String> {
    let mut observed = vec![0.0; SIDE * SIDE];
    let mut count = 0.0;
    for [x, y] in points {
        if !(-1e-3..1.001).contains(&x) || !(-1e-3..1.001).contains(&y) {
            return Err(format!("({x}, {y}) lies outside"));
        }
        let cell = |v: f64| ((v * SIDE as f64) as usize).min(SIDE - 1);
        observed[cell(y) * SIDE + cell(x)] += 1.0;
        count += 1.0;
    }
    let p = chi_square_p(&observed, &vec![count / (SIDE * SIDE) as f64; SIDE * SIDE]);
    if p > 1.0 - 0.99f64.powf(1.0 / CASES) { Ok(()) } else { Err(format!("p = {p}")) }
}

/// A light, in its own frame.
#[derive(Clone, Copy, Debug)]
enum Form {
    Rect(Vec2),
    Disk(f32),
    Ball(f32),
}

/// Somewhere, turned somehow; the point looks at it from its front.
fn pose() -> Pose {
    Pose::new(Vec3::new(0.3, -0.4, 1.2), Quat::from_euler(glam::EulerRot::XYZ, 0.3, -0.2, 0.7))
}

fn lit(form: Form) -> Scene {
    let shape = match form {
        Form::Rect(size) => LightShape::Rect { size },
        Form::Disk(radius) => LightShape::Disk { radius },
        Form::Ball(radius) => LightShape::Sphere { radius },
    };
    let mut scene = empty();
    scene.lights.push(Light {
        name: "l".into(),
        shape,
        pose: pose(),
        radiance: Vec3::ONE,
        power: raytruth_scene::Power::FULL,
        visible_to_camera: true,
    });
    scene
}

/// An object that shines in the same way, but for disks; it is chosen by halves: two triangles.
fn shining(form: Form) -> Scene {
    let shape = match form {
        Form::Rect(size) => Shape::Plane { size },
        Form::Disk(radius) | Form::Ball(radius) => Shape::Sphere { radius },
    };
    let mut scene = empty();
    scene.materials.insert("m".into(), Material { emission: Vec3::ONE, ..Material::default() });
    scene.objects.push(Object { pose: pose(), ..Object::new("l", 1, shape, "m") });
    scene
}

/// Whether directions to the one light are drawn evenly over it (a ball: over the cone under which it is seen), with the density that
/// follows from that.
fn drawn_evenly(scene: &Scene, defines: &[&str], form: Form, point: Vec3, count: usize) -> Result<(), String> {
    let pose = pose();
    let middle = (pose.translation - point).as_dvec3();
    let axes = [Vec3::X, Vec3::Y, Vec3::Z].map(|axis| pose.vector(axis).as_dvec3());
    let mut at = Vec::new();
    for [s, r] in draw(scene, defines, point, 0.0, count) {
        let (w, pdf, distance) = (s.truncate().as_dvec3(), f64::from(s.w), f64::from(r.w));
        let on = w * distance - middle;
        let (place, density) = match form {
            Form::Rect(size) => {
                let size = size.as_dvec2();
                let place = [on.dot(axes[0]) / size.x + 0.5, on.dot(axes[1]) / size.y + 0.5];
                (place, distance * distance / (size.x * size.y * w.dot(axes[2]).abs()))
            }
            Form::Disk(radius) => {
                let (x, y, radius) = (on.dot(axes[0]), on.dot(axes[1]), f64::from(radius));
                let place = [(x * x + y * y) / (radius * radius), (y.atan2(x) / (2.0 * PI)).rem_euclid(1.0)];
                (place, distance * distance / (PI * radius * radius * w.dot(axes[2]).abs()))
            }
            Form::Ball(radius) => {
                let width = 1.0 - (1.0 - f64::from(radius).powi(2) / middle.length_squared()).sqrt();
                let axis = middle.normalize();
                let (a, b): (DVec3, DVec3) = axis.any_orthonormal_pair();
                let around = (w.dot(a).atan2(w.dot(b)) / (2.0 * PI)).rem_euclid(1.0);
                // As half the squared chord, which does not cancel.
                let place = [0.5 * (w - axis).length_squared() / width, around];
                if (on.length() / f64::from(radius) - 1.0).abs() > 1e-3 {
                    return Err(format!("{on} lies off the ball"));
                }
                (place, 1.0 / (2.0 * PI * width))
            }
        };
        if (pdf / density - 1.0).abs() > 2e-3 {
            return Err(format!("pdf {pdf}, not {density}"));
        }
        at.push(place);
    }
    even(at.into_iter())
}

const RECT: Form = Form::Rect(Vec2::new(0.8, 0.5));
const DISK: Form = Form::Disk(0.4);
const BALL: Form = Form::Ball(0.5);
const POINT: Vec3 = Vec3::new(-0.1, 0.2, 0.1);

fn rect(count: usize) -> Result<(), String> {
    drawn_evenly(&lit(RECT), &[], RECT, POINT, count)
}

fn disk(count: usize) -> Result<(), String> {
    drawn_evenly(&lit(DISK), &[], DISK, POINT, count)
}

fn ball(count: usize) -> Result<(), String> {
    drawn_evenly(&lit(BALL), &[], BALL, POINT, count)
}

fn shining_plane(count: usize) -> Result<(), String> {
    drawn_evenly(&shining(RECT), &["EMITTERS"], RECT, POINT, count)
}

fn shining_ball(count: usize) -> Result<(), String> {
    drawn_evenly(&shining(BALL), &["EMITTERS"], BALL, POINT, count)
}

/// The sun's disc, wide open.
fn sun(count: usize) -> Result<(), String> {
    let direction = Vec3::new(0.48, -0.6, 0.64);
    let mut scene = empty();
    let black = Vec3::ZERO;
    let sun = Sun { direction, irradiance: Vec3::ONE, angular_radius: 0.4 };
    scene.environment = Environment::Gradient { zenith: black, horizon: black, ground: black, sun: Some(sun) };
    let axis = direction.as_dvec3().normalize();
    let (a, b) = axis.any_orthonormal_pair();
    let width = 1.0 - f64::cos(0.4);
    let mut at = Vec::new();
    for [s, _] in draw(&scene, &[], POINT, 0.0, count) {
        let w = s.truncate().as_dvec3();
        if (f64::from(s.w) * 2.0 * PI * width - 1.0).abs() > 2e-3 {
            return Err(format!("pdf {}", s.w));
        }
        at.push([0.5 * (w - axis).length_squared() / width, (w.dot(a).atan2(w.dot(b)) / (2.0 * PI)).rem_euclid(1.0)]);
    }
    even(at.into_iter())
}

fn lens(count: usize) -> Result<(), String> {
    let points = draw(&empty(), &[], POINT, 1.0, count).into_iter().map(|[s, _]| [f64::from(s.x), f64::from(s.y)]);
    even(points.map(|[x, y]| [x * x + y * y, (y.atan2(x) / (2.0 * PI)).rem_euclid(1.0)]))
}

/// The filter of pictures, by its cumulative distribution: then both axes are even.
fn filter(count: usize) -> Result<(), String> {
    // Blackman-Harris over 1.5 pixels, integrated.
    let cumulative = |x: f64| {
        let x = x / 1.5 + 0.5;
        let wave = |k: f64, a: f64| a * (2.0 * PI * k * x).sin() / (2.0 * PI * k);
        (0.35875 * x - wave(1.0, 0.48829) + wave(2.0, 0.14128) - wave(3.0, 0.01168)) / 0.35875
    };
    assert!((cumulative(0.75) - 1.0).abs() < 1e-9 && RenderSettings::default().profile == raytruth_render::Profile::Look);
    let points = draw(&empty(), &[], POINT, 1.0, count).into_iter();
    even(points.map(|[s, _]| [cumulative(f64::from(s.z)), cumulative(f64::from(s.w))]))
}

/// Two lights and the sun are chosen as often as their densities say: the mean of 1 / pdf over each is its size.
fn choice(count: usize) -> Result<(), String> {
    let mut scene = lit(Form::Ball(0.3));
    let far = Pose::from_translation(Vec3::new(0.0, 0.0, 3.0));
    let light = Light { name: "second".into(), pose: far, radiance: Vec3::splat(2.0), ..scene.lights[0].clone() };
    scene.lights.push(light);
    let black = Vec3::ZERO;
    let sun = Sun { direction: Vec3::NEG_X, irradiance: Vec3::splat(3.0), angular_radius: 0.2 };
    scene.environment = Environment::Gradient { zenith: black, horizon: black, ground: black, sun: Some(sun) };
    let cone = |middle: Vec3, radius: f64| 2.0 * PI * (1.0 - (1.0 - (radius / f64::from(middle.length())).powi(2)).sqrt());
    let sizes = [cone(pose().translation - POINT, 0.3), cone(far.translation - POINT, 0.3), 2.0 * PI * (1.0 - f64::cos(0.2))];
    let (mut observed, mut expected) = ([0.0; 3], [0.0; 3]);
    for [s, r] in draw(&scene, &[], POINT, 0.0, count) {
        let which = if r.w > 1e3 { 2 } else { usize::from(r.x > 1.5) };
        observed[which] += 1.0;
        expected[which] = f64::from(s.w) * sizes[which] * count as f64;
    }
    let total = expected.iter().sum::<f64>() / count as f64;
    if (total - 1.0).abs() > 1e-3 {
        return Err(format!("the choices' probabilities add up to {total}"));
    }
    let p = chi_square_p(&observed, &expected);
    if p > 1e-3 { Ok(()) } else { Err(format!("chosen {observed:?}, expected {expected:?}")) }
}

type Check = fn(usize) -> Result<(), String>;
const CHECKS: &[(&str, Check)] = &[
    ("rectangle", rect),
    ("disk", disk),
    ("ball", ball),
    ("shining plane", shining_plane),
    ("shining ball", shining_ball),
    ("sun", sun),
    ("lens", lens),
    ("filter", filter),
    ("choice", choice),
];

#[test]
fn samples_follow_their_densities() {
    for (name, check) in CHECKS {
        check(SAMPLES).unwrap_or_else(|e| panic!("{name}: {e}"));
    }
}

#[rustfmt::skip]
const FAULTS: &[(Check, &str, &str)] = &[
    (rect, "probability * d2 / (axis_v.w * cos_light)", "probability * d2 / axis_v.w"),
    (rect, "var at = 2.0 * u - 1.0;", "var at = 2.0 * u * u - 1.0;"),
    (disk, "at = concentric_disk(u);", "at = concentric_disk(u * u);"),
    (ball, "= u.x * one_minus_cos_max", "= u.x * u.x * one_minus_cos_max"),
    (ball, "1.0 / (2.0 * PI * one_minus_cos_max)", "1.1 / (2.0 * PI * one_minus_cos_max)"),
    (ball, "sin2 / (1.0 + sqrt(max(0.0, 1.0 - sin2)))", "0.5 * sin2"),
    (shining_plane, "let root = sqrt(u.x);", "let root = u.x;"),
    (shining_plane, "weight * d2 / cosine, cosine > 1.0e-6), moves, group)", "weight * d2, true), moves, group)"),
    (shining_plane, "if u < bitcast<f32>(choice_cell(base, middle).x)", "if true"),
    (shining_ball, "ball.pdf * weight * radiance.w", "ball.pdf * weight"),
    (sun, "let down = u.y * below;", "let down = u.y * u.y * below;"),
    (sun, "vec4f(dir, 1.0 / (", "vec4f(dir, 1.1 / ("),
    (lens, "let phi = 0.25 * PI * o.y / o.x;", "let phi = 0.2 * PI * o.y / o.x;"),
    (filter, "let at = u * 256.0;", "let at = u * 250.0;"),
    (filter, "mix(x.x, x.y, part.x)", "x.x"),
    (choice, "ball.pdf * probability", "ball.pdf"),
    (choice, "sun.w * probability", "sun.w"),
    (choice, "if u.x < emitted.w", "if u.x < 0.5 * emitted.w"),
    (rect, "return clamp((u - (end - share)) / share", "return clamp(0.5 * (u - (end - share)) / share"),
];

#[test]
fn faults_are_found() {
    let survivors: Vec<&str> =
        FAULTS.iter().filter(|(check, from, to)| with_fault(from, to, || check(FEW)).is_ok()).map(|fault| fault.1).collect();
    assert_eq!(survivors, [""; 0], "nobody sees that these expressions are wrong");
}
