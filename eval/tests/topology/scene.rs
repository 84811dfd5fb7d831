//! A picture with four panels, painted: what stands in the first three, and what the copy shows over time.

use raytruth_eval::topology::{CHANGE, LinkTruth, Stage, TopologyTruth};
use raytruth_eval::toy::{Painting, Spoil, Tube, arcs, crossings, link, paint, spoil};
use raytruth_eval::{
    ClipTruth, Frame, LabelMaps, ObjectTruth, Registry, Score, Shown, Surface, TRUTH_VERSION, Truth, score_frames,
};

pub(crate) const WIDTH: usize = 480;
pub(crate) const HEIGHT: usize = 300;
pub(crate) const PANEL: usize = 150;
/// Frames of a clip, and frames a second.
pub(crate) const FRAMES: usize = 57;
pub(crate) const FPS: f64 = 16.0;
/// First frame of the change, and the first after it.
pub(crate) const FROM: usize = 6;
pub(crate) const TO: usize = 50;

/// The left and top edges of the panels.
const CORNERS: [[usize; 2]; 4] = [[90, 0], [240, 0], [90, 150], [240, 150]];

/// What the copy shows, at a moment from 0 to 1 of the change.
pub(crate) type Change<'a> = &'a dyn Fn(f32) -> Vec<Tube>;

/// A sample: rule, moments at which something else is whole, and the change.
#[derive(Clone)]
pub(crate) struct Sample<'a> {
    pub(crate) rule: &'static str,
    /// From when to when the copy shows a whole link, in order; the first begins at 0, the last ends at 1.
    pub(crate) whole: Vec<[f32; 2]>,
    change: Change<'a>,
    /// Whether strands have dark flanks that colours run into.
    dark: bool,
}

/// The moment of the change that a frame shows.
pub(crate) fn moment(frame: usize) -> f32 {
    ((frame as f32 - FROM as f32) / (TO - FROM) as f32).clamp(0.0, 1.0)
}

fn put(frame: &mut Frame, panel: &Frame, [left, top]: [usize; 2]) {
    for (row, pixels) in panel.rgb.chunks_exact(3 * panel.width as usize).enumerate() {
        let at = 3 * ((top + row) * frame.width as usize + left);
        frame.rgb[at..at + pixels.len()].copy_from_slice(pixels);
    }
}

/// As pictures are spoiled on their way, a little: by 4:2:0 and noise.
fn panel(tubes: &[Tube], seed: u64, dark: bool) -> (Frame, Vec<u8>) {
    let mut painting = Painting::new(PANEL);
    if dark {
        painting.flank = 0.05;
    }
    let (mut linear, ids) = paint(tubes, &painting);
    for (at, color) in linear.iter_mut().enumerate() {
        let (x, y) = (at % PANEL, at / PANEL);
        if x.min(y).min(PANEL - 1 - x).min(PANEL - 1 - y) < 3 {
            *color = color.map(|c| 0.6 * c);
        }
    }
    (spoil(&linear, PANEL, &Spoil { blur: u32::from(dark), noise: 1.0, chroma: 2, seed }), ids)
}

/// The picture without the copy, and where the strands of the first three are.
fn ground(others: [&[Tube]; 3], dark: bool) -> (Frame, Vec<u8>) {
    let tile = |at: usize| [168 + 14 * ((at % WIDTH / 20 + at / WIDTH / 20) % 2) as u8; 3];
    let mut frame = Frame { width: WIDTH as u32, height: HEIGHT as u32, rgb: (0..WIDTH * HEIGHT).flat_map(tile).collect() };
    let mut ids = vec![0; WIDTH * HEIGHT];
    for (k, tubes) in others.into_iter().enumerate() {
        let (picture, shown) = panel(tubes, 77, dark);
        put(&mut frame, &picture, CORNERS[k]);
        mark(&mut ids, &shown, CORNERS[k], |_| 200 + k as u8);
    }
    (frame, ids)
}

fn mark(ids: &mut [u8], shown: &[u8], [left, top]: [usize; 2], label: impl Fn(u8) -> u8) {
    for (at, id) in shown.iter().enumerate().filter(|(_, id)| **id > 0) {
        ids[(top + at / PANEL) * WIDTH + left + at % PANEL] = label(*id);
    }
}

/// What stands in the first panel.
pub(crate) fn first() -> Vec<Tube> {
    crate::rules::braid(3, &[1, -2, 1, -2], 0.8)
}

impl<'a> Sample<'a> {
    pub(crate) fn new(rule: &'static str, whole: Vec<[f32; 2]>, change: Change<'a>) -> Self {
        Self { rule, whole, change, dark: false }
    }

    /// The same with dark flanks that colours run into.
    pub(crate) fn dark(&self) -> Self {
        Self { dark: true, ..self.clone() }
    }

