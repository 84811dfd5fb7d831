//! What things cost, on one thread. `cargo bench -p raytruth-knots`.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use glam::DVec3;
use raytruth_knots::curve::{Link, Polygon, clearance};
use raytruth_knots::diagram::{Diagram, Sign, View, project};
use raytruth_knots::drawing::lift;
use raytruth_knots::invariant::{alexander, jones, signature};
use raytruth_knots::motion::{Flow, Motion, Strand, Tangling, certify, certify_step, flow, tangle};
use raytruth_knots::operation::{add_bigon, simplified};
use raytruth_knots::table::{find, identify};

/// The closed alternating braid `(σ₁ σ₂⁻¹ σ₃)ᵏ` of four strands cut short to 40 crossings, whose diagram is 8 strands wide.
fn braid(crossings: usize) -> Diagram {
    // Of each strand the passings, as the braid is followed once around.
    let mut last: Vec<Vec<i64>> = vec![Vec::new(); 4];
    let (mut at, mut signs) = ([0, 1, 2, 3], Vec::new());
    for k in 0..crossings {
        let column = k % 3;
        let positive = column != 1;
        signs.push(if positive { Sign::Positive } else { Sign::Negative });
        let number = k as i64 + 1;
        // Of a positive crossing the strand that comes from the left is above.
        last[at[column]].push(if positive { number } else { -number });
        last[at[column + 1]].push(if positive { -number } else { number });
        at.swap(column, column + 1);
    }
    let mut code = Vec::new();
    let mut done = [false; 4];
    for start in 0..4 {
        let (mut strand, mut component) = (start, Vec::new());
        while !done[strand] {
            done[strand] = true;
            component.extend(last[strand].iter().copied());
            // The place where it ends is where the next begins.
            strand = at.iter().position(|s| *s == strand).expect("it ends somewhere");
        }
        if !component.is_empty() {
            code.push(component);
        }
    }
    Diagram::from_gauss_code(&code, &signs).expect("a closed braid")
}

fn knot(name: &str, vertices: usize) -> Link {
    let link = lift(&find(name).expect("in the table").diagram, 0.15, vertices).expect("a curve");
    flow(&link, Strand::Thin, Flow { steps: 60, stride: 0.3 }).expect("safe").last().clone()
}

fn invariants(criterion: &mut Criterion) {
    let forty = braid(40);
    assert_eq!(forty.crossing_count(), 40);
    let mut group = criterion.benchmark_group("braid of 40 crossings");
    group.bench_function("jones", |b| b.iter(|| jones(black_box(&forty))));
    group.bench_function("alexander", |b| b.iter(|| alexander(black_box(&forty))));
    group.bench_function("signature", |b| b.iter(|| signature(black_box(&forty))));
    group.finish();
    let mut state = 1_u64;
    let mut unit = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    let random = Polygon::new((0..60).map(|_| DVec3::new(unit(), unit(), unit())).collect::<Vec<_>>()).expect("random");
    let random = project(&random.into(), View::top()).expect("general").diagram;
    criterion.bench_function("signature of a random polygon of 60 edges", |b| b.iter(|| signature(black_box(&random))));
    let mut tangled = find("8_18").expect("in the table").diagram.clone();
    for k in 0..8 {
        let faces = tangled.faces();
        let face = faces.iter().filter(|face| face.len() > 2).nth(k).expect("a face");
        tangled = add_bigon(&tangled, face[0], face[2], k % 2 == 0).expect("one face");
    }
    let mut group = criterion.benchmark_group("8_18 with 24 crossings");
    group.bench_function("simplified", |b| b.iter(|| simplified(black_box(&tangled))));
    group.bench_function("identify", |b| b.iter(|| identify(black_box(&tangled))));
    group.finish();
}

fn curves(criterion: &mut Criterion) {
    let link = knot("4_1", 120);
    let view = View::from_direction(DVec3::new(0.1, 0.2, 1.0)).expect("a direction");
    let strand = Strand::Tube { radius: 0.15 * clearance(&link).reach() };
    let shifted = link.map(|p| p * 1.01 + DVec3::X * 0.01).expect("as good");
    let mut group = criterion.benchmark_group("4_1 of 120 vertices");
    group.bench_function("project", |b| b.iter(|| project(black_box(&link), view)));
    group.bench_function("clearance", |b| b.iter(|| clearance(black_box(&link))));
    group.bench_function("certify a step", |b| b.iter(|| certify_step(black_box(&link), &shifted, strand)));
    group.sample_size(10);
    group.bench_function("flow of 100 steps", |b| b.iter(|| flow(black_box(&link), strand, Flow { steps: 100, stride: 0.25 })));
    let how = Tangling { view: View::top(), crossings: 4, strand, seed: 1, tries: 20_000 };
    group.bench_function("tangle by 4 crossings", |b| b.iter(|| tangle(black_box(&link), how)));
    let motion = tangle(&link, how).and_then(|motion| Motion::new(motion.frames())).expect("a tangling");
    group.bench_function("certify that", |b| b.iter(|| certify(black_box(&motion), strand)));
    group.finish();
    let diagram = &find("8_18").expect("in the table").diagram;
    criterion.bench_function("lift 8_18", |b| b.iter(|| lift(black_box(diagram), 0.15, 120)));
}

criterion_group!(benches, invariants, curves);
criterion_main!(benches);
