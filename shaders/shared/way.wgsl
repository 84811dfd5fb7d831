// Where a ray that leaves a surface starts.
#import hit_point
#import ray

struct Way {
    origin: vec3f,
    // Whether there is one.
    is_open: bool,
}

// `normal`: geometric, towards the viewer. `above`: the direction's cosine with the shading normal.
fn way_from(p: HitPoint, normal: vec3f, direction: vec3f, above: f32) -> Way {
    let side = dot(direction, normal);
    // Reflection and transmission must agree with the true surface, else light leaks through edges.
    let agrees = side * above > 0.0;
    var way = Way(offset_point(p.position, select(-normal, normal, side > 0.0)), agrees);
#ifdef SMOOTH_NORMALS
    // But where a coarse mesh stands for a smooth one, from the smooth surface, past the edge of the triangle: else each triangle would
    // have its own terminator.
    if !agrees && above > 0.0 && any(p.lift != vec3f(0.0)) {
        way = Way(offset_point(p.position + p.lift, normal), true);
    }
#endif
    return way;
}
