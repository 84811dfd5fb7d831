//! Where closed polygons in a picture cross.

use super::super::diagram::{Meeting, Pass};

/// A crossing of which it is not known yet who is above.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crossing {
    /// The two ways through it.
    pub passes: [Pass; 2],
    /// Where it is.
    pub place: [f32; 2],
    /// Directions of the two ways, of length 1.
    pub ways: [[f32; 2]; 2],
}

impl Crossing {
    /// The same with the first of the two ways above, or the second.
    #[must_use]
    pub fn with_above(&self, first: bool) -> Meeting {
        let [a, b] = self.ways;
        // In pictures y runs down, so that what turns clockwise counts as counter-clockwise here.
        let turn = a[0] * b[1] - a[1] * b[0];
        let [one, other] = self.passes;
        if first {
            Meeting { over: one, under: other, positive: turn < 0.0 }
        } else {
            Meeting { over: other, under: one, positive: turn > 0.0 }
        }
    }
}

/// An edge of a polygon, and the box around it.
struct Edge {
    strand: usize,
    index: usize,
    from: [f32; 2],
    way: [f32; 2],
    low: [f32; 2],
    high: [f32; 2],
}

/// All crossings of closed polygons, with each other and with themselves. Edges that follow each other do not cross.
#[must_use]
pub fn meet(polygons: &[Vec<[f32; 2]>]) -> Vec<Crossing> {
    let mut edges: Vec<Edge> = Vec::new();
    for (strand, points) in polygons.iter().enumerate() {
        for (index, from) in points.iter().enumerate() {
            let to = points[(index + 1) % points.len()];
            let [low, high] = [f32::min, f32::max].map(|pick| [pick(from[0], to[0]), pick(from[1], to[1])]);
            edges.push(Edge { strand, index, from: *from, way: [to[0] - from[0], to[1] - from[1]], low, high });
        }
    }
    // From left to right, so that each is held against those alone that it can meet.
    edges.sort_by(|a, b| a.low[0].total_cmp(&b.low[0]).then((a.strand, a.index).cmp(&(b.strand, b.index))));
    let mut found = Vec::new();
    for (i, a) in edges.iter().enumerate() {
        for b in edges[i + 1..].iter().take_while(|b| b.low[0] <= a.high[0]) {
            if b.low[1] <= a.high[1] && a.low[1] <= b.high[1] {
                let (a, b) = if (a.strand, a.index) < (b.strand, b.index) { (a, b) } else { (b, a) };
                let count = polygons[a.strand].len();
                let apart = b.index - a.index.min(b.index);
                if a.strand != b.strand || (apart > 1 && apart < count - 1) {
                    found.extend(met(a, b, polygons));
                }
            }
        }
    }
    found.sort_by(|a, b| {
        let key = |c: &Crossing| (c.passes[0].strand, c.passes[0].at);
        key(a).0.cmp(&key(b).0).then(key(a).1.total_cmp(&key(b).1))
    });
    found
}

fn met(a: &Edge, b: &Edge, polygons: &[Vec<[f32; 2]>]) -> Option<Crossing> {
    let cross = |p: [f32; 2], q: [f32; 2]| p[0] * q[1] - p[1] * q[0];
    let det = cross(a.way, b.way);
    let between = [b.from[0] - a.from[0], b.from[1] - a.from[1]];
    let (s, t) = (cross(between, b.way) / det, cross(between, a.way) / det);
    // Ends belong to the edge that begins there. NaN is no crossing.
    if !((0.0..1.0).contains(&s) && (0.0..1.0).contains(&t)) {
        return None;
    }
    let pass = |edge: &Edge, part: f32| Pass {
        strand: edge.strand,
        at: (edge.index as f32 + part) / polygons[edge.strand].len() as f32,
    };
    let unit = |way: [f32; 2]| {
        let length = (way[0] * way[0] + way[1] * way[1]).sqrt();
        way.map(|w| w / length)
    };
    Some(Crossing {
        passes: [pass(a, s), pass(b, t)],
        place: [a.from[0] + s * a.way[0], a.from[1] + s * a.way[1]],
        ways: [unit(a.way), unit(b.way)],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_eight_crosses_itself_once() {
        let eight = vec![[0.0, 0.0], [2.0, 2.0], [2.0, 0.0], [0.0, 2.1]];
        let found = meet(&[eight]);
        assert_eq!(found.len(), 1);
        assert!((found[0].place[0] - 1.02).abs() < 0.01 && found[0].passes[0].at < 0.25);
        // The first goes right and down, the second left and down: turned counter-clockwise by less than half a turn, the first does not come
        // to lie on the second.
        assert!(!found[0].with_above(true).positive && found[0].with_above(false).positive);
        assert!(meet(&[vec![], vec![[0.0; 2]], vec![[f32::NAN; 2]; 5]]).is_empty());
    }
}
