// Surfaces with gaps: cut out by an image, or thinned, so that part of the light goes straight through.
//
// Which surface a ray meets is drawn by a random number: one for all of them along it, of which each that is passed leaves the rest.
// So the ray keeps its origin, and every density by solid angle from there stays right. Light sampled directly is weakened by what
// lies between, see `shadow.wgsl`. Host: `crates/render/src/material_gpu.rs`.
#import data
#import frame
#import hit_point
#import intersect
#import maps
#import ray
#import surface

// The most surfaces that a ray passes.
const MAX_LAYERS = 256u;

// How much of the surface is there at a hit, 0 to 1.
fn opacity_at(hit: Hit, material: u32) -> f32 {
    let bits = load4(frame.materials_base + material * MATERIAL_TEXELS, 5u).w;
    if bits == NO_GAPS {
        return 1.0;
    }
    let fractions = unpack4x8unorm(bits);
    var opacity = fractions.z;
    if (bits & 0xffffu) != 0u && (hit.primitive & LEAF_SPHERE) == 0u {
        opacity *= image_at(bits & 0xffffu, texcoord(hit)).w;
    }
    if fractions.w > 0.0 {
        // The two are rounded to the same steps.
        return select(0.0, 1.0, opacity > fractions.w - 0.5 / 255.0);
    }
    return opacity;
}

// On the far side of a surface, for a ray that passes it.
fn behind(p: HitPoint, direction: vec3f) -> vec3f {
    return offset_point(p.position, select(-p.normal, p.normal, dot(p.normal, direction) > 0.0));
}

// What a ray meets: of surfaces with gaps, where those before it and itself leave less than 1 - `u`.
fn trace_seen(ray: Ray, u: f32) -> Hit {
    var rest = u;
    var at = ray.origin;
    var before = 0.0;
    for (var i = 0u; i < MAX_LAYERS; i += 1u) {
        var hit = trace(at, ray.direction, FAR);
        if hit.primitive == NO_HIT {
            return hit;
        }
        let p = hit_point(Ray(at, ray.direction), hit);
        let opacity = opacity_at(hit, p.material);
        if rest < opacity {
            hit.t += before;
            return hit;
        }
        rest = (rest - opacity) / (1.0 - opacity);
        at = behind(p, ray.direction);
        before = dot(at - ray.origin, ray.direction);
    }
    return Hit(FAR, vec2f(0.0), NO_HIT, NO_HIT);
}
