//! The renderer's procedural patterns on the host: `shaders/shared/textures.wgsl` in Rust, operation by operation.

use glam::{IVec3, Vec2, Vec3, vec3};
use raytruth_scene::{Material, Pattern};

/// What a pattern says at a point, at full strength.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Weave {
    /// How far to blend towards the second colour, 0 to 1.
    pub(crate) blend: f32,
    /// Relative change of lightness and of roughness.
    pub(crate) lightness: f32,
    pub(crate) roughness: f32,
}

/// Base colour and roughness of a material with a pattern at a point of the object, as `load_surface` of `shared/surface.wgsl`.
pub(crate) fn surface(material: &Material, at: Vec3, normal: Vec3) -> (Vec3, f32) {
    let Some(t) = material.texture else { return (material.base_color, material.roughness) };
    // A hair below the surface, so that a face on a boundary of the pattern lies on one side of it.
    let woven = weave(t.pattern, at / t.scale - 0.01 * normal, t.seed);
    let color = material.base_color.lerp(t.color, woven.blend * t.strength) * (1.0 + woven.lightness * t.strength);
    (color, (material.roughness * (1.0 + woven.roughness * t.strength)).clamp(0.0, 1.0))
}

/// A pattern at a point measured in features.
pub(crate) fn weave(pattern: Pattern, p: Vec3, seed: u32) -> Weave {
    let cell = p.floor();
    let within = p - cell;
    match pattern {
        Pattern::Checker => {
            let cell = whole(p);
            let sum = cell.x.wrapping_add(cell.y).wrapping_add(cell.z);
            Weave { blend: (sum & 1) as f32, ..Weave::default() }
        }
        Pattern::Stripes => Weave { blend: if within.z < 0.5 { 1.0 } else { 0.0 }, ..Weave::default() },
        Pattern::Wood => {
            let (coarse, fine) = noises(p * vec3(0.12, 0.4, 0.4), p * vec3(0.5, 9.0, 9.0), seed);
            // The board is cut some rings away from the heart of the trunk.
            let heart = Vec2::new(5.3, 2.9) + Vec2::new((seed & 3) as f32, (seed >> 2 & 3) as f32);
            let ring = Vec2::new(p.y, p.z) + heart;
            let ring = ring.length() + 1.1 * coarse;
            let ring = ring - ring.floor();
            let late = ring * ring * smoothstep(1.0, 0.9, ring) * 1.25;
            Weave {
                blend: (0.75 * late + 0.5 * fine * fine).clamp(0.0, 1.0),
                lightness: 0.12 * (coarse - 0.5),
                roughness: 0.3 * (fine - 0.5),
            }
        }
        Pattern::Concrete => {
            let (coarse, fine) = noises(p * 0.5, p * 4.0, seed);
            let pit = smoothstep(0.82, 0.9, fine);
            Weave {
                blend: (smoothstep(0.25, 0.75, coarse) * 0.6 + 0.4 * pit).clamp(0.0, 1.0),
                lightness: 0.14 * (fine - 0.5),
                roughness: 0.15 * (coarse - 0.5),
            }
        }
        Pattern::Brushed => {
            let (coarse, fine) = noises(p * vec3(0.02, 0.3, 0.3), p * vec3(0.04, 1.0, 1.0), seed);
            Weave {
                blend: 0.35 * smoothstep(0.6, 0.9, coarse),
                lightness: 0.2 * (fine - 0.5),
                roughness: 0.7 * (fine - 0.5) + 0.5 * (coarse - 0.5),
            }
        }
        Pattern::Tiles => {
            let (coarse, _) = noises(p * 0.5, p * 4.0, seed);
            let edge = within.min(1.0 - within);
            let joint = smoothstep(0.035, 0.02, edge.x.min(edge.y));
            let tone = unit(lattice(whole(p) * IVec3::new(1, 1, 0), seed)) - 0.5;
            Weave { blend: joint, lightness: (1.0 - joint) * (0.12 * tone + 0.06 * (coarse - 0.5)), roughness: 0.8 * joint }
        }
        Pattern::Speckle => {
            let (coarse, fine) = noises(p, p * 2.3, seed);
            let spot = smoothstep(0.58, 0.68, coarse) * 0.8 + smoothstep(0.72, 0.8, fine) * 0.6;
            Weave { blend: spot.clamp(0.0, 1.0), lightness: 0.08 * (fine - 0.5), roughness: 0.25 * (coarse - 0.5) }
        }
        _ => Weave::default(),
    }
}

