//! A toy world that draws itself: discs and boxes before a backdrop, with shadows and grain, flat shaded, and its truth. It stands in
//! for the renderer, so that an evaluator's rules can be tested in isolation and against wrong versions of any kind.

mod paint;
mod strands;
mod walk;

use std::collections::BTreeMap;

use crate::{ClipTruth, Frame, LabelMaps, ObjectTruth, Shown, Surface, TRUTH_VERSION, Truth};

use paint::paint_outline;
pub use strands::{Braid, Dice, KNOTS, Painting, Spoil, Tube, arcs, crossings, link, paint, spoil};
pub use walk::{Body, Look, Stroll, WALK_FPS, WALK_FRAMES, walk_found};

/// Pixels.
pub const WIDTH: u32 = 480;
/// Pixels.
pub const HEIGHT: u32 = 300;
/// Frames of a clip.
pub const FRAMES: u32 = 60;
/// Frames a second.
pub const FPS: u32 = 30;

/// Where a thing is in a frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Pixels.
    pub center: [f32; 2],
    /// Turn of a box, radians, clockwise on screen.
    pub angle: f32,
    /// Whether it is drawn.
    pub shown: bool,
}

/// One thing of the world: a disc or a box.
#[derive(Clone, Debug)]
pub struct Thing {
    /// Unique.
    pub name: String,
    /// As in the truth.
    pub role: &'static str,
    /// Display colour.
    pub color: [u8; 3],
    /// Half of each side, pixels; a disc's radius twice.
    pub half: [f32; 2],
    /// A disc, else a box.
    pub disc: bool,
    /// What is nearer hides what is farther.
    pub depth: f32,
    /// One for each frame.
    pub places: Vec<Place>,
}

/// A whole clip before it is drawn.
#[derive(Clone, Debug)]
pub struct World {
    /// Everything in it. Object `i` of the truth has the id `i + 1`.
    pub things: Vec<Thing>,
    /// Colour of the backdrop at a place, 0 to 255.
    pub backdrop: fn(f32, f32) -> [f32; 3],
    /// Of the grain.
    pub seed: u32,
}

impl Thing {
    /// Its convex outline in a frame, pixels, clockwise on screen.
    #[must_use]
    pub fn outline(&self, frame: usize) -> Vec<[f32; 2]> {
        let place = self.places[frame];
        if self.disc {
            return (0..32)
                .map(|i| {
                    let (sin, cos) = libm::sincosf(i as f32 * std::f32::consts::TAU / 32.0);
                    // The polygon of the disc's area.
                    let r = self.half[0] * 1.0032;
                    [place.center[0] + r * cos, place.center[1] + r * sin]
                })
                .collect();
        }
        let (sin, cos) = libm::sincosf(place.angle);
        [[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0_f32]]
            .iter()
            .map(|c| {
                let (x, y) = (c[0] * self.half[0], c[1] * self.half[1]);
                [place.center[0] + x * cos - y * sin, place.center[1] + x * sin + y * cos]
            })
            .collect()
    }
}

impl World {
    /// The truth of this world, so far without the evaluator's own part. Everything but `gate`s and `latch`es is a key object.
    #[must_use]
    pub fn truth(&self, domain: &str, events: &[(&str, u32)], decisive_event: &str) -> Truth {
        let mut labels: Vec<u8> = Vec::new();
        let mut objects: Vec<ObjectTruth> = self.things.iter().enumerate().map(|(i, thing)| object(i, thing)).collect();
        for frame in 0..FRAMES as usize {
            let map = self.ids(frame);
            for (i, object) in objects.iter_mut().enumerate() {
                let seen = map.contains(&(i as u16 + 1));
                object.shown.push(if seen { Shown::Seen } else { Shown::Occluded });
                let mut alone = vec![false; map.len()];
                paint_outline(&mut alone, WIDTH as usize, &self.things[i].outline(frame), true);
                object.whole_px.push(alone.iter().filter(|&&a| a).count() as u32);
            }
            labels.extend(map.iter().map(|&id| id as u8));
        }
        let maps = LabelMaps::new(WIDTH as usize, HEIGHT as usize, (0..FRAMES).collect(), labels);
        Truth {
            version: TRUTH_VERSION,
            domain: domain.to_owned(),
            clip: ClipTruth { width: WIDTH, height: HEIGHT, fps: FPS, frames: FRAMES },
            objects,
            maps: maps.pack(),
            events: events.iter().map(|(name, frame)| ((*name).to_owned(), *frame)).collect::<BTreeMap<_, _>>(),
            decisive_event: decisive_event.to_owned(),
            events_end: FRAMES - 1,
            camera: None,
            overlays: Vec::new(),
            unregistered: Vec::new(),
            task: serde_json::Value::Null,
        }
    }

