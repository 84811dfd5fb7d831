// Area lights and portals, as they are kept. Host: `crates/render/src/lights.rs`.
#import control
#import frame
#ifdef MANY_LIGHTS
#import data
#endif

// Four vectors each: (position, kind and, 16 bits higher, group), (half-axis u, probability), (half-axis v, area), (radiance, cumulative probability).
// Rectangles and disks emit along -(u x v). The first axis of a ball is as long as its radius; instead of the second and the area it
// has the cone that it shines into, see `in_cone`.
const LIGHT_RECT = 0u;
const LIGHT_DISK = 1u;
const LIGHT_SPHERE = 2u;
// A rectangle through which the sky is seen; its radiance is the mean of that, for choosing.
const LIGHT_PORTAL = 3u;
const LIGHT_VISIBLE = 256u;

// Vector `k` of light `i`.
fn light_vector(i: u32, k: u32) -> vec4f {
#ifdef MANY_LIGHTS
    return load4f(frame.lights_base, 4u * i + k);
#else
    return frame.lights[4u * i + k];
#endif
}

// How much of a ball's light leaves it against `w`: all of what is no spot. `cone`: backwards along its axis times a scale, and an offset.
fn in_cone(cone: vec4f, w: vec3f) -> f32 {
    let share = clamp(dot(cone.xyz, w) + cone.w, 0.0, 1.0);
    return share * share;
}
