//! What of a material glTF can say.

use glam::Vec3;
use raytruth_scene::{Absorption, Maps, Material, Pattern};

/// The factors of glTF's metallic-roughness model with its extensions. Both ways go through here, so that a file of ours that
/// nobody has edited is known by its factors.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Appearance {
    pub(crate) base_color: Vec3,
    pub(crate) metallic: f32,
    pub(crate) roughness: f32,
    pub(crate) ior: f32,
    /// `KHR_materials_specular`.
    pub(crate) specular: f32,
    /// `KHR_materials_dispersion`.
    pub(crate) dispersion: f32,
    pub(crate) transmission: f32,
    /// `KHR_materials_volume`: whether there is an inside.
    pub(crate) volume: bool,
    /// About how far light goes through it, m. Only matters where `volume`.
    pub(crate) thickness: f32,
    /// What is left after how many metres of the inside.
    pub(crate) attenuation: Option<Absorption>,
    pub(crate) coat: f32,
    pub(crate) coat_roughness: f32,
    pub(crate) emission: Vec3,
    /// Alpha, and where below it nothing is there.
    pub(crate) opacity: f32,
    pub(crate) cutout: Option<f32>,
    /// Images that multiply the factors. That of the opacity is none but that of the base colour.
    pub(crate) maps: Maps,
    /// Mean of the base colour's image, by which it tints what passes through; 1 without.
    pub(crate) map_tint: Vec3,
}

impl Appearance {
    /// A material as glTF shows it. `thickness` in metres is that of the things made of it.
    ///
    /// glTF tints what passes through a surface with the base colour, ours does not: a solid's tint is its absorption, a sheet's
    /// the colour of its absorption. So the base colour gives way to that tint by as much as the material is transparent.
    pub(crate) fn of(material: &Material, thickness: f32) -> Self {
        let m = material;
        let transparent = m.transmission > 0.0;
        let volume = transparent && !m.thin;
        Self {
            base_color: Self::tinted(m, mean_color(m)),
            metallic: m.metallic,
            roughness: m.roughness,
            ior: m.ior,
            specular: m.specular,
            dispersion: m.dispersion,
            transmission: m.transmission,
            volume,
            thickness,
            attenuation: m.absorption.filter(|_| volume),
            coat: m.coat,
            coat_roughness: if m.coat > 0.0 { m.coat_roughness } else { 0.0 },
            emission: m.emission,
            opacity: if m.has_gaps() { m.opacity } else { 1.0 },
            cutout: m.cutout.filter(|_| m.has_gaps()),
            maps: Maps {
                normal_scale: if m.maps.normal.is_some() { m.maps.normal_scale } else { 1.0 },
                opacity: m.maps.opacity.clone().filter(|_| m.has_gaps() && m.maps.opacity == m.maps.base_color),
                ..m.maps.clone()
            },
            map_tint: Vec3::ONE,
        }
    }

    /// What a material's colour gives way to where it lets light pass.
    pub(crate) fn tinted(material: &Material, color: Vec3) -> Vec3 {
        let tint = if material.thin { material.absorption.map_or(Vec3::ONE, |a| a.color) } else { Vec3::ONE };
        color.lerp(tint, material.transmission * (1.0 - material.metallic))
    }

    /// The same with its pattern in images, whose values are the colour itself, and the roughness where it is `rough`.
    pub(crate) fn baked(self, rough: bool) -> Self {
        let roughness = if rough { 1.0 } else { self.roughness };
        Self { base_color: Vec3::ONE, roughness, ..self.plain() }
    }

    /// The same on a surface without texture coordinates, which shows no images.
    pub(crate) fn plain(self) -> Self {
        Self { maps: Maps::default(), map_tint: Vec3::ONE, ..self }
    }

    /// The material that looks like it.
    ///
    /// A tint of a solid's surface becomes absorption: light that crosses `thickness` enters and leaves, so it meets the base
    /// colour twice and the attenuation once: base² · attenuation^(thickness / distance) is left after `thickness`.
    pub(crate) fn material(&self) -> Material {
        let transparent = self.transmission > 0.0;
        let thin = transparent && !self.volume;
        let tint = self.base_color * self.map_tint;
        let tinted = tint.min_element() < 0.999;
        let visible = |color: Vec3| color.clamp(Vec3::splat(1e-6), Vec3::ONE);
        let absorption = if !transparent || (thin && !tinted) {
            None
        } else if thin {
            Some(Absorption { color: visible(tint), distance: 1.0 })
        } else if tinted {
            let thickness = self.thickness.max(1e-6);
            let inside = self.attenuation.map_or(Vec3::ONE, |a| visible(a.color).powf(thickness / a.distance));
            Some(Absorption { color: visible(tint * tint * inside), distance: thickness })
        } else {
            self.attenuation
        };
        Material {
            base_color: self.base_color,
            metallic: self.metallic,
            roughness: self.roughness,
            ior: self.ior,
            specular: self.specular,
            dispersion: self.dispersion,
            transmission: self.transmission,
            absorption,
            thin,
            coat: self.coat,
            coat_roughness: self.coat_roughness,
            emission: self.emission,
            opacity: self.opacity,
            cutout: self.cutout,
            maps: self.maps.clone(),
            ..Material::default()
        }
    }

