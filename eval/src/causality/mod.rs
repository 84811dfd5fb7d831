//! Material-momentum causality: did the ball, rolling down the ramp, do to the targets what its material makes it do?
//!
//! The points follow the chain of causes, and a link earns only as far as the links before it hold:
//!
//! ```text
//! release 50 ─▶ approach 100 ─▶ contact 100 ─▶ response 100 ─▶ momentum 50 ─▶ outcome 250 ─▶ places 350
//! ```

mod ball;
mod clock;
mod gates;
mod links;
mod palette;
mod plan;
mod segment;
mod targets;
mod truth;
mod watch;

pub use truth::{CausalityTruth, Family, TargetTruth};

use crate::picture::soften;
use crate::{Cap, Criterion, Evaluator, Footage, Mask, Truth, Verdict};

use ball::{DiscFinder, Path, Sighting};
use clock::Clock;
use links::{Evidence, Link, ramp, tidy};
use palette::Palette;
use plan::Plan;
use watch::Watch;

/// Most points without an event: what release and approach can earn.
const NO_EVENT: u32 = 150;
/// Most points with a wrong outcome: what all links before it can earn.
const WRONG_OUTCOME: u32 = 400;

/// The evaluator of `knowledge_causality`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Causality;

impl Evaluator for Causality {
    fn domain(&self) -> &'static str {
        "knowledge_causality"
    }

    fn score(&self, truth: &Truth, footage: &Footage) -> Result<Verdict, String> {
        let plan = Plan::new(truth, footage)?;
        if footage.frames.is_empty() {
            return Err("the candidate has no frames".to_owned());
        }
        let first = soften(&footage.first_frame);
        let declared: Vec<[u8; 3]> = truth.objects.iter().map(|o| o.color).collect();
        let palette = Palette::learn(&plan, &first, &declared);
        let watch = Watch::new(&plan, &palette, footage, &first);
        let path = Path::new(&plan);
        let finder = DiscFinder::new(&plan, &palette, &watch, &first);
        let sightings: Vec<Sighting> = (0..footage.frames.len()).map(|frame| finder.on_path(frame, &path)).collect();
        let threshold = DiscFinder::threshold(&sightings);
        let clock = Clock::fit(&plan, &path, &sightings, threshold, footage.seconds_per_frame);
        let follows = targets::follow(&plan, &palette, &watch, &clock);
        let evidence = Evidence {
            plan: &plan,
            watch: &watch,
            first: &first,
            path: &path,
            clock,
            sightings: &sightings,
            threshold,
            finder: &finder,
            follows: &follows,
        };
        Ok(verdict(&evidence, &palette, &footage.seen))
    }

    fn segment(&self, truth: &Truth, footage: &Footage, frames: &[u32]) -> Result<Vec<Mask>, String> {
        segment::segment(truth, footage, frames)
    }
}

fn verdict(evidence: &Evidence<'_>, palette: &Palette, seen: &[bool]) -> Verdict {
    let complete = ramp(1.0 - evidence.shown_to(), 0.2, 0.4);
    let outcome = Link { fraction: evidence.outcome().fraction * complete, ..evidence.outcome() };
    let places = evidence.places();
    let wrong = outcome.fraction < 0.5 || places.fraction < 0.3;
    let chain: [(&'static str, u32, Link); 7] = [
        ("release", 50, evidence.release()),
        ("approach", 100, evidence.approach()),
        ("contact", 100, evidence.contact()),
        ("response", 100, evidence.response()),
        ("momentum", 50, evidence.momentum()),
        ("outcome", 250, outcome),
        ("places", 350, places),
    ];
    let mut holds = 1.0_f32;
    let mut criteria = Vec::with_capacity(chain.len());
    let mut caps = Vec::new();
    for (name, max_points, link) in chain {
        // A link that holds by three quarters lets the next one count in full; by a quarter, not at all.
        let earned = link.fraction * holds;
        let reason =
            if holds < 1.0 { format!("{} (what came before holds by {:.0} %)", link.reason, holds * 100.0) } else { link.reason };
        criteria.push(Criterion {
            name,
            points: (earned * max_points as f32 + 0.5) as u32,
            max_points,
            measured: link.measured.filter(|m| m.is_finite()).map(tidy),
            tolerance: tidy(link.tolerance),
            unit: link.unit,
            reason,
        });
        if name == "contact" && link.fraction == 0.0 {
            caps.push(Cap { points: NO_EVENT, reason: "the ball causes nothing".to_owned() });
        }
        holds = holds.min(ramp(1.0 - link.fraction, 0.25, 0.75));
    }
    if wrong {
        caps.push(Cap { points: WRONG_OUTCOME, reason: "the outcome is wrong".to_owned() });
    }
    Verdict { criteria, gates: gates::all(evidence, palette, seen), caps }
}
