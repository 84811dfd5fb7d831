// The principled surface: metal, opaque dielectric and glass mixed by `metallic` and `transmission`, below an optional coat.
// Directions are in the frame where z is the shading normal on the side of wo. Radiance is carried divided by the square of
// the index of refraction, so that interfaces do not scale it; what shines gives it as much less (`inv_n2` in `path.wgsl`).
//
// What the GGX lobe leaves over, (1 - E(wo)) (1 - E(wi)) / (pi (1 - Emean)), carries the diffuse base of a dielectric (so that
// it and the highlight together reflect no more than comes in) and, for metals, the light scattered more than once between
// facets (Kulla, Conty, "Revisiting Physically Based Shading at Imageworks", 2017). Both are reciprocal. Rough glass is scaled up by
// what it lacks (Turquin, "Practical Multiple Scattering Compensation for Microfacet Models", 2019), which is not.
#import albedo
#ifdef ROUGH_GLASS
#import glass_albedo
#endif
#import fresnel
#import ggx
#import surface

const BSDF_DELTA: u32 = 1u;
const BSDF_TRANSMITTED: u32 = 2u;
const BSDF_GLOSSY: u32 = 4u;
const BSDF_DIFFUSE: u32 = 8u;
// The branch of glass that carries less than half of the light.
const BSDF_UNLIKELY: u32 = 16u;

// Smoother than this is a perfect mirror: alpha below 0.001.
const DELTA_ROUGHNESS: f32 = 0.03;

struct BsdfSample {
    wi: vec3f,
    // f * |cos| / pdf.
    weight: vec3f,
    // By solid angle; 1 for a delta lobe; 0 when the path ends here.
    pdf: f32,
    kind: u32,
}

struct BsdfEval {
    f_cos: vec3f,
    pdf: f32,
}

// What evaluation and sampling share for one surface and wo.
struct Lobes {
    // Share of glass; the rest is opaque.
    glass: f32,
    delta: bool,
    // Opaque part: reflectance at normal incidence, colour of the left-over lobe, and both for the albedo (below).
    f0: vec3f,
    rest: vec3f,
    f0_energy: f32,
    // Reflectance at grazing incidence.
    f90: f32,
    // What rough glass is scaled by.
    glass_gain: f32,
    left_wo: f32,
    left_mean: f32,
    // Probability of the highlight among the opaque lobes, and of the coat among all.
    p_specular: f32,
    p_coat: f32,
    // Index of the far side over the near side.
    eta: f32,
}

fn bsdf_lobes(s: Surface, wo: vec3f, entering: bool) -> Lobes {
    var l: Lobes;
    l.glass = (1.0 - s.metallic) * s.transmission;
    l.delta = s.roughness < DELTA_ROUGHNESS;
    let index = s.ior / s.outer_ior;
    l.eta = select(1.0 / index, index, entering || s.thin);

    let metal = s.metallic / max(1.0 - l.glass, 1e-6);
    let r0 = (index - 1.0) / (index + 1.0);
#ifdef SPECULAR
    l.f90 = mix(s.specular, 1.0, metal);
    let f0_dielectric = s.specular * r0 * r0;
#else
    l.f90 = 1.0;
    let f0_dielectric = r0 * r0;
#endif
    l.f0 = mix(vec3f(f0_dielectric), s.base_color, metal);
    l.f0_energy = mix(f0_dielectric, 1.0, metal);
    let albedo = ggx_albedo(wo.z, s.roughness);
    let mean = ggx_albedo_mean(s.roughness);
    l.left_wo = max(1.0 - (l.f0_energy * albedo.x + l.f90 * albedo.y), 0.0);
    l.left_mean = max(1.0 - (l.f0_energy * mean.x + l.f90 * mean.y), 1e-3);

    l.rest = s.base_color * (1.0 - metal);
#ifndef NO_MULTISCATTER
    // Light that meets two facets or more: the mean Fresnel term once for each meeting, a geometric series.
    let f_mean = s.base_color + (1.0 - s.base_color) / 21.0;
    let e_mean = mean.x + mean.y;
    l.rest += f_mean * f_mean * (select(metal, 0.0, l.delta) * e_mean) / (1.0 - f_mean * (1.0 - e_mean));
#endif
    l.glass_gain = 1.0;
#ifdef ROUGH_GLASS
#ifndef NO_MULTISCATTER
    if !l.delta {
        // A thin sheet sends on what it does not reflect in the lobe of its reflection.
        l.glass_gain = 1.0 / select(glass_albedo(wo.z, s.roughness, l.eta), albedo.x + albedo.y, s.thin);
    }
#endif
#endif
    let specular = mean_of(l.f0) * albedo.x + l.f90 * albedo.y;
    let rest = mean_of(l.rest) * l.left_wo;
    l.p_specular = specular / (specular + rest + 1e-6);
#ifdef COAT
    l.p_coat = s.coat * coat_fresnel(wo.z);
#endif
    return l;
}

