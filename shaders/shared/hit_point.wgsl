// What a hit is part of, and its geometry there.

#import intersect

struct HitPoint {
    position: vec3f,
    // Geometric and interpolated unit normals, outwards.
    normal: vec3f,
    shading_normal: vec3f,
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
        let smooth_normal = (1.0 - hit.uv.x - hit.uv.y) * unpack_unit(rest.y)
            + hit.uv.x * unpack_unit(rest.z) + hit.uv.y * unpack_unit(rest.w);
        p.shading_normal = normalize(smooth_normal);
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
