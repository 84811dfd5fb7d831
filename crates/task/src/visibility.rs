//! What of each object is seen in each frame: the tracks of the truth, from geometry alone.

use std::borrow::Cow;

use glam::Vec2;
use raytruth_eval::Silhouette;
use raytruth_scene::{Mesh, Scene, Shape};

use crate::Clip;
use crate::raster::{NOBODY, Projector, Raster};
use crate::silhouette::outline;

/// Pixels on a side of the coarse picture that visibility is counted in; larger clips are counted at a fraction of their size.
const COARSE: u32 = 480;
/// An object that has moved less than this in the picture has not moved, pixels.
const STILL_PX: f32 = 0.05;
/// Facets to a full turn of what is round: coarse, as a pixel of the coarse picture is.
const SEGMENTS: u32 = 16;

/// The silhouettes over the clip of the objects at `indices`: an entry in frame 0 and wherever an object has moved at least
/// 0.05 px in the picture, or more or less of it is seen. `visible_px` counts the pixels of the clip in which the object is the first
/// thing met (glass counts as itself, not as what is seen through it).
#[must_use]
pub fn silhouettes(scene: &Scene, clip: &Clip, indices: &[usize]) -> Vec<Vec<Silhouette>> {
    let mut tracks: Vec<Vec<Silhouette>> = vec![Vec::new(); indices.len()];
    let mut counter = Counter::new(scene, clip, indices);
    // What is not a number is not still.
    let still = |distance: f32| distance < STILL_PX;
    for frame in 0..clip.frames {
        let counts = counter.counts(frame as usize);
        for (k, &index) in indices.iter().enumerate() {
            let points = outline(scene, index, frame as usize, (clip.width, clip.height));
            let centre = scene.world_pose(index, frame as usize).translation;
            let place = scene.camera.project(frame as usize, centre, (clip.width, clip.height));
            let (center, depth) = place.unwrap_or((Vec2::NAN, f32::NAN));
            let moved = tracks[k].last().is_none_or(|last| {
                !still(Vec2::from(last.center).distance(center))
                    || last.outline.len() != points.len()
                    || last.outline.iter().zip(&points).any(|(a, b)| !still(Vec2::from(*a).distance(*b)))
            });
            let seen_differs =
                tracks[k].last().is_some_and(|last| (last.visible_px - counts[k]).abs() > 0.02 * last.visible_px + 4.0);
            if moved || seen_differs {
                let outline = points.iter().map(Vec2::to_array).collect();
                tracks[k].push(Silhouette { frame, center: center.to_array(), depth, outline, visible_px: counts[k] });
            }
        }
    }
    tracks
}

/// Counts visible pixels frame by frame; what never moves is drawn once.
struct Counter<'a> {
    scene: &'a Scene,
    meshes: Vec<Option<Cow<'a, Mesh>>>,
    owners: Vec<u32>,
    still: Vec<bool>,
    base: Option<Raster>,
    size: (usize, usize),
    /// Pixels of the clip per pixel of the coarse picture.
    weight: f32,
    wanted: usize,
}

impl<'a> Counter<'a> {
    fn new(scene: &'a Scene, clip: &Clip, indices: &[usize]) -> Self {
        let scale = (clip.width.max(clip.height) as f32 / COARSE as f32).max(1.0);
        let size = ((clip.width as f32 / scale).round() as usize, (clip.height as f32 / scale).round() as usize);
        let weight = clip.width as f32 * clip.height as f32 / (size.0 * size.1) as f32;
        let mut owners = vec![NOBODY - 1; scene.objects.len()];
        for (k, &index) in indices.iter().enumerate() {
            owners[index] = k as u32;
        }
        let mesh = |shape: &Shape| match shape {
            Shape::Sphere { .. } => None,
            Shape::Mesh { mesh } => scene.meshes.get(mesh).map(Cow::Borrowed),
            other => other.tessellate(SEGMENTS).map(Cow::Owned),
        };
        let meshes = scene.objects.iter().map(|o| mesh(&o.shape)).collect();
        let still = (0..scene.objects.len()).map(|i| scene.camera.track.is_none() && never_moves(scene, i)).collect();
        Self { scene, meshes, owners, still, base: None, size, weight, wanted: indices.len() }
    }

