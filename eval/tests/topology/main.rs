//! The topology evaluator on painted knots: right clips of every rule earn all, wrong ones little.

#[path = "../common/mod.rs"]
mod common;
mod rules;
mod scene;
mod versions;

use common::score::explain;
use raytruth_eval::topology::reading::{Gap, Reader};
use raytruth_eval::toy::{Braid, Dice, KNOTS, Painting, Spoil, Tube, arcs, crossings, link, paint, spoil};
use raytruth_eval::{Frame, Truth};
use rules::{braid, cuts, finger, part, region, ring, whole_between};
use scene::{Sample, moment};

struct Clips<'a> {
    sample: &'a Sample<'a>,
    truth: Truth,
    right: Vec<Frame>,
}

impl<'a> Clips<'a> {
    fn new(sample: &'a Sample<'a>) -> Self {
        assert!(sample.is_fair(), "{}: hues are too near at a crossing", sample.rule);
        let clips = Self { sample, truth: sample.truth(), right: sample.right() };
        clips.at_least("the truth", &clips.right, 1000);
        clips
    }

    fn at_least(&self, what: &str, frames: &[Frame], points: u32) {
        let score = self.sample.score(&self.truth, &self.right[0], frames);
        assert!(score.points >= points, "{} {what}: {}", self.sample.rule, explain(&score));
    }

    fn at_most(&self, what: &str, frames: &[Frame], points: u32) {
        let score = self.sample.score(&self.truth, &self.right[0], frames);
        assert!(score.points <= points && score.failure.is_some(), "{} {what}: {}", self.sample.rule, explain(&score));
    }

    fn wrong(&self, what: &str, change: &dyn Fn(f32) -> Vec<Tube>, points: u32) {
        self.at_most(what, &self.sample.clip(&|f| change(moment(f))), points);
    }

    fn fair(&self, what: &str, change: &dyn Fn(f32) -> Vec<Tube>) {
        self.at_least(what, &self.sample.clip(&|f| change(moment(f))), 950);
    }
}

/// Turned about the middle of the panel, grown and moved.
fn posed(mut tubes: Vec<Tube>, degrees: f32, grown: f32, moved: [f32; 2]) -> Vec<Tube> {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let middle = scene::PANEL as f32 / 2.0;
    for p in tubes.iter_mut().flat_map(|t| &mut t.points) {
        let [x, y] = [p[0] - middle, p[1] - middle].map(|v| v * grown);
        (p[0], p[1]) = (middle + moved[0] + x * cos - y * sin, middle + moved[1] + x * sin + y * cos);
    }
    tubes
}

/// The picture moved to the right by so many pixels.
fn shifted(frame: &Frame, by: usize) -> Frame {
    let row = 3 * frame.width as usize;
    let moved = |row: &[u8]| [&row[..3 * by], &row[..row.len() - 3 * by]].concat();
    Frame { rgb: frame.rgb.chunks_exact(row).flat_map(moved).collect(), ..*frame }
}

#[test]
fn a_crossing_changes_by_a_cut() {
    let knot = braid(2, &[1, 1, 1, 1, 1], 0.3);
    let change = |at: f32| cuts(&knot, &[2], at, 2.2);
    let sample = Sample::new("crossing_change", whole_between(1), &change);
    let clips = Clips::new(&sample);
    clips.fair("turned", &|at| posed(change(at), 40.0 * part(at, 0.4, 1.0), 1.0, [0.0; 2]));
    clips.fair("larger", &|at| {
        let grown = part(at, 0.0, 1.0);
        posed(change(at), 0.0, 1.0 + 0.18 * grown, [3.0 * grown, -2.0 * grown])
    });
    clips.wrong("without a cut", &|at| cuts(&knot, &[2], at, 0.0), 500);
    clips.wrong("left as it was", &|_| knot.clone(), 150);
    clips.at_most("A changes too", &sample.clip_beside(&|f| cuts(&scene::first(), &[0], moment(f), 2.2)), 200);
    clips.wrong("all change", &|at| cuts(&knot, &[0, 1, 2, 3, 4], at, 2.2), 400);
    clips.wrong("two change", &|at| cuts(&knot, &[1, 2], at, 2.2), 400);
    clips.wrong("stays open", &|at| cuts(&knot, &[2], 0.6 * at, 2.2), 400);
    // It only turns, and its last frame alone shows the answer.
    let turned = |at: f32, done: f32| posed(cuts(&knot, &[2], done, 2.2), 40.0 * at, 1.0, [0.0; 2]);
    let last = scene::FRAMES - 1;
    let turns = sample.clip(&|f| turned(f as f32 / last as f32, if f == last { 1.0 } else { 0.0 }));
    clips.at_most("only the last frame is right", &turns, 500);
    clips.wrong("opens again", &|at| cuts(&knot, &[2], if at < 0.7 { at / 0.7 } else { 1.3 - at }, 2.2), 500);
}

