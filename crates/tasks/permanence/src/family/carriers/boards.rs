//! What carts, boxes and the bar are of. Lengths are metres.

use glam::vec3;

use super::super::row::Row;
use crate::plot::Board;

/// Half of a cart's bed; of the square hole in its middle, in which the ball lies.
pub(super) const BED: f32 = 0.044;
pub(super) const HOLE: f32 = 0.007;
/// Lower and upper side of the bed, height of its rims above it, and their thickness.
pub(super) const BED_HEIGHT: [f32; 2] = [0.012, 0.018];
pub(super) const RIM: [f32; 2] = [0.006, 0.003];
/// Half of a box, its height, and the thickness of its boards.
pub(super) const BOX: f32 = 0.056;
pub(super) const BOX_HEIGHT: f32 = 0.09;
pub(super) const THICK: f32 = 0.004;
/// Height of the ring about a box's foot.
pub(super) const RING: f32 = 0.016;
pub(super) const PIVOT: f32 = -0.036;
/// Middle of the board in front, before which the ball comes to rest; half of its thickness, and its height.
pub(super) const CURB: f32 = -0.238;
pub(super) const CURB_HALF: [f32; 2] = [0.006, 0.012];
/// Thickness of the bar that tips them, and where it waits behind the row.
pub(super) const BAR: f32 = 0.006;
/// Height of the middle of a ball that lies in the hole of a bed, metres.
pub(super) fn lies_at(radius: f32) -> f32 {
    BED_HEIGHT[1] + libm::sqrtf(radius * radius - HOLE * HOLE)
}

/// What a cart is of, about the place where it stands.
pub(super) fn cart_boards() -> Vec<Board> {
    let [low, high] = BED_HEIGHT;
    let (rim, thick) = (high + RIM[0], RIM[1]);
    vec![
        Board::between(vec3(-BED, -BED, low), vec3(BED, -HOLE, high)),
        Board::between(vec3(-BED, HOLE, low), vec3(BED, BED, high)),
        Board::between(vec3(-BED, -HOLE, low), vec3(-HOLE, HOLE, high)),
        Board::between(vec3(HOLE, -HOLE, low), vec3(BED, HOLE, high)),
        // Open in front.
        Board::between(vec3(-BED - thick, -BED, low), vec3(-BED, BED, rim)),
        Board::between(vec3(BED, -BED, low), vec3(BED + thick, BED, rim)),
        Board::between(vec3(-BED - thick, BED, low), vec3(BED + thick, BED + thick, rim)),
    ]
}

/// Boards of a box that is open below.
pub(super) fn box_boards() -> Vec<Board> {
    let (half, high, inner) = (BOX, BOX_HEIGHT, BOX - THICK);
    vec![
        Board::between(vec3(-half, -half, 0.0), vec3(half, -inner, high)),
        Board::between(vec3(-half, inner, 0.0), vec3(half, half, high)),
        Board::between(vec3(-half, -inner, 0.0), vec3(-inner, inner, high)),
        Board::between(vec3(inner, -inner, 0.0), vec3(half, inner, high)),
        Board::between(vec3(-inner, -inner, high - THICK), vec3(inner, inner, high)),
    ]
}

/// A ring about a box's foot.
pub(super) fn ring_boards() -> Vec<Board> {
    let (half, out, z) = (BOX, BOX + 0.0012, [0.008, 0.008 + RING]);
    vec![
        Board::between(vec3(-out, -out, z[0]), vec3(out, -half, z[1])),
        Board::between(vec3(-out, half, z[0]), vec3(out, out, z[1])),
        Board::between(vec3(-out, -half, z[0]), vec3(-half, half, z[1])),
        Board::between(vec3(half, -half, z[0]), vec3(out, half, z[1])),
    ]
}

/// Boards of the bar that tips the carts, about the middle of its foot.
pub(super) fn bar_boards(row: &Row) -> Vec<Board> {
    let (x, b) = (row.place(row.n - 1).x + BOX + 0.05, 0.5 * BAR);
    let post = |side: f32| Board::between(vec3(side * x - b, -b, 0.0), vec3(side * x + b, b, 0.8));
    vec![Board::between(vec3(-x, -b, 0.0), vec3(x, b, BAR)), post(-1.0), post(1.0)]
}
