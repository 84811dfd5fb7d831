//! From a link of the catalogue to its change, drawn to fill a panel.

use glam::DVec2;
use raytruth_knots::diagram::{Diagram, Sign};
use raytruth_knots::operation::{add_bigon, connected_sum, full_twist, mirror, ring};
use raytruth_knots::table::find;
use raytruth_task::{Rejection, Rng};

use crate::catalog::Sort;
use crate::change::{Change, Relax, Ring, Sum, Swap, Twist};
use crate::groom::{STEPS, groomed};
use crate::plan::Plan;
use crate::rule::Rule;

/// Rounds in which the drawing is brought to its panel: rings lie as far beside as strands are thick.
const ROUNDS: usize = 3;

/// What is the same for both pairs of links.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Manner {
    /// How many fingers are to be drawn back.
    pub fingers: usize,
    /// Which of two hands a twist, a trefoil or a ring has.
    pub right: bool,
}

fn refused(reason: &'static str) -> impl Fn(raytruth_knots::Error) -> Rejection {
    move |error| Rejection::new(reason, error.to_string())
}

/// A change by a rule of a link, drawn with its own turn and places.
///
/// # Errors
/// [`Rejection`] `no_drawing` or `no_room`.
pub(crate) fn build(sort: &Sort, rule: Rule, manner: Manner, rng: &mut Rng) -> Result<Box<dyn Change>, Rejection> {
    let drawn = refused("no_drawing");
    let crossing = if sort.crossings() > 0 { rng.below(sort.crossings() as u64) as usize } else { 0 };
    let mut fingers = Vec::new();
    let plan = match (&sort.diagram, rule) {
        (None, Rule::LinkRing) => {
            // Of the Hopf link one strand is the ring.
            let hopf = &find("L2a1").ok_or_else(|| Rejection::new("no_drawing", "no Hopf link"))?.diagram;
            let positive = hopf.signs().first() == Some(&Sign::Positive);
            let hopf = if positive == manner.right { hopf.clone() } else { mirror(hopf).map_err(&drawn)? };
            Plan::of(&hopf).map_err(&drawn)?
        }
        (Some(diagram), Rule::Relax) => {
            let (tangled, added) = tangled(diagram, manner.fingers, rng)?;
            fingers = added;
            Plan::of(&tangled).map_err(&drawn)?
        }
        // No other rule is shown on what has no crossing.
        (None, _) => return Err(Rejection::new("no_drawing", "the unknot")),
        (Some(diagram), _) => Plan::of(&enlarged(diagram, rule, manner, crossing, rng)?).map_err(&drawn)?,
    };
    let (angle, corner) = (rng.range(0.0, std::f64::consts::TAU), DVec2::new(sign(rng), sign(rng)));
    let turn = DVec2::new(libm::cos(angle), libm::sin(angle));
    let change = |plan: Plan| -> Option<Box<dyn Change>> {
        Some(match rule {
            Rule::Relax => Box::new(Relax::new(plan, &fingers)?),
            Rule::Mirror => Box::new(Swap::all(plan)?),
            Rule::CrossingChange => Box::new(Swap::one(plan, crossing)?),
            Rule::FullTwist => Box::new(Twist::new(plan, crossing)?),
            Rule::ConnectTrefoil => Box::new(Sum::new(plan)?),
            Rule::LinkRing => Box::new(Ring::new(plan, corner)?),
        })
    };
    let no_room = || Rejection::new("no_room", format!("{} for {}", sort.told(), rule.name()));
    let mut plan = groomed(&plan.map(|p| turn.rotate(p)), STEPS).ok_or_else(no_room)?;
    for _ in 0..ROUNDS {
        let (middle, half) = frame(change(plan.clone()).ok_or_else(no_room)?.as_ref());
        plan = plan.map(|p| (p - middle) / half).spaced().ok_or_else(no_room)?;
    }
    change(plan).ok_or_else(no_room)
}

fn sign(rng: &mut Rng) -> f64 {
    if rng.chance(0.5) { 1.0 } else { -1.0 }
}

