//! What a panel shows at one moment: closed strands, of which pieces may be cut out.

use glam::DVec3;
use raytruth_knots::Result;
use raytruth_knots::curve::{Link, Span};

/// A closed strand. Of each vertex its place, units, and which part of the strand it is, 0 to 1: its colour.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Strand {
    pub points: Vec<DVec3>,
    pub parts: Vec<f64>,
}

/// A piece that is not there, in vertices from a strand's first; it may lead on beyond the last.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Gap {
    pub strand: usize,
    pub from: f64,
    pub to: f64,
}

/// A moment.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Shot {
    pub strands: Vec<Strand>,
    pub gaps: Vec<Gap>,
}

/// A piece of a strand that is drawn.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Arc {
    pub strand: usize,
    pub points: Vec<DVec3>,
    pub parts: Vec<f64>,
    pub closed: bool,
}

/// A gap wider than this, in vertices, is told from none.
const TOLD: f64 = 1.2;

impl Strand {
    /// Of places, coloured evenly.
    pub(crate) fn even(points: Vec<DVec3>) -> Self {
        let n = points.len() as f64;
        Self { parts: (0..points.len()).map(|k| k as f64 / n).collect(), points }
    }

    /// The same strand with as many vertices, evenly along it from its first; and where each of some places on it is then, in vertices.
    pub(crate) fn evened(&self, places: &mut [f64]) -> Self {
        let n = self.points.len();
        let mut along = vec![0.0];
        for k in 0..n {
            along.push(along[k] + self.points[k].distance(self.points[(k + 1) % n]));
        }
        let step = along[n] / n as f64;
        let at = |length: f64| {
            let k = along.partition_point(|a| *a <= length).clamp(1, n) - 1;
            k as f64 + (length - along[k]) / (along[k + 1] - along[k]).max(1e-12)
        };
        let (points, parts) = (0..n).map(|k| self.at(at(k as f64 * step))).unzip();
        for place in places {
            let turns = place.div_euclid(n as f64);
            let rest = place.rem_euclid(n as f64);
            let k = (rest as usize).min(n - 1);
            *place = turns * n as f64 + (along[k] + (rest - k as f64) * (along[k + 1] - along[k])) / step;
        }
        Self { points, parts }
    }

    /// Which part of the strand it is there, at so many vertices from its first.
    pub(crate) fn part(&self, at: f64) -> f64 {
        self.at(at).1
    }

    /// Place and part between two vertices.
    fn at(&self, at: f64) -> (DVec3, f64) {
        let n = self.points.len();
        let at = at.rem_euclid(n as f64);
        let k = (at as usize).min(n - 1);
        let (next, share) = ((k + 1) % n, at - k as f64);
        // From the last part to the first it is a short way on, not the whole way back.
        let grows = self.parts[next] - self.parts[k];
        let grows = if grows < -0.5 { grows + 1.0 } else { grows };
        let about = [(k + n - 1) % n, k, next, (next + 1) % n].map(|v| self.points[v]);
        (Span::through(about).point(share), (self.parts[k] + share * grows).rem_euclid(1.0))
    }
}

impl Shot {
    /// The strands as if nothing were cut.
    ///
    /// # Errors
    /// As [`Link::from_vertices`].
    pub(crate) fn link(&self) -> Result<Link> {
        Link::from_vertices(self.strands.iter().map(|strand| strand.points.clone()))
    }

    /// Between which vertices each gap lies; `None` if one is too narrow to be told.
    pub(crate) fn split(&self) -> Option<Vec<[i64; 2]>> {
        let ends = |gap: &Gap| (gap.to - gap.from > TOLD).then_some([gap.from.round() as i64, gap.to.round() as i64]);
        self.gaps.iter().map(ends).collect()
    }

    /// The strands with a vertex at each end of every gap, as a split has it, the others shifted along between them; and which edges are there,
    /// counted through all strands. So edges stay equally long, and moments with the same split can be compared.
    ///
    /// # Errors
    /// As [`Link::from_vertices`].
    pub(crate) fn cut(&self, split: &[[i64; 2]]) -> Result<(Link, Vec<bool>)> {
        let (mut lines, mut drawn) = (Vec::with_capacity(self.strands.len()), Vec::new());
        for (index, strand) in self.strands.iter().enumerate() {
            let n = strand.points.len() as i64;
            let own = self.gaps.iter().zip(split).filter(|(gap, _)| gap.strand == index);
            // From vertices to places along the strand.
            let mut ends: Vec<(i64, f64, bool)> = Vec::new();
            for (gap, [first, last]) in own {
                let turns = first.div_euclid(n) * n;
                ends.push((first - turns, gap.from - turns as f64, false));
                ends.push((last - turns, gap.to - turns as f64, true));
            }
            ends.sort_by_key(|end| end.0);
            let Some(&(origin, start, _)) = ends.first() else {
                lines.push(strand.points.clone());
                drawn.extend(std::iter::repeat_n(true, strand.points.len()));
                continue;
            };
            ends.push((origin + n, start + n as f64, false));
            let (mut points, mut there) = (strand.points.clone(), vec![true; strand.points.len()]);
            for pair in ends.windows(2) {
                let ((first, from, opens), (last, to, _)) = (pair[0], pair[1]);
                for k in first..last {
                    let vertex = k.rem_euclid(n) as usize;
                    points[vertex] = strand.at(from + (to - from) * (k - first) as f64 / (last - first) as f64).0;
                    there[vertex] = opens;
                }
            }
            lines.push(points);
            drawn.extend(there);
        }
        Ok((Link::from_vertices(lines)?, drawn))
    }

    /// What is drawn, strand by strand.
    pub(crate) fn arcs(&self) -> Vec<Arc> {
        let mut arcs = Vec::new();
        for (index, strand) in self.strands.iter().enumerate() {
            let n = strand.points.len() as f64;
            let mut gaps: Vec<[f64; 2]> = (self.gaps.iter().filter(|gap| gap.strand == index && gap.to > gap.from))
                .map(|gap| {
                    let from = gap.from.rem_euclid(n);
                    [from, from + gap.to - gap.from]
                })
                .collect();
            gaps.sort_by(|a, b| a[0].total_cmp(&b[0]));
            if gaps.is_empty() {
                arcs.push(Arc { strand: index, points: strand.points.clone(), parts: strand.parts.clone(), closed: true });
            }
            for (k, gap) in gaps.iter().enumerate() {
                // From the end of this gap to the begin of the next.
                let (from, next) = (gap[1], gaps[(k + 1) % gaps.len()][0]);
                let until = if k + 1 < gaps.len() { next } else { next + n };
                // Evenly, so that the tube has no corner where it ends.
                let edges = (until - from).round().max(1.0);
                let all: Vec<(DVec3, f64)> =
                    (0..=edges as usize).map(|k| strand.at(from + (until - from) * k as f64 / edges)).collect();
                let (points, parts) = all.into_iter().unzip();
                arcs.push(Arc { strand: index, points, parts, closed: false });
            }
        }
        arcs
    }
}
