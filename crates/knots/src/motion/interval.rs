//! Two frames and what lies between them, over an interval of time.

use std::f64::consts::PI;
use std::ops::Range;

use glam::DVec3;

use super::Strand;
use super::bend::Bend;
use super::certificate::Drawn;
use crate::curve::{Link, least_distance, turn_of};

/// Edges in a row that are looked at as one first.
const BLOCK: usize = 16;

/// The turn that an edge counts which is not there and does not lead on as a strand would, radians: more than along any strand.
const TORN: f64 = 1e6;

/// What is looked at in a proof.
pub(super) enum Near {
    /// Two edges.
    Edges(usize, usize),
    /// Two blocks of edges, and a gap between the tubes about them.
    Blocks(f64),
}

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
    /// Bends of spans that keep their shape; the others change with time.
    stiff: Vec<Option<Bend>>,
    strand: Strand,
    /// Spans may bend as sharply as this.
    least_bend: f64,
    /// Distances below this are rounding: that of places in between (six operations on coordinates), of differences and of inner products sum
    /// to less than 100 units in the last place of the greatest coordinate.
    grain: f64,
}

/// What holds at every time of an interval.
pub(super) struct Interval<'a> {
    between: &'a Between,
    half: f64,
    points: Vec<DVec3>,
    bends: Vec<Option<Bend>>,
    /// How far the tangent turns from a component's begin to each edge's, at most; a corner at the begin is counted.
    turned: Vec<f64>,
}

impl Between {
    pub(super) fn new(a: &Link, b: &Link, strand: Strand, drawn: &Drawn<'_>) -> Self {
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
        let grain = 100.0 * f64::EPSILON * size(a).max(size(b));
        let stiff = vec![None; ends.len()];
        let (drawn, least_bend) = (drawn.edges.to_vec(), drawn.least_bend);
        let mut new = Self { from, moved, ends, component, spans, drawn, stiff, strand, least_bend, grain };
        new.stiff = (0..new.edge_count())
            .map(
                |edge| if new.beside(edge).iter().all(|e| new.change(*e) == 0.0) { new.bend(edge, &new.from, 0.0) } else { None },
            )
            .collect();
        new
    }

    pub(super) fn edge_count(&self) -> usize {
        self.ends.len()
    }

    /// Whether two edges share a vertex.
    fn touch(&self, i: usize, j: usize) -> bool {
        self.ends[i][1] == self.ends[j][0] || self.ends[j][1] == self.ends[i][0]
    }

    fn before(&self, edge: usize) -> usize {
        let [first, end] = self.spans[self.component[edge]];
        if edge == first { end - 1 } else { edge - 1 }
    }

    /// The edge before, the edge, and the one after. Where a strand is cut its end goes straight on.
    fn beside(&self, edge: usize) -> [usize; 3] {
        let is_end = |other: usize| self.drawn[edge] && !self.drawn[other];
        [self.before(edge), edge, self.ends[edge][1]].map(|other| if is_end(other) { edge } else { other })
    }

    /// How far the ends of an edge move against each other, in all.
    fn change(&self, edge: usize) -> f64 {
        (self.moved[self.ends[edge][1]] - self.moved[self.ends[edge][0]]).length()
    }

    fn bend(&self, edge: usize, points: &[DVec3], half: f64) -> Option<Bend> {
        let chord = |edge: usize| points[self.ends[edge][1]] - points[self.ends[edge][0]];
        match self.strand {
            Strand::Thin => Some(Bend::STRAIGHT),
            Strand::Tube { .. } => {
                let beside = self.beside(edge);
                Bend::over(beside.map(chord), beside.map(|e| half * self.change(e)), self.least_bend)
            }
        }
    }

    pub(super) fn interval(&self, middle: f64, half: f64) -> Interval<'_> {
        let points: Vec<DVec3> = self.from.iter().zip(&self.moved).map(|(p, v)| *p + *v * middle).collect();
        let bends: Vec<Option<Bend>> =
            (0..self.edge_count()).map(|edge| self.stiff[edge].or_else(|| self.bend(edge, &points, half))).collect();
        let mut interval = Interval { between: self, half, points, bends, turned: Vec::with_capacity(self.edge_count()) };
        for &[first, end] in &self.spans {
            let mut sum = 0.0;
            for edge in first..end {
                sum += interval.corner(edge);
                interval.turned.push(sum);
                sum += interval.turn_along(edge);
            }
        }
        interval
    }
}

