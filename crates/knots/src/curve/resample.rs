//! Vertices equally spaced along the drawn spline.

use glam::DVec3;

use super::{MAX_VERTICES, Polygon, Spline};
use crate::{Error, Result};

/// Pieces into which a span is cut to measure its length: the error of a chord is a 24th of the squared turn of its piece.
const PIECES: usize = 32;

impl Polygon {
    /// The polygon with this number of vertices, equally spaced by arc length along the drawn spline, from the first vertex on. The shape changes by no
    /// more than the sagitta of the new edges. Whether the knot stays the same is not checked: an invariant can tell.
    ///
    /// # Errors
    /// [`Error::TooFewVertices`], [`Error::TooManyVertices`], or what [`Polygon::new`] says where a coarse sampling meets one point twice.
    pub fn resampled(&self, count: usize) -> Result<Self> {
        if count < 3 {
            return Err(Error::TooFewVertices { component: 0, count });
        }
        if count > MAX_VERTICES {
            return Err(Error::TooManyVertices { count, most: MAX_VERTICES });
        }
        let spline = Spline::new(self);
        let points: Vec<DVec3> = (0..=self.len() * PIECES)
            .map(|k| spline.spans()[k / PIECES % self.len()].point((k % PIECES) as f64 / PIECES as f64))
            .collect();
        let mut along = vec![0.0];
        for pair in points.windows(2) {
            along.push(along[along.len() - 1] + pair[0].distance(pair[1]));
        }
        let total = along[along.len() - 1];
        let mut k = 0;
        let vertex = |i: usize| {
            let target = total * i as f64 / count as f64;
            while along[k + 1] < target {
                k += 1;
            }
            let u = (k as f64 + (target - along[k]) / (along[k + 1] - along[k])) / PIECES as f64;
            spline.point(u)
        };
        Self::new((0..count).map(vertex).collect::<Vec<_>>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spacing_is_even_and_the_first_vertex_stays() {
        let square = Polygon::new([DVec3::ZERO, 3.0 * DVec3::X, DVec3::new(3.0, 1.0, 0.5), DVec3::new(1.0, 2.0, 1.0), DVec3::Y]);
        let even = square.expect("good").resampled(60).expect("good");
        assert_eq!(even.vertices()[0], DVec3::ZERO);
        let steps: Vec<f64> = even.edges().map(|[a, b]| a.distance(b)).collect();
        let (least, most) = steps.iter().fold((f64::INFINITY, 0.0_f64), |(l, m), s| (l.min(*s), m.max(*s)));
        assert!(least > 0.97 * most, "{least} {most}");
        assert!(even.resampled(2).is_err() && even.resampled(1_000_000).is_err());
    }
}
