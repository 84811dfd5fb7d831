//! Degenerate and hostile input: an error in words, never a panic and never a wrong answer.

use glam::DVec3;
use raytruth_knots::Error;
use raytruth_knots::curve::Link;
use raytruth_knots::diagram::{Degenerate, Diagram, Sign, View, project};
use raytruth_knots::invariant::{MAX_WIDTH, alexander, jones};
use raytruth_knots::motion::{Flow, Motion, Refused, Strand, Tangling, certify, certify_step, flow, tangle};

fn link(points: &[[f64; 3]]) -> Result<Link, Error> {
    Link::from_vertices([points.iter().map(|p| DVec3::from_array(*p)).collect::<Vec<_>>()])
}

const SQUARE: [[f64; 3]; 4] = [[0.0, 0.0, 0.0], [1.0, 0.0, 0.1], [1.0, 1.0, 0.0], [0.0, 1.0, 0.2]];

#[test]
fn bad_curves_are_refused() {
    assert!(matches!(link(&[[0.0; 3]]), Err(Error::TooFewVertices { count: 1, .. })));
    assert!(matches!(link(&[[0.0; 3]; 5]), Err(Error::RepeatedVertex { .. })));
    assert!(matches!(link(&[[0.0; 3], [f64::NAN; 3], [1.0; 3]]), Err(Error::NotFinite { vertex: 1, .. })));
    assert!(matches!(link(&[[0.0; 3], [f64::INFINITY; 3], [1.0; 3]]), Err(Error::NotFinite { .. })));
    assert_eq!(Link::from_vertices(Vec::<Vec<DVec3>>::new()), Err(Error::NoComponent));
    let many: Vec<[f64; 3]> = (0..1_000_000).map(|k| [f64::from(k), f64::from(k % 7), 0.0]).collect();
    assert!(matches!(link(&many), Err(Error::TooManyVertices { count: 1_000_000, .. })));
    let parts = (0..30_000).map(|k| SQUARE.iter().map(|p| DVec3::from_array(*p) + DVec3::X * f64::from(k)).collect::<Vec<_>>());
    assert!(matches!(Link::from_vertices(parts), Err(Error::TooManyVertices { .. })));
}

#[test]
fn degenerate_views_are_refused_with_their_reason() {
    let seen = |points: &[[f64; 3]]| project(&link(points).expect("a polygon"), View::top()).map(|p| p.diagram.crossing_count());
    let view = |reason: Degenerate| Err(Error::View(reason));
    assert_eq!(seen(&SQUARE), Ok(0));
    assert_eq!(seen(&[[0.0, 0.0, 0.0], [0.0, 0.0, 1.0], [1.0, 0.0, 1.0], [1.0, 1.0, 0.0]]), view(Degenerate::EdgeOn(0)));
    assert_eq!(seen(&[[0.0, 0.0, 0.0], [2.0, 0.0, 1.0], [1.0, 0.0, 2.0], [1.0, 1.0, 0.0]]), view(Degenerate::Fold(0, 1)));
    let touching = [[0.0, 0.0, 0.0], [2.0, 2.0, 0.0], [2.0, 0.0, 0.0], [0.0, 2.0, 0.0]];
    assert_eq!(seen(&touching), view(Degenerate::Touch(0, 2)));
    let on_edge = [[0.0, 0.0, 0.0], [2.0, 0.0, 0.0], [2.0, 2.0, 0.0], [1.0, 0.0, 1.0], [0.0, 2.0, 0.0]];
    assert!(matches!(seen(&on_edge), Err(Error::View(Degenerate::VertexOnEdge(0, 2 | 3)))));
    // The same edge twice, one above the other, and one in the other.
    let doubled = |z: f64| [[0.0, 0.0, 0.0], [1.0, 0.0, 0.0], [1.0, 1.0, 0.0], [0.0, 0.0, z], [1.0, 0.0, z], [0.5, -1.0, 0.0]];
    assert!(matches!(seen(&doubled(1.0)), Err(Error::View(_))));
    assert!(matches!(seen(&doubled(1e-30)), Err(Error::View(_))));
    let star = [[-1.0, 0.0, 0.0], [1.0, 0.0, 0.0], [0.5, 1.0, 1.0], [-0.5, -1.0, 1.0], [0.5, -1.0, 2.0], [-0.5, 1.0, 2.0]];
    assert!(matches!(seen(&star), Err(Error::View(Degenerate::TriplePoint(..)))));
    for direction in [DVec3::ZERO, DVec3::NAN, DVec3::INFINITY] {
        assert!(matches!(View::from_direction(direction), Err(Error::OutOfRange { .. })));
    }
}

#[test]
fn a_curve_far_from_the_origin_or_tiny_shows_the_same() {
    let star = |k: f64| DVec3::new(libm::cos(k * 2.4), libm::sin(k * 2.4), 0.3 * libm::cos(k * 1.7));
    let points: Vec<DVec3> = (0..9).map(|k| star(f64::from(k))).collect();
    let count = |map: &dyn Fn(DVec3) -> DVec3| {
        let link = Link::from_vertices([points.iter().map(|p| map(*p)).collect::<Vec<_>>()]).expect("a polygon");
        project(&link, View::top()).expect("general").diagram
    };
    let here = count(&|p| p);
    assert!(here.crossing_count() > 5);
    assert_eq!(count(&|p| p * 1e-40), here);
    assert_eq!(count(&|p| p * 1e40), here);
    assert_eq!(count(&|p| p + DVec3::splat(1e4)), here);
}

