//! What an evaluator from elsewhere can ask for: crops at the candidate's own size, footage per frame, its own controls; and truths that
//! nobody takes.

use std::sync::{Arc, Mutex};

use raytruth_eval::controls::{Making, of_every_task};
use raytruth_eval::toy::{FRAMES, HEIGHT, Place, Thing, WIDTH, World};
use raytruth_eval::truth::NO_MATTER;
use raytruth_eval::{
    Analysis, At, CameraTruth, Criterion, Evaluator, Footage, Frame, LabelMaps, MAX_WANT_SIDE, MAX_WANTS, Registry, Shown, Truth,
    Verdict, Want, Wanted, gates, score_frames,
};

const WHOLE: [f32; 4] = [0.0, 0.0, WIDTH as f32, HEIGHT as f32];
const CORNER: [f32; 4] = [0.0, 0.0, 120.0, 60.0];

/// Width, height and first value of a crop, if there was one.
type Crop = Option<(u32, u32, u8)>;

/// Remembers what it was given.
#[derive(Clone, Default)]
struct Curious {
    wants: Vec<Want>,
    given: Arc<Mutex<Vec<Crop>>>,
    seen: Arc<Mutex<(usize, usize, usize, f64)>>,
}

impl Evaluator for Curious {
    fn domain(&self) -> &'static str {
        "toy"
    }

    fn wants(&self, _: &Truth) -> Vec<Want> {
        self.wants.clone()
    }

    fn score(&self, truth: &Truth, footage: &Footage, observed: &[u32]) -> Result<Verdict, String> {
        let crops = footage.details.iter().map(|d| d.as_ref().map(|f| (f.width, f.height, f.rgb[0])));
        *self.given.lock().expect("one thread") = crops.collect();
        let counts = (footage.seen.len(), footage.time.len(), footage.drift.len(), footage.seconds_per_frame());
        *self.seen.lock().expect("one thread") = counts;
        let seen = Analysis::new(truth, footage, Wanted::colors(truth, ["block"])?)?;
        let path = Criterion::graded("path", 1000, seen.follows[0].mean_error(), 0.02, "widths");
        Ok(Verdict { masks: seen.masks(observed), ..vec![path].into() })
    }
}

fn world() -> World {
    let places = (0..FRAMES).map(|f| Place { center: [140.0 + 3.0 * f as f32, 150.0], angle: 0.0, shown: true });
    let block = Thing {
        name: "block".into(),
        role: "target",
        color: [200, 40, 35],
        half: [18.0, 18.0],
        disc: false,
        depth: 1.0,
        places: places.collect(),
    };
    World {
        things: vec![block],
        backdrop: |x, y| [150.0 + 40.0 * f32::from((x as i32 / 24 + y as i32 / 24) % 2 == 0); 3],
        seed: 3,
    }
}

fn truth() -> Truth {
    world().truth("toy", &[("moves", 4)], "moves")
}

fn scored(curious: &Curious, frames: &[Frame]) -> Result<u32, String> {
    let registry = Registry::empty().with(Arc::new(curious.clone()));
    let score = score_frames(&registry, &truth(), &world().draw_frame(0), frames, 30.0);
    score.map(|s| s.points).map_err(|e| e.to_string())
}

#[test]
fn crops_come_at_the_candidates_own_size_from_either_end() {
    let frames = world().draw();
    // Twice the size, and each frame's first pixel says which it is.
    let double: Vec<Frame> = frames
        .iter()
        .enumerate()
        .map(|(i, f)| {
            let at = |x: u32, y: u32| ((y / 2 * WIDTH + x / 2) * 3) as usize;
            let mut rgb: Vec<u8> =
                (0..2 * HEIGHT).flat_map(|y| (0..2 * WIDTH).flat_map(move |x| f.rgb[at(x, y)..at(x, y) + 3].to_vec())).collect();
            for y in 0..4 {
                for x in 0..4 {
                    rgb[(y * 2 * WIDTH as usize + x) * 3..][..3].fill(i as u8);
                }
            }
            Frame { width: 2 * WIDTH, height: 2 * HEIGHT, rgb }
        })
        .collect();
    let want = |at, rect| Want { at, rect };
    let wants = vec![
        want(At::FromStart(0), CORNER),
        want(At::FromStart(7), CORNER),
        want(At::FromEnd(0), CORNER),
        want(At::FromEnd(5), CORNER),
        want(At::FromEnd(0), WHOLE),
        want(At::FromStart(500), CORNER),
        want(At::FromEnd(500), CORNER),
    ];
    let curious = Curious { wants, ..Curious::default() };
    assert_eq!(scored(&curious, &double), Ok(1000));
    let given = curious.given.lock().expect("one thread").clone();
    let corner = |i: u8| Some((240, 120, i));
    assert_eq!(given[..4], [corner(0), corner(7), corner(59), corner(54)]);
    assert_eq!(given[4].map(|(w, h, _)| (w, h)), Some((MAX_WANT_SIDE, MAX_WANT_SIDE)), "a large one is shrunk");
    assert_eq!(given[5..], [None, None], "frames that the candidate does not have");
    let greedy = Curious { wants: vec![want(At::FromStart(0), CORNER); MAX_WANTS + 1], ..Curious::default() };
    assert!(scored(&greedy, &double).is_err_and(|e| e.contains("16 can be had")));
}