    /// The object-id pass of a frame, as if everything were shown.
    #[must_use]
    pub fn ids(&self, frame: usize) -> Vec<u16> {
        let mut map = vec![0_u16; (WIDTH * HEIGHT) as usize];
        for i in self.order() {
            paint_outline(&mut map, WIDTH as usize, &self.things[i].outline(frame), i as u16 + 1);
        }
        map
    }

    fn order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.things.len()).collect();
        order.sort_by(|&a, &b| self.things[b].depth.total_cmp(&self.things[a].depth));
        order
    }

    /// All frames.
    #[must_use]
    pub fn draw(&self) -> Vec<Frame> {
        (0..FRAMES as usize).map(|f| self.draw_frame(f)).collect()
    }

    /// A frame: twice the size, averaged down, with soft edges as a renderer makes them, and grain.
    #[must_use]
    pub fn draw_frame(&self, frame: usize) -> Frame {
        let (w, h) = (WIDTH as usize * S, HEIGHT as usize * S);
        let place = |at: usize| ((at % w) as f32 / S as f32, (at / w) as f32 / S as f32);
        let mut rgb: Vec<[f32; 3]> = (0..w * h).map(|at| (self.backdrop)(place(at).0, place(at).1)).collect();
        for thing in self.things.iter().filter(|t| t.places[frame].shown) {
            let fall: Vec<[f32; 2]> = thing.outline(frame).iter().map(|p| [p[0] + 9.0, p[1] + 5.0]).collect();
            each_pixel(&fall, w, h, |at| rgb[at] = rgb[at].map(|v| v * 0.62));
        }
        for i in self.order() {
            let thing = &self.things[i];
            let place = thing.places[frame];
            if !place.shown {
                continue;
            }
            each_pixel(&thing.outline(frame), w, h, |at| {
                let (x, y) = ((at % w) as f32 / S as f32, (at / w) as f32 / S as f32);
                let (dx, dy) = ((x - place.center[0]) / thing.half[0], (y - place.center[1]) / thing.half[1]);
                let light = if thing.disc { 1.0 - 0.35 * dy - 0.15 * dx } else { 0.95 - 0.25 * (dx * libm::cosf(place.angle)) };
                rgb[at] = thing.color.map(|c| f32::from(c) * light);
            });
        }
        let mut state = 977 * (frame as u32 + 1) + self.seed * 7919;
        let mut out = Vec::with_capacity((WIDTH * HEIGHT * 3) as usize);
        for y in 0..HEIGHT as usize {
            for x in 0..WIDTH as usize {
                let at = y * S * w + x * S;
                let corners = [rgb[at], rgb[at + 1], rgb[at + w], rgb[at + w + 1]];
                let means: [f32; 3] = std::array::from_fn(|c| corners.iter().map(|corner| corner[c]).sum::<f32>() / 4.0);
                for mean in means {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    let grain = ((state >> 16) & 7) as f32 - 3.5;
                    out.push((mean + grain * 0.8).clamp(0.0, 255.0) as u8);
                }
            }
        }
        Frame { width: WIDTH, height: HEIGHT, rgb: out }
    }
}

fn object(index: usize, thing: &Thing) -> ObjectTruth {
    ObjectTruth {
        name: thing.name.clone(),
        id: index as u16 + 1,
        role: thing.role.into(),
        key: thing.role != "latch",
        surface: Surface::Opaque,
        color: thing.color,
        shown: Vec::new(),
        center: thing.places.iter().map(|p| Some(p.center)).collect(),
        whole_px: Vec::new(),
        held_by: Vec::new(),
        enclosed: Vec::new(),
    }
}

/// Samples per pixel and axis.
const S: usize = 2;

/// Calls for every sample inside a convex outline (in pixels of the picture).
fn each_pixel(outline: &[[f32; 2]], w: usize, h: usize, mut set: impl FnMut(usize)) {
    let low = [0, 1].map(|c| outline.iter().map(|p| p[c]).fold(f32::INFINITY, f32::min).max(0.0) as usize * S);
    let high = [0, 1].map(|c| outline.iter().map(|p| p[c]).fold(0.0, f32::max).ceil() as usize * S);
    let (x1, y1) = (high[0].min(w), high[1].min(h));
    if low[0] >= x1 || low[1] >= y1 {
        return;
    }
    let (bw, bh) = (x1 - low[0], y1 - low[1]);
    let mut mask = vec![false; bw * bh];
    let local: Vec<[f32; 2]> =
        outline.iter().map(|p| [p[0] * S as f32 - low[0] as f32, p[1] * S as f32 - low[1] as f32]).collect();
    paint_outline(&mut mask, bw, &local, true);
    for (at, _) in mask.iter().enumerate().filter(|(_, m)| **m) {
        set((low[1] + at / bw) * w + low[0] + at % bw);
    }
}
