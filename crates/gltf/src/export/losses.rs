//! What of a scene over time glTF cannot say.

use raytruth_scene::{Object, Scene};

/// What other programs will not see of a scene that changes, a sentence each. Files of ours that are read back lose nothing.
#[must_use]
pub fn losses(scene: &Scene) -> Vec<String> {
    let mut lost = Vec::new();
    for object in &scene.objects {
        let first = object.first_shape();
        if object.shapes.iter().any(|shape| !shape.is_nothing() && shape != first) {
            lost.push(format!("object {:?} changes its shape: the first is written", object.name));
        }
        if object.shapes.iter().any(raytruth_scene::Shape::is_nothing) && carries(scene, object) {
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
