//! Following things by colour.

use crate::Surface;

use super::clock::Clock;
use super::course::SEEN;
use super::disc::{distance, interpolate, mix2};
use super::maps::Maps;
use super::palette::{OTHER, Palette};
use super::watch::{CHANGED, CLASS, Watch};
use crate::mask::core_of;
use crate::truth::NO_MATTER;

/// A target of fewer pixels than this at the start is not judged by its first place.
const FEWEST_CORE: usize = 10;

/// One target in one frame of the candidate.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Look {
    /// Pixels of its colour in the whole picture.
    pub(crate) area: f32,
    /// Centroid of the main body of them.
    pub(crate) centroid: Option<[f32; 2]>,
    /// Share of its first place that still shows its colour.
    pub(crate) kept: f32,
    /// What the truth says of the same moment: area, centroid, kept.
    pub(crate) wanted_area: f32,
    pub(crate) wanted_centroid: [f32; 2],
    pub(crate) wanted_kept: f32,
}

impl Look {
    /// How far the thing is from where it should be, pixels; `None` if too little of it is seen.
    pub(crate) fn error(&self) -> Option<f32> {
        let seen = self.centroid.filter(|_| self.area >= SEEN * self.wanted_area)?;
        Some(distance(seen, self.wanted_centroid))
    }
}

/// One thing over the clip.
pub struct Follow {
    /// Index of the thing.
    pub(crate) thing: usize,
    /// Whether its first place is large enough to tell anything.
    pub(crate) has_core: bool,
    /// Per frame of the candidate.
    pub(crate) looks: Vec<Look>,
    /// Share of its first place that should still show its colour, per frame of the truth.
    pub(crate) wanted_kept: Vec<f32>,
    /// Width of the pictures, pixels.
    width: f64,
}

/// What an error is taken to be if the thing is not seen, widths of the picture.
const UNSEEN: f64 = 1.0;

impl Follow {
    /// Of a thing whose first place is not asked for, seen in pictures of a width.
    pub(crate) fn new(thing: usize, looks: Vec<Look>, width: usize) -> Self {
        Self { thing, has_core: false, looks, wanted_kept: Vec::new(), width: width as f64 }
    }

    /// How far the thing is from where it should be in a frame of the candidate, widths of the picture; absent if too little of it is
    /// seen.
    #[must_use]
    pub fn error(&self, frame: usize) -> Option<f64> {
        Some(f64::from(self.looks.get(frame)?.error()?) / self.width)
    }

    /// [`Follow::error`] of the first frame.
    #[must_use]
    pub fn first_error(&self) -> Option<f64> {
        self.error(0)
    }

    /// [`Follow::error`] of the last frame.
    #[must_use]
    pub fn last_error(&self) -> Option<f64> {
        self.error(self.looks.len().checked_sub(1)?)
    }

    /// Mean over the frames in which the truth shows the thing, one width for each in which it is not seen; absent if it never is.
    #[must_use]
    pub fn mean_error(&self) -> Option<f64> {
        let due = (0..self.looks.len()).filter(|&i| self.looks[i].wanted_area > 0.0);
        let errors: Vec<Option<f64>> = due.map(|i| self.error(i)).collect();
        errors.iter().flatten().next()?;
        Some(errors.iter().map(|e| e.unwrap_or(UNSEEN)).sum::<f64>() / errors.len() as f64)
    }

    /// How far it moves from where it begins, as a part of how far it should; 1 if it should not move.
    #[must_use]
    pub fn moved(&self) -> f64 {
        fn reach(places: impl Iterator<Item = [f32; 2]> + Clone) -> f64 {
            let first = places.clone().next().unwrap_or_default();
            f64::from(places.map(|p| distance(first, p)).fold(0.0, f32::max))
        }
        let due = reach(self.looks.iter().map(|l| l.wanted_centroid));
        if due > 0.0 { reach(self.looks.iter().filter_map(|l| l.centroid)) / due } else { 1.0 }
    }
}

