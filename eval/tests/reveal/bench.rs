//! A sample that is painted in a few rectangles and discs, and what its clips score.

use raytruth_eval::optics::{REVEAL, RevealTruth};
use raytruth_eval::toy::{FRAMES, HEIGHT, Place, Thing, WIDTH, World};
use raytruth_eval::truth::NO_MATTER;
use raytruth_eval::{Failure, Frame, LabelMaps, Registry, Score, Shown, Truth, score_frames};

use crate::common::score::explain;

/// Where a thing is in a frame.
type Way<'a> = &'a dyn Fn(f32) -> [f32; 2];

pub(crate) fn thing(name: &str, color: [u8; 3], half: [f32; 2], disc: bool, depth: f32, way: Way<'_>) -> Thing {
    let places = (0..FRAMES).map(|f| Place { center: way(f as f32), angle: 0.0, shown: true }).collect();
    Thing { name: name.into(), role: "target", color, half, disc, depth, places }
}

pub(crate) fn ball(name: &str, color: [u8; 3], radius: f32, depth: f32, at: [f32; 2]) -> Thing {
    thing(name, color, [radius; 2], true, depth, &|_| at)
}

/// The same, drawn in some frames alone.
pub(crate) fn drawn(mut thing: Thing, when: impl Fn(usize) -> bool) -> Thing {
    thing.places.iter_mut().enumerate().for_each(|(f, place)| place.shown = when(f));
    thing
}

/// 0 to 1 between two frames.
pub(crate) fn part(frame: f32, from: f32, to: f32) -> f32 {
    ((frame - from) / (to - from)).clamp(0.0, 1.0)
}

fn world(things: Vec<Thing>) -> World {
    World { things, backdrop: |_, _| [0.0; 3], seed: 0 }
}

/// A frame without soft edges and shadows: tiles, with grain, and flat things before them.
fn draw(things: &[Thing], frame: usize) -> Frame {
    let shown: Vec<Thing> = things.iter().filter(|thing| thing.places[frame].shown).cloned().collect();
    let colors: Vec<[u8; 3]> = shown.iter().map(|thing| thing.color).collect();
    let mut state = 977 * (frame as u32 + 1);
    let mut rgb = Vec::new();
    for (at, id) in world(shown).ids(frame).into_iter().enumerate() {
        let tile = (at as u32 % WIDTH / 24 + at as u32 / WIDTH / 24) % 2;
        let color = if id == 0 { [92 + 30 * tile as u8; 3] } else { colors[usize::from(id) - 1] };
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        rgb.extend(color.map(|v| v + (state >> 29) as u8));
    }
    Frame { width: WIDTH, height: HEIGHT, rgb }
}

/// A sample: what the truth knows of, what mirror, water or glass show of it, and where they are.
pub(crate) struct Bench {
    pub(crate) things: Vec<Thing>,
    pub(crate) images: Vec<Thing>,
    /// Whether a pixel may show anything, by frame, place and what stands there.
    pub(crate) free: fn(usize, [f32; 2], u8) -> bool,
    pub(crate) task: RevealTruth,
    pub(crate) reveal: u32,
}

impl Bench {
    /// With some things changed.
    fn things(&self, change: &dyn Fn(&mut Vec<Thing>)) -> Vec<Thing> {
        let mut things = [self.things.clone(), self.images.clone()].concat();
        change(&mut things);
        things
    }

    pub(crate) fn truth(&self) -> Truth {
        let mut truth = world(self.things.clone()).truth("perception_optics", &[(REVEAL, self.reveal)], REVEAL);
        let maps = truth.label_maps().expect("maps");
        let paint = |frame: usize, at: usize, label: u8| {
            let place = [(at % maps.width) as f32 + 0.5, (at / maps.width) as f32 + 0.5];
            if (self.free)(frame, place, label) { NO_MATTER } else { label }
        };
        let cells = (0..maps.len()).flat_map(|f| maps.entry(f).iter().enumerate().map(move |(at, label)| (f, at, *label)));
        let cells: Vec<u8> = cells.map(|(f, at, label)| paint(f, at, label)).collect();
        let painted = LabelMaps::new(maps.width, maps.height, maps.frames.clone(), cells);
        for (i, object) in truth.objects.iter_mut().enumerate() {
            let seen = |f: usize| painted.entry(f).contains(&(i as u8 + 1));
            // Beyond the picture's edge things are as large as before it.
            let whole = object.whole_px.iter().copied().max().unwrap_or(0);
            object.whole_px.fill(whole);
            object.shown = (0..maps.len()).map(|f| if seen(f) { Shown::Seen } else { Shown::Occluded }).collect();
        }
        truth.maps = painted.pack();
        truth.task = serde_json::to_value(&self.task).expect("plain data");
        truth
    }

