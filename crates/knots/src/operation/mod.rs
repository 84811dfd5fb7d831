//! Changes of diagrams: moves that keep the link, and operations that change it.
//!
//! Edges are named by the dart at which they leave a crossing, faces by the darts that run along them ([`Diagram::faces`]). Each operation returns
//! a new diagram, in which the old crossings keep their order and new ones come last.
//!
//! Moves (K. Reidemeister, 1927): [`add_kink`], [`remove_kink`], [`add_bigon`], [`remove_bigon`], [`slide_triangle`], and [`simplified`], which
//! passes whole strands. Operations: [`mirror`], [`crossing_change`], [`reversed`], [`connected_sum`], [`split_union`], [`full_twist`], [`ring`],
//! [`ring_around_two`].

mod combine;
mod crossing;
mod finger;
mod kink;
mod pass;
mod triangle;
mod twist;

pub use combine::{connected_sum, split_union};
pub use crossing::{crossing_change, mirror, reversed, reversed_components};
pub use finger::{add_bigon, remove_bigon};
pub use kink::{add_kink, remove_kink};
pub use pass::simplified;
pub use triangle::{slidable, slide_triangle};
pub use twist::{full_twist, ring, ring_around_two};

use crate::diagram::{Diagram, is_out};
use crate::{Error, Result};

fn check_dart(diagram: &Diagram, dart: usize) -> Result<()> {
    let count = 4 * diagram.crossing_count();
    if dart < count { Ok(()) } else { Err(Error::NoSuch { what: "dart", index: dart, count }) }
}

fn check_edge(diagram: &Diagram, out: usize) -> Result<()> {
    check_dart(diagram, out)?;
    let reason = "the dart is where the edge enters a crossing, not where it leaves one";
    if is_out(out, diagram.signs()) { Ok(()) } else { Err(Error::DoesNotApply { operation: "naming an edge", reason }) }
}

/// Two different edges with one face to the left of both darts.
fn check_face(diagram: &Diagram, a: usize, b: usize, operation: &'static str) -> Result<()> {
    check_dart(diagram, a)?;
    check_dart(diagram, b)?;
    let refused = |reason| Err(Error::DoesNotApply { operation, reason });
    if a == b || diagram.join(a) == b {
        return refused("both darts are of one edge");
    }
    let faces = diagram.face_of_darts();
    if faces[a] == faces[b] { Ok(()) } else { refused("the darts do not run along one face") }
}
