// What is seen through mirrors and glass: the ray through each pixel's middle goes on along the stronger branch at every smooth
// metal or glass, and stops at the first other surface.

#import absorption
#import frame
#import camera
#import fresnel
#import first_hit
#import hit_point
#import media
#import shading_normal
#import surface
#ifdef MAPS
#import maps
#endif

@group(0) @binding(2) var<storage, read_write> specular_id: array<u32>;
// What of the light there comes back along this path, linear Rec. 709.
@group(0) @binding(3) var<storage, read_write> throughput: array<vec4f>;

// Rougher surfaces show no picture.
const SMOOTH_ROUGHNESS = 0.1;
// Surfaces on a path: light that is caught in glass never leaves it.
const MAX_SURFACES = 32u;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) pixel: vec3u) {
    if any(pixel.xy >= frame.size) {
        return;
    }
    let index = pixel.y * frame.size.x + pixel.x;
    var ray = pinhole_ray(pixel.xy);
    var beta = vec3f(1.0);
    var id = 0u;
    // What the ray is in.
    var media = frame.eye_media;
    for (var i = 0u; i < MAX_SURFACES; i += 1u) {
        let hit = first_hit(ray);
        if hit.primitive == NO_HIT {
            id = 0u;
            break;
        }
        let inside = media_top(media);
        beta *= transmittance(medium_absorption(inside), hit.t);
        let p = hit_point(ray, hit);
        var s = load_surface(p.material, p.local, p.local_normal);
        var mapped = vec3f(0.0);
#ifdef MAPS
        mapped = apply_maps(&s, p.material, hit);
#endif
        let entering = dot(p.normal, ray.direction) < 0.0;
        let normal = select(-p.normal, p.normal, entering);

        var outside = inside;
        var beyond = media;
        if s.transmission > 0.0 && s.metallic < 1.0 && !s.thin {
            let key = media_key(p.material, s.priority);
            let left = media_left(media, key);
            beyond = select(left, media_entered(media, key), vec4<bool>(entering));
            outside = select(media_top(left), inside, entering);
            let real = select(inside == key || all(left == media), media_top(beyond) == key, entering);
            if !real {
                // Another solid is here on both sides of this surface: nothing happens.
                media = beyond;
                ray = Ray(offset_point(p.position, -normal), ray.direction);
                continue;
            }
        }
        id = p.object_id;
        let glass = (1.0 - s.metallic) * s.transmission;
        if s.roughness >= SMOOTH_ROUGHNESS || max(s.metallic, glass) <= 0.5 {
            break;
        }

        s.outer_ior = medium_ior(outside, 0.0);
        let up = shading_normal(p, ray.direction, mapped, s);
        let cos_i = -dot(up, ray.direction);

        // Of light that is split by its colour, the middle.
        let index = s.ior / s.outer_ior;
        var direction = reflect(ray.direction, up);
        if glass > 0.5 {
            let eta = select(1.0 / index, index, entering || s.thin);
            let f = fresnel_dielectric(cos_i, eta);
            // A thin sheet sums the reflections between its two faces.
            let reflectance = select(f.x, 2.0 * f.x / (1.0 + f.x), s.thin);
            if reflectance > 0.5 {
                beta *= reflectance;
            } else {
                beta *= (1.0 - reflectance) * glass * s.tint;
                direction = normalize(((cos_i - f.y) * up + ray.direction) / eta);
                if s.thin {
                    direction = ray.direction;
                }
                media = beyond;
            }
        } else {
            let r0 = (index - 1.0) / (index + 1.0);
            let f0 = mix(vec3f(s.specular * r0 * r0), s.base_color, s.metallic);
            beta *= f0 + (mix(s.specular, 1.0, s.metallic) - f0) * schlick_weight(cos_i);
        }
        let side = select(-1.0, 1.0, dot(direction, normal) > 0.0);
        ray = Ray(offset_point(p.position, side * normal), direction);
    }
    specular_id[index] = id;
    throughput[index] = vec4f(beta, 0.0);
}
