//! A row of dominoes with one gap that is wider than they reach.
//!
//! A light ball bounces off the first. One that topples it starts the row, which stops at the gap. A heavy ball rolls on through the
//! fallen ones, pushes them across the gap and starts the rest.

use glam::Vec3;
use raytruth_eval::causality::Family;
use raytruth_task::Draw;
use raytruth_task::prose::{number, ordinal};

use super::{Clarity, Layout, Limit, Outcome, around, mm, radius, ramp, tray, upright};
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

/// How far below the mass that topples the first domino a ball is too light for certain, and how far above it topples it for certain.
pub(crate) const TOPPLES: (f64, f64) = (0.3, 0.55);
/// The same for those behind the gap.
pub(crate) const CROSSES: (f64, f64) = (0.45, 0.7);

/// Masses of a ball. The first domino topples at 0.074 M (h/H)^0.64 (h/z)^0.68, right in 99.9 % of 2,239 blows; those behind the gap fall
/// at 0.029 M 2^k e^(2.23 g) (h/H)^0.8, right in 97 % of 1,732. M, h: a domino's mass and height; H: the ball's fall; z: the height of the
/// strike; k: dominoes before the gap; g: its width over h.
pub(super) fn limits(layout: &Layout) -> [Limit; 2] {
    let (mass, fall, strike) = layout.ln();
    let (blocks, k) = (&layout.set.blocks, layout.before_gap);
    let pitch = blocks[k].pose.translation.x - blocks[k - 1].pose.translation.x;
    let gap = f64::from((pitch - blocks[0].size.x) / blocks[0].size.z);
    let (topples, crosses) = (mass - 2.6 + 0.64 * fall + 0.68 * strike, mass - 3.55 + 0.69 * k as f64 + 2.23 * gap + 0.8 * fall);
    [around(topples, TOPPLES), around(crosses, CROSSES)]
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