    /// The right clip, in which the first panel changes as well.
    pub(crate) fn clip_beside(&self, change: &dyn Fn(usize) -> Vec<Tube>) -> Vec<Frame> {
        let mut frames = self.right();
        frames.iter_mut().enumerate().for_each(|(f, frame)| put(frame, &panel(&change(f), 77, self.dark).0, CORNERS[0]));
        frames
    }

    fn others(&self) -> [Vec<Tube>; 3] {
        [first(), crate::rules::braid(2, &[1, 1, 1], 0.8), (self.change)(0.0)]
    }

    /// A clip in which the copy shows what `change` says, frame by frame.
    pub(crate) fn clip(&self, change: &dyn Fn(usize) -> Vec<Tube>) -> Vec<Frame> {
        let [a, b, c] = self.others();
        let (ground, _) = ground([&a, &b, &c], self.dark);
        let mut before: Option<(Vec<Tube>, Frame)> = None;
        (0..FRAMES)
            .map(|f| {
                let tubes = change(f);
                let picture = match before.take() {
                    Some((known, picture)) if known == tubes => picture,
                    _ => {
                        let mut picture = ground.clone();
                        put(&mut picture, &panel(&tubes, f as u64, self.dark).0, CORNERS[3]);
                        picture
                    }
                };
                before = Some((tubes, picture.clone()));
                picture
            })
            .collect()
    }

    pub(crate) fn right(&self) -> Vec<Frame> {
        self.clip(&|f| (self.change)(moment(f)))
    }

    fn link_at(&self, at: f32) -> LinkTruth {
        link(&(self.change)(at)).expect("a link")
    }

    pub(crate) fn truth(&self) -> Truth {
        let frame = |at: f32| (FROM as f32 + at * (TO - FROM) as f32).round() as u32;
        let stages = self.whole.iter().enumerate().map(|(k, [from, to])| Stage {
            frames: [
                if k == 0 { 0 } else { frame(*from) },
                if k + 1 == self.whole.len() { FRAMES as u32 - 1 } else { frame(*to) },
            ],
            link: self.link_at(*from),
        });
        let count = (self.change)(0.0).len();
        let task = TopologyTruth {
            rule: self.rule.into(),
            panels: CORNERS.map(|[x, y]| [x, y, x + PANEL, y + PANEL].map(|v| v as f32)),
            width: Painting::new(PANEL).width,
            strands: arcs(count),
            stages: stages.collect(),
        };
        let [a, b, c] = self.others();
        let (_, still) = ground([&a, &b, &c], self.dark);
        let label = |id: u8| if id >= 200 { id - 200 + count as u8 + 1 } else { id };
        let still: Vec<u8> = still.into_iter().map(label).collect();
        let cells: Vec<u8> = (0..FRAMES)
            .flat_map(|f| {
                let mut ids = still.clone();
                mark(&mut ids, &paint(&(self.change)(moment(f)), &Painting::new(PANEL)).1, CORNERS[3], |id| id);
                ids
            })
            .collect();
        let maps = LabelMaps::new(WIDTH, HEIGHT, (0..FRAMES as u32).collect(), cells);
        let names = task.strands.iter().map(|s| s.object.clone()).chain(["a", "b", "c"].map(String::from));
        let object = |(k, name): (usize, String)| {
            let pixels = |entry: usize| maps.entry(entry).iter().filter(|l| usize::from(**l) == k + 1).count() as u32;
            let corner = CORNERS[if k < count { 3 } else { k - count }];
            ObjectTruth {
                name,
                id: k as u16 + 1,
                role: "strand".into(),
                key: k < count,
                surface: Surface::Opaque,
                color: [180, 90, 60],
                shown: vec![Shown::Seen; FRAMES],
                center: vec![Some(corner.map(|c| (c + PANEL / 2) as f32)); FRAMES],
                whole_px: (0..FRAMES).map(pixels).collect(),
                held_by: Vec::new(),
                enclosed: Vec::new(),
            }
        };
        Truth {
            version: TRUTH_VERSION,
            domain: "abstraction_topology".into(),
            clip: ClipTruth { width: WIDTH as u32, height: HEIGHT as u32, fps: FPS as u32, frames: FRAMES as u32 },
            objects: names.enumerate().map(object).collect(),
            maps: maps.pack(),
            events: [(CHANGE.to_owned(), FROM as u32)].into(),
            decisive_event: CHANGE.into(),
            events_end: TO as u32,
            camera: None,
            overlays: Vec::new(),
            unregistered: Vec::new(),
            task: serde_json::to_value(task).expect("plain data"),
        }
    }

    pub(crate) fn score(&self, truth: &Truth, first: &Frame, frames: &[Frame]) -> Score {
        score_frames(&Registry::default(), truth, first, frames, FPS).expect("scored")
    }

    /// Whether the picture keeps what the task promises at the beginning and at the end: hues far apart at crossings, and those well apart.
    pub(crate) fn is_fair(&self) -> bool {
        self.whole.iter().flatten().all(|at| crossings(&(self.change)(*at)).1 >= 40.0)
    }
}
