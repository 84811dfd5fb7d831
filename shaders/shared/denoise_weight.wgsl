// How alike two pixels are, by what is known of them without noise.
#import post

// Falls to 1/2 at a turn of about 12 degrees, at 5 % of display lightness in albedo, at 2 % in depth beyond the surface's slope.
const NORMAL_SHARPNESS: f32 = 22.0;
const ALBEDO_SHARPNESS: f32 = 400.0;
const DEPTH_TOLERANCE: f32 = 0.02;

// Of how much depth grows to either side, the smaller: at an edge, the one that stays on the surface.
fn slope_of(ahead: f32, behind: f32) -> f32 {
    return select(behind, ahead, abs(ahead) < abs(behind));
}

// The exponent of 1/2. `slope`: how much depth grows from p to q if the surface is flat; `slack`: how far off that may be, beyond
// the tolerance.
fn guide_distance(p: Guide, q: Guide, slope: f32, slack: f32) -> f32 {
    let dn = p.normal - q.normal;
    let da = p.albedo - q.albedo;
    let dz = (q.depth - p.depth - slope) / (DEPTH_TOLERANCE * p.depth + slack + 1e-6);
    let other = select(64.0, 0.0, p.object == q.object);
    return NORMAL_SHARPNESS * dot(dn, dn) + ALBEDO_SHARPNESS * dot(da, da) + dz * dz + other;
}
