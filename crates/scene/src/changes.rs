//! What of a scene changes over time: the one place that is asked.

use crate::{Object, Pose, Scene};

/// How an object differs from frame to frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is the same in all of them.
    Never,
    /// Its pose changes, or that of something that it hangs on.
    Moves,
    /// Its shape changes: it grows, deforms, comes or goes. It may move as well.
    Reshapes,
}

/// What of a scene changes during its clip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes {
    /// Each object, in order.
    pub objects: Vec<Change>,
    /// Whether the camera moves.
    pub camera: bool,
}

impl Scene {
    /// What changes during the clip.
    #[must_use]
    pub fn changes(&self) -> Changes {
        let parents = self.parents();
        let own: Vec<Change> = self.objects.iter().map(own_change).collect();
        let objects = (0..self.objects.len())
            .map(|i| {
                let mut carried = false;
                let mut at = parents[i];
                // No chain without a cycle is longer than the list of objects.
                for _ in 0..self.objects.len() {
                    let Some(parent) = at else { break };
                    carried |= track_moves(&self.objects[parent]);
                    at = parents[parent];
                }
                if carried && own[i] == Change::Never { Change::Moves } else { own[i] }
            })
            .collect();
        Changes { objects, camera: self.camera.track.as_ref().is_some_and(|t| !all_equal(&t.poses)) }
    }

    /// Whether two frames show the same: every pose, shape and power, the camera, and what is laid over. What moves while they are
    /// exposed is not looked at.
    #[must_use]
    pub fn same(&self, a: usize, b: usize) -> bool {
        a == b || self.shows_as(a, self, b)
    }

    /// Whether a frame shows the same as a frame of another scene of the same things: what changes over time in either is compared, and
    /// nothing else.
    #[must_use]
    pub fn shows_as(&self, a: usize, other: &Self, b: usize) -> bool {
        fn powers(scene: &Scene) -> impl Iterator<Item = &crate::Power> {
            [&scene.environment_power]
                .into_iter()
                .chain(scene.lights.iter().map(|l| &l.power))
                .chain(scene.materials.values().map(|m| &m.emission_power))
                .chain(scene.overlays.iter().map(|o| &o.opacity))
        }
        self.objects.len() == other.objects.len()
            && self
                .objects
                .iter()
                .zip(&other.objects)
                .all(|(o, p)| o.pose_at(a) == p.pose_at(b) && o.shape_at(a) == p.shape_at(b))
            && self.camera.pose_at(a) == other.camera.pose_at(b)
            && powers(self).count() == powers(other).count()
            && powers(self).zip(powers(other)).all(|(p, q)| p.at(a) == q.at(b))
    }
}

fn own_change(object: &Object) -> Change {
    if object.shapes.iter().any(|s| *s != object.shapes[0]) {
        Change::Reshapes
    } else if track_moves(object) {
        Change::Moves
    } else {
        Change::Never
    }
}

fn track_moves(object: &Object) -> bool {
    object.track.as_ref().is_some_and(|t| !all_equal(&t.poses))
}

fn all_equal(poses: &[Pose]) -> bool {
    poses.iter().all(|p| *p == poses[0])
}

#[cfg(test)]
mod tests {
    use glam::Vec3;

    use super::*;
    use crate::{Animation, Camera, Power, Shape, Track};

    #[test]
    fn what_changes_is_told_by_its_kind() {
        let ball = || Object::new("", 1, Shape::Sphere { radius: 0.1 }, "m");
        let named = |name: &str, object: Object| Object { name: name.into(), ..object };
        let way = [0.0, 1.0].map(|x| Pose::from_translation(Vec3::X * x));
        let mut scene = Scene::new(Camera::look_at(Vec3::Y, Vec3::ZERO, 0.7));
        scene.animation = Some(Animation { frames: 4, fps: 30 });
        scene.objects = vec![
            named("still", ball()),
            named("held", ball().moving([way[0]; 2])),
            named("moves", ball().moving(way)),
            Object { parent: Some("moves".into()), ..named("carried", ball()) },
            named("comes", ball().there(4, |f| f > 1)),
            named("stays", ball().changing([Shape::Sphere { radius: 0.2 }; 1])),
        ];
        use Change::{Moves, Never, Reshapes};
        assert_eq!(scene.changes(), Changes { objects: vec![Never, Never, Moves, Moves, Reshapes, Never], camera: false });
        assert!(!scene.same(0, 1) && !scene.same(1, 2) && scene.same(2, 3) && scene.same(3, 9));
        scene.environment_power = Power(vec![1.0, 1.0, 1.0, 0.5]);
        assert!(!scene.same(2, 3));
        scene.environment_power = Power::FULL;
        scene.camera.track = Some(Track { poses: way.to_vec() });
        assert!(scene.changes().camera);
    }
}
