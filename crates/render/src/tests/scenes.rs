//! Small scenes that between them use every kind of light and surface. Lights are large: what the surfaces' own sampling must find by
//! chance is found often enough.

use glam::{Quat, Vec2, Vec3};
use raytruth_scene::{
    Absorption, Camera, Environment, Image, Light, LightShape, Maps, Material, Mesh, Pattern, Portal, Pose, Scene, Shape, Sun,
    Texture,
};

use super::{matte, object, scene};

/// By name.
pub(super) fn named(name: &str) -> Scene {
    match name {
        "rectangle, matte" => room(LightShape::Rect { size: Vec2::new(1.2, 0.8) }, matte(0.7)),
        "disk, coat" => room(
            LightShape::Disk { radius: 0.7 },
            Material { coat: 0.8, coat_roughness: 0.4, roughness: 0.6, ..plain(Vec3::new(0.6, 0.2, 0.1)) },
        ),
        "ball, metal" => room(
            LightShape::Sphere { radius: 0.5 },
            Material { metallic: 1.0, roughness: 0.45, ..plain(Vec3::new(0.9, 0.7, 0.4)) },
        ),
        "spot, plastic" => room(
            LightShape::Spot { radius: 0.5, inner_angle: 0.2, outer_angle: 0.9 },
            Material { roughness: 0.5, ..plain(Vec3::new(0.3, 0.5, 0.8)) },
        ),
        "rectangle, mirror" => room(
            LightShape::Rect { size: Vec2::splat(1.5) },
            Material { metallic: 1.0, roughness: 0.0, ..plain(Vec3::splat(0.9)) },
        ),
        "rectangle, clear glass" => room(LightShape::Rect { size: Vec2::splat(1.5) }, glass(0.0)),
        "rectangle, rough glass" => room(LightShape::Rect { size: Vec2::splat(1.5) }, glass(0.5)),
        "disk, rough pane" => {
            let thin = Material { thin: true, ..glass(0.5) };
            let mut s = room(LightShape::Disk { radius: 0.7 }, thin);
            s.objects[1].shape = Shape::Box { half_extents: Vec3::new(0.5, 0.02, 0.4), bevel: 0.0 };
            s
        }
        "sun, plastic" => {
            let mut s = room(LightShape::Disk { radius: 0.3 }, Material { roughness: 0.5, ..plain(Vec3::new(0.3, 0.5, 0.8)) });
            let sun = Sun { direction: Vec3::new(0.6, 0.0, 0.8), irradiance: Vec3::new(2.0, 1.8, 1.5), angular_radius: 0.45 };
            s.environment = sky(Some(sun));
            s
        }
        "lens, checks" => {
            let checks = Texture { pattern: Pattern::Checker, color: Vec3::splat(0.1), scale: 0.2, strength: 1.0, seed: 1 };
            let mut s = room(
                LightShape::Rect { size: Vec2::splat(1.5) },
                Material { texture: Some(checks), roughness: 0.7, ..plain(Vec3::new(0.8, 0.7, 0.6)) },
            );
            s.camera.aperture = 0.1;
            s.camera.focus_distance = 2.0;
            s
        }
        "shining shapes" => {
            let mut s = room(LightShape::Rect { size: Vec2::splat(0.5) }, matte(0.6));
            s.lights.clear();
            s.materials.insert("lamp".into(), Material { emission: Vec3::new(4.0, 3.0, 2.0), ..matte(0.2) });
            let at = |x, z| Pose::new(Vec3::new(x, 0.6, z), Quat::from_rotation_x(0.4));
            s.objects.push(object(8, Shape::Sphere { radius: 0.4 }, "lamp", at(-0.9, 0.5)));
            s.objects.push(object(9, Shape::Plane { size: Vec2::new(1.2, 0.9) }, "lamp", at(0.9, 0.9)));
            s
        }
        "shining box" => {
            let mut s = room(LightShape::Rect { size: Vec2::splat(0.5) }, matte(0.6));
            s.lights.clear();
            s.materials.insert("lamp".into(), Material { emission: Vec3::new(4.0, 3.0, 2.0), ..matte(0.2) });
            let pose = Pose::new(Vec3::new(0.2, 0.1, 1.3), Quat::from_rotation_x(0.4) * Quat::from_rotation_y(0.3));
            s.objects.push(object(8, Shape::Box { half_extents: Vec3::new(0.5, 0.4, 0.2), bevel: 0.0 }, "lamp", pose));
            s.objects.push(object(
                9,
                Shape::Plane { size: Vec2::new(0.5, 0.9) },
                "lamp",
                Pose::from_translation(Vec3::new(1.2, 0.0, 0.8)),
            ));
            s
        }
        "gaps" => {
            let ball = Material { opacity: 0.6, roughness: 0.5, ..plain(Vec3::new(0.7, 0.4, 0.3)) };
            let mut s = room(LightShape::Rect { size: Vec2::new(1.2, 0.8) }, ball);
            s.materials.insert("veil".into(), Material { opacity: 0.4, ..matte(0.5) });
            let veil = Pose::new(Vec3::new(0.3, -0.2, 1.2), Quat::from_rotation_y(0.2));
            s.objects.push(object(8, Shape::Plane { size: Vec2::splat(1.5) }, "veil", veil));
            s.materials.insert("lamp".into(), Material { emission: Vec3::new(2.0, 3.0, 4.0), ..matte(0.2) });
            let lamp = Pose::new(Vec3::new(-0.4, 0.2, 1.6), Quat::from_rotation_y(0.2));
            s.objects.push(object(9, Shape::Plane { size: Vec2::splat(0.9) }, "lamp", lamp));
            s
        }
        "picture around" => {
            let mut s = room(LightShape::Rect { size: Vec2::splat(0.5) }, Material { roughness: 0.4, ..plain(Vec3::splat(0.6)) });
            s.lights.clear();
            let pixels = (0..16 * 8).map(|i| if i % 11 == 3 && i < 64 { [8.0, 6.0, 4.0] } else { [0.2, 0.3, 0.4] }).collect();
            s.images.insert("sky".into(), Image::linear(16, 8, pixels).expect("it fits"));
            s.environment = Environment::Image { image: "sky".into(), strength: 1.0, rotation: 0.7 };
            s
        }
        "within a shining ball" => {
            let mut s = room(LightShape::Disk { radius: 0.3 }, Material { roughness: 0.5, ..plain(Vec3::new(0.3, 0.5, 0.8)) });
            s.lights.clear();
            s.materials.insert("shell".into(), Material { emission: Vec3::new(0.5, 0.4, 0.3), ..matte(0.2) });
            s.objects.push(object(8, Shape::Sphere { radius: 4.0 }, "shell", Pose::from_translation(Vec3::Z * 1.5)));
            s
        }
        "lamps with images and gaps" => {
            let mut s = named("shining shapes");
            let lamp = s.materials["lamp"].clone();
            s.materials.insert("veil".into(), Material { opacity: 0.7, ..lamp.clone() });
            s.objects.last_mut().expect("the plane").material = "veil".into();
            let maps = Maps { emission: Some("spots".into()), ..Maps::default() };
            s.materials.insert("sign".into(), Material { maps, ..lamp });
            let spots = [[255, 255, 255, 255], [90, 90, 90, 255], [0, 0, 0, 255], [255, 90, 0, 255]].to_vec();
            s.images.insert("spots".into(), Image::srgb8(2, 2, spots).expect("it fits"));
            let sign = Mesh {
                positions: [(-0.5, 0.4), (0.5, 0.4), (0.5, -0.4), (-0.5, -0.4)].map(|(x, z)| Vec3::new(x, 0.0, z)).to_vec(),
                texcoords: [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)].map(|(u, v)| Vec2::new(u, v)).to_vec(),
                triangles: vec![[0, 3, 2], [0, 2, 1]],
                ..Mesh::default()
            };
            s.meshes.insert("sign".into(), sign);
            let pose = Pose::new(Vec3::new(0.0, 0.3, 1.4), Quat::from_rotation_x(0.5));
            s.objects.push(object(10, Shape::Mesh { mesh: "sign".into() }, "sign", pose));
            s
        }
        "a bubble in water" => {
            let mut s = room(LightShape::Rect { size: Vec2::new(1.2, 0.8) }, matte(0.7));
            s.materials.insert("water".into(), Material { absorption: None, priority: 1, ior: 1.33, ..glass(0.0) });
            s.materials.insert("bubble".into(), Material { absorption: None, ..glass(0.0) });
            let water = Shape::Box { half_extents: Vec3::new(2.2, 1.6, 2.0), bevel: 0.0 };
            s.objects.push(object(8, water, "water", Pose::from_translation(Vec3::new(0.0, 0.0, 1.5))));
            s.objects.push(object(
                9,
                Shape::Sphere { radius: 0.35 },
                "bubble",
                Pose::from_translation(Vec3::new(0.5, -0.2, 1.0)),
            ));
            s
        }
        "coloured water" => {
            let mut s = room(LightShape::Rect { size: Vec2::new(1.2, 0.8) }, matte(0.7));
            let absorption = Some(Absorption { color: Vec3::new(0.5, 0.7, 0.9), distance: 1.0 });
            s.materials.insert("water".into(), Material { absorption, ior: 1.33, ..glass(0.0) });
            let water = Shape::Box { half_extents: Vec3::new(2.2, 1.6, 2.0), bevel: 0.0 };
            s.objects.push(object(8, water, "water", Pose::from_translation(Vec3::new(0.0, 0.0, 1.5))));
            s
        }
        "panes before a lamp" => {
            let tint = Some(Absorption { color: Vec3::new(0.9, 0.7, 0.5), distance: 1.0 });
            let pane = Material { thin: true, absorption: tint, ..glass(0.0) };
            let mut s =
                room(LightShape::Rect { size: Vec2::new(1.2, 0.8) }, Material { roughness: 0.5, ..plain(Vec3::splat(0.6)) });
            s.materials.insert("mixed".into(), Material { transmission: 0.7, coat: 0.5, metallic: 0.2, ..pane.clone() });
            s.materials.insert("pane".into(), pane);
            let at = |x, z, turn| Pose::new(Vec3::new(x, -0.2, z), Quat::from_rotation_y(turn));
            s.objects.push(object(8, Shape::Plane { size: Vec2::splat(1.6) }, "mixed", at(0.4, 1.3, 0.2)));
            s.objects.push(object(9, Shape::Sphere { radius: 0.7 }, "pane", at(-0.1, 0.5, 0.0)));
            s.materials.insert("lamp".into(), Material { emission: Vec3::new(2.0, 3.0, 4.0), ..matte(0.2) });
            s.objects.push(object(10, Shape::Sphere { radius: 0.3 }, "lamp", at(-0.9, 1.6, 0.0)));
            s.objects.push(object(11, Shape::Plane { size: Vec2::splat(1.0) }, "pane", at(-0.8, 1.1, -0.3)));
            s
        }
        "a coarse ball" => {
            let mut s =
                room(LightShape::Rect { size: Vec2::new(1.2, 0.8) }, Material { roughness: 0.4, ..plain(Vec3::splat(0.8)) });
            s.meshes.insert("coarse".into(), super::rims::coarse_ball(8));
            s.objects[1].shape = Shape::Mesh { mesh: "coarse".into() };
            s
        }
        "a picture through panes" => {
            let mut s = named("picture around");
            let pane = Material { thin: true, absorption: None, ..glass(0.0) };
            s.materials.insert("pane".into(), Material { opacity: 0.8, ..pane.clone() });
            s.materials.insert("bubble".into(), pane);
            let window = Pose::new(Vec3::new(0.0, -0.4, 1.4), Quat::from_rotation_y(0.2));
            s.objects.push(object(8, Shape::Plane { size: Vec2::splat(3.0) }, "pane", window));
            s.objects.push(object(9, Shape::Sphere { radius: 0.6 }, "bubble", Pose::from_translation(Vec3::new(-0.1, 0.0, 0.4))));
            s
        }
        "a lamp within rough glass" => {
            let dark = Some(Absorption { color: Vec3::new(0.4, 0.6, 0.3), distance: 0.3 });
            let mut s = room(LightShape::Rect { size: Vec2::new(1.2, 0.8) }, Material { absorption: dark, ..glass(0.4) });
            s.materials.insert("lamp".into(), Material { emission: Vec3::new(8.0, 6.0, 4.0), ..matte(0.2) });
            let middle = s.objects[1].pose;
            s.objects.push(object(8, Shape::Sphere { radius: 0.15 }, "lamp", middle));
            s
        }
        "lamps that grow behind panes" => {
            let tint = Some(Absorption { color: Vec3::new(0.9, 0.8, 0.7), distance: 1.0 });
            let mut s = room(LightShape::Rect { size: Vec2::splat(0.5) }, Material { roughness: 0.4, ..plain(Vec3::splat(0.7)) });
            s.lights.clear();
            s.materials.insert("pane".into(), Material { thin: true, absorption: tint, ..glass(0.0) });
            s.materials.insert("lamp".into(), Material { emission: Vec3::new(4.0, 3.0, 2.0), ..matte(0.2) });
            let at = |x, y, z| Pose::from_translation(Vec3::new(x, y, z));
            // The ball grows, the box is always the same; both have two panes close to them.
            let grows = object(8, Shape::Nothing, "lamp", at(-0.6, -0.1, 1.3))
                .changing([0.3, 0.4].map(|radius| Shape::Sphere { radius }));
            s.objects.push(grows);
            let half_extents = Vec3::new(0.35, 0.35, 0.1);
            s.objects.push(object(9, Shape::Box { half_extents, bevel: 0.0 }, "lamp", at(0.6, -0.1, 1.3)));
            s.objects.push(object(10, Shape::Plane { size: Vec2::splat(3.0) }, "pane", at(0.0, -0.1, 0.95)));
            s.objects.push(object(11, Shape::Plane { size: Vec2::splat(3.0) }, "pane", at(0.0, -0.1, 1.1)));
            s.animation = Some(raytruth_scene::Animation { frames: 2, fps: 10 });
            s
        }
        "portals" => {
            let mut s =
                room(LightShape::Rect { size: Vec2::new(1.2, 0.8) }, Material { roughness: 0.5, ..plain(Vec3::splat(0.5)) });
            let sun = Sun { direction: Vec3::new(0.6, 0.0, 0.8), irradiance: Vec3::new(2.0, 1.8, 1.5), angular_radius: 0.45 };
            let (zenith, horizon) = (Vec3::new(1.5, 2.0, 3.0), Vec3::splat(2.0));
            s.environment = Environment::Gradient { zenith, horizon, ground: Vec3::splat(1.0), sun: Some(sun) };
            s.materials.insert("lamp".into(), Material { emission: Vec3::new(8.0, 6.0, 4.0), ..matte(0.2) });
            s.objects.push(object(8, Shape::Sphere { radius: 0.3 }, "lamp", Pose::from_translation(Vec3::new(-1.0, 0.2, 1.2))));
            // Two behind one another, and one across; the sun shines through one of them on a part of the ground.
            let portal = |x, z, turn: f32, size| Portal {
                pose: Pose::new(Vec3::new(x, -0.2, z), Quat::from_rotation_y(turn)),
                size: Vec2::splat(size),
            };
            s.portals = vec![portal(0.3, 1.8, 0.2, 1.4), portal(0.5, 2.6, 0.1, 2.0), portal(-1.5, 1.0, -1.4, 1.2)];
            s
        }
        "nothing but the sun" => {
            let mut s = named("portals");
            s.lights.clear();
            s.objects.retain(|o| o.material != "lamp");
            if let Environment::Gradient { zenith, horizon, ground, .. } = &mut s.environment {
                [*zenith, *horizon, *ground] = [Vec3::ZERO; 3];
            }
            s
        }
        "sun into a box" => {
            // White walls about a ground of rough steel, below two openings, one behind the other, and a board that hides some from each other.
            let mut s = room(LightShape::Disk { radius: 0.3 }, matte(0.8));
            s.lights.clear();
            let direction = Vec3::new(0.7, -0.3, 0.5).normalize();
            s.environment = sky(Some(Sun { direction, irradiance: Vec3::new(20.0, 18.0, 15.0), angular_radius: 0.7 }));
            s.materials.insert("ground".into(), matte(0.9));
            s.materials.insert("steel".into(), Material { metallic: 1.0, roughness: 0.38, ..plain(Vec3::splat(0.8)) });
            s.objects[0].material = "steel".into();
            let across = Shape::Box { half_extents: Vec3::new(0.5, 0.02, 0.5), bevel: 0.0 };
            s.objects.push(object(9, across, "ground", Pose::from_translation(Vec3::new(0.6, 0.6, 0.5))));
            let portal = |at, size| Portal { pose: Pose::from_translation(at), size };
            s.portals = vec![
                portal(Vec3::new(2.5, -0.6, 1.5), Vec2::new(2.4, 1.6)),
                portal(Vec3::new(2.9, -0.8, 1.8), Vec2::new(1.5, 1.2)),
            ];
            s
        }
        "a picture through portals" => {
            let mut s = named("picture around");
            // Small, so that the picture itself is chosen as well.
            s.portals = named("portals").portals.into_iter().map(|p| Portal { size: 0.4 * p.size, ..p }).collect();
            s
        }
        _ => panic!("no scene is called {name}"),
    }
}

