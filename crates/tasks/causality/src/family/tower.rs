//! A tower of blocks. The ball comes from a ledge and strikes one of the lower blocks near its middle.
//!
//! A light ball bounces off. A heavy one drives the struck block out: what stood above falls, what stood below stays, as only friction
//! pulls at it and only for a moment.

use glam::Vec3;
use raytruth_eval::causality::Family;
use raytruth_task::prose::number;
use raytruth_task::{Draw, round6};

use super::{Clarity, Layout, Outcome, has_moved, mm, radius, ramp, tray, upright};
use crate::block;
use crate::class::Class;
use crate::simulate::{Run, Set};

/// Blocks of the tallest tower that is struck at its second block.
pub(crate) const UPPER_BLOCKS: usize = 4;

pub(super) fn layout(draw: &mut Draw<'_>) -> Layout {
    let n = draw.told("counted in the prompt and in the picture").named("blocks").int("tower_blocks") as usize;
    let material = block::one(draw, "tower_materials");
    let size = mm(draw.seen("the blocks' size").real("block_mm"));
    // From a taller tower what falls past the lower blocks takes some with it, now and then.
    let is_upper = draw.choice("strike_at") == "upper" && n <= UPPER_BLOCKS;
    let level = usize::from(is_upper);
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
