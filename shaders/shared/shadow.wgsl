// What direct light loses between a vertex and a light: all of it behind most surfaces, part of it behind what has gaps and behind thin
// smooth sheets, which light goes straight through.
#import bsdf
#import hit_point
#import intersect
#import ray
#import shading_normal
#import surface
#ifdef MAPS
#import maps
#endif
#ifdef GAPS
#import opacity
#endif

// In a material's flags: some light goes straight through.
const LETS_THROUGH = 1024u;

// The part of light that comes along a ray from `reach` on. `around_ior`: of what lies between surfaces.
fn light_through(origin: vec3f, direction: vec3f, reach: f32, around_ior: f32) -> vec3f {
    let ray = Ray(origin, direction);
    let grid = grid_ray(origin, direction);
    var node = grid.first;
    var through = vec3f(1.0);
    while any(through > vec3f(0.0)) {
        let leaf = next_leaf(grid, &node, reach);
        if leaf == 0u {
            break;
        }
        if (leaf & LEAF_SPHERE) != 0u {
            let texel = leaf & 0x07ffffffu;
            let t = hit_sphere(texel, origin, direction, reach);
            if t > 0.0 {
                through *= passed(ray, Hit(t, vec2f(0.0), leaf & 0x47ffffffu, NO_HIT), around_ior);
                // Both sides of a ball are thin sheets, where one is: the roots' sum is twice the way to the middle.
                let other = 2.0 * dot(load4f(frame.primitives_base, texel).xyz - origin, direction) - t;
                if other > t && other < reach {
                    through *= passed(ray, Hit(other, vec2f(0.0), leaf & 0x47ffffffu, NO_HIT), around_ior);
                }
            }
            continue;
        }
        let last = (leaf & 0x07ffffffu) + ((leaf >> 27u) & 7u) * 4u;
        for (var texel = leaf & 0x07ffffffu; texel <= last; texel += 4u) {
            let found = hit_triangle(texel, origin, direction, reach);
            if found.x > 0.0 {
                through *= passed(ray, Hit(found.x, found.yz, texel, bitcast<u32>(found.w)), around_ior);
            }
        }
    }
    return through;
}

// What one surface lets through.
fn passed(ray: Ray, hit: Hit, around_ior: f32) -> vec3f {
    let p = hit_point(ray, hit);
    if (load4(frame.materials_base + p.material * MATERIAL_TEXELS, 3u).y & LETS_THROUGH) == 0u {
        return vec3f(0.0);
    }
    var through = vec3f(0.0);
#ifdef PANES
    var surface = load_surface(p.material, p.local, p.local_normal);
    var mapped = vec3f(0.0);
#ifdef MAPS
    mapped = apply_maps(&surface, p.material, hit);
#endif
    surface.outer_ior = around_ior;
    through = thin_transmittance(surface, -dot(shading_normal(p, ray.direction, mapped, surface), ray.direction));
#endif
#ifdef GAPS
    through = mix(vec3f(1.0), through, opacity_at(hit, p.material));
#endif
    return through;
}
