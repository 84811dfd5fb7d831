//! A drawn and certified problem of the families, and its way to pictures.

use raytruth_task::{Card, Clip, Draw, Episode, PictureCheck, Problem, Rejection, Rng, TaskInfo, Twin};

use super::{Story, basin, mirror, stage, truth, twin, window};
use crate::class::Class;
use crate::look::Look;

/// Least pixels of the images that tell the answer in a picture of 832 by 480.
const IMAGE: u32 = 800;
const OF: u32 = 832 * 480;

struct RevealProblem {
    card: Card,
    story: Story,
}

/// # Errors
/// [`Rejection`] if what is drawn is not clear.
pub(crate) fn draw(info: &TaskInfo, draw: &mut Draw<'_>, class: Class) -> Result<Box<dyn Problem>, Rejection> {
    let story = match class.family {
        mirror::FAMILY => mirror::draw(draw, class.first)?,
        basin::FAMILY => basin::draw(draw, class.first)?,
        _ => window::draw(draw, class.first)?,
    };
    let card = Card::new(info, class.family, draw, story.prompt.clone()).certified(story.certificate.clone());
    Ok(Box::new(RevealProblem { card, story }))
}

impl Problem for RevealProblem {
    fn card(&self) -> &Card {
        &self.card
    }

    fn episode(&self, look: &mut Rng, clip: &Clip) -> Result<Episode, Rejection> {
        let mut look = Look::draw(look, self.story.angles, &self.story.paints);
        look.setting = look.setting.widened(self.story.set.least_lamp());
        let scene = stage::build(&self.story, &look, clip)?;
        let truth = truth::write(&self.story, &look, (&scene, clip))?;
        // Together the images of a pattern are one.
        let hidden: Vec<&str> =
            self.story.things.iter().filter(|thing| thing.is_hidden).map(|thing| thing.actor.name.as_str()).collect();
        let min_px = (u64::from(IMAGE) * u64::from(clip.width * clip.height) / u64::from(OF)) as u32 / hidden.len() as u32;
        let seen = |object: &&str| PictureCheck::SpecularSeen {
            object: (*object).to_owned(),
            frame: 0,
            min_px,
            min_share_percent: self.story.set.seen_percent(),
        };
        let checks = hidden.iter().map(seen).collect();
        Ok(Episode { checks, ..Episode::new(&self.card, look.drawn, clip, scene, truth) })
    }

    fn twins(&self, episode: &Episode) -> Vec<Twin> {
        twin::twins(&self.story, episode)
    }
}