    /// Whether there are gaps, and not by a threshold.
    pub(crate) const fn blends(&self) -> bool {
        self.cutout.is_none() && (self.opacity < 1.0 || self.maps.opacity.is_some())
    }

    /// Whether two are the same up to the rounding of a file's numbers, here and in other programs.
    pub(crate) fn same(&self, other: &Self) -> bool {
        let near = |a: f32, b: f32| (a - b).abs() <= 1e-3 * a.abs().max(b.abs()).max(1.0);
        let near3 = |a: Vec3, b: Vec3| (0..3).all(|i| near(a[i], b[i]));
        // The same may be told over another distance.
        let lost = |a: &Self| a.attenuation.map(|a| -a.color.map(f32::ln) / a.distance);
        let inside = match (lost(self), lost(other)) {
            (None, None) => true,
            (Some(a), Some(b)) => (a - b).abs().max_element() <= 5e-3 * a.max_element().max(b.max_element()),
            _ => false,
        };
        // In a file alpha is always that of the base colour's image.
        fn images(of: &Appearance) -> impl Iterator<Item = (&'static str, Option<&String>)> {
            of.maps.images().filter(|(field, _)| *field != "opacity")
        }
        inside
            && self.volume == other.volume
            && self.cutout.is_some() == other.cutout.is_some()
            && self.blends() == other.blends()
            && images(self).eq(images(other))
            && near3(self.base_color, other.base_color)
            && near3(self.emission, other.emission)
            && [
                (self.metallic, other.metallic),
                (self.roughness, other.roughness),
                (self.ior, other.ior),
                (self.specular, other.specular),
                (self.dispersion, other.dispersion),
                (self.maps.normal_scale, other.maps.normal_scale),
                (self.opacity, other.opacity),
                (self.cutout.unwrap_or(0.0), other.cutout.unwrap_or(0.0)),
                (self.transmission, other.transmission),
                (self.coat, other.coat),
                (self.coat_roughness, other.coat_roughness),
            ]
            .into_iter()
            .all(|(a, b)| near(a, b))
    }
}

/// The mean of the pattern's two colours by coverage; the base colour where there is no pattern.
fn mean_color(material: &Material) -> Vec3 {
    material.texture.map_or(material.base_color, |t| {
        material.base_color.lerp(t.color, (t.strength * coverage(t.pattern)).clamp(0.0, 1.0)).clamp(Vec3::ZERO, Vec3::ONE)
    })
}

/// How far a pattern blends towards its second colour, on average over space: exact for the regular ones, else the mean over four
/// million points of the renderer's `shared/textures.wgsl`.
fn coverage(pattern: Pattern) -> f32 {
    match pattern {
        Pattern::Checker | Pattern::Stripes => 0.5,
        Pattern::Wood => 0.41,
        Pattern::Concrete => 0.31,
        Pattern::Brushed => 0.02,
        Pattern::Tiles => 0.107,
        Pattern::Speckle => 0.19,
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use raytruth_scene::Texture;

    use super::*;

    #[test]
    fn a_checkerboard_is_its_mean_from_afar() {
        let texture = Texture { pattern: Pattern::Checker, color: Vec3::ZERO, scale: 0.1, strength: 0.5, seed: 0 };
        let board = Material { base_color: Vec3::new(0.8, 0.4, 0.2), texture: Some(texture), ..Material::default() };
        // By hand: half of the squares go half of the way to black.
        let mean = Appearance::of(&board, 1.0).base_color;
        assert!(mean.distance(Vec3::new(0.6, 0.3, 0.15)) < 1e-6, "{mean}");
    }

    #[test]
    fn clear_glass_and_a_tinted_pane_come_back() {
        let absorption = Some(Absorption { color: Vec3::new(0.5, 0.9, 0.8), distance: 0.2 });
        let glass = Material { transmission: 1.0, absorption, base_color: Vec3::ONE, ..Material::default() };
        let back = Appearance::of(&glass, 0.1).material();
        assert_eq!((back.absorption, back.thin), (absorption, false));
        let pane = Material { thin: true, ..glass };
        let back = Appearance::of(&pane, 0.1).material();
        assert!(back.thin && back.absorption.is_some_and(|a| a.color == Vec3::new(0.5, 0.9, 0.8)));
    }

    #[test]
    fn the_tint_of_a_solid_becomes_absorption_over_its_thickness() {
        let glass = Material { transmission: 1.0, base_color: Vec3::ONE, ..Material::default() };
        let attenuation = Some(Absorption { color: Vec3::splat(0.25), distance: 0.2 });
        let seen = Appearance { base_color: Vec3::splat(0.9), attenuation, ..Appearance::of(&glass, 0.1) };
        let inside = seen.material().absorption.expect("tinted");
        // By hand: 0.9² · 0.25^(1/2) = 0.405 after 10 cm.
        assert!((inside.color.x - 0.405).abs() < 1e-5 && inside.distance == 0.1, "{inside:?}");
    }
}
