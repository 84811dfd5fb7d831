//! A tower of blocks. The ball comes from a ledge and strikes the lowest block, or one of the two highest, near its middle.
//!
//! A light ball bounces off. A heavy one drives the struck block out: what stood above falls, what stood below stays, as only friction
//! pulls at it and only for a moment.

use glam::Vec3;
use raytruth_eval::causality::Family;
use raytruth_task::prose::number;
use raytruth_task::{Draw, round6};

use super::{Clarity, Layout, Limit, Outcome, around, has_moved, mm, radius, ramp, tray, upright};
use crate::block;
use crate::class::Class;
use crate::simulate::{Run, Set};

/// Blocks of the tallest tower of which an upper block is struck.
pub(crate) const UPPER_BLOCKS: i64 = 4;
/// Blocks as light as this are struck below the highest one, which any ball would move; kg/m³.
const LIGHT: f32 = 300.0;
/// Of blocks as heavy as this none but the lowest is struck: no ball drives upper ones out cleanly. kg/m³.
const HEAVY: f32 = 1500.0;

/// Whether an upper block of this density can be struck such that those below stay.
pub(crate) fn upper_of(density: f64) -> bool {
    density < f64::from(HEAVY)
}

pub(super) fn layout(draw: &mut Draw<'_>) -> Layout {
    let material = block::one(draw, "tower_materials");
    let density = material.substance.density();
    let (least, most) = draw.range("tower_blocks");
    let is_upper = draw.choice("strike_at") == "upper" && least <= UPPER_BLOCKS && upper_of(f64::from(density));
    let n = draw.rng.int(least, if is_upper { most.min(UPPER_BLOCKS) } else { most });
    // Of a taller tower, or with more than two blocks driven out, what falls takes some of the lower blocks with it, now and then.
    let level = if is_upper { n - draw.rng.int(if density < LIGHT { 2 } else { 1 }, 2) } else { 0 };
    let n = draw.told("counted in the prompt and in the picture").value("blocks", n) as usize;
    let size = mm(draw.seen("the blocks' size").real("block_mm"));
    draw.seen("the ramp's end against the blocks").value("strike_level", level);
    let strike = draw.real("strike_part");
    let radius = radius(draw, "tower_ball_radius_mm");
    // The ball's centre reaches this height, if the ledge need not be lower than the groove is thick.
    let ledge = (size * (level as f32 + strike as f32) - radius).max(0.004);
    let strike = round6(f64::from((ledge + radius) / size) - level as f64);
    draw.seen("the ramp's end and the ball's radius against the struck block").value("strike_part", strike);
    let ramp = ramp(draw, radius, ledge);
    let place = |i: usize| {
        let z = size * (i as f32 + 0.5);
        upright(format!("block_{}", i + 1), material.substance, Vec3::splat(size), 0.5 * size, 0.0, z)
    };
    let set = Set { ramp, tray: tray(0.38, 0.15, 0.05), radius, blocks: (0..n).map(place).collect() };
    Layout {
        family: Family::Tower,
        set,
        settled: Vec::new(),
        before_gap: 0,
        ahead: format!("Ahead stands a tower of {} {} blocks.", number(n), material.adjective),
        meets: "hits the tower",
    }
}

/// How far below the mass at which a tower falls it stays for certain, and how far above it falls with nothing half moved.
pub(crate) const FALLS: (f64, f64) = (0.5, 0.6);

/// Mass of a ball at which the tower falls: 0.71 M n^1.1 (h/H)^0.8 (z/h)^0.2, an eighth more if an upper block is struck; right in all of
/// 3,400 blows. M, h: a block's mass and edge; n: the struck block and those above it; H: the ball's fall; z: the height of the strike on
/// the struck block.
pub(super) fn limit(layout: &Layout) -> Limit {
    let (mass, fall, strike) = layout.ln();
    let level = libm::floor(libm::exp(-strike));
    let above = layout.set.blocks.len() as f64 - level;
    let part = libm::log((libm::exp(-strike) - level).max(0.1));
    let upper = if level > 0.0 { 0.12 } else { 0.0 };
    let falls = mass - 0.34 + 1.1 * libm::log(above) + 0.8 * fall + 0.2 * part + upper;
    around(falls, FALLS)
}

pub(super) fn outcome(layout: &Layout, run: &Run, clarity: Clarity) -> Result<Outcome, &'static str> {
    let blocks = layout.set.blocks.iter().enumerate();
    let moved: Option<Vec<bool>> = blocks.map(|(i, b)| has_moved(b, run.displaced(i), clarity)).collect();
    let moved = moved.ok_or("half_moved")?;
    // How many from below are still where they were.
    let stay = moved.iter().take_while(|m| !**m).count();
    if moved[stay..].iter().any(|m| !m) {
        return Err("half_moved");
    }
    let class = if stay < moved.len() { Class::TowerFalls } else { Class::TowerStays };
    Ok(Outcome { class, name: format!("stacked_{stay}"), moved })
}
