//! Where props stand, and how large they are.

use glam::{DVec3, Vec3};
use raytruth_scene::Aabb;
use raytruth_task::props::PropKind;

use super::{all, name};

#[test]
fn props_stand_on_the_ground_about_the_axis() {
    for prop in all() {
        let (bounds, size) = (prop.aabb(), prop.aabb().size());
        assert!(bounds.min.z.abs() < 1e-6, "{}: {}", name(&prop), bounds.min);
        // What is hollow is centred on its hollow; handles and lids reach out.
        let slack = if prop.kind.is_hollow() { 0.22 } else { 1e-5 };
        let off = bounds.center().truncate().abs() / size.truncate();
        assert!(off.max_element() < slack, "{}: {}", name(&prop), bounds.center());
    }
}

/// Plausible ranges of height and of the larger horizontal extent, metres.
fn range(kind: PropKind) -> ([f32; 2], [f32; 2]) {
    match kind {
        PropKind::Table => ([0.7, 0.78], [0.8, 2.0]),
        PropKind::Chair => ([0.75, 1.0], [0.4, 0.95]),
        PropKind::Stool => ([0.4, 0.8], [0.3, 0.55]),
        PropKind::Bench => ([0.4, 0.9], [1.1, 1.6]),
        PropKind::Shelf => ([1.2, 2.0], [0.6, 1.2]),
        PropKind::Lamp => ([0.4, 1.9], [0.15, 1.4]),
        PropKind::Plant => ([0.5, 1.1], [0.25, 0.9]),
        PropKind::Cup => ([0.05, 0.13], [0.08, 0.13]),
        PropKind::Box => ([0.15, 0.45], [0.3, 0.65]),
        PropKind::Cart => ([0.4, 0.75], [0.6, 1.7]),
        PropKind::Screen => ([1.0, 1.8], [0.8, 2.0]),
        PropKind::Crate => ([0.25, 0.7], [0.45, 0.7]),
        PropKind::Book => ([0.03, 0.26], [0.17, 0.36]),
        PropKind::Bottle => ([0.18, 0.34], [0.07, 0.2]),
        PropKind::Vase => ([0.25, 0.45], [0.12, 0.3]),
        PropKind::Bowl => ([0.08, 0.2], [0.14, 0.32]),
        PropKind::Pot => ([0.09, 0.27], [0.2, 0.42]),
        PropKind::Toolbox => ([0.2, 1.2], [0.4, 0.7]),
        PropKind::Clamp => ([0.15, 0.24], [0.1, 0.5]),
        PropKind::Spotlight => ([0.35, 1.8], [0.3, 0.9]),
        PropKind::Curtain => ([1.9, 2.2], [1.2, 2.3]),
        PropKind::Plinth => ([0.4, 1.1], [0.36, 0.95]),
        PropKind::Frame => ([0.2, 1.85], [0.2, 0.85]),
        other => panic!("{} has no range", other.name()),
    }
}

#[test]
fn sizes_are_those_of_the_world() {
    for prop in all() {
        let size = prop.aabb().size();
        let (height, width) = range(prop.kind);
        let within = |[lo, hi]: [f32; 2], x: f32| (lo..=hi).contains(&x);
        assert!(within(height, size.z) && within(width, size.x.max(size.y)), "{}: {size}", name(&prop));
    }
}

#[test]
fn props_do_not_tip_over() {
    let mut wrong = Vec::new();
    for prop in all() {
        let corners = || prop.parts.iter().flat_map(|part| part.mesh.corners());
        // Of one density, by tetrahedra from the origin.
        let (volume, moment) =
            corners().map(|c| c.map(Vec3::as_dvec3)).fold((0.0, DVec3::ZERO), |(volume, moment), [a, b, c]| {
                let v = a.dot(b.cross(c)) / 6.0;
                (volume + v, moment + 0.25 * v * (a + b + c))
            });
        let middle = (moment / volume).as_vec3();
        // It stands on what lies within 4 mm of the ground.
        let feet = Aabb::of(corners().flatten().filter(|p| p.z < 0.004));
        let [lo, hi] = [feet.min, feet.max].map(Vec3::truncate);
        let inside = middle.truncate().cmpge(lo).all() && middle.truncate().cmple(hi).all();
        if !inside {
            wrong.push(format!("{}: {middle} over {lo} to {hi}", name(&prop)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
