//! Versions that are wrong on purpose, and some that are right in another way, in the dress of the sample.

use std::f64::consts::PI;

use glam::{DVec2, DVec3};
use raytruth_knots::diagram::{View, project};
use raytruth_task::{Episode, Twin};

use crate::certificate::last;
use crate::invariants::of_link;
use crate::look::Stuff;
use crate::problem::Story;
use crate::shot::{Shot, Strand};
use crate::{stage, time};

/// How far a fair version is turned, radians, and how much larger it is drawn.
const TURN: f64 = 40.0 * PI / 180.0;
const LARGER: f64 = 0.1;
/// In another pose strands lie elsewhere by so much, units.
const POSE: f64 = 0.09;

/// They share camera and first frame with the sample, and are scored by its truth.
pub(crate) fn twins(story: &Story, right: &Episode) -> Vec<Twin> {
    let clip = &right.clip;
    let act = &story.task;
    let stuff = Stuff::named(right.look["strands_of"].as_str().unwrap_or_default());
    let share = |frame: u32| time::share(story.difficulty, clip.time_of(frame));
    let mut twins = Vec::new();
    let mut add = |name: &str, summary: &str, shot: &dyn Fn(f64) -> Option<Shot>| {
        let shots: Option<Vec<Shot>> = (0..clip.frames).map(|frame| shot(share(frame))).collect();
        let Some(shots) = shots else { return };
        let mut scene = right.scene.clone();
        stage::play(&mut scene, &shots, &act.hues, stuff);
        if scene != right.scene {
            twins.push(Twin { name: name.to_owned(), summary: summary.to_owned(), scene, class: None, truth: None });
        }
    };
    let at = |share: f64| act.change.at(share);
    let (start, end) = (at(0.0), at(1.0));
    let answer = last(&act.known);
    let is_other = |shot: &Shot| shot.link().and_then(|link| of_link(&link, View::top())).is_ok_and(|link| !link.is(answer));
    let late = |share: f64| ((share - 0.55) / 0.4).clamp(0.0, 1.0);
    if is_other(&start) {
        add("left_as_it_was", "the copy moves a little, and stays the link it was", &|share| {
            Some(map(&start, |p| turned(p, 0.125 * (1.0 - libm::cos(2.0 * PI * share)))))
        });
    }
    let flipped = |shot: &Shot, by: f64| map(shot, |p| p.with_z(p.z * (1.0 - 2.0 * by)));
    if is_other(&flipped(&end, 1.0)) {
        add("mirror_image", "the answer's mirror image", &|share| Some(flipped(&at(share), late(share))));
    }
    if let Some(wrong) = one_crossing(&end).filter(|shot| is_other(shot)) {
        let lift = |share: f64| {
            let shot = at(share);
            if late(share) <= 0.0 { Some(shot) } else { blended(&shot, &wrong, late(share)) }
        };
        add("one_crossing", "one crossing of the answer is wrong", &|share| {
            lift(share).or_else(|| Some(if share < 0.8 { at(share) } else { wrong.clone() }))
        });
    }
    let flat = descending(&end);
    if let Some(other) = flat.filter(|shot| is_other(shot)) {
        add("another_knot", "another link of the answer's outline", &|share| {
            Some(if share < 0.8 { at(share) } else { other.clone() })
        });
    }
    let example = story.example.change.at(1.0);
    if example.strands.len() == end.strands.len() {
        add("copied_b", "the second link instead of the answer", &|share| {
            Some(if share < 0.6 { at(share) } else { example.clone() })
        });
    }
    if !at(0.5).gaps.is_empty()
        && act.known.links.len() > 1
        && matches!(story.rule, crate::rule::Rule::Mirror | crate::rule::Rule::CrossingChange)
    {
        add("passes_through", "strands pass through each other uncut", &|share| Some(Shot { gaps: Vec::new(), ..at(share) }));
    }
    if end.strands.len() > 1 {
        add("component_lost", "a strand vanishes on the way", &|share| {
            let mut shot = at(share);
            if share > 0.5 {
                shot.strands.pop();
                shot.gaps.retain(|gap| gap.strand < shot.strands.len());
            }
            Some(shot)
        });
    }
    add("turned_40", "the right answer, turned in its panel", &|share| Some(map(&at(share), |p| turned(p, TURN * late(share)))));
    add("larger", "the right answer, drawn larger", &|share| {
        let by = 1.0 + LARGER * late(share);
        Some(map(&at(share), |p| (p.truncate() * by).extend(p.z)))
    });
    add("other_pose", "the right answer in another pose", &|share| Some(map(&at(share), |p| posed(p, late(share)))));
    twins
}

