//! The masks behind the measurements, for the observability check.

use crate::Mask;

use super::Analysis;
use super::disc::{Disc, Known};
use super::follow::Owner;
use super::maps::BACKGROUND;
use crate::mask::close;

impl Analysis<'_> {
    /// What is followed by colour, and the round thing by its fitted disc, in frames of the ground truth; those beyond the footage are
    /// left out.
    #[must_use]
    pub fn masks(&self, frames: &[u32]) -> Vec<Mask> {
        let others = self.wanted.others();
        let owner = Owner::new(&self.maps, &self.palette, &self.wanted.targets, &others);
        let mut masks = Vec::new();
        for &frame in frames {
            let at = frame as usize;
            // What is dark shows nothing.
            let Some(marks) = self.watch.marks.get(at).filter(|_| !self.watch.dark[at]) else { continue };
            let owners: Vec<Option<usize>> = marks.iter().enumerate().map(|(i, &mark)| owner.of(mark, i, at)).collect();
            for &thing in &self.wanted.targets {
                let mut pixels: Vec<bool> = owners.iter().map(|&o| o == Some(thing)).collect();
                close(&mut pixels, self.maps.width, 2);
                masks.push(Mask { object: self.maps.things[thing].name.clone(), frame, pixels });
            }
            if let Some(disc) = &self.disc {
                masks.push(Mask { object: self.maps.things[disc.thing].name.clone(), frame, pixels: self.round(disc, at) });
            }
        }
        masks
    }

    fn round(&self, disc: &Disc, frame: usize) -> Vec<bool> {
        let (maps, thing) = (&self.maps, &self.maps.things[disc.thing]);
        let at = frame.min(maps.frames - 1);
        let map = maps.map(at);
        let known = Some(Known { label: thing.label, map });
        let (center, strength) = disc.finder.near(frame, thing.centers[at], thing.radii[at], self.of_width(0.02), known);
        let square = thing.radii[at] * thing.radii[at];
        (0..map.len())
            .map(|i| {
                let (dx, dy) = ((i % maps.width) as f32 + 0.5 - center[0], (i / maps.width) as f32 + 0.5 - center[1]);
                // What stands before it hides it; its own outline cuts nothing off a disc that was found elsewhere.
                strength >= disc.threshold && dx * dx + dy * dy <= square && (map[i] == thing.label || map[i] == BACKGROUND)
            })
            .collect()
    }
}
