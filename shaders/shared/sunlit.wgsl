// The sun's light that comes in through portals and reaches a vertex from what it falls on: a ray from the sun, connected with the vertices of
// a path (Veach, "Robust Monte Carlo Methods for Light Transport Simulation", 1997, chapter 10). A patch of sun is small and bright; paths that
// leave walls by chance seldom meet it.
//
// Those that do find the same light: they sample the sun from the patch, or meet it. The power heuristic weighs all three strategies;
// `sunlit` in `path.wgsl` is the other half of that.
#import bsdf
#import direct_light
#import environment
#import frame
#import hit_point
#import intersect
#import lights
#import local_choice
#import ray
#import shading_normal
#import sunbeam
#import surface
#import swept
#import way
#ifdef MAPS
#import maps
#endif

// The first vertices of a path are connected: what comes later is faint, and each takes a shadow ray. Fewer than any limit on bounces of one kind.
const SUNLIT_VERTICES = 2u;

// A ray from the sun, and where it falls on something.
struct Sunbeam {
    ray: Ray,
    hit: Hit,
    touched: bool,
}

fn sunbeam(u_place: vec2f, u_sun: vec2f) -> Sunbeam {
    let sun = sun_sample(u_sun).xyz;
    let ray = Ray(sunbeam_origin(u_place, sun), -sun);
    let hit = trace(ray.origin, ray.direction, FAR);
    return Sunbeam(ray, hit, sweeps(ray, hit.t));
}

// What of the beam reaches the path's other end by the vertex; `beta`: what part of the vertex's light does. `last`: whether a path that goes on
// ends where the beam falls. `min_pdf`: the smallest density with which the path's directions were drawn.
fn sunlit_light(v: Vertex, surface: Surface, lobes: Lobes, beta: vec3f, beam: Sunbeam, last: bool, min_pdf: f32) -> DirectLight {
    var result = DirectLight(vec3f(0.0), beam.touched, control.sky_group);
    let hit = beam.hit;
    let sun = -beam.ray.direction;
    if hit.primitive == NO_HIT {
        return result;
    }
    let to = hit_point(beam.ray, hit).position - v.p.position;
    let d2 = dot(to, to);
    let d = sqrt(d2);
    let direction = to / d;
    let wi = direction * v.basis;
    let way = way_from(v.p, v.normal, direction, wi.z);
    if d2 <= 0.0 || !way.is_open {
        return result;
    }
    let f = lobes_eval(surface, lobes, v.wo, wi);
    if max(f.f_cos.x, max(f.f_cos.y, f.f_cos.z)) <= 0.0 {
        return result;
    }
    // The place that is lit, as the path would see it.
    let p = hit_point(Ray(v.p.position, direction), Hit(d, hit.uv, hit.primitive, hit.id));
    let entering = dot(p.normal, direction) < 0.0;
    let normal = select(-p.normal, p.normal, entering);
    var lit = load_surface(p.material, p.local, p.local_normal);
    var mapped = vec3f(0.0);
#ifdef MAPS
    mapped = apply_maps(&lit, p.material, hit);
#endif
    if lit.transmission > 0.0 {
        return result;
    }
    lit.outer_ior = v.ior;
    let up = shading_normal(p, direction, mapped, lit);
    lit.roughness = blurred_roughness(lit, min(min_pdf, f.pdf));
    if bsdf_is_delta_only(lit) {
        return result;
    }
    let basis = frame_around(up);
    let wo = -direction * basis;
    let from_sun = sun * basis;
    let f_lit = lobes_eval(lit, bsdf_lobes(lit, wo, entering), wo, from_sun);
    if !way_from(p, normal, sun, from_sun.z).is_open || max(f_lit.f_cos.x, max(f_lit.f_cos.y, f_lit.f_cos.z)) <= 0.0 {
        return result;
    }
    // By solid angle from the vertex; that of the sun's direction is the same for all.
    let facing = max(-dot(normal, direction), 1.0e-6);
    let pdf = sunbeam_density(p.position, abs(dot(normal, sun)), sun) * d2 / facing;
    let sun_density = sun_pdf(frame.sun_direction.xyz);
    // To before the place: along `direction` a ray would meet it too early where it lies aslant.
    let across = offset_point(p.position, normal) - way.origin;
    let reach = length(across);
    let shadow = Ray(way.origin, across / max(reach, 1.0e-20));
    result.touched |= sweeps(shadow, reach);
    if pdf > 0.0 && !occluded(shadow.origin, shadow.direction, reach * (1.0 - 1.0e-4)) {
        let other = f.pdf * length(vec2f(sky_choice(p.position), select(f_lit.pdf / sun_density, 0.0, last)));
        result.radiance = beta * f.f_cos * f_lit.f_cos * frame.sun_radiance.xyz * (mis_weight(pdf, other) / (pdf * sun_density));
    }
    return result;
}
