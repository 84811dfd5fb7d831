//! Kernels that are timed.

use std::ops::ControlFlow;

use super::reuse::{rolling, settings};
use crate::{DeviceOptions, Pass, RenderSettings, Renderer};

#[test]
fn every_kernel_of_a_frame_is_timed_and_the_picture_stays() {
    let settings = RenderSettings { denoise: true, ..settings() };
    let go = |timed| {
        let renderer = Renderer::new(&DeviceOptions { timed, ..DeviceOptions::default() }).expect("opens");
        let mut clip = renderer.clip(&rolling(), &settings).expect("valid");
        super::passes(&mut clip, 0, &[Pass::Flow]);
        let picture = clip.frame(1, &super::FULL, &mut |_| ControlFlow::Continue(())).expect("renders");
        (picture, clip.kernel_times().to_vec())
    };
    let ((plain, none), (picture, times)) = (go(false), go(true));
    assert!(none.is_empty() && picture == plain);
    let kernels: Vec<&str> = times.iter().map(|t| t.kernel).collect();
    let expected = [
        "path",
        "dynamic_counts",
        "passes",
        "resolve",
        "denoise_prepare",
        "denoise_pilot",
        "denoise",
        "denoise_taken",
        "denoise_return",
        "view",
    ];
    assert_eq!(kernels, expected);
    assert!(times.iter().all(|t| t.dispatches > 0 && t.milliseconds > 0.0), "{times:?}");
}
