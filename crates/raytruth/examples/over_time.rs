//! Three seconds on a workbench in which more than poses changes: a knot loosens, a beam grows along its way and lights a detector,
//! a lamp goes out and another on, a ball comes and one goes, a sign lies over the picture. Writes the scene for
//! `raytruth render over_time.json -o over_time.mp4`.
use std::{error::Error, f32::consts::TAU, path::Path};

use raytruth::glam::{Quat, Vec2, Vec3};
use raytruth::scene::{
    Animation, Camera, Environment, Light, MarkForm, Material, Object, Overlay, Pattern, Pose, Power, Scene, Shape, Texture, srgb,
};

const FRAMES: usize = 49;
/// Points along the knot.
const POINTS: usize = 40;

fn main() -> Result<(), Box<dyn Error>> {
    over_time(Path::new("over_time.json"))
}

pub(crate) fn over_time(json: &Path) -> Result<(), Box<dyn Error>> {
    Ok(scene().save(json)?)
}

/// A trefoil, flatter and wider with time.
fn knot(frame: usize) -> Shape {
    let part = frame as f32 / (FRAMES - 1) as f32;
    let eased = part * part * (3.0 - 2.0 * part);
    let point = |i: usize| {
        let t = TAU * i as f32 / POINTS as f32;
        let [a, b, c] = [1.0, 2.0, 3.0].map(|k| Vec2::from_angle(k * t));
        let (wide, deep) = (0.028 + 0.012 * eased, 0.02 - 0.008 * eased);
        Quat::from_rotation_z(0.6 * eased) * Vec3::new(wide * (a.y + 2.0 * b.y), wide * (a.x - 2.0 * b.x), -deep * c.y)
    };
    let hue = |i: usize| {
        let h = 6.0 * i as f32 / POINTS as f32;
        (Vec3::new((h - 3.0).abs() - 1.0, 2.0 - (h - 2.0).abs(), 2.0 - (h - 4.0).abs())).clamp(Vec3::splat(0.03), Vec3::ONE)
    };
    let (points, colors) = ((0..POINTS).map(point).collect(), (0..POINTS).map(hue).collect());
    Shape::Tube { radius: 0.011, points, closed: true, colors, rings: None }
}

/// One of the two legs of a beam, from the source to the mirror and on to the detector. It grows at an even speed from frame 8 on.
fn beam(leg: usize, frame: usize) -> Shape {
    let way = [Vec3::new(-0.33, -0.1, 0.05), Vec3::new(0.12, 0.145, 0.05), Vec3::new(0.33, -0.08, 0.05)];
    let lengths = [way[0].distance(way[1]), way[1].distance(way[2])];
    let reach = (lengths[0] + lengths[1]) * ((frame as f32 - 7.0) / 24.0).clamp(0.0, 1.0);
    let part = ((reach - [0.0, lengths[0]][leg]) / lengths[leg]).min(1.0);
    if part <= 0.0 { Shape::Nothing } else { Shape::tube(0.0025, vec![way[leg], way[leg].lerp(way[leg + 1], part)], false) }
}

