//! What the links look at: the analysis of a candidate, and the task's truth at its size.

use crate::analysis::course::{Stand, pitch};
use crate::analysis::follow::{Look, Owner};
use crate::analysis::{Analysis, Follow, Wanted};
use crate::mask::dilate;
use crate::truth::NO_MATTER;
use crate::{Footage, Truth};

use super::truth::{Placed, RevealTruth};

/// How far from its own pixels a thing may show, and its images beyond their boxes: parts of the least distance of two places, and pixels.
const BESIDE: (f32, f32) = (0.25, 3.0);

/// Everything the links look at.
pub(super) struct Evidence<'a> {
    pub(super) seen: Analysis<'a>,
    /// Lengths are pixels of the footage.
    pub(super) truth: RevealTruth,
    /// The candidate's last frames, which must show all things in their places.
    pub(super) end: Vec<usize>,
    /// What is seen of each thing then, in its place and elsewhere.
    pub(super) finds: Vec<Find>,
}

/// What is seen of a thing in the end.
pub(super) struct Find {
    pub(super) looks: Vec<Look>,
    /// Its area by the truth, pixels.
    pub(super) area: f32,
    /// Where it would be seen in each of its places.
    pub(super) slots: Vec<[f32; 2]>,
    pub(super) stand: Stand,
    /// In parts of its area, frame by frame: what shows of its colour about its own place, and what does elsewhere.
    pub(super) own: Vec<f32>,
    pub(super) stray: Vec<f32>,
}

impl Find {
    /// Least distance of two of its places, pixels.
    pub(super) fn pitch(&self) -> f32 {
        pitch(&self.slots)
    }
}

impl<'a> Evidence<'a> {
    /// # Errors
    /// A sentence if the truth is not of this kind, or there is nothing to look at.
    pub(super) fn new(truth: &Truth, footage: &'a Footage) -> Result<Self, String> {
        let task = RevealTruth::read(truth)?;
        let seen = Analysis::new(truth, footage, wanted(truth, &task)?)?;
        let truth = task.scaled(seen.maps.scale);
        let end = seen.end(truth.shown_from);
        let finds = truth.things.iter().zip(&seen.follows[truth.covers.len()..]);
        let finds = finds.map(|(placed, follow)| find(&seen, placed, follow, &end)).collect();
        Ok(Self { seen, truth, end, finds })
    }

    pub(super) fn covers(&self) -> &[Follow] {
        &self.seen.follows[..self.truth.covers.len()]
    }

    fn things(&self) -> &[Follow] {
        &self.seen.follows[self.truth.covers.len()..]
    }

    fn is_hidden(&self, follow: &Follow) -> bool {
        self.seen.thing(follow).visible[0] == 0.0
    }

    /// What moves in sight, in its order: covers, and markers.
    pub(super) fn movers(&self) -> Vec<&Follow> {
        self.covers().iter().chain(self.things().iter().filter(|thing| !self.is_hidden(thing))).collect()
    }

    /// What is not seen at first, but for its image.
    pub(super) fn hidden(&self) -> impl Iterator<Item = &Follow> {
        self.things().iter().filter(|thing| self.is_hidden(thing))
    }

    pub(super) fn anything_moves(&self) -> bool {
        self.movers().into_iter().any(|follow| self.seen.moves(follow))
    }

    /// Whether a thing ends where one would look for it who takes its image for it.
    pub(super) fn is_mistaken(&self) -> bool {
        let ends_at = |find: &Find| if let Stand::At(_, nearest) = find.stand { Some(nearest) } else { None };
        self.truth.things.iter().zip(&self.finds).any(|(thing, find)| thing.mistaken.is_some() && ends_at(find) == thing.mistaken)
    }
}

/// What is looked at: covers, then things, by colour. What stands in sight at first sets the clock.
pub(super) fn wanted(truth: &Truth, task: &RevealTruth) -> Result<Wanted, String> {
    let things = || task.things.iter().map(|thing| thing.name.as_str());
    let all = || task.covers.iter().map(String::as_str).chain(things());
    let in_sight = |name: &&str| truth.object(name).is_some_and(|object| object.is_seen(0));
    let wanted = Wanted::colors(truth, all())?.paced(truth, all().filter(in_sight))?.all_known(truth);
    let wanted = things().try_fold(wanted, |wanted, name| wanted.sought(truth, name))?;
    things().filter(|name| !in_sight(name)).try_fold(wanted, |wanted, name| wanted.unveiled(truth, name))
}

fn find(seen: &Analysis<'_>, placed: &Placed, follow: &Follow, end: &[usize]) -> Find {
    let (maps, thing) = (&seen.maps, seen.thing(follow));
    let last = maps.frames - 1;
    let area = thing.visible[last].max(1.0);
    // Of what is partly hidden, or no ball, the middle of what is seen is not its own.
    let (middle, place) = (thing.centroids[last], placed.slots[placed.place]);
    let slots: Vec<[f32; 2]> = placed.slots.iter().map(|slot| [0, 1].map(|c| slot[c] + middle[c] - place[c])).collect();
    let reach = (BESIDE.0 * pitch(&slots)).max(BESIDE.1);
    let mut own: Vec<bool> = maps.map(last).iter().map(|&label| label == thing.label).collect();
    dilate(&mut own, maps.width, reach as usize);
    // Images are looked at where the truth says where all of them are.
    let beside_images = |at: usize| {
        let (x, y) = ((at % maps.width) as f32 + 0.5, (at / maps.width) as f32 + 0.5);
        let inside = |b: &[f32; 4]| x > b[0] - reach && x < b[2] + reach && y > b[1] - reach && y < b[3] + reach;
        placed.images.as_ref().is_some_and(|boxes| !boxes.iter().any(inside))
    };
    let others = seen.wanted.others();
    let owner = Owner::new(maps, &seen.palette, &seen.wanted.targets, &others);
    let class = seen.palette.class_of[follow.thing];
    let count = |frame: usize| {
        let moment = (seen.moment(frame) + 0.5) as usize;
        let map = maps.map(moment);
        let (mut at_home, mut elsewhere) = (0_u32, 0_u32);
        for (at, &mark) in seen.watch.marks[frame].iter().enumerate() {
            let shows = match map[at] {
                NO_MATTER => owner.shows(mark, at, class) && beside_images(at),
                _ => owner.of(mark, at, moment) == Some(follow.thing),
            };
            at_home += u32::from(shows && own[at]);
            elsewhere += u32::from(shows && !own[at]);
        }
        (at_home as f32 / area, elsewhere as f32 / area)
    };
    let (own, stray) = end.iter().map(|&frame| count(frame)).unzip();
    let looks: Vec<Look> = end.iter().map(|&frame| follow.looks[frame]).collect();
    Find { stand: Stand::of(&looks, area, &slots), looks, area, slots, own, stray }
}
