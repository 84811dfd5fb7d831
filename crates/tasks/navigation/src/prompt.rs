//! What the solver is told.

use raytruth_task::prose;

use crate::layout::Family;
use crate::site::{Site, Turn};

/// How the way is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    /// By a plan in a corner of the picture; no turns in the prompt.
    Plan(Corner),
    /// By the turns, in the prompt; no plan.
    Route,
}

/// Where a plan lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Corner {
    Left,
    Right,
}

/// The last sentence of every prompt.
pub(crate) const KEEP: &str = "Keep walls, doors, colours and light unchanged, and the camera level at eye height.";

pub(crate) fn prompt(site: &Site, told: Told) -> String {
    let place = match (site.layout.family, site.layout.roofed) {
        (Family::Maze, true) => "a maze of corridors",
        (Family::Maze, false) => "a maze of walls below the open sky",
        (Family::Rooms, _) => "the rooms of a flat",
        (Family::Plaza, _) => "a walled plaza with low walls and monuments",
    };
    let landmark = |i: usize| site.layout.landmarks[i].name();
    let goal = landmark(site.layout.landmarks.len() - 1);
    let passed: Vec<String> = site.decisions.iter().map(|d| format!("the {}", landmark(d.landmark))).collect();
    let visits = site.layout.family == Family::Plaza;
    let way = match told {
        Told::Plan(corner) => {
            let side = match corner {
                Corner::Left => "left",
                Corner::Right => "right",
            };
            let order = if visits { format!(", past {}", passed.join(", then past ")) } else { String::new() };
            format!(
                "The plan in the upper {side} corner shows the place from above and stays unchanged: the arrow is the start and the way \
                 the camera looks, the star is the {goal}. Walk the shortest way from the arrow to the star{order}."
            )
        }
        Told::Route => {
            let steps = site.decisions.iter().zip(&passed).map(|(decision, at)| match decision.turn {
                Turn::Left => format!("turn left at {at}"),
                Turn::Right => format!("turn right at {at}"),
                Turn::Straight => format!("go straight on past {at}"),
            });
            let steps = prose::list(&steps.collect::<Vec<_>>()).replace(" and ", ", then ");
            let follow = if site.layout.family == Family::Rooms { "" } else { " Where the way only bends, follow it." };
            format!("Walk the shortest way: set off straight ahead, {steps}, and go on to the {goal}.{follow}")
        }
    };
    let through = if site.layout.family == Family::Rooms && told == Told::Route {
        " Each turn leads through the doorway on that side."
    } else {
        ""
    };
    format!(
        "The camera walks through {place} at eye height, in one continuous walk without cuts. {way}{through} Never walk through anything. \
         Stop in front of the {goal} and face it. {KEEP}"
    )
}
