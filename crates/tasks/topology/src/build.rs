//! From a link of the catalogue to its change, drawn to fill a panel.

use glam::DVec2;
use raytruth_knots::diagram::{Diagram, Sign};
use raytruth_knots::operation::{add_bigon, connected_sum, full_twist, mirror};
use raytruth_knots::table::find;
use raytruth_task::{Rejection, Rng};

use crate::catalog::Sort;
use crate::change::{Beside, Change, Relax, Ring, Sum, Swap, Twist};
use crate::groom::{STEPS, groomed};
use crate::plan::Plan;
use crate::proof;
use crate::rule::Rule;
use crate::shot::Strand;

/// Rounds in which the drawing is brought to its panel: rings lie as far beside as strands are thick.
const ROUNDS: usize = 3;
/// After so many steps it is looked whether a drawing is clear.
const LOOKED: usize = 6;
/// A link is so large at least, units: a little more than half of a panel.
const FILLS: f64 = 1.34;
/// Crossings are to be so much farther apart than they must be seen.
const MORE: f64 = 1.08;
/// How far lines with several fingers draw themselves straight.
const TENSION: f64 = 0.3;

/// What is the same for both pairs of links.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Manner {
    /// How many fingers are to be drawn back.
    pub fingers: usize,
    /// Which of two hands a twist, a trefoil or a ring has.
    pub right: bool,
    /// Whether a ring lies beside the link that takes no part.
    pub ring: bool,
    /// Least distance of two crossings, units.
    pub spacing: f64,
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
        (None, Rule::LinkRing) => Plan::unknot(),
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
    let (turn, pick) = (DVec2::new(libm::cos(angle), libm::sin(angle)), rng.range(0.0, 1.0));
    let no_room = || Rejection::new("no_room", format!("{} for {}", sort.told(), rule.name()));
    let mut plan = settled(plan.map(|p| turn.rotate(p)), MORE * manner.spacing, if fingers.len() > 1 { TENSION } else { 1.0 })?;
    let change = |plan: Plan| -> Option<Box<dyn Change>> {
        let change: Box<dyn Change> = match rule {
            Rule::Relax => Box::new(Relax::new(plan, &fingers)?),
            Rule::Mirror => Box::new(Swap::all(plan)?),
            Rule::CrossingChange => Box::new(Swap::one(plan, crossing)?),
            Rule::FullTwist => Box::new(Twist::new(plan, crossing)?),
            Rule::ConnectTrefoil => Box::new(Sum::new(plan)?),
            Rule::LinkRing => return Some(Box::new(Ring::new(&plan, pick, manner.right, corner)?)),
        };
        Some(if manner.ring { Box::new(Beside::new(change, corner)?) } else { change })
    };
    for _ in 0..ROUNDS {
        let (middle, half) = frame(change(plan.clone()).ok_or_else(no_room)?.as_ref());
        plan = plan.map(|p| (p - middle) / half).spaced().ok_or_else(no_room)?;
    }
    let made = change(plan).ok_or_else(no_room)?;
    // Rings are small.
    let own = made.at(0.0).strands.len() - usize::from(manner.ring);
    if [0.0, 1.0].iter().any(|share| size(&made.at(*share).strands[..own]).max_element() < FILLS) {
        return Err(Rejection::new("small", format!("{} for {}", sort.told(), rule.name())));
    }
    Ok(made)
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
        Rule::Relax | Rule::Mirror | Rule::CrossingChange | Rule::LinkRing => Ok(diagram.clone()),
    }
}

/// The drawing when it has found its form, or the last of those on the way there in which strands rest free of each other and crossings are no nearer
/// than `spacing`, units: under tension fingers draw themselves back in time.
fn settled(mut plan: Plan, spacing: f64, tension: f64) -> Result<Plan, Rejection> {
    let (mut best, mut widest) = (None, 0.0_f64);
    for _ in 0..STEPS / LOOKED {
        plan = groomed(&plan, LOOKED, tension).ok_or_else(|| Rejection::new("no_drawing", "it shows nothing clear"))?;
        widest = widest.max(plan.spacing());
        if plan.spacing() >= spacing && proof::rests(plan.raised().ok_or(raytruth_knots::Error::NoComponent)).is_ok() {
            best = Some(plan.clone());
        }
    }
    best.ok_or_else(|| Rejection::new("crowded", format!("{widest:.2} units at most")))
}

/// The diagram with so many fingers, of which one strand lies over another; and their crossings, the last first.
fn tangled(diagram: &Diagram, fingers: usize, rng: &mut Rng) -> Result<(Diagram, Vec<[usize; 2]>), Rejection> {
    let (mut diagram, mut added) = (diagram.clone(), Vec::new());
    let own = diagram.crossing_count();
    for _ in 0..fingers {
        let count = diagram.crossing_count();
        // Sides of a face that do not meet, if there are such: there is room between them; and that no finger has crossed.
        let mut pairs: Vec<(usize, (usize, usize))> = Vec::new();
        for face in diagram.faces() {
            for i in 0..face.len() {
                for j in (0..face.len()).filter(|j| *j != i) {
                    let meet = face.len() < 4 || [1, face.len() - 1].contains(&i.abs_diff(j));
                    let is_crossed = [face[i], face[j]].iter().any(|dart| dart / 4 >= own || diagram.join(*dart) / 4 >= own);
                    pairs.push((2 * usize::from(is_crossed) + usize::from(meet), (face[i], face[j])));
                }
            }
        }
        let best = pairs.iter().map(|pair| pair.0).min().unwrap_or(0);
        pairs.retain(|pair| pair.0 == best);
        let (a, b) = rng.pick(&pairs).1;
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
    let strands: Vec<Strand> = [0.0, 1.0].iter().flat_map(|share| change.at(*share).strands).collect();
    let [low, high] = square(&strands);
    (0.5 * (low + high), 0.5 * (high - low).max_element())
}

fn square(strands: &[Strand]) -> [DVec2; 2] {
    let points = || strands.iter().flat_map(|strand| strand.points.iter().map(|p| p.truncate()));
    [points().fold(DVec2::INFINITY, DVec2::min), points().fold(DVec2::NEG_INFINITY, DVec2::max)]
}

fn size(strands: &[Strand]) -> DVec2 {
    let [low, high] = square(strands);
    high - low
}
