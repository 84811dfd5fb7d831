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
#import light_table
#ifdef LOCAL_CHOICE
#import local_choice
#endif
#ifdef ENV_IMAGE
#import environment_image
#endif
#ifdef EMITTERS
#import emitters
#endif
#ifdef ABSORPTION
#import absorption
#endif

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
    is_sun: bool,
}

// A direction from `p` towards a light. `u.x` chooses the light as well: its range is cut into one piece for each, within which the
// points are as even as in the whole.
fn light_sample(p: vec3f, u: vec2f) -> LightSample {
#ifdef LOCAL_CHOICE
    let chosen = choose_light(p, u.x);
    if chosen.index < control.light_count {
        return area_light_sample(p, chosen.index, light_vector(chosen.index, 3u).xyz, chosen.probability, vec2f(chosen.u, u.y));
    }
    if chosen.index < control.light_count + control.portal_count {
        return portal_sample(p, chosen, u.y);
    }
    let for_sky = chosen.index != NO_LIGHT;
#else
    let for_sky = false;
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
        return chosen_light_sample(p, i, light_vector(i, 3u), u);
    }
#else
    for (var i = 0u; i < control.light_count; i += 1u) {
        let emitted = light_vector(i, 3u);
        if u.x < emitted.w {
            return chosen_light_sample(p, i, emitted, u);
        }
    }
#endif
#endif
#ifdef EMITTERS
    if !for_sky && u.x < control.emitters_end {
        let e = emitter_sample(p, vec2f(within(u.x, control.emitters_end, control.emitter_probability), u.y));
        return LightSample(e.direction, e.distance, e.radiance, e.pdf * control.emitter_probability, e.moves, e.group, false);
    }
#ifdef CHANGING_EMITTERS
    if !for_sky && u.x < control.changing_end {
        let e = changing_sample(p, vec2f(within(u.x, control.changing_end, control.changing_probability), u.y));
        return LightSample(e.direction, e.distance, e.radiance, e.pdf * control.changing_probability, e.moves, e.group, false);
    }
#endif
#endif
    if control.sky_probability == 0.0 {
        return LightSample();
    }
#ifdef LOCAL_CHOICE
    let probability = chosen.probability;
    let u_sky = vec2f(chosen.u, u.y);
#else
    let probability = control.sky_probability;
    let u_sky = vec2f(within(u.x, 1.0, control.sky_probability), u.y);
#endif
#ifdef ENV_IMAGE
    let sky = env_sample(u_sky);
#ifdef LOCAL_CHOICE
    let pdf = sky.pdf * probability + portals_pdf(p, sky.direction, NO_LIGHT);
#else
    let pdf = sky.pdf * probability;
#endif
    return LightSample(sky.direction, FAR, sky.radiance, pdf, false, control.sky_group, false);
#else
    let sun = sun_sample(u_sky);
    return LightSample(sun.xyz, FAR, frame.sun_radiance.xyz, sun.w * probability, false, control.sky_group, true);
#endif
}

#ifdef LOCAL_CHOICE
// The sky through a portal. Where several portals, or its picture, lead there too, the density counts them all.
fn portal_sample(p: vec3f, chosen: LocalChoice, u: f32) -> LightSample {
    let way = area_light_sample(p, chosen.index, vec3f(1.0), chosen.probability, vec2f(chosen.u, u));
    if way.pdf <= 0.0 {
        return way;
    }
    let pdf = way.pdf + portals_pdf(p, way.direction, chosen.index);
#ifdef ENV_IMAGE
    let sky = env_look_up(way.direction);
    return LightSample(way.direction, FAR, sky.radiance, pdf + sky_choice(p) * sky.pdf, false, control.sky_group, false);
#else
    return LightSample(way.direction, FAR, environment_radiance(way.direction), pdf, false, control.sky_group, false);
#endif
}
#else
// `emitted`: its radiance, and where its piece of `u.x` ends.
fn chosen_light_sample(p: vec3f, i: u32, emitted: vec4f, u: vec2f) -> LightSample {
    let probability = light_vector(i, 1u).w;
    return area_light_sample(p, i, emitted.xyz, probability, vec2f(within(u.x, emitted.w, probability), u.y));
}
#endif

