// What changes during the clip, as a few boxes that hold everything that moving objects sweep, and capsules around tubes that deform. A
// path that touches none of them is the same in every frame. Host: `crates/render/src/swept.rs`.

#import control
#import frame
#import ray

fn sweeps(ray: Ray, t_max: f32) -> bool {
    var touched = false;
    let inv = 1.0 / ray.direction;
    for (var i = 0u; i < control.swept_count; i += 1u) {
        let a = (frame.swept[2u * i].xyz - ray.origin) * inv;
        let b = (frame.swept[2u * i + 1u].xyz - ray.origin) * inv;
        let near = min(a, b);
        let far = max(a, b);
        // A ray within a face's plane gives NaN, which min and max may drop; the boxes have a margin.
        touched |= max(max(near.x, near.y), max(near.z, 0.0)) <= min(min(far.x, far.y), min(far.z, t_max));
    }
#ifdef SWEPT_CAPSULES
    for (var i = 0u; i < control.capsule_count; i += 1u) {
        touched |= meets_capsule(ray, t_max, frame.capsules[2u * i], frame.capsules[2u * i + 1u].xyz);
    }
#endif
    return touched;
}

#ifdef SWEPT_CAPSULES
// Whether a ray comes near the segment from `a` to `b`, by the radius `a.w`, before `t_max`. Ericson, "Real-Time Collision Detection",
// 2005, section 5.1.9.
fn meets_capsule(ray: Ray, t_max: f32, a: vec4f, b: vec3f) -> bool {
    let axis = b - a.xyz;
    let apart_at_start = ray.origin - a.xyz;
    let length2 = max(dot(axis, axis), 1.0e-20);
    let along = dot(axis, ray.direction);
    let ahead = dot(apart_at_start, ray.direction);
    let beside = dot(apart_at_start, axis);
    let s = clamp((along * beside - ahead * length2) / max(length2 - along * along, 1.0e-20), 0.0, t_max);
    // Nearest on the axis to that point of the ray, and on the ray to that.
    let u = clamp((along * s + beside) / length2, 0.0, 1.0);
    let t = clamp(along * u - ahead, 0.0, t_max);
    let apart = apart_at_start + t * ray.direction - u * axis;
    return dot(apart, apart) <= a.w * a.w;
}
#endif