#[test]
fn every_crossing_changes_in_turn() {
    let knot = braid(2, &[1, 1, 1], 0.3);
    let change = |at: f32| cuts(&knot, &[0, 1, 2], at, 2.2);
    let sample = Sample::new("mirror", whole_between(3), &change);
    let clips = Clips::new(&sample);
    clips.fair("in another order", &|at| cuts(&knot, &[2, 0, 1], at, 2.2));
    clips.wrong("one is left", &|at| cuts(&knot, &[0, 2], at, 2.2), 400);
    clips.wrong("without cuts", &|at| cuts(&knot, &[0, 1, 2], at, 0.0), 500);
    // Dark flanks beside what lies above look like narrow cuts.
    let sample = sample.dark();
    Clips::new(&sample).wrong("without cuts, and dark", &|at| cuts(&knot, &[0, 1, 2], at, 0.0), 500);
}

#[test]
fn a_tangle_relaxes() {
    let knot = braid(2, &[1, 1, 1], 1.9);
    let change = |at: f32| finger(&knot, at, 0.25);
    let sample = Sample::new("relax", vec![[0.0, 0.01], [0.95, 1.0]], &change);
    let clips = Clips::new(&sample);
    clips.wrong("left as it was", &|_| change(0.0), 150);
    let (from, to) = (clips.right.len() / 2, clips.right.len() / 2 + 8);
    let order = (0..to).chain((from..to).rev()).chain(from..clips.right.len());
    let back = |clips: &Clips<'_>| order.clone().map(|i| clips.right[i].clone()).collect::<Vec<_>>();
    clips.at_most("runs back", &back(&clips), 400);
    let dark = sample.dark();
    let dark = Clips::new(&dark);
    dark.at_most("runs back, and dark", &back(&dark), 400);
    let moved: Vec<Frame> = back(&clips).iter().enumerate().map(|(k, frame)| shifted(frame, 2 * usize::from(k > 0))).collect();
    clips.at_most("runs back, and the camera moves", &moved, 400);
    clips.wrong("half relaxed", &|at| change(0.45 * at), 400);
    clips.wrong("passes through", &|at| finger(&knot, at, if at < 0.35 { 0.25 } else { -0.25 }), 500);
}

#[test]
fn two_strands_are_twisted() {
    let change = |at: f32| region(&[1, 1, 1, 0, 0], &[1, 1, 1, 1, 1], 2, at);
    let sample = Sample::new("full_twist", vec![[0.0, 0.01], [0.99, 1.0]], &change);
    let clips = Clips::new(&sample);
    clips.wrong("twisted the other way", &|at| region(&[1, 1, 1, 0, 0], &[1, 1, 1, -1, -1], 2, at), 400);
    let uncut = |at: f32| region(&[1, 1, 1, 0, 0], &[1, 1, 1, 1, 1], 2, if at < 0.5 { 0.0 } else { 1.0 });
    clips.wrong("not cut", &uncut, 500);
    Clips::new(&sample.dark()).wrong("not cut, and dark", &uncut, 500);
}

