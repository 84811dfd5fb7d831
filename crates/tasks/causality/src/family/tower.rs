//! A tower of blocks. The ball comes from a ledge and strikes the second block a little above its lower edge.
//!
//! A light ball bounces off. A ball about as heavy as a block knocks out the block it strikes and stops: what stood above falls,
//! the lowest block stays. A heavy ball rolls on, and as its underside is lower than the joint it takes the lowest block along.

use glam::Vec3;
use raytruth_eval::causality::Family;
use raytruth_physics::Substance;
use raytruth_task::Draw;
use serde_json::Map;

use super::{Layout, Outcome, has_moved, mm, radius, ramp, tray, upright, word};
use crate::simulate::{Run, Set};

pub(super) fn layout(draw: &mut Draw<'_>) -> Layout {
    let mut parameters = Map::new();
    let n = draw.int("tower_blocks") as usize;
    let block_mm = draw.real("block_mm");
    let strike = draw.real("strike_part");
    let radius = radius(draw, "ball_radius_mm", &mut parameters);
    let size = mm(block_mm);
    // The ball's centre stands this high; its underside rests on the ledge.
    let ledge = size * (1.0 + strike as f32) - radius;
    parameters.insert("blocks".into(), n.into());
    parameters.insert("block_mm".into(), block_mm.into());
    parameters.insert("strike_part".into(), strike.into());
    let ramp = ramp(draw, radius, ledge, &mut parameters);
    let block = |i: usize| {
        let z = size * (i as f32 + 0.5);
        upright(format!("block_{}", i + 1), Substance::Oak, Vec3::splat(size), 0.5 * size, 0.0, z)
    };
    let set = Set { ramp, tray: tray(0.34, 0.14), radius, blocks: (0..n).map(block).collect() };
    Layout {
        family: Family::Tower,
        set,
        before_gap: 0,
        parameters,
        ahead: format!("The tower ahead has {} wooden blocks.", word(n)),
        meets: "hits the tower",
        bare: false,
    }
}

pub(super) fn outcome(layout: &Layout, run: &Run) -> Result<Outcome, &'static str> {
    let blocks = layout.set.blocks.iter().enumerate();
    let moved: Option<Vec<bool>> = blocks.map(|(i, b)| has_moved(b, run.displaced(i))).collect();
    let moved = moved.ok_or("half_moved")?;
    // How many from below are still where they were.
    let stay = moved.iter().take_while(|m| !**m).count();
    let class = if stay == moved.len() { 0 } else if stay > 0 { 1 } else { 2 };
    if moved[stay..].iter().any(|m| !m) {
        return Err("half_moved");
    }
    Ok(Outcome { class, moved })
}
