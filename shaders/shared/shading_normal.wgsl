// The normal that a surface is shaded by: the interpolated one, or what a normal map asks for, bent so far that what a smooth surface
// mirrors stays above the true surface, and what it refracts below. Without that such light is lost, and coarse meshes have black rims.
//
// The mirrored ray is lifted, and the normal is the one that mirrors there: Keller et al., "The Iray Light Transport Simulation and Rendering
// System", 2017, section A.3. It depends on the viewer, so a surface that is bent is not reciprocal.
#import fresnel
#import hit_point
#import ray
#import surface

// Normals that differ by less are rounding.
const FLAT = 0.999999;
// Cosine with the true normal that a mirrored or refracted ray keeps at least.
const LEAST_ABOVE = 0.01;

// Towards the viewer, who looks along `direction`. `mapped`: what a normal map asks for, in the object's frame; zero where there is none.
// `s` tells what it is seen against.
fn shading_normal(p: HitPoint, direction: vec3f, mapped: vec3f, s: Surface) -> vec3f {
    let entering = dot(p.normal, direction) < 0.0;
    let face = select(-1.0, 1.0, entering);
    let normal = face * p.normal;
    var up = face * p.shading_normal;
#ifdef SMOOTH_NORMALS
    let asked = face * rotate(p.rotation, mapped);
    let is_mapped = any(mapped != vec3f(0.0));
    // How much of a mirror it is.
    let sharp = min(1.0, 2.0 - 2.0 * select(s.roughness, min(s.roughness, s.coat_roughness), s.coat > 0.0));
    let mirrors = sharp > 0.0 && s.specular + s.metallic + s.transmission + s.coat > 0.0;
    let wanted = select(up, asked, is_mapped);
    if mirrors && dot(wanted, normal) < FLAT {
        let wo = -direction;
        return bent(seen(wanted, wo), normal, wo, s, entering, sharp);
    }
    // Only as far as the viewer still sees it.
    up = select(up, asked, is_mapped && dot(asked, direction) < -1.0e-3);
#endif
    // Interpolation may turn the normal away from the viewer near a silhouette.
    return select(normal, up, dot(up, direction) < -1.0e-3);
}

#ifdef SMOOTH_NORMALS
// Turned until the viewer sees it.
fn seen(up: vec3f, wo: vec3f) -> vec3f {
    return normalize(up + max(LEAST_ABOVE - dot(up, wo), 0.0) * wo);
}

fn bent(asked: vec3f, normal: vec3f, wo: vec3f, s: Surface, entering: bool, sharp: f32) -> vec3f {
    var up = asked;
    // A wider lobe needs more room.
    let room = LEAST_ABOVE + min(4.0 * s.roughness * s.roughness, 0.05);
    let least = min(0.9 * dot(wo, normal), room);
    let mirrored = reflect(-wo, up);
    let above = dot(mirrored, normal);
    if above < least {
        up = normalize(wo + normalize(mirrored + (least - above) * normal));
    }
    if s.transmission > 0.0 && s.metallic < 1.0 && !s.thin && !entering {
        // Light that leaves a solid is turned away from the normal, perhaps back into it.
        let eta = s.outer_ior / s.ior;
        let cosine = dot(wo, up);
        let refracted = fresnel_dielectric(cosine, eta);
        let out = ((cosine - refracted.y) * up - wo) / eta;
        let below = -dot(out, normal);
        if refracted.x < 1.0 && below < LEAST_ABOVE {
            let half = wo + eta * normalize(out + (below - LEAST_ABOVE) * normal);
            up = normalize(select(-half, half, dot(half, wo) > 0.0));
            up = select(normal, up, dot(reflect(-wo, up), normal) > 0.0);
        }
    }
    return normalize(mix(asked, up, sharp));
}
#endif