#[test]
fn footage_has_time_drift_and_visibility_for_each_frame() {
    let curious = Curious::default();
    assert_eq!(scored(&curious, &world().draw()), Ok(1000));
    let (seen, time, drift, seconds) = *curious.seen.lock().expect("one thread");
    assert_eq!((seen, time, drift), (60, 60, 60));
    assert!((seconds - 1.0 / 30.0).abs() < 1e-9);
    let frozen = vec![world().draw_frame(0); 60];
    assert!(scored(&curious, &frozen).is_ok_and(|points| points <= 200));
}

#[test]
fn controls_are_named_once() {
    let all = of_every_task();
    for (i, control) in all.iter().enumerate() {
        assert!(!all[..i].iter().any(|c| c.name == control.name), "{} stands twice", control.name);
        assert!(!control.summary.is_empty() && !control.name.contains("contact"), "{}", control.name);
    }
    assert!(all.iter().any(|c| matches!(c.making, Making::Rendered)));
}

#[test]
fn a_truth_that_breaks_a_rule_is_refused_with_the_rule() {
    type Break = fn(&mut Truth);
    let breaks: [(&str, Break); 13] = [
        ("`center` has 59 values", |t| t.objects[0].center.truncate(59)),
        ("no place in a picture", |t| t.objects[0].center[3] = Some([f32::NAN, 1.0])),
        ("held by `ghost`", |t| t.objects[0].held_by = vec![Some("ghost".into()); 60]),
        ("`enclosed` has 1 values", |t| t.objects[0].enclosed = vec![true]),
        ("stands twice", |t| t.objects.push(t.objects[0].clone())),
        ("must begin with 0", |t| t.maps.frames[0] = 1),
        ("must grow", |t| t.maps.frames[5] = 2),
        ("the first false", |t| t.maps.from_previous[0] = true),
        ("truth.events.late", |t| {
            t.events.insert("late".into(), 60);
        }),
        ("events_end", |t| t.events_end = 60),
        ("unregistered", |t| t.unregistered.push([5, 3])),
        ("no rectangle", |t| {
            t.overlays.push(raytruth_eval::Overlay { name: "plan".into(), id: 9, rect: [10.0, 10.0, 5.0, 20.0], shown: vec![] });
        }),
        ("no span", |t| {
            let (name, rect) = ("plan".into(), [0.0, 0.0, 5.0, 5.0]);
            t.overlays.push(raytruth_eval::Overlay { name, id: 9, rect, shown: vec![[3, 60]] });
        }),
    ];
    assert_eq!(truth().check(), Ok(()));
    for (says, spoil) in breaks {
        let mut truth = truth();
        spoil(&mut truth);
        let refused = truth.check().expect_err(says);
        assert!(refused.contains(says), "{says}: {refused}");
    }
    let mut few = truth();
    few.objects[0].shown.fill(Shown::Absent);
    few.objects.insert(0, {
        let mut other = few.objects[0].clone();
        other.name = "other".into();
        other
    });
    assert_eq!(few.label_maps().map(|_| ()), Ok(()), "two objects, of which the maps show one");
    let mut none = truth();
    none.objects.clear();
    assert!(none.label_maps().is_err_and(|e| e.contains("has the label 1, but there are 0 objects")));
}

/// A truth whose maps have been painted over.
fn repainted(paint: impl Fn(usize, usize, u8) -> u8) -> Truth {
    let truth = truth();
    let maps = truth.label_maps().expect("maps");
    let cells = (0..maps.len()).flat_map(|entry| {
        let of = maps.entry(entry).iter().enumerate();
        of.map(|(at, &label)| paint(entry, at, label)).collect::<Vec<_>>()
    });
    let maps = LabelMaps::new(maps.width, maps.height, maps.frames.clone(), cells.collect());
    Truth { maps: maps.pack(), ..truth }
}

#[test]
fn what_may_show_anything_costs_nothing_and_breaks_nothing() {
    let registry = Registry::empty().with(Arc::new(Gated));
    // A mirror in the background, and one that comes over the block's first place when it has left.
    let mirrors = repainted(|entry, at, label| {
        let (x, y) = (at % WIDTH as usize, at / WIDTH as usize);
        let corner = x < 40 && y < 40;
        let place = entry > 30 && label == 0 && (120..160).contains(&x) && (130..170).contains(&y);
        if corner || place { NO_MATTER } else { label }
    });
    let mut frames = world().draw();
    for (i, frame) in frames.iter_mut().enumerate().skip(1) {
        for y in 0..40 {
            frame.rgb[y * 3 * WIDTH as usize..][..120].fill((i * 4) as u8);
        }
    }
    let scored = score_frames(&registry, &mirrors, &world().draw_frame(0), &frames, 30.0).expect("scored");
    assert_eq!(scored.points, 1000, "{scored:?}");
}

