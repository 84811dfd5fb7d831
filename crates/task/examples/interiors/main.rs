//! Writes the interiors of `assets/scenes`, each with a walk of 81 frames at 16 a second:
//!
//! ```console
//! $ cargo run --release -p raytruth-task --example interiors -- assets/scenes
//! $ raytruth render assets/scenes/gallery.json --size 480x300 --samples 8 -o gallery.mp4
//! ```

mod corridor;
mod gallery;
mod living_room;

use std::error::Error;
use std::path::PathBuf;

use glam::{Vec2, Vec3};
use raytruth_scene::Scene;
use raytruth_task::interior::{Interior, Outfit, Rect, Style, Walk, Wall};
use raytruth_task::props::{Prop, PropKind};
use raytruth_task::{Clip, SceneBuilder};

const CLIP: Clip = Clip { width: 480, height: 300, fps: 16, frames: 81, lead: 0 };
/// What a person sees.
const FOV_Y: f32 = 62.0;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("usage: interiors FOLDER")?);
    std::fs::create_dir_all(&folder)?;
    for (name, text) in files()? {
        std::fs::write(folder.join(name), text)?;
    }
    Ok(())
}

/// What is written: names and texts.
pub(crate) fn files() -> Result<Vec<(&'static str, String)>, Box<dyn Error>> {
    [("corridor.json", corridor::scene()), ("living_room.json", living_room::scene()), ("gallery.json", gallery::scene())]
        .into_iter()
        .map(|(name, scene)| {
            scene.validate()?;
            Ok((name, serde_json::to_string(&rounded(&serde_json::to_value(&scene)?))? + "\n"))
        })
        .collect()
}

/// A scene with a walk through it, not built yet.
fn begun(walk: &Walk) -> SceneBuilder {
    let mut set = SceneBuilder::new(&CLIP);
    let track = walk.track(CLIP.frames);
    set.scene.camera.pose = track.pose_at(0);
    set.scene.camera.track = Some(track);
    set.scene.camera.fov_y = FOV_Y.to_radians();
    set
}

/// The walls around a room, `n`, `e`, `s`, `w` for the sides to +y, +x, −y, −x, each with what is open in it. Windows open outwards.
fn room(place: &mut Interior<'_>, name: &str, area: Rect, height: f32, open: [Vec<raytruth_task::interior::Opening>; 4]) {
    // Middles of walls, whose faces bound the area.
    let Rect { min, max } = Rect::new(area.min - 0.06, area.max + 0.06);
    let corners = [Vec2::new(min.x, max.y), max, Vec2::new(max.x, min.y), min];
    for (k, openings) in open.into_iter().enumerate() {
        let wall = Wall { from: corners[k], to: corners[(k + 1) % 4], height, openings };
        place.wall(&format!("{name}_{}", ["n", "e", "s", "w"][k]), &wall);
    }
}

/// A prop on the floor or on something.
fn stand(place: &mut Interior<'_>, what: (PropKind, u32), at: [f32; 3], degrees: f32, outfit: &Outfit) {
    let name = format!("{}_{:.0}_{:.0}_{:.0}", what.0.name(), 100.0 * at[0], 100.0 * at[1], 100.0 * at[2]);
    place.stand(&name, &Prop::new(what.0, what.1), Vec3::from(at), degrees, outfit);
}

/// Pictures on walls: each with its middle, the way out of the wall, its width and its height.
fn hang(place: &mut Interior<'_>, pictures: &[(f32, f32, f32, Vec2, f32, f32)]) {
    for (i, &(x, y, z, out, width, height)) in pictures.iter().enumerate() {
        place.picture(&format!("picture_{i}"), Vec3::new(x, y, z), out, Vec2::new(width, height));
    }
}

/// Numbers to a tenth of a millimetre where that is enough: meshes are most of the file.
fn rounded(value: &serde_json::Value) -> serde_json::Value {
    use serde_json::Value;
    let mut value = value.clone();
    if let Some(meshes) = value.get_mut("meshes").and_then(Value::as_object_mut) {
        for mesh in meshes.values_mut() {
            for numbers in ["positions", "normals", "colors"] {
                for number in mesh
                    .get_mut(numbers)
                    .and_then(Value::as_array_mut)
                    .into_iter()
                    .flatten()
                    .filter_map(Value::as_array_mut)
                    .flatten()
                {
                    if let Some(x) = number.as_f64() {
                        *number = ((x * 1e4).round() / 1e4).into();
                    }
                }
            }
        }
    }
    value
}

/// A style; ceilings are the same in all three.
fn style(wall: raytruth_scene::Material, floor: raytruth_task::interior::Floor, skirting: Vec3, frame: Vec3) -> Style {
    use raytruth_task::interior::satin;
    let ceiling = raytruth_scene::Material { base_color: Vec3::splat(0.84), roughness: 1.0, ior: 1.3, ..Default::default() };
    Style { wall, ceiling, floor, frame: satin(frame), skirting: satin(skirting), dado: None, courses: None }
}

/// A place without windows: nothing shines around it.
fn indoors(scene: &mut Scene) {
    scene.environment = raytruth_scene::Environment::Uniform { radiance: Vec3::ZERO };
}
