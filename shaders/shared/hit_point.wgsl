// What a hit is part of, and its geometry there.

#import intersect

struct HitPoint {
    position: vec3f,
    // Geometric and interpolated unit normals, outwards.
    normal: vec3f,
    shading_normal: vec3f,
#ifdef SMOOTH_NORMALS
    // From there to the smooth surface that the normals at the corners tell of; zero where the triangle is as good as flat.
    lift: vec3f,
#endif
    // The same in the object's own frame, for patterns: of what changes its shape, where the point lies on the first of its kin.
    local: vec3f,
    local_normal: vec3f,
    rotation: vec4f,
    material: u32,
    object_id: u32,
}

fn hit_point(ray: Ray, hit: Hit) -> HitPoint {
    var p: HitPoint;
    var instance: u32;
    let texel = hit.primitive & 0x07ffffffu;
    if (hit.primitive & LEAF_SPHERE) != 0u {
        let ball = load4f(frame.primitives_base, texel);
        instance = load4(frame.primitives_base, texel + 1u).x;
        p.normal = normalize(ray.origin + hit.t * ray.direction - ball.xyz);
        p.shading_normal = p.normal;
        p.position = ball.xyz + ball.w * p.normal;
    } else {
        let v0 = load4f(frame.primitives_base, texel).xyz;
        let e1 = load4f(frame.primitives_base, texel + 1u).xyz;
        let e2 = load4f(frame.primitives_base, texel + 2u).xyz;
        let rest = load4(frame.primitives_base, texel + 3u);
        instance = rest.x;
        // From the corners, not along the ray: its error does not grow with the distance.
        p.position = v0 + hit.uv.x * e1 + hit.uv.y * e2;
        p.normal = normalize(cross(e1, e2));
        let n0 = unpack_unit(rest.y);
        let n1 = unpack_unit(rest.z);
        let n2 = unpack_unit(rest.w);
        let smooth_normal = (1.0 - hit.uv.x - hit.uv.y) * n0 + hit.uv.x * n1 + hit.uv.y * n2;
        p.shading_normal = normalize(smooth_normal);
#ifdef SMOOTH_NORMALS
        // Hanika, "Hacking the Shadow Terminator", Ray Tracing Gems II, 2021: to the planes that touch the smooth surface at the corners,
        // where they lie above. Inside of a solid the same planes lie beyond its surface.
        let face = select(1.0, -1.0, dot(p.normal, ray.direction) > 0.0);
        let along = p.position - v0;
        let lift = face * ((1.0 - hit.uv.x - hit.uv.y) * max(-face * dot(along, n0), 0.0) * n0
            + hit.uv.x * max(-face * dot(along - e1, n1), 0.0) * n1 + hit.uv.y * max(-face * dot(along - e2, n2), 0.0) * n2);
        p.lift = select(vec3f(0.0), lift, dot(lift, lift) > 1.0e-6 * min(dot(e1, e1), dot(e2, e2)));
#endif
    }
    p.rotation = load4f(frame.instances_base, 2u * instance);
    let place = load4(frame.instances_base, 2u * instance + 1u);
    p.material = place.w & 0xffffu;
    p.object_id = place.w >> 16u;
    p.local = rotate_back(p.rotation, p.position - bitcast<vec3f>(place.xyz));
    p.local_normal = rotate_back(p.rotation, p.shading_normal);
#ifdef RESHAPED
    if (hit.primitive & LEAF_SPHERE) != 0u {
        p.local *= load4f(frame.primitives_base, texel + 1u).y;
    } else if hit.id >= frame.reshaped_first {
        let first = frame.reference_base + 3u * (hit.id - frame.reshaped_first);
        let a = load4f(first, 0u).xyz;
        let b = load4f(first, 1u).xyz;
        let c = load4f(first, 2u).xyz;
        p.local = (1.0 - hit.uv.x - hit.uv.y) * a + hit.uv.x * b + hit.uv.y * c;
        // A triangle may have had no area then.
        let across = cross(b - a, c - a);
        let length2 = dot(across, across);
        p.local_normal = select(p.local_normal, across * inverseSqrt(max(length2, 1.0e-38)), length2 > 0.0);
    }
#endif
    return p;
}
