//! What is seen of a place, in flat colours and few pixels: columns of the picture are rays on the plan, as the camera is level.

use glam::Vec2;

use crate::solids::{Solid, What};
use crate::walk::{EYE, FOV_Y};

/// Pixels.
pub(crate) const SIZE: [usize; 2] = [64, 40];

/// What a pixel shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pixel {
    Floor,
    /// The ceiling, or the sky.
    Above,
    Solid(What),
}

/// A picture, row by row from the top.
pub(crate) struct View {
    pub pixels: Vec<Pixel>,
    /// Distance from the eye of what stands there, metres.
    distances: Vec<f32>,
}

/// A part of a column: rows, how far off it begins, what it is.
struct Strip {
    rows: [f32; 2],
    depth: f32,
    what: What,
}

impl View {
    pub(crate) fn new(solids: &[Solid], at: Vec2, heading: f32) -> Self {
        let [width, height] = SIZE;
        let focal = 0.5 * height as f32 / libm::tanf(0.5 * FOV_Y.to_radians());
        let middle = 0.5 * height as f32;
        let forward = Vec2::from_angle(heading);
        let mut view = Self { pixels: vec![Pixel::Above; width * height], distances: vec![f32::INFINITY; width * height] };
        let mut columns: Vec<Vec<Strip>> = (0..width).map(|_| Vec::new()).collect();
        let aside = |x: usize| (x as f32 + 0.5 - 0.5 * width as f32) / focal;
        let row = |z: f32, depth: f32| middle - focal * (z - EYE) / depth;
        for solid in solids {
            let [from, to] = across(solid, at, forward).map(|side| 0.5 * width as f32 + focal * side);
            let (first, end) = ((from - 1.0).max(0.0) as usize, (to + 2.0).max(0.0) as usize);
            for (x, strips) in columns.iter_mut().enumerate().take(end).skip(first) {
                let Some([enters, leaves]) = span(solid, at, forward - forward.perp() * aside(x)) else { continue };
                let mut put =
                    |a: f32, b: f32, depth: f32| strips.push(Strip { rows: [a.min(b), a.max(b)], depth, what: solid.what });
                put(row(solid.max.z, enters), row(solid.min.z, enters), enters);
                // Its upper and its lower side.
                for z in [solid.max.z, solid.min.z] {
                    if (z < EYE) == (z == solid.max.z) {
                        put(row(z, enters), row(z, leaves), enters);
                    }
                }
            }
        }
        for (x, strips) in columns.iter_mut().enumerate() {
            let aside = aside(x);
            strips.sort_by(|a, b| a.depth.total_cmp(&b.depth));
            for y in 0..height {
                let at = y as f32 + 0.5;
                let hit = strips.iter().find(|s| s.rows[0] <= at && at < s.rows[1]);
                let pixel = y * width + x;
                view.pixels[pixel] = match hit {
                    Some(strip) => Pixel::Solid(strip.what),
                    None if at > middle => Pixel::Floor,
                    None => Pixel::Above,
                };
                if let Some(strip) = hit {
                    let tilt = (at - middle) / focal;
                    view.distances[pixel] = strip.depth * (1.0 + aside * aside + tilt * tilt).sqrt();
                }
            }
        }
        view
    }

    /// Part of the pixels that are nearer than a distance, metres.
    pub(crate) fn nearer_than(&self, distance: f32) -> f32 {
        self.distances.iter().filter(|d| **d < distance).count() as f32 / self.distances.len() as f32
    }

    /// Part of the picture that shows a landmark.
    pub(crate) fn share_of(&self, landmark: usize) -> f32 {
        let own = Pixel::Solid(What::Landmark(landmark));
        self.pixels.iter().filter(|p| **p == own).count() as f32 / self.pixels.len() as f32
    }

