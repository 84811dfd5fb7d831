// Directional albedo of the GGX reflection lobe, from the table at the head of the scene data.
#import data

const ALBEDO_CELLS: u32 = 24u;
const ALBEDO_BASE: u32 = 0u;

// (a, b): the lobe with Schlick's Fresnel term reflects F0 * a + b of what comes from a cosine of `mu` (Karis 2013's split).
// One texel holds the four corners of a cell in sqrt(mu) and roughness, so that one load gives the bilinear value.
fn ggx_albedo(mu: f32, roughness: f32) -> vec2f {
    let at = vec2f(sqrt(clamp(mu, 0.0, 1.0)), clamp(roughness, 0.0, 1.0)) * f32(ALBEDO_CELLS);
    let cell = min(vec2u(at), vec2u(ALBEDO_CELLS - 1u));
    let f = at - vec2f(cell);
    let corners = load4(ALBEDO_BASE, cell.y * ALBEDO_CELLS + cell.x);
    let low = mix(unpack2x16unorm(corners.x), unpack2x16unorm(corners.y), f.x);
    let high = mix(unpack2x16unorm(corners.z), unpack2x16unorm(corners.w), f.x);
    return mix(low, high, f.y);
}

// Its mean over the hemisphere, cosine-weighted: fits of degree 4, off by at most 0.002.
fn ggx_albedo_mean(roughness: f32) -> vec2f {
    let r = roughness;
    let a = 0.95322 + r * (-0.05411 + r * (0.73644 + r * (-2.73421 + r * 1.50718)));
    let b = 0.04628 + r * (0.05031 + r * (-0.44620 + r * (0.59213 - r * 0.24011)));
    return vec2f(a, b);
}
