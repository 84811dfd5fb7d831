//! Surfaces for the tests, and their sampling and evaluation on the software adapter.
#![allow(dead_code, reason = "every test file uses a part of this")]

use glam::Vec3;

use crate::gpu::{Scene, gpu};

const KERNEL: &str = include_str!("../kernels/bsdf.wgsl");
const DEFINES: &[&str] = &["COAT", "ROUGH_GLASS", "SPECULAR"];
const SINGLE_SCATTER: &[&str] = &["COAT", "ROUGH_GLASS", "SPECULAR", "NO_MULTISCATTER"];

pub(crate) const DELTA: u32 = 1;
pub(crate) const TRANSMITTED: u32 = 2;

/// A surface; the default is black velvet: no lobe has any colour but the highlight of index 1.5.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Surface {
    pub(crate) base_color: Vec3,
    pub(crate) metallic: f32,
    pub(crate) roughness: f32,
    pub(crate) ior: f32,
    pub(crate) specular: f32,
    pub(crate) transmission: f32,
    pub(crate) thin: bool,
    pub(crate) tint: Vec3,
    pub(crate) coat: f32,
    pub(crate) coat_roughness: f32,
    pub(crate) entering: bool,
    /// With the light that facets scatter more than once.
    pub(crate) multiscatter: bool,
}

impl Default for Surface {
    fn default() -> Self {
        Self {
            base_color: Vec3::ZERO,
            metallic: 0.0,
            roughness: 0.5,
            ior: 1.5,
            specular: 1.0,
            transmission: 0.0,
            thin: false,
            tint: Vec3::ONE,
            coat: 0.0,
            coat_roughness: 0.1,
            entering: true,
            multiscatter: true,
        }
    }
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Sample {
    pub(crate) wi: Vec3,
    pub(crate) pdf: f32,
    pub(crate) weight: Vec3,
    pub(crate) kind: u32,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Eval {
    pub(crate) f_cos: Vec3,
    pub(crate) pdf: f32,
}

/// A direction by the cosine of its angle with z, and its azimuth.
pub(crate) fn direction(cos: f32, phi: f32) -> Vec3 {
    let sin = (1.0 - cos * cos).max(0.0).sqrt();
    Vec3::new(sin * phi.cos(), sin * phi.sin(), cos)
}

impl Surface {
    /// Draws `count` independent samples.
    pub(crate) fn sample(&self, wo: Vec3, count: usize, seed: u32) -> Vec<Sample> {
        let mut input = self.header(wo, 0.0, count, seed);
        // An array of the shader has at least one element.
        input.extend([0.0; 4]);
        let output = gpu().run(KERNEL, self.defines(), &scene(), &input, count * 8, count.div_ceil(64) as u32);
        let read =
            |o: &[f32]| Sample { wi: Vec3::from_slice(o), pdf: o[3], weight: Vec3::from_slice(&o[4..]), kind: o[7] as u32 };
        output.chunks_exact(8).map(read).collect()
    }

    /// `f * |cos|` and pdf for each direction.
    pub(crate) fn eval(&self, wo: Vec3, wi: &[Vec3]) -> Vec<Eval> {
        let mut input = self.header(wo, 1.0, wi.len(), 0);
        input.extend(wi.iter().flat_map(|w| [w.x, w.y, w.z, 0.0]));
        let output = gpu().run(KERNEL, self.defines(), &scene(), &input, wi.len() * 4, wi.len().div_ceil(64) as u32);
        output.chunks_exact(4).map(|o| Eval { f_cos: Vec3::from_slice(o), pdf: o[3] }).collect()
    }

    /// The fraction of light from `wo` that leaves again, by sampling; each channel.
    pub(crate) fn albedo(&self, wo: Vec3, count: usize, seed: u32) -> Vec3 {
        let sum: glam::DVec3 = self.sample(wo, count, seed).iter().filter(|s| s.pdf > 0.0).map(|s| s.weight.as_dvec3()).sum();
        (sum / count as f64).as_vec3()
    }

    const fn defines(&self) -> &'static [&'static str] {
        if self.multiscatter { DEFINES } else { SINGLE_SCATTER }
    }

    fn header(&self, wo: Vec3, mode: f32, count: usize, seed: u32) -> Vec<f32> {
        let flag = |b| f32::from(u8::from(b));
        let mut words = Vec::new();
        words.extend([self.base_color.x, self.base_color.y, self.base_color.z, self.metallic]);
        words.extend([self.tint.x, self.tint.y, self.tint.z, self.roughness]);
        words.extend([wo.x, wo.y, wo.z, self.ior]);
        words.extend([self.transmission, flag(self.thin), self.coat, self.coat_roughness]);
        // A seed is a pattern of bits; keep it out of the denormals and NaNs that a copy may change.
        words.extend([flag(self.entering), mode, count as f32, f32::from_bits(0x3f80_0000 | seed)]);
        words.extend([self.specular, 0.0, 0.0, 0.0]);
        words
    }
}

fn scene() -> Scene {
    let texels = [raytruth_render::internals::albedo_table(), raytruth_render::internals::glass_albedo_table()].concat();
    Scene { texels, ..Scene::default() }
}
