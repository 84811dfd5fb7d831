//! Procedural patterns to images: glTF has no words for them.
//!
//! A mesh is looked at from the six directions of its own axes; each triangle goes to a picture from the one that it faces most. What
//! hides something from there has a picture of its own. The pictures lie below each other in one image. Its texels lie on the pattern's features, so that checks on flat faces are exact.

mod atlas;
mod pattern;
mod views;

use glam::Vec3;
use raytruth_scene::{Image, Material, Mesh, Pattern};

use crate::picture;
use atlas::Atlas;

/// A mesh with its pattern as images over it.
pub(crate) struct Baked {
    /// The same triangles with texture coordinates of their own.
    pub(crate) mesh: Mesh,
    /// Display colours.
    pub(crate) color: Image,
    /// Roughness in green; none where the pattern does not change it.
    pub(crate) roughness: Option<Image>,
    /// Whether texels have edges to be seen: they are not to be blended.
    pub(crate) sharp: bool,
}

/// Bakes the pattern of a material over a mesh, in images of about `texels` along their longer side at most. `tint` is what of the
/// colour is seen where the material lets light pass. `None` where there is nothing to bake.
pub(crate) fn bake(mesh: &Mesh, material: &Material, tint: impl Fn(Vec3) -> Vec3, texels: u32) -> Option<Baked> {
    let texture = material.texture?;
    let regular = matches!(texture.pattern, Pattern::Checker | Pattern::Stripes);
    let sharp = regular && views::is_flat(mesh);
    let atlas = Atlas::new(mesh, texture.scale, per_feature(texture.pattern, sharp), texels)?;
    let [width, height] = atlas.size;
    let count = width as usize * height as usize;
    let mut sums = vec![(Vec3::ZERO, 0.0, 0u32); count];
    for (texel, (at, normal)) in atlas.places(mesh) {
        let (color, rough) = pattern::surface(material, at, normal);
        let sum = &mut sums[texel];
        *sum = (sum.0 + tint(color.clamp(Vec3::ZERO, Vec3::ONE)), sum.1 + rough, sum.2 + 1);
    }
    let texels = sums.iter().map(|&(color, rough, n)| (n > 0).then(|| (color / n as f32, rough / n as f32)));
    let texels: Vec<Option<(Vec3, f32)>> = texels.collect();
    // What no triangle reaches is seen by filters alone: it gets the mean.
    let painted = texels.iter().flatten().count().max(1) as f32;
    let all = texels.iter().flatten().fold((Vec3::ZERO, 0.0), |sum, t| (sum.0 + t.0, sum.1 + t.1));
    let mean = (all.0 / painted, all.1 / painted);
    let filled = || texels.iter().map(|t| t.unwrap_or(mean));
    let color = Image::srgb8(width, height, filled().map(|t| picture::display(t.0.to_array())).collect()).ok()?;
    let varies = texels.iter().flatten().any(|t| (t.1 - material.roughness).abs() > 1e-4);
    let number = |r: f32| [255, (255.0 * r + 0.5) as u8, 255, 255];
    let roughness = if varies { Some(Image::srgb8(width, height, filled().map(|t| number(t.1)).collect()).ok()?) } else { None };
    Some(Baked { mesh: atlas.laid(mesh), color, roughness, sharp })
}

/// Texels to a feature: as many as its details ask for.
const fn per_feature(pattern: Pattern, sharp: bool) -> f64 {
    match pattern {
        Pattern::Checker if sharp => 1.0,
        Pattern::Stripes if sharp => 2.0,
        Pattern::Checker | Pattern::Stripes => 32.0,
        // Fibres are a ninth of a ring, joints a thirtieth of a tile.
        Pattern::Wood => 48.0,
        Pattern::Tiles => 64.0,
        _ => 16.0,
    }
}

#[cfg(test)]
mod tests {
    use glam::{Vec2, vec3};
    use raytruth_scene::{Shape, Texture};

    use super::*;

    fn painted(pattern: Pattern, scale: f32) -> Material {
        let texture = Texture { pattern, color: Vec3::ZERO, scale, strength: 1.0, seed: 3 };
        Material { base_color: Vec3::ONE, texture: Some(texture), ..Material::default() }
    }

    /// The value that a reader finds at a texture coordinate, without blending.
    fn seen(image: &Image, at: Vec2) -> [f32; 3] {
        let [width, height] = image.size();
        let (x, y) = ((at.x * width as f32) as u32, (at.y * height as f32) as u32);
        image.to_linear()[(y.min(height - 1) * width + x.min(width - 1)) as usize]
    }

