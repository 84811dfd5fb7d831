// What moves during the clip, as a few boxes that hold everything it sweeps. A path that touches none of them is the same in every
// frame.

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
    return touched;
}
