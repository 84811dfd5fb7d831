//! Primitives with the hierarchy over them.

use raytruth_scene::Aabb;

use crate::bvh::{self, Grid, Link};
use crate::geometry::Primitive;
use crate::texels;

/// Where some primitives and the hierarchy over them come to stand.
pub(super) struct Level {
    /// The primitives, in the order of the leaves.
    pub(super) primitives: Vec<[u32; 4]>,
    /// Eight lists of nodes, one for each octant.
    pub(super) nodes: Vec<[u32; 4]>,
}

impl Level {
    /// `first`: where the primitives will start, in texels from the base of all; `places` is told where each stands by its id.
    /// `nodes_base`: of the frame's texels, given how many the primitives take. `onward`: as of [`bvh::thread`].
    pub(super) fn new(
        primitives: &[Primitive],
        grid: &Grid,
        first: u32,
        places: &mut [u32],
        nodes_base: impl FnOnce(u32) -> u32,
        onward: Option<[u32; 8]>,
    ) -> Self {
        let bounds: Vec<Aabb> = primitives.iter().map(Primitive::bounds).collect();
        let tree = bvh::build(&bounds, &|i| primitives[i as usize].is_sphere());
        let mut packed = Vec::with_capacity(4 * primitives.len());
        for &i in &tree.order {
            let primitive = &primitives[i as usize];
            places[primitive.id() as usize] = first + packed.len() as u32;
            texels::push_primitive(&mut packed, primitive);
        }
        let base = nodes_base(packed.len() as u32);
        let nodes = bvh::thread(&tree, grid, base, onward, &|start, count| {
            let primitive = &primitives[tree.order[start as usize] as usize];
            let first = places[primitive.id() as usize];
            if primitive.is_sphere() { Link::Sphere { first } } else { Link::Triangles { first, count } }
        });
        Self { primitives: packed, nodes }
    }
}

/// What never changes: built and sent once.
pub(super) struct StillLevel {
    pub(super) grid: Grid,
    pub(super) primitives_base: u32,
    pub(super) nodes_base: u32,
    /// Nodes of one octant.
    pub(super) nodes_count: u32,
    /// Where each primitive stands, by its id.
    pub(super) places: Vec<u32>,
}

impl StillLevel {
    /// `all`: bounds of everything that is ever there; `append` adds texels to those of all frames and tells where they start.
    pub(super) fn new(primitives: &[Primitive], all: &Aabb, ids: usize, append: &mut dyn FnMut(&[[u32; 4]]) -> u32) -> Self {
        let grid = Grid::around(all);
        let mut places = vec![0; ids];
        let primitives_base = append(&[]);
        let level = Level::new(primitives, &grid, 0, &mut places, |count| primitives_base + count, None);
        append(&level.primitives);
        let nodes_base = append(&level.nodes);
        Self { grid, primitives_base, nodes_base, nodes_count: (level.nodes.len() / 8) as u32, places }
    }

    /// Where the list of each octant starts.
    pub(super) fn starts(&self) -> [u32; 8] {
        std::array::from_fn(|octant| self.nodes_base + octant as u32 * self.nodes_count)
    }
}