#[test]
fn a_trefoil_is_connected() {
    let change = |at: f32| region(&[1, 1, 1, 2, 0, 0], &[1, 1, 1, 2, 2, 2], 3, at);
    let sample = Sample::new("connect_trefoil", vec![[0.0, 0.01], [0.99, 1.0]], &change);
    let clips = Clips::new(&sample);
    clips.wrong("of the other hand", &|at| region(&[1, 1, 1, 2, 0, 0], &[1, 1, 1, 2, -2, -2], 3, at), 400);
}

#[test]
fn a_ring_is_linked() {
    let change = |at: f32| ring(at, 1.0);
    let sample = Sample::new("link_ring", vec![[0.0, 0.01], [0.99, 1.0]], &change);
    let clips = Clips::new(&sample);
    clips.wrong("the other way", &|at| ring(at, -1.0), 400);
    clips.wrong("it stays", &|at| ring(0.2 * at, 1.0), 400);
    let uncut = |at: f32| ring(at, 1.0).into_iter().map(|tube| Tube { open: Vec::new(), ..tube }).collect::<Vec<_>>();
    clips.wrong("not cut", &uncut, 400);
    let sample = sample.dark();
    Clips::new(&sample).wrong("not cut, and dark", &uncut, 400);
    clips.wrong(
        "the ring is lost",
        &|at| {
            let mut tubes = ring(at, 1.0);
            if at > 0.5 {
                tubes[1].open = vec![[0.0, 1.0]];
            }
            tubes
        },
        400,
    );
}

/// Next to no crossing is misread: `examples/knot_errors.rs` counts them.
#[test]
fn painted_links_are_read_right() {
    let mut dice = Dice::new(11);
    for size in [150, 240] {
        let mut mistaken = 0;
        for (_, strands, word) in KNOTS.iter().cycle().take(4 * KNOTS.len()) {
            let tubes = loop {
                let tubes = Braid::new(*strands, word, size as f32).thrown(&mut dice).tubes();
                if crossings(&tubes).1 >= 40.0 {
                    break tubes;
                }
            };
            let painting = Painting { shine: dice.within(0.0, 0.4), flank: dice.within(0.15, 0.6), ..Painting::new(size) };
            let spoiled = Spoil { blur: 0, noise: 4.0, chroma: 2, seed: dice.bits().into() };
            let reading =
                Reader::new(&arcs(tubes.len())).read(&spoil(&paint(&tubes, &painting).0, size, &spoiled), painting.width);
            let (read, right) = (reading.link(), link(&tubes).expect("a link"));
            mistaken += usize::from(!read.is_some_and(|read| read.is(&right)));
        }
        assert!(mistaken <= 1, "{mistaken} of {} links of {size} pixels", 4 * KNOTS.len());
    }
}

/// Codecs that save much leave few hues, so that long pieces of a strand show one and the same.
#[test]
fn strands_of_few_hues_are_read_right() {
    let mut dice = Dice::new(31);
    let (mut mistaken, mut all) = (0, 0);
    for (_, strands, word) in KNOTS.iter().cycle().take(2 * KNOTS.len()) {
        let size = [150, 190][all % 2];
        let tubes = Braid::new(*strands, word, size as f32).thrown(&mut dice).tubes();
        let painting = Painting { shine: 0.2, ..Painting::new(size) };
        let spoiled = Spoil { blur: 0, noise: 2.0, chroma: 2, seed: dice.bits().into() };
        let mut picture = spoil(&paint(&tubes, &painting).0, size, &spoiled);
        picture.rgb.chunks_exact_mut(3).for_each(|p| few_hues(p, 16.0));
        let reading = Reader::new(&arcs(tubes.len())).read(&picture, painting.width);
        all += 1;
        mistaken += usize::from(!reading.link().is_some_and(|read| link(&tubes).is_some_and(|right| read.is(&right))));
    }
    assert!(mistaken * 20 <= all, "{mistaken} of {all}");
}

