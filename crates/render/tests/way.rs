//! Where rays that leave a surface start: just beside it, or, where a coarse mesh stands for a smooth one, from the smooth surface.

mod gpu;

use glam::Vec3;
use gpu::{Scene, gpu, with_fault};

const KERNEL: &str = include_str!("kernels/way.wgsl");
const LIFT: Vec3 = Vec3::new(0.0, 0.1, 0.5);

/// Where rays start; `None` where they must not.
fn ways(cases: &[(Vec3, Vec3, f32)]) -> Vec<Option<Vec3>> {
    let input: Vec<f32> = cases
        .iter()
        .flat_map(|(lift, direction, above)| [lift.extend(*above), direction.extend(0.0)])
        .flat_map(|v| v.to_array())
        .collect();
    let out = gpu().run(KERNEL, &["SMOOTH_NORMALS"], &Scene::default(), &input, 4 * cases.len(), 1);
    out.chunks_exact(4).map(|c| (c[3] > 0.0).then(|| Vec3::new(c[0], c[1], c[2]))).collect()
}

fn rays_start_where_they_must() -> Result<(), String> {
    let (up, down) = (Vec3::new(0.6, 0.0, 0.8), Vec3::new(0.6, 0.0, -0.8));
    // The lift, the direction, and its cosine with the shading normal; where it starts, and on which side.
    let cases = [
        ("above both", (LIFT, up, 0.5), Some((Vec3::ZERO, 1.0))),
        ("below both", (LIFT, down, -0.5), Some((Vec3::ZERO, -1.0))),
        ("above the smooth surface alone", (LIFT, down, 0.5), Some((LIFT, 1.0))),
        ("above the true surface alone", (LIFT, up, -0.5), None),
        ("above the shading normal of what is flat", (Vec3::ZERO, down, 0.5), None),
        ("below the shading normal of what is flat", (Vec3::ZERO, up, -0.5), None),
    ];
    for ((what, _, expected), way) in cases.iter().zip(ways(&cases.map(|c| c.1))) {
        let fits = match (way, expected) {
            (Some(start), Some((place, side))) => {
                let aside = start - *place;
                aside.length() < 1e-2 && aside.z * side > 0.0
            }
            (way, expected) => way.is_none() && expected.is_none(),
        };
        if !fits {
            return Err(format!("{what}: {way:?}"));
        }
    }
    Ok(())
}

#[test]
fn rays_start_beside_the_true_surface_or_on_the_smooth_one() {
    rays_start_where_they_must().unwrap_or_else(|e| panic!("{e}"));
}

#[test]
fn faults_are_found() {
    for (from, to) in [
        ("!agrees && above > 0.0 &&", "!agrees &&"),
        ("&& any(p.lift != vec3f(0.0))", ""),
        ("offset_point(p.position + p.lift, normal)", "offset_point(p.position, normal)"),
        ("select(-normal, normal, side > 0.0)", "normal"),
        ("side * above > 0.0", "side > 0.0"),
    ] {
        assert!(with_fault(from, to, || rays_start_where_they_must().is_err()), "nobody sees `{to}` for `{from}`");
    }
}
