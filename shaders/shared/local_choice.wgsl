// Choosing among area lights, portals and the sky by what each would give to a point if nothing lay between: in a place with many lamps, or
// with windows, that differs from point to point. A part of the choice follows the probabilities of the whole clip, for what this takes
// too low.
//
// A portal is an opening through which the sky is seen. The sun is worth asking for only where a portal lies towards it.
#import control
#import frame
#import light_table
#import luminance
#import ray

const NO_LIGHT = 0xffffffffu;
// The part of the choice that is the same everywhere.
const EVERYWHERE: f32 = 0.15;
// Of a light that looks aside, and of a spot's that is turned away: something about it may shine.
const ASIDE: f32 = 0.05;
// Of the sun where no portal lies towards it.
const SHUT_OUT: f32 = 0.02;
// Of a picture of the sky where there are portals: what is bright in it may shine in.
const SHUT_OUT_PICTURE: f32 = 0.2;

struct LocalChoice {
    // Lights, then portals, then the sky; `NO_LIGHT` for what shines itself.
    index: u32,
    probability: f32,
    // What is left of the random number, in 0..1.
    u: f32,
}

// Irradiance, by luminance, of what faces the light at `p`.
fn light_weight(i: u32, p: vec3f) -> f32 {
    let place = light_vector(i, 0u);
    let axis_u = light_vector(i, 1u);
    let axis_v = light_vector(i, 2u);
    let to = place.xyz - p;
    let d2 = max(dot(to, to), 1.0e-12);
    let w = to * inverseSqrt(d2);
    var area = axis_v.w;
    var share = dot(normalize(cross(axis_u.xyz, axis_v.xyz)), w);
    if (bitcast<u32>(place.w) & 255u) == LIGHT_SPHERE {
        area = PI * dot(axis_u.xyz, axis_u.xyz);
        share = max(in_cone(axis_v, w), ASIDE);
    }
    // Behind a light there is nothing of it.
    return select(0.0, luminance(light_vector(i, 3u).xyz) * area * max(share, ASIDE) / max(d2, area), share > 0.0);
}

// The same of the sun, or of the picture around the scene.
fn sky_weight(p: vec3f) -> f32 {
#ifdef ENV_IMAGE
    return frame.sky_strength * select(SHUT_OUT_PICTURE, 1.0, control.portal_count == 0u);
#else
    var open = control.portal_count == 0u;
    for (var i = 0u; i < control.portal_count; i += 1u) {
        open |= portal_distance(control.light_count + i, p, frame.sun_direction.xyz) > 0.0;
    }
    return frame.sky_strength * select(SHUT_OUT, 1.0, open);
#endif
}

fn all_weights(p: vec3f) -> f32 {
    var sum = sky_weight(p);
    for (var i = 0u; i < control.light_count + control.portal_count; i += 1u) {
        sum += light_weight(i, p);
    }
    return sum;
}

// The part of the choice that emitters leave.
fn local_share() -> f32 {
    return 1.0 - control.emitter_probability - control.changing_probability;
}

// `everywhere`: the probability of the whole clip.
fn local_probability(weight: f32, sum: f32, everywhere: f32) -> f32 {
    return select(everywhere, (1.0 - EVERYWHERE) * local_share() * weight / sum + EVERYWHERE * everywhere, sum > 0.0);
}

fn light_choice(i: u32, p: vec3f) -> f32 {
    return local_probability(light_weight(i, p), all_weights(p), light_vector(i, 1u).w);
}

fn sky_choice(p: vec3f) -> f32 {
    return local_probability(sky_weight(p), all_weights(p), control.sky_probability);
}

fn choose_light(p: vec3f, u: f32) -> LocalChoice {
    // What shines itself keeps its piece of the random number; the rest is put together.
    let first = control.emitters_end - control.emitter_probability;
    let last = first + control.emitter_probability + control.changing_probability;
    if u >= first && u < last {
        return LocalChoice(NO_LIGHT, 0.0, 0.0);
    }
    let at = select(u - (last - first), u, u < first);
    let sum = all_weights(p);
    let count = control.light_count + control.portal_count;
    var begin = 0.0;
    for (var i = 0u; i < count; i += 1u) {
        let probability = local_probability(light_weight(i, p), sum, light_vector(i, 1u).w);
        if at < begin + probability {
            return LocalChoice(i, probability, clamp((at - begin) / probability, 0.0, 0.99999994));
        }
        begin += probability;
    }
    // Rounding may leave a little of 0..1 to a sky that is not there: it gives nothing then.
    let probability = local_probability(sky_weight(p), sum, control.sky_probability);
    return LocalChoice(count, probability, clamp((at - begin) / max(probability, 1.0e-9), 0.0, 0.99999994));
}

// Metres to where a ray goes in through a portal; 0 where it does not.
fn portal_distance(i: u32, origin: vec3f, direction: vec3f) -> f32 {
    let axis_u = light_vector(i, 1u);
    let axis_v = light_vector(i, 2u);
    let back = cross(axis_u.xyz, axis_v.xyz);
    let cos_scaled = dot(back, direction);
    let t = dot(back, light_vector(i, 0u).xyz - origin) / cos_scaled;
    let from_middle = origin + t * direction - light_vector(i, 0u).xyz;
    let at = vec2f(dot(from_middle, axis_u.xyz), dot(from_middle, axis_v.xyz))
        / vec2f(dot(axis_u.xyz, axis_u.xyz), dot(axis_v.xyz, axis_v.xyz));
    return select(0.0, t, cos_scaled > 0.0 && t > 0.0 && max(abs(at.x), abs(at.y)) <= 1.0);
}

// With which density portals choose a direction from `p`, by solid angle; without the one that drew it.
fn portals_pdf(p: vec3f, direction: vec3f, but: u32) -> f32 {
    var pdf = 0.0;
    var sum = -1.0;
    for (var i = control.light_count; i < control.light_count + control.portal_count; i += 1u) {
        let t = select(0.0, portal_distance(i, p, direction), i != but);
        if t > 0.0 {
            if sum < 0.0 {
                sum = all_weights(p);
            }
            let axis_u = light_vector(i, 1u);
            let axis_v = light_vector(i, 2u);
            let back = cross(axis_u.xyz, axis_v.xyz);
            let density = t * t * length(back) / (axis_v.w * dot(back, direction));
            pdf += density * local_probability(light_weight(i, p), sum, axis_u.w);
        }
    }
    return pdf;
}