/// Colour in steps, lightness as it is.
fn few_hues(p: &mut [u8], step: f32) {
    let light = p.iter().map(|v| f32::from(*v)).sum::<f32>() / 3.0;
    p.iter_mut().for_each(|v| *v = (light + ((f32::from(*v) - light) / step).round() * step) as u8);
}

/// Beside a strand that hides another one there are flanks and shadows, and no cut.
#[test]
fn whole_strands_show_no_cut() {
    let mut dice = Dice::new(23);
    let (mut cut, mut all) = (0, 0);
    for (_, strands, word) in KNOTS.iter().cycle().take(3 * KNOTS.len()) {
        let size = [120, 150, 190][all % 3];
        let tubes = Braid::new(*strands, word, size as f32).thrown(&mut dice).tubes();
        let painting = Painting { flank: 0.05, shine: dice.within(0.0, 0.4), ..Painting::new(size) };
        let spoiled = Spoil { blur: 1, noise: 4.0, chroma: 2, seed: dice.bits().into() };
        let reading = Reader::new(&arcs(tubes.len())).read(&spoil(&paint(&tubes, &painting).0, size, &spoiled), painting.width);
        all += 1;
        cut += usize::from(reading.gaps.iter().any(Gap::may_be));
    }
    assert!(cut * 10 <= all, "{cut} of {all} seem to be cut open");
}