/// The shared gates, and a path.
struct Gated;

impl Evaluator for Gated {
    fn domain(&self) -> &'static str {
        "toy"
    }

    fn score(&self, truth: &Truth, footage: &Footage, observed: &[u32]) -> Result<Verdict, String> {
        let seen = Analysis::new(truth, footage, Wanted::colors(truth, ["block"])?)?;
        let path = Criterion::graded("path", 1000, seen.follows[0].mean_error(), 0.02, "widths");
        let gates = [gates::of_pictures(&seen), gates::of_motion(&seen, 0.0)].concat();
        Ok(Verdict { gates, masks: seen.masks(observed), ..vec![path].into() })
    }
}

#[test]
fn a_thing_that_comes_late_is_not_missed_before_and_a_way_must_be_known() {
    let registry = Registry::empty().with(Arc::new(Gated));
    let late = |frame: usize| frame < 6;
    let mut without = repainted(|entry, _, label| if late(entry) { 0 } else { label });
    for entry in (0..60).filter(|&e| late(e)) {
        (without.objects[0].shown[entry], without.objects[0].center[entry], without.objects[0].whole_px[entry]) =
            (Shown::Absent, None, 0);
    }
    let mut toy = world();
    toy.things[0].places.iter_mut().enumerate().for_each(|(i, p)| p.shown = !late(i));
    let scored = score_frames(&registry, &without, &toy.draw_frame(0), &toy.draw(), 30.0).expect("scored");
    let path = &scored.criteria[0];
    assert_eq!(path.points, 1000, "{path:?}");
    // A disc on a way that the truth does not know, or that nothing can go.
    let disc = |truth: &Truth| {
        let footage_of = |truth: &Truth| {
            let registry = Registry::empty().with(Arc::new(Round));
            score_frames(&registry, truth, &world().draw_frame(0), &world().draw(), 30.0)
                .map(|s| s.points)
                .map_err(|e| e.to_string())
        };
        footage_of(truth)
    };
    assert!(disc(&without).is_err_and(|e| e.contains("no centre")));
    let mut far = truth();
    far.objects[0].center.iter_mut().enumerate().for_each(|(i, c)| *c = Some([if i % 2 == 0 { -3000.0 } else { 3000.0 }, 0.0]));
    assert!(disc(&far).is_err_and(|e| e.contains("more than")));
    let mut walking = truth();
    walking.camera = Some(CameraTruth { fov_y: 1.0, position: vec![[0.0; 3]; 60], rotation: vec![[0.0, 0.0, 0.0, 1.0]; 60] });
    assert!(disc(&walking).is_err_and(|e| e.contains("the camera moves")));
}

/// Follows the block as if it were round.
struct Round;

impl Evaluator for Round {
    fn domain(&self) -> &'static str {
        "toy"
    }

    fn score(&self, truth: &Truth, footage: &Footage, _: &[u32]) -> Result<Verdict, String> {
        let wanted = Wanted::colors(truth, [])?.disc(truth, "block", 20)?;
        Analysis::new(truth, footage, wanted).map(|_| Verdict::default())
    }
}

#[test]
fn a_video_that_changes_its_size_is_refused_before_it_is_cropped() {
    let mut frames = world().draw();
    frames[7] = Frame { width: 64, height: 64, rgb: vec![9; 64 * 64 * 3] };
    let curious = Curious { wants: vec![Want { at: At::FromEnd(0), rect: WHOLE }], ..Curious::default() };
    assert!(scored(&curious, &frames).is_err_and(|e| e.contains("changes its size")));
}

#[test]
fn crops_follow_what_shakes() {
    let frames: Vec<Frame> = world()
        .draw()
        .iter()
        .enumerate()
        .map(|(i, f)| {
            // Ten pixels to the right at the end, its edge repeated.
            let by = i * 10 / 59;
            let row = |y: usize| &f.rgb[y * 3 * WIDTH as usize..][..3 * WIDTH as usize];
            let rgb =
                (0..HEIGHT as usize).flat_map(|y| [&row(y)[..3].repeat(by)[..], &row(y)[..3 * (WIDTH as usize - by)]].concat());
            Frame { rgb: rgb.collect(), ..*f }
        })
        .collect();
    let still = Curious { wants: vec![Want { at: At::FromEnd(0), rect: [200.0, 80.0, 201.0, 81.0] }], ..Curious::default() };
    let registry = Registry::empty().with(Arc::new(still.clone()));
    let drift = score_frames(&registry, &truth(), &world().draw_frame(0), &frames, 30.0).expect("scored").drift.farthest.shift;
    assert!((drift[0] - 10.0).abs() < 0.3 && drift[1].abs() < 0.3, "{drift:?}");
    let shaken = still.given.lock().expect("one thread").clone();
    assert!(scored(&still, &world().draw()).is_ok());
    let straight = still.given.lock().expect("one thread").clone();
    let value = |crop: &[Crop]| i32::from(crop[0].expect("a crop").2);
    assert!((value(&shaken) - value(&straight)).abs() <= 8, "{shaken:?} {straight:?}");
}
