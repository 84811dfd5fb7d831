//! From a diagram to a smooth curve in space.

use glam::{DVec2, DVec3};

use super::Layout;
use crate::curve::{Link, clearance};
use crate::diagram::{Diagram, Projection, View, is_over, project};
use crate::motion::{Flow, descent, spread};
use crate::{Error, Result};

/// Steps at most of the flow that makes the curve round.
const STEPS: usize = 120;
/// How often each vertex is drawn half way to the middle of its neighbours, at most.
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

/// A link in space that shows this diagram from above ([`View::top`]). At crossings strands lie up to `height` above the plane or below it. Every
/// component has `vertices` vertices, nearly equally spaced. Each piece of the diagram is about 2 wide. The link is projected again before it is
/// returned, and shows the same code. Its components are in the order of [`Diagram::components`]; circles come last.
///
/// The curve is round: it is moved within the picture to lower the energy of [`crate::motion::flow`], as long as the diagram stays the same. To find the
/// form of the knot in space, continue with that flow; to make room for a tube, scale the link with [`Link::with_reach`]. A height of 0.15 to 0.3
/// keeps strands as far apart at crossings as elsewhere; 60 to 120 vertices suffice for 8 crossings.
///
/// # Errors
/// [`Error::OutOfRange`] for a height that is not positive; [`Error::NotFound`] where so few vertices do not show the diagram;
/// [`Error::TooManyVertices`] as for [`crate::motion::flow`]; [`Error::TooLarge`] as for [`Layout::new`]; [`Error::NoComponent`] of an empty diagram.
pub fn lift(diagram: &Diagram, height: f64, vertices: usize) -> Result<Link> {
    if !(height.is_finite() && height > 0.0) {
        return Err(Error::OutOfRange { what: "height", value: height, must: "finite and above 0" });
    }
    let layout = Layout::new(diagram)?;
    let mut lines: Vec<Vec<DVec3>> = Vec::new();
    for edges in diagram.components() {
        let raw = edges.iter().flat_map(|out| stretch(diagram, &layout, *out)).map(|(p, z)| p.extend(z * height));
        lines.push(cut_corners(&cut_corners(&raw.collect::<Vec<_>>())));
    }
    for middle in &layout.circles {
        let angle = |k: usize| std::f64::consts::TAU * k as f64 / 48.0;
        lines.push((0..48).map(|k| (*middle + 0.5 * DVec2::new(libm::cos(angle(k)), libm::sin(angle(k)))).extend(0.0)).collect());
    }
    let link = Link::from_vertices(lines)?.resampled(|_| vertices)?;
    if !shows(&project(&link, View::top())?, diagram) {
        return Err(Error::NotFound { what: "a curve with so few vertices that shows the diagram", tries: 1 });
    }
    let how = Flow { steps: STEPS, stride: 0.5 };
    // Heights stay, so that the picture does: a free flow would leave the plane.
    let level = DVec3::new(1.0, 1.0, 0.0);
    let is_good = |link: &Link| project(link, View::top()).is_ok_and(|seen| shows(&seen, diagram));
    let frames = descent(&link, how, level, |_, next| is_good(next))?;
    let round = frames.last().unwrap_or(&link).resampled(|_| vertices)?;
    Ok(if is_good(&round) { smoothed(round, is_good) } else { link })
}

/// What has the greatest reach while vertices are drawn to the middle of their neighbours, again and again: that takes out what short waves are left.
fn smoothed(mut link: Link, is_good: impl Fn(&Link) -> bool) -> Link {
    let mut best = (clearance(&link).reach(), link.clone());
    // Waves of one length take a number of rounds that grows with the square of how many vertices they have.
    let rounds = (link.components()[0].len() / 60).pow(2).clamp(1, 64);
    for _ in 0..SMOOTHINGS {
        match (0..rounds).try_fold(link.clone(), |link, _| spread(&link, 0.5, 0.5)) {
            Ok(next) if is_good(&next) => link = next,
            _ => break,
        }
        let reach = clearance(&link).reach();
        if reach > best.0 {
            best = (reach, link.clone());
        }
    }
    best.1
}

/// Whether a projection has the diagram's code: component by component the same crossings passed in the same order, wherever the curve begins.
fn shows(shown: &Projection, diagram: &Diagram) -> bool {
    let components = diagram.components();
    let is_same_size = shown.diagram.crossing_count() == diagram.crossing_count();
    let circles_are_free = shown.passes.iter().skip(components.len()).all(Vec::is_empty);
    is_same_size && circles_are_free && fits(shown, diagram, &components, &vec![None; diagram.crossing_count()])
}

/// Whether the passes of the components left, the last ones, can be named after the diagram's crossings, given the names so far.
fn fits(shown: &Projection, diagram: &Diagram, left: &[Vec<usize>], names: &[Option<usize>]) -> bool {
    let Some((edges, rest)) = left.split_first() else { return true };
    let Some(passes) = shown.passes.get(diagram.components().len() - left.len()) else { return false };
    let n = edges.len();
    passes.len() == n
        && (0..n).any(|shift| {
            let mut names = names.to_vec();
            let fits_here = passes.iter().zip(0..).all(|(seen, k)| {
                let out = edges[(k + shift) % n];
                let name = names[out / 4].get_or_insert(seen.crossing);
                let sign = shown.diagram.signs()[seen.crossing];
                *name == seen.crossing && seen.over == is_over(out) && sign == diagram.signs()[out / 4]
            });
            fits_here && fits(shown, diagram, rest, &names)
        })
}
