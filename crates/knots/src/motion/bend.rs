//! How a drawn span bends, over a whole interval of time.

use glam::DVec3;

use crate::curve::turn_of;

/// Bounds that hold for one span of the drawn spline at every time of an interval.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bend {
    /// No point is farther than this from the chord.
    pub(super) sagitta: f64,
    /// It bends no more sharply than a circle of this radius.
    pub(super) radius: f64,
    /// Its tangent turns by no more than this, in radians (its total curvature).
    pub(super) turn: f64,
}

impl Bend {
    /// Of a straight edge: the polygon itself is drawn.
    pub(super) const STRAIGHT: Self = Self { sagitta: 0.0, radius: f64::INFINITY, turn: 0.0 };

    /// From three chords in a row at the middle of the interval, and how much each may have changed by its ends. `None` where a chord might
    /// vanish. Where the first bound on the radius is below `least`, a finer one is looked for.
    pub(super) fn over(chords: [DVec3; 3], changes: [f64; 3], least: f64) -> Option<Self> {
        let lengths = chords.map(DVec3::length);
        if (0..3).any(|k| lengths[k] <= changes[k] * (1.0 + 1e-9) || lengths[k] == 0.0) {
            return None;
        }
        let unit = [0, 1, 2].map(|k| chords[k] / lengths[k]);
        // A direction turns by no more than twice the change over the length.
        let turn = [0, 1, 2].map(|k| 2.0 * changes[k] / lengths[k]);
        let (length, change) = (lengths[1], changes[1]);
        // The end derivatives less the chord, of a centripetal spline: |chord| (λ u - (1 - λ) u') with λ the share of the roots.
        let bend = |other: usize| {
            let share = |a: f64, b: f64| a.sqrt() / (a.sqrt() + b.sqrt());
            let at = share(lengths[other], length);
            let most = share(lengths[other] + changes[other], length - change) - at;
            let least = at - share(lengths[other] - changes[other], length + change);
            let vector = at * unit[other] - (1.0 - at) * unit[1];
            let unsure = turn[other] + turn[1] + 2.0 * most.max(least);
            (length * vector, (length + change) * unsure + change * vector.length())
        };
        let ((a, da), (b, db)) = (bend(0), bend(2));
        let span = Unsure { chord: chords[1], bends: [a, b], chord_off: change, bends_off: da + db };
        let mut radius = span.radius(0.0, 1.0);
        if radius < least {
            radius = [0.0, 0.25, 0.5, 0.75].map(|u| span.radius(u, u + 0.25)).into_iter().fold(f64::INFINITY, f64::min);
        }
        let both = da + db;
        // The Bézier points of the derivative themselves: a cubic turns no more than its Bézier polygon.
        let middle = chords[1] - a - b;
        let turn = turn_of([(chords[1] + a, da + change), (middle, both + change), (chords[1] + b, db + change)]);
        Some(Self { sagitta: 0.25 * (a.length() + da).max(b.length() + db), radius, turn })
    }
}

/// A span whose chord and whose end derivatives less the chord are known but for so much; of the latter, both together.
struct Unsure {
    chord: DVec3,
    bends: [DVec3; 2],
    chord_off: f64,
    bends_off: f64,
}

impl Unsure {
    /// From `u` to `v` it bends no more sharply than a circle of this radius; 0 where its derivative may vanish. The derivative lies in the hull of
    /// its Bézier points there, of which the middle one says forward; the second derivative lies between those at the ends.
    fn radius(&self, u: f64, v: f64) -> f64 {
        let [a, b] = self.bends;
        // Bézier points of the derivative over the whole span, and their polar form.
        let whole = [self.chord + a, self.chord - a - b, self.chord + b];
        let polar =
            |s: f64, t: f64| whole[0] * ((1.0 - s) * (1.0 - t)) + whole[1] * ((1.0 - s) * t + (1.0 - t) * s) + whole[2] * (s * t);
        let first = [polar(u, u), polar(u, v), polar(v, v)];
        let second = [u, v].map(|t| (4.0 * a + 2.0 * b) * (t - 1.0) + (2.0 * a + 4.0 * b) * t);
        let (off, off_second) = (self.chord_off + self.bends_off, 4.0 * self.bends_off);
        let forward = first[1].normalize_or_zero();
        let slowest = first.iter().map(|w| w.dot(forward)).fold(f64::INFINITY, f64::min) - off;
        // Their product is a parabola, hence in the hull of its Bézier points.
        let middle = polar(0.5 * (u + v), 0.5 * (u + v)).cross(0.5 * (second[0] + second[1]));
        let ends = [first[0].cross(second[0]), first[2].cross(second[1])];
        let greatest = |list: &[DVec3]| list.iter().map(|w| w.length()).fold(0.0, f64::max);
        let cross = greatest(&[ends[0], 2.0 * middle - 0.5 * (ends[0] + ends[1]), ends[1]])
            + off * greatest(&second)
            + (greatest(&first) + off) * off_second;
        if slowest > 0.0 { slowest * slowest * slowest / cross.max(f64::MIN_POSITIVE) } else { 0.0 }
    }
}
