//! Poses over the frames of the clip.

use gltf::json::Root;
use raytruth_scene::{Animation, Pose, Track};

use super::accessor::Budget;
use super::animation::Curves;
use super::names::Warnings;
use super::nodes::{Placement, Tree};
use crate::GltfError;
use crate::extras::Motion;

/// The longest clip, frames: ten minutes at 60 a second. A key far away must not ask for a year of poses.
const MAX_FRAMES: u32 = 36_000;
/// Poses of all tracks, counted once for each moving ancestor.
const MAX_POSES: u64 = 1 << 24;

/// Samples what moves, frame by frame.
pub(super) struct Sampler<'a> {
    tree: &'a Tree,
    curves: &'a Curves,
    /// Of the file, where ours, or as long as its animations.
    pub(super) clip: Option<Animation>,
    fps: u32,
    /// To how many frames moving nodes are sampled.
    frames: u32,
    budget: Budget,
}

impl<'a> Sampler<'a> {
    /// `ours` is the clip that a file of ours tells of.
    pub(super) fn new(tree: &'a Tree, curves: &'a Curves, ours: Option<Animation>, fps: u32, warnings: &mut Warnings) -> Self {
        let fps = ours.map_or(fps, |a| a.fps).max(1);
        // A key that falls on a frame up to the rounding of its time ends there.
        let exact = (curves.end * f64::from(fps) - 1e-3).ceil().max(0.0) + 1.0;
        let wanted = ours.map_or(exact, |a| exact.min(f64::from(a.frames)));
        let frames = if wanted > f64::from(MAX_FRAMES) { MAX_FRAMES } else { wanted as u32 };
        if ours.is_none() && wanted > f64::from(MAX_FRAMES) {
            warnings.add(format!("the animations last {} s; they are cut after {MAX_FRAMES} frames", curves.end));
        }
        let clip = ours.or((frames > 1).then_some(Animation { frames, fps }));
        Self { tree, curves, clip, fps, frames, budget: Budget::new("poses of all tracks", MAX_POSES) }
    }

    /// Pose and track of a node in the world, or in its parent where `local`. `instance` is a placement in the node's frame, `ours`
    /// what a file of ours says about the track.
    pub(super) fn motion(
        &self,
        warnings: &mut Warnings,
        root: &Root,
        node: usize,
        instance: &Placement,
        local: bool,
        ours: Option<&Motion>,
    ) -> Result<(Pose, Option<Track>), GltfError> {
        let moves = if local { self.curves.moves(node) } else { self.tree.moves(node) };
        let at = |frame: u32| {
            let time = f64::from(frame) / f64::from(self.fps);
            if local {
                self.curves.local(node, self.tree.local(node), time)
            } else {
                self.tree.world_at(self.curves, node, time).then(instance)
            }
        };
        // Known already: the way up a deep tree is only walked for what the budget allows.
        let first = if local { at(0) } else { self.tree.world(node).then(instance) };
        let told = ours.and_then(|m| m.track);
        let count = match told {
            Some(count) => count.max(1),
            None if moves && self.frames > 1 => self.frames,
            None => return Ok((first.pose(), None)),
        };
        self.budget.spend(u64::from(count) * self.tree.depth(node))?;
        let poses: Vec<Pose> = if moves {
            let mut bends = false;
            let mut pose = |f| {
                let placement = at(f);
                bends |= !placement.k.abs_diff_eq(first.k, 1e-4 * first.k.x_axis.length().max(1.0));
                placement.pose()
            };
            let poses = (0..count).map(&mut pose).collect();
            if bends {
                let name = root.nodes[node].name.as_deref().unwrap_or("");
                warnings
                    .add(format!("nodes[{node}] {name:?}: its size or form changes over time; that of the first frame is kept"));
            }
            poses
        } else {
            vec![first.pose(); count as usize]
        };
        if told.is_none() && poses.iter().all(|p| *p == poses[0]) {
            return Ok((poses[0], None));
        }
        Ok((ours.and_then(|m| m.pose).unwrap_or(poses[0]), Some(Track { poses })))
    }
}
