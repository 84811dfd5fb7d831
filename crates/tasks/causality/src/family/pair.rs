//! Two blocks of different material side by side; the ball meets both at once. A light ball moves neither; a heavy one drives both, and
//! the lighter or less rough block further.

use glam::Vec3;
use raytruth_eval::causality::Family;
use raytruth_physics::Substance;
use raytruth_task::Draw;
use serde_json::Map;

use super::{Clarity, Layout, Outcome, mm, radius, ramp, tray, upright};
use crate::simulate::{Run, Set};

/// Block materials by their name in dials and prompts.
const MATERIALS: [(&str, Substance, &str); 8] = [
    ("wood", Substance::Oak, "wood"),
    ("brass", Substance::Brass, "solid brass"),
    ("iron", Substance::Iron, "solid iron"),
    ("concrete", Substance::Concrete, "concrete"),
    ("cork", Substance::Cork, "cork"),
    ("rubber", Substance::Rubber, "solid rubber"),
    ("balsa", Substance::Balsa, "light balsa wood"),
    ("plastic", Substance::Plastic, "solid plastic"),
];

pub(super) fn layout(draw: &mut Draw<'_>) -> Layout {
    let mut parameters = Map::new();
    let least_ratio = draw.real("pair_density_ratio");
    let names = draw.choices("pair_materials");
    let known: Vec<_> = MATERIALS.iter().filter(|m| names.iter().any(|n| n == m.0)).collect();
    let first = draw.rng.below(known.len() as u64) as usize;
    let ratio = |m: &&(&str, Substance, &str)| {
        let (a, b) = (m.1.density(), known[first].1.density());
        a.max(b) / a.min(b)
    };
    let unlike: Vec<_> = known.iter().copied().filter(|m| ratio(m) >= least_ratio as f32).collect();
    let second = if unlike.is_empty() { known[first] } else { *draw.rng.pick(&unlike) };
    // The lighter block goes further, so its side is the class's; where neither moves it is drawn.
    let (mut left, mut right) = (known[first], second);
    let coin = draw.rng.chance(0.5);
    let lighter_left = if draw.class == 5 { coin } else { draw.class == 6 };
    if (left.1.density() < right.1.density()) != lighter_left {
        (left, right) = (right, left);
    }
    let block_mm = draw.real("pair_block_mm");
    let gap_mm = draw.real("pair_gap_mm");
    let radius = radius(draw, "ball_radius_mm", &mut parameters);
    let (size, gap) = (mm(block_mm), mm(gap_mm));
    parameters.insert("left_block".into(), left.0.into());
    parameters.insert("right_block".into(), right.0.into());
    parameters.insert("block_mm".into(), block_mm.into());
    parameters.insert("gap_mm".into(), gap_mm.into());
    let ramp = ramp(draw, radius, 0.006, &mut parameters);
    // Seen from the front, where the camera of this family stands, the left is at negative y.
    let offset = 0.5 * (size + gap);
    let block =
        |side: &str, of: Substance, y: f32| upright(format!("{side}_block"), of, Vec3::splat(size), 0.5 * size, y, 0.5 * size);
    let set = Set {
        ramp,
        // Seen from the front: a high stop would hide what comes to rest behind it.
        tray: tray(0.25, 0.15, 0.018),
        radius,
        blocks: vec![block("left", left.1, -offset), block("right", right.1, offset)],
    };
    Layout {
        family: Family::Pair,
        set,
        settled: Vec::new(),
        before_gap: 0,
        parameters,
        ahead: format!(
            "Ahead stand two blocks of the same size side by side: the left one is {}, the right one {}.",
            left.2, right.2
        ),
        meets: "hits both blocks at once",
    }
}

pub(super) fn outcome(layout: &Layout, run: &Run, clarity: Clarity) -> Result<Outcome, &'static str> {
    let size = layout.set.blocks[0].size.x;
    let (left, right) = (run.displaced(0).0, run.displaced(1).0);
    let (near, far) = (left.min(right), left.max(right));
    let (still, start, ratio, lead) = match clarity {
        Clarity::Plain => (0.12, 0.55, 1.55, 0.4),
        Clarity::Class => (0.25, 0.25, 1.1, 0.1),
    };
    if far < still * size {
        return Ok(Outcome { class: 5, name: "further_neither".to_owned(), moved: vec![false, false] });
    }
    if far < start * size || far < ratio * near || far - near < lead * size {
        return Err("too_close");
    }
    let moved = |d: f32| d > 0.3 * size;
    let (class, side) = if left > right { (6, "left") } else { (7, "right") };
    Ok(Outcome { class, name: format!("further_{side}"), moved: vec![moved(left), moved(right)] })
}
