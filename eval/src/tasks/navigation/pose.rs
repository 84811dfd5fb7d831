//! Where the eye stands and how it looks: a level camera at a constant height, so that three numbers say all.

use crate::{Footage, Truth};

/// Where the eye stands and looks.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pose {
    /// Metres on the floor.
    pub at: [f32; 2],
    /// Radians from +x to +y.
    pub yaw: f32,
}

/// The lens, in pixels of the half-size picture.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lens {
    pub(super) focal: [f32; 2],
    pub(super) middle: [f32; 2],
    pub(super) size: [f32; 2],
    /// Height of the eye, metres.
    pub(super) eye: f32,
}

/// Where a point is seen, and where it lies before the eye.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    /// Pixels of the half-size picture.
    pub(super) at: [f32; 2],
    /// Metres ahead of the eye, to its right and above it.
    pub(super) depth: f32,
    side: f32,
    up: f32,
}

/// What a pose sees.
#[derive(Clone, Copy, Debug)]
pub(super) struct View {
    pub(super) pose: Pose,
    pub(super) lens: Lens,
    sin: f32,
    cos: f32,
}

/// Nothing nearer than this is looked at, metres.
const NEAREST: f32 = 0.12;

impl Pose {
    /// Moved ahead, to the right (metres) and turned to the left (radians), by its own directions.
    pub(super) fn moved(self, [ahead, right, left]: [f32; 3]) -> Self {
        let (sin, cos) = libm::sincosf(self.yaw);
        Self { at: [self.at[0] + ahead * cos + right * sin, self.at[1] + ahead * sin - right * cos], yaw: self.yaw + left }
    }

    /// The movement that leads from it to another: ahead, to the right (metres) and turned to the left (radians), by its own directions.
    #[must_use]
    pub fn way_to(self, other: Self) -> [f32; 3] {
        let (sin, cos) = libm::sincosf(self.yaw);
        let [dx, dy] = [other.at[0] - self.at[0], other.at[1] - self.at[1]];
        [dx * cos + dy * sin, dx * sin - dy * cos, turn(other.yaw - self.yaw)]
    }

    /// Metres to another.
    #[must_use]
    pub fn distance(self, other: Self) -> f32 {
        distance(self.at, other.at)
    }

    /// Metres to another, and radians.
    pub(super) fn apart(self, other: Self) -> f32 {
        self.distance(other) + turn(other.yaw - self.yaw).abs()
    }

    /// Those of the truth's camera, frame by frame; none if it stands still.
    #[must_use]
    pub fn of_truth(truth: &Truth) -> Vec<Self> {
        let Some(camera) = &truth.camera else { return Vec::new() };
        let pose = |(at, [x, y, z, w]): (&[f32; 3], &[f32; 4])| {
            // Local -z.
            let ahead = [-2.0 * (x * z + w * y), -2.0 * (y * z - w * x)];
            Self { at: [at[0], at[1]], yaw: libm::atan2f(ahead[1], ahead[0]) }
        };
        camera.position.iter().zip(&camera.rotation).map(pose).collect()
    }
}

impl Lens {
    /// That of the truth.
    pub(super) fn new(truth: &Truth, footage: &Footage) -> Self {
        let (fov, eye) = truth.camera.as_ref().map_or((1.0, 1.5), |camera| (camera.fov_y, camera.position[0][2]));
        let own = 0.5 * truth.clip.height as f32 / libm::tanf(0.5 * fov);
        let size = [footage.first_frame.width, footage.first_frame.height].map(|side| side as f32 / 2.0);
        let clip = [truth.clip.width, truth.clip.height].map(|side| side as f32);
        Self { focal: [0, 1].map(|k| own * size[k] / clip[k]), middle: size.map(|side| side / 2.0), size, eye }
    }

    /// One of so many times its focal length.
    pub(super) fn longer(self, scale: f32) -> Self {
        Self { focal: self.focal.map(|focal| scale * focal), ..self }
    }
}

impl View {
    pub(super) fn new(pose: Pose, lens: Lens) -> Self {
        let (sin, cos) = libm::sincosf(pose.yaw);
        Self { pose, lens, sin, cos }
    }

    pub(super) fn eye(&self) -> [f32; 3] {
        [self.pose.at[0], self.pose.at[1], self.lens.eye]
    }

