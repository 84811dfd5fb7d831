//! The masks behind the measurements, for the observability check.

use crate::picture::soften;
use crate::{Footage, Mask, Truth};

use super::ball::{DiscFinder, Known, Path, Sighting};
use super::palette::Palette;
use super::plan::{BACKGROUND, Plan, dilate};
use super::targets::Owner;
use super::watch::Watch;

/// Targets by colour, the ball by its fitted disc, in frames of the ground truth.
pub(crate) fn segment(truth: &Truth, footage: &Footage, frames: &[u32]) -> Result<Vec<Mask>, String> {
    let plan = Plan::new(truth, footage)?;
    let first = soften(&footage.first_frame);
    let declared: Vec<[u8; 3]> = truth.objects.iter().map(|o| o.color).collect();
    let palette = Palette::learn(&plan, &first, &declared);
    let watch = Watch::new(&plan, &palette, footage, &first);
    let path = Path::new(&plan);
    let finder = DiscFinder::new(&plan, &palette, &watch, &first);
    let sightings: Vec<Sighting> = (0..footage.frames.len()).map(|frame| finder.on_path(frame, &path)).collect();
    let threshold = DiscFinder::threshold(&sightings);
    let owner = Owner::new(&plan, &palette);
    let mut masks = Vec::new();
    for &frame in frames {
        let at = frame as usize;
        let marks = watch.marks.get(at).ok_or_else(|| format!("frame {frame} is beyond the footage"))?;
        let owners: Vec<Option<usize>> = marks.iter().enumerate().map(|(i, &mark)| owner.of(mark, i, at)).collect();
        for &thing in &plan.targets {
            let mut pixels: Vec<bool> = owners.iter().map(|&o| o == Some(thing)).collect();
            close(&mut pixels, plan.width, 2);
            masks.push(Mask { object: plan.things[thing].name.clone(), frame, pixels });
        }
        masks.push(Mask { object: plan.things[plan.ball].name.clone(), frame, pixels: ball(&plan, &finder, threshold, at) });
    }
    Ok(masks)
}

fn ball(plan: &Plan, finder: &DiscFinder<'_>, threshold: f32, frame: usize) -> Vec<bool> {
    let thing = &plan.things[plan.ball];
    let at = frame.min(plan.frames - 1);
    let reach = 0.02 * plan.width.max(plan.height) as f32;
    let (center, strength) =
        finder.near(frame, thing.centers[at], thing.radii[at], reach, Some(Known { ball: thing.label, map: plan.map(at) }));
    let map = plan.map(at);
    let square = thing.radii[at] * thing.radii[at];
    (0..map.len())
        .map(|i| {
            let (dx, dy) = ((i % plan.width) as f32 + 0.5 - center[0], (i / plan.width) as f32 + 0.5 - center[1]);
            // What stands before it hides it; its own outline cuts nothing off a disc that was found elsewhere.
            strength >= threshold && dx * dx + dy * dy <= square && (map[i] == thing.label || map[i] == BACKGROUND)
        })
        .collect()
}

/// Fills what is narrower than twice `reach`: grain, glints, the dark seam between two faces.
fn close(mask: &mut [bool], width: usize, reach: usize) {
    dilate(mask, width, reach);
    mask.iter_mut().for_each(|m| *m = !*m);
    dilate(mask, width, reach);
    mask.iter_mut().for_each(|m| *m = !*m);
}
