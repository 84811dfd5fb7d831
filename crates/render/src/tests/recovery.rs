//! Devices that are lost, that hang, and that have no memory left.

use std::ops::ControlFlow;
use std::time::Duration;

use super::reuse::{frames, rolling, settings};
use super::{proof, renderer};
use crate::injection::{Fault, Injected};
use crate::internals::{faults_left, inject};
use crate::{DeviceOptions, Frame, Output, Pass, RenderError, RenderSettings, Renderer};

const ROOM: &str = "making room for the picture";
const SENDING: &str = "sending the scene to the device";
const TRACING: &str = "tracing paths";
const FINISHING: &str = "finishing the picture";
const READING: &str = "reading the picture back";

fn lost(during: &'static str, after: u32) -> Injected {
    Injected { during, after, fault: Fault::Lost }
}

/// All frames of a clip; all but the last have something that moves. One that is traced whole takes 13 submissions for its paths and is
/// read twice: what moves is listed before the picture. A later one takes 4 or more, and is read once.
fn clip(renderer: &Renderer) -> Result<Vec<Frame>, RenderError> {
    let mut clip = renderer.clip(&rolling(), &settings())?;
    clip.fixed_slices = Some((10, 4));
    (0..4).map(|frame| clip.frame(frame, &super::FULL, &mut |_| ControlFlow::Continue(()))).collect()
}

#[test]
fn a_lost_device_costs_time_alone() {
    let undisturbed = frames(&[0, 1, 2, 3], None);
    let renderer = renderer();
    for (what, faults) in [
        ("before anything", vec![lost(ROOM, 0)]),
        ("at the first submission", vec![lost(TRACING, 0)]),
        ("amid the still part", vec![lost(TRACING, 7)]),
        ("when the still part is known", vec![lost(TRACING, 15)]),
        ("in the same frame again", vec![lost(TRACING, 15), lost(TRACING, 5)]),
        ("with a scene on its way", vec![lost(SENDING, 1)]),
        ("with a frame done but for the end", vec![lost(FINISHING, 0), lost(READING, 0)]),
        ("before the last frame that differs", vec![lost(READING, 3)]),
        // More often than one frame may: a finished frame is progress.
        (
            "all the time",
            vec![lost(ROOM, 0), lost(TRACING, 4), lost(TRACING, 15), lost(FINISHING, 1), lost(READING, 6), lost(TRACING, 20)],
        ),
    ] {
        inject(&renderer, &faults);
        let disturbed = clip(&renderer).unwrap_or_else(|e| panic!("{what}: {e}"));
        assert_eq!(faults_left(&renderer), 0, "{what}: the faults happened");
        for (number, (a, b)) in undisturbed.iter().zip(&disturbed).enumerate() {
            assert!(a == b, "{what}: frame {number} differs");
        }
    }
}

#[test]
fn passes_survive_too() {
    let renderer = renderer();
    let passes = || super::passes(&mut renderer.clip(&rolling(), &settings()).expect("valid"), 1, &Pass::ALL);
    let undisturbed = passes();
    inject(&renderer, &[lost(FINISHING, 0), lost(READING, 0)]);
    assert!(passes() == undisturbed);
    assert_eq!(faults_left(&renderer), 0);
}

#[test]
fn a_device_that_fails_again_and_again_is_given_up() {
    let renderer = renderer();
    inject(&renderer, &[lost(TRACING, 3); 9]);
    let error = clip(&renderer).expect_err("fails");
    assert!(matches!(error, RenderError::GaveUp { tries: 4, .. }), "{error}");
    assert!(error.to_string().contains("another adapter"), "says what to do: {error}");
    // And is taken up again where somebody tries later.
    inject(&renderer, &[]);
    clip(&renderer).expect("renders");
}

#[test]
fn a_device_that_hangs_is_noticed_and_left_behind() {
    let undisturbed = frames(&[0, 1, 2, 3], None);
    let renderer = renderer();
    for (during, after) in [(TRACING, 5), (READING, 1)] {
        inject(&renderer, &[Injected { during, after, fault: Fault::Hang { patience: Duration::from_millis(300) } }]);
        assert!(clip(&renderer).expect("recovers") == undisturbed, "{during}");
        assert_eq!(faults_left(&renderer), 0);
    }
}