/// Which thing a pixel of a frame belongs to, if to a target.
pub(crate) struct Owner<'a> {
    maps: &'a Maps,
    palette: &'a Palette,
    /// What may stand before a target, and is none.
    others: &'a [usize],
    /// Targets of each class.
    members: Vec<Vec<usize>>,
    /// Class of the target that the first map shows at each pixel.
    first_class: Vec<u8>,
    /// Whether the first map leaves each pixel free.
    first_free: Vec<bool>,
}

impl<'a> Owner<'a> {
    /// `others` are not targets, but may have a target's colour or show any.
    pub(crate) fn new(maps: &'a Maps, palette: &'a Palette, targets: &[usize], others: &'a [usize]) -> Self {
        let mut members = vec![Vec::new(); palette.count() + 1];
        for &thing in targets {
            members[usize::from(palette.class_of[thing])].push(thing);
        }
        // Of the targets alone: where another thing waits, the background to compare with is the end's.
        let class_at = |&label: &u8| match usize::from(label).checked_sub(1) {
            Some(thing) if targets.contains(&thing) => palette.class_of[thing],
            _ => 0,
        };
        let first_class = maps.map(0).iter().map(class_at).collect();
        let first_free = maps.map(0).iter().map(|&label| label == NO_MATTER).collect();
        Self { maps, palette, others, members, first_class, first_free }
    }

    /// Whether a mark at a pixel shows a class.
    pub(crate) fn shows(&self, mark: u8, at: usize, class: u8) -> bool {
        let here = self.first_class[at] == class;
        if here && mark & CHANGED == 0 {
            // As in the first frame, whatever its grain and gloss look like.
            return true;
        }
        // A hue says enough where its target stood. Without one, what has changed into its lightness may be it: a dark block on a
        // pale ground looks like a deep shadow, and is told from one by its lightness alone. What showed anything at first, its image
        // too, may look as it did.
        let known = self.palette.has_hue(class) && (here || self.first_free[at]);
        mark & CLASS == class && (known || mark & CHANGED != 0)
    }

    /// The target shown at a pixel: by colour, and where targets share one, by who should be nearest at that moment.
    pub(crate) fn of(&self, mark: u8, at: usize, moment: usize) -> Option<usize> {
        let here = self.first_class[at];
        let class = if here != 0 && mark & CHANGED == 0 { here } else { mark & CLASS };
        if class == 0 || !self.shows(mark, at, class) {
            return None;
        }
        // Another thing of this colour is no target, and glass or a mirror shows every colour.
        let expected = self.maps.map(moment)[at];
        // What may show anything says nothing.
        if expected == NO_MATTER {
            return None;
        }
        let hides = |&other: &usize| {
            let thing = &self.maps.things[other];
            thing.label == expected && (self.palette.class_of[other] == class || thing.surface != Surface::Opaque)
        };
        if self.others.iter().any(hides) {
            return None;
        }
        let members = self.members.get(usize::from(class))?;
        match members.as_slice() {
            [] => None,
            [only] => Some(*only),
            several => {
                if let Some(thing) = several.iter().find(|&&t| self.maps.things[t].label == expected) {
                    return Some(*thing);
                }
                let place = [(at % self.maps.width) as f32 + 0.5, (at / self.maps.width) as f32 + 0.5];
                several.iter().copied().min_by(|&a, &b| {
                    let to = |t: usize| distance(self.maps.things[t].centroids[moment], place);
                    to(a).total_cmp(&to(b))
                })
            }
        }
    }
}

