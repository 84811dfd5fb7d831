use glam::Vec3;

use super::Form;

const STEP: f32 = 1e-3;

/// A sheet of even thickness: leaves, cloth, seats. `middle` gives a place for two numbers in 0..=1, of which the first has
/// `cells[0]` facets; it is asked a little beyond them, too.
pub fn sheet(cells: [usize; 2], thickness: f32, middle: impl Fn(f32, f32) -> Vec3) -> Form {
    let normal = |u, v| slope(u, v, &middle);
    build(cells, |u, v| {
        let (p, n) = (middle(u, v), normal(u, v));
        [(p + 0.5 * thickness * n, n), (p - 0.5 * thickness * n, -n)]
    })
}

/// What lies between two surfaces. The numbers run counter-clockwise seen from the side of the first.
pub fn slab(cells: [usize; 2], upper: impl Fn(f32, f32) -> Vec3, lower: impl Fn(f32, f32) -> Vec3) -> Form {
    build(cells, |u, v| [(upper(u, v), slope(u, v, &upper)), (lower(u, v), -slope(u, v, &lower))])
}

/// The normal of a surface.
fn slope(u: f32, v: f32, surface: impl Fn(f32, f32) -> Vec3) -> Vec3 {
    let du = surface(u + STEP, v) - surface(u - STEP, v);
    let dv = surface(u, v + STEP) - surface(u, v - STEP);
    du.cross(dv).normalize()
}

/// From places and normals on both sides.
fn build([across, along]: [usize; 2], sides: impl Fn(f32, f32) -> [(Vec3, Vec3); 2]) -> Form {
    let mut form = Form::default();
    let places: Vec<(usize, usize)> = (0..=along).flat_map(|j| (0..=across).map(move |i| (i, j))).collect();
    let grid: Vec<_> = places.iter().map(|&(i, j)| sides(i as f32 / across as f32, j as f32 / along as f32)).collect();
    let at = |i: usize, j: usize| j * (across + 1) + i;
    for side in 0..2 {
        let ids: Vec<u32> = grid.iter().map(|g| form.vertex(g[side].0, g[side].1)).collect();
        for j in 0..along {
            for i in 0..across {
                let [a, b, c, d] = [at(i, j), at(i + 1, j), at(i + 1, j + 1), at(i, j + 1)].map(|k| ids[k]);
                if side == 0 { form.quad(a, b, c, d) } else { form.quad(d, c, b, a) }
            }
        }
    }
    // Once around, counter-clockwise seen from the first side.
    let edges: [Vec<usize>; 4] = [
        (0..=across).map(|i| at(i, 0)).collect(),
        (0..=along).map(|j| at(across, j)).collect(),
        (0..=across).rev().map(|i| at(i, along)).collect(),
        (0..=along).rev().map(|j| at(0, j)).collect(),
    ];
    for edge in &edges {
        let mut last: Option<[u32; 2]> = None;
        for (k, &id) in edge.iter().enumerate() {
            let (before, after) = (edge[k.saturating_sub(1)], edge[(k + 1).min(edge.len() - 1)]);
            let [(above, normal), (below, _)] = grid[id];
            let tangent = grid[after][0].0 - grid[before][0].0;
            // Across the edge's own face where the sides lie apart.
            let up = (above - below).try_normalize().unwrap_or(normal);
            let outward = tangent.cross(up).normalize();
            let pair = [above, below].map(|p| form.vertex(p, outward));
            if let Some(last) = last {
                form.quad(last[1], pair[1], pair[0], last[0]);
            }
            last = Some(pair);
        }
    }
    form
}
