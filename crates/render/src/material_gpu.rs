//! Materials as the shader reads them. The shader's side is `load_surface` in `surface.wgsl`.

use raytruth_scene::{Material, Pattern};

/// One material: six texels of the scene data.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, bytemuck::Pod, bytemuck::Zeroable)]
pub struct GpuMaterial {
    base_color: [f32; 3],
    metallic_roughness: u32,
    /// Absorption per metre; of a thin sheet, the colour it lets through.
    inside: [f32; 3],
    transmission_coat: u32,
    emission: [f32; 3],
    coat_roughness_strength: u32,
    ior: f32,
    /// Bits 0..8: pattern, 0 for none. Bit 8: thin. Bit 9: of objects whose geometry changes. Bit 10: direct light
    /// may go straight through. Bits 16..24: group of its emission. Bits
    /// 24..32: priority.
    flags: u32,
    /// Features of the pattern per metre.
    frequency: f32,
    seed: u32,
    pattern_color: [f32; 3],
    /// Specular weight; a tenth of the dispersion.
    specular_dispersion: u32,
    /// Numbers of the images, from 1, 16 bits each: base colour and metallic with roughness; normal and emission.
    maps: [u32; 2],
    normal_scale: f32,
    /// Number of the image in bits 0..16; opacity in 16..24 and cutout in 24..32, in parts of 255. What has no gaps: `NO_GAPS`.
    opacity: u32,
}

/// As in `shaders/shared/surface.wgsl`.
const NO_GAPS: u32 = 255 << 16;
/// As in `shaders/shared/bsdf.wgsl`: smoother surfaces are perfect mirrors and panes.
const DELTA_ROUGHNESS: f32 = 0.03;

impl GpuMaterial {
    /// Texels of 16 bytes.
    pub const TEXELS: usize = size_of::<Self>() / 16;

    /// The same with its images; `number` gives that of an image, from 1, or 0.
    #[must_use]
    pub fn with_maps(self, material: &Material, number: impl Fn(&str) -> u16) -> Self {
        let maps = &material.maps;
        let of = |image: &Option<String>| image.as_deref().map_or(0, |name| u32::from(number(name)));
        let pair = |a, b| of(a) | of(b) << 16;
        Self {
            maps: [pair(&maps.base_color, &maps.metallic_roughness), pair(&maps.normal, &maps.emission)],
            opacity: self.opacity | if material.has_gaps() { of(&maps.opacity) } else { 0 },
            ..self
        }
    }

    /// The same with the group that its emission belongs to.
    #[must_use]
    pub fn in_group(self, group: u32) -> Self {
        Self { flags: self.flags | group << 16, ..self }
    }

    /// The same for objects whose geometry changes.
    #[must_use]
    pub fn of_changing_objects(self) -> Self {
        Self { flags: self.flags | 1 << 9, ..self }
    }

    /// Packs a material. Fractions keep 16 bits.
    #[must_use]
    pub fn new(material: &Material) -> Self {
        let inside = match (material.absorption, material.thin) {
            (Some(absorption), true) => absorption.color,
            (None, true) => glam::Vec3::ONE,
            (Some(absorption), false) => {
                // Beer-Lambert: exp(-sigma * distance) = color.
                absorption.color.to_array().map(|c| -c.clamp(1e-6, 1.0).ln() / absorption.distance).into()
            }
            (None, false) => glam::Vec3::ZERO,
        };
        let texture = material.texture.as_ref();
        Self {
            base_color: material.base_color.to_array(),
            metallic_roughness: fractions(material.metallic, material.roughness),
            inside: inside.to_array(),
            transmission_coat: fractions(material.transmission, material.coat),
            emission: material.emission.to_array(),
            coat_roughness_strength: fractions(material.coat_roughness, texture.map_or(0.0, |t| t.strength)),
            ior: material.ior,
            flags: texture.map_or(0, |t| pattern_code(t.pattern))
                | u32::from(material.thin) << 8
                | u32::from(lets_light_through(material)) << 10
                | u32::from(material.priority) << 24,
            frequency: texture.map_or(0.0, |t| 1.0 / t.scale),
            seed: texture.map_or(0, |t| t.seed),
            pattern_color: texture.map_or([0.0; 3], |t| t.color.to_array()),
            specular_dispersion: fractions(material.specular, 0.1 * material.dispersion),
            maps: [0; 2],
            normal_scale: material.maps.normal_scale,
            opacity: if material.has_gaps() {
                byte(material.opacity) << 16 | material.cutout.map_or(0, |c| byte(c).max(1)) << 24
            } else {
                NO_GAPS
            },
        }
    }
}

