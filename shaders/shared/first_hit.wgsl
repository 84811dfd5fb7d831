// What a ray shows first, for passes. Of surfaces with gaps that is the one behind which less than half is seen.
#import intersect
#import ray
#ifdef GAPS
#import opacity
#endif

fn first_hit(ray: Ray) -> Hit {
#ifdef GAPS
    return trace_seen(ray, 0.5);
#else
    return trace(ray.origin, ray.direction, FAR);
#endif
}
