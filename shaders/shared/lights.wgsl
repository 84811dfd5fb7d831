// Area lights and the sun: choosing one for direct light, and meeting them along a ray.
//
// Lights shine but do not block: a ray that crosses one goes on. So every strategy sees the same light, whichever was chosen. The
// probabilities of choosing are constant over a clip.

#import control
#import frame
#import ray
#import environment

// Four vectors each: (position, kind), (half-axis u, probability), (half-axis v, area), (radiance, cumulative probability).
// Rectangles and disks emit along -(u x v). The axes of a sphere are unit vectors times its radius.
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
}

// A direction from `p` towards a light.
fn light_sample(p: vec3f, u_light: f32, u: vec2f) -> LightSample {
    for (var i = 0u; i < control.light_count; i += 1u) {
        let emitted = frame.lights[4u * i + 3u];
        if u_light < emitted.w {
            return area_light_sample(p, i, emitted.xyz, u);
        }
    }
    if control.sun_probability == 0.0 {
        return LightSample();
    }
    let sun = sun_sample(u);
    return LightSample(sun.xyz, FAR, frame.sun_radiance.xyz, sun.w * control.sun_probability);
}

fn area_light_sample(p: vec3f, i: u32, radiance: vec3f, u: vec2f) -> LightSample {
    let place = frame.lights[4u * i];
    let axis_u = frame.lights[4u * i + 1u];
    let axis_v = frame.lights[4u * i + 2u];
    let kind = bitcast<u32>(place.w) & 255u;
    if kind == LIGHT_SPHERE {
        // Uniform in the cone under which the ball is seen.
        let to = place.xyz - p;
        let d2 = dot(to, to);
        let r2 = dot(axis_u.xyz, axis_u.xyz);
        if d2 <= r2 {
            return LightSample();
        }
        let one_minus_cos_max = cone_width(r2 / d2);
        let one_minus_cos = u.x * one_minus_cos_max;
        let sin2 = one_minus_cos * (2.0 - one_minus_cos);
        let cos_theta = 1.0 - one_minus_cos;
        let around = frame_around(to * inverseSqrt(d2));
        let phi = 2.0 * PI * u.y;
        let w = around * vec3f(sqrt(sin2) * vec2f(cos(phi), sin(phi)), cos_theta);
        let distance = sqrt(d2) * cos_theta - sqrt(max(0.0, r2 - d2 * sin2));
        return LightSample(w, distance, radiance, axis_u.w / (2.0 * PI * one_minus_cos_max));
    }
    var at = 2.0 * u - 1.0;
    if kind == LIGHT_DISK {
        at = sqrt(u.x) * vec2f(cos(2.0 * PI * u.y), sin(2.0 * PI * u.y));
    }
    let to = place.xyz + at.x * axis_u.xyz + at.y * axis_v.xyz - p;
    let d2 = dot(to, to);
    let w = to * inverseSqrt(d2);
    let cos_light = dot(normalize(cross(axis_u.xyz, axis_v.xyz)), w);
    if cos_light <= 0.0 {
        return LightSample();
    }
    return LightSample(w, sqrt(d2), radiance, axis_u.w * d2 / (axis_v.w * cos_light));
}

// 1 - cos of the half-angle whose squared sine is `sin2`, without cancellation.
fn cone_width(sin2: f32) -> f32 {
    return sin2 / (1.0 + sqrt(max(0.0, 1.0 - sin2)));
}

// Radiance of all lights that the ray crosses before `t_max`. `pdf`: with which density the ray's direction was drawn; where it
// is 0 (camera rays, mirrors) direct light could not have been sampled, and they count in full.
fn lights_seen(ray: Ray, t_max: f32, pdf: f32, from_camera: bool) -> vec3f {
    var sum = vec3f(0.0);
    for (var i = 0u; i < control.light_count; i += 1u) {
        let place = frame.lights[4u * i];
        let axis_u = frame.lights[4u * i + 1u];
        let axis_v = frame.lights[4u * i + 2u];
        let kind = bitcast<u32>(place.w);
        if from_camera && (kind & LIGHT_VISIBLE) == 0u {
            continue;
        }
        var light_pdf = 0.0;
        if (kind & 255u) == LIGHT_SPHERE {
            let to = place.xyz - ray.origin;
            let r2 = dot(axis_u.xyz, axis_u.xyz);
            let along = dot(to, ray.direction);
            let rest = to - along * ray.direction;
            let disc = r2 - dot(rest, rest);
            let d2 = dot(to, to);
            if disc <= 0.0 || d2 <= r2 || along <= 0.0 || along - sqrt(disc) >= t_max {
                continue;
            }
            light_pdf = axis_u.w / (2.0 * PI * cone_width(r2 / d2));
        } else {
            let back = cross(axis_u.xyz, axis_v.xyz);
            let cos_scaled = dot(back, ray.direction);
            let t = dot(back, place.xyz - ray.origin) / cos_scaled;
            if !(cos_scaled > 0.0 && t > 0.0 && t < t_max) {
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
        }
        sum += mis_weight(pdf, light_pdf) * frame.lights[4u * i + 3u].xyz;
    }
    return sum;
}

// The sun's disc, for a ray that leaves the scene.
fn sun_seen(direction: vec3f, pdf: f32) -> vec3f {
    if control.sun_probability == 0.0 {
        return vec3f(0.0);
    }
    return mis_weight(pdf, control.sun_probability * sun_pdf(direction)) * sun_radiance(direction);
}

// Power heuristic for a direction drawn with density `pdf` that another strategy draws with `other`; 1 where `pdf` is 0, which
// marks directions that no other strategy can draw. Veach 1997, section 9.2.
fn mis_weight(pdf: f32, other: f32) -> f32 {
    let ratio = other / pdf;
    return select(1.0 / (1.0 + ratio * ratio), 1.0, pdf == 0.0);
}