impl Interval<'_> {
    fn segment(&self, edge: usize) -> [DVec3; 2] {
        self.between.ends[edge].map(|v| self.points[v])
    }

    /// The bend of a span, if it is no sharper than the tube allows and what is beside it cannot come back to it; `None` where the bounds do not
    /// say so. Two spans that share a vertex, or one by itself, are kept apart by their bend alone as long as the tangent turns by less than π.
    pub(super) fn safe_bend(&self, edge: usize) -> Option<Bend> {
        let least = self.between.least_bend;
        let [_, _, next] = self.between.beside(edge);
        let turn = self.bends[edge].zip(self.bends[next]).map(|(a, b)| a.turn + b.turn);
        self.bends[edge].filter(|bend| bend.radius >= least && turn.is_some_and(|turn| turn < PI))
    }

    /// Whether the edge and the one after it cannot fold onto each other: their directions stay from being opposite.
    pub(super) fn unfolded(&self, edge: usize) -> bool {
        let [_, _, next] = self.between.beside(edge);
        let [u, v] = [edge, next].map(|e| {
            let [a, b] = self.segment(e);
            (b - a, self.half * self.between.change(e))
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
        if rough > enough { rough } else { least_distance(p, q) - loss }
    }

    /// The gap that is left between the tubes about two edges, at least; `None` for edges so near along the curve that the chord from one to the
    /// other is normal to the curve at neither or one end only: between two such ends the tangent turns by π or more.
    pub(super) fn gap(&self, i: usize, j: usize) -> Option<f64> {
        let Strand::Tube { radius } = self.between.strand else { return Some(self.distance(i, j, f64::INFINITY)) };
        if self.between.component[i] == self.between.component[j] && self.turn_between(i, j) < PI {
            return None;
        }
        let off = |edge: usize| self.bends[edge].map_or(f64::INFINITY, |b| b.sagitta);
        let need = 2.0 * radius + off(i) + off(j);
        Some(self.distance(i, j, 4.0 * need) - need)
    }

    /// How far the tangent turns from the begin of one edge to the end of the other, the way around on which it turns less, at most.
    fn turn_between(&self, i: usize, j: usize) -> f64 {
        self.turn_ahead(i, j).min(self.turn_around(i, j))
    }

    /// How far it turns, at most, from the begin of edge `i` on to the end of edge `j`, a later one of the component or the same. Where bounds are
    /// infinite it is infinite or nothing.
    fn turn_ahead(&self, i: usize, j: usize) -> f64 {
        self.turned[j] + self.turn_along(j) - self.turned[i]
    }

    /// How far it turns, at most, from the begin of edge `j` over the component's last edge and its first to the end of edge `i`.
    fn turn_around(&self, i: usize, j: usize) -> f64 {
        let [_, end] = self.between.spans[self.between.component[i]];
        self.turn_ahead(j, end - 1) + self.turned[i] + self.turn_along(i)
    }

    /// How far it turns, at most, along an edge.
    fn turn_along(&self, edge: usize) -> f64 {
        match self.bends[edge] {
            bend if self.between.drawn[edge] => bend.map_or(f64::INFINITY, |b| b.turn),
            // The ends of a cut that is only opening lie on one curve; torn apart they do not.
            Some(bend) if bend.radius >= self.between.least_bend => bend.turn.min(TORN),
            _ => TORN,
        }
    }

    /// How far it turns, at most, in the vertex where an edge begins. Where a strand is cut its end goes straight on; elsewhere there is no corner.
    fn corner(&self, edge: usize) -> f64 {
        let before = self.between.before(edge);
        if self.between.drawn[before] == self.between.drawn[edge] {
            return 0.0;
        }
        let [a, b] = [before, edge].map(|e| {
            let [from, to] = self.segment(e);
            (to - from, self.half * self.between.change(e))
        });
        // Of an edge without length it is nothing: then the constant is the lesser.
        turn_of([a, b, b]).min(TORN)
    }

    /// Whether both edges are there and share no vertex.
    fn is_pair(&self, i: usize, j: usize) -> bool {
        self.between.drawn[i] && self.between.drawn[j] && !self.between.touch(i, j)
    }

    /// Hands on every pair of edges that share no vertex, but for those that are both known. Of blocks of edges that are far from each other for
    /// their size it hands on a gap that holds for all their pairs; of blocks of one component, between whose ends it
    /// turns too little to come back, nothing.
    pub(super) fn each_pair<E>(
        &self,
        known: impl Fn(usize) -> bool,
        mut each: impl FnMut(Near) -> Result<(), E>,
    ) -> Result<(), E> {
        let n = self.between.edge_count();
        let edges = |block: usize| block * BLOCK..((block + 1) * BLOCK).min(n);
        let blocks: Vec<(DVec3, f64)> = (0..n.div_ceil(BLOCK)).map(|block| self.ball(edges(block))).collect();
        let all_known: Vec<bool> = (0..blocks.len()).map(|block| edges(block).all(&known)).collect();
        let is_tube = matches!(self.between.strand, Strand::Tube { .. });
        for (a, (middle, size)) in blocks.iter().enumerate() {
            for (b, (other, more)) in blocks.iter().enumerate().skip(a) {
                if all_known[a] && all_known[b] || is_tube && self.turns_little(edges(a), edges(b)) {
                    continue;
                }
                let gap = middle.distance(*other) - size - more;
                if gap > size + more {
                    each(Near::Blocks(gap))?;
                    continue;
                }
                for i in edges(a) {
                    for j in edges(b).skip_while(|j| *j <= i).filter(|j| self.is_pair(i, *j) && !(known(i) && known(*j))) {
                        each(Near::Edges(i, j))?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Whether between any edge of one range and any of another, the same or a later one, the tangent turns by less than π.
    fn turns_little(&self, a: Range<usize>, b: Range<usize>) -> bool {
        let component = &self.between.component;
        // The way on is the longest between the outer edges, the way around between the inner ones.
        component[a.start] == component[b.end - 1]
            && (self.turn_ahead(a.start, b.end - 1) < PI || self.turn_around(a.end - 1, b.start) < PI)
    }

    /// A ball that holds the tubes about these edges at all times of the interval.
    fn ball(&self, edges: Range<usize>) -> (DVec3, f64) {
        let radius = if let Strand::Tube { radius } = self.between.strand { radius } else { 0.0 };
        let vertices = || edges.clone().flat_map(|edge| self.between.ends[edge]);
        let middle = vertices().map(|v| self.points[v]).sum::<DVec3>() / (2 * edges.len()) as f64;
        let far =
            vertices().map(|v| middle.distance(self.points[v]) + self.half * self.between.moved[v].length()).fold(0.0, f64::max);
        let off = edges.clone().map(|edge| self.bends[edge].map_or(f64::INFINITY, |b| b.sagitta)).fold(0.0, f64::max);
        (middle, far + off + radius + self.between.grain)
    }
}
