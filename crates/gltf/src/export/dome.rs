//! The sky as a mesh that shines, for path tracers whose importers know no environment.
//!
//! A ball around everything, looked at from within. Its image has the sky's display colours, `KHR_materials_emissive_strength` the
//! brightest value. What is much brighter than the rest would take all of the eight bits: it is a second ball within, of those cells
//! alone in which there is any, and nearly transparent, so that its light adds to what lies behind.

use std::f32::consts::PI;

use glam::{Vec2, Vec3};
use raytruth_scene::{Image, Mesh, Panorama, Scene, Sun};

use crate::{picture, sky};

/// How many times as far as the scene is wide.
const FAR: f32 = 30.0;
/// How far the highlights and the sun lie within it.
const WITHIN: f32 = 0.98;
/// Cells around and from pole to pole.
const CELLS: [usize; 2] = [64, 32];
/// Times the median up to which the first layer reaches.
const BRIGHT: f32 = 16.0;
/// Alpha of what adds light alone, exact in eight bits.
pub(super) const SHEER: f32 = 1.0 / 255.0;

/// Where the dome is: its middle and radius.
pub(super) fn place(scene: &Scene) -> (Vec3, f32) {
    let frames = [0, scene.frames() - 1];
    let boxes = (0..scene.objects.len()).flat_map(|i| frames.map(|frame| scene.object_aabb(i, frame)));
    let corners = boxes.filter(|b| !b.is_empty()).flat_map(|b| [b.min, b.max]);
    let lamps = scene.lights.iter().map(|l| l.pose.translation);
    let cameras = frames.map(|frame| scene.camera.pose_at(frame).translation);
    let points = || corners.clone().chain(lamps.clone()).chain(cameras);
    let (low, high) = points().fold((Vec3::INFINITY, Vec3::NEG_INFINITY), |(a, b), p| (a.min(p), b.max(p)));
    (0.5 * (low + high), FAR * (0.5 * (high - low).length()).max(0.1))
}

/// A layer of the sky: what it shows where, and how strongly at the image's white.
pub(super) struct Layer {
    pub(super) mesh: Mesh,
    pub(super) image: Image,
    pub(super) strength: f32,
}

/// The layers of a sky on a ball of radius 1, the one that is opaque first. None where it is black.
pub(super) fn layers(sky: &Panorama) -> Vec<Layer> {
    let peak = |values: &[Vec3]| values.iter().copied().fold(Vec3::ZERO, Vec3::max).max_element();
    let most = peak(&sky.values);
    if most <= 0.0 {
        return Vec::new();
    }
    let median = sky::median(sky);
    let first = if median > 0.0 { most.min(BRIGHT * median) } else { most };
    let mut found: Vec<Layer> = layer(sky, &sky.values, first, |_| true).into_iter().collect();
    let over: Vec<Vec3> = sky.values.iter().map(|v| (*v - first).max(Vec3::ZERO)).collect();
    if peak(&over) > 0.0 {
        let [width, height] = sky.size;
        let bright = |[column, row]: [usize; 2]| {
            let range =
                |cell: usize, cells: usize, size: usize| (cell * size / cells)..((cell + 1) * size).div_ceil(cells).min(size);
            range(row, CELLS[1], height).any(|y| range(column, CELLS[0], width).any(|x| over[y * width + x] != Vec3::ZERO))
        };
        found.extend(layer(sky, &over, peak(&over), bright));
    }
    found
}

fn layer(sky: &Panorama, values: &[Vec3], strength: f32, shown: impl Fn([usize; 2]) -> bool) -> Option<Layer> {
    let pixels = values.iter().map(|v| picture::display((*v / strength).to_array())).collect();
    let [width, height] = sky.size.map(|n| n as u32);
    Some(Layer { mesh: ball(shown), image: Image::srgb8(width, height, pixels).ok()?, strength })
}

