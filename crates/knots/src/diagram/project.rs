//! From a curve in space to the diagram that is seen from a direction.

use glam::{DVec2, DVec3};

use super::{Degenerate, Diagram, Sign, View};
use crate::Result;
use crate::curve::Link;

/// Places nearer than this share of the curve's extent are one place: views where that matters are refused. Projecting rounds by a
/// millionth of this share, so views that are accepted are in general position.
const MARGIN: f64 = 1e-9;
/// Rounding of a place in the picture, as a share of the extent, with room.
const ROUNDING: f64 = 1e-15;
/// Crossings that a view may show.
const MOST: usize = 1_000_000;

/// One passing of a strand through a crossing, as seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seen {
    /// Which crossing of the diagram.
    pub crossing: usize,
    /// Whether this strand is above.
    pub over: bool,
    /// Which edge of the component's polygon.
    pub edge: usize,
    /// Where on the edge, 0 to 1.
    pub at: f64,
    /// Where in the picture.
    pub picture: DVec2,
    /// How near to the eye the strand is there.
    pub height: f64,
}

/// A diagram and where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Projection {
    /// The diagram.
    pub diagram: Diagram,
    /// What each component of the curve passes, in order from its first vertex.
    pub passes: Vec<Vec<Seen>>,
    /// The diagram's component that each component of the curve becomes, as an index into [`Diagram::components`]; `None` for a circle.
    pub components: Vec<Option<usize>>,
    /// The view.
    pub view: View,
}

struct Edge {
    component: usize,
    index: usize,
    /// The number of this edge, and of the next along the component, among all.
    next: usize,
    picture: [DVec2; 2],
    height: [f64; 2],
}

/// The diagram of a link as seen from a direction. Exact predicates (J. Shewchuk, "Adaptive precision floating-point arithmetic", *Discrete
/// Comput. Geom.* 18, 1997) say which edges cross; a view in which some place is within a billionth of the extent of being another
/// diagram is refused with its reason. So is one in which strands cross at so small an angle that rounding would hide who is above.
///
/// Edges are swept by their least x, so each meets only those beside it: 20 µs for a smooth knot of 120 vertices, 10 ms for a random polygon of
/// 300, half a second for 20,000, which is as many as a [`Link`] may have. Views with more than a million crossings are refused as soon as these
/// are found.
///
/// # Errors
/// [`crate::Error::View`].
pub fn project(link: &Link, view: View) -> Result<Projection> {
    let [low, high] = link.bounds();
    let margin = MARGIN * (high - low).length();
    let edges = edges(link, &view, 0.5 * (low + high));
    for (k, edge) in edges.iter().enumerate() {
        if edge.picture[0].distance(edge.picture[1]) <= margin {
            return Err(Degenerate::EdgeOn(k).into());
        }
    }
    let mut order: Vec<usize> = (0..edges.len()).collect();
    let left = |k: usize| edges[k].picture[0].x.min(edges[k].picture[1].x);
    let right = |k: usize| edges[k].picture[0].x.max(edges[k].picture[1].x);
    order.sort_by(|a, b| left(*a).total_cmp(&left(*b)).then(a.cmp(b)));
    // Of each edge what crosses it: where, the other edge, the crossing.
    let mut met: Vec<Vec<(f64, usize, usize)>> = vec![Vec::new(); edges.len()];
    let (mut pairs, mut blurs) = (Vec::new(), Vec::new());
    let rounding = ROUNDING * (high - low).length();
    for (place, &i) in order.iter().enumerate() {
        for &j in order[place + 1..].iter().take_while(|j| left(**j) <= right(i) + margin) {
            let (i, j) = (i.min(j), i.max(j));
            let Some([s, t]) = meeting(&edges, i, j, margin)? else { continue };
            met[i].push((s, j, pairs.len()));
            met[j].push((t, i, pairs.len()));
            pairs.push((i, j, [s, t]));
            // Where strands cross at a small angle is less sure.
            let run = |k: usize| edges[k].picture[1] - edges[k].picture[0];
            blurs.push(rounding * run(i).length() * run(j).length() / run(i).perp_dot(run(j)).abs());
            if pairs.len() > MOST {
                return Err(Degenerate::TooMany(MOST).into());
            }
        }
    }
    for (k, list) in met.iter_mut().enumerate() {
        list.sort_by(|a, b| a.0.total_cmp(&b.0));
        let length = edges[k].picture[0].distance(edges[k].picture[1]);
        let apart = |pair: &[(f64, usize, usize)]| (pair[1].0 - pair[0].0) * length - blurs[pair[0].2] - blurs[pair[1].2];
        if let Some(pair) = list.windows(2).find(|pair| apart(pair) <= margin || apart(pair).is_nan()) {
            return Err(Degenerate::TriplePoint(k, pair[0].1, pair[1].1).into());
        }
    }
    let unsure = |crossing: usize| {
        let steep =
            |k: usize| (edges[k].height[1] - edges[k].height[0]).abs() / edges[k].picture[0].distance(edges[k].picture[1]);
        margin + blurs[crossing] * (steep(pairs[crossing].0) + steep(pairs[crossing].1))
    };
    assemble(link, view, &edges, &met, &pairs, unsure)
}

