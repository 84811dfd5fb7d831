//! What changes during a clip: boxes that hold everything that moving objects sweep, and capsules around tubes that deform or grow and things
//! that come, go or grow in their place. The shader's side is `shaders/shared/swept.wgsl`.

mod boxes;
mod capsules;

use raytruth_scene::{Aabb, Change, Pose, Scene, Shape};

use crate::exposure::Exposure;
use crate::frame_params::{MAX_CAPSULES, MAX_SWEPT};

pub(crate) use boxes::paths;
pub(crate) use capsules::Capsule;

/// What a path must not come near if it is to be the same in every frame.
#[derive(Default)]
pub(crate) struct Swept {
    pub(crate) boxes: Vec<Aabb>,
    pub(crate) capsules: Vec<Capsule>,
}

impl Swept {
    /// `paths`: of all objects; `poses`: those of all objects in the world, frame by frame.
    pub(crate) fn new(scene: &Scene, changes: &[Change], paths: &[Vec<Aabb>], poses: &[Vec<Pose>], exposure: &Exposure) -> Self {
        let is_tube = |shape: &Shape| matches!(shape, Shape::Tube { .. } | Shape::Nothing);
        // A clip in which nothing changes its shape needs no moments.
        let exposed: capsules::Exposed = if changes.contains(&Change::Reshapes) {
            let moments = |frame: usize| exposure.moments(frame).iter().map(|m| exposure.poses(m.time)).collect::<Vec<_>>();
            let blurred = |frame: usize| if exposure.is_still(frame) { Vec::new() } else { moments(frame) };
            poses.iter().enumerate().map(|(f, own)| std::iter::once(own.clone()).chain(blurred(f)).collect()).collect()
        } else {
            Vec::new()
        };
        let mut capsules = Vec::new();
        let mut boxed: Vec<&[Aabb]> = Vec::new();
        for object in (0..changes.len()).filter(|&i| changes[i] != Change::Never) {
            let shapes = &scene.objects[object].shapes;
            let own = match changes[object] {
                Change::Reshapes if shapes.iter().all(is_tube) => capsules::of_tube(scene, object, &exposed),
                Change::Reshapes => capsules::in_place(scene, object, &exposed),
                _ => Vec::new(),
            };
            if own.is_empty() {
                boxed.push(&paths[object]);
            }
            capsules.extend(own);
            // Each object's on their own first: all pairs of all would be too many to look at.
            capsules::merge(&mut capsules, 2 * MAX_CAPSULES);
        }
        capsules::merge(&mut capsules, MAX_CAPSULES);
        Self { boxes: boxes::boxes(boxed.into_iter(), MAX_SWEPT), capsules }
    }
}
