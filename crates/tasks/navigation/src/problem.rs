//! A drawn and certified problem, and its way to pictures.

use raytruth_task::{Card, Clip, Draw, Episode, Problem, Rejection, Rng, TaskInfo, Twin};
use serde_json::json;

use crate::class::Class;
use crate::dials::{lengths, seconds, turning, turns};
use crate::family::{self, Ask};
use crate::layout::Family;
use crate::look::Look;
use crate::prompt::{Corner, Told, prompt};
use crate::site::{Site, Turn};
use crate::walk::{Plan, Walk};
use crate::way::Way;
use crate::{certificate, stage, steps, truth, twin};

pub(crate) struct NavigationProblem {
    pub card: Card,
    site: Site,
    told: Told,
    plan: Plan,
    walk: Walk,
    ways: Vec<Way>,
}

/// Sites of a draw.
const SITES: usize = 100;

/// Draws a place of the class with a way through it, and certifies it.
pub(crate) fn draw(info: &TaskInfo, draw: &mut Draw<'_>) -> Result<NavigationProblem, Rejection> {
    let class = Class::ALL[draw.class];
    let names = draw.choices("told");
    let told = names[draw.balanced("told", names.len())].as_str();
    let corner = if draw.rng.chance(0.5) { Corner::Left } else { Corner::Right };
    let told = if told == "plan" { Told::Plan(corner) } else { Told::Route };
    let (least, most) = draw.range("decisions");
    let roofed = draw.choice("maze_roof") == "ceiling";
    let ask = Ask {
        length: lengths(draw.difficulty),
        turns: turns(draw.difficulty),
        // Of rooms, few leave a choice.
        turn: class.turn,
        decisions: (if class.family == Family::Rooms { (least - 1).max(1) } else { least }) as usize..=most as usize,
        roofed: roofed || class.family == Family::Rooms,
    };
    let (site, plan, walk) = walkable(draw, class.family, &ask)?;
    let certified = certificate::certify(&site, &walk, turning(draw.difficulty).0)?;
    record(draw, &site, told, &walk);
    let card = Card::new(info, class.family.name(), draw, prompt(&site, told)).certified(certified.record);
    Ok(NavigationProblem { card, site, told, plan, walk, ways: certified.ways })
}

/// A site that one can walk through in the time there is: most cannot, and to see that takes little.
fn walkable(draw: &mut Draw<'_>, family: Family, ask: &Ask) -> Result<(Site, Plan, Walk), Rejection> {
    let mut one = || {
        let site = family::site(family, draw, ask)?;
        let (through, heading, face) = (site.through.clone(), site.heading, site.face);
        let plan = Plan { through, heading, face, seconds: seconds(draw.difficulty), turn: turning(draw.difficulty).1 };
        Walk::new(&plan).map(|walk| (site, plan, walk))
    };
    let mut last = one();
    for _ in 1..SITES {
        if last.is_ok() {
            break;
        }
        last = one();
    }
    last
}

fn record(draw: &mut Draw<'_>, site: &Site, told: Told, walk: &Walk) {
    let landmarks = &site.layout.landmarks;
    let goal = landmarks[landmarks.len() - 1].name();
    draw.told("named as where the walk ends").value("goal", goal);
    let turns: Vec<&str> = site
        .decisions
        .iter()
        .map(|decision| match decision.turn {
            Turn::Left => "left",
            Turn::Right => "right",
            Turn::Straight => "straight on",
        })
        .collect();
    match told {
        Told::Plan(corner) => {
            draw.noted().value("told", "plan");
            draw.noted().value("plan_corner", if corner == Corner::Left { "left" } else { "right" });
            draw.seen("on the plan: the way from the arrow to the star").value("way", json!(turns));
        }
        Told::Route => {
            draw.noted().value("told", "route");
            draw.told("each turn, and the landmark at which it is made").value("way", json!(turns));
        }
    }
    let layout = &site.layout;
    draw.noted().value("roofed", layout.roofed);
    draw.noted().value("width_m", raytruth_task::round6(f64::from(layout.area.size().x)));
    draw.noted().value("depth_m", raytruth_task::round6(f64::from(layout.area.size().y)));
    draw.noted().value("walls", layout.walls.len());
    draw.noted().value("landmarks", json!(landmarks.iter().map(crate::layout::Landmark::name).collect::<Vec<_>>()));
    draw.noted().value("landmark_count", landmarks.len());
    draw.noted().value("furniture_count", layout.furniture.len());
    draw.noted().value("choices", site.choices.len());
    // Seen from the middle of the place, whichever way that is turned.
    draw.noted().value("start_x_m", raytruth_task::round6(f64::from(site.start().x)));
    draw.noted().value("start_y_m", raytruth_task::round6(f64::from(site.start().y)));
    draw.noted().value("heading_deg", raytruth_task::round6(f64::from(site.heading.to_angle().to_degrees())).round());
    draw.noted().value("walk_m", raytruth_task::round6(f64::from(walk.length())));
    draw.hardness("decisions", site.decisions.len() as f64);
    draw.hardness("turns_deg", f64::from(walk.turns()));
    draw.hardness("length_m", f64::from(walk.length()));
    draw.hardness("choices", site.choices.len() as f64);
}

impl Problem for NavigationProblem {
    fn card(&self) -> &Card {
        &self.card
    }

    fn episode(&self, look: &mut Rng, clip: &Clip) -> Result<Episode, Rejection> {
        let look = Look::draw(look, &self.site.layout);
        let scene = stage::build(&self.site, &self.walk, self.told, &look, clip);
        let captions = steps::captions(&self.site, &self.walk, clip);
        let world = (&self.site, &self.walk, self.ways.as_slice());
        let truth = truth::write(world, (self.told, self.plan.seconds), &look, (&scene, clip))?;
        Ok(Episode { captions, ..Episode::new(&self.card, look.drawn, clip, scene, truth) })
    }

    fn twins(&self, episode: &Episode) -> Vec<Twin> {
        twin::twins(&self.site, &self.walk, &self.plan, episode)
    }
}
