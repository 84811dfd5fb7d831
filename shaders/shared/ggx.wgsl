// The GGX distribution of microfacet normals, isotropic, in the frame where z is the surface normal.

// D with a2 = alpha^2. Written without 1 - h.z^2, which cancels where the lobe is narrow.
fn ggx_d(h: vec3f, a2: f32) -> f32 {
    let t = h.x * h.x + h.y * h.y + a2 * h.z * h.z;
    return a2 / (3.14159265 * t * t);
}

// cos(theta) * (1 + 2 * Lambda) of Smith's masking.
fn ggx_lambda(cos_theta: f32, a2: f32) -> f32 {
    return sqrt(a2 + (1.0 - a2) * cos_theta * cos_theta);
}

// A normal among those visible from wo. Dupuy, Benyoub, "Sampling Visible GGX Normals with Spherical Caps", 2023.
fn ggx_sample_visible(wo: vec3f, alpha: f32, u: vec2f) -> vec3f {
    let stretched = normalize(vec3f(wo.xy * alpha, wo.z));
    let phi = 6.2831853 * u.x;
    let z = (1.0 - u.y) * (1.0 + stretched.z) - stretched.z;
    let r = sqrt(clamp(1.0 - z * z, 0.0, 1.0));
    let c = vec3f(r * cos(phi), r * sin(phi), z) + stretched;
    return normalize(vec3f(c.xy * alpha, c.z));
}