fn scene() -> Scene {
    let mut scene = Scene::new(Camera::look_at(Vec3::new(0.0, -0.88, 0.72), Vec3::new(0.0, 0.01, 0.06), 0.5));
    scene.animation = Some(Animation { frames: FRAMES as u32, fps: 16 });
    scene.environment = Environment::Gradient {
        zenith: Vec3::new(0.22, 0.25, 0.3),
        horizon: Vec3::splat(0.3),
        ground: Vec3::splat(0.1),
        sun: None,
    };
    let grain = Texture { pattern: Pattern::Wood, color: srgb(0x5a3d24), scale: 0.05, strength: 0.8, seed: 2 };
    let bands = Texture { pattern: Pattern::Stripes, color: srgb(0x202020), scale: 0.014, strength: 0.9, seed: 1 };
    let glow = |color: Vec3, power: Power| Material {
        base_color: Vec3::splat(0.04),
        emission: color,
        emission_power: power,
        ..Material::default()
    };
    let lit = Power::on(FRAMES, |frame| frame >= 31);
    scene.materials = [
        ("bench", Material { base_color: srgb(0x8a6a45), roughness: 0.45, texture: Some(grain), ..Material::default() }),
        ("rope", Material { base_color: Vec3::ONE, roughness: 0.5, ..Material::default() }),
        ("mirror", Material { base_color: Vec3::splat(0.93), metallic: 1.0, roughness: 0.0, ..Material::default() }),
        ("steel", Material { base_color: Vec3::splat(0.5), metallic: 1.0, roughness: 0.3, ..Material::default() }),
        ("ball", Material { base_color: srgb(0xd8862b), roughness: 0.35, texture: Some(bands), ..Material::default() }),
        ("beam", glow(Vec3::new(9.0, 0.9, 0.5), Power::FULL)),
        ("detector", glow(Vec3::new(0.5, 6.0, 1.2), lit)),
    ]
    .map(|(name, material)| (name.to_owned(), material))
    .into();
    let lamp = |name: &str, x: f32, color: Vec3, power: Power| {
        let eye = Vec3::new(x, -0.35, 0.8);
        Light { power, ..Light::rect(name, Vec2::splat(0.35), eye, Vec3::ZERO, color) }
    };
    let fades = Power((0..FRAMES).map(|f| (1.0 - (f as f32 - 14.0) / 8.0).clamp(0.0, 1.0)).collect());
    scene.lights = vec![
        lamp("warm", -0.75, Vec3::new(34.0, 27.0, 20.0), fades),
        lamp("cool", 0.75, Vec3::new(17.0, 21.0, 27.0), Power::on(FRAMES, |frame| frame >= 20)),
    ];
    let block = |half: Vec3| Shape::Box { half_extents: half, bevel: 0.002 };
    let ball =
        |name: &str, id, x: f32| Object::new(name, id, Shape::Sphere { radius: 0.035 }, "ball").at(Vec3::new(x, -0.2, 0.035));
    scene.objects = vec![
        Object::new("bench", 1, block(Vec3::new(1.4, 1.2, 0.02)), "bench").at(Vec3::Z * -0.02),
        Object::new("source", 2, block(Vec3::new(0.03, 0.02, 0.02)), "steel")
            .at(Pose::new(Vec3::new(-0.36, -0.115, 0.05), Quat::from_rotation_z(0.5))),
        Object::new("mirror", 3, block(Vec3::new(0.06, 0.004, 0.05)), "mirror")
            .at(Pose::new(Vec3::new(0.122, 0.152, 0.05), Quat::from_rotation_z(-0.15))),
        Object::new("detector", 4, Shape::Sphere { radius: 0.022 }, "detector").at(Vec3::new(0.345, -0.096, 0.05)),
        Object::new("stand", 5, Shape::Cylinder { radius: 0.012, half_height: 0.015, bevel: 0.002 }, "steel")
            .at(Vec3::new(0.345, -0.096, 0.015)),
        Object::new("knot", 6, Shape::Nothing, "rope")
            .at(Pose::new(Vec3::new(-0.2, 0.12, 0.12), Quat::from_rotation_x(0.9)))
            .changing((0..FRAMES).map(knot)),
        Object::new("beam", 7, Shape::Nothing, "beam").changing((0..FRAMES).map(|frame| beam(0, frame))),
        Object::new("beam, reflected", 7, Shape::Nothing, "beam").changing((0..FRAMES).map(|frame| beam(1, frame))),
        ball("goes", 8, -0.12).there(FRAMES, |frame| frame < 26),
        ball("comes", 9, 0.06).there(FRAMES, |frame| frame >= 38),
    ];
    let sign = Overlay::new("sign", 10, Vec2::new(0.35, -0.38), Vec2::new(0.26, 0.2));
    let corners = [Vec2::new(-0.13, -0.1), Vec2::new(0.13, -0.1), Vec2::new(0.13, 0.1), Vec2::new(-0.13, 0.1)];
    scene.overlays.push(
        sign.mark(MarkForm::Polygon { points: corners.to_vec() }, srgb(0xf4f1ea))
            .mark(
                MarkForm::Arrow { from: Vec2::new(-0.09, 0.05), to: Vec2::new(0.03, -0.05), width: 0.012, head: 0.04 },
                srgb(0xc0392b),
            )
            .mark(
                MarkForm::Arrow { from: Vec2::new(0.03, -0.05), to: Vec2::new(0.09, 0.04), width: 0.012, head: 0.04 },
                srgb(0xc0392b),
            )
            .mark(MarkForm::Disc { center: Vec2::new(0.095, 0.055), radius: 0.018 }, srgb(0x1f9d55)),
    );
    scene.floor = 3;
    scene
}
