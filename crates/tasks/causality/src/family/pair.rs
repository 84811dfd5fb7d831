//! Two blocks of different material side by side; the ball meets both at once. A light ball moves neither; a heavy one drives both, and
//! the lighter or less rough block further.

use glam::Vec3;
use raytruth_eval::causality::Family;
use raytruth_physics::Substance;
use raytruth_task::Draw;

use super::{Clarity, Layout, Limit, Outcome, around, mm, radius, ramp, tray, upright};
use crate::block::{BlockMaterial, allowed};
use crate::class::Class;
use crate::simulate::{Run, Set};

pub(super) fn layout(draw: &mut Draw<'_>) -> Layout {
    let least_ratio = draw.real("pair_density_ratio");
    let known = allowed(draw, "pair_materials");
    let first = draw.rng.below(known.len() as u64) as usize;
    let ratio = |m: &&'static BlockMaterial| {
        let (a, b) = (m.substance.density(), known[first].substance.density());
        a.max(b) / a.min(b)
    };
    let unlike: Vec<_> = known.iter().copied().filter(|m| ratio(m) >= least_ratio as f32).collect();
    let second = if unlike.is_empty() { known[first] } else { *draw.rng.pick(&unlike) };
    // The lighter block goes further, so its side is the class's; where neither moves it is drawn.
    let (mut left, mut right) = (known[first], second);
    let coin = draw.rng.chance(0.5);
    let class = Class::ALL[draw.class];
    let lighter_left = if class == Class::PairNeither { coin } else { class == Class::PairLeft };
    if (left.substance.density() < right.substance.density()) != lighter_left {
        (left, right) = (right, left);
    }
    draw.told("named in the prompt, and the block looks like it").value("left_block", left.name);
    draw.told("named in the prompt, and the block looks like it").value("right_block", right.name);
    let size = mm(draw.seen("the blocks' size").named("block_mm").real("pair_block_mm"));
    let gap = mm(draw.seen("the room between the blocks").named("gap_mm").real("pair_gap_mm"));
    let radius = radius(draw, "pair_ball_radius_mm");
    let ramp = ramp(draw, radius, 0.006);
    // Seen from the front, where the camera of this family stands, the left is at negative y.
    let offset = 0.5 * (size + gap);
    let block =
        |side: &str, of: Substance, y: f32| upright(format!("{side}_block"), of, Vec3::splat(size), 0.5 * size, y, 0.5 * size);
    let set = Set {
        ramp,
        // Seen from the front: a high stop would hide what comes to rest behind it.
        tray: tray(0.25, 0.15, 0.018),
        radius,
        blocks: vec![block("left", left.substance, -offset), block("right", right.substance, offset)],
    };
    Layout {
        family: Family::Pair,
        set,
        settled: Vec::new(),
        before_gap: 0,
        ahead: format!(
            "Ahead stand two blocks of the same size side by side: the left one is {}, the right one {}.",
            left.phrase, right.phrase
        ),
        meets: "hits both blocks at once",
    }
}

/// Mass of a ball at which the lighter block goes clearly further: 3.3 M q^0.53 (h/H)^1.25 h/z, right in 99.6 % of 2,858 blows. M, h: the
/// lighter block's mass and edge; q: the other's mass over M; H: the ball's fall; z: the height of the strike.
pub(super) fn limit(layout: &Layout) -> Limit {
    let (first, fall, strike) = layout.ln();
    let density = |i: usize| f64::from(layout.set.blocks[i].substance.density());
    let other = libm::log(density(1) / density(0));
    let moves = first + other.min(0.0) + 1.2 + 0.53 * other.abs() + 1.25 * fall + strike;
    around(moves, (1.2, 0.5))
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
        return Ok(Outcome { class: Class::PairNeither, name: "further_neither".to_owned(), moved: vec![false, false] });
    }
    if far < start * size || far < ratio * near || far - near < lead * size {
        return Err("too_close");
    }
    let moved = |d: f32| d > 0.3 * size;
    let (class, side) = if left > right { (Class::PairLeft, "left") } else { (Class::PairRight, "right") };
    Ok(Outcome { class, name: format!("further_{side}"), moved: vec![moved(left), moved(right)] })
}
