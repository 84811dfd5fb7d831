//! A drawing that is right is made well shaped.

use glam::DVec2;

use super::mesh::Mesh;

/// How often each node looks for a better place.
const SWEEPS: usize = 100;
/// What a triangle's size counts beside its shape.
const SIZE: f64 = 0.5;

/// Moves nodes, one at a time, to where the triangles about them are nearer to equilateral (K. Hormann, G. Greiner, "MIPS: an efficient global
/// parametrization method", 2000: squared sides over area) and to equal size. The energy is infinite for a triangle without area, so none ever
/// turns over, and a drawing without crossings stays one.
pub(super) fn relieved(mesh: &Mesh, mut places: Vec<DVec2>) -> Vec<DVec2> {
    let mut about = vec![Vec::new(); places.len()];
    for triangle in &mesh.triangles {
        triangle.iter().for_each(|node| about[*node].push(*triangle));
    }
    let area = |places: &[DVec2], t: &[usize; 3]| 0.5 * (places[t[1]] - places[t[0]]).perp_dot(places[t[2]] - places[t[0]]);
    let sum: f64 = mesh.triangles.iter().map(|t| area(&places, t)).sum();
    let mean = sum / mesh.triangles.len() as f64;
    let energy = |places: &[DVec2], node: usize| -> f64 {
        let of = |t: &[usize; 3]| {
            // In units of the mean, whose sign is that of all.
            let own = area(places, t) / mean;
            if own <= 0.0 {
                return f64::INFINITY;
            }
            let [a, b, c] = t.map(|k| places[k]);
            let sides = a.distance_squared(b) + b.distance_squared(c) + c.distance_squared(a);
            sides / (6.93 * own * mean.abs()) + SIZE * (own + 1.0 / own)
        };
        about[node].iter().map(of).sum()
    };
    let fixed: std::collections::BTreeSet<usize> = mesh.rim.iter().copied().collect();
    let mut steps = vec![0.1 * mean.abs().sqrt(); places.len()];
    for _ in 0..SWEEPS {
        for node in (0..places.len()).filter(|node| !fixed.contains(node)) {
            let (home, mut best) = (places[node], (energy(&places, node), places[node]));
            for (x, y) in [(1.0, 0.0), (0.7, 0.7), (0.0, 1.0), (-0.7, 0.7), (-1.0, 0.0), (-0.7, -0.7), (0.0, -1.0), (0.7, -0.7)] {
                places[node] = home + DVec2::new(x, y) * steps[node];
                let found = energy(&places, node);
                if found < best.0 {
                    best = (found, places[node]);
                }
            }
            places[node] = best.1;
            steps[node] *= if best.1 == home { 0.5 } else { 1.5 };
            // A node that rests looks farther again when its neighbours have moved.
            steps[node] = steps[node].max(1e-7);
        }
    }
    places
}
