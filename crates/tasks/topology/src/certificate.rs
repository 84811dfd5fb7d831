//! The proof that a pair of links shows one rule and no other, and what the rule makes of the third.

use glam::DVec3;
use raytruth_eval::topology::LinkTruth;
use raytruth_knots::diagram::{Diagram, View, project};
use raytruth_task::Rejection;
use serde_json::{Value, json};

use crate::change::Change;
use crate::invariants::{generic_views, of_link, terms};
use crate::plan::least_distance;
use crate::rivals::outcomes;
use crate::rule::Rule;
use crate::shot::Shot;

/// Pixels of a unit in a picture of 480 pixels height.
pub(crate) const UNIT_PX: f64 = 86.0;
/// From how many directions besides it is looked which link it is.
const VIEWS: usize = 3;

/// What is known of a link and its change.
pub(crate) struct Known {
    /// What it is in each stage.
    pub links: Vec<LinkTruth>,
    /// What is seen of it from above at first.
    pub diagram: Diagram,
    /// Least distance of two crossings, units.
    pub spacing: f64,
    /// Most crossings shown at rest.
    pub most: usize,
}

fn unclear(error: raytruth_knots::Error) -> Rejection {
    Rejection::new("unclear_view", error.to_string())
}

/// Looks at each stage from above, from where cameras may be, and from elsewhere. `most`: crossings. `spacing`: their least distance, units.
///
/// # Errors
/// [`Rejection`] `unclear_view` if views differ, `too_many_crossings`, `crowded`.
pub(crate) fn know(change: &dyn Change, most: usize, spacing: f64) -> Result<Known, Rejection> {
    let mut known = Known { links: Vec::new(), diagram: Diagram::unlink(1), spacing: f64::INFINITY, most: 0 };
    let whole = change.whole();
    for (k, span) in whole.iter().enumerate() {
        let shot = change.at(if k + 1 == whole.len() { 1.0 } else { span[0] });
        let link = shot.link().map_err(unclear)?;
        let is_end = k == 0 || k + 1 == whole.len();
        let told = of_link(&link, View::top()).map_err(unclear)?;
        let views: [View; VIEWS] = generic_views().map_err(unclear)?;
        for view in views {
            if !of_link(&link, view).map_err(unclear)?.is(&told) {
                return Err(Rejection::new("unclear_view", "two views show two links"));
            }
        }
        if is_end {
            // The picture shows the same from wherever the camera is.
            for view in eyes().map_err(unclear)? {
                let shown = project(&link, view).map_err(unclear)?;
                if shown.diagram.crossing_count() != told.crossings as usize {
                    return Err(Rejection::new("unclear_view", "a camera sees more crossings"));
                }
                let places = shown.passes.iter().flatten().filter(|pass| pass.over).map(|pass| pass.picture);
                known.spacing = known.spacing.min(least_distance(places));
            }
            known.most = known.most.max(told.crossings as usize);
        }
        if k == 0 {
            known.diagram = project(&link, View::top()).map_err(unclear)?.diagram;
        }
        known.links.push(told);
    }
    if known.most > most {
        return Err(Rejection::new("too_many_crossings", format!("{} of {most}", known.most)));
    }
    if known.spacing < spacing {
        return Err(Rejection::new("crowded", format!("{:.2} units", known.spacing)));
    }
    Ok(known)
}

/// From where cameras may look, at the limits and in the middle.
fn eyes() -> raytruth_knots::Result<Vec<View>> {
    let look = |azimuth: f64, elevation: f64| {
        let towards = raytruth_task::dress::direction(azimuth, elevation);
        View::from_direction(DVec3::new(towards.x.into(), towards.y.into(), towards.z.into()))
    };
    let (a, [low, high]) = (crate::stage::AZIMUTH, crate::stage::ELEVATION);
    [(0.0, 0.5 * (low + high)), (-a, low), (a, low), (-a, high), (a, high)].into_iter().map(|(a, e)| look(a, e)).collect()
}

