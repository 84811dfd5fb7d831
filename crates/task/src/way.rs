//! Where a thing is at every time: driven along straight ways and arcs, eased, rolling without slipping, or as it was simulated.

use std::sync::Arc;

use glam::{Quat, Vec3};
use raytruth_scene::Pose;

/// A way from one place to the next.
#[derive(Clone, Debug, PartialEq)]
struct Leg {
    /// Seconds.
    start: f64,
    end: f64,
    /// Place at its end.
    to: Vec3,
    kind: Kind,
}

#[derive(Clone, Debug, PartialEq)]
enum Kind {
    /// How far an arc lies beside the straight way at its middle, metres, at a right angle to the way and level.
    Driven { aside: f32 },
    /// Poses at equal times from its start to its end.
    Baked(Arc<[Pose]>),
}

/// Where a thing is at every time.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    from: Vec3,
    legs: Vec<Leg>,
    /// Radius of what rolls along straight and level legs, metres.
    rolls: Option<f32>,
}

impl Way {
    /// It stays.
    #[must_use]
    pub fn at(from: Vec3) -> Self {
        Self { from, legs: Vec::new(), rolls: None }
    }

    /// The same of a ball that rolls.
    #[must_use]
    pub fn rolling(self, radius: f32) -> Self {
        Self { rolls: Some(radius), ..self }
    }

    /// The same, then straight to a place between two times, in seconds, from and to rest.
    #[must_use]
    pub fn to(self, start: f64, end: f64, to: Vec3) -> Self {
        self.arc(start, end, to, 0.0)
    }

    /// The same, then by a shift.
    #[must_use]
    pub fn by(self, start: f64, end: f64, shift: Vec3) -> Self {
        let to = self.last() + shift;
        self.to(start, end, to)
    }

    /// The same, then on half an ellipse to a place: at its middle it lies `aside` metres beside the straight way, to the left of who goes
    /// there.
    #[must_use]
    pub fn arc(mut self, start: f64, end: f64, to: Vec3, aside: f32) -> Self {
        debug_assert!(
            start < end && self.legs.last().is_none_or(|leg| leg.end <= start),
            "{start} to {end} after {:?}",
            self.legs
        );
        self.legs.push(Leg { start, end, to, kind: Kind::Driven { aside } });
        self
    }

    /// The same, then through poses, `rate` a second, from a time in seconds on. There are at least two.
    #[must_use]
    pub fn baked(mut self, start: f64, rate: f64, poses: Vec<Pose>) -> Self {
        let end = start + (poses.len().max(2) - 1) as f64 / rate;
        let to = poses.last().map_or_else(|| self.last(), |pose| pose.translation);
        self.legs.push(Leg { start, end, to, kind: Kind::Baked(poses.into()) });
        self
    }

    /// Whether it goes nowhere.
    #[must_use]
    pub fn is_still(&self) -> bool {
        self.legs.is_empty()
    }

    /// The place at its end.
    #[must_use]
    pub fn last(&self) -> Vec3 {
        self.legs.last().map_or(self.from, |leg| leg.to)
    }

    /// The same way elsewhere.
    #[must_use]
    pub fn shifted(mut self, by: Vec3) -> Self {
        self.from += by;
        for leg in &mut self.legs {
            leg.to += by;
            if let Kind::Baked(poses) = &mut leg.kind {
                *poses = poses.iter().map(|pose| Pose::new(pose.translation + by, pose.rotation)).collect();
            }
        }
        self
    }

