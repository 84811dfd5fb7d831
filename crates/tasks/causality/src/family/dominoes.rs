//! A row of dominoes with one gap that is wider than they reach.
//!
//! A light ball bounces off the first. One that topples it starts the row, which stops at the gap. A heavy ball rolls on through the
//! fallen ones, pushes them across the gap and starts the rest.

use glam::Vec3;
use raytruth_eval::causality::Family;
use raytruth_task::Draw;
use raytruth_task::prose::{number, ordinal};

use super::{Clarity, Layout, Outcome, mm, radius, ramp, tray, upright};
use crate::block;
use crate::class::Class;
use crate::simulate::{Run, Set};

pub(super) fn layout(draw: &mut Draw<'_>) -> Layout {
    let n = draw.told("counted in the prompt and in the picture").int("dominoes") as usize;
    let before_gap = draw.rng.int(2, n as i64 - 2) as usize;
    draw.told("the gap's place is told and seen").value("before_gap", before_gap);
    let material = block::one(draw, "domino_materials");
    let height = mm(draw.seen("the dominoes' size").real("domino_height_mm"));
    let pitch_part = draw.seen("the room between dominoes against their height").real("domino_pitch_part");
    let gap_part = draw.seen("the gap against a domino's height").real("domino_gap_part");
    let ledge = mm(draw.real("domino_ledge_mm"));
    let radius = radius(draw, "domino_ball_radius_mm");
    let size = Vec3::new(0.2 * height, 0.65 * height, height);
    let ramp = ramp(draw, radius, ledge);
    let mut x = 0.0;
    let mut blocks = Vec::new();
    for i in 0..n {
        blocks.push(upright(format!("domino_{}", i + 1), material.substance, size, x + 0.5 * size.x, 0.0, 0.5 * height));
        // From face to face: free room after the block's own thickness.
        x += size.x + height * (if i + 1 == before_gap { gap_part } else { pitch_part }) as f32;
    }
    let end = x + height + 0.05;
    Layout {
        family: Family::Dominoes,
        set: Set { ramp, tray: tray(end, 0.11, 0.05), radius, blocks },
        settled: Vec::new(),
        before_gap,
        ahead: format!(
            "Ahead stand {} {} dominoes in a row, with one wider gap after the {}.",
            number(n),
            material.adjective,
            ordinal(before_gap)
        ),
        meets: "hits the first domino",
    }
}

pub(super) fn outcome(layout: &Layout, run: &Run, clarity: Clarity) -> Result<Outcome, &'static str> {
    let mut fallen = Vec::new();
    for (i, block) in layout.set.blocks.iter().enumerate() {
        let (distance, lean) = run.displaced(i);
        let down = match clarity {
            Clarity::Class => distance > 0.3 * block.size.z,
            Clarity::Plain if distance < 0.15 * block.size.x && lean < 0.05 => false,
            Clarity::Plain if distance > 0.45 * block.size.z => true,
            Clarity::Plain => return Err("half_moved"),
        };
        fallen.push(down);
    }
    let down = fallen.iter().take_while(|f| **f).count();
    if fallen[down..].iter().any(|f| *f) {
        return Err("half_moved");
    }
    let class = match down {
        0 => Class::DominoesNone,
        n if n == layout.before_gap => Class::DominoesToGap,
        n if n == fallen.len() => Class::DominoesAll,
        _ => return Err("stopped_elsewhere"),
    };
    Ok(Outcome { class, name: format!("last_{down}"), moved: fallen })
}

/// Share of the sets that are taken, by the balls that come first for none and for those up to the gap. Were all taken, foam would always
/// bounce off and cork stop at the gap, and the ball's material alone would tell nine answers of ten; so it tells seven.
pub(super) fn share(none: &str, to_gap: &str) -> f64 {
    match (none, to_gap) {
        ("foam", "cork" | "wood") => 0.4,
        ("hollow_plastic", "cork") => 0.6,
        _ => 1.0,
    }
}
