// Area lights, objects that shine, and the sky: choosing one for direct light, and meeting them along a ray.
//
// Lights shine but do not block: a ray that crosses one goes on. So every strategy sees the same light, whichever was chosen. The
// probabilities of choosing are constant over a clip.

#import control
#import frame
#import ray
#import ball
#import environment
#import light_groups
#ifdef ENV_IMAGE
#import environment_image
#endif
#ifdef EMITTERS
#import emitters
#endif
#ifdef ABSORPTION
#import absorption
#endif

// Four vectors each: (position, kind and, 16 bits higher, group), (half-axis u, probability), (half-axis v, area), (radiance, cumulative probability).
// Rectangles and disks emit along -(u x v). The first axis of a ball is as long as its radius; instead of the second and the area it
// has the cone that it shines into, see `in_cone`.
const LIGHT_RECT = 0u;
const LIGHT_DISK = 1u;
const LIGHT_SPHERE = 2u;
const LIGHT_VISIBLE = 256u;

struct LightSample {
    direction: vec3f,
    distance: f32,
    radiance: vec3f,
    // Per solid angle, with the choice of the light; 0 where nothing reaches the point.
    pdf: f32,
    // Whether it moves during the clip.
    moves: bool,
    // What changes its power.
    group: u32,
}

// Vector `k` of light `i`.
fn light_vector(i: u32, k: u32) -> vec4f {
#ifdef MANY_LIGHTS
    return load4f(frame.lights_base, 4u * i + k);
#else
    return frame.lights[4u * i + k];
#endif
}

// A direction from `p` towards a light. `u.x` chooses the light as well: its range is cut into one piece for each, within which the
// points are as even as in the whole.
fn light_sample(p: vec3f, u: vec2f) -> LightSample {
#ifdef MANY_LIGHTS
    // The first whose cumulative probability lies above.
    var i = 0u;
    for (var end = control.light_count; i < end;) {
        let middle = (i + end) / 2u;
        if u.x < light_vector(middle, 3u).w {
            end = middle;
        } else {
            i = middle + 1u;
        }
    }
    if i < control.light_count {
        return area_light_sample(p, i, light_vector(i, 3u), u);
    }
#else
    for (var i = 0u; i < control.light_count; i += 1u) {
        let emitted = light_vector(i, 3u);
        if u.x < emitted.w {
            return area_light_sample(p, i, emitted, u);
        }
    }
#endif
#ifdef EMITTERS
    if u.x < control.emitters_end {
        let e = emitter_sample(p, vec2f(within(u.x, control.emitters_end, control.emitter_probability), u.y));
        return LightSample(e.direction, e.distance, e.radiance, e.pdf * control.emitter_probability, e.moves, e.group);
    }
#ifdef CHANGING_EMITTERS
    if u.x < control.changing_end {
        let e = changing_sample(p, vec2f(within(u.x, control.changing_end, control.changing_probability), u.y));
        return LightSample(e.direction, e.distance, e.radiance, e.pdf * control.changing_probability, e.moves, e.group);
    }
#endif
#endif
    if control.sky_probability == 0.0 {
        return LightSample();
    }
    let u_sky = vec2f(within(u.x, 1.0, control.sky_probability), u.y);
#ifdef ENV_IMAGE
    let sky = env_sample(u_sky);
    return LightSample(sky.direction, FAR, sky.radiance, sky.pdf * control.sky_probability, false, control.sky_group);
#else
    let sun = sun_sample(u_sky);
    return LightSample(sun.xyz, FAR, frame.sun_radiance.xyz, sun.w * control.sky_probability, false, control.sky_group);
#endif
}

// Where `u` lies within the last `share` before `end`, in 0..1.
fn within(u: f32, end: f32, share: f32) -> f32 {
    return clamp((u - (end - share)) / share, 0.0, 0.99999994);
}

// `emitted`: its radiance, and where its piece of `u.x` ends.
fn area_light_sample(p: vec3f, i: u32, emitted: vec4f, u_piece: vec2f) -> LightSample {
    let radiance = emitted.xyz;
    let place = light_vector(i, 0u);
    let axis_u = light_vector(i, 1u);
    let axis_v = light_vector(i, 2u);
    let u = vec2f(within(u_piece.x, emitted.w, axis_u.w), u_piece.y);
    let kind = bitcast<u32>(place.w) & 255u;
    let group = bitcast<u32>(place.w) >> 16u;
    if kind == LIGHT_SPHERE {
        let ball = ball_sample(place.xyz - p, dot(axis_u.xyz, axis_u.xyz), u);
        let share = in_cone(axis_v, ball.direction);
        if share == 0.0 {
            return LightSample();
        }
        return LightSample(ball.direction, ball.distance, share * radiance, ball.pdf * axis_u.w, false, group);
    }
    var at = 2.0 * u - 1.0;
    if kind == LIGHT_DISK {
        at = concentric_disk(u);
    }
    let to = place.xyz + at.x * axis_u.xyz + at.y * axis_v.xyz - p;
    let d2 = dot(to, to);
    let w = to * inverseSqrt(d2);
    let cos_light = dot(normalize(cross(axis_u.xyz, axis_v.xyz)), w);
    if cos_light <= 0.0 {
        return LightSample();
    }
    return LightSample(w, sqrt(d2), radiance, axis_u.w * d2 / (axis_v.w * cos_light), false, group);
}