/// Two octaves of coarse noise, and fine noise.
fn noises(coarse: Vec3, fine: Vec3, seed: u32) -> (f32, f32) {
    let octaves = value_noise(coarse, seed) * 0.65 + value_noise(turned(coarse), seed ^ 0x51) * 0.35;
    (octaves, value_noise(fine, seed ^ 0xa7))
}

/// Turns and scales, so that a second octave shares no lattice with the first.
fn turned(p: Vec3) -> Vec3 {
    vec3(p.dot(vec3(0.0, 1.656, 1.242)), p.dot(vec3(-1.656, 0.7452, -0.9936)), p.dot(vec3(-1.242, -0.9936, 1.3248))) + 17.3
}

/// Random values on the integer lattice, blended smoothly; 0 to 1.
fn value_noise(p: Vec3, seed: u32) -> f32 {
    let i = whole(p);
    let f = p - p.floor();
    let w = f * f * (3.0 - 2.0 * f);
    let at = |x, y, z| unit(lattice(i.wrapping_add(IVec3::new(x, y, z)), seed));
    let mix = |a: f32, b: f32, t: f32| a * (1.0 - t) + b * t;
    let along = |y, z| mix(at(0, y, z), at(1, y, z), w.x);
    mix(mix(along(0, 0), along(1, 0), w.y), mix(along(0, 1), along(1, 1), w.y), w.z)
}

/// The lattice point below.
fn whole(p: Vec3) -> IVec3 {
    p.floor().as_ivec3()
}

/// A hash of a lattice point.
const fn lattice(i: IVec3, seed: u32) -> u32 {
    let mut h = (i.x as u32).wrapping_mul(0x8da6_b343)
        ^ (i.y as u32).wrapping_mul(0xd816_3841)
        ^ (i.z as u32).wrapping_mul(0xcb1a_b31f)
        ^ seed.wrapping_mul(0x9e37_79b9);
    h = (h ^ (h >> 15)).wrapping_mul(0x2c1b_3c6d);
    h = (h ^ (h >> 12)).wrapping_mul(0x297a_2d39);
    h ^ (h >> 15)
}

const fn unit(h: u32) -> f32 {
    (h >> 8) as f32 * 5.960_464_5e-8
}

/// WGSL's, which falls where the first edge is the higher one.
fn smoothstep(from: f32, to: f32, x: f32) -> f32 {
    let t = ((x - from) / (to - from)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The renderer's own means over four million points, which `appearance.rs` has had from the shader.
    #[test]
    fn patterns_cover_what_the_shader_covers() {
        for (pattern, wanted) in [
            (Pattern::Checker, 0.5),
            (Pattern::Stripes, 0.5),
            (Pattern::Wood, 0.41),
            (Pattern::Concrete, 0.31),
            (Pattern::Brushed, 0.02),
            (Pattern::Tiles, 0.107),
            (Pattern::Speckle, 0.19),
        ] {
            let n = 60;
            let steps = || (0..n).map(|i| 5.37 * i as f32 - 150.0);
            let points = steps().flat_map(|x| steps().flat_map(move |y| steps().map(move |z| vec3(x, 1.13 * y, 0.91 * z))));
            let mean = points.map(|p| f64::from(weave(pattern, p, 7).blend)).sum::<f64>() / f64::from(n * n * n);
            assert!((mean - wanted).abs() < 0.02, "{pattern:?}: {mean}");
        }
    }

    #[test]
    fn checks_and_bands_lie_where_they_should() {
        let blend = |pattern, x, y, z| weave(pattern, vec3(x, y, z), 0).blend;
        assert_eq!(blend(Pattern::Checker, 0.5, 0.5, -0.01), 1.0);
        assert_eq!(blend(Pattern::Checker, 1.5, 0.5, -0.01), 0.0);
        assert_eq!(blend(Pattern::Stripes, 0.0, 0.0, 3.25), 1.0);
        assert_eq!(blend(Pattern::Stripes, 0.0, 0.0, -0.25), 0.0);
    }

    #[test]
    fn the_hash_is_the_shaders() {
        // By hand: the origin with seed 0 hashes to 0, with seed 1 to what the three rounds make of 0x9e3779b9.
        assert_eq!(lattice(IVec3::ZERO, 0), 0);
        let h = 0x9e37_79b9_u32;
        let h = (h ^ (h >> 15)).wrapping_mul(0x2c1b_3c6d);
        let h = (h ^ (h >> 12)).wrapping_mul(0x297a_2d39);
        assert_eq!(lattice(IVec3::ZERO, 1), h ^ (h >> 15));
    }
}
