//! A thing that is known by its hue alone, before a camera that moves.

use std::sync::Arc;

use raytruth_eval::toy::{FPS, FRAMES, Place, Thing, World};
use raytruth_eval::{
    ByHue, CameraTruth, Criterion, Evaluator, Footage, Frame, LabelMaps, Registry, Truth, Verdict, score_frames,
};

/// How far it is from where it should be, and how many pixels of frame 9 are taken for it.
struct Judge;

impl Evaluator for Judge {
    fn domain(&self) -> &'static str {
        "toy"
    }

    fn score(&self, truth: &Truth, footage: &Footage, _: &[u32]) -> Result<Verdict, String> {
        let red = ByHue::new(truth, footage, "red")?;
        let taken = red.masks(&[9, 999]).iter().map(|m| m.pixels.iter().filter(|p| **p).count()).collect::<Vec<_>>();
        assert_eq!(taken.len(), 1, "frames beyond the footage have no mask");
        let [path, end] = [("path", red.follow.mean_error()), ("end", red.follow.last_error())]
            .map(|(name, error)| Criterion::graded(name, 500, error, 0.01, "widths"));
        Ok(Verdict::from(vec![path, end, Criterion::graded("taken", 0, Some(taken[0] as f64), 0.0, "pixels")]))
    }
}

/// A red box, a blue disc that passes before it, and both drift as if the camera panned.
fn toy(red: [u8; 3]) -> World {
    let at = |x: f32, y: f32, speed: f32| {
        let place = |f: u32| Place { center: [x + speed * f as f32, y + 0.3 * f as f32], angle: 0.01 * f as f32, shown: true };
        (0..FRAMES).map(place).collect()
    };
    let thing = |name: &str, color, disc, depth, places| Thing {
        name: name.to_owned(),
        role: "target",
        color,
        half: [20.0, 16.0],
        disc,
        depth,
        places,
    };
    let things = vec![
        thing("red", red, false, 2.0, at(120.0, 120.0, 3.0)),
        thing("blue", [40, 90, 200], true, 1.0, at(330.0, 150.0, -2.0)),
    ];
    World { things, backdrop: |x, y| [150.0 + 0.1 * x, 150.0 + 0.1 * y, 160.0], seed: 3 }
}

/// Every eighth entry, as a moving camera has them, or all of them before a still one.
fn truth(world: &World, moving: bool) -> Truth {
    let mut truth = world.truth("toy", &[("end", 40)], "end");
    if moving {
        let all = truth.label_maps().expect("maps");
        let kept: Vec<u32> =
            (0..FRAMES - 1).step_by(8).chain([38, FRAMES - 1]).collect::<std::collections::BTreeSet<_>>().into_iter().collect();
        let cells = kept.iter().flat_map(|&f| all.entry(f as usize).to_vec()).collect();
        for object in &mut truth.objects {
            object.shown = kept.iter().map(|&f| object.shown[f as usize]).collect();
            object.center = kept.iter().map(|&f| object.center[f as usize]).collect();
            object.whole_px = kept.iter().map(|&f| object.whole_px[f as usize]).collect();
        }
        truth.maps = LabelMaps::new(all.width, all.height, kept, cells).pack();
        let frames = FRAMES as usize;
        truth.camera =
            Some(CameraTruth { fov_y: 0.5, position: vec![[0.0; 3]; frames], rotation: vec![[0.0, 0.0, 0.0, 1.0]; frames] });
    }
    truth
}

fn judged(truth: &Truth, first: &Frame, frames: &[Frame]) -> Vec<Option<f64>> {
    let registry = Registry::empty().with(Arc::new(Judge));
    let score = score_frames(&registry, truth, first, frames, f64::from(FPS)).expect("scored");
    score.criteria.iter().map(|c| c.measured).collect()
}

#[test]
fn it_is_where_it_should_be_whether_the_camera_moves_or_not() {
    let world = toy([200, 40, 35]);
    let frames = world.draw();
    let drawn = world.ids(9).iter().filter(|id| **id == 1).count() as f64;
    for moving in [false, true] {
        let truth = truth(&world, moving);
        let [Some(path), Some(end), Some(taken)] = judged(&truth, &frames[0], &frames)[..] else { panic!("not seen") };
        // While the disc passes before it, slivers of it are left, whose middle is less sure.
        assert!(path < 0.008 && end < 0.003, "{moving}: {path} and {end} widths off");
        assert!((taken / drawn - 1.0).abs() < 0.1, "{taken} pixels of {drawn}");
        // Twice as slow, it is the same.
        let slow: Vec<Frame> = frames.iter().flat_map(|f| [f.clone(), f.clone()]).collect();
        let [Some(path), _, _] = judged(&truth, &frames[0], &slow)[..] else { panic!("not seen") };
        assert!(path < 0.01, "{path}");
        // A frozen one is farther and farther off, and one without it is not seen.
        let [Some(path), Some(end), _] = judged(&truth, &frames[0], &vec![frames[0].clone(); 60])[..] else { panic!("not seen") };
        assert!(path > 0.1 && end > 0.3, "{path} and {end}");
        let gone = World { things: world.things[1..].to_vec(), ..world.clone() }.draw();
        assert_eq!(judged(&truth, &frames[0], &gone)[..2], [None, None]);
    }
}

#[test]
fn what_has_no_hue_is_refused() {
    let (grey, red) = (toy([120, 120, 122]), toy([200, 40, 35]));
    let registry = Registry::empty().with(Arc::new(Judge));
    let refused = |truth: &Truth, frames: &[Frame]| {
        score_frames(&registry, truth, &frames[0], frames, f64::from(FPS)).expect_err("refused").to_string()
    };
    assert!(refused(&truth(&grey, true), &grey.draw()).contains("no hue"));
    let mut unknown = truth(&red, true);
    unknown.objects[0].name = "rouge".into();
    assert!(refused(&unknown, &red.draw()).contains("no `red`"));
}