// Whether every lobe is a delta, so that sampling lights directly is in vain.
fn bsdf_is_delta_only(s: Surface) -> bool {
    return s.roughness < DELTA_ROUGHNESS && (1.0 - s.metallic) * (1.0 - s.transmission) + s.coat <= 0.0;
}

// f * |cos| and the pdf of `bsdf_sample`, without the delta lobes.
fn bsdf_eval(s: Surface, wo: vec3f, wi: vec3f, entering: bool) -> BsdfEval {
    return lobes_eval(s, bsdf_lobes(s, wo, entering), wo, wi);
}

fn lobes_eval(s: Surface, l: Lobes, wo: vec3f, wi: vec3f) -> BsdfEval {
    let opaque = 1.0 - l.glass;
    let reflected = wi.z > 0.0;
    let cos_i = abs(wi.z);
    var f = vec3f(0.0);
    var pdf = 0.0;

    // The left-over lobe.
    if reflected {
        let albedo = ggx_albedo(cos_i, s.roughness);
        let left_wi = max(1.0 - (l.f0_energy * albedo.x + l.f90 * albedo.y), 0.0);
        let cosine = opaque * cos_i * 0.31830989;
        f = l.rest * (cosine * l.left_wo * left_wi / l.left_mean);
        pdf = cosine * (1.0 - l.p_specular);
    }

    // The GGX lobe. A thin sheet's transmission is its reflection seen from the other side.
    if !l.delta {
        let a2 = s.roughness * s.roughness * s.roughness * s.roughness;
        let lambda_o = ggx_lambda(wo.z, a2);
        let visible = 0.5 / (wo.z * ggx_lambda(cos_i, a2) + cos_i * lambda_o);
        let glass = l.glass * l.glass_gain;
        if reflected || s.thin {
            let h = normalize(wo + vec3f(wi.xy, cos_i));
            let d = ggx_d(h, a2);
            let f_lobe = d * visible * cos_i;
            let pdf_lobe = 0.5 * d / (wo.z + lambda_o);
            let oh = dot(wo, h);
            let fg = glass_reflectance(s, oh, l.eta).x;
            let choice = reflect_probability(fg, l.eta);
            let opaque_specular = l.f0 + (l.f90 - l.f0) * schlick_weight(oh);
            let passed = s.tint * (glass * (1.0 - fg));
            f += select(passed, opaque * opaque_specular + glass * fg, reflected) * f_lobe;
            pdf += select(l.glass * (1.0 - choice), opaque * l.p_specular + l.glass * choice, reflected) * pdf_lobe;
        }
#ifdef ROUGH_GLASS
        // Walter et al., "Microfacet Models for Refraction through Rough Surfaces", EGSR 2007, equations 16, 17 and 21.
        if !reflected && !s.thin {
            let ht = wo + l.eta * wi;
            let h = normalize(select(ht, -ht, ht.z < 0.0));
            let oh = dot(wo, h);
            let ih = dot(wi, h);
            if oh > 0.0 && ih < 0.0 {
                let d = ggx_d(h, a2);
                let denominator = oh + l.eta * ih;
                let jacobian = -ih * l.eta * l.eta / (denominator * denominator);
                let fg = fresnel_dielectric(oh, l.eta).x;
                let shared_part = d * oh * jacobian;
                f += vec3f(glass * shared_part * (1.0 - fg) * visible * 4.0 * cos_i);
                pdf += l.glass * shared_part * (1.0 - reflect_probability(fg, l.eta)) * 2.0 / (wo.z + lambda_o);
            }
        }
#endif
    }

#ifdef COAT
    let through = (1.0 - l.p_coat) * (1.0 - s.coat * coat_fresnel(cos_i));
    f *= through;
    pdf *= 1.0 - l.p_coat;
    if reflected {
        let a2 = coat_a2(s);
        let h = normalize(wo + wi);
        let d = ggx_d(h, a2);
        let lambda_o = ggx_lambda(wo.z, a2);
        let visible = 0.5 / (wo.z * ggx_lambda(cos_i, a2) + cos_i * lambda_o);
        f += vec3f(s.coat * coat_fresnel(dot(wo, h)) * d * visible * cos_i);
        pdf += l.p_coat * 0.5 * d / (wo.z + lambda_o);
    }
#endif
    return BsdfEval(f, pdf);
}

fn bsdf_sample(s: Surface, wo: vec3f, entering: bool, u_lobe: f32, u: vec2f) -> BsdfSample {
    return lobes_sample(s, bsdf_lobes(s, wo, entering), wo, u_lobe, u);
}

