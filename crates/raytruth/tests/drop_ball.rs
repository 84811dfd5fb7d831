//! The example `drop_ball`, run as a user would.

#[path = "../examples/drop_ball.rs"]
#[allow(
    dead_code,
    unreachable_pub,
    missing_docs,
    reason = "an example's main is not called here, and its docs are its first line"
)]
mod drop_ball;

use raytruth::glam::Vec3;
use raytruth::scene::Camera;

#[test]
fn the_ball_has_fallen_and_is_in_the_picture() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let png = folder.path().join("drop_ball.png");
    let (width, height) = (160, 100);
    drop_ball::drop_ball(&png, width, height).expect("it renders");
    let picture = image::open(&png).expect("a PNG").into_rgb8();
    assert_eq!(picture.dimensions(), (width, height));

    // 0.4 s after its release at 0.8 m it has bounced: it touches the table at 0.378 s.
    let camera = Camera::look_at(Vec3::new(0.3, -1.6, 0.6), Vec3::Z * 0.2, 0.6);
    let red_at = |z: f32| {
        let (pixel, _) = camera.project(0, Vec3::Z * z, (width, height)).expect("in front of the camera");
        let [r, g, b] = picture.get_pixel(pixel.x as u32, pixel.y as u32).0.map(i32::from);
        r > g + 40 && r > b + 40
    };
    assert!(red_at(0.15), "the ball is near the table");
    assert!(!red_at(0.7), "the ball has left its height");
    let red = picture.pixels().filter(|p| i32::from(p.0[0]) > i32::from(p.0[1]) + 60).count();
    let disc = std::f32::consts::PI * (0.1 / 1.65 * camera.focal_px((width, height))).powi(2);
    assert!((0.6..1.6).contains(&(red as f32 / disc)), "{red} red pixels for a disc of {disc}");
}

/// Pasted into a crate that depends on raytruth alone, they build: what only the tests here depend on is not theirs.
#[test]
fn the_examples_need_raytruth_alone() {
    let examples = [
        include_str!("../examples/drop_ball.rs"),
        include_str!("../examples/over_time.rs"),
        include_str!("../examples/sixth_task.rs"),
    ];
    for source in examples {
        for other in ["image::", "serde_json::", "tempfile::"] {
            let outside = source.replace(&format!("raytruth::{other}"), "");
            assert!(!outside.contains(other), "{}: `{other}`", source.lines().next().unwrap_or_default());
        }
    }
}

#[test]
fn it_has_at_most_thirty_lines() {
    assert!(include_str!("../examples/drop_ball.rs").lines().count() <= 30);
}