    /// Where a point is seen; `None` behind the eye.
    #[inline]
    pub(super) fn spot(&self, p: [f32; 3]) -> Option<Spot> {
        let [dx, dy] = [p[0] - self.pose.at[0], p[1] - self.pose.at[1]];
        let depth = dx * self.cos + dy * self.sin;
        if depth < NEAREST {
            return None;
        }
        let (side, up) = (dx * self.sin - dy * self.cos, p[2] - self.lens.eye);
        let near = 1.0 / depth;
        let at = [self.lens.middle[0] + self.lens.focal[0] * side * near, self.lens.middle[1] - self.lens.focal[1] * up * near];
        Some(Spot { at, depth, side, up })
    }

    /// Whether a point lies to the right of where the eye looks.
    pub(super) fn is_right(&self, p: [f32; 3]) -> bool {
        (p[0] - self.pose.at[0]) * self.sin > (p[1] - self.pose.at[1]) * self.cos
    }

    /// Whether a place of the picture lies inside it, so far from its edge at least.
    #[inline]
    pub(super) fn shows(&self, at: [f32; 2], margin: f32) -> bool {
        at[0] >= margin && at[1] >= margin && at[0] <= self.lens.size[0] - margin && at[1] <= self.lens.size[1] - margin
    }

    /// Which way the picture of a line along an axis runs through a spot, pixels to a metre.
    #[inline]
    pub(super) fn along(&self, spot: &Spot, axis: usize) -> [f32; 2] {
        let near = 1.0 / spot.depth;
        let (ahead, right, up) = match axis {
            0 => (self.cos, self.sin, 0.0),
            1 => (self.sin, -self.cos, 0.0),
            _ => (0.0, 0.0, 1.0),
        };
        [
            self.lens.focal[0] * (right - spot.side * near * ahead) * near,
            -self.lens.focal[1] * (up - spot.up * near * ahead) * near,
        ]
    }

    /// How a spot moves in the picture for each of the movements of [`Pose::moved`].
    #[inline]
    pub(super) fn slopes(&self, spot: &Spot) -> [[f32; 3]; 2] {
        let near = 1.0 / spot.depth;
        let (x, y) = (spot.side * near, spot.up * near);
        let [fx, fy] = self.lens.focal;
        [[fx * x * near, -fx * near, fx * (1.0 + x * x)], [-fy * y * near, 0.0, -fy * x * y]]
    }

    /// The direction, to a depth of one metre, in which a place of the picture lies.
    pub(super) fn ray(&self, at: [f32; 2]) -> [f32; 3] {
        let (side, up) = ((at[0] - self.lens.middle[0]) / self.lens.focal[0], (self.lens.middle[1] - at[1]) / self.lens.focal[1]);
        [self.cos + side * self.sin, self.sin - side * self.cos, up]
    }
}

/// An angle brought into -π to π.
pub(super) fn turn(angle: f32) -> f32 {
    let full = std::f32::consts::TAU;
    angle - full * (angle / full).round()
}

pub(super) fn distance(a: [f32; 2], b: [f32; 2]) -> f32 {
    let [x, y] = [a[0] - b[0], a[1] - b[1]];
    (x * x + y * y).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LENS: Lens = Lens { focal: [125.0, 124.0], middle: [120.0, 75.0], size: [240.0, 150.0], eye: 1.5 };

    #[test]
    fn slopes_are_what_small_movements_do() {
        let view = View::new(Pose { at: [1.0, -2.0], yaw: 0.4 }, LENS);
        let point = [4.0, -0.5, 0.3];
        let spot = view.spot(point).expect("ahead");
        let slopes = view.slopes(&spot);
        for k in 0..3 {
            let mut step = [0.0; 3];
            step[k] = 1e-3;
            let there = View::new(view.pose.moved(step), LENS).spot(point).expect("ahead");
            for (c, slope) in slopes.iter().enumerate() {
                let moved = (there.at[c] - spot.at[c]) / 1e-3;
                assert!((moved - slope[k]).abs() < 0.01 * slope[k].abs() + 0.3, "{k} {c}: {moved} {}", slope[k]);
            }
        }
        for axis in 0..3 {
            let mut next = point;
            next[axis] += 1e-3;
            let there = view.spot(next).expect("ahead");
            let along = view.along(&spot, axis);
            assert!((0..2).all(|c| ((there.at[c] - spot.at[c]) / 1e-3 - along[c]).abs() < 0.4), "{axis}");
        }
        let ray = view.ray(spot.at);
        let back: [f32; 3] = std::array::from_fn(|c| view.eye()[c] + spot.depth * ray[c]);
        assert!((0..3).all(|c| (back[c] - point[c]).abs() < 1e-3), "{back:?}");
        let other = Pose { at: [1.3, -2.2], yaw: -0.1 };
        let gone = view.pose.moved(view.pose.way_to(other));
        assert!(gone.distance(other) < 1e-5 && (gone.yaw - other.yaw).abs() < 1e-5);
    }
}