    /// The pose at a time, seconds.
    #[must_use]
    pub fn pose(&self, time: f64) -> Pose {
        let (mut place, mut rotation) = (self.from, Quat::IDENTITY);
        for leg in self.legs.iter().filter(|leg| leg.start <= time) {
            let part = ((time - leg.start) / (leg.end - leg.start)).min(1.0);
            let aside = match &leg.kind {
                Kind::Baked(poses) => {
                    let pose = between(poses, part);
                    (place, rotation) = (pose.translation, pose.rotation);
                    continue;
                }
                Kind::Driven { aside } => *aside,
            };
            let (part, way) = (eased(part) as f32, leg.to - place);
            let gone = part * way;
            if let (Some(radius), Some(axis)) = (self.rolls, Vec3::Z.cross(way).try_normalize()) {
                rotation = (Quat::from_axis_angle(axis, gone.length() / radius) * rotation).normalize();
            }
            place += if part < 1.0 { gone + beside(aside, way, part) } else { way };
        }
        Pose::new(place, rotation)
    }
}

/// How far an arc lies beside the straight way.
fn beside(aside: f32, way: Vec3, part: f32) -> Vec3 {
    let left = Vec3::Z.cross(way).normalize_or_zero();
    // Half an ellipse: the further from its middle, the less.
    let off = 2.0 * part - 1.0;
    left * (aside * (1.0 - off * off).max(0.0).sqrt())
}

/// The pose at a part of the way through some.
fn between(poses: &[Pose], part: f64) -> Pose {
    let at = part * (poses.len() - 1) as f64;
    let low = (at as usize).min(poses.len() - 1);
    let (a, b) = (poses[low], poses[(low + 1).min(poses.len() - 1)]);
    let rest = (at - low as f64) as f32;
    Pose::new(a.translation.lerp(b.translation, rest), a.rotation.slerp(b.rotation, rest).normalize())
}

/// 3u² − 2u³: starts and ends at rest.
fn eased(u: f64) -> f64 {
    u * u * (3.0 - 2.0 * u)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_begin_and_end_where_they_should() {
        let way = Way::at(Vec3::X).to(1.0, 2.0, Vec3::Y).arc(2.0, 3.0, Vec3::X, 0.5).by(4.0, 5.0, Vec3::Z);
        let place = |t| way.pose(t).translation;
        for (time, at) in [(0.0, Vec3::X), (1.0, Vec3::X), (2.0, Vec3::Y), (3.0, Vec3::X), (4.5, Vec3::X + 0.5 * Vec3::Z)] {
            assert!(place(time).distance(at) < 1e-6, "{} at {time}", place(time));
        }
        // Half-way on the arc: to the left of who goes from y to x.
        let middle = 0.5 * (Vec3::X + Vec3::Y) + 0.5 * Vec3::new(1.0, 1.0, 0.0).normalize();
        assert!(place(2.5).distance(middle) < 1e-5, "{}", place(2.5));
        assert!(way.clone().shifted(Vec3::Z).pose(2.5).translation.distance(middle + Vec3::Z) < 1e-5);
    }

    #[test]
    fn what_was_simulated_goes_on_from_there() {
        let poses = [0.0, 1.0, 3.0].map(|x| Pose::from_translation(Vec3::X * x)).to_vec();
        let way = Way::at(Vec3::ZERO).baked(1.0, 2.0, poses).by(3.0, 4.0, Vec3::Z);
        for (time, at) in [(0.5, 0.0), (1.25, 0.5), (1.75, 2.0), (2.5, 3.0)] {
            assert!((way.pose(time).translation - Vec3::X * at).length() < 1e-6, "at {time}");
        }
        let shifted = way.shifted(Vec3::Y);
        assert_eq!(shifted.last(), Vec3::new(3.0, 1.0, 1.0));
        assert!((shifted.pose(1.75).translation - Vec3::new(2.0, 1.0, 0.0)).length() < 1e-6);
    }

    #[test]
    fn what_rolls_turns_by_its_way() {
        let way = Way::at(Vec3::ZERO).rolling(0.5).to(0.0, 1.0, Vec3::X * core::f32::consts::FRAC_PI_4);
        // A quarter turn forwards: what was on top is in front.
        let top = way.pose(1.0).vector(Vec3::Z);
        assert!(top.distance(Vec3::X) < 1e-5, "{top}");
    }
}
