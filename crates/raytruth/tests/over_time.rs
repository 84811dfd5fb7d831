//! The example `over_time`, run as a user would.

#[path = "../examples/over_time.rs"]
#[allow(
    dead_code,
    unreachable_pub,
    missing_docs,
    reason = "an example's main is not called here, and its docs are its first line"
)]
mod over_time;

use raytruth::render::{DeviceOptions, Output, Pass, RenderSettings, Renderer};
use raytruth::scene::Scene;

/// Which objects are seen, and the mean red, green and blue of the picture, in some frames.
#[test]
fn things_come_and_go_and_the_light_changes() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let json = folder.path().join("over_time.json");
    over_time::over_time(&json).expect("it writes");
    let scene = Scene::load(&json).expect("a scene");
    let renderer = Renderer::new(&DeviceOptions::default()).expect("a device");
    let settings = RenderSettings { width: 96, height: 60, samples_per_pixel: 4, ..RenderSettings::default() };
    let mut clip = renderer.clip(&scene, &settings).expect("valid");
    let mut shown = Vec::new();
    let wanted = |_| vec![Output::Rgb, Pass::Id.into()];
    clip.frames(0..49, &wanted, &mut |_, _| std::ops::ControlFlow::Continue(()), &mut |_, frame| {
        let mean = |c: usize| frame.rgb.iter().skip(c).step_by(3).map(|v| f32::from(*v)).sum::<f32>() / (96.0 * 60.0);
        let ids = frame.passes.object_id;
        shown.push(([7, 8, 9, 10].map(|id| ids.contains(&id)), [0, 1, 2].map(mean), frame.rgb.iter().min().copied()));
        std::ops::ControlFlow::Continue(())
    })
    .expect("renders");
    // Beam, the ball that goes, the one that comes, the sign.
    let seen = |frame: usize| shown[frame].0;
    assert_eq!(seen(0), [false, true, false, true]);
    assert_eq!(seen(12), [true, true, false, true]);
    assert_eq!(seen(30), [true, false, false, true]);
    assert_eq!(seen(48), [true, false, true, true]);
    let warmth = |frame: usize| shown[frame].1[0] / shown[frame].1[2];
    assert!(warmth(0) > 1.2 * warmth(48), "{} and {}", warmth(0), warmth(48));
    assert!(shown[19].1[2] < 0.8 * shown[20].1[2], "the cool lamp goes on");
    assert!(shown.iter().all(|(_, _, least)| *least >= Some(3)), "black is raised");
}