// How much of a ball's light leaves it against `w`: all of what is no spot. `cone`: backwards along its axis times a scale, and an offset.
fn in_cone(cone: vec4f, w: vec3f) -> f32 {
    let share = clamp(dot(cone.xyz, w) + cone.w, 0.0, 1.0);
    return share * share;
}

// Radiance of all lights that the ray crosses between `t_min` and `t_max`; what it is carried by counts from `t_min` on. `pdf`: with which
// density the ray's direction was drawn; where it is 0 (camera rays, mirrors) direct light could not have been sampled, and they count in
// full. `medium`: what the ray is in absorbs.
fn lights_seen(ray: Ray, t_min: f32, t_max: f32, pdf: f32, from_camera: bool, medium: vec3f) -> Light {
    var sum = no_light();
    for (var i = 0u; i < control.light_count; i += 1u) {
        let place = light_vector(i, 0u);
        let axis_u = light_vector(i, 1u);
        let axis_v = light_vector(i, 2u);
        let kind = bitcast<u32>(place.w);
        if from_camera && (kind & LIGHT_VISIBLE) == 0u {
            continue;
        }
        var light_pdf = 0.0;
        var share = 1.0;
        var distance = 0.0;
        if (kind & 255u) == LIGHT_SPHERE {
            let to = place.xyz - ray.origin;
            let r2 = dot(axis_u.xyz, axis_u.xyz);
            let along = dot(to, ray.direction);
            let rest = to - along * ray.direction;
            let disc = r2 - dot(rest, rest);
            let d2 = dot(to, to);
            distance = along - sqrt(disc);
            if disc <= 0.0 || d2 <= r2 || along <= 0.0 || distance < t_min || distance >= t_max {
                continue;
            }
            light_pdf = axis_u.w * ball_pdf(to, r2);
            share = in_cone(axis_v, ray.direction);
        } else {
            let back = cross(axis_u.xyz, axis_v.xyz);
            let cos_scaled = dot(back, ray.direction);
            let t = dot(back, place.xyz - ray.origin) / cos_scaled;
            if !(cos_scaled > 0.0 && t > t_min && t < t_max) {
                continue;
            }
            let from_middle = ray.origin + t * ray.direction - place.xyz;
            let at = vec2f(dot(from_middle, axis_u.xyz), dot(from_middle, axis_v.xyz))
                / vec2f(dot(axis_u.xyz, axis_u.xyz), dot(axis_v.xyz, axis_v.xyz));
            let outside = select(max(abs(at.x), abs(at.y)), length(at), (kind & 255u) == LIGHT_DISK);
            if outside > 1.0 {
                continue;
            }
            light_pdf = axis_u.w * t * t * length(back) / (axis_v.w * cos_scaled);
            distance = t;
        }
        let seen = share * mis_weight(pdf, light_pdf) * light_vector(i, 3u).xyz;
#ifdef ABSORPTION
        sum += of_group(seen * transmittance(medium, distance - t_min), kind >> 16u);
#else
        sum += of_group(seen, kind >> 16u);
#endif
    }
    return sum;
}

// What surrounds the scene, for a ray that leaves it; `pdf` as for `lights_seen`.
fn sky_seen(direction: vec3f, pdf: f32) -> vec3f {
#ifdef ENV_IMAGE
    let sky = env_look_up(direction);
    return mis_weight(pdf, control.sky_probability * sky.pdf) * sky.radiance;
#else
    return environment_radiance(direction) + sun_seen(direction, pdf);
#endif
}

fn sun_seen(direction: vec3f, pdf: f32) -> vec3f {
    if control.sky_probability == 0.0 {
        return vec3f(0.0);
    }
    return mis_weight(pdf, control.sky_probability * sun_pdf(direction)) * sun_radiance(direction);
}

// Power heuristic for a direction drawn with density `pdf` that another strategy draws with `other`; 1 where `pdf` is 0, which
// marks directions that no other strategy can draw. Veach 1997, section 9.2.
fn mis_weight(pdf: f32, other: f32) -> f32 {
    let ratio = other / pdf;
    return select(1.0 / (1.0 + ratio * ratio), 1.0, pdf == 0.0);
}
