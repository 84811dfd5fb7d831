//! The masks behind the measurements, for the observability check.

use crate::Mask;
use crate::analysis::disc::Known;
use crate::analysis::follow::Owner;
use crate::analysis::maps::{BACKGROUND, close};

use super::evidence::Evidence;

/// Targets by colour, the ball by its fitted disc, in frames of the ground truth.
pub(super) fn masks(evidence: &Evidence<'_>, frames: &[u32]) -> Result<Vec<Mask>, String> {
    let seen = &evidence.seen;
    let (maps, targets) = (&seen.maps, &seen.wanted.targets);
    let others = [seen.wanted.disc.0];
    let owner = Owner::new(maps, &seen.palette, targets, &others);
    let mut masks = Vec::new();
    for &frame in frames {
        let at = frame as usize;
        let marks = seen.watch.marks.get(at).ok_or_else(|| format!("frame {frame} is beyond the footage"))?;
        let owners: Vec<Option<usize>> = marks.iter().enumerate().map(|(i, &mark)| owner.of(mark, i, at)).collect();
        for &thing in targets {
            let mut pixels: Vec<bool> = owners.iter().map(|&o| o == Some(thing)).collect();
            close(&mut pixels, maps.width, 2);
            masks.push(Mask { object: maps.things[thing].name.clone(), frame, pixels });
        }
        masks.push(Mask { object: evidence.ball().name.clone(), frame, pixels: ball(evidence, at) });
    }
    Ok(masks)
}

fn ball(evidence: &Evidence<'_>, frame: usize) -> Vec<bool> {
    let (seen, thing) = (&evidence.seen, evidence.ball());
    let at = frame.min(seen.maps.frames - 1);
    let map = seen.maps.map(at);
    let known = Some(Known { label: thing.label, map });
    let (center, strength) = seen.finder.near(frame, thing.centers[at], thing.radii[at], evidence.of_width(0.02), known);
    let square = thing.radii[at] * thing.radii[at];
    (0..map.len())
        .map(|i| {
            let (dx, dy) = ((i % seen.maps.width) as f32 + 0.5 - center[0], (i / seen.maps.width) as f32 + 0.5 - center[1]);
            // What stands before it hides it; its own outline cuts nothing off a disc that was found elsewhere.
            strength >= seen.threshold && dx * dx + dy * dy <= square && (map[i] == thing.label || map[i] == BACKGROUND)
        })
        .collect()
}
