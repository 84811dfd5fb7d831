//! The tree against brute force, walked by a twin of the shader's code.

use glam::Vec3;
use proptest::prelude::*;
use raytruth_scene::Aabb;

use super::{Grid, Link, build, thread};
use crate::geometry::Primitive;

/// Nearest distance, 0 for a miss; the twins of `hit_triangle` and `hit_sphere`.
fn hit(primitive: &Primitive, origin: Vec3, direction: Vec3, t_max: f32) -> f32 {
    match *primitive {
        Primitive::Triangle { corners: [v0, v1, v2], .. } => {
            let (e1, e2) = (v1 - v0, v2 - v0);
            let p = direction.cross(e2);
            let inv = 1.0 / e1.dot(p);
            let s = origin - v0;
            let u = s.dot(p) * inv;
            let q = s.cross(e1);
            let v = direction.dot(q) * inv;
            let t = e2.dot(q) * inv;
            if u >= 0.0 && v >= 0.0 && u + v <= 1.0 && t > 0.0 && t <= t_max { t } else { 0.0 }
        }
        Primitive::Sphere { center, radius, .. } => {
            let f = origin - center;
            let b = -f.dot(direction);
            let disc = radius * radius - (f + b * direction).length_squared();
            let c = f.length_squared() - radius * radius;
            let q = b + disc.max(0.0).sqrt().copysign(b);
            let (t0, t1) = ((c / q).min(q), (c / q).max(q));
            let t = if t0 > 0.0 { t0 } else { t1 };
            if disc >= 0.0 && t > 0.0 && t < t_max { t } else { 0.0 }
        }
    }
}

/// The walk of `trace` in `intersect.wgsl`; returns the distance and how many nodes it looked at. `span`: where the list of an octant
/// begins and ends.
fn walk(
    (nodes, span): (&[[u32; 4]], &dyn Fn(usize) -> [usize; 2]),
    grid: &Grid,
    (primitives, order): (&[Primitive], &[u32]),
    origin: Vec3,
    direction: Vec3,
) -> (f32, usize) {
    let d = Vec3::from_array(direction.to_array().map(|c| if c.abs() < 1e-9 { 1e-9f32.copysign(c) } else { c }));
    let scale = (d * grid.scale).recip();
    let bias = -(origin - grid.min) / d;
    let octant = (0..3).map(|axis| usize::from(d[axis] < 0.0) << axis).sum::<usize>();
    let [mut node, end] = span(octant);
    let (mut best, mut looked) = (f32::MAX, 0);
    while node != end {
        let texel = nodes[node];
        looked += 1;
        let plane = |half: u32| Vec3::from_array([0, 1, 2].map(|axis| (texel[axis] >> half & 0xffff) as f32)) * scale + bias;
        let met = plane(0).max_element().max(0.0) <= plane(16).min_element().min(best);
        let link = texel[3];
        let is_leaf = link >> 31 == 1;
        if met && is_leaf {
            let first = (link & 0x07ff_ffff) as usize;
            let count = if link >> 30 & 1 == 1 { 1 } else { (link >> 27 & 7) as usize + 1 };
            for &i in &order[first..first + count] {
                let t = hit(&primitives[i as usize], origin, direction, best);
                if t > 0.0 {
                    best = t;
                }
            }
        }
        node = if met || is_leaf { node + 1 } else { link as usize };
    }
    (best, looked)
}

fn vector(range: f32) -> impl Strategy<Value = Vec3> {
    prop::array::uniform3(-range..range).prop_map(Vec3::from_array)
}

