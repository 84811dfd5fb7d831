//! Top-down construction with binned surface-area heuristic.
//!
//! Wald, "On fast Construction of SAH-based Bounding Volume Hierarchies", IRT 2007.

use glam::Vec3;
use raytruth_scene::Aabb;

/// Bins per axis.
const BINS: usize = 16;
/// The most triangles in a leaf; the link's three bits hold one less.
const MAX_LEAF: usize = 8;
/// Cost of a node relative to that of a triangle. Software adapters compute leaf and node for every lane of a vector as soon as
/// one lane needs them, so nodes are cheap.
const NODE_COST: f32 = 0.4;

/// A binary tree over primitives.
#[derive(Debug)]
pub(crate) struct Bvh {
    /// The root first, children after their parents.
    pub(crate) nodes: Vec<Node>,
    /// Primitive indices; leaves are ranges of it.
    pub(crate) order: Vec<u32>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    pub(crate) bounds: Aabb,
    pub(crate) kind: Kind,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    Inner {
        left: u32,
        right: u32,
        /// Along which the left child comes first.
        axis: u8,
    },
    /// A range of `order`.
    Leaf { first: u32, count: u32 },
}

/// Builds a tree over boxes. A primitive for which `single` holds gets a leaf of its own.
pub(crate) fn build(bounds: &[Aabb], single: &dyn Fn(u32) -> bool) -> Bvh {
    let mut builder = Builder {
        bounds,
        single,
        centers: bounds.iter().map(Aabb::center).collect(),
        order: (0..bounds.len() as u32).collect(),
        nodes: Vec::with_capacity(bounds.len()),
    };
    if !bounds.is_empty() {
        builder.node(0, bounds.len());
    }
    Bvh { nodes: builder.nodes, order: builder.order }
}

struct Builder<'a> {
    bounds: &'a [Aabb],
    single: &'a dyn Fn(u32) -> bool,
    centers: Vec<Vec3>,
    order: Vec<u32>,
    nodes: Vec<Node>,
}

#[derive(Clone, Copy)]
struct Bin {
    bounds: Aabb,
    count: usize,
}

struct Split {
    axis: usize,
    /// Bins up to here go left.
    bin: usize,
    cost: f32,
}

impl Builder<'_> {
    /// Appends the tree over `order[first..end]`; returns its node.
    fn node(&mut self, first: usize, end: usize) -> u32 {
        let range = &self.order[first..end];
        let bounds = range.iter().fold(Aabb::EMPTY, |b, &i| b.union(&self.bounds[i as usize]));
        let centers = Aabb::of(range.iter().map(|&i| self.centers[i as usize]));
        let count = end - first;
        let index = self.nodes.len() as u32;
        self.nodes.push(Node { bounds, kind: Kind::Leaf { first: first as u32, count: count as u32 } });

        let must_split = count > MAX_LEAF || (count > 1 && range.iter().any(|&i| (self.single)(i)));
        let split = if count > 1 { self.best_split(range, &bounds, &centers) } else { None };
        let (axis, middle) = match split {
            Some(split) if must_split || split.cost < count as f32 => {
                let place = Binning::new(&centers, split.axis);
                let middle = first + partition(&mut self.order[first..end], |i| place.bin(self.centers[i as usize]) <= split.bin);
                (split.axis, middle)
            }
            // All centres in one place: halve the list.
            None if must_split => (0, first + count / 2),
            _ => return index,
        };
        let left = self.node(first, middle);
        let right = self.node(middle, end);
        self.nodes[index as usize].kind = Kind::Inner { left, right, axis: axis as u8 };
        index
    }

    fn best_split(&self, range: &[u32], bounds: &Aabb, centers: &Aabb) -> Option<Split> {
        let mut best: Option<Split> = None;
        for axis in 0..3 {
            if centers.size()[axis] <= 0.0 {
                continue;
            }
            let place = Binning::new(centers, axis);
            let mut bins = [Bin { bounds: Aabb::EMPTY, count: 0 }; BINS];
            for &i in range {
                let bin = &mut bins[place.bin(self.centers[i as usize])];
                bin.bounds = bin.bounds.union(&self.bounds[i as usize]);
                bin.count += 1;
            }
            // Sweep from the right, then from the left.
            let mut right = [(0.0, 0); BINS];
            let mut sum = Bin { bounds: Aabb::EMPTY, count: 0 };
            for b in (1..BINS).rev() {
                sum = Bin { bounds: sum.bounds.union(&bins[b].bounds), count: sum.count + bins[b].count };
                right[b] = (half_area(&sum.bounds), sum.count);
            }
            sum = Bin { bounds: Aabb::EMPTY, count: 0 };
            for b in 0..BINS - 1 {
                sum = Bin { bounds: sum.bounds.union(&bins[b].bounds), count: sum.count + bins[b].count };
                let (right_area, right_count) = right[b + 1];
                if sum.count == 0 || right_count == 0 {
                    continue;
                }
                let inside = half_area(&sum.bounds) * sum.count as f32 + right_area * right_count as f32;
                let cost = 2.0 * NODE_COST + inside / half_area(bounds).max(f32::MIN_POSITIVE);
                if best.as_ref().is_none_or(|b| cost < b.cost) {
                    best = Some(Split { axis, bin: b, cost });
                }
            }
        }
        best
    }
}

/// Which bin a centre falls into.
struct Binning {
    axis: usize,
    origin: f32,
    scale: f32,
}

impl Binning {
    fn new(centers: &Aabb, axis: usize) -> Self {
        Self { axis, origin: centers.min[axis], scale: BINS as f32 / centers.size()[axis] }
    }

    fn bin(&self, center: Vec3) -> usize {
        (((center[self.axis] - self.origin) * self.scale) as usize).min(BINS - 1)
    }
}

fn half_area(b: &Aabb) -> f32 {
    let s = b.size();
    if b.is_empty() { 0.0 } else { s.x * s.y + s.y * s.z + s.z * s.x }
}

/// Moves what fits to the front, keeping the order of both parts so that the tree depends on its input alone; returns their border.
fn partition(items: &mut [u32], fits: impl Fn(u32) -> bool) -> usize {
    let (front, back): (Vec<u32>, Vec<u32>) = items.iter().partition(|&&i| fits(i));
    items[..front.len()].copy_from_slice(&front);
    items[front.len()..].copy_from_slice(&back);
    front.len()
}
