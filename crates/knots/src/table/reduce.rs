//! Diagrams brought down to few crossings, or proven to have as few as can be.

use crate::Result;
use crate::diagram::{Diagram, turned};
use crate::operation::{add_bigon, simplified, slidable, slide_triangle};
use crate::random::Random;

/// Random walks that are tried, and moves in each.
const WALKS: usize = 200;
const MOVES: usize = 12;

/// The link's diagram after random moves and simplification, again and again, until it has no more crossings than `enough`: third moves, and at
/// times a finger, lead to where a strand can be laid shorter. The same on every machine. No promise.
pub(super) fn reduced(diagram: &Diagram, enough: usize) -> Result<Diagram> {
    let mut random = Random(0x6b6e_6f74);
    let mut best = diagram.clone();
    for _ in 0..WALKS {
        if best.crossing_count() <= enough {
            break;
        }
        let mut walk = best.clone();
        for _ in 0..MOVES {
            walk = moved(&walk, &mut random)?;
        }
        let walk = simplified(&walk)?;
        if walk.crossing_count() <= best.crossing_count() {
            best = walk;
        }
    }
    Ok(best)
}

/// A third move, or where there is none, and now and then, a finger.
fn moved(diagram: &Diagram, random: &mut Random) -> Result<Diagram> {
    let slides: Vec<usize> = (0..4 * diagram.crossing_count()).filter(|dart| slidable(diagram, *dart).is_some()).collect();
    if !slides.is_empty() && random.below(8) > 0 {
        return slide_triangle(diagram, slides[random.below(slides.len())]);
    }
    let faces = diagram.faces();
    let face = &faces[random.below(faces.len())];
    let (a, b) = (face[random.below(face.len())], face[random.below(face.len())]);
    // Two darts of one edge give no finger: then nothing is done.
    Ok(add_bigon(diagram, a, b, random.below(2) == 0).unwrap_or_else(|_| diagram.clone()))
}

/// Whether a diagram is adequate: of all circles to which it falls apart when every crossing is smoothed one way, none comes back to a crossing that
/// it met, and the same the other way. Reduced alternating diagrams are. An adequate diagram has as few crossings as its link can have (W. B. R.
/// Lickorish, M. B. Thistlethwaite, "Some links with non-trivial polynomials and their crossing-numbers", *Comment. Math. Helv.* 63, 1988).
pub(super) fn is_adequate(diagram: &Diagram) -> bool {
    // One way joins slots 0 and 1, 2 and 3; the other 1 and 2, 3 and 0.
    [[1, 3, 1, 3], [3, 1, 3, 1]].iter().all(|steps| {
        let mut circle = vec![usize::MAX; 4 * diagram.crossing_count()];
        for start in 0..circle.len() {
            let mut dart = start;
            while circle[dart] == usize::MAX {
                let partner = turned(dart, steps[dart % 4]);
                (circle[dart], circle[partner]) = (start, start);
                dart = diagram.join(partner);
            }
        }
        circle.chunks_exact(4).all(|c| c[0] != c[2])
    })
}