fn map(shot: &Shot, to: impl Fn(DVec3) -> DVec3) -> Shot {
    let strand = |strand: &Strand| Strand { points: strand.points.iter().map(|p| to(*p)).collect(), parts: strand.parts.clone() };
    Shot { strands: shot.strands.iter().map(strand).collect(), gaps: shot.gaps.clone() }
}

fn turned(p: DVec3, angle: f64) -> DVec3 {
    DVec2::new(libm::cos(angle), libm::sin(angle)).rotate(p.truncate()).extend(p.z)
}

fn posed(p: DVec3, by: f64) -> DVec3 {
    let shift = DVec2::new(libm::sin(2.1 * p.y), libm::sin(1.7 * p.x + 0.8)) * (POSE * by);
    (p.truncate() * (1.0 - 0.08 * by) + shift).extend(p.z)
}

fn blended(from: &Shot, to: &Shot, share: f64) -> Option<Shot> {
    let alike = from.strands.len() == to.strands.len()
        && from.strands.iter().zip(&to.strands).all(|(a, b)| a.points.len() == b.points.len());
    alike.then(|| {
        let strand = |(a, b): (&Strand, &Strand)| Strand {
            points: a.points.iter().zip(&b.points).map(|(p, q)| p.with_z(p.z + (q.z - p.z) * share)).collect(),
            parts: a.parts.clone(),
        };
        Shot { strands: from.strands.iter().zip(&to.strands).map(strand).collect(), gaps: from.gaps.clone() }
    })
}

/// The shot with one crossing changed, the first that makes another link of it.
fn one_crossing(shot: &Shot) -> Option<Shot> {
    let link = shot.link().ok()?;
    let own = of_link(&link, View::top()).ok()?;
    let shown = project(&link, View::top()).ok()?;
    (0..shown.diagram.crossing_count()).find_map(|crossing| {
        let changed = with_heights(shot, |other, over| if other == crossing { !over } else { over })?;
        let link = of_link(&changed.link().ok()?, View::top()).ok()?;
        (!link.is(&own)).then_some(changed)
    })
}

/// The shot with every strand above where it comes first: an unknot, or an unlink.
fn descending(shot: &Shot) -> Option<Shot> {
    let shown = project(&shot.link().ok()?, View::top()).ok()?;
    let mut first = std::collections::BTreeMap::new();
    for (strand, passes) in shown.passes.iter().enumerate() {
        for (k, pass) in passes.iter().enumerate() {
            first.entry(pass.crossing).or_insert((strand, k));
        }
    }
    let mut at = std::collections::BTreeMap::new();
    for (strand, passes) in shown.passes.iter().enumerate() {
        for (k, pass) in passes.iter().enumerate() {
            at.insert((pass.crossing, pass.over), first[&pass.crossing] == (strand, k));
        }
    }
    with_heights(shot, |crossing, over| at[&(crossing, over)])
}

/// The shot with strands as high as `is_over` says, of a crossing and of whether the strand is above in it now.
fn with_heights(shot: &Shot, is_over: impl Fn(usize, bool) -> bool) -> Option<Shot> {
    let shown = project(&shot.link().ok()?, View::top()).ok()?;
    let lines = shot.strands.iter().map(|strand| strand.points.iter().map(|p| p.truncate()).collect()).collect();
    let mut passes = Vec::new();
    for (line, list) in shown.passes.iter().enumerate() {
        passes.extend(list.iter().map(|pass| crate::plan::Pass {
            line,
            at: pass.edge as f64 + pass.at,
            crossing: pass.crossing,
            over: is_over(pass.crossing, pass.over),
            place: pass.picture,
        }));
    }
    let plan = crate::plan::Plan { lines, passes };
    let strands = (0..plan.lines.len()).map(|line| {
        let heights = plan.heights(line, |pass| if pass.over { crate::plan::LEVEL } else { -crate::plan::LEVEL });
        let points = plan.lines[line].iter().zip(heights).map(|(p, z)| p.extend(z)).collect();
        Strand { points, parts: shot.strands[line].parts.clone() }
    });
    Some(Shot { strands: strands.collect(), gaps: Vec::new() })
}
