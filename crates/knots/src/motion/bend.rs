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
    /// vanish.
    pub(super) fn over(chords: [DVec3; 3], changes: [f64; 3]) -> Option<Self> {
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
        let across = |v: DVec3| v.reject_from_normalized(unit[1]).length();
        let both = da + db;
        let second = (4.0 * a + 2.0 * b).length().max((2.0 * a + 4.0 * b).length()) + 4.0 * both;
        let second_across = across(4.0 * a + 2.0 * b).max(across(2.0 * a + 4.0 * b)) + 4.0 * both;
        // The Bézier points of the derivative, along the chord and across it.
        let along = [(a.dot(unit[1]), da), (-(a + b).dot(unit[1]), both), (b.dot(unit[1]), db)];
        let slowest = length - change + along.iter().map(|(v, d)| v - d).fold(f64::INFINITY, f64::min);
        let fastest = length + change + along.iter().map(|(v, d)| v + d).fold(0.0, f64::max);
        let first_across = across(a).max(across(b)).max(across(a + b)) + both + change;
        let cross = fastest * second_across + first_across * second;
        let radius = if slowest <= 0.0 { 0.0 } else { slowest * slowest * slowest / cross.max(f64::MIN_POSITIVE) };
        // The Bézier points of the derivative themselves: a cubic turns no more than its Bézier polygon.
        let middle = chords[1] - a - b;
        let turn = turn_of([(chords[1] + a, da + change), (middle, both + change), (chords[1] + b, db + change)]);
        Some(Self { sagitta: 0.25 * (a.length() + da).max(b.length() + db), radius, turn })
    }
}
