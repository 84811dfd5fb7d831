// Light that reaches a vertex of a path straight from one of the lights (next-event estimation), weighed against what the surface's own
// sampling may find of it.
#import bsdf
#import hit_point
#import intersect
#import lights
#import ray
#import surface
#import swept
#import way
#ifdef SUNLIT
#import sunbeam
#endif
#ifdef LETS_LIGHT_THROUGH
#import shadow
#endif
#ifdef ABSORPTION
#import absorption
#endif

struct Vertex {
    p: HitPoint,
    // Geometric, towards the viewer.
    normal: vec3f,
    // Around the shading normal, in which directions for the lobes are.
    basis: mat3x3f,
    wo: vec3f,
    // Absorption per metre on the viewer's side and on the other.
    medium: vec3f,
    medium_beyond: vec3f,
    // Index of refraction there: emitters give 1 over its square of their radiance to what is carried.
    ior: f32,
    ior_beyond: f32,
    // 1 over the density by area with which the path came here, if paths that begin at the sun may end where it came from; else 0.
    sunlit: f32,
}

struct DirectLight {
    // What arrives at the path's other end.
    radiance: vec3f,
    // Whether it may change with what moves during the clip.
    touched: bool,
    // What changes its power.
    group: u32,
}

// `beta`: what part of the vertex's light arrives at the path's other end. `last`: whether the path ends here. `u`: random numbers.
fn direct_light(v: Vertex, surface: Surface, lobes: Lobes, beta: vec3f, last: bool, u: vec2f) -> DirectLight {
    let light = light_sample(v.p.position, u);
    var result = DirectLight(vec3f(0.0), light.moves, light.group);
    let wi = light.direction * v.basis;
    let way = way_from(v.p, v.normal, light.direction, wi.z);
    if light.pdf <= 0.0 || !way.is_open {
        return result;
    }
    let f = lobes_eval(surface, lobes, v.wo, wi);
    if max(f.f_cos.x, max(f.f_cos.y, f.f_cos.z)) <= 0.0 {
        return result;
    }
    let origin = way.origin;
    // Short of the light by more than the origin was moved: close to an object that shines, it would else be in its own way.
    let reach = light.distance * (1.0 - 1.0e-4) - 2.0 * length(origin - v.p.position);
    result.touched |= sweeps(Ray(origin, light.direction), reach);
    let ior = select(v.ior_beyond, v.ior, wi.z > 0.0);
#ifdef LETS_LIGHT_THROUGH
    let through = light_through(origin, light.direction, reach, ior);
#else
    let through = select(vec3f(1.0), vec3f(0.0), occluded(origin, light.direction, reach));
#endif
    if any(through > vec3f(0.0)) {
#ifdef ONLY_NEE
        let weight = 1.0 / light.pdf;
#else
        // Where the path ends the surface's own sampling will not find the light.
        var other = select(f.pdf, 0.0, last);
#ifdef SUNLIT
        if light.is_sun {
            let beam = sunbeam_density(v.p.position, abs(dot(v.normal, light.direction)), light.direction);
            other = length(vec2f(other, v.sunlit * beam * sun_pdf(light.direction)));
        }
#endif
        let weight = mis_weight(light.pdf, other) / light.pdf;
#endif
        var arriving = light.radiance * (1.0 / (ior * ior));
#ifdef ABSORPTION
        arriving *= transmittance(select(v.medium_beyond, v.medium, wi.z > 0.0), light.distance);
#endif
        result.radiance = beta * f.f_cos * arriving * (through * weight);
    }
    return result;
}