fn edges(link: &Link, view: &View, middle: DVec3) -> Vec<Edge> {
    let mut all = Vec::with_capacity(link.edge_count());
    for (component, polygon) in link.components().iter().enumerate() {
        let first = all.len();
        for (index, ends) in polygon.edges().enumerate() {
            let next = first + (index + 1) % polygon.len();
            // About the middle, so that a curve far from the origin loses no digits it has.
            let ends = ends.map(|p| p - middle);
            all.push(Edge {
                component,
                index,
                next,
                picture: ends.map(|p| view.picture(p)),
                height: ends.map(|p| view.height(p)),
            });
        }
    }
    all
}

fn to_segment(p: DVec2, [a, b]: [DVec2; 2]) -> f64 {
    let t = ((p - a).dot(b - a) / (b - a).length_squared()).clamp(0.0, 1.0);
    p.distance(a.lerp(b, t))
}

fn side([a, b]: [DVec2; 2], p: DVec2) -> f64 {
    let coord = |p: DVec2| robust::Coord { x: p.x, y: p.y };
    robust::orient2d(coord(a), coord(b), coord(p))
}

/// Where two edges cross in the picture, if they do.
fn meeting(edges: &[Edge], i: usize, j: usize, margin: f64) -> Result<Option<[f64; 2]>, Degenerate> {
    let (a, b) = (edges[i].picture, edges[j].picture);
    let [low, high] = [a[0].min(a[1]) - margin, a[0].max(a[1]) + margin];
    if b[0].max(b[1]).cmplt(low).any() || b[0].min(b[1]).cmpgt(high).any() {
        return Ok(None);
    }
    let follow = [edges[i].next == j, edges[j].next == i];
    if follow[0] || follow[1] {
        // In a triangle both hold: then any common point but the one vertex is found with the third edge.
        let (before, after) = if follow[0] { (a, b) } else { (b, a) };
        let folds = (before[1] - before[0]).dot(after[1] - after[0]) < 0.0
            && (to_segment(after[1], before) <= margin || to_segment(before[0], after) <= margin);
        return if folds { Err(Degenerate::Fold(i, j)) } else { Ok(None) };
    }
    if a.iter().any(|p| to_segment(*p, b) <= margin) || b.iter().any(|p| to_segment(*p, a) <= margin) {
        return Err(Degenerate::VertexOnEdge(i, j));
    }
    let [p, q] = [side(b, a[0]), side(b, a[1])];
    let [r, s] = [side(a, b[0]), side(a, b[1])];
    if (p > 0.0) == (q > 0.0) || (r > 0.0) == (s > 0.0) {
        return Ok(None);
    }
    Ok(Some([p / (p - q), r / (r - s)]))
}

fn assemble(
    link: &Link,
    view: View,
    edges: &[Edge],
    met: &[Vec<(f64, usize, usize)>],
    pairs: &[(usize, usize, [f64; 2])],
    unsure: impl Fn(usize) -> f64,
) -> Result<Projection> {
    let height = |edge: usize, at: f64| edges[edge].height[0] + at * (edges[edge].height[1] - edges[edge].height[0]);
    let mut signs = Vec::with_capacity(pairs.len());
    let mut upper = Vec::with_capacity(pairs.len());
    for (crossing, &(i, j, [s, t])) in pairs.iter().enumerate() {
        let above = height(i, s) - height(j, t);
        let unsure = unsure(crossing);
        if above.abs() <= unsure || unsure.is_nan() {
            return Err(Degenerate::Touch(i, j).into());
        }
        let (over, under) = if above > 0.0 { (i, j) } else { (j, i) };
        let run = |k: usize| edges[k].picture[1] - edges[k].picture[0];
        signs.push(if run(over).perp_dot(run(under)) > 0.0 { Sign::Positive } else { Sign::Negative });
        upper.push(over);
    }
    let mut passes = vec![Vec::new(); link.components().len()];
    for (k, edge) in edges.iter().enumerate() {
        for &(at, _, crossing) in &met[k] {
            let picture = edge.picture[0].lerp(edge.picture[1], at);
            let over = upper[crossing] == k;
            passes[edge.component].push(Seen { crossing, over, edge: edge.index, at, picture, height: height(k, at) });
        }
    }
    // Back from the middle of the curve to its own origin.
    let [low, high] = link.bounds();
    let middle = 0.5 * (low + high);
    let (shift, lift) = (view.picture(middle), view.height(middle));
    for pass in passes.iter_mut().flatten() {
        pass.picture += shift;
        pass.height += lift;
    }
    let number = |s: &Seen| (s.crossing as i64 + 1) * if s.over { 1 } else { -1 };
    let code: Vec<Vec<i64>> = passes.iter().map(|list| list.iter().map(number).collect()).collect();
    let diagram = Diagram::from_gauss_code(&code, &signs)?;
    let of = diagram.component_of_darts();
    let component = |list: &Vec<Seen>| list.first().map(|s| of[4 * s.crossing + usize::from(s.over)]);
    Ok(Projection { components: passes.iter().map(component).collect(), diagram, passes, view })
}
