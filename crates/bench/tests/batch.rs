//! A small batch, measured: on a device, and again from its frames.

use raytruth_bench::samples::{Batch, measure};
use raytruth_causality::Causality;
use raytruth_dataset::{EvalJudge, PRESETS, Preset};
use raytruth_eval::Registry;
use raytruth_render::{DeviceChoice, DeviceOptions};
use raytruth_task::{Clip, Difficulties, Task as _};

#[test]
fn frames_that_are_there_make_the_same_samples_sooner() {
    let info = Causality.info();
    let (width, height) = info.min_size.easy;
    let easy = Difficulties::ALL[0];
    let clip = Clip { width, height, fps: info.min_fps, frames: 1, lead: 0 };
    let preset = Preset { name: "small", clip, samples_per_pixel: 4, ..PRESETS[0] };
    let judge = EvalJudge(Registry::default());
    let batch = Batch { task: &Causality, judge: &judge, preset, difficulty: easy, samples: 2, threads: 2 };
    let device = DeviceOptions { device: DeviceChoice::Software, ..DeviceOptions::default() };
    let (rendered, replayed) = measure(&batch, &device).expect("two samples");
    for made in [&rendered, &replayed] {
        assert!(made.samples == 2 && made.failed == 0 && made.seconds_between.is_some_and(|f| f.runs == 1), "{made:?}");
        assert!(made.stages["encode"].median > 0.0 && made.stages["score"].median > 0.0, "{made:?}");
    }
    // Equal samples have equal files but for the times and the device in their metadata.
    assert!((rendered.gb_for_10_000 / replayed.gb_for_10_000 - 1.0).abs() < 0.05);
    let busy = rendered.busy.expect("a device is watched");
    let told: f64 = busy + rendered.idle.values().sum::<f64>();
    assert!(busy > 0.5 && (told - 1.0).abs() < 0.02, "{rendered:?}");
    let all = f64::from(width * height * rendered.frames * 4);
    assert!(rendered.paths_a_sample.is_some_and(|paths| paths > all / 50.0 && paths < all), "{rendered:?}");
    assert!(replayed.seconds_a_sample < rendered.seconds_a_sample && replayed.paths_a_sample.is_none(), "{replayed:?}");
}
