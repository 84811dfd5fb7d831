//! A curve after a change, and where it was changed.

use std::ops::Range;

use glam::DVec3;

use crate::Result;
use crate::curve::Link;

/// New vertices of one component, in a row. The vertex before the first and the one after the last, counted around, are old ones: there the curve
/// is as it was, on either side of the change. (Of a new component all vertices are new.)
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Stretch {
    /// Which component of the changed link.
    pub component: usize,
    /// Its vertices that are new.
    pub vertices: Range<usize>,
}

/// A link after a change.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    /// The link.
    pub link: Link,
    /// The stretches that are new. All other vertices are those of the link before, in their order.
    pub stretches: Vec<Stretch>,
}

/// A way for a piece of a component: from behind one vertex to before another, counted around, old vertices between them go.
pub(super) struct Detour {
    pub(super) component: usize,
    /// The last vertex that stays, and how many after it go.
    pub(super) after: usize,
    pub(super) gone: usize,
    pub(super) points: Vec<DVec3>,
}

/// The link led along detours, which have no vertex in common.
pub(super) fn led_along(link: &Link, detours: &[Detour]) -> Result<Changed> {
    let (mut all, mut stretches) = (Vec::new(), Vec::new());
    for (component, polygon) in link.components().iter().enumerate() {
        let n = polygon.len();
        let own = || detours.iter().filter(|d| d.component == component);
        let is_gone = |k: usize| own().any(|d| (1..=d.gone).any(|step| (d.after + step) % n == k));
        let mut line: Vec<DVec3> = Vec::new();
        for (k, v) in polygon.vertices().iter().enumerate() {
            if !is_gone(k) {
                line.push(*v);
            }
            for detour in own().filter(|d| d.after == k) {
                let first = line.len();
                line.extend(&detour.points);
                stretches.push(Stretch { component, vertices: first..line.len() });
            }
        }
        all.push(line);
    }
    Ok(Changed { link: Link::from_vertices(all)?, stretches })
}

/// The link with one more component, all of it new.
pub(super) fn with_component(link: &Link, vertices: Vec<DVec3>) -> Result<Changed> {
    let component = link.components().len();
    let stretches = vec![Stretch { component, vertices: 0..vertices.len() }];
    let lines = link.components().iter().map(|c| c.vertices().to_vec()).chain([vertices]);
    Ok(Changed { link: Link::from_vertices(lines)?, stretches })
}
