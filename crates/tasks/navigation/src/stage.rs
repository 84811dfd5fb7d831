//! From a site, a walk and a look to a scene.

use raytruth_scene::Scene;
use raytruth_task::Clip;

use crate::chart;
use crate::look::{self, Look};
use crate::prompt::Told;
use crate::site::Site;
use crate::walk::{FOV_Y, Walk};

/// The place, with the walk's camera and the plan, if there is one.
pub(crate) fn build(site: &Site, walk: &Walk, told: Told, look: &Look, clip: &Clip) -> Scene {
    let mut scene = look::build(&site.layout, look, clip).scene;
    if let Told::Plan(corner) = told {
        let id = scene.objects.iter().map(|object| object.id).max().unwrap_or(0) + 1;
        scene.overlays.push(chart::plan(site, corner, id));
    }
    walked(&mut scene, walk, clip);
    scene
}

/// Walks through a scene.
pub(crate) fn walked(scene: &mut Scene, walk: &Walk, clip: &Clip) {
    let track = walk.track(clip);
    scene.camera.fov_y = FOV_Y.to_radians();
    scene.camera.pose = track.pose_at(0);
    scene.camera.track = Some(track);
}