/// All of them.
pub(super) const NAMES: [&str; 26] = [
    "rectangle, matte",
    "disk, coat",
    "ball, metal",
    "rectangle, mirror",
    "rectangle, clear glass",
    "rectangle, rough glass",
    "disk, rough pane",
    "spot, plastic",
    "sun, plastic",
    "lens, checks",
    "shining shapes",
    "shining box",
    "gaps",
    "picture around",
    "within a shining ball",
    "lamps with images and gaps",
    "a bubble in water",
    "coloured water",
    "panes before a lamp",
    "a picture through panes",
    "a coarse ball",
    "lamps that grow behind panes",
    "portals",
    "nothing but the sun",
    "sun into a box",
    "a picture through portals",
];

fn plain(base_color: Vec3) -> Material {
    Material { base_color, ..Material::default() }
}

fn glass(roughness: f32) -> Material {
    let absorption = Some(Absorption { color: Vec3::new(0.8, 0.9, 0.7), distance: 0.5 });
    Material { roughness, transmission: 1.0, absorption, ..plain(Vec3::ONE) }
}

fn sky(sun: Option<Sun>) -> Environment {
    Environment::Gradient { zenith: Vec3::new(0.1, 0.2, 0.4), horizon: Vec3::splat(0.3), ground: Vec3::splat(0.1), sun }
}

