// What the kernels on finished frames share. Host: `crates/render/src/post/`.
#import luminance

struct PostParams {
    size: vec2u,
    // Pixels between the taps of this pass.
    step: i32,
    // 0: the sRGB curve alone; 1: Khronos PBR Neutral; 2: AgX.
    view: u32,
    // Display value of black, 0 to 1.
    floor: f32,
    padding: f32,
}

// What the light is divided by and multiplied with again. Surfaces are not taken as darker, or as more saturated, than this:
// a highlight is white, and dividing it by a red surface's green would blow it up.
fn divisor(albedo: vec3f) -> vec3f {
    return max(albedo, vec3f(max(0.25 * max(albedo.x, max(albedo.y, albedo.z)), 0.03)));
}

// What is known about a pixel without noise, in one load.
struct Guide {
    // Mean normal, not unit at edges.
    normal: vec3f,
    depth: f32,
    albedo: vec3f,
    object: u32,
}

// Of a pixel's means over its paths.
fn guide_of(normal_depth: vec4f, albedo: vec3f, object: u32) -> Guide {
    return Guide(clamp(normal_depth.xyz, vec3f(-1.0), vec3f(1.0)), normal_depth.w, clamp(albedo, vec3f(0.0), vec3f(1.0)), object);
}

fn pack_guide(g: Guide) -> vec4u {
    return vec4u(
        pack2x16snorm(g.normal.xy),
        (pack2x16snorm(vec2f(g.normal.z, 0.0)) & 0xffffu) | (g.object << 16u),
        bitcast<u32>(g.depth),
        pack4x8unorm(vec4f(sqrt(g.albedo), 0.0)),
    );
}

// The albedo comes as its square root, in which equal steps look equal.
fn unpack_guide(v: vec4u) -> Guide {
    let normal = vec3f(unpack2x16snorm(v.x), unpack2x16snorm(v.y).x);
    return Guide(normal, bitcast<f32>(v.z), unpack4x8unorm(v.w).xyz, v.y >> 16u);
}