    fn counts(&mut self, frame: usize) -> Vec<f32> {
        let view = Projector::new(&self.scene.camera, frame, self.size.0, self.size.1);
        let poses = self.scene.world_poses(frame);
        let draw = |raster: &mut Raster, still: bool| {
            for (i, object) in self.scene.objects.iter().enumerate().filter(|(i, _)| self.still[*i] == still) {
                match (&object.shape, &self.meshes[i]) {
                    (Shape::Sphere { radius }, _) => raster.ball(&view, poses[i].translation, *radius, self.owners[i]),
                    (_, Some(mesh)) => raster.mesh(&view, mesh, &poses[i], self.owners[i]),
                    _ => {}
                }
            }
        };
        let mut raster = self.base.take().unwrap_or_else(|| {
            let mut raster = Raster::new(self.size.0, self.size.1);
            draw(&mut raster, true);
            raster
        });
        let base = raster.clone();
        draw(&mut raster, false);
        self.base = Some(base);
        raster.counts(self.wanted).into_iter().map(|n| n as f32 * self.weight).collect()
    }
}

/// Neither it nor anything it hangs on has a track.
fn never_moves(scene: &Scene, index: usize) -> bool {
    let mut at = Some(index);
    for _ in 0..=scene.objects.len() {
        let Some(i) = at else { return true };
        if scene.objects[i].track.as_ref().is_some_and(|t| t.poses.iter().any(|p| *p != t.poses[0])) {
            return false;
        }
        at = scene.objects[i].parent.as_deref().and_then(|name| scene.object_index(name));
    }
    false
}

#[cfg(test)]
mod tests {
    use glam::Vec3;
    use raytruth_scene::{Camera, Object, Pose, Role, Track};

    use super::*;

    fn object(name: &str, id: u16, shape: Shape, poses: Vec<Pose>) -> Object {
        Object {
            name: name.into(),
            id,
            role: Role::Target,
            shape,
            material: String::new(),
            parent: None,
            pose: poses[0],
            track: (poses.len() > 1).then_some(Track { poses }),
        }
    }

    /// A ball behind a wall that slides over it, seen along +y.
    fn scene() -> Scene {
        let wall = (0..3).map(|i| Pose::from_translation(Vec3::new(-0.4 + 0.2 * i as f32, -0.5, 0.0))).collect();
        let objects = vec![
            object("ball", 1, Shape::Sphere { radius: 0.1 }, vec![Pose::IDENTITY]),
            object("wall", 2, Shape::Box { half_extents: Vec3::new(0.2, 0.01, 0.3), bevel: 0.0 }, wall),
            object("ground", 3, Shape::Plane { size: Vec2::splat(50.0) }, vec![Pose::from_translation(Vec3::Z * -0.4)]),
        ];
        Scene { objects, ..Scene::new(Camera::look_at(Vec3::new(0.0, -2.0, 0.0), Vec3::ZERO, 0.6)) }
    }

    #[test]
    fn a_ball_is_counted_as_its_disc_until_the_wall_hides_it() {
        let clip = Clip { width: 960, height: 600, fps: 30, frames: 6 };
        let tracks = silhouettes(&scene(), &clip, &[0, 1]);
        let area = crate::polygon_area(&tracks[0][0].outline.iter().map(|p| Vec2::from(*p)).collect::<Vec<_>>());
        assert!((tracks[0][0].visible_px / area - 1.0).abs() < 0.03, "{} px seen of {area}", tracks[0][0].visible_px);
        assert_eq!(
            tracks[0].last().map(|s| (s.frame, s.visible_px)),
            Some((2, 0.0)),
            "hidden in frame 2, and nothing changes then"
        );
        assert_eq!(tracks[1].iter().map(|s| s.frame).collect::<Vec<_>>(), [0, 1, 2], "the wall stands still from frame 2 on");
        assert!((tracks[0][0].depth - 2.0).abs() < 1e-5);
        let outline_area = crate::polygon_area(&tracks[1][0].outline.iter().map(|p| Vec2::from(*p)).collect::<Vec<_>>());
        assert!((tracks[1][0].visible_px / outline_area - 1.0).abs() < 0.03);
    }

    #[test]
    fn coarse_counts_agree_with_fine_ones() {
        let mut s = scene();
        s.objects[1].track = None;
        let seen =
            |width: u32| silhouettes(&s, &Clip { width, height: width * 5 / 8, fps: 30, frames: 1 }, &[0])[0][0].visible_px;
        let (small, large) = (seen(480), seen(1920));
        assert!((large / (16.0 * small) - 1.0).abs() < 0.03, "{small} {large}");
    }
}
