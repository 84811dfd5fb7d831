//! A drawn and certified problem, and its way to pictures.

use raytruth_task::prose::STILL_CAMERA;
use raytruth_task::{Card, Clip, Difficulty, Draw, Episode, Problem, Rejection, Rng, TaskInfo, Twin, tried};
use serde_json::json;

use crate::build::{Manner, build};
use crate::catalog::{Sort, UNKNOT};
use crate::certificate::{self, Known};
use crate::change::Change;
use crate::hues::{self, Hues};
use crate::look::Look;
use crate::rule::Rule;
use crate::{proof, stage, truth, twin};

/// How often a link is drawn until it is clear, and how often the same.
const TRIES: u32 = 72;
const OF_ONE: usize = 6;
/// How often a ring lies beside links that takes no part.
const BESIDE: f64 = 0.3;

/// A link that changes, in its colours.
pub(crate) struct Act {
    pub sort: Sort,
    pub change: Box<dyn Change>,
    pub known: Known,
    pub hues: Hues,
}

/// What is shown: the pair that tells the rule, and the third link with its change.
pub(crate) struct Story {
    pub rule: Rule,
    pub difficulty: Difficulty,
    pub example: Act,
    pub task: Act,
}

struct TopologyProblem {
    card: Card,
    story: Story,
}

const PROMPT: &str = "Four plinths are seen from above. On three of them lie links of coloured strands, at the top left, the top right and the \
                      bottom left; on the fourth, at the bottom right in a marked frame, lies a copy of the third. A change has taken the first \
                      to the second. Let the copy of the third in the marked frame at the bottom right go through the same change, in one even \
                      motion, at the place that the pale circle marks if the change has one place. Strands never pass through each other; where the change \
                      needs it, a strand is cut open in sight and joined again. Apart from what the change itself adds, no strand is added or lost \
                      otherwise. The colours keep running along the strands. It ends whole, and stays so. The other three stay as they are.";

/// # Errors
/// [`Rejection`] if what is drawn is not clear.
pub(crate) fn draw(info: &TaskInfo, draw: &mut Draw<'_>) -> Result<Box<dyn Problem>, Rejection> {
    let rule = Rule::ALL[draw.class];
    let names = draw.choices("links");
    let most = draw.int("most_crossings") as usize;
    let spacing = draw.real("spacing_px");
    let fingers = draw.int("fingers") as usize;
    let right = draw.balanced("hand", 2) == 0;
    let mut all = Vec::new();
    for name in crate::catalog::ALL.into_iter().filter(|name| names.iter().any(|n| n == name)) {
        let sort =
            Sort::new(name, name != UNKNOT && draw.rng.chance(0.5)).map_err(|e| Rejection::new("no_drawing", e.to_string()))?;
        all.push(sort);
    }
    let suited = |ring: bool| all.iter().filter(|sort| sort.suits(rule, most, 2 * fingers, ring)).cloned().collect::<Vec<_>>();
    // Beside the hardest tangles there is no room for a ring.
    let beside = draw.rng.chance(BESIDE) && (rule != Rule::Relax || fingers < 3) && suited(true).len() > 1;
    let ring = rule == Rule::LinkRing || beside;
    let manner = Manner { fingers, right, ring, spacing: spacing / certificate::UNIT_PX };
    let mut sorts = suited(ring);
    if sorts.len() < 2 {
        return Err(Rejection::new("no_links", format!("fewer than two suit the rule {}", rule.name())));
    }
    draw.rng.shuffle(&mut sorts);
    let (task, gap) = act(&sorts, rule, manner, most, true, &mut draw.rng)?;
    sorts.retain(|sort| sort.name != task.sort.name);
    let (example, _) = act(&sorts, rule, manner, most, false, &mut draw.rng)?;
    certificate::only_rule(rule, &example.known, &task.known)?;
    draw.seen("what lies at the top left").value("first", example.sort.told());
    draw.seen("what lies at the bottom left").value("third", task.sort.told());
    draw.seen("what the change makes of the first, at the top right").value("rule", rule_told(rule));
    draw.noted().value("hand", if manner.right { "right" } else { "left" });
    draw.noted().value("strands", json!(task.hues.arcs.len()));
    draw.hardness("crossings", task.known.most as f64);
    draw.hardness("spacing_px", task.known.spacing * certificate::UNIT_PX);
    draw.hardness("stages", task.known.links.len() as f64);
    let record = certificate::record(rule, [(example.change.as_ref(), &example.known), (task.change.as_ref(), &task.known)], gap);
    let card = Card::new(info, rule.name(), draw, format!("{PROMPT} {STILL_CAMERA}")).certified(record);
    Ok(Box::new(TopologyProblem { card, story: Story { rule, difficulty: draw.difficulty, example, task } }))
}

/// As parameters say it: not by the name of the class.
fn rule_told(rule: Rule) -> String {
    format!("rule_{}", rule as usize)
}

/// One of some links whose change is clear, and the gap that is always left. `most`: crossings. `moves`: whether it is seen to change.
fn act(sorts: &[Sort], rule: Rule, manner: Manner, most: usize, moves: bool, rng: &mut Rng) -> Result<(Act, f64), Rejection> {
    let mut count = 0;
    tried(TRIES, || {
        let sort = &sorts[count / OF_ONE % sorts.len()];
        count += 1;
        let change = build(sort, rule, manner, rng)?;
        proof::rests(change.at(0.0).link())?;
        proof::rests(change.at(1.0).link())?;
        let known = certificate::know(change.as_ref(), most, manner.spacing)?;
        let whole = change.whole();
        let shots: Vec<_> =
            whole.iter().map(|span| change.at(if span[1] >= 1.0 { 1.0 } else { span[0] })).chain([change.at(0.0)]).collect();
        let hues = Hues::new(&shots, rng.range(0.0, 360.0)).map_err(|e| Rejection::new("unclear_view", e.to_string()))?;
        if hues.least < hues::LEAST {
            return Err(Rejection::new("hues_too_close", format!("{:.1} degrees", hues.least)));
        }
        let gap = if moves { proof::moves(change.as_ref())? } else { 0.0 };
        Ok((Act { sort: sort.clone(), change, known, hues }, gap))
    })
}

impl Problem for TopologyProblem {
    fn card(&self) -> &Card {
        &self.card
    }

    fn episode(&self, look: &mut Rng, clip: &Clip) -> Result<Episode, Rejection> {
        let look = Look::draw(look);
        let scene = stage::build(&self.story, &look, clip)?;
        let truth = truth::write(&self.story, &scene, clip)?;
        Ok(Episode::new(&self.card, look.drawn.clone(), clip, scene, truth))
    }

    fn twins(&self, episode: &Episode) -> Vec<Twin> {
        twin::twins(&self.story, episode)
    }
}