fn lobes_sample(s: Surface, l: Lobes, wo: vec3f, u_lobe: f32, u: vec2f) -> BsdfSample {
    var choice = u_lobe;
    var alpha = s.roughness * s.roughness;
    var delta = l.delta;
    var in_coat = false;
#ifdef COAT
    in_coat = choice < l.p_coat;
    if in_coat {
        alpha = sqrt(coat_a2(s));
        delta = false;
    } else {
        choice = (choice - l.p_coat) / (1.0 - l.p_coat);
    }
#endif
    var h = vec3f(0.0, 0.0, 1.0);
    if !delta {
        h = ggx_sample_visible(wo, alpha, u);
    }
    let oh = dot(wo, h);
    let fg = glass_reflectance(s, oh, l.eta);

    // Choose among glass (reflect, transmit) and the opaque lobes (highlight, left-over).
    let in_glass = choice < l.glass && !in_coat;
    let p_reflect = reflect_probability(fg.x, l.eta);
    let transmitted = in_glass && choice >= l.glass * p_reflect;
    let in_rest = !in_glass && !in_coat && choice - l.glass >= (1.0 - l.glass) * l.p_specular;

    var wi = 2.0 * oh * h - wo;
    var kind = BSDF_GLOSSY;
    if transmitted {
        kind = BSDF_GLOSSY | BSDF_TRANSMITTED;
        if s.thin {
            wi.z = -wi.z;
        } else {
            wi = ((oh - fg.y) * h - wo) / l.eta;
        }
    }
    if in_rest {
        kind = BSDF_DIFFUSE;
        wi = cosine_hemisphere(u);
    }

    if in_glass && (fg.x > 0.5) == transmitted {
        kind |= BSDF_UNLIKELY;
    }

    var result: BsdfSample;
    result.wi = wi;
    if delta && !in_rest {
        let highlight = (l.f0 + (l.f90 - l.f0) * schlick_weight(oh)) / max(l.p_specular, 1e-6);
        let reflected_glass = vec3f(fg.x / p_reflect);
        // Where all is reflected nothing is transmitted, and the division is void.
        let transmitted_glass = s.tint * ((1.0 - fg.x) / max(1.0 - p_reflect, 1e-6));
        result.weight = select(select(highlight, reflected_glass, in_glass), transmitted_glass, transmitted);
#ifdef COAT
        result.weight *= 1.0 - s.coat * coat_fresnel(abs(wi.z));
#endif
        result.pdf = 1.0;
        result.kind = kind | BSDF_DELTA;
        return result;
    }
    // Sampled below the horizon: lost between the facets.
    if (wi.z < 0.0) != transmitted {
        return result;
    }
    let e = lobes_eval(s, l, wo, wi);
    result.weight = e.f_cos / max(e.pdf, 1e-12);
    result.pdf = e.pdf;
    result.kind = kind;
    return result;
}

// Probability of the reflected branch of glass. Seen from outside it is chosen more often than its share: few samples must do
// for the picture of a lamp in a window. Inside, more reflection would only lengthen paths.
fn reflect_probability(f: f32, eta: f32) -> f32 {
    return select(f, f + 0.12 * (1.0 - f), eta >= 1.0);
}

// (reflectance, eta * cos of the refracted angle). A thin sheet sums the reflections between its two faces.
fn glass_reflectance(s: Surface, cos_i: f32, eta: f32) -> vec2f {
    let f = fresnel_dielectric(cos_i, eta);
    return vec2f(select(f.x, 2.0 * f.x / (1.0 + f.x), s.thin), f.y);
}

// The part of light that a thin smooth sheet lets straight through, whichever way: what `lobes_sample` sends there, in the mean.
fn thin_transmittance(s: Surface, cos_i: f32) -> vec3f {
    if !s.thin || s.roughness >= DELTA_ROUGHNESS {
        return vec3f(0.0);
    }
    let glass = (1.0 - s.metallic) * s.transmission;
    var through = s.tint * (glass * (1.0 - glass_reflectance(s, cos_i, s.ior / s.outer_ior).x));
#ifdef COAT
    let below = 1.0 - s.coat * coat_fresnel(cos_i);
    through *= below * below;
#endif
    return through;
}

#ifdef COAT
// The coat is a varnish of index 1.5, never quite a delta.
fn coat_fresnel(cos_i: f32) -> f32 {
    return 0.04 + 0.96 * schlick_weight(cos_i);
}

fn coat_a2(s: Surface) -> f32 {
    let a = max(s.coat_roughness * s.coat_roughness, 0.001);
    return a * a;
}
#endif

// Malley's method. The pdf is cos / pi.
fn cosine_hemisphere(u: vec2f) -> vec3f {
    let phi = 6.2831853 * u.x;
    let r = sqrt(u.y);
    return vec3f(r * cos(phi), r * sin(phi), sqrt(max(1.0 - u.y, 0.0)));
}

fn mean_of(c: vec3f) -> f32 {
    return (c.x + c.y + c.z) * (1.0 / 3.0);
}
