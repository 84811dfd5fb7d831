//! No blob stands where nothing ever goes.

use crate::Gate;

use super::super::ball::distance;
use super::super::links::{Evidence, ramp};
use super::super::watch::{CHANGED, SHADE};
use super::gate;

/// No blob stands where nothing ever goes.
pub(super) fn nothing_appears(evidence: &Evidence<'_>) -> Gate {
    let (plan, watch) = (evidence.plan, evidence.watch);
    let size = std::f32::consts::PI * plan.things[plan.ball].radii[0] * plan.things[plan.ball].radii[0];
    let mut areas: Vec<f32> = watch
        .marks
        .iter()
        .enumerate()
        .map(|(frame, marks)| {
            let moment = (evidence.clock.truth(frame, plan) + 0.5) as usize;
            // A shadow falls near what throws it; grey things far from everything are no shadows.
            let far = |at: usize| {
                let place = [(at % plan.width) as f32, (at / plan.width) as f32];
                plan.things
                    .iter()
                    .all(|t| distance(t.centers[moment], place) > t.radii[moment] + 5.0 * plan.things[plan.ball].radii[0])
            };
            let foreign: Vec<bool> = (0..marks.len())
                .map(|at| watch.backdrop[at] && marks[at] & CHANGED != 0 && (marks[at] & SHADE == 0 || far(at)))
                .collect();
            largest_blob(plan.width, &foreign) as f32 / size.max(1.0)
        })
        .collect();
    areas.sort_by(f32::total_cmp);
    let area = areas[(areas.len() * 9 / 10).min(areas.len() - 1)];
    gate(
        "nothing_appears",
        ramp(area, 0.35, 0.7),
        area,
        0.35,
        "balls",
        format!("the largest blob where nothing goes has {area:.2} times the ball's area"),
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
