//! Lamps as meshes that shine, for path tracers.

use std::f32::consts::TAU;

use glam::{Vec2, Vec3};
use raytruth_scene::{LightShape, Mesh, Shape};

/// What stands for a lamp, in its own frame.
pub(super) struct Emitter {
    /// What shines.
    pub(super) front: Mesh,
    /// What is black: the back of lamps that shine along −z alone. Renderers let both sides of a mesh shine.
    pub(super) back: Option<Mesh>,
}

/// `None` for a shape that no mesh can stand for: nothing on a mesh keeps light within a cone.
pub(super) fn emitter(shape: &LightShape, segments: u32) -> Option<Emitter> {
    let segments = segments.clamp(8, 1024);
    match shape {
        LightShape::Rect { size } => {
            let h = 0.5 * *size;
            Some(plate(&[Vec2::new(-h.x, -h.y), Vec2::new(h.x, -h.y), h, Vec2::new(-h.x, h.y)]))
        }
        LightShape::Disk { radius } => {
            // As large as the disc: a polygon within it has less area.
            let turn = TAU / segments as f32;
            let radius = radius * (turn / turn.sin()).sqrt();
            Some(plate(&(0..segments).map(|i| radius * Vec2::from_angle(turn * i as f32)).collect::<Vec<_>>()))
        }
        LightShape::Sphere { radius } => {
            Some(Emitter { front: Shape::Sphere { radius: *radius }.tessellate(segments)?, back: None })
        }
        _ => None,
    }
}

/// A thin box over a convex outline that goes counter-clockwise about +z: its face along −z shines.
fn plate(outline: &[Vec2]) -> Emitter {
    let n = outline.len() as u32;
    let size = outline.iter().fold(0.0, |most: f32, p| most.max(p.length()));
    let thick = 2e-3 * size;
    let face = |z: f32| outline.iter().map(move |p| p.extend(z));
    let fan = |i: u32| [0, i + 1, i];
    let front = Mesh { positions: face(0.0).collect(), triangles: (1..n - 1).map(fan).collect(), ..Mesh::default() };
    let mut triangles: Vec<[u32; 3]> = (1..n - 1).map(|i| fan(i).map(|v| n + v)).map(|[a, b, c]| [a, c, b]).collect();
    for i in 0..n {
        let next = (i + 1) % n;
        triangles.extend([[i, next, n + next], [i, n + next, n + i]]);
    }
    let positions: Vec<Vec3> = face(0.0).chain(face(thick)).collect();
    Emitter { front, back: Some(Mesh { positions, triangles, ..Mesh::default() }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(mesh: &Mesh) -> (f32, Vec3) {
        let vectors: Vec<Vec3> = mesh.corners().map(|[a, b, c]| 0.5 * (b - a).cross(c - a)).collect();
        (vectors.iter().map(|v| v.length()).sum(), vectors.iter().sum())
    }

    #[test]
    fn plates_shine_along_minus_z_and_are_closed() {
        for (shape, wanted) in [
            (LightShape::Rect { size: Vec2::new(0.5, 0.2) }, 0.1),
            (LightShape::Disk { radius: 0.3 }, std::f32::consts::PI * 0.09),
        ] {
            let Emitter { front, back } = emitter(&shape, 64).expect("a plate");
            let (size, facing) = area(&front);
            assert!((size / wanted - 1.0).abs() < 1e-4 && facing.normalize().distance(Vec3::NEG_Z) < 1e-5, "{shape:?}: {size}");
            let mut whole = back.expect("a back");
            assert!(area(&whole).1.z > 0.0);
            let first = whole.positions.len() as u32;
            whole.positions.extend(front.positions);
            whole.triangles.extend(front.triangles.iter().map(|t| t.map(|i| first + i)));
            assert!(whole.open_edges() == 0 && whole.signed_volume() > 0.0);
        }
    }
}
