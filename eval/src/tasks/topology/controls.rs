//! The videos of known score that this task is held to.

use crate::controls::{Control, Kind, Made, Source, of_every_task};
use crate::{Frame, Truth};

use super::TopologyTruth;
use super::panels::Panel;

/// Of the controls of every task those that make no sense here: strands bend, and nothing is moved as a piece.
const LEFT_OUT: [&str; 5] = ["cut_out", "glide", "teleport", "vanish", "duplicate"];

pub(super) fn controls() -> Vec<Control> {
    let own = of_every_task().into_iter().filter(|c| !LEFT_OUT.contains(&c.name));
    // What is drawn out may be drawn in by half of the time, and what is left is pose alone.
    let mut all: Vec<Control> = own.map(|c| if c.name == "cut_at_half" { c.only_if(is_cut) } else { c }).collect();
    all.extend([
        Control::pixels("panels_swapped", Kind::Wrong, "A and C are exchanged after the first frame", |s| {
            let [a, _, c, _] = panels(s)?;
            each_after_first(s, |frame| swapped(frame, a, c))
        }),
        Control::pixels("copy_mirrored", Kind::Wrong, "the copy's left and right are exchanged after the first frame", |s| {
            let [.., copy] = panels(s)?;
            each_after_first(s, |frame| flipped(frame, copy))
        }),
        Control::pixels("hue_reversed", Kind::Wrong, "colours run the other way along the copy after the first frame", |s| {
            let [.., copy] = panels(s)?;
            each_after_first(s, |frame| with_hues_reversed(frame, copy))
        }),
        Control::rendered("mirror_image", Kind::Wrong, "the copy becomes the mirror image of the answer").continued(),
        Control::rendered("one_crossing", Kind::Wrong, "the copy becomes the answer with one crossing wrong").continued(),
        Control::rendered("left_as_it_was", Kind::Wrong, "the copy moves a little, and stays the link it was"),
        Control::rendered("copied_b", Kind::Wrong, "the copy becomes B").continued(),
        Control::rendered("another_knot", Kind::Wrong, "the copy becomes another knot of the same outline").continued(),
        Control::rendered("passes_through", Kind::Wrong, "strands pass through each other on the way to the answer"),
        Control::rendered("component_lost", Kind::Wrong, "a strand is gone in the end").only_if(has_several),
        Control::rendered("turned_40", Kind::Fair, "the answer turned by 40 degrees in its panel"),
        Control::rendered("larger", Kind::Fair, "the answer drawn larger"),
        Control::rendered("other_pose", Kind::Fair, "the answer in another pose"),
    ]);
    all
}

fn is_cut(truth: &Truth) -> bool {
    TopologyTruth::read(truth).is_ok_and(|task| task.cuts())
}

fn has_several(truth: &Truth) -> bool {
    TopologyTruth::read(truth).is_ok_and(|task| task.strands.len() > 1)
}

/// The panels in pixels of the clip.
fn panels(source: &Source<'_>) -> Option<[Panel; 4]> {
    let (task, first) = (TopologyTruth::read(source.truth).ok()?, source.frames.first()?);
    let size = (first.width as usize, first.height as usize);
    let clip = &source.truth.clip;
    let scale = [first.width as f32 / clip.width as f32, first.height as f32 / clip.height as f32];
    Some(task.panels.map(|panel| Panel::new(panel, scale, size)))
}

fn each_after_first(source: &Source<'_>, change: impl Fn(&Frame) -> Frame) -> Option<Made> {
    let frames = source.frames.iter().enumerate().map(|(i, frame)| if i == 0 { frame.clone() } else { change(frame) });
    Some(Made { frames: frames.collect(), fps: source.fps, time: None, codec: None, continues: false })
}

/// Two panels exchanged, as far as the smaller one goes.
fn swapped(frame: &Frame, a: Panel, b: Panel) -> Frame {
    let (width, mut out) = (frame.width as usize, frame.clone());
    let (columns, rows) = ((a.right - a.left).min(b.right - b.left), (a.bottom - a.top).min(b.bottom - b.top));
    for (from, to) in [(a, b), (b, a)] {
        for row in 0..rows {
            let start = |panel: Panel| 3 * ((panel.top + row) * width + panel.left);
            out.rgb[start(to)..start(to) + 3 * columns].copy_from_slice(&frame.rgb[start(from)..start(from) + 3 * columns]);
        }
    }
    out
}

fn flipped(frame: &Frame, panel: Panel) -> Frame {
    let (width, mut out) = (frame.width as usize, frame.clone());
    for y in panel.top..panel.bottom {
        for x in panel.left..panel.right {
            let (to, from) = (3 * (y * width + x), 3 * (y * width + panel.right - 1 - (x - panel.left)));
            out.rgb[to..to + 3].copy_from_slice(&frame.rgb[from..from + 3]);
        }
    }
    out
}

/// Red and green exchanged: hues run from rose to green the other way around.
fn with_hues_reversed(frame: &Frame, panel: Panel) -> Frame {
    let mut out = frame.clone();
    panel.pixels(frame.width as usize).for_each(|at| out.rgb.swap(3 * at, 3 * at + 1));
    out
}
