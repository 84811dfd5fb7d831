//! What is wrong is told from the stored references. That they are what the renderer makes, the test of `raytruth bench` says.

use raytruth_bench::correct::{Comparison, SUBJECTS, compare_scene};
use raytruth_bench::references;
use raytruth_render::{DeviceChoice, DeviceOptions, Renderer};
use raytruth_scene::Scene;

fn software() -> Renderer {
    Renderer::new(&DeviceOptions { device: DeviceChoice::Software, ..DeviceOptions::default() }).expect("the software adapter")
}

#[test]
fn what_is_wrong_is_told() {
    let (expected, _) = references::stored().expect("whole");
    let renderer = software();
    let look = |name: &str, change: &dyn Fn(&mut Scene)| -> Comparison {
        let subject = SUBJECTS.iter().find(|s| s.name == name).expect("a subject");
        let mut scene = subject.scene().expect("valid");
        change(&mut scene);
        compare_scene(&renderer, (subject, &scene), &expected[name]).expect("renders").swap_remove(0)
    };
    let dim = look("causality", &|scene| scene.lights[0].radiance *= 0.97);
    assert!(!dim.ok && dim.ids == 0 && dim.energy > dim.limits.energy, "{dim:?}");
    let renamed = look("cornell", &|scene| scene.objects[2].id = 99);
    assert!(!renamed.ok && renamed.ids > 100 && renamed.flip < renamed.limits.flip, "{renamed:?}");
    let rougher = look("spheres", &|scene| scene.materials.values_mut().for_each(|m| m.roughness += 0.1));
    assert!(!rougher.ok && rougher.flip > rougher.limits.flip, "{rougher:?}");
}
