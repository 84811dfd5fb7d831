// From linear radiance to display values in 0..=1.

// view 0: the sRGB curve alone. view 1: Khronos PBR Neutral before it.
fn display(color: vec3f, view: u32) -> vec3f {
    // A broken sample must not reach the file as anything but black; min and max discard NaN.
    let c = clamp(color, vec3f(0.0), vec3f(65504.0));
    return srgb_encode(clamp(select(c, pbr_neutral(c), view == 1u), vec3f(0.0), vec3f(1.0)));
}

// Khronos PBR Neutral tone mapper, specification 1.0 (2024): base colours up to 0.8 are kept, highlights compressed and
// desaturated towards white.
fn pbr_neutral(color: vec3f) -> vec3f {
    let start = 0.8 - 0.04;
    let x = min(color.x, min(color.y, color.z));
    let offset = select(0.04, x - 6.25 * x * x, x < 0.08);
    let c = color - offset;
    let peak = max(c.x, max(c.y, c.z));
    if peak < start {
        return c;
    }
    let d = 1.0 - start;
    let new_peak = 1.0 - d * d / (peak + d - start);
    let g = 1.0 - 1.0 / (0.15 * (peak - new_peak) + 1.0);
    return mix(c * (new_peak / peak), vec3f(new_peak), g);
}

// IEC 61966-2-1.
fn srgb_encode(c: vec3f) -> vec3f {
    return select(1.055 * pow(max(c, vec3f(0.0031308)), vec3f(1.0 / 2.4)) - 0.055, 12.92 * c, c <= vec3f(0.0031308));
}
