//! No blob stands where nothing ever goes.

use crate::{Failure, Gate};

use super::gate;
use crate::analysis::Analysis;
use crate::analysis::disc::distance;
use crate::analysis::palette::TINTED;
use crate::analysis::watch::{CHANGED, CLASS, SHADE};
use crate::grading::ramp;

/// No blob stands where nothing ever goes.
pub(super) fn nothing_appears(seen: &Analysis<'_>) -> Gate {
    let (maps, watch) = (&seen.maps, &seen.watch);
    let size = seen.measure();
    // What is large throws its shadow farther.
    let nearby = |radius: f32| 5.0 * radius.max(seen.measure_radius());
    // Where the answer is a place, what is in a wrong one is not foreign: the task says so by itself.
    let sought =
        seen.wanted.sought.iter().map(|&thing| seen.palette.class_of[thing]).filter(|&class| seen.palette.has_hue(class));
    let sought: Vec<u8> = sought.collect();
    let mut areas: Vec<f32> = watch
        .marks
        .iter()
        .enumerate()
        .map(|(frame, marks)| {
            let moment = (seen.clock.truth(frame, maps) + 0.5) as usize;
            // A shadow falls near what throws it; grey things far from everything are no shadows.
            let far = |at: usize| {
                let place = [(at % maps.width) as f32, (at / maps.width) as f32];
                maps.things.iter().all(|t| distance(t.centers[moment], place) > t.radii[moment] + nearby(t.radii[moment]))
            };
            let mut foreign = vec![false; marks.len()];
            for (at, (&mark, _)) in marks.iter().zip(&watch.backdrop).enumerate().filter(|(_, (m, b))| **b && **m & CHANGED != 0)
            {
                foreign[at] = (mark & SHADE == 0 || far(at)) && !sought.contains(&(mark & CLASS & !TINTED));
            }
            largest_blob(maps.width, foreign) as f32 / size.max(1.0)
        })
        .collect();
    areas.sort_by(f32::total_cmp);
    let area = areas[(areas.len() * 9 / 10).min(areas.len() - 1)];
    gate(
        "nothing_appears",
        ramp(area, 0.35, 0.7),
        (area, 0.35, "of what matters"),
        format!("the largest blob where nothing goes has {area:.2} times the area of what matters"),
        Failure::Appeared,
    )
}

/// Area of the largest four-connected blob of pixels whose 2x2 neighbourhood is full.
fn largest_blob(width: usize, inside: Vec<bool>) -> usize {
    let mut solid = inside;
    for at in 0..solid.len() {
        // Those to the right and below are still as they were.
        let is = |at: usize| solid.get(at).copied().unwrap_or(false);
        solid[at] = is(at) && !(at + 1).is_multiple_of(width) && is(at + 1) && is(at + width) && is(at + width + 1);
    }
    let (mut largest, count) = (0, solid.len());
    let mut stack = Vec::new();
    for seed in 0..count {
        if !solid[seed] {
            continue;
        }
        // What has been counted is taken out.
        solid[seed] = false;
        stack.push(seed);
        let mut area = 0;
        while let Some(at) = stack.pop() {
            area += 1;
            let x = at % width;
            let mut visit = |next: usize| {
                if solid[next] {
                    solid[next] = false;
                    stack.push(next);
                }
            };
            if x > 0 {
                visit(at - 1);
            }
            if x + 1 < width {
                visit(at + 1);
            }
            if at >= width {
                visit(at - width);
            }
            if at + width < count {
                visit(at + width);
            }
        }
        largest = largest.max(area);
    }
    largest
}
