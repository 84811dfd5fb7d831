//! The directional albedo of the GGX lobe, tabulated. The shader's side is `albedo.wgsl`.

use std::sync::LazyLock;

/// Cells along each edge of the table.
pub(crate) const CELLS: usize = 24;

/// How many texels [`table`] has. It stands at the very beginning of the scene data.
pub(crate) const TABLE_TEXELS: usize = CELLS * CELLS;

/// The table: one texel a cell, with the values `(a, b)` at its four corners as pairs of 16-bit fractions, in the order
/// (x0, y0), (x1, y0), (x0, y1), (x1, y1). x is the square root of the cosine, y the perceptual roughness.
#[must_use]
pub fn table() -> &'static [[u32; 4]] {
    static TABLE: LazyLock<Vec<[u32; 4]>> = LazyLock::new(|| {
        let row = CELLS + 1;
        let at = |i: usize| i as f64 / CELLS as f64;
        let corners: Vec<u32> = (0..row * row).map(|k| pack(split_albedo(at(k % row).powi(2), at(k / row)))).collect();
        let texel = |x: usize, y: usize| {
            let k = y * row + x;
            [corners[k], corners[k + 1], corners[k + row], corners[k + row + 1]]
        };
        (0..TABLE_TEXELS).map(|i| texel(i % CELLS, i / CELLS)).collect()
    });
    &TABLE
}

fn pack((a, b): (f64, f64)) -> u32 {
    let unorm = |v: f64| (v.clamp(0.0, 1.0) * 65535.0).round() as u32;
    unorm(a) | unorm(b) << 16
}

/// `(a, b)` such that the lobe with Schlick's Fresnel term reflects `F0 * a + b` of the light from a cosine of `mu`: Karis's split
/// of the integral ("Real Shading in Unreal Engine 4", 2013), by midpoint quadrature over visible normals (Dupuy and Benyoub
/// 2023) with height-correlated masking.
#[must_use]
pub fn split_albedo(mu: f64, roughness: f64) -> (f64, f64) {
    const STEPS: usize = 32;
    // Neither exactly grazing nor a perfect mirror: both are limits that the quadrature reaches from one side.
    let (mu, alpha) = (mu.max(1e-4), (roughness * roughness).max(1e-4));
    let wo = [(1.0 - mu * mu).max(0.0).sqrt(), 0.0, mu];
    let length = (alpha * wo[0]).hypot(wo[2]);
    let (stretched_x, stretched_z) = (alpha * wo[0] / length, wo[2] / length);
    let lambda = |z: f64| (((1.0 - alpha * alpha) * z * z + alpha * alpha).sqrt() / z - 1.0) / 2.0;
    let (mut a, mut b) = (0.0, 0.0);
    for i in 0..STEPS {
        // The lobe is mirror symmetric: half of the circle is enough.
        let phi = std::f64::consts::PI * (i as f64 + 0.5) / STEPS as f64;
        for j in 0..STEPS {
            let u = (j as f64 + 0.5) / STEPS as f64;
            let z = (1.0 - u) * (1.0 + stretched_z) - stretched_z;
            let r = (1.0 - z * z).max(0.0).sqrt();
            let h = [(r * phi.cos() + stretched_x) * alpha, r * phi.sin() * alpha, z + stretched_z];
            let norm = (h[0] * h[0] + h[1] * h[1] + h[2] * h[2]).sqrt();
            let cos_h = (h[0] * wo[0] + h[2] * wo[2]) / norm;
            let wi_z = 2.0 * cos_h * h[2] / norm - wo[2];
            if wi_z > 0.0 {
                let weight = (1.0 + lambda(mu)) / (1.0 + lambda(mu) + lambda(wi_z));
                let schlick = (1.0 - cos_h).max(0.0).powi(5);
                a += weight * (1.0 - schlick);
                b += weight * schlick;
            }
        }
    }
    let count = (STEPS * STEPS) as f64;
    (a / count, b / count)
}