    #[test]
    fn a_checkerboard_is_one_texel_a_check() {
        let plane = Shape::Plane { size: Vec2::splat(1.0) }.tessellate(8).expect("a plane");
        let board = painted(Pattern::Checker, 0.25);
        let baked = bake(&plane, &board, |c| c, 512).expect("baked");
        assert!(baked.sharp && baked.roughness.is_none());
        // 4 by 4 checks, one more each way where an edge lies on their boundary, and a margin.
        assert_eq!(baked.color.size(), [8, 8]);
        for (x, y) in [(-0.4, -0.4), (-0.1, -0.4), (0.3, 0.1), (0.45, 0.45)] {
            let at = vec3(x, y, 0.0);
            let (wanted, _) = pattern::surface(&board, at, Vec3::Z);
            assert_eq!(seen(&baked.color, texcoord(&baked.mesh, at))[0], wanted.x, "{at}");
        }
    }

    /// Where a point of a flat mesh lies on its image: linear over the plane through its first triangle.
    fn texcoord(mesh: &Mesh, at: Vec3) -> Vec2 {
        let [a, b, c] = mesh.triangles[0].map(|i| (mesh.positions[i as usize].truncate(), mesh.texcoords[i as usize]));
        let (e1, e2, d) = (b.0 - a.0, c.0 - a.0, at.truncate() - a.0);
        let area = e1.perp_dot(e2);
        a.1 + (b.1 - a.1) * (d.perp_dot(e2) / area) + (c.1 - a.1) * (e1.perp_dot(d) / area)
    }

    #[test]
    fn wood_on_a_box_is_the_renderers_at_every_texel() {
        let wood = Material { base_color: vec3(0.5, 0.3, 0.1), ..painted(Pattern::Wood, 0.05) };
        let form = Shape::Box { half_extents: vec3(0.1, 0.06, 0.03), bevel: 0.004 }.tessellate(16).expect("a box");
        let baked = bake(&form, &wood, |c| c, 2048).expect("baked");
        assert!(!baked.sharp && baked.roughness.is_some());
        let roughness = baked.roughness.as_ref().expect("wood changes it");
        let (mut worst, mut sum) = ((0.0f32, 0.0f32), 0.0);
        for t in &baked.mesh.triangles {
            let middle = |of: &dyn Fn(usize) -> Vec3| t.iter().map(|&i| of(i as usize)).sum::<Vec3>() / 3.0;
            let at = middle(&|i| baked.mesh.positions[i]);
            let uv = middle(&|i| baked.mesh.texcoords[i].extend(0.0)).truncate();
            let normal = middle(&|i| baked.mesh.normals[i]).normalize();
            let (color, rough) = pattern::surface(&wood, at, normal);
            let off = (seen(&baked.color, uv)[0] - color.x).abs();
            (worst.0, sum) = (worst.0.max(off), sum + off);
            let [width, height] = roughness.size();
            let (x, y) = ((uv.x * width as f32) as u32, (uv.y * height as f32) as u32);
            let raylike = picture::bytes(roughness, picture::Kind::Numbers)[(y * width + x) as usize][1];
            worst.1 = worst.1.max((f32::from(raylike) / 255.0 - rough).abs());
        }
        // Half of a texel away it may be another fibre.
        let mean = sum / baked.mesh.triangles.len() as f32;
        assert!(mean < 0.01 && worst.0 < 0.1 && worst.1 < 0.03, "{mean} {worst:?}");
    }

    #[test]
    fn a_pattern_too_fine_for_the_image_keeps_its_mean() {
        let plane = Shape::Plane { size: Vec2::splat(10.0) }.tessellate(8).expect("a plane");
        let material = painted(Pattern::Speckle, 0.001);
        let baked = bake(&plane, &material, |c| c, 64).expect("baked");
        let [width, height] = baked.color.size();
        assert!(width <= 68 && height <= 68, "{width} {height}");
        let values = baked.color.to_linear();
        let mean = values.iter().map(|v| v[0]).sum::<f32>() / values.len() as f32;
        // On a plane of the lattice there is more of it than in space.
        let at = |i: i32| vec3((0.001_37 * i as f32) % 5.0, (0.000_731 * i as f32) % 5.0, 0.0);
        let wanted = (0..40_000).map(|i| pattern::surface(&material, at(i), Vec3::Z).0.x).sum::<f32>() / 40_000.0;
        assert!((mean - wanted).abs() < 0.01, "{mean} {wanted}");
    }
}
