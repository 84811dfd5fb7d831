//! Writes a scene of props in rows under a soft light, each blown up or shrunk to the same size, in plain materials:
//!
//! ```sh
//! cargo run --release -p raytruth-task --example props -- props.json lamp cup   # or every kind, if none is named
//! raytruth render props.json --size 1200x800 --samples 64 -o props.png
//! ```
//!
//! Columns are the variants, two kinds to a row, from the back to the front.

use std::error::Error;

use glam::{Vec2, Vec3};
use raytruth_scene::{
    Absorption, Camera, Environment, Light, Material, Object, Pattern, Pose, Role, Scene, Shape, Texture, srgb,
};
use raytruth_task::props::{Prop, PropKind, Stuff, VARIANTS};

/// Metres from one to the next, across and to the back.
const PITCH: Vec2 = Vec2::new(1.35, 2.5);

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let path = args.next().ok_or("usage: props SCENE.json [KIND ...]")?;
    let names: Vec<String> = args.collect();
    if let Some(name) = names.iter().find(|name| PropKind::ALL.iter().all(|kind| kind.name() != **name)) {
        return Err(format!("no prop is called {name}").into());
    }
    let kinds: Vec<PropKind> =
        PropKind::ALL.iter().copied().filter(|kind| names.is_empty() || names.iter().any(|name| name == kind.name())).collect();
    let scene = sheet(&kinds);
    scene.validate()?;
    std::fs::write(path, serde_json::to_string(&scene)?)?;
    Ok(())
}

fn sheet(kinds: &[PropKind]) -> Scene {
    let rows = kinds.len().div_ceil(2);
    let columns = VARIANTS as usize * kinds.len().min(2);
    let (width, depth) = (PITCH.x * columns as f32, PITCH.y * rows as f32);
    let middle = Vec3::new(0.5 * (width - PITCH.x), -0.5 * (depth - PITCH.y), 0.4);
    // Rows lie half as far apart in the picture, which is half as wide again as high.
    let high = (width / 1.5).max(0.5 * depth + 0.5);
    let camera = Camera::look_at(middle + Vec3::new(0.0, -36.0, 20.0), middle, high / 41.0);
    let mut scene = Scene::new(camera);
    scene.environment = Environment::Uniform { radiance: Vec3::splat(0.7) };
    let key = middle + Vec3::new(-14.0, -9.0, 16.0);
    scene.lights.push(Light::rect("key", Vec2::splat(9.0), key, middle, Vec3::new(17.0, 15.6, 13.6)));
    scene.materials.insert("floor".into(), Material { base_color: srgb(0xb9b4ad), roughness: 0.7, ..Material::default() });
    scene.objects.push(Object::new("floor", 1, Shape::Plane { size: Vec2::splat(300.0) }, "floor"));
    for (i, &kind) in kinds.iter().enumerate() {
        for variant in 0..VARIANTS {
            let column = VARIANTS as usize * (i % 2) + variant as usize;
            let place = Vec3::new(PITCH.x * column as f32, -PITCH.y * (i / 2) as f32, 0.0);
            stand(&mut scene, &Prop::new(kind, variant), place, (10 + VARIANTS as usize * i) as u16 + variant as u16);
        }
    }
    scene
}

/// Puts a prop of unit size somewhere, turned a little, so that its side is seen too.
fn stand(scene: &mut Scene, prop: &Prop, place: Vec3, id: u16) {
    let size = prop.aabb().size();
    let scale = (1.15 / size.max_element()).min(1.0 / size.z.max(0.6 * size.truncate().length()));
    for (i, part) in prop.parts.iter().enumerate() {
        let name = format!("{}{} {}", prop.kind.name(), prop.variant, part.name);
        let mut mesh = part.mesh.clone();
        mesh.positions.iter_mut().for_each(|p| *p *= scale);
        scene.meshes.insert(name.clone(), mesh);
        scene.materials.insert(name.clone(), material(part.stuff, i));
        let pose = Pose::new(place, glam::Quat::from_rotation_z(-0.35));
        scene
            .objects
            .push(Object::new(name.clone(), id, Shape::Mesh { mesh: name.clone() }, name).role(Role::Apparatus).at(pose));
    }
}

/// Plain, and another shade for each part of a prop.
fn material(stuff: Stuff, part: usize) -> Material {
    let pick = |colors: [u32; 3]| srgb(colors[part % 3]);
    let plain = |colors: [u32; 3], roughness: f32| Material { base_color: pick(colors), roughness, ..Material::default() };
    match stuff {
        Stuff::Wood => {
            let grain = Texture {
                pattern: Pattern::Wood,
                color: 0.5 * pick([0xb98a55, 0xa0703f, 0x7d5230]),
                scale: 0.05,
                strength: 0.6,
                seed: 3,
            };
            Material { texture: Some(grain), ..plain([0xb98a55, 0xa0703f, 0x7d5230], 0.45) }
        }
        Stuff::Metal => Material { metallic: 1.0, ..plain([0xb4b8bd, 0xc9a45c, 0x5f666e], 0.28) },
        Stuff::Ceramic => Material { coat: 0.8, ..plain([0xe6e1d6, 0x2f6f8f, 0xb5452f], 0.4) },
        Stuff::Fabric => plain([0x6f8a94, 0xd8c9a8, 0xa8443a], 0.95),
        Stuff::Glass => Material {
            base_color: Vec3::ONE,
            roughness: 0.0,
            transmission: 1.0,
            absorption: Some(Absorption { color: srgb(0x9fd4b0), distance: 0.1 }),
            ..Material::default()
        },
        Stuff::Leaf => plain([0x3f7a38, 0x4f8a3c, 0x356b3a], 0.5),
        Stuff::Earth => plain([0x3a2c22; 3], 1.0),
        Stuff::Paper => plain([0xc29a6b, 0xf0ebdc, 0xd9b98a], 0.85),
        Stuff::Plastic => plain([0xd0542c, 0x2b2f33, 0xe3c24a], 0.35),
        Stuff::Leather => plain([0x5a3322, 0x6a3d28, 0x3a2a22], 0.5),
        _ => Material { emission: Vec3::new(6.0, 5.0, 3.6), ..plain([0xffffff; 3], 0.5) },
    }
}
