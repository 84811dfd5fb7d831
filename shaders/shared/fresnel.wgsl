// Fresnel terms.

// Dielectric, unpolarised, exact. `eta` is the index on the far side over the near one. Returns (reflectance, eta * cos of the
// refracted angle); at total reflection (1, 0).
fn fresnel_dielectric(cos_i: f32, eta: f32) -> vec2f {
    let g2 = eta * eta - 1.0 + cos_i * cos_i;
    let g = sqrt(max(g2, 0.0));
    let s = (g - cos_i) / (g + cos_i);
    let p = (cos_i * (g + cos_i) - 1.0) / (cos_i * (g - cos_i) + 1.0);
    return select(vec2f(1.0, 0.0), vec2f(0.5 * s * s * (1.0 + p * p), g), g2 > 0.0);
}

// The weight of white in Schlick's approximation: F = F0 + (1 - F0) * this.
fn schlick_weight(cos_i: f32) -> f32 {
    let m = 1.0 - clamp(cos_i, 0.0, 1.0);
    let m2 = m * m;
    return m2 * m2 * m;
}