    /// The right clip, and others: as right until the reveal.
    pub(crate) fn clips(&self) -> Clips<'_> {
        let things = self.things(&|_| ());
        Clips { bench: self, truth: self.truth(), right: (0..FRAMES as usize).map(|f| draw(&things, f)).collect() }
    }
}

pub(crate) struct Clips<'a> {
    pub(crate) bench: &'a Bench,
    pub(crate) truth: Truth,
    pub(crate) right: Vec<Frame>,
}

impl Clips<'_> {
    fn score(&self, frames: &[Frame], fps: f64) -> Score {
        score_frames(&Registry::default(), &self.truth, &self.right[0], frames, fps).expect("scored")
    }

    /// Drawn anew from a frame on, with some things changed.
    pub(crate) fn changed(&self, from: usize, change: &dyn Fn(&mut Vec<Thing>)) -> Vec<Frame> {
        let things = self.bench.things(change);
        (0..FRAMES as usize).map(|f| if f < from { self.right[f].clone() } else { draw(&things, f) }).collect()
    }

    fn at(&self, moment: impl Fn(usize) -> usize, count: usize) -> Vec<Frame> {
        (0..count).map(|f| self.right[moment(f).min(self.right.len() - 1)].clone()).collect()
    }

    /// The right clip earns all; what begins at once, or is half as fast again, darker and warmer, nearly all.
    pub(crate) fn right_ones(&self) {
        let scored = self.score(&self.right, 30.0);
        assert_eq!((scored.points, scored.failure), (1000, None), "{}", explain(&scored));
        let toned = |(i, v): (usize, &u8)| (f32::from(*v) * [0.97, 0.94, 0.9][i % 3]) as u8;
        let toned = |frame: &Frame| Frame { rgb: frame.rgb.iter().enumerate().map(toned).collect(), ..*frame };
        let early = |f: usize| if f == 0 { 0 } else { f + self.bench.reveal as usize };
        for (what, frames) in [
            ("half as fast again", self.at(|f| f * 3 / 2, 60)),
            ("and shorter", self.at(|f| f * 3 / 2, 40).iter().map(toned).collect()),
            ("without a wait", self.at(early, 60)),
        ] {
            let scored = self.score(&one_in(2, &frames), 15.0);
            assert!(scored.points >= 950, "{what}: {}", explain(&scored));
        }
    }

    /// What is wrong of any of them.
    pub(crate) fn wrong_ones(&self) {
        self.wrong("frozen", &self.at(|_| 0, 60), 0, &[Failure::NoMotion]);
        self.wrong("reversed", &self.at(|f| if f == 0 { 0 } else { 60 - f }, 60), 200, &[]);
        self.wrong("at once", &self.at(|f| if f < 40 { 0 } else { 59 }, 60), 300, &[]);
    }

    /// As right until the reveal, then with something changed: at most so many points, and one of some failures, or any.
    pub(crate) fn cases(&self, cases: &[Case<'_>]) {
        for (what, change, most, failures) in cases {
            self.wrong(what, &self.changed(self.bench.reveal as usize + 1, change), *most, failures);
        }
    }

    pub(crate) fn wrong(&self, what: &str, frames: &[Frame], most: u32, failures: &[Failure]) {
        let scored = self.score(&one_in(3, frames), 10.0);
        let named = scored.failure.is_some_and(|failure| failures.is_empty() || failures.contains(&failure));
        assert!(scored.points <= most && named, "{what}: {:?} {}", scored.failure, explain(&scored));
    }
}

/// One frame in some.
fn one_in(some: usize, frames: &[Frame]) -> Vec<Frame> {
    frames.iter().step_by(some).cloned().collect()
}

/// What is wrong, how, the most points, and what it may be called; empty: anything.
pub(crate) type Case<'a> = (&'a str, &'a dyn Fn(&mut Vec<Thing>), u32, &'a [Failure]);

pub(crate) fn named<'a>(things: &'a mut [Thing], name: &str) -> &'a mut Thing {
    things.iter_mut().find(|thing| thing.name == name).expect("known")
}

pub(crate) fn put(things: &mut [Thing], name: &str, at: [f32; 2]) {
    named(things, name).places.iter_mut().for_each(|place| place.center = at);
}

pub(crate) fn hide(things: &mut [Thing], name: &str) {
    named(things, name).places.iter_mut().for_each(|place| place.shown = false);
}
