use glam::Vec2;

use super::{Form, Outline};

/// A surface of revolution about the z-axis, with four times `quarter` facets around it.
pub fn turned(quarter: usize, outline: &Outline) -> Form {
    lathe(Vec2::ZERO, quarter, outline)
}

/// The same pulled apart into a rectangle of half extents `core`: distances are counted from that rectangle, so that what was a
/// circle becomes a rectangle with rounded corners. An end of the outline at distance 0 is closed by a flat face.
pub fn lathe(core: Vec2, quarter: usize, outline: &Outline) -> Form {
    let sectors: Vec<(Vec2, Vec2)> = (0..4)
        .flat_map(|turn| (0..=quarter).map(move |i| (core * rotated(Vec2::ONE, turn), rotated(arc(i, quarter), turn))))
        .collect();
    let mut form = Form::default();
    let rows: Vec<Vec<u32>> = outline
        .0
        .iter()
        .map(|&(p, n)| {
            let mut vertex = |&(corner, d): &(Vec2, Vec2)| form.vertex((corner + d * p.x).extend(p.y), (d * n.x).extend(n.y));
            sectors.iter().map(&mut vertex).collect()
        })
        .collect();
    for pair in rows.windows(2) {
        for i in 0..sectors.len() {
            let j = (i + 1) % sectors.len();
            form.quad(pair[0][i], pair[0][j], pair[1][j], pair[1][i]);
        }
    }
    let (first, last) = (0, rows.len() - 1);
    let open = outline.0[first].0 != outline.0[last].0;
    let cap = |row: usize| [0, 1, 2, 3].map(|turn| rows[row][turn * (quarter + 1)]);
    if open && outline.0[first].0.x == 0.0 {
        let [a, b, c, d] = cap(first);
        form.quad(d, c, b, a);
    }
    if open && outline.0[last].0.x == 0.0 {
        let [a, b, c, d] = cap(last);
        form.quad(a, b, c, d);
    }
    form
}

/// A direction in the first quarter. The ends are exact, so that quarters meet.
fn arc(i: usize, quarter: usize) -> Vec2 {
    match i {
        0 => Vec2::X,
        i if i == quarter => Vec2::Y,
        i => Vec2::from_angle(std::f32::consts::FRAC_PI_2 * i as f32 / quarter as f32),
    }
}

/// By `turn` right angles, exactly.
fn rotated(v: Vec2, turn: usize) -> Vec2 {
    (0..turn).fold(v, |v, _| v.perp())
}
