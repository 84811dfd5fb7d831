//! Whether a strand is cut open: surely, or by signs that few other looks show.

use super::diagram::Pass;
use super::looks::{Look, Looks};
use super::reading::Gap;

/// A cut farther off along its strand is another one's.
const NEAR: f32 = 0.06;
/// So much of a strand that is not seen and lies beneath nothing may be a cut in shadow, into which colours run, widths.
const MISSING: f32 = 0.43;
/// What shows in so large a share of all other looks is no cut, but the shadow of what lies above.
const USUAL: f32 = 0.4;

/// What each look shows of cuts.
pub(super) struct Cuts(Vec<Vec<Pass>>);

/// Where a look shows signs of cuts.
fn signs(look: &Look) -> impl Iterator<Item = &Gap> {
    look.reading.gaps.iter().filter(|gap| gap.is_sure() || gap.may_be() || look.reading.missing(gap) >= MISSING)
}

impl Cuts {
    pub(super) fn new(looks: &Looks<'_>) -> Self {
        Self(looks.all.iter().map(|look| signs(look).map(Gap::pass).collect()).collect())
    }

    /// Whether a strand is cut open between two looks, or soon before or after: near one of these places, or anywhere if there are none.
    pub(super) fn is_open(&self, looks: &Looks<'_>, [first, last]: [usize; 2], places: &[Pass]) -> bool {
        let mut perhaps: Vec<Pass> = Vec::new();
        let surely = looks.any_about(first, last, |look| {
            // Of a cut anywhere, ground that may show is the least sign.
            let tells = |gap: &&Gap| if places.is_empty() { gap.may_be() } else { is_near(gap.pass(), places) };
            let here: Vec<&Gap> = signs(look).filter(tells).collect();
            perhaps.extend(here.iter().map(|gap| gap.pass()));
            here.iter().any(|gap| gap.is_sure())
        });
        if surely || perhaps.is_empty() {
            return surely;
        }
        let about = looks.about(first, last);
        let is_usual = |places: &[Pass]| self.share(places, |look| !about.contains(&look)) > USUAL;
        if places.is_empty() { perhaps.iter().any(|sign| !is_usual(&[*sign])) } else { !is_usual(places) }
    }

    /// Whether a look shows a strand that is cut open.
    pub(super) fn shows(&self, looks: &Looks<'_>, look: usize) -> bool {
        let about = looks.about(look, look);
        let is_usual = |sign: &Pass| self.share(&[*sign], |other| !about.contains(&other)) > USUAL;
        let reading = &looks.all[look].reading;
        reading.is_open() || reading.gaps.iter().any(|gap| gap.may_be() && !is_usual(&gap.pass()))
    }

    /// The share of some looks that show signs near one of these places.
    fn share(&self, places: &[Pass], which: impl Fn(usize) -> bool) -> f32 {
        let some = || self.0.iter().enumerate().filter(|(look, _)| which(*look));
        let show = some().filter(|(_, signs)| signs.iter().any(|sign| is_near(*sign, places))).count();
        show as f32 / some().count().max(1) as f32
    }
}

fn is_near(sign: Pass, places: &[Pass]) -> bool {
    places.iter().any(|place| place.off(sign) < NEAR)
}
