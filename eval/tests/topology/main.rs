//! The topology evaluator on painted knots: right clips of every rule earn all, wrong ones little.

#[path = "../common/mod.rs"]
mod common;
mod rules;
mod scene;
mod versions;

use common::score::explain;
use raytruth_eval::toy::Tube;
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

#[test]
fn a_crossing_changes_by_a_cut() {
    let knot = braid(2, &[1, 1, 1, 1, 1], 0.3);
    let change = |at: f32| cuts(&knot, &[2], at, 2.2);
    let sample = Sample { rule: "crossing_change", whole: whole_between(1), change: &change };
    let clips = Clips::new(&sample);
    clips.fair("turned", &|at| posed(change(at), 40.0 * part(at, 0.4, 1.0), 1.0, [0.0; 2]));
    clips.fair("larger", &|at| {
        let grown = part(at, 0.0, 1.0);
        posed(change(at), 0.0, 1.0 + 0.18 * grown, [3.0 * grown, -2.0 * grown])
    });
    clips.wrong("without a cut", &|at| cuts(&knot, &[2], at, 0.0), 500);
    clips.wrong("left as it was", &|_| knot.clone(), 150);
    clips.wrong("all change", &|at| cuts(&knot, &[0, 1, 2, 3, 4], at, 2.2), 400);
    clips.wrong("two change", &|at| cuts(&knot, &[1, 2], at, 2.2), 400);
    clips.wrong("stays open", &|at| cuts(&knot, &[2], 0.6 * at, 2.2), 400);
    clips.wrong("opens again", &|at| cuts(&knot, &[2], if at < 0.7 { at / 0.7 } else { 1.3 - at }, 2.2), 500);
}

#[test]
fn every_crossing_changes_in_turn() {
    let knot = braid(2, &[1, 1, 1], 0.3);
    let change = |at: f32| cuts(&knot, &[0, 1, 2], at, 2.2);
    let sample = Sample { rule: "mirror", whole: whole_between(3), change: &change };
    let clips = Clips::new(&sample);
    clips.fair("in another order", &|at| cuts(&knot, &[2, 0, 1], at, 2.2));
    clips.wrong("one is left", &|at| cuts(&knot, &[0, 2], at, 2.2), 400);
    clips.wrong("without cuts", &|at| cuts(&knot, &[0, 1, 2], at, 0.0), 500);
}

#[test]
fn a_tangle_relaxes() {
    let knot = braid(2, &[1, 1, 1], 1.9);
    let change = |at: f32| finger(&knot, at, 0.25);
    let sample = Sample { rule: "relax", whole: vec![[0.0, 0.01], [0.95, 1.0]], change: &change };
    let clips = Clips::new(&sample);
    clips.wrong("left as it was", &|_| change(0.0), 150);
    clips.wrong("half relaxed", &|at| change(0.45 * at), 400);
    clips.wrong("passes through", &|at| finger(&knot, at, if at < 0.35 { 0.25 } else { -0.25 }), 500);
}

#[test]
fn two_strands_are_twisted() {
    let change = |at: f32| region(&[1, 1, 1, 0, 0], &[1, 1, 1, 1, 1], 2, at);
    let sample = Sample { rule: "full_twist", whole: vec![[0.0, 0.01], [0.99, 1.0]], change: &change };
    let clips = Clips::new(&sample);
    clips.wrong("twisted the other way", &|at| region(&[1, 1, 1, 0, 0], &[1, 1, 1, -1, -1], 2, at), 400);
    clips.wrong("not cut", &|at| region(&[1, 1, 1, 0, 0], &[1, 1, 1, 1, 1], 2, if at < 0.5 { 0.0 } else { 1.0 }), 500);
}

#[test]
fn a_trefoil_is_connected() {
    let change = |at: f32| region(&[1, 1, 1, 2, 0, 0], &[1, 1, 1, 2, 2, 2], 3, at);
    let sample = Sample { rule: "connect_trefoil", whole: vec![[0.0, 0.01], [0.99, 1.0]], change: &change };
    let clips = Clips::new(&sample);
    clips.wrong("of the other hand", &|at| region(&[1, 1, 1, 2, 0, 0], &[1, 1, 1, 2, -2, -2], 3, at), 400);
}

#[test]
fn a_ring_is_linked() {
    let change = |at: f32| ring(at, 1.0);
    let sample = Sample { rule: "link_ring", whole: vec![[0.0, 0.01], [0.99, 1.0]], change: &change };
    let clips = Clips::new(&sample);
    clips.wrong("the other way", &|at| ring(at, -1.0), 400);
    clips.wrong("it stays", &|at| ring(0.2 * at, 1.0), 400);
    clips.wrong("the ring is lost", &|at| {
        let mut tubes = ring(at, 1.0);
        if at > 0.5 {
            tubes[1].open = vec![[0.0, 1.0]];
        }
        tubes
    }, 400);
}

#[test]
fn every_control_of_pixels_keeps_its_bound() {
    let knot = braid(2, &[1, 1, 1, 1, 1], 0.3);
    let change = |at: f32| cuts(&knot, &[2], at, 2.2);
    let cut = Sample { rule: "crossing_change", whole: whole_between(1), change: &change };
    let tangle = braid(2, &[1, 1, 1], 1.9);
    let change = |at: f32| finger(&tangle, at, 0.25);
    let relax = Sample { rule: "relax", whole: vec![[0.0, 0.01], [0.95, 1.0]], change: &change };
    let mut broken = Vec::new();
    for sample in [&cut, &relax] {
        let clips = Clips::new(sample);
        broken.extend(versions::broken(sample, &clips.truth, &clips.right, &|_| true));
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}
