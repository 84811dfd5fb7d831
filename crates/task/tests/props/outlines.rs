//! Props are told apart by their outlines alone, 64 pixels across.

use glam::{Vec2, Vec3};
use raytruth_task::props::{Prop, PropKind, VARIANTS};

use super::{all, name};

/// Pixels.
pub(super) const SIZE: usize = 64;

/// From far away, degrees: to the left of the front, and above the horizon.
#[derive(Clone, Copy)]
pub(super) struct View {
    pub(super) azimuth: f32,
    pub(super) elevation: f32,
}

/// As props are seen in rooms: from the front, and from the left, the right and above.
const VIEWS: [View; 3] =
    [View { azimuth: 0.0, elevation: 8.0 }, View { azimuth: 35.0, elevation: 20.0 }, View { azimuth: -60.0, elevation: 20.0 }];

impl View {
    /// What a prop covers of a square picture that it just fills, its proportions kept: full width or full height, on the lower edge.
    pub(super) fn silhouette(self, prop: &Prop) -> Vec<bool> {
        let (a, e) = (Vec2::from_angle(self.azimuth.to_radians()), Vec2::from_angle(self.elevation.to_radians()));
        let (right, away) = (Vec3::new(a.x, -a.y, 0.0), Vec3::new(a.y, a.x, 0.0));
        let up = Vec3::Z * e.x + away * e.y;
        let flat = |p: Vec3| Vec2::new(p.dot(right), p.dot(up));
        let points = || prop.parts.iter().flat_map(|part| &part.mesh.positions).map(|p| flat(*p));
        let (lo, hi) = points().fold((Vec2::INFINITY, Vec2::NEG_INFINITY), |(lo, hi), p| (lo.min(p), hi.max(p)));
        let scale = SIZE as f32 / (hi - lo).max_element();
        let pixel = |p: Vec3| {
            let q = (flat(p) - Vec2::new(0.5 * (lo.x + hi.x), lo.y)) * scale;
            Vec2::new(q.x + 0.5 * SIZE as f32, SIZE as f32 - q.y)
        };
        let mut picture = vec![false; SIZE * SIZE];
        for corners in prop.parts.iter().flat_map(|part| part.mesh.corners()) {
            fill(&mut picture, corners.map(pixel));
        }
        picture
    }
}

/// Every pixel whose centre lies in a triangle of either orientation.
fn fill(picture: &mut [bool], [a, b, c]: [Vec2; 3]) {
    let (lo, hi) = (a.min(b).min(c), a.max(b).max(c));
    let span = |lo: f32, hi: f32| (lo.floor().max(0.0) as usize)..(hi.ceil().clamp(0.0, SIZE as f32) as usize);
    for y in span(lo.y, hi.y) {
        for x in span(lo.x, hi.x) {
            let p = Vec2::new(x as f32 + 0.5, y as f32 + 0.5);
            let w = [(b - p).perp_dot(c - p), (c - p).perp_dot(a - p), (a - p).perp_dot(b - p)];
            picture[y * SIZE + x] |= w.iter().all(|w| *w >= 0.0) || w.iter().all(|w| *w <= 0.0);
        }
    }
}

/// Of what either covers, the part that only one does: 0 for equal outlines, 1 for none in common. The mean over the views.
fn distance(a: &[Vec<bool>], b: &[Vec<bool>]) -> f32 {
    let one = |a: &[bool], b: &[bool]| {
        let count = |f: fn(bool, bool) -> bool| a.iter().zip(b).filter(|(a, b)| f(**a, **b)).count() as f32;
        count(|a, b| a != b) / count(|a, b| a || b)
    };
    a.iter().zip(b).map(|(a, b)| one(a, b)).sum::<f32>() / a.len() as f32
}

#[test]
fn outlines_tell_kinds_and_variants_apart() {
    let props = all();
    let outlines: Vec<Vec<Vec<bool>>> =
        props.iter().map(|prop| VIEWS.iter().map(|view| view.silhouette(prop)).collect()).collect();
    let mut pairs = Vec::new();
    for i in 0..props.len() {
        for j in 0..i {
            let sisters = props[i].kind == props[j].kind;
            pairs.push((distance(&outlines[i], &outlines[j]), sisters, format!("{} and {}", name(&props[i]), name(&props[j]))));
        }
    }
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
    let nearest = |sisters: bool| pairs.iter().filter(move |pair| pair.1 == sisters);
    assert!(nearest(false).all(|pair| pair.0 > KINDS), "two kinds look alike: {:?}", nearest(false).next());
    assert!(nearest(true).all(|pair| pair.0 > SISTERS), "two variants look alike: {:?}", nearest(true).next());
    assert_eq!(nearest(true).count(), PropKind::ALL.len() * (VARIANTS * (VARIANTS - 1) / 2) as usize);
}

/// Least distance of two kinds: a fifth of what they cover together. Vase and cup come nearest, at 0.205.
const KINDS: f32 = 0.2;
/// Least distance of two variants of a kind. Plinths come nearest, at 0.28.
const SISTERS: f32 = 0.25;