/// The diagram with all that the change adds.
fn enlarged(diagram: &Diagram, rule: Rule, manner: Manner, crossing: usize, rng: &mut Rng) -> Result<Diagram, Rejection> {
    let drawn = refused("no_drawing");
    let edges: Vec<usize> = diagram.edges().collect();
    match rule {
        Rule::FullTwist => twisted(diagram, manner, crossing),
        Rule::ConnectTrefoil => {
            let trefoil = &find("3_1").ok_or_else(|| Rejection::new("no_drawing", "no trefoil"))?.diagram;
            let positive = trefoil.signs().first() == Some(&Sign::Positive);
            let trefoil = if positive == manner.right { trefoil.clone() } else { mirror(trefoil).map_err(&drawn)? };
            let other: Vec<usize> = trefoil.edges().collect();
            connected_sum(diagram, *rng.pick(&edges), &trefoil, *rng.pick(&other)).map_err(drawn)
        }
        Rule::LinkRing => {
            let sign = if manner.right { Sign::Positive } else { Sign::Negative };
            ring(diagram, *rng.pick(&edges), sign).map_err(drawn)
        }
        Rule::Relax | Rule::Mirror | Rule::CrossingChange => Ok(diagram.clone()),
    }
}

/// The diagram with so many fingers, of which one strand lies over another; and their crossings, the last first.
fn tangled(diagram: &Diagram, fingers: usize, rng: &mut Rng) -> Result<(Diagram, Vec<[usize; 2]>), Rejection> {
    let (mut diagram, mut added) = (diagram.clone(), Vec::new());
    for _ in 0..fingers {
        let count = diagram.crossing_count();
        let mut faces = diagram.faces();
        let longest = faces.iter().map(Vec::len).max().unwrap_or(0);
        faces.retain(|face| face.len() >= longest.min(4));
        let face = rng.pick(&faces);
        let k = rng.below(face.len() as u64) as usize;
        // Sides of the face that do not meet, if it has such: there is room between them.
        let away = if face.len() > 3 { 2 + rng.below(face.len() as u64 - 3) as usize } else { 1 };
        let (a, b) = (face[k], face[(k + away) % face.len()]);
        diagram = add_bigon(&diagram, a, b, rng.chance(0.5)).map_err(refused("no_drawing"))?;
        added.push([count, count + 1]);
    }
    added.reverse();
    Ok((diagram, added))
}

/// The diagram with a full twist beside a crossing, of its own hand, so that it goes on in the same way.
fn twisted(diagram: &Diagram, manner: Manner, crossing: usize) -> Result<Diagram, Rejection> {
    let drawn = refused("no_drawing");
    // Two sides of a face that meet in the crossing: the twist lies across that corner, or across the next one.
    let corner = if manner.right { 0 } else { 1 };
    for face in diagram.faces() {
        for (k, &out) in face.iter().enumerate() {
            let into = face[(k + face.len() - 1) % face.len()];
            if out != 4 * crossing + corner || into == out {
                continue;
            }
            for right in [false, true] {
                let made = full_twist(diagram, into, out, right).map_err(&drawn)?;
                let hands = made.signs();
                let count = hands.len();
                // The same hand as two strands that run alike or not: three in a row alternate.
                if hands[count - 1] == hands[crossing] && hands[count - 2] == hands[crossing] {
                    return Ok(made);
                }
            }
        }
    }
    Err(Rejection::new("no_drawing", "no twist goes on from this crossing"))
}

/// Middle and half size of the square that a change takes in its first and last moment.
fn frame(change: &dyn Change) -> (DVec2, f64) {
    let shots = [change.at(0.0), change.at(1.0)];
    let points = || shots.iter().flat_map(|shot| shot.strands.iter().flat_map(|s| s.points.iter().map(|p| p.truncate())));
    let low = points().fold(DVec2::INFINITY, DVec2::min);
    let high = points().fold(DVec2::NEG_INFINITY, DVec2::max);
    (0.5 * (low + high), 0.5 * (high - low).max_element())
}
