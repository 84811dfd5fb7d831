//! Fewer crossings by passing whole strands.

use super::remove_kink;
use crate::diagram::{Diagram, Draft, across, is_out, is_over, turned};
use crate::invariant::MAX_CROSSINGS;
use crate::{Error, Result};

/// A diagram of the same link with fewer crossings, or as many. A strand that is above at several crossings in a row may be laid anew above everything
/// else, along any path from its begin to its end, and likewise a strand that is below. This is done as long as some path crosses fewer edges. It
/// includes the first two moves, and the third where that helps. The result need not have the fewest crossings: no fast way to these is known.
///
/// # Errors
/// [`Error::TooLarge`] beyond [`MAX_CROSSINGS`].
pub fn simplified(diagram: &Diagram) -> Result<Diagram> {
    let count = diagram.crossing_count();
    if count > MAX_CROSSINGS {
        return Err(Error::TooLarge { what: "number of crossings", count, most: MAX_CROSSINGS });
    }
    let mut diagram = diagram.clone();
    while let Some(shorter) = pass(&diagram)? {
        diagram = shorter;
    }
    Ok(diagram)
}

/// One strand laid anew, the shortest way found first.
fn pass(diagram: &Diagram) -> Result<Option<Diagram>> {
    if let Some(kink) = (0..4 * diagram.crossing_count()).find(|dart| turned(diagram.join(*dart), 3) == *dart) {
        return remove_kink(diagram, kink).map(Some);
    }
    let mut map = Map::new(diagram);
    for start in diagram.edges() {
        let strand = strand(diagram, start);
        let crossings = strand.len() - 1;
        if crossings == 0 {
            continue;
        }
        if strand[crossings] == start {
            // All of a component lies above (below): it comes off.
            let mut draft = Draft::new(diagram);
            strand[1..].iter().for_each(|dart| draft.remove(dart / 4));
            return draft.finish().map(Some);
        }
        if let Some(way) = map.way(&strand)
            && let Some(shorter) = laid_anew(diagram, &strand, &way)?
        {
            return Ok(Some(shorter));
        }
    }
    Ok(None)
}

/// The edges of the longest strand from this one on that is all above or all below, its crossings different from each other and from those
/// at both ends: by the darts at which they leave. A closed strand ends with the edge that it starts with.
fn strand(diagram: &Diagram, start: usize) -> Vec<usize> {
    let level = is_over(diagram.join(start));
    let mut edges = vec![start];
    let mut met = vec![start / 4];
    loop {
        let into = diagram.join(edges[edges.len() - 1]);
        let next = across(into);
        if next == start && is_over(into) == level {
            edges.push(next);
            return edges;
        }
        // The edge after this crossing must end somewhere else again.
        if is_over(into) != level || met.contains(&(into / 4)) || ends_inside(diagram, next, &met, into / 4) {
            return edges;
        }
        met.push(into / 4);
        edges.push(next);
    }
}

/// Whether the edge at this dart ends at a crossing that the strand passes; going on to close the strand is no such end.
fn ends_inside(diagram: &Diagram, next: usize, met: &[usize], here: usize) -> bool {
    let end = diagram.join(next) / 4;
    end == here || met[1..].contains(&end)
}

/// The faces of a diagram, and what a search for ways over them has found.
struct Map<'a> {
    diagram: &'a Diagram,
    faces: Vec<Vec<usize>>,
    of: Vec<usize>,
    /// Of each face in which search it was last reached, and across which dart.
    reached: Vec<(usize, Option<usize>)>,
    /// Of each dart the search in which its edge was the strand's.
    own: Vec<usize>,
    search: usize,
}

impl<'a> Map<'a> {
    fn new(diagram: &'a Diagram) -> Self {
        let (faces, of) = (diagram.faces(), diagram.face_of_darts());
        let (reached, own) = (vec![(0, None); faces.len()], vec![0; of.len()]);
        Self { diagram, faces, of, reached, own, search: 0 }
    }

    /// The shortest way, from the faces beside the strand's first edge to those beside its last, across edges that are not the strand's: darts
    /// that have the face which is left on their left. `None` unless it is shorter than the strand.
    fn way(&mut self, strand: &[usize]) -> Option<Vec<usize>> {
        self.search += 1;
        let search = self.search;
        for &edge in strand {
            (self.own[edge], self.own[self.diagram.join(edge)]) = (search, search);
        }
        let beside = |map: &Self, edge: usize| [map.of[edge], map.of[map.diagram.join(edge)]];
        let goals = beside(self, strand[strand.len() - 1]);
        // Breadth first by faces; across the strand's own edges a step costs nothing, since they will be gone.
        let mut layer: Vec<usize> = beside(self, strand[0]).to_vec();
        layer.iter().for_each(|face| self.reached[*face] = (search, None));
        for _ in 0..strand.len() - 1 {
            let mut k = 0;
            while k < layer.len() {
                let face = layer[k];
                for &dart in self.faces[face].iter().filter(|dart| self.own[**dart] == search) {
                    let next = self.of[self.diagram.join(dart)];
                    if self.reached[next].0 != search {
                        self.reached[next] = (search, self.reached[face].1);
                        layer.push(next);
                    }
                }
                k += 1;
            }
            if let Some(goal) = layer.iter().find(|face| goals.contains(face)) {
                let (mut steps, mut step) = (Vec::new(), self.reached[*goal].1);
                while let Some(dart) = step {
                    steps.push(dart);
                    step = self.reached[self.of[dart]].1;
                }
                steps.reverse();
                return Some(steps);
            }
            let mut next_layer = Vec::new();
            for face in layer {
                for &dart in self.faces[face].iter().filter(|dart| self.own[**dart] != search) {
                    let next = self.of[self.diagram.join(dart)];
                    if self.reached[next].0 != search {
                        self.reached[next] = (search, Some(dart));
                        next_layer.push(next);
                    }
                }
            }
            layer = next_layer;
        }
        None
    }
}

/// Takes the strand's crossings out and lays it along the way.
fn laid_anew(diagram: &Diagram, strand: &[usize], way: &[usize]) -> Result<Option<Diagram>> {
    let over = is_over(diagram.join(strand[0]));
    let (begin, end) = (strand[0], diagram.join(strand[strand.len() - 1]));
    let mut draft = Draft::new(diagram);
    let removed: Vec<usize> = strand[1..].iter().map(|dart| dart / 4).collect();
    // An edge between crossings that go is named from one that stays: back along the strand that it is of.
    let mut named = Vec::new();
    for &dart in way {
        let mut at = dart;
        let mut steps = 0;
        while removed.contains(&(at / 4)) {
            at = diagram.join(across(at));
            steps += 1;
            if steps > 2 * diagram.crossing_count() {
                return Ok(None);
            }
        }
        named.push((at, is_out(dart, diagram.signs())));
    }
    removed.iter().for_each(|crossing| draft.remove(*crossing));
    let mut last = begin;
    for (dart, runs_on) in named {
        let far = draft.joined(dart);
        // The edge runs north, the strand east. Ends: east, north, west, south.
        let crossing = draft.cross(over, false, !runs_on);
        draft.join(last, crossing[2]);
        draft.join(dart, crossing[3]);
        draft.join(crossing[1], far);
        last = crossing[0];
    }
    draft.join(last, end);
    draft.finish().map(Some)
}
