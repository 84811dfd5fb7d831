//! What is done at a crossing that is seen in a view.

use std::f64::consts::{PI, TAU};

use glam::{DVec2, DVec3};

use crate::curve::Link;
use crate::diagram::{Projection, Seen, Sign, View, project};
use crate::{Error, Result};

/// A twist needs a free disc of this radius about its crossing, as a share of the shorter edge.
const LEAST_ROOM: f64 = 0.02;

/// The mirror image in the plane of the picture: what is near becomes far.
///
/// # Errors
/// As [`Link::map`].
pub fn mirror(link: &Link, view: View) -> Result<Link> {
    let towards = view.direction();
    link.map(|p| p - 2.0 * p.dot(towards) * towards)
}

/// A passing and how far along its edge, in the picture, nothing else is crossed; its component.
struct Place {
    seen: Seen,
    component: usize,
    /// In the picture, along the strand, of length 1.
    along: DVec2,
    /// Free length to either side.
    free: f64,
    /// Ends of the edge in space.
    edge: [DVec3; 2],
}

/// Both passings of a crossing: above, then below.
fn places(link: &Link, shown: &Projection, crossing: usize) -> Result<[Place; 2]> {
    let count = shown.diagram.crossing_count();
    let missing = Error::NoSuch { what: "crossing", index: crossing, count };
    let mut found = [None, None];
    for (component, passes) in shown.passes.iter().enumerate() {
        for (k, seen) in passes.iter().enumerate().filter(|(_, seen)| seen.crossing == crossing) {
            let edge = link.components()[component].edge(seen.edge);
            let run = shown.view.picture(edge[1]) - shown.view.picture(edge[0]);
            let beside =
                [k.checked_sub(1), Some(k + 1)].map(|k| k.and_then(|k| passes.get(k)).filter(|other| other.edge == seen.edge));
            let before = seen.at - beside[0].map_or(0.0, |other| other.at);
            let after = beside[1].map_or(1.0, |other| other.at) - seen.at;
            let free = before.min(after) * run.length();
            found[usize::from(!seen.over)] = Some(Place { seen: *seen, component, along: run.normalize_or_zero(), free, edge });
        }
    }
    let [Some(over), Some(under)] = found else { return Err(missing) };
    Ok([over, under])
}

/// The link with points put into edges: of each component and edge, in order.
fn with_points(link: &Link, mut new: Vec<(usize, usize, f64, Vec<DVec3>)>) -> Result<Link> {
    new.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(a.2.total_cmp(&b.2)));
    let mut all: Vec<Vec<DVec3>> = Vec::new();
    for (component, polygon) in link.components().iter().enumerate() {
        let mut line = Vec::new();
        for (edge, v) in polygon.vertices().iter().enumerate() {
            line.push(*v);
            line.extend(new.iter().filter(|n| (n.0, n.1) == (component, edge)).flat_map(|n| n.3.iter().copied()));
        }
        all.push(line);
    }
    Link::from_vertices(all)
}

/// The strand above is led below the other, as far below as it was above, at this crossing of the view's diagram. Nothing else in the
/// picture changes.
///
/// # Errors
/// [`Error::View`], [`Error::NoSuch`].
pub fn crossing_change(link: &Link, view: View, crossing: usize) -> Result<Link> {
    let shown = project(link, view)?;
    let [over, under] = places(link, &shown, crossing)?;
    let length = view.picture(over.edge[1]).distance(view.picture(over.edge[0]));
    let reach = 0.5 * over.free / length;
    let point = |at: f64| over.edge[0].lerp(over.edge[1], at);
    let deep = |at: f64| view.place(view.picture(point(at)), 2.0 * under.seen.height - over.seen.height);
    let at = |share: f64| over.seen.at + share * reach;
    let points = vec![point(at(-1.0)), deep(at(-0.5)), deep(at(0.5)), point(at(1.0))];
    with_points(link, vec![(over.component, over.seen.edge, over.seen.at, points)])
}

/// A full twist of the two strands that cross here, as seen when both run forward: right-handed adds two positive crossings, so that a negative
/// crossing becomes a positive one, and a positive crossing becomes three.
///
/// # Errors
/// [`Error::View`], [`Error::NoSuch`]; [`Error::DoesNotApply`] where a vertex or another strand is so near in the picture that the twist would be
/// tiny.
pub fn full_twist(link: &Link, view: View, crossing: usize, right_handed: bool) -> Result<Link> {
    let shown = project(link, view)?;
    let [over, under] = places(link, &shown, crossing)?;
    // About the crossing there is a disc in the picture that only these two strands enter.
    let middle = over.seen.picture;
    let free = disc(link, view, middle, [&over, &under]);
    let shortest = [&over, &under].map(|p| p.edge[0].distance(p.edge[1])).into_iter().fold(f64::INFINITY, f64::min);
    if free < LEAST_ROOM * shortest {
        return Err(Error::DoesNotApply {
            operation: "twisting two strands",
            reason: "a vertex or a strand is too near: resample the curve",
        });
    }
    let axis = (over.along + under.along).normalize_or_zero();
    let side = axis.perp();
    let level = 0.5 * (over.seen.height + under.seen.height);
    let half = if shown.diagram.signs()[crossing] == Sign::Positive { PI } else { -PI };
    let turn = half + if right_handed { TAU } else { -TAU };
    let radius = 0.5 * free;
    let helix = |place: &Place| {
        let from = place.along.dot(side) * radius;
        let run = place.along.dot(axis) * radius;
        // Odd, so that no vertex lies where the strands cross in the picture.
        let steps = 37;
        let at = |k: usize| {
            let share = k as f64 / steps as f64;
            let angle = share * turn;
            // It begins at the side where the strand comes from; a positive twist leads it from the axis' left, by above, to its right.
            let (across, up) = (-from * libm::cos(angle), -from * libm::sin(angle));
            view.place(middle + axis * (run * (2.0 * share - 1.0)) + side * across, level + up)
        };
        // Between the disc and the next crossings the strand is where it was.
        let reach = 0.9 * free / (view.picture(place.edge[1]).distance(view.picture(place.edge[0])));
        let kept = |sign: f64| place.edge[0].lerp(place.edge[1], place.seen.at + sign * reach);
        std::iter::once(kept(-1.0)).chain((0..=steps).map(at)).chain([kept(1.0)]).collect::<Vec<_>>()
    };
    let points = [&over, &under].map(|p| (p.component, p.seen.edge, p.seen.at, helix(p)));
    with_points(link, points.into())
}

/// The radius of a disc in the picture that no edge enters but these two, nor their ends.
fn disc(link: &Link, view: View, middle: DVec2, own: [&Place; 2]) -> f64 {
    let mut free = own[0].free.min(own[1].free);
    for (component, polygon) in link.components().iter().enumerate() {
        for (index, ends) in polygon.edges().enumerate() {
            if own.iter().any(|p| (p.component, p.seen.edge) == (component, index)) {
                continue;
            }
            let [a, b] = ends.map(|p| view.picture(p));
            let t = ((middle - a).dot(b - a) / (b - a).length_squared()).clamp(0.0, 1.0);
            free = free.min(middle.distance(a.lerp(b, t)));
        }
    }
    free
}
