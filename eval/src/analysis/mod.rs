//! What is seen in a candidate, for any task: made once for each candidate, and read by links, gates and masks.
//!
//! ```text
//! truth ────▶ maps ─┬▶ palette ─▶ watch ─┬▶ disc (a round thing on a known way) ─▶ clock ─┬▶ follow (things by colour)
//! footage ──────────┴────────────────────┴────────────────────────────────────────────────┘
//! ```

mod by_hue;
pub(crate) mod clock;
pub(crate) mod course;
pub(crate) mod disc;
pub(crate) mod follow;
pub(crate) mod maps;
mod masks;
mod pace;
pub(crate) mod palette;
pub(crate) mod solve;
mod wanted;
pub(crate) mod watch;

pub use by_hue::ByHue;
pub use follow::Follow;
pub use wanted::Wanted;

use crate::picture::soften;
use crate::truth::NO_MATTER;
use crate::{Footage, Frame, Overlay, Surface, Truth};

use crate::mask::dilate;
use clock::Clock;
use disc::{Disc, Subject};
use follow::Owner;
use maps::{Maps, Thing};
use palette::{Learn, Palette};
use watch::Watch;

/// A clock that leaves so much unexplained (a mean of 0 to 1) may be one of blended frames; and what another look must leave of it at most.
const UNEXPLAINED: f32 = 0.1;
const BETTER: f32 = 0.7;

/// Longest way of a round thing, longer sides of the picture.
const LONGEST_WAY: f32 = 20.0;

/// Everything that is seen.
pub struct Analysis<'a> {
    pub(crate) footage: &'a Footage,
    pub(crate) wanted: Wanted,
    pub(crate) maps: Maps,
    /// `first_frame.png`, softened.
    pub(crate) first: Frame,
    pub(crate) palette: Palette,
    pub(crate) watch: Watch,
    /// The round thing, if one is wanted.
    pub(crate) disc: Option<Disc>,
    pub(crate) clock: Clock,
    /// What is followed by its colour, in the order of [`Wanted::colors`].
    pub follows: Vec<Follow>,
    /// What is laid over the picture.
    pub(crate) overlays: Vec<Laid>,
    /// Pixels that are free in some frame, by the maps: overlays, and what may show anything.
    pub(crate) free: Vec<bool>,
    /// Frame of the truth from which on the outcome can be seen.
    event: f32,
    /// Frame of the truth in which the last of all events begins.
    last_event: f32,
}

/// Something that is laid over the picture.
pub(crate) struct Laid {
    pub(crate) name: String,
    /// Indices of the pixels of its rectangle that are free in the first map: its own, and those of other overlays and of mirrors there.
    pub(crate) pixels: Vec<usize>,
    shown: Vec<[u32; 2]>,
}

impl Laid {
    fn new(overlay: &Overlay, maps: &Maps) -> Self {
        let [left, top, right, bottom] = overlay.rect;
        let [sx, sy] = maps.scale;
        let inside = |at: &usize| {
            let (x, y) = ((at % maps.width) as f32 + 0.5, (at / maps.width) as f32 + 0.5);
            x > left * sx && x < right * sx && y > top * sy && y < bottom * sy
        };
        let own = |at: &usize| maps.map(0)[*at] == NO_MATTER;
        let pixels = (0..maps.width * maps.height).filter(inside).filter(own).collect();
        Self { name: overlay.name.clone(), pixels, shown: overlay.shown.clone() }
    }

    /// Whether it looks as in the first frame.
    pub(crate) fn is_shown(&self, frame: u32) -> bool {
        self.shown.is_empty() || self.shown.iter().any(|[first, last]| (*first..=*last).contains(&frame))
    }
}

