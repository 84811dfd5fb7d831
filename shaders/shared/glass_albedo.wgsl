// How much of the light that meets rough glass leaves it after one scattering, reflected or transmitted. The table follows that of
// `albedo.wgsl`. Host: `crates/render/src/glass_albedo.rs`.
#import data

const GLASS_ALBEDO_BASE: u32 = 576u;
const GLASS_ALBEDO_CELLS: u32 = 16u;
const GLASS_ALBEDO_SLICES: u32 = 16u;
// Of the largest index, 10.
const GLASS_ALBEDO_MAX: f32 = 0.90453403;

// From a cosine of `mu`; `eta`: index of the far side over the near one. Trilinear; one texel holds the four corners of a cell, and
// each of them the values for entering and for leaving the denser side.
fn glass_albedo(mu: f32, roughness: f32, eta: f32) -> f32 {
    let n = max(eta, 1.0 / eta);
    let z = sqrt((n - 1.0) / (n + 1.0)) * (f32(GLASS_ALBEDO_SLICES - 1u) / GLASS_ALBEDO_MAX);
    let slice = min(u32(z), GLASS_ALBEDO_SLICES - 2u);
    let at = vec2f(sqrt(clamp(mu, 0.0, 1.0)), clamp(roughness, 0.0, 1.0)) * f32(GLASS_ALBEDO_CELLS);
    let cell = min(vec2u(at), vec2u(GLASS_ALBEDO_CELLS - 1u));
    let f = at - vec2f(cell);
    let first = slice * GLASS_ALBEDO_CELLS * GLASS_ALBEDO_CELLS + cell.y * GLASS_ALBEDO_CELLS + cell.x;
    let near = glass_albedo_cell(first, f);
    let far = glass_albedo_cell(first + GLASS_ALBEDO_CELLS * GLASS_ALBEDO_CELLS, f);
    let both = mix(near, far, min(z - f32(slice), 1.0));
    return select(both.y, both.x, eta >= 1.0);
}

fn glass_albedo_cell(i: u32, f: vec2f) -> vec2f {
    let corners = load4(GLASS_ALBEDO_BASE, i);
    let low = mix(unpack2x16unorm(corners.x), unpack2x16unorm(corners.y), f.x);
    let high = mix(unpack2x16unorm(corners.z), unpack2x16unorm(corners.w), f.x);
    return mix(low, high, f.y);
}
