//! What changes during a span of a clip: boxes that hold everything that moving objects sweep, and capsules around tubes that deform or grow and
//! things that come, go or grow in their place. The shader's side is `shaders/shared/swept.wgsl`.

mod boxes;
mod capsules;
mod spans;

use std::ops::Range;

use raytruth_scene::{Aabb, Change, Pose, Scene};

use self::capsules::{Exposed, Pieces};
use crate::exposure::Exposure;
use crate::frame_params::{Control, FrameParams, MAX_CAPSULES, MAX_SWEPT};

pub(crate) use boxes::Paths;
pub(crate) use capsules::Capsule;
pub(crate) use spans::{Eye, Span, spans};

/// What a path must not come near if it is to be the same in all frames of a span.
#[derive(Clone, Default)]
pub(crate) struct Swept {
    pub(crate) boxes: Vec<Aabb>,
    pub(crate) capsules: Vec<Capsule>,
}

impl Swept {
    pub(crate) fn place(&self, params: &mut FrameParams, control: &mut Control) {
        let corners = self.boxes.iter().flat_map(|b| [b.min, b.max]);
        for (corner, at) in corners.zip(&mut params.swept) {
            *at = corner.extend(0.0).to_array();
        }
        let ends = self.capsules.iter().flat_map(|c| [c.from.extend(c.radius), c.to.extend(0.0)]);
        for (end, at) in ends.zip(&mut params.capsules) {
            *at = end.to_array();
        }
        (control.swept_count, control.capsule_count) = (self.boxes.len() as u32, self.capsules.len() as u32);
    }
}

/// How all objects of a clip change.
pub(crate) struct Sweeps<'a> {
    scene: &'a Scene,
    changes: &'a [Change],
    paths: &'a Paths,
    /// Of the objects that are tubes of more than one shape.
    tubes: Vec<Option<Pieces>>,
    exposed: Exposed,
    /// Objects that count as changing in all frames in which they are something.
    always: Vec<bool>,
}

impl<'a> Sweeps<'a> {
    /// `poses`: those of all objects in the world, frame by frame; `shines`: which objects are lights that are chosen by their shape.
    pub(crate) fn new(
        scene: &'a Scene,
        changes: &'a [Change],
        paths: &'a Paths,
        poses: &[Vec<Pose>],
        exposure: &Exposure,
        shines: impl Fn(usize) -> bool,
    ) -> Self {
        let reshapes = |i: usize| changes[i] == Change::Reshapes;
        // A clip in which nothing changes its shape needs no moments.
        let exposed = if changes.contains(&Change::Reshapes) {
            let moments = |frame: usize| exposure.moments(frame).iter().map(|m| exposure.poses(m.time)).collect::<Vec<_>>();
            let blurred = |frame: usize| if exposure.is_still(frame) { Vec::new() } else { moments(frame) };
            poses.iter().enumerate().map(|(f, own)| std::iter::once(own.clone()).chain(blurred(f)).collect()).collect()
        } else {
            Vec::new()
        };
        let objects = 0..changes.len();
        Self {
            tubes: objects.clone().map(|i| reshapes(i).then(|| Pieces::new(&scene.objects[i].shapes)).flatten()).collect(),
            // How often one is chosen changes with the shapes of the others.
            always: objects.map(|i| reshapes(i) && shines(i)).collect(),
            scene,
            changes,
            paths,
            exposed,
        }
    }

    /// What changes during some frames.
    pub(crate) fn during(&self, frames: &Range<usize>) -> Swept {
        let mut capsules = Vec::new();
        let mut boxed: Vec<&[Aabb]> = Vec::new();
        let changes = |&i: &usize| self.always[i] || self.paths.changes(i, frames);
        for object in (0..self.changes.len()).filter(changes) {
            let own = match &self.tubes[object] {
                Some(tube) => tube.swept(object, &self.exposed, frames),
                None if self.changes[object] == Change::Reshapes => capsules::in_place(self.scene, object, &self.exposed, frames),
                None => Vec::new(),
            };
            if own.is_empty() {
                boxed.push(self.paths.within(object, frames));
            }
            capsules.extend(own);
            // Each object's on their own first: all pairs of all would be too many to look at.
            capsules::merge(&mut capsules, 2 * MAX_CAPSULES);
        }
        capsules::merge(&mut capsules, MAX_CAPSULES);
        Swept { boxes: boxes::boxes(boxed.into_iter(), MAX_SWEPT), capsules }
    }
}