    /// Its columns from left to right, each from the top in runs of one kind: the kind, and the row before which it ends.
    pub(crate) fn runs(&self, kind: &dyn Fn(Pixel) -> u8) -> Vec<[u8; 2]> {
        let [width, height] = SIZE;
        let mut runs: Vec<[u8; 2]> = Vec::new();
        for x in 0..width {
            for y in 0..height {
                let kind = kind(self.pixels[y * width + x]);
                match runs.last_mut().filter(|run| y > 0 && run[0] == kind) {
                    Some(run) => run[1] = y as u8 + 1,
                    None => runs.push([kind, y as u8 + 1]),
                }
            }
        }
        runs
    }
}

/// From where to where a box is seen at most: to the right of what lies ahead, at a depth of one metre.
fn across(solid: &Solid, at: Vec2, forward: Vec2) -> [f32; 2] {
    let Solid { min, max, .. } = solid;
    let corners = [Vec2::new(min.x, min.y), Vec2::new(max.x, min.y), Vec2::new(min.x, max.y), Vec2::new(max.x, max.y)];
    let places = corners.map(|corner| Vec2::new(forward.dot(corner - at), -forward.perp().dot(corner - at)));
    if places.iter().all(|p| p.x <= 0.0) {
        return [0.0, f32::NEG_INFINITY];
    }
    if places.iter().any(|p| p.x < 0.01) {
        return [f32::NEG_INFINITY, f32::INFINITY];
    }
    let sides = places.map(|p| p.y / p.x);
    [sides.into_iter().fold(f32::INFINITY, f32::min), sides.into_iter().fold(f32::NEG_INFINITY, f32::max)]
}

/// Where a ray enters and leaves the plan of a box, in depths.
fn span(solid: &Solid, at: Vec2, ray: Vec2) -> Option<[f32; 2]> {
    let (mut enters, mut leaves) = (0.02_f32, f32::INFINITY);
    for k in 0..2 {
        let (p, d, lo, hi) = (at[k], ray[k], solid.min[k], solid.max[k]);
        if d.abs() < 1e-9 {
            if p < lo || p > hi {
                return None;
            }
            continue;
        }
        let (t0, t1) = ((lo - p) / d, (hi - p) / d);
        enters = enters.max(t0.min(t1));
        leaves = leaves.min(t0.max(t1));
    }
    (enters < leaves).then_some([enters, leaves])
}

#[cfg(test)]
mod tests {
    use glam::vec3;

    use super::*;

    #[test]
    fn a_wall_hides_what_is_behind_it_and_a_low_one_does_not() {
        let wall = |height: f32| Solid { min: vec3(2.0, -5.0, 0.0), max: vec3(2.1, 5.0, height), what: What::Wall };
        let thing = Solid { min: vec3(4.0, -0.5, 0.0), max: vec3(5.0, 0.5, 2.0), what: What::Landmark(0) };
        let share = |height: f32| View::new(&[thing, wall(height)], Vec2::ZERO, 0.0).share_of(0);
        let alone = View::new(&[thing], Vec2::ZERO, 0.0);
        assert!(share(9.0) == 0.0 && share(1.0) > 0.02 && alone.share_of(0) > share(1.0));
        // A metre across and two high at four metres, of 62 degrees by 64 to 40.
        let expected = (1.0 / 4.0) * (2.0 / 4.0) / (2.0_f32 * 0.6009).powi(2) / 1.6;
        assert!((alone.share_of(0) - expected).abs() < 0.01, "{} instead of {expected}", alone.share_of(0));
        assert!(alone.nearer_than(3.9) == 0.0 && alone.nearer_than(4.5) > 0.0);
    }

    #[test]
    fn left_is_left() {
        let thing = Solid { min: vec3(3.0, 1.0, 0.0), max: vec3(4.0, 1.5, 2.0), what: What::Thing };
        let view = View::new(&[thing], Vec2::ZERO, 0.0);
        let columns = (0..SIZE[0]).filter(|x| (0..SIZE[1]).any(|y| view.pixels[y * SIZE[0] + x] == Pixel::Solid(What::Thing)));
        assert!(columns.max().is_some_and(|x| x < SIZE[0] / 2), "+y is to the left of who looks along +x");
    }
}
