//! Which triangles share a view: those that face the same way and hide nothing of each other.

use std::collections::{BTreeMap, HashMap};

use glam::{DVec2, Vec3};
use raytruth_scene::Mesh;

/// Views that face one way, at most. What does not fit into them goes to the last, where it shares texels with what it hides.
const LAYERS: usize = 6;

/// A view along an axis, with what it has to hold.
pub(super) struct View {
    /// 0 to 5: +x, −x, +y, ...
    pub(super) side: usize,
    /// Bounds of its triangles, metres.
    pub(super) bounds: [DVec2; 2],
}

/// What a view sees of a point.
pub(super) fn flat(point: Vec3, side: usize) -> DVec2 {
    let [x, y, z] = point.to_array().map(f64::from);
    [DVec2::new(y, z), DVec2::new(x, z), DVec2::new(x, y)][side / 2]
}

/// The way that a triangle faces most.
fn side([a, b, c]: [Vec3; 3]) -> usize {
    let facing = (b - a).cross(c - a);
    let axis = facing.abs().max_position();
    2 * axis + usize::from(facing[axis] < 0.0)
}

/// The views of a mesh, and the one that each of its triangles is in.
pub(super) fn views(mesh: &Mesh) -> (Vec<View>, Vec<usize>) {
    let sides: Vec<usize> = mesh.corners().map(side).collect();
    let patches = patches(mesh, &sides);
    // In the order of their sides, so that views that face one way are neighbours.
    let mut bounds: BTreeMap<(usize, usize), [DVec2; 2]> = BTreeMap::new();
    for ((corners, &side), &patch) in mesh.corners().zip(&sides).zip(&patches) {
        let [low, high] = bounds.entry((side, patch)).or_insert([DVec2::INFINITY, DVec2::NEG_INFINITY]);
        for at in corners.map(|p| flat(p, side)) {
            (*low, *high) = (low.min(at), high.max(at));
        }
    }
    let (mut views, mut held, mut home) = (Vec::<View>::new(), Vec::<Vec<[DVec2; 2]>>::new(), HashMap::new());
    for ((side, patch), here) in bounds {
        let facing: Vec<usize> = (0..views.len()).filter(|&v| views[v].side == side).collect();
        let free = facing.iter().copied().find(|&v| !held[v].iter().any(|there| hides(&here, there)));
        let view = free.or_else(|| facing.last().copied().filter(|_| facing.len() >= LAYERS)).unwrap_or_else(|| {
            views.push(View { side, bounds: here });
            held.push(Vec::new());
            views.len() - 1
        });
        let [low, high] = views[view].bounds;
        views[view].bounds = [low.min(here[0]), high.max(here[1])];
        held[view].push(here);
        home.insert((side, patch), view);
    }
    let of = sides.iter().zip(&patches).map(|(&side, &patch)| home[&(side, patch)]).collect();
    (views, of)
}

/// Whether two patches lie over each other, by their bounds, and do more than touch.
fn hides(a: &[DVec2; 2], b: &[DVec2; 2]) -> bool {
    let slack = 1e-6 * (a[1] - a[0]).max(b[1] - b[0]);
    a[0].cmplt(b[1] - slack).all() && b[0].cmplt(a[1] - slack).all()
}

/// A number for each triangle, the same for those that hang together and face the same way.
fn patches(mesh: &Mesh, sides: &[usize]) -> Vec<usize> {
    let mut parents: Vec<usize> = (0..sides.len()).collect();
    fn root(parents: &mut [usize], mut i: usize) -> usize {
        while parents[i] != i {
            parents[i] = parents[parents[i]];
            i = parents[i];
        }
        i
    }
    let mut first = HashMap::new();
    for (triangle, (corners, &side)) in mesh.corners().zip(sides).enumerate() {
        for p in corners {
            // Adding zero turns -0 into 0, which is the same place.
            let place = ((p + 0.0).to_array().map(f32::to_bits), side);
            let other = *first.entry(place).or_insert(triangle);
            let (a, b) = (root(&mut parents, triangle), root(&mut parents, other));
            parents[a.max(b)] = a.min(b);
        }
    }
    (0..sides.len()).map(|i| root(&mut parents, i)).collect()
}

/// Whether every triangle faces along an axis, so that what is regular stays regular on its view.
pub(super) fn is_flat(mesh: &Mesh) -> bool {
    mesh.corners().all(|[a, b, c]| {
        let facing = (b - a).cross(c - a);
        facing.abs().max_element() >= 0.999_999 * facing.length()
    })
}

#[cfg(test)]
mod tests {
    use glam::vec3;
    use raytruth_scene::Shape;

    use super::*;

    #[test]
    fn a_box_has_six_views_and_a_second_one_behind_it_six_more() {
        let mut mesh = Shape::Box { half_extents: Vec3::splat(0.1), bevel: 0.0 }.tessellate(8).expect("a box");
        assert_eq!(views(&mesh).0.len(), 6);
        let twin = mesh.clone();
        let first = mesh.positions.len() as u32;
        mesh.positions.extend(twin.positions.iter().map(|p| *p + vec3(0.5, 0.0, 0.0)));
        mesh.triangles.extend(twin.triangles.iter().map(|t| t.map(|i| first + i)));
        // Along x they hide each other; from all other sides they lie beside each other.
        let (found, of) = views(&mesh);
        assert_eq!(found.len(), 8);
        assert!(of.len() == mesh.triangles.len() && of.iter().all(|&v| v < 8));
    }

    #[test]
    fn a_ball_has_six() {
        assert_eq!(views(&Shape::Sphere { radius: 1.0 }.tessellate(32).expect("a ball")).0.len(), 6);
    }
}