#[test]
fn bad_codes_are_refused() {
    let pd = |code: &[[u32; 4]]| Diagram::from_pd(code).expect_err("no diagram").to_string();
    assert!(pd(&[[1, 2, 3, 4]]).contains("1 ends, not 2"));
    assert!(pd(&[[1, 1, 1, 1]]).contains("4 ends, not 2"));
    // A virtual knot: it lies on a torus.
    assert!(pd(&[[1, 2, 2, 1], [3, 4, 3, 4]]).len() > 20);
    assert!(matches!(Diagram::from_gauss_code(&[vec![1, -2, -1, 2]], &[Sign::Positive; 2]), Err(Error::NotPlanar { .. })));
    for code in [vec![0], vec![1], vec![1, 1], vec![3, -3], vec![i64::MIN, 1]] {
        assert!(matches!(Diagram::from_gauss_code(&[code], &[Sign::Positive]), Err(Error::BadCode(_))));
    }
    assert_eq!(Diagram::from_pd(&[]), Ok(Diagram::unlink(0)));
}

#[test]
fn what_is_too_wide_is_refused_and_what_is_long_is_not() {
    // A mat of two families of rings: wide whichever way it is cut.
    let side = 24_u32;
    let ring = |k: u32, flat: bool| {
        let (row, far) = (f64::from(k) + 0.25, f64::from(side) + 1.0);
        let line = [[-1.0, row, 0.5], [far, row + 0.01, 0.5], [far, row + 0.3, 9.0], [-1.0, row + 0.35, 9.0]];
        line.map(|[x, y, z]| if flat { DVec3::new(x, y, z) } else { DVec3::new(y, x, -z) }).to_vec()
    };
    let mat = (0..side).flat_map(|k| [ring(k, true), ring(k, false)]);
    let shown =
        project(&Link::from_vertices(mat).expect("rings"), View::from_direction(DVec3::new(0.013, 0.007, 1.0)).expect("one"));
    let diagram = shown.expect("general").diagram;
    assert!(
        matches!(jones(&diagram), Err(Error::TooWide { width, .. }) if width > MAX_WIDTH),
        "{} crossings",
        diagram.crossing_count()
    );
    // A braid of two strands with 120 crossings is long, and 4 wide.
    let code: Vec<i64> = (0..121_i64).map(|k| (k + 1) * if k % 2 == 0 { 1 } else { -1 }).collect();
    let twice: Vec<i64> = code.iter().copied().chain(code.iter().map(|c| -c)).collect();
    let long = Diagram::from_gauss_code(&[twice], &[Sign::Positive; 121]).expect("a torus knot");
    // T(2, 121): Jones polynomial from t^60, Alexander polynomial of 121 terms ±1.
    assert_eq!(jones(&long).expect("long").low(), 120);
    assert_eq!(alexander(&long).expect("long").coefficients().iter().filter(|c| c.abs() == 1).count(), 121);
}

#[test]
fn bad_motions_are_refused() {
    let square = link(&SQUARE).expect("a square");
    let other = link(&SQUARE[..3]).expect("a triangle");
    assert_eq!(Motion::new([square.clone(), other.clone()]), Err(Error::FramesDiffer(1)));
    assert_eq!(Motion::new([]), Err(Error::NoComponent));
    assert_eq!(certify_step(&square, &other, Strand::Thin), Err(Error::FramesDiffer(1)));
    for radius in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(matches!(certify_step(&square, &square, Strand::Tube { radius }), Err(Error::OutOfRange { .. })));
    }
    // Turned inside out through one point, every pair of edges meets at once.
    let turned = square.map(|p| DVec3::new(0.5, 0.5, 0.1) * 2.0 - p).expect("as good");
    assert!(matches!(
        certify_step(&square, &turned, Strand::Thin),
        Err(Error::Motion(Refused::Meet { .. } | Refused::Fold { .. }))
    ));
    // Edges that lie in each other.
    let doubled = link(&[[0.0; 3], [1.0, 0.0, 0.0], [1.0, 1.0, 0.0], [0.2, 0.0, 0.0], [0.8, 0.0, 0.0], [0.5, -1.0, 0.0]])
        .expect("a polygon");
    assert!(certify(&Motion::new([doubled.clone()]).expect("one frame"), Strand::Thin).is_err());
    assert!(flow(&doubled, Strand::Thin, Flow::default()).is_err());
    assert!(flow(&square, Strand::Thin, Flow { steps: 1, stride: f64::NAN }).is_err());
    let how = Tangling { view: View::top(), crossings: 50, strand: Strand::Thin, seed: 1, tries: 20 };
    assert!(matches!(tangle(&square, how), Err(Error::NotFound { tries: 20, .. })));
    assert!(matches!(tangle(&square, Tangling { crossings: usize::MAX, ..how }), Err(Error::NotFound { .. })));
}
