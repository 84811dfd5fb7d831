//! From a diagram to a smooth curve in space.

use glam::{DVec2, DVec3};

use super::Layout;
use crate::curve::{Link, clearance};
use crate::diagram::{Diagram, Projection, View, is_over, project};
use crate::motion::spread;
use crate::{Error, Result};

/// How often each vertex is drawn half way to the middle of its neighbours, while the diagram stays: what has the
/// greatest reach on the way is taken.
const SMOOTHINGS: usize = 16;

/// Of a strand, from the place where it leaves a crossing to where it leaves the next: points in the plane and heights, -1 to 1.
pub(super) fn stretch(diagram: &Diagram, layout: &Layout, out: usize) -> [(DVec2, f64); 4] {
    let end = diagram.join(out);
    let height = |dart: usize| if is_over(dart) { 1.0 } else { -1.0 };
    // On a circle about the crossing, so that strands which alternate around it cross.
    let near = |dart: usize| {
        let middle = layout.crossings[dart / 4];
        middle + (layout.points[dart] - middle).normalize_or_zero() * (0.6 * layout.room(dart / 4))
    };
    [(near(out), height(out)), (layout.points[out], 0.0), (layout.points[end], 0.0), (near(end), height(end))]
}

/// A closed line with its corners cut: each of its pieces keeps its middle half (G. Chaikin, 1974).
pub(super) fn cut_corners<P: Copy + std::ops::Mul<f64, Output = P> + std::ops::Add<Output = P>>(line: &[P]) -> Vec<P> {
    let n = line.len();
    (0..n).flat_map(|k| [line[k] * 0.75 + line[(k + 1) % n] * 0.25, line[k] * 0.25 + line[(k + 1) % n] * 0.75]).collect()
}

/// A link in space that shows this diagram from above ([`View::top`]): strands lie at up to `height` above the plane where they are above, as
/// far below it where they are below, and every component has `vertices` vertices, equally spaced. Each piece of the diagram is 2 wide. What is given
/// back was projected again and shows the same code; components are in the order of [`Diagram::components`], then circles.
///
/// # Errors
/// [`Error::OutOfRange`] for a height that is not positive; [`Error::NotFound`] where so few vertices do not show the diagram;
/// [`Error::TooManyVertices`]; [`Error::NoComponent`] of an empty diagram.
pub fn lift(diagram: &Diagram, height: f64, vertices: usize) -> Result<Link> {
    if !(height.is_finite() && height > 0.0) {
        return Err(Error::OutOfRange { what: "height", value: height, must: "finite and above 0" });
    }
    let layout = Layout::new(diagram);
    let mut lines: Vec<Vec<DVec3>> = Vec::new();
    for edges in diagram.components() {
        let raw = edges.iter().flat_map(|out| stretch(diagram, &layout, *out)).map(|(p, z)| p.extend(z * height));
        lines.push(cut_corners(&cut_corners(&raw.collect::<Vec<_>>())));
    }
    for middle in &layout.circles {
        let angle = |k: usize| std::f64::consts::TAU * k as f64 / 48.0;
        lines.push((0..48).map(|k| (*middle + 0.5 * DVec2::new(libm::cos(angle(k)), libm::sin(angle(k)))).extend(0.0)).collect());
    }
    let mut link = Link::from_vertices(lines)?.resampled(|_| vertices)?;
    if !shows(&project(&link, View::top())?, diagram) {
        return Err(Error::NotFound { what: "a curve with so few vertices that shows the diagram", tries: 1 });
    }
    let mut best = (clearance(&link).reach(), link.clone());
    for _ in 0..SMOOTHINGS {
        match spread(&link, 0.5, 0.5) {
            Ok(next) if project(&next, View::top()).is_ok_and(|seen| shows(&seen, diagram)) => link = next,
            _ => break,
        }
        let reach = clearance(&link).reach();
        if reach > best.0 {
            best = (reach, link.clone());
        }
    }
    Ok(best.1)
}

/// Whether a projection has the diagram's code, crossings being named as they are met.
fn shows(shown: &Projection, diagram: &Diagram) -> bool {
    let components = diagram.components();
    let mut name = vec![usize::MAX; diagram.crossing_count()];
    let same = |(passes, edges): (&Vec<crate::diagram::Seen>, &Vec<usize>), name: &mut Vec<usize>| {
        // The curve begins behind the place where the first edge leaves.
        passes.len() == edges.len()
            && passes.iter().zip(edges[1..].iter().chain(&edges[..1])).all(|(seen, out)| {
                let known = &mut name[out / 4];
                *known = if *known == usize::MAX { seen.crossing } else { *known };
                *known == seen.crossing
                    && seen.over == is_over(*out)
                    && shown.diagram.signs()[seen.crossing] == diagram.signs()[out / 4]
            })
    };
    shown.diagram.crossing_count() == diagram.crossing_count()
        && shown.passes.iter().zip(&components).all(|pair| same(pair, &mut name))
        && shown.passes[components.len()..].iter().all(Vec::is_empty)
}
