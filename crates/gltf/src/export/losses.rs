//! What of a scene glTF, or who reads it, cannot say.

use raytruth_scene::{LightShape, Object, Scene, Shape};

use super::{ExportOptions, Target};

/// What other programs will not see of a scene, a sentence each. Files of ours that are read back lose nothing.
#[must_use]
pub fn losses(scene: &Scene, options: &ExportOptions) -> Vec<String> {
    let mut lost = over_time(scene);
    for object in &scene.objects {
        let Some(material) = scene.materials.get(&object.material) else { continue };
        let laid = |mesh: &String| scene.meshes.get(mesh).is_some_and(|mesh| !mesh.texcoords.is_empty());
        let laid = matches!(object.first_shape(), Shape::Mesh { mesh } if laid(mesh));
        if material.texture.is_some() && laid && !material.maps.is_empty() {
            lost.push(format!("object {:?} has images over its pattern, which is written as its mean colour", object.name));
        }
    }
    if options.target == Target::Blender {
        in_blender(scene, options, &mut lost);
    }
    lost
}

/// What Blender's importer does not read, or its path tracer shows otherwise.
fn in_blender(scene: &Scene, options: &ExportOptions, lost: &mut Vec<String>) {
    let size = ((1000.0 * options.aspect).clamp(1.0, 1e6) as u32, 1000);
    for light in &scene.lights {
        let at = scene.camera.project(0, light.pose.translation, size).map(|(at, _)| at);
        let in_view = at.is_some_and(|at| at.min_element() >= 0.0 && at.x <= size.0 as f32 && at.y <= size.1 as f32);
        if matches!(light.shape, LightShape::Spot { .. }) {
            lost.push(format!("light {:?} has no size in Blender: its shadows are hard", light.name));
        } else if in_view && !light.visible_to_camera {
            lost.push(format!("light {:?} is in the picture, and is seen there in Blender", light.name));
        }
    }
    if scene.camera.aperture > 0.0 {
        lost.push("the camera's aperture is left out: everything is in focus".to_owned());
    }
    for (name, material) in &scene.materials {
        if material.dispersion > 0.0 && material.transmission > 0.0 {
            lost.push(format!("material {name:?} disperses no light in Blender"));
        }
        if material.thin && material.transmission > 0.0 {
            lost.push(format!("material {name:?} is a thin sheet, which Blender takes for a solid"));
        }
    }
}

fn over_time(scene: &Scene) -> Vec<String> {
    let mut lost = Vec::new();
    for object in &scene.objects {
        let first = object.first_shape();
        if object.shapes.iter().any(|shape| !shape.is_nothing() && shape != first) {
            lost.push(format!("object {:?} changes its shape: the first is written", object.name));
        }
        if object.shapes.iter().any(Shape::is_nothing) && carries(scene, object) {
            lost.push(format!(
                "object {:?} comes and goes, but carries others that do not: it is written as if always there",
                object.name
            ));
        }
    }
    for (name, light) in scene.lights.iter().map(|l| (&l.name, &l.power)) {
        if light.is_dimmed() {
            lost.push(format!("light {name:?} does not always have full power, which is written"));
        }
    }
    for (name, material) in &scene.materials {
        if material.emission_power.is_dimmed() {
            lost.push(format!("material {name:?} does not always shine at full power, which is written"));
        }
    }
    if scene.environment_power.is_dimmed() {
        lost.push("the environment does not always have full power, which is written".to_owned());
    }
    if !scene.overlays.is_empty() {
        lost.push(format!("{} overlay(s) are left out", scene.overlays.len()));
    }
    lost
}

/// Whether other objects hang on it: scaled away, it would take them along.
pub(super) fn carries(scene: &Scene, object: &Object) -> bool {
    scene.objects.iter().any(|o| o.parent.as_ref() == Some(&object.name))
}