impl<'a> Analysis<'a> {
    /// Looks at all of the footage.
    ///
    /// # Errors
    /// A sentence if the truth's maps cannot be read, or there is nothing to look at.
    pub fn new(truth: &Truth, footage: &'a Footage, wanted: Wanted) -> Result<Self, String> {
        if footage.frames.is_empty() {
            return Err("the candidate has no frames".to_owned());
        }
        if truth.camera.is_some() {
            return Err("the camera moves: its maps are samples, and nothing stands still to compare with; see ByHue".to_owned());
        }
        let maps = Maps::new(truth)?;
        if let Some((thing, until)) = wanted.disc {
            check_way(truth, &maps, thing, until)?;
        }
        if (maps.width, maps.height) != (footage.first_frame.width as usize, footage.first_frame.height as usize) {
            return Err("the footage is not of the size of truth.maps".to_owned());
        }
        let first = soften(&footage.first_frame);
        let round = wanted.disc.map(|(thing, _)| thing);
        let learn = |thing: usize| match () {
            () if wanted.targets.contains(&thing) => Learn::Colour,
            () if wanted.known.contains(&thing) => Learn::Hue,
            () if round == Some(thing) && maps.things[thing].surface != Surface::Mirror => Learn::Hue,
            () => Learn::Nothing,
        };
        let declared: Vec<[u8; 3]> = truth.objects.iter().map(|o| o.color).collect();
        let palette = Palette::learn(&maps, &first, &declared, learn);
        let watch = Watch::new(&maps, &palette, footage, &first, &waiting(&maps, &wanted));
        let shown = |things: &[usize]| maps.map(0).iter().map(|&l| maps.is_any(l, things)).collect::<Vec<bool>>();
        let disc = wanted.disc.map(|(thing, until)| {
            let mut vacated = shown(&wanted.targets);
            dilate(&mut vacated, maps.width, 2);
            let subject = Subject { maps: &maps, thing, shy: shown(&wanted.latches), vacated };
            let find = |thin: bool| {
                let disc = Disc::find(&subject, until, &palette, &watch, &first, thin);
                let (clock, off) = Clock::fit(&maps, &disc, footage);
                (disc, clock, off)
            };
            let plain = find(false);
            if plain.2 <= UNEXPLAINED {
                return plain;
            }
            // Blended frames show it thinly, in two places.
            let thin = find(true);
            if thin.2 < BETTER * plain.2 { thin } else { plain }
        });
        let (disc, clock) = match disc {
            Some((disc, clock, _)) => (Some(disc), clock),
            None if !wanted.paced.is_empty() => (None, Clock::by_pace(&maps, &palette, &watch, &wanted.paced, footage)),
            None => (None, Clock::even(&maps, footage)),
        };
        let others = wanted.others();
        let follows = follow::follow(&Owner::new(&maps, &palette, &wanted.targets, &others), &wanted.targets, &watch, &clock);
        let event = truth.decisive_frame() as f32;
        let last_event = truth.events.values().copied().max().unwrap_or(0) as f32;
        let free = maps.ever_free();
        let overlays = truth.overlays.iter().map(|overlay| Laid::new(overlay, &maps)).collect();
        Ok(Self { footage, wanted, maps, first, palette, watch, disc, clock, follows, overlays, free, event, last_event })
    }

    /// Frames of the candidate.
    #[must_use]
    pub fn frames(&self) -> usize {
        self.watch.marks.len()
    }

    /// Frame of the truth from which on the outcome can be seen.
    pub(crate) fn event(&self) -> f32 {
        self.event
    }

    pub(crate) fn thing(&self, follow: &Follow) -> &Thing {
        &self.maps.things[follow.thing]
    }

    /// The moment of the truth, in frames and within the clip, that a frame of the candidate shows.
    pub(crate) fn moment(&self, frame: usize) -> f32 {
        self.clock.truth(frame, &self.maps)
    }

    /// What is large enough to matter: the radius at the start, pixels, of the round thing, else of the middle one of those followed by
    /// colour.
    pub(crate) fn measure_radius(&self) -> f32 {
        if let Some((disc, _)) = self.wanted.disc {
            return self.maps.things[disc].radii[0];
        }
        let mut radii: Vec<f32> = self.follows.iter().map(|f| self.thing(f).radii[0]).collect();
        radii.sort_by(f32::total_cmp);
        radii.get(radii.len() / 2).copied().unwrap_or(0.0).max(1.0)
    }

    /// The area of a disc of that radius, pixels.
    pub(crate) fn measure(&self) -> f32 {
        let radius = self.measure_radius();
        std::f32::consts::PI * radius * radius
    }

    /// Everything that matters: what is followed by colour, then the round thing.
    pub(crate) fn keys(&self) -> impl Iterator<Item = usize> + '_ {
        self.wanted.targets.iter().copied().chain(self.wanted.disc.map(|(thing, _)| thing))
    }

    /// Frame of the truth from which on nothing of any size moves any more.
    pub(crate) fn rest(&self) -> f32 {
        self.maps.rest() as f32
    }

    /// A share of the picture's longer side, pixels.
    pub(crate) fn of_width(&self, share: f32) -> f32 {
        share * self.maps.width.max(self.maps.height) as f32
    }
}

/// The known way of a round thing must be known, and no longer than a thing can go.
fn check_way(truth: &Truth, maps: &Maps, thing: usize, until: usize) -> Result<(), String> {
    let (object, last) = (&truth.objects[thing], maps.entry_of(until.min(maps.frames - 1)));
    if object.center[..=last].iter().any(Option::is_none) {
        return Err(format!("truth.objects: `{}` has no centre in some frame up to {until}", object.name));
    }
    let way: f32 = maps.things[thing].centers[..=until.min(maps.frames - 1)].windows(2).map(|w| disc::distance(w[0], w[1])).sum();
    let most = LONGEST_WAY * maps.width.max(maps.height) as f32;
    if way > most {
        return Err(format!("truth.objects: `{}` goes {way:.0} pixels, more than {most:.0}", object.name));
    }
    Ok(())
}

/// Where the disc and its latches stand at the start, a little widened.
fn waiting(maps: &Maps, wanted: &Wanted) -> Vec<bool> {
    let leave: Vec<usize> = wanted.others().into_iter().chain(wanted.latches.iter().copied()).collect();
    let mut waiting: Vec<bool> = maps.map(0).iter().map(|&l| maps.is_any(l, &leave)).collect();
    dilate(&mut waiting, maps.width, 3);
    for (w, &label) in waiting.iter_mut().zip(maps.map(0)) {
        *w &= !maps.is_any(label, &wanted.targets);
    }
    waiting
}