/// That no other rule explains the first pair, unless it makes the same of the third; and that nothing cheaper gives the answer.
///
/// # Errors
/// [`Rejection`] `ambiguous` or `trivial`.
pub(crate) fn only_rule(rule: Rule, first: &Known, third: &Known) -> Result<(), Rejection> {
    let strands = |known: &Known| known.diagram.component_count();
    let (b, answer) = (last(first), last(third));
    let failed = |e: raytruth_knots::Error| Rejection::new("ambiguous", e.to_string());
    for other in Rule::ALL.into_iter().filter(|other| *other != rule) {
        // A rule that shows another number of crossings explains nothing.
        if added(other).is_none_or(|added| first.links[0].crossings + added != b.crossings) {
            continue;
        }
        if outcomes(&first.diagram, other).map_err(failed)?.contains(&(strands(first), b.jones.clone())) {
            let there = outcomes(&third.diagram, other).map_err(failed)?;
            if there.iter().any(|(count, jones)| *count != strands(third) || *jones != answer.jones) {
                return Err(Rejection::new("ambiguous", other.name()));
            }
        }
    }
    if b.is(answer) && strands(first) == strands(third) {
        return Err(Rejection::new("trivial", "the answer is the second link"));
    }
    if rule != Rule::Relax && [first, third].iter().any(|known| known.links[0].is(last(known))) {
        return Err(Rejection::new("trivial", "the rule changes nothing"));
    }
    if rule == Rule::Mirror && first.diagram.crossing_count() > 0 {
        // Run the other way, or with one strand turned, it must not be its own mirror image either.
        let own = terms(&first.diagram).map_err(failed)?;
        let reversed: Vec<(i32, i64)> = own.iter().rev().map(|(e, c)| (-e, *c)).collect();
        if own == reversed {
            return Err(Rejection::new("trivial", "its own mirror image"));
        }
    }
    Ok(())
}

/// Crossings that a rule adds to a picture; `None` of one that takes some away, or brings a strand that is seen beside the link.
fn added(rule: Rule) -> Option<u32> {
    match rule {
        Rule::Relax | Rule::LinkRing => None,
        Rule::Mirror | Rule::CrossingChange => Some(0),
        Rule::FullTwist => Some(2),
        Rule::ConnectTrefoil => Some(3),
    }
}

pub(crate) fn last(known: &Known) -> &LinkTruth {
    &known.links[known.links.len() - 1]
}

/// All by which others can compute it anew: curves of all four links, with the numbers claimed of them.
pub(crate) fn record(rule: Rule, [first, third]: [(&dyn Change, &Known); 2], gap: f64) -> Value {
    let curve = |shot: &Shot| -> Value {
        let round = |x: f64| (x * 1e6).round() / 1e6;
        let strand = |points: &[DVec3]| points.iter().map(|p| json!([round(p.x), round(p.y), round(p.z)])).collect::<Vec<_>>();
        shot.strands.iter().map(|s| Value::from(strand(&s.points))).collect()
    };
    let told = |link: &LinkTruth| json!({ "jones_in_a": link.jones, "linking": link.linking, "crossings": link.crossings });
    json!({
        "rule": rule.name(),
        "least_gap_units": (gap * 1e6).round() / 1e6,
        "least_spacing_px": (first.1.spacing.min(third.1.spacing) * UNIT_PX * 100.0).round() / 100.0,
        "views": VIEWS,
        "world": {
            "radius_units": crate::plan::RADIUS,
            "a": curve(&first.0.at(0.0)),
            "b": curve(&first.0.at(1.0)),
            "c": curve(&third.0.at(0.0)),
            "d": curve(&third.0.at(1.0)),
        },
        "links": {
            "a": told(&first.1.links[0]),
            "b": told(last(first.1)),
            "c": told(&third.1.links[0]),
            "d": told(last(third.1)),
        },
    })
}
