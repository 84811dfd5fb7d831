// The normal that a surface is shaded by.
#import hit_point
#import ray

// Towards the viewer, who looks along `direction`. `mapped`: what a normal map asks for, in the object's frame; zero where there is none.
fn shading_normal(p: HitPoint, direction: vec3f, mapped: vec3f) -> vec3f {
    let face = select(-1.0, 1.0, dot(p.normal, direction) < 0.0);
    let normal = face * p.normal;
    var up = face * p.shading_normal;
    // Interpolation may turn the normal away from the viewer near a silhouette.
    up = select(normal, up, dot(up, direction) < -1.0e-3);
#ifdef MAPS
    let bent = face * rotate(p.rotation, mapped);
    // Only as far as the viewer still sees it.
    up = select(up, bent, any(mapped != vec3f(0.0)) && dot(bent, direction) < -1.0e-3);
#endif
    return up;
}
