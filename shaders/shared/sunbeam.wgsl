// Rays from the sun that come in through portals.
#import control
#import frame
#import light_table

// Where a ray from the sun comes in.
fn sunbeam_origin(u: vec2f, direction: vec3f) -> vec3f {
    var at = u.x * control.sunlit_area;
    var origin = vec3f(0.0);
    for (var i = control.light_count; i < control.light_count + control.portal_count; i += 1u) {
        let axis_u = light_vector(i, 1u).xyz;
        let axis_v = light_vector(i, 2u).xyz;
        let area = 4.0 * max(dot(cross(axis_u, axis_v), frame.sun_direction.xyz), 0.0);
        if area > 0.0 {
            let within = 2.0 * vec2f(clamp(at / area, 0.0, 1.0), u.y) - 1.0;
            origin = light_vector(i, 0u).xyz + within.x * axis_u + within.y * axis_v;
            if at < area {
                break;
            }
            at -= area;
        }
    }
    // Outside of all that there is.
    let far = frame.grid_min.xyz + 65536.0 / frame.grid_scale.xyz * vec3f(direction > vec3f(0.0));
    let t = (far - origin) / direction;
    return origin + (1.0 + max(min(t.x, min(t.y, t.z)), 0.0)) * direction;
}

// Density, by area, with which rays from the sun along -`s` fall on a place. `cosine`: of `s` with the place's normal.
fn sunbeam_density(p: vec3f, cosine: f32, s: vec3f) -> f32 {
    var density = 0.0;
    for (var i = control.light_count; i < control.light_count + control.portal_count; i += 1u) {
        let axis_u = light_vector(i, 1u).xyz;
        let axis_v = light_vector(i, 2u).xyz;
        let back = cross(axis_u, axis_v);
        let facing = dot(back, frame.sun_direction.xyz);
        let along = dot(back, s);
        let from_middle = p + (dot(back, light_vector(i, 0u).xyz - p) / along) * s - light_vector(i, 0u).xyz;
        let at = vec2f(dot(from_middle, axis_u), dot(from_middle, axis_v)) / vec2f(dot(axis_u, axis_u), dot(axis_v, axis_v));
        density += select(0.0, facing / along, facing > 0.0 && along > 0.0 && max(abs(at.x), abs(at.y)) <= 1.0);
    }
    return density * cosine / control.sunlit_area;
}