/// A ball on the ground before a wall, below a lamp.
fn room(shape: LightShape, ball: Material) -> Scene {
    let camera = Camera::look_at(Vec3::new(0.0, -3.0, 1.3), Vec3::new(0.0, 0.0, 0.4), 0.7);
    let wall = Pose::new(Vec3::new(0.0, 1.2, 1.0), Quat::from_rotation_x(std::f32::consts::FRAC_PI_2));
    let mut s = scene(
        camera,
        Vec3::ZERO,
        &[("ground", matte(0.5)), ("ball", ball)],
        vec![
            object(1, Shape::Plane { size: Vec2::splat(5.0) }, "ground", Pose::IDENTITY),
            object(2, Shape::Sphere { radius: 0.45 }, "ball", Pose::from_translation(Vec3::new(-0.1, 0.0, 0.46))),
            object(3, Shape::Plane { size: Vec2::splat(4.0) }, "ground", wall),
        ],
    );
    s.environment = sky(None);
    s.lights.push(Light {
        name: "lamp".into(),
        shape,
        pose: Pose::new(Vec3::new(0.4, -0.3, 1.7), Quat::from_rotation_y(0.3)),
        radiance: Vec3::new(3.0, 2.5, 2.0),
        power: raytruth_scene::Power::FULL,
        visible_to_camera: false,
    });
    s
}