/// Follows every target through the candidate.
pub(crate) fn follow(owner: &Owner<'_>, targets: &[usize], watch: &Watch, clock: &Clock) -> Vec<Follow> {
    let (maps, palette) = (owner.maps, owner.palette);
    let cores: Vec<Vec<usize>> = targets.iter().map(|&t| core_of(maps.map(0), maps.width, maps.things[t].label)).collect();
    let mut follows: Vec<Follow> = targets
        .iter()
        .zip(&cores)
        .map(|(&thing, core)| Follow {
            thing,
            has_core: core.len() >= FEWEST_CORE,
            looks: vec![Look::default(); watch.marks.len()],
            width: maps.width as f64,
            wanted_kept: wanted_kept(maps, palette, core, palette.class_of[thing]),
        })
        .collect();
    // What the candidate's own first frame shows of a first place is the measure of what is kept.
    let at_start: Vec<f32> = follows
        .iter()
        .zip(&cores)
        .map(|(f, core)| watch.marks.first().map_or(0.0, |marks| count_shown(owner, marks, core, palette.class_of[f.thing])))
        .collect();
    let mut slot_of = vec![usize::MAX; maps.things.len()];
    for (slot, f) in follows.iter().enumerate() {
        slot_of[f.thing] = slot;
    }
    let mut pixels: Vec<Vec<u32>> = vec![Vec::new(); follows.len()];
    for (frame, marks) in watch.marks.iter().enumerate() {
        let moment = clock.truth(frame, maps);
        let nearest = (moment + 0.5) as usize;
        pixels.iter_mut().for_each(Vec::clear);
        for (at, &mark) in marks.iter().enumerate() {
            // Most pixels are unchanged background without a class.
            if mark & CLASS == 0 && owner.first_class[at] == 0 {
                continue;
            }
            if let Some(thing) = owner.of(mark, at, nearest) {
                pixels[slot_of[thing]].push(at as u32);
            }
        }
        for (slot, follow) in follows.iter_mut().enumerate() {
            let thing = &maps.things[follow.thing];
            let low = moment as usize;
            let high = (low + 1).min(maps.frames - 1);
            let part = moment - low as f32;
            let class = palette.class_of[follow.thing];
            let kept = count_shown(owner, marks, &cores[slot], class);
            follow.looks[frame] = Look {
                area: pixels[slot].len() as f32,
                centroid: main_body(&pixels[slot], maps.width, thing.radii[nearest]),
                kept: if at_start[slot] > 0.0 { (kept / at_start[slot]).min(1.0) } else { 0.0 },
                wanted_area: thing.visible[low].min(thing.visible[high]),
                wanted_centroid: mix2(thing.centroids[low], thing.centroids[high], part),
                wanted_kept: interpolate(&follow.wanted_kept, moment),
            };
        }
    }
    follows
}

fn count_shown(owner: &Owner<'_>, marks: &[u8], core: &[usize], class: u8) -> f32 {
    core.iter().filter(|&&at| owner.shows(marks[at], at, class)).count() as f32
}

fn wanted_kept(maps: &Maps, palette: &Palette, core: &[usize], class: u8) -> Vec<f32> {
    let of = |label: u8| usize::from(label).checked_sub(1).and_then(|i| palette.class_of.get(i)).copied().unwrap_or(OTHER);
    (0..maps.frames)
        .map(|frame| {
            let map = maps.map(frame);
            core.iter().filter(|&&at| of(map[at]) == class).count() as f32 / core.len().max(1) as f32
        })
        .collect()
}

/// Centroid of the pixels near their median: a stray reflection elsewhere does not pull it.
pub(crate) fn main_body(pixels: &[u32], width: usize, radius: f32) -> Option<[f32; 2]> {
    if pixels.len() < 6 {
        return None;
    }
    let mut xs: Vec<u32> = pixels.iter().map(|&p| p % width as u32).collect();
    let mut ys: Vec<u32> = pixels.iter().map(|&p| p / width as u32).collect();
    let middle = pixels.len() / 2;
    let (x, y) = (*xs.select_nth_unstable(middle).1 as f32, *ys.select_nth_unstable(middle).1 as f32);
    let (mut sx, mut sy, mut count) = (0.0_f32, 0.0_f32, 0.0_f32);
    for &p in pixels {
        let place = [(p % width as u32) as f32, (p / width as u32) as f32];
        if distance(place, [x, y]) <= radius * 2.2 + 2.0 {
            sx += place[0];
            sy += place[1];
            count += 1.0;
        }
    }
    (count > 0.0).then(|| [sx / count + 0.5, sy / count + 0.5])
}