/// What the path tracing kernel must be composed with so that it can shade these materials. Less is faster: software adapters
/// run both sides of every branch.
#[must_use]
pub fn shader_defines<'a>(materials: impl IntoIterator<Item = &'a Material>) -> Vec<&'static str> {
    let [mut coat, mut rough_glass, mut clear_solids, mut specular, mut dispersion, mut absorption, mut gaps, mut panes] =
        [false; 8];
    for material in materials {
        let glass = may_transmit(material);
        coat |= material.coat > 0.0;
        rough_glass |= glass && material.roughness > 0.0;
        let solid = glass && !material.thin;
        clear_solids |= solid;
        specular |= material.specular < 1.0;
        dispersion |= solid && material.dispersion > 0.0;
        absorption |= solid && material.absorption.is_some();
        gaps |= material.has_gaps();
        panes |= is_pane(material);
    }
    let all = [
        (coat, "COAT"),
        (rough_glass, "ROUGH_GLASS"),
        (clear_solids, "CLEAR_SOLIDS"),
        (specular, "SPECULAR"),
        (dispersion, "DISPERSION"),
        (absorption, "ABSORPTION"),
        (gaps, "GAPS"),
        (panes, "PANES"),
        (gaps || panes, "LETS_LIGHT_THROUGH"),
    ];
    all.into_iter().filter(|(wanted, _)| *wanted).map(|(_, name)| name).collect()
}

/// Whether somewhere light may go through it: an image may say that it is no metal there.
pub(crate) fn may_transmit(material: &Material) -> bool {
    material.transmission > 0.0 && (material.metallic < 1.0 || material.maps.metallic_roughness.is_some())
}

/// Whether direct light may go straight through it.
pub(crate) fn lets_light_through(material: &Material) -> bool {
    material.has_gaps() || is_pane(material)
}

/// Whether somewhere it may be a thin sheet that light goes straight through. The shader's side is `thin_transmittance` in `bsdf.wgsl`.
fn is_pane(material: &Material) -> bool {
    let smooth = material.roughness < DELTA_ROUGHNESS || material.texture.is_some() || material.maps.metallic_roughness.is_some();
    material.thin && may_transmit(material) && smooth
}

/// Two fractions as WGSL's `unpack2x16unorm` reads them.
pub(crate) fn fractions(low: f32, high: f32) -> u32 {
    let unorm = |v: f32| (v.clamp(0.0, 1.0) * 65535.0).round() as u32;
    unorm(low) | unorm(high) << 16
}

/// A fraction in parts of 255.
fn byte(fraction: f32) -> u32 {
    (fraction.clamp(0.0, 1.0) * 255.0).round() as u32
}

/// `PATTERN_*` in `textures.wgsl`.
fn pattern_code(pattern: Pattern) -> u32 {
    match pattern {
        Pattern::Checker => 1,
        Pattern::Wood => 2,
        Pattern::Concrete => 3,
        Pattern::Brushed => 4,
        Pattern::Tiles => 5,
        Pattern::Speckle => 6,
        Pattern::Stripes => 7,
        // The enum is non-exhaustive; what this version does not know is shown plain.
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_needed_is_compiled() {
        let plain = Material::default();
        let coated = Material { coat: 0.5, ..Material::default() };
        let clear = Material { transmission: 1.0, roughness: 0.0, ..Material::default() };
        let frosted = Material { transmission: 1.0, roughness: 0.3, ..Material::default() };
        let pane = Material { thin: true, ..frosted.clone() };
        let prism = Material { dispersion: 0.5, ..clear.clone() };
        let absorption = Some(raytruth_scene::Absorption { color: glam::Vec3::ONE, distance: 0.1 });
        let jade = Material { absorption, ..clear.clone() };
        let lattice = Material { opacity: 0.5, ..Material::default() };
        let chalk = Material { specular: 0.0, ..Material::default() };
        assert!(shader_defines([&plain]).is_empty());
        assert_eq!(shader_defines([&plain, &clear]), ["CLEAR_SOLIDS"]);
        assert_eq!(shader_defines([&pane]), ["ROUGH_GLASS"]);
        assert_eq!(shader_defines([&plain, &lattice]), ["GAPS", "LETS_LIGHT_THROUGH"]);
        let window = Material { thin: true, ..clear.clone() };
        assert_eq!(shader_defines([&window, &plain]), ["PANES", "LETS_LIGHT_THROUGH"]);
        assert_eq!(
            shader_defines([&Material { thin: true, ..jade.clone() }, &jade]),
            ["CLEAR_SOLIDS", "ABSORPTION", "PANES", "LETS_LIGHT_THROUGH"]
        );
        assert_eq!(shader_defines([&prism, &chalk]), ["CLEAR_SOLIDS", "SPECULAR", "DISPERSION"]);
        assert_eq!(shader_defines([&plain, &frosted]), ["ROUGH_GLASS", "CLEAR_SOLIDS"]);
        assert_eq!(shader_defines([&coated, &frosted]), ["COAT", "ROUGH_GLASS", "CLEAR_SOLIDS"]);
    }

    #[test]
    fn absorption_is_per_metre_and_a_sheet_keeps_its_colour() {
        let absorption = Some(raytruth_scene::Absorption { color: glam::Vec3::new(1.0, 0.5, 0.25), distance: 0.1 });
        let solid = GpuMaterial::new(&Material { transmission: 1.0, absorption, ..Material::default() });
        let passed: Vec<f32> = solid.inside.iter().map(|sigma| (-sigma * 0.1).exp()).collect();
        for (passed, color) in passed.iter().zip([1.0, 0.5, 0.25]) {
            assert!((passed - color).abs() < 1e-6, "{passed} instead of {color}");
        }
        let sheet = GpuMaterial::new(&Material { thin: true, transmission: 1.0, absorption, ..Material::default() });
        assert_eq!(sheet.inside, [1.0, 0.5, 0.25]);
    }
}
