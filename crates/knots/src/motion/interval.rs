//! Two frames and what lies between them, over an interval of time.

use glam::DVec3;

use super::Strand;
use super::bend::Bend;
use crate::curve::{Link, segment_distance};

/// How far the tangent turns, at most, along an edge that is not there, radians: more than along any strand.
const TORN: f64 = 1e6;

/// All edges of two frames, counted through the components.
pub(super) struct Between {
    from: Vec<DVec3>,
    moved: Vec<DVec3>,
    /// Of each edge the vertices at its ends; an edge has the number of its first vertex.
    ends: Vec<[usize; 2]>,
    component: Vec<usize>,
    /// Of each component its first edge and the one after its last.
    spans: Vec<[usize; 2]>,
    /// Whether each edge is there.
    drawn: Vec<bool>,
    /// Distances below this are rounding.
    grain: f64,
}

/// What holds at every time of an interval.
pub(super) struct Interval<'a> {
    between: &'a Between,
    half: f64,
    points: Vec<DVec3>,
    bends: Vec<Option<Bend>>,
    /// How far the tangent turns from a component's begin to each edge's, at most.
    turned: Vec<f64>,
}

impl Between {
    pub(super) fn new(a: &Link, b: &Link, drawn: &[bool]) -> Self {
        let from: Vec<DVec3> = a.vertices().collect();
        let moved = b.vertices().zip(&from).map(|(q, p)| q - *p).collect();
        let (mut ends, mut component, mut spans) = (Vec::new(), Vec::new(), Vec::new());
        for (index, polygon) in a.components().iter().enumerate() {
            let first = ends.len();
            ends.extend((0..polygon.len()).map(|k| [first + k, first + (k + 1) % polygon.len()]));
            component.extend(std::iter::repeat_n(index, polygon.len()));
            spans.push([first, ends.len()]);
        }
        let size = |link: &Link| link.vertices().map(|v| v.abs().max_element()).fold(0.0, f64::max);
        Self { from, moved, ends, component, spans, drawn: drawn.to_vec(), grain: 1e-14 * (size(a) + size(b)) }
    }

    pub(super) fn edge_count(&self) -> usize {
        self.ends.len()
    }

    /// The edges that are there.
    pub(super) fn edges(&self) -> Vec<usize> {
        (0..self.drawn.len()).filter(|edge| self.drawn[*edge]).collect()
    }

    /// Pairs of edges that are there and share no vertex.
    pub(super) fn pairs(&self) -> Vec<[u32; 2]> {
        let n = self.edge_count();
        let is_pair = |i: usize, j: usize| {
            self.drawn[i] && self.drawn[j] && self.ends[i][1] != self.ends[j][0] && self.ends[j][1] != self.ends[i][0]
        };
        (0..n).flat_map(|i| (i + 1..n).filter(move |j| is_pair(i, *j)).map(move |j| [i as u32, j as u32])).collect()
    }

    pub(super) fn interval(&self, middle: f64, half: f64, strand: Strand) -> Interval<'_> {
        let points: Vec<DVec3> = self.from.iter().zip(&self.moved).map(|(p, v)| *p + *v * middle).collect();
        let chord = |edge: usize| points[self.ends[edge][1]] - points[self.ends[edge][0]];
        let change = |edge: usize| half * (self.moved[self.ends[edge][1]] - self.moved[self.ends[edge][0]]).length();
        let mut bends = Vec::with_capacity(self.edge_count());
        let mut turned = Vec::with_capacity(self.edge_count());
        for &[first, end] in &self.spans {
            let mut sum = 0.0;
            for edge in first..end {
                let beside = [if edge == first { end - 1 } else { edge - 1 }, edge, self.ends[edge][1]];
                // Where a strand is cut its end goes straight on.
                let beside = beside.map(|other| if self.drawn[other] == self.drawn[edge] { other } else { edge });
                let bend = match strand {
                    Strand::Thin => Some(Bend::STRAIGHT),
                    Strand::Tube { .. } => Bend::over(beside.map(chord), beside.map(change)),
                };
                turned.push(sum);
                // Ends of a cut that is only opening lie on one curve; torn apart they do not.
                let turn = bend.map_or(f64::INFINITY, |b| b.turn);
                sum += if self.drawn[edge] { turn } else { turn.min(TORN) };
                bends.push(bend);
            }
        }
        Interval { between: self, half, points, bends, turned }
    }
}

