//! What is open at the top has room inside; what hides things leaves no gap.

use glam::{Vec2, Vec3};
use raytruth_task::props::{Prop, PropKind, VARIANTS};

use super::outlines::{SIZE, View};
use super::{all, name};

/// Heights at which a vertical line at a place meets a prop, with whether it comes from above.
fn crossings(prop: &Prop, place: Vec2) -> Vec<(f32, bool)> {
    let mut met = Vec::new();
    for part in &prop.parts {
        for [a, b, c] in part.mesh.corners() {
            let [p, q, r] = [a, b, c].map(Vec3::truncate);
            let area = (q - p).perp_dot(r - p);
            let w = [(q - place).perp_dot(r - place), (r - place).perp_dot(p - place), (p - place).perp_dot(q - place)]
                .map(|w| w / area);
            if area != 0.0 && w.iter().all(|w| *w >= 0.0) {
                met.push((w[0] * a.z + w[1] * b.z + w[2] * c.z, area > 0.0));
            }
        }
    }
    met.sort_by(|a, b| b.0.total_cmp(&a.0));
    met
}

#[test]
fn the_way_down_the_middle_ends_on_the_floor_inside() {
    for prop in all().into_iter().filter(|prop| prop.kind.is_hollow()) {
        let top = prop.aabb().max.z;
        // Beside the axis too, off the seams: a twentieth of the width is free.
        let reach = 0.05 * prop.aabb().size().truncate().min_element();
        for place in [Vec2::new(1e-4, 2e-4), Vec2::new(reach, 0.31 * reach), Vec2::new(-0.62 * reach, -reach)] {
            let met = crossings(&prop, place);
            assert!(met.len() >= 2 && met[0].1, "{} at {place}: {met:?}", name(&prop));
            let floor = met[0].0;
            // On a stem, on wheels the floor lies high; three tenths of the height are room at least.
            assert!(floor < 0.7 * top, "{}: floor at {floor} of {top}", name(&prop));
        }
    }
}

/// Weights of places spread over a triangle, close enough for facets as long as a cup is high.
fn grid() -> impl Iterator<Item = [f32; 2]> {
    const STEPS: u16 = 16;
    (0..=STEPS).flat_map(|i| (0..=STEPS - i).map(move |j| [i, j].map(|k| f32::from(k) / f32::from(STEPS))))
}

#[test]
fn cups_go_over_a_ball() {
    for variant in 0..VARIANTS {
        let cup = Prop::new(PropKind::Cup, variant);
        let (pose, height) = (cup.upside_down(), cup.aabb().max.z);
        let lowest = cup.parts.iter().flat_map(|part| &part.mesh.positions).map(|p| pose.point(*p).z).fold(f32::MAX, f32::min);
        assert!(lowest.abs() < 1e-6 && (pose.vector(Vec3::NEG_Y) - Vec3::NEG_Y).length() < 1e-6);
        // A ball on the table, about the axis: nothing of the cup comes as near to its middle.
        let radius = 0.022;
        let nearest = cup
            .parts
            .iter()
            .flat_map(|part| part.mesh.corners())
            .map(|corners| corners.map(|p| pose.point(p)))
            .flat_map(|[a, b, c]| grid().map(move |[u, v]| a + u * (b - a) + v * (c - a)))
            .map(|p| p.distance(Vec3::Z * radius))
            .fold(f32::MAX, f32::min);
        assert!(nearest > radius + 0.002 && height > 2.0 * radius, "{}: {nearest}", name(&cup));
    }
}

#[test]
fn screens_leave_no_gap_from_edge_to_edge() {
    for variant in 0..VARIANTS {
        let screen = Prop::new(PropKind::Screen, variant);
        for azimuth in [0.0, 12.0, -12.0] {
            let picture = View { azimuth, elevation: 0.0 }.silhouette(&screen);
            for x in 0..SIZE {
                // From the uppermost pixel down to the floor, which is the last row.
                let column: Vec<bool> = (0..SIZE).map(|y| picture[y * SIZE + x]).collect();
                let Some(top) = column.iter().position(|&full| full) else { continue };
                let low = column.iter().rposition(|&full| full).expect("one");
                assert!(column[top..=low].iter().all(|&full| full), "{}: a gap in column {x}", name(&screen));
            }
        }
    }
}
