//! A scene's overlays as the evaluator is told of them.

use raytruth_eval::Overlay;
use raytruth_eval::truth::NO_MATTER;
use raytruth_scene::{Painted, Scene};

use crate::Clip;

/// The overlays of a scene, drawn for a clip.
pub(crate) struct Overlays<'a> {
    scene: &'a Scene,
    clip: &'a Clip,
    painted: Vec<Painted>,
}

impl<'a> Overlays<'a> {
    pub(crate) fn new(scene: &'a Scene, clip: &'a Clip) -> Self {
        let painted = scene.overlays.iter().map(|overlay| overlay.paint(scene, (clip.width, clip.height))).collect();
        Self { scene, clip, painted }
    }

    /// What lies below an overlay says nothing of the scene: where it covers any of a pixel, the map is not to be looked at.
    pub(crate) fn cover(&self, map: &mut [u8], (width, height): (usize, usize), frame: u32) {
        let scale = [width as f32 / self.clip.width as f32, height as f32 / self.clip.height as f32];
        // Cells of the map that a pixel of the clip touches along one axis.
        let cells = |at: usize, scale: f32, most: usize| {
            let first = ((at as f32 * scale) as usize).min(most - 1);
            first..(((at + 1) as f32 * scale).ceil() as usize).clamp(first + 1, most)
        };
        for (overlay, painted) in self.scene.overlays.iter().zip(&self.painted) {
            if overlay.opacity.at(frame as usize) == 0.0 {
                continue;
            }
            for (i, _) in painted.pixels.iter().enumerate().filter(|(_, p)| p.w > 0.0) {
                let (x, y) = (painted.left + i % painted.width, painted.top + i / painted.width);
                for row in cells(y, scale[1], height) {
                    map[row * width..][cells(x, scale[0], width)].fill(NO_MATTER);
                }
            }
        }
    }

    /// Those that are seen in frame 0: what looks otherwise there the first frame cannot tell.
    pub(crate) fn truths(&self) -> Vec<Overlay> {
        let size = (self.clip.width, self.clip.height);
        self.scene
            .overlays
            .iter()
            .filter(|overlay| overlay.opacity.at(0) > 0.0)
            .map(|overlay| {
                let [lo, hi] = overlay.rect(size);
                // What is laid over it changes it, too.
                let meets = |other: &&raytruth_scene::Overlay| {
                    let [first, last] = other.rect(size);
                    first.cmplt(hi).all() && last.cmpgt(lo).all()
                };
                let near: Vec<_> = self.scene.overlays.iter().filter(meets).map(|other| &other.opacity).collect();
                let same = |frame: u32| near.iter().all(|opacity| opacity.at(frame as usize) == opacity.at(0));
                let mut shown: Vec<[u32; 2]> = Vec::new();
                for frame in (0..self.clip.frames).filter(|&frame| same(frame)) {
                    match shown.last_mut() {
                        Some(span) if span[1] + 1 == frame => span[1] = frame,
                        _ => shown.push([frame; 2]),
                    }
                }
                let always = shown == [[0, self.clip.frames - 1]];
                let rect = [lo.x.max(0.0), lo.y.max(0.0), hi.x.min(size.0 as f32), hi.y.min(size.1 as f32)];
                Overlay { name: overlay.name.clone(), id: overlay.id, rect, shown: if always { Vec::new() } else { shown } }
            })
            .collect()
    }
}
