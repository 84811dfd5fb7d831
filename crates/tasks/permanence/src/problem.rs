//! A drawn and certified problem, and its way to pictures.

use raytruth_task::{Card, Clip, Draw, Episode, PictureCheck, Problem, Rejection, Rng, TaskInfo, Twin};

use crate::class::Class;
use crate::look::Look;
use crate::plot::{Plot, TARGET};
use crate::{certificate, stage, truth, twin};

pub(crate) struct PermanenceProblem {
    pub card: Card,
    pub plot: Plot,
}

/// Draws a plot of the class and certifies it.
pub(crate) fn draw(info: &TaskInfo, draw: &mut Draw<'_>) -> Result<PermanenceProblem, Rejection> {
    let class = Class::ALL[draw.class];
    let plot = class.family.plot(draw, class.changed)?;
    let record = certificate::certify(&plot)?;
    let card = Card::new(info, class.family.name(), draw, plot.prompt.clone()).certified(record);
    Ok(PermanenceProblem { card, plot })
}

impl Problem for PermanenceProblem {
    fn card(&self) -> &Card {
        &self.card
    }

    fn episode(&self, look: &mut Rng, clip: &Clip) -> Result<Episode, Rejection> {
        let look = Look::draw(look, &self.plot);
        let scene = stage::build(&self.plot, &look, clip)?;
        let truth = truth::write(&self.card.family, &self.plot, &look, (&scene, clip))?;
        let checks = vec![PictureCheck::Without { object: TARGET.to_owned(), frames: self.hidden_frames(clip), at_most: HIDDEN }];
        Ok(Episode { checks, ..Episode::new(&self.card, look.drawn, clip, scene, truth) })
    }

    fn twins(&self, episode: &Episode) -> Vec<Twin> {
        twin::twins(&self.plot, episode)
    }
}

/// Largest difference in 255 that what is hidden may make to the picture.
const HIDDEN: u8 = 2;

impl PermanenceProblem {
    /// A frame of each span in which the target is hidden, and the last one before the reveal.
    fn hidden_frames(&self, clip: &Clip) -> Vec<u32> {
        let sealed = self.plot.hidden.iter().map(|hidden| clip.frame_at(hidden.sealed));
        let mut frames: Vec<u32> = sealed.chain([clip.frame_at(self.plot.reveal()).saturating_sub(1)]).collect();
        frames.dedup();
        frames
    }
}
