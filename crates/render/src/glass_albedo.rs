//! What rough glass reflects and transmits after one scattering, tabulated. The shader's side is `glass_albedo.wgsl`.

use std::sync::LazyLock;

/// Cells along the edges of a slice: square root of the cosine, and perceptual roughness.
const CELLS: usize = 16;
/// Indices of refraction, evenly in sqrt((n - 1) / (n + 1)) up to that of 10.
const SLICES: usize = 16;

/// The table: slice by slice one texel a cell, with its corners in the order of [`crate::albedo::table`], each a pair of 16-bit
/// fractions: for entering the denser side, and for leaving it.
#[must_use]
pub fn table() -> &'static [[u32; 4]] {
    static TABLE: LazyLock<Vec<[u32; 4]>> = LazyLock::new(|| {
        // Half a second of work: on a thread each.
        std::thread::scope(|threads| {
            let slices: Vec<_> = (0..SLICES).map(|slice| threads.spawn(move || table_slice(slice))).collect();
            slices.into_iter().flat_map(|slice| slice.join().unwrap_or_default()).collect()
        })
    });
    &TABLE
}

fn table_slice(slice: usize) -> Vec<[u32; 4]> {
    let row = CELLS + 1;
    let at = |i: usize| i as f64 / CELLS as f64;
    let z = (9.0f64 / 11.0).sqrt() * slice as f64 / (SLICES - 1) as f64;
    let n = ((1.0 + z * z) / (1.0 - z * z)).max(1.000_1);
    let corner = |k: usize| {
        let (mu, roughness) = (at(k % row).powi(2), at(k / row));
        let unorm = |v: f64| (v.clamp(0.0, 1.0) * 65535.0).round() as u32;
        unorm(albedo(mu, roughness, n)) | unorm(albedo(mu, roughness, 1.0 / n)) << 16
    };
    let corners: Vec<u32> = (0..row * row).map(corner).collect();
    let texel = |i: usize| {
        let k = i / CELLS * row + i % CELLS;
        [corners[k], corners[k + 1], corners[k + row], corners[k + row + 1]]
    };
    (0..CELLS * CELLS).map(texel).collect()
}

/// Reflected plus transmitted share of the light from a cosine of `mu` at a GGX interface with relative index `eta` (far over near)
/// after one scattering: Walter et al. 2007 by midpoint quadrature over visible normals (Dupuy and Benyoub 2023), with
/// height-correlated masking.
fn albedo(mu: f64, roughness: f64, eta: f64) -> f64 {
    const STEPS: usize = 32;
    let (mu, alpha) = (mu.max(1e-4), (roughness * roughness).max(1e-4));
    let wo = [(1.0 - mu * mu).max(0.0).sqrt(), 0.0, mu];
    let length = (alpha * wo[0]).hypot(wo[2]);
    let (stretched_x, stretched_z) = (alpha * wo[0] / length, wo[2] / length);
    let lambda = |z: f64| (((1.0 - alpha * alpha) * z * z + alpha * alpha).sqrt() / z - 1.0) / 2.0;
    let seen = |z: f64| (1.0 + lambda(mu)) / (1.0 + lambda(mu) + lambda(z));
    let mut sum = 0.0;
    for i in 0..STEPS {
        // The lobes are mirror symmetric: half of the circle is enough.
        let phi = std::f64::consts::PI * (i as f64 + 0.5) / STEPS as f64;
        for j in 0..STEPS {
            let u = (j as f64 + 0.5) / STEPS as f64;
            let z = (1.0 - u) * (1.0 + stretched_z) - stretched_z;
            let r = (1.0 - z * z).max(0.0).sqrt();
            let h = [(r * phi.cos() + stretched_x) * alpha, r * phi.sin() * alpha, z + stretched_z];
            let norm = (h[0] * h[0] + h[1] * h[1] + h[2] * h[2]).sqrt();
            let cos_h = (h[0] * wo[0] + h[2] * wo[2]) / norm;
            let (reflectance, g) = fresnel(cos_h, eta);
            let reflected_z = 2.0 * cos_h * h[2] / norm - wo[2];
            let transmitted_z = ((cos_h - g) * h[2] / norm - wo[2]) / eta;
            if reflected_z > 0.0 {
                sum += reflectance * seen(reflected_z);
            }
            if transmitted_z < 0.0 {
                sum += (1.0 - reflectance) * seen(-transmitted_z);
            }
        }
    }
    sum / (STEPS * STEPS) as f64
}

/// As `fresnel_dielectric` in `fresnel.wgsl`.
fn fresnel(cos_i: f64, eta: f64) -> (f64, f64) {
    let g2 = eta * eta - 1.0 + cos_i * cos_i;
    if g2 <= 0.0 {
        return (1.0, 0.0);
    }
    let g = g2.sqrt();
    let s = (g - cos_i) / (g + cos_i);
    let p = (cos_i * (g + cos_i) - 1.0) / (cos_i * (g - cos_i) + 1.0);
    (0.5 * s * s * (1.0 + p * p), g)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn smooth_glass_loses_nothing_and_rough_glass_some() {
        for eta in [1.5, 1.0 / 1.5] {
            assert!((albedo(0.7, 0.02, eta) - 1.0).abs() < 1e-3);
            let rough = albedo(0.7, 1.0, eta);
            assert!((0.4..0.97).contains(&rough), "{rough}");
        }
        assert_eq!(table().len(), SLICES * CELLS * CELLS);
    }
}
