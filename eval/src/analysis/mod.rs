//! What is seen in a candidate, for any task: made once for each candidate, and read by links, gates and masks.
//!
//! ```text
//! truth ──▶ maps ─┬▶ palette ─▶ watch ─┬▶ disc (a round thing on a known way) ─▶ clock ─┬▶ follow (things by colour)
//! footage ────────┴────────────────────┴────────────────────────────────────────────────┘
//! ```

pub(crate) mod clock;
pub(crate) mod disc;
pub(crate) mod follow;
pub(crate) mod maps;
pub(crate) mod palette;
pub(crate) mod watch;

use crate::picture::soften;
use crate::{Footage, Frame, Surface, Truth};

use clock::Clock;
use disc::{DiscFinder, Path, Sighting, Subject};
use follow::{Follow, Owner};
use maps::{Maps, dilate};
use palette::{Learn, Palette};
use watch::Watch;

/// What a task wants looked at, by indices into the truth's objects.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    /// Things followed by their colour.
    pub(crate) targets: Vec<usize>,
    /// The round thing whose known way sets the clock, and the frame of the truth up to which that way is known.
    pub(crate) disc: (usize, usize),
    /// Things that stand before the disc at the start, and leave.
    pub(crate) latches: Vec<usize>,
    /// Frame of the truth from which on the outcome can be seen.
    pub(crate) event: usize,
}

/// Everything that is seen.
pub(crate) struct Analysis<'a> {
    pub(crate) footage: &'a Footage,
    pub(crate) wanted: Wanted,
    pub(crate) maps: Maps,
    /// `first_frame.png`, softened.
    pub(crate) first: Frame,
    pub(crate) palette: Palette,
    pub(crate) watch: Watch,
    pub(crate) path: Path,
    pub(crate) finder: DiscFinder,
    /// The best place of the disc on its path, per frame.
    pub(crate) sightings: Vec<Sighting>,
    /// Least strength of a sighting that counts as seen.
    pub(crate) threshold: f32,
    pub(crate) clock: Clock,
    /// One for each target.
    pub(crate) follows: Vec<Follow>,
}

impl<'a> Analysis<'a> {
    /// # Errors
    /// A sentence if there is nothing to look at.
    pub(crate) fn new(truth: &Truth, footage: &'a Footage, maps: Maps, wanted: Wanted) -> Result<Self, String> {
        if footage.frames.is_empty() {
            return Err("the candidate has no frames".to_owned());
        }
        let first = soften(&footage.first_frame);
        let (disc, until) = wanted.disc;
        let learn = |thing: usize| match () {
            () if wanted.targets.contains(&thing) => Learn::Colour,
            () if thing == disc && maps.things[disc].surface != Surface::Mirror => Learn::Hue,
            () => Learn::Nothing,
        };
        let declared: Vec<[u8; 3]> = truth.objects.iter().map(|o| o.color).collect();
        let palette = Palette::learn(&maps, &first, &declared, learn);
        let watch = Watch::new(&maps, &palette, footage, &first, &waiting(&maps, &wanted));
        let shown = |things: &[usize]| maps.map(0).iter().map(|&l| maps.is_any(l, things)).collect::<Vec<bool>>();
        let mut vacated = shown(&wanted.targets);
        dilate(&mut vacated, maps.width, 2);
        let subject = Subject { maps: &maps, thing: disc, shy: shown(&wanted.latches), vacated };
        let finder = DiscFinder::new(&subject, &palette, &watch, &first);
        let path = Path::new(&maps.things[disc], until);
        let sightings: Vec<Sighting> = (0..footage.frames.len()).map(|frame| finder.on_path(frame, &path)).collect();
        let threshold = DiscFinder::threshold(&sightings);
        let clock = Clock::fit(&maps, &path, &sightings, threshold, footage.seconds_per_frame);
        let others = [disc];
        let follows = follow::follow(&Owner::new(&maps, &palette, &wanted.targets, &others), &wanted.targets, &watch, &clock);
        Ok(Self { footage, wanted, maps, first, palette, watch, path, finder, sightings, threshold, clock, follows })
    }

    /// Frames of the candidate.
    pub(crate) fn frames(&self) -> usize {
        self.watch.marks.len()
    }

    /// The disc's thing.
    pub(crate) fn disc(&self) -> &maps::Thing {
        &self.maps.things[self.wanted.disc.0]
    }

    /// Area of the disc at the start, pixels: the measure of what is large enough to matter.
    pub(crate) fn measure(&self) -> f32 {
        let radius = self.disc().radii[0];
        std::f32::consts::PI * radius * radius
    }

    /// Frame of the truth from which on the outcome can be seen.
    pub(crate) fn event(&self) -> f32 {
        self.wanted.event as f32
    }

    /// Everything that matters: the targets, then the disc.
    pub(crate) fn keys(&self) -> impl Iterator<Item = usize> + '_ {
        self.wanted.targets.iter().copied().chain([self.wanted.disc.0])
    }

    /// A share of the picture's longer side, pixels.
    pub(crate) fn of_width(&self, share: f32) -> f32 {
        share * self.maps.width.max(self.maps.height) as f32
    }
}

/// Where the disc and its latches stand at the start, a little widened.
fn waiting(maps: &Maps, wanted: &Wanted) -> Vec<bool> {
    let mut waiting: Vec<bool> =
        maps.map(0).iter().map(|&l| maps.is_any(l, &[wanted.disc.0]) || maps.is_any(l, &wanted.latches)).collect();
    dilate(&mut waiting, maps.width, 3);
    for (w, &label) in waiting.iter_mut().zip(maps.map(0)) {
        *w &= !maps.is_any(label, &wanted.targets);
    }
    waiting
}
