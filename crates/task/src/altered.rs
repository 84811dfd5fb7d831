//! Scenes in which something is otherwise from a frame on, for versions that are wrong on purpose. All give `None` if the scene has no such object.

use glam::Vec3Swizzles as _;
use raytruth_scene::{Object, Scene, Track};

use crate::{Clip, Way};

/// From a frame on an object goes another way.
#[must_use]
pub fn goes(mut scene: Scene, name: &str, from: usize, clip: &Clip, way: &Way) -> Option<Scene> {
    let index = scene.object_index(name)?;
    let object = &mut scene.objects[index];
    let pose = |frame: usize| if frame < from { object.pose_at(frame) } else { way.pose(clip.time_of(frame as u32)) };
    let poses = (0..clip.frames as usize).map(pose).collect();
    object.track = Some(Track { poses });
    Some(scene)
}

/// From a frame on an object is not there.
#[must_use]
pub fn gone(mut scene: Scene, name: &str, from: usize, clip: &Clip) -> Option<Scene> {
    let index = scene.object_index(name)?;
    scene.objects[index] = scene.objects[index].clone().there(clip.frames as usize, |frame| frame < from);
    Some(scene)
}

/// From a frame on there is one more of an object, which goes a way of its own; of another hue if it is to be `recolored`.
#[must_use]
pub fn doubled(mut scene: Scene, name: &str, from: usize, clip: &Clip, way: &Way, recolored: bool) -> Option<Scene> {
    let object = &scene.objects[scene.object_index(name)?];
    let own = format!("{name}_copy");
    let mut copy = Object::new(&own, scene.free_id()?, object.shape_at(0).clone(), &object.material)
        .role(object.role)
        .moving((0..clip.frames).map(|frame| way.pose(clip.time_of(frame))))
        .there(clip.frames as usize, |frame| frame >= from);
    if recolored {
        let mut material = scene.materials.get(&copy.material)?.clone();
        // Red becomes green, green blue: another hue, as light as before.
        material.base_color = material.base_color.zxy();
        if let Some(texture) = &mut material.texture {
            texture.color = texture.color.zxy();
        }
        copy.material.clone_from(&own);
        scene.materials.insert(own, material);
    }
    scene.objects.push(copy);
    Some(scene)
}