impl Interval<'_> {
    fn segment(&self, edge: usize) -> [DVec3; 2] {
        self.between.ends[edge].map(|v| self.points[v])
    }

    /// The bend of a span; `None` where its bounds are no use.
    pub(super) fn bend(&self, edge: usize) -> Option<Bend> {
        self.bends[edge]
    }

    /// Whether the edge and the one after it cannot fold onto each other: their directions stay from being opposite.
    pub(super) fn unfolded(&self, edge: usize) -> bool {
        let next = self.between.ends[edge][1];
        if !self.between.drawn[next] {
            return true;
        }
        let [u, v] = [edge, next].map(|e| {
            let [a, b] = self.segment(e);
            let [va, vb] = self.between.ends[e].map(|v| self.between.moved[v]);
            (b - a, self.half * (vb - va).length())
        });
        let (lu, lv) = (u.0.length(), v.0.length());
        lu > u.1 && lv > v.1 && (u.0 / lu + v.0 / lv).length() - 2.0 * (u.1 / lu + v.1 / lv) > 1e-9
    }

    /// Two edges are no nearer than this; how much their ends may have moved against each other is taken off.
    fn distance(&self, i: usize, j: usize, enough: f64) -> f64 {
        let ends = [self.between.ends[i], self.between.ends[j]];
        let v = ends.map(|pair| pair.map(|v| self.between.moved[v]));
        let mean = 0.25 * (v[0][0] + v[0][1] + v[1][0] + v[1][1]);
        let most = |pair: [DVec3; 2]| (pair[0] - mean).length().max((pair[1] - mean).length());
        let loss = self.half * (most(v[0]) + most(v[1])) + self.between.grain;
        let (p, q) = (self.segment(i), self.segment(j));
        // Most pairs are far: spheres about the edges tell.
        let rough = 0.5 * ((p[0] + p[1] - q[0] - q[1]).length() - p[0].distance(p[1]) - q[0].distance(q[1])) - loss;
        if rough > enough { rough } else { segment_distance(p, q).0 - loss }
    }

    /// The gap that is left between the tubes about two edges, at least; `None` for edges so near along the curve that the chord from one to the
    /// other is normal to the curve at neither or one end only: between two such ends the tangent turns by π or more.
    pub(super) fn gap(&self, i: usize, j: usize, strand: Strand) -> Option<f64> {
        let Strand::Tube { radius } = strand else { return Some(self.distance(i, j, f64::INFINITY)) };
        if self.between.component[i] == self.between.component[j] && self.turn_between(i, j) < std::f64::consts::PI {
            return None;
        }
        let off = |edge: usize| self.bends[edge].map_or(f64::INFINITY, |b| b.sagitta);
        let need = 2.0 * radius + off(i) + off(j);
        Some(self.distance(i, j, 4.0 * need) - need)
    }

    /// How far the tangent turns from the begin of one edge to the end of the other, the way around on which it turns less, at most.
    fn turn_between(&self, i: usize, j: usize) -> f64 {
        let [first, end] = self.between.spans[self.between.component[i]];
        let own = |edge: usize| self.bends[edge].map_or(f64::INFINITY, |b| b.turn);
        let ahead = self.turned[j] + own(j) - self.turned[i];
        let total = self.turned[end - 1] + own(end - 1) - self.turned[first];
        let least = ahead.min(total - self.turned[j] + self.turned[i] + own(i));
        // Where a bound is no use the sums are infinite, or their differences nothing.
        if least.is_nan() { f64::INFINITY } else { least }
    }
}