#[test]
fn a_wait_for_a_device_that_hangs_can_be_broken_off() {
    let renderer = renderer();
    for during in [TRACING, FINISHING, READING] {
        inject(&renderer, &[Injected { during, after: 0, fault: Fault::Hang { patience: Duration::from_secs(100_000) } }]);
        let mut clip = renderer.clip(&rolling(), &settings()).expect("valid");
        clip.fixed_slices = Some((u32::MAX, 64));
        let mut asked = 0;
        let result = clip.frame(0, &super::FULL, &mut |_| {
            asked += 1;
            // One is asked after the one submission.
            if asked == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert!(matches!(result, Err(RenderError::Cancelled)), "{during}: {:?}", result.map(|_| ()));
        drop(clip);
        renderer.injection.opened();
    }
    clip(&renderer).expect("renders");
}

#[test]
fn a_device_without_memory_names_what_to_lower() {
    let renderer = renderer();
    let small = settings();
    let many = RenderSettings { samples_per_pixel: 60_000, ..proof(1) };
    for (during, settings, named) in [
        (ROOM, &small, "`width` and `height`: a picture of 64 x 40 needs"),
        (ROOM, &many, "`samples_per_pixel`: 60000 of them"),
        (SENDING, &small, "triangles"),
        (TRACING, &small, "`width` and `height`"),
        (READING, &small, "`width` and `height`"),
    ] {
        inject(&renderer, &[Injected { during, after: 0, fault: Fault::OutOfMemory }]);
        let result = renderer
            .clip(&rolling(), settings)
            .and_then(|mut clip| clip.frame(0, &super::FULL, &mut |_| ControlFlow::Continue(())));
        let error = result.map(|_| ()).expect_err("fails");
        assert!(matches!(error, RenderError::OutOfMemory { .. }), "{during}: {error}");
        let text = error.to_string();
        assert!(text.contains(during) && text.contains(named), "{text}");
    }
    clip(&renderer).expect("renders what fits");
}

/// Frames in a row are those made one by one, with and without a device that is lost between, before the one that waits was read.
#[test]
fn frames_in_a_row_survive_too() {
    let renderer = renderer();
    let s = super::changing::everything(true);
    let settings = RenderSettings { denoise: true, ..proof(3) };
    let wanted = |frame: usize| if frame == 1 { super::FULL.to_vec() } else { vec![Output::Rgb, Pass::Coord.into()] };
    let frames = super::changing::FRAMES;
    let mut one = renderer.clip(&s, &settings).expect("valid");
    let quiet = &mut |_: crate::Progress| ControlFlow::Continue(());
    let alone: Vec<Frame> = (0..frames).map(|f| one.frame(f, &wanted(f), quiet).expect("renders")).collect();
    let mut row = |last: usize| -> (Vec<Frame>, Result<(), RenderError>) {
        let mut made = Vec::new();
        let mut clip = renderer.clip(&s, &settings).expect("valid");
        let result = clip.frames(0..frames + 2, &wanted, &mut |_, _| ControlFlow::Continue(()), &mut |frame, picture| {
            assert_eq!(frame, made.len(), "in order");
            made.push(picture);
            if frame == last { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        // Breaking off leaves nothing behind.
        let after = clip.frame(3, &wanted(3), quiet).expect("renders");
        assert!(after == alone[3]);
        (made, result)
    };
    for faults in [vec![], vec![lost(READING, 1)], vec![lost(READING, 2), lost(TRACING, 4)], vec![lost(FINISHING, 1)]] {
        inject(&renderer, &faults);
        let (made, result) = row(usize::MAX);
        assert_eq!(faults_left(&renderer), 0, "{faults:?}");
        result.expect("renders");
        assert!(made[..frames] == alone[..] && made.len() == frames + 2, "{faults:?}");
        assert!(made[frames].rgb == alone[frames - 1].rgb, "the last holds");
    }
    let (made, result) = row(2);
    assert!(made[..] == alone[..3] && matches!(result, Err(RenderError::Cancelled)));
}

/// What a driver keeps is written, read again, and no harm where it is broken.
#[test]
fn compiled_pipelines_are_kept_on_disk() {
    let folder = tempfile::tempdir().expect("a folder");
    let open = || {
        let options = DeviceOptions { cache: Some(folder.path().to_owned()), ..DeviceOptions::default() };
        clip(&Renderer::new(&options).expect("opens")).expect("renders")
    };
    let files = || {
        let versions = std::fs::read_dir(folder.path()).into_iter().flatten().filter_map(Result::ok);
        let files = versions.flat_map(|v| std::fs::read_dir(v.path()).into_iter().flatten().filter_map(Result::ok));
        files.map(|file| file.path()).collect::<Vec<_>>()
    };
    let picture = open();
    let kept = files();
    assert_eq!(kept.len(), 1, "{kept:?}: one file, and no temporary one is left");
    assert!(open() == picture);
    for broken in [&b""[..], &b"no such thing"[..], &vec![0xff; 4096][..]] {
        std::fs::write(&kept[0], broken).expect("writes");
        assert!(open() == picture, "{} bytes of something else", broken.len());
        assert!(std::fs::read(&kept[0]).expect("reads") != broken, "it is written anew");
    }
    // Where nothing can be written one goes without.
    let options = DeviceOptions { cache: Some("/dev/null/cache".into()), ..DeviceOptions::default() };
    assert!(clip(&Renderer::new(&options).expect("opens")).expect("renders") == picture);
}