fn primitive() -> impl Strategy<Value = Primitive> {
    let triangle = (vector(2.0), vector(0.6), vector(0.6)).prop_map(|(a, b, c)| Primitive::Triangle {
        corners: [a, a + b, a + c],
        normals: [Vec3::Z; 3],
        object: 0,
        id: 0,
    });
    // Flat and axis-aligned, as floors and boxes are.
    let flat = (vector(2.0), 0.1f32..3.0).prop_map(|(a, s)| {
        let a = (a * 4.0).round() / 4.0;
        Primitive::Triangle { corners: [a, a + Vec3::X * s, a + Vec3::Y * s], normals: [Vec3::Z; 3], object: 0, id: 0 }
    });
    let sphere = (vector(2.0), 0.05f32..0.8).prop_map(|(center, radius)| Primitive::Sphere {
        center,
        radius,
        scale: 1.0,
        object: 0,
        id: 0,
    });
    prop_oneof![4 => triangle, 2 => flat, 1 => sphere]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn finds_what_brute_force_finds(
        primitives in prop::collection::vec(primitive(), 0..120),
        rays in prop::collection::vec((vector(4.0), vector(1.0)), 40),
    ) {
        let bounds: Vec<Aabb> = primitives.iter().map(Primitive::bounds).collect();
        let tree = build(&bounds, &|i| primitives[i as usize].is_sphere());
        let mut sorted = tree.order.clone();
        sorted.sort_unstable();
        prop_assert!(sorted.iter().copied().eq(0..primitives.len() as u32), "every primitive is in one leaf");
        let grid = Grid::around(&bounds.iter().fold(Aabb::EMPTY, |a, b| a.union(b)));
        let nodes = thread(&tree, &grid, 0, None, &|first, count| {
            if primitives[tree.order[first as usize] as usize].is_sphere() {
                Link::Sphere { first }
            } else {
                Link::Triangles { first, count }
            }
        });
        prop_assert_eq!(nodes.len(), 8 * tree.nodes.len());
        let one = |octant| [octant, octant + 1].map(|o| o * tree.nodes.len());

        // The same primitives in two hierarchies, of which the second leads on to the first.
        let middle = bounds.len() / 3;
        let mut order: Vec<u32> = Vec::new();
        let mut both: Vec<[u32; 4]> = Vec::new();
        let (mut still, mut moving) = (0, 0);
        for (part, start) in [(&bounds[..middle], 0), (&bounds[middle..], middle as u32)] {
            let is_sphere = |i: u32| primitives[(start + i) as usize].is_sphere();
            let tree = build(part, &is_sphere);
            let onward = (!both.is_empty()).then(|| std::array::from_fn(|o| (o * still) as u32));
            let first_of = |first: u32| order.len() as u32 + first;
            let threaded = thread(&tree, &grid, both.len() as u32, onward, &|first, count| match is_sphere(tree.order[first as usize]) {
                true => Link::Sphere { first: first_of(first) },
                false => Link::Triangles { first: first_of(first), count },
            });
            if onward.is_some() { moving = threaded.len() / 8 } else { still = threaded.len() / 8 }
            order.extend(tree.order.iter().map(|i| start + i));
            both.extend(threaded);
        }
        let two = |octant: usize| [8 * still + octant * moving, (octant + 1) * still];
        for (origin, direction) in rays {
            // Some rays along axes, where slabs divide by zero.
            let direction = if direction.x > 0.8 { Vec3::AXES[(direction.y > 0.0) as usize] } else { direction };
            let direction = direction.normalize_or(Vec3::X);
            let (t, _) = walk((&nodes, &one), &grid, (&primitives, &tree.order), origin, direction);
            if moving > 0 {
                let (again, _) = walk((&both, &two), &grid, (&primitives, &order), origin, direction);
                prop_assert_eq!(again, t, "in two hierarchies");
            }
            let mut brute = f32::MAX;
            for p in &primitives {
                let found = hit(p, origin, direction, brute);
                if found > 0.0 {
                    brute = found;
                }
            }
            prop_assert_eq!(t, brute, "from {} along {}", origin, direction);
        }
    }
}

#[test]
fn a_ray_looks_at_few_nodes() {
    // A carpet of 64 x 64 pairs of triangles.
    let mut primitives = Vec::new();
    for i in 0..64 * 64 {
        let a = Vec3::new((i % 64) as f32, (i / 64) as f32, ((i * 37) % 11) as f32 * 0.05);
        for (b, c) in [(Vec3::X, Vec3::Y), (Vec3::X + Vec3::Y, Vec3::Y)] {
            primitives.push(Primitive::Triangle { corners: [a, a + b, a + c], normals: [Vec3::Z; 3], object: 0, id: 0 });
        }
    }
    let bounds: Vec<Aabb> = primitives.iter().map(Primitive::bounds).collect();
    let tree = build(&bounds, &|_| false);
    let grid = Grid::around(&bounds.iter().fold(Aabb::EMPTY, |a, b| a.union(b)));
    let nodes = thread(&tree, &grid, 0, None, &|first, count| Link::Triangles { first, count });
    let span = |octant| [octant, octant + 1].map(|o| o * tree.nodes.len());
    let from = Vec3::new(20.3, 31.6, 10.0);
    let (t, looked) = walk((&nodes, &span), &grid, (&primitives, &tree.order), from, Vec3::NEG_Z);
    assert!(t < 10.5 && looked < 80, "{looked} of {} nodes", tree.nodes.len());
}

#[test]
fn many_primitives_in_one_place_still_split() {
    let bounds = vec![Aabb { min: Vec3::ZERO, max: Vec3::ONE }; 1000];
    let tree = build(&bounds, &|_| false);
    assert!(tree.nodes.len() >= 2 * 1000 / 8 - 1);
}