/// The cells of a ball of radius 1 that are shown, seen from within.
pub(super) fn ball(shown: impl Fn([usize; 2]) -> bool) -> Mesh {
    let mut mesh = Mesh::default();
    for (row, column) in (0..CELLS[1]).flat_map(|row| (0..CELLS[0]).map(move |column| (row, column))) {
        if !shown([column, row]) {
            continue;
        }
        let corner =
            |dx: usize, dy: usize| Vec2::new((column + dx) as f32 / CELLS[0] as f32, (row + dy) as f32 / CELLS[1] as f32);
        let first = mesh.positions.len() as u32;
        for at in [corner(0, 0), corner(1, 0), corner(0, 1), corner(1, 1)] {
            // The seam and the poles are the same place to the bit.
            let place = Vec2::new(at.x % 1.0, at.y);
            let pole = at.y == 0.0 || at.y == 1.0;
            mesh.positions.push(if pole { Vec3::Z * (1.0 - 2.0 * at.y) } else { Panorama::direction(place) });
            mesh.texcoords.push(at);
        }
        // The caps' triangles that have no area go. Columns go to the right as one looks out.
        if row > 0 {
            mesh.triangles.push([first, first + 3, first + 1]);
        }
        if row + 1 < CELLS[1] {
            mesh.triangles.push([first, first + 2, first + 3]);
        }
    }
    mesh
}

/// A sun's distance on a dome of radius 1, the radius of its disc there, and its radiance.
pub(super) fn sun_disc(sun: &Sun) -> (f32, f32, Vec3) {
    // Wider ones than the scene format allows would not fit.
    let angle = sun.angular_radius.min(1.5);
    let distance = WITHIN * angle.cos();
    (distance, WITHIN * angle.sin(), sun.irradiance / (PI * angle.sin().powi(2)))
}

/// Radius of a layer on a dome of radius 1.
pub(super) const fn radius(layer: usize) -> f32 {
    if layer == 0 { 1.0 } else { WITHIN }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sky(values: Vec<Vec3>, size: [usize; 2]) -> Panorama {
        Panorama { size, values, rotation: 0.0 }
    }

    #[test]
    fn a_dome_is_closed_and_faces_inwards() {
        let dome = ball(|_| true);
        assert_eq!(dome.open_edges(), 0);
        let volume = dome.signed_volume();
        assert!((volume / (-4.0 / 3.0 * std::f64::consts::PI) - 1.0).abs() < 0.01, "{volume}");
    }

    /// Whatever the layers, they add up to the sky within what eight bits hold.
    #[test]
    fn layers_add_up_to_the_sky() {
        let mut values: Vec<Vec3> = (0..64 * 32).map(|i| Vec3::new(0.3, 0.4, 0.5) * (1.0 + (i % 7) as f32 * 0.1)).collect();
        values[700] = Vec3::new(9000.0, 8000.0, 5000.0);
        let layers = layers(&sky(values.clone(), [64, 32]));
        assert_eq!(layers.len(), 2);
        let cells = layers[1].mesh.triangles.len();
        assert!((2..=12).contains(&cells), "highlights are where they are: {cells} triangles");
        for i in [0, 5, 333, 700, 2000] {
            let sum: Vec3 = layers.iter().map(|l| l.strength * Vec3::from(l.image.to_linear()[i])).sum();
            assert!((sum - values[i]).abs().max_element() < 0.02 * values[i].max_element(), "{i}: {sum} {}", values[i]);
        }
    }

    #[test]
    fn a_sun_keeps_its_irradiance() {
        let sun = Sun { direction: Vec3::Z, irradiance: Vec3::splat(3.0), angular_radius: 0.3 };
        let (distance, radius, radiance) = sun_disc(&sun);
        // By hand: a disc seen under half an angle a gives π L sin² a.
        let sine = radius / distance.hypot(radius);
        assert!((PI * radiance.x * sine * sine - 3.0).abs() < 1e-4 && distance.hypot(radius) < 1.0);
    }
}
