//! Writes a scene for each setting and seed, to look at them: a tray with a grey card, blocks and a ball.
//!
//! ```console
//! $ cargo run --release -p raytruth-task --example settings -- out 4
//! $ raytruth render out/stage_0.json --size 480x300 --samples 32 -o stage_0.png
//! ```

use std::path::PathBuf;

use glam::Vec3;
use raytruth_scene::{Material, Pose, Role, Shape};
use raytruth_task::dress::{Ground, Place, Setting, SettingKind, direction, paints, surface};
use raytruth_task::{Clip, Rng, SceneBuilder, View, frame_scene};

const CLIP: Clip = Clip { width: 480, height: 300, fps: 16, frames: 1, lead: 0 };

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let folder = PathBuf::from(args.next().ok_or("where to?")?);
    let seeds = args.next().map_or(Ok(4), |n| n.parse::<u64>())?;
    std::fs::create_dir_all(&folder)?;
    for (k, kind) in SettingKind::ALL.into_iter().enumerate() {
        for seed in 0..seeds {
            let rng = &mut Rng::from_seed(1000 * k as u64 + seed);
            let ground = if seed % 3 == 2 { Ground::Dark } else { Ground::Light };
            let scale = [0.55, 1.0, 2.0][seed as usize % 3];
            let elevation = [24.0, 14.0, 36.0, 20.0][seed as usize % 4];
            let mut set = neutral(scale, rng);
            let towards = direction(rng.range(-35.0, 35.0), elevation);
            let place = Place { bounds: set.bounds(), towards_camera: towards, floor: 0.0 };
            Setting::draw(rng, &[kind], ground).build(&mut set, &place);
            write(&folder.join(format!("{}_{seed}.json", kind.name())), set, towards)?;
        }
    }
    Ok(())
}

/// A tray `size` metres wide.
fn neutral(size: f32, rng: &mut Rng) -> SceneBuilder {
    let mut set = SceneBuilder::new(&CLIP);
    let block = |half: Vec3, bevel: f32| Shape::Box { half_extents: half * size, bevel: bevel * size };
    let at = |x: f32, y: f32, z: f32| Pose::from_translation(Vec3::new(x, y, z) * size);
    let grey = surface::lacquer(Vec3::splat(0.45));
    set.add("tray", Role::Apparatus, block(Vec3::new(0.5, 0.3, 0.01), 0.004), &grey).pose = at(0.0, 0.0, 0.01);
    let card = Material { base_color: Vec3::splat(0.18), roughness: 1.0, specular: 0.0, ..Material::default() };
    set.add("card", Role::Apparatus, block(Vec3::new(0.09, 0.09, 0.002), 0.0), &card).pose = at(0.1, -0.18, 0.022);
    for (i, color) in paints(rng, 4, None).into_iter().enumerate() {
        let half = 0.05 + 0.012 * i as f32;
        let pose = at(-0.36 + 0.2 * i as f32, 0.05 + 0.08 * (i % 2) as f32, 0.02 + half);
        let material = if i % 2 == 0 { surface::painted_wood(color, rng) } else { surface::plastic(color) };
        set.add(&format!("block_{i}"), Role::Target, block(Vec3::splat(half), 0.003), &material).pose = pose;
    }
    let steel = Material { base_color: Vec3::splat(0.56), metallic: 1.0, roughness: 0.12, ..Material::default() };
    set.add("ball", Role::Actor, Shape::Sphere { radius: 0.06 * size }, &steel).pose = at(-0.14, -0.15, 0.08);
    set
}

fn write(path: &std::path::Path, mut set: SceneBuilder, towards_camera: Vec3) -> Result<(), Box<dyn std::error::Error>> {
    let view = View { towards_camera, fov_y: 0.48, aspect: CLIP.aspect(), margin: 0.05 };
    set.scene.camera = frame_scene(&view, &set.scene, &CLIP).ok_or("no camera")?;
    Ok(set.scene.save(path)?)
}