// Where `u` lies within the last `share` before `end`, in 0..1.
fn within(u: f32, end: f32, share: f32) -> f32 {
    return clamp((u - (end - share)) / share, 0.0, 0.99999994);
}

fn area_light_sample(p: vec3f, i: u32, radiance: vec3f, probability: f32, u: vec2f) -> LightSample {
    let place = light_vector(i, 0u);
    let axis_u = light_vector(i, 1u);
    let axis_v = light_vector(i, 2u);
    let kind = bitcast<u32>(place.w) & 255u;
    let group = bitcast<u32>(place.w) >> 16u;
    if kind == LIGHT_SPHERE {
        let ball = ball_sample(place.xyz - p, dot(axis_u.xyz, axis_u.xyz), u);
        let share = in_cone(axis_v, ball.direction);
        if share == 0.0 {
            return LightSample();
        }
        return LightSample(ball.direction, ball.distance, share * radiance, ball.pdf * probability, false, group, false);
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
    return LightSample(w, sqrt(d2), radiance, probability * d2 / (axis_v.w * cos_light), false, group, false);
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
            light_pdf = chosen_at(i, ray.origin, pdf) * ball_pdf(to, r2);
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
            light_pdf = chosen_at(i, ray.origin, pdf) * t * t * length(back) / (axis_v.w * cos_scaled);
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

// The probability of choosing a light at `p`; of what only one strategy finds (`pdf` is 0) it does not matter.
fn chosen_at(i: u32, p: vec3f, pdf: f32) -> f32 {
#ifdef LOCAL_CHOICE
    if pdf > 0.0 {
        return light_choice(i, p);
    }
#endif
    return light_vector(i, 1u).w;
}

// What surrounds the scene, for a ray that leaves it; `pdf` as for `lights_seen`. The ray starts where its direction was drawn. `sunlit`: the
// density with which the sun is found from there by paths that begin at it.
fn sky_seen(ray: Ray, pdf: f32, sunlit: f32) -> vec3f {
    let direction = ray.direction;
#ifdef ENV_IMAGE
    let sky = env_look_up(direction);
#ifdef LOCAL_CHOICE
    let other = sky_choice(ray.origin) * sky.pdf + portals_pdf(ray.origin, direction, NO_LIGHT);
#else
    let other = control.sky_probability * sky.pdf;
#endif
    return mis_weight(pdf, other) * sky.radiance;
#else
#ifdef LOCAL_CHOICE
    let smooth_sky = mis_weight(pdf, portals_pdf(ray.origin, direction, NO_LIGHT)) * environment_radiance(direction);
#else
    let smooth_sky = environment_radiance(direction);
#endif
    return smooth_sky + sun_seen(ray, pdf, sunlit);
#endif
}

fn sun_seen(ray: Ray, pdf: f32, sunlit: f32) -> vec3f {
    if control.sky_probability == 0.0 {
        return vec3f(0.0);
    }
#ifdef LOCAL_CHOICE
    var probability = 0.0;
    if in_sun(ray.direction) {
        probability = sky_choice(ray.origin);
    }
#else
    let probability = control.sky_probability;
#endif
    #ifdef SUNLIT
    return mis_weight(pdf, length(vec2f(probability * sun_pdf(ray.direction), sunlit))) * sun_radiance(ray.direction);
#else
    return mis_weight(pdf, probability * sun_pdf(ray.direction)) * sun_radiance(ray.direction);
#endif
}

// Power heuristic for a direction drawn with density `pdf` that another strategy draws with `other`; 1 where `pdf` is 0, which
// marks directions that no other strategy can draw. Veach 1997, section 9.2.
fn mis_weight(pdf: f32, other: f32) -> f32 {
    let ratio = other / pdf;
    return select(1.0 / (1.0 + ratio * ratio), 1.0, pdf == 0.0);
}
