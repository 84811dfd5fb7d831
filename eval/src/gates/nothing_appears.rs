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
    let sought = seen.wanted.sought.map(|thing| seen.palette.class_of[thing]).filter(|&class| seen.palette.has_hue(class));
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
            let is_foreign = |at: usize| {
                let mark = marks[at];
                watch.backdrop[at]
                    && mark & CHANGED != 0
                    && (mark & SHADE == 0 || far(at))
                    && sought != Some(mark & CLASS & !TINTED)
            };
            let foreign: Vec<bool> = (0..marks.len()).map(is_foreign).collect();
            largest_blob(maps.width, &foreign) as f32 / size.max(1.0)
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
fn largest_blob(width: usize, inside: &[bool]) -> usize {
    let whole = |at: usize| inside.get(at).copied().unwrap_or(false);
    let full =
        |at: usize| whole(at) && !(at + 1).is_multiple_of(width) && whole(at + 1) && whole(at + width) && whole(at + width + 1);
    let solid: Vec<bool> = (0..inside.len()).map(full).collect();
    let mut visited = vec![false; solid.len()];
    let mut largest = 0;
    let mut stack = Vec::new();
    for seed in 0..solid.len() {
        if !solid[seed] || visited[seed] {
            continue;
        }
        visited[seed] = true;
        stack.push(seed);
        let mut area = 0;
        while let Some(at) = stack.pop() {
            area += 1;
            let x = at % width;
            let mut visit = |next: usize| {
                if solid[next] && !visited[next] {
                    visited[next] = true;
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
            if at + width < solid.len() {
                visit(at + width);
            }
        }
        largest = largest.max(area);
    }
    largest
}