/// All controls of pixels take minutes: those that were hardest are tried here, and all of them with `ALL_CONTROLS` set.
#[test]
fn controls_of_pixels_keep_their_bounds() {
    let knot = braid(2, &[1, 1, 1, 1, 1], 0.3);
    let change = |at: f32| cuts(&knot, &[2], at, 2.2);
    let cut = Sample::new("crossing_change", whole_between(1), &change);
    let tangle = braid(2, &[1, 1, 1], 1.9);
    let change = |at: f32| finger(&tangle, at, 0.25);
    let relax = Sample::new("relax", vec![[0.0, 0.01], [0.95, 1.0]], &change);
    let both = ["shuffled_after_first", "cross_fade", "hard_cut_to_final", "fps_6", "hue_reversed", "half_size", "last_video"];
    let of_cut = ["reversed_after_first", "zoomed_8", "leaves_out_what_stands", "half_colour", "blended_50", "panels_swapped"];
    let of_relax = ["approach_then_dissolve_to_final", "tinted_5", "copy_mirrored", "cut_at_half", "noise_sigma_4"];
    let mut broken = Vec::new();
    for (sample, own) in [(&cut, &of_cut[..]), (&relax, &of_relax[..])] {
        let clips = Clips::new(sample);
        let tried = |name: &str| std::env::var_os("ALL_CONTROLS").is_some() || both.contains(&name) || own.contains(&name);
        broken.extend(versions::broken(sample, &clips.truth, &clips.right, &tried));
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn strands_are_seen_where_they_are_drawn() {
    let change = |at: f32| ring(at, 1.0);
    let sample = Sample::new("link_ring", vec![[0.0, 0.01], [0.99, 1.0]], &change);
    let (truth, frames) = (sample.truth(), sample.right());
    let maps = truth.label_maps().expect("maps");
    let passes: Vec<(u32, Vec<u16>)> =
        [0, 20, 56].map(|f| (f, maps.entry(f as usize).iter().map(|l| u16::from(*l)).collect())).into();
    let passes: Vec<(u32, &[u16])> = passes.iter().map(|(f, pass)| (*f, pass.as_slice())).collect();
    let registry = raytruth_eval::Registry::default();
    let (_, seen) = raytruth_eval::observe_frames(&registry, &truth, &frames[0], &frames, scene::FPS, &passes).expect("scored");
    assert!(seen.len() >= 3 && seen.iter().all(|s| s.ok), "{seen:?}");
}

/// Some frames that nobody would draw.
fn strange_frames(right: &[Frame]) -> Vec<Vec<Frame>> {
    let like = |value: &dyn Fn(usize) -> u8| Frame { rgb: (0..right[0].rgb.len()).map(value).collect(), ..right[0] };
    let (black, white, rose) = (like(&|_| 0), like(&|_| 255), like(&|i| [220, 20, 60][i % 3]));
    let hues = like(&|i| ((i / 3) as u32).wrapping_mul(2_654_435_761 >> (8 * (i % 3))).to_le_bytes()[1]);
    let tiny = Frame { width: 24, height: 16, rgb: vec![90; 1152] };
    vec![
        vec![right[0].clone()],
        vec![black.clone(); 12],
        vec![right[0].clone(), black, white, rose.clone(), hues.clone(), right[5].clone()],
        vec![rose; 9],
        vec![hues; 4],
        vec![tiny; 9],
    ]
}

#[test]
fn strange_videos_and_truths_are_no_panic() {
    let knot = braid(2, &[1, 1, 1], 0.3);
    let change = |at: f32| cuts(&knot, &[1], at, 2.2);
    let sample = Sample::new("crossing_change", whole_between(1), &change);
    let (truth, right) = (sample.truth(), sample.right());
    for frames in strange_frames(&right) {
        let score = sample.score(&truth, &right[0], &frames);
        assert!(score.points <= 200 && score.criteria.iter().all(|c| c.raw.is_finite()), "{}", explain(&score));
        assert_eq!(sample.score(&truth, &right[0], &frames), score, "twice the same");
    }
    let registry = raytruth_eval::Registry::default();
    type Spoil = fn(&mut serde_json::Value);
    let refused: [(&str, Spoil); 14] = [
        ("not a rule", |t| t["rule"] = "untie".into()),
        ("relaxes", |t| t["rule"] = "relax".into()),
        ("panels", |t| t["panels"][3] = serde_json::json!([10.0, 10.0, 5.0, 20.0])),
        ("width", |t| t["width"] = 0.0.into()),
        ("strands", |t| t["strands"] = serde_json::json!([])),
        ("a hue begins", |t| t["strands"][0]["hue"] = serde_json::json!([0.0, 500.0])),
        ("stages", |t| t["stages"][0]["frames"] = serde_json::json!([3, 1])),
        ("polynomial", |t| t["stages"][0]["link"]["jones"] = serde_json::json!([])),
        ("polynomial", |t| t["stages"][0]["link"]["jones"] = serde_json::json!([[0, 1], [4, 0]])),
        ("polynomial", |t| t["stages"][0]["link"]["jones"] = serde_json::json!([[i32::MIN, 1]])),
        ("another link", |t| t["stages"][0]["link"] = t["stages"][1]["link"].clone()),
        ("same object", |t| t["strands"] = serde_json::json!([t["strands"][0].clone(), t["strands"][0].clone()])),
        ("overlap", |t| {
            let mut other = t["strands"][0].clone();
            (t["strands"][0]["hue"], other["hue"]) = (serde_json::json!([300.0, 120.0]), serde_json::json!([40.0, 90.0]));
            other["object"] = "a".into();
            t["strands"] = serde_json::json!([t["strands"][0].clone(), other]);
        }),
        ("linking", |t| t["stages"][0]["link"]["linking"] = serde_json::json!([1])),
    ];
    for (what, spoil) in refused {
        let mut bad = truth.clone();
        spoil(&mut bad.task);
        let said = raytruth_eval::score_frames(&registry, &bad, &right[0], &right[..3], 16.0);
        assert!(said.is_err_and(|e| e.to_string().contains(what)), "{what}");
    }
    // Panels beside the picture, thin or huge, and widths that fit nothing.
    for (panel, width) in
        [([9000.0, 9000.0, 9001.0, 9001.0], 1.0), ([-5e4, -5e4, 5e4, 5e4], 200.0), ([240.0, 150.0, 240.5, 300.0], 9.0)]
    {
        let mut odd = truth.clone();
        odd.task["panels"][3] = serde_json::json!(panel);
        odd.task["width"] = width.into();
        let score = raytruth_eval::score_frames(&registry, &odd, &right[0], &right[..9], 16.0);
        assert!(score.is_ok_and(|score| score.criteria.iter().all(|c| c.raw.is_finite())), "{panel:?}");
    }
}
