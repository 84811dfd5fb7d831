//! Pictures of what surrounds a scene, as exporters need them.

use std::f32::consts::PI;

use glam::Vec3;
use raytruth_scene::{Panorama, Sky};

/// The extension that has a picture of the sky.
pub(crate) const IMAGE_BASED: &str = "EXT_lights_image_based";
/// The width of a picture of the sky; it is half as high.
const WIDTH: usize = 2048;

/// A picture of a sky, without the sun's disc; of large ones the means of blocks.
pub(crate) fn panorama(sky: &Sky<'_>) -> Panorama {
    if let Some(picture) = sky.picture() {
        let [width, height] = picture.size;
        let block = width.div_ceil(WIDTH).max(height.div_ceil(WIDTH)).max(1);
        let size = [width.div_ceil(block), height.div_ceil(block)];
        let mean = |i: usize| {
            let (x, y) = (i % size[0] * block, i / size[0] * block);
            let rows = y..(y + block).min(height);
            let texels = rows.flat_map(|y| (x..(x + block).min(width)).map(move |x| y * width + x));
            let (sum, n) = texels.fold((Vec3::ZERO, 0.0), |(sum, n), i| (sum + picture.values[i], n + 1.0));
            sum / n
        };
        return Panorama { size, values: (0..size[0] * size[1]).map(mean).collect(), rotation: picture.rotation };
    }
    // A gradient is the same all around.
    let size = [4, WIDTH / 2];
    let fine = 4;
    let row = |y: usize| {
        let at = |k: usize| ((y * fine + k) as f32 + 0.5) * PI / (size[1] * fine) as f32;
        (0..fine).map(|k| sky.radiance(Vec3::new(at(k).sin(), 0.0, at(k).cos()))).sum::<Vec3>() / fine as f32
    };
    Panorama { size, values: (0..size[0] * size[1]).map(|i| row(i / size[0])).collect(), rotation: 0.0 }
}

/// The median over all directions of the brightest channel.
pub(crate) fn median(picture: &Panorama) -> f32 {
    let weight = |i: usize| picture.solid_angle(i / picture.size[0]);
    let mut values: Vec<(f32, f32)> = picture.values.iter().enumerate().map(|(i, v)| (v.max_element(), weight(i))).collect();
    values.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let half = 0.5 * values.iter().map(|v| v.1).sum::<f32>();
    let mut below = 0.0;
    let middle = values.iter().find(|v| {
        below += v.1;
        below >= half
    });
    middle.map_or(0.0, |v| v.0)
}

#[cfg(test)]
mod tests {
    use glam::Vec2;
    use raytruth_scene::{Camera, Environment, Image, Scene};

    use super::*;

    fn scene(environment: Environment) -> Scene {
        Scene { environment, ..Scene::new(Camera::look_at(Vec3::X, Vec3::ZERO, 1.0)) }
    }

    #[test]
    fn a_gradient_is_painted_row_by_row() {
        let scene = scene(Environment::Gradient { zenith: Vec3::X, horizon: Vec3::Y, ground: Vec3::Z, sun: None });
        let sky = Sky::new(&scene);
        let panorama = panorama(&sky);
        for y in [3, 300, 511, 520, 900] {
            let at = Panorama::direction(Vec2::new(0.3, (y as f32 + 0.5) / panorama.size[1] as f32));
            assert!(panorama.values[y * 4].distance(sky.radiance(at)) < 0.02, "{y}");
        }
    }

    #[test]
    fn large_pictures_are_means_of_blocks() {
        let values = (0..4096 * 2).map(|i| [(i % 2 + i / 4096) as f32; 3]).collect();
        let mut scene = scene(Environment::Image { image: "i".into(), strength: 2.0, rotation: 0.5 });
        scene.images.insert("i".into(), Image::linear(4096, 2, values).expect("pixels"));
        let panorama = panorama(&Sky::new(&scene));
        assert!(panorama.size == [2048, 1] && panorama.rotation == 0.5);
        // By hand: two times the mean of 0, 1, 1 and 2.
        assert!(panorama.values.iter().all(|v| *v == Vec3::splat(2.0)));
    }

    #[test]
    fn the_median_is_over_directions() {
        // By hand: of four rows those at the poles have 1 − cos 45° = 0.29 of the directions.
        let rows = |values: [f32; 4]| Panorama { size: [1, 4], values: values.map(Vec3::splat).to_vec(), rotation: 0.0 };
        assert_eq!(median(&rows([9.0, 1.0, 2.0, 9.0])), 2.0);
    }
}
