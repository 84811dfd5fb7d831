//! The tree as the shader reads it: eight depth-first lists of quantised boxes with skip links.

use glam::Vec3;
use raytruth_scene::Aabb;

use super::build::{Bvh, Kind};

/// Marks a leaf's link.
const LEAF: u32 = 1 << 31;
/// Marks the link of a leaf that holds a sphere.
const SPHERE: u32 = 1 << 30;
/// Slack, in cells, for the shader's rounding.
const SLACK: f32 = 0.05;

/// What a leaf holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Link {
    /// `count` triangles of four texels each, from texel `first`.
    Triangles { first: u32, count: u32 },
    /// One sphere at texel `first`.
    Sphere { first: u32 },
}

impl Link {
    fn bits(self) -> u32 {
        match self {
            Self::Triangles { first, count } => LEAF | (count - 1) << 27 | first,
            Self::Sphere { first } => LEAF | SPHERE | first,
        }
    }
}

/// The grid of 65,536 cells an axis that boxes are rounded out to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Grid {
    pub(crate) min: Vec3,
    /// Cells per metre.
    pub(crate) scale: Vec3,
}

impl Grid {
    pub(crate) fn around(bounds: &Aabb) -> Self {
        // A flat scene still needs cells of some height.
        let size = if bounds.is_empty() { Vec3::ONE } else { bounds.size() };
        let size = size.max(Vec3::splat(size.max_element() * 1e-4 + 1e-6));
        let min = if bounds.is_empty() { Vec3::ZERO } else { bounds.min };
        // One cell of margin on either side.
        let cell = size / 65_533.0;
        Self { min: min - cell, scale: cell.recip() }
    }

    /// Cells of a box's corners, rounded outwards.
    fn cells(&self, b: &Aabb) -> (Vec3, Vec3) {
        let lo = ((b.min - self.min) * self.scale - SLACK).floor().clamp(Vec3::ZERO, Vec3::splat(65535.0));
        let hi = ((b.max - self.min) * self.scale + SLACK).ceil().clamp(Vec3::ZERO, Vec3::splat(65535.0));
        (lo, hi)
    }
}

/// Nodes for rays of all eight octants (bit 0: towards −x, bit 1: −y, bit 2: −z), each octant's list after the other. Links of
/// inner nodes are texels, counted from `base`, where the first list starts.
///
/// If `onward` tells texels, one for each octant, each list has one more node that leads there.
pub(crate) fn thread(
    bvh: &Bvh,
    grid: &Grid,
    base: u32,
    onward: Option<[u32; 8]>,
    leaf: &dyn Fn(u32, u32) -> Link,
) -> Vec<[u32; 4]> {
    let mut texels = Vec::with_capacity(8 * (bvh.nodes.len() + 1));
    for octant in 0..8u32 {
        let mut stack = Vec::with_capacity(64);
        if !bvh.nodes.is_empty() {
            stack.push(Step::Visit(0));
        }
        while let Some(step) = stack.pop() {
            let node = match step {
                Step::Visit(node) => node,
                Step::Close(texel) => {
                    let end = base + texels.len() as u32;
                    let texel: &mut [u32; 4] = &mut texels[texel as usize];
                    texel[3] = end;
                    continue;
                }
            };
            let node = &bvh.nodes[node as usize];
            let (lo, hi) = grid.cells(&node.bounds);
            let planes = |axis: usize| {
                let (near, far) = if octant >> axis & 1 == 0 { (lo[axis], hi[axis]) } else { (hi[axis], lo[axis]) };
                near as u32 | (far as u32) << 16
            };
            let link = match node.kind {
                Kind::Leaf { first, count } => leaf(first, count).bits(),
                Kind::Inner { left, right, axis } => {
                    let backwards = octant >> axis & 1 == 1;
                    let (near, far) = if backwards { (right, left) } else { (left, right) };
                    stack.extend([Step::Close(texels.len() as u32), Step::Visit(far), Step::Visit(near)]);
                    0
                }
            };
            texels.push([planes(0), planes(1), planes(2), link]);
        }
        if let Some(onward) = onward {
            // A box that ends before it begins: no ray meets it.
            let never = |axis: usize| if octant >> axis & 1 == 0 { 0xffff } else { 0xffff << 16 };
            texels.push([never(0), never(1), never(2), onward[octant as usize]]);
        }
    }
    texels
}

enum Step {
    Visit(u32),
    /// Everything under this node is written: its link leads here.
    Close(u32),
}
